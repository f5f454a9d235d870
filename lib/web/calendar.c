#include <string.h>

#include <libical/ical.h>

#include "db/db.h"
#include "ground/clock.h"
#include "model/calendar.h"
#include "model/rights.h"
#include "web/atom.h"
#include "web/calendar.h"
#include "web/link.h"
#include "web/message.h"

/* How often a client may look again (RFC 7986, 5.7), in hours. */
enum { REFRESH_HOURS = 1 };

/* What writing one calendar needs. */
struct writing {
	struct arena *arena;
	const struct site *site;
	const struct programme *programme;
	icalcomponent *calendar;
	bool tells_places;
};

void
calendar_start(void)
{
	(void)icaltimezone_get_utc_timezone();
}

static void
forget_component(void *component)
{
	icalcomponent_free(component);
}

/* Gives the component the property; either is NULL when memory was out. */
static void
put(icalcomponent *component, icalproperty *property)
{
	if (component == NULL || property == NULL) {
		arena_exhausted(0);
	}
	icalcomponent_add_property(component, property);
}

static void
put_extension(icalcomponent *component, const char *name, const char *value)
{
	icalproperty *property = icalproperty_new_x(value);

	if (property != NULL) {
		icalproperty_set_x_name(property, name);
	}
	put(component, property);
}

static icaltimetype
instant(int64_t seconds, bool is_day)
{
	return icaltime_from_timet_with_zone(
	    (time_t)seconds, is_day, is_day ? NULL : icaltimezone_get_utc_timezone());
}

/* ---- what stands in an event ---- */

static const char *
number(struct arena *arena, int64_t value)
{
	return arena_format(arena, "%lld", (long long)value);
}

static const char *
dated_title(const struct writing *writing, const struct calendar_event *event, const char *cohort)
{
	struct arena *arena = writing->arena;
	const char *subject = atom_run(arena, event->subject);

	if (strcmp(event->kind, "opens") == 0) {
		return message_calendar_title_opens(arena, cohort);
	}
	if (strcmp(event->kind, "closes") == 0) {
		return message_calendar_title_closes(arena, cohort);
	}
	if (strcmp(event->kind, "starts") == 0) {
		return message_calendar_title_starts(arena, cohort);
	}
	if (strcmp(event->kind, "ends") == 0) {
		return message_calendar_title_ends(arena, cohort);
	}
	return subject[0] == '\0'
	    ? message_calendar_title_week(arena, cohort, number(arena, event->week))
	    : message_calendar_title_theme(arena, cohort, number(arena, event->week), subject);
}

static const char *
title(const struct writing *writing, const struct calendar_event *event)
{
	struct arena *arena = writing->arena;

	if (event->is_withheld == 1) {
		return message(MESSAGE_CALENDAR_TITLE_WITHHELD);
	}
	if (strcmp(event->kind, "meeting") == 0) {
		return atom_line(arena, event->subject);
	}
	if (strcmp(event->kind, "standup") == 0) {
		return message_calendar_title_standup(
		    arena, atom_run(arena, event->subject), number(arena, event->week));
	}
	return dated_title(writing, event, atom_run(arena, event->context));
}

static const char *
words(const struct writing *writing, const struct calendar_event *event)
{
	if (strcmp(event->kind, "opens") == 0) {
		return message(MESSAGE_CALENDAR_WORDS_OPENS);
	}
	if (strcmp(event->kind, "closes") == 0) {
		return message(MESSAGE_CALENDAR_WORDS_CLOSES);
	}
	return message_calendar_words_cohort(writing->arena,
	    atom_run(writing->arena, event->context),
	    atom_run(writing->arena, writing->programme->name));
}

static const char *
page(const struct writing *writing, const struct calendar_event *event)
{
	const char *link = strcmp(event->kind, "standup") == 0
	    ? link_standup(
		  writing->arena, writing->site, event->cohort_slug, event->group_slug, event->week)
	    : link_cohort(writing->arena, writing->site, event->cohort_slug);

	return link_absolute(writing->arena, writing->site, link);
}

