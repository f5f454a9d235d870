#include "fixture.h"

#include <string.h>

#include "model/delivery.h"

#define NOW MODEL_NOW
#define MIDDLE (DELIVERY_CHANCES / 2)

static struct delivery_history
fresh(const char *kind)
{
	return (struct delivery_history){
		.kind = kind, .attempts = 0, .first_tried_at = DB_NULL, .due_at = NOW
	};
}

static const struct delivery temporary = { .outcome = DELIVERY_TEMPORARY,
	.problem = DELIVERY_BUSY };
static const struct delivery host = { .outcome = DELIVERY_HOST, .problem = DELIVERY_UNREACHABLE };

static void
pauses_double_from_a_minute_to_six_hours(void **state)
{
	static const int64_t minutes[] = { 1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360 };

	(void)state;
	for (int64_t i = 0; i < 11; i++) {
		assert_in_range(
		    delivery_pause(i + 1, MIDDLE), minutes[i] * 60 - 1, minutes[i] * 60);
	}
	assert_int_equal(delivery_pause(1000, MIDDLE) / 60, 360);
}

static void
jitter_is_a_fifth_at_most(void **state)
{
	int64_t least = INT64_MAX, most = 0;

	(void)state;
	for (uint32_t chance = 0; chance < DELIVERY_CHANCES; chance++) {
		int64_t pause = delivery_pause(1, chance);

		least = pause < least ? pause : least;
		most = pause > most ? pause : most;
	}
	assert_int_equal(least, 48);
	assert_int_equal(most, 71);
}

static void
what_was_accepted_is_sent(void **state)
{
	struct delivery_history history = fresh("offer");
	struct delivery_step step = delivery_next(
	    &history, &(struct delivery){ .outcome = DELIVERY_ACCEPTED }, NOW, MIDDLE);

	(void)state;
	assert_string_equal(step.state, "sent");
	assert_int_equal(step.problem, DELIVERY_NO_PROBLEM);
}

static void
what_was_refused_for_good_has_failed_at_once(void **state)
{
	struct delivery_history history = fresh("offer");
	struct delivery_step step = delivery_next(&history,
	    &(struct delivery){ .outcome = DELIVERY_PERMANENT, .problem = DELIVERY_NO_MAILBOX },
	    NOW, MIDDLE);

	(void)state;
	assert_string_equal(step.state, "failed");
	assert_int_equal(step.problem, DELIVERY_NO_MAILBOX);
	assert_int_equal(step.attempts, 1);
}

/* Tries until it is no longer queued: how long that took. */
static int64_t
patience_of(const char *kind, const struct delivery *delivery, int64_t *attempts)
{
	struct delivery_history history = fresh(kind);
	struct delivery_step step;
	int64_t now = NOW, last = NOW;

	*attempts = 0;
	do {
		last = now;
		step = delivery_next(&history, delivery, now, MIDDLE);
		history.attempts = step.attempts;
		history.first_tried_at = step.first_tried_at;
		history.due_at = step.due_at;
		/* A server that rests comes back now and then. */
		now = step.due_at > now ? step.due_at : now + 900;
		++*attempts;
	} while (strcmp(step.state, "queued") == 0);
	assert_string_equal(step.state, "failed");
	assert_int_equal(step.problem, DELIVERY_GAVE_UP);
	return last - NOW;
}

static void
patience_ends_after_two_days(void **state)
{
	int64_t attempts;

	(void)state;
	assert_int_equal(patience_of("offer", &temporary, &attempts), 48 * 3600);
	assert_in_range(attempts, 12, 20);
	assert_int_equal(patience_of("offer", &host, &attempts), 48 * 3600);
}

static void
patience_with_a_sign_in_mail_ends_after_an_hour(void **state)
{
	int64_t attempts;

	(void)state;
	assert_int_equal(patience_of("sign_in", &temporary, &attempts), 3600);
	assert_in_range(attempts, 5, 8);
	assert_int_equal(patience_of("sign_in", &host, &attempts), 3600);
}

