/*
 * The meetings of a cohort, as its organisers plan them.
 */
#include "cohort.h"
#include "ground/text.h"
#include "ground/zone.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

enum { MEETING_TITLE_MAX = 120, MEETING_LINK_MAX = 500, MEETING_MINUTES_USUAL = 60 };

enum {
	MEETING_TITLE,
	MEETING_DATE,
	MEETING_TIME,
	MEETING_ZONE,
	MEETING_MINUTES,
	MEETING_AUDIENCE,
	MEETING_LINK,
	MEETING_RECORDING,
	MEETING_NEW_COUNT,
	MEETING_REVISION = MEETING_NEW_COUNT,
	MEETING_COUNT
};

/* By the numbers of enum meeting_audience. */
static const struct choice audiences[] = {
	{ "4", NULL, MESSAGE_MEETING_FOR_EVERYONE, NULL },
	{ "3", NULL, MESSAGE_MEETING_FOR_COHORT, NULL },
	{ "2", NULL, MESSAGE_MEETING_FOR_CREW, NULL },
	{ "1", NULL, MESSAGE_MEETING_FOR_ORGANISERS, NULL },
};

static const struct field fields[MEETING_COUNT] = {
	[MEETING_TITLE] = { "title", FIELD_LINE, MESSAGE_MEETING_TITLE_LABEL,
	    MESSAGE_MEETING_TITLE_HELP, true, .max = MEETING_TITLE_MAX },
	[MEETING_DATE] = { "date", FIELD_DATE, MESSAGE_MEETING_DATE_LABEL, .required = true },
	[MEETING_TIME] = { "time", FIELD_TIME, MESSAGE_MEETING_TIME_LABEL,
	    MESSAGE_MEETING_TIME_HELP, .required = true },
	[MEETING_ZONE] = { "zone", FIELD_ZONE, MESSAGE_MEETING_ZONE_LABEL,
	    MESSAGE_MEETING_ZONE_HELP, .required = true },
	[MEETING_MINUTES] = { "minutes", FIELD_NUMBER, MESSAGE_MEETING_MINUTES_LABEL,
	    MESSAGE_MEETING_MINUTES_HELP, true, .min = MEETING_MINUTES_MIN,
	    .max = MEETING_MINUTES_MAX },
	[MEETING_AUDIENCE] = { "audience", FIELD_RADIO, MESSAGE_MEETING_AUDIENCE_LABEL,
	    MESSAGE_MEETING_AUDIENCE_HELP, true, .choices = audiences,
	    .choice_count = sizeof(audiences) / sizeof(audiences[0]) },
	[MEETING_LINK] = { "link", FIELD_URL, MESSAGE_MEETING_LINK_LABEL, MESSAGE_MEETING_LINK_HELP,
	    .max = MEETING_LINK_MAX, .verbatim = true },
	[MEETING_RECORDING] = { "recording", FIELD_URL, MESSAGE_MEETING_RECORDING_LABEL,
	    MESSAGE_MEETING_RECORDING_HELP, .max = MEETING_LINK_MAX, .verbatim = true },
	[MEETING_REVISION] = { "revision", FIELD_HIDDEN, MESSAGE_MEETING_REVISION_LABEL,
	    .required = true, .max = 12 },
};

const struct form meetings_form = {
	.name = "meeting_new",
	.fields = fields,
	.count = MEETING_NEW_COUNT,
	.once = true,
};

const struct form meeting_form = {
	.name = "meeting",
	.fields = fields,
	.count = MEETING_COUNT,
};

const struct form meeting_cancel_form = { .name = "meeting_cancel" };

static const char *
meetings_link(struct visit *visit)
{
	return link_under(visit->arena,
	    link_organise(visit->arena, visit->site, visit->cohort->slug), "meetings");
}

static const char *
meeting_link(struct visit *visit, const struct meeting *meeting)
{
	return link_under(visit->arena, meetings_link(visit), meeting->key);
}

