#include "settings.h"

#include "ground/text.h"
#include "web/link.h"
#include "web/page/cohort.h"

enum { NAME_UNITS = 80, TAGLINE_UNITS = 200, ABOUT_UNITS = 4000, CONTACT_UNITS = 254 };

enum {
	PROGRAMME_NAME,
	PROGRAMME_TAGLINE,
	PROGRAMME_ABOUT,
	PROGRAMME_CONTACT,
	PROGRAMME_CONTACT_WORDS,
	PROGRAMME_REVISION,
	PROGRAMME_COUNT
};

static const struct field fields[PROGRAMME_COUNT] = {
	[PROGRAMME_NAME] = { "name", FIELD_LINE, MESSAGE_SETTINGS_NAME_LABEL,
	    MESSAGE_SETTINGS_NAME_HELP, true, .max = NAME_UNITS },
	[PROGRAMME_TAGLINE] = { "tagline", FIELD_LINE, MESSAGE_SETTINGS_TAGLINE_LABEL,
	    MESSAGE_SETTINGS_TAGLINE_HELP, .max = TAGLINE_UNITS },
	[PROGRAMME_ABOUT] = { "about", FIELD_TEXT, MESSAGE_SETTINGS_ABOUT_LABEL,
	    MESSAGE_SETTINGS_MARKDOWN_HELP, .max = ABOUT_UNITS, .rows = 10 },
	[PROGRAMME_CONTACT] = { "contact", FIELD_EMAIL, MESSAGE_SETTINGS_CONTACT_LABEL,
	    MESSAGE_SETTINGS_CONTACT_HELP, .max = CONTACT_UNITS },
	[PROGRAMME_CONTACT_WORDS] = { "contact_words", FIELD_TEXT,
	    MESSAGE_SETTINGS_CONTACT_WORDS_LABEL, MESSAGE_SETTINGS_CONTACT_WORDS_HELP,
	    .max = ABOUT_UNITS },
	[PROGRAMME_REVISION] = { "revision", FIELD_HIDDEN, MESSAGE_COHORT_REVISION_LABEL,
	    .required = true, .max = 20 },
};

const struct form settings_form = {
	.name = "settings",
	.fields = fields,
	.count = PROGRAMME_COUNT,
};

struct page_part_settings_list
settings_navigation(struct visit *visit, enum settings_page page)
{
	struct page_part_settings *row = arena_alloc(visit->arena, sizeof(*row));

	row->settings_link = link_settings(visit->arena, visit->site);
	row->if_settings_at_programme = page == SETTINGS_PROGRAMME;
	row->if_settings_at_conduct = page == SETTINGS_CONDUCT;
	row->if_settings_at_privacy = page == SETTINGS_PRIVACY;
	row->if_settings_at_mail = page == SETTINGS_MAIL;
	row->if_settings_at_log = page == SETTINGS_LOG;
	return (struct page_part_settings_list){ row, 1 };
}

struct settings
settings_of(struct visit *visit)
{
	struct settings settings = { .contact_words = "", .conduct = "", .privacy = "" };

	(void)settings_read(visit->db, visit->arena, &settings);
	return settings;
}

int64_t
settings_revision(struct visit *visit, size_t revision_field)
{
	int64_t revision = 0;

	(void)text_integer(form_text(visit->values, revision_field), 1, INT64_MAX, &revision);
	return revision;
}

void
settings_answer(struct visit *visit, enum settings_outcome outcome, size_t revision_field,
    const char *link, enum message what)
{
	switch (outcome) {
	case SETTINGS_SAVED:
		visit_audit(visit, AUDIT_SETTINGS_CHANGED, 0, message(what));
		visit_notice(visit, MESSAGE_DONE_SETTINGS_SAVED);
		visit_redirect(visit, link);
		break;
	case SETTINGS_CHANGED_MEANWHILE:
		visit->values->values[revision_field].text =
		    words_number(visit, settings_of(visit).revision);
		form_refuse_whole(visit->values, message(MESSAGE_SETTINGS_CHANGED_MEANWHILE));
		visit_again(visit);
		break;
	case SETTINGS_FAULT:
		visit_error(visit, 500);
		break;
	}
}

static struct page_cohort_settings_sections_list
sections(struct visit *visit, const struct form_values *values)
{
	struct page_cohort_settings_sections *rows = arena_array(visit->arena, 2, sizeof(*rows));

	rows[0].section_title = message(MESSAGE_SETTINGS_SECTION_PROGRAMME);
	rows[0].part_field = form_rows_between(values, PROGRAMME_NAME, PROGRAMME_CONTACT);
	rows[1].section_title = message(MESSAGE_SETTINGS_SECTION_CONTACT);
	rows[1].part_field = form_rows_between(values, PROGRAMME_CONTACT, PROGRAMME_COUNT);
	return (struct page_cohort_settings_sections_list){ rows, 2 };
}

void
settings_show(struct visit *visit)
{
	struct form_values *values = visit_values(visit, &settings_form);
	const struct programme *programme = visit->programme;
	struct settings settings = settings_of(visit);

	form_fill(values, PROGRAMME_NAME, programme->name);
	form_fill(values, PROGRAMME_TAGLINE, programme->tagline);
	form_fill(values, PROGRAMME_ABOUT, programme->about);
	form_fill(values, PROGRAMME_CONTACT, programme->contact);
	form_fill(values, PROGRAMME_CONTACT_WORDS, settings.contact_words);
	form_fill(values, PROGRAMME_REVISION, words_number(visit, settings.revision));
	page_cohort_settings(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_settings){
		.title = message(MESSAGE_SETTINGS_TITLE),
		.lede = message(MESSAGE_SETTINGS_LEDE),
		.part_settings = settings_navigation(visit, SETTINGS_PROGRAMME),
		.part_errors = form_summary(values),
		.action = link_settings(visit->arena, visit->site),
		.draft = "settings",
		.sections = sections(visit, values),
		.shown_link = link_home(visit->arena, visit->site),
		.shown = message(MESSAGE_SETTINGS_SHOWN),
	    });
}

void
settings_save(struct visit *visit)
{
	const struct form_values *values = visit->values;

	settings_answer(visit,
	    settings_change_programme(visit->db, settings_revision(visit, PROGRAMME_REVISION),
		&(struct settings_programme){ .name = form_text(values, PROGRAMME_NAME),
		    .tagline = form_words(values, PROGRAMME_TAGLINE),
		    .about = form_words(values, PROGRAMME_ABOUT),
		    .contact = form_words(values, PROGRAMME_CONTACT),
		    .contact_words = form_words(values, PROGRAMME_CONTACT_WORDS) }),
	    PROGRAMME_REVISION, link_settings(visit->arena, visit->site),
	    MESSAGE_SETTINGS_SECTION_PROGRAMME);
}
