#include "applications.h"
#include "candidate.h"
#include "ground/slots.h"
#include "ground/text.h"
#include "model/questionnaire.h"
#include "model/review.h"
#include "web/hours.h"
#include "web/level.h"
#include "web/questions.h"
#include "web/time.h"

static const char *
given(const char *text)
{
	return text_empty(text) ? message(MESSAGE_COHORT_NOT_GIVEN) : text;
}

static const char *
projects_words(struct visit *visit)
{
	struct application_project_rows projects =
	    application_projects(visit->db, visit->arena, visit->application->id);
	const char *words = NULL;
	size_t i;

	for (i = 0; i < projects.count; i++) {
		words = words == NULL
		    ? projects.rows[i].name
		    : message_cohort_projects_and(visit->arena, words, projects.rows[i].name);
	}
	return words == NULL ? message(MESSAGE_COHORT_PROJECTS_ANY) : words;
}

/* In the applicant's zone where that may be known, in the reader's else. */
static void
show_hours(struct visit *visit, const struct sight *sight, struct page_cohort_application *page)
{
	const struct application *application = visit->application;
	struct slots hours = { { 0 } };
	const char *changes;

	(void)slots_read_hex(application->hours, &hours);
	page->hours = sight->zone ? hours_words(visit->arena, &hours, application->zone)
				  : hours_words_elsewhere(visit->arena, &hours, application->zone,
					visit->zone, visit->cohort);
	changes = sight->zone ? hours_changes(visit->arena, application->zone, visit->cohort)
			      : hours_changes_elsewhere(visit->arena, visit->zone, visit->cohort);
	page->if_hours_change = changes != NULL;
	page->hours_change = changes;
}

static void
show_standing(struct visit *visit, struct page_cohort_application *page)
{
	struct listed_standing standing = { 0 };
	enum listing_stage stage;

	(void)listing_standing_of(visit->db, visit->arena,
	    &(struct listing_standing_of_in){ .application_id = visit->application->id },
	    &standing);
	stage = listing_stage(standing.standing, standing.decision);
	page->state = stage == LISTING_WAITLISTED && standing.waitlist_position != DB_NULL
	    ? message_ranking_standing_place(visit->arena, applications_stage_name(stage),
		  words_number(visit, standing.waitlist_position))
	    : applications_stage_name(stage);
	page->if_good = stage == LISTING_CONFIRMED;
	page->if_wait = stage == LISTING_OFFERED || stage == LISTING_WAITLISTED;
	page->if_bad = stage == LISTING_LAPSED;
	page->call_sign = standing.call_sign;
	page->if_call_sign = standing.call_sign != NULL;
}

/* Who reads blind is told the day: the instant stands in the list of mails,
 * too, beside the address that was written to. */
static void
show_instant(struct visit *visit, const struct sight *sight, int64_t at, const char **words,
    const char **machine)
{
	enum { DAY_LENGTH = 10 };

	*words = sight->names ? time_words(visit->arena, visit->zone, at)
			      : time_day(visit->arena, visit->zone, at);
	*machine = time_machine(visit->arena, at);
	if (!sight->names) {
		*machine = arena_copy_bytes(visit->arena, *machine, DAY_LENGTH);
	}
}

void
candidate_facts(
    struct visit *visit, const struct sight *sight, struct page_cohort_application *page)
{
	const struct application *application = visit->application;

	show_standing(visit, page);
	page->if_names = sight->names;
	page->applicant = sight_name(sight, application->name,
	    page->call_sign == NULL ? application->reference : page->call_sign);
	page->reference = application->reference;
	page->pronouns = given(application->pronouns);
	page->email = application->email;
	page->if_stripped = application->stripped_at != DB_NULL;
	page->github = given(application->github);
	page->level = level_name(visit, visit->cohort, application->level);
	page->projects = projects_words(visit);
	show_hours(visit, sight, page);
	show_instant(
	    visit, sight, application->submitted_at, &page->submitted, &page->submitted_machine);
	page->if_changed = application->changed_at != application->submitted_at;
	show_instant(visit, sight, application->changed_at, &page->changed, &page->changed_machine);
}

/* An answer in words, beside the question as it was put; what the reader may
 * not see is said to be hidden. */
