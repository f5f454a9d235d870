/*
 * The organisers' list of applications: what its ranking is worth, and how it is
 * narrowed and sorted.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_house.h"
#include "model/ranking.h"
#include "round.h"

#define LIST HOUSE_ORGANISE "/applications"

static void
run(void *context, const char *statements)
{
	harness_run_sql(context, statements);
}

static struct round
made_round(struct harness *h, int applications)
{
	struct round round = { .seed = 4,
		.cohort_id = 1,
		.applications = applications,
		.reviewers = 20,
		.reviews = 3,
		.now = HARNESS_NOW };

	round_write(&round, run, h);
	return round;
}

/* ---- what a ranking is worth ---- */

struct sums {
	double count, x, y, xx, yy, xy;
};

static void
sums_add(struct sums *sums, double x, double y)
{
	sums->count += 1;
	sums->x += x;
	sums->y += y;
	sums->xx += x * x;
	sums->yy += y * y;
	sums->xy += x * y;
}

/* Pearson's correlation, in thousandths. */
static long
correlation(const struct sums *sums)
{
	double both = sums->count * sums->xy - sums->x * sums->y;
	double x = sums->count * sums->xx - sums->x * sums->x;
	double y = sums->count * sums->yy - sums->y * sums->y;

	return lround(1000 * both / sqrt(x * y));
}

static struct ranking
ranking_now(struct harness *h)
{
	struct ranking ranking;

	assert_true(db_begin_read(harness_db(h)));
	ranking = ranking_load(harness_db(h), harness_arena(h), 1);
	assert_true(db_commit(harness_db(h)));
	return ranking;
}

static const struct ranking_mean *
mean_of(struct harness *h, const struct ranking *ranking, int application)
{
	char key[ROUND_NAME];
	const struct ranking_mean *mean;

	round_key(key, application);
	mean = ranking_find(ranking,
	    harness_number(h,
		arena_format(
		    harness_arena(h), "SELECT id FROM application WHERE key = '%s'", key)));
	assert_non_null(mean);
	return mean;
}

static void
adjusted_is_nearer_to_true_quality_than_raw(void **state)
{
	struct round round = made_round(*state, 300);
	struct ranking ranking = ranking_now(*state);
	struct sums raw = { 0 }, adjusted = { 0 };
	int i;

	assert_int_equal(ranking.mean_count, 300);
	assert_int_equal(ranking.effect_count, 20);
	for (i = 0; i < 300; i++) {
		const struct ranking_mean *mean = mean_of(*state, &ranking, i);
		double quality = round_quality(&round, i);

		assert_int_equal(mean->reviews, 3);
		sums_add(&raw, quality, (double)mean->raw);
		sums_add(&adjusted, quality, (double)mean->adjusted);
	}
	assert_int_equal(correlation(&raw), 867);
	assert_int_equal(correlation(&adjusted), 936);
}

static void
effects_are_near_to_the_reviewers_true_strictness(void **state)
{
	struct round round = made_round(*state, 300);
	struct ranking ranking = ranking_now(*state);
	struct sums sums = { 0 };
	char address[ROUND_NAME];
	int i;

	for (i = 0; i < round.reviewers; i++) {
		round_address(address, i);
		sums_add(&sums, round_strictness(&round, i),
		    (double)ranking_effect_of(&ranking,
			harness_number(*state,
			    arena_format(harness_arena(*state),
				"SELECT id FROM person WHERE email_key = '%s'", address))));
	}
	assert_true(correlation(&sums) > 980);
}

/* ---- the list ---- */

/* How often a text stands on the page. */
static int
times(struct harness *h, const char *text)
{
	const char *at = harness_body_text(h);
	int count = 0;

	for (; (at = strstr(at, text)) != NULL; at += strlen(text)) {
		count++;
	}
	return count;
}

#define ROW "<th scope=\"row\">"

/* Where a text stands on the page, which it does. */
static size_t
place(struct harness *h, const char *text)
{
	const char *at = strstr(harness_body_text(h), text);

	if (at == NULL) {
		harness_expect(h, text);
		return 0;
	}
	return (size_t)(at - harness_body_text(h));
}

static const char *
link_of(struct harness *h, int application)
{
	return arena_format(harness_arena(h), "href=\"" LIST "/round%04d\"", application);
}

static void
get_list(struct harness *h, const char *query)
{
	harness_get(h, arena_format(harness_arena(h), LIST "%s", query));
	harness_expect_status(h, 200);
}

