/*
 * Rules 27 and 29 as properties: whatever happens to what a programme told of,
 * whoever walks through its feeds finds each entry once, and an address never
 * shows other bytes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "../../cgi-bin/feed/feed.h"
#include "feed_past.h"
#include "feed_reading.h"
#include "ground/text.h"
#include "ground/token.h"

enum { STEPS = 160, SEEN_MAX = 6000, BETWEEN_WALKS = 20, RECENT = 20 };

/* What an archive's address showed when it was read first. */
struct seen {
	const char *path;
	const char *hash;
};

/* A subscription document as it was read last. */
struct polled {
	const char *tag;
	const char *modified;
};

struct history {
	struct worker *worker;
	struct past *past;
	struct arena *walk; /* of one walk */
	struct seen seen[SEEN_MAX];
	size_t seen_count;
	struct polled polled[PAST_FEEDS];
};

static const char *
hash_of(struct history *history)
{
	return token_hash_bytes(history->worker->request, worker_body(history->worker),
	    worker_body_length(history->worker));
}

/* The path of an address of ours. */
static const char *
path_of(const char *address)
{
	static const char base[] = "http://localhost:8080";

	assert_memory_equal(address, base, sizeof(base) - 1);
	return address + sizeof(base) - 1;
}

/* An archive is kept for a year, so its address shows one document for good. */
static void
see(struct history *history, const char *path)
{
	struct arena *arena = history->worker->arena;

	assert_string_equal(
	    worker_header(history->worker, "Cache-Control"), "public, max-age=31536000, immutable");
	for (size_t i = 0; i < history->seen_count; i++) {
		if (strcmp(history->seen[i].path, path) == 0) {
			if (strcmp(history->seen[i].hash, hash_of(history)) != 0) {
				fail_msg("%s shows other bytes:\n%s", path,
				    worker_body(history->worker));
			}
			return;
		}
	}
	assert_true(history->seen_count < SEEN_MAX);
	history->seen[history->seen_count++] =
	    (struct seen){ arena_copy(arena, path), arena_copy(arena, hash_of(history)) };
}

/* The next `count` of what the feed is to hold, the newest first. */
static size_t
slice(const struct past *past, size_t feed, const struct told **told, size_t count, size_t end)
{
	for (size_t i = 0; i < count;) {
		assert_true(end > 0);
		if (past_carries(past, feed, &past->told[--end])) {
			told[i++] = &past->told[end];
		}
	}
	return end;
}

/*
 * A document holds the next of these, live ones in its entries and the others
 * in its tombstones; but where all are tombstones the newest is an entry.
 */
static size_t
expect_slice(struct history *history, size_t feed, const struct reading *reading, size_t end)
{
	const struct told *told[2 * READING_MAX];
	const size_t count = reading->entry_count + reading->tombstone_count;
	size_t entries = 0, tombstones = 0, live = 0;

	end = slice(history->past, feed, told, count, end);
	for (size_t i = 0; i < count; i++) {
		live += told[i]->is_tombstone ? 0 : 1;
	}
	for (size_t i = 0; i < count; i++) {
		const char *id =
		    arena_format(history->walk, "tag:example.org,2026-01-01:%s", told[i]->key);

		if (told[i]->is_tombstone && (live > 0 || i > 0)) {
			assert_true(tombstones < reading->tombstone_count);
			assert_string_equal(reading->tombstones[tombstones++], id);
		} else {
			assert_true(entries < reading->entry_count);
			assert_string_equal(reading->entries[entries].id, id);
			assert_int_equal(reading->entries[entries].is_blank, told[i]->is_withdrawn);
			entries++;
		}
	}
	return end;
}

