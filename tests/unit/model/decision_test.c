#include "fixture.h"

#include <string.h>

#include "db/query/member.h"
#include "db/query/offer.h"
#include "db/query/outbox.h"
#include "db/query/standing.h"
#include "model/decision.h"
#include "model/offer.h"
#include "model/standing.h"
#include "model/waitlist.h"

static enum standing
standing_now(struct model *model, const struct application *application)
{
	struct standing_of_row row;

	assert_true(standing_of(model->db, model->arena,
	    &(struct standing_of_in){ .application_id = application->id }, &row));
	return standing_read(row.standing);
}

static struct decision_report
decide(
    struct model *model, const struct application *application, const struct decision_terms *terms)
{
	struct decision_report report;

	assert_true(decision_make(model->db, model->arena, &model->cohort,
	    (const char *const[]){ application->key }, 1, terms, model->organiser_id, model->now,
	    &report));
	return report;
}

static struct application
decided(struct model *model, const char *name, const struct decision_terms *terms)
{
	struct application application = model_application(model, name);

	assert_int_equal(decide(model, &application, terms).decided, 1);
	return application;
}

static struct application
decided_as(struct model *model, const char *name, enum decision_kind kind)
{
	return decided(model, name, &(struct decision_terms){ .kind = kind, .group_id = DB_NULL });
}

static const char *
shown(struct model *model)
{
	struct decision_outlook outlook;

	assert_true(decision_outlook(model->db, model->arena, &model->cohort, &outlook));
	return outlook.shown;
}

static enum decision_send_outcome
send(struct model *model)
{
	return decision_send(model->db, model->arena, &model->cohort, shown(model), model->now);
}

/* The names on the waitlist, decided or told, in their order. */
static const char *
waiting_names(struct model *model)
{
	struct waiting_rows waiting =
	    waitlist_rows(model->db, model->arena, model->cohort.id, DB_NULL, -1, 0);
	const char *names = "";

	for (size_t i = 0; i < waiting.count; i++) {
		names = arena_format(model->arena, "%s %s", names, waiting.rows[i].name);
	}
	return names;
}

static void
tells_nobody_before_it_is_sent(void **state)
{
	struct model *model = *state;
	struct application vega = decided_as(model, "vega", DECISION_OFFER);
	struct decision decision;

	assert_true(decision_find_pending(model->db, model->arena, vega.id, &decision));
	assert_string_equal(decision.kind, "offer");
	assert_int_equal(standing_now(model, &vega), STANDING_COUNTING);
	assert_int_equal(outbox_list(model->db, model->arena).count, 0);
}

static void
sends_all_together_each_with_its_mail(void **state)
{
	struct model *model = *state;
	struct application vega = decided_as(model, "vega", DECISION_OFFER);
	struct application deneb = decided_as(model, "deneb", DECISION_WAITLIST);
	struct application mira = decided_as(model, "mira", DECISION_DECLINE);

	assert_int_equal(send(model), DECISION_SENT);
	assert_int_equal(standing_now(model, &vega), STANDING_OFFERED);
	assert_int_equal(standing_now(model, &deneb), STANDING_WAITLISTED);
	assert_int_equal(standing_now(model, &mira), STANDING_DECLINED);
	assert_int_equal(model_mails(model, "offer"), 1);
	assert_int_equal(model_mails(model, "waitlist"), 1);
	assert_int_equal(model_mails(model, "not_this_time"), 1);
	assert_int_equal(send(model), DECISION_NOTHING);
	assert_int_equal(outbox_list(model->db, model->arena).count, 3);
}

static void
sends_again_to_those_alone_who_were_not_written_to(void **state)
{
	struct model *model = *state;
	struct application mira;

	(void)decided_as(model, "vega", DECISION_DECLINE);
	assert_int_equal(send(model), DECISION_SENT);
	mira = decided_as(model, "mira", DECISION_DECLINE);
	assert_int_equal(send(model), DECISION_SENT);
	assert_int_equal(standing_now(model, &mira), STANDING_DECLINED);
	assert_int_equal(model_mails(model, "not_this_time"), 2);
}

static void
sends_nothing_that_the_page_did_not_show(void **state)
{
	struct model *model = *state;
	struct application vega = decided_as(model, "vega", DECISION_DECLINE);
	struct application late = model_application(model, "late");
	const char *page = shown(model);

	assert_int_equal(
	    decide(model, &late, &(struct decision_terms){ .kind = DECISION_DECLINE }).decided, 1);
	assert_int_equal(decision_send(model->db, model->arena, &model->cohort, page, model->now),
	    DECISION_CHANGED);
	assert_int_equal(
	    decide(model, &late, &(struct decision_terms){ .kind = DECISION_NONE }).decided, 1);
	/* As it was when the page was read. */
	assert_int_equal(decision_send(model->db, model->arena, &model->cohort, page, model->now),
	    DECISION_SENT);
	assert_int_equal(standing_now(model, &vega), STANDING_DECLINED);
	assert_int_equal(standing_now(model, &late), STANDING_COUNTING);
}

