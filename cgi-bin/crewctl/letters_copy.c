/* The copy of an application, mailed once it counts. */

#include "db/db.h"
#include "ground/bytes.h"
#include "ground/slots.h"
#include "ground/text.h"
#include "letters_writing.h"
#include "model/questionnaire.h"
#include "web/hours.h"
#include "web/level.h"
#include "web/questions.h"

/* Question and answer a paragraph each; what is sensitive stays here. */
static const char *
answers_words(struct writing *writing, int64_t application_id)
{
	struct arena *arena = writing->arena;
	struct application_answer_rows answers =
	    application_answers(writing->crewctl->db, arena, application_id);
	struct bytes *words = bytes_new(arena);
	bool is_whole = true;
	size_t i;

	for (i = 0; i < answers.count; i++) {
		const struct application_answer *answer = &answers.rows[i];

		if (answer->is_sensitive) {
			is_whole = false;
			continue;
		}
		bytes_format(words, "%s\n%s\n\n", message_copy_question(arena, answer->label),
		    message_copy_answer(
			arena, questions_words(arena, answer->kind, answer->most, answer->value)));
	}
	if (!is_whole) {
		bytes_text(words, message(MESSAGE_COPY_SENSITIVE));
	} else if (answers.count == 0) {
		bytes_text(words, message(MESSAGE_COPY_NO_ANSWERS));
	}
	return words->data;
}

static const char *
projects_words(struct writing *writing, int64_t application_id)
{
	struct application_project_rows projects =
	    application_projects(writing->crewctl->db, writing->arena, application_id);
	const char *words = NULL;
	size_t i;

	for (i = 0; i < projects.count; i++) {
		words = words == NULL
		    ? projects.rows[i].name
		    : message_copy_and(writing->arena, words, projects.rows[i].name);
	}
	return words == NULL ? message(MESSAGE_COPY_ANY_PROJECT) : words;
}

/* The level in the cohort's own words, or in the software's. */
static const char *
level_said(struct writing *writing, const struct letter_subject *subject)
{
	struct cohort_level_rows levels = level_of_cohort(writing->crewctl->db, writing->arena,
	    &(struct level_of_cohort_in){ .cohort_id = subject->cohort.id });
	size_t i;

	for (i = 0; i < levels.count; i++) {
		if (levels.rows[i].level == subject->application.level &&
		    !text_empty(levels.rows[i].name)) {
			return levels.rows[i].name;
		}
	}
	return level_default_name(subject->application.level);
}

/* With a sentence for each time that clocks change while the cohort runs. */
static const char *
hours_said(struct writing *writing, const struct letter_subject *subject)
{
	const char *zone = subject->application.zone, *changes, *words;
	struct slots hours = { { 0 } };

	(void)slots_read_hex(subject->application.hours, &hours);
	words = hours_words(writing->arena, &hours, zone);
	changes = hours_changes(writing->arena, zone, &subject->cohort);
	return changes == NULL ? words : arena_format(writing->arena, "%s. %s", words, changes);
}

enum letter_outcome
letter_application_confirmed(struct writing *writing)
{
	struct letter_subject subject;

	if (!letter_read_subject(writing, letter_parameter_id(writing, "application"), &subject) ||
	    subject.application.confirmed_at == DB_NULL ||
	    subject.application.withdrawn_at != DB_NULL) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording = wording_application_confirmed(writing->arena,
	    letter_words(writing, "application_confirmed", subject.cohort.id),
	    &(struct wording_application_confirmed){ .cohort = subject.cohort.name,
		.name = subject.application.name,
		.programme = writing->programme.name,
		.reference = subject.application.reference,
		.deadline = subject.deadline,
		.link = subject.link,
		.level = level_said(writing, &subject),
		.projects = projects_words(writing, subject.application.id),
		.hours = hours_said(writing, &subject),
		.answers = answers_words(writing, subject.application.id) });
	return LETTER_READY;
}
