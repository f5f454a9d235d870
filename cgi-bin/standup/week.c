#include <inttypes.h>
#include <string.h>

#include "standup.h"
#include "ground/text.h"
#include "web/link.h"
#include "web/time.h"

enum { WEEK_MOST = 99 };

bool
week_begin(struct visit *visit, struct week *week)
{
	int64_t number;

	*week = (struct week){
		.visit = visit,
		.arena = visit->arena,
		.reader = { visit->person->id, visit->roles },
		.may_write = standup_may_write(visit->cohort, visit->now),
	};
	if (!text_integer(visit_param(visit, "week"), 0, WEEK_MOST, &number) ||
	    !standup_find(visit->db, visit->arena, visit->group->id, number, &week->standup)) {
		visit_not_found(visit);
		return false;
	}
	week->is_closed = visit->now >= week->standup.closes_at;
	week->link = link_standup(
	    visit->arena, visit->site, visit->cohort->slug, visit->group->slug, number);
	return true;
}

bool
week_member(struct week *week, struct member *member)
{
	struct visit *visit = week->visit;

	if (standup_member(visit->db, visit->arena, visit->group, visit->person->id, member)) {
		return true;
	}
	visit_not_found(visit);
	return false;
}

void
week_done(struct week *week, enum message done, const char *id)
{
	visit_notice(week->visit, done);
	visit_redirect(week->visit, id == NULL ? week->link : link_at(week->arena, week->link, id));
}

void
week_refuse(struct week *week, const char *words)
{
	form_refuse_whole(week->visit->values, words);
	visit_again(week->visit);
}

/* When writing ended, in the reader's words. */
static const char *
over_words(struct week *week)
{
	const struct visit *visit = week->visit;

	return time_words(week->arena, visit->zone, visit->cohort->ends_at + RIGHTS_WRITE_SECONDS);
}

void
week_refuse_over(struct week *week)
{
	week_refuse(
	    week, message_standup_over(week->arena, week->visit->cohort->name, over_words(week)));
}

void
week_question(struct week *week, enum question_outcome outcome, enum message done, const char *id)
{
	switch (outcome) {
	case QUESTION_SAVED:
		week_done(week, done, id);
		break;
	case QUESTION_NOT_OF_GROUP:
		week_refuse(week, message(MESSAGE_STANDUP_NOT_OF_GROUP));
		break;
	case QUESTION_NOT_YOURS:
		visit_not_found(week->visit);
		break;
	case QUESTION_RESOLVED:
		week_refuse(week, message(MESSAGE_STANDUP_RESOLVED_BEFORE));
		break;
	case QUESTION_COHORT_OVER:
		week_refuse_over(week);
		break;
	case QUESTION_FAULT:
		visit_error(week->visit, 500);
		break;
	}
}

void
week_refuse_audience(struct week *week, enum audience_outcome outcome, const char *id)
{
	switch (outcome) {
	case AUDIENCE_SAVED:
		week_done(week, MESSAGE_DONE_AUDIENCE, id);
		break;
	case AUDIENCE_NOT_YOURS:
		visit_not_found(week->visit);
		break;
	case AUDIENCE_COHORT_OVER:
		week_refuse(week,
		    message_standup_over_audience(
			week->arena, week->visit->cohort->name, over_words(week)));
		break;
	case AUDIENCE_FAULT:
		visit_error(week->visit, 500);
		break;
	}
}

struct form_values *
week_values(const struct week *week, const struct form *form, const char *item, const char *key)
{
	struct form_values *sent = week->visit->values;

	if (sent != NULL && sent->form == form &&
	    (key == NULL || text_equal(visit_param(week->visit, item), key))) {
		return sent;
	}
	return form_new(week->arena, form);
}

bool
week_shows(const struct week *week, const struct form_values *values)
{
	return week->may_write || values->sent;
}

void
week_read(struct week *week)
{
	struct visit *visit = week->visit;
	struct db *db = visit->db;
	const struct standup *standup = &week->standup;

	week->check_ins = standup_check_ins(db, week->arena, standup, &week->reader);
	week->questions = standup_questions(db, week->arena, standup, &week->reader);
	week->earlier = standup_questions_before(db, week->arena, standup, &week->reader);
	if (week->questions.count > 0) {
		week->answers = standup_answers(db, week->arena, standup, &week->reader);
	}
	week->highlights = standup_highlights(db, week->arena, standup, &week->reader);
	if (week->highlights.count > 0) {
		week->quotes = standup_quotes(db, week->arena, standup);
	}
	if (visit_has(visit, ROLES_FACILITATORS)) {
		week->attendance = standup_attendance(db, week->arena, standup, &week->reader);
	}
}

