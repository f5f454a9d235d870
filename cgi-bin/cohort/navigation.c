#include "cohort.h"
#include "web/link.h"

/*
 * The organisers' pages, a few under each heading, so that a phone shows the
 * headings and what belongs to one of them, and no more.  The first page of a
 * heading is where the heading leads.
 */
enum { PAGES_MOST = 6, HEADINGS = 6 };

struct organise_entry {
	enum organise_page page;
	enum message name;
	const char *path; /* below the organisers' address; "": that itself */
};

static const struct organise_heading {
	enum message name;
	struct organise_entry entries[PAGES_MOST];
} headings[HEADINGS] = {
	{ MESSAGE_PLAN_NAV_OVERVIEW, { { ORGANISE_OVERVIEW, MESSAGE_PLAN_NAV_OVERVIEW, "" } } },
	{ MESSAGE_PLAN_NAV_FORM,
	    { { ORGANISE_FORM, MESSAGE_PLAN_NAV_QUESTIONS, "form" },
		{ ORGANISE_LEVELS, MESSAGE_PLAN_NAV_LEVELS, "levels" },
		{ ORGANISE_PROJECTS, MESSAGE_PLAN_NAV_PROJECTS, "projects" },
		{ ORGANISE_LATE, MESSAGE_PLAN_NAV_LATE, "late" } } },
	{ MESSAGE_PLAN_NAV_APPLICATIONS,
	    { { ORGANISE_APPLICATIONS, MESSAGE_PLAN_NAV_LIST, "applications" },
		{ ORGANISE_REVIEW, MESSAGE_PLAN_NAV_REVIEW, "review" },
		{ ORGANISE_CRITERIA, MESSAGE_PLAN_NAV_CRITERIA, "criteria" },
		{ ORGANISE_REVIEWERS, MESSAGE_PLAN_NAV_REVIEWERS, "reviewers" },
		{ ORGANISE_DECISIONS, MESSAGE_PLAN_NAV_DECISIONS, "decisions" },
		{ ORGANISE_WAITLIST, MESSAGE_PLAN_NAV_WAITLIST, "waitlist" } } },
	{ MESSAGE_PLAN_NAV_GROUPS,
	    { { ORGANISE_GROUPS, MESSAGE_PLAN_NAV_BOARD, "groups" },
		{ ORGANISE_PEOPLE, MESSAGE_PLAN_NAV_PEOPLE, "people" },
		{ ORGANISE_MEETINGS, MESSAGE_MEETING_NAV, "meetings" } } },
	{ MESSAGE_PLAN_NAV_MAIL,
	    { { ORGANISE_MAIL, MESSAGE_PLAN_NAV_OUTBOX, "mail" },
		{ ORGANISE_LOG, MESSAGE_PLAN_NAV_LOG, "log" } } },
	{ MESSAGE_PLAN_NAV_SETTINGS,
	    { { ORGANISE_EDIT, MESSAGE_PLAN_NAV_NUMBERS, "edit" },
		{ ORGANISE_WEEKS, MESSAGE_PLAN_NAV_WEEKS, "weeks" } } },
};

static const char *
entry_link(struct visit *visit, const struct organise_entry *entry)
{
	const char *slug = visit->cohort->slug;
	const char *organise = link_organise(visit->arena, visit->site, slug);

	if (entry->page == ORGANISE_REVIEW) {
		return link_under(
		    visit->arena, link_cohort(visit->arena, visit->site, slug), "review");
	}
	return entry->path[0] == '\0' ? organise : link_under(visit->arena, organise, entry->path);
}

static bool
holds(const struct organise_heading *heading, enum organise_page page)
{
	for (size_t i = 0; i < PAGES_MOST; i++) {
		if (heading->entries[i].page == page) {
			return true;
		}
	}
	return false;
}

/* Reviewing is over with the cohort, and its page is then not there. */
static bool
is_there(struct visit *visit, const struct organise_entry *entry)
{
	return entry->page != ORGANISE_REVIEW || visit->now < visit->cohort->ends_at;
}

/* The pages of the heading one is at; none when it has only one. */
static struct page_part_organise_pages_list
pages_of(struct visit *visit, const struct organise_heading *heading, enum organise_page page)
{
	struct page_part_organise_pages *rows =
	    arena_array(visit->arena, PAGES_MOST, sizeof(*rows));
	size_t count = 0;

	for (size_t i = 0; i < PAGES_MOST && heading->entries[i].path != NULL; i++) {
		const struct organise_entry *entry = &heading->entries[i];

		if (is_there(visit, entry)) {
			rows[count++] = (struct page_part_organise_pages){
				.organise_page_link = entry_link(visit, entry),
				.organise_page_name = message(entry->name),
				.if_organise_page_here = entry->page == page,
			};
		}
	}
	return (struct page_part_organise_pages_list){ rows, count > 1 ? count : 0 };
}

struct page_part_organise_list
parts_organise(struct visit *visit, enum organise_page page)
{
	struct page_part_organise *row = arena_alloc(visit->arena, sizeof(*row));
	struct page_part_organise_headings *rows =
	    arena_array(visit->arena, HEADINGS, sizeof(*rows));

	for (size_t i = 0; i < HEADINGS; i++) {
		rows[i] = (struct page_part_organise_headings){
			.organise_heading_link = entry_link(visit, &headings[i].entries[0]),
			.organise_heading_name = message(headings[i].name),
			.if_organise_heading_here = holds(&headings[i], page),
		};
		if (rows[i].if_organise_heading_here) {
			row->pages = pages_of(visit, &headings[i], page);
			row->organise_heading = message(headings[i].name);
		}
	}
	row->headings = (struct page_part_organise_headings_list){ rows, HEADINGS };
	return (struct page_part_organise_list){ row, visit_has(visit, ROLE_ORGANISER) ? 1 : 0 };
}
