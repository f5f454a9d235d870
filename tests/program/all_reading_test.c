/*
 * Reading, by everybody, of everything there is: it changes nothing (safety
 * rule 28), and nobody reads what is not for them (rules 31 and 32).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "all_crawl.h"
#include "ground/bytes.h"
#include "standup_crew.h"

static int
set_up(void **state)
{
	*state = world_new();
	return 0;
}

static int
tear_down(void **state)
{
	harness_free(*state);
	return 0;
}

/* ---- 28 ---- */

static void
look_away(struct harness *harness, const char *path, void *context)
{
	(void)context;
	if (harness_status(harness) != 200 && harness_status(harness) != 303 &&
	    harness_status(harness) != 404) {
		fail_msg("%s answers %d", path, harness_status(harness));
	}
}

static void
safety_28_following_every_link_changes_nothing(void **state)
{
	struct harness *h = *state;

	for (int visitor = 0; visitor < WORLD_VISITORS; visitor++) {
		const char *before;

		world_become(h, (enum world_visitor)visitor);
		before = harness_dump(h);
		assert_true(crawl(h, look_away, NULL) > 30);
		assert_string_equal(harness_dump(h), before);
	}
}

static void
safety_28_head_of_every_route_changes_nothing_and_has_no_body(void **state)
{
	struct harness *h = *state;

	for (int visitor = 0; visitor < WORLD_VISITORS; visitor++) {
		const char *before;

		world_become(h, (enum world_visitor)visitor);
		before = harness_dump(h);
		for (size_t i = 0; i < WORLD_PROGRAMS; i++) {
			harness_program(h, world_programs[i]);
			for (size_t j = 0; j < world_programs[i]->count; j++) {
				harness_head(h,
				    world_path(
					h, world_programs[i], &world_programs[i]->routes[j]));
				assert_int_equal(harness_body_length(h), 0);
			}
		}
		assert_string_equal(harness_dump(h), before);
	}
}

/* ---- 31: canaries ---- */

#define FOR(visitor) (1U << (visitor))
#define GROUP_A \
	(FOR(WORLD_DJANGONAUT) | FOR(WORLD_NAVIGATOR) | FOR(WORLD_CAPTAIN) | FOR(WORLD_ORGANISER))
#define MEMBERS (GROUP_A | FOR(WORLD_DJANGONAUT_B) | FOR(WORLD_NAVIGATOR_B) | FOR(WORLD_CAPTAIN_B))
#define AUTHOR (FOR(WORLD_LINKED) | FOR(WORLD_APPLICANT) | FOR(WORLD_ORGANISER))

/* What is written where, and who reads it on some page. */
static const struct {
	const char *canary;
	const char *sql;
	unsigned readers;
} canaries[] = {
	{ "canary-chat",
	    "UPDATE cohort SET chat_link = 'https://c.example.net/canary-chat'"
	    " WHERE slug = 'orion'",
	    MEMBERS },
	{ "canary-room",
	    "UPDATE mentoring_group SET room_link = 'https://c.example.net/canary-room'"
	    " WHERE slug = 'lyra'",
	    GROUP_A },
	{ "canary-talk",
	    "UPDATE mentoring_group SET chat_link = 'https://c.example.net/canary-talk'"
	    " WHERE slug = 'lyra'",
	    GROUP_A },
	{ "canary-book",
	    "UPDATE mentoring_group SET workbook_link ="
	    " 'https://c.example.net/canary-book' WHERE slug = 'lyra'",
	    GROUP_A },
	{ "canary-did", "UPDATE check_in SET did = 'canary-did'", GROUP_A },
	{ "canary-blocked", "UPDATE check_in SET blocked = 'canary-blocked', blocked_audience = 1",
	    GROUP_A },
	{ "canary-question", "UPDATE question SET body = 'canary-question'", GROUP_A },
	{ "canary-answer", "UPDATE answer SET body = 'canary-answer'", GROUP_A },
	{ "canary-notes",
	    "UPDATE standup SET notes = 'canary-notes' WHERE group_id = 1"
	    " AND week = 1",
	    GROUP_A },
	{ "canary-name", "UPDATE person SET name = 'canary-name' WHERE id = 3", GROUP_A },
	{ "canary-pronouns", "UPDATE person SET pronouns = 'canary-pronouns' WHERE id = 3",
	    GROUP_A },
	{ "canary-github", "UPDATE person SET github = 'canary-github' WHERE id = 3",
	    FOR(WORLD_DJANGONAUT) },
	{ "canary-public",
	    "UPDATE person SET public_name = 'canary-public',"
	    " show_public_name = 0 WHERE id = 3",
	    FOR(WORLD_DJANGONAUT) },
	{ "canary-band", "UPDATE placement SET band_reason = 'canary-band' WHERE member_id = 3",
	    FOR(WORLD_ORGANISER) },
	{ "canary-why", "UPDATE application_answer SET value = 'canary-why'",
	    AUTHOR | FOR(WORLD_REVIEWER) },
	{ "canary-noted", "UPDATE review SET note = 'canary-noted'",
	    FOR(WORLD_REVIEWER) | FOR(WORLD_ORGANISER) },
	{ "canary-profile", "UPDATE application SET github = 'canary-profile'", AUTHOR },
	{ "canary-applied", "UPDATE application SET name = 'canary-applied'", AUTHOR },
	{ "canary-draft",
	    "UPDATE cohort SET name = 'canary-draft', goal = 'canary-draft'"
	    " WHERE slug = 'draco'",
	    FOR(WORLD_ELSEWHERE) | FOR(WORLD_ADMINISTRATOR) },
	{ "canary-back",
	    "INSERT INTO highlight (key, standup_id, member_id, title, body,"
	    " published_at, updated_at, withdrawn_at) SELECT 'h2', standup_id, member_id,"
	    " 'canary-back', 'canary-back', 1795330000, 1795330000, 1795330100 FROM highlight",
	    FOR(WORLD_NAVIGATOR) | FOR(WORLD_CAPTAIN) | FOR(WORLD_ORGANISER) },
};

