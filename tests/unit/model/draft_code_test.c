#include "model/draft.h"

#include <string.h>

#include "db/query/outbox.h"
#include "drafts.h"
#include "fixture.h"
#include "ground/token.h"
#include "model/session.h"

static void
mail(struct model *model, const struct draft *draft, bool again, int64_t now)
{
	struct application_sender sender = drafts_sender(draft->email);
	struct draft fresh;

	assert_true(draft_by_id(
	    model->db, model->arena, &(struct draft_by_id_in){ .id = draft->id }, &fresh));
	assert_true(draft_mail(model->db, model->arena, &fresh, &sender, again, now));
}

static void
an_address_is_written_to_once_or_when_asked_for(void **state)
{
	struct model *model = *state;
	struct draft none = drafts_saved(model, NULL, "name=V", model->now), draft;

	mail(model, &none, false, model->now);
	assert_int_equal(model_mails(model, "draft"), 0);
	draft = drafts_saved(model, "vega@example.org", "name=Ve", model->now);
	mail(model, &draft, false, model->now);
	mail(model, &draft, false, model->now + 1);
	assert_int_equal(model_mails(model, "draft"), 1);
	mail(model, &draft, true, model->now + 2);
	assert_int_equal(model_mails(model, "draft"), 1);
	mail(model, &draft, true, model->now + CLOCK_MINUTE);
	assert_int_equal(model_mails(model, "draft"), 2);
	draft = drafts_saved(model, "vega@example.net", "name=Veg", model->now);
	mail(model, &draft, false, model->now + CLOCK_MINUTE + 1);
	assert_int_equal(model_mails(model, "draft"), 3);
}

static void
safety_19_more_than_five_mails_an_hour_to_an_address_wait(void **state)
{
	struct model *model = *state;
	struct draft draft = drafts_saved(model, "vega@example.org", "name=V", model->now);
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
	struct application_sender sender = drafts_sender(email);

	return draft_open_by_code(model->db, model->arena, &model->cohort, &sender, code,
	    drafts_other_browser, model->now, draft);
}

static void
the_code_opens_the_draft_however_it_is_typed(void **state)
{
	struct model *model = *state;
	struct draft draft = drafts_saved(model, "vega@example.org", "name=V", model->now), found;
	const char *code = draft_code(model->arena, "the mail's token");
	char typed[16];
	size_t length = 0;

	assert_int_equal(strlen(code), DRAFT_CODE_LENGTH);
	assert_true(draft_record_code(model->db, model->arena, drafts_secret, draft.id, code));
	for (size_t i = 0; i < DRAFT_CODE_LENGTH; i++) {
		if (i == 4) {
			typed[length++] = '-';
			typed[length++] = ' ';
		}
		typed[length++] = code[i] >= 'A' ? (char)(code[i] - 'A' + 'a') : code[i];
	}
	typed[length] = '\0';
	assert_int_equal(type_code(model, "VEGA@example.org", typed, &found), DRAFT_CODE_OPENED);
	assert_true(drafts_has(model, drafts_other_browser, &found));
	assert_int_equal(found.id, draft.id);
}

static void
safety_18_another_code_and_an_unknown_address_are_refused_alike(void **state)
{
	struct model *model = *state;
	struct draft draft = drafts_saved(model, "vega@example.org", "name=V", model->now), found;

	assert_true(
	    draft_record_code(model->db, model->arena, drafts_secret, draft.id, "ABCDEFGH"));
	assert_int_equal(
	    type_code(model, "vega@example.org", "ABCDEFGJ", &found), DRAFT_CODE_WRONG);
	assert_int_equal(
	    type_code(model, "mira@example.org", "ABCDEFGH", &found), DRAFT_CODE_WRONG);
	assert_int_equal(type_code(model, "no address", "", &found), DRAFT_CODE_WRONG);
	assert_false(drafts_has(model, drafts_other_browser, &found));
}

