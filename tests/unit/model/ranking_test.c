#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "model/ranking.h"

static int
set_up(void **state)
{
	*state = arena_new();
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static struct ranking_mean
mean_of(const struct ranking *ranking, int64_t application)
{
	const struct ranking_mean *mean = ranking_find(ranking, application);

	assert_non_null(mean);
	return *mean;
}

static void
has_nothing_to_say_without_reviews(void **state)
{
	struct ranking ranking = ranking_of(*state, NULL, 0);

	assert_int_equal(ranking.mean_count, 0);
	assert_int_equal(ranking.effect_count, 0);
	assert_null(ranking_find(&ranking, 1));
	assert_int_equal(ranking_effect_of(&ranking, 1), 0);
}

static void
changes_nothing_where_one_reviewer_read_all(void **state)
{
	static const struct ranking_row rows[] = { { 1, 7, 3000 }, { 2, 7, 9000 }, { 3, 7, 5500 } };
	struct ranking ranking = ranking_of(*state, rows, 3);
	size_t i;

	assert_int_equal(ranking.mean_count, 3);
	for (i = 0; i < 3; i++) {
		struct ranking_mean mean = mean_of(&ranking, rows[i].application_id);

		assert_int_equal(mean.reviews, 1);
		assert_int_equal(mean.raw, rows[i].score);
		assert_int_equal(mean.adjusted, rows[i].score);
		assert_int_equal(mean.disagreement, RANKING_NONE);
	}
	assert_int_equal(ranking_effect_of(&ranking, 7), 0);
}

/* By hand: the difference of 2000 is between two reviewers with 12 reviews in
 * common, so each equation is (12 / 2 + 3) e - 12 / 2 (-e) = 12 * 1000, and e
 * is 12000 / 15. */
static void
solves_what_can_be_solved_by_hand(void **state)
{
	struct ranking_row rows[24];
	struct ranking ranking;
	struct ranking_mean mean;
	int64_t i;

	for (i = 0; i < 12; i++) {
		rows[2 * i] = (struct ranking_row){ i + 1, 1, 4000 + 100 * i };
		rows[2 * i + 1] = (struct ranking_row){ i + 1, 2, 6000 + 100 * i };
	}
	ranking = ranking_of(*state, rows, 24);
	assert_int_equal(ranking_effect_of(&ranking, 1), -800);
	assert_int_equal(ranking_effect_of(&ranking, 2), 800);
	mean = mean_of(&ranking, 5);
	assert_int_equal(mean.raw, 5400);
	assert_int_equal(mean.adjusted, 5400);
	/* 200 to either side, by n - 1. */
	assert_int_equal(mean.disagreement, 283);
}

/* Everybody's scores of the applications 1 to 20 but reviewer 9, who wrote few
 * and is as much as 6000 below the others. */
static size_t
rows_with_a_stranger(struct ranking_row rows[100], int64_t of_stranger)
{
	size_t count = 0;
	int64_t application, reviewer;

	for (application = 1; application <= 20; application++) {
		for (reviewer = 1; reviewer <= 2; reviewer++) {
			rows[count++] = (struct ranking_row){ application, reviewer, 7000 };
		}
		if (application <= of_stranger) {
			rows[count++] = (struct ranking_row){ application, 9, 1000 };
		}
	}
	return count;
}

static void
moves_a_reviewer_of_one_review_little(void **state)
{
	struct ranking_row rows[100];
	struct ranking many = ranking_of(*state, rows, rows_with_a_stranger(rows, 20));
	size_t count = rows_with_a_stranger(rows, 1);
	struct ranking one = ranking_of(*state, rows, count);
	int64_t of_one = -ranking_effect_of(&one, 9), of_many = -ranking_effect_of(&many, 9);

	/* A fifth of the 6000 that are between them, at most. */
	assert_in_range(of_one, 600, 1200);
	assert_in_range(of_many, 3000, 6000);
	assert_true(of_many > 3 * of_one);
	/* And so an application that they read alone is helped little, too. */
	rows[count++] = (struct ranking_row){ 21, 8, 1000 };
	one = ranking_of(*state, rows, count);
	assert_int_equal(mean_of(&one, 21).adjusted, 1000);
	rows[count++] = (struct ranking_row){ 20, 8, 4000 };
	one = ranking_of(*state, rows, count);
	assert_in_range(mean_of(&one, 21).adjusted, 1100, 1600);
}

static void
takes_the_reviewer_s_effect_off_a_single_review(void **state)
{
	struct ranking_row rows[100];
	size_t count = rows_with_a_stranger(rows, 20);
	struct ranking ranking;
	struct ranking_mean mean;

	rows[count++] = (struct ranking_row){ 21, 9, 1000 };
	ranking = ranking_of(*state, rows, count);
	mean = mean_of(&ranking, 21);
	assert_int_equal(mean.reviews, 1);
	assert_int_equal(mean.raw, 1000);
	assert_int_equal(mean.adjusted, 1000 - ranking_effect_of(&ranking, 9));
}

static void
tells_disagreement_from_strictness(void **state)
{
	struct ranking_row rows[100];
	size_t count = rows_with_a_stranger(rows, 20);
	struct ranking ranking;

	/* Both others think otherwise of the last one. */
	rows[count - 3].score = 9000;
	rows[count - 2].score = 3000;
	ranking = ranking_of(*state, rows, count);
	assert_true(mean_of(&ranking, 20).disagreement > 2 * mean_of(&ranking, 2).disagreement);
}

/* A number of a sequence that is the same everywhere. */
static int64_t
next_number(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t)(*state >> 33);
}

