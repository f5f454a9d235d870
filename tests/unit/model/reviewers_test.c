/*
 * Who may review, and what goes with whom.
 */
#include "reading.h"

#include "ground/arena.h"
#include "model/erase.h"
#include "model/retention.h"
#include "model/reviewers.h"
#include "statement.h"

static int64_t
count(struct model *model, const char *table)
{
	return statement_number(
	    model, arena_format(model->arena, "SELECT count(*) FROM %s", table));
}

/* A finished review with a note, a look behind the call-sign, and a conflict
 * of another's. */
static struct application
read_by_spica(struct model *model, int64_t spica, int64_t mira)
{
	struct application vega;
	bool is_first;

	reading_two_criteria(model);
	vega = model_application(model, "vega");
	assert_int_equal(reading_said(model, &vega, spica, 7, 4), REVIEW_SAVED);
	assert_true(review_look(model->db, vega.id, spica, model->now, &is_first));
	assert_true(review_declare_conflict(model->db, vega.id, mira, model->now));
	return vega;
}

static void
notes_go_with_the_applicant_and_scores_stay(void **state)
{
	struct model *model = *state;
	int64_t spica = model_person(model, "spica"), mira = model_person(model, "mira");
	struct application vega = read_by_spica(model, spica, mira);
	const struct erase erase = { .words = { "Somebody", "gone" },
		.secret = (const unsigned char *)"a key file's thirty-two bytes..." };

	assert_true(person_erase(model->db, model->arena, &erase, vega.person_id, model->now));
	assert_string_equal(reading_of(model, &vega, spica).note, "");
	assert_int_equal(reading_of(model, &vega, spica).score, 6250);
	assert_int_equal(count(model, "review_reveal") + count(model, "review_conflict"), 0);
}

static void
a_reviewers_traces_go_with_them_and_scores_stay(void **state)
{
	struct model *model = *state;
	int64_t spica = model_person(model, "spica"), mira = model_person(model, "mira");
	struct application vega = read_by_spica(model, spica, mira);
	const struct erase erase = { .words = { "Somebody", "gone" },
		.secret = (const unsigned char *)"a key file's thirty-two bytes..." };
	int64_t ignored;

	assert_int_equal(reviewers_appoint(model->db, model->arena, &model->cohort, "Spica",
			     "spica@example.org", model->now, &ignored),
	    REVIEWERS_APPOINTED);
	assert_true(person_erase(model->db, model->arena, &erase, spica, model->now));
	assert_string_equal(reading_of(model, &vega, spica).note, "");
	assert_int_equal(reading_of(model, &vega, spica).score, 6250);
	assert_int_equal(count(model, "review_reveal") + count(model, "reviewer"), 0);
	assert_int_equal(count(model, "review_conflict"), 1);
}

static void
notes_go_after_the_cohort_with_what_is_sensitive(void **state)
{
	struct model *model = *state;
	int64_t spica = model_person(model, "spica"), mira = model_person(model, "mira");
	int64_t over = model->cohort.ends_at + 30 * CLOCK_DAY;
	struct application vega = read_by_spica(model, spica, mira);

	/* Somebody without any role would be forgotten before. */
	model_member(model, "spica", "navigator", DB_NULL);
	model_member(model, "mira", "navigator", DB_NULL);
	assert_true(retention_run(model->db, model->arena, over - 1, NULL));
	assert_string_equal(reading_of(model, &vega, spica).note, "A note");
	assert_true(retention_run(model->db, model->arena, over, NULL));
	assert_string_equal(reading_of(model, &vega, spica).note, "");
	assert_int_equal(reading_of(model, &vega, spica).score, 6250);
	assert_int_equal(count(model, "review_reveal") + count(model, "review_conflict"), 0);
}

static void
an_appointed_reviewers_account_is_kept_until_the_cohort_is_over(void **state)
{
	struct model *model = *state;
	int64_t spica;

	assert_int_equal(reviewers_appoint(model->db, model->arena, &model->cohort, "Spica",
			     "spica@example.org", model->now, &spica),
	    REVIEWERS_APPOINTED);
	statement(model, "DELETE FROM outbox");
	assert_true(retention_run(model->db, model->arena, model->cohort.ends_at - 1, NULL));
	assert_int_equal(
	    statement_number(model, "SELECT count(*) FROM person WHERE name = 'Spica'"), 1);
	assert_true(retention_run(model->db, model->arena, model->cohort.ends_at, NULL));
	assert_int_equal(
	    statement_number(model, "SELECT count(*) FROM person WHERE name = 'Spica'"), 0);
}

