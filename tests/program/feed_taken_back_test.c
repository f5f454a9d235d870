/*
 * Taking back at once (rules 12 and 29): a reader that saw the words compares
 * `updated`, so it moves even within a second.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/db.h"
#include "db/query/erase.h"
#include "db/query/highlight.h"
#include "feed_community.h"

static const char blank[] = "//a:entry[1]/a:updated";

static void
expect_later(struct harness *harness, const char *before)
{
	community_look(harness, "/feed/orion.atom");
	assert_int_equal(community_count(harness, "//a:entry[a:title='Too soon']"), 0);
	assert_true(strcmp(community_text(harness, blank), before) > 0);
	assert_true(harness_number(harness,
			"SELECT count(*) FROM activity WHERE updated_at = (SELECT updated_at"
			" FROM feed WHERE scope = 'all')") == 1);
}

static const char *
publish(struct harness *harness)
{
	(void)community_highlight(harness, COMMUNITY_VEGA, "Too soon", "x");
	community_look(harness, "/feed/orion.atom");
	assert_string_equal(community_text(harness, "//a:entry[1]/a:title"), "Too soon");
	return arena_copy(harness_arena(harness), community_text(harness, blank));
}

static void
feed_29_what_is_taken_back_within_its_second_is_seen(void **state)
{
	const char *before = publish(*state);
	struct db *db = harness_db(*state);

	assert_true(db_begin_write(db));
	assert_int_equal(
	    highlight_withdraw(
		db, &(struct highlight_withdraw_in){ .id = 1, .now = harness_now(*state) }),
	    1);
	assert_true(db_commit(db));
	expect_later(*state, before);
}

static void
feed_29_what_an_erasure_takes_back_within_a_second_is_seen(void **state)
{
	const char *before = publish(*state);
	struct db *db = harness_db(*state);

	assert_true(db_begin_write(db));
	assert_int_equal(erase_withdraw_highlights(db,
			     &(struct erase_withdraw_highlights_in){
				 .person_id = harness_number(
				     *state, "SELECT person_id FROM member WHERE id = 1"),
				 .now = harness_now(*state) }),
	    1);
	assert_true(db_commit(db));
	expect_later(*state, before);
}

#define taken_test(test) \
	cmocka_unit_test_setup_teardown(test, community_set_up, community_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		taken_test(feed_29_what_is_taken_back_within_its_second_is_seen),
		taken_test(feed_29_what_an_erasure_takes_back_within_a_second_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
