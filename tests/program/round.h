/*
 * A made round of applications: everybody's true quality, every reviewer's
 * true strictness, and the reviews that follow from both, as SQL.
 *
 *	score of a criterion = quality + strictness + noise, 0 to 10
 *
 * The same seed makes the same round, on every machine: all of it is counted
 * in whole numbers. Nothing of libc but snprintf is needed, so that the bench
 * can compile it into a tool of its own.
 */
#ifndef TESTS_PROGRAM_ROUND_H
#define TESTS_PROGRAM_ROUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct round {
	uint64_t seed;
	int64_t cohort_id; /* a cohort that there is, without criteria yet */
	int applications; /* at most 9000 */
	int reviewers; /* at least 1, at most 99 */
	int reviews; /* of each application, at most as many as reviewers */
	int64_t now; /* all of it happened in the week before */
	bool is_under_way; /* every seventh application lacks its last review */
	bool has_earlier; /* every fifth applied a year ago, too, and half of
			   * them were on the waitlist */
};

/* Both in thousandths of a point; of application 0 and reviewer 0 onwards. */
int round_quality(const struct round *round, int application);
int round_strictness(const struct round *round, int reviewer);

/* Which reviewer has the nth review of an application; all are different. */
int round_reviewer(const struct round *round, int application, int nth);

/* Whether the nth review of an application was written. */
bool round_is_reviewed(const struct round *round, int application, int nth);

/* Points of one of the three criteria (weights 3, 2 and 1), and their mean by
 * weight in thousandths, as model/review.h has it. */
enum { ROUND_CRITERIA = 3 };
int round_points(const struct round *round, int application, int nth, int criterion);
int round_score(const struct round *round, int application, int nth);

/* Room for these keys and addresses. */
enum { ROUND_NAME = 64 };

/* The key of an application, and the address of a reviewer. */
void round_key(char key[ROUND_NAME], int application);
void round_address(char address[ROUND_NAME], int reviewer);

/*
 * Hands over the statements, some at a time, for a transaction of the
 * caller's: people, applications with their answers, criteria, reviewers,
 * reviews.
 */
typedef void round_out(void *context, const char *statements);
void round_write(const struct round *round, round_out *out, void *context);

#endif
