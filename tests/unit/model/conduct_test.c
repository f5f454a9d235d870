#include "model/conduct.h"

#include <string.h>

#include "db/query/outbox.h"
#include "fixture.h"
#include "ground/bytes.h"
#include "model/tick.h"

static const unsigned char secret[32] = "the key file's thirty-two bytes";
static const unsigned char other[32] = "another file's thirty-two bytes";

static const struct conduct_words words = {
	.what = "canary-what, in two\n\nparagraphs",
	.when = "canary-when",
	.who = "",
	.reach = "canary-reach",
};

static int64_t
recipient(struct model *model, const char *name, bool is_outside)
{
	assert_int_equal(conduct_recipient_add(model->db, model->arena, name,
			     arena_format(model->arena, "%s@example.org", name), is_outside),
	    CONDUCT_RECIPIENT_SAVED);
	return db_last_id(model->db);
}

static enum conduct_outcome
send_to(struct model *model, const int64_t *ids, size_t count)
{
	return conduct_send(
	    model->db, model->arena, secret, &words, ids, count, "192.0.2.0", model->now);
}

static size_t
reports(struct model *model)
{
	struct conduct_report_by_id_row row;
	size_t count = 0;

	for (int64_t id = 1; id < 20; id++) {
		count += conduct_report_by_id(
		    model->db, model->arena, &(struct conduct_report_by_id_in){ .id = id }, &row);
	}
	return count;
}

/* What the courier does with the mail to that recipient. */
static void
mark(struct model *model, const char *name, const char *state)
{
	struct outbox_rows mails = outbox_list(model->db, model->arena);
	const char *email = arena_format(model->arena, "%s@example.org", name);

	for (size_t i = 0; i < mails.count; i++) {
		if (strcmp(mails.rows[i].recipient, email) == 0) {
			assert_int_equal(
			    outbox_mark_unsent(model->db,
				&(struct outbox_mark_unsent_in){ .id = mails.rows[i].id,
				    .state = state,
				    .problem = "pointless" }),
			    1);
		}
	}
}

static void
recipients_stand_in_order_and_once(void **state)
{
	struct model *model = *state;
	struct conduct_recipient_rows list;

	recipient(model, "society", true);
	recipient(model, "vega", false);
	recipient(model, "altair", false);
	assert_int_equal(
	    conduct_recipient_add(model->db, model->arena, "Vega again", "VEGA@Example.org", false),
	    CONDUCT_RECIPIENT_TAKEN);
	assert_int_equal(
	    conduct_recipient_add(model->db, model->arena, "Nobody", "no address", false),
	    CONDUCT_RECIPIENT_NO_ADDRESS);
	list = conduct_recipient_list(model->db, model->arena);
	assert_int_equal(list.count, 3);
	assert_string_equal(list.rows[0].name, "altair");
	assert_string_equal(list.rows[1].name, "vega");
	assert_string_equal(list.rows[2].name, "society");
	assert_int_equal(conduct_recipient_remove(model->db, 2), CONDUCT_RECIPIENT_SAVED);
	assert_int_equal(conduct_recipient_remove(model->db, 2), CONDUCT_RECIPIENT_UNKNOWN);
	assert_int_equal(conduct_recipient_list(model->db, model->arena).count, 2);
}

static void
a_report_is_sealed_and_mailed_to_those_chosen(void **state)
{
	struct model *model = *state;
	const int64_t to[] = { recipient(model, "vega", false), recipient(model, "out", true) };
	struct conduct_report_by_id_row row;
	struct conduct_words read;

	recipient(model, "altair", false);
	assert_int_equal(send_to(model, to, 2), CONDUCT_SENT);
	assert_int_equal(model_mails(model, "conduct"), 2);
	assert_true(conduct_report_by_id(
	    model->db, model->arena, &(struct conduct_report_by_id_in){ .id = 1 }, &row));
	assert_null(memmem(row.sealed.data, row.sealed.length, "canary", 6));
	assert_true(conduct_open(model->db, model->arena, secret, 1, &read));
	assert_string_equal(read.what, words.what);
	assert_string_equal(read.when, words.when);
	assert_string_equal(read.who, "");
	assert_string_equal(read.reach, words.reach);
	assert_string_equal(read.to, "vega; out");
	assert_false(conduct_open(model->db, model->arena, other, 1, &read));
	assert_false(conduct_open(model->db, model->arena, secret, 2, &read));
}

