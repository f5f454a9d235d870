#include "web/answers.h"

#include "model/questionnaire.h"
#include "web/questions.h"

struct page_part_answer_list
answers_of(struct visit *visit, int64_t application_id, const struct sight *sight)
{
	struct application_answer_rows answers =
	    application_answers(visit->db, visit->arena, application_id);
	struct page_part_answer *rows = arena_array(visit->arena, answers.count + 1, sizeof(*rows));
	size_t count = 0, i;

	for (i = 0; i < answers.count; i++) {
		const struct application_answer *answer = &answers.rows[i];

		if (sight != NULL &&
		    !sight_shows(sight, answer->kind, answer->is_identifying != 0,
			answer->is_sensitive != 0)) {
			continue;
		}
		rows[count++] = (struct page_part_answer){ .answer_question = answer->label,
			.if_answer_note = answer->is_retired || answer->is_reworded,
			.answer_note = message(answer->is_retired ? MESSAGE_ANSWERS_RETIRED
								  : MESSAGE_ANSWERS_REWORDED),
			.answer_words = questions_words(
			    visit->arena, answer->kind, answer->most, answer->value) };
	}
	return (struct page_part_answer_list){ rows, count };
}