static const char *
audience_words(int64_t audience)
{
	return message(audiences[MEETING_FOR_EVERYONE - audience].message);
}

/* ---- the list ---- */

static struct page_cohort_meetings_meetings
planned_row(struct visit *visit, const struct meeting *meeting)
{
	struct page_part_meeting *row = arena_alloc(visit->arena, sizeof(*row));

	*row = meeting_row(visit, meeting);
	row->if_for = true;
	row->for_whom = audience_words(meeting->audience);
	row->if_edit = !row->if_meeting_off;
	row->edit_link = meeting_link(visit, meeting);
	return (struct page_cohort_meetings_meetings){ .part_meeting = { row, 1 } };
}

void
meetings_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	struct form_values *values = visit_values(visit, &meetings_form);
	struct meeting_rows all = meeting_of_cohort(visit->db, visit->arena,
	    &(struct meeting_of_cohort_in){
		.cohort_id = cohort->id, .audience = MEETING_FOR_ORGANISERS });
	struct page_cohort_meetings_meetings *rows =
	    arena_array(visit->arena, all.count + 1, sizeof(*rows));
	struct page_cohort_meetings page = {
		.name = cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_MEETINGS),
		.part_errors = form_summary(values),
		.meetings = { rows, all.count },
		.action = meetings_link(visit),
		.calendar = link_absolute(visit->arena, visit->site,
		    link_calendar(visit->arena, visit->site, cohort->slug)),
	};

	for (size_t i = 0; i < all.count; i++) {
		rows[i] = planned_row(visit, &all.rows[i]);
	}
	form_fill(values, MEETING_ZONE, visit->zone);
	form_fill_integer(values, MEETING_MINUTES, MEETING_MINUTES_USUAL);
	page.part_field = form_rows(values);
	if (all.count == 0) {
		page.part_empty = parts_empty(visit, MESSAGE_MEETING_NONE_TITLE,
		    MESSAGE_MEETING_NONE_WORDS, NULL, MESSAGE_NONE);
	}
	page_cohort_meetings(visit_html(visit, 200), &visit->frame, &page);
}

/* ---- one of them ---- */

/* The meeting of the address; false, and a 404: there is none. */
static bool
find(struct visit *visit, struct meeting *meeting)
{
	if (meeting_by_key(visit->db, visit->arena,
		&(struct meeting_by_key_in){
		    .cohort_id = visit->cohort->id, .key = visit_param(visit, "meeting") },
		meeting)) {
		return true;
	}
	visit_not_found(visit);
	return false;
}

static void
fill(struct visit *visit, struct form_values *values, const struct meeting *meeting)
{
	struct civil begins = zone_civil(meeting->zone, meeting->starts_at);

	form_fill(values, MEETING_TITLE, meeting->title);
	form_fill(values, MEETING_DATE, date_text(visit->arena, begins.date));
	form_fill(values, MEETING_TIME, time_clock(visit->arena, begins.hour * 60 + begins.minute));
	form_fill(values, MEETING_ZONE, meeting->zone);
	form_fill_integer(
	    values, MEETING_MINUTES, (meeting->ends_at - meeting->starts_at) / CLOCK_MINUTE);
	form_fill_integer(values, MEETING_AUDIENCE, meeting->audience);
	form_fill(values, MEETING_LINK, meeting->link);
	form_fill(values, MEETING_RECORDING, meeting->recording_link);
	form_fill_integer(values, MEETING_REVISION, meeting->revision);
}

void
meeting_show(struct visit *visit)
{
	struct form_values *values = visit_values(visit, &meeting_form);
	struct page_part_meeting row;
	struct meeting meeting;

	if (!find(visit, &meeting)) {
		return;
	}
	row = meeting_row(visit, &meeting);
	fill(visit, values, &meeting);
	page_cohort_meeting(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_meeting){ .title = meeting.title,
		.back_link = meetings_link(visit),
		.part_organise = parts_organise(visit, ORGANISE_MEETINGS),
		.part_errors = form_summary(visit->values),
		.when = row.meeting_when,
		.machine = row.meeting_machine,
		.length = row.meeting_length,
		.if_planned = meeting.cancelled_at == DB_NULL,
		.action = meeting_link(visit, &meeting),
		.cancel_action = link_under(visit->arena, meeting_link(visit, &meeting), "cancel"),
		.part_field = form_rows(values) });
}

