#include <inttypes.h>

#include "standup.h"
#include "ground/text.h"
#include "web/link.h"
#include "web/markdown.h"

enum { NOTES_WORDS, NOTES_REVISION, NOTES_FIELDS };

static const struct field notes_fields[NOTES_FIELDS] = {
	[NOTES_WORDS] = { "notes", FIELD_TEXT, MESSAGE_STANDUP_NOTES_LABEL,
	    MESSAGE_STANDUP_NOTES_HELP, .max = 8000, .rows = 8 },
	[NOTES_REVISION] = { "revision", FIELD_HIDDEN, MESSAGE_STANDUP_NOTES_REVISION_LABEL,
	    .required = true, .max = 20 },
};

const struct form notes_form = {
	.name = "notes",
	.fields = notes_fields,
	.count = NOTES_FIELDS,
};

static const char *
revision_of(const struct week *week)
{
	return arena_format(week->arena, "%" PRId64, week->standup.notes_revision);
}

void
notes_fill(const struct week *week, struct page_standup_week *page)
{
	struct form_values *values = week_values(week, &notes_form, NULL, NULL);
	struct page_standup_week_write_notes *row;
	struct page_part_fold *fold;
	bool has_notes = !text_empty(week->standup.notes);

	page->if_notes = has_notes;
	page->notes_markdown = markdown_html(week->arena, week->standup.notes);
	form_prefix(values, "stand-up");
	form_fill(values, NOTES_WORDS, week->standup.notes);
	form_fill(values, NOTES_REVISION, revision_of(week));
	if (!visit_has(week->visit, ROLES_FACILITATORS) || !week_shows(week, values)) {
		return;
	}
	row = arena_alloc(week->arena, sizeof(*row));
	fold = arena_alloc(week->arena, sizeof(*fold));
	*fold = fold_row(&(struct fold){
	    .summary = has_notes ? MESSAGE_STANDUP_NOTES_CHANGE : MESSAGE_STANDUP_NOTES_WRITE,
	    .button = MESSAGE_STANDUP_NOTES_BUTTON,
	    .action = link_under(week->arena, week->link, "notes"),
	    .draft = arena_format(week->arena, "notes-%s", week->link),
	    .values = values,
	    .end = NOTES_FIELDS,
	});
	row->part_fold.rows = fold;
	row->part_fold.count = 1;
	page->write_notes.rows = row;
	page->write_notes.count = 1;
}

/*
 * Both texts are shown: theirs on the page, this one in the form, which now
 * stands on the newer one, so that sending it once more replaces that.
 */
static void
refuse_changed(struct week *week)
{
	week->visit->values->values[NOTES_REVISION].text = revision_of(week);
	week_refuse(week, message(MESSAGE_STANDUP_NOTES_CHANGED));
}

void
notes_send(struct visit *visit)
{
	int64_t revision = 0;
	struct week week;

	if (!week_begin(visit, &week)) {
		return;
	}
	(void)text_integer(form_text(visit->values, NOTES_REVISION), 1, INT64_MAX, &revision);
	switch (notes_save(visit->db, visit->cohort, &week.standup,
	    form_words(visit->values, NOTES_WORDS), revision, visit->now)) {
	case NOTES_SAVED:
		week_done(&week, MESSAGE_DONE_NOTES, "notes");
		break;
	case NOTES_CHANGED_MEANWHILE:
		refuse_changed(&week);
		break;
	case NOTES_COHORT_OVER:
		week_refuse_over(&week);
		break;
	case NOTES_FAULT:
		visit_error(visit, 500);
		break;
	}
}
