#include "ground/text.h"
#include "model/conduct.h"
#include "settings.h"
#include "web/link.h"
#include "web/page/cohort.h"

enum { CODE_UNITS = 20000, LINK_UNITS = 500, NAME_UNITS = 100, EMAIL_UNITS = 254 };

enum { CODE_WORDS, CODE_LINK, CODE_REVISION, CODE_COUNT };

static const struct field code_fields[CODE_COUNT] = {
	[CODE_WORDS] = { "conduct", FIELD_TEXT, MESSAGE_SETTINGS_CODE_LABEL,
	    MESSAGE_SETTINGS_MARKDOWN_HELP, .max = CODE_UNITS, .rows = 14 },
	[CODE_LINK] = { "conduct_link", FIELD_URL, MESSAGE_SETTINGS_CODE_LINK_LABEL,
	    MESSAGE_SETTINGS_CODE_LINK_HELP, .max = LINK_UNITS },
	[CODE_REVISION] = { "revision", FIELD_HIDDEN, MESSAGE_COHORT_REVISION_LABEL,
	    .required = true, .max = 20 },
};

const struct form settings_conduct_form = {
	.name = "settings_conduct",
	.fields = code_fields,
	.count = CODE_COUNT,
};

enum { RECIPIENT_NAME, RECIPIENT_EMAIL, RECIPIENT_OUTSIDE, RECIPIENT_COUNT };

static const struct field recipient_fields[RECIPIENT_COUNT] = {
	[RECIPIENT_NAME] = { "name", FIELD_LINE, MESSAGE_SETTINGS_RECIPIENT_NAME_LABEL,
	    MESSAGE_SETTINGS_RECIPIENT_NAME_HELP, true, .max = NAME_UNITS },
	[RECIPIENT_EMAIL] = { "email", FIELD_EMAIL, MESSAGE_SETTINGS_RECIPIENT_EMAIL_LABEL,
	    MESSAGE_SETTINGS_RECIPIENT_EMAIL_HELP, true, .max = EMAIL_UNITS },
	[RECIPIENT_OUTSIDE] = { "outside", FIELD_CHECK, MESSAGE_SETTINGS_RECIPIENT_OUTSIDE_LABEL,
	    MESSAGE_SETTINGS_RECIPIENT_OUTSIDE_HELP, .required = false },
};

const struct form settings_recipient_form = {
	.name = "conduct_recipient",
	.fields = recipient_fields,
	.count = RECIPIENT_COUNT,
};

enum { REMOVE_RECIPIENT, REMOVE_COUNT };

static const struct field remove_fields[REMOVE_COUNT] = {
	[REMOVE_RECIPIENT] = { "recipient", FIELD_HIDDEN, MESSAGE_SETTINGS_RECIPIENT_LABEL,
	    .required = true, .max = 20 },
};

const struct form settings_recipient_remove_form = {
	.name = "conduct_recipient_remove",
	.fields = remove_fields,
	.count = REMOVE_COUNT,
};

static const char *
own_link(struct visit *visit)
{
	return link_under(visit->arena, link_settings(visit->arena, visit->site), "conduct");
}

static struct page_cohort_settings_conduct_recipients_list
recipient_rows(struct visit *visit)
{
	struct conduct_recipient_rows list = conduct_recipient_list(visit->db, visit->arena);
	struct page_cohort_settings_conduct_recipients *rows =
	    arena_array(visit->arena, list.count + 1, sizeof(*rows));

	for (size_t i = 0; i < list.count; i++) {
		rows[i] = (struct page_cohort_settings_conduct_recipients){
			.recipient_name = list.rows[i].name,
			.recipient_email = list.rows[i].email,
			.if_recipient_outside = list.rows[i].is_outside == 1,
			.recipient = words_number(visit, list.rows[i].id),
			.remove_action = link_under(visit->arena, own_link(visit), "remove"),
		};
	}
	return (struct page_cohort_settings_conduct_recipients_list){ rows, list.count };
}

