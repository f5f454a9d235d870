/*
 * The organisers' page of reviewers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_reading.h"
#include "ground/clock.h"

#define REVIEWERS HOUSE_ORGANISE "/reviewers"

static int
organiser_set_up(void **state)
{
	(void)reading_set_up(state);
	house_sign_in(*state, "Polaris");
	return 0;
}

#define organiser_test(test) \
	cmocka_unit_test_setup_teardown(test, organiser_set_up, house_tear_down)

static void
appoint(struct harness *h, const char *name, const char *email)
{
	harness_field(h, "name", name);
	harness_field(h, "email", email);
	harness_post(h, REVIEWERS);
}

static void
press(struct harness *h, const char *step, int64_t person)
{
	harness_field(h, "person", arena_format(harness_arena(h), "%lld", (long long)person));
	harness_post(h, arena_format(harness_arena(h), REVIEWERS "/%s", step));
}

static void
somebody_is_appointed_by_name_and_address_and_told(void **state)
{
	struct harness *h = *state;

	appoint(h, "Nova", "nova@example.org");
	harness_expect_status(h, 303);
	harness_get(h, harness_header(h, "Location"));
	harness_expect(h, "A mail is on its way to them.");
	harness_expect(h, "<bdi>Nova</bdi>");
	/* Nobody's address stands on the page. */
	harness_expect_not(h, "nova@example.org");
	assert_string_equal(harness_rows(h, "SELECT kind, recipient, cohort_id FROM outbox"),
	    "reviewer_appointed|nova@example.org|1|\n");
	assert_string_equal(harness_rows(h, "SELECT action, actor_id, detail FROM audit"),
	    "role_given|1|reviewer|\n");
	house_sign_in(h, "Nova");
	harness_get(h, READING);
	harness_expect_status(h, 200);
	harness_get(h, REVIEWERS);
	harness_expect_status(h, 404);
}

static void
what_cannot_be_is_said_in_words(void **state)
{
	struct harness *h = *state;

	appoint(h, "Spica", "SPICA@example.org");
	harness_expect_status(h, 422);
	harness_expect(h, "They are a reviewer already.");
	appoint(h, "Polaris", "polaris@example.org");
	harness_expect(h, "Organisers review without being appointed.");
	appoint(h, "", "nowhere");
	harness_expect_status(h, 422);
	harness_expect(h, "name-error");
	harness_expect(h, "email-error");
	(void)house_member(h, "Altair", "djangonaut", 1);
	appoint(h, "Altair", "Altair@example.org");
	harness_expect_status(h, 422);
	harness_expect(h, "read nobody else’s application");
	harness_run_sql(h, "UPDATE person SET is_disabled = 1 WHERE name = 'Deneb'");
	appoint(h, "Deneb", "deneb@example.org");
	harness_expect(h, "has closed this account");
	harness_set_now(h, 1799020800 + 9 * 604800);
	house_sign_in(h, "Polaris");
	appoint(h, "Nova", "nova@example.org");
	harness_expect(h, "This cohort is finished");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM reviewer"), 1);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox"), 0);
}

static void
a_navigator_or_captain_is_appointed_by_a_button(void **state)
{
	struct harness *h = *state;

	(void)house_member(h, "Rigel", "navigator", 0);
	(void)house_member(h, "Altair", "djangonaut", 1);
	harness_get(h, REVIEWERS);
	harness_expect(h, "Appoint<span class=\"hide\"> <bdi>Rigel</bdi></span>");
	harness_expect_not(h, "<bdi>Altair</bdi>");
	press(h, "member", harness_number(h, "SELECT id FROM person WHERE name = 'Altair'"));
	harness_expect_status(h, 422);
	press(h, "member", harness_number(h, "SELECT id FROM person WHERE name = 'Rigel'"));
	harness_expect_status(h, 303);
	harness_get(h, REVIEWERS);
	harness_expect_not(h, "Appoint<span class=\"hide\"> <bdi>Rigel</bdi></span>");
	house_sign_in(h, "Rigel");
	harness_get(h, READING);
	harness_expect_status(h, 200);
}

static void
safety_21_who_is_ended_loses_the_right_at_once(void **state)
{
	struct harness *h = *state;

	reading_reviewed(h, 1, "Spica", 5000);
	harness_get(h, REVIEWERS);
	harness_expect(h, "1 review<");
	press(h, "end", READING_SPICA);
	harness_expect_status(h, 303);
	assert_string_equal(harness_rows(h, "SELECT action, subject_id, detail FROM audit"),
	    "role_ended|2|reviewer|\n");
	assert_int_equal(harness_number(h, "SELECT count(*) FROM review"), 1);
	press(h, "end", READING_SPICA);
	harness_expect_status(h, 422);
	house_sign_in(h, "Spica");
	harness_get(h, READING);
	harness_expect_status(h, 404);
	/* They can be asked again. */
	house_sign_in(h, "Polaris");
	appoint(h, "Spica", "spica@example.org");
	harness_expect_status(h, 303);
}

static void
blind_review_is_ended_once_for_the_organisers(void **state)
{
	struct harness *h = *state;

	harness_post(h, REVIEWERS "/names");
	harness_expect_status(h, 303);
	assert_int_equal(harness_number(h, "SELECT names_shown_at FROM cohort"), HARNESS_NOW);
	harness_set_now(h, HARNESS_NOW + 60);
	harness_post(h, REVIEWERS "/names");
	assert_int_equal(harness_number(h, "SELECT names_shown_at FROM cohort"), HARNESS_NOW);
	assert_string_equal(harness_rows(h, "SELECT action FROM audit"), "names_shown|\n");
	harness_get(h, REVIEWERS);
	harness_expect_not(h, "End blind review");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		organiser_test(somebody_is_appointed_by_name_and_address_and_told),
		organiser_test(what_cannot_be_is_said_in_words),
		organiser_test(a_navigator_or_captain_is_appointed_by_a_button),
		organiser_test(safety_21_who_is_ended_loses_the_right_at_once),
		organiser_test(blind_review_is_ended_once_for_the_organisers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
