#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "web/markdown.h"
#include "web/wording.h"
#include "web/wording_check.h"

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

static const struct wording_kind *
offer(void)
{
	return wording_kind_find("offer");
}

static void
every_kind_of_ours_passes_its_own_checks(void **state)
{
	assert_true(wording_kind_count > 0);
	for (size_t i = 0; i < wording_kind_count; i++) {
		const struct wording_kind *kind = &wording_kinds[i];
		const char *subject = wording_check_subject(*state, kind, kind->subject);
		const char *body = wording_check_body(*state, kind, kind->body);

		if (subject != NULL || body != NULL) {
			fail_msg("%s: %s", kind->kind, subject != NULL ? subject : body);
		}
		assert_ptr_equal(wording_kind_find(kind->kind), kind);
	}
	assert_null(wording_kind_find("no_such_kind"));
}

static void
every_placeholder_has_an_example(void **state)
{
	(void)state;
	for (size_t i = 0; i < wording_kind_count; i++) {
		for (size_t j = 0; j < wording_kinds[i].placeholder_count; j++) {
			const struct wording_placeholder *placeholder =
			    &wording_kinds[i].placeholders[j];

			if (placeholder->sample == MESSAGE_NONE) {
				fail_msg("no wording_sample_%s in www/messages (%s)",
				    placeholder->name, wording_kinds[i].kind);
			}
		}
	}
}

static void
refuses_a_subject_that_is_none(void **state)
{
	struct arena *arena = *state;
	char *long_one =
	    memset(arena_alloc(arena, WORDING_SUBJECT_MAX + 2), 'x', WORDING_SUBJECT_MAX);

	assert_null(wording_check_subject(arena, offer(), long_one));
	long_one[WORDING_SUBJECT_MAX] = 'x';
	assert_string_equal(
	    wording_check_subject(arena, offer(), long_one), message(MESSAGE_WORDING_SUBJECT_LONG));
	assert_string_equal(
	    wording_check_subject(arena, offer(), " \t"), message(MESSAGE_WORDING_SUBJECT_EMPTY));
	assert_string_equal(
	    wording_check_subject(arena, offer(), NULL), message(MESSAGE_WORDING_SUBJECT_EMPTY));
	assert_string_equal(wording_check_subject(arena, offer(), "A {link}"),
	    message_wording_subject_link(arena, "link"));
	assert_null(wording_check_subject(arena, offer(), "A seat, {name}, in {cohort} {{}}"));
}

static void
safety_09_refuses_a_subject_of_two_lines(void **state)
{
	static const char *const subjects[] = { "A\nBcc: all@example.org",
		"A\r\nBcc: all@example.org", "A\rB",
		"A\xE2\x80\xA8"
		"B",
		"A\xE2\x80\xAE"
		"B" };

	for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
		assert_string_equal(wording_check_subject(*state, offer(), subjects[i]),
		    message(MESSAGE_WORDING_SUBJECT_LINE));
	}
}

static void
names_the_placeholder_that_is_unknown_or_missing(void **state)
{
	struct arena *arena = *state;

	assert_string_equal(wording_check_subject(arena, offer(), "A {seat}"),
	    message_wording_unknown(arena, "seat"));
	assert_string_equal(wording_check_body(arena, offer(), "{link} {seat}"),
	    message_wording_unknown(arena, "seat"));
	assert_string_equal(wording_check_body(arena, offer(), "Come, {name}!"),
	    message_wording_missing(arena, "link"));
	/* Braces that stand for themselves are no placeholder. */
	assert_string_equal(wording_check_body(arena, offer(), "Come: {{link}}"),
	    message_wording_missing(arena, "link"));
	assert_null(wording_check_body(arena, offer(), "Come: {link}"));
}

static void
a_report_cannot_be_mailed_without_what_it_reports(void **state)
{
	const struct wording_kind *kind = wording_kind_find("conduct");

	assert_string_equal(wording_check_body(*state, kind, "{happened} {involved} {reach}"),
	    message_wording_missing_words(*state, "what"));
	assert_null(wording_check_body(*state, kind, "{what} {happened} {involved} {reach}"));
}

