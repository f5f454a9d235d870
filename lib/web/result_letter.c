#include "web/result_letter.h"

#include <string.h>

#include "db/db.h"
#include "ground/text.h"
#include "ground/zone.h"
#include "model/group.h"
#include "model/standup_plan.h"
#include "model/waitlist.h"
#include "model/wording.h"
#include "web/link.h"
#include "web/time.h"
#include "web/wording.h"

/* All that writing one of them reads. */
struct writer {
	struct db *db;
	struct arena *arena;
	const struct site *site;
	const struct result_letter *letter;
	const struct wording_words *words;
};

/* The hour of the group's stand-up on the applicant's clock, in week 1. */
static const char *
hour_yours(struct writer *writer, const struct group *group)
{
	const char *zone = writer->letter->application->zone;
	struct civil civil = zone_civil(zone, standup_instant(writer->letter->cohort, group, 1));

	return time_weekly(
	    writer->arena, date_weekday(civil.date), civil.hour * 60 + civil.minute, zone);
}

/* What an offer says of the group it names; "" when it names none. */
static const char *
group_words(struct writer *writer)
{
	const char *hour;
	struct group group;
	int64_t minutes;

	if (writer->letter->group_id == DB_NULL ||
	    !group_by_id(writer->db, writer->arena,
		&(struct group_by_id_in){ .id = writer->letter->group_id }, &group)) {
		return "";
	}
	minutes = ((group.meeting_time[0] - '0') * 10 + group.meeting_time[1] - '0') * 60 +
	    (group.meeting_time[3] - '0') * 10 + group.meeting_time[4] - '0';
	hour = time_weekly(writer->arena, (int)group.meeting_weekday, minutes, group.meeting_zone);
	if (!text_equal(group.meeting_zone, writer->letter->application->zone)) {
		hour = message_result_group_hours(writer->arena, hour_yours(writer, &group), hour);
	}
	return message_result_group(writer->arena, group.name, group.project, group.goal, hour);
}

static const char *
absolute(struct writer *writer, const char *link)
{
	return link_absolute(writer->arena, writer->site, link);
}

static const char *
in_their_zone(struct writer *writer, int64_t instant)
{
	return time_words(writer->arena, writer->letter->application->zone, instant);
}

static struct wording
write_offer(struct writer *writer)
{
	const struct result_letter *letter = writer->letter;

	return wording_offer(writer->arena, writer->words,
	    &(struct wording_offer){ .cohort = letter->cohort->name,
		.name = letter->name,
		.programme = letter->programme,
		.reference = letter->application->reference,
		.line = letter->line,
		.group = group_words(writer),
		.deadline = in_their_zone(writer, letter->deadline_at),
		.link = absolute(writer, link_offer(writer->arena, writer->site, letter->token)) });
}

static struct wording
write_waitlist(struct writer *writer)
{
	const struct result_letter *letter = writer->letter;

	return wording_waitlist(writer->arena, writer->words,
	    &(struct wording_waitlist){ .cohort = letter->cohort->name,
		.name = letter->name,
		.programme = letter->programme,
		.reference = letter->application->reference,
		.line = letter->line,
		.deadline =
		    in_their_zone(writer, letter->cohort->starts_at + WAITLIST_CLOSING_SECONDS),
		.link = absolute(writer,
		    link_apply_mine(writer->arena, writer->site, letter->application->key)) });
}

static struct wording
write_not_this_time(struct writer *writer)
{
	const struct result_letter *letter = writer->letter;

	return wording_not_this_time(writer->arena, writer->words,
	    &(struct wording_not_this_time){ .cohort = letter->cohort->name,
		.name = letter->name,
		.programme = letter->programme,
		.reference = letter->application->reference,
		.line = letter->line,
		.link = absolute(writer, link_tell_me(writer->arena, writer->site)) });
}

static struct wording
write_waitlist_closed(struct writer *writer)
{
	const struct result_letter *letter = writer->letter;

	return wording_waitlist_closed(writer->arena, writer->words,
	    &(struct wording_waitlist_closed){ .cohort = letter->cohort->name,
		.name = letter->name,
		.programme = letter->programme,
		.reference = letter->application->reference,
		.link = absolute(writer, link_tell_me(writer->arena, writer->site)) });
}

/* Words of somebody's own that have no place for the line get one. */
static const struct wording_words *
with_line(struct arena *arena, const struct wording_words *words, const char *line)
{
	struct wording_words *longer;

	if (words == NULL || text_empty(line) || strstr(words->body, "{line}") != NULL) {
		return words;
	}
	longer = arena_alloc(arena, sizeof(*longer));
	*longer = *words;
	longer->body = arena_format(arena, "%s\n\n{line}\n", words->body);
	return longer;
}

bool
result_letter_write(struct db *db, struct arena *arena, const struct site *site,
    const struct result_letter *letter, struct wording *wording)
{
	static const struct {
		const char *kind;
		struct wording (*write)(struct writer *);
	} kinds[] = {
		{ "offer", write_offer },
		{ "waitlist", write_waitlist },
		{ "not_this_time", write_not_this_time },
		{ "waitlist_closed", write_waitlist_closed },
	};
	struct writer writer = { db, arena, site, letter,
		with_line(arena, wording_read(db, arena, letter->kind, letter->cohort->id),
		    letter->line) };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].kind, letter->kind) == 0) {
			*wording = kinds[i].write(&writer);
			return true;
		}
	}
	return false;
}
