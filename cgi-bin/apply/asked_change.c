/*
 * Organisers may put a question otherwise, or ask it no more, while someone is
 * writing. The form carries "asked": the revision of the questions and the
 * instant when it was first shown, and the revision that its page shows, as
 * "3.1795330800.3".
 */
#include <inttypes.h>
#include <string.h>

#include "apply.h"
#include "ground/bytes.h"
#include "ground/text.h"
#include "model/asked.h"

enum { NAME_MAX_BYTES = 40 }; /* of a question's field, as the schema has it */

struct carried {
	int64_t first; /* revision when the form was first shown */
	int64_t since; /* instant of that */
	int64_t told; /* revision that was shown last */
};

static size_t
asked_field(const struct form_values *values)
{
	return apply_after(values, apply_is_mine(values) ? (size_t)AFTER_MINE_ASKED : AFTER_ASKED);
}

static const char *
next_part(struct arena *arena, const char **rest)
{
	size_t length = strcspn(*rest, ".");
	const char *part = arena_copy_bytes(arena, *rest, length);

	*rest += length + ((*rest)[length] == '.');
	return part;
}

/* What the form carried; a form that carries nothing is told of nothing. */
static bool
read_carried(struct visit *visit, const struct form_values *values, struct carried *carried)
{
	const char *rest = values->values[asked_field(values)].text;

	return text_integer(next_part(visit->arena, &rest), 1, INT64_MAX, &carried->first) &&
	    text_integer(next_part(visit->arena, &rest), 0, INT64_MAX, &carried->since) &&
	    text_integer(next_part(visit->arena, &rest), 1, INT64_MAX, &carried->told);
}

static void
put_carried(struct visit *visit, struct form_values *values, struct carried carried)
{
	form_replace(values, asked_field(values),
	    arena_format(visit->arena, "%" PRId64 ".%" PRId64 ".%" PRId64, carried.first,
		carried.since, carried.told));
}

void
apply_asked_fill(struct visit *visit, struct form_values *values)
{
	int64_t revision = apply_asked_of(values)->questionnaire.revision;

	if (!values->sent) {
		put_carried(visit, values, (struct carried){ revision, visit->now, revision });
	}
}

/* The questions that changed since, as places in the form. */
static bool
mark_changed(struct visit *visit, struct form_values *values, int64_t since, bool notes)
{
	const struct apply_asked *asked = apply_asked_of(values);
	struct asked_since_rows rows =
	    asked_changed(visit->db, visit->arena, asked->questionnaire.id, since);
	size_t i, j;

	for (i = 0; i < rows.count && notes; i++) {
		for (j = 0; j < asked->items.count; j++) {
			if (asked->items.rows[j].id == rows.rows[i].id) {
				form_note(values, ANSWER_ITEMS + j,
				    message(MESSAGE_APPLY_ASKED_OTHERWISE));
			}
		}
	}
	return rows.count > 0;
}

bool
apply_asked_changed(struct visit *visit, struct form_values *values)
{
	struct apply_lost *lost;
	struct carried carried;

	if (!read_carried(visit, values, &carried) ||
	    carried.told == apply_asked_of(values)->questionnaire.revision) {
		return false;
	}
	return mark_changed(visit, values, carried.since, false) ||
	    apply_asked_lost(visit, values, &lost) > 0;
}

void
apply_asked_mark(struct visit *visit, struct form_values *values)
{
	int64_t revision = apply_asked_of(values)->questionnaire.revision;
	struct carried carried;

	if (!values->sent || !read_carried(visit, values, &carried)) {
		return;
	}
	if (carried.first != revision) {
		(void)mark_changed(visit, values, carried.since, true);
		carried.told = revision;
		put_carried(visit, values, carried);
	}
}

static bool
is_name(const char *name)
{
	size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return name[length] == '\0' && length <= NAME_MAX_BYTES && *name >= 'a' && *name <= 'z' &&
	    strncmp(name, "hours_", 6) != 0 && strcmp(name, "step") != 0;
}

static bool
is_asked(const struct form_values *values, const char *name)
{
	size_t i;

	for (i = 0; i < values->form->count; i++) {
		if (strcmp(values->form->fields[i].name, name) == 0) {
			return true;
		}
	}
	return false;
}

/* What the question was called, if organisers only retired it. */
static const char *
label_of(const struct questionnaire_item_rows *ever, const char *name)
{
	size_t i;

	for (i = 0; i < ever->count; i++) {
		if (strcmp(ever->rows[i].name, name) == 0) {
			return ever->rows[i].label;
		}
	}
	return message(MESSAGE_APPLY_ASKED_GONE);
}

/* The words of one more field; several values of one name are one a line. */
static size_t
add_lost(struct arena *arena, struct apply_lost *lost, size_t count, const char *label,
    const struct request_field *field)
{
	const char *text = text_normal_newlines(arena, field->value);

	if (count > 0 && strcmp(lost[count - 1].name, field->name) == 0) {
		lost[count - 1].text = arena_format(arena, "%s\n%s", lost[count - 1].text, text);
		return count;
	}
	lost[count] = (struct apply_lost){ field->name, label, text };
	return count + 1;
}

size_t
apply_asked_lost(struct visit *visit, const struct form_values *values, struct apply_lost **lost)
{
	const struct request_fields *fields = values->fields;
	const struct questionnaire *form = &apply_asked_of(values)->questionnaire;
	struct questionnaire_item_rows ever;
	struct carried carried;
	size_t count = 0, i;

	*lost = NULL;
	if (!values->sent || !read_carried(visit, values, &carried) ||
	    carried.first == form->revision) {
		return 0;
	}
	ever = questionnaire_items_ever(visit->db, visit->arena, form->id);
	*lost = arena_array(visit->arena, fields->count + 1, sizeof(**lost));
	for (i = 0; i < fields->count; i++) {
		const struct request_field *field = &fields->rows[i];

		if (field->valid && is_name(field->name) && !is_asked(values, field->name) &&
		    !text_empty(text_trim(visit->arena, field->value))) {
			count = add_lost(
			    visit->arena, *lost, count, label_of(&ever, field->name), field);
		}
	}
	return count;
}
