#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../lib/db/handle.h"
#include "db/query/highlight.h"
#include "feed_past.h"
#include "ground/text.h"
#include "ground/token.h"
#include "model/activity.h"
#include "model/erase.h"
#include "model/feed.h"

static const char people[] =
    "INSERT INTO person (id, email, email_key, name, name_key, public_name,"
    " show_public_name, created_at)"
    " SELECT value, 'p' || value || '@example.org', 'p' || value || '@example.org',"
    " 'Private ' || value, 'private', 'Public ' || value, value % 2, 0"
    " FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n"
    " WHERE value < 8) SELECT value FROM n);"
    "INSERT INTO cohort (id, slug, name, goal, feed_key, published_at,"
    " opens_on, closes_on, starts_on, opens_at, closes_at, starts_at,"
    " ends_at, weeks, djangonauts_per_navigator, djangonauts_per_group,"
    " seats, launched_at, created_at)"
    " SELECT column1, column2, column3, 'A first contribution', 'feed' || column1,"
    " 1787000000, '2026-09-01', '2026-10-01', '2026-11-01', 1787000000,"
    " 1790000000, 1793491200, 2798934400, 8, 4, 8, 20, 1793000000, 1 FROM"
    " (VALUES (1, 'orion', 'Orion'), (2, 'cygnus', 'Cygnus'));"
    "INSERT INTO project (id, cohort_id, name) VALUES (1, 1, 'Core'), (2, 2, 'Site');"
    "INSERT INTO member (id, cohort_id, person_id, role, level, joined_at)"
    " SELECT id, 1 + id / 5, id, 'navigator', NULL, 1 FROM person WHERE id <= 8;";

/* ---- what is there ---- */

static void
add_group(struct past *past, int64_t cohort, const char *slug)
{
	const int64_t id = ++past->groups;

	worker_write(past->worker,
	    arena_format(past->worker->arena,
		"INSERT INTO mentoring_group (id, cohort_id, slug, name, project_id, goal,"
		" level_low, level_high, seats, meeting_weekday, meeting_time,"
		" meeting_zone, created_at) VALUES (%" PRId64 ", %" PRId64
		", '%s', 'Group %s', %" PRId64 ","
		" 'Close a ticket each', 1, 2, 8, 2, '19:00', 'Europe/Vienna', 1);"
		"INSERT INTO standup (group_id, week, starts_at, closes_at)"
		" VALUES (%" PRId64 ", 1, 1795200000, 1795500000) ON CONFLICT DO NOTHING;"
		"INSERT INTO placement (group_id, member_id, placed_at)"
		" SELECT %" PRId64 ", id, 1 FROM member WHERE cohort_id = %" PRId64
		" AND left_at IS NULL",
		id, cohort, slug, slug, cohort, id, id, cohort));
}

static int
remember(void *data, int count, char **values, char **names)
{
	struct past *past = data;
	struct told *told = &past->told[past->count];
	struct arena *arena = past->worker->arena;

	(void)count;
	(void)names;
	assert_true(past->count < PAST_TOLD_MAX);
	past->count++;
	*told = (struct told){ .key = arena_copy(arena, values[1]),
		.kind = arena_copy(arena, values[2]) };
	assert_true(text_integer(values[0], 1, INT64_MAX, &told->id));
	assert_true(text_integer(values[3], 0, INT64_MAX, &told->cohort));
	assert_true(text_integer(values[4], 0, INT64_MAX, &told->group));
	return 0;
}

/* What was told since: its place among the others is settled now. */
static void
past_remember(struct past *past)
{
	const int64_t last = past->count == 0 ? 0 : past->told[past->count - 1].id;

	assert_int_equal(sqlite3_exec(past->worker->writer->sqlite,
			     arena_format(past->worker->arena,
				 "SELECT activity.id, activity.key, kind,"
				 " coalesce(activity.cohort_id, 0), coalesce(group_id, 0)"
				 " FROM activity LEFT JOIN highlight"
				 " ON highlight.id = activity.highlight_id"
				 " LEFT JOIN standup ON standup.id = standup_id"
				 " WHERE activity.id > %" PRId64 " ORDER BY activity.id",
				 last),
			     remember, past, NULL),
	    SQLITE_OK);
}

struct past *
past_new(struct worker *worker, uint64_t seed)
{
	struct past *past = arena_alloc(worker->arena, sizeof(*past));

	past->worker = worker;
	past->seed = seed;
	past->now = WORKER_NOW + 60;
	worker_write(worker, people);
	add_group(past, 1, "deneb");
	add_group(past, 1, "lyra");
	add_group(past, 2, "albireo");
	past_remember(past);
	return past;
}

