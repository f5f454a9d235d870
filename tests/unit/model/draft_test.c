#include "model/draft.h"

#include <string.h>

#include "db/query/outbox.h"
#include "fixture.h"
#include "ground/token.h"
#include "model/application.h"
#include "model/late.h"
#include "model/outbox.h"
#include "model/session.h"
#include "model/subscription.h"
#include "model/tick.h"

static const unsigned char secret[32] = "a key file's thirty-two bytes...";
static const char browser[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQ";
static const char other_browser[] = "BCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQR";

static struct application_sender
sender_of(const char *email)
{
	return (struct application_sender){
		.email = email, .network = "192.0.2.0/24", .secret = secret
	};
}

/* A page that is open in a browser. */
static struct draft_page
page_of(const char *token, const char *key, const char *fields)
{
	return (struct draft_page){ .token = token, .key = key, .mark = "", .fields = fields };
}

static enum draft_save_outcome
save(struct model *model, const struct draft_page *page, const char *email, int64_t now,
    struct draft *draft)
{
	return draft_save(
	    model->db, model->arena, &model->cohort, page, email, false, now, draft);
}

static struct draft
saved(struct model *model, const char *email, const char *fields, int64_t now)
{
	struct draft_page page = page_of(browser, "page", fields);
	struct draft draft;

	assert_int_equal(save(model, &page, email, now, &draft), DRAFT_SAVED);
	return draft;
}

static bool
has_draft(struct model *model, const char *token, struct draft *draft)
{
	return draft_find(model->db, model->arena, model->cohort.id, token, draft);
}

static enum draft_window
window_of(struct model *model, const struct draft *draft, int64_t now)
{
	return draft_window(model->db, model->arena, &model->cohort, draft, now);
}

static void
what_was_typed_is_there_for_its_browser_alone(void **state)
{
	struct model *model = *state;
	struct draft draft;

	(void)saved(model, NULL, "name=V&email=vega%40", model->now);
	assert_true(has_draft(model, browser, &draft));
	assert_string_equal(draft.fields, "name=V&email=vega%40");
	assert_null(draft.email);
	assert_false(has_draft(model, other_browser, &draft));
	assert_false(has_draft(model, NULL, &draft));
	assert_false(has_draft(model, "short", &draft));
}

static void
a_draft_is_of_one_cohort(void **state)
{
	struct model *model = *state;
	struct draft draft;

	(void)saved(model, NULL, "name=V", model->now);
	assert_false(draft_find(model->db, model->arena, model->cohort.id + 1, browser, &draft));
}

static void
the_same_page_saves_again_and_again(void **state)
{
	struct model *model = *state;
	struct draft_page page = page_of(browser, "page", "name=V");
	struct draft first, draft;

	assert_int_equal(save(model, &page, NULL, model->now, &first), DRAFT_SAVED);
	page.fields = "name=Ve";
	/* Its mark is old: the answer to the first saving was lost. */
	assert_int_equal(save(model, &page, NULL, model->now + 1, &draft), DRAFT_SAVED);
	assert_int_equal(draft.id, first.id);
	assert_int_equal(draft.saved_at, model->now + 1);
	assert_int_equal(draft.begun_at, model->now);
	assert_string_not_equal(
	    draft_mark(model->arena, &first), draft_mark(model->arena, &draft));
}

static void
of_two_windows_the_one_that_has_not_seen_the_other_is_told(void **state)
{
	struct model *model = *state;
	struct draft_page left = page_of(browser, "left", "name=left"),
			  right = page_of(browser, "right", "name=right");
	struct draft draft;

	assert_int_equal(save(model, &left, NULL, model->now, &draft), DRAFT_SAVED);
	assert_int_equal(save(model, &right, NULL, model->now, &draft), DRAFT_STALE);
	assert_string_equal(draft.fields, "name=left");
	/* Told, it may replace what is there. */
	right.mark = draft_mark(model->arena, &draft);
	assert_int_equal(save(model, &right, NULL, model->now, &draft), DRAFT_SAVED);
	assert_string_equal(draft.fields, "name=right");
	assert_int_equal(save(model, &left, NULL, model->now, &draft), DRAFT_STALE);
}

static void
the_same_words_from_two_windows_are_no_conflict(void **state)
{
	struct model *model = *state;
	struct draft_page left = page_of(browser, "left", "name=V"),
			  right = page_of(browser, "right", "name=V");
	struct draft draft;

	assert_int_equal(save(model, &left, NULL, model->now, &draft), DRAFT_SAVED);
	assert_int_equal(save(model, &right, NULL, model->now, &draft), DRAFT_SAVED);
	assert_int_equal(draft.revision, 1);
}

static void
a_page_whose_draft_was_sent_begins_none_by_itself(void **state)
{
	struct model *model = *state;
	struct draft_page page = page_of(browser, "page", "name=V");
	struct draft draft;

	assert_int_equal(save(model, &page, NULL, model->now, &draft), DRAFT_SAVED);
	page.mark = draft_mark(model->arena, &draft);
	assert_true(draft_delete_sent(model->db, &draft));
	assert_int_equal(save(model, &page, NULL, model->now, &draft), DRAFT_STALE);
	assert_int_equal(draft.id, 0);
	page.mark = "";
	assert_int_equal(save(model, &page, NULL, model->now, &draft), DRAFT_SAVED);
}

static void
the_window_is_the_cohorts_with_its_grace_for_what_was_begun_before(void **state)
{
	struct model *model = *state;
	const int64_t closes = model->cohort.closes_at;
	struct draft early = saved(model, NULL, "name=V", closes - 1), late = early;

	model->cohort.grace_minutes = 30;
	late.begun_at = closes;
	assert_int_equal(
	    window_of(model, NULL, model->cohort.opens_at - 1), DRAFT_WINDOW_EARLY);
	assert_int_equal(window_of(model, NULL, model->cohort.opens_at), DRAFT_WINDOW_OPEN);
	assert_int_equal(window_of(model, NULL, closes - 1), DRAFT_WINDOW_OPEN);
	assert_int_equal(window_of(model, NULL, closes), DRAFT_WINDOW_OVER);
	assert_int_equal(window_of(model, &early, closes), DRAFT_WINDOW_GRACE);
	assert_int_equal(
	    window_of(model, &early, closes + 30 * CLOCK_MINUTE - 1), DRAFT_WINDOW_GRACE);
	assert_int_equal(window_of(model, &early, closes + 30 * CLOCK_MINUTE), DRAFT_WINDOW_OVER);
	assert_int_equal(window_of(model, &late, closes), DRAFT_WINDOW_OVER);
	model->cohort.grace_minutes = 0;
	assert_int_equal(window_of(model, &early, closes), DRAFT_WINDOW_OVER);
}

static void
nothing_is_begun_after_the_deadline(void **state)
{
	struct model *model = *state;
	struct draft_page page = page_of(browser, "page", "name=V");
	struct draft draft;

	assert_int_equal(
	    save(model, &page, NULL, model->cohort.opens_at - 1, &draft), DRAFT_TOO_EARLY);
	assert_int_equal(
	    save(model, &page, NULL, model->cohort.closes_at, &draft), DRAFT_TOO_LATE);
	(void)saved(model, NULL, "name=V", model->cohort.closes_at - 1);
	page.fields = "name=Vega";
	assert_int_equal(save(model, &page, NULL, model->cohort.closes_at, &draft), DRAFT_SAVED);
}

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
	assert_int_equal(window_of(model, &draft, now), DRAFT_WINDOW_LATE);
	assert_int_equal(window_of(model, &draft, until), DRAFT_WINDOW_OVER);
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
	struct draft draft = saved(model, "vega@example.org", "name=V", model->now);
	struct draft_page page = page_of(browser, "page", "email=mira%40example.org");

	assert_int_equal(late_let_in(model->db, model->arena, &model->cohort, "vega@example.org",
			     now + CLOCK_DAY, model->organiser_id, now),
	    LATE_LET_IN);
	assert_int_equal(save(model, &page, "mira@example.org", now, &draft), DRAFT_SAVED);
	assert_string_equal(draft.email, "vega@example.org");
	assert_string_equal(draft.fields, "email=mira%40example.org");
}