static void
safety_19_a_code_has_five_tries_an_hour(void **state)
{
	struct model *model = *state;
	struct draft draft = drafts_saved(model, "vega@example.org", "name=V", model->now), found;

	assert_true(
	    draft_record_code(model->db, model->arena, drafts_secret, draft.id, "ABCDEFGH"));
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
	struct draft draft = drafts_saved(model, "vega@example.org", "name=V", model->now), found;

	assert_true(
	    draft_record_code(model->db, model->arena, drafts_secret, draft.id, "ABCDEFGH"));
	(void)drafts_saved(model, "mira@example.org", "name=M", model->now);
	assert_int_equal(
	    type_code(model, "vega@example.org", "ABCDEFGH", &found), DRAFT_CODE_WRONG);
	assert_int_equal(
	    type_code(model, "mira@example.org", "ABCDEFGH", &found), DRAFT_CODE_WRONG);
}

/* An address with a slip in it may be somebody else's. */
static void
another_address_voids_the_link_that_the_first_was_mailed(void **state)
{
	struct model *model = *state;
	struct draft draft = drafts_saved(model, "vega@example.org", "name=V", model->now), found;
	struct cohort cohort;

	assert_true(link_record(model->db, model->arena, drafts_other_browser,
	    &(struct link_new){ .purpose = "draft", .draft_id = draft.id }, model->now,
	    model->cohort.closes_at));
	(void)drafts_saved(model, "vega@example.org", "name=Ve", model->now);
	assert_true(draft_of_link(
	    model->db, model->arena, drafts_other_browser, model->now, &cohort, &found));
	(void)drafts_saved(model, "mira@example.org", "name=M", model->now);
	assert_false(draft_of_link(
	    model->db, model->arena, drafts_other_browser, model->now, &cohort, &found));
}

static void
safety_17_a_stolen_code_hash_tells_nothing_without_the_key(void **state)
{
	struct model *model = *state;
	struct draft draft = drafts_saved(model, "vega@example.org", "name=V", model->now);
	static const unsigned char other[32] = "another key file's thirty-two...";
	struct draft first, second;

	assert_true(
	    draft_record_code(model->db, model->arena, drafts_secret, draft.id, "ABCDEFGH"));
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
	struct draft draft = drafts_saved(model, "vega@example.org", "name=V", model->now), found;
	struct cohort cohort;

	assert_true(link_record(model->db, model->arena, drafts_other_browser,
	    &(struct link_new){ .purpose = "draft", .draft_id = draft.id }, model->now,
	    model->cohort.closes_at + CLOCK_DAY));
	for (int i = 0; i < 3; i++) {
		assert_true(draft_of_link(
		    model->db, model->arena, drafts_other_browser, model->now, &cohort, &found));
		assert_int_equal(found.id, draft.id);
	}
	assert_false(
	    draft_of_link(model->db, model->arena, drafts_browser, model->now, &cohort, &found));
	assert_false(draft_of_link(model->db, model->arena, drafts_other_browser,
	    model->cohort.closes_at + CLOCK_HOUR, &cohort, &found));
	assert_true(draft_delete_sent(model->db, &draft));
	assert_false(draft_of_link(
	    model->db, model->arena, drafts_other_browser, model->now, &cohort, &found));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(an_address_is_written_to_once_or_when_asked_for),
		model_test(safety_19_more_than_five_mails_an_hour_to_an_address_wait),
		model_test(the_code_opens_the_draft_however_it_is_typed),
		model_test(safety_18_another_code_and_an_unknown_address_are_refused_alike),
		model_test(safety_19_a_code_has_five_tries_an_hour),
		model_test(another_address_leaves_the_code_of_the_first_without_a_door),
		model_test(another_address_voids_the_link_that_the_first_was_mailed),
		model_test(safety_17_a_stolen_code_hash_tells_nothing_without_the_key),
		model_test(safety_14_a_link_opens_this_draft_while_something_can_be_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
