#include <stdlib.h>
#include <string.h>

#include "ground/arena.h"
#include "ground/clock.h"
#include "model/standup_plan.h"
#include "sample.h"

typedef bool sample_happen(struct sample *, const struct sample_event *);

/* Adds an event; what is NULL in it stays so. */
static void
plan_event(struct sample *sample, int64_t at, sample_happen *happen, struct sample_event event)
{
	if (sample->count == sample->room) {
		size_t room = sample->room == 0 ? 256 : sample->room * 2;
		struct sample_event *events = arena_array(sample->arena, room, sizeof *events);

		if (sample->count > 0) {
			memcpy(events, sample->events, sample->count * sizeof *events);
		}
		sample->events = events;
		sample->room = room;
	}
	event.at = at;
	event.order = sample->count;
	event.happen = happen;
	sample->events[sample->count++] = event;
}

/* Adds an event at the instant that an object names, if it names one. */
static void
plan_named(struct sample *sample, const json_t *object, const char *name, sample_happen *happen,
    struct sample_event event)
{
	const char *text = sample_text_or_null(sample, object, name);

	if (text != NULL) {
		plan_event(sample, sample_instant(sample, event.cohort, text), happen, event);
	}
}

/* Adds an event so many hours from the beginning of its stand-up. */
static void
plan_hours(struct sample *sample, int64_t starts_at, const json_t *object, const char *name,
    sample_happen *happen, struct sample_event event)
{
	const json_t *hours = json_object_get(object, name);

	if (json_is_number(hours)) {
		plan_event(sample, starts_at + (int64_t)(json_number_value(hours) * CLOCK_HOUR),
		    happen, event);
	}
}

static void
plan_people(struct sample *sample, json_t *cohort)
{
	size_t index;
	json_t *item;

	json_array_foreach(json_object_get(cohort, "appointments"), index, item)
	{
		plan_named(sample, item, "at", sample_member_appointed,
		    (struct sample_event){ .cohort = cohort, .item = item });
	}
	json_array_foreach(json_object_get(cohort, "applications"), index, item)
	{
		const struct sample_event event = { .cohort = cohort, .item = item };

		plan_named(sample, item, "sent", sample_application_sent, event);
		plan_named(sample, item, "confirmed", sample_application_confirmed, event);
		plan_named(sample, item, "withdrawn", sample_application_withdrawn, event);
		plan_named(sample, item, "offered", sample_offer_made, event);
		plan_named(sample, item, "accepted", sample_offer_answered, event);
		plan_named(sample, item, "declined", sample_offer_answered, event);
	}
}

static void
plan_questions(struct sample *sample, int64_t starts_at, struct sample_event event)
{
	size_t index, answer_index;
	json_t *question, *answer;

	json_array_foreach(json_object_get(event.standup, "questions"), index, question)
	{
		event.item = question;
		plan_hours(sample, starts_at, question, "hours", sample_question_asked, event);
		plan_hours(
		    sample, starts_at, question, "resolved", sample_question_resolved, event);
		json_array_foreach(json_object_get(question, "answers"), answer_index, answer)
		{
			event.question = question;
			event.item = answer;
			plan_hours(
			    sample, starts_at, answer, "hours", sample_question_answered, event);
		}
	}
}

static void
plan_standup(struct sample *sample, int64_t starts_at, struct sample_event event)
{
	size_t index;
	json_t *item;

	json_array_foreach(json_object_get(event.standup, "check_ins"), index, item)
	{
		event.item = item;
		plan_hours(sample, starts_at, item, "hours", sample_checked_in, event);
	}
	plan_questions(sample, starts_at, event);
	event.item = json_object_get(event.standup, "attendance");
	plan_hours(sample, starts_at, event.item, "hours", sample_attendance_marked, event);
	event.item = json_object_get(event.standup, "notes");
	plan_hours(sample, starts_at, event.item, "hours", sample_notes_written, event);
	json_array_foreach(json_object_get(event.standup, "highlights"), index, item)
	{
		event.item = item;
		plan_hours(sample, starts_at, item, "hours", sample_highlight_published, event);
		plan_hours(sample, starts_at, item, "withdrawn", sample_highlight_withdrawn, event);
	}
}

