#include "model/waitlist.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "db/query/cohort.h"
#include "db/query/group.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/date.h"
#include "model/cohort.h"
#include "model/offer.h"
#include "model/outbox.h"
#include "model/standing.h"
#include "model/standup_plan.h"

#define HALF_HOUR ((int64_t)30 * CLOCK_MINUTE)

bool
waitlist_is_over(const struct cohort *cohort, int64_t now)
{
	return now >= cohort->starts_at + WAITLIST_CLOSING_SECONDS;
}

struct freed_seat_rows
waitlist_freed_seats(struct db *db, struct arena *arena, int64_t cohort_id, int64_t now)
{
	return waitlist_freed(
	    db, arena, &(struct waitlist_freed_in){ .cohort_id = cohort_id, .now = now });
}

struct waiting_rows
waitlist_rows(struct db *db, struct arena *arena, int64_t cohort_id, int64_t person_id,
    int64_t most, int64_t after)
{
	return waitlist_list(db, arena,
	    &(struct waitlist_list_in){
		.cohort_id = cohort_id, .person_id = person_id, .most = most, .after = after });
}

int64_t
waitlist_length(struct db *db, struct arena *arena, int64_t cohort_id)
{
	struct waitlist_count_row row;

	return waitlist_count(
		   db, arena, &(struct waitlist_count_in){ .cohort_id = cohort_id }, &row)
	    ? row.waiting
	    : -1;
}

/* The half hours of UTC that the meeting of the first week touches: in a zone
 * of quarter hours one more than it lasts. */
static struct slots
meeting_utc(const struct cohort *cohort, const struct group *group)
{
	int64_t begins = standup_instant(cohort, group, 0);
	int64_t ends = begins + group->meeting_minutes * CLOCK_MINUTE;
	struct slots slots = { { 0 } };

	for (int64_t at = begins - begins % HALF_HOUR; at < ends; at += HALF_HOUR) {
		slots_set(&slots,
		    slots_number(date_weekday(date_from_days(at / CLOCK_DAY)),
			(int)(at % CLOCK_DAY / HALF_HOUR)));
	}
	return slots;
}

struct waitlist_place
waitlist_place_of(const struct cohort *cohort, const struct group *group)
{
	if (group == NULL) {
		return (struct waitlist_place){ .has_group = false };
	}
	return (struct waitlist_place){ .has_group = true,
		.project_id = group->project_id,
		.level_low = group->level_low,
		.level_high = group->level_high,
		.meeting = meeting_utc(cohort, group) };
}

/* Whether the project is among ids divided by blanks; NULL: any project. */
static bool
wants(const char *projects, int64_t project_id)
{
	while (projects != NULL) {
		if (strtoll(projects, NULL, 10) == project_id) {
			return true;
		}
		projects = strchr(projects, ' ');
		if (projects == NULL) {
			return false;
		}
		projects++;
	}
	return true;
}

/* The bits of two hexadecimal digits, as slots_hex() writes them. */
static unsigned
byte_of(const char *hex)
{
	unsigned bits = 0;

	for (int i = 0; i < 2; i++) {
		unsigned digit = (unsigned char)hex[i];

		bits = bits << 4 | (digit <= '9' ? digit - '0' : (digit | 32) - 'a' + 10);
	}
	return bits;
}

/* Whether somebody has time at all of the meeting.  Their hours are read no
 * further than that: a long waitlist is asked for many seats. */
static bool
has_time(const char *hours_utc, const struct slots *meeting)
{
	for (size_t i = 0; i < SLOTS_BYTES; i++) {
		if (meeting->bits[i] != 0 &&
		    (byte_of(hours_utc + 2 * i) & meeting->bits[i]) != meeting->bits[i]) {
			return false;
		}
	}
	return true;
}

unsigned
waitlist_misfits(const struct waitlist_place *place, const struct waiting *waiting)
{
	unsigned misfits = waiting->has_role != 0 ? WAITLIST_ROLE : 0;

	if (!place->has_group) {
		return misfits;
	}
	if (waiting->level < place->level_low) {
		misfits |= WAITLIST_LEVEL_BELOW;
	}
	if (waiting->level > place->level_high) {
		misfits |= WAITLIST_LEVEL_ABOVE;
	}
	if (!wants(waiting->projects, place->project_id)) {
		misfits |= WAITLIST_PROJECT;
	}
	if (!has_time(waiting->hours_utc, &place->meeting)) {
		misfits |= WAITLIST_HOUR;
	}
	return misfits;
}

