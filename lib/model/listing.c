#include "model/listing.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "ground/arena.h"

/* The reviews of one application, as far as the listing counts them. */
struct tally {
	int64_t application_id;
	int64_t flags;
	bool is_read; /* by the reader of the list */
};

/* What stands beside the rows, each found by the application's id. */
struct beside {
	struct listed_review_rows reviews;
	struct tally *tallies; /* sorted by application */
	size_t tally_count;
	struct listed_project_rows projects; /* sorted by application */
	int64_t *project_ids; /* of each of them, in that order */
};

static int
id_compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int
application_compare(const void *left, const void *right)
{
	const struct listing_row *a = left, *b = right;

	return id_compare(a->application->id, b->application->id);
}

static int
tally_compare(const void *left, const void *right)
{
	const struct tally *a = left, *b = right;

	return id_compare(a->application_id, b->application_id);
}

static int
project_compare(const void *left, const void *right)
{
	const struct listed_project *a = left, *b = right;
	int order = id_compare(a->application_id, b->application_id);

	return order != 0 ? order : id_compare(a->project_id, b->project_id);
}

/* One tally a review, put together where they are of one application. */
static void
count_reviews(struct arena *arena, struct beside *beside, int64_t person_id)
{
	struct tally *tallies = arena_array(arena, beside->reviews.count + 1, sizeof(*tallies));
	size_t i, last = 0;

	for (i = 0; i < beside->reviews.count; i++) {
		const struct listed_review *review = &beside->reviews.rows[i];

		tallies[i] = (struct tally){ .application_id = review->application_id,
			.flags = review->is_flagged,
			.is_read = review->person_id == person_id };
	}
	qsort(tallies, beside->reviews.count, sizeof(*tallies), tally_compare);
	for (i = 1; i < beside->reviews.count; i++) {
		if (tallies[i].application_id == tallies[last].application_id) {
			tallies[last].flags += tallies[i].flags;
			tallies[last].is_read |= tallies[i].is_read;
		} else {
			tallies[++last] = tallies[i];
		}
	}
	beside->tallies = tallies;
	beside->tally_count = beside->reviews.count == 0 ? 0 : last + 1;
}

static void
sort_projects(struct arena *arena, struct beside *beside)
{
	size_t count = beside->projects.count, i;
	struct listed_project *rows = arena_array(arena, count + 1, sizeof(*rows));

	beside->project_ids = arena_array(arena, count + 1, sizeof(*beside->project_ids));
	if (count == 0) {
		return;
	}
	memcpy(rows, beside->projects.rows, count * sizeof(*rows));
	qsort(rows, count, sizeof(*rows), project_compare);
	for (i = 0; i < count; i++) {
		beside->project_ids[i] = rows[i].project_id;
	}
	beside->projects.rows = rows;
}

static struct beside
beside_load(struct db *db, struct arena *arena, int64_t cohort_id, int64_t person_id)
{
	struct beside beside = {
		.reviews = listing_reviews(
		    db, arena, &(struct listing_reviews_in){ .cohort_id = cohort_id }),
		.projects = listing_projects(
		    db, arena, &(struct listing_projects_in){ .cohort_id = cohort_id }),
	};

	count_reviews(arena, &beside, person_id);
	sort_projects(arena, &beside);
	return beside;
}

static struct tally
tally_find(const struct beside *beside, int64_t application_id)
{
	struct tally wanted = { .application_id = application_id };
	const struct tally *found = beside->tally_count == 0
	    ? NULL
	    : bsearch(&wanted, beside->tallies, beside->tally_count, sizeof(wanted), tally_compare);

	return found == NULL ? wanted : *found;
}

static struct listing_row *
row_find(const struct listing *listing, int64_t application_id)
{
	struct listed listed = { .id = application_id };
	struct listing_row wanted = { .application = &listed };

	return listing->count == 0
	    ? NULL
	    : bsearch(&wanted, listing->rows, listing->count, sizeof(wanted), application_compare);
}

static void
row_see(struct listing_row *row, const struct sight_facts *facts)
{
	const struct listed *application = row->application;

	row->sight = sight_judge(facts);
	row->name = sight_name(&row->sight, application->name,
	    application->call_sign == NULL ? application->reference : application->call_sign);
	row->earlier = row->sight.earlier ? 0 : LISTING_NONE;
	row->waitlists = row->earlier;
}

static void
row_score(struct listing_row *row, const struct ranking_mean *mean, int64_t flags)
{
	bool shows = row->sight.scores_of_others;

	row->flags = shows ? flags : LISTING_NONE;
	shows = shows && mean != NULL;
	row->raw = shows ? mean->raw : LISTING_NONE;
	row->adjusted = shows ? mean->adjusted : LISTING_NONE;
	row->disagreement = shows ? mean->disagreement : LISTING_NONE;
}