static void
who_is_let_in_may_change_the_application_that_counts(void **state)
{
	struct model *model = *state;
	const int64_t now = model->cohort.closes_at + CLOCK_DAY;
	struct application application = model_application(model, "vega");

	assert_false(late_is_open_to(
	    model->db, model->arena, &model->cohort, application.email_key, now));
	assert_int_equal(late_let_in(model->db, model->arena, &model->cohort, "vega@example.org",
			     now + CLOCK_DAY, model->organiser_id, now),
	    LATE_LET_IN);
	assert_true(late_is_open_to(
	    model->db, model->arena, &model->cohort, application.email_key, now));
	assert_false(late_is_open_to(
	    model->db, model->arena, &model->cohort, "mira@example.org", now));
	assert_false(late_is_open_to(
	    model->db, model->arena, &model->cohort, application.email_key, now + CLOCK_DAY));
}

static void
a_draft_without_an_address_goes_with_its_last_browser(void **state)
{
	struct model *model = *state;
	struct draft draft = saved(model, NULL, "name=V", model->now);

	assert_true(draft_ends_with_browser(&draft));
	assert_true(draft_open(model->db, model->arena, &draft, other_browser, model->now));
	assert_true(draft_forget(model->db, model->arena, &draft, browser));
	assert_false(has_draft(model, browser, &draft));
	assert_true(has_draft(model, other_browser, &draft));
	assert_true(draft_forget(model->db, model->arena, &draft, other_browser));
	assert_false(draft_by_id(
	    model->db, model->arena, &(struct draft_by_id_in){ .id = draft.id }, &draft));
}