static void
shows_fifty_a_page_the_best_first(void **state)
{
	const char *best, *second;

	made_round(*state, 120);
	get_list(*state, "");
	assert_int_equal(times(*state, ROW), 50);
	harness_expect(*state, "1 to 50 of 120 applications");
	harness_expect(*state, "Page 1 of 3");
	harness_expect(*state, "href=\"" LIST "?page=2\" rel=\"next\"");
	best = harness_rows(*state,
	    "SELECT key FROM application JOIN review ON review.application_id = application.id"
	    " GROUP BY application.id ORDER BY avg(score) DESC LIMIT 1");
	second = arena_format(harness_arena(*state), "/applications/%.9s\"", best);
	assert_true(place(*state, second) < harness_body_length(*state));
	get_list(*state, "?page=3");
	assert_int_equal(times(*state, ROW), 20);
	harness_expect(*state, "101 to 120 of 120 applications");
	harness_expect_not(*state, "rel=\"next\"");
	/* Beyond the last is the last. */
	get_list(*state, "?page=99");
	harness_expect(*state, "Page 3 of 3");
}

/* The adjusted means of the page, top to bottom, are in order. */
static void
expect_order(struct harness *h, int column, bool is_descending)
{
	const char *at = harness_body_text(h);
	double before = is_descending ? 1e9 : -1e9, number;
	int cell, rows = 0;

	while ((at = strstr(at, ROW)) != NULL) {
		for (cell = 0; cell < column; cell++) {
			at = strstr(at, "<td");
			assert_non_null(at);
			at = strchr(at, '>') + 1;
		}
		if (strncmp(at, "–", strlen("–")) != 0) {
			number = strtod(at, NULL);
			assert_true(is_descending ? number <= before : number >= before);
			before = number;
		}
		rows++;
	}
	assert_true(rows > 1);
}

static void
sorts_by_every_column_both_ways(void **state)
{
	static const struct {
		const char *word;
		int column; /* of numbers; 0: none to compare */
		bool begins_high;
	} columns[] = { { "name", 0, false }, { "reviews", 1, true }, { "raw", 2, true },
		{ "adjusted", 3, true }, { "disagreement", 4, true }, { "flags", 5, true },
		{ "level", 0, false }, { "projects", 0, false }, { "hours", 8, true },
		{ "earlier", 9, true }, { "waitlists", 10, true }, { "state", 0, false } };
	size_t i;
	int way;

	made_round(*state, 60);
	harness_run_sql(*state, "UPDATE cohort SET names_shown_at = 1");
	for (i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		for (way = 0; way < 2; way++) {
			get_list(*state,
			    arena_format(harness_arena(*state), "?sort=%s&order=%s",
				columns[i].word, way == 0 ? "up" : "down"));
			assert_int_equal(times(*state, "aria-sort="), 1);
			harness_expect(*state,
			    way == 0 ? "aria-sort=\"ascending\"" : "aria-sort=\"descending\"");
			if (columns[i].column > 0) {
				expect_order(*state, columns[i].column, way == 1);
			}
		}
		/* The address says only what is not so by itself. */
		if (strcmp(columns[i].word, "adjusted") != 0) {
			get_list(*state, "");
			harness_expect(*state,
			    arena_format(harness_arena(*state), "href=\"" LIST "?sort=%s\"",
				columns[i].word));
		}
		get_list(*state, arena_format(harness_arena(*state), "?sort=%s", columns[i].word));
		harness_expect(*state,
		    columns[i].begins_high ? "aria-sort=\"descending\""
					   : "aria-sort=\"ascending\"");
	}
}

static void
puts_what_is_not_there_last_either_way(void **state)
{
	made_round(*state, 40);
	harness_run_sql(*state,
	    "DELETE FROM review_score; DELETE FROM review WHERE application_id ="
	    " (SELECT id FROM application WHERE key = 'round0005');"
	    "UPDATE cohort SET names_shown_at = 1");
	get_list(*state, "?sort=raw");
	assert_true(place(*state, link_of(*state, 5)) > place(*state, link_of(*state, 6)));
	get_list(*state, "?sort=raw&order=up");
	assert_true(place(*state, link_of(*state, 5)) > place(*state, link_of(*state, 6)));
}