static void
refuses_a_brace_that_opens_or_closes_nothing(void **state)
{
	static const char *const broken[] = { "{link} {", "{link} }", "{link} {}", "{link} {Name}",
		"{link} {na me}", "{link} {name" };
	struct arena *arena = *state;

	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
		assert_string_equal(wording_check_body(arena, offer(), broken[i]),
		    message_wording_brace(arena, broken[i] + strlen("{link} ")));
	}
}

static void
refuses_a_body_without_words_too_long_or_with_controls(void **state)
{
	struct arena *arena = *state;
	char *body = memset(arena_alloc(arena, WORDING_BODY_MAX + 2), 'x', WORDING_BODY_MAX + 1);

	assert_string_equal(
	    wording_check_body(arena, offer(), body), message(MESSAGE_WORDING_BODY_LONG));
	assert_string_equal(
	    wording_check_body(arena, offer(), "\n"), message(MESSAGE_WORDING_BODY_EMPTY));
	assert_string_equal(wording_check_body(arena, offer(), "{link}\x1b"),
	    message(MESSAGE_WORDING_BODY_CONTROL));
}

/* However an organiser writes a link, it can be clicked; else they hear so. */
static void
a_link_can_be_clicked_however_it_stands(void **state)
{
	static const char *const clickable[] = { "{link}", "<{link}>", "[here]({link})", "*{link}*",
		"Here: {link}.", "- {link}", "[a](<{link}>)" };
	static const char *const not_clickable[] = { "`{link}`", "    {link}", "\\<{link}>",
		"<!-- {link} -->" };
	const char *mistake = message_wording_not_clickable(*state, "link");

	for (size_t i = 0; i < sizeof clickable / sizeof clickable[0]; i++) {
		const char *found = wording_check_body(*state, offer(), clickable[i]);

		if (found != NULL) {
			fail_msg("%s: %s", clickable[i], found);
		}
	}
	for (size_t i = 0; i < sizeof not_clickable / sizeof not_clickable[0]; i++) {
		const char *found = wording_check_body(*state, offer(), not_clickable[i]);

		if (found == NULL) {
			fail_msg("%s passed", not_clickable[i]);
		}
		assert_string_equal(found, mistake);
	}
}

static struct wording
filled(struct arena *arena, const char *body, const char *name)
{
	const struct wording_words words = { .subject = "For {name}", .body = body };

	return wording_offer(arena, &words,
	    &(struct wording_offer){ .name = name,
		.cohort = "](http://evil.example)",
		.link = "https://example.org/a_b_c?d=e&f=1" });
}

/* What a person wrote stays text, wherever an organiser put it. */
static void
safety_35_a_name_becomes_no_markup_in_either_part(void **state)
{
	static const char *const bodies[] = { "Hello {name}, <{link}>", "**{name}** {link}",
		"\\{name} {link}", "<{name}> {link}", "# {name}\n\n{link}", "`{name}` {link}",
		"[{name}{cohort} {link}", "[{name}]({link})", "> {name}\n\n{link}",
		"{name}\n{link}", "<b>{name}</b> {link}", "![{name}]({link})" };
	static const char *const names[] = { "[x](http://evil.example)", "<b>bold</b>",
		"<http://evil.example>", "*a* _b_ **c**", "`", "![i](http://evil.example)",
		"&lt;script&gt;", "\"'><script>alert(1)</script>", "a\n\n# head", "a\n    code",
		"[x]: http://evil.example", "\\", "a\\", "1. one", "- one",
		"a\n===", "<img src=x onerror=alert(1)>" };

	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
		for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
			struct wording wording = filled(*state, bodies[i], names[j]);
			const char *html = markdown_html(*state, wording.markdown).html;

			if (strstr(html, "\"http://evil") != NULL ||
			    strstr(html, "<script") != NULL || strstr(html, "<b>") != NULL ||
			    strstr(html, "<img") != NULL || strstr(html, "<em>") != NULL) {
				fail_msg("%s with %s became %s", bodies[i], names[j], html);
			}
		}
	}
}

