#include "ground/zone.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/clock.h"
#include "ground/log.h"
#include "zone_data.h"

#define FOLDER "/usr/share/zoneinfo/"
#define FILE_MAX ((size_t)1024 * 1024)

/* What is kept for the life of the process: zones, and the chooser's list. */
static struct arena *kept;
static struct zone_data *zones;

static struct arena *
kept_memory(void)
{
	if (kept == NULL) {
		kept = arena_new();
	}
	return kept;
}

static bool
is_letter(char character)
{
	return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
}

static bool
is_name_character(char character)
{
	return is_letter(character) || character == '+' || character == '-' || character == '_' ||
	    (character >= '0' && character <= '9');
}

static bool
is_name(const char *name)
{
	static const char *const others[] = {
		"posix",
		"right",
		"localtime",
		"posixrules",
		"Factory",
	};
	const size_t first = name == NULL ? 0 : strcspn(name, "/");
	char before = '/';

	if (name == NULL || strnlen(name, ZONE_NAME_MAX + 1) > ZONE_NAME_MAX) {
		return false;
	}
	for (const char *c = name; *c != '\0'; before = *c++) {
		if (before == '/' ? !is_letter(*c) : *c != '/' && !is_name_character(*c)) {
			return false;
		}
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (strlen(others[i]) == first && strncmp(name, others[i], first) == 0) {
			return false;
		}
	}
	return before != '/';
}

