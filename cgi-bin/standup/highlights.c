#include <inttypes.h>

#include "standup.h"
#include "ground/text.h"
#include "model/person.h"
#include "web/link.h"
#include "web/markdown.h"
#include "web/time.h"

static const struct choice steps[] = {
	{ "preview", NULL, MESSAGE_STANDUP_HIGHLIGHT_STEP_LABEL, NULL },
	{ "publish", NULL, MESSAGE_STANDUP_HIGHLIGHT_STEP_LABEL, NULL },
};

/* What composing and changing share. The step is that of the button which was
 * pressed. */
#define SHARED_FIELDS \
	[HIGHLIGHT_TITLE] = { "title", FIELD_LINE, MESSAGE_STANDUP_HIGHLIGHT_TITLE_LABEL, \
		MESSAGE_STANDUP_HIGHLIGHT_TITLE_HELP, .required = true, .max = 120 }, \
	[HIGHLIGHT_WORDS] = { "words", FIELD_TEXT, MESSAGE_STANDUP_HIGHLIGHT_WORDS_LABEL, \
		MESSAGE_STANDUP_HIGHLIGHT_WORDS_HELP, .max = 4000, .rows = 5 }, \
	[HIGHLIGHT_QUOTES] = { "quotes", FIELD_CHOICES, MESSAGE_STANDUP_HIGHLIGHT_QUOTES_LABEL, \
		.max = 12 }, \
	[HIGHLIGHT_STEP] = { "step", FIELD_CHOICE, MESSAGE_STANDUP_HIGHLIGHT_STEP_LABEL, \
		.choices = steps, .choice_count = 2 }

static const struct field highlight_fields[HIGHLIGHT_FIELDS] = {
	SHARED_FIELDS,
	[HIGHLIGHT_FOLLOWS] = { "follows", FIELD_CHOICE, MESSAGE_HIGHLIGHT_FOLLOWS_LABEL,
	    MESSAGE_HIGHLIGHT_FOLLOWS_HELP, .required = false },
};

static const struct field highlight_edit_fields[HIGHLIGHT_FIELDS] = {
	SHARED_FIELDS,
	[HIGHLIGHT_REVISION] = { "revision", FIELD_HIDDEN, MESSAGE_HIGHLIGHT_REVISION_LABEL,
	    .required = true, .max = 20 },
};

const struct form highlight_form = {
	.name = "highlight",
	.fields = highlight_fields,
	.count = HIGHLIGHT_FIELDS,
	.once = true,
};

const struct form highlight_edit_form = {
	.name = "highlight_edit",
	.fields = highlight_edit_fields,
	.count = HIGHLIGHT_FIELDS,
};

const struct form highlight_withdrawn_form = { .name = "highlight_withdrawn" };

static const char *
digits(const struct week *week)
{
	return arena_format(week->arena, "%" PRId64, week->standup.week);
}

/* ---- what is published ---- */

static struct page_part_highlight_quotes_list
quote_rows(const struct week *week, int64_t highlight_id)
{
	struct page_part_highlight_quotes *rows =
	    arena_array(week->arena, week->quotes.count + 1, sizeof(*rows));
	size_t count = 0;

	for (size_t i = 0; i < week->quotes.count; i++) {
		const struct standup_quote *quote = &week->quotes.rows[i];

		if (quote->highlight_id == highlight_id) {
			rows[count].quote_markdown = markdown_html(week->arena, quote->words);
			rows[count].quote_by = sources_name(
			    week, person_public_name(quote->public_name, quote->show_public_name));
			count++;
		}
	}
	return (struct page_part_highlight_quotes_list){ rows, count };
}

const char *
highlights_link(const struct week *week, const struct highlight *highlight)
{
	return link_under(
	    week->arena, link_under(week->arena, week->link, "highlight"), highlight->key);
}

