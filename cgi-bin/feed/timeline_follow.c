#include "ground/text.h"
#include "model/timeline.h"
#include "timeline.h"
#include "web/frame.h"
#include "web/link.h"

static const struct kind {
	const char *kind;
	enum message title;
	enum message words;
} kinds[] = {
	{ "announcements", MESSAGE_TIMELINE_ANNOUNCEMENTS, MESSAGE_TIMELINE_ANNOUNCEMENTS_WORDS },
	{ "applications", MESSAGE_TIMELINE_APPLICATIONS, MESSAGE_TIMELINE_APPLICATIONS_WORDS },
	{ "highlights", MESSAGE_TIMELINE_HIGHLIGHTS, MESSAGE_TIMELINE_HIGHLIGHTS_WORDS },
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

/* NULL: of no kind. */
static const struct kind *
kind_of(const struct feed *feed)
{
	for (size_t i = 0; i < KINDS; i++) {
		if (text_equal(feed->kind, kinds[i].kind)) {
			return &kinds[i];
		}
	}
	return NULL;
}

const char *
timeline_title(struct visit *visit, const struct feed *feed)
{
	const struct kind *kind = kind_of(feed);

	if (kind != NULL) {
		return message(kind->title);
	}
	if (feed->group_slug != NULL) {
		return message_timeline_group(
		    visit->arena, atom_run(visit->arena, feed->group_name));
	}
	if (feed->cohort_slug != NULL) {
		return message_timeline_cohort(
		    visit->arena, atom_run(visit->arena, feed->cohort_name));
	}
	return message(MESSAGE_TIMELINE_ALL);
}

const char *
timeline_words(struct visit *visit, const struct feed *feed)
{
	const struct kind *kind = kind_of(feed);

	if (kind != NULL) {
		return message(kind->words);
	}
	if (feed->group_slug != NULL) {
		return message_timeline_group_words(
		    visit->arena, atom_run(visit->arena, feed->cohort_name));
	}
	return message(
	    feed->cohort_slug != NULL ? MESSAGE_TIMELINE_COHORT_WORDS : MESSAGE_TIMELINE_ALL_WORDS);
}

void
timeline_show_up(struct visit *visit, const struct feed *feed, struct page_feed_timeline *page)
{
	struct arena *arena = visit->arena;

	if (feed->group_slug != NULL) {
		page->up_link =
		    link_cohort_group(arena, visit->site, feed->cohort_slug, feed->group_slug);
		page->up_name = feed->group_name;
	} else if (feed->cohort_slug != NULL) {
		page->up_link = link_cohort(arena, visit->site, feed->cohort_slug);
		page->up_name = feed->cohort_name;
	} else if (feed->kind != NULL) {
		page->up_link = link_feed(arena, visit->site);
		page->up_name = message(MESSAGE_TIMELINE_ALL);
	}
	page->if_up = page->up_link != NULL;
}

/* The rows of the list in the making. */
struct others {
	struct visit *visit;
	const struct feed *feed;
	struct page_feed_timeline_others *rows;
	size_t count;
};

/* A feed's own page is not among the others. */
static void
add(struct others *others, const struct feed_name *name, const char *words)
{
	const struct feed *feed = others->feed;

	if (text_equal(name->kind, feed->kind) && text_equal(name->cohort, feed->cohort_slug) &&
	    text_equal(name->group, feed->group_slug)) {
		return;
	}
	others->rows[others->count++] = (struct page_feed_timeline_others){
		.other_link =
		    feed_link(others->visit->arena, others->visit->site, name, FEED_LINK_PAGE),
		.other_name = words,
	};
}

static void
add_cohort(struct others *others, const char *slug, const char *name)
{
	struct arena *arena = others->visit->arena;

	add(others, &(struct feed_name){ .cohort = slug },
	    message_timeline_cohort(arena, atom_run(arena, name)));
}

/* The cohort's own, then those of its groups. */
static void
add_season(struct others *others, const struct timeline_group_rows *groups)
{
	const struct feed *feed = others->feed;
	struct arena *arena = others->visit->arena;

	add_cohort(others, feed->cohort_slug, feed->cohort_name);
	for (size_t i = 0; i < groups->count; i++) {
		add(others,
		    &(struct feed_name){
			.cohort = feed->cohort_slug, .group = groups->rows[i].slug },
		    message_timeline_group_of(arena, atom_run(arena, groups->rows[i].name),
			atom_run(arena, feed->cohort_name)));
	}
}

void
timeline_show_others(struct visit *visit, const struct feed *feed, struct page_feed_timeline *page)
{
	struct others others = { .visit = visit, .feed = feed };
	struct feed_cohort_rows cohorts = feed_cohorts(visit->db, visit->arena);
	struct timeline_group_rows groups = { .rows = NULL };

	if (feed->cohort_slug != NULL) {
		groups = timeline_groups(visit->db, visit->arena,
		    &(struct timeline_groups_in){ .cohort_id = visit->cohort->id });
	}
	others.rows = arena_array(
	    visit->arena, cohorts.count + groups.count + KINDS + 2, sizeof(*others.rows));
	if (feed->cohort_slug != NULL) {
		add_season(&others, &groups);
	}
	add(&others, &(struct feed_name){ .kind = NULL }, message(MESSAGE_TIMELINE_EVERYTHING));
	for (size_t i = 0; i < KINDS; i++) {
		add(&others, &(struct feed_name){ .kind = kinds[i].kind }, message(kinds[i].title));
	}
	for (size_t i = 0; i < cohorts.count; i++) {
		if (!text_equal(cohorts.rows[i].slug, feed->cohort_slug)) {
			add_cohort(&others, cohorts.rows[i].slug, cohorts.rows[i].name);
		}
	}
	page->others.rows = others.rows;
	page->others.count = others.count;
}

struct page_part_follow_list
timeline_follow(struct visit *visit, const struct feed *feed)
{
	const struct feed_name name = {
		.kind = feed->kind, .cohort = feed->cohort_slug, .group = feed->group_slug
	};
	struct page_part_follow *row = arena_alloc(visit->arena, sizeof(*row));

	row->follow_name = timeline_title(visit, feed);
	row->follow_address = link_absolute(
	    visit->arena, visit->site, feed_link(visit->arena, visit->site, &name, FEED_LINK_ATOM));
	row->follow_json = feed_link(visit->arena, visit->site, &name, FEED_LINK_JSON);
	row->if_follow_dates = feed->cohort_slug != NULL && feed->group_slug == NULL;
	if (row->if_follow_dates) {
		row->follow_cohort = feed->cohort_name;
		row->follow_dates = link_absolute(visit->arena, visit->site,
		    link_calendar(visit->arena, visit->site, feed->cohort_slug));
	}
	if (feed->kind != NULL) {
		frame_feed(visit, &name, row->follow_name);
	}
	return (struct page_part_follow_list){ row, 1 };
}

struct bytes *
timeline_html(struct visit *visit)
{
	visit->response->cache = RESPONSE_OWN;
	visit->response->open_to_all = true;
	(void)response_header(visit->response, "Cache-Control", "public, max-age=60");
	return visit_html(visit, 200);
}