static void
a_server_that_failed_counts_against_no_mail(void **state)
{
	struct delivery_history history = fresh("offer");
	struct delivery_step step = delivery_next(&history, &host, NOW + 5, MIDDLE);

	(void)state;
	assert_string_equal(step.state, "queued");
	assert_int_equal(step.attempts, 0);
	assert_int_equal(step.due_at, NOW);
	assert_int_equal(step.first_tried_at, NOW + 5);
}

/* Else a mail that always hangs would hold up all others for ever. */
static void
but_against_the_one_it_interrupted(void **state)
{
	struct delivery_history history = fresh("offer");
	struct delivery delivery = host;
	struct delivery_step step;

	(void)state;
	delivery.counts = true;
	step = delivery_next(&history, &delivery, NOW, MIDDLE);
	assert_int_equal(step.attempts, 1);
	assert_true(step.due_at >= NOW + 48);
}

static void
a_server_may_ask_for_more_time_not_for_less(void **state)
{
	struct delivery_history history = fresh("activity");
	struct delivery delivery = temporary;

	(void)state;
	delivery.wait_seconds = 600;
	assert_int_equal(delivery_next(&history, &delivery, NOW, MIDDLE).due_at, NOW + 600);
	delivery.wait_seconds = 1;
	assert_true(delivery_next(&history, &delivery, NOW, MIDDLE).due_at >= NOW + 48);
}

static void
what_was_broken_off_by_us_was_never_tried(void **state)
{
	struct delivery_history history = fresh("offer");
	struct delivery_step step =
	    delivery_next(&history, &(struct delivery){ .outcome = DELIVERY_STOPPED }, NOW, MIDDLE);

	(void)state;
	assert_string_equal(step.state, "queued");
	assert_int_equal(step.attempts, 0);
	assert_int_equal(step.due_at, NOW);
	assert_true(step.first_tried_at == DB_NULL);
}

static void
only_a_sign_in_mail_grows_stale(void **state)
{
	struct delivery_history history = fresh("sign_in");

	(void)state;
	assert_false(delivery_is_stale(&history, NOW + 3600));
	assert_true(delivery_is_stale(&history, NOW + 3601));
	/* Its server's rest has moved it. */
	history.first_tried_at = NOW;
	history.due_at = NOW + 3600;
	assert_true(delivery_is_stale(&history, NOW + 3601));
	history.kind = "offer";
	assert_false(delivery_is_stale(&history, NOW + 30 * 86400));
}

static void
every_problem_has_a_word_of_its_own(void **state)
{
	(void)state;
	for (int i = DELIVERY_REFUSED; i < DELIVERY_PROBLEMS; i++) {
		const char *word = delivery_word((enum delivery_problem)i);

		assert_non_null(word);
		assert_int_equal(delivery_problem_read(word), i);
	}
	assert_null(delivery_word(DELIVERY_NO_PROBLEM));
	assert_int_equal(delivery_problem_read("boredom"), DELIVERY_NO_PROBLEM);
	assert_int_equal(delivery_problem_read(NULL), DELIVERY_NO_PROBLEM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pauses_double_from_a_minute_to_six_hours),
		cmocka_unit_test(jitter_is_a_fifth_at_most),
		cmocka_unit_test(what_was_accepted_is_sent),
		cmocka_unit_test(what_was_refused_for_good_has_failed_at_once),
		cmocka_unit_test(patience_ends_after_two_days),
		cmocka_unit_test(patience_with_a_sign_in_mail_ends_after_an_hour),
		cmocka_unit_test(a_server_that_failed_counts_against_no_mail),
		cmocka_unit_test(but_against_the_one_it_interrupted),
		cmocka_unit_test(a_server_may_ask_for_more_time_not_for_less),
		cmocka_unit_test(what_was_broken_off_by_us_was_never_tried),
		cmocka_unit_test(only_a_sign_in_mail_grows_stale),
		cmocka_unit_test(every_problem_has_a_word_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
