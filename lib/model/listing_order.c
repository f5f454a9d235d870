#include <stdlib.h>
#include <string.h>

#include "ground/slots.h"
#include "ground/text.h"
#include "model/listing.h"
#include "model/standing.h"

static enum listing_stage
stage_of_pending(const char *kind)
{
	if (strcmp(kind, "offer") == 0) {
		return LISTING_PENDING_OFFER;
	}
	return strcmp(kind, "waitlist") == 0 ? LISTING_PENDING_WAITLIST : LISTING_PENDING_DECLINE;
}

enum listing_stage
listing_stage(const char *standing, const char *decision)
{
	static const enum listing_stage stages[STANDING_END] = {
		[STANDING_RECEIVED] = LISTING_UNDECIDED,
		[STANDING_COUNTING] = LISTING_UNDECIDED,
		[STANDING_WITHDRAWN] = LISTING_WITHDRAWN,
		[STANDING_WAITLISTED] = LISTING_WAITLISTED,
		[STANDING_DECLINED] = LISTING_DECLINED,
		[STANDING_OFFERED] = LISTING_OFFERED,
		[STANDING_CONFIRMED] = LISTING_CONFIRMED,
		[STANDING_REFUSED] = LISTING_REFUSED,
		[STANDING_LAPSED] = LISTING_LAPSED,
		[STANDING_CLOSED] = LISTING_CLOSED,
	};
	enum listing_stage stage = stages[standing_read(standing)];

	return decision == NULL || stage == LISTING_WITHDRAWN ? stage : stage_of_pending(decision);
}

int64_t
listing_hours(const char *half_hours)
{
	struct slots slots = { { 0 } };

	(void)slots_read_hex(half_hours, &slots);
	return (int64_t)slots_hours(&slots);
}

static enum listing_stage
row_stage(const struct listing_row *row)
{
	return listing_stage(row->application->standing, row->decision);
}

static bool
row_wants(const struct listing_row *row, int64_t project)
{
	size_t i;

	for (i = 0; i < row->project_count; i++) {
		if (row->projects[i] == project) {
			return true;
		}
	}
	return row->project_count == 0;
}

/* The key that is looked for is folded already; a call-sign is plain. */
static bool
row_is_called(const struct listing_row *row, const char *key)
{
	return key == NULL ||
	    (row->sight.names && strstr(row->application->name_key, key) != NULL) ||
	    (row->application->call_sign != NULL &&
		strcasestr(row->application->call_sign, key) != NULL);
}

static bool
row_is_wished(const struct listing_row *row, const struct cohort *cohort,
    const struct listing_wish *wish, const char *key)
{
	enum listing_stage stage = row_stage(row);
	bool is_reviewed = row->reviews >= cohort->reviews_wanted;

	return (wish->stage == LISTING_ANY_STAGE ? stage != LISTING_WITHDRAWN
						 : stage == wish->stage) &&
	    (wish->level == 0 || row->application->level == wish->level) &&
	    (wish->project == 0 || row_wants(row, wish->project)) &&
	    (wish->reviewed == 0 || (wish->reviewed > 0) == is_reviewed) &&
	    (!wish->is_flagged || row->flags > 0) &&
	    (!wish->was_waitlisted || row->waitlists > 0) && row_is_called(row, key);
}

void
listing_narrow(struct listing *listing, struct arena *arena, const struct cohort *cohort,
    const struct listing_wish *wish)
{
	const char *key = text_empty(wish->text) ? NULL : text_key(arena, wish->text);
	size_t i, kept = 0;

	for (i = 0; i < listing->count; i++) {
		if (row_is_wished(&listing->rows[i], cohort, wish, key)) {
			listing->rows[kept++] = listing->rows[i];
		}
	}
	listing->count = kept;
}

/* What a row is sorted by; LISTING_NONE comes last.  Names and projects are
 * compared otherwise. */
static int64_t
row_number(const struct listing_row *row, enum listing_order order)
{
	switch (order) {
	case LISTING_REVIEWS:
		return row->reviews;
	case LISTING_RAW:
		return row->raw;
	case LISTING_ADJUSTED:
		return row->adjusted;
	case LISTING_DISAGREEMENT:
		return row->disagreement;
	case LISTING_FLAGS:
		return row->flags;
	case LISTING_LEVEL:
		return row->application->level;
	case LISTING_HOURS:
		return listing_hours(row->application->hours);
	case LISTING_EARLIER:
		return row->earlier;
	case LISTING_WAITLISTS:
		return row->waitlists;
	case LISTING_STANDING:
		return (int64_t)row_stage(row);
	case LISTING_PROJECTS:
		return row->project_count == 0 ? LISTING_NONE : 0;
	case LISTING_NAME:
	case LISTING_ORDERS:
	default:
		return 0;
	}
}

static int
number_compare(int64_t a, int64_t b, bool is_descending)
{
	if (a == b) {
		return 0;
	}
	if (a == LISTING_NONE || b == LISTING_NONE) {
		return a == LISTING_NONE ? 1 : -1;
	}
	return (a < b) == is_descending ? 1 : -1;
}

static int
projects_compare(const struct listing_row *a, const struct listing_row *b)
{
	size_t i;

	for (i = 0; i < a->project_count && i < b->project_count; i++) {
		if (a->projects[i] != b->projects[i]) {
			return a->projects[i] < b->projects[i] ? -1 : 1;
		}
	}
	return (a->project_count > b->project_count) - (a->project_count < b->project_count);
}

/* By name where it is seen, by call-sign else: what stands there. */
static int
name_compare(const struct listing_row *a, const struct listing_row *b)
{
	const char *left = a->sight.names ? a->application->name_key : a->name;
	const char *right = b->sight.names ? b->application->name_key : b->name;
	int order = strcasecmp(left, right);

	return order != 0 ? order : strcmp(a->application->key, b->application->key);
}

struct sorting {
	enum listing_order order;
	bool is_descending;
};

static int
row_compare(const void *left, const void *right, void *context)
{
	const struct listing_row *a = left, *b = right;
	const struct sorting *by = context;
	int order =
	    number_compare(row_number(a, by->order), row_number(b, by->order), by->is_descending);

	if (order == 0 && by->order == LISTING_PROJECTS) {
		order = projects_compare(a, b);
		order = by->is_descending ? -order : order;
	}
	if (order == 0 && by->order == LISTING_STANDING) {
		order = number_compare(
		    a->application->waitlist_position, b->application->waitlist_position, false);
	}
	if (order == 0 && by->order != LISTING_NAME) {
		order = number_compare(a->adjusted, b->adjusted, true);
	}
	if (order != 0) {
		return order;
	}
	order = name_compare(a, b);
	return by->order == LISTING_NAME && by->is_descending ? -order : order;
}

void
listing_sort(struct listing *listing, enum listing_order order, bool is_descending)
{
	struct sorting by = { order, is_descending };
	size_t i;

	for (i = 0; i < listing->count; i++) {
		listing->rows[i].value = row_number(&listing->rows[i], order);
	}
	qsort_r(listing->rows, listing->count, sizeof(*listing->rows), row_compare, &by);
}

void
listing_bars(const struct listing *listing, int64_t bars[LISTING_BARS])
{
	size_t i;

	memset(bars, 0, LISTING_BARS * sizeof(*bars));
	for (i = 0; i < listing->count; i++) {
		int64_t adjusted = listing->rows[i].adjusted, bar = adjusted / 1000;

		if (adjusted != LISTING_NONE) {
			bars[adjusted < 0 ? 0 : bar >= LISTING_BARS ? LISTING_BARS - 1 : bar]++;
		}
	}
}