/* The rows and the projects are both sorted by application. */
static void
join_projects(struct listing *listing, const struct beside *beside)
{
	size_t i, at = 0, first;

	for (i = 0; i < listing->count; i++) {
		struct listing_row *row = &listing->rows[i];
		int64_t id = row->application->id;

		while (
		    at < beside->projects.count && beside->projects.rows[at].application_id < id) {
			at++;
		}
		for (first = at; at < beside->projects.count &&
		     beside->projects.rows[at].application_id == id;) {
			at++;
		}
		row->projects = beside->project_ids + first;
		row->project_count = at - first;
	}
}

/* Asked for only where somebody's earlier cohorts are seen. */
static void
join_earlier(struct db *db, struct arena *arena, struct listing *listing, int64_t cohort_id)
{
	struct listed_earlier_rows earlier = { 0 };
	struct listing_row *row;
	size_t i;

	for (i = 0; i < listing->count; i++) {
		if (listing->rows[i].sight.earlier) {
			earlier = listing_earlier(
			    db, arena, &(struct listing_earlier_in){ .cohort_id = cohort_id });
			break;
		}
	}
	for (i = 0; i < earlier.count; i++) {
		row = row_find(listing, earlier.rows[i].id);
		if (row != NULL && row->sight.earlier) {
			row->earlier = earlier.rows[i].cohorts;
			row->waitlists = earlier.rows[i].waitlists;
		}
	}
}

static void
join_decisions(struct db *db, struct arena *arena, struct listing *listing, int64_t cohort_id)
{
	struct listed_decision_rows decisions =
	    listing_decisions(db, arena, &(struct listing_decisions_in){ .cohort_id = cohort_id });
	struct listing_row *row;
	size_t i;

	for (i = 0; i < decisions.count; i++) {
		row = row_find(listing, decisions.rows[i].application_id);
		/* Nobody hears of their own before it is sent. */
		if (row != NULL && !row->is_own) {
			row->decision = decisions.rows[i].kind;
		}
	}
}

/* What this person declared or looked at, for the facts of their sight. */
static void
find_sights(struct db *db, struct arena *arena, const struct listing *listing, int64_t person_id,
    struct sight_facts *facts)
{
	struct listed_sight_rows sights =
	    listing_sights(db, arena, &(struct listing_sights_in){ .person_id = person_id });
	struct listing_row *row;
	size_t i;

	for (i = 0; i < sights.count; i++) {
		row = row_find(listing, sights.rows[i].application_id);
		if (row == NULL) {
			continue;
		}
		if (sights.rows[i].is_reveal != 0) {
			facts[row - listing->rows].has_revealed = true;
		} else {
			facts[row - listing->rows].has_conflict = true;
		}
	}
}

static void
see_rows(struct listing *listing, const struct beside *beside, const struct cohort *cohort,
    bool names_shown, struct sight_facts *facts)
{
	size_t i;

	for (i = 0; i < listing->count; i++) {
		struct listing_row *row = &listing->rows[i];
		const struct ranking_mean *mean =
		    ranking_find(&listing->ranking, row->application->id);
		struct tally tally = tally_find(beside, row->application->id);

		row->reviews = mean == NULL ? 0 : mean->reviews;
		facts[i].is_organiser = true;
		facts[i].is_own = row->is_own;
		facts[i].has_reviewed = tally.is_read;
		facts[i].is_complete = row->reviews >= cohort->reviews_wanted;
		facts[i].is_decided = sight_is_decided(row->application->standing);
		facts[i].names_shown = names_shown;
		row_see(row, &facts[i]);
		row_score(row, mean, tally.flags);
	}
}

static void
rows_make(struct arena *arena, const struct listed_rows *applications, int64_t person_id,
    struct listing *listing)
{
	size_t i;

	listing->count = applications->count;
	listing->rows = arena_array(arena, applications->count + 1, sizeof(*listing->rows));
	for (i = 0; i < listing->count; i++) {
		listing->rows[i].application = &applications->rows[i];
		listing->rows[i].is_own = applications->rows[i].person_id == person_id;
	}
	qsort(listing->rows, listing->count, sizeof(*listing->rows), application_compare);
}

struct listing
listing_load(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct person *person, int64_t now)
{
	struct listed_rows applications = listing_applications(
	    db, arena, &(struct listing_applications_in){ .cohort_id = cohort->id });
	struct beside beside = beside_load(db, arena, cohort->id, person->id);
	struct listing listing = { .ranking = ranking_of_reviews(arena, &beside.reviews) };
	struct sight_facts *facts = arena_array(arena, applications.count + 1, sizeof(*facts));

	rows_make(arena, &applications, person->id, &listing);
	find_sights(db, arena, &listing, person->id, facts);
	see_rows(&listing, &beside, cohort, sight_names_shown(cohort, now), facts);
	join_projects(&listing, &beside);
	join_earlier(db, arena, &listing, cohort->id);
	join_decisions(db, arena, &listing, cohort->id);
	return listing;
}
