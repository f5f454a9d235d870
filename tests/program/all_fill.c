#include <stddef.h>
#include <string.h>

#include "all_fill.h"

/* Values that a field's kind does not tell. */
static const struct {
	const char *form; /* NULL: in any form */
	const char *field;
	const char *value;
} meant[] = {
	{ "take_out", "group", "lyra" },
	{ "appoint_member", "person", "1" },
	{ "end_reviewer", "person", "950" },
	{ "project_remove", "project", "4" },
	{ "invite_again", "invitation", "1" },
	{ "late", "until_on", "2026-12-01" },
	{ "late_end", "entry", "1" },
	{ "invite_cancel", "invitation", "1" },
	{ "return", "member", "900" },
	{ "accept", "projects", "1" },
	{ "hours", "projects", "1" },
	{ "apply", "level", "2" },
	{ NULL, "application", "key" },
	{ "decide", "decision", "decline" },
	{ "send", "shown", "1-7-0-0" },
	{ "release", "seat", "given-back" },
	{ "review", "revision", "0" },
	{ "meeting_new", "date", "2026-12-01" },
	{ "meeting", "date", "2026-12-01" },
	{ "secret", "purpose", "person_calendar" },
	{ "secret_end", "purpose", "person_calendar" },
	{ "wording", "body", "Meant so: <{link}>" },
	{ "wording", "step", "save" },
	{ "cohort_new", "copy", NULL },
	{ "cohort_edit", "opens_on", "2026-09-01" },
	{ "cohort_edit", "closes_on", "2026-09-30" },
	{ "cohort_edit", "starts_on", "2026-11-09" },
	{ "cohort_edit", "weeks", "8" },
	{ "conduct_report", "recipients", "1" },
	{ "question_move", "direction", "up" },
	{ "criterion_move", "direction", "up" },
	{ "form_question", "earliest", "2027-01-31" },
	{ "form_question", "latest", "2027-02-28" },
	{ "questionnaire_copy", "cohort", "pavo" },
	{ "conduct_recipient_remove", "recipient", "1" },
	{ NULL, "opens_on", "2027-02-01" },
	{ NULL, "closes_on", "2027-03-01" },
	{ NULL, "starts_on", "2027-04-05" },
	{ NULL, "level_low", "1" },
	{ NULL, "level_high", "2" },
	{ NULL, "github", "vega-star" },
	{ NULL, "group", "cygnus" },
	{ NULL, "project", "1" },
	{ NULL, "projects", "2" },
	{ NULL, "quotes", NULL },
	{ NULL, "next", "/standup/" },
	{ NULL, "revision", "1" },
	{ NULL, "member", "4" },
	{ NULL, "placement", "4" },
	{ NULL, "session", "100" },
	{ NULL, "step", "publish" },
};

static const char *
value_by_kind(const struct field *field)
{
	switch (field->kind) {
	case FIELD_EMAIL:
		return "somebody@example.org";
	case FIELD_CHOICE:
	case FIELD_RADIO:
	case FIELD_CHOICES:
		return field->choice_count > 0 ? field->choices[0].value : NULL;
	case FIELD_CHECK:
		return "yes";
	case FIELD_TIME:
		return "19:00";
	case FIELD_NUMBER:
		return field->min > 1 ? "60" : "4";
	case FIELD_ZONE:
		return "Europe/Vienna";
	case FIELD_URL:
		return "https://example.net/somewhere";
	case FIELD_SLUG:
		return "fornax";
	case FIELD_LINE:
	case FIELD_TEXT:
	case FIELD_DATE:
	case FIELD_HOURS:
	case FIELD_HIDDEN:
	case FIELD_LIST:
	default:
		return "Meant so";
	}
}

static const char *
value_of(const struct form *form, const struct field *field)
{
	for (size_t i = 0; i < sizeof(meant) / sizeof(meant[0]); i++) {
		if ((meant[i].form == NULL || strcmp(meant[i].form, form->name) == 0) &&
		    strcmp(meant[i].field, field->name) == 0) {
			return meant[i].value;
		}
	}
	return value_by_kind(field);
}

void
fill(struct harness *harness, const struct form *form)
{
	for (size_t i = 0; i < form->count; i++) {
		const struct field *field = &form->fields[i];
		const char *value = value_of(form, field);

		if (field->kind == FIELD_HOURS) {
			harness_field(harness,
			    arena_format(harness_arena(harness), "%s_0_from", field->name),
			    "18:00");
			harness_field(harness,
			    arena_format(harness_arena(harness), "%s_0_to", field->name), "20:00");
		} else if (value != NULL) {
			harness_field(harness, field->name, value);
		}
	}
}