enum { CANARIES = sizeof(canaries) / sizeof(canaries[0]) };

struct reading {
	enum world_visitor visitor;
	bool seen[CANARIES];
	struct bytes *wrong;
};

/* Vega's secret addresses: whoever knows one reads what she may read. */
static bool
is_secret(const char *path)
{
	return strncmp(path, "/feed/private/", 14) == 0 ||
	    strncmp(path, "/feed/calendar/", 15) == 0;
}

static void
look_for_canaries(struct harness *harness, const char *path, void *context)
{
	struct reading *reading = context;
	unsigned reader = FOR(is_secret(path) ? WORLD_DJANGONAUT : reading->visitor);

	for (size_t i = 0; i < CANARIES; i++) {
		if (strstr(harness_body_text(harness), canaries[i].canary) == NULL &&
		    strstr(harness_head_text(harness), canaries[i].canary) == NULL) {
			continue;
		}
		reading->seen[i] |= !is_secret(path);
		if ((canaries[i].readers & reader) == 0 ||
		    (strncmp(path, "/feed/", 6) == 0 && !is_secret(path))) {
			bytes_format(reading->wrong, "%s reads %s at %s\n",
			    world_visitor_name(reading->visitor), canaries[i].canary, path);
		}
	}
}

static void
safety_31_everything_private_is_read_by_those_it_is_for_and_nobody_else(void **state)
{
	struct harness *h = *state;
	struct bytes *wrong = bytes_new(harness_arena(h));

	for (size_t i = 0; i < CANARIES; i++) {
		harness_run_sql(h, canaries[i].sql);
	}
	for (int visitor = 0; visitor < WORLD_VISITORS; visitor++) {
		struct reading reading = { (enum world_visitor)visitor, { false }, wrong };

		world_become(h, (enum world_visitor)visitor);
		(void)crawl(h, look_for_canaries, &reading);
		for (size_t i = 0; i < CANARIES; i++) {
			if ((canaries[i].readers & FOR(visitor)) != 0 && !reading.seen[i]) {
				bytes_format(wrong, "%s never reads %s\n",
				    world_visitor_name((enum world_visitor)visitor),
				    canaries[i].canary);
			}
		}
	}
	if (wrong->length > 0) {
		fail_msg("\n%s", wrong->data);
	}
}

static void
expect_no_canary(struct harness *harness, const char *path, void *context)
{
	/* The words are Vega's own. */
	if (!is_secret(path) && strstr(harness_body_text(harness), context) != NULL) {
		fail_msg("%s is at %s", (const char *)context, path);
	}
}

/* What is for the navigators is not for a Djangonaut of the same group. */
static void
safety_31_what_is_for_navigators_is_not_for_the_group(void **state)
{
	struct harness *h = *state;
	char canary[] = "canary-7";

	harness_run_sql(h,
	    "UPDATE check_in SET next = 'canary-7', next_audience = 1;"
	    "UPDATE question SET body = 'canary-7', audience = 1;"
	    "UPDATE answer SET body = 'canary-7'");
	crew_sign_in(h, CREW_MIRA);
	(void)crawl(h, expect_no_canary, canary);
}

/* ---- addresses ---- */

struct mailbox {
	enum world_visitor visitor;
	struct bytes *wrong;
};

static bool
is_text(const char *at, size_t length, const char *text)
{
	return strlen(text) == length && strncmp(at, text, length) == 0;
}

