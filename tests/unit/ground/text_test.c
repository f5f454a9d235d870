#include "ground/text.h"

#include "unit.h"

#define VALID(literal) text_is_valid(literal, sizeof(literal) - 1)

static void
accepts_every_script(void **state)
{
	(void)state;
	assert_true(VALID(""));
	assert_true(VALID("Ada"));
	assert_true(VALID("Zo\xc3\xab \xe0\xa4\xb9\xe0\xa4\xbf \xf0\x9f\x9a\x80"));
	assert_true(VALID("\xf4\x8f\xbf\xbd")); /* U+10FFFD */
	assert_true(VALID("\xed\x9f\xbf\xee\x80\x80")); /* around surrogates */
	assert_true(text_is_valid(NULL, 0));
}

static void
safety_04_refuses_invalid_utf_8(void **state)
{
	(void)state;
	assert_false(VALID("a\0b"));
	assert_false(VALID("\0"));
	assert_false(VALID("\x80"));
	assert_false(VALID("a\xbf"));
	assert_false(VALID("\xc3")); /* cut short */
	assert_false(VALID("\xe2\x82"));
	assert_false(VALID("\xf0\x9f\x9a"));
	assert_false(VALID("\xc3\x28"));
	assert_false(VALID("\xc0\x80")); /* overlong NUL */
	assert_false(VALID("\xc0\xaf")); /* overlong "/" */
	assert_false(VALID("\xc1\xbf"));
	assert_false(VALID("\xe0\x80\xaf"));
	assert_false(VALID("\xe0\x9f\xbf"));
	assert_false(VALID("\xf0\x80\x80\xaf"));
	assert_false(VALID("\xf0\x8f\xbf\xbf"));
	assert_false(VALID("\xed\xa0\x80")); /* surrogates */
	assert_false(VALID("\xed\xbf\xbf"));
	assert_false(VALID("\xed\xa0\xbd\xed\xb8\x80"));
	assert_false(VALID("\xf4\x90\x80\x80")); /* U+110000 */
	assert_false(VALID("\xf5\x80\x80\x80"));
	assert_false(VALID("\xf8\x88\x80\x80\x80"));
	assert_false(VALID("\xfe"));
	assert_false(VALID("\xff\xff"));
}

static void
makes_equal_names_equal_bytes(void **state)
{
	assert_string_equal(text_nfc(*state, "Zoe\xcc\x88"), "Zo\xc3\xab");
	assert_string_equal(text_nfc(*state, "Zo\xc3\xab"), "Zo\xc3\xab");
	assert_string_equal(text_nfc(*state, ""), "");
	/* Hangul jamo; the Angstrom sign. */
	assert_string_equal(text_nfc(*state, "\xe1\x84\x92\xe1\x85\xa1"), "\xed\x95\x98");
	assert_string_equal(text_nfc(*state, "\xe2\x84\xab"), "\xc3\x85");
	assert_null(text_nfc(*state, NULL));
	assert_null(text_nfc(*state, "\xff"));
}

static void
makes_every_line_end_a_line_feed(void **state)
{
	assert_string_equal(text_normal_newlines(*state, "a\r\nb\rc\nd\r\r\n"), "a\nb\nc\nd\n\n");
	assert_string_equal(text_normal_newlines(*state, "\r"), "\n");
	assert_string_equal(text_normal_newlines(*state, ""), "");
	assert_null(text_normal_newlines(*state, NULL));
}

static void
counts_units_as_browsers_do(void **state)
{
	(void)state;
	assert_int_equal(text_units(NULL), 0);
	assert_int_equal(text_units(""), 0);
	assert_int_equal(text_units("abc"), 3);
	assert_int_equal(text_units("\xc3\xab"), 1);
	assert_int_equal(text_units("e\xcc\x88"), 2);
	assert_int_equal(text_units("\xe0\xa4\xb9\xe0\xa4\xbf"), 2);
	assert_int_equal(text_units("\xf0\x9f\x9a\x80"), 2);
	assert_int_equal(text_units("a\r\nb"), 3);
	assert_int_equal(text_units("a\rb\nc"), 5);
	assert_int_equal(text_units("\r\r\n\n"), 3);
	assert_int_equal(text_units("\xff\xff"), 2);
}

static void
trims_every_kind_of_space(void **state)
{
	assert_string_equal(text_trim(*state, "  Ada \t\n"), "Ada");
	assert_string_equal(text_trim(*state, "a b"), "a b");
	assert_string_equal(text_trim(*state, " \r\n"), "");
	assert_string_equal(text_trim(*state, ""), "");
	/* No-break, ideographic and zero width space, byte order mark. */
	assert_string_equal(text_trim(*state,
				"\xc2\xa0\xe3\x80\x80"
				"Ada"
				"\xe2\x80\x8b\xef\xbb\xbf"),
	    "Ada");
	assert_null(text_trim(*state, NULL));
}

