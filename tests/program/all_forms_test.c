/*
 * Every form there is: sent from elsewhere it writes nothing (safety rule 27),
 * and nothing beyond its own fields is ever stored (rule 29).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "all_fill.h"
#include "all_form.h"
#include "all_before.h"
#include "all_world.h"
#include "ground/bytes.h"
#include "ground/text.h"
#include "ground/token.h"
#include "standup_crew.h"
#include "web/form.h"
#include "web/session.h"

/* Those who differ in what they may send. */
static const enum world_visitor senders[] = { WORLD_STRANGER, WORLD_LINKED, WORLD_DJANGONAUT,
	WORLD_NAVIGATOR, WORLD_ORGANISER, WORLD_ADMINISTRATOR };

enum { SENDERS = sizeof(senders) / sizeof(senders[0]) };

/* ---- 27 ---- */

enum { WAYS = 10 };

/* The token that would be good from our own page. */
static void
add_good_token(struct harness *h, enum world_visitor sender, const char *token)
{
	const struct site *site = harness_site(h);

	if (sender == WORLD_STRANGER) {
		harness_cookie(h, site->form_cookie, token);
		harness_field(h, "_csrf", session_csrf(harness_arena(h), token));
		harness_without_token(h);
	}
}

/* One of the ways in which another site, or nobody, sends it. */
static void
forge(struct harness *h, enum world_visitor sender, int way)
{
	const char *token = token_random(harness_arena(h));

	switch (way) {
	case 0: /* without a token */
		harness_without_token(h);
		return;
	case 1: /* with one that is none */
		harness_without_token(h);
		harness_field(h, "_csrf", "");
		return;
	case 2: /* with that of another's session, or form */
		harness_without_token(h);
		harness_field(h, "_csrf", session_csrf(harness_arena(h), token));
		return;
	case 3: /* twice, of which one is right */
		harness_field(h, "_csrf", session_csrf(harness_arena(h), token));
		return;
	default:
		break;
	}
	add_good_token(h, sender, token);
	switch (way) {
	case 4:
		harness_variable(h, "HTTP_ORIGIN", "https://evil.example");
		break;
	case 5:
		harness_variable(h, "HTTP_ORIGIN", "null");
		break;
	case 6:
		harness_variable(h, "HTTP_ORIGIN", "http://localhost:8081");
		break;
	case 7:
		harness_variable(h, "HTTP_SEC_FETCH_SITE", "cross-site");
		break;
	case 8:
		harness_variable(h, "HTTP_SEC_FETCH_SITE", "same-site");
		break;
	default:
		harness_variable(h, "HTTP_ORIGIN", "http://localhost:8080");
		harness_variable(h, "HTTP_SEC_FETCH_SITE", "cross-site");
		break;
	}
}

/* Sets no cookie of a session, nor expires one. */
static void
expect_no_session(struct harness *h)
{
	const char *name = harness_site(h)->session_cookie;

	if (strstr(harness_head_text(h), arena_format(harness_arena(h), "Set-Cookie: %s=", name)) !=
	    NULL) {
		fail_msg("a session is set:\n%s", harness_head_text(h));
	}
}

static void
expect_refused(struct harness *h, const struct program *program, const struct route *route,
    enum world_visitor sender)
{
	for (int way = 0; way < WAYS; way++) {
		fill(h, world_form(h, program, route));
		forge(h, sender, way);
		world_send(h, program, route);
		if (harness_status(h) != 403) {
			fail_msg("%s by %s, way %d: %d", route->pattern, world_visitor_name(sender),
			    way, harness_status(h));
		}
		expect_no_session(h);
	}
}

static void
safety_27_no_form_of_any_program_acts_when_sent_from_elsewhere(void **state)
{
	struct harness *h = world_new();
	size_t forms = 0;

	(void)state;
	for (size_t s = 0; s < SENDERS; s++) {
		const char *before;

		world_become(h, senders[s]);
		before = harness_dump(h);
		for (size_t i = 0; i < WORLD_PROGRAMS; i++) {
			for (size_t j = 0; j < world_programs[i]->count; j++) {
				const struct route *route = &world_programs[i]->routes[j];

				/* One-click rows ask for their secret address alone. */
				if (route->method == METHOD_POST && !route->one_click) {
					expect_refused(h, world_programs[i], route, senders[s]);
					forms++;
				}
			}
		}
		assert_string_equal(harness_dump(h), before);
	}
	assert_true(forms > 40 * SENDERS);
	harness_free(h);
}

/* As a browser of ours sends it under no-referrer, and as one without either
 * header does, each form gets through. */
static void
safety_27_our_own_forms_get_through(void **state)
{
	struct harness *template = world_new();
	struct harness *h = harness_new(&cohort_program);

	(void)state;
	for (size_t i = 0; i < WORLD_PROGRAMS; i++) {
		for (size_t j = 0; j < world_programs[i]->count; j++) {
			const struct route *route = &world_programs[i]->routes[j];

			for (int way = 0; way < 2 && route->method == METHOD_POST; way++) {
				world_restore(h, template);
				world_become(h, WORLD_ORGANISER);
				if (way == 1) {
					harness_variable(h, "HTTP_ORIGIN", "null");
					harness_variable(h, "HTTP_SEC_FETCH_SITE", "same-origin");
				}
				world_send(h, world_programs[i], route);
				assert_int_not_equal(harness_status(h), 403);
			}
		}
	}
	harness_free(h);
	harness_free(template);
}