static void
a_draft_with_an_address_stays_for_its_link(void **state)
{
	struct model *model = *state;
	struct draft draft = saved(model, "vega@example.org", "name=V", model->now);

	assert_false(draft_ends_with_browser(&draft));
	assert_true(draft_forget(model->db, model->arena, &draft, browser));
	assert_true(draft_by_id(
	    model->db, model->arena, &(struct draft_by_id_in){ .id = draft.id }, &draft));
}

static void
what_was_opened_last_is_shown_and_the_other_comes_back(void **state)
{
	struct model *model = *state;
	struct draft_page page = page_of(other_browser, "page", "name=W");
	struct draft mine = saved(model, NULL, "name=V", model->now), other, found;

	assert_int_equal(
	    save(model, &page, "vega@example.org", model->now, &other), DRAFT_SAVED);
	assert_true(draft_open(model->db, model->arena, &other, browser, model->now + 1));
	assert_true(has_draft(model, browser, &found));
	assert_int_equal(found.id, other.id);
	assert_true(draft_forget(model->db, model->arena, &other, browser));
	assert_true(has_draft(model, browser, &found));
	assert_int_equal(found.id, mine.id);
}

static void
mail(struct model *model, const struct draft *draft, bool again, int64_t now)
{
	struct application_sender sender = sender_of(draft->email);
	struct draft fresh;

	assert_true(draft_by_id(
	    model->db, model->arena, &(struct draft_by_id_in){ .id = draft->id }, &fresh));
	assert_true(draft_mail(model->db, model->arena, &fresh, &sender, again, now));
}

static void
an_address_is_written_to_once_or_when_asked_for(void **state)
{
	struct model *model = *state;
	struct draft none = saved(model, NULL, "name=V", model->now), draft;

	mail(model, &none, false, model->now);
	assert_int_equal(model_mails(model, "draft"), 0);
	draft = saved(model, "vega@example.org", "name=Ve", model->now);
	mail(model, &draft, false, model->now);
	mail(model, &draft, false, model->now + 1);
	assert_int_equal(model_mails(model, "draft"), 1);
	mail(model, &draft, true, model->now + 2);
	assert_int_equal(model_mails(model, "draft"), 1);
	mail(model, &draft, true, model->now + CLOCK_MINUTE);
	assert_int_equal(model_mails(model, "draft"), 2);
	draft = saved(model, "vega@example.net", "name=Veg", model->now);
	mail(model, &draft, false, model->now + CLOCK_MINUTE + 1);
	assert_int_equal(model_mails(model, "draft"), 3);
}