static void
finds_names_without_accents_or_case(void **state)
{
	static const char *const pairs[][2] = {
		{ "Zo\xc3\xab", "zoe" },
		{ "ZOE\xcc\x88", "zoe" },
		{ "S\xc3\xb8ren", "soren" },
		{ "\xc5\x81ukasz", "lukasz" },
		{ "Wei\xc3\x9f", "weiss" },
		{ "\xc3\x86ther", "aether" },
		{ "\xc4\xb0stanbul", "istanbul" },
		{ "\xc4\xb1rmak", "irmak" },
		{ "Nguy\xe1\xbb\x85n", "nguyen" },
		{ "\xef\xbc\xa1\xef\xbd\x84\xef\xbd\x81", "ada" }, /* full width */
		{ "  Ada \t Love\xc2\xa0lace ", "ada love lace" },
		{ "\xce\xa3\xce\xaf\xcf\x83\xcf\x85\xcf\x86\xce\xbf\xcf\x82",
		    "\xcf\x83\xce\xb9\xcf\x83\xcf\x85\xcf\x86\xce\xbf\xcf\x83" },
		{ "", "" },
		{ "   ", "" },
	};

	for (size_t i = 0; i < LENGTH(pairs); i++) {
		assert_string_equal(text_key(*state, pairs[i][0]), pairs[i][1]);
	}
	assert_null(text_key(*state, NULL));
	assert_string_equal(text_key(*state, "\xff"), "");
}

static void
keeps_marks_that_make_another_letter(void **state)
{
	/* が is not か; the vowels of हिन्दी stay. */
	assert_string_equal(text_key(*state, "\xe3\x81\x8c"), "\xe3\x81\x8c");
	assert_string_equal(text_key(*state,
				"\xe0\xa4\xb9\xe0\xa4\xbf"
				"\xe0\xa4\xa8\xe0\xa5\x8d\xe0\xa4\xa6\xe0\xa5\x80"),
	    "\xe0\xa4\xb9\xe0\xa4\xbf\xe0\xa4\xa8\xe0\xa5\x8d"
	    "\xe0\xa4\xa6\xe0\xa5\x80");
}

static void
safety_05_finds_control_characters(void **state)
{
	static const char *const such[] = {
		"\x01",
		"a\x08",
		"\x0b",
		"\x0c",
		"a\rb",
		"\x1b[0m",
		"\x7f",
		"\xc2\x80",
		"\xc2\x85",
		"\xc2\x9b",
		"\xc2\x9f",
		"\xef\xbf\xbe",
		"\xef\xbf\xbf",
		"\xef\xb7\x90",
		"\xf0\x9f\xbf\xbe",
		"\xf4\x8f\xbf\xbf",
		"\xff",
		"\xc3",
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(such); i++) {
		assert_true(text_has_control(such[i]));
		assert_false(text_is_line(such[i]));
	}
	assert_false(text_has_control("a\tb\nc"));
	assert_false(text_has_control("\xc2\xa0\xef\xbf\xbd \xf0\x9f\x9a\x80"));
	assert_false(text_has_control(""));
	assert_false(text_has_control(NULL));
}

static void
safety_05_finds_bidi_characters(void **state)
{
	static const char *const such[] = {
		"\xd8\x9c",
		"\xe2\x80\x8e",
		"\xe2\x80\x8f",
		"\xe2\x80\xaa",
		"\xe2\x80\xab",
		"\xe2\x80\xac",
		"\xe2\x80\xad",
		"a\xe2\x80\xaez",
		"\xe2\x81\xa6",
		"\xe2\x81\xa7",
		"\xe2\x81\xa8",
		"\xe2\x81\xa9",
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(such); i++) {
		assert_true(text_has_bidi(such[i]));
	}
	/* Hebrew and Arabic letters themselves; a joiner, as in emoji. */
	assert_false(text_has_bidi("\xd7\xa2\xd7\x93\xd7\x94 \xd8\xa2"));
	assert_false(text_has_bidi("\xe2\x80\x8d"));
	assert_false(text_has_bidi(""));
	assert_false(text_has_bidi(NULL));
}

static void
knows_one_line(void **state)
{
	(void)state;
	assert_true(text_is_line("Team Pluto"));
	assert_true(text_is_line(""));
	assert_false(text_is_line("a\nb"));
	assert_false(text_is_line("a\tb"));
	assert_false(text_is_line("a\xe2\x80\xa8"
				  "b"));
	assert_false(text_is_line("a\xe2\x80\xa9"
				  "b"));
	assert_false(text_is_line(NULL));
}

