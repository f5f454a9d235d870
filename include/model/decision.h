#ifndef GROUNDCREW_MODEL_DECISION_H
#define GROUNDCREW_MODEL_DECISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/query/decision.h"

struct arena;
struct cohort;
struct db;

/*
 * What the organisers decide of applications: a seat offered, a place on the
 * waitlist, or not this time.
 *
 * A decision is pending until it is sent: until then nobody hears of it and
 * the application stands as it did.  Sending sends all pending ones of a
 * cohort together, once; what is decided later is pending again and goes the
 * same way.  An application has one pending decision at most, a new one takes
 * its place.  It is dropped when the application's standing changes otherwise
 * (it was withdrawn; its seat was released to it from the waitlist).
 *
 * People with a role in the cohort get no mail of a result: theirs is settled
 * without, and their application stays as it stands.
 */
enum decision_kind {
	DECISION_NONE, /* takes back what is pending */
	DECISION_OFFER,
	DECISION_WAITLIST,
	DECISION_DECLINE,
	DECISION_KINDS
};

/* The kind of the database's word, and the word ("none" is of no row). */
enum decision_kind decision_kind_read(const char *text);
const char *decision_kind_text(enum decision_kind kind);

/* In UTF-16 units where the form counts. */
#define DECISION_LINE_MAX 600

/* decision_terms.place: behind all others. */
#define DECISION_LAST ((int64_t)0)

/* Places as an organiser can say them. */
#define DECISION_PLACE_MAX 5000

struct decision_terms {
	enum decision_kind kind;
	int64_t group_id; /* of an offer: the group that it names, or DB_NULL */
	/* Of the waitlist: 1 is before all others. Several that are decided
	 * together stand one behind the other, from there. */
	int64_t place;
	/* Said to this person alone; "" or NULL: nothing. */
	const char *line;
};

/* What became of deciding several. */
struct decision_report {
	size_t decided;
	/* Nothing to take back: as it is. */
	size_t unchanged;
	/* No step leads there from how they stand; or they are unknown here, or
	 * the decider's own. */
	size_t refused;
	/* Have a role in the cohort: no seat is offered to them. */
	size_t with_role;
	/* For offers and the waitlist week 1 is over. */
	bool is_too_late;
};

/*
 * Decides the same of several applications, by their keys and in that order,
 * in the caller's write transaction.  Keys that cannot be decided so are left
 * as they are and counted.  False on a fault.
 */
bool decision_make(struct db *db, struct arena *arena, const struct cohort *cohort,
    const char *const *keys, size_t count, const struct decision_terms *terms, int64_t person_id,
    int64_t now, struct decision_report *report);

/* What is pending for an application; false: nothing, or a fault. */
bool decision_find_pending(
    struct db *db, struct arena *arena, int64_t application_id, struct decision *decision);

/* A decision by its id, sent or not; false: none, or a fault. */
bool decision_find(struct db *db, struct arena *arena, int64_t id, struct decision *decision);

/* What decides how much this person is shown of whom it is about.  False: no
 * such application, or a fault. */
bool decision_see(struct db *db, struct arena *arena, int64_t application_id, int64_t person_id,
    struct decision_seen *seen);

/* A page of what is pending in a cohort, as its mails would go; `after` is how
 * many to leave out, most -1 for all.  is_revealed is for that person. */
struct decision_row_rows decision_pending_rows(struct db *db, struct arena *arena,
    int64_t cohort_id, int64_t person_id, int64_t most, int64_t after);

/* How a cohort's pending decisions look before they are sent. */
struct decision_outlook {
	struct decision_count counts;
	int64_t seats_free; /* offered to nobody and taken by nobody */
	/* Tells these decisions from any others: it is in the page, and comes
	 * back with the order to send. */
	const char *shown;
};

/* False on a fault. */
bool decision_outlook(struct db *db, struct arena *arena, const struct cohort *cohort,
    struct decision_outlook *outlook);

enum decision_send_outcome {
	DECISION_SENT = 1,
	/* Something was decided, taken back or moved since the page was read:
	 * nothing is sent. */
	DECISION_CHANGED,
	/* Nothing is pending. */
	DECISION_NOTHING,
	/* More offers than free seats: nothing is sent. */
	DECISION_NO_SEAT,
	/* Offers or places, though week 1 is over: nothing is sent. */
	DECISION_TOO_LATE,
	DECISION_SEND_FAULT
};

/*
 * Sends all that is pending in a cohort, in the caller's write transaction,
 * which is rolled back for every outcome but DECISION_SENT: each application
 * takes its step, each mail is queued.  shown is what the page carried.
 */
enum decision_send_outcome decision_send(struct db *db, struct arena *arena,
    const struct cohort *cohort, const char *shown, int64_t now);

#endif