static void
safety_19_more_than_five_mails_an_hour_to_an_address_wait(void **state)
{
	struct model *model = *state;
	struct draft draft = saved(model, "vega@example.org", "name=V", model->now);
	struct outbox_rows mails;
	size_t now = 0;

	for (int i = 0; i < 6; i++) {
		mail(model, &draft, true, model->now + i * CLOCK_MINUTE);
	}
	assert_int_equal(model_mails(model, "draft"), 6);
	mails = outbox_list(model->db, model->arena);
	for (size_t i = 0; i < mails.count; i++) {
		now += mails.rows[i].due_at < model->now + 10 * CLOCK_MINUTE;
	}
	assert_int_equal(now, 5);
}

static enum draft_code_outcome
type_code(struct model *model, const char *email, const char *code, struct draft *draft)
{
	struct application_sender sender = sender_of(email);

	return draft_open_by_code(model->db, model->arena, &model->cohort, &sender, code,
	    other_browser, model->now, draft);
}

static void
the_code_opens_the_draft_however_it_is_typed(void **state)
{
	struct model *model = *state;
	struct draft draft = saved(model, "vega@example.org", "name=V", model->now), found;
	const char *code = draft_code(model->arena, "the mail's token");
	char typed[16];
	size_t length = 0;

	assert_int_equal(strlen(code), DRAFT_CODE_LENGTH);
	assert_true(draft_record_code(model->db, model->arena, secret, draft.id, code));
	for (size_t i = 0; i < DRAFT_CODE_LENGTH; i++) {
		if (i == 4) {
			typed[length++] = '-';
			typed[length++] = ' ';
		}
		typed[length++] =
		    code[i] >= 'A' ? (char)(code[i] - 'A' + 'a') : code[i];
	}
	typed[length] = '\0';
	assert_int_equal(
	    type_code(model, "VEGA@example.org", typed, &found), DRAFT_CODE_OPENED);
	assert_true(has_draft(model, other_browser, &found));
	assert_int_equal(found.id, draft.id);
}

static void
safety_18_another_code_and_an_unknown_address_are_refused_alike(void **state)
{
	struct model *model = *state;
	struct draft draft = saved(model, "vega@example.org", "name=V", model->now), found;

	assert_true(draft_record_code(model->db, model->arena, secret, draft.id, "ABCDEFGH"));
	assert_int_equal(
	    type_code(model, "vega@example.org", "ABCDEFGJ", &found), DRAFT_CODE_WRONG);
	assert_int_equal(
	    type_code(model, "mira@example.org", "ABCDEFGH", &found), DRAFT_CODE_WRONG);
	assert_int_equal(type_code(model, "no address", "", &found), DRAFT_CODE_WRONG);
	assert_false(has_draft(model, other_browser, &found));
}

static void
safety_19_a_code_has_five_tries_an_hour(void **state)
{
	struct model *model = *state;
	struct draft draft = saved(model, "vega@example.org", "name=V", model->now), found;

	assert_true(draft_record_code(model->db, model->arena, secret, draft.id, "ABCDEFGH"));
	for (int i = 0; i < 5; i++) {
		assert_int_equal(
		    type_code(model, "vega@example.org", "22222222", &found), DRAFT_CODE_WRONG);
	}
	assert_int_equal(
	    type_code(model, "vega@example.org", "ABCDEFGH", &found), DRAFT_CODE_WRONG);
	model->now += CLOCK_HOUR + 1;
	assert_int_equal(
	    type_code(model, "vega@example.org", "ABCDEFGH", &found), DRAFT_CODE_OPENED);
}