static void
cuts_between_what_readers_call_characters(void **state)
{
	assert_string_equal(text_cut(*state, "stand-up", 20), "stand-up");
	assert_string_equal(text_cut(*state, "stand-up", 8), "stand-up");
	assert_string_equal(text_cut(*state, "stand-up", 5), "stand\xe2\x80\xa6");
	assert_string_equal(text_cut(*state, "two words", 4), "two\xe2\x80\xa6");
	assert_string_equal(text_cut(*state, "abc", 0), "\xe2\x80\xa6");
	assert_string_equal(text_cut(*state, "", 0), "");
	/* e with a combining diaeresis, a flag: one each. */
	assert_string_equal(text_cut(*state, "e\xcc\x88xy", 1), "e\xcc\x88\xe2\x80\xa6");
	assert_string_equal(text_cut(*state, "\xf0\x9f\x87\xa6\xf0\x9f\x87\xb9x", 1),
	    "\xf0\x9f\x87\xa6\xf0\x9f\x87\xb9\xe2\x80\xa6");
	assert_null(text_cut(*state, NULL, 3));
	/* Broken bytes end, somewhere. */
	assert_non_null(text_cut(*state, "\xff\xff\xe2\x82", 1));
}

static void
safety_05_isolates_direction(void **state)
{
#define FSI "\xe2\x81\xa8"
#define RLI "\xe2\x81\xa7"
#define PDI "\xe2\x81\xa9"
	assert_string_equal(text_isolate(*state, "Ada"), FSI "Ada" PDI);
	assert_string_equal(text_isolate(*state, ""), FSI PDI);
	/* It cannot be left early, nor held open. */
	assert_string_equal(text_isolate(*state, "a" PDI "b"), FSI "ab" PDI);
	assert_string_equal(text_isolate(*state, RLI "a" PDI PDI "b"), FSI RLI "a" PDI "b" PDI);
	assert_string_equal(text_isolate(*state, RLI FSI "a"), FSI RLI FSI "a" PDI PDI PDI);
	assert_null(text_isolate(*state, NULL));
}

static void
compares_texts_that_may_be_missing(void **state)
{
	char copy[] = "a";

	(void)state;
	assert_true(text_equal(copy, "a"));
	assert_true(text_equal(NULL, NULL));
	assert_false(text_equal("a", "b"));
	assert_false(text_equal("", NULL));
	assert_false(text_equal(NULL, ""));
	assert_true(text_empty(NULL));
	assert_true(text_empty(""));
	assert_false(text_empty(" "));
}

static void
reads_whole_numbers_within_limits(void **state)
{
	int64_t number = 0;

	(void)state;
	assert_true(text_integer("0", 0, 8, &number));
	assert_int_equal(number, 0);
	assert_true(text_integer("8", 0, 8, &number));
	assert_int_equal(number, 8);
	assert_true(text_integer("-12", -12, 14, &number));
	assert_int_equal(number, -12);
	assert_true(text_integer("9223372036854775807", INT64_MIN, INT64_MAX, &number));
	assert_true(number == INT64_MAX);
	assert_true(text_integer("-9223372036854775808", INT64_MIN, INT64_MAX, &number));
	assert_true(number == INT64_MIN);
}

static void
refuses_what_is_no_whole_number_or_beyond(void **state)
{
	static const char *const others[] = {
		"",
		"-",
		"+1",
		" 1",
		"1 ",
		"01",
		"00",
		"-0",
		"-01",
		"1.0",
		"1e3",
		"0x10",
		"1_000",
		"1,000",
		"--1",
		"1-",
		"abc",
		"1\n",
		"9223372036854775808",
		"-9223372036854775809",
		"18446744073709551617",
		"99999999999999999999999999",
		"\xd9\xa1",
		"\xef\xbc\x91",
	};
	int64_t number = 42;

	(void)state;
	for (size_t i = 0; i < LENGTH(others); i++) {
		if (text_integer(others[i], INT64_MIN, INT64_MAX, &number)) {
			fail_msg("taken: %s", others[i]);
		}
	}
	assert_false(text_integer("9", 0, 8, &number));
	assert_false(text_integer("-1", 0, 8, &number));
	assert_false(text_integer(NULL, 0, 8, &number));
	assert_int_equal(number, 42);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(accepts_every_script),
		UNIT(safety_04_refuses_invalid_utf_8),
		UNIT(makes_equal_names_equal_bytes),
		UNIT(makes_every_line_end_a_line_feed),
		UNIT(counts_units_as_browsers_do),
		UNIT(trims_every_kind_of_space),
		UNIT(finds_names_without_accents_or_case),
		UNIT(keeps_marks_that_make_another_letter),
		UNIT(safety_05_finds_control_characters),
		UNIT(safety_05_finds_bidi_characters),
		UNIT(knows_one_line),
		UNIT(cuts_between_what_readers_call_characters),
		UNIT(safety_05_isolates_direction),
		UNIT(compares_texts_that_may_be_missing),
		UNIT(reads_whole_numbers_within_limits),
		UNIT(refuses_what_is_no_whole_number_or_beyond),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
