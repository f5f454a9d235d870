#include "model/ranking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/query/listing.h"
#include "ground/arena.h"

/* The reviews by application and reviewer, both as numbers from 0. */
struct equations {
	const struct ranking_row *rows; /* sorted */
	size_t count;
	size_t *first; /* of each application; one more at the end */
	size_t applications;
	size_t *reviewer; /* of each row */
	size_t reviewers;
	double *mean; /* room for one number an application */
};

/* The shrinkage is all that keeps the matrix from being singular. */
static const double shrinkage = RANKING_SHRINKAGE;
static const double enough = 1e-10;

static int
row_compare(const void *left, const void *right)
{
	const struct ranking_row *a = left, *b = right;

	if (a->application_id != b->application_id) {
		return a->application_id < b->application_id ? -1 : 1;
	}
	if (a->person_id != b->person_id) {
		return a->person_id < b->person_id ? -1 : 1;
	}
	return (a->score > b->score) - (a->score < b->score);
}

static int
id_compare(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

static const struct ranking_row *
rows_sorted(struct arena *arena, const struct ranking_row *rows, size_t count)
{
	struct ranking_row *sorted = arena_array(arena, count + 1, sizeof(*sorted));

	if (count > 0) {
		memcpy(sorted, rows, count * sizeof(*sorted));
		qsort(sorted, count, sizeof(*sorted), row_compare);
	}
	return sorted;
}

/* The reviewers' ids, each once, sorted. */
static int64_t *
reviewers_of(struct arena *arena, const struct ranking_row *rows, size_t count, size_t *found)
{
	int64_t *ids = arena_array(arena, count + 1, sizeof(*ids));
	size_t i;

	for (i = 0; i < count; i++) {
		ids[i] = rows[i].person_id;
	}
	qsort(ids, count, sizeof(*ids), id_compare);
	*found = 0;
	for (i = 0; i < count; i++) {
		if (i == 0 || ids[i] != ids[i - 1]) {
			ids[(*found)++] = ids[i];
		}
	}
	return ids;
}

static struct equations
equations_make(struct arena *arena, const struct ranking_row *rows, size_t count,
    const int64_t *ids, size_t reviewers)
{
	struct equations equations = { .rows = rows, .count = count, .reviewers = reviewers };
	const int64_t *at;
	size_t i;

	equations.first = arena_array(arena, count + 1, sizeof(*equations.first));
	equations.reviewer = arena_array(arena, count + 1, sizeof(*equations.reviewer));
	equations.mean = arena_array(arena, count + 1, sizeof(*equations.mean));
	for (i = 0; i < count; i++) {
		if (i == 0 || rows[i].application_id != rows[i - 1].application_id) {
			equations.first[equations.applications++] = i;
		}
		at = bsearch(&rows[i].person_id, ids, reviewers, sizeof(*ids), id_compare);
		equations.reviewer[i] = (size_t)(at - ids);
	}
	equations.first[equations.applications] = count;
	return equations;
}

/* Every application's mean of one number a review. */
static void
mean_over_reviews(const struct equations *equations, const double *of_row)
{
	size_t i, row;

	for (i = 0; i < equations->applications; i++) {
		double sum = 0;

		for (row = equations->first[i]; row < equations->first[i + 1]; row++) {
			sum += of_row[row];
		}
		equations->mean[i] = sum / (double)(equations->first[i + 1] - equations->first[i]);
	}
}

/* For every reviewer the sum of what is left of a number once the application's
 * mean is taken off. */
static void
sum_of_rests(const struct equations *equations, const double *of_row, double *out)
{
	size_t i, row;

	mean_over_reviews(equations, of_row);
	memset(out, 0, equations->reviewers * sizeof(*out));
	for (i = 0; i < equations->applications; i++) {
		for (row = equations->first[i]; row < equations->first[i + 1]; row++) {
			out[equations->reviewer[row]] += of_row[row] - equations->mean[i];
		}
	}
}

/* out = matrix * effects; of_row is room for one number a review. */
static void
multiply(const struct equations *equations, const double *effects, double *of_row, double *out)
{
	size_t row, j;

	for (row = 0; row < equations->count; row++) {
		of_row[row] = effects[equations->reviewer[row]];
	}
	sum_of_rests(equations, of_row, out);
	for (j = 0; j < equations->reviewers; j++) {
		out[j] += shrinkage * effects[j];
	}
}

static double
product(const double *a, const double *b, size_t count)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		sum += a[i] * b[i];
	}
	return sum;
}

/* The matrix's diagonal: a review of an application that has n counts for
 * 1 - 1/n. */
static void
diagonal(const struct equations *equations, double *out)
{
	size_t i, j, row;

	for (j = 0; j < equations->reviewers; j++) {
		out[j] = shrinkage;
	}
	for (i = 0; i < equations->applications; i++) {
		double reviews = (double)(equations->first[i + 1] - equations->first[i]);

		for (row = equations->first[i]; row < equations->first[i + 1]; row++) {
			out[equations->reviewer[row]] += 1 - 1 / reviews;
		}
	}
}

/*
 * Conjugate gradients: effects of 0 become the solution for `rest`, the
 * right-hand side, which becomes the residual.  Gives the steps it took.
 */