static void
appoints_by_address_once_and_says_so_by_mail(void **state)
{
	struct model *model = *state;
	int64_t spica, again;

	assert_int_equal(reviewers_appoint(model->db, model->arena, &model->cohort, "Spica",
			     "spica@example.org", model->now, &spica),
	    REVIEWERS_APPOINTED);
	assert_true(reviewers_has(model->db, model->arena, &model->cohort, spica));
	assert_int_equal(reviewers_appoint(model->db, model->arena, &model->cohort, "Spica",
			     "Spica@example.org", model->now, &again),
	    REVIEWERS_ALREADY);
	assert_int_equal(again, spica);
	assert_int_equal(model_mails(model, "reviewer_appointed"), 1);
	assert_int_equal(reviewers_appoint(model->db, model->arena, &model->cohort, "Polaris",
			     "polaris@example.org", model->now, &again),
	    REVIEWERS_IS_ORGANISER);
	assert_int_equal(reviewers_appoint(model->db, model->arena, &model->cohort, "Nobody",
			     "nobody", model->now, &again),
	    REVIEWERS_NO_ADDRESS);
	statement(model, "UPDATE person SET is_disabled = 1 WHERE name = 'Spica'");
	assert_true(reviewers_end(model->db, &model->cohort, spica, model->now));
	assert_int_equal(reviewers_appoint(model->db, model->arena, &model->cohort, "Spica",
			     "spica@example.org", model->now, &again),
	    REVIEWERS_KEPT_OUT);
}

static void
appoints_navigators_and_captains_by_a_button_and_nobody_else(void **state)
{
	struct model *model = *state;
	int64_t rigel = model_person(model, "rigel"), vega = model_person(model, "vega");

	model_member(model, "rigel", "navigator", DB_NULL);
	model_member(model, "vega", "djangonaut", 1);
	assert_int_equal(
	    reviewers_appoint_member(model->db, model->arena, &model->cohort, rigel, model->now),
	    REVIEWERS_APPOINTED);
	assert_int_equal(
	    reviewers_appoint_member(model->db, model->arena, &model->cohort, vega, model->now),
	    REVIEWERS_NOBODY);
}

static void
ending_an_appointment_gives_back_what_was_begun_and_keeps_what_was_finished(void **state)
{
	struct model *model = *state;
	struct application vega;
	struct review review;
	int64_t spica, mira = model_person(model, "mira");

	reading_two_criteria(model);
	vega = model_application(model, "vega");
	assert_int_equal(reviewers_appoint(model->db, model->arena, &model->cohort, "Spica",
			     "spica@example.org", model->now, &spica),
	    REVIEWERS_APPOINTED);
	assert_int_equal(reading_said(model, &vega, spica, 7, 4), REVIEW_SAVED);
	(void)model_application(model, "deneb");
	(void)reading_taken(model, spica);
	assert_true(reviewers_end(model->db, &model->cohort, spica, model->now));
	assert_false(reviewers_end(model->db, &model->cohort, spica, model->now));
	assert_false(reviewers_has(model->db, model->arena, &model->cohort, spica));
	assert_true(review_find(model->db, model->arena, vega.id, spica, &review));
	assert_int_equal(statement_number(model, "SELECT count(*) FROM review"), 1);
	assert_int_equal(reading_said(model, &vega, mira, 7, 4), REVIEW_SAVED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(notes_go_with_the_applicant_and_scores_stay),
		model_test(a_reviewers_traces_go_with_them_and_scores_stay),
		model_test(notes_go_after_the_cohort_with_what_is_sensitive),
		model_test(an_appointed_reviewers_account_is_kept_until_the_cohort_is_over),
		model_test(appoints_by_address_once_and_says_so_by_mail),
		model_test(appoints_navigators_and_captains_by_a_button_and_nobody_else),
		model_test(
		    ending_an_appointment_gives_back_what_was_begun_and_keeps_what_was_finished),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
