#include "ground/log.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "child.h"
#include "unit.h"

/* The line written for one value, from its key on. */
static struct child written;

static int
log_value(void *value)
{
	log_line(LOG_LEVEL_INFO, "value=%s end=%d", (const char *)value, 1);
	return 0;
}

static const char *
line_of(const char *value)
{
	char copy[9000] = { 0 };

	if (value != NULL) {
		assert_true(strlen(value) < sizeof(copy));
		memcpy(copy, value, strlen(value));
	}
	written = child_run(log_value, value != NULL ? copy : NULL);
	assert_int_equal(child_exit(&written), 0);
	/* One line, whatever the value. */
	assert_true(written.length > 0);
	assert_ptr_equal(strchr(written.errors, '\n'), written.errors + written.length - 1);
	assert_non_null(strstr(written.errors, " value="));
	return strstr(written.errors, " value=") + 1;
}

static int
log_all_kinds(void *unused)
{
	(void)unused;
	log_start("apply");
	log_line(LOG_LEVEL_ERROR,
	    "a=%d b=%u c=%x d=%zu e=%ld f=%lld g=%c "
	    "h=%lu i=100%% j=%i",
	    -1, 2U, 255U, (size_t)SIZE_MAX, -5L, (long long)INT64_MIN, 'x', 7UL, 8);
	return 0;
}

static void
writes_time_level_program_and_values(void **state)
{
	const struct child child = child_run(log_all_kinds, NULL);

	(void)state;
	assert_memory_equal(child.errors, "time=", 5);
	assert_int_equal(child.errors[15], 'T');
	assert_string_equal(child.errors + 25,
	    " level=error program=apply "
	    "a=-1 b=2 c=ff d=18446744073709551615 e=-5 "
	    "f=-9223372036854775808 g=x h=7 i=100% j=8\n");
}

static int
log_all_levels(void *unused)
{
	(void)unused;
	log_line(LOG_LEVEL_INFO, "a=1");
	log_line(LOG_LEVEL_WARNING, "a=2");
	log_line(LOG_LEVEL_ERROR, "a=3");
	return 0;
}

static void
names_each_level(void **state)
{
	const struct child child = child_run(log_all_levels, NULL);

	(void)state;
	assert_non_null(strstr(child.errors, " level=info a=1\n"));
	assert_non_null(strstr(child.errors, " level=warning a=2\n"));
	assert_non_null(strstr(child.errors, " level=error a=3\n"));
}

static void
writes_plain_values_as_they_are(void **state)
{
	(void)state;
	assert_string_equal(
	    line_of("/cohort/:cohort/group"), "value=/cohort/:cohort/group end=1\n");
	assert_string_equal(line_of(NULL), "value=null end=1\n");
}

static void
safety_39_quotes_what_could_read_as_another_value(void **state)
{
	(void)state;
	assert_string_equal(line_of(""), "value=\"\" end=1\n");
	assert_string_equal(line_of("a b"), "value=\"a b\" end=1\n");
	assert_string_equal(line_of("x status=200"), "value=\"x status=200\" end=1\n");
	assert_string_equal(line_of("x=1"), "value=\"x=1\" end=1\n");
	assert_string_equal(
	    line_of("say \"hi\" \\ bye"), "value=\"say \\\"hi\\\" \\\\ bye\" end=1\n");
}

static void
safety_39_writes_one_line_whatever_the_input(void **state)
{
	(void)state;
	assert_string_equal(
	    line_of("a\nlevel=error\r\n\tb"), "value=\"a\\nlevel=error\\r\\n\\tb\" end=1\n");
	assert_string_equal(line_of("\x1b[2J\x07\x7f"), "value=\"\\x1b[2J\\x07\\x7f\" end=1\n");
	/* C1, U+2028, U+202E and broken UTF-8. */
	assert_string_equal(line_of("\xc2\x9b\xe2\x80\xa8\xe2\x80\xae\xff"),
	    "value=\"\\xc2\\x9b\\xe2\\x80\\xa8\\xe2\\x80\\xae\\xff\" end=1\n");
	assert_string_equal(line_of("%s%n%d"), "value=\"%s%n%d\" end=1\n");
	for (int byte = 1; byte < 256; byte++) {
		const char text[] = { 'a', (char)byte, 'z', '\0' };

		line_of(text);
	}
}

static void
safety_39_cuts_long_lines_at_4096_bytes_and_says_so(void **state)
{
	static const char *const fillers[] = { "x", "\n", " ", "\xff" };
	char text[8192];

	(void)state;
	for (size_t i = 0; i < LENGTH(fillers); i++) {
		memset(text, fillers[i][0], sizeof(text) - 1);
		text[sizeof(text) - 1] = '\0';
		line_of(text);
		assert_true(written.length <= 4096);
		assert_true(written.length > 4080);
		assert_string_equal(written.errors + written.length - 9, " cut=yes\n");
		/* A quoted value is closed before the mark. */
		assert_true(fillers[i][0] == 'x' || written.errors[written.length - 10] == '"');
	}
}

static void
safety_39_keeps_its_limit_at_every_length_near_it(void **state)
{
	char text[4200];

	(void)state;
	for (size_t length = 4020; length < 4070; length++) {
		memset(text, 'x', length);
		text[length] = '\0';
		line_of(text);
		assert_true(written.length <= 4096);
		text[0] = ' ';
		line_of(text);
		assert_true(written.length <= 4096);
		assert_true(strstr(written.errors, " end=1\n") != NULL ||
		    strstr(written.errors, " cut=yes\n") != NULL);
	}
}

static int
log_with_errno_set(void *unused)
{
	(void)unused;
	errno = ENOSPC;
	log_line(LOG_LEVEL_INFO, "a=%s", "b");
	return errno == ENOSPC ? 0 : 1;
}

static int
log_to_nowhere(void *unused)
{
	(void)unused;
	close(STDERR_FILENO);
	return log_with_errno_set(NULL);
}

static void
leaves_errno_and_survives_a_closed_stderr(void **state)
{
	struct child child = child_run(log_with_errno_set, NULL);

	(void)state;
	assert_int_equal(child_exit(&child), 0);
	child = child_run(log_to_nowhere, NULL);
	assert_int_equal(child_exit(&child), 0);
	assert_int_equal(child.length, 0);
}

static int
log_an_unknown_conversion(void *unused)
{
	(void)unused;
	log_line(LOG_LEVEL_INFO, "a=%d b=%f c=%s", 1, 2.5, "three");
	return 0;
}

static void
stops_at_a_conversion_it_does_not_know(void **state)
{
	const struct child child = child_run(log_an_unknown_conversion, NULL);

	(void)state;
	assert_int_equal(child_exit(&child), 0);
	assert_non_null(strstr(child.errors, " a=1 b= format=unknown\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(writes_time_level_program_and_values),
		UNIT(names_each_level),
		UNIT(writes_plain_values_as_they_are),
		UNIT(safety_39_quotes_what_could_read_as_another_value),
		UNIT(safety_39_writes_one_line_whatever_the_input),
		UNIT(safety_39_cuts_long_lines_at_4096_bytes_and_says_so),
		UNIT(safety_39_keeps_its_limit_at_every_length_near_it),
		UNIT(leaves_errno_and_survives_a_closed_stderr),
		UNIT(stops_at_a_conversion_it_does_not_know),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