/*
 * A form that came back must be one of an item that is shown here: with
 * mistakes in it, it never reached its handler.
 */
static bool
item_is_shown(const struct week *week)
{
	const char *question = visit_param(week->visit, "question");
	const char *answer = visit_param(week->visit, "answer");
	const char *highlight = visit_param(week->visit, "highlight");
	bool is_shown = question == NULL && answer == NULL && highlight == NULL;

	for (size_t i = 0; question != NULL && i < week->questions.count; i++) {
		is_shown |= strcmp(week->questions.rows[i].key, question) == 0;
	}
	for (size_t i = 0; answer != NULL && i < week->answers.count; i++) {
		is_shown |= strcmp(week->answers.rows[i].key, answer) == 0;
	}
	for (size_t i = 0; highlight != NULL && i < week->highlights.count; i++) {
		is_shown |= strcmp(week->highlights.rows[i].key, highlight) == 0;
	}
	return is_shown;
}

static void
fill_places(const struct week *week, struct page_standup_week *page)
{
	struct page_standup_week_links *rows =
	    arena_array(week->arena, GROUP_PLACES, sizeof(*rows));
	struct group_place places[GROUP_PLACES];
	size_t count = group_places(week->visit->group, places);

	for (size_t i = 0; i < count; i++) {
		rows[i].place = places[i].name;
		rows[i].place_link = places[i].link;
	}
	page->links.rows = rows;
	page->links.count = count;
}

/* What is to be known of this stand-up before one reads or writes. */
static void
fill_state(const struct week *week, struct page_standup_week *page)
{
	const struct visit *visit = week->visit;
	const struct standup *standup = &week->standup;

	page->cohort = visit->cohort->name;
	page->closed = time_words(week->arena, visit->zone, standup->closes_at);
	page->closed_machine = time_machine(week->arena, standup->closes_at);
	page->if_over = !week->may_write;
	page->if_closed = week->may_write && week->is_closed;
	page->if_ahead = standup->week > cohort_week_now(visit->cohort, visit->now);
}

static const char *
neighbour(const struct week *week, int64_t number)
{
	const struct visit *visit = week->visit;

	return link_standup(
	    week->arena, visit->site, visit->cohort->slug, visit->group->slug, number);
}

static void
fill_week(const struct week *week, struct page_standup_week *page)
{
	const struct standup *standup = &week->standup;
	const struct visit *visit = week->visit;
	struct arena *arena = week->arena;

	page->week = arena_format(arena, "%" PRId64, standup->week);
	page->if_theme = !text_empty(standup->theme);
	page->theme = standup->theme;
	page->group = visit->group->name;
	page->group_link =
	    link_standup_group(arena, visit->site, visit->cohort->slug, visit->group->slug);
	page->starts = time_words(arena, visit->zone, standup->starts_at);
	page->starts_machine = time_machine(arena, standup->starts_at);
	page->if_facilitator = standup->facilitator != NULL;
	page->facilitator = standup->facilitator;
	page->if_objectives = !text_empty(standup->objectives);
	page->objectives = standup->objectives;
	page->if_before = standup->week > 0;
	page->before = arena_format(arena, "%" PRId64, standup->week - 1);
	page->before_link = neighbour(week, standup->week - 1);
	page->if_after = standup->week < visit->cohort->weeks;
	page->after = arena_format(arena, "%" PRId64, standup->week + 1);
	page->after_link = neighbour(week, standup->week + 1);
}

void
week_show(struct visit *visit)
{
	struct page_standup_week page = { 0 };
	struct week week;

	if (!week_begin(visit, &week)) {
		return;
	}
	week_read(&week);
	if (!item_is_shown(&week)) {
		visit_not_found(visit);
		return;
	}
	fill_week(&week, &page);
	fill_state(&week, &page);
	fill_places(&week, &page);
	check_ins_fill(&week, &page);
	questions_show(&week, &page);
	attendance_fill(&week, &page);
	notes_fill(&week, &page);
	highlights_fill(&week, &page);
	if (visit->again) {
		page.part_errors = form_summary(visit->values);
	}
	page_standup_week(visit_html(visit, 200), &visit->frame, &page);
}
