#include "fixture.h"

#include <string.h>

#include "db/query/person.h"
#include "db/query/session.h"
#include "ground/token.h"
#include "model/session.h"
#include "model/tick.h"

static const unsigned char secret[32] = { 7 };

static struct link
recorded_link(struct model *model, int64_t person_id, const char *token)
{
	struct link link;

	assert_true(link_record_sign_in(model->db, model->arena, token, person_id, NULL, model->now,
	    model->now + SIGN_IN_LINK_SECONDS));
	assert_true(link_find(model->db, model->arena, token_hash(model->arena, token), &link));
	return link;
}

static bool
has_session(struct model *model, const char *token, int64_t now)
{
	struct session session;

	return session_find(
	    model->db, model->arena, token_hash(model->arena, token), now, &session);
}

static void
safety_14_reading_a_link_consumes_nothing(void **state)
{
	struct model *model = *state;
	struct link link = recorded_link(model, model->organiser_id, "t");

	for (int i = 0; i < 10; i++) {
		assert_true(
		    link_find(model->db, model->arena, token_hash(model->arena, "t"), &link));
	}
	assert_true(link_works(&link, model->now));
}

static void
safety_15_a_link_used_twice_makes_one_session(void **state)
{
	struct model *model = *state;
	struct link link = recorded_link(model, model->organiser_id, "t");
	const char *token = NULL;

	assert_int_equal(
	    link_enter(model->db, model->arena, &link, model->now, &token), LINK_ENTERED);
	assert_true(has_session(model, token, model->now));
	assert_int_equal(
	    link_enter(model->db, model->arena, &link, model->now, &token), LINK_SPENT);
}

static void
safety_16_a_link_older_than_ten_minutes_is_refused(void **state)
{
	struct model *model = *state;
	struct link link = recorded_link(model, model->organiser_id, "t");
	const char *token = NULL;

	assert_int_equal(
	    link_enter(model->db, model->arena, &link, model->now + 10 * CLOCK_MINUTE, &token),
	    LINK_SPENT);
	assert_int_equal(
	    link_enter(model->db, model->arena, &link, model->now + 10 * CLOCK_MINUTE - 1, &token),
	    LINK_ENTERED);
}

static void
safety_16_using_one_link_voids_the_others_asking_voids_none(void **state)
{
	struct model *model = *state;
	struct link first = recorded_link(model, model->organiser_id, "t1");
	struct link second = recorded_link(model, model->organiser_id, "t2");
	const char *token = NULL;

	assert_int_equal(
	    link_enter(model->db, model->arena, &first, model->now, &token), LINK_ENTERED);
	assert_false(link_find(model->db, model->arena, token_hash(model->arena, "t2"), &second));
}

static void
safety_17_the_database_holds_no_token(void **state)
{
	struct model *model = *state;
	const char *token =
	    session_start(model->db, model->arena, model->organiser_id, DB_NULL, model->now);
	struct session session;

	assert_int_equal(strlen(token), 43);
	assert_false(session_find(model->db, model->arena, token, model->now, &session));
	assert_true(has_session(model, token, model->now));
}

static void
asks(struct model *model, const char *email, const char *network, int times,
    enum sign_in_outcome outcome)
{
	for (int i = 0; i < times; i++) {
		assert_int_equal(
		    sign_in_ask(model->db, model->arena, secret, email, network, NULL, model->now),
		    outcome);
	}
}

static void
safety_18_unknown_addresses_are_answered_alike(void **state)
{
	struct model *model = *state;

	asks(model, "polaris@example.org", "192.0.2", 1, SIGN_IN_ASKED);
	asks(model, "nobody@example.org", "192.0.2", 1, SIGN_IN_ASKED);
	assert_int_equal(model_mails(model, "sign_in"), 1);
}

static void
safety_19_five_mails_an_hour_for_an_address_from_one_network(void **state)
{
	struct model *model = *state;

	asks(model, "polaris@example.org", "192.0.2", 5, SIGN_IN_ASKED);
	asks(model, "POLARIS@example.org", "192.0.2", 1, SIGN_IN_TOO_MANY);
	/* Somebody else's flood locks no one out. */
	asks(model, "polaris@example.org", "198.51.100", 1, SIGN_IN_ASKED);
	assert_int_equal(model_mails(model, "sign_in"), 6);
	model->now += CLOCK_HOUR;
	asks(model, "polaris@example.org", "192.0.2", 1, SIGN_IN_ASKED);
}

static void
safety_19_twenty_mails_an_hour_for_an_address(void **state)
{
	struct model *model = *state;

	for (int i = 0; i < 4; i++) {
		asks(model, "polaris@example.org", arena_format(model->arena, "192.0.%d", i), 5,
		    SIGN_IN_ASKED);
	}
	asks(model, "polaris@example.org", "192.0.9", 1, SIGN_IN_TOO_MANY);
}

