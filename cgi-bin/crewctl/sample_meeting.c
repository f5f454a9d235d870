#include <string.h>

#include "db/db.h"
#include "ground/arena.h"
#include "model/meeting.h"
#include "sample.h"

static enum meeting_audience
audience_of(struct sample *sample, const json_t *item)
{
	static const char *const names[] = { "organisers", "crew", "cohort", "everyone" };
	const char *name = sample_text(sample, item, "audience");

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(names[i], name) == 0) {
			return (enum meeting_audience)(MEETING_FOR_ORGANISERS + (int)i);
		}
	}
	sample_fail(sample, "there is no audience", name);
	return MEETING_FOR_ORGANISERS;
}

static struct meeting_plan
plan_of(struct sample *sample, const struct sample_event *event)
{
	const json_t *item = event->item;
	struct meeting_plan plan = {
		.title = sample_text(sample, item, "title"),
		.minute = (int)sample_minutes(sample, sample_text(sample, item, "time")),
		.zone = sample_text(sample, item, "zone"),
		.minutes = (int)sample_number(item, "minutes", 60),
		.audience = audience_of(sample, item),
		.link = sample_text(sample, item, "link"),
		.recording_link = "",
	};

	plan.date =
	    date_from_days(sample_day(sample, event->cohort, sample_text(sample, item, "on")));
	return plan;
}

bool
sample_meeting_planned(struct sample *sample, const struct sample_event *event)
{
	const struct meeting_plan plan = plan_of(sample, event);
	struct cohort cohort;

	return sample_find_cohort(sample, event, &cohort) &&
	    (meeting_add(sample->db, sample->arena, &cohort, &plan, event->at) == MEETING_SAVED ||
		sample_fail(sample, "planning", plan.title));
}

/* The meeting of an event, by its title. */
static bool
find_meeting(struct sample *sample, const struct sample_event *event, struct cohort *cohort,
    struct meeting *meeting)
{
	const char *title = sample_text(sample, event->item, "title");
	struct meeting_rows all;

	if (!sample_find_cohort(sample, event, cohort)) {
		return false;
	}
	all = meeting_of_cohort(sample->db, sample->arena,
	    &(struct meeting_of_cohort_in){
		.cohort_id = cohort->id, .audience = MEETING_FOR_ORGANISERS });
	for (size_t i = 0; i < all.count; i++) {
		if (strcmp(all.rows[i].title, title) == 0) {
			*meeting = all.rows[i];
			return true;
		}
	}
	return sample_fail(sample, "there is no meeting", title);
}

bool
sample_meeting_recorded(struct sample *sample, const struct sample_event *event)
{
	struct meeting_plan plan = plan_of(sample, event);
	struct cohort cohort;
	struct meeting meeting;

	plan.recording_link = sample_text(sample, event->item, "recording");
	return find_meeting(sample, event, &cohort, &meeting) &&
	    (meeting_change(sample->db, &cohort, &meeting, meeting.revision, &plan) ==
		    MEETING_SAVED ||
		sample_fail(sample, "the recording of", plan.title));
}

bool
sample_meeting_cancelled(struct sample *sample, const struct sample_event *event)
{
	struct cohort cohort;
	struct meeting meeting;

	return find_meeting(sample, event, &cohort, &meeting) &&
	    (meeting_cancel(sample->db, &meeting, event->at) == MEETING_SAVED ||
		sample_fail(sample, "cancelling", meeting.title));
}