static struct page_cohort_application_answers
answer_row(struct visit *visit, const struct sight *sight, const struct application_answer *answer)
{
	bool shows = sight_shows(
	    sight, answer->kind, answer->is_identifying != 0, answer->is_sensitive != 0);

	return (struct page_cohort_application_answers){
		.question = answer->label,
		.if_sensitive = answer->is_sensitive != 0,
		.if_note = answer->is_retired != 0 || answer->is_reworded != 0,
		.note = message(answer->is_retired != 0 ? MESSAGE_RANKING_ANSWER_RETIRED
							: MESSAGE_RANKING_ANSWER_REWORDED),
		.if_shown = shows,
		.answer = shows
		    ? questions_words(visit->arena, answer->kind, answer->most, answer->value)
		    : NULL,
	};
}

void
candidate_answers(
    struct visit *visit, const struct sight *sight, struct page_cohort_application *page)
{
	struct application_answer_rows answers =
	    application_answers(visit->db, visit->arena, visit->application->id);
	struct page_cohort_application_answers *rows =
	    arena_array(visit->arena, answers.count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < answers.count; i++) {
		rows[i] = answer_row(visit, sight, &answers.rows[i]);
	}
	page->answers = (struct page_cohort_application_answers_list){ rows, answers.count };
}

static struct page_cohort_application_reviews
review_row(struct visit *visit, const struct listed_reading *review, const struct ranking *ranking)
{
	int64_t adjusted = review->score - ranking_effect_of(ranking, review->person_id);

	return (struct page_cohort_application_reviews){
		.reviewer = review->name,
		.score = message_ranking_score_words(visit->arena,
		    applications_points(visit, review->score),
		    applications_points(visit, adjusted)),
		.if_flag = review->is_flagged != 0,
		.if_words = !text_empty(review->note),
		.words = review->note,
		.finished = time_day(visit->arena, visit->zone, review->finished_at),
		.finished_machine = time_machine(visit->arena, review->finished_at),
	};
}

/* Until something was decided and sent. */
static bool
is_reviewable(struct visit *visit)
{
	struct listed_standing standing;

	return listing_standing_of(visit->db, visit->arena,
		   &(struct listing_standing_of_in){ .application_id = visit->application->id },
		   &standing) &&
	    review_is_possible(visit->cohort, standing.standing, visit->now);
}

void
candidate_reviews(
    struct visit *visit, const struct sight *sight, struct page_cohort_application *page)
{
	struct listed_reading_rows reviews = listing_reviews_of(visit->db, visit->arena,
	    &(struct listing_reviews_of_in){ .application_id = visit->application->id });
	struct page_cohort_application_reviews *rows =
	    arena_array(visit->arena, reviews.count + 1, sizeof(*rows));
	struct ranking ranking;
	const struct ranking_mean *mean;
	size_t i;

	page->review_count =
	    message_ranking_reviews_of(visit->arena, words_number(visit, (int64_t)reviews.count),
		words_number(visit, visit->cohort->reviews_wanted));
	page->if_reviewable = visit_has(visit, ROLE_REVIEWER) && is_reviewable(visit);
	page->if_scores = sight->scores_of_others && reviews.count > 0;
	page->if_scores_hidden = !sight->scores_of_others && reviews.count > 0;
	if (!page->if_scores) {
		return;
	}
	ranking = ranking_load(visit->db, visit->arena, visit->cohort->id);
	mean = ranking_find(&ranking, visit->application->id);
	for (i = 0; i < reviews.count; i++) {
		rows[i] = review_row(visit, &reviews.rows[i], &ranking);
	}
	page->reviews = (struct page_cohort_application_reviews_list){ rows, reviews.count };
	page->raw = applications_points(visit, mean == NULL ? LISTING_NONE : mean->raw);
	page->adjusted = applications_points(visit, mean == NULL ? LISTING_NONE : mean->adjusted);
	page->disagreement =
	    applications_points(visit, mean == NULL ? LISTING_NONE : mean->disagreement);
}

void
candidate_earlier(
    struct visit *visit, const struct sight *sight, struct page_cohort_application *page)
{
	struct listed_before_rows earlier = listing_earlier_of(visit->db, visit->arena,
	    &(struct listing_earlier_of_in){ .application_id = visit->application->id });
	struct page_cohort_application_earlier *rows =
	    arena_array(visit->arena, earlier.count + 1, sizeof(*rows));
	size_t i;

	page->if_earlier_shown = sight->earlier;
	if (!sight->earlier) {
		return;
	}
	for (i = 0; i < earlier.count; i++) {
		rows[i].earlier_cohort = earlier.rows[i].name;
		rows[i].earlier_state =
		    applications_stage_name(listing_stage(earlier.rows[i].standing, NULL));
	}
	page->earlier = (struct page_cohort_application_earlier_list){ rows, earlier.count };
}