/* A neighbouring host may have planted the form cookie: it goes, too. */
static void
safety_20_signing_out_leaves_no_cookie_behind(void **state)
{
	static const char *const paths[] = { "/cohort/sign-out", "/cohort/me/sign-out" };
	struct harness *h = world_new();

	(void)state;
	harness_program(h, &cohort_program);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const struct site *site = harness_site(h);
		struct arena *arena = harness_arena(h);

		world_become(h, WORLD_DJANGONAUT);
		harness_cookie(h, site->form_cookie, WORLD_SIGN_IN_TOKEN);
		harness_post(h, paths[i]);
		harness_expect_status(h, 303);
		assert_non_null(strstr(harness_head_text(h),
		    arena_format(arena, "Set-Cookie: %s=;", site->session_cookie)));
		assert_non_null(strstr(harness_head_text(h),
		    arena_format(arena, "Set-Cookie: %s=;", site->form_cookie)));
	}
	assert_int_equal(harness_number(h, "SELECT count(*) FROM session WHERE person_id = 3"), 0);
	harness_free(h);
}

/* ---- 29 ---- */

/* What is made at random differs from one sending to the next. */
static bool
is_random(const char *table, const char *column)
{
	static const char *const names[] = { "key", "feed_key", "reference", "token_hash", "reason",
		"sealed" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], column) == 0) {
			return true;
		}
	}
	return strcmp(table, "submission") == 0;
}

/* Everything that is stored, but for what is random. */
static const char *
stored(struct harness *h)
{
	struct bytes *out = bytes_new(harness_arena(h));
	const char *rows = world_columns(h), *table;

	while ((table = world_next_value(h, &rows)) != NULL) {
		const char *column = world_next_value(h, &rows);

		if (column != NULL && !is_random(table, column)) {
			bytes_format(out, "%s.%s: %s\n", table, column,
			    harness_rows(h,
				arena_format(harness_arena(h),
				    "SELECT group_concat(quote(\"%s\")) FROM \"%s\"", column,
				    table)));
		}
	}
	return out->data;
}

static bool
has_field(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++) {
		if (strcmp(form->fields[i].name, name) == 0) {
			return true;
		}
	}
	return false;
}

/* A field for every column of every table that the form does not have, and
 * those that attackers try first. */
static void
add_columns(struct harness *h, const struct form *form)
{
	static const struct {
		const char *name, *value;
	} first[] = { { "role", "organiser" }, { "status", "accepted" }, { "state", "confirmed" },
		{ "is_administrator", "1" }, { "group_id", "2" }, { "person_id", "5" },
		{ "audience", "public" }, { "email", "other@example.org" }, { "member", "5" },
		{ "cohort", "vela" }, { "now", "1" }, { "_method", "PUT" }, { "admin", "1" } };
	const char *rows = world_columns(h), *sent = "|";

	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++) {
		if (!has_field(form, first[i].name)) {
			harness_field(h, first[i].name, first[i].value);
		}
		sent = arena_format(harness_arena(h), "%s%s|", sent, first[i].name);
	}
	while (world_next_value(h, &rows) != NULL) {
		const char *column = world_next_value(h, &rows);
		const char *mark =
		    column == NULL ? NULL : arena_format(harness_arena(h), "|%s|", column);

		if (mark != NULL && !has_field(form, column) && strstr(sent, mark) == NULL) {
			harness_field(h, column, "2");
			sent = arena_format(harness_arena(h), "%s%s|", sent, column);
		}
	}
}

/* The first place where two texts differ, as a line. */
static const char *
difference(struct harness *h, const char *one, const char *other)
{
	size_t i = 0, line = 0;

	for (; one[i] != '\0' && one[i] == other[i]; i++) {
		line = one[i] == '\n' ? i + 1 : line;
	}
	return arena_format(harness_arena(h), "%.*s, not %.*s", (int)strcspn(other + line, "\n"),
	    other + line, (int)strcspn(one + line, "\n"), one + line);
}

/* Whether the form acted at all. */
static bool
check_route(struct harness *template, const struct program *program, const struct route *route,
    enum world_visitor sender)
{
	struct harness *h = harness_new(program);
	const char *plain;
	bool acts;
	int status;

	world_restore(h, template);
	world_prepare(h, route);
	world_become(h, sender);
	fill(h, world_form(h, program, route));
	world_send(h, program, route);
	status = harness_status(h);
	/* A form that comes back has another status: 200 is a file, or a word. */
	acts = (status == 303 && !world_sends_to_sign_in(h)) || status == 200;
	plain = stored(h);
	world_restore(h, template);
	world_prepare(h, route);
	world_become(h, sender);
	add_columns(h, world_form(h, program, route));
	fill(h, world_form(h, program, route));
	world_send(h, program, route);
	if (harness_status(h) != status || strcmp(stored(h), plain) != 0) {
		fail_msg("%s by %s: %d and %d; %s", route->pattern, world_visitor_name(sender),
		    status, harness_status(h), difference(h, plain, stored(h)));
	}
	harness_free(h);
	return acts;
}