/* Who reviews, and what they said. */
static void
plan_round(struct sample *sample, json_t *cohort)
{
	size_t index, review_index;
	json_t *item, *review;

	json_array_foreach(json_object_get(cohort, "reviewers"), index, item)
	{
		plan_named(sample, item, "at", sample_reviewer_appointed,
		    (struct sample_event){ .cohort = cohort, .item = item });
	}
	json_array_foreach(json_object_get(cohort, "applications"), index, item)
	{
		json_array_foreach(json_object_get(item, "reviews"), review_index, review)
		{
			plan_named(sample, review, "at", sample_review_saved,
			    (struct sample_event){
				.cohort = cohort, .item = item, .review = review });
		}
	}
}

static void
plan_meetings(struct sample *sample, json_t *cohort)
{
	size_t index;
	json_t *item;

	json_array_foreach(json_object_get(cohort, "meetings"), index, item)
	{
		const struct sample_event event = { .cohort = cohort, .item = item };

		plan_named(sample, item, "planned", sample_meeting_planned, event);
		plan_named(sample, item, "recorded", sample_meeting_recorded, event);
		plan_named(sample, item, "cancelled", sample_meeting_cancelled, event);
	}
}

/* When a group's stand-up will be, as the model will lay it out. */
static int64_t
standup_starts(struct sample *sample, const json_t *cohort, const json_t *group, int week)
{
	const struct cohort at = { .starts_at = CLOCK_DAY *
		    sample_day(sample, NULL, sample_text(sample, cohort, "starts")) };
	const struct group meets = {
		.meeting_weekday = sample_number(group, "weekday", 0),
		.meeting_time = sample_text(sample, group, "time"),
		.meeting_zone = sample_text(sample, group, "zone"),
	};

	if (sample_minutes(sample, meets.meeting_time) == 0) {
		return 0;
	}
	return standup_instant(&at, &meets, week);
}

static void
plan_groups(struct sample *sample, json_t *cohort)
{
	size_t index, standup_index;
	json_t *group, *standup;

	json_array_foreach(json_object_get(cohort, "groups"), index, group)
	{
		struct sample_event event = { .cohort = cohort, .group = group };

		plan_named(sample, group, "made", sample_group_made, event);
		plan_named(sample, group, "filled", sample_group_filled, event);
		json_array_foreach(json_object_get(group, "standups"), standup_index, standup)
		{
			event.standup = standup;
			plan_standup(sample,
			    standup_starts(
				sample, cohort, group, (int)sample_number(standup, "week", 0)),
			    event);
		}
	}
}

static int
by_instant(const void *left, const void *right)
{
	const struct sample_event *a = left;
	const struct sample_event *b = right;

	if (a->at != b->at) {
		return a->at < b->at ? -1 : 1;
	}
	return a->order < b->order ? -1 : 1;
}

bool
sample_plan(struct sample *sample)
{
	size_t index;
	json_t *cohort;

	json_array_foreach(sample->cohorts, index, cohort)
	{
		const struct sample_event event = { .cohort = cohort };

		plan_named(sample, cohort, "made", sample_cohort_made, event);
		plan_named(sample, cohort, "made", sample_round_planned, event);
		plan_round(sample, cohort);
		plan_people(sample, cohort);
		plan_named(sample, cohort, "published", sample_cohort_published, event);
		plan_groups(sample, cohort);
		plan_meetings(sample, cohort);
		plan_named(sample, cohort, "groups_formed", sample_groups_formed, event);
		plan_named(sample, cohort, "launched", sample_cohort_launched, event);
	}
	if (sample->count > 0) {
		qsort(sample->events, sample->count, sizeof *sample->events, by_instant);
	}
	return sample->problem == NULL;
}
