#include <string.h>

#include "standup.h"
#include "ground/text.h"
#include "web/link.h"
#include "web/markdown.h"
#include "web/time.h"

enum { PROMPTS = 3 };

#define PROMPT_UNITS 4000

#define AUDIENCE_OF(name, label, choice_list, choice_total, words) \
	{ \
		name, FIELD_CHOICE, label, .help = words, .required = true, \
					   .choices = choice_list, .choice_count = choice_total \
	}

static const struct field check_in_fields[CHECK_IN_FIELDS] = {
	[CHECK_IN_DID] = { "did", FIELD_TEXT, MESSAGE_STANDUP_DID_LABEL, .max = PROMPT_UNITS,
	    .rows = 4 },
	[CHECK_IN_NEXT] = { "next", FIELD_TEXT, MESSAGE_STANDUP_NEXT_LABEL, .max = PROMPT_UNITS,
	    .rows = 4 },
	[CHECK_IN_BLOCKED] = { "blocked", FIELD_TEXT, MESSAGE_STANDUP_BLOCKED_LABEL,
	    .max = PROMPT_UNITS, .rows = 4 },
	[CHECK_IN_AUDIENCE] = AUDIENCE_OF("audience", MESSAGE_STANDUP_WHOLE_AUDIENCE_LABEL,
	    audience_choices, AUDIENCE_CHOICES, MESSAGE_STANDUP_AUDIENCE_HELP),
	[CHECK_IN_DID_AUDIENCE] = AUDIENCE_OF("did_audience", MESSAGE_STANDUP_DID_AUDIENCE_LABEL,
	    audience_choices_part, AUDIENCE_CHOICES_PART, MESSAGE_NONE),
	[CHECK_IN_NEXT_AUDIENCE] = AUDIENCE_OF("next_audience", MESSAGE_STANDUP_NEXT_AUDIENCE_LABEL,
	    audience_choices_part, AUDIENCE_CHOICES_PART, MESSAGE_NONE),
	[CHECK_IN_BLOCKED_AUDIENCE] =
	    AUDIENCE_OF("blocked_audience", MESSAGE_STANDUP_BLOCKED_AUDIENCE_LABEL,
		audience_choices_part, AUDIENCE_CHOICES_PART, MESSAGE_NONE),
};

const struct form check_in_form = {
	.name = "check_in",
	.fields = check_in_fields,
	.count = CHECK_IN_FIELDS,
};

/* The same fields without the words. */
const struct form check_in_audience_form = {
	.name = "check_in_audience",
	.fields = check_in_fields + CHECK_IN_AUDIENCE,
	.count = CHECK_IN_FIELDS - CHECK_IN_AUDIENCE,
};

/* The visitor's own check-in of this stand-up, or NULL. */
static const struct check_in *
own_check_in(const struct week *week)
{
	for (size_t i = 0; i < week->check_ins.count; i++) {
		if (week->check_ins.rows[i].person_id == week->reader.person_id) {
			return &week->check_ins.rows[i];
		}
	}
	return NULL;
}

/* ---- the cards ---- */

/* Adds a part that has words. */
static void
add_saying(const struct week *week, const struct check_in *check_in, enum message title,
    const char *words, int64_t audience, struct page_standup_week_check_ins_sayings *rows,
    size_t *count)
{
	if (words[0] == '\0') {
		return;
	}
	rows[(*count)++] = (struct page_standup_week_check_ins_sayings){
		.saying_title = message(title),
		.if_saying_narrow = audience < check_in->audience,
		.saying_readers = audience_readers(audience),
		.saying_markdown = markdown_html(week->arena, words),
	};
}

static struct page_standup_week_check_ins_sayings_list
saying_rows(const struct week *week, const struct check_in *check_in)
{
	struct page_standup_week_check_ins_sayings *rows =
	    arena_array(week->arena, PROMPTS, sizeof(*rows));
	size_t count = 0;

	add_saying(week, check_in, MESSAGE_STANDUP_DID_LABEL, check_in->did, check_in->did_audience,
	    rows, &count);
	add_saying(week, check_in, MESSAGE_STANDUP_NEXT_LABEL, check_in->next,
	    check_in->next_audience, rows, &count);
	add_saying(week, check_in, MESSAGE_STANDUP_BLOCKED_LABEL, check_in->blocked,
	    check_in->blocked_audience, rows, &count);
	return (struct page_standup_week_check_ins_sayings_list){ rows, count };
}

static struct page_standup_week_check_ins
card_row(const struct week *week, const struct check_in *check_in)
{
	struct arena *arena = week->arena;

	return (struct page_standup_week_check_ins){
		.check_in_key = check_in->key,
		.if_check_in_own = check_in->person_id == week->reader.person_id,
		.author = check_in->name,
		.if_author_pronouns = !text_empty(check_in->pronouns),
		.author_pronouns = check_in->pronouns,
		.check_in_audience = audience_readers(check_in->audience),
		.created = time_words(arena, week->visit->zone, check_in->created_at),
		.created_machine = time_machine(arena, check_in->created_at),
		.if_check_in_late = check_in->is_late == 1,
		.if_check_in_edited = check_in->edited_at != DB_NULL,
		.sayings = saying_rows(week, check_in),
	};
}

/* ---- the forms ---- */

/* What the form chooses for a part: "same" unless it is narrower. */
static const char *
part_value(int64_t audience, int64_t whole)
{
	return audience < whole ? audience_value(audience) : "same";
}

