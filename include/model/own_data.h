#ifndef GROUNDCREW_MODEL_OWN_DATA_H
#define GROUNDCREW_MODEL_OWN_DATA_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;
struct person;

/*
 * Own data: everything that is kept of one person, for them to take away.
 *
 * One JSON object.  "what_is_this" says so in words, "made_at" when, "person"
 * is the account; every other key is a list, empty when there is nothing:
 *
 *	sessions applications memberships check_ins questions answers
 *	highlights attendance invitations subscriptions conduct_recipient
 *	reviews_of_your_applications reviewing reviews_by_you conflicts
 *	names_shown mail address_changes log
 *
 * The keys are stable: a later version may add some and changes none.
 * Instants are RFC 3339 in UTC, an absent one is null; audiences are 1 (the
 * group's navigators) to 4 (everyone); hours are as in
 * ground/slots.h, and again as "free_hours": ISO weekday (1 Monday), from, to.
 * Nothing of anybody else's is in it: no question that was answered, no
 * answer that was got, no name but one's own. What a reviewer noted of an
 * applicant is both's: it is in the applicant's file without the reviewer, in
 * the reviewer's with the call-sign.
 */

/*
 * The text, indented, in UTF-8, ended by a line end; words go into
 * "what_is_this".  NULL on a fault.
 */
const char *own_data_json(struct db *db, struct arena *arena, const struct person *person,
    const char *words, int64_t now);

enum own_data_outcome {
	OWN_DATA_DONE = 1,
	/* More than OWN_DATA_AN_HOUR copies and links within an hour. */
	OWN_DATA_TOO_MANY,
	OWN_DATA_FAULT
};

#define OWN_DATA_AN_HOUR 6

/*
 * Counts that a copy is taken, and queues the mail that tells its owner so.
 * In the caller's write transaction, before own_data_json: the copy holds the
 * mail that tells of it.
 */
enum own_data_outcome own_data_take(struct db *db, struct arena *arena,
    const unsigned char secret[32], const struct person *person, int64_t now);

/*
 * Counts and queues the mail whose link leads to erasing the account; it
 * works for OWN_DATA_ERASE_SECONDS from its sending.
 */
#define OWN_DATA_ERASE_SECONDS ((int64_t)3600)

enum own_data_outcome own_data_ask_erase(struct db *db, struct arena *arena,
    const unsigned char secret[32], const struct person *person, int64_t now);

#endif
