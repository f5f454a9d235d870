#include "model/listing.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "ground/arena.h"
#include "ground/slots.h"
#include "model/rights.h"

/* The reviews of one application, as far as the listing counts them. */
struct tally {
	int64_t application_id;
	int64_t flags;
	bool is_read; /* by the reader of the list */
};

/* What is counted beside a row, found by the application's id. */
struct beside {
	struct listed_review_rows reviews;
	struct tally *tallies; /* sorted by application */
	size_t tally_count;
	struct listed_earlier_rows earlier; /* sorted by application */
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

static struct ranking
rank(struct arena *arena, const struct listed_review_rows *reviews)
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

	return rank(arena, &reviews);
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
		.earlier = listing_earlier(
		    db, arena, &(struct listing_earlier_in){ .cohort_id = cohort_id }),
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

static void
row_see(struct listing_row *row, const struct cohort *cohort, const struct tally *tally, bool shown)
{
	const struct listed *application = row->application;

	row->sight = sight_judge(&(struct sight_facts){
	    .is_organiser = true,
	    .is_own = row->is_own,
	    .has_conflict = application->has_conflict != 0,
	    .has_reviewed = tally->is_read,
	    .has_revealed = application->has_revealed != 0,
	    .is_complete = row->reviews >= cohort->reviews_wanted,
	    .is_decided = sight_is_decided(application->standing),
	    .names_shown = shown,
	});
	row->name = sight_name(&row->sight, application->name,
	    application->call_sign == NULL ? application->reference : application->call_sign);
	row->flags = row->sight.scores_of_others ? tally->flags : LISTING_NONE;
	row->earlier = row->sight.earlier ? 0 : LISTING_NONE;
	row->waitlists = row->earlier;
}

static void
row_score(struct listing_row *row, const struct ranking *ranking)
{
	const struct ranking_mean *mean = ranking_find(ranking, row->application->id);
	bool shows = mean != NULL && row->sight.scores_of_others;

	row->raw = shows ? mean->raw : LISTING_NONE;
	row->adjusted = shows ? mean->adjusted : LISTING_NONE;
	row->disagreement = shows ? mean->disagreement : LISTING_NONE;
}

/* The rows are sorted by application, and so is what stands beside them. */
static void
rows_join(struct listing *listing, const struct beside *beside)
{
	size_t i, at = 0, project = 0, first;

	for (i = 0; i < listing->count; i++) {
		struct listing_row *row = &listing->rows[i];
		int64_t id = row->application->id;

		while (at < beside->earlier.count && beside->earlier.rows[at].id < id) {
			at++;
		}
		if (at < beside->earlier.count && beside->earlier.rows[at].id == id &&
		    row->sight.earlier) {
			row->earlier = beside->earlier.rows[at].cohorts;
			row->waitlists = beside->earlier.rows[at].waitlists;
		}
		while (project < beside->projects.count &&
		    beside->projects.rows[project].application_id < id) {
			project++;
		}
		for (first = project; project < beside->projects.count &&
		     beside->projects.rows[project].application_id == id;) {
			project++;
		}
		row->projects = beside->project_ids + first;
		row->project_count = project - first;
	}
}

static struct listing_row
row_make(const struct listed *application, const struct person *person)
{
	struct slots hours = { { 0 } };

	(void)slots_read_hex(application->hours, &hours);
	return (struct listing_row){ .application = application,
		.is_own = application->person_id == person->id,
		.hours = (int64_t)slots_hours(&hours) };
}

struct listing
listing_load(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct person *person, int64_t now)
{
	struct listed_rows applications = listing_applications(db, arena,
	    &(struct listing_applications_in){ .cohort_id = cohort->id, .person_id = person->id });
	struct beside beside = beside_load(db, arena, cohort->id, person->id);
	struct listing listing = { .count = applications.count,
		.ranking = rank(arena, &beside.reviews) };
	bool shown = sight_names_shown(cohort, now);
	size_t i;

	listing.rows = arena_array(arena, applications.count + 1, sizeof(*listing.rows));
	for (i = 0; i < listing.count; i++) {
		listing.rows[i] = row_make(&applications.rows[i], person);
	}
	qsort(listing.rows, listing.count, sizeof(*listing.rows), application_compare);
	for (i = 0; i < listing.count; i++) {
		struct listing_row *row = &listing.rows[i];
		const struct ranking_mean *mean =
		    ranking_find(&listing.ranking, row->application->id);
		struct tally tally = tally_find(&beside, row->application->id);

		row->reviews = mean == NULL ? 0 : mean->reviews;
		row_see(row, cohort, &tally, shown);
		row_score(row, &listing.ranking);
	}
	rows_join(&listing, &beside);
	return listing;
}
