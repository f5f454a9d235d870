/*
 * Meetings as those see them whom they concern.
 */
#include "cohort.h"
#include "ground/clock.h"
#include "ground/text.h"
#include "web/time.h"

struct page_part_meeting
meeting_row(struct visit *visit, const struct meeting *meeting)
{
	bool is_off = meeting->cancelled_at != DB_NULL;
	bool is_over = meeting->ends_at <= visit->now;

	return (struct page_part_meeting){
		.meeting_title = meeting->title,
		.if_meeting_off = is_off,
		.meeting_machine = time_machine(visit->arena, meeting->starts_at),
		.meeting_when = time_words(visit->arena, visit->zone, meeting->starts_at),
		.meeting_length = message_meeting_length(visit->arena,
		    words_number(visit, (meeting->ends_at - meeting->starts_at) / CLOCK_MINUTE)),
		/* Where it is held is the members' alone. */
		.if_meeting_link = !is_off && !is_over && !text_empty(meeting->link) &&
		    visit_has(visit, ROLES_MEMBERS),
		.meeting_link = meeting->link,
		.if_recording = !text_empty(meeting->recording_link),
		.recording = meeting->recording_link,
	};
}

struct page_part_meeting_list
meeting_list(struct visit *visit)
{
	struct meeting_rows all = meeting_of_cohort(visit->db, visit->arena,
	    &(struct meeting_of_cohort_in){
		.cohort_id = visit->cohort->id, .audience = meeting_audience_of(visit->roles) });
	struct page_part_meeting *rows = arena_array(visit->arena, all.count + 1, sizeof(*rows));
	size_t count = 0, i;

	for (i = 0; i < all.count; i++) {
		if (all.rows[i].ends_at > visit->now) {
			rows[count++] = meeting_row(visit, &all.rows[i]);
		}
	}
	for (i = all.count; i > 0; i--) {
		const struct meeting *meeting = &all.rows[i - 1];

		if (meeting->ends_at <= visit->now && meeting->cancelled_at == DB_NULL &&
		    !text_empty(meeting->recording_link)) {
			rows[count++] = meeting_row(visit, meeting);
		}
	}
	return (struct page_part_meeting_list){ rows, count };
}
