#include "model/draft.h"

#include "drafts.h"
#include "fixture.h"
#include "model/tick.h"

static void
what_was_typed_is_there_for_its_browser_alone(void **state)
{
	struct model *model = *state;
	struct draft draft;

	(void)drafts_saved(model, NULL, "name=V&email=vega%40", model->now);
	assert_true(drafts_has(model, drafts_browser, &draft));
	assert_string_equal(draft.fields, "name=V&email=vega%40");
	assert_null(draft.email);
	assert_false(drafts_has(model, drafts_other_browser, &draft));
	assert_false(drafts_has(model, NULL, &draft));
	assert_false(drafts_has(model, "short", &draft));
}

static void
a_draft_is_of_one_cohort(void **state)
{
	struct model *model = *state;
	struct draft draft;

	(void)drafts_saved(model, NULL, "name=V", model->now);
	assert_false(
	    draft_find(model->db, model->arena, model->cohort.id + 1, drafts_browser, &draft));
}

static void
the_same_page_saves_again_and_again(void **state)
{
	struct model *model = *state;
	struct draft_page page = drafts_page(drafts_browser, "page", "name=V");
	struct draft first, draft;

	assert_int_equal(drafts_save(model, &page, NULL, model->now, &first), DRAFT_SAVED);
	page.fields = "name=Ve";
	/* Its mark is old: the answer to the first saving was lost. */
	assert_int_equal(drafts_save(model, &page, NULL, model->now + 1, &draft), DRAFT_SAVED);
	assert_int_equal(draft.id, first.id);
	assert_int_equal(draft.saved_at, model->now + 1);
	assert_int_equal(draft.begun_at, model->now);
	assert_string_not_equal(draft_mark(model->arena, &first), draft_mark(model->arena, &draft));
}

static void
of_two_windows_the_one_that_has_not_seen_the_other_is_told(void **state)
{
	struct model *model = *state;
	struct draft_page left = drafts_page(drafts_browser, "left", "name=left"),
			  right = drafts_page(drafts_browser, "right", "name=right");
	struct draft draft;

	assert_int_equal(drafts_save(model, &left, NULL, model->now, &draft), DRAFT_SAVED);
	assert_int_equal(drafts_save(model, &right, NULL, model->now, &draft), DRAFT_STALE);
	assert_string_equal(draft.fields, "name=left");
	/* Told, it may replace what is there. */
	right.mark = draft_mark(model->arena, &draft);
	assert_int_equal(drafts_save(model, &right, NULL, model->now, &draft), DRAFT_SAVED);
	assert_string_equal(draft.fields, "name=right");
	assert_int_equal(drafts_save(model, &left, NULL, model->now, &draft), DRAFT_STALE);
}

static void
the_same_words_from_two_windows_are_no_conflict(void **state)
{
	struct model *model = *state;
	struct draft_page left = drafts_page(drafts_browser, "left", "name=V"),
			  right = drafts_page(drafts_browser, "right", "name=V");
	struct draft draft;

	assert_int_equal(drafts_save(model, &left, NULL, model->now, &draft), DRAFT_SAVED);
	assert_int_equal(drafts_save(model, &right, NULL, model->now, &draft), DRAFT_SAVED);
	assert_int_equal(draft.revision, 1);
}

static void
a_page_whose_draft_was_sent_begins_none_by_itself(void **state)
{
	struct model *model = *state;
	struct draft_page page = drafts_page(drafts_browser, "page", "name=V");
	struct draft draft;

	assert_int_equal(drafts_save(model, &page, NULL, model->now, &draft), DRAFT_SAVED);
	page.mark = draft_mark(model->arena, &draft);
	assert_true(draft_delete_sent(model->db, &draft));
	assert_int_equal(drafts_save(model, &page, NULL, model->now, &draft), DRAFT_STALE);
	assert_int_equal(draft.id, 0);
	page.mark = "";
	assert_int_equal(drafts_save(model, &page, NULL, model->now, &draft), DRAFT_SAVED);
}

static void
the_window_is_the_cohorts_with_its_grace_for_what_was_begun_before(void **state)
{
	struct model *model = *state;
	const int64_t closes = model->cohort.closes_at;
	struct draft early = drafts_saved(model, NULL, "name=V", closes - 1), late = early;

	model->cohort.grace_minutes = 30;
	late.begun_at = closes;
	assert_int_equal(
	    drafts_window(model, NULL, model->cohort.opens_at - 1), DRAFT_WINDOW_EARLY);
	assert_int_equal(drafts_window(model, NULL, model->cohort.opens_at), DRAFT_WINDOW_OPEN);
	assert_int_equal(drafts_window(model, NULL, closes - 1), DRAFT_WINDOW_OPEN);
	assert_int_equal(drafts_window(model, NULL, closes), DRAFT_WINDOW_OVER);
	assert_int_equal(drafts_window(model, &early, closes), DRAFT_WINDOW_GRACE);
	assert_int_equal(
	    drafts_window(model, &early, closes + 30 * CLOCK_MINUTE - 1), DRAFT_WINDOW_GRACE);
	assert_int_equal(
	    drafts_window(model, &early, closes + 30 * CLOCK_MINUTE), DRAFT_WINDOW_OVER);
	assert_int_equal(drafts_window(model, &late, closes), DRAFT_WINDOW_OVER);
	model->cohort.grace_minutes = 0;
	assert_int_equal(drafts_window(model, &early, closes), DRAFT_WINDOW_OVER);
}

