#include <inttypes.h>

#include "apply.h"
#include "web/link.h"
#include "web/page/apply.h"
#include "web/time.h"

static const char *
weeks_words(struct visit *visit, const struct cohort *cohort)
{
	return arena_format(visit->arena, "%" PRId64, cohort->weeks);
}

static void
open_row(struct visit *visit, const struct cohort *cohort, struct page_apply_list_open *row)
{
	struct arena *arena = visit->arena;

	row->open_name = cohort->name;
	row->open_goal = cohort->goal;
	row->open_weeks = weeks_words(visit, cohort);
	row->open_starts_on = apply_date_words(visit, cohort->starts_on);
	row->open_link = link_cohort(arena, visit->site, cohort->slug);
	row->form_link = link_apply(arena, visit->site, cohort->slug);
	row->closes_on = apply_date_words(visit, cohort->closes_on);
	row->closes = time_words(arena, visit->zone, cohort->closes_at);
	row->closes_machine = time_machine(arena, cohort->closes_at);
	row->closes_in = time_distance(arena, cohort->closes_at, visit->now);
}

static void
upcoming_row(struct visit *visit, const struct cohort *cohort, struct page_apply_list_upcoming *row)
{
	struct arena *arena = visit->arena;

	row->upcoming_name = cohort->name;
	row->upcoming_goal = cohort->goal;
	row->upcoming_weeks = weeks_words(visit, cohort);
	row->upcoming_starts_on = apply_date_words(visit, cohort->starts_on);
	row->upcoming_link = link_cohort(arena, visit->site, cohort->slug);
	row->opens = time_words(arena, visit->zone, cohort->opens_at);
	row->opens_machine = time_machine(arena, cohort->opens_at);
	row->opens_in = time_distance(arena, cohort->opens_at, visit->now);
	row->last_day = apply_date_words(visit, cohort->closes_on);
}

void
apply_list_show(struct visit *visit)
{
	struct arena *arena = visit->arena;
	struct cohort_rows cohorts = application_cohorts_ahead(visit->db, arena, visit->now);
	struct page_apply_list_open *open = arena_array(arena, cohorts.count + 1, sizeof(*open));
	struct page_apply_list_upcoming *upcoming =
	    arena_array(arena, cohorts.count + 1, sizeof(*upcoming));
	struct page_part_empty none = {
		.empty_title = message(MESSAGE_APPLY_NONE_TITLE),
		.if_empty_words = true,
		.empty_words = message(MESSAGE_APPLY_NONE_WORDS),
		.if_empty_link = true,
		.empty_link = link_feed(arena, visit->site),
		.empty_link_name = message(MESSAGE_APPLY_NONE_LINK),
	};
	const struct page_part_tell_me tell_me = { link_tell_me(arena, visit->site) };
	struct page_apply_list page = { .open = { open, 0 }, .upcoming = { upcoming, 0 } };
	size_t i;

	for (i = 0; i < cohorts.count; i++) {
		const struct cohort *cohort = &cohorts.rows[i];

		if (application_is_open(cohort, visit->now)) {
			open_row(visit, cohort, &open[page.open.count++]);
		} else {
			upcoming_row(visit, cohort, &upcoming[page.upcoming.count++]);
		}
	}
	page.part_empty.rows = &none;
	page.part_empty.count = page.open.count == 0 ? 1 : 0;
	if (page.open.count == 0) {
		page.part_tell_me.rows = &tell_me;
		page.part_tell_me.count = 1;
		visit_shows_form(visit);
	}
	page_apply_list(visit_html(visit, 200), &visit->frame, &page);
}
