#include <inttypes.h>
#include <string.h>

#include "standup.h"
#include "ground/text.h"
#include "web/link.h"

/*
 * A form of as many rows as there are Djangonauts: "mark_<member>" is what
 * was chosen, "shown_<member>" what the form showed, so that of two people
 * marking at once neither undoes what the other did.
 */
const struct form attendance_form = { .name = "attendance" };

static const char unmarked[] = "unmarked";

static const struct {
	const char *value;
	enum message message;
} marks[] = {
	{ "present", MESSAGE_STANDUP_MARK_PRESENT },
	{ "async", MESSAGE_STANDUP_MARK_ASYNC },
	{ "excused", MESSAGE_STANDUP_MARK_EXCUSED },
	{ "absent", MESSAGE_STANDUP_MARK_ABSENT },
	{ unmarked, MESSAGE_STANDUP_MARK_NONE },
};

enum { MARKS = sizeof(marks) / sizeof(marks[0]) };

static const char *
field_name(struct arena *arena, const char *what, int64_t member_id)
{
	return arena_format(arena, "%s_%" PRId64, what, member_id);
}

/* What the request says of a person, NULL where it says nothing. */
static const char *
sent_value(const struct visit *visit, const char *what, int64_t member_id)
{
	return request_fields_value(
	    &visit->request->body, field_name(visit->arena, what, member_id));
}

/* ---- the list ---- */

/* The mark that the form chooses: the one sent, the one stored, async for
 * whoever checked in, or none. */
static const char *
chosen_mark(const struct week *week, const struct attendance *person)
{
	const struct form_values *values = week->visit->values;
	const char *sent = values != NULL && values->form == &attendance_form
	    ? sent_value(week->visit, "mark", person->member_id)
	    : NULL;

	if (sent != NULL) {
		return sent;
	}
	if (person->status != NULL) {
		return person->status;
	}
	return person->has_check_in == 1 ? "async" : unmarked;
}

static struct page_standup_week_attendance_roll_marks_list
mark_rows(const struct week *week, const struct attendance *person)
{
	struct page_standup_week_attendance_roll_marks *rows =
	    arena_array(week->arena, MARKS, sizeof(*rows));
	const char *name = field_name(week->arena, "mark", person->member_id);
	const char *chosen = chosen_mark(week, person);

	for (size_t i = 0; i < MARKS; i++) {
		rows[i].mark_id = arena_format(week->arena, "%s-%s", name, marks[i].value);
		rows[i].mark_name = name;
		rows[i].mark_value = marks[i].value;
		rows[i].mark = message(marks[i].message);
		rows[i].if_marked = strcmp(chosen, marks[i].value) == 0;
	}
	return (struct page_standup_week_attendance_roll_marks_list){ rows, MARKS };
}

static struct page_standup_week_attendance_roll
roll_row(const struct week *week, const struct attendance *person)
{
	return (struct page_standup_week_attendance_roll){
		.name = person->name,
		.if_pronouns = !text_empty(person->pronouns),
		.pronouns = person->pronouns,
		.if_checked_in = person->has_check_in == 1,
		.marks = mark_rows(week, person),
		.shown_name = field_name(week->arena, "shown", person->member_id),
		.shown = person->status == NULL ? unmarked : person->status,
	};
}

void
attendance_fill(const struct week *week, struct page_standup_week *page)
{
	struct page_standup_week_attendance *row = arena_alloc(week->arena, sizeof(*row));
	size_t count = week->attendance.count;
	struct page_standup_week_attendance_roll *roll =
	    arena_array(week->arena, count + 1, sizeof(*roll));

	for (size_t i = 0; i < count; i++) {
		roll[i] = roll_row(week, &week->attendance.rows[i]);
	}
	row->attendance_action = link_under(week->arena, week->link, "attendance");
	row->if_marking = week->may_write;
	row->roll.rows = roll;
	row->roll.count = count;
	page->attendance.rows = row;
	page->attendance.count = visit_has(week->visit, ROLES_FACILITATORS) ? 1 : 0;
}

/* ---- saving it ---- */

/* The status of a mark as the database has it: NULL is unmarked. False: it is
 * none of the marks. */
static bool
status_read(const char *value, const char **status)
{
	for (size_t i = 0; i < MARKS; i++) {
		if (text_equal(marks[i].value, value)) {
			*status = marks[i].value == unmarked ? NULL : marks[i].value;
			return true;
		}
	}
	return false;
}

/*
 * What was sent of each person. Someone who came after the form was shown is
 * not in it and is left alone. False: a mark is not one of those shown, or
 * was sent twice (safety 6); the form says whose.
 */
static bool
marks_read(
    struct visit *visit, struct attendance_rows people, struct attendance_mark *read, size_t *count)
{
	*count = 0;
	for (size_t i = 0; i < people.count; i++) {
		const struct attendance *person = &people.rows[i];
		struct attendance_mark *mark = &read[*count];

		if (request_fields_count(&visit->request->body,
			field_name(visit->arena, "mark", person->member_id)) == 0) {
			continue;
		}
		mark->member_id = person->member_id;
		if (!status_read(sent_value(visit, "mark", person->member_id), &mark->status) ||
		    !status_read(
			sent_value(visit, "shown", person->member_id), &mark->shown_status)) {
			form_refuse_whole(
			    visit->values, message_standup_mark_wrong(visit->arena, person->name));
			return false;
		}
		(*count)++;
	}
	return true;
}

static enum attendance_outcome
save(struct week *week, const struct member *member, const struct attendance_mark *read,
    size_t count)
{
	struct visit *visit = week->visit;

	return attendance_save(visit->db, visit->arena, visit->cohort, &week->standup, member->id,
	    read, count, visit->now);
}

void
attendance_send(struct visit *visit)
{
	struct attendance_mark *read;
	struct attendance_rows people;
	struct member member;
	struct week week;
	size_t count;

	if (!week_begin(visit, &week) || !week_member(&week, &member)) {
		return;
	}
	people = standup_attendance(visit->db, visit->arena, &week.standup, &week.reader);
	read = arena_array(visit->arena, people.count + 1, sizeof(*read));
	if (!marks_read(visit, people, read, &count)) {
		visit_again(visit);
		return;
	}
	switch (save(&week, &member, read, count)) {
	case ATTENDANCE_SAVED:
		week_done(&week, MESSAGE_DONE_ATTENDANCE, NULL);
		break;
	case ATTENDANCE_PARTLY_SAVED:
		week_done(&week, MESSAGE_DONE_ATTENDANCE_PARTLY, NULL);
		break;
	case ATTENDANCE_NOT_OF_GROUP:
		week_refuse(&week, message(MESSAGE_STANDUP_MARK_NOT_OF_GROUP));
		break;
	case ATTENDANCE_COHORT_OVER:
		week_refuse_over(&week);
		break;
	case ATTENDANCE_FAULT:
		visit_error(visit, 500);
		break;
	}
}