static void
nothing_is_begun_after_the_deadline(void **state)
{
	struct model *model = *state;
	struct draft_page page = drafts_page(drafts_browser, "page", "name=V");
	struct draft draft;

	assert_int_equal(
	    drafts_save(model, &page, NULL, model->cohort.opens_at - 1, &draft), DRAFT_TOO_EARLY);
	assert_int_equal(
	    drafts_save(model, &page, NULL, model->cohort.closes_at, &draft), DRAFT_TOO_LATE);
	(void)drafts_saved(model, NULL, "name=V", model->cohort.closes_at - 1);
	page.fields = "name=Vega";
	assert_int_equal(
	    drafts_save(model, &page, NULL, model->cohort.closes_at, &draft), DRAFT_SAVED);
}

static void
a_draft_without_an_address_goes_with_its_last_browser(void **state)
{
	struct model *model = *state;
	struct draft draft = drafts_saved(model, NULL, "name=V", model->now);

	assert_true(draft_open(model->db, model->arena, &draft, drafts_other_browser, model->now));
	assert_true(draft_forget(model->db, model->arena, &draft, drafts_browser));
	assert_false(drafts_has(model, drafts_browser, &draft));
	assert_true(drafts_has(model, drafts_other_browser, &draft));
	assert_true(draft_forget(model->db, model->arena, &draft, drafts_other_browser));
	assert_false(draft_by_id(
	    model->db, model->arena, &(struct draft_by_id_in){ .id = draft.id }, &draft));
}

static void
a_draft_with_an_address_stays_for_its_link(void **state)
{
	struct model *model = *state;
	struct draft draft = drafts_saved(model, "vega@example.org", "name=V", model->now);

	assert_true(draft_forget(model->db, model->arena, &draft, drafts_browser));
	assert_true(draft_by_id(
	    model->db, model->arena, &(struct draft_by_id_in){ .id = draft.id }, &draft));
}

static void
what_was_opened_last_is_shown_and_the_other_comes_back(void **state)
{
	struct model *model = *state;
	struct draft_page page = drafts_page(drafts_other_browser, "page", "name=W");
	struct draft mine = drafts_saved(model, NULL, "name=V", model->now), other, found;

	assert_int_equal(
	    drafts_save(model, &page, "vega@example.org", model->now, &other), DRAFT_SAVED);
	assert_true(draft_open(model->db, model->arena, &other, drafts_browser, model->now + 1));
	assert_true(drafts_has(model, drafts_browser, &found));
	assert_int_equal(found.id, other.id);
	assert_true(draft_forget(model->db, model->arena, &other, drafts_browser));
	assert_true(drafts_has(model, drafts_browser, &found));
	assert_int_equal(found.id, mine.id);
}

static void
drafts_go_a_while_after_the_deadline(void **state)
{
	struct model *model = *state;
	const int64_t end = model->cohort.closes_at + 14 * CLOCK_DAY;
	struct draft draft;

	(void)drafts_saved(model, NULL, "name=V", model->now);
	assert_true(tick(model->db, model->arena, end - CLOCK_DAY));
	assert_true(drafts_has(model, drafts_browser, &draft));
	assert_true(tick(model->db, model->arena, end));
	assert_false(drafts_has(model, drafts_browser, &draft));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(what_was_typed_is_there_for_its_browser_alone),
		model_test(a_draft_is_of_one_cohort),
		model_test(the_same_page_saves_again_and_again),
		model_test(of_two_windows_the_one_that_has_not_seen_the_other_is_told),
		model_test(the_same_words_from_two_windows_are_no_conflict),
		model_test(a_page_whose_draft_was_sent_begins_none_by_itself),
		model_test(the_window_is_the_cohorts_with_its_grace_for_what_was_begun_before),
		model_test(nothing_is_begun_after_the_deadline),
		model_test(a_draft_without_an_address_goes_with_its_last_browser),
		model_test(a_draft_with_an_address_stays_for_its_link),
		model_test(what_was_opened_last_is_shown_and_the_other_comes_back),
		model_test(drafts_go_a_while_after_the_deadline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
