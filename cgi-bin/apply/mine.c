#include <inttypes.h>

#include "apply.h"
#include "web/answers.h"
#include "model/late.h"
#include "web/hours.h"
#include "web/link.h"
#include "web/page/apply.h"
#include "web/standing.h"
#include "web/time.h"

/* "Accounts, Forms", or that any will do. */
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
		    : message_apply_and(visit->arena, words, projects.rows[i].name);
	}
	return words == NULL ? message(MESSAGE_APPLY_PROJECTS_ANY) : words;
}

static const char *
given(const char *text)
{
	return text == NULL ? message(MESSAGE_APPLY_NOT_GIVEN) : text;
}

/* The facts that stand on the page in any state. */
static void
fill_facts(struct visit *visit, struct page_apply_mine *page)
{
	const struct application *application = visit->application;
	const struct cohort *cohort = visit->cohort;
	struct slots hours = apply_answers_hours(application);
	struct arena *arena = visit->arena;

	page->cohort = cohort->name;
	page->cohort_link = link_cohort(arena, visit->site, cohort->slug);
	page->reference = application->reference;
	page->email = application->email;
	page->submitted = time_words(arena, visit->zone, application->submitted_at);
	page->submitted_machine = time_machine(arena, application->submitted_at);
	page->if_changed = application->changed_at != application->submitted_at;
	page->changed = time_words(arena, visit->zone, application->changed_at);
	page->changed_machine = time_machine(arena, application->changed_at);
	page->closes_on = apply_date_words(visit, cohort->closes_on);
	page->closes = time_words(arena, visit->zone, cohort->closes_at);
	page->closes_machine = time_machine(arena, cohort->closes_at);
	page->hours = hours_words(arena, &hours, application->zone);
	page->hours_change = hours_changes(arena, application->zone, cohort);
	page->if_hours_change = page->hours_change != NULL;
}

static void
fill_state(struct visit *visit, struct page_apply_mine *page)
{
	const struct application *application = visit->application;
	struct arena *arena = visit->arena;
	bool withdrawn = application->withdrawn_at != DB_NULL;

	page->if_withdrawn = withdrawn;
	page->if_counts = !withdrawn;
	page->state =
	    message(withdrawn ? MESSAGE_APPLY_STATE_WITHDRAWN : MESSAGE_APPLY_STATE_COUNTING);
	page->if_open = late_is_open_to(
	    visit->db, visit->arena, visit->cohort, application->email_key, visit->now);
	page->if_withdrawable = application_may_withdraw(visit->cohort, visit->now) && !withdrawn;
	/* A change that came too late is kept on the page all the same. */
	page->if_edited =
	    (page->if_open && !withdrawn) || (visit->again && apply_is_mine(visit->values));
	page->if_read = !page->if_edited;
	if (withdrawn) {
		page->withdrawn = time_words(arena, visit->zone, application->withdrawn_at);
		page->withdrawn_machine = time_machine(arena, application->withdrawn_at);
	}
}

/* What the applicant was told, and nothing that is only decided. */
static void
fill_standing(struct visit *visit, struct page_apply_mine *page)
{
	struct standing_shown shown = standing_show(visit, visit->application);
	struct page_part_tell_me *tell_me = arena_alloc(visit->arena, sizeof(*tell_me));

	if (shown.words == NULL) {
		return;
	}
	page->if_told = true;
	page->standing_words = shown.words;
	page->if_offer = shown.offer_link != NULL;
	page->offer_link = shown.offer_link;
	page->state = standing_name(shown.standing);
	page->if_counts = shown.standing == STANDING_CONFIRMED;
	if (shown.is_over) {
		tell_me->tell_me_action = link_tell_me(visit->arena, visit->site);
		page->part_tell_me = (struct page_part_tell_me_list){ tell_me, 1 };
	}
}

static void
fill_actions(struct visit *visit, struct page_apply_mine *page)
{
	page->key = visit->application->key;
	page->action = link_apply_mine(visit->arena, visit->site, page->key);
	page->withdraw_action = link_under(visit->arena, page->action, "withdraw");
	page->again_action = link_under(visit->arena, page->action, "again");
}

static void
fill_answers(struct visit *visit, struct page_apply_mine *page)
{
	const struct application *application = visit->application;

	page->name = application->name;
	page->pronouns = given(application->pronouns);
	page->github = given(application->github);
	page->level = apply_level_name(visit, application->level);
	page->projects = projects_words(visit);
	page->part_answer = answers_of(visit, application->id, NULL);
}

/* The visit's form of answers, or a fresh one where another was sent. */
static struct form_values *
mine_values(struct visit *visit)
{
	const struct form *form;

	if (apply_is_mine(visit->values)) {
		return visit->values;
	}
	form = apply_mine_of(visit);
	return form == NULL ? NULL : form_new(visit->arena, form);
}

/* The form of answers, as stored or as sent. */
static void
fill_form(struct visit *visit, struct page_apply_mine *page,
    struct page_apply_mine_sections rows[APPLY_SECTIONS])
{
	struct form_values *values = mine_values(visit);
	struct apply_section sections[APPLY_SECTIONS];
	size_t count, i;

	if (values == NULL) {
		return;
	}
	count = apply_sections(values, sections);
	sections[count - 1].end = values->form->count;
	apply_answers_choices(visit, values);
	if (apply_is_mine(visit->values)) {
		apply_answers_mark(visit);
	}
	apply_answers_fill(visit, values, visit->application);
	form_fill(values, apply_after(values, AFTER_REVISION),
	    arena_format(visit->arena, "%" PRId64, visit->application->revision));
	apply_asked_fill(visit, values);
	apply_asked_mark(visit, values);
	apply_reuse_offer(visit, values);
	hours_note(values, ANSWER_HOURS, ANSWER_ZONE, visit->cohort);
	for (i = 0; i < count; i++) {
		rows[i].section_title = message(sections[i].title);
		rows[i].if_section_words = sections[i].words != MESSAGE_NONE;
		rows[i].section_words = message(sections[i].words);
		rows[i].part_field = form_rows_between(values, sections[i].first, sections[i].end);
	}
	page->sections.rows = rows;
	page->sections.count = count;
	page->part_lost = apply_lost_rows(visit, values);
}

void
apply_mine_show(struct visit *visit)
{
	struct page_apply_mine_sections sections[APPLY_SECTIONS] = { 0 };
	struct page_apply_mine page = { 0 };

	fill_facts(visit, &page);
	fill_state(visit, &page);
	fill_standing(visit, &page);
	fill_actions(visit, &page);
	if (page.if_edited) {
		fill_form(visit, &page, sections);
	} else {
		fill_answers(visit, &page);
	}
	page.part_errors = form_summary(visit->values);
	page_apply_mine(visit_html(visit, 200), &visit->frame, &page);
}