static struct page_part_highlight_withdraw_list
withdraw_row(const struct week *week, const struct highlight *highlight)
{
	struct page_part_highlight_withdraw *row = arena_alloc(week->arena, sizeof(*row));
	bool may = visit_has(week->visit, ROLES_FACILITATORS) && highlight->withdrawn_at == DB_NULL;

	row->withdraw_title = highlight->title;
	row->withdraw_action =
	    link_under(week->arena, highlights_link(week, highlight), "withdrawn");
	row->if_change = week->may_write;
	row->change_link = highlights_link(week, highlight);
	return (struct page_part_highlight_withdraw_list){ row, may ? 1 : 0 };
}

struct page_part_highlight
highlights_row(const struct week *week, const struct highlight *highlight)
{
	struct arena *arena = week->arena;

	return (struct page_part_highlight){
		.if_highlight_key = true,
		.highlight_key = highlight->key,
		.highlight_title = highlight->title,
		.if_highlight_time = true,
		.highlight_time = time_words(arena, week->visit->zone, highlight->published_at),
		.highlight_machine = time_machine(arena, highlight->published_at),
		.highlight_source = message_standup_highlight_source_by(arena,
		    text_isolate(arena, week->visit->group->name), digits(week),
		    text_isolate(arena, highlight->name)),
		.if_highlight_edited = highlight->revision > 1,
		.if_highlight_withdrawn = highlight->withdrawn_at != DB_NULL,
		.follows = highlight_form_follows(week, highlight->follows_title,
		    highlight->follows_key, highlight->follows_week),
		.if_highlight_body = highlight->body[0] != '\0',
		.highlight_markdown = markdown_html(arena, highlight->body),
		.quotes = quote_rows(week, highlight->id),
		.withdraw = withdraw_row(week, highlight),
	};
}

/* ---- what is being written ---- */

static void
fill_preview(const struct week *week, const struct form_values *values,
    const struct source *sources, size_t count, struct page_standup_week_compose *row)
{
	struct page_standup_week_compose_preview *preview =
	    arena_alloc(week->arena, sizeof(*preview));
	struct page_part_highlight *highlight = arena_alloc(week->arena, sizeof(*highlight));

	*highlight = highlight_form_preview(week, values, sources, count);
	preview->part_highlight.rows = highlight;
	preview->part_highlight.count = 1;
	row->preview.rows = preview;
	row->preview.count = 1;
	row->if_publishable = true;
}

static void
fill_compose(const struct week *week, struct page_standup_week *page)
{
	struct form_values *values = week_values(week, &highlight_form, NULL, NULL);
	struct page_standup_week_compose *row;
	const struct source *sources;
	size_t count;

	form_prefix(values, "highlight");
	if (!visit_has(week->visit, ROLES_FACILITATORS) || !week_shows(week, values)) {
		return;
	}
	row = arena_alloc(week->arena, sizeof(*row));
	count = sources_read(week, &sources);
	sources_offer(week, values, sources, count);
	highlight_form_offer(week, values);
	row->if_compose_open = values->sent;
	row->compose_action =
	    link_at(week->arena, link_under(week->arena, week->link, "highlight"), "compose");
	row->compose_draft = arena_format(week->arena, "highlight-%s", week->link);
	row->part_field = highlight_form_rows(values, count);
	row->if_nothing_public = count == 0;
	if (values->sent && !week->visit->again) {
		fill_preview(week, values, sources, count, row);
	}
	page->compose.rows = row;
	page->compose.count = 1;
}

void
highlights_fill(const struct week *week, struct page_standup_week *page)
{
	size_t count = week->highlights.count;
	struct page_part_highlight *rows = arena_array(week->arena, count + 1, sizeof(*rows));

	for (size_t i = 0; i < count; i++) {
		rows[i] = highlights_row(week, &week->highlights.rows[i]);
	}
	page->part_highlight.rows = rows;
	page->part_highlight.count = count;
	fill_compose(week, page);
}