/* ---- what was sent ---- */

static struct meeting_plan
plan_read(const struct form_values *values)
{
	struct meeting_plan plan = {
		.title = form_text(values, MEETING_TITLE),
		.minute = (int)form_integer(values, MEETING_TIME, 0),
		.zone = form_text(values, MEETING_ZONE),
		.minutes = (int)form_integer(values, MEETING_MINUTES, 0),
		.link = form_words(values, MEETING_LINK),
		.recording_link = form_words(values, MEETING_RECORDING),
	};
	int64_t audience = MEETING_FOR_ORGANISERS;

	(void)date_read(form_text(values, MEETING_DATE), &plan.date);
	(void)text_integer(form_text(values, MEETING_AUDIENCE), MEETING_FOR_ORGANISERS,
	    MEETING_FOR_EVERYONE, &audience);
	plan.audience = (enum meeting_audience)audience;
	return plan;
}

static void
answer(
    struct visit *visit, enum meeting_outcome outcome, enum audit_action action, enum message done)
{
	struct form_values *values = visit->values;

	switch (outcome) {
	case MEETING_SAVED:
		visit_audit(visit, action, 0, NULL);
		visit_notice(visit, done);
		visit_redirect(visit, meetings_link(visit));
		return;
	case MEETING_NO_SUCH_TIME:
		form_refuse(values, MEETING_TIME, message(MESSAGE_MEETING_NO_SUCH_TIME));
		break;
	case MEETING_FAR_OFF:
		form_refuse(values, MEETING_DATE, message(MESSAGE_MEETING_FAR_OFF));
		break;
	case MEETING_TOO_MANY:
		form_refuse_whole(values,
		    message_meeting_too_many(visit->arena, words_number(visit, MEETINGS_MAX)));
		break;
	case MEETING_CHANGED_SINCE:
		form_refuse_whole(values, message(MESSAGE_COHORT_CHANGED_MEANWHILE));
		break;
	case MEETING_OVER:
		form_refuse_whole(values, message(MESSAGE_MEETING_OVER));
		break;
	case MEETING_FAULT:
		visit_error(visit, 500);
		return;
	}
	visit_again(visit);
}

void
meetings_add(struct visit *visit)
{
	struct meeting_plan plan = plan_read(visit->values);

	answer(visit, meeting_add(visit->db, visit->arena, visit->cohort, &plan, visit->now),
	    AUDIT_MEETING_ADDED, MESSAGE_DONE_MEETING_ADDED);
}

void
meeting_save(struct visit *visit)
{
	struct meeting_plan plan = plan_read(visit->values);
	struct meeting meeting;
	enum meeting_outcome outcome;
	int64_t revision = 0;

	if (!find(visit, &meeting)) {
		return;
	}
	(void)text_integer(form_text(visit->values, MEETING_REVISION), 1, INT64_MAX, &revision);
	outcome = meeting_change(visit->db, visit->cohort, &meeting, revision, &plan);
	if (outcome == MEETING_CHANGED_SINCE) {
		/* Sending it once more replaces the other change knowingly. */
		visit->values->values[MEETING_REVISION].text =
		    words_number(visit, meeting.revision);
	}
	answer(visit, outcome, AUDIT_MEETING_CHANGED, MESSAGE_DONE_MEETING_SAVED);
}

void
meeting_press_cancel(struct visit *visit)
{
	struct meeting meeting;

	if (find(visit, &meeting)) {
		answer(visit, meeting_cancel(visit->db, &meeting, visit->now),
		    AUDIT_MEETING_CANCELLED, MESSAGE_DONE_MEETING_CANCELLED);
	}
}
