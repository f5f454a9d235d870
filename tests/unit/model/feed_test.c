/*
 * Feeds with a past: what is archived, what changes of it, what becomes of
 * what was taken back.
 */
#include "fixture.h"

#include <inttypes.h>
#include <string.h>

#include "ground/token.h"
#include "model/activity.h"
#include "model/feed.h"
#include "model/tick.h"
#include "statement.h"

/* Highlights of the group's first week by a navigator; the id of the last. */
static int64_t
publish(struct model *model, int count)
{
	int64_t id = 0;

	for (; count > 0; count--) {
		statement(model,
		    arena_format(model->arena,
			"INSERT INTO highlight (key, standup_id, member_id, title, body,"
			" published_at, updated_at) SELECT '%s', 900, min(id), 'T', 'x',"
			" %" PRId64 ", %" PRId64 " FROM member",
			token_key64(model->arena), model->now, model->now));
		id = db_last_id(model->db);
		assert_true(activity_write(
		    model->db, model->arena, "highlight", model->cohort.id, id, model->now));
	}
	return id;
}

static int
set_up(void **state)
{
	struct model *model;

	assert_int_equal(model_set_up(state), 0);
	model = *state;
	(void)model_member(model, "vega", "navigator", DB_NULL);
	statement(model,
	    arena_format(model->arena,
		"INSERT INTO standup (id, group_id, week, starts_at, closes_at)"
		" VALUES (900, %" PRId64 ", 1, 1803900000, 1803990000)",
		model->group.id));
	return 0;
}

static struct feed
all_of(struct model *model)
{
	struct feed feed;

	assert_true(feed_find(model->db, model->arena, &(struct feed_name){ .kind = NULL }, &feed));
	return feed;
}

/* The generation of an archive of everything; 0: there is no such. */
static int64_t
generation_of(struct model *model, int64_t number)
{
	struct feed feed = all_of(model);
	int64_t generation = 0;

	return feed_generation(model->db, model->arena, &feed, number, &generation) ? generation
										    : 0;
}

static void
feed_27_an_archive_is_cut_when_fifty_newer_entries_are_there(void **state)
{
	struct model *model = *state;
	struct feed feed = all_of(model);

	publish(model, (int)(99 - feed.entries));
	feed = all_of(model);
	assert_int_equal(feed.archives, DB_NULL);
	assert_int_equal(feed_current(model->db, model->arena, &feed).count, 99);
	assert_int_equal(generation_of(model, 1), 0);
	publish(model, 1);
	feed = all_of(model);
	assert_int_equal(feed.archives, 1);
	assert_int_equal(feed_current(model->db, model->arena, &feed).count, 50);
	assert_int_equal(feed_archived(model->db, model->arena, &feed, 1).count, 50);
	assert_int_equal(feed_archived(model->db, model->arena, &feed, 0).count, 0);
	assert_int_equal(feed_archived(model->db, model->arena, &feed, 2).count, 0);
	publish(model, 50);
	assert_int_equal(all_of(model).archives, 2);
}

static void
feed_27_a_generation_moves_with_what_is_in_it_or_before_it_alone(void **state)
{
	struct model *model = *state;
	int64_t first, second, third, old;

	old = publish(model, 60);
	publish(model, 140);
	assert_int_equal(all_of(model).archives, 3);
	first = generation_of(model, 1);
	second = generation_of(model, 2);
	third = generation_of(model, 3);
	/* New entries change nothing of what is archived. */
	publish(model, 10);
	assert_int_equal(generation_of(model, 1), first);
	assert_int_equal(generation_of(model, 3), third);
	/* One of the second archive. */
	statement(model,
	    arena_format(
		model->arena, "UPDATE highlight SET title = 'U' WHERE id = %" PRId64, old));
	assert_int_equal(generation_of(model, 1), first);
	assert_true(generation_of(model, 2) > second);
	assert_true(generation_of(model, 3) > third);
	/* One that is not archived. */
	second = generation_of(model, 2);
	third = generation_of(model, 3);
	statement(
	    model, "UPDATE highlight SET title = 'U' WHERE id = (SELECT max(id) FROM highlight)");
	assert_int_equal(generation_of(model, 2), second);
	assert_int_equal(generation_of(model, 3), third);
	/* Its row is gone, which nothing does but a cohort that is. */
	statement(model,
	    "DELETE FROM activity WHERE id = (SELECT min(id) FROM activity WHERE kind = 'highlight')");
	assert_true(generation_of(model, 1) > first);
	assert_true(generation_of(model, 3) > third);
	first = generation_of(model, 1);
	statement(model, "UPDATE programme SET name = 'Other'");
	assert_true(generation_of(model, 1) > first);
}