/* What every document of a feed has (rules 9, 15, 26 and 27). */
static void
expect_frame(const struct reading *reading, const struct reading *subscription, const char *path)
{
	assert_true(reading->entry_count > 0 && reading->entry_count < 100);
	assert_string_equal(path_of(reading->self), path);
	assert_string_equal(reading->id, subscription->id);
	assert_int_equal(reading->is_archive, reading != subscription);
	assert_int_equal(
	    reading->is_complete, reading == subscription && reading->previous == NULL);
	if (reading == subscription) {
		assert_null(reading->current);
	} else {
		assert_string_equal(reading->current, subscription->self);
		assert_int_equal(reading->entry_count + reading->tombstone_count, 50);
	}
}

/* From the subscription document to the end of its chain, as a reader goes. */
static void
walk(struct history *history, size_t feed)
{
	struct worker *worker = history->worker;
	const char *stem = past_feed(history->past, feed);
	const char *path;
	struct reading subscription, reading;
	size_t end = history->past->count;

	if (stem == NULL) {
		return;
	}
	past_refresh(history->past);
	arena_reset(history->walk);
	path = arena_format(history->walk, "%s.atom", stem);
	assert_int_equal(worker_get(worker, path), 200);
	subscription = reading_atom(history->walk, worker_body(worker), worker_body_length(worker));
	expect_frame(&subscription, &subscription, path);
	end = expect_slice(history, feed, &subscription, end);
	for (const char *next = subscription.previous; next != NULL; next = reading.previous) {
		path = path_of(next);
		assert_int_equal(worker_get(worker, path), 200);
		see(history, path);
		reading =
		    reading_atom(history->walk, worker_body(worker), worker_body_length(worker));
		expect_frame(&reading, &subscription, path);
		end = expect_slice(history, feed, &reading, end);
	}
	while (end > 0) {
		/* What is left is not this feed's. */
		assert_false(past_carries(history->past, feed, &history->past->told[--end]));
	}
}

/* The same entries in the same order in the other format (rule 46). */
static void
walk_json(struct history *history, size_t feed)
{
	struct worker *worker = history->worker;
	const char *stem = past_feed(history->past, feed);
	const char *atom, *json;
	struct reading reading;

	if (stem == NULL) {
		return;
	}
	arena_reset(history->walk);
	atom = arena_format(history->walk, "%s.atom", stem);
	json = arena_format(history->walk, "%s.json", stem);
	for (;;) {
		json_t *document, *items;

		assert_int_equal(worker_get(worker, atom), 200);
		reading =
		    reading_atom(history->walk, worker_body(worker), worker_body_length(worker));
		assert_int_equal(worker_get(worker, json), 200);
		document = json_loads(worker_body(worker), 0, NULL);
		items = json_object_get(document, "items");
		assert_int_equal(json_array_size(items), reading.entry_count);
		for (size_t i = 0; i < reading.entry_count; i++) {
			assert_string_equal(
			    json_string_value(json_object_get(json_array_get(items, i), "id")),
			    reading.entries[i].id);
		}
		json = arena_copy(
		    history->walk, json_string_value(json_object_get(document, "next_url")));
		json_decref(document);
		assert_int_equal(json == NULL, reading.previous == NULL);
		if (json == NULL) {
			return;
		}
		json = path_of(json);
		atom = path_of(reading.previous);
	}
}

/* An address of long ago shows what it showed, or leads to what is there. */
static void
revisit(struct history *history, const char *path)
{
	struct worker *worker = history->worker;
	const int status = worker_get(worker, path);

	if (status == 200) {
		see(history, path);
		return;
	}
	assert_int_equal(status, 302);
	assert_string_equal(worker_header(worker, "Cache-Control"), "public, max-age=60");
	path = arena_copy(history->walk, path_of(worker_header(worker, "Location")));
	assert_int_equal(worker_get(worker, path), 200);
	see(history, path);
}

/*
 * A reader that asks with the date alone misses nothing, one that asks with
 * the tag alone gets nothing twice.
 */