static void
another_address_leaves_the_code_of_the_first_without_a_door(void **state)
{
	struct model *model = *state;
	struct draft draft = saved(model, "vega@example.org", "name=V", model->now), found;

	assert_true(draft_record_code(model->db, model->arena, secret, draft.id, "ABCDEFGH"));
	(void)saved(model, "mira@example.org", "name=M", model->now);
	assert_int_equal(
	    type_code(model, "vega@example.org", "ABCDEFGH", &found), DRAFT_CODE_WRONG);
	assert_int_equal(
	    type_code(model, "mira@example.org", "ABCDEFGH", &found), DRAFT_CODE_WRONG);
}

static void
safety_17_a_stolen_code_hash_tells_nothing_without_the_key(void **state)
{
	struct model *model = *state;
	struct draft draft = saved(model, "vega@example.org", "name=V", model->now);
	static const unsigned char other[32] = "another key file's thirty-two...";
	struct draft first, second;

	assert_true(draft_record_code(model->db, model->arena, secret, draft.id, "ABCDEFGH"));
	assert_true(draft_by_id(
	    model->db, model->arena, &(struct draft_by_id_in){ .id = draft.id }, &first));
	assert_true(draft_record_code(model->db, model->arena, other, draft.id, "ABCDEFGH"));
	assert_true(draft_by_id(
	    model->db, model->arena, &(struct draft_by_id_in){ .id = draft.id }, &second));
	assert_string_not_equal(first.code_hash, second.code_hash);
	assert_string_not_equal(first.code_hash, token_hash(model->arena, "ABCDEFGH"));
}

static void
safety_14_a_link_opens_this_draft_while_something_can_be_sent(void **state)
{
	struct model *model = *state;
	struct draft draft = saved(model, "vega@example.org", "name=V", model->now), found;
	struct cohort cohort;

	assert_true(link_record(model->db, model->arena, other_browser,
	    &(struct link_new){ .purpose = "draft", .draft_id = draft.id }, model->now,
	    model->cohort.closes_at + CLOCK_DAY));
	for (int i = 0; i < 3; i++) {
		assert_true(draft_of_link(
		    model->db, model->arena, other_browser, model->now, &cohort, &found));
		assert_int_equal(found.id, draft.id);
	}
	assert_false(draft_of_link(
	    model->db, model->arena, browser, model->now, &cohort, &found));
	assert_false(draft_of_link(model->db, model->arena, other_browser,
	    model->cohort.closes_at + CLOCK_HOUR, &cohort, &found));
	assert_true(draft_delete_sent(model->db, &draft));
	assert_false(draft_of_link(
	    model->db, model->arena, other_browser, model->now, &cohort, &found));
}

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

	(void)saved(model, "vega@example.org", "name=V", model->now);
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

	(void)saved(model, "vega@example.org", "name=V", model->now);
	assert_reminders(model, model->cohort.closes_at - CLOCK_HOUR, 1);
}

static void
nobody_is_reminded_of_what_they_began_within_the_hour(void **state)
{
	struct model *model = *state;
	const int64_t end = model->cohort.closes_at;

	(void)saved(model, "vega@example.org", "name=V", end - 3 * CLOCK_HOUR - 60);
	assert_reminders(model, end - 3 * CLOCK_HOUR, 0);
}

static void
two_drafts_of_one_address_are_one_reminder(void **state)
{
	struct model *model = *state;
	struct draft_page page = page_of(other_browser, "page", "name=W");
	const int64_t end = model->cohort.closes_at;
	struct draft draft;

	(void)saved(model, "vega@example.org", "name=V", model->now);
	assert_int_equal(
	    save(model, &page, "Vega@Example.org", model->now + 5, &draft), DRAFT_SAVED);
	assert_reminders(model, end - 24 * CLOCK_HOUR, 1);
	(void)saved(model, "vega@example.org", "name=Vega", end - 23 * CLOCK_HOUR);
	assert_reminders(model, end - 22 * CLOCK_HOUR, 1);
}

