/*
 * What a reader is shown of an application: model/sight.h decides, and this
 * file shows no more.
 */
#include <inttypes.h>
#include <string.h>

#include "ground/slots.h"
#include "ground/text.h"
#include "model/questionnaire.h"
#include "review.h"
#include "web/hours.h"
#include "web/page/cohort.h"
#include "web/questions.h"

struct sight
review_sight(struct visit *visit)
{
	return sight_of(visit->db, visit->arena, visit->person, visit->cohort,
	    visit->application->id, visit->roles, visit->now);
}

static const char *
given(const char *text)
{
	return text_empty(text) ? message(MESSAGE_REVIEW_NOT_GIVEN) : text;
}

static const char *
projects_words(struct visit *visit)
{
	struct application_project_rows projects =
	    application_projects(visit->db, visit->arena, visit->application->id);
	const char *words = NULL;

	for (size_t i = 0; i < projects.count; i++) {
		words = words == NULL
		    ? projects.rows[i].name
		    : message_review_projects_and(visit->arena, words, projects.rows[i].name);
	}
	return words == NULL ? message(MESSAGE_REVIEW_ANY_PROJECT) : words;
}

/* What became of an earlier application, as far as it matters here. */
static const char *
earlier_standing(const char *standing)
{
	static const struct {
		const char *standing;
		enum message words;
	} known[] = {
		{ "waitlisted", MESSAGE_REVIEW_STANDING_WAITLISTED },
		{ "closed", MESSAGE_REVIEW_STANDING_WAITLISTED },
		{ "confirmed", MESSAGE_REVIEW_STANDING_CONFIRMED },
		{ "withdrawn", MESSAGE_REVIEW_STANDING_WITHDRAWN },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(known[i].standing, standing) == 0) {
			return message(known[i].words);
		}
	}
	return message(MESSAGE_REVIEW_STANDING_OTHER);
}

static const char *
earlier_words(struct visit *visit)
{
	struct review_earlier_row_rows rows = review_earlier(visit->db, visit->arena,
	    &(struct review_earlier_in){ .application_id = visit->application->id });
	const char *words = NULL;

	for (size_t i = 0; i < rows.count; i++) {
		const char *one = message_review_earlier_one(
		    visit->arena, rows.rows[i].cohort, earlier_standing(rows.rows[i].standing));

		words = words == NULL ? one : message_review_earlier_and(visit->arena, words, one);
	}
	return words == NULL ? message(MESSAGE_REVIEW_EARLIER_NONE) : words;
}

/* Hours in the reader's own zone: theirs would tell where somebody lives. */
static void
show_hours(struct visit *visit, const struct sight *sight, struct page_cohort_review *page)
{
	const struct application *application = visit->application;
	struct slots hours = { { 0 } };

	(void)slots_read_hex(application->hours, &hours);
	page->hours = hours_words_elsewhere(
	    visit->arena, &hours, application->zone, visit->zone, visit->cohort);
	page->hours_change = hours_changes_elsewhere(visit->arena, visit->zone, visit->cohort);
	page->if_hours_change = page->hours_change != NULL;
	page->if_zone = sight->zone;
	if (sight->zone) {
		page->zone_hours = hours_words(visit->arena, &hours, application->zone);
	}
}

static void
show_answers(struct visit *visit, const struct sight *sight, struct page_cohort_review *page)
{
	struct application_answer_rows answers =
	    application_answers(visit->db, visit->arena, visit->application->id);
	struct page_cohort_review_answers *rows =
	    arena_array(visit->arena, answers.count + 1, sizeof(*rows));
	size_t count = 0, hidden;

	for (size_t i = 0; i < answers.count; i++) {
		const struct application_answer *answer = &answers.rows[i];

		if (!sight_shows(sight, answer->kind, answer->is_identifying != 0,
			answer->is_sensitive != 0)) {
			continue;
		}
		rows[count++] = (struct page_cohort_review_answers){
			.question = answer->label,
			.if_question_note = answer->is_reworded != 0 || answer->is_sensitive != 0,
			.if_reworded = answer->is_reworded != 0,
			.if_sensitive = answer->is_sensitive != 0,
			.answer = questions_words(
			    visit->arena, answer->kind, answer->most, answer->value),
		};
	}
	hidden = answers.count - count;
	page->answers = (struct page_cohort_review_answers_list){ rows, count };
	page->if_hidden = hidden > 0;
	page->hidden = hidden == 1
	    ? message(MESSAGE_REVIEW_HIDDEN_ONE)
	    : message_review_hidden_many(visit->arena, words_number(visit, (int64_t)hidden));
}

void
review_show_subject(struct visit *visit, const struct sight *sight, struct page_cohort_review *page)
{
	const struct application *application = visit->application;
	struct review_subject_row subject = { 0 };

	(void)review_subject(visit->db, visit->arena,
	    &(struct review_subject_in){ .application_id = application->id }, &subject);
	page->call_sign = subject.call_sign == NULL ? application->reference : subject.call_sign;
	page->subject = sight_name(sight, application->name, page->call_sign);
	page->if_names = sight->names;
	if (sight->names) {
		page->pronouns = given(application->pronouns);
		page->email = application->email;
		page->github = given(application->github);
	}
	page->if_earlier = sight->earlier;
	if (sight->earlier) {
		page->earlier = earlier_words(visit);
	}
	page->if_stripped = application->stripped_at != DB_NULL;
	page->level = words_levels(visit, application->level, application->level);
	page->projects = projects_words(visit);
	show_hours(visit, sight, page);
	show_answers(visit, sight, page);
}
