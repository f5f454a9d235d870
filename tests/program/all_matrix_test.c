/*
 * The matrix of rights: every route of every program, sent by every kind of
 * visitor, with the exact status (safety rule 30).
 *
 * It is driven by the programs' own tables: a route without a line here fails,
 * and so does a line without its route. POSTs are sent with an empty form:
 * 422 is the form coming back to someone who may send it, 303 a button that
 * was pressed, or the way to sign in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "all_world.h"
#include "ground/bytes.h"

#define WEEK "/standup/:cohort/:group/:week"
#define ORGANISE "/cohort/:cohort/organise"

/* The columns in the order of enum world_visitor: stranger, applicant by her
 * link, applicant; Djangonaut of A, of B, navigator of B, captain of B,
 * organiser of another cohort; navigator and captain of A, organiser,
 * administrator; reviewer, reviewer of before. */
#define EVERYONE(s) \
	{ \
		s, s, s, s, s, s, s, s, s, s, s, s, s, s \
	}
#define SIGNED_IN(s) \
	{ \
		303, 303, s, s, s, s, s, s, s, s, s, s, s, s \
	}
#define AUTHOR(s) \
	{ \
		303, s, s, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404 \
	}
#define MEMBERS(s) \
	{ \
		303, 303, 404, s, s, s, s, 404, s, s, s, 404, 404, 404 \
	}
#define GROUP(s) \
	{ \
		303, 303, 404, s, 404, 404, 404, 404, s, s, s, 404, 404, 404 \
	}
#define DJANGONAUT(s) \
	{ \
		303, 303, 404, s, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404 \
	}
#define FACILITATORS(s) \
	{ \
		303, 303, 404, 404, 404, 404, 404, 404, s, s, s, 404, 404, 404 \
	}
#define CREW(s) \
	{ \
		303, 303, 404, 404, 404, s, s, 404, s, s, 404, 404, 404, 404 \
	}
#define ORGANISER(s) \
	{ \
		303, 303, 404, 404, 404, 404, 404, 404, 404, 404, s, 404, 404, 404 \
	}
#define APPOINTERS(s) \
	{ \
		303, 303, 404, 404, 404, 404, 404, 404, 404, 404, s, s, 404, 404 \
	}
#define REVIEWER(s) \
	{ \
		303, 303, 404, 404, 404, 404, 404, 404, 404, 404, s, 404, s, 404 \
	}
#define ADMINISTRATOR(s) \
	{ \
		303, 303, 404, 404, 404, 404, 404, 404, 404, 404, 404, s, 404, 404 \
	}

/* A feed as page, Atom and JSON. */
#define FEED(pattern, s) \
	{ METHOD_GET, pattern, EVERYONE(s) }, { METHOD_GET, pattern ".atom", EVERYONE(s) }, \
	{ \
		METHOD_GET, pattern ".json", EVERYONE(s) \
	}