static void
a_report_to_nobody_or_somebody_unknown_is_not_sent(void **state)
{
	struct model *model = *state;
	const int64_t to[] = { recipient(model, "vega", false), 99 };

	assert_int_equal(send_to(model, to, 0), CONDUCT_UNKNOWN_RECIPIENT);
	assert_int_equal(send_to(model, to, 2), CONDUCT_UNKNOWN_RECIPIENT);
	assert_int_equal(model_mails(model, "conduct"), 0);
	assert_int_equal(reports(model), 0);
}

static void
a_network_sends_five_an_hour(void **state)
{
	struct model *model = *state;
	const int64_t to[] = { recipient(model, "vega", false) };

	for (int i = 0; i < CONDUCT_REPORTS_AN_HOUR; i++) {
		assert_int_equal(send_to(model, to, 1), CONDUCT_SENT);
	}
	assert_int_equal(send_to(model, to, 1), CONDUCT_TOO_MANY);
	assert_int_equal(model_mails(model, "conduct"), CONDUCT_REPORTS_AN_HOUR);
	assert_int_equal(conduct_send(model->db, model->arena, secret, &words, to, 1,
			     "198.51.100.0", model->now),
	    CONDUCT_SENT);
	model->now += CLOCK_HOUR;
	assert_int_equal(send_to(model, to, 1), CONDUCT_SENT);
}

static void
a_report_is_deleted_with_the_last_of_its_mails(void **state)
{
	struct model *model = *state;
	const int64_t to[] = { recipient(model, "vega", false), recipient(model, "out", true) };

	assert_int_equal(send_to(model, to, 2), CONDUCT_SENT);
	assert_int_equal(send_to(model, to, 1), CONDUCT_SENT);
	mark(model, "out", "sent");
	assert_int_equal(reports(model), 2);
	mark(model, "vega", "cancelled");
	assert_int_equal(reports(model), 0);
}

static void
a_report_is_deleted_with_mails_that_are_forgotten(void **state)
{
	struct model *model = *state;
	const int64_t to[] = { recipient(model, "vega", false) };
	struct outbox_rows mails;

	assert_int_equal(send_to(model, to, 1), CONDUCT_SENT);
	mails = outbox_list(model->db, model->arena);
	assert_int_equal(
	    outbox_forget(model->db, &(struct outbox_forget_in){ .id = mails.rows[0].id }), 1);
	assert_int_equal(reports(model), 0);
}

static void
a_report_stays_while_a_mail_of_it_can_be_tried_again_but_no_longer_than_a_week(void **state)
{
	struct model *model = *state;
	const int64_t to[] = { recipient(model, "vega", false), recipient(model, "out", true) };

	assert_int_equal(send_to(model, to, 2), CONDUCT_SENT);
	mark(model, "out", "sent");
	mark(model, "vega", "failed");
	assert_int_equal(reports(model), 1);
	assert_true(tick(model->db, model->arena, model->now + CONDUCT_REPORT_SECONDS - 1));
	assert_int_equal(reports(model), 1);
	assert_true(tick(model->db, model->arena, model->now + CONDUCT_REPORT_SECONDS));
	assert_int_equal(reports(model), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(recipients_stand_in_order_and_once),
		model_test(a_report_is_sealed_and_mailed_to_those_chosen),
		model_test(a_report_to_nobody_or_somebody_unknown_is_not_sent),
		model_test(a_network_sends_five_an_hour),
		model_test(a_report_is_deleted_with_the_last_of_its_mails),
		model_test(a_report_is_deleted_with_mails_that_are_forgotten),
		model_test(
		    a_report_stays_while_a_mail_of_it_can_be_tried_again_but_no_longer_than_a_week),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
