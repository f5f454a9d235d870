#ifndef GROUNDCREW_MODEL_SIGHT_H
#define GROUNDCREW_MODEL_SIGHT_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct cohort;
struct db;
struct person;

/*
 * Who sees what of an application (product.md, "Review"): the one place that
 * decides it. Every page, file and mail for reviewers and organisers asks here
 * and shows nothing else.
 *
 *	                    reviewer            organiser
 *	names, identifying, their own reveal    their own reveal, or blind review
 *	zone, earlier                           was ended, or it was decided on
 *	sensitive           always              always
 *	scores, notes       their own review    their own review is in, it has all
 *	of others           is in               reviews it wants, blind review was
 *	                                        ended, or it was decided on
 *
 * With a declared conflict a reviewer sees nothing and an organiser no scores
 * and notes. Of one's own application one sees what one wrote, and neither
 * scores nor notes. Everybody else sees nothing here: a group's navigators and
 * captains read the answers of their Djangonauts elsewhere.
 */
struct sight {
	/* Name, pronouns, address, GitHub name, reference and to the second when
	 * it was sent; otherwise the call-sign and the day. */
	bool names;
	/* Answers to questions that are identifying, and URLs and addresses. */
	bool identifying;
	/* Answers to questions that are sensitive. */
	bool sensitive;
	bool scores_of_others;
	bool notes_of_others;
	/* The time zone; otherwise the hours in the reader's own. */
	bool zone;
	/* That they applied or took part before. */
	bool earlier;
};

/* What it is decided by. A list reads these for all its rows in one query. */
struct sight_facts {
	bool is_organiser; /* of the cohort */
	bool is_reviewer; /* appointed */
	bool is_own; /* the reader wrote it */
	bool has_conflict; /* the reader declared one */
	bool has_reviewed; /* the reader's review is finished */
	bool has_revealed; /* the reader looked behind its call-sign */
	bool is_complete; /* it has as many reviews as the cohort wants */
	/* What was decided was sent, or a seat taken: its standing is beyond
	 * counting and not withdrawn. */
	bool is_decided;
	bool names_shown; /* the organisers ended blind review */
};

struct sight sight_judge(const struct sight_facts *facts);

/*
 * The same for one application, its facts read from the database. person may
 * be NULL (a stranger); roles are the visitor's in the cohort's or in the
 * application's scope. An application that does not exist, or a fault: nothing
 * is seen.
 */
struct sight sight_of(struct db *db, struct arena *arena, const struct person *person,
    const struct cohort *cohort, int64_t application_id, unsigned roles, int64_t now);

/*
 * Whether an answer is shown: kind is that of its question ("url" and "email"
 * say who somebody is whatever the organiser ticked).
 */
bool
sight_shows(const struct sight *sight, const char *kind, bool is_identifying, bool is_sensitive);

/* What stands for who it is: the name where names are seen, or the call-sign. */
const char *sight_name(const struct sight *sight, const char *name, const char *call_sign);

/* Whether the organisers ended blind review in this cohort by now. */
bool sight_names_shown(const struct cohort *cohort, int64_t now);

/* Whether an application of this standing was decided on. */
bool sight_is_decided(const char *standing);

#endif
