/*
 * Which application is next, for whom.
 */
#include "reading.h"

#include <string.h>

#include "ground/arena.h"
#include "statement.h"

static void
hands_twenty_readers_twenty_applications(void **state)
{
	enum { READERS = 20 };
	struct model *model = *state;
	const char *keys[READERS];

	reading_two_criteria(model);
	for (size_t i = 0; i < READERS + 5; i++) {
		(void)model_application(model, arena_format(model->arena, "someone%zu", i));
	}
	for (size_t i = 0; i < READERS; i++) {
		keys[i] = reading_taken(
		    model, model_person(model, arena_format(model->arena, "reader%zu", i)));
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(keys[i], keys[j]);
		}
	}
}

/* Of 40 equal ones two readers begin with different ones, nor with the first. */
static void
draws_lots_of_its_own_for_each_reader(void **state)
{
	struct model *model = *state;
	const char *first[10];
	size_t same = 0, earliest = 0;
	struct application oldest = { 0 };

	reading_two_criteria(model);
	for (size_t i = 0; i < 40; i++) {
		struct application made =
		    model_application(model, arena_format(model->arena, "someone%zu", i));

		oldest = i == 0 ? made : oldest;
	}
	for (size_t i = 0; i < 10; i++) {
		/* Each finds the queue as it was. */
		first[i] = reading_taken(
		    model, model_person(model, arena_format(model->arena, "reader%zu", i)));
		statement(model, "DELETE FROM review");
		earliest += strcmp(first[i], oldest.key) == 0;
		for (size_t j = 0; j < i; j++) {
			same += strcmp(first[i], first[j]) == 0;
		}
	}
	assert_in_range(same, 0, 9);
	assert_in_range(earliest, 0, 2);
}

static void
hands_out_the_application_with_the_fewest_readings(void **state)
{
	struct model *model = *state;
	struct application vega, deneb;

	reading_two_criteria(model);
	vega = model_application(model, "vega");
	deneb = model_application(model, "deneb");
	assert_int_equal(
	    reading_said(model, &vega, model_person(model, "spica"), 5, 5), REVIEW_SAVED);
	assert_string_equal(reading_taken(model, model_person(model, "mira")), deneb.key);
	assert_string_equal(reading_taken(model, model_person(model, "algol")), vega.key);
}

static void
counts_what_was_only_taken_for_two_hours(void **state)
{
	struct model *model = *state;
	int64_t spica = model_person(model, "spica"), mira = model_person(model, "mira");
	int64_t algol = model_person(model, "algol");
	const char *key;

	reading_two_criteria(model);
	(void)model_application(model, "vega");
	(void)reading_taken(model, spica);
	(void)reading_taken(model, mira);
	assert_int_equal(reading_next(model, algol, model->now + REVIEW_CLAIM_SECONDS - 1, &key),
	    REVIEW_NEXT_NONE);
	assert_int_equal(
	    reading_next(model, algol, model->now + REVIEW_CLAIM_SECONDS, &key), REVIEW_NEXT_TAKEN);
}

static void
hands_out_what_was_begun_and_left_first(void **state)
{
	struct model *model = *state;
	int64_t spica = model_person(model, "spica");
	const char *begun;

	reading_two_criteria(model);
	(void)model_application(model, "vega");
	(void)model_application(model, "deneb");
	begun = reading_taken(model, spica);
	assert_string_equal(reading_taken(model, spica), begun);
}

static void
never_hands_out_ones_own_nor_one_in_conflict_nor_one_read_before(void **state)
{
	struct model *model = *state;
	struct application own, conflict, read;
	int64_t vega;
	const char *key;

	reading_two_criteria(model);
	own = model_application(model, "vega");
	conflict = model_application(model, "deneb");
	read = model_application(model, "altair");
	vega = own.person_id;
	assert_true(review_declare_conflict(model->db, conflict.id, vega, model->now));
	assert_string_equal(reading_taken(model, vega), read.key);
	assert_int_equal(reading_said(model, &read, vega, 5, 5), REVIEW_SAVED);
	assert_int_equal(reading_next(model, vega, model->now, &key), REVIEW_NEXT_NONE);
	assert_int_equal(
	    review_take_next(model->db, model->arena, &model->cohort, vega, true, model->now, &key),
	    REVIEW_NEXT_NONE);
}

static void
hands_out_only_what_counts(void **state)
{
	struct model *model = *state;
	struct application vega;
	int64_t spica = model_person(model, "spica");
	const char *key;

	reading_two_criteria(model);
	vega = model_application(model, "vega");
	statement(model, "UPDATE application SET withdrawn_at = 1803902400");
	assert_int_equal(reading_next(model, spica, model->now, &key), REVIEW_NEXT_NONE);
	statement(model, "UPDATE application SET withdrawn_at = NULL");
	statement(model, "UPDATE application SET standing = 'declined'");
	assert_int_equal(reading_next(model, spica, model->now, &key), REVIEW_NEXT_NONE);
	assert_int_equal(reading_said(model, &vega, spica, 5, 5), REVIEW_CLOSED);
}

static void
stops_once_each_has_what_the_cohort_wants_but_goes_on_when_asked(void **state)
{
	struct model *model = *state;
	int64_t algol = model_person(model, "algol");
	struct application vega;
	const char *key;

	reading_two_criteria(model);
	vega = model_application(model, "vega");
	assert_int_equal(
	    reading_said(model, &vega, model_person(model, "spica"), 5, 5), REVIEW_SAVED);
	assert_int_equal(
	    reading_said(model, &vega, model_person(model, "mira"), 5, 5), REVIEW_SAVED);
	assert_int_equal(reading_next(model, algol, model->now, &key), REVIEW_NEXT_NONE);
	assert_int_equal(review_take_next(model->db, model->arena, &model->cohort, algol, true,
			     model->now, &key),
	    REVIEW_NEXT_TAKEN);
	assert_string_equal(key, vega.key);
}

static void
waits_for_criteria_and_ends_with_week_0(void **state)
{
	struct model *model = *state;
	struct application vega = model_application(model, "vega");
	int64_t spica = model_person(model, "spica"), over = model->cohort.starts_at;
	const char *key;

	assert_int_equal(
	    reading_next(model, spica, model->now, &key), REVIEW_NEXT_WITHOUT_CRITERIA);
	assert_int_equal(reading_said(model, &vega, spica, 5, 5), REVIEW_WITHOUT_CRITERIA);
	reading_two_criteria(model);
	assert_int_equal(reading_next(model, spica, over, &key), REVIEW_NEXT_CLOSED);
	assert_int_equal(reading_next(model, spica, over - 1, &key), REVIEW_NEXT_TAKEN);
	assert_int_equal(reading_said_at(model, &vega, spica, 5, 5, 0, over), REVIEW_CLOSED);
	assert_int_equal(
	    reading_next(model, spica, model->cohort.opens_at - 1, &key), REVIEW_NEXT_CLOSED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(hands_twenty_readers_twenty_applications),
		model_test(draws_lots_of_its_own_for_each_reader),
		model_test(hands_out_the_application_with_the_fewest_readings),
		model_test(counts_what_was_only_taken_for_two_hours),
		model_test(hands_out_what_was_begun_and_left_first),
		model_test(never_hands_out_ones_own_nor_one_in_conflict_nor_one_read_before),
		model_test(hands_out_only_what_counts),
		model_test(stops_once_each_has_what_the_cohort_wants_but_goes_on_when_asked),
		model_test(waits_for_criteria_and_ends_with_week_0),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