static struct form_values *
code_values(struct visit *visit)
{
	struct form_values *values = visit_values(visit, &settings_conduct_form);
	struct settings settings = settings_of(visit);

	form_fill(values, CODE_WORDS, settings.conduct);
	form_fill(values, CODE_LINK, visit->programme->conduct_link);
	form_fill(values, CODE_REVISION, words_number(visit, settings.revision));
	return values;
}

void
settings_conduct_show(struct visit *visit)
{
	const struct page_cohort_settings_conduct_add add = {
		.part_field = form_rows(visit_values(visit, &settings_recipient_form)),
	};
	struct page_cohort_settings_conduct page = {
		.part_settings = settings_navigation(visit, SETTINGS_CONDUCT),
		.part_errors = form_summary(visit->values),
		.recipients = recipient_rows(visit),
		.add_action = link_under(visit->arena, own_link(visit), "add"),
		.add = { &add, 1 },
		.action = own_link(visit),
		.part_field = form_rows(code_values(visit)),
	};

	if (page.recipients.count == 0) {
		page.part_empty = parts_empty(visit, MESSAGE_SETTINGS_RECIPIENTS_NONE_TITLE,
		    MESSAGE_SETTINGS_RECIPIENTS_NONE_WORDS, NULL, MESSAGE_NONE);
	}
	page_cohort_settings_conduct(visit_html(visit, 200), &visit->frame, &page);
}

void
settings_conduct_save(struct visit *visit)
{
	const struct form_values *values = visit->values;

	settings_answer(visit,
	    settings_change_conduct(visit->db, settings_revision(visit, CODE_REVISION),
		form_words(values, CODE_WORDS), form_words(values, CODE_LINK)),
	    CODE_REVISION, own_link(visit), MESSAGE_SETTINGS_CODE_LABEL);
}

static void
refuse(struct visit *visit, enum message why)
{
	form_refuse(visit->values, RECIPIENT_EMAIL, message(why));
	visit_again(visit);
}

void
settings_recipient_add(struct visit *visit)
{
	const struct form_values *values = visit->values;

	switch (conduct_recipient_add(visit->db, visit->arena, form_text(values, RECIPIENT_NAME),
	    form_text(values, RECIPIENT_EMAIL), form_checked(values, RECIPIENT_OUTSIDE))) {
	case CONDUCT_RECIPIENT_SAVED:
		visit_audit(visit, AUDIT_CONDUCT_RECIPIENT_ADDED, 0, NULL);
		visit_notice(visit, MESSAGE_DONE_RECIPIENT_ADDED);
		visit_redirect(visit, own_link(visit));
		break;
	case CONDUCT_RECIPIENT_NO_ADDRESS:
	case CONDUCT_RECIPIENT_UNKNOWN:
		refuse(visit, MESSAGE_WEB_FORM_EMAIL);
		break;
	case CONDUCT_RECIPIENT_TAKEN:
		refuse(visit, MESSAGE_SETTINGS_RECIPIENT_TAKEN);
		break;
	case CONDUCT_RECIPIENT_FAULT:
		visit_error(visit, 500);
		break;
	}
}

void
settings_recipient_remove(struct visit *visit)
{
	int64_t id = 0;

	(void)text_integer(form_text(visit->values, REMOVE_RECIPIENT), 1, INT64_MAX, &id);
	if (conduct_recipient_remove(visit->db, id) != CONDUCT_RECIPIENT_SAVED) {
		form_refuse_whole(visit->values, message(MESSAGE_SETTINGS_RECIPIENT_GONE));
		visit_again(visit);
		return;
	}
	visit_audit(visit, AUDIT_CONDUCT_RECIPIENT_REMOVED, 0, NULL);
	visit_notice(visit, MESSAGE_DONE_RECIPIENT_REMOVED);
	visit_redirect(visit, own_link(visit));
}
