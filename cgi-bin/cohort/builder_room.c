/*
 * Whether what a form asks can be sent: the sum of its limits fits into one
 * body (product.md, "Apply"), and the number of its fields into one form.
 */
#include <string.h>

#include "builder.h"
#include "web/questions.h"
#include "web/request.h"

enum { KB = 1024 };

struct builder_room
builder_room_fixed(const char *purpose)
{
	static const struct {
		const char *purpose;
		struct builder_room room;
	} fixed[] = {
		/* The weekly hours alone are a box for each of 336 half hours. */
		{ "apply", { (size_t)96 * KB, 450 } },
		{ "navigator", { (size_t)64 * KB, 450 } },
		{ "captain", { (size_t)64 * KB, 450 } },
		{ "organiser", { (size_t)4 * KB, 10 } },
	};

	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
		if (strcmp(fixed[i].purpose, purpose) == 0) {
			return fixed[i].room;
		}
	}
	return (struct builder_room){ 0, 0 };
}

static struct builder_room
room_of(struct visit *visit, const struct builder *builder)
{
	struct questionnaire_item_rows items =
	    questionnaire_items(visit->db, visit->arena, builder->form.id);
	struct field *fields = arena_array(visit->arena, items.count + 1, sizeof(*fields));
	struct form form = { .name = "questions", .fields = fields, .count = items.count };
	struct builder_room room = builder_room_fixed(builder->purpose->purpose);

	questions_fields(visit->arena, &items, fields);
	room.bytes += form_body_max(&form);
	for (size_t i = 0; i < items.count; i++) {
		room.fields += fields[i].kind == FIELD_CHOICES ? fields[i].choice_count : 1;
	}
	return room;
}

static int64_t
kilobytes(size_t bytes)
{
	return (int64_t)((bytes + KB - 1) / KB);
}

int64_t
builder_room_used(struct visit *visit, const struct builder *builder)
{
	return kilobytes(room_of(visit, builder).bytes);
}

const char *
builder_room_problem(struct visit *visit, const struct builder *builder)
{
	struct builder_room room = room_of(visit, builder);

	if (room.bytes > REQUEST_BODY_MAX) {
		return message_builder_too_long(visit->arena,
		    words_number(visit, kilobytes(room.bytes)),
		    words_number(visit, REQUEST_BODY_MAX / KB));
	}
	return room.fields > REQUEST_FIELDS_MAX ? message_builder_too_many_ticks(visit->arena,
						      words_number(visit, (int64_t)room.fields),
						      words_number(visit, REQUEST_FIELDS_MAX))
						: NULL;
}
