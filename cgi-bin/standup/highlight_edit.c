#include <inttypes.h>

#include "standup.h"
#include "ground/text.h"

/* Gives the form what is published now; what was typed stays. */
static void
fill_form(const struct week *week, const struct highlight *highlight, struct form_values *values,
    const struct source *sources, size_t count)
{
	struct highlight_source_rows quoted =
	    standup_highlight_sources(week->visit->db, week->arena, highlight);

	form_fill(values, HIGHLIGHT_TITLE, highlight->title);
	form_fill(values, HIGHLIGHT_WORDS, highlight->body);
	form_fill(
	    values, HIGHLIGHT_REVISION, arena_format(week->arena, "%" PRId64, highlight->revision));
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < quoted.count; j++) {
			if (sources[i].quote.id == quoted.rows[j].source_id &&
			    text_equal(sources[i].quote.part, quoted.rows[j].part)) {
				form_fill_choice(values, HIGHLIGHT_QUOTES, sources[i].value);
			}
		}
	}
	sources_offer(week, values, sources, count);
}

/* What stands above the form: after a press of the first button what everyone
 * would see, after a refusal what stands there now. */
static void
fill_shown(const struct week *week, const struct highlight *highlight,
    const struct form_values *values, const struct source *sources, size_t count,
    struct page_standup_highlight *page)
{
	struct page_part_highlight *row = arena_alloc(week->arena, sizeof(*row));

	if (values->sent && !week->visit->again) {
		page->if_preview = true;
		*row = highlight_form_preview(week, values, sources, count);
		row->follows = highlight_form_follows(week, highlight->follows_title,
		    highlight->follows_key, highlight->follows_week);
	} else {
		*row = highlights_row(week, highlight);
		row->withdraw.count = 0;
		row->if_highlight_key = false;
	}
	page->part_highlight.rows = row;
	page->part_highlight.count = 1;
}

static void
fill_page(
    const struct week *week, const struct highlight *highlight, struct page_standup_highlight *page)
{
	struct form_values *values = week_values(week, &highlight_edit_form, NULL, NULL);
	struct page_standup_highlight_edit *row = arena_alloc(week->arena, sizeof(*row));
	const struct source *sources;
	size_t count = sources_read(week, &sources);
	bool is_gone = highlight->withdrawn_at != DB_NULL;

	form_prefix(values, "highlight");
	fill_form(week, highlight, values, sources, count);
	fill_shown(week, highlight, values, sources, count, page);
	page->group = week->visit->group->name;
	page->week = arena_format(week->arena, "%" PRId64, week->standup.week);
	page->week_link = week->link;
	page->if_gone = is_gone;
	page->if_over = !week->may_write;
	page->cohort = week->visit->cohort->name;
	row->edit_action = highlights_link(week, highlight);
	row->edit_draft =
	    arena_format(week->arena, "highlight-%s-%" PRId64, highlight->key, highlight->revision);
	row->part_field = highlight_form_rows(values, count);
	row->if_nothing_public = count == 0;
	row->if_publishable = page->if_preview;
	page->edit.rows = row;
	page->edit.count = week_shows(week, values) && (!is_gone || values->sent) ? 1 : 0;
}

void
highlight_edit_show(struct visit *visit)
{
	struct page_standup_highlight page = { 0 };
	struct highlight highlight;
	struct week week;

	if (!week_begin(visit, &week)) {
		return;
	}
	if (!standup_highlight(visit->db, visit->arena, &week.standup,
		visit_param(visit, "highlight"), &highlight)) {
		visit_not_found(visit);
		return;
	}
	week_read(&week);
	fill_page(&week, &highlight, &page);
	if (visit->again) {
		page.part_errors = form_summary(visit->values);
	}
	page_standup_highlight(visit_html(visit, 200), &visit->frame, &page);
}
