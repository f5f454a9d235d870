#include "cohort.h"
#include "model/cohort_plan.h"
#include "model/offer.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

const struct form organise_form = { .name = "organise" };

static void
show_numbers(struct visit *visit, struct page_cohort_organise *page)
{
	struct group_count_rows groups = group_counts(
	    visit->db, visit->arena, &(struct group_counts_in){ .cohort_id = visit->cohort->id });
	struct offer_count counts = { 0 };
	int64_t djangonauts = 0;
	size_t i;

	(void)offer_counts(visit->db, visit->arena,
	    &(struct offer_counts_in){ .cohort_id = visit->cohort->id }, &counts);
	for (i = 0; i < groups.count; i++) {
		djangonauts += groups.rows[i].djangonauts;
	}
	page->applications = words_number(visit, counts.applications);
	page->unconfirmed = words_number(visit, counts.unconfirmed);
	page->offered = words_number(visit, counts.offered);
	page->confirmed = words_number(visit, counts.confirmed);
	page->seats = words_number(visit, visit->cohort->seats);
	page->groups = words_number(visit, (int64_t)groups.count);
	page->djangonauts = words_number(visit, djangonauts);
}

static const char *
day_of(struct visit *visit, int64_t instant)
{
	return instant == DB_NULL ? NULL : time_day(visit->arena, visit->zone, instant);
}

static void
show_steps(struct visit *visit, struct page_cohort_organise *page)
{
	const struct cohort *cohort = visit->cohort;
	const char *link = link_organise(visit->arena, visit->site, cohort->slug);

	page->window = words_window(visit, cohort);
	page->published = day_of(visit, cohort->published_at);
	page->publish_action = link_under(visit->arena, link, "publish");
	page->if_formed = cohort->groups_formed_at != DB_NULL;
	page->formed = day_of(visit, cohort->groups_formed_at);
	page->form_action = link_under(visit->arena, link, "form-groups");
	page->if_launched = cohort->launched_at != DB_NULL;
	page->launched = day_of(visit, cohort->launched_at);
	page->launch_action = link_under(visit->arena, link, "launch");
}

void
organise_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	enum cohort_state state = cohort_state(cohort, visit->now);
	struct page_cohort_organise page = {
		.name = cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_OVERVIEW),
		.state = words_state(visit, cohort),
		.where = words_where(visit, cohort),
		.if_draft = state == COHORT_DRAFT,
		.if_open = state == COHORT_OPEN,
		.if_running = state == COHORT_RUNNING,
		.due = due_rows(visit),
	};

	show_steps(visit, &page);
	show_numbers(visit, &page);
	if (page.due.count == 0) {
		page.part_empty = parts_empty(visit, MESSAGE_COHORT_DUE_NONE_TITLE,
		    MESSAGE_COHORT_DUE_NONE_WORDS, NULL, MESSAGE_NONE);
	}
	if (visit->values != NULL) {
		page.part_errors = form_summary(visit->values);
	}
	page_cohort_organise(visit_html(visit, 200), &visit->frame, &page);
}

static void
step_done(struct visit *visit, enum message done)
{
	visit_notice(visit, done);
	visit_redirect(visit, link_organise(visit->arena, visit->site, visit->cohort->slug));
}

static void
step_refused(struct visit *visit, enum message why)
{
	form_refuse_whole(visit->values, message(why));
	visit_again(visit);
}

void
organise_publish(struct visit *visit)
{
	switch (cohort_publish_now(visit->db, visit->arena, visit->cohort, visit->now)) {
	case COHORT_PUBLISHED:
		visit_audit(visit, AUDIT_COHORT_PUBLISHED, 0, NULL);
		step_done(visit, MESSAGE_DONE_PUBLISHED);
		break;
	case COHORT_PUBLISHED_BEFORE:
		step_refused(visit, MESSAGE_COHORT_PUBLISHED_BEFORE);
		break;
	case COHORT_PUBLISH_WITHOUT_PROJECT:
		step_refused(visit, MESSAGE_COHORT_PUBLISH_NO_PROJECT);
		break;
	case COHORT_PUBLISH_FAULT:
		visit_error(visit, 500);
		break;
	}
}

void
organise_form_groups(struct visit *visit)
{
	switch (cohort_form_groups(visit->db, visit->arena, visit->cohort, visit->now)) {
	case COHORT_GROUPS_FORMED:
		visit_audit(visit, AUDIT_GROUPS_ANNOUNCED, 0, NULL);
		step_done(visit, MESSAGE_DONE_FORMED);
		break;
	case COHORT_GROUPS_FORMED_BEFORE:
		step_refused(visit, MESSAGE_COHORT_FORMED_BEFORE);
		break;
	case COHORT_GROUPS_OF_DRAFT:
		step_refused(visit, MESSAGE_COHORT_STEP_OF_DRAFT);
		break;
	case COHORT_NO_GROUP_TO_SHOW:
		step_refused(visit, MESSAGE_COHORT_FORM_NOBODY);
		break;
	case COHORT_GROUPS_FAULT:
		visit_error(visit, 500);
		break;
	}
}

void
organise_launch(struct visit *visit)
{
	switch (cohort_launch(visit->db, visit->arena, visit->cohort, visit->now)) {
	case COHORT_LAUNCHED:
		visit_audit(visit, AUDIT_COHORT_LAUNCHED, 0, NULL);
		step_done(visit, MESSAGE_DONE_LAUNCHED);
		break;
	case COHORT_LAUNCHED_BEFORE:
		step_refused(visit, MESSAGE_COHORT_LAUNCHED_BEFORE);
		break;
	case COHORT_LAUNCH_OF_DRAFT:
		step_refused(visit, MESSAGE_COHORT_STEP_OF_DRAFT);
		break;
	case COHORT_LAUNCH_WITHOUT_NAVIGATOR:
		step_refused(visit, MESSAGE_COHORT_LAUNCH_NO_NAVIGATOR);
		break;
	case COHORT_LAUNCH_WITHOUT_GROUP:
		step_refused(visit, MESSAGE_COHORT_LAUNCH_NO_GROUP);
		break;
	case COHORT_LAUNCH_FAULT:
		visit_error(visit, 500);
		break;
	}
}
