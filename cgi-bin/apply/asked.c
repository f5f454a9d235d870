#include <string.h>

#include "apply.h"
#include "db/db.h"
#include "web/questions.h"

/* After the questions: where to write to, and the code of conduct. */
static const struct field fields_after[AFTER_COUNT] = {
	[AFTER_EMAIL] = { .name = "email",
	    .kind = FIELD_EMAIL,
	    .label = MESSAGE_APPLY_EMAIL_LABEL,
	    .help = MESSAGE_APPLY_EMAIL_HELP,
	    .required = true,
	    .max = APPLICATION_EMAIL_MAX,
	    .autocomplete = "email" },
	[AFTER_CONDUCT] = { .name = "conduct",
	    .kind = FIELD_CHECK,
	    .label = MESSAGE_APPLY_CONDUCT_LABEL,
	    .required = true },
	[AFTER_ASKED] = { .name = "asked", .kind = FIELD_HIDDEN, .max = 64 },
};

static const struct field mine_after[AFTER_MINE_COUNT] = {
	[AFTER_REVISION] = { .name = "revision",
	    .kind = FIELD_HIDDEN,
	    .label = MESSAGE_APPLY_REVISION_LABEL,
	    .required = true,
	    .max = 20 },
	[AFTER_MINE_ASKED] = { .name = "asked", .kind = FIELD_HIDDEN, .max = 64 },
};

/* This form, with the cohort's questions and then these fields. */
static const struct form *
form_of(struct visit *visit, struct form form, const struct field *after, size_t count)
{
	struct apply_asked *asked = arena_alloc(visit->arena, sizeof(*asked));
	struct field *fields;
	size_t items;

	if (questionnaire_find(
		visit->db, visit->arena, visit->cohort->id, "apply", &asked->questionnaire)) {
		asked->items =
		    questionnaire_items(visit->db, visit->arena, asked->questionnaire.id);
	}
	if (db_fault(visit->db) != DB_FAULT_NONE) {
		return NULL;
	}
	items = asked->items.count;
	fields = arena_array(visit->arena, ANSWER_ITEMS + items + count, sizeof(*fields));
	apply_answers_fields(fields);
	questions_fields(visit->arena, &asked->items, fields + ANSWER_ITEMS);
	memcpy(fields + ANSWER_ITEMS + items, after, count * sizeof(*fields));
	form.fields = fields;
	form.count = ANSWER_ITEMS + items + count;
	asked->form = form;
	return &asked->form;
}

const struct form *
apply_form_of(struct visit *visit)
{
	return form_of(visit, (struct form){ .name = "apply", .once = true, .steps = true },
	    fields_after, AFTER_COUNT);
}

const struct form *
apply_mine_of(struct visit *visit)
{
	return form_of(
	    visit, (struct form){ .name = "mine", .steps = true }, mine_after, AFTER_MINE_COUNT);
}

const struct apply_asked *
apply_asked_of(const struct form_values *values)
{
	/* The form is the first thing in it. */
	return (const struct apply_asked *)values->form;
}

size_t
apply_after(const struct form_values *values, size_t field)
{
	return ANSWER_ITEMS + apply_asked_of(values)->items.count + field;
}

bool
apply_is_mine(const struct form_values *values)
{
	return strcmp(values->form->name, "mine") == 0;
}
