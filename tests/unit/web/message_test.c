/*
 * What the wording compiler makes of tests/data/messages/www, compiled in
 * here from tests/data/messages/made, and what it refuses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "tool_run.h"
#include "web/markdown.h"

#define message sample_message
#define message_name sample_name
#define wording_kinds sample_kinds
#define wording_kind_count sample_kind_count
#include "../../data/messages/made/web/message.c"
#include "../../data/messages/made/web/wording.c"
#undef message
#undef message_name
#undef wording_kinds
#undef wording_kind_count

static struct arena *arena;

static int
start(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
a_message_without_placeholders_is_a_constant(void **state)
{
	(void)state;
	assert_string_equal(sample_message(MESSAGE_SAMPLE_PLAIN), "E-mail address");
	assert_string_equal(sample_message(MESSAGE_SAMPLE_EQUALS), "a = b");
	assert_string_equal(sample_message(MESSAGE_SAMPLE_FAR), "Jusqu’à demain – ?\?=");
}

static void
no_message_has_no_words(void **state)
{
	(void)state;
	assert_string_equal(sample_message(MESSAGE_NONE), "");
	assert_string_equal(sample_message(MESSAGE_COUNT), "");
	assert_string_equal(sample_message((enum sample_message)99), "");
}

static void
a_constant_knows_its_name(void **state)
{
	(void)state;
	assert_string_equal(sample_name(MESSAGE_SAMPLE_PLAIN), "sample_plain");
	assert_string_equal(sample_name(MESSAGE_NONE), "");
}

static void
lines_that_begin_with_a_blank_continue(void **state)
{
	(void)state;
	assert_string_equal(
	    sample_message(MESSAGE_SAMPLE_LONG), "This goes on over two lines, and three.");
}

static void
placeholders_are_filled_in_wherever_they_stand(void **state)
{
	(void)state;
	assert_string_equal(message_sample_closed(arena, "Spring", "Monday"),
	    "Applications for Spring closed on Monday; Spring is over.");
	assert_string_equal(message_sample_closed(arena, "%s", "{cohort}"),
	    "Applications for %s closed on {cohort}; %s is over.");
	assert_string_equal(message_sample_only(arena, "x"), "x");
}

static void
a_missing_value_leaves_its_place_empty(void **state)
{
	(void)state;
	assert_string_equal(message_sample_only(arena, NULL), "");
}

static void
doubled_braces_stand_for_braces(void **state)
{
	(void)state;
	assert_string_equal(sample_message(MESSAGE_SAMPLE_BRACES),
	    "Write {name} in braces, \"quotes\", a \\ and 100 %.");
}

static void
a_mail_has_a_subject_a_text_and_markdown_with_its_values_escaped(void **state)
{
	const struct wording mail = wording_sample_offer(arena, NULL,
	    &(struct wording_sample_offer){ .cohort = "*Spring*",
		.name = "[Ada](http://evil)",
		.link = "https://x.org/a_b_c" });

	(void)state;
	assert_string_equal(mail.subject, "Your place in *Spring*");
	assert_string_equal(mail.body,
	    "Dear [Ada](http://evil),\n\n"
	    "there is a place for you:\n\n<https://x.org/a_b_c>\n\n"
	    "Good bye\n");
	assert_string_equal(markdown_html(arena, mail.markdown).html,
	    "<p>Dear [Ada](http://evil),</p>\n"
	    "<p>there is a place for <strong>you</strong>:</p>\n"
	    "<p><a href=\"https://x.org/a_b_c\" "
	    "rel=\"nofollow noopener ugc\">https://x.org/a_b_c</a></p>\n"
	    "<p>Good bye</p>\n");
}

static void
a_mail_may_have_no_placeholders(void **state)
{
	const struct wording mail =
	    wording_sample_short(arena, NULL, &(struct wording_sample_short){ 0 });

	(void)state;
	assert_string_equal(mail.subject, "Hello");
	assert_string_equal(mail.body, "Nothing to fill in.\n");
}

static void
a_kind_knows_what_may_and_what_must_stand_in_its_words(void **state)
{
	(void)state;
	assert_int_equal(sample_kind_count, 3);
	assert_string_equal(sample_kinds[0].kind, "sample_offer");
	assert_string_equal(sample_kinds[0].subject, "Your place in {cohort}");
	assert_int_equal(sample_kinds[0].placeholder_count, 3);
	assert_int_equal(sample_kinds[0].placeholders[0].sample, MESSAGE_WORDING_SAMPLE_COHORT);
	assert_int_equal(sample_kinds[0].placeholders[1].sample, MESSAGE_NONE);
	assert_false(sample_kinds[0].placeholders[1].is_required);
	assert_true(sample_kinds[0].placeholders[2].is_link);
	assert_true(sample_kinds[0].placeholders[2].is_required);
	assert_string_equal(sample_kinds[1].subject, "A report {{of}} {thing}");
	assert_string_equal(sample_kinds[1].placeholders[1].name, "words");
	assert_false(sample_kinds[1].placeholders[1].is_link);
	assert_true(sample_kinds[1].placeholders[1].is_required);
	assert_string_equal(wording_sample_report(arena, NULL,
				&(struct wording_sample_report){ .words = "{x}", .thing = "}" })
				.subject,
	    "A report {of} }");
}

static void
makes_the_same_c_as_last_time(void **state)
{
	const char *folder = tool_folder(arena);
	struct tool_result made = tool_run(arena, "messages", "tests/data/messages/www", folder);
	struct tool_result difference = tool_diff(arena, "tests/data/messages/made", folder);

	(void)state;
	tool_folder_remove(arena, folder);
	if (made.status != 0 || difference.status != 0) {
		fail_msg("%s%s\nIf this is meant: build/tool/messages "
			 "tests/data/messages/www tests/data/messages/made",
		    made.words, difference.words);
	}
}

/* Compiles one file; nothing may be written when it is refused. */
static void
assert_refused(const char *name, const char *text, const char *words)
{
	const char *folder = tool_folder(arena);
	struct tool_result result;

	tool_file(arena, folder, name, text);
	result = tool_run(arena, "messages", folder, folder);
	if (result.status != 1 || strstr(result.words, name) == NULL ||
	    strstr(result.words, words) == NULL) {
		fail_msg("%s\nexpected a refusal \"%s\", got %d: %s", text, words, result.status,
		    result.words);
	}
	assert_null(tool_file_read(arena, folder, "web/message.h"));
	tool_folder_remove(arena, folder);
}

