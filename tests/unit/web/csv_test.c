#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "web/csv.h"

static int
set_up(void **state)
{
	*state = arena_new();
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

/* A row of this one cell, and another to show where it ends. */
static const char *
row_of(struct arena *arena, const char *text)
{
	struct bytes *out = bytes_new(arena);

	csv_cell(out, text);
	csv_cell(out, "x");
	csv_end(out);
	return out->data;
}

static void
leaves_plain_cells_as_they_are(void **state)
{
	assert_string_equal(row_of(*state, "Vega Lyra"), "Vega Lyra,x\r\n");
	assert_string_equal(row_of(*state, "Zoë 🙂"), "Zoë 🙂,x\r\n");
	assert_string_equal(row_of(*state, "a=b"), "a=b,x\r\n");
	assert_string_equal(row_of(*state, ""), ",x\r\n");
	assert_string_equal(row_of(*state, NULL), ",x\r\n");
}

static void
quotes_as_rfc_4180_says(void **state)
{
	assert_string_equal(row_of(*state, "a,b"), "\"a,b\",x\r\n");
	assert_string_equal(row_of(*state, "a;b"), "\"a;b\",x\r\n");
	assert_string_equal(row_of(*state, "say \"hi\""), "\"say \"\"hi\"\"\",x\r\n");
	assert_string_equal(row_of(*state, "\""), "\"\"\"\",x\r\n");
	assert_string_equal(row_of(*state, " a"), "\" a\",x\r\n");
}

static void
keeps_the_lines_of_a_cell(void **state)
{
	assert_string_equal(row_of(*state, "one\ntwo"), "\"one\ntwo\",x\r\n");
	assert_string_equal(row_of(*state, "one\r\ntwo\rthree"), "\"one\ntwo\nthree\",x\r\n");
}

static void
safety_37_defuses_what_a_spreadsheet_would_calculate(void **state)
{
	assert_string_equal(row_of(*state, "=1+1"), "\"'=1+1\",x\r\n");
	assert_string_equal(row_of(*state, "+1"), "\"'+1\",x\r\n");
	assert_string_equal(row_of(*state, "-1"), "\"'-1\",x\r\n");
	assert_string_equal(row_of(*state, "@SUM(A1)"), "\"'@SUM(A1)\",x\r\n");
	assert_string_equal(row_of(*state, "\t=1"), "\"'\t=1\",x\r\n");
	assert_string_equal(row_of(*state, "\r=1"), "\"'\n=1\",x\r\n");
	assert_string_equal(row_of(*state, "=HYPERLINK(\"http://evil\")"),
	    "\"'=HYPERLINK(\"\"http://evil\"\")\",x\r\n");
}

static void
writes_numbers_of_ours_as_numbers(void **state)
{
	struct bytes *out = bytes_new(*state);

	csv_number(out, -12);
	csv_thousandths(out, 6254);
	csv_thousandths(out, 6255);
	csv_thousandths(out, -70);
	csv_thousandths(out, -1255);
	csv_thousandths(out, -4);
	csv_end(out);
	assert_string_equal(out->data, "-12,6.25,6.26,-0.07,-1.26,0.00\r\n");
}

static void
begins_with_the_mark_of_its_charset(void **state)
{
	struct bytes *out = bytes_new(*state);

	csv_start(out);
	csv_cell(out, "a");
	csv_end(out);
	assert_string_equal(out->data,
	    "\xef\xbb\xbf"
	    "a\r\n");
}

int
main(void)
{
#define csv_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		csv_test(leaves_plain_cells_as_they_are),
		csv_test(quotes_as_rfc_4180_says),
		csv_test(keeps_the_lines_of_a_cell),
		csv_test(safety_37_defuses_what_a_spreadsheet_would_calculate),
		csv_test(writes_numbers_of_ours_as_numbers),
		csv_test(begins_with_the_mark_of_its_charset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