static size_t
solve(struct arena *arena, const struct equations *equations, double *rest, double *effects)
{
	size_t count = equations->reviewers, step, j;
	double *scale = arena_array(arena, count + 1, sizeof(*scale));
	double *scaled = arena_array(arena, count + 1, sizeof(*scaled));
	double *way = arena_array(arena, count + 1, sizeof(*way));
	double *image = arena_array(arena, count + 1, sizeof(*image));
	double *of_row = arena_array(arena, equations->count + 1, sizeof(*of_row));
	double least = product(rest, rest, count) * enough * enough;
	double before = 0, now, length;

	diagonal(equations, scale);
	for (step = 0; step < RANKING_STEPS && product(rest, rest, count) > least; step++) {
		for (j = 0; j < count; j++) {
			scaled[j] = rest[j] / scale[j];
		}
		now = product(rest, scaled, count);
		for (j = 0; j < count; j++) {
			way[j] = scaled[j] + (step == 0 ? 0 : now / before * way[j]);
		}
		multiply(equations, way, of_row, image);
		length = now / product(way, image, count);
		for (j = 0; j < count; j++) {
			effects[j] += length * way[j];
			rest[j] -= length * image[j];
		}
		before = now;
	}
	return step;
}

static struct ranking_mean
mean_make(const struct equations *equations, size_t application, const double *effects)
{
	size_t first = equations->first[application], end = equations->first[application + 1], row;
	double reviews = (double)(end - first), raw = 0, adjusted = 0, squares = 0, apart;

	for (row = first; row < end; row++) {
		raw += (double)equations->rows[row].score;
		adjusted += (double)equations->rows[row].score - effects[equations->reviewer[row]];
	}
	raw /= reviews;
	adjusted /= reviews;
	for (row = first; row < end; row++) {
		apart = (double)equations->rows[row].score - effects[equations->reviewer[row]] -
		    adjusted;
		squares += apart * apart;
	}
	return (struct ranking_mean){
		.application_id = equations->rows[first].application_id,
		.reviews = (int64_t)(end - first),
		.raw = llround(raw),
		.adjusted = llround(adjusted),
		.disagreement =
		    end - first < 2 ? RANKING_NONE : llround(sqrt(squares / (reviews - 1))),
	};
}

static void
results_make(struct arena *arena, const struct equations *equations, const double *effects,
    const int64_t *ids, struct ranking *ranking)
{
	struct ranking_mean *means =
	    arena_array(arena, equations->applications + 1, sizeof(*means));
	struct ranking_effect *out = arena_array(arena, equations->reviewers + 1, sizeof(*out));
	size_t i;

	for (i = 0; i < equations->applications; i++) {
		means[i] = mean_make(equations, i, effects);
	}
	for (i = 0; i < equations->reviewers; i++) {
		out[i].person_id = ids[i];
		out[i].effect = llround(effects[i]);
	}
	for (i = 0; i < equations->count; i++) {
		out[equations->reviewer[i]].reviews++;
	}
	ranking->means = means;
	ranking->mean_count = equations->applications;
	ranking->effects = out;
	ranking->effect_count = equations->reviewers;
}

struct ranking
ranking_of(struct arena *arena, const struct ranking_row *rows, size_t count)
{
	struct ranking ranking = { 0 };
	size_t reviewers, row;
	const struct ranking_row *sorted = rows_sorted(arena, rows, count);
	const int64_t *ids = reviewers_of(arena, sorted, count, &reviewers);
	struct equations equations = equations_make(arena, sorted, count, ids, reviewers);
	double *scores = arena_array(arena, count + 1, sizeof(*scores));
	double *rest = arena_array(arena, reviewers + 1, sizeof(*rest));
	double *effects = arena_array(arena, reviewers + 1, sizeof(*effects));

	for (row = 0; row < count; row++) {
		scores[row] = (double)sorted[row].score;
	}
	sum_of_rests(&equations, scores, rest);
	ranking.steps = solve(arena, &equations, rest, effects);
	results_make(arena, &equations, effects, ids, &ranking);
	return ranking;
}

struct ranking
ranking_of_reviews(struct arena *arena, const struct listed_review_rows *reviews)
{
	struct ranking_row *rows = arena_array(arena, reviews->count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < reviews->count; i++) {
		rows[i] = (struct ranking_row){ reviews->rows[i].application_id,
			reviews->rows[i].person_id, reviews->rows[i].score };
	}
	return ranking_of(arena, rows, reviews->count);
}

struct ranking
ranking_load(struct db *db, struct arena *arena, int64_t cohort_id)
{
	struct listed_review_rows reviews =
	    listing_reviews(db, arena, &(struct listing_reviews_in){ .cohort_id = cohort_id });

	return ranking_of_reviews(arena, &reviews);
}

const struct ranking_mean *
ranking_find(const struct ranking *ranking, int64_t application_id)
{
	/* The id is the first of its members. */
	return ranking->mean_count == 0
	    ? NULL
	    : bsearch(&application_id, ranking->means, ranking->mean_count, sizeof(*ranking->means),
		  id_compare);
}

int64_t
ranking_effect_of(const struct ranking *ranking, int64_t person_id)
{
	const struct ranking_effect *found = ranking->effect_count == 0
	    ? NULL
	    : bsearch(&person_id, ranking->effects, ranking->effect_count,
		  sizeof(*ranking->effects), id_compare);

	return found == NULL ? 0 : found->effect;
}