uint64_t
past_random(struct past *past, uint64_t bound)
{
	past->seed = past->seed * 6364136223846793005u + 1442695040888963407u;
	return (past->seed >> 33) % bound;
}

/* ---- what happens ---- */

static const char *
words(struct past *past, const char *kind)
{
	static const char *const odd[] = { "plain", "*marked* & <b>", "\xd7\xa9\xd7\x9c",
		"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80", "]]>", "e\xcc\x81" };

	return arena_format(
	    past->worker->arena, "%s %s %" PRId64, kind, odd[past_random(past, 6)], ++past->words);
}

/* Words of some length, and sometimes of as many as a form lets in. */
static const char *
body(struct past *past)
{
	struct bytes *text = bytes_new(past->worker->arena);
	const size_t length = past_random(past, 40) == 0 ? 3900 : past_random(past, 120);

	while (text->length < length) {
		bytes_char(text, (char)('a' + past_random(past, 26)));
		bytes_text(text, past_random(past, 6) == 0 ? " " : "");
	}
	return text->data;
}

/* Runs statements: ?1 is a number, ?2 the instant, ?3 words. */
static void
run(struct past *past, const char *sql, int64_t number, const char *text)
{
	sqlite3 *sqlite = past->worker->writer->sqlite;
	sqlite3_stmt *statement;

	assert_true(db_begin_write(past->worker->writer));
	while (*sql != '\0') {
		int count;

		if (sqlite3_prepare_v2(sqlite, sql, -1, &statement, &sql) != SQLITE_OK) {
			fail_msg("%s: %s", sqlite3_errmsg(sqlite), sql);
		}
		count = sqlite3_bind_parameter_count(statement);
		(void)(count >= 1 && sqlite3_bind_int64(statement, 1, number) == SQLITE_OK);
		(void)(count >= 2 && sqlite3_bind_int64(statement, 2, past->now) == SQLITE_OK);
		(void)(count >= 3 &&
		    sqlite3_bind_text(statement, 3, text, -1, SQLITE_TRANSIENT) == SQLITE_OK);
		if (sqlite3_step(statement) != SQLITE_DONE) {
			fail_msg("%s", sqlite3_errmsg(sqlite));
		}
		assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
	}
	assert_true(db_commit(past->worker->writer));
}

