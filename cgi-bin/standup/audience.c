#include <string.h>

#include "standup.h"
#include "ground/text.h"

/* In the order of enum audience, which begins with 1. */
const struct choice audience_choices[AUDIENCE_CHOICES] = {
	{ "navigators", NULL, MESSAGE_STANDUP_AUDIENCE_NAVIGATORS, NULL },
	{ "group", NULL, MESSAGE_STANDUP_AUDIENCE_GROUP, NULL },
	{ "cohort", NULL, MESSAGE_STANDUP_AUDIENCE_COHORT, NULL },
	{ "public", NULL, MESSAGE_STANDUP_AUDIENCE_PUBLIC, NULL },
};

/* Whoever asked always reads the answer. */
const struct choice audience_choices_answer[AUDIENCE_CHOICES] = {
	{ "navigators", NULL, MESSAGE_STANDUP_AUDIENCE_ASKER, NULL },
	{ "group", NULL, MESSAGE_STANDUP_AUDIENCE_GROUP, NULL },
	{ "cohort", NULL, MESSAGE_STANDUP_AUDIENCE_COHORT, NULL },
	{ "public", NULL, MESSAGE_STANDUP_AUDIENCE_PUBLIC, NULL },
};

const struct choice audience_choices_part[AUDIENCE_CHOICES_PART] = {
	{ "same", NULL, MESSAGE_STANDUP_AUDIENCE_SAME, NULL },
	{ "navigators", NULL, MESSAGE_STANDUP_AUDIENCE_NAVIGATORS, NULL },
	{ "group", NULL, MESSAGE_STANDUP_AUDIENCE_GROUP, NULL },
	{ "cohort", NULL, MESSAGE_STANDUP_AUDIENCE_COHORT, NULL },
	{ "public", NULL, MESSAGE_STANDUP_AUDIENCE_PUBLIC, NULL },
};

/* The audience of a choice's value; 0 for any other word. */
static int64_t
audience_of(const char *value)
{
	for (size_t i = 0; i < AUDIENCE_CHOICES; i++) {
		if (text_equal(audience_choices[i].value, value)) {
			return (int64_t)i + AUDIENCE_NAVIGATORS;
		}
	}
	return 0;
}

const char *
audience_value(int64_t audience)
{
	return audience_choices[audience - AUDIENCE_NAVIGATORS].value;
}

enum audience
audience_read(const struct form_values *values, size_t field, enum audience same)
{
	int64_t audience = audience_of(form_text(values, field));

	return audience == 0 ? same : (enum audience)audience;
}

const char *
audience_readers(int64_t audience)
{
	static const enum message readers[AUDIENCE_CHOICES] = {
		MESSAGE_STANDUP_READERS_NAVIGATORS,
		MESSAGE_STANDUP_READERS_GROUP,
		MESSAGE_STANDUP_READERS_COHORT,
		MESSAGE_STANDUP_READERS_PUBLIC,
	};

	return message(readers[audience - AUDIENCE_NAVIGATORS]);
}

static struct page_part_audience_audiences_list
choice_rows(const struct form_values *values, size_t field, int64_t most)
{
	const struct form_value *value = &values->values[field];
	struct page_part_audience_audiences *rows =
	    arena_array(values->arena, value->choice_count + 1, sizeof(*rows));
	size_t count = 0;

	for (size_t i = 0; i < value->choice_count; i++) {
		const struct choice *choice = &value->choices[i];

		if (audience_of(choice->value) <= most) {
			rows[count].audience_value = choice->value;
			rows[count].audience_words = message(choice->message);
			rows[count++].if_audience_chosen = form_has(values, field, choice->value);
		}
	}
	return (struct page_part_audience_audiences_list){ rows, count };
}

struct page_part_audience
audience_row(const struct form_values *values, size_t field, int64_t most)
{
	const struct field *row = &values->form->fields[field];
	const char *error = values->values[field].message;

	return (struct page_part_audience){
		.audience_id = values->prefix[0] == '\0'
		    ? row->name
		    : arena_format(values->arena, "%s-%s", values->prefix, row->name),
		.audience_name = row->name,
		.audience_label = message(row->label),
		.if_audience_help = row->help != MESSAGE_NONE,
		.audience_help = message(row->help),
		.if_audience_error = error != NULL,
		.audience_error = error,
		.if_audience_described = row->help != MESSAGE_NONE || error != NULL,
		.audiences = choice_rows(values, field, most),
	};
}
