#include <inttypes.h>

#include "apply.h"
#include "model/late.h"
#include "web/hours.h"
#include "web/link.h"
#include "web/page/apply.h"
#include "web/time.h"

enum { ANSWERS = 3 };

const struct form apply_mine_form = {
	.name = "mine",
	.fields = apply_mine_fields,
	.count = MINE_COUNT,
};

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
	    (page->if_open && !withdrawn) || (visit->again && visit->values->form == &apply_mine_form);
	page->if_read = !page->if_edited;
	if (withdrawn) {
		page->withdrawn = time_words(arena, visit->zone, application->withdrawn_at);
		page->withdrawn_machine = time_machine(arena, application->withdrawn_at);
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
fill_answers(struct visit *visit, struct page_apply_mine *page,
    struct page_apply_mine_answers answers[ANSWERS])
{
	const struct application *application = visit->application;

	page->name = application->name;
	page->pronouns = given(application->pronouns);
	page->github = given(application->github);
	page->level = apply_level_name(visit, application->level);
	page->projects = projects_words(visit);
	answers[0] =
	    (struct page_apply_mine_answers){ message(MESSAGE_APPLY_WHY_LABEL), application->why };
	answers[1] = (struct page_apply_mine_answers){ message(MESSAGE_APPLY_EXPERIENCE_LABEL),
		application->experience };
	answers[2] = (struct page_apply_mine_answers){ message(MESSAGE_APPLY_HOPES_LABEL),
		application->hopes };
	page->answers.rows = answers;
	page->answers.count = ANSWERS;
}

/* The form of answers, as stored or as sent. */
static void
fill_form(struct visit *visit, struct page_apply_mine *page,
    struct page_apply_mine_sections rows[APPLY_SECTIONS])
{
	struct form_values *values = visit_values(visit, &apply_mine_form);
	size_t i;

	apply_answers_choices(visit, values);
	apply_answers_fill(visit, values, visit->application);
	form_fill(values, MINE_REVISION,
	    arena_format(visit->arena, "%" PRId64, visit->application->revision));
	hours_note(values, ANSWER_HOURS, ANSWER_ZONE, visit->cohort);
	for (i = 0; i < APPLY_SECTIONS; i++) {
		const struct apply_section *section = &apply_sections[i];
		size_t end = i + 1 == APPLY_SECTIONS ? MINE_COUNT : section->end;

		rows[i].section_title = message(section->title);
		rows[i].if_section_words = section->words != MESSAGE_NONE;
		rows[i].section_words = message(section->words);
		rows[i].part_field = form_rows_between(values, section->first, end);
	}
	page->sections.rows = rows;
	page->sections.count = APPLY_SECTIONS;
}

void
apply_mine_show(struct visit *visit)
{
	struct page_apply_mine_sections sections[APPLY_SECTIONS] = { 0 };
	struct page_apply_mine_answers answers[ANSWERS];
	struct page_apply_mine page = { 0 };

	fill_facts(visit, &page);
	fill_state(visit, &page);
	fill_actions(visit, &page);
	if (page.if_edited) {
		fill_form(visit, &page, sections);
	} else {
		fill_answers(visit, &page, answers);
	}
	page.part_errors = form_summary(visit->values);
	page_apply_mine(visit_html(visit, 200), &visit->frame, &page);
}