static void
a_value_reads_as_it_was_written_in_both_parts(void **state)
{
	struct wording wording =
	    filled(*state, "Hello **{name}**:\n\n<{link}>\n", "[x](y) <b> & *z*");

	assert_string_equal(
	    wording.body, "Hello [x](y) <b> & *z*:\n\n<https://example.org/a_b_c?d=e&f=1>\n");
	assert_string_equal(markdown_html(*state, wording.markdown).html,
	    "<p>Hello <strong>[x](y) &lt;b&gt; &amp; *z*</strong>:</p>\n"
	    "<p><a href=\"https://example.org/a_b_c?d=e&amp;f=1\" rel=\"nofollow noopener ugc\">"
	    "https://example.org/a_b_c?d=e&amp;f=1</a></p>\n");
}

static void
safety_09_a_value_ends_no_subject(void **state)
{
	struct wording wording = filled(*state, "{link}", "Vega\r\nBcc: all@example.org");

	assert_string_equal(wording.subject, "For Vega  Bcc: all@example.org");
}

/* Words saved before a placeholder went must not stop a mail. */
static void
broken_words_give_way_to_ours(void **state)
{
	const struct wording_offer values = { .name = "Vega", .cohort = "Orion" };
	const char *ours = wording_offer(*state, NULL, &values).body;
	struct wording_words words = { .subject = "A", .body = "{link} {gone}" };

	assert_string_equal(wording_offer(*state, &words, &values).body, ours);
	words.body = "{link} {";
	assert_string_equal(wording_offer(*state, &words, &values).body, ours);
	words.body = "{name}: {link}";
	assert_string_equal(wording_offer(*state, &words, &values).body, "Vega:\n");
}

static void
a_preview_is_filled_with_examples(void **state)
{
	struct wording_preview preview =
	    wording_preview(*state, offer(), "For {name}", "Dear *{name}*: [here]({link})");
	const char *name = message(MESSAGE_WORDING_SAMPLE_NAME);
	const char *address = message(MESSAGE_WORDING_SAMPLE_LINK);

	assert_string_equal(preview.subject, arena_format(*state, "For %s", name));
	assert_string_equal(
	    preview.text, arena_format(*state, "Dear %s: here <%s>\n", name, address));
	assert_string_equal(preview.html.html,
	    arena_format(*state,
		"<p>Dear <em>%s</em>: <a href=\"%s\" rel=\"nofollow noopener ugc\">here</a></p>\n",
		name, address));
}

/* A link is as good as a password: whoever words mails must not have it told
 * to a place of their own. */
static void
an_address_never_becomes_part_of_another(void **state)
{
	static const char *const elsewhere[] = { "[here](https://evil.example/?t={link})",
		"![here](https://evil.example/?t={link})", "[here]({link}/evil)",
		"[here][x]\n\n[x]: https://evil.example/?t={link}" };
	const char *mistake = message_wording_elsewhere(*state, "link");

	for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++) {
		const char *found = wording_check_body(
		    *state, offer(), arena_format(*state, "{link}\n\n%s", elsewhere[i]));

		if (found == NULL) {
			fail_msg("%s passed", elsewhere[i]);
		}
		assert_string_equal(found, mistake);
	}
}

#define wording_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		wording_test(every_kind_of_ours_passes_its_own_checks),
		wording_test(every_placeholder_has_an_example),
		wording_test(refuses_a_subject_that_is_none),
		wording_test(safety_09_refuses_a_subject_of_two_lines),
		wording_test(names_the_placeholder_that_is_unknown_or_missing),
		wording_test(a_report_cannot_be_mailed_without_what_it_reports),
		wording_test(refuses_a_brace_that_opens_or_closes_nothing),
		wording_test(refuses_a_body_without_words_too_long_or_with_controls),
		wording_test(a_link_can_be_clicked_however_it_stands),
		wording_test(an_address_never_becomes_part_of_another),
		wording_test(safety_35_a_name_becomes_no_markup_in_either_part),
		wording_test(a_value_reads_as_it_was_written_in_both_parts),
		wording_test(safety_09_a_value_ends_no_subject),
		wording_test(broken_words_give_way_to_ours),
		wording_test(a_preview_is_filled_with_examples),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