/* Fills the four choices of audiences, which begin at `first`. */
static void
fill_audiences(struct form_values *values, size_t first, const struct check_in *check_in)
{
	if (check_in == NULL) {
		form_fill(values, first, audience_value(AUDIENCE_GROUP));
		form_fill(values, first + 1, "same");
		form_fill(values, first + 2, "same");
		form_fill(values, first + 3, "same");
		return;
	}
	form_fill(values, first, audience_value(check_in->audience));
	form_fill(values, first + 1, part_value(check_in->did_audience, check_in->audience));
	form_fill(values, first + 2, part_value(check_in->next_audience, check_in->audience));
	form_fill(values, first + 3, part_value(check_in->blocked_audience, check_in->audience));
}

static void
fill_words(struct form_values *values, const struct check_in *check_in)
{
	if (check_in != NULL) {
		form_fill(values, CHECK_IN_DID, check_in->did);
		form_fill(values, CHECK_IN_NEXT, check_in->next);
		form_fill(values, CHECK_IN_BLOCKED, check_in->blocked);
	}
}

/* The prompts, each with the chooser of its readers under it. */
static struct page_standup_week_check_in_form_prompts_list
prompt_rows(const struct form_values *values)
{
	struct page_standup_week_check_in_form_prompts *rows =
	    arena_array(values->arena, PROMPTS, sizeof(*rows));
	struct page_part_audience *audiences =
	    arena_array(values->arena, PROMPTS, sizeof(*audiences));

	for (size_t i = 0; i < PROMPTS; i++) {
		audiences[i] = audience_row(values, CHECK_IN_DID_AUDIENCE + i, AUDIENCE_PUBLIC);
		rows[i].part_field = form_rows_between(values, i, i + 1);
		rows[i].part_audience.rows = &audiences[i];
		rows[i].part_audience.count = 1;
	}
	return (struct page_standup_week_check_in_form_prompts_list){ rows, PROMPTS };
}

static enum message
form_title(const struct week *week, const struct check_in *own)
{
	if (own == NULL) {
		return week->is_closed ? MESSAGE_STANDUP_CHECK_IN_LATE_TITLE
				       : MESSAGE_STANDUP_CHECK_IN_TITLE;
	}
	return week->is_closed ? MESSAGE_STANDUP_CHECK_IN_KEPT : MESSAGE_STANDUP_CHECK_IN_CHANGE;
}

/*
 * The form to check in, or to change a check-in while the stand-up is not
 * closed. What was sent comes back in any case.
 */
static void
fill_form(const struct week *week, const struct check_in *own, struct page_standup_week *page)
{
	struct form_values *values = week_values(week, &check_in_form, NULL, NULL);
	struct page_standup_week_check_in_form *row;
	struct page_part_audience *whole;
	bool is_open = week->may_write && (own == NULL || !week->is_closed);

	form_prefix(values, "check-in");
	if (!visit_has(week->visit, ROLE_DJANGONAUT) || (!is_open && !values->sent)) {
		return;
	}
	fill_words(values, own);
	fill_audiences(values, CHECK_IN_AUDIENCE, own);
	row = arena_alloc(week->arena, sizeof(*row));
	whole = arena_alloc(week->arena, sizeof(*whole));
	*whole = audience_row(values, CHECK_IN_AUDIENCE, AUDIENCE_PUBLIC);
	*row = (struct page_standup_week_check_in_form){
		.if_form_open = own == NULL || values->sent,
		.form_summary = message(form_title(week, own)),
		.form_action = link_under(week->arena, week->link, "check-in"),
		.if_form_draft = true,
		.form_draft = arena_format(week->arena, "check-in-%s", week->link),
		.part_audience = { whole, 1 },
		.prompts = prompt_rows(values),
		.form_button = message(
		    own == NULL ? MESSAGE_STANDUP_CHECK_IN_BUTTON : MESSAGE_STANDUP_CHECK_IN_SAVE),
	};
	page->check_in_form.rows = row;
	page->check_in_form.count = 1;
}

/* Under one's own check-in: who may read it, at any time. */
static struct page_part_fold_list
audience_fold(const struct week *week, const struct check_in *own)
{
	struct form_values *values = week_values(week, &check_in_audience_form, NULL, NULL);
	size_t count = check_in_audience_form.count;
	struct page_part_audience *rows = arena_array(week->arena, count, sizeof(*rows));
	struct page_part_fold *fold = arena_alloc(week->arena, sizeof(*fold));

	form_prefix(values, "readers");
	fill_audiences(values, 0, own);
	for (size_t i = 0; i < count; i++) {
		rows[i] =
		    audience_row(values, i, week->may_write ? AUDIENCE_PUBLIC : own->audience);
	}
	*fold = fold_row(&(struct fold){
	    .summary = MESSAGE_STANDUP_AUDIENCE_CHANGE,
	    .button = MESSAGE_STANDUP_AUDIENCE_BUTTON,
	    .action = link_under(
		week->arena, link_under(week->arena, week->link, "check-in"), "audience"),
	    .values = values,
	    .audiences = rows,
	    .audience_count = count,
	    .is_quiet = true,
	});
	return (struct page_part_fold_list){ fold, 1 };
}

void
check_ins_fill(const struct week *week, struct page_standup_week *page)
{
	size_t count = week->check_ins.count;
	struct page_standup_week_check_ins *rows =
	    arena_array(week->arena, count + 1, sizeof(*rows));
	const struct check_in *own = own_check_in(week);

	for (size_t i = 0; i < count; i++) {
		rows[i] = card_row(week, &week->check_ins.rows[i]);
		if (&week->check_ins.rows[i] == own && visit_has(week->visit, ROLE_DJANGONAUT)) {
			rows[i].part_fold = audience_fold(week, own);
		}
	}
	page->check_ins.rows = rows;
	page->check_ins.count = count;
	fill_form(week, own, page);
}
