/*
 * Every form there is, sent by somebody whose session ended meanwhile: no word
 * of it is lost, and nothing of it is done.
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "all_fill.h"
#include "all_world.h"
#include "ground/bytes.h"
#include "ground/token.h"
#include "model/rights.h"
#include "web/route.h"

/* Words that want escaping, over several lines. */
#define WORDS "  <b>\"Meant\" & said</b>'s\r\n\r\nagain\t+ %41;"
#define WORDS_SENT \
	"%20%20%3Cb%3E%22Meant%22%20%26%20said%3C%2Fb%3E%27s%0D%0A%0D%0Aagain%09%2B%20%2541%3B"

static const enum world_visitor senders[] = { WORLD_LINKED, WORLD_DJANGONAUT, WORLD_NAVIGATOR,
	WORLD_CAPTAIN, WORLD_ORGANISER, WORLD_ADMINISTRATOR };

enum { SENDERS = sizeof(senders) / sizeof(senders[0]) };

static bool
asks_who_it_is(const struct route *route)
{
	return route->method == METHOD_POST && (route->roles & ROLE_ANYONE) == 0;
}

/* A browser of ours whose session is over; that says where it comes from. */
static void
come_back_signed_out(struct harness *h)
{
	harness_forget(h);
	harness_cookie(h, harness_site(h)->session_cookie, token_random(harness_arena(h)));
	harness_variable(h, "HTTP_ORIGIN", harness_site(h)->origin);
	harness_field(
	    h, "_csrf", token_keyed(harness_arena(h), "of the session that ended", "csrf"));
	harness_without_token(h);
}

static void
fill_in(struct harness *h, const struct route *route)
{
	harness_field(h, "something", WORDS);
	if (route->form != NULL) {
		fill(h, route->form);
	}
}

/* The text up to `end` as a browser has it, percent-encoded as it sends it. */
static void
encode(struct bytes *out, const char *text, const char *end)
{
	static const struct {
		const char *escaped;
		char plain;
	} escapes[] = { { "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' }, { "&quot;", '"' },
		{ "&#39;", '\'' } };

	while (text < end) {
		char character = *text;
		size_t length = 1;

		for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
			if (strncmp(text, escapes[i].escaped, strlen(escapes[i].escaped)) == 0) {
				character = escapes[i].plain;
				length = strlen(escapes[i].escaped);
			}
		}
		if (character == '\n') {
			bytes_text(out, "%0D%0A");
		} else if (isalnum((unsigned char)character) || character == '_') {
			bytes_char(out, character);
		} else if (character != '\r') {
			bytes_format(out, "%%%02X", (unsigned)(unsigned char)character);
		}
		text += length;
	}
}

/* What the button of the page that the harness holds would send. */
static const char *
kept(struct harness *h)
{
	static const char before[] = "<textarea name=\"", between[] = "\" hidden>\n",
			  after[] = "</textarea>";
	struct bytes *out = bytes_new(harness_arena(h));
	const char *at = harness_body_text(h);

	while ((at = strstr(at, before)) != NULL) {
		const char *name = at + strlen(before), *name_end = strstr(name, between);
		const char *value, *end;

		assert_non_null(name_end);
		value = name_end + strlen(between);
		end = strstr(value, after);
		assert_non_null(end);
		bytes_text(out, out->length > 0 ? "&" : "");
		encode(out, name, name_end);
		bytes_char(out, '=');
		encode(out, value, end);
		at = end;
	}
	return out->data;
}

static void
expect_kept(struct harness *h, const struct program *program, const struct route *route)
{
	const char *action;

	come_back_signed_out(h);
	fill_in(h, route);
	world_send(h, program, route);
	if (harness_status(h) != 403) {
		fail_msg("%s: %d", route->pattern, harness_status(h));
	}
	harness_expect(h, "Please sign in again");
	harness_expect(h, "href=\"/cohort/sign-in\" target=\"_blank\"");
	action = world_path(h, program, route);
	harness_expect(
	    h, arena_format(harness_arena(h), "<form method=\"post\" action=\"%s\">", action));
	if (strstr(kept(h), WORDS_SENT) == NULL) {
		fail_msg("%s: %s", route->pattern, kept(h));
	}
}

static void
a_session_that_ended_loses_no_word_of_any_form(void **state)
{
	struct harness *h = world_new();
	const char *before = harness_dump(h);
	size_t forms = 0;

	(void)state;
	for (size_t i = 0; i < WORLD_PROGRAMS; i++) {
		for (size_t j = 0; j < world_programs[i]->count; j++) {
			const struct route *route = &world_programs[i]->routes[j];

			if (asks_who_it_is(route)) {
				expect_kept(h, world_programs[i], route);
				forms++;
			}
		}
	}
	assert_string_equal(harness_dump(h), before);
	assert_true(forms > 40);
	harness_free(h);
}

/* Fresh forms on the same page have fresh keys. */
static const char *
without_keys(struct harness *h)
{
	static const char key[] = "name=\"_key\" value=\"";
	char *all =
	    arena_copy_bytes(harness_arena(h), harness_body_text(h), harness_body_length(h));
	char *at = all;

	while ((at = strstr(at, key)) != NULL) {
		at += strlen(key);
		memset(at, '-', strcspn(at, "\""));
	}
	return all;
}

