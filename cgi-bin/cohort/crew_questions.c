#include <inttypes.h>
#include <string.h>

#include "crew.h"
#include "ground/text.h"
#include "web/markdown.h"
#include "web/page/cohort.h"
#include "web/questions.h"

struct crew_sets
crew_sets_begin(const struct form *always)
{
	return (struct crew_sets){ .count = 0, .fields = always->count };
}

void
crew_sets_add(struct visit *visit, struct crew_sets *sets, int64_t cohort_id, const char *role)
{
	struct crew_questions *questions = &sets->sets[sets->count];

	*questions = (struct crew_questions){ .role = role, .first = sets->fields };
	if (questionnaire_find(visit->db, visit->arena, cohort_id, role, &questions->form)) {
		questions->items = questionnaire_items(visit->db, visit->arena, questions->form.id);
	}
	sets->fields += questions->items.count;
	sets->count++;
}

const struct form *
crew_form(struct visit *visit, const struct form *always, const struct crew_sets *sets)
{
	struct field *fields = arena_array(visit->arena, sets->fields + 1, sizeof(*fields));
	struct form *form = arena_alloc(visit->arena, sizeof(*form));

	if (always->count > 0) {
		memcpy(fields, always->fields, always->count * sizeof(*fields));
	}
	for (size_t i = 0; i < sets->count; i++) {
		const struct crew_questions *questions = &sets->sets[i];

		questions_fields(visit->arena, &questions->items, fields + questions->first);
		/* Two roles may ask under one name. */
		for (size_t j = 0; i > 0 && j < questions->items.count; j++) {
			fields[questions->first + j].name = arena_format(visit->arena,
			    "%s_%" PRId64, questions->role, questions->items.rows[j].id);
		}
	}
	*form = *always;
	form->fields = fields;
	form->count = sets->fields;
	return form;
}

struct form_values *
crew_values(struct visit *visit, const struct form *always, const struct crew_sets *sets)
{
	if (visit->values != NULL && strcmp(visit->values->form->name, always->name) == 0) {
		return visit->values;
	}
	return form_new(visit->arena, crew_form(visit, always, sets));
}

struct page_part_volunteer_list
crew_and_questions(struct visit *visit, struct page_part_volunteer_list before,
    const struct form_values *values, const struct crew_sets *sets)
{
	struct page_part_volunteer *rows =
	    arena_array(visit->arena, before.count + CREW_SETS, sizeof(*rows));
	size_t count = before.count;

	if (before.count > 0) {
		memcpy(rows, before.rows, before.count * sizeof(*rows));
	}
	for (size_t i = 0; i < sets->count; i++) {
		const struct crew_questions *questions = &sets->sets[i];
		size_t end = questions->first + questions->items.count;

		if (questions->items.count > 0) {
			rows[count++] = (struct page_part_volunteer){
				.section_title = message_builder_section_role(
				    visit->arena, words_role(questions->role)),
				.if_section_intro = !text_empty(questions->form.intro),
				.section_markdown =
				    markdown_html(visit->arena, questions->form.intro),
				.part_field = form_rows_between(values, questions->first, end),
			};
		}
	}
	return (struct page_part_volunteer_list){ rows, count };
}

struct item_answer *
crew_replies(
    const struct form_values *values, const struct crew_questions *questions, size_t *count)
{
	return questions_read(values, questions->first, &questions->items, count);
}

void
crew_fill_replies(struct visit *visit, struct form_values *values,
    const struct crew_questions *questions, int64_t member_id)
{
	struct volunteer_answer_rows answers = member_answers(visit->db, visit->arena, member_id);

	for (size_t i = 0; i < answers.count; i++) {
		for (size_t j = 0; j < questions->items.count; j++) {
			if (questions->items.rows[j].id == answers.rows[i].item_id) {
				questions_fill(values, questions->first + j, answers.rows[i].value);
			}
		}
	}
}

struct page_cohort_people_crew_replies_list
crew_reply_rows(struct visit *visit, int64_t member_id)
{
	struct volunteer_answer_rows answers = member_answers(visit->db, visit->arena, member_id);
	struct page_cohort_people_crew_replies *rows =
	    arena_array(visit->arena, answers.count + 1, sizeof(*rows));

	for (size_t i = 0; i < answers.count; i++) {
		const struct volunteer_answer *answer = &answers.rows[i];

		rows[i] = (struct page_cohort_people_crew_replies){
			.reply_label = answer->label,
			.reply = questions_words(
			    visit->arena, answer->kind, answer->most, answer->value),
			.if_reply_sensitive = answer->is_sensitive == 1,
		};
	}
	return (struct page_cohort_people_crew_replies_list){ rows, answers.count };
}
