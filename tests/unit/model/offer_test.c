#include "fixture.h"

#include "db/catalogue.h"
#include "db/query/member.h"
#include "db/query/offer.h"
#include "model/cohort_plan.h"
#include "model/offer.h"
#include "model/tick.h"

static enum offer_make_outcome
make(struct model *model, const struct application *application, int64_t now)
{
	return offer_make(model->db, model->arena, &model->cohort,
	    &(struct offer_terms){ .application_id = application->id, .email = application->email },
	    now);
}

static struct offer
offer_to(struct model *model, const struct application *application)
{
	struct offer offer;

	assert_int_equal(make(model, application, model->now), OFFER_MADE);
	assert_true(offer_of_application(model->db, model->arena,
	    &(struct offer_of_application_in){ .application_id = application->id }, &offer));
	return offer;
}

static void
carries_a_deadline_and_queues_one_mail(void **state)
{
	struct model *model = *state;
	struct application application = model_application(model, "vega");
	struct offer offer = offer_to(model, &application);

	assert_int_equal(offer.deadline_at, model->now + 7 * CLOCK_DAY);
	assert_int_equal(offer_state(&offer, model->now), OFFER_OFFERED);
	assert_int_equal(model_mails(model, "offer"), 1);
	assert_int_equal(make(model, &application, model->now), OFFER_ALREADY);
	assert_int_equal(model_mails(model, "offer"), 1);
}

static void
begins_the_cohorts_offering(void **state)
{
	struct model *model = *state;
	struct application application = model_application(model, "vega");

	offer_to(model, &application);
	model_refresh(model);
	assert_int_equal(cohort_state(&model->cohort, model->cohort.closes_at), COHORT_OFFERING);
}

static void
makes_a_djangonaut_of_who_says_yes(void **state)
{
	struct model *model = *state;
	struct application application = model_application(model, "vega");
	struct offer offer = offer_to(model, &application);
	struct member member;

	assert_int_equal(offer_answer(model->db, model->arena, &offer, true, offer.deadline_at - 1),
	    OFFER_ANSWERED);
	assert_true(member_find(model->db, model->arena,
	    &(struct member_find_in){ .cohort_id = model->cohort.id,
		.person_id = application.person_id,
		.role = "djangonaut" },
	    &member));
	assert_int_equal(member.level, 2);
}

static void
takes_no_answer_from_the_deadline_on(void **state)
{
	struct model *model = *state;
	struct application application = model_application(model, "vega");
	struct offer offer = offer_to(model, &application);

	assert_int_equal(
	    offer_answer(model->db, model->arena, &offer, true, offer.deadline_at), OFFER_OVER);
	assert_int_equal(offer_state(&offer, offer.deadline_at), OFFER_LAPSED);
}

/* Writes a state past the model, as a mistake of ours would. */
static int64_t
force_state(struct model *model, int64_t id, const char *to, int64_t ended_at)
{
	static const struct db_field binds[] = {
		{ DB_TEXT, offsetof(struct offer_end_in, state) },
		{ DB_INTEGER, offsetof(struct offer_end_in, now) },
		{ DB_INTEGER, offsetof(struct offer_end_in, id) },
	};
	struct db_query query = {
		.name = "force_state",
		.sql = "UPDATE offer SET state = ?1, ended_at = ?2"
		       " WHERE id = ?3",
		.index = db_query_count,
		.binds = binds,
		.bind_count = 3,
	};

	return db_exec(
	    model->db, &query, &(struct offer_end_in){ .id = id, .state = to, .now = ended_at });
}

static void
tries_every_step_and_takes_those_from_offered_only(void **state)
{
	static const char *const ends[] = { "confirmed", "refused", "lapsed" };
	struct model *model = *state;

	for (size_t from = 0; from < 3; from++) {
		struct application application =
		    model_application(model, arena_format(model->arena, "star%zu", from));
		struct offer offer = offer_to(model, &application);

		assert_int_equal(offer_end(model->db,
				     &(struct offer_end_in){
					 .id = offer.id, .state = ends[from], .now = model->now }),
		    1);
		for (size_t to = 0; to < 3; to++) {
			assert_int_equal(force_state(model, offer.id, ends[to], model->now),
			    from == to ? 1 : -1);
		}
		assert_int_equal(force_state(model, offer.id, "offered", DB_NULL), -1);
	}
}

static void
offers_no_more_seats_than_there_are(void **state)
{
	struct model *model = *state;
	struct application last;

	for (int i = 0; i < 20; i++) {
		struct application application =
		    model_application(model, arena_format(model->arena, "star%d", i));

		offer_to(model, &application);
	}
	last = model_application(model, "vega");
	assert_int_equal(make(model, &last, model->now), OFFER_NO_SEAT);
	/* A lapsed offer's seat is free at once, before any tick. */
	assert_int_equal(make(model, &last, model->now + 7 * CLOCK_DAY), OFFER_MADE);
}

static void
offers_nothing_for_what_does_not_count(void **state)
{
	struct model *model = *state;
	struct application application = model_application(model, "vega");

	assert_int_equal(
	    application_withdraw(model->db, model->arena, &model->cohort, &application, model->now),
	    APPLICATION_CHANGED);
	assert_int_equal(make(model, &application, model->now), OFFER_DOES_NOT_COUNT);
}

static void
gives_the_seat_back_when_the_application_is_withdrawn(void **state)
{
	struct model *model = *state;
	struct application application = model_application(model, "vega");
	struct offer offer = offer_to(model, &application);

	assert_int_equal(application_withdraw(
			     model->db, model->arena, &model->cohort, &application, model->now + 1),
	    APPLICATION_CHANGED);
	assert_true(offer_find(model->db, model->arena, offer.key, &offer));
	assert_int_equal(offer_state(&offer, model->now + 1), OFFER_REFUSED);
}

static void
passes_no_seat_on_after_week_one(void **state)
{
	struct model *model = *state;
	struct application application = model_application(model, "vega");

	assert_int_equal(make(model, &application, cohort_week_starts(&model->cohort, 2)),
	    OFFER_TOO_LATE_TO_MAKE);
}

static void
lapses_by_tick_at_the_deadline(void **state)
{
	struct model *model = *state;
	struct application application = model_application(model, "vega");
	struct offer offer = offer_to(model, &application);

	assert_int_equal(
	    tick_due(model->db, model->arena, offer.deadline_at - 1), offer.deadline_at);
	assert_true(tick(model->db, model->arena, offer.deadline_at));
	assert_true(offer_find(model->db, model->arena, offer.key, &offer));
	assert_string_equal(offer.state, "lapsed");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(carries_a_deadline_and_queues_one_mail),
		model_test(begins_the_cohorts_offering),
		model_test(makes_a_djangonaut_of_who_says_yes),
		model_test(takes_no_answer_from_the_deadline_on),
		model_test(tries_every_step_and_takes_those_from_offered_only),
		model_test(offers_no_more_seats_than_there_are),
		model_test(offers_nothing_for_what_does_not_count),
		model_test(gives_the_seat_back_when_the_application_is_withdrawn),
		model_test(passes_no_seat_on_after_week_one),
		model_test(lapses_by_tick_at_the_deadline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
