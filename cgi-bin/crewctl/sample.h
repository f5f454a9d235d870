#ifndef CREWCTL_SAMPLE_H
#define CREWCTL_SAMPLE_H

/*
 * crewctl sample: what the files of a sample programme say, told as a story.
 *
 * The files (conf/sample/README.md describes them) hold cohorts and people
 * with dates relative to the day of loading. They become a list of events,
 * each an instant and a call of the model; sorted by instant they happen one
 * after the other with `now` going forward, in one transaction. Whatever lies
 * after the day of loading does not happen.
 */

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/application.h"
#include "model/cohort.h"
#include "model/group.h"
#include "model/member.h"
#include "model/standup.h"

struct arena;
struct db;
struct sample;

/* One thing that happened; the parts are those of the files that it is in,
 * from the widest to the most particular, NULL where there is none. */
struct sample_event {
	int64_t at;
	size_t order;
	bool (*happen)(struct sample *, const struct sample_event *);
	json_t *cohort;
	json_t *group;
	json_t *standup;
	json_t *question;
	json_t *item;
	json_t *review;
};

struct sample {
	struct db *db;
	struct arena *arena;
	/* Keys the hashes of addresses that an application leaves behind. */
	const unsigned char *secret;
	/* The instant of loading, its day (UTC) and that week's Monday, both
	 * in days since 1970. */
	int64_t now;
	int64_t today;
	int64_t monday;
	json_t *programme;
	json_t *cohorts;
	struct sample_event *events;
	size_t count;
	size_t room;
	/* What went wrong, for the operator; NULL: nothing yet. */
	const char *problem;
};

/* ---- sample_read.c: what the files say ---- */

/* Reads the programme's file and those of the cohorts it names beside it.
 * False, problem set: one cannot be read. */
bool sample_read(struct sample *sample, const char *path);

/* A text, "" when there is none; an array of paragraphs becomes one text. */
const char *sample_text(struct sample *sample, const json_t *object, const char *name);

/* The same, NULL when there is none. */
const char *sample_text_or_null(struct sample *sample, const json_t *object, const char *name);

/* The text that a value of a list is, "" when it is none. */
const char *sample_word(const json_t *value);

int64_t sample_number(const json_t *object, const char *name, int64_t otherwise);

/* The person that a call-sign's handle stands for; problem set when nobody
 * has it. */
json_t *sample_person(struct sample *sample, const char *handle);

/*
 * A day relative to an anchor: "today-10", "monday+7", "start-3", where start
 * is the cohort's first day; and the same with a UTC time, "start-3 18:30".
 * Of a time that cannot be read problem says so.
 */
int64_t sample_day(struct sample *sample, const json_t *cohort, const char *text);
const char *sample_date(struct sample *sample, const json_t *cohort, const char *text);
int64_t sample_instant(struct sample *sample, const json_t *cohort, const char *text);

/* The minutes since midnight of "18:30", to "24:00". */
int64_t sample_minutes(struct sample *sample, const char *time);

/* Notes the first thing that went wrong; returns false. */
bool sample_fail(struct sample *sample, const char *what, const char *which);

/* ---- sample_plan.c: the events, in the order in which they happen ---- */

bool sample_plan(struct sample *sample);

/* ---- events ---- */

bool sample_cohort_made(struct sample *, const struct sample_event *);
bool sample_cohort_published(struct sample *, const struct sample_event *);
bool sample_round_planned(struct sample *, const struct sample_event *);
bool sample_reviewer_appointed(struct sample *, const struct sample_event *);
bool sample_review_saved(struct sample *, const struct sample_event *);
bool sample_member_appointed(struct sample *, const struct sample_event *);
bool sample_group_made(struct sample *, const struct sample_event *);
bool sample_group_filled(struct sample *, const struct sample_event *);
bool sample_groups_formed(struct sample *, const struct sample_event *);
bool sample_cohort_launched(struct sample *, const struct sample_event *);
bool sample_meeting_planned(struct sample *, const struct sample_event *);
bool sample_meeting_recorded(struct sample *, const struct sample_event *);
bool sample_meeting_cancelled(struct sample *, const struct sample_event *);

bool sample_application_sent(struct sample *, const struct sample_event *);
bool sample_application_confirmed(struct sample *, const struct sample_event *);
bool sample_application_withdrawn(struct sample *, const struct sample_event *);
bool sample_offer_made(struct sample *, const struct sample_event *);
bool sample_offer_answered(struct sample *, const struct sample_event *);

bool sample_checked_in(struct sample *, const struct sample_event *);
bool sample_question_asked(struct sample *, const struct sample_event *);
bool sample_question_answered(struct sample *, const struct sample_event *);
bool sample_question_resolved(struct sample *, const struct sample_event *);
bool sample_attendance_marked(struct sample *, const struct sample_event *);
bool sample_notes_written(struct sample *, const struct sample_event *);
bool sample_highlight_published(struct sample *, const struct sample_event *);
bool sample_highlight_withdrawn(struct sample *, const struct sample_event *);

/* ---- what events share ---- */

/* Gives a person the profile that the file has for them; the address must
 * be known already. */
bool sample_profile(struct sample *sample, const json_t *person);

/* The objects of an event as the database has them now. */
bool sample_find_cohort(struct sample *sample, const struct sample_event *, struct cohort *cohort);
bool sample_find_group(
    struct sample *sample, const struct sample_event *, struct cohort *cohort, struct group *group);

/* The application of an event's person, the newest of their address. */
bool sample_find_application(struct sample *sample, const struct sample_event *,
    const struct cohort *cohort, struct application *application);

/* The member of a cohort with this handle and role. */
bool sample_find_member(struct sample *sample, const struct cohort *cohort, const char *handle,
    const char *role, struct member *member);

#endif
