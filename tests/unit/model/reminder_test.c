#include "model/reminder.h"

#include <string.h>

#include "db/query/member.h"
#include "db/query/offer.h"
#include "db/query/person.h"
#include "db/query/standup.h"
#include "db/query/subscription.h"
#include "fixture.h"
#include "model/group_plan.h"
#include "model/cohort_plan.h"
#include "model/member.h"
#include "model/offer.h"
#include "model/outbox.h"
#include "model/standup.h"
#include "model/tick.h"

static struct offer
offer_to(struct model *model, const char *name)
{
	struct application application = model_application(model, name);
	struct offer offer;

	assert_int_equal(offer_make(model->db, model->arena, &model->cohort,
			     &(struct offer_terms){
				 .application_id = application.id, .email = application.email },
			     model->now),
	    OFFER_MADE);
	assert_true(offer_of_application(model->db, model->arena,
	    &(struct offer_of_application_in){ .application_id = application.id }, &offer));
	return offer;
}

static void
assert_mails(struct model *model, const char *kind, int64_t now, size_t expected)
{
	assert_true(reminder_queue(model->db, model->arena, now));
	assert_int_equal(model_mails(model, kind), expected);
	/* Again at the same instant: nothing more. */
	assert_true(tick(model->db, model->arena, now));
	assert_int_equal(model_mails(model, kind), expected);
}

static void
an_offer_is_reminded_of_three_days_and_a_day_before_its_end(void **state)
{
	struct model *model = *state;
	struct offer offer = offer_to(model, "vega");
	const int64_t end = offer.deadline_at;

	assert_int_equal(reminder_due(model->db, model->arena, model->now), end - 3 * CLOCK_DAY);
	assert_int_equal(tick_due(model->db, model->arena, model->now), end - 3 * CLOCK_DAY);
	assert_mails(model, "offer_reminder", end - 3 * CLOCK_DAY - 1, 0);
	assert_mails(model, "offer_reminder", end - 3 * CLOCK_DAY, 1);
	assert_int_equal(
	    reminder_due(model->db, model->arena, end - 3 * CLOCK_DAY), end - CLOCK_DAY);
	assert_mails(model, "offer_reminder", end - CLOCK_DAY - 1, 1);
	assert_mails(model, "offer_reminder", end - CLOCK_DAY, 2);
	assert_mails(model, "offer_reminder", end - 1, 2);
	assert_mails(model, "offer_reminder", end, 2);
}

static void
of_two_reminders_that_are_late_only_the_last_is_sent(void **state)
{
	struct model *model = *state;
	struct offer offer = offer_to(model, "vega");

	assert_mails(model, "offer_reminder", offer.deadline_at - 3600, 1);
	assert_true(reminder_offer_holds(offer.deadline_at, 1, offer.deadline_at - 3600));
	assert_false(reminder_offer_holds(offer.deadline_at, 3, offer.deadline_at - 3600));
	assert_false(reminder_offer_holds(offer.deadline_at, 1, offer.deadline_at));
	assert_true(reminder_offer_holds(offer.deadline_at, 3, offer.deadline_at - 2 * CLOCK_DAY));
}

static void
nobody_is_reminded_of_an_offer_that_was_answered(void **state)
{
	struct model *model = *state;
	struct offer yes = offer_to(model, "vega"), no = offer_to(model, "mira");

	assert_int_equal(
	    offer_answer(model->db, model->arena, &yes, true, model->now + 1), OFFER_ANSWERED);
	assert_int_equal(
	    offer_answer(model->db, model->arena, &no, false, model->now + 1), OFFER_ANSWERED);
	assert_mails(model, "offer_reminder", yes.deadline_at - CLOCK_DAY, 0);
	assert_int_equal(reminder_due(model->db, model->arena, model->now + 1), DB_NULL);
}

static void
nobody_is_reminded_within_a_day_of_the_offer(void **state)
{
	struct model *model = *state;
	struct offer offer;

	model->cohort.offer_days = 3;
	offer = offer_to(model, "vega");
	assert_int_equal(offer.deadline_at, model->now + 3 * CLOCK_DAY);
	assert_mails(model, "offer_reminder", model->now, 0);
	assert_mails(model, "offer_reminder", offer.deadline_at - CLOCK_DAY, 1);
}

/* A launched group: rigel navigates, vega and mira are Djangonauts. */
struct crew {
	struct model *model;
	int64_t rigel, vega, mira;
	struct standup standup;
	int64_t eve; /* a day before the stand-up */
};

static int64_t
seat(struct model *model, const char *name, const char *role, int64_t level)
{
	int64_t member_id = model_member(model, name, role, level);

	assert_int_equal(placement_make(model->db, model->arena, &model->cohort, &model->group,
			     member_id, NULL, model->now),
	    PLACEMENT_DONE);
	return member_id;
}

static struct crew
launch(struct model *model)
{
	struct crew crew = { .model = model };

	crew.rigel = seat(model, "rigel", "navigator", DB_NULL);
	crew.vega = seat(model, "vega", "djangonaut", 1);
	crew.mira = seat(model, "mira", "djangonaut", 2);
	assert_int_equal(
	    cohort_launch(model->db, model->arena, &model->cohort, model->now), COHORT_LAUNCHED);
	model_refresh(model);
	assert_true(standup_find(model->db, model->arena, model->group.id, 1, &crew.standup));
	crew.eve = crew.standup.starts_at - CLOCK_DAY;
	return crew;
}

static bool
has_reason(struct crew *crew, int64_t member_id, int64_t now)
{
	struct reminder_standup_letter_row row;

	return reminder_standup_read(
	    crew->model->db, crew->model->arena, crew->standup.id, member_id, now, &row);
}