/* Sends it with the token of a session that is over; the answer. */
static const char *
answer_to(struct harness *h, const struct program *program, const struct route *route)
{
	harness_variable(h, "HTTP_ORIGIN", harness_site(h)->origin);
	harness_without_token(h);
	world_send(h, program, route);
	return without_keys(h);
}

/* Sent again by somebody who may: what came of the words themselves. */
static bool
expect_form(struct harness *h, const struct program *program, const struct route *route,
    enum world_visitor sender)
{
	const char *first, *again, *words;
	int status;

	come_back_signed_out(h);
	fill_in(h, route);
	world_send(h, program, route);
	words = kept(h);
	world_become(h, sender);
	fill_in(h, route);
	first = answer_to(h, program, route);
	status = harness_status(h);
	harness_body(h, words);
	again = answer_to(h, program, route);
	/* Other answers name the request. */
	if (harness_status(h) != status || (status == 403 && strcmp(first, again) != 0)) {
		fail_msg("%s by %s: %d, not %d\n%s", route->pattern, world_visitor_name(sender),
		    harness_status(h), status, again);
	}
	if (status == 403) {
		harness_expect(h, "<form method=\"post\"");
	}
	return status == 403;
}

/* All that is stored, but for who is signed in. */
static const char *
everything(struct harness *h)
{
	harness_run_sql(
	    h, "DELETE FROM session; DELETE FROM sqlite_sequence WHERE name = 'session'");
	return harness_dump(h);
}

static void
words_sent_again_after_signing_in_fill_the_same_form_and_do_nothing_yet(void **state)
{
	struct harness *h = world_new();
	const char *before = everything(h);
	size_t forms = 0;

	(void)state;
	for (size_t s = 0; s < SENDERS; s++) {
		for (size_t i = 0; i < WORLD_PROGRAMS; i++) {
			for (size_t j = 0; j < world_programs[i]->count; j++) {
				const struct route *route = &world_programs[i]->routes[j];

				forms += asks_who_it_is(route) &&
				    expect_form(h, world_programs[i], route, senders[s]);
			}
		}
	}
	assert_string_equal(everything(h), before);
	assert_true(forms > 60);
	harness_free(h);
}

/* What a page elsewhere sends in somebody's browser is kept for nobody. */
static void
safety_27_words_sent_from_elsewhere_are_not_kept(void **state)
{
	static const struct {
		const char *name, *value;
	} elsewhere[] = { { "HTTP_ORIGIN", "https://evil.example" }, { "HTTP_ORIGIN", "null" },
		{ "HTTP_SEC_FETCH_SITE", "cross-site" }, { "HTTP_SEC_FETCH_SITE", "same-site" },
		{ "HTTP_ACCEPT", "*/*" } };
	struct harness *h = world_new();

	(void)state;
	for (size_t e = 0; e < sizeof(elsewhere) / sizeof(elsewhere[0]); e++) {
		for (size_t j = 0; j < standup_program.count; j++) {
			const struct route *route = &standup_program.routes[j];

			if (asks_who_it_is(route)) {
				harness_forget(h);
				harness_cookie(h, harness_site(h)->session_cookie,
				    token_random(harness_arena(h)));
				fill_in(h, route);
				harness_without_token(h);
				harness_variable(h, elsewhere[e].name, elsewhere[e].value);
				world_send(h, &standup_program, route);
				harness_expect_status(h, 403);
				harness_expect_not(h, "Please sign in again");
				harness_expect_not(h, "Meant");
			}
		}
	}
	harness_free(h);
}

/* A button alone has no words: its page is where one goes after signing in. */
static void
a_button_without_words_leads_to_signing_in(void **state)
{
	struct harness *h = world_new();

	(void)state;
	harness_program(h, &cohort_program);
	come_back_signed_out(h);
	harness_post(h, "/cohort/me/sign-out");
	harness_expect_status(h, 303);
	assert_true(world_sends_to_sign_in(h));
	harness_free(h);
}

/* Pressed too early: the words stay, and the page says why. */
static void
words_sent_again_without_signing_in_are_kept_again(void **state)
{
	struct harness *h = world_new();
	const char *words, *token;

	(void)state;
	harness_program(h, &standup_program);
	come_back_signed_out(h);
	harness_field(h, "words", WORDS);
	harness_post(h, "/standup/orion/lyra/1/question");
	harness_expect_not(h, "not signed in yet");
	words = kept(h);
	/* With the token that the page gave, and the cookie that came with it. */
	token = strstr(harness_body_text(h), "name=\"_csrf\" value=\"");
	assert_non_null(token);
	token += strlen("name=\"_csrf\" value=\"");
	harness_field(h, "_csrf", arena_copy_bytes(harness_arena(h), token, strcspn(token, "\"")));
	harness_without_token(h);
	harness_variable(h, "HTTP_ORIGIN", harness_site(h)->origin);
	harness_field(h, "words", WORDS);
	harness_post(h, "/standup/orion/lyra/1/question");
	harness_expect_status(h, 403);
	harness_expect(h, "not signed in yet");
	assert_string_equal(kept(h), words);
	harness_free(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_session_that_ended_loses_no_word_of_any_form),
		cmocka_unit_test(
		    words_sent_again_after_signing_in_fill_the_same_form_and_do_nothing_yet),
		cmocka_unit_test(safety_27_words_sent_from_elsewhere_are_not_kept),
		cmocka_unit_test(a_button_without_words_leads_to_signing_in),
		cmocka_unit_test(words_sent_again_without_signing_in_are_kept_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
