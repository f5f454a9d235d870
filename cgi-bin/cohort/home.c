#include "cohort.h"
#include "ground/text.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

enum { NEWS = 5 };

/* The next instant of a cohort that a reader may wait for. */
static void
home_when(struct visit *visit, const struct cohort *cohort, struct page_cohort_home_cohorts *row)
{
	int64_t instant = 0;

	switch (cohort_state(cohort, visit->now)) {
	case COHORT_UPCOMING:
		row->cohort_when = message(MESSAGE_COHORT_WHEN_OPENS);
		instant = cohort->opens_at;
		break;
	case COHORT_OPEN:
		row->cohort_when = message(MESSAGE_COHORT_WHEN_CLOSES);
		instant = cohort->closes_at;
		break;
	case COHORT_REVIEWING:
	case COHORT_OFFERING:
		row->cohort_when = message(MESSAGE_COHORT_WHEN_STARTS);
		instant = cohort->starts_at;
		break;
	case COHORT_DRAFT:
	case COHORT_RUNNING:
	case COHORT_FINISHED:
	default:
		return;
	}
	row->if_cohort_when = true;
	row->cohort_instant = time_machine(visit->arena, instant);
	row->cohort_time = time_words(visit->arena, visit->zone, instant);
}

static void
home_cohort(struct visit *visit, const struct cohort *cohort, struct page_cohort_home_cohorts *row)
{
	enum cohort_state state = cohort_state(cohort, visit->now);

	row->cohort_link = link_cohort(visit->arena, visit->site, cohort->slug);
	row->cohort_apply = link_apply(visit->arena, visit->site, cohort->slug);
	row->cohort_name = cohort->name;
	row->cohort_goal = cohort->goal;
	row->cohort_state = words_state(visit, cohort);
	row->if_cohort_open = state == COHORT_OPEN;
	row->if_cohort_now = state == COHORT_RUNNING;
	home_when(visit, cohort, row);
}

static void
home_cohorts(struct visit *visit, struct page_cohort_home *page)
{
	struct cohort_rows cohorts = cohort_published(visit->db, visit->arena);
	struct page_cohort_home_cohorts *rows =
	    arena_array(visit->arena, cohorts.count + 1, sizeof(*rows));
	struct page_cohort_home_calls *calls =
	    arena_array(visit->arena, cohorts.count + 1, sizeof(*calls));
	size_t i;

	page->cohorts.rows = rows;
	page->calls.rows = calls;
	for (i = 0; i < cohorts.count; i++) {
		const struct cohort *cohort = &cohorts.rows[i];
		struct page_cohort_home_cohorts *row;

		if (cohort_state(cohort, visit->now) == COHORT_FINISHED) {
			continue;
		}
		row = &rows[page->cohorts.count++];
		home_cohort(visit, cohort, row);
		if (row->if_cohort_open) {
			calls[page->calls.count++] =
			    (struct page_cohort_home_calls){ row->cohort_apply, cohort->name };
		}
	}
}

void
home_show(struct visit *visit)
{
	const struct programme *programme = visit->programme;
	struct page_cohort_home page = {
		.if_tagline = !text_empty(programme->tagline),
		.tagline = programme->tagline,
		.weeks = words_number(visit, programme->weeks),
		.per_navigator = words_number(visit, programme->djangonauts_per_navigator),
		.if_about = !text_empty(programme->about),
		.about_markdown = markdown_html(visit->arena, programme->about),
	};

	home_cohorts(visit, &page);
	if (page.calls.count == 0) {
		struct page_part_tell_me *row = arena_alloc(visit->arena, sizeof(*row));

		row->tell_me_action = link_tell_me(visit->arena, visit->site);
		page.part_tell_me = (struct page_part_tell_me_list){ row, 1 };
		visit_shows_form(visit);
	}
	page.part_entry = news_entries(visit, NEWS);
	if (page.part_entry.count == 0) {
		page.part_empty = parts_empty(visit, MESSAGE_COHORT_NEWS_NONE_TITLE,
		    MESSAGE_COHORT_NEWS_NONE_WORDS, NULL, MESSAGE_NONE);
	}
	page_cohort_home(visit_html(visit, 200), &visit->frame, &page);
}
