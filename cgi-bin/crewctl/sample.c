#include "sample.h"

#include <stdlib.h>

#include "crewctl.h"
#include "db/db.h"
#include "db/query/status.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/date.h"
#include "model/conduct.h"
#include "model/outbox.h"
#include "model/person.h"
#include "model/programme.h"
#include "model/settings.h"
#include "model/tick.h"

#define SAMPLE_FILE "conf/sample/programme.json"

static bool
has_cohorts(struct sample *sample)
{
	struct status_row row;

	return !status(sample->db, sample->arena,
		   &(struct status_in){ .now = sample->now, .late = 0 }, &row) ||
	    row.cohorts > 0;
}

/* The programme's own words, over those that init wrote. */
static bool
tell_words(struct sample *sample)
{
	const json_t *programme = sample->programme;
	const struct settings_programme words = {
		.name = sample_text(sample, programme, "name"),
		.tagline = sample_text(sample, programme, "tagline"),
		.about = sample_text(sample, programme, "about"),
		.contact = sample_text(sample, programme, "contact"),
		.contact_words = sample_text(sample, programme, "contact_words"),
	};
	struct settings settings;

	if (!settings_read(sample->db, sample->arena, &settings) ||
	    settings_change_programme(sample->db, settings.revision, &words) != SETTINGS_SAVED ||
	    settings_change_conduct(sample->db, settings.revision + 1,
		sample_text(sample, programme, "conduct"),
		sample_text(sample, programme, "conduct_link")) != SETTINGS_SAVED) {
		return sample_fail(sample, "the words of", "the programme");
	}
	return true;
}

/* Who may be told of a breach of the code of conduct. */
static bool
tell_recipients(struct sample *sample)
{
	const json_t *list = json_object_get(sample->programme, "conduct_recipients");

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *entry = json_array_get(list, i);
		const char *name = sample_text(sample, entry, "name");

		if (conduct_recipient_add(sample->db, sample->arena, name,
			sample_text(sample, entry, "email"),
			json_is_true(json_object_get(entry, "outside"))) !=
		    CONDUCT_RECIPIENT_SAVED) {
			return sample_fail(sample, "no recipient of reports:", name);
		}
	}
	return true;
}

/* Both, and the beginning before everything else. */
static bool
tell_beginning(struct sample *sample)
{
	int64_t began_at =
	    sample_instant(sample, NULL, sample_text(sample, sample->programme, "began"));

	if (!tell_words(sample) || !tell_recipients(sample)) {
		return false;
	}
	if (!programme_begin_earlier(sample->db, sample->arena, began_at)) {
		return sample_fail(sample, "the beginning of", "the programme");
	}
	return sample->problem == NULL;
}

/* Lets time pass: what is due until then happens when it is due. */
static bool
pass_until(struct sample *sample, int64_t from, int64_t until)
{
	int64_t due = tick_due(sample->db, sample->arena, from);

	while (due != DB_NULL && due <= until) {
		if (!tick(sample->db, sample->arena, due)) {
			return sample_fail(sample, "the passing of", "time");
		}
		from = due > from ? due : from + 1;
		due = tick_due(sample->db, sample->arena, from);
	}
	return true;
}

static bool
tell_events(struct sample *sample)
{
	int64_t from = sample->count > 0 ? sample->events[0].at : sample->now;

	for (size_t i = 0; i < sample->count; i++) {
		const struct sample_event *event = &sample->events[i];

		if (event->at > sample->now) {
			break;
		}
		if (!pass_until(sample, from, event->at) || !event->happen(sample, event)) {
			return false;
		}
		from = event->at;
	}
	return pass_until(sample, from, sample->now) &&
	    tick(sample->db, sample->arena, sample->now);
}

static bool
appoint_administrator(struct sample *sample)
{
	json_t *entry =
	    sample_person(sample, sample_text(sample, sample->programme, "administrator"));
	struct person person;

	return entry != NULL &&
	    person_find_by_email(
		sample->db, sample->arena, sample_text(sample, entry, "email"), &person) &&
	    person_make_administrator(
		sample->db, &(struct person_make_administrator_in){ .id = person.id }) == 1;
}

/* Everything in one transaction; the mails of the past are never sent. */
static bool
tell(struct sample *sample)
{
	int64_t mails = outbox_last(sample->db, sample->arena);

	if (has_cohorts(sample)) {
		return sample_fail(
		    sample, "there are", "cohorts already: a sample stands beside nobody");
	}
	return tell_beginning(sample) && sample_plan(sample) && tell_events(sample) &&
	    appoint_administrator(sample) && outbox_settle(sample->db, mails);
}

static int
say_what_is_there(struct crewctl *crewctl)
{
	struct status_row row;

	if (!db_begin_read(crewctl->db) ||
	    !status(crewctl->db, crewctl->arena,
		&(struct status_in){ .now = crewctl->now, .late = 0 }, &row)) {
		return crewctl_fail_db(crewctl->db);
	}
	db_rollback(crewctl->db);
	crewctl_say(message_crewctl_sample_done(crewctl->arena,
	    arena_format(crewctl->arena, "%lld", (long long)row.cohorts),
	    arena_format(crewctl->arena, "%lld", (long long)row.people)));
	return CREWCTL_DONE;
}

static const char *
file_of(const struct arguments *arguments)
{
	const char *configured = getenv("GROUNDCREW_SAMPLE");

	if (arguments->operand != NULL) {
		return arguments->operand;
	}
	return configured == NULL || *configured == '\0' ? SAMPLE_FILE : configured;
}

int
run_sample(struct crewctl *crewctl, const struct arguments *arguments)
{
	struct sample sample = {
		.db = crewctl->db,
		.arena = crewctl->arena,
		.secret = crewctl->site->secret,
		.now = crewctl->now,
		.today = crewctl->now / CLOCK_DAY,
	};

	sample.monday = sample.today - date_weekday(date_from_days(sample.today));
	if (!sample_read(&sample, file_of(arguments))) {
		return crewctl_fail(sample.problem);
	}
	if (!db_begin_write(sample.db)) {
		return crewctl_fail_db(sample.db);
	}
	if (!tell(&sample)) {
		if (sample.problem == NULL || db_fault(sample.db) != DB_FAULT_NONE) {
			return crewctl_fail_db(sample.db);
		}
		db_rollback(sample.db);
		return crewctl_fail(sample.problem);
	}
	return db_commit(sample.db) ? say_what_is_there(crewctl) : crewctl_fail_db(sample.db);
}
