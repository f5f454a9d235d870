#include <string.h>

#include "ground/text.h"
#include "model/conduct.h"
#include "settings.h"
#include "web/link.h"
#include "web/page/cohort.h"

enum { WHAT_UNITS = 8000, WHO_UNITS = 1000, LINE_UNITS = 300 };

enum { REPORT_WHAT, REPORT_WHEN, REPORT_WHO, REPORT_REACH, REPORT_RECIPIENTS, REPORT_COUNT };

static const struct field fields[REPORT_COUNT] = {
	[REPORT_WHAT] = { "what", FIELD_TEXT, MESSAGE_REPORT_WHAT_LABEL, MESSAGE_REPORT_WHAT_HELP,
	    true, .max = WHAT_UNITS, .rows = 12 },
	[REPORT_WHEN] = { "happened", FIELD_LINE, MESSAGE_REPORT_WHEN_LABEL,
	    MESSAGE_REPORT_WHEN_HELP, .max = LINE_UNITS },
	[REPORT_WHO] = { "involved", FIELD_TEXT, MESSAGE_REPORT_WHO_LABEL, MESSAGE_REPORT_WHO_HELP,
	    .max = WHO_UNITS, .rows = 3 },
	[REPORT_REACH] = { "reach", FIELD_LINE, MESSAGE_REPORT_REACH_LABEL,
	    MESSAGE_REPORT_REACH_HELP, .max = LINE_UNITS },
	/* Nobody is chosen beforehand: a report may be about any of them. */
	[REPORT_RECIPIENTS] = { "recipients", FIELD_CHOICES, MESSAGE_REPORT_RECIPIENTS_LABEL,
	    MESSAGE_REPORT_RECIPIENTS_HELP, true, .min = 1 },
};

const struct form report_form = {
	.name = "conduct_report",
	.fields = fields,
	.count = REPORT_COUNT,
	.once = true,
};

/* The recipients as choices, by id; how many there are. */
static size_t
choose_recipients(struct visit *visit, struct form_values *values)
{
	struct conduct_recipient_rows list = conduct_recipient_list(visit->db, visit->arena);
	struct choice *choices = arena_array(visit->arena, list.count + 1, sizeof(*choices));

	for (size_t i = 0; i < list.count; i++) {
		choices[i].value = words_number(visit, list.rows[i].id);
		choices[i].label = list.rows[i].name;
		choices[i].help =
		    list.rows[i].is_outside == 1 ? message(MESSAGE_REPORT_OUTSIDE) : NULL;
	}
	form_choices(values, REPORT_RECIPIENTS, choices, list.count);
	return list.count;
}

void
report_show(struct visit *visit)
{
	struct form_values *values = visit_values(visit, &report_form);
	size_t recipients = choose_recipients(visit, values);
	struct page_cohort_report page = { .part_errors = form_summary(values) };

	if (recipients > 0) {
		page.part_field = form_rows(values);
	} else {
		page.part_empty =
		    parts_empty(visit, MESSAGE_REPORT_NOBODY_TITLE, MESSAGE_REPORT_NOBODY_WORDS,
			link_contact(visit->arena, visit->site), MESSAGE_REPORT_NOBODY_LINK);
	}
	page_cohort_report(visit_html(visit, 200), &visit->frame, &page);
}

/* The ids chosen, and their list as the address of the next page has it. */
static const int64_t *
read_recipients(const struct visit *visit, size_t *count, const char **list)
{
	const char *const *values = form_list(visit->values, REPORT_RECIPIENTS, count);
	int64_t *ids = arena_array(visit->arena, *count + 1, sizeof(*ids));

	*list = "";
	for (size_t i = 0; i < *count; i++) {
		(void)text_integer(values[i], 1, INT64_MAX, &ids[i]);
		*list = arena_format(visit->arena, "%s%s%s", *list, i > 0 ? "-" : "", values[i]);
	}
	return ids;
}

static const char *
too_many(struct visit *visit)
{
	const char *contact = visit->programme->contact;

	return text_empty(contact) ? message(MESSAGE_REPORT_TOO_MANY)
				   : message_report_too_many_write(visit->arena, contact);
}

/* No line in the log tells of it: it would say who sent it. */
void
report_send(struct visit *visit)
{
	const struct form_values *values = visit->values;
	const struct conduct_words words = {
		.what = form_words(values, REPORT_WHAT),
		.when = form_words(values, REPORT_WHEN),
		.who = form_words(values, REPORT_WHO),
		.reach = form_words(values, REPORT_REACH),
	};
	const char *list;
	const int64_t *ids;
	size_t count;

	(void)choose_recipients(visit, visit->values);
	if (!form_ok(values)) {
		visit_again(visit);
		return;
	}
	ids = read_recipients(visit, &count, &list);
	switch (conduct_send(visit->db, visit->arena, visit->site->secret, &words, ids, count,
	    visit->request->network, visit->now)) {
	case CONDUCT_SENT:
		visit_redirect(visit,
		    link_with(visit->arena,
			link_under(visit->arena, link_report(visit->arena, visit->site), "sent"),
			"to", list));
		break;
	case CONDUCT_UNKNOWN_RECIPIENT:
		form_refuse(
		    visit->values, REPORT_RECIPIENTS, message(MESSAGE_REPORT_RECIPIENT_GONE));
		visit_again(visit);
		break;
	case CONDUCT_TOO_MANY:
		form_refuse_whole(visit->values, too_many(visit));
		visit_again(visit);
		break;
	case CONDUCT_FAULT:
		visit_error(visit, 500);
		break;
	}
}

/* Whether "1-17-4" names this id. */
static bool
is_named(const char *list, const char *id)
{
	size_t length = strlen(id);

	while (list != NULL && *list != '\0') {
		size_t part = strcspn(list, "-");

		if (part == length && strncmp(list, id, length) == 0) {
			return true;
		}
		list += part + (list[part] == '-');
	}
	return false;
}

void
report_sent(struct visit *visit)
{
	struct conduct_recipient_rows list = conduct_recipient_list(visit->db, visit->arena);
	struct page_cohort_reported_recipients *rows =
	    arena_array(visit->arena, list.count + 1, sizeof(*rows));
	const char *to = visit_query(visit, "to");
	size_t count = 0;

	for (size_t i = 0; i < list.count; i++) {
		if (is_named(to, words_number(visit, list.rows[i].id))) {
			rows[count++] = (struct page_cohort_reported_recipients){
				.recipient_name = list.rows[i].name,
				.if_recipient_outside = list.rows[i].is_outside == 1,
			};
		}
	}
	page_cohort_reported(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_reported){ .recipients = { rows, count } });
}