static const struct line {
	enum method method;
	const char *pattern;
	int status[WORLD_VISITORS];
} lines[] = {
	{ METHOD_GET, "/apply/", EVERYONE(200) },
	{ METHOD_GET, "/apply/:cohort", EVERYONE(200) },
	{ METHOD_POST, "/apply/:cohort", EVERYONE(422) },
	/* Nobody of these organises pavo. */
	{ METHOD_GET, "/apply/:cohort/preview", SIGNED_IN(404) },
	{ METHOD_GET, "/apply/:cohort/received/:key", EVERYONE(200) },
	{ METHOD_GET, "/apply/confirm/:token", EVERYONE(200) },
	{ METHOD_POST, "/apply/confirm/:token", EVERYONE(303) },
	{ METHOD_GET, "/apply/mine/:application", AUTHOR(200) },
	{ METHOD_POST, "/apply/mine/:application", AUTHOR(422) },
	/* Its window is over. */
	{ METHOD_POST, "/apply/mine/:application/withdraw", AUTHOR(422) },
	{ METHOD_POST, "/apply/mine/:application/again", AUTHOR(422) },

	{ METHOD_GET, "/", EVERYONE(200) },
	{ METHOD_GET, "/cohort/", EVERYONE(200) },
	{ METHOD_GET, "/cohort/sign-in", EVERYONE(200) },
	{ METHOD_POST, "/cohort/sign-in", EVERYONE(422) },
	{ METHOD_GET, "/cohort/sign-in/sent", EVERYONE(200) },
	{ METHOD_GET, "/cohort/enter/:token", EVERYONE(200) },
	{ METHOD_POST, "/cohort/enter/:token", EVERYONE(303) },
	{ METHOD_POST, "/cohort/enter/:token/renew", EVERYONE(303) },
	{ METHOD_GET, "/cohort/sign-out", EVERYONE(200) },
	{ METHOD_POST, "/cohort/sign-out", EVERYONE(303) },
	{ METHOD_GET, "/cohort/me", SIGNED_IN(200) },
	{ METHOD_POST, "/cohort/me", SIGNED_IN(422) },
	{ METHOD_GET, "/cohort/me/sessions", SIGNED_IN(200) },
	{ METHOD_POST, "/cohort/me/sessions/end", SIGNED_IN(422) },
	{ METHOD_POST, "/cohort/me/sign-out", SIGNED_IN(303) },
	{ METHOD_GET, "/cohort/me/address", SIGNED_IN(200) },
	{ METHOD_POST, "/cohort/me/address", SIGNED_IN(422) },
	{ METHOD_POST, "/cohort/me/address/keep", SIGNED_IN(303) },
	{ METHOD_GET, "/cohort/me/addresses", SIGNED_IN(200) },
	{ METHOD_POST, "/cohort/me/addresses", SIGNED_IN(422) },
	{ METHOD_POST, "/cohort/me/addresses/end", SIGNED_IN(422) },
	/* Whoever reads the mailbox has the link. */
	{ METHOD_GET, "/cohort/me/data", SIGNED_IN(200) },
	{ METHOD_POST, "/cohort/me/data", SIGNED_IN(200) },
	{ METHOD_POST, "/cohort/me/erase", SIGNED_IN(303) },
	{ METHOD_GET, "/cohort/erase/:erasure", EVERYONE(200) },
	{ METHOD_POST, "/cohort/erase/:erasure", EVERYONE(422) },
	{ METHOD_GET, "/cohort/address/:change", EVERYONE(200) },
	{ METHOD_POST, "/cohort/address/:change", EVERYONE(303) },
	{ METHOD_GET, "/cohort/offer/:key", AUTHOR(200) },
	{ METHOD_POST, "/cohort/offer/:key/confirm", AUTHOR(303) },
	{ METHOD_POST, "/cohort/offer/:key/refuse", AUTHOR(303) },
	/* Whoever reads the mail has the link. */
	{ METHOD_GET, "/apply/:cohort/code", EVERYONE(200) },
	{ METHOD_POST, "/apply/:cohort/code", EVERYONE(422) },
	{ METHOD_POST, "/apply/:cohort/forget", EVERYONE(303) },
	{ METHOD_GET, "/apply/draft/:draft", EVERYONE(200) },
	{ METHOD_POST, "/apply/draft/:draft", EVERYONE(303) },
	{ METHOD_GET, ORGANISE "/late", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/late", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/late/end", ORGANISER(422) },
	{ METHOD_GET, "/cohort/invitation/accepted", EVERYONE(200) },
	{ METHOD_GET, "/cohort/invitation/declined", EVERYONE(200) },
	{ METHOD_GET, "/cohort/invitation/:invitation", EVERYONE(200) },
	{ METHOD_POST, "/cohort/invitation/:invitation", EVERYONE(422) },
	/* It is a navigator's. */
	{ METHOD_POST, "/cohort/invitation/:invitation/organise", EVERYONE(404) },
	{ METHOD_POST, "/cohort/invitation/:invitation/decline", EVERYONE(303) },
	{ METHOD_GET, "/cohort/tell-me", EVERYONE(200) },
	{ METHOD_POST, "/cohort/tell-me", EVERYONE(422) },
	{ METHOD_GET, "/cohort/tell-me/sent", EVERYONE(200) },
	{ METHOD_GET, "/cohort/tell-me/:subscription", EVERYONE(200) },
	{ METHOD_POST, "/cohort/tell-me/:subscription", EVERYONE(303) },
	/* A redirect would be against RFC 8058. */
	{ METHOD_GET, "/cohort/stop/:stop", EVERYONE(200) },
	{ METHOD_POST, "/cohort/stop/:stop", EVERYONE(200) },
	/* Whoever organises any cohort may make another. */
	{ METHOD_GET, "/cohort/new",
	    { 303, 303, 404, 404, 404, 404, 404, 200, 404, 404, 200, 200, 404, 404 } },
	{ METHOD_POST, "/cohort/new",
	    { 303, 303, 404, 404, 404, 404, 404, 422, 404, 404, 422, 422, 404, 404 } },
	{ METHOD_GET, "/cohort/:cohort", EVERYONE(200) },
	{ METHOD_GET, "/cohort/:cohort/group/:group", EVERYONE(200) },
	{ METHOD_GET, "/cohort/:cohort/members", MEMBERS(200) },
	{ METHOD_GET, "/cohort/:cohort/hours", CREW(200) },
	{ METHOD_POST, "/cohort/:cohort/hours", CREW(422) },
	/* Organisers leave when another of them says so. */
	{ METHOD_POST, "/cohort/:cohort/members/leave",
	    { 303, 303, 404, 303, 303, 303, 303, 404, 303, 303, 422, 404, 404, 404 } },
	{ METHOD_GET, "/cohort/:cohort/review", REVIEWER(200) },
	/* Its cohort is under way: reviews are over. */
	{ METHOD_POST, "/cohort/:cohort/review/next", REVIEWER(422) },
	{ METHOD_GET, "/cohort/:cohort/review/:application", REVIEWER(200) },
	{ METHOD_POST, "/cohort/:cohort/review/:application", REVIEWER(422) },
	{ METHOD_POST, "/cohort/:cohort/review/:application/conflict", REVIEWER(303) },
	{ METHOD_POST, "/cohort/:cohort/review/:application/reveal", REVIEWER(303) },
	{ METHOD_GET, ORGANISE "/reviewers", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/reviewers", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/reviewers/member", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/reviewers/end", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/reviewers/names", ORGANISER(303) },
	{ METHOD_GET, ORGANISE, ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/publish", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/form-groups", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/launch", ORGANISER(422) },
	{ METHOD_GET, ORGANISE "/edit", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/edit", ORGANISER(422) },
	{ METHOD_GET, ORGANISE "/weeks", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/weeks", ORGANISER(422) },
	{ METHOD_GET, ORGANISE "/projects", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/projects", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/projects/remove", ORGANISER(422) },
	{ METHOD_GET, ORGANISE "/projects/:project", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/projects/:project", ORGANISER(422) },
	{ METHOD_GET, ORGANISE "/levels", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/levels", ORGANISER(422) },
	{ METHOD_GET, ORGANISE "/criteria", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/criteria", ORGANISER(422) },
	{ METHOD_GET, ORGANISE "/criteria/:criterion", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/criteria/:criterion", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/criteria/:criterion/move", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/criteria/:criterion/remove", ORGANISER(303) },
	{ METHOD_POST, ORGANISE "/criteria/:retired/revive", ORGANISER(303) },
	{ METHOD_GET, ORGANISE "/form", ORGANISER(200) },
	{ METHOD_GET, ORGANISE "/form/:purpose", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/form/:purpose", ORGANISER(422) },
	/* That of the applicants stands in their program. */
	{ METHOD_GET, ORGANISE "/form/:purpose/preview", ORGANISER(303) },
	{ METHOD_POST, ORGANISE "/form/:purpose/copy", ORGANISER(422) },
	{ METHOD_GET, ORGANISE "/form/:purpose/question/new", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/form/:purpose/question/new", ORGANISER(422) },
	{ METHOD_GET, ORGANISE "/form/:purpose/question/:item", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/form/:purpose/question/:item", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/form/:purpose/question/:item/move", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/form/:purpose/question/:item/retire", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/form/:purpose/question/:item/return", ORGANISER(422) },
	{ METHOD_GET, ORGANISE "/people", APPOINTERS(200) },
	{ METHOD_POST, ORGANISE "/people", APPOINTERS(422) },
	{ METHOD_POST, ORGANISE "/people/again", APPOINTERS(422) },
	{ METHOD_POST, ORGANISE "/people/cancel", APPOINTERS(422) },
	{ METHOD_POST, ORGANISE "/people/return", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/people/end", APPOINTERS(422) },
	{ METHOD_GET, ORGANISE "/applications", ORGANISER(200) },
	{ METHOD_GET, ORGANISE "/applications.csv", ORGANISER(200) },
	{ METHOD_GET, ORGANISE "/applications/:application", ORGANISER(200) },
	{ METHOD_GET, ORGANISE "/decisions", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/decisions/add", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/decisions/send", ORGANISER(422) },
	{ METHOD_GET, ORGANISE "/decisions/mail/:decision", ORGANISER(200) },
	{ METHOD_GET, ORGANISE "/waitlist", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/waitlist/release", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/waitlist/move", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/waitlist/close", ORGANISER(303) },
	{ METHOD_GET, ORGANISE "/groups", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/placing", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/placing/leave", ORGANISER(422) },
	{ METHOD_GET, ORGANISE "/groups/new", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/groups/new", ORGANISER(422) },
	{ METHOD_GET, ORGANISE "/groups/:group", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/groups/:group", ORGANISER(422) },
	{ METHOD_GET, ORGANISE "/mail", ORGANISER(200) },
	{ METHOD_GET, ORGANISE "/mail/:mail", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/mail/:mail/retry", ORGANISER(303) },
	{ METHOD_POST, ORGANISE "/mail/:mail/cancel", ORGANISER(303) },
	{ METHOD_GET, ORGANISE "/meetings", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/meetings", ORGANISER(422) },
	{ METHOD_GET, ORGANISE "/meetings/:meeting", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/meetings/:meeting", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/meetings/:meeting/cancel", ORGANISER(303) },
	{ METHOD_GET, ORGANISE "/hooks", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/hooks", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/hooks/:hook/remove", ORGANISER(303) },
	{ METHOD_POST, ORGANISE "/hooks/:hook/test", ORGANISER(303) },
	{ METHOD_GET, ORGANISE "/wording", ORGANISER(200) },
	{ METHOD_GET, ORGANISE "/wording/:kind", ORGANISER(200) },
	{ METHOD_POST, ORGANISE "/wording/:kind", ORGANISER(422) },
	{ METHOD_POST, ORGANISE "/wording/:kind/reset", ORGANISER(303) },
	{ METHOD_GET, ORGANISE "/log", ORGANISER(200) },
	{ METHOD_GET, "/cohort/conduct", EVERYONE(200) },
	{ METHOD_GET, "/cohort/conduct/report", EVERYONE(200) },
	{ METHOD_POST, "/cohort/conduct/report", EVERYONE(422) },
	{ METHOD_GET, "/cohort/conduct/report/sent", EVERYONE(200) },
	{ METHOD_GET, "/cohort/privacy", EVERYONE(200) },
	{ METHOD_GET, "/cohort/contact", EVERYONE(200) },
	{ METHOD_GET, "/cohort/settings", ADMINISTRATOR(200) },
	{ METHOD_POST, "/cohort/settings", ADMINISTRATOR(422) },
	{ METHOD_GET, "/cohort/settings/privacy", ADMINISTRATOR(200) },
	{ METHOD_POST, "/cohort/settings/privacy", ADMINISTRATOR(422) },
	{ METHOD_GET, "/cohort/settings/conduct", ADMINISTRATOR(200) },
	{ METHOD_POST, "/cohort/settings/conduct", ADMINISTRATOR(422) },
	{ METHOD_POST, "/cohort/settings/conduct/add", ADMINISTRATOR(422) },
	{ METHOD_POST, "/cohort/settings/conduct/remove", ADMINISTRATOR(422) },
	{ METHOD_GET, "/cohort/settings/mail", ADMINISTRATOR(200) },
	{ METHOD_GET, "/cohort/settings/mail/:mail", ADMINISTRATOR(200) },
	{ METHOD_POST, "/cohort/settings/mail/:mail/retry", ADMINISTRATOR(303) },
	{ METHOD_POST, "/cohort/settings/mail/:mail/cancel", ADMINISTRATOR(303) },
	{ METHOD_GET, "/cohort/settings/hooks", ADMINISTRATOR(200) },
	{ METHOD_POST, "/cohort/settings/hooks", ADMINISTRATOR(422) },
	/* The hook of this world is a cohort's, not the programme's. */
	{ METHOD_POST, "/cohort/settings/hooks/:hook/remove", ADMINISTRATOR(422) },
	{ METHOD_POST, "/cohort/settings/hooks/:hook/test", ADMINISTRATOR(422) },
	{ METHOD_GET, "/cohort/settings/wording", ADMINISTRATOR(200) },
	{ METHOD_GET, "/cohort/settings/wording/:kind", ADMINISTRATOR(200) },
	{ METHOD_POST, "/cohort/settings/wording/:kind", ADMINISTRATOR(422) },
	{ METHOD_POST, "/cohort/settings/wording/:kind/reset", ADMINISTRATOR(303) },
	{ METHOD_GET, "/cohort/settings/log", ADMINISTRATOR(200) },

	{ METHOD_GET, "/standup/", SIGNED_IN(200) },
	{ METHOD_GET, "/standup/:cohort/:group", GROUP(200) },
	{ METHOD_GET, WEEK, GROUP(200) },
	{ METHOD_POST, WEEK "/check-in", DJANGONAUT(422) },
	{ METHOD_POST, WEEK "/check-in/audience", DJANGONAUT(422) },
	{ METHOD_POST, WEEK "/question", DJANGONAUT(422) },
	{ METHOD_POST, WEEK "/question/:question", GROUP(422) },
	{ METHOD_POST, WEEK "/question/:question/audience", GROUP(422) },
	/* Only who asked can say so: the Djangonaut of A here. */
	{ METHOD_POST, WEEK "/question/:question/resolved", DJANGONAUT(303) },
	{ METHOD_POST, WEEK "/question/:question/answer", GROUP(422) },
	{ METHOD_POST, WEEK "/answer/:answer", GROUP(422) },
	{ METHOD_POST, WEEK "/answer/:answer/audience", GROUP(422) },
	{ METHOD_POST, WEEK "/attendance", FACILITATORS(303) },
	{ METHOD_POST, WEEK "/notes", FACILITATORS(422) },
	{ METHOD_POST, WEEK "/highlight", FACILITATORS(422) },
	{ METHOD_GET, WEEK "/highlight/:highlight", FACILITATORS(200) },
	{ METHOD_POST, WEEK "/highlight/:highlight", FACILITATORS(422) },
	{ METHOD_POST, WEEK "/highlight/:highlight/withdrawn", FACILITATORS(303) },

	{ METHOD_GET, "/feed/", EVERYONE(200) },
	{ METHOD_GET, "/feed/all.atom", EVERYONE(200) },
	{ METHOD_GET, "/feed/all.json", EVERYONE(200) },
	FEED("/feed/kind/:kind", 200),
	FEED("/feed/:cohort", 200),
	FEED("/feed/:cohort/:group", 200),
	{ METHOD_GET, "/feed/:cohort.ics", EVERYONE(200) },
	{ METHOD_GET, "/feed/:cohort/:group/highlight/:highlight", EVERYONE(200) },
	/* Whoever knows the address reads. */
	{ METHOD_GET, "/feed/private/:private.atom", EVERYONE(200) },
	{ METHOD_GET, "/feed/calendar/:calendar.ics", EVERYONE(200) },
	/* Nothing is old enough. */
	FEED("/feed/all/archive/:archive", 404),
	FEED("/feed/kind/:kind/archive/:archive", 404),
	FEED("/feed/:cohort/archive/:archive", 404),
	FEED("/feed/:cohort/:group/archive/:archive", 404),
};

enum { LINES = sizeof(lines) / sizeof(lines[0]) };

static const struct line *
line_of(const struct route *route)
{
	for (size_t i = 0; i < LINES; i++) {
		if (lines[i].method == route->method &&
		    strcmp(lines[i].pattern, route->pattern) == 0) {
			return &lines[i];
		}
	}
	return NULL;
}

/* Of a route that is not for everyone, a stranger's 303 is the way to sign in. */
static bool
needs_sign_in(const struct line *line, enum world_visitor visitor)
{
	return visitor <= WORLD_LINKED && line->status[visitor] == 303 &&
	    line->status[WORLD_APPLICANT] != line->status[WORLD_STRANGER];
}

/* One cell; what is wrong with it goes into `wrong`. Who may not, changes nothing. */
static void
check_cell(struct harness *harness, const struct program *program, const struct route *route,
    enum world_visitor visitor, struct bytes *wrong)
{
	const struct line *line = line_of(route);
	const char *before;
	int expected;

	if (line == NULL) {
		bytes_format(wrong, "%s: no line\n", route->pattern);
		return;
	}
	expected = line->status[visitor];
	world_become(harness, visitor);
	before = harness_dump(harness);
	world_send(harness, program, route);
	if (harness_status(harness) != expected) {
		bytes_format(wrong, "%s %s by %s: %d, not %d\n", world_method(route),
		    route->pattern, world_visitor_name(visitor), harness_status(harness), expected);
		return;
	}
	if (needs_sign_in(line, visitor) && !world_sends_to_sign_in(harness)) {
		bytes_format(wrong, "%s %s by %s: not sent to sign in\n", world_method(route),
		    route->pattern, world_visitor_name(visitor));
	}
	if ((expected >= 400 || world_sends_to_sign_in(harness)) &&
	    strcmp(harness_dump(harness), before) != 0) {
		bytes_format(wrong, "%s %s by %s: refused, and something was written\n",
		    world_method(route), route->pattern, world_visitor_name(visitor));
	}
}

static void
check_program(struct harness *template, const struct program *program, struct bytes *wrong)
{
	for (size_t i = 0; i < program->count; i++) {
		struct harness *harness = harness_new(program);

		for (int visitor = 0; visitor < WORLD_VISITORS; visitor++) {
			world_restore(harness, template);
			check_cell(harness, program, &program->routes[i],
			    (enum world_visitor)visitor, wrong);
		}
		harness_free(harness);
	}
}

static void
safety_30_every_route_of_every_program_answers_each_visitor_as_written(void **state)
{
	struct harness *template = world_new();
	struct bytes *wrong = bytes_new(harness_arena(template));

	(void)state;
	for (size_t i = 0; i < WORLD_PROGRAMS; i++) {
		check_program(template, world_programs[i], wrong);
	}
	if (wrong->length > 0) {
		fail_msg("\n%s", wrong->data);
	}
	harness_free(template);
}

static void
safety_30_no_route_is_without_its_line_and_no_line_without_its_route(void **state)
{
	size_t routes = 0;

	(void)state;
	for (size_t i = 0; i < WORLD_PROGRAMS; i++) {
		routes += world_programs[i]->count;
		for (size_t j = 0; j < world_programs[i]->count; j++) {
			const struct route *route = &world_programs[i]->routes[j];

			if (line_of(route) == NULL) {
				fail_msg("no line for %s %s", world_method(route), route->pattern);
			}
		}
	}
	assert_int_equal(routes, LINES);
	for (size_t i = 0; i < LINES; i++) {
		for (size_t j = 0; j < i; j++) {
			assert_false(lines[i].method == lines[j].method &&
			    strcmp(lines[i].pattern, lines[j].pattern) == 0);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    safety_30_no_route_is_without_its_line_and_no_line_without_its_route),
		cmocka_unit_test(
		    safety_30_every_route_of_every_program_answers_each_visitor_as_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
