#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "ground/bytes.h"
#include "ground/clock.h"
#include "ground/text.h"
#include "letters_writing.h"
#include "model/activity.h"
#include "model/hook.h"
#include "web/entry.h"
#include "web/link.h"

/* What Discord takes as the content of a message, in UTF-16 units. */
enum { DISCORD_UNITS = 2000 };

/* A word for a hook, before it has a form. */
struct told {
	const char *id; /* NULL: the test */
	const char *kind;
	const char *title;
	const char *summary;
	const char *link;
	const char *cohort; /* its slug, or NULL */
	int64_t published;
};

/*
 * Words that Discord shows as they are: its marks escaped, and no "@everyone"
 * even for whoever copies it. That nobody is called is for allowed_mentions.
 */
static const char *
discord_escape(struct arena *arena, const char *text)
{
	static const char marks[] = "\\*_~`|<>#[]()-";
	static const char nothing[] = "\xe2\x80\x8b"; /* zero width space */
	struct bytes *out = bytes_new(arena);

	for (; *text != '\0'; text++) {
		if (strchr(marks, *text) != NULL) {
			bytes_char(out, '\\');
		}
		bytes_char(out, *text);
		if (*text == '@') {
			bytes_text(out, nothing);
		}
	}
	return out->data;
}

/* As much of a text, escaped, as fits into so many units. */
static const char *
discord_fit(struct arena *arena, const char *text, size_t units)
{
	const char *escaped = discord_escape(arena, text);
	size_t graphemes = units;

	while (text_units(escaped) > units && graphemes > 0) {
		graphemes = graphemes * 3 / 4;
		escaped = discord_escape(arena, text_cut(arena, text, graphemes));
	}
	return text_units(escaped) > units ? "" : escaped;
}

static const char *
discord_content(struct arena *arena, const struct told *told)
{
	size_t frame = text_units("****\n\n") + text_units(told->link);
	size_t room = frame < DISCORD_UNITS ? DISCORD_UNITS - frame : 0;
	const char *title = discord_fit(arena, told->title, room / 2);
	const char *summary = discord_fit(arena, told->summary, room - text_units(title));

	return arena_format(
	    arena, "**%s**\n%s%s%s", title, summary, *summary == '\0' ? "" : "\n", told->link);
}

static json_t *
discord_object(struct arena *arena, const struct told *told)
{
	return json_pack("{s:s, s:{s:[]}}", "content", discord_content(arena, told),
	    "allowed_mentions", "parse");
}

/* The object that crewctl-courier(8) describes. */
static json_t *
plain_object(struct arena *arena, const struct told *told)
{
	return json_pack("{s:s?, s:s, s:s, s:s, s:s?, s:s, s:s}", "id", told->id, "kind",
	    told->kind, "title", told->title, "link", told->link, "cohort", told->cohort,
	    "published", clock_rfc3339(arena, told->published), "summary", told->summary);
}

static void
free_text(void *text)
{
	free(text);
}

static enum letter_outcome
payload_make(struct writing *writing, const struct hook *hook, const struct told *told)
{
	json_t *object = strcmp(hook->format, "discord") == 0 ? discord_object(writing->arena, told)
							      : plain_object(writing->arena, told);
	char *text = json_dumps(object, JSON_COMPACT);

	json_decref(object);
	if (text == NULL) {
		return LETTER_POINTLESS;
	}
	arena_cleanup(writing->arena, free_text, text);
	writing->letter->payload = text;
	return LETTER_READY;
}

/* The slug of the cohort whose hook it is; NULL for the programme's. */
static const char *
cohort_of(struct writing *writing, const struct hook *hook)
{
	struct cohort cohort;

	return hook->cohort_id != DB_NULL &&
		cohort_by_id(writing->crewctl->db, writing->arena,
		    &(struct cohort_by_id_in){ .id = hook->cohort_id }, &cohort)
	    ? cohort.slug
	    : NULL;
}

static struct told
tell_test(struct writing *writing, const struct hook *hook)
{
	struct arena *arena = writing->arena;

	return (struct told){
		.kind = "test",
		.title = message_office_test_title(arena, writing->programme.name),
		.summary = message(MESSAGE_OFFICE_TEST_SUMMARY),
		.link = letter_absolute(writing, link_feed(arena, writing->crewctl->site)),
		.cohort = cohort_of(writing, hook),
		.published = writing->crewctl->now,
	};
}

static struct told
tell_activity(struct writing *writing, const struct activity *activity)
{
	struct crewctl *crewctl = writing->crewctl;
	struct entry entry =
	    entry_brief(crewctl->db, writing->arena, crewctl->site, &writing->programme, activity);

	return (struct told){
		.id = entry.id,
		.kind = entry.kind,
		.title = entry.title,
		.summary = entry.summary == NULL ? "" : entry.summary,
		.link = entry_address(writing->arena, crewctl->site, &entry),
		.cohort = entry.cohort_slug,
		.published = entry.published,
	};
}

enum letter_outcome
letter_activity(struct writing *writing)
{
	struct db *db = writing->crewctl->db;
	struct activity activity;
	struct told told;
	struct hook hook;

	if (writing->outbox->hook_id == DB_NULL ||
	    !hook_by_id(db, writing->arena,
		&(struct hook_by_id_in){ .id = writing->outbox->hook_id }, &hook)) {
		return LETTER_POINTLESS;
	}
	if (json_object_get(writing->parameters, "test") != NULL) {
		told = tell_test(writing, &hook);
	} else if (activity_find(
		       db, writing->arena, letter_parameter_id(writing, "activity"), &activity)) {
		told = tell_activity(writing, &activity);
	} else {
		return LETTER_POINTLESS;
	}
	return payload_make(writing, &hook, &told);
}
