#ifndef GROUNDCREW_MODEL_RANKING_H
#define GROUNDCREW_MODEL_RANKING_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct listed_review_rows;

/*
 * What reviews say of applications (product.md, "Review"): the mean as it was
 * written, and one that allows for strict and lenient reviewers.
 *
 * The model.  A review's score is made of three parts,
 *
 *	score(i, j) = quality(i) + effect(j) + noise,
 *
 * for application i and reviewer j: additive, so that a reviewer is as many
 * points stricter with everyone.  Scores, qualities and effects are in
 * thousandths of a point; an effect above 0 is lenient.  Chosen are those
 * qualities and effects for which
 *
 *	sum over reviews of (score(i, j) - quality(i) - effect(j))^2
 *	    + RANKING_SHRINKAGE * sum over reviewers of effect(j)^2
 *
 * is least.  The second term shrinks: a reviewer counts as if they had also
 * written RANKING_SHRINKAGE reviews that agree with everybody else's, so whoever
 * wrote few is hardly taken for strict or lenient.  Qualities are not shrunk:
 * what an application gains or loses comes from its own reviews alone, and one
 * with a single review keeps its place but for the effect of who wrote it.
 * The effects add up to 0 among reviewers who are linked by applications they
 * both read; without such a link nothing can be said of them, and the effect
 * is 0: a lone reviewer changes nothing, and adjusted is raw.
 *
 * The solution.  For given effects the best quality(i) is the mean over i's
 * reviews of score(i, j) - effect(j).  Put in, this leaves one equation for
 * each reviewer:
 *
 *	(n(j) + RANKING_SHRINKAGE) effect(j)
 *	    - sum over i read by j of (1 / n(i)) sum over k of effect(k)
 *	    = sum over i read by j of (score(i, j) - raw(i))
 *
 * with n(j) the reviews that j wrote, n(i) those that i has, k those who read
 * i.  The matrix is symmetric and positive definite (its least eigenvalue is
 * RANKING_SHRINKAGE at least), so the conjugate gradient method, preconditioned
 * by the diagonal, solves it; a step costs one pass over the reviews.
 *
 * Convergence.  In exact numbers there are no more steps than reviewers; it
 * ends once the residual is a ten-thousand-millionth of the right-hand side,
 * after RANKING_STEPS at most.  Twenty reviewers of 5,000 applications take
 * about ten.  Sums are made in the order of application and reviewer, whatever
 * the order of the rows, so that the same reviews always give the same numbers.
 *
 * Limits.  Additive effects only: one who uses a narrower part of the scale
 * than others is not stretched.  Reviewers who read quite different
 * applications are told apart from them only by those that others read, too.
 * An adjusted mean may lie somewhat below 0 or above 10000.  Rounded to whole
 * thousandths, half away from 0.
 */
#define RANKING_SHRINKAGE 3

enum { RANKING_STEPS = 500 };

/* One finished review.  Of two with the same application and reviewer both
 * count; the database has none such. */
struct ranking_row {
	int64_t application_id;
	int64_t person_id; /* the reviewer */
	int64_t score; /* thousandths, 0 to 10000 */
};

/* RANKING_NONE: too few reviews to say. */
#define RANKING_NONE INT64_MIN

struct ranking_mean {
	int64_t application_id;
	int64_t reviews;
	int64_t raw;
	int64_t adjusted;
	/* How far apart the reviews are once strictness is allowed for: the
	 * standard deviation of score - effect about adjusted, over reviews - 1;
	 * RANKING_NONE with a single one. */
	int64_t disagreement;
};

struct ranking_effect {
	int64_t person_id;
	int64_t reviews;
	int64_t effect;
};

/* Both are sorted by id; an application without reviews has no row. */
struct ranking {
	const struct ranking_mean *means;
	size_t mean_count;
	const struct ranking_effect *effects;
	size_t effect_count;
	size_t steps; /* that it took */
};

/* The same reviews in any order give the same ranking. */
struct ranking ranking_of(struct arena *arena, const struct ranking_row *rows, size_t count);

/* NULL: it has no reviews. */
const struct ranking_mean *ranking_find(const struct ranking *ranking, int64_t application_id);

/* 0 for who reviewed nothing. */
int64_t ranking_effect_of(const struct ranking *ranking, int64_t person_id);

/* The same of reviews as model/listing.h reads them. */
struct ranking ranking_of_reviews(struct arena *arena, const struct listed_review_rows *reviews);

/* Of all finished reviews of a cohort's applications, withdrawn ones, too: they
 * still tell how strict their reviewers are. */
struct ranking ranking_load(struct db *db, struct arena *arena, int64_t cohort_id);

#endif