/*
 * Each form is sent twice to the same world, filled in as it should be, the
 * second time with a field of every column's name besides: what is stored is
 * the same. Of the forms that the world lets act, all must have acted.
 */
static void
safety_29_nothing_but_a_forms_own_fields_is_ever_stored(void **state)
{
	/* What this world refuses even when it is meant. */
	static const char *const idle[] = { "/apply/mine/:application",
		"/apply/mine/:application/withdraw", "/apply/mine/:application/again",
		"/apply/:cohort/forget", "/cohort/invitation/:invitation/organise" };
	struct harness *template = world_new();

	(void)state;
	for (size_t i = 0; i < WORLD_PROGRAMS; i++) {
		for (size_t j = 0; j < world_programs[i]->count; j++) {
			const struct route *route = &world_programs[i]->routes[j];
			bool acts = false;

			if (route->method != METHOD_POST) {
				continue;
			}
			for (size_t s = 0; s < SENDERS; s++) {
				acts |= check_route(template, world_programs[i], route, senders[s]);
			}
			for (size_t k = 0; k < sizeof(idle) / sizeof(idle[0]); k++) {
				acts |= strcmp(idle[k], route->pattern) == 0;
			}
			if (!acts) {
				fail_msg("%s was never accepted", route->pattern);
			}
		}
	}
	harness_free(template);
}

/* Fields of a form that name what belongs to others: ids of another cohort's,
 * roles that the form does not give. */
static void
safety_29_ids_of_others_in_a_forms_own_fields_are_refused(void **state)
{
	static const struct {
		const char *path;
		const char *fields[9][2];
	} wrong[] = {
		{ "/cohort/orion/organise/placing", { { "member", "9" }, { "group", "lyra" } } },
		{ "/cohort/orion/organise/placing", { { "member", "4" }, { "group", "vega" } } },
		{ "/cohort/orion/organise/placing",
		    { { "member", "18446744073709551620" }, { "group", "cygnus" } } },
		{ "/cohort/vela/organise/placing/leave",
		    { { "placement", "4" }, { "group", "lyra" } } },
		{ "/cohort/orion/organise/placing/leave",
		    { { "placement", "4" }, { "group", "cygnus" } } },
		{ "/cohort/orion/organise/people",
		    { { "name", "Eve" }, { "email", "eve@example.org" },
			{ "role", "organiser" } } },
		{ "/cohort/vela/organise/people/again", { { "invitation", "1" } } },
		{ "/cohort/vela/organise/people/cancel", { { "invitation", "1" } } },
		{ "/cohort/vela/organise/late/end", { { "entry", "1" } } },
		{ "/cohort/vela/organise/people/return", { { "member", "900" } } },
		{ "/cohort/orion/organise/people",
		    { { "name", "Eve" }, { "email", "eve@example.org" },
			{ "role", "administrator" } } },
		{ "/cohort/orion/organise/people/end", { { "member", "9" } } },
		{ "/cohort/orion/organise/projects/remove", { { "project", "3" } } },
		{ "/cohort/orion/organise/groups/lyra",
		    { { "name", "Lyra" }, { "project", "3" }, { "goal", "Mine" },
			{ "level_low", "1" }, { "level_high", "2" }, { "seats", "8" },
			{ "meeting_weekday", "1" }, { "meeting_time", "19:00" },
			{ "meeting_zone", "UTC" } } },
	};
	struct harness *h = world_new();
	const char *before;

	(void)state;
	harness_program(h, &cohort_program);
	harness_run_sql(h,
	    "INSERT INTO member (cohort_id, person_id, role, joined_at)"
	    " VALUES (2, 5, 'organiser', 1)");
	world_become(h, WORLD_ORGANISER);
	before = harness_dump(h);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		for (size_t j = 0; j < 9 && wrong[i].fields[j][0] != NULL; j++) {
			harness_field(h, wrong[i].fields[j][0], wrong[i].fields[j][1]);
		}
		harness_field(h, "meeting_minutes", "60");
		harness_field(h, "revision", "1");
		harness_post(h, wrong[i].path);
		if (harness_status(h) != 422) {
			fail_msg("%s, row %zu: %d", wrong[i].path, i, harness_status(h));
		}
		assert_string_equal(harness_dump(h), before);
	}
	harness_free(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(safety_27_no_form_of_any_program_acts_when_sent_from_elsewhere),
		cmocka_unit_test(safety_27_our_own_forms_get_through),
		cmocka_unit_test(safety_20_signing_out_leaves_no_cookie_behind),
		cmocka_unit_test(safety_29_nothing_but_a_forms_own_fields_is_ever_stored),
		cmocka_unit_test(safety_29_ids_of_others_in_a_forms_own_fields_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