/* RFC 5545, 3.6.1: days that nobody is busy on, or instants that one is. */
static void
put_times(icalcomponent *component, const struct calendar_event *event)
{
	bool is_days = event->is_days == 1;

	put(component, icalproperty_new_dtstart(instant(event->starts_at, is_days)));
	put(component, icalproperty_new_dtend(instant(event->ends_at, is_days)));
	put(component,
	    icalproperty_new_transp(is_days ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
}

static void
put_state(icalcomponent *component, const struct calendar_event *event)
{
	bool is_off = event->cancelled_at != DB_NULL || event->is_withheld == 1;

	put(component, icalproperty_new_dtstamp(instant(event->changed_at, false)));
	put(component, icalproperty_new_created(instant(event->created_at, false)));
	put(component, icalproperty_new_lastmodified(instant(event->changed_at, false)));
	put(component, icalproperty_new_sequence((int)event->sequence));
	put(component,
	    icalproperty_new_status(is_off ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
}

static void
put_event(const struct writing *writing, const struct calendar_event *event)
{
	icalcomponent *component = icalcomponent_new_vevent();
	const char *uid =
	    arena_format(writing->arena, "%s@%s", event->key, writing->programme->tag_domain);
	const char *place = atom_line(writing->arena, event->place);

	put(component, icalproperty_new_uid(uid));
	put_state(component, event);
	put_times(component, event);
	put(component, icalproperty_new_summary(title(writing, event)));
	put(component, icalproperty_new_description(words(writing, event)));
	if (writing->tells_places && event->is_withheld != 1 && place[0] != '\0') {
		put(component, icalproperty_new_location(place));
	}
	put(component, icalproperty_new_url(page(writing, event)));
	icalcomponent_add_component(writing->calendar, component);
}

/* ---- calendars ---- */

/* Under both names that clients know: RFC 7986, 5.1, and the older one. */
static void
begin(struct writing *writing, const char *name)
{
	struct icaldurationtype refresh = { .hours = REFRESH_HOURS };

	writing->calendar = icalcomponent_new_vcalendar();
	if (writing->calendar == NULL) {
		arena_exhausted(0);
	}
	arena_cleanup(writing->arena, forget_component, writing->calendar);
	put(writing->calendar, icalproperty_new_version("2.0"));
	put(writing->calendar, icalproperty_new_prodid(message(MESSAGE_CALENDAR_PRODUCT)));
	put(writing->calendar, icalproperty_new_calscale("GREGORIAN"));
	put(writing->calendar, icalproperty_new_name(name));
	put_extension(writing->calendar, "X-WR-CALNAME", name);
	put(writing->calendar, icalproperty_new_refreshinterval(refresh));
}

static struct bytes *
write_all(struct writing *writing, struct db *db, const char *name,
    const struct calendar_event_rows *events)
{
	struct bytes *out;
	char *text;
	size_t i;

	if (db_fault(db) != DB_FAULT_NONE) {
		return NULL;
	}
	begin(writing, name);
	for (i = 0; i < events->count; i++) {
		put_event(writing, &events->rows[i]);
	}
	text = icalcomponent_as_ical_string_r(writing->calendar);
	if (text == NULL) {
		arena_exhausted(0);
	}
	out = bytes_new(writing->arena);
	bytes_text(out, text);
	icalmemory_free_buffer(text);
	return out;
}

struct bytes *
calendar_of_cohort(struct db *db, struct arena *arena, const struct site *site,
    const struct programme *programme, const struct cohort *cohort)
{
	struct writing writing = { .arena = arena, .site = site, .programme = programme };
	struct calendar_event_rows events = calendar_event_of_cohort(
	    db, arena, &(struct calendar_event_of_cohort_in){ .cohort_id = cohort->id });

	return write_all(&writing, db,
	    message_calendar_name_cohort(
		arena, atom_run(arena, cohort->name), atom_run(arena, programme->name)),
	    &events);
}

struct bytes *
calendar_of_group(struct db *db, struct arena *arena, const struct site *site,
    const struct programme *programme, const struct cohort *cohort, const struct group *group)
{
	struct writing writing = {
		.arena = arena, .site = site, .programme = programme, .tells_places = true
	};
	struct calendar_event_rows events = calendar_event_of_group(
	    db, arena, &(struct calendar_event_of_group_in){ .group_id = group->id });

	return write_all(&writing, db,
	    message_calendar_name_group(arena, atom_run(arena, group->name),
		atom_run(arena, cohort->name), atom_run(arena, programme->name)),
	    &events);
}

struct bytes *
calendar_of_person(struct db *db, struct arena *arena, const struct site *site,
    const struct programme *programme, int64_t person_id, int64_t now)
{
	struct writing writing = {
		.arena = arena, .site = site, .programme = programme, .tells_places = true
	};
	struct calendar_event_rows events = calendar_event_of_person(db, arena,
	    &(struct calendar_event_of_person_in){
		.person_id = person_id, .ended_after = now - RIGHTS_READ_SECONDS });

	return write_all(&writing, db,
	    message_calendar_name_person(arena, atom_run(arena, programme->name)), &events);
}