static void
gives_the_same_in_any_order(void **state)
{
	struct ranking_row rows[600], other;
	struct ranking first, second;
	uint64_t number = 4;
	size_t i, with;

	for (i = 0; i < 600; i++) {
		rows[i] = (struct ranking_row){ (int64_t)(i / 3),
			(int64_t)(i % 3) * 7 + next_number(&number) % 7,
			next_number(&number) % 10001 };
	}
	first = ranking_of(*state, rows, 600);
	for (i = 599; i > 0; i--) {
		with = (size_t)next_number(&number) % (i + 1);
		other = rows[i];
		rows[i] = rows[with];
		rows[with] = other;
	}
	second = ranking_of(*state, rows, 600);
	assert_int_equal(first.mean_count, 200);
	assert_int_equal(second.mean_count, 200);
	assert_memory_equal(first.means, second.means, 200 * sizeof(*first.means));
	assert_int_equal(first.effect_count, 21);
	assert_memory_equal(first.effects, second.effects, 21 * sizeof(*first.effects));
}

/* Two circles of reviewers that share no application: nothing can be said of
 * one against the other, and within each the effects add up to 0. */
static void
adds_up_to_nothing_in_each_circle(void **state)
{
	struct ranking_row rows[80];
	struct ranking ranking;
	int64_t i, circle, sum;

	for (i = 0; i < 40; i++) {
		circle = i / 20;
		rows[2 * i] = (struct ranking_row){ i, circle * 3 + i % 3, 2000 + 4000 * circle };
		rows[2 * i + 1] =
		    (struct ranking_row){ i, circle * 3 + (i + 1) % 3, 3000 + 100 * i };
	}
	ranking = ranking_of(*state, rows, 80);
	assert_int_equal(ranking.effect_count, 6);
	for (circle = 0; circle < 2; circle++) {
		sum = 0;
		for (i = 0; i < 3; i++) {
			sum += ranking_effect_of(&ranking, circle * 3 + i);
		}
		assert_in_range(sum + 2, 0, 4);
	}
}

/* The worst for convergence: a chain of reviewers, each linked to the next by
 * one application. */
static void
converges_along_a_chain(void **state)
{
	enum { LINKS = 300, EACH = 40 };
	struct ranking_row *rows = calloc(LINKS * EACH, sizeof(*rows));
	struct ranking ranking;
	size_t i;

	assert_non_null(rows);
	for (i = 0; i < LINKS * EACH; i++) {
		rows[i] = (struct ranking_row){ (int64_t)i / 2, (int64_t)(i + EACH / 2 + 1) / EACH,
			(int64_t)(i % 2 == 0 ? 3000 : 8000) };
	}
	ranking = ranking_of(*state, rows, LINKS * EACH);
	assert_int_equal(ranking.effect_count, LINKS + 1);
	assert_in_range(ranking.steps, 1, RANKING_STEPS - 1);
	free(rows);
}

int
main(void)
{
#define ranking_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		ranking_test(has_nothing_to_say_without_reviews),
		ranking_test(changes_nothing_where_one_reviewer_read_all),
		ranking_test(solves_what_can_be_solved_by_hand),
		ranking_test(moves_a_reviewer_of_one_review_little),
		ranking_test(takes_the_reviewer_s_effect_off_a_single_review),
		ranking_test(tells_disagreement_from_strictness),
		ranking_test(gives_the_same_in_any_order),
		ranking_test(adds_up_to_nothing_in_each_circle),
		ranking_test(converges_along_a_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
