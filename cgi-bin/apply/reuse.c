#include <string.h>

#include "apply.h"
#include "ground/text.h"
#include "model/asked.h"
#include "web/questions.h"

/* The steps are "reuse-" and the question's name. */
static const char prefix[] = "reuse-";

/* The answers that may be offered: to whoever is signed in, not to whoever
 * came by the link of one application. */
static struct asked_before_rows
answers_before(struct visit *visit)
{
	if (visit->person == NULL || visit->session == NULL ||
	    visit->session->application_id != DB_NULL) {
		return (struct asked_before_rows){ NULL, 0 };
	}
	return asked_earlier(visit->db, visit->arena, visit->person->id, visit->cohort->id);
}

/* The newest answer to the same question; NULL: there is none. */
static const struct asked_before *
find_answer(const struct asked_before_rows *before, const struct questionnaire_item *item)
{
	size_t i;

	for (i = 0; i < before->count; i++) {
		if (strcmp(before->rows[i].name, item->name) == 0 &&
		    strcmp(before->rows[i].kind, item->kind) == 0) {
			return &before->rows[i];
		}
	}
	return NULL;
}

/* Whether the field can hold it: an option may be offered no more. */
static bool
can_hold(const struct form_values *values, size_t field, const char *answer)
{
	const struct form_value *value = &values->values[field];
	enum field_kind kind = values->form->fields[field].kind;
	size_t i;

	if (kind != FIELD_RADIO && kind != FIELD_CHOICE) {
		return true;
	}
	for (i = 0; i < value->choice_count; i++) {
		if (text_equal(value->choices[i].value, answer)) {
			return true;
		}
	}
	return false;
}

void
apply_reuse_offer(struct visit *visit, struct form_values *values)
{
	const struct questionnaire_item_rows *items = &apply_asked_of(values)->items;
	struct asked_before_rows before = answers_before(visit);
	size_t i;

	for (i = 0; i < items->count && before.count > 0; i++) {
		const struct asked_before *answer = find_answer(&before, &items->rows[i]);

		if (answer != NULL && can_hold(values, ANSWER_ITEMS + i, answer->value)) {
			form_offer(values, ANSWER_ITEMS + i,
			    arena_format(visit->arena, "%s%s", prefix, items->rows[i].name),
			    message_apply_reuse(visit->arena, answer->cohort));
		}
	}
}

bool
apply_reuse(struct visit *visit, struct form_values *values, const char *step)
{
	const struct questionnaire_item_rows *items = &apply_asked_of(values)->items;
	struct asked_before_rows before;
	size_t i;

	if (strncmp(step, prefix, strlen(prefix)) != 0) {
		return false;
	}
	before = answers_before(visit);
	for (i = 0; i < items->count; i++) {
		const struct asked_before *answer = find_answer(&before, &items->rows[i]);

		if (answer != NULL && strcmp(items->rows[i].name, step + strlen(prefix)) == 0 &&
		    can_hold(values, ANSWER_ITEMS + i, answer->value)) {
			form_replace(values, ANSWER_ITEMS + i, answer->value);
			form_note(values, ANSWER_ITEMS + i,
			    message_apply_reused(visit->arena, answer->cohort));
			return true;
		}
	}
	return true;
}