static void
feed_27_safety_53_after_a_restore_no_address_is_given_again(void **state)
{
	struct model *model = *state;
	const struct feed before = all_of(model);
	const int64_t later = model->now + 1000;

	/* The copy is of a time without archives; they were cut since. */
	assert_true(feed_restored(model->db, later));
	assert_true(all_of(model).revision > before.revision);
	assert_true(all_of(model).modified_at >= later);
	publish(model, 150);
	assert_true(generation_of(model, 1) >= later);
	assert_true(generation_of(model, 2) >= later);
	assert_true(feed_restored(model->db, later + 1));
	assert_true(generation_of(model, 2) > later);
}

static void
feed_29_what_was_taken_back_is_a_tombstone_after_thirty_days(void **state)
{
	struct model *model = *state;
	const int64_t due = model->now + FEED_BLANK_SECONDS;
	const int64_t id = publish(model, 1);
	struct feed feed;
	int64_t revision;

	statement(model,
	    arena_format(model->arena,
		"UPDATE highlight SET withdrawn_at = %" PRId64 ", updated_at = %" PRId64
		" WHERE id = %" PRId64,
		model->now, model->now, id));
	assert_int_equal(feed_bury_at(model->db, model->arena), due);
	assert_true(tick_due(model->db, model->arena, model->now) <= due);
	assert_true(feed_bury_due(model->db, due - 1));
	feed = all_of(model);
	assert_int_equal(
	    feed_current(model->db, model->arena, &feed).rows[0].tombstoned_at, DB_NULL);
	assert_true(tick(model->db, model->arena, due));
	feed = all_of(model);
	revision = feed.revision;
	assert_int_equal(statement_number(model, "SELECT max(tombstoned_at) FROM activity"), due);
	assert_true(feed.updated_at >= due);
	/* Once. */
	assert_true(feed_bury_due(model->db, due + 1));
	assert_int_equal(all_of(model).revision, revision);
	assert_int_equal(feed_bury_at(model->db, model->arena), DB_NULL);
}

static void
feed_28_a_parent_knows_how_many_go_on_with_it(void **state)
{
	struct model *model = *state;
	const int64_t parent = publish(model, 1);
	const int64_t child = publish(model, 2);
	struct feed feed = all_of(model);
	struct activity_rows rows;

	statement(model,
	    arena_format(model->arena,
		"INSERT INTO highlight (key, standup_id, member_id, title, body, published_at,"
		" updated_at, follows_id) SELECT 'h', 900, min(id), 'T', 'x', %" PRId64 ", %" PRId64
		", %" PRId64 " FROM member",
		model->now, model->now, parent));
	assert_true(child > parent);
	rows = feed_current(model->db, model->arena, &feed);
	assert_int_equal(rows.rows[2].sequels, 1);
	assert_true(all_of(model).revision > feed.revision);
	feed = all_of(model);
	statement(model, "DELETE FROM highlight WHERE key = 'h'");
	rows = feed_current(model->db, model->arena, &feed);
	assert_int_equal(rows.rows[2].sequels, 0);
	assert_true(all_of(model).revision > feed.revision);
}