static void
who_has_applied_is_not_reminded(void **state)
{
	struct model *model = *state;
	struct draft draft = saved(model, "vega@example.org", "name=V", model->now);
	const int64_t then = model->cohort.closes_at - 24 * CLOCK_HOUR;
	struct cohort cohort;

	assert_true(draft_reminder_holds(
	    model->db, model->arena, draft.id, 24, then, &draft, &cohort));
	(void)model_application(model, "vega");
	assert_false(draft_reminder_holds(
	    model->db, model->arena, draft.id, 24, then, &draft, &cohort));
	assert_reminders(model, then, 0);
}

static void
a_reminder_has_its_time(void **state)
{
	struct model *model = *state;
	struct draft draft = saved(model, "vega@example.org", "name=V", model->now);
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
	struct draft draft = saved(model, "vega@example.org", "name=V", model->now);

	assert_true(link_record(model->db, model->arena, browser,
	    &(struct link_new){ .purpose = "stop_draft", .draft_id = draft.id }, model->now,
	    model->cohort.closes_at));
	assert_int_equal(subscription_stop_link(model->db, model->arena, browser, model->now),
	    SUBSCRIPTION_STOP_DRAFT);
	assert_reminders(model, model->cohort.closes_at - 72 * CLOCK_HOUR, 1);
	assert_int_equal(subscription_stop(model->db, model->arena, browser, model->now),
	    SUBSCRIPTION_STOP_DRAFT);
	assert_reminders(model, model->cohort.closes_at - CLOCK_HOUR, 1);
	assert_int_equal(
	    draft_remind_due(model->db, model->arena, model->now), DB_NULL);
}

static void
organisers_see_whose_draft_is_not_sent(void **state)
{
	struct model *model = *state;
	struct draft_page page = page_of(other_browser, "page", "name=W");
	struct draft_unsent_row_rows unsent;
	struct draft draft;

	(void)saved(model, "vega@example.org", "name=V", model->now);
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
	(void)saved(model, NULL, "name=Ve", model->now);
	assert_int_equal(late_unreachable(model->db, model->arena, model->cohort.id), 1);
}

static void
drafts_go_a_while_after_the_deadline(void **state)
{
	struct model *model = *state;
	const int64_t end = model->cohort.closes_at + 14 * CLOCK_DAY;
	struct draft draft;

	(void)saved(model, NULL, "name=V", model->now);
	assert_true(tick(model->db, model->arena, end - CLOCK_DAY));
	assert_true(has_draft(model, browser, &draft));
	assert_true(tick(model->db, model->arena, end));
	assert_false(has_draft(model, browser, &draft));
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
		model_test(an_address_that_is_let_in_may_send_until_then_and_no_other),
		model_test(letting_in_has_an_instant_between_the_deadline_and_week_0),
		model_test(a_late_draft_keeps_the_address_that_was_let_in),
		model_test(who_is_let_in_may_change_the_application_that_counts),
		model_test(a_draft_without_an_address_goes_with_its_last_browser),
		model_test(a_draft_with_an_address_stays_for_its_link),
		model_test(what_was_opened_last_is_shown_and_the_other_comes_back),
		model_test(an_address_is_written_to_once_or_when_asked_for),
		model_test(safety_19_more_than_five_mails_an_hour_to_an_address_wait),
		model_test(the_code_opens_the_draft_however_it_is_typed),
		model_test(safety_18_another_code_and_an_unknown_address_are_refused_alike),
		model_test(safety_19_a_code_has_five_tries_an_hour),
		model_test(another_address_leaves_the_code_of_the_first_without_a_door),
		model_test(safety_17_a_stolen_code_hash_tells_nothing_without_the_key),
		model_test(safety_14_a_link_opens_this_draft_while_something_can_be_sent),
		model_test(a_draft_is_reminded_of_three_days_a_day_and_three_hours_before),
		model_test(of_late_reminders_only_the_one_whose_time_it_is_goes),
		model_test(nobody_is_reminded_of_what_they_began_within_the_hour),
		model_test(two_drafts_of_one_address_are_one_reminder),
		model_test(who_has_applied_is_not_reminded),
		model_test(a_reminder_has_its_time),
		model_test(reminders_can_be_stopped),
		model_test(organisers_see_whose_draft_is_not_sent),
		model_test(drafts_go_a_while_after_the_deadline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