static void
djangonauts_are_reminded_of_their_standup_a_day_before(void **state)
{
	struct crew crew = launch(*state);

	assert_mails(crew.model, "standup_tomorrow", crew.eve - 1, 0);
	assert_int_equal(reminder_due(crew.model->db, crew.model->arena, crew.eve - 1), crew.eve);
	assert_mails(crew.model, "standup_tomorrow", crew.eve, 2);
	assert_mails(crew.model, "standup_tomorrow", crew.eve + 3600, 2);
	assert_true(has_reason(&crew, crew.vega, crew.eve));
	assert_true(has_reason(&crew, crew.vega, crew.standup.starts_at - 1));
	assert_false(has_reason(&crew, crew.vega, crew.standup.starts_at));
	assert_false(has_reason(&crew, crew.rigel, crew.eve));
	/* The next one is a week later. */
	assert_int_equal(
	    reminder_due(crew.model->db, crew.model->arena, crew.eve), crew.eve + 7 * CLOCK_DAY);
}

static void
who_has_checked_in_is_not_reminded(void **state)
{
	struct crew crew = launch(*state);
	const struct check_in_words words = { .did = "Read",
		.next = "Write",
		.blocked = "",
		.audience = AUDIENCE_GROUP,
		.did_audience = AUDIENCE_GROUP,
		.next_audience = AUDIENCE_GROUP,
		.blocked_audience = AUDIENCE_GROUP };

	assert_int_equal(check_in_save(crew.model->db, crew.model->arena, &crew.model->cohort,
			     &crew.standup, crew.vega, &words, crew.eve - 1),
	    CHECK_IN_SAVED);
	assert_mails(crew.model, "standup_tomorrow", crew.eve, 1);
	assert_false(has_reason(&crew, crew.vega, crew.eve));
	/* Who checks in while the mail waits gets none either. */
	assert_true(has_reason(&crew, crew.mira, crew.eve));
	assert_int_equal(check_in_save(crew.model->db, crew.model->arena, &crew.model->cohort,
			     &crew.standup, crew.mira, &words, crew.eve + 1),
	    CHECK_IN_SAVED);
	assert_false(has_reason(&crew, crew.mira, crew.eve + 2));
}

static int64_t
person_of(struct crew *crew, int64_t member_id)
{
	struct member member;

	assert_true(member_by_id(crew->model->db, crew->model->arena,
	    &(struct member_by_id_in){ .id = member_id }, &member));
	return member.person_id;
}

static void
who_wants_none_or_is_kept_out_or_left_is_not_reminded(void **state)
{
	struct crew crew = launch(*state);
	struct db *db = crew.model->db;

	subscription_stop_reminders(db,
	    &(struct subscription_stop_reminders_in){ .person_id = person_of(&crew, crew.vega) });
	assert_false(has_reason(&crew, crew.vega, crew.eve));
	person_set_disabled(db,
	    &(struct person_set_disabled_in){
		.id = person_of(&crew, crew.mira), .is_disabled = 1 });
	assert_false(has_reason(&crew, crew.mira, crew.eve));
	assert_mails(crew.model, "standup_tomorrow", crew.eve, 0);
}

static void
who_left_the_cohort_is_not_reminded(void **state)
{
	struct crew crew = launch(*state);

	assert_true(member_end(crew.model->db, crew.model->arena, &crew.model->cohort, crew.vega,
	    crew.eve - CLOCK_HOUR));
	assert_mails(crew.model, "standup_tomorrow", crew.eve, 1);
	assert_false(has_reason(&crew, crew.vega, crew.eve));
}

static void
who_is_excused_is_not_reminded(void **state)
{
	struct crew crew = launch(*state);
	const struct attendance_mark mark = { .member_id = crew.vega, .status = "excused" };

	assert_int_equal(attendance_save(crew.model->db, crew.model->arena, &crew.model->cohort,
			     &crew.standup, crew.rigel, &mark, 1, crew.eve - 1),
	    ATTENDANCE_SAVED);
	assert_mails(crew.model, "standup_tomorrow", crew.eve, 1);
	assert_false(has_reason(&crew, crew.vega, crew.eve));
}

static void
a_standup_that_moves_is_reminded_of_anew(void **state)
{
	struct crew crew = launch(*state);
	const int64_t later = crew.standup.starts_at + 2 * CLOCK_DAY;

	assert_mails(crew.model, "standup_tomorrow", crew.eve, 2);
	assert_int_equal(standup_move(crew.model->db,
			     &(struct standup_move_in){ .group_id = crew.model->group.id,
				 .week = 1,
				 .starts_at = later,
				 .closes_at = later + CLOCK_HOUR,
				 .now = crew.eve }),
	    1);
	/* A mail that waited tells of an hour that is none any more. */
	assert_false(has_reason(&crew, crew.vega, crew.eve));
	assert_mails(crew.model, "standup_tomorrow", crew.eve + 1, 2);
	assert_int_equal(
	    reminder_due(crew.model->db, crew.model->arena, crew.eve + 1), later - CLOCK_DAY);
	assert_mails(crew.model, "standup_tomorrow", later - CLOCK_DAY, 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(an_offer_is_reminded_of_three_days_and_a_day_before_its_end),
		model_test(of_two_reminders_that_are_late_only_the_last_is_sent),
		model_test(nobody_is_reminded_of_an_offer_that_was_answered),
		model_test(nobody_is_reminded_within_a_day_of_the_offer),
		model_test(djangonauts_are_reminded_of_their_standup_a_day_before),
		model_test(who_has_checked_in_is_not_reminded),
		model_test(who_wants_none_or_is_kept_out_or_left_is_not_reminded),
		model_test(who_left_the_cohort_is_not_reminded),
		model_test(who_is_excused_is_not_reminded),
		model_test(a_standup_that_moves_is_reminded_of_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
