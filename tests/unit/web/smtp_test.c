#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "web/smtp.h"

struct desk {
	struct arena *arena;
	const char *folder;
	const char *file;
};

static int
set_up(void **state)
{
	struct arena *arena = arena_new();
	struct desk *desk = arena_alloc(arena, sizeof *desk);

	desk->arena = arena;
	desk->folder = mkdtemp(arena_copy_bytes(arena, "/tmp/smtp-XXXXXX", 16));
	assert_non_null(desk->folder);
	desk->file = arena_format(arena, "%s/credentials", desk->folder);
	*state = desk;
	return 0;
}

static int
tear_down(void **state)
{
	struct desk *desk = *state;

	unlink(desk->file);
	rmdir(desk->folder);
	arena_free(desk->arena);
	return 0;
}

static void
file_write(const struct desk *desk, const char *text, mode_t mode)
{
	FILE *file = fopen(desk->file, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	assert_int_equal(chmod(desk->file, mode), 0);
}

/* What smtp_new finds wrong; NULL: nothing. */
static const char *
problem_of(const struct desk *desk, const char *server, bool with_credentials)
{
	const char *problem = NULL;
	struct smtp *smtp = smtp_new(desk->arena,
	    &(struct smtp_settings){ .server = server,
		.credentials = with_credentials ? desk->file : NULL,
		.name = "crew.example" },
	    &problem);

	assert_int_equal(smtp == NULL, problem != NULL);
	return problem;
}

static void
takes_the_addresses_of_mail_servers(void **state)
{
	static const char *const good[] = { "smtp://mail.example.org",
		"smtp://mail.example.org:587", "smtps://mail.example.org:465/",
		"smtp://127.0.0.1:25", "smtp://[::1]:25" };

	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_null(problem_of(*state, good[i], false));
	}
}

static void
refuses_what_is_no_mail_server(void **state)
{
	static const char *const bad[] = { "", "mail.example.org", "http://mail.example.org",
		"smtp://", "smtp://user:secret@mail.example.org", "smtp://mail.example.org/path",
		"smtp://mail.example.org?x=1", "smtp://mail.example.org:port",
		"smtp://mail example.org" };

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		const char *problem = problem_of(*state, bad[i], false);

		assert_non_null(problem);
		assert_null(strstr(problem, "secret"));
	}
}

static void
takes_credentials_that_are_ours_alone(void **state)
{
	static const char *const texts[] = { "user\nsecret word\n", "user\nsecret word",
		"user\r\nsecret word\r\n" };

	for (size_t i = 0; i < 3; i++) {
		file_write(*state, texts[i], 0600);
		assert_null(problem_of(*state, "smtp://mail.example.org", true));
	}
	file_write(*state, texts[0], 0600);
	assert_int_equal(chmod(((struct desk *)*state)->file, 0400), 0);
	assert_null(problem_of(*state, "smtp://mail.example.org", true));
}

static void
refuses_credentials_that_others_may_read_or_write(void **state)
{
	static const mode_t modes[] = { 0640, 0604, 0660, 0606, 0601, 0610, 0700, 04600 };

	for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
		file_write(*state, "user\nsecret\n", modes[i]);
		assert_non_null(problem_of(*state, "smtp://mail.example.org", true));
	}
}

static void
refuses_credentials_of_another_user(void **state)
{
	const struct desk *desk = *state;

	if (geteuid() != 0) {
		skip();
	}
	file_write(desk, "user\nsecret\n", 0600);
	assert_int_equal(chown(desk->file, 65534, 65534), 0);
	assert_non_null(problem_of(desk, "smtp://mail.example.org", true));
}

static void
refuses_what_are_no_two_lines(void **state)
{
	static const char *const texts[] = { "", "\n", "user\n", "user\n\n", "\nsecret\n",
		"user\nsecret\nmore\n" };
	struct desk *desk = *state;

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		const char *problem;

		file_write(desk, texts[i], 0600);
		problem = problem_of(desk, "smtp://mail.example.org", true);
		assert_non_null(problem);
		assert_null(strstr(problem, "secret"));
	}
	unlink(desk->file);
	assert_non_null(problem_of(desk, "smtp://mail.example.org", true));
	assert_int_equal(mkdir(desk->file, 0600), 0);
	assert_non_null(problem_of(desk, "smtp://mail.example.org", true));
	rmdir(desk->file);
}

#define smtp_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		smtp_test(takes_the_addresses_of_mail_servers),
		smtp_test(refuses_what_is_no_mail_server),
		smtp_test(takes_credentials_that_are_ours_alone),
		smtp_test(refuses_credentials_that_others_may_read_or_write),
		smtp_test(refuses_credentials_of_another_user),
		smtp_test(refuses_what_are_no_two_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