static void
refuses_messages_that_are_no_messages(void **state)
{
	static const struct {
		const char *text;
		const char *words;
	} refusals[] = {
		{ "a = x\n\nb = y\na = z\n", ":4: a stands at" },
		{ "# x\na b = x\n", ":2: \"a b\" cannot be a key" },
		{ "Abc = x\n", "cannot be a key" },
		{ "none = x\n", "cannot be a key" },
		{ "count = x\n", "cannot be a key" },
		{ "name = {x}\n", "cannot be a key" },
		{ " = x\n", "continues nothing" },
		{ "a\n", ":1: no \"key = words\"" },
		{ "a =\n", ":1: a has no words" },
		{ "  a = x\n", "continues nothing" },
		{ "a = x {name\n", ":1: \"{name\": a placeholder is" },
		{ "a = x {\n", "a placeholder is" },
		{ "a = {Name}\n", "a placeholder is" },
		{ "a = {}\n", "a placeholder is" },
		{ "a = {1}\n", "a placeholder is" },
		{ "a = x} y\n", "closes nothing" },
		{ "a = {for}\n", "is a C keyword" },
		{ "a = {arena}\n", "is taken" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		assert_refused("messages/x.txt", refusals[i].text, refusals[i].words);
	}
}

static void
refuses_mails_that_are_no_mails(void **state)
{
	static const struct {
		const char *text;
		const char *words;
	} refusals[] = {
		{ "Hello\n\nx\n", ":1: begins with \"Subject" },
		{ "Subject: \n\nx\n", "begins with" },
		{ "Subject: Hello\nx\n", "an empty line" },
		{ "Subject: Hello\n\n", "has no body" },
		{ "Subject: {name\n\nx\n", ":1: \"{name\": a placeholder" },
		{ "Subject: x\n\na {b c}\n", "a placeholder is" },
		{ "Subject: x\nNeeds: a, b\n\n{a}\n", ":2: needs b" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		assert_refused("mail/x.md", refusals[i].text, refusals[i].words);
	}
}

static void
the_same_key_in_two_files_is_refused(void **state)
{
	const char *folder = tool_folder(arena);
	struct tool_result result;

	(void)state;
	tool_file(arena, folder, "messages/a.txt", "key = x\n");
	tool_file(arena, folder, "messages/b.txt", "\nkey = y\n");
	result = tool_run(arena, "messages", folder, folder);
	assert_int_equal(result.status, 1);
	assert_non_null(strstr(result.words, "b.txt:2: key stands at"));
	assert_non_null(strstr(result.words, "a.txt:1 already"));
	tool_folder_remove(arena, folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_without_placeholders_is_a_constant),
		cmocka_unit_test(no_message_has_no_words),
		cmocka_unit_test(a_constant_knows_its_name),
		cmocka_unit_test(lines_that_begin_with_a_blank_continue),
		cmocka_unit_test(placeholders_are_filled_in_wherever_they_stand),
		cmocka_unit_test(a_missing_value_leaves_its_place_empty),
		cmocka_unit_test(doubled_braces_stand_for_braces),
		cmocka_unit_test(a_mail_has_a_subject_a_text_and_markdown_with_its_values_escaped),
		cmocka_unit_test(a_mail_may_have_no_placeholders),
		cmocka_unit_test(a_kind_knows_what_may_and_what_must_stand_in_its_words),
		cmocka_unit_test(makes_the_same_c_as_last_time),
		cmocka_unit_test(refuses_messages_that_are_no_messages),
		cmocka_unit_test(refuses_mails_that_are_no_mails),
		cmocka_unit_test(the_same_key_in_two_files_is_refused),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