static void
poll_again(struct history *history, size_t feed)
{
	struct worker *worker = history->worker;
	struct polled *polled = &history->polled[feed];
	const char *stem = past_feed(history->past, feed);
	const char *path, *tag, *modified;
	int by_date = 200;

	if (stem == NULL) {
		return;
	}
	arena_reset(history->walk);
	path = arena_format(history->walk, "%s.atom", stem);
	if (polled->modified != NULL) {
		worker->condition =
		    arena_format(history->walk, "HTTP_IF_MODIFIED_SINCE=%s", polled->modified);
		by_date = worker_get(worker, path);
	}
	assert_int_equal(worker_get(worker, path), 200);
	tag = arena_copy(worker->arena, worker_header(worker, "ETag"));
	modified = arena_copy(worker->arena, worker_header(worker, "Last-Modified"));
	if (by_date == 304) {
		assert_string_equal(tag, polled->tag);
	}
	worker->condition = arena_format(history->walk, "HTTP_IF_NONE_MATCH=%s", tag);
	assert_int_equal(worker_get(worker, path), 304);
	*polled = (struct polled){ tag, modified };
}

/* The feed as JSON, which nobody else here asks for; false: there is none. */
static bool
fetch(struct history *history, size_t feed)
{
	const char *stem = past_feed(history->past, feed);

	arena_reset(history->walk);
	if (stem == NULL) {
		return false;
	}
	assert_int_equal(
	    worker_get(history->worker, arena_format(history->walk, "%s.json", stem)), 200);
	return true;
}

/* What this worker knew before something happened misleads it in nothing:
 * another one says the same. */
static void
compare_workers(struct history *history, size_t feed)
{
	struct worker *worker = history->worker;
	const char *hash, *tag, *modified;

	if (!fetch(history, feed)) {
		return;
	}
	hash = arena_copy(worker->arena, hash_of(history));
	tag = arena_copy(worker->arena, worker_header(worker, "ETag"));
	modified = arena_copy(worker->arena, worker_header(worker, "Last-Modified"));
	worker_restart(worker);
	assert_true(fetch(history, feed));
	assert_string_equal(hash_of(history), hash);
	assert_string_equal(worker_header(worker, "ETag"), tag);
	assert_true(text_equal(worker_header(worker, "Last-Modified"), modified));
}

static void
live_through(uint64_t seed)
{
	struct worker *worker = worker_new();
	struct history *history = arena_alloc(worker->arena, sizeof(*history));

	history->worker = worker;
	history->past = past_new(worker, seed);
	history->walk = arena_new();
	for (int step = 1; step <= STEPS; step++) {
		const bool is_last = step == STEPS;

		const size_t feed = past_random(history->past, PAST_FEEDS);

		(void)fetch(history, feed);
		past_step(history->past);
		compare_workers(history, feed);
		walk(history, past_random(history->past, PAST_FEEDS));
		poll_again(history, past_random(history->past, PAST_FEEDS));
		if (history->seen_count > 0) {
			arena_reset(history->walk);
			revisit(history,
			    history
				->seen[history->seen_count - 1 -
				    past_random(history->past,
					history->seen_count < RECENT ? history->seen_count
								     : RECENT)]
				.path);
		}
		for (size_t i = 0; step % BETWEEN_WALKS == 0 && i < PAST_FEEDS; i++) {
			walk(history, i);
		}
		for (size_t i = 0; is_last && i < PAST_FEEDS; i++) {
			walk_json(history, i);
		}
	}
	for (size_t i = 0; i < history->seen_count; i++) {
		arena_reset(history->walk);
		revisit(history, history->seen[i].path);
	}
	/* The test has seen what it is about. */
	assert_true(history->past->count > 200);
	assert_true(history->seen_count > 30);
	arena_free(history->walk);
	worker_free(worker);
}

static void
feed_27_29_no_entry_is_lost_or_doubled_and_no_address_shows_other_bytes(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 3; seed++) {
		live_through(seed);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    feed_27_29_no_entry_is_lost_or_doubled_and_no_address_shows_other_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