/* Whether the local part of an address may stand on this page of this visitor's. */
static bool
may_stand(const struct mailbox *box, const char *path, const char *local, size_t length)
{
	static const char *const own[WORLD_VISITORS] = { "", "Luna", "Luna", "Vega", "Altair",
		"Deneb", "Sirius", "Canopus", "Rigel", "Capella", "Polaris", "Electra", "Spica",
		"Algol" };

	/* The programme's, and one that is a field's example. */
	if (is_text(local, length, "hello") || is_text(local, length, own[box->visitor])) {
		return true;
	}
	/* What events are called (RFC 5545, UID). */
	if (strstr(path, ".ics") != NULL && length == 32 &&
	    strspn(local, "0123456789abcdef") == length) {
		return true;
	}
	/* Whoever has the secret address, or the application itself. */
	if (strstr(path, "/received/") != NULL) {
		return is_text(local, length, "somebody");
	}
	/* Recipients of reports are listed for who keeps the list. */
	if (box->visitor == WORLD_ADMINISTRATOR && strstr(path, "/settings/conduct") != NULL) {
		return is_text(local, length, "capella");
	}
	if (box->visitor == WORLD_ORGANISER && strstr(path, "/organise/late") != NULL) {
		return is_text(local, length, "halley");
	}
	/* Whom the mails of decisions go to is looked at before they go. */
	if (box->visitor == WORLD_ORGANISER && strstr(path, "/organise/decisions") != NULL) {
		return is_text(local, length, "luna");
	}
	if (strstr(path, "/cohort/tell-me/") != NULL) {
		return is_text(local, length, "comet");
	}
	if (strstr(path, "/cohort/invitation/") != NULL ||
	    (box->visitor == WORLD_ORGANISER && strstr(path, "/organise/people") != NULL)) {
		return is_text(local, length, "nova");
	}
	if (strstr(path, "/confirm/") != NULL ||
	    (box->visitor == WORLD_ORGANISER && strstr(path, "/organise/mail") != NULL) ||
	    (box->visitor == WORLD_ORGANISER && strstr(path, "/applications/key") != NULL) ||
	    /* A seat was offered: blind review is over for the organisers. */
	    (box->visitor == WORLD_ORGANISER && strstr(path, "/review/key") != NULL) ||
	    (box->visitor <= WORLD_APPLICANT && strstr(path, "/mine/") != NULL)) {
		return is_text(local, length, "luna");
	}
	return false;
}

static void
look_for_addresses(struct harness *harness, const char *path, void *context)
{
	static const char letters[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-";
	struct mailbox *box = context;
	const char *body = harness_body_text(harness), *at = body;

	while ((at = strstr(at, "@example.org")) != NULL) {
		const char *local = at;

		while (local > body && strchr(letters, local[-1]) != NULL) {
			local--;
		}
		if (!may_stand(box, path, local, (size_t)(at - local))) {
			bytes_format(box->wrong, "%s reads %.*s@… at %s\n",
			    world_visitor_name(box->visitor), (int)(at - local), local, path);
		}
		at++;
	}
}

static void
safety_31_nobody_reads_the_address_of_another(void **state)
{
	struct harness *h = *state;
	struct bytes *wrong = bytes_new(harness_arena(h));

	for (int visitor = 0; visitor < WORLD_VISITORS; visitor++) {
		struct mailbox box = { (enum world_visitor)visitor, wrong };

		world_become(h, (enum world_visitor)visitor);
		(void)crawl(h, look_for_addresses, &box);
	}
	if (wrong->length > 0) {
		fail_msg("\n%s", wrong->data);
	}
}

/* ---- 32 ---- */

static void
safety_32_every_route_of_the_feed_is_the_same_for_every_visitor(void **state)
{
	struct harness *h = *state;

	harness_program(h, &feed_program);
	for (size_t i = 0; i < feed_program.count; i++) {
		const char *path = world_path(h, &feed_program, &feed_program.routes[i]);
		const char *head = NULL, *body = NULL;

		for (int visitor = 0; visitor < WORLD_VISITORS; visitor++) {
			world_become(h, (enum world_visitor)visitor);
			harness_get(h, path);
			if (harness_status(h) == 404) {
				/* Its page has the number of the request. */
				assert_null(harness_header(h, "Set-Cookie"));
				continue;
			}
			if (head == NULL) {
				head = harness_head_text(h);
				body = harness_body_text(h);
			}
			assert_string_equal(harness_head_text(h), head);
			assert_string_equal(harness_body_text(h), body);
		}
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(safety_28_following_every_link_changes_nothing),
		test(safety_28_head_of_every_route_changes_nothing_and_has_no_body),
		test(safety_31_everything_private_is_read_by_those_it_is_for_and_nobody_else),
		test(safety_31_what_is_for_navigators_is_not_for_the_group),
		test(safety_31_nobody_reads_the_address_of_another),
		test(safety_32_every_route_of_the_feed_is_the_same_for_every_visitor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
