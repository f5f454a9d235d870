#include <string.h>

#include "cohort.h"
#include "model/activity.h"
#include "web/link.h"
#include "web/time.h"

/* What an activity is called, and what it says, by its kind. */
static void
news_words(struct visit *visit, const struct activity *activity, struct page_part_entry *row)
{
	struct arena *arena = visit->arena;
	const char *kind = activity->kind;

	if (strcmp(kind, "cohort_opened") == 0) {
		row->kind = message(MESSAGE_COHORT_NEWS_OPENED);
		row->title = message_cohort_news_opened_title(arena, activity->cohort_name);
	} else if (strcmp(kind, "cohort_launched") == 0) {
		row->kind = message(MESSAGE_COHORT_NEWS_LAUNCHED);
		row->title = message_cohort_news_launched_title(arena, activity->cohort_name);
	} else if (strcmp(kind, "groups_formed") == 0) {
		row->kind = message(MESSAGE_COHORT_NEWS_FORMED);
		row->title = message_cohort_news_formed_title(arena, activity->cohort_name);
	} else if (strcmp(kind, "cohort_finished") == 0) {
		row->kind = message(MESSAGE_COHORT_NEWS_FINISHED);
		row->title = message_cohort_news_finished_title(arena, activity->cohort_name);
	} else if (strcmp(kind, "highlight") == 0) {
		row->kind = message(MESSAGE_COHORT_NEWS_HIGHLIGHT);
		row->title = activity->title;
	} else {
		row->kind = message(MESSAGE_COHORT_NEWS_PROGRAMME);
		row->title = message_cohort_news_programme_title(arena, visit->programme->name);
	}
}

static const char *
news_link(struct visit *visit, const struct activity *activity)
{
	if (activity->group_slug != NULL) {
		return link_cohort_group(
		    visit->arena, visit->site, activity->cohort_slug, activity->group_slug);
	}
	return activity->cohort_slug == NULL
	    ? NULL
	    : link_cohort(visit->arena, visit->site, activity->cohort_slug);
}

static struct page_part_entry
news_entry(struct visit *visit, const struct activity *activity)
{
	struct arena *arena = visit->arena;
	struct page_part_entry row = { 0 };

	news_words(visit, activity, &row);
	row.instant = time_machine(arena, activity->published_at);
	row.time = time_words(arena, visit->zone, activity->published_at);
	row.link = news_link(visit, activity);
	row.if_link = row.link != NULL;
	row.author = activity->group_name == NULL
	    ? visit->programme->name
	    : message_cohort_news_group(
		  arena, activity->group_name, words_number(visit, activity->week));
	row.if_cohort = activity->cohort_slug != NULL;
	if (row.if_cohort) {
		row.cohort = activity->cohort_name;
		row.cohort_link = link_cohort(arena, visit->site, activity->cohort_slug);
	}
	return row;
}

struct page_part_entry_list
news_entries(struct visit *visit, int64_t most)
{
	struct activity_rows news =
	    activity_newest(visit->db, visit->arena, &(struct activity_newest_in){ .most = most });
	struct page_part_entry *rows = arena_array(visit->arena, news.count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < news.count; i++) {
		rows[i] = news_entry(visit, &news.rows[i]);
	}
	return (struct page_part_entry_list){ rows, news.count };
}
