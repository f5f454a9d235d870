#include "model/late.h"

#include "drafts.h"
#include "fixture.h"

static void
an_address_that_is_let_in_may_send_until_then_and_no_other(void **state)
{
	struct model *model = *state;
	const int64_t now = model->cohort.closes_at + CLOCK_DAY, until = now + CLOCK_DAY;
	struct draft draft;

	assert_int_equal(late_let_in(model->db, model->arena, &model->cohort, "Vega@example.org",
			     until, model->organiser_id, now),
	    LATE_LET_IN);
	draft = draft_by_email(model->db, model->arena,
	    &(struct draft_by_email_in){
		.cohort_id = model->cohort.id, .email_key = "vega@example.org" })
		    .rows[0];
	assert_string_equal(draft.fields, "");
	assert_int_equal(drafts_window(model, &draft, now), DRAFT_WINDOW_LATE);
	assert_int_equal(drafts_window(model, &draft, until), DRAFT_WINDOW_OVER);
	assert_int_equal(draft_ends(model->db, model->arena, &model->cohort, &draft), until);
	assert_int_equal(draft_ends_for(model->db, model->arena, &model->cohort, &draft,
			     "VEGA@example.org", now),
	    until);
	assert_int_equal(draft_ends_for(model->db, model->arena, &model->cohort, &draft,
			     "mira@example.org", now),
	    0);
	assert_int_equal(model_mails(model, "let_in"), 1);
}

static void
letting_in_has_an_instant_between_the_deadline_and_week_0(void **state)
{
	struct model *model = *state;
	const struct cohort *cohort = &model->cohort;
	const int64_t now = cohort->closes_at + CLOCK_DAY;

#define LET_IN(email, until) \
	late_let_in(model->db, model->arena, cohort, email, until, model->organiser_id, now)
	assert_int_equal(LET_IN("nobody", now + 1), LATE_NO_ADDRESS);
	assert_int_equal(LET_IN("vega@example.org", now), LATE_TOO_SOON);
	assert_int_equal(LET_IN("vega@example.org", cohort->starts_at + 1), LATE_TOO_LATE);
	assert_int_equal(model_mails(model, "let_in"), 0);
	assert_int_equal(LET_IN("vega@example.org", now + 5), LATE_LET_IN);
	assert_int_equal(LET_IN("vega@example.org", now + 9), LATE_LET_IN);
	assert_int_equal(model_mails(model, "let_in"), 2);
	assert_int_equal(late_list(model->db, model->arena, cohort->id).count, 1);
	assert_int_equal(
	    late_until(model->db, model->arena, cohort->id, "vega@example.org", now), now + 9);
#undef LET_IN
}

static void
a_late_draft_keeps_the_address_that_was_let_in(void **state)
{
	struct model *model = *state;
	const int64_t now = model->cohort.closes_at + CLOCK_DAY;
	struct draft draft = drafts_saved(model, "vega@example.org", "name=V", model->now);
	struct draft_page page = drafts_page(drafts_browser, "page", "email=mira%40example.org");

	assert_int_equal(late_let_in(model->db, model->arena, &model->cohort, "vega@example.org",
			     now + CLOCK_DAY, model->organiser_id, now),
	    LATE_LET_IN);
	assert_int_equal(drafts_save(model, &page, "mira@example.org", now, &draft), DRAFT_SAVED);
	assert_string_equal(draft.email, "vega@example.org");
	assert_string_equal(draft.fields, "email=mira%40example.org");
}

static void
who_is_let_in_may_change_the_application_that_counts(void **state)
{
	struct model *model = *state;
	const int64_t now = model->cohort.closes_at + CLOCK_DAY;
	struct application application = model_application(model, "vega");

	assert_false(
	    late_is_open_to(model->db, model->arena, &model->cohort, application.email_key, now));
	assert_int_equal(late_let_in(model->db, model->arena, &model->cohort, "vega@example.org",
			     now + CLOCK_DAY, model->organiser_id, now),
	    LATE_LET_IN);
	assert_true(
	    late_is_open_to(model->db, model->arena, &model->cohort, application.email_key, now));
	assert_false(
	    late_is_open_to(model->db, model->arena, &model->cohort, "mira@example.org", now));
	assert_false(late_is_open_to(
	    model->db, model->arena, &model->cohort, application.email_key, now + CLOCK_DAY));
}

static void
organisers_see_whose_draft_is_not_sent(void **state)
{
	struct model *model = *state;
	struct draft_page page = drafts_page(drafts_other_browser, "page", "name=W");
	struct draft_unsent_row_rows unsent;
	struct draft draft;

	(void)drafts_saved(model, "vega@example.org", "name=V", model->now);
	assert_int_equal(draft_save(model->db, model->arena, &model->cohort, &page,
			     "mira@example.org", true, model->now, &draft),
	    DRAFT_SAVED);
	unsent = late_unsent(model->db, model->arena, model->cohort.id);
	assert_int_equal(unsent.count, 2);
	assert_string_equal(unsent.rows[0].email, "mira@example.org");
	assert_int_equal(unsent.rows[0].is_finished, 1);
	assert_int_equal(late_unreachable(model->db, model->arena, model->cohort.id), 0);
	(void)model_application(model, "vega");
	assert_int_equal(late_unsent(model->db, model->arena, model->cohort.id).count, 1);
	(void)drafts_saved(model, NULL, "name=Ve", model->now);
	assert_int_equal(late_unreachable(model->db, model->arena, model->cohort.id), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(an_address_that_is_let_in_may_send_until_then_and_no_other),
		model_test(letting_in_has_an_instant_between_the_deadline_and_week_0),
		model_test(a_late_draft_keeps_the_address_that_was_let_in),
		model_test(who_is_let_in_may_change_the_application_that_counts),
		model_test(organisers_see_whose_draft_is_not_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
