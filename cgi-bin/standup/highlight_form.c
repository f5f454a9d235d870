#include <inttypes.h>

#include "standup.h"
#include "ground/text.h"
#include "web/link.h"
#include "web/markdown.h"

static const char *
digits(const struct week *week, int64_t number)
{
	return arena_format(week->arena, "%" PRId64, number);
}

/* ---- what is followed up ---- */

struct page_part_highlight_follows_list
highlight_form_follows(const struct week *week, const char *title, const char *key, int64_t number)
{
	const struct visit *visit = week->visit;
	struct page_part_highlight_follows *row = arena_alloc(week->arena, sizeof(*row));

	if (title != NULL) {
		row->follows_title = title;
		row->follows_link = link_at(week->arena,
		    link_standup(
			week->arena, visit->site, visit->cohort->slug, visit->group->slug, number),
		    arena_format(week->arena, "highlight-%s", key));
	}
	return (struct page_part_highlight_follows_list){ row, title == NULL ? 0 : 1 };
}

static struct highlight_line_rows
lines_read(const struct week *week)
{
	return standup_highlights_before(week->visit->db, week->arena, week->visit->group);
}

size_t
highlight_form_offer(const struct week *week, struct form_values *values)
{
	struct highlight_line_rows lines = lines_read(week);
	struct choice *choices = arena_array(week->arena, lines.count + 1, sizeof(*choices));

	for (size_t i = 0; i < lines.count; i++) {
		choices[i].value = lines.rows[i].key;
		choices[i].label = message_highlight_follows_choice(
		    week->arena, digits(week, lines.rows[i].week), lines.rows[i].title);
	}
	form_choices(values, HIGHLIGHT_FOLLOWS, choices, lines.count);
	return lines.count;
}

bool
highlight_form_followed(const struct week *week, struct highlight_line *followed)
{
	struct highlight_line_rows lines = lines_read(week);
	const char *key = form_text(week->visit->values, HIGHLIGHT_FOLLOWS);

	for (size_t i = 0; key != NULL && i < lines.count; i++) {
		if (text_equal(lines.rows[i].key, key)) {
			*followed = lines.rows[i];
			return true;
		}
	}
	return false;
}

/* ---- the form ---- */

/* Is there anything to ask in this field? */
static bool
row_is_shown(const struct form_values *values, size_t field, size_t sources)
{
	switch (field) {
	case HIGHLIGHT_STEP:
		return false;
	case HIGHLIGHT_QUOTES:
		return sources > 0;
	case HIGHLIGHT_FOLLOWS:
		return values->form == &highlight_edit_form ||
		    values->values[HIGHLIGHT_FOLLOWS].choice_count > 0 ||
		    values->values[HIGHLIGHT_FOLLOWS].message != NULL;
	default:
		return true;
	}
}

struct page_part_field_list
highlight_form_rows(const struct form_values *values, size_t sources)
{
	struct page_part_field_list rows = form_rows_between(values, 0, HIGHLIGHT_FIELDS);
	struct page_part_field *kept = arena_array(values->arena, rows.count + 1, sizeof(*kept));
	size_t count = 0;

	for (size_t i = 0; i < rows.count; i++) {
		if (row_is_shown(values, i, sources)) {
			kept[count++] = rows.rows[i];
		}
	}
	return (struct page_part_field_list){ kept, count };
}

bool
highlight_form_publishes(const struct form_values *values)
{
	return text_equal(form_text(values, HIGHLIGHT_STEP), "publish");
}

/* ---- what everyone would see ---- */

static struct page_part_highlight_quotes_list
preview_quotes(const struct week *week, const struct form_values *values,
    const struct source *sources, size_t source_count)
{
	struct page_part_highlight_quotes *rows =
	    arena_array(week->arena, source_count + 1, sizeof(*rows));
	size_t count = 0;

	for (size_t i = 0; i < source_count; i++) {
		if (sources_chosen(values, &sources[i])) {
			rows[count].quote_markdown = markdown_html(week->arena, sources[i].words);
			rows[count].quote_by = sources_name(week, sources[i].public_name);
			count++;
		}
	}
	return (struct page_part_highlight_quotes_list){ rows, count };
}

struct page_part_highlight
highlight_form_preview(const struct week *week, const struct form_values *values,
    const struct source *sources, size_t count)
{
	const char *words = form_text(values, HIGHLIGHT_WORDS);
	struct highlight_line followed = { .title = NULL };

	if (values->form == &highlight_form) {
		(void)highlight_form_followed(week, &followed);
	}
	return (struct page_part_highlight){
		.highlight_title = form_text(values, HIGHLIGHT_TITLE),
		.highlight_source = message_standup_highlight_source(week->arena,
		    text_isolate(week->arena, week->visit->group->name),
		    digits(week, week->standup.week)),
		.follows =
		    highlight_form_follows(week, followed.title, followed.key, followed.week),
		.if_highlight_body = !text_empty(words),
		.highlight_markdown = markdown_html(week->arena, words),
		.quotes = preview_quotes(week, values, sources, count),
	};
}