static void
notices_another_line_another_kind_and_a_role(void **state)
{
	struct model *model = *state;
	struct application vega = decided_as(model, "vega", DECISION_DECLINE);
	const char *before = shown(model);

	decide(model, &vega, &(struct decision_terms){ .kind = DECISION_DECLINE, .line = "Do" });
	assert_string_not_equal(shown(model), before);
	before = shown(model);
	assert_int_equal(member_insert(model->db,
			     &(struct member_insert_in){ .cohort_id = model->cohort.id,
				 .person_id = vega.person_id,
				 .role = "captain",
				 .level = DB_NULL,
				 .now = model->now }),
	    1);
	assert_string_not_equal(shown(model), before);
}

static void
makes_all_offers_or_none_of_them(void **state)
{
	struct model *model = *state;
	struct application declined = decided_as(model, "mira", DECISION_DECLINE);

	for (int i = 0; i < 21; i++) {
		(void)decided_as(model, arena_format(model->arena, "star%d", i), DECISION_OFFER);
	}
	assert_int_equal(model->cohort.seats, 20);
	assert_int_equal(send(model), DECISION_NO_SEAT);
	assert_int_equal(standing_now(model, &declined), STANDING_COUNTING);
	assert_int_equal(outbox_list(model->db, model->arena).count, 0);
}

static void
writes_no_result_to_people_with_a_role(void **state)
{
	struct model *model = *state;
	struct application vega = decided_as(model, "vega", DECISION_DECLINE);
	struct application rigel = model_application(model, "rigel");
	struct decision decision;

	assert_int_equal(member_insert(model->db,
			     &(struct member_insert_in){ .cohort_id = model->cohort.id,
				 .person_id = vega.person_id,
				 .role = "navigator",
				 .level = DB_NULL,
				 .now = model->now }),
	    1);
	assert_int_equal(member_insert(model->db,
			     &(struct member_insert_in){ .cohort_id = model->cohort.id,
				 .person_id = rigel.person_id,
				 .role = "captain",
				 .level = DB_NULL,
				 .now = model->now }),
	    1);
	assert_int_equal(
	    decide(model, &rigel,
		&(struct decision_terms){ .kind = DECISION_OFFER, .group_id = DB_NULL })
		.with_role,
	    1);
	assert_int_equal(send(model), DECISION_SENT);
	assert_int_equal(outbox_list(model->db, model->arena).count, 0);
	assert_false(decision_find_pending(model->db, model->arena, vega.id, &decision));
	assert_int_equal(standing_now(model, &vega), STANDING_COUNTING);
}

static void
lets_nobody_decide_on_their_own(void **state)
{
	struct model *model = *state;
	struct application own = model_application(model, "vega");
	struct decision_report report;

	assert_true(decision_make(model->db, model->arena, &model->cohort,
	    (const char *const[]){ own.key, "no such key" }, 2,
	    &(struct decision_terms){ .kind = DECISION_DECLINE }, own.person_id, model->now,
	    &report));
	assert_int_equal(report.decided, 0);
	assert_int_equal(report.refused, 2);
	/* Nor take back what others decided. */
	assert_int_equal(
	    decide(model, &own, &(struct decision_terms){ .kind = DECISION_DECLINE }).decided, 1);
	assert_true(decision_make(model->db, model->arena, &model->cohort,
	    (const char *const[]){ own.key }, 1, &(struct decision_terms){ .kind = DECISION_NONE },
	    own.person_id, model->now, &report));
	assert_int_equal(report.refused, 1);
	assert_int_equal(
	    decide(model, &own, &(struct decision_terms){ .kind = DECISION_NONE }).decided, 1);
}

static void
puts_on_the_waitlist_first_last_or_at_a_place(void **state)
{
	struct model *model = *state;
	static const struct {
		const char *name;
		int64_t place;
	} decisions[] = { { "b", DECISION_LAST }, { "e", DECISION_LAST }, { "a", 1 }, { "c", 3 },
		{ "f", 99 }, { "d", 4 } };

	for (size_t i = 0; i < 6; i++) {
		(void)decided(model, decisions[i].name,
		    &(struct decision_terms){
			.kind = DECISION_WAITLIST, .place = decisions[i].place });
		if (i == 2) {
			/* Those told and those decided stand in one row. */
			assert_int_equal(send(model), DECISION_SENT);
		}
	}
	assert_int_equal(send(model), DECISION_SENT);
	assert_string_equal(waiting_names(model), " a b c d e f");
}

static void
puts_several_behind_one_another_in_their_order(void **state)
{
	struct model *model = *state;
	const char *keys[3];
	struct decision_report report;

	(void)decided_as(model, "last", DECISION_WAITLIST);
	for (int i = 0; i < 3; i++) {
		keys[i] = model_application(model, arena_format(model->arena, "s%d", i)).key;
	}
	assert_true(decision_make(model->db, model->arena, &model->cohort, keys, 3,
	    &(struct decision_terms){ .kind = DECISION_WAITLIST, .place = 1 }, model->organiser_id,
	    model->now, &report));
	assert_int_equal(report.decided, 3);
	assert_int_equal(send(model), DECISION_SENT);
	assert_string_equal(waiting_names(model), " s0 s1 s2 last");
}