/* The first of them whom the seat fits and who is not gone (NULL: all are
 * there). */
static size_t
first_left(const struct waitlist_place *place, const struct waiting_rows *waiting, const bool *gone)
{
	size_t i = 0;

	while (i < waiting->count &&
	    ((gone != NULL && gone[i]) || waitlist_misfits(place, &waiting->rows[i]) != 0)) {
		i++;
	}
	return i;
}

size_t
waitlist_first(const struct waitlist_place *place, const struct waiting_rows *waiting)
{
	return first_left(place, waiting, NULL);
}

/* The seat as it is compared; false on a fault. */
static bool
place_of_seat(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t group_id,
    struct waitlist_place *place)
{
	struct group group;

	if (group_id == DB_NULL) {
		*place = waitlist_place_of(cohort, NULL);
		return true;
	}
	if (!group_by_id(db, arena, &(struct group_by_id_in){ .id = group_id }, &group)) {
		return false;
	}
	*place = waitlist_place_of(cohort, &group);
	return true;
}

static enum waitlist_release_outcome
release_to(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct freed_seat *seat, const struct waiting *first, int64_t now)
{
	switch (offer_make(db, arena, cohort,
	    &(struct offer_terms){ .application_id = first->id,
		.email = first->email,
		.group_id = seat->group_id,
		.replaces_id = seat->id },
	    now)) {
	case OFFER_MADE:
		return WAITLIST_RELEASED;
	case OFFER_NO_SEAT:
		return WAITLIST_NO_SEAT;
	case OFFER_TOO_LATE_TO_MAKE:
		return WAITLIST_OVER;
	case OFFER_ALREADY:
	case OFFER_DOES_NOT_COUNT:
		return WAITLIST_NOT_FIRST;
	case OFFER_MAKE_FAULT:
	default:
		return WAITLIST_FAULT;
	}
}

static const struct freed_seat *
seat_find(const struct freed_seat_rows *seats, const char *key)
{
	for (size_t i = 0; i < seats->count; i++) {
		if (strcmp(seats->rows[i].key, key) == 0) {
			return &seats->rows[i];
		}
	}
	return NULL;
}

enum waitlist_release_outcome
waitlist_release(struct db *db, struct arena *arena, const struct cohort *cohort,
    const char *offer_key, const char *application_key, int64_t now, int64_t *person_id)
{
	struct freed_seat_rows seats = waitlist_freed_seats(db, arena, cohort->id, now);
	struct waiting_rows waiting = waitlist_rows(db, arena, cohort->id, DB_NULL, -1, 0);
	const struct freed_seat *seat = seat_find(&seats, offer_key);
	struct waitlist_place place;
	size_t first;

	if (waitlist_is_over(cohort, now)) {
		return WAITLIST_OVER;
	}
	if (seat == NULL) {
		return WAITLIST_NOT_FREE;
	}
	if (!place_of_seat(db, arena, cohort, seat->group_id, &place)) {
		return WAITLIST_FAULT;
	}
	first = waitlist_first(&place, &waiting);
	if (first == waiting.count || strcmp(waiting.rows[first].key, application_key) != 0) {
		return WAITLIST_NOT_FIRST;
	}
	*person_id = waiting.rows[first].person_id;
	return release_to(db, arena, cohort, seat, &waiting.rows[first], now);
}

/* Each freed seat to the first whom it fits, while seats are free at all. */
static bool
release_all(struct db *db, struct arena *arena, const struct cohort *cohort, int64_t now)
{
	struct freed_seat_rows seats = waitlist_freed_seats(db, arena, cohort->id, now);
	struct waiting_rows waiting = waitlist_rows(db, arena, cohort->id, DB_NULL, -1, 0);
	bool *gone = arena_array(arena, waiting.count + 1, sizeof(*gone));

	for (size_t i = 0; i < seats.count; i++) {
		struct waitlist_place place;
		size_t first;

		if (!place_of_seat(db, arena, cohort, seats.rows[i].group_id, &place)) {
			return false;
		}
		first = first_left(&place, &waiting, gone);
		if (first == waiting.count) {
			continue;
		}
		gone[first] = true;
		switch (release_to(db, arena, cohort, &seats.rows[i], &waiting.rows[first], now)) {
		case WAITLIST_RELEASED:
			break;
		case WAITLIST_NO_SEAT:
		case WAITLIST_OVER:
			return true;
		case WAITLIST_NOT_FREE:
		case WAITLIST_NOT_FIRST:
		case WAITLIST_FAULT:
		default:
			return false;
		}
	}
	return db_fault(db) == DB_FAULT_NONE;
}

