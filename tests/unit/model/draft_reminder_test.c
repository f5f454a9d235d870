#include "model/draft.h"

#include "drafts.h"
#include "fixture.h"
#include "model/late.h"
#include "model/session.h"
#include "model/subscription.h"
#include "model/tick.h"

static void
assert_reminders(struct model *model, int64_t now, size_t expected)
{
	assert_true(tick(model->db, model->arena, now));
	assert_int_equal(model_mails(model, "draft_reminder"), expected);
	assert_true(tick(model->db, model->arena, now));
	assert_int_equal(model_mails(model, "draft_reminder"), expected);
}

static void
a_draft_is_reminded_of_three_days_a_day_and_three_hours_before(void **state)
{
	struct model *model = *state;
	const int64_t end = model->cohort.closes_at;

	(void)drafts_saved(model, "vega@example.org", "name=V", model->now);
	assert_int_equal(
	    draft_remind_due(model->db, model->arena, model->now), end - 72 * CLOCK_HOUR);
	assert_int_equal(tick_due(model->db, model->arena, model->now), end - 72 * CLOCK_HOUR);
	assert_reminders(model, end - 72 * CLOCK_HOUR - 1, 0);
	assert_reminders(model, end - 72 * CLOCK_HOUR, 1);
	assert_int_equal(draft_remind_due(model->db, model->arena, end - 72 * CLOCK_HOUR),
	    end - 24 * CLOCK_HOUR);
	assert_reminders(model, end - 24 * CLOCK_HOUR, 2);
	assert_reminders(model, end - 3 * CLOCK_HOUR, 3);
	assert_reminders(model, end - 1, 3);
	assert_reminders(model, end + 1, 3);
}

static void
of_late_reminders_only_the_one_whose_time_it_is_goes(void **state)
{
	struct model *model = *state;

	(void)drafts_saved(model, "vega@example.org", "name=V", model->now);
	assert_reminders(model, model->cohort.closes_at - CLOCK_HOUR, 1);
}

static void
nobody_is_reminded_of_what_they_began_within_the_hour(void **state)
{
	struct model *model = *state;
	const int64_t end = model->cohort.closes_at;

	(void)drafts_saved(model, "vega@example.org", "name=V", end - 3 * CLOCK_HOUR - 60);
	assert_reminders(model, end - 3 * CLOCK_HOUR, 0);
}

static void
two_drafts_of_one_address_are_one_reminder(void **state)
{
	struct model *model = *state;
	struct draft_page page = drafts_page(drafts_other_browser, "page", "name=W");
	const int64_t end = model->cohort.closes_at;
	struct draft draft;

	(void)drafts_saved(model, "vega@example.org", "name=V", model->now);
	assert_int_equal(
	    drafts_save(model, &page, "Vega@Example.org", model->now + 5, &draft), DRAFT_SAVED);
	assert_reminders(model, end - 24 * CLOCK_HOUR, 1);
	(void)drafts_saved(model, "vega@example.org", "name=Vega", end - 23 * CLOCK_HOUR);
	assert_reminders(model, end - 22 * CLOCK_HOUR, 1);
}

static void
who_has_applied_is_not_reminded(void **state)
{
	struct model *model = *state;
	struct draft draft = drafts_saved(model, "vega@example.org", "name=V", model->now);
	const int64_t then = model->cohort.closes_at - 24 * CLOCK_HOUR;
	struct cohort cohort;

	assert_true(
	    draft_reminder_holds(model->db, model->arena, draft.id, 24, then, &draft, &cohort));
	(void)model_application(model, "vega");
	assert_false(
	    draft_reminder_holds(model->db, model->arena, draft.id, 24, then, &draft, &cohort));
	assert_reminders(model, then, 0);
}

static void
a_reminder_has_its_time(void **state)
{
	struct model *model = *state;
	struct draft draft = drafts_saved(model, "vega@example.org", "name=V", model->now);
	const int64_t end = model->cohort.closes_at;
	struct cohort cohort;

#define HOLDS(hours, now) \
	draft_reminder_holds(model->db, model->arena, draft.id, hours, now, &draft, &cohort)
	assert_true(HOLDS(72, end - 24 * CLOCK_HOUR - 1));
	assert_false(HOLDS(72, end - 24 * CLOCK_HOUR));
	assert_false(HOLDS(24, end - 3 * CLOCK_HOUR));
	assert_true(HOLDS(3, end - 1));
	assert_false(HOLDS(3, end));
	assert_false(HOLDS(5, end - 1));
#undef HOLDS
}

static void
reminders_can_be_stopped(void **state)
{
	struct model *model = *state;
	struct draft draft = drafts_saved(model, "vega@example.org", "name=V", model->now);

	assert_true(link_record(model->db, model->arena, drafts_browser,
	    &(struct link_new){ .purpose = "stop_draft", .draft_id = draft.id }, model->now,
	    model->cohort.closes_at));
	assert_int_equal(
	    subscription_stop_link(model->db, model->arena, drafts_browser, model->now),
	    SUBSCRIPTION_STOP_DRAFT);
	assert_reminders(model, model->cohort.closes_at - 72 * CLOCK_HOUR, 1);
	assert_int_equal(subscription_stop(model->db, model->arena, drafts_browser, model->now),
	    SUBSCRIPTION_STOP_DRAFT);
	assert_reminders(model, model->cohort.closes_at - CLOCK_HOUR, 1);
	assert_int_equal(draft_remind_due(model->db, model->arena, model->now), DB_NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(a_draft_is_reminded_of_three_days_a_day_and_three_hours_before),
		model_test(of_late_reminders_only_the_one_whose_time_it_is_goes),
		model_test(nobody_is_reminded_of_what_they_began_within_the_hour),
		model_test(two_drafts_of_one_address_are_one_reminder),
		model_test(who_has_applied_is_not_reminded),
		model_test(a_reminder_has_its_time),
		model_test(reminders_can_be_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