/* Of two at one place the one who applied first would be first. */
static void
gives_no_place_twice_when_those_told_were_put_in_another_order(void **state)
{
	struct model *model = *state;
	struct application c;

	(void)decided_as(model, "a", DECISION_WAITLIST);
	(void)decided_as(model, "b", DECISION_WAITLIST);
	c = decided_as(model, "c", DECISION_WAITLIST);
	assert_int_equal(send(model), DECISION_SENT);
	(void)decided(
	    model, "d", &(struct decision_terms){ .kind = DECISION_WAITLIST, .place = 2 });
	assert_int_equal(
	    waitlist_move(model->db, model->arena, &model->cohort, c.key, 1), WAITLIST_MOVED);
	assert_int_equal(send(model), DECISION_SENT);
	assert_string_equal(waiting_names(model), " c d a b");
}

static void
changes_its_mind_until_it_is_sent(void **state)
{
	struct model *model = *state;
	struct application vega = decided_as(model, "vega", DECISION_DECLINE);
	struct decision decision;

	assert_int_equal(
	    decide(model, &vega,
		&(struct decision_terms){
		    .kind = DECISION_OFFER, .group_id = model->group.id, .line = "Come!" })
		.decided,
	    1);
	assert_true(decision_find_pending(model->db, model->arena, vega.id, &decision));
	assert_string_equal(decision.line, "Come!");
	assert_int_equal(decision.group_id, model->group.id);
	assert_int_equal(
	    decide(model, &vega, &(struct decision_terms){ .kind = DECISION_NONE }).decided, 1);
	assert_int_equal(send(model), DECISION_NOTHING);
}

static void
drops_what_was_decided_of_an_application_that_is_withdrawn(void **state)
{
	struct model *model = *state;
	struct application vega = decided_as(model, "vega", DECISION_OFFER);

	assert_int_equal(
	    application_withdraw(model->db, model->arena, &model->cohort, &vega, model->now),
	    APPLICATION_CHANGED);
	assert_int_equal(send(model), DECISION_NOTHING);
	assert_int_equal(
	    decide(model, &vega, &(struct decision_terms){ .kind = DECISION_DECLINE }).refused, 1);
}

static void
decides_on_no_seat_and_no_place_after_week_one(void **state)
{
	struct model *model = *state;
	struct application vega = decided_as(model, "vega", DECISION_OFFER);
	const char *page = shown(model);

	model->now = cohort_week_starts(&model->cohort, 2);
	assert_int_equal(decision_send(model->db, model->arena, &model->cohort, page, model->now),
	    DECISION_TOO_LATE);
	assert_true(decide(
	    model, &vega, &(struct decision_terms){ .kind = DECISION_OFFER, .group_id = DB_NULL })
			.is_too_late);
	assert_int_equal(
	    decide(model, &vega, &(struct decision_terms){ .kind = DECISION_DECLINE }).decided, 1);
	assert_int_equal(send(model), DECISION_SENT);
}

static void
passes_a_freed_seat_on_when_it_takes_the_last_one(void **state)
{
	struct model *model = *state;
	struct application first = decided_as(model, "first", DECISION_OFFER);
	struct offer offer;

	model->cohort.seats = 20;
	assert_int_equal(send(model), DECISION_SENT);
	assert_true(offer_of_application(model->db, model->arena,
	    &(struct offer_of_application_in){ .application_id = first.id }, &offer));
	assert_int_equal(
	    offer_answer(model->db, model->arena, &offer, false, model->now), OFFER_ANSWERED);
	for (int i = 0; i < 19; i++) {
		(void)decided_as(model, arena_format(model->arena, "star%d", i), DECISION_OFFER);
	}
	assert_int_equal(send(model), DECISION_SENT);
	assert_int_equal(
	    waitlist_freed_seats(model->db, model->arena, model->cohort.id, model->now).count, 1);
	(void)decided_as(model, "vega", DECISION_OFFER);
	assert_int_equal(send(model), DECISION_SENT);
	assert_int_equal(
	    waitlist_freed_seats(model->db, model->arena, model->cohort.id, model->now).count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(tells_nobody_before_it_is_sent),
		model_test(sends_all_together_each_with_its_mail),
		model_test(sends_again_to_those_alone_who_were_not_written_to),
		model_test(sends_nothing_that_the_page_did_not_show),
		model_test(notices_another_line_another_kind_and_a_role),
		model_test(makes_all_offers_or_none_of_them),
		model_test(writes_no_result_to_people_with_a_role),
		model_test(lets_nobody_decide_on_their_own),
		model_test(puts_on_the_waitlist_first_last_or_at_a_place),
		model_test(puts_several_behind_one_another_in_their_order),
		model_test(gives_no_place_twice_when_those_told_were_put_in_another_order),
		model_test(changes_its_mind_until_it_is_sent),
		model_test(drops_what_was_decided_of_an_application_that_is_withdrawn),
		model_test(decides_on_no_seat_and_no_place_after_week_one),
		model_test(passes_a_freed_seat_on_when_it_takes_the_last_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