static bool
find_cohort(struct db *db, struct arena *arena, int64_t cohort_id, struct cohort *cohort)
{
	return cohort_by_id(db, arena, &(struct cohort_by_id_in){ .id = cohort_id }, cohort);
}

bool
waitlist_pass_on(struct db *db, struct arena *arena, int64_t cohort_id, int64_t now)
{
	struct cohort cohort;

	if (!find_cohort(db, arena, cohort_id, &cohort)) {
		return false;
	}
	return cohort.releases_itself == 0 || waitlist_is_over(&cohort, now) ||
	    release_all(db, arena, &cohort, now);
}

enum waitlist_move_outcome
waitlist_move(struct db *db, struct arena *arena, const struct cohort *cohort,
    const char *application_key, int64_t place)
{
	struct waiting_rows waiting = waitlist_rows(db, arena, cohort->id, DB_NULL, -1, 0);
	size_t from = 0, to = place > 0 ? (size_t)place - 1 : 0;
	int64_t number = 1;

	while (from < waiting.count && strcmp(waiting.rows[from].key, application_key) != 0) {
		from++;
	}
	if (from == waiting.count) {
		return WAITLIST_NOT_WAITING;
	}
	to = to < waiting.count ? to : waiting.count - 1;
	for (size_t at = 0, next = 0; at < waiting.count; at++) {
		size_t who = from;

		if (at != to) {
			next += next == from ? 1 : 0;
			who = next++;
		}
		if (waiting.rows[who].waitlist_position != number &&
		    waitlist_set_place(db,
			&(struct waitlist_set_place_in){
			    .id = waiting.rows[who].id, .place = number }) != 1) {
			return WAITLIST_MOVE_FAULT;
		}
		number++;
	}
	return WAITLIST_MOVED;
}

static bool
tell_closed(struct db *db, struct arena *arena, int64_t cohort_id, const struct waiting *waiting,
    int64_t now)
{
	const char *id = arena_format(arena, "%lld", (long long)waiting->id);

	/* People with a role get no mail of a result. */
	return waiting->has_role != 0 ||
	    outbox_queue(db, arena,
		&(struct outbox_new){
		    .reason = arena_format(arena, "waitlist_closed:%s:%lld", id, (long long)now),
		    .kind = "waitlist_closed",
		    .cohort_id = cohort_id,
		    .recipient = waiting->email,
		    .parameters =
			(const struct outbox_parameter[]){ { "application", id }, { NULL, NULL } },
		    .due_at = now },
		now);
}

int64_t
waitlist_close(struct db *db, struct arena *arena, int64_t cohort_id, int64_t now)
{
	struct waiting_rows waiting = waitlist_rows(db, arena, cohort_id, DB_NULL, -1, 0);

	for (size_t i = 0; i < waiting.count; i++) {
		if (standing_step(db, waiting.rows[i].id, STANDING_WAITLISTED, STANDING_CLOSED,
			DB_NULL) != STANDING_STEPPED ||
		    !tell_closed(db, arena, cohort_id, &waiting.rows[i], now)) {
			return -1;
		}
	}
	return db_fault(db) == DB_FAULT_NONE ? (int64_t)waiting.count : -1;
}

bool
waitlist_tick(struct db *db, struct arena *arena, int64_t now)
{
	struct waitlist_cohort_rows due = waitlist_closing(db, arena,
	    &(struct waitlist_closing_in){ .now = now, .closing = WAITLIST_CLOSING_SECONDS });

	for (size_t i = 0; i < due.count; i++) {
		if (waitlist_close(db, arena, due.rows[i].id, now) < 0) {
			return false;
		}
	}
	due = waitlist_releasing(db, arena,
	    &(struct waitlist_releasing_in){ .now = now, .closing = WAITLIST_CLOSING_SECONDS });
	for (size_t i = 0; i < due.count; i++) {
		if (!waitlist_pass_on(db, arena, due.rows[i].id, now)) {
			return false;
		}
	}
	return db_fault(db) == DB_FAULT_NONE;
}

int64_t
waitlist_due(struct db *db, struct arena *arena, int64_t now)
{
	struct waitlist_next_closing_row next;

	if (!waitlist_next_closing(db, arena,
		&(struct waitlist_next_closing_in){
		    .now = now, .closing = WAITLIST_CLOSING_SECONDS },
		&next)) {
		return DB_NULL;
	}
	return next.due_at;
}
