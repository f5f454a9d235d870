#include "settings.h"
#include "web/link.h"
#include "web/page/cohort.h"

enum { PRIVACY_UNITS = 20000, DAYS_MAX = 3650, UNCONFIRMED_MIN = 3, UNCONFIRMED_MAX = 365 };

enum {
	PRIVACY_WORDS,
	PRIVACY_REJECTED,
	PRIVACY_WITHDRAWN,
	PRIVACY_UNCONFIRMED,
	PRIVACY_SENSITIVE,
	PRIVACY_MAIL,
	PRIVACY_AUDIT,
	PRIVACY_REVISION,
	PRIVACY_COUNT
};

#define DAYS(name, label, help, least, most) \
	{ \
		name, FIELD_NUMBER, label, help, true, .min = (least), .max = (most) \
	}

static const struct field fields[PRIVACY_COUNT] = {
	[PRIVACY_WORDS] = { "privacy", FIELD_TEXT, MESSAGE_SETTINGS_PRIVACY_LABEL,
	    MESSAGE_SETTINGS_PRIVACY_HELP, .max = PRIVACY_UNITS, .rows = 14 },
	[PRIVACY_REJECTED] = DAYS("rejected_days", MESSAGE_SETTINGS_REJECTED_LABEL,
	    MESSAGE_SETTINGS_REJECTED_HELP, 1, DAYS_MAX),
	[PRIVACY_WITHDRAWN] = DAYS("withdrawn_days", MESSAGE_SETTINGS_WITHDRAWN_LABEL,
	    MESSAGE_SETTINGS_WITHDRAWN_HELP, 1, DAYS_MAX),
	[PRIVACY_UNCONFIRMED] = DAYS("unconfirmed_days", MESSAGE_SETTINGS_UNCONFIRMED_LABEL,
	    MESSAGE_SETTINGS_UNCONFIRMED_HELP, UNCONFIRMED_MIN, UNCONFIRMED_MAX),
	[PRIVACY_SENSITIVE] = DAYS("sensitive_days", MESSAGE_SETTINGS_SENSITIVE_LABEL,
	    MESSAGE_SETTINGS_SENSITIVE_HELP, 1, DAYS_MAX),
	[PRIVACY_MAIL] =
	    DAYS("mail_days", MESSAGE_SETTINGS_MAIL_LABEL, MESSAGE_SETTINGS_MAIL_HELP, 1, DAYS_MAX),
	[PRIVACY_AUDIT] = DAYS(
	    "audit_days", MESSAGE_SETTINGS_AUDIT_LABEL, MESSAGE_SETTINGS_AUDIT_HELP, 1, DAYS_MAX),
	[PRIVACY_REVISION] = { "revision", FIELD_HIDDEN, MESSAGE_COHORT_REVISION_LABEL,
	    .required = true, .max = 20 },
};

const struct form settings_privacy_form = {
	.name = "settings_privacy",
	.fields = fields,
	.count = PRIVACY_COUNT,
};

static const char *
own_link(struct visit *visit)
{
	return link_under(visit->arena, link_settings(visit->arena, visit->site), "privacy");
}

static struct page_cohort_settings_sections_list
sections(struct visit *visit, const struct form_values *values)
{
	struct page_cohort_settings_sections *rows = arena_array(visit->arena, 2, sizeof(*rows));

	rows[0].section_title = message(MESSAGE_SETTINGS_SECTION_PRIVACY);
	rows[0].part_field = form_rows_between(values, PRIVACY_WORDS, PRIVACY_REJECTED);
	rows[1].section_title = message(MESSAGE_SETTINGS_SECTION_KEEPING);
	rows[1].if_section_words = true;
	rows[1].section_words = message(MESSAGE_SETTINGS_SECTION_KEEPING_WORDS);
	rows[1].part_field = form_rows_between(values, PRIVACY_REJECTED, PRIVACY_COUNT);
	return (struct page_cohort_settings_sections_list){ rows, 2 };
}

static void
fill(struct form_values *values, const struct settings *settings)
{
	form_fill(values, PRIVACY_WORDS, settings->privacy);
	form_fill_integer(values, PRIVACY_REJECTED, settings->keep_rejected_days);
	form_fill_integer(values, PRIVACY_WITHDRAWN, settings->keep_withdrawn_days);
	form_fill_integer(values, PRIVACY_UNCONFIRMED, settings->keep_unconfirmed_days);
	form_fill_integer(values, PRIVACY_SENSITIVE, settings->keep_sensitive_days);
	form_fill_integer(values, PRIVACY_MAIL, settings->keep_mail_days);
	form_fill_integer(values, PRIVACY_AUDIT, settings->keep_audit_days);
}

void
settings_privacy_show(struct visit *visit)
{
	struct form_values *values = visit_values(visit, &settings_privacy_form);
	struct settings settings = settings_of(visit);

	fill(values, &settings);
	form_fill(values, PRIVACY_REVISION, words_number(visit, settings.revision));
	page_cohort_settings(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_settings){
		.title = message(MESSAGE_SETTINGS_PRIVACY_TITLE),
		.lede = message(MESSAGE_SETTINGS_PRIVACY_LEDE),
		.part_settings = settings_navigation(visit, SETTINGS_PRIVACY),
		.part_errors = form_summary(values),
		.action = own_link(visit),
		.draft = "settings-privacy",
		.sections = sections(visit, values),
		.shown_link = link_privacy(visit->arena, visit->site),
		.shown = message(MESSAGE_SETTINGS_SHOWN),
	    });
}

void
settings_privacy_save(struct visit *visit)
{
	const struct form_values *values = visit->values;

	settings_answer(visit,
	    settings_change_privacy(visit->db, settings_revision(visit, PRIVACY_REVISION),
		&(struct settings_keeping){ .privacy = form_words(values, PRIVACY_WORDS),
		    .rejected = form_integer(values, PRIVACY_REJECTED, 0),
		    .withdrawn = form_integer(values, PRIVACY_WITHDRAWN, 0),
		    .unconfirmed = form_integer(values, PRIVACY_UNCONFIRMED, 0),
		    .sensitive = form_integer(values, PRIVACY_SENSITIVE, 0),
		    .mail = form_integer(values, PRIVACY_MAIL, 0),
		    .audit = form_integer(values, PRIVACY_AUDIT, 0) }),
	    PRIVACY_REVISION, own_link(visit), MESSAGE_SETTINGS_PRIVACY_TITLE);
}
