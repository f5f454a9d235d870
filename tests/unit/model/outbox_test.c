#include "fixture.h"

#include "model/outbox.h"

static const struct outbox_parameter nothing[] = { { NULL, NULL } };

static int64_t
queue(struct model *model, const char *reason)
{
	assert_true(outbox_queue(model->db, model->arena,
	    &(struct outbox_new){ .reason = reason,
		.kind = "offer",
		.recipient = "vega@example.org",
		.parameters = nothing,
		.due_at = model->now },
	    model->now));
	return outbox_last(model->db, model->arena);
}

static struct outbox
find(struct model *model, int64_t id)
{
	struct outbox outbox;

	assert_true(
	    outbox_find(model->db, model->arena, &(struct outbox_find_in){ .id = id }, &outbox));
	return outbox;
}

static void
tried(struct model *model, int64_t id, const char *to)
{
	assert_int_equal(outbox_mark_tried(model->db,
			     &(struct outbox_mark_tried_in){ .id = id,
				 .state = to,
				 .problem = "busy",
				 .answer = "451 4.7.1 later",
				 .attempts = 3,
				 .first_tried_at = model->now,
				 .due_at = model->now + 600,
				 .now = model->now }),
	    1);
}

static void
a_mail_that_failed_goes_again_as_if_never_tried(void **state)
{
	struct model *model = *state;
	int64_t id = queue(model, "offer:1");
	struct outbox mail;

	tried(model, id, "failed");
	assert_int_equal(outbox_retry(model->db, id, model->now + 60), OUTBOX_CHANGED);
	mail = find(model, id);
	assert_string_equal(mail.state, "queued");
	assert_int_equal(mail.attempts, 0);
	assert_int_equal(mail.due_at, model->now + 60);
	assert_null(mail.problem);
	assert_null(mail.answer);
	assert_true(mail.first_tried_at == DB_NULL);
}

static void
a_mail_that_was_sent_or_waits_is_not_retried(void **state)
{
	struct model *model = *state;
	int64_t id = queue(model, "offer:1");

	assert_int_equal(outbox_retry(model->db, id, model->now), OUTBOX_UNCHANGED);
	outbox_mark_sent(model->db, &(struct outbox_mark_sent_in){ .id = id, .now = model->now });
	assert_int_equal(outbox_retry(model->db, id, model->now), OUTBOX_UNCHANGED);
	assert_int_equal(outbox_retry(model->db, 999, model->now), OUTBOX_UNCHANGED);
}

static void
a_mail_that_waits_or_failed_can_be_cancelled_once(void **state)
{
	struct model *model = *state;
	int64_t waiting = queue(model, "offer:1"), failed = queue(model, "offer:2");

	tried(model, failed, "failed");
	assert_int_equal(outbox_cancel_one(model->db, waiting), OUTBOX_CHANGED);
	assert_int_equal(outbox_cancel_one(model->db, failed), OUTBOX_CHANGED);
	assert_int_equal(outbox_cancel_one(model->db, failed), OUTBOX_UNCHANGED);
	assert_string_equal(find(model, waiting).state, "cancelled");
}

/* It was cancelled while the server was taking it. */
static void
what_went_out_is_sent_whatever_was_done_to_it(void **state)
{
	struct model *model = *state;
	int64_t id = queue(model, "offer:1");

	assert_int_equal(outbox_cancel_one(model->db, id), OUTBOX_CHANGED);
	outbox_mark_sent(model->db,
	    &(struct outbox_mark_sent_in){ .id = id, .answer = "250 ok", .now = model->now });
	assert_string_equal(find(model, id).state, "sent");
	assert_string_equal(find(model, id).answer, "250 ok");
}

static void
a_failure_does_not_revive_what_was_cancelled(void **state)
{
	struct model *model = *state;
	int64_t id = queue(model, "offer:1");

	assert_int_equal(outbox_cancel_one(model->db, id), OUTBOX_CHANGED);
	assert_int_equal(outbox_mark_tried(model->db,
			     &(struct outbox_mark_tried_in){ .id = id,
				 .state = "queued",
				 .problem = "busy",
				 .attempts = 1,
				 .first_tried_at = model->now,
				 .due_at = model->now,
				 .now = model->now }),
	    0);
	assert_string_equal(find(model, id).state, "cancelled");
}

static void
held_mail_waits_until_it_is_released(void **state)
{
	struct model *model = *state;
	struct outbox next;
	int64_t id = queue(model, "offer:1");

	tried(model, id, "held");
	assert_false(outbox_next(
	    model->db, model->arena, &(struct outbox_next_in){ .now = model->now + 86400 }, &next));
	assert_int_equal(outbox_release(model->db, model->now + 7200), 1);
	assert_string_equal(find(model, id).state, "queued");
	assert_int_equal(find(model, id).due_at, model->now + 7200);
	assert_int_equal(outbox_release(model->db, model->now), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(a_mail_that_failed_goes_again_as_if_never_tried),
		model_test(a_mail_that_was_sent_or_waits_is_not_retried),
		model_test(a_mail_that_waits_or_failed_can_be_cancelled_once),
		model_test(what_went_out_is_sent_whatever_was_done_to_it),
		model_test(a_failure_does_not_revive_what_was_cancelled),
		model_test(held_mail_waits_until_it_is_released),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