/* What happens now, and to an archived one with it. */
static void
expect_generation_moved(struct model *model, const char *sql)
{
	const int64_t before = generation_of(model, 1);

	statement(model, sql);
	assert_true(generation_of(model, 1) > before);
}

static void
feed_28_an_archived_parent_changes_with_what_goes_on_with_it(void **state)
{
	struct model *model = *state;
	const char *follow;

	follow = arena_format(model->arena,
	    "INSERT INTO highlight (key, standup_id, member_id, title, body, published_at,"
	    " updated_at, follows_id) SELECT 'h', 900, min(id), 'T', 'x', 1, 1, %" PRId64
	    " FROM member",
	    publish(model, 1));
	publish(model, 150);
	expect_generation_moved(model, follow);
	expect_generation_moved(model, "UPDATE highlight SET withdrawn_at = 2 WHERE key = 'h'");
	expect_generation_moved(model, "DELETE FROM highlight WHERE key = 'h'");
	expect_generation_moved(model, follow);
	expect_generation_moved(model, "UPDATE highlight SET follows_id = NULL WHERE key = 'h'");
}

static void
feed_35_a_change_without_an_instant_is_dated(void **state)
{
	struct model *model = *state;
	const int64_t later = model->now + 5000;
	int64_t revision;

	assert_true(feed_date_due(model->db, model->now));
	statement(model, "UPDATE person SET public_name = 'Vega', show_public_name = 1");
	statement(model, "UPDATE cohort SET name = 'Renamed'");
	publish(model, 1);
	statement(model, "UPDATE cohort SET name = 'Renamed again'");
	assert_true(all_of(model).modified_at < later);
	assert_true(feed_date_due(model->db, later));
	assert_int_equal(all_of(model).modified_at, later);
	revision = all_of(model).revision;
	assert_true(feed_date_due(model->db, later + 1));
	assert_int_equal(all_of(model).revision, revision);
	assert_int_equal(all_of(model).modified_at, later);
	/* It never goes back. */
	statement(model, "UPDATE cohort SET name = 'Once more'");
	assert_true(feed_date_due(model->db, model->now));
	assert_true(all_of(model).modified_at > later);
}

/* What tells of the groups lists them. */
static void
feed_47_a_group_that_is_gone_moves_the_revision(void **state)
{
	struct model *model = *state;
	int64_t revision;

	assert_true(activity_write(
	    model->db, model->arena, "groups_formed", model->cohort.id, DB_NULL, model->now));
	revision = all_of(model).revision;
	statement(model, "DELETE FROM mentoring_group");
	assert_true(all_of(model).revision > revision);
}

static void
no_cohort_takes_the_address_of_feeds(void **state)
{
	static const char *const slugs[] = { "all", "kind", "private", "calendar", "archive" };
	struct model *model = *state;

	for (size_t i = 0; i < sizeof(slugs) / sizeof(slugs[0]); i++) {
		assert_true(statement_is_refused(
		    model, arena_format(model->arena, "UPDATE cohort SET slug = '%s'", slugs[i])));
	}
}

#define feed_test(test) cmocka_unit_test_setup_teardown(test, set_up, model_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		feed_test(feed_27_an_archive_is_cut_when_fifty_newer_entries_are_there),
		feed_test(feed_27_a_generation_moves_with_what_is_in_it_or_before_it_alone),
		feed_test(feed_27_safety_53_after_a_restore_no_address_is_given_again),
		feed_test(feed_29_what_was_taken_back_is_a_tombstone_after_thirty_days),
		feed_test(feed_28_a_parent_knows_how_many_go_on_with_it),
		feed_test(feed_28_an_archived_parent_changes_with_what_goes_on_with_it),
		feed_test(feed_35_a_change_without_an_instant_is_dated),
		feed_test(feed_47_a_group_that_is_gone_moves_the_revision),
		feed_test(no_cohort_takes_the_address_of_feeds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
