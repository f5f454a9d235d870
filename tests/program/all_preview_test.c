/*
 * The applicants' form as its organisers see it before anybody else: the same
 * page, of which nothing can be sent.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/cohort/builder.h"
#include "all_form.h"
#include "all_world.h"
#include "cohort_house.h"
#include "web/request.h"

#define PREVIEW "/apply/orion/preview"

/* A question of each kind that looks different. */
static const char asked[] =
    "DELETE FROM application_answer; DELETE FROM questionnaire_item;"
    "INSERT INTO questionnaire_item (id, questionnaire_id, name, position, kind) SELECT"
    " column1, id, column2, column1, column3 FROM questionnaire, (VALUES"
    " (61, 'town', 'short'), (62, 'story', 'long'), (63, 'tools', 'several'))"
    " WHERE cohort_id = 1 AND purpose = 'apply';"
    "INSERT INTO item_wording (item_id, label, help, is_required, options, made_at) VALUES"
    " (61, 'Which town?', 'Any *one*', 1, '', 1), (62, 'Your story', '', 0, '', 1),"
    " (63, 'Which tools?', '', 0, 'A pen' || char(10) || 'A list', 1);"
    "UPDATE questionnaire SET intro = 'Take *your* time.', minutes = 35 WHERE cohort_id = 1";

static void
organisers_see_the_form_as_applicants_will_and_can_send_nothing(void **state)
{
	struct harness *h = *state;

	harness_run_sql(h, asked);
	/* Before it opens, too. */
	harness_run_sql(h, "UPDATE cohort SET opens_at = 1799000000, closes_at = 1799010000");
	harness_program(h, &apply_program);
	harness_get(h, PREVIEW);
	harness_expect_status(h, 200);
	harness_expect(h, "This is how applicants see the form. Nothing can be sent from here.");
	harness_expect(h, "href=\"/cohort/orion/organise/form/apply\"");
	harness_expect(h, "about 35 minutes");
	harness_expect(h, "Take <em>your</em> time.");
	harness_expect(h, "Which town?");
	harness_expect(h, "Any <em>one</em>");
	harness_expect(h, "value=\"A list\"");
	harness_expect(h, "name=\"email\"");
	harness_expect(h, "<form method=\"dialog\">");
	harness_expect_not(h, "action=\"/apply/orion\"");
	harness_expect_not(h, "Send the application");
}

static void
nobody_else_sees_it(void **state)
{
	struct harness *h = *state;

	(void)house_member(h, "Rigel", "navigator", 0);
	harness_program(h, &apply_program);
	house_sign_in(h, "Rigel");
	harness_get(h, PREVIEW);
	harness_expect_status(h, 404);
	harness_forget(h);
	harness_get(h, PREVIEW);
	harness_expect_status(h, 303);
}

/* A form without questions of the cohort's own. */
static const struct form *
always_of(struct harness *h, const struct program *program, const char *pattern)
{
	for (size_t i = 0; i < program->count; i++) {
		const struct route *route = &program->routes[i];

		if (route->method == METHOD_POST && strcmp(route->pattern, pattern) == 0) {
			return world_form(h, program, route);
		}
	}
	fail_msg("no form at %s", pattern);
	return NULL;
}

static void
the_fields_of_every_form_need_no_more_room_than_the_builder_keeps_for_them(void **state)
{
	static const struct {
		const struct program *program;
		const char *pattern, *purpose;
	} forms[] = {
		{ &apply_program, "/apply/:cohort", "apply" },
		{ &cohort_program, "/cohort/invitation/:invitation", "navigator" },
		{ &cohort_program, "/cohort/invitation/:invitation", "captain" },
		{ &cohort_program, "/cohort/invitation/:invitation/organise", "organiser" },
	};
	struct harness *h = world_new();

	(void)state;
	harness_run_sql(h,
	    "DELETE FROM application_answer; DELETE FROM volunteer_answer;"
	    "DELETE FROM questionnaire_item");
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct builder_room room = builder_room_fixed(forms[i].purpose);
		size_t needed = form_body_max(always_of(h, forms[i].program, forms[i].pattern));

		if (needed > room.bytes) {
			fail_msg("%s needs %zu bytes", forms[i].pattern, needed);
		}
		/* And are not so few that nobody could ask anything. */
		assert_true(room.bytes < REQUEST_BODY_MAX / 2);
		assert_true(room.fields < REQUEST_FIELDS_MAX / 2);
	}
	harness_free(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(organisers_see_the_form_as_applicants_will_and_can_send_nothing),
		house_test(nobody_else_sees_it),
		cmocka_unit_test(
		    the_fields_of_every_form_need_no_more_room_than_the_builder_keeps_for_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
