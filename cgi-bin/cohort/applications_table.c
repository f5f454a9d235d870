#include "applications.h"
#include "web/level.h"
#include "web/link.h"

struct listing
applications_load(struct visit *visit, const struct applications_asked *asked)
{
	struct listing listing =
	    listing_load(visit->db, visit->arena, visit->cohort, visit->person, visit->now);

	listing_narrow(&listing, visit->arena, visit->cohort, &asked->wish);
	listing_sort(&listing, asked->order, asked->is_descending);
	return listing;
}

static const char *
project_name(const struct project_rows *projects, int64_t id)
{
	size_t i;

	for (i = 0; i < projects->count; i++) {
		if (projects->rows[i].id == id) {
			return projects->rows[i].name;
		}
	}
	return NULL;
}

const char *
applications_projects(
    struct visit *visit, const struct project_rows *projects, const struct listing_row *row)
{
	const char *words = NULL, *name;
	size_t i;

	for (i = 0; i < row->project_count; i++) {
		name = project_name(projects, row->projects[i]);
		words = words == NULL || name == NULL
		    ? name
		    : message_cohort_projects_and(visit->arena, words, name);
	}
	return words == NULL ? message(MESSAGE_COHORT_PROJECTS_ANY) : words;
}

struct page_cohort_applications_columns_list
applications_columns(struct visit *visit, const struct applications_asked *asked)
{
	struct page_cohort_applications_columns *columns =
	    arena_array(visit->arena, LISTING_ORDERS, sizeof(*columns));
	const char *link =
	    link_organise_applications(visit->arena, visit->site, visit->cohort->slug);
	struct applications_asked other = *asked;
	int i;

	other.page = 1;
	for (i = 0; i < LISTING_ORDERS; i++) {
		bool is_now = (enum listing_order)i == asked->order;

		other.order = (enum listing_order)i;
		other.is_descending =
		    is_now ? !asked->is_descending : applications_begins_high(other.order);
		columns[i] = (struct page_cohort_applications_columns){
			.column = applications_column_name(other.order),
			.column_link = applications_link(visit, link, &other),
			.if_column_sorted = is_now,
			.column_order = asked->is_descending ? "descending" : "ascending",
			.if_column_down = asked->is_descending,
			.if_column_number = applications_is_number(other.order),
		};
	}
	return (struct page_cohort_applications_columns_list){ columns, LISTING_ORDERS };
}

/* A count that may be hidden. */
static const char *
count_words(struct visit *visit, int64_t count)
{
	return count == LISTING_NONE ? message(MESSAGE_RANKING_DASH) : words_number(visit, count);
}

static const char *
standing_words(struct visit *visit, const struct listing_row *row, enum listing_stage stage)
{
	const char *name = applications_stage_name(stage);

	return stage == LISTING_WAITLISTED && row->application->waitlist_position != DB_NULL
	    ? message_ranking_standing_place(
		  visit->arena, name, words_number(visit, row->application->waitlist_position))
	    : name;
}

static struct page_cohort_applications_applications
application_row(
    struct visit *visit, const struct listing_row *row, const struct project_rows *projects)
{
	const struct listed *application = row->application;
	enum listing_stage stage = listing_stage(application->standing, row->decision);

	return (struct page_cohort_applications_applications){
		/* One's own is nothing to decide on. */
		.link = row->is_own ? link_apply_mine(visit->arena, visit->site, application->key)
				    : link_organise_application(visit->arena, visit->site,
					  visit->cohort->slug, application->key),
		.applicant = row->name,
		.if_choosable = !row->is_own,
		.key = application->key,
		.reviews =
		    message_ranking_reviews_of(visit->arena, words_number(visit, row->reviews),
			words_number(visit, visit->cohort->reviews_wanted)),
		.raw = applications_points(visit, row->raw),
		.adjusted = applications_points(visit, row->adjusted),
		.disagreement = applications_points(visit, row->disagreement),
		.flags = count_words(visit, row->flags),
		.level = level_name(visit, visit->cohort, application->level),
		.projects = applications_projects(visit, projects, row),
		.hours = words_number(visit, listing_hours(application->hours)),
		.earlier = count_words(visit, row->earlier),
		.waitlists = count_words(visit, row->waitlists),
		.state = standing_words(visit, row, stage),
		.if_good = stage == LISTING_CONFIRMED,
		.if_wait = stage == LISTING_OFFERED || stage == LISTING_WAITLISTED,
		.if_bad = stage == LISTING_LAPSED,
	};
}

struct page_cohort_applications_applications_list
applications_rows(struct visit *visit, const struct listing *listing,
    const struct project_rows *projects, size_t first, size_t count)
{
	struct page_cohort_applications_applications *rows =
	    arena_array(visit->arena, count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < count; i++) {
		rows[i] = application_row(visit, &listing->rows[first + i], projects);
	}
	return (struct page_cohort_applications_applications_list){ rows, count };
}