static void
safety_19_sixty_mails_an_hour_for_a_network(void **state)
{
	struct model *model = *state;

	for (int i = 0; i < 12; i++) {
		asks(model, arena_format(model->arena, "star%d@example.org", i), "192.0.2", 5,
		    SIGN_IN_ASKED);
	}
	asks(model, "polaris@example.org", "192.0.2", 1, SIGN_IN_TOO_MANY);
}

static void
safety_21_a_disabled_account_has_no_session(void **state)
{
	struct model *model = *state;
	const char *token =
	    session_start(model->db, model->arena, model->organiser_id, DB_NULL, model->now);

	assert_int_equal(
	    person_set_disabled(model->db,
		&(struct person_set_disabled_in){ .id = model->organiser_id, .is_disabled = 1 }),
	    1);
	assert_false(has_session(model, token, model->now));
	asks(model, "polaris@example.org", "192.0.2", 1, SIGN_IN_ASKED);
	assert_int_equal(model_mails(model, "sign_in"), 0);
}

static void
safety_21_a_disabled_account_enters_by_no_link(void **state)
{
	struct model *model = *state;
	struct link link = recorded_link(model, model->organiser_id, "t");
	const char *token = NULL;

	assert_int_equal(
	    person_set_disabled(model->db,
		&(struct person_set_disabled_in){ .id = model->organiser_id, .is_disabled = 1 }),
	    1);
	assert_int_equal(
	    link_enter(model->db, model->arena, &link, model->now, &token), LINK_SPENT);
}

static void
safety_22_sessions_end_when_idle_and_in_any_case(void **state)
{
	struct model *model = *state;
	int64_t person_id = model_person(model, "vega");
	const char *token = session_start(model->db, model->arena, person_id, DB_NULL, model->now);
	struct session session;
	int64_t now = model->now;

	assert_true(has_session(model, token, now + 30 * CLOCK_DAY - 1));
	assert_false(has_session(model, token, now + 30 * CLOCK_DAY));
	assert_true(
	    session_find(model->db, model->arena, token_hash(model->arena, token), now, &session));
	for (int i = 0; i < 9; i++) {
		now += 19 * CLOCK_DAY;
		session_touch(model->db, session.id, now);
	}
	assert_true(has_session(model, token, now));
	assert_false(has_session(model, token, model->now + 180 * CLOCK_DAY));
}

static void
safety_22_organisers_sessions_idle_for_two_weeks(void **state)
{
	struct model *model = *state;
	const char *token =
	    session_start(model->db, model->arena, model->organiser_id, DB_NULL, model->now);

	assert_true(has_session(model, token, model->now + 14 * CLOCK_DAY - 1));
	assert_false(has_session(model, token, model->now + 14 * CLOCK_DAY));
}

static void
safety_54_tick_deletes_what_expired_so_no_clock_revives_it(void **state)
{
	struct model *model = *state;
	struct link link = recorded_link(model, model->organiser_id, "t");

	assert_true(tick(model->db, model->arena, link.expires_at));
	assert_false(link_find(model->db, model->arena, token_hash(model->arena, "t"), &link));
}

static void
safety_54_tick_deletes_idle_sessions_so_no_clock_revives_them(void **state)
{
	struct model *model = *state;
	const char *token = session_start(
	    model->db, model->arena, model_person(model, "vega"), DB_NULL, model->now);

	assert_true(tick(model->db, model->arena, model->now + 30 * CLOCK_DAY - 1));
	assert_true(has_session(model, token, model->now));
	assert_true(tick(model->db, model->arena, model->now + 30 * CLOCK_DAY));
	assert_false(has_session(model, token, model->now));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(safety_14_reading_a_link_consumes_nothing),
		model_test(safety_15_a_link_used_twice_makes_one_session),
		model_test(safety_16_a_link_older_than_ten_minutes_is_refused),
		model_test(safety_16_using_one_link_voids_the_others_asking_voids_none),
		model_test(safety_17_the_database_holds_no_token),
		model_test(safety_18_unknown_addresses_are_answered_alike),
		model_test(safety_19_five_mails_an_hour_for_an_address_from_one_network),
		model_test(safety_19_twenty_mails_an_hour_for_an_address),
		model_test(safety_19_sixty_mails_an_hour_for_a_network),
		model_test(safety_21_a_disabled_account_has_no_session),
		model_test(safety_21_a_disabled_account_enters_by_no_link),
		model_test(safety_22_sessions_end_when_idle_and_in_any_case),
		model_test(safety_22_organisers_sessions_idle_for_two_weeks),
		model_test(safety_54_tick_deletes_what_expired_so_no_clock_revives_it),
		model_test(safety_54_tick_deletes_idle_sessions_so_no_clock_revives_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
