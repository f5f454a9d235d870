/*
 * crewctl mail and crewctl status: what the operator may do to mail, and what
 * monitoring hears of it.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "crewctl_carrier.h"
#include "ground/arena.h"

/* Runs a command with one option, its words not shown; the exit code. */
static int
run(struct round *round, int (*command)(struct crewctl *, const struct arguments *),
    const char *option, const char *value)
{
	struct argument options[8] = { { option, true, value } };
	const struct arguments arguments = { .options = options };
	int out = dup(STDOUT_FILENO), err = dup(STDERR_FILENO);
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	int code;

	fflush(stdout);
	assert_true(dup2(nowhere, STDOUT_FILENO) >= 0 && dup2(nowhere, STDERR_FILENO) >= 0);
	code = command(&round->crewctl, &arguments);
	fflush(stdout);
	assert_true(dup2(out, STDOUT_FILENO) >= 0 && dup2(err, STDERR_FILENO) >= 0);
	close(out);
	close(err);
	close(nowhere);
	return code;
}

static int
mail(struct round *round, const char *option, const char *value)
{
	return run(round, run_mail, option, value);
}

static void
set_state(struct round *round, const char *state)
{
	harness_run_sql(round->harness,
	    arena_format(harness_arena(round->harness), "UPDATE outbox SET state = '%s';", state));
}

static void
retry_and_cancel_change_one_mail_and_are_logged(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	carrier_queue(round, 2, "sign_in", "");
	set_state(round, "failed");
	assert_int_equal(mail(round, "retry", "1"), CREWCTL_DONE);
	assert_int_equal(mail(round, "cancel", "2"), CREWCTL_DONE);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE id = 1 AND state = 'queued'", 1);
	carrier_expect(
	    round, "SELECT count(*) FROM outbox WHERE id = 2 AND state = 'cancelled'", 1);
	carrier_expect(round,
	    "SELECT count(*) FROM audit WHERE actor_id IS NULL AND detail = 'sign_in' AND"
	    " action IN ('mail_retried', 'mail_cancelled')",
	    2);
}

static void
what_cannot_be_changed_is_not_and_is_not_logged(void **state)
{
	static const char *const numbers[] = { "1", "2", "0", "-1", "", "one",
		"99999999999999999999" };
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	set_state(round, "sent");
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		assert_int_equal(mail(round, "retry", numbers[i]), CREWCTL_FAILED);
		assert_int_equal(mail(round, "cancel", numbers[i]), CREWCTL_FAILED);
	}
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE state = 'sent'", 1);
	carrier_expect(round, "SELECT count(*) FROM audit", 0);
}

static void
release_queues_what_is_held_and_nothing_else(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "");
	set_state(round, "held");
	carrier_queue(round, 2, "sign_in", "");
	harness_run_sql(round->harness, "UPDATE outbox SET state = 'cancelled' WHERE id = 2;");
	assert_int_equal(mail(round, "release", ""), CREWCTL_DONE);
	carrier_expect(round, "SELECT count(*) FROM outbox WHERE id = 1 AND state = 'queued'", 1);
	carrier_expect(
	    round, "SELECT count(*) FROM outbox WHERE id = 2 AND state = 'cancelled'", 1);
}

static int
status(struct round *round)
{
	return run(round, run_status, NULL, NULL);
}

static void
monitoring_hears_of_mail_that_is_late_stuck_held_or_failed(void **state)
{
	struct round *round = *state;

	carrier_queue(round, 1, "sign_in", "- 899");
	assert_int_equal(status(round), CREWCTL_DONE);
	harness_run_sql(round->harness, "UPDATE outbox SET due_at = due_at - 1;");
	assert_int_equal(status(round), CREWCTL_FAILED);
	/* Its server rests, so it is due later; it was tried an hour ago. */
	harness_run_sql(round->harness,
	    "UPDATE outbox SET due_at = 1795330900, first_tried_at = 1795330800 - 3599;");
	assert_int_equal(status(round), CREWCTL_DONE);
	harness_run_sql(round->harness, "UPDATE outbox SET first_tried_at = 1795330800 - 3600;");
	assert_int_equal(status(round), CREWCTL_FAILED);
	set_state(round, "sent");
	assert_int_equal(status(round), CREWCTL_DONE);
	set_state(round, "held");
	assert_int_equal(status(round), CREWCTL_FAILED);
	set_state(round, "failed");
	assert_int_equal(status(round), CREWCTL_FAILED);
	set_state(round, "cancelled");
	assert_int_equal(status(round), CREWCTL_DONE);
}

static void
a_test_mail_goes_the_way_of_all_and_leaves_the_queue_alone(void **state)
{
	struct round *round = *state;
	char folder[] = "/tmp/mail-XXXXXX";
	const char *file;

	assert_non_null(mkdtemp(folder));
	file = arena_format(harness_arena(round->harness), "%s/00000000-test.eml", folder);
	harness_run_sql(round->harness, "UPDATE programme SET contact = 'crew@example.org';");
	setenv("GROUNDCREW_MAIL", folder, 1);
	unsetenv("GROUNDCREW_SMTP");
	assert_int_equal(mail(round, "test", "vega@example.org"), CREWCTL_DONE);
	assert_int_equal(access(file, R_OK), 0);
	assert_int_equal(unlink(file), 0);
	assert_int_equal(mail(round, "test", "vega"), CREWCTL_FAILED);
	assert_int_equal(mail(round, "test", "a@b.org, c@d.org"), CREWCTL_FAILED);
	setenv("GROUNDCREW_SMTP", "smtp://127.0.0.1:1", 1);
	assert_int_equal(mail(round, "test", "vega@example.org"), CREWCTL_FAILED);
	setenv("GROUNDCREW_SMTP", "http://127.0.0.1:1", 1);
	assert_int_equal(mail(round, "test", "vega@example.org"), CREWCTL_FAILED);
	unsetenv("GROUNDCREW_SMTP");
	unsetenv("GROUNDCREW_MAIL");
	assert_int_equal(rmdir(folder), 0);
	carrier_expect(round, "SELECT count(*) FROM outbox", 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		carrier_test(retry_and_cancel_change_one_mail_and_are_logged),
		carrier_test(what_cannot_be_changed_is_not_and_is_not_logged),
		carrier_test(release_queues_what_is_held_and_nothing_else),
		carrier_test(monitoring_hears_of_mail_that_is_late_stuck_held_or_failed),
		carrier_test(a_test_mail_goes_the_way_of_all_and_leaves_the_queue_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