/* The first value of a query's first row, or 0. */
static int64_t
ask(struct past *past, const char *sql, int64_t first, int64_t second)
{
	sqlite3_stmt *statement;
	int64_t number = 0;

	assert_int_equal(
	    sqlite3_prepare_v2(past->worker->writer->sqlite, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_bind_int64(statement, 1, first), SQLITE_OK);
	(void)sqlite3_bind_int64(statement, 2, second);
	if (sqlite3_step(statement) == SQLITE_ROW) {
		number = sqlite3_column_int64(statement, 0);
	}
	assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
	return number;
}

/* A highlight that was told of and may be taken back by now; 0: none yet. */
static int64_t
some_highlight(struct past *past)
{
	return ask(past, "SELECT highlight_id FROM activity WHERE id = ?1",
	    past->told[past_random(past, past->count)].id, 0);
}

/* An earlier highlight of the group, or none. */
static int64_t
followed(struct past *past, int64_t group)
{
	const int64_t id = ask(past,
	    "SELECT highlight.id FROM highlight JOIN standup ON standup.id = standup_id"
	    " WHERE highlight.id = ?1 AND group_id = ?2 AND withdrawn_at IS NULL",
	    past_random(past, 4) == 0 ? some_highlight(past) : 0, group);

	return id == 0 ? DB_NULL : id;
}

static int64_t
standup_of(struct past *past, int64_t group)
{
	return ask(past, "SELECT min(id) FROM standup WHERE group_id = ?1", group, 0);
}

static void
publish(struct past *past)
{
	struct db *db = past->worker->writer;
	struct arena *arena = past->worker->arena;

	for (size_t left = 1 + past_random(past, 16); left > 0; left--) {
		/* Most of what happens happens in one group. */
		const int64_t group = past_random(past, 3) > 0
		    ? 1
		    : 1 + (int64_t)past_random(past, (uint64_t)past->groups);
		const int64_t cohort = group == 3 ? 2 : 1;

		assert_true(db_begin_write(db));
		assert_int_equal(
		    highlight_insert(db,
			&(struct highlight_insert_in){ .key = token_key64(arena),
			    .standup_id = standup_of(past, group),
			    .member_id = (cohort - 1) * 4 + 1 + (int64_t)past_random(past, 4),
			    .title = words(past, "Title"),
			    .body = body(past),
			    .follows_id = followed(past, group),
			    .now = past->now }),
		    1);
		assert_true(
		    activity_write(db, arena, "highlight", cohort, db_last_id(db), past->now));
		assert_true(db_commit(db));
		past_remember(past);
		past->now += (int64_t)past_random(past, 50);
	}
}

static void
announce(struct past *past)
{
	static const char *const kinds[] = { "cohort_opened", "cohort_launched", "groups_formed",
		"cohort_finished" };
	struct db *db = past->worker->writer;

	assert_true(db_begin_write(db));
	assert_true(activity_write(db, past->worker->arena, kinds[past_random(past, 4)],
	    1 + (int64_t)past_random(past, 2), DB_NULL, past->now));
	assert_true(db_commit(db));
	past_remember(past);
}

static void
edit(struct past *past)
{
	run(past,
	    "UPDATE highlight SET title = ?3, updated_at = max(updated_at + 1, ?2)"
	    " WHERE id = ?1 AND withdrawn_at IS NULL",
	    some_highlight(past), words(past, "Edited"));
}

static void
withdraw(struct past *past)
{
	run(past,
	    "UPDATE highlight SET withdrawn_at = ?2, updated_at = max(updated_at, ?2)"
	    " WHERE id = ?1 AND withdrawn_at IS NULL",
	    some_highlight(past), NULL);
}

static void
lose(struct past *past)
{
	run(past, "DELETE FROM highlight WHERE id = ?1", some_highlight(past), NULL);
}

static void
let_go(struct past *past)
{
	run(past, "UPDATE highlight SET follows_id = NULL WHERE id = ?1", some_highlight(past),
	    NULL);
}

/* Somebody's check-in is quoted, or what they said changes or is narrowed. */
static void
quote(struct past *past)
{
	static const char *const changes[] = {
		"INSERT INTO check_in (key, standup_id, member_id, did, next, blocked,"
		" audience, did_audience, next_audience, blocked_audience, created_at)"
		" SELECT 'c' || id, standup_id, member_id, 'said so', '', '', 4, 4, 4, 4, ?2"
		" FROM highlight WHERE id = ?1 AND EXISTS (SELECT 1 FROM placement"
		" JOIN standup ON standup.group_id = placement.group_id"
		" WHERE standup.id = standup_id AND placement.member_id = highlight.member_id"
		" AND left_at IS NULL) ON CONFLICT DO NOTHING;"
		"INSERT INTO highlight_quote (highlight_id, position, part, check_in_id)"
		" SELECT highlight.id, 1, 'did', check_in.id"
		" FROM highlight JOIN check_in ON check_in.standup_id = highlight.standup_id"
		" AND check_in.member_id = highlight.member_id AND did_audience = 4"
		" WHERE highlight.id = ?1 AND NOT EXISTS (SELECT 1"
		" FROM highlight_quote WHERE highlight_id = highlight.id)",
		"UPDATE check_in SET did = 'said ' || ?2, edited_at = ?2"
		" WHERE member_id = (SELECT member_id FROM highlight WHERE id = ?1)",
		"UPDATE check_in SET did_audience = 2, edited_at = ?2"
		" WHERE id = (SELECT max(id) FROM check_in) AND ?1 % 3 = 0",
	};

	run(past, changes[past_random(past, 3)], some_highlight(past), NULL);
}

/* Names change, and who may know them. */
static void
rename_something(struct past *past)
{
	static const char *const changes[] = {
		"UPDATE cohort SET name = ?3 WHERE id = ?1 AND ?2",
		"UPDATE cohort SET goal = ?3 WHERE id = ?1 AND ?2",
		"UPDATE mentoring_group SET name = ?3 WHERE id = ?1 AND ?2",
		"UPDATE mentoring_group SET goal = ?3 WHERE id = ?1 AND ?2",
		"UPDATE project SET name = ?3 WHERE id = ?1 AND ?2",
		"UPDATE programme SET name = ?3 WHERE ?1 AND ?2",
		"UPDATE programme SET tagline = ?3 WHERE ?1 AND ?2",
		"UPDATE person SET public_name = ?3 WHERE id = ?1 AND ?2",
		"UPDATE person SET show_public_name = 1 - show_public_name WHERE id = ?1",
		"UPDATE member SET left_at = CASE WHEN left_at IS NULL THEN ?2 END WHERE id = ?1",
	};

	run(past, changes[past_random(past, 10)], 1 + (int64_t)past_random(past, 3),
	    words(past, "Named"));
}

static void
erase_somebody(struct past *past)
{
	static const unsigned char secret[TOKEN_KEY_BYTES];
	const struct erase erase = { .secret = secret,
		.words = { .name = "Somebody", .removed = "Removed" },
		.withdraws = past_random(past, 2) == 0 };
	struct db *db = past->worker->writer;

	assert_true(db_begin_write(db));
	/* False when they are erased already. */
	(void)person_erase(db, past->worker->arena, &erase,
	    2 + 4 * (int64_t)past_random(past, 2) + (int64_t)past_random(past, 2), past->now);
	assert_true(db_commit(db));
}

static void
bury(struct past *past)
{
	past->now += (int64_t)past_random(past, 40) * CLOCK_DAY;
	assert_true(db_begin_write(past->worker->writer));
	assert_true(feed_bury_due(past->worker->writer, past->now));
	assert_true(db_commit(past->worker->writer));
}

static void
begin_group(struct past *past)
{
	if (past->groups < PAST_GROUPS_MAX) {
		add_group(
		    past, 1, arena_format(past->worker->arena, "late-%" PRId64, past->groups + 1));
	}
}

void
past_step(struct past *past)
{
	static const struct {
		unsigned weight;
		void (*happen)(struct past *);
	} chances[] = { { 30, publish }, { 12, edit }, { 12, withdraw }, { 4, lose }, { 2, let_go },
		{ 12, quote }, { 24, rename_something }, { 8, announce }, { 6, bury },
		{ 4, begin_group }, { 1, erase_somebody } };
	uint64_t chance = past_random(past, 115);
	size_t i = 0;

	while (chance >= chances[i].weight) {
		chance -= chances[i++].weight;
	}
	chances[i].happen(past);
	past->now += (int64_t)past_random(past, 3600);
	/* A clock is set back (safety 54). */
	past->now -= past_random(past, 25) == 0 ? 5400 : 0;
	past->worker->now = past->now;
}

/* ---- what is to be read ---- */

const char *
past_feed(struct past *past, size_t number)
{
	static const char *const first[] = { "/feed/all", "/feed/kind/announcements",
		"/feed/kind/applications", "/feed/kind/highlights", "/feed/orion", "/feed/cygnus",
		"/feed/orion/deneb", "/feed/orion/lyra", "/feed/cygnus/albireo" };
	bool is_there = false;

	if (number >= 6 && (int64_t)(number - 5) > past->groups) {
		return NULL;
	}
	for (size_t i = 0; i < past->count; i++) {
		is_there |= past_carries(past, number, &past->told[i]);
	}
	if (!is_there) {
		return NULL;
	}
	return number < 9 ? first[number]
			  : arena_format(past->worker->arena, "/feed/orion/late-%zu", number - 5);
}

bool
past_carries(const struct past *past, size_t number, const struct told *told)
{
	const bool is_highlight = strcmp(told->kind, "highlight") == 0;
	const bool is_of_all = strcmp(told->kind, "programme_began") == 0;
	const int64_t group = (int64_t)number - 5;

	(void)past;
	switch (number) {
	case 0:
		return true;
	case 1:
		return !is_highlight;
	case 2:
		return is_of_all || strcmp(told->kind, "cohort_opened") == 0;
	case 3:
		return is_of_all || is_highlight;
	case 4:
	case 5:
		return told->cohort == (int64_t)number - 3;
	default:
		return told->group == group ||
		    (strcmp(told->kind, "groups_formed") == 0 &&
			told->cohort == (group == 3 ? 2 : 1));
	}
}

static int
refresh(void *data, int count, char **values, char **names)
{
	struct past *past = data;
	int64_t id;

	(void)count;
	(void)names;
	assert_true(text_integer(values[0], 1, INT64_MAX, &id));
	for (size_t i = 0; i < past->count; i++) {
		if (past->told[i].id == id) {
			past->told[i].is_withdrawn = values[1] != NULL;
			past->told[i].is_tombstone = values[2] != NULL;
		}
	}
	return 0;
}

void
past_refresh(struct past *past)
{
	assert_int_equal(
	    sqlite3_exec(past->worker->writer->sqlite,
		"SELECT id, withdrawn_at, tombstoned_at FROM activity", refresh, past, NULL),
	    SQLITE_OK);
}
