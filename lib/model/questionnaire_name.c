#include <string.h>

#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/text.h"
#include "model/questionnaire_plan.h"

/* With room for a number within the schema's 40. */
enum { NAME_LENGTH = 32 };

/*
 * What the fields that every form has are called (the schema refuses the same
 * ones), and what a browser's form calls parts of its own: a field of that
 * name would hide them from a script.
 */
static const char *const reserved[] = { "name", "pronouns", "github", "email", "zone", "level",
	"levels", "level_low", "level_high", "projects", "hours", "wants", "conduct", "revision",
	"step", "reuse", "draft", "asked", "action", "elements", "id", "length", "method", "reset",
	"submit", "target" };

static bool
is_reserved(const char *name)
{
	if (strncmp(name, "hours_", 6) == 0) {
		return true;
	}
	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++) {
		if (strcmp(name, reserved[i]) == 0) {
			return true;
		}
	}
	return false;
}

static bool
is_taken(const char *name, const struct questionnaire_item_rows *taken)
{
	for (size_t i = 0; i < taken->count; i++) {
		if (strcmp(taken->rows[i].name, name) == 0) {
			return true;
		}
	}
	return false;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Small letters and digits with one '_' for all that stands between them. */
static const char *
slug_of(struct arena *arena, const char *label)
{
	struct bytes *slug = bytes_new(arena);
	bool between = false;

	for (const char *at = text_key(arena, label); *at != '\0'; at++) {
		if (!is_letter(*at)) {
			between = slug->length > 0;
			continue;
		}
		if (slug->length + (between ? 1 : 0) >= NAME_LENGTH) {
			break;
		}
		if (between) {
			bytes_char(slug, '_');
			between = false;
		}
		bytes_char(slug, *at);
	}
	return slug->length == 0 ? "question" : slug->data;
}

const char *
questionnaire_name(
    struct arena *arena, const char *label, const struct questionnaire_item_rows *taken)
{
	const char *slug = slug_of(arena, label);
	const char *name;

	if (is_reserved(slug) || slug[0] < 'a') {
		slug = arena_format(arena, "q_%.30s", slug);
	}
	name = slug;
	for (int number = 2; is_taken(name, taken); number++) {
		name = arena_format(arena, "%s_%d", slug, number);
	}
	return name;
}