static void
narrows_by_all_it_offers_and_remembers_it(void **state)
{
	struct harness *h = *state;
	int64_t level, flagged;

	made_round(h, 200);
	harness_run_sql(h,
	    "UPDATE cohort SET names_shown_at = 1;"
	    "DELETE FROM review WHERE id % 10 = 3");
	level = harness_number(h, "SELECT count(*) FROM application WHERE level = 2");
	get_list(h, "?level=2");
	harness_expect(
	    h, arena_format(harness_arena(h), " of %lld applications", (long long)level));
	harness_expect(h, "<option value=\"2\" selected>");
	harness_expect(h, "href=\"" LIST "?level=2&amp;sort=raw\"");
	harness_expect(h, "href=\"" LIST ".csv?level=2\"");
	get_list(h, "?project=1");
	harness_expect(h,
	    arena_format(harness_arena(h), " of %lld applications",
		(long long)harness_number(h,
		    "SELECT count(*) FROM application WHERE NOT EXISTS (SELECT 1 FROM"
		    " application_project WHERE application_id = application.id AND"
		    " project_id = 2) OR EXISTS (SELECT 1 FROM application_project WHERE"
		    " application_id = application.id AND project_id = 1)")));
	flagged = harness_number(
	    h, "SELECT count(DISTINCT application_id) FROM review WHERE is_flagged = 1");
	assert_true(flagged > 0);
	get_list(h, "?flagged=yes");
	harness_expect(
	    h, arena_format(harness_arena(h), " of %lld applications", (long long)flagged));
	get_list(h, "?reviewed=few");
	harness_expect(h,
	    arena_format(harness_arena(h), " of %lld applications",
		(long long)harness_number(h,
		    "SELECT count(*) FROM application WHERE (SELECT count(*) FROM review"
		    " WHERE application_id = application.id) < 3")));
	get_list(h, "?reviewed=enough&sort=hours&order=up");
	harness_expect(h, "reviewed=enough&amp;sort=hours&amp;order=up&amp;page=2");
	get_list(h, "?text=APPLICANT+17");
	assert_int_equal(times(h, ROW), 11);
	get_list(h, "?text=%22%3E%3Cscript");
	harness_expect(h, "No application is like that");
	harness_expect(h, "href=\"" LIST "\">Show all applications");
	harness_expect_not(h, "<script>");
}

static void
narrows_by_state_and_by_what_is_pending(void **state)
{
	struct harness *h = *state;

	made_round(h, 6);
	harness_run_sql(h,
	    "UPDATE application SET withdrawn_at = 1795330000 WHERE key = 'round0000';"
	    "UPDATE application SET standing = 'waitlisted', waitlist_position = 3"
	    " WHERE key = 'round0001';"
	    "INSERT INTO decision (application_id, kind, decided_at)"
	    " SELECT id, 'offer', 1 FROM application WHERE key = 'round0002';"
	    "INSERT INTO offer (key, application_id, state, made_at, deadline_at)"
	    " SELECT 'offer', id, 'offered', 1795330000, 1796000000 FROM application"
	    " WHERE key = 'round0003'");
	get_list(h, "");
	assert_int_equal(times(h, ROW), 5);
	harness_expect(h, "On the waitlist, place 3");
	get_list(h, "?state=withdrawn");
	assert_int_equal(times(h, ROW), 1);
	harness_expect(h, link_of(h, 0));
	get_list(h, "?state=waitlisted");
	assert_int_equal(times(h, ROW), 1);
	harness_expect(h, link_of(h, 1));
	get_list(h, "?state=to-offer");
	assert_int_equal(times(h, ROW), 1);
	harness_expect(h, link_of(h, 2));
	get_list(h, "?state=offered");
	assert_int_equal(times(h, ROW), 1);
	harness_expect(h, link_of(h, 3));
	get_list(h, "?state=undecided");
	assert_int_equal(times(h, ROW), 2);
}

static void
counts_earlier_cohorts_and_waitlists(void **state)
{
	struct round round = { .seed = 4,
		.cohort_id = 1,
		.applications = 20,
		.reviewers = 3,
		.reviews = 1,
		.now = HARNESS_NOW,
		.has_earlier = true };

	round_write(&round, run, *state);
	get_list(*state, "?waited=yes");
	/* Hidden with the names: nobody is found by it. */
	harness_expect(*state, "No application is like that");
	harness_run_sql(*state, "UPDATE cohort SET names_shown_at = 1");
	get_list(*state, "?waited=yes");
	assert_int_equal(times(*state, ROW), 2);
	harness_expect(*state, link_of(*state, 0));
	harness_expect(*state, link_of(*state, 10));
	get_list(*state, "?sort=earlier");
	assert_true(place(*state, link_of(*state, 5)) < place(*state, link_of(*state, 6)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		house_test(adjusted_is_nearer_to_true_quality_than_raw),
		house_test(effects_are_near_to_the_reviewers_true_strictness),
		house_test(shows_fifty_a_page_the_best_first),
		house_test(sorts_by_every_column_both_ways),
		house_test(puts_what_is_not_there_last_either_way),
		house_test(narrows_by_all_it_offers_and_remembers_it),
		house_test(narrows_by_state_and_by_what_is_pending),
		house_test(counts_earlier_cohorts_and_waitlists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