/* A file below the folder, whole; NULL when it cannot be read. */
static struct bytes *
read_file(struct arena *arena, const char *name)
{
	struct bytes *bytes = bytes_new(arena);
	const int file =
	    open(arena_format(arena, "%s%s", FOLDER, name), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char part[8192];
	struct stat status;
	ssize_t length = -1;

	if (file < 0) {
		return NULL;
	}
	if (fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
		do {
			length = read(file, part, sizeof(part));
			if (length > 0) {
				bytes_append(bytes, part, (size_t)length);
			}
		} while (length > 0 && bytes->length <= FILE_MAX);
	}
	close(file);
	return length == 0 ? bytes : NULL;
}

/* Read the zone's file; into kept memory only if it is a zone. */
static struct zone_data *
load(const char *name)
{
	struct arena *arena = arena_new();
	struct bytes *bytes = read_file(arena, name);
	struct zone_data *zone = NULL;

	if (bytes != NULL &&
	    zone_file_read(arena, (const uint8_t *)bytes->data, bytes->length) != NULL) {
		zone = zone_file_read(kept_memory(), (const uint8_t *)bytes->data, bytes->length);
	}
	arena_free(arena);
	return zone;
}

/* The zone of that name; NULL when there is none. */
static const struct zone_data *
find(const char *name)
{
	struct zone_data *zone;

	if (!is_name(name)) {
		return NULL;
	}
	for (zone = zones; zone != NULL; zone = zone->next) {
		if (strcmp(zone->name, name) == 0) {
			return zone;
		}
	}
	zone = load(name);
	if (zone != NULL) {
		memcpy(zone->name, name, strlen(name) + 1);
		zone->next = zones;
		zones = zone;
	}
	return zone;
}

static struct zone_span
span_at(const struct zone_data *zone, int64_t instant)
{
	static const struct zone_type utc = { .offset = 0 };

	if (zone == NULL) {
		return (struct zone_span){ .from = INT64_MIN, .until = INT64_MAX, .type = &utc };
	}
	return zone_data_span(zone, instant);
}

/* The zone of a name that passed zone_exists() once; NULL is UTC. */
static const struct zone_data *
expect(const char *name)
{
	const struct zone_data *const zone = find(name);

	if (zone == NULL) {
		log_line(LOG_LEVEL_ERROR,
		    "event=zone_unknown zone=%s "
		    "taken=UTC",
		    name);
	}
	return zone;
}

bool
zone_ready(void)
{
	struct arena *arena = arena_new();
	struct bytes *bytes = read_file(arena, "Etc/UTC");
	const bool is_ready = bytes != NULL &&
	    zone_file_read(arena, (const uint8_t *)bytes->data, bytes->length) != NULL;

	arena_free(arena);
	return is_ready;
}

bool
zone_exists(const char *name)
{
	return find(name) != NULL;
}

int64_t
zone_instant(const char *name, struct civil civil)
{
	const struct zone_data *const zone = expect(name);
	const int64_t wall = date_days(civil.date) * CLOCK_DAY + civil.hour * CLOCK_HOUR +
	    civil.minute * CLOCK_MINUTE + civil.second;
	struct zone_span span = span_at(zone, wall - 27 * CLOCK_HOUR);

	/*
	 * Span after span, try the instant that shows `wall` by its offset.
	 * The first that lies before its span's end is the answer, unless it
	 * lies before its start, too: then clocks skipped `wall`, and the
	 * offset of the span before takes it as far on as they skipped.
	 */
	for (int64_t skipped = 0;;) {
		const int64_t instant = wall - span.type->offset;

		if (instant < span.from) {
			return skipped;
		}
		if (instant < span.until) {
			return instant;
		}
		skipped = instant;
		span = span_at(zone, span.until);
	}
}

struct civil
zone_civil(const char *name, int64_t instant)
{
	const struct date first = { 1, 1, 1 }, last = { 9999, 12, 31 };
	const int64_t lowest = date_days(first) * CLOCK_DAY;
	const int64_t highest = (date_days(last) + 1) * CLOCK_DAY - 1;
	struct civil civil;
	int64_t wall, seconds;

	wall = instant < lowest ? lowest : instant > highest ? highest : instant;
	wall += span_at(expect(name), wall).type->offset;
	wall = wall < lowest ? lowest : wall > highest ? highest : wall;
	seconds = (wall % CLOCK_DAY + CLOCK_DAY) % CLOCK_DAY;
	civil.date = date_from_days((wall - seconds) / CLOCK_DAY);
	civil.hour = (int)(seconds / CLOCK_HOUR);
	civil.minute = (int)(seconds % CLOCK_HOUR / CLOCK_MINUTE);
	civil.second = (int)(seconds % CLOCK_MINUTE);
	return civil;
}

bool
zone_changes(const char *name, int64_t from, int64_t until, struct zone_change *change)
{
	const struct zone_data *const zone = expect(name);
	struct zone_span span = span_at(zone, from);

	while (span.until <= until && span.until != INT64_MAX) {
		const struct zone_span next = span_at(zone, span.until);

		if (next.type->offset != span.type->offset) {
			change->at = span.until;
			change->before = span.type->offset;
			change->after = next.type->offset;
			return true;
		}
		span = next;
	}
	return false;
}

struct names {
	const char **list;
	size_t count, capacity;
};

static void
add_name(struct names *names, const char *name)
{
	if (names->count == names->capacity) {
		const size_t capacity = names->capacity * 2 + 256;
		const char **list = arena_array(kept_memory(), capacity, sizeof(*list));

		if (names->count != 0) {
			memcpy(list, names->list, names->count * sizeof(*list));
		}
		names->list = list;
		names->capacity = capacity;
	}
	names->list[names->count++] = name;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The third column of each line that is no comment. */
static void
add_table(struct names *names, struct bytes *table)
{
	char *line = table->data, *next;

	for (; line != NULL && *line != '\0'; line = next) {
		char *columns[3] = { line, NULL, NULL };

		next = strchr(line, '\n');
		if (next != NULL) {
			*next++ = '\0';
		}
		for (size_t i = 1; i < 3 && columns[i - 1] != NULL; i++) {
			columns[i] = strchr(columns[i - 1], '\t');
			columns[i] += columns[i] != NULL ? 1 : 0;
		}
		if (line[0] == '#' || columns[2] == NULL) {
			continue;
		}
		columns[2][strcspn(columns[2], "\t")] = '\0';
		if (is_name(columns[2])) {
			add_name(names, arena_copy(kept_memory(), columns[2]));
		}
	}
}

const char *const *
zone_list(size_t *count)
{
	static struct names names;

	if (names.count <= 1) {
		struct arena *arena = arena_new();
		struct bytes *table = read_file(arena, "zone.tab");

		names.count = 0;
		add_name(&names, "UTC");
		if (table != NULL) {
			add_table(&names, table);
		}
		qsort(names.list, names.count, sizeof(*names.list), compare_names);
		arena_free(arena);
	}
	*count = names.count;
	return names.list;
}

int64_t
zone_opens(struct date date)
{
	return date_days(date) * CLOCK_DAY - 14 * CLOCK_HOUR;
}

int64_t
zone_closes(struct date date)
{
	return (date_days(date) + 1) * CLOCK_DAY + 12 * CLOCK_HOUR;
}
