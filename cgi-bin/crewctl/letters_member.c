#include "db/db.h"
#include "db/query/group.h"
#include "db/query/question.h"
#include "letters_writing.h"
#include "web/link.h"

enum letter_outcome
letter_welcome(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	struct placement_welcome_row row;

	if (!placement_welcome(crewctl->db, writing->arena,
		&(struct placement_welcome_in){ .id = letter_parameter_id(writing, "placement") },
		&row) ||
	    row.left_at != DB_NULL) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording =
	    wording_welcome(writing->arena, letter_words(writing, "welcome", row.cohort_id),
		&(struct wording_welcome){ .group = row.group_name,
		    .name = row.name,
		    .cohort = row.cohort_name,
		    .goal = row.goal,
		    .link = letter_absolute(writing,
			link_standup_group(
			    writing->arena, crewctl->site, row.cohort_slug, row.group_slug)) });
	return LETTER_READY;
}

enum letter_outcome
letter_question_answered(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	struct answer_letter_row row;

	if (!answer_letter(crewctl->db, writing->arena,
		&(struct answer_letter_in){ .id = letter_parameter_id(writing, "answer") }, &row)) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording = wording_question_answered(writing->arena,
	    letter_words(writing, "question_answered", row.cohort_id),
	    &(struct wording_question_answered){ .name = row.answerer,
		.asker = row.asker,
		.group = row.group_name,
		.link = letter_absolute(writing,
		    link_standup(writing->arena, crewctl->site, row.cohort_slug, row.group_slug,
			row.week)) });
	return LETTER_READY;
}
