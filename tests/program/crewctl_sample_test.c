/*
 * The sample programme: whatever the day on which it is loaded, it is in the
 * middle of things, keeps the programme's rules and sends nobody mail.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../cgi-bin/crewctl/crewctl.h"
#include "crewctl_days.h"
#include "db/query/offer.h"
#include "db/query/status.h"
#include "ground/clock.h"
#include "ground/date.h"
#include "model/application.h"
#include "model/cohort.h"
#include "model/group.h"
#include "model/meeting.h"
#include "model/outbox.h"
#include "model/person.h"
#include "model/review.h"
#include "model/rights.h"
#include "model/standup.h"

static int64_t
instant(int year, int month, int day, int64_t seconds)
{
	return date_days((struct date){ year, month, day }) * CLOCK_DAY + seconds;
}

static struct cohort
cohort_called(struct harness *h, const char *slug)
{
	struct cohort cohort;

	assert_true(cohort_find(harness_db(h), harness_arena(h), slug, &cohort));
	return cohort;
}

static struct group
group_called(struct harness *h, const char *cohort, const char *slug)
{
	struct group group;

	assert_true(
	    group_find(harness_db(h), harness_arena(h), cohort_called(h, cohort).id, slug, &group));
	return group;
}

static void
check_states(struct harness *h, int64_t now)
{
	struct cohort finished = cohort_called(h, "perseus");
	struct cohort running = cohort_called(h, "summer-triangle");
	struct cohort open = cohort_called(h, "orion");

	assert_int_equal(cohort_state(&finished, now), COHORT_FINISHED);
	assert_int_equal(cohort_state(&running, now), COHORT_RUNNING);
	assert_int_equal(cohort_week_now(&running, now), 3);
	assert_int_equal(cohort_state(&open, now), COHORT_OPEN);
	assert_true(open.closes_at - now > 10 * CLOCK_DAY);
	assert_true(now - open.opens_at > 9 * CLOCK_DAY);
}

static void
is_in_the_middle_of_things_whatever_the_day(void **state)
{
	(void)state;
	days_check(check_states);
}

static void
check_rules(struct harness *h, int64_t now)
{
	struct db_problems problems;

	(void)now;
	assert_int_equal(status_broken(harness_db(h), harness_arena(h)).count, 0);
	assert_int_equal(status_groups_over(harness_db(h), harness_arena(h)).count, 0);
	db_rollback(harness_db(h));
	problems = db_check(harness_db(h), harness_arena(h));
	assert_int_equal(problems.count, 0);
	assert_true(db_begin_read(harness_db(h)));
}

static void
keeps_the_rules_that_crewctl_check_knows(void **state)
{
	(void)state;
	days_check(check_rules);
}

static void
check_mail(struct harness *h, int64_t now)
{
	struct status_row row;

	assert_true(status(
	    harness_db(h), harness_arena(h), &(struct status_in){ .now = now, .late = now }, &row));
	assert_int_equal(row.mail_queued, 0);
	assert_int_equal(row.mail_failed, 0);
	assert_int_equal(row.sessions, 0);
	assert_true(outbox_last(harness_db(h), harness_arena(h)) > 0);
}

static void
leaves_no_mail_to_be_sent_and_nobody_signed_in(void **state)
{
	(void)state;
	days_check(check_mail);
}

/* Navigators and captains have said when they have time. */
static void
check_hours(struct harness *h, int64_t now)
{
	assert_true(harness_number(h, "SELECT count(*) FROM volunteer") >= 7);
	assert_int_equal(
	    harness_number(h,
		arena_format(harness_arena(h),
		    "SELECT count(*) FROM member JOIN cohort ON cohort.id = cohort_id"
		    " WHERE role IN ('navigator', 'captain') AND ends_at > %lld"
		    " AND NOT EXISTS (SELECT 1 FROM volunteer WHERE member_id = member.id"
		    " AND hours_utc GLOB '*[1-9a-f]*')",
		    (long long)now)),
	    0);
	assert_true(harness_number(h, "SELECT count(*) FROM volunteer_project") > 0);
}

static void
floods_no_web_hook(void **state)
{
	struct harness *h = harness_new(&days_program);

	(void)state;
	harness_run_sql(h,
	    "INSERT INTO hook (format, name, link, created_at)"
	    " VALUES ('discord', 'Lounge', 'https://hook.example/1', 1)");
	assert_int_equal(
	    days_load_file(h, DAYS_FILE, instant(2026, 11, 22, 8 * 3600)), CREWCTL_DONE);
	assert_true(harness_number(h, "SELECT count(*) FROM outbox WHERE kind = 'activity'") > 0);
	assert_int_equal(harness_number(h, "SELECT count(*) FROM outbox WHERE state <> 'sent'"), 0);
	harness_free(h);
}

static void
knows_the_hours_of_those_who_look_after_others(void **state)
{
	(void)state;
	days_check(check_hours);
}

/* What the open cohort's organisers find. */
static void
check_applications(struct harness *h, int64_t now)
{
	struct offer_count counts;
	struct cohort open = cohort_called(h, "orion");

	(void)now;
	assert_true(offer_counts(harness_db(h), harness_arena(h),
	    &(struct offer_counts_in){ .cohort_id = open.id }, &counts));
	assert_true(counts.applications >= 12);
	assert_true(counts.withdrawn > 0);
	assert_true(counts.unconfirmed > 0);
	assert_true(harness_number(h,
			"SELECT count(DISTINCT zone) FROM application"
			" WHERE cohort_id = (SELECT id FROM cohort"
			" WHERE slug = 'orion')") >= 12);
	assert_int_equal(harness_number(h, "SELECT count(DISTINCT level) FROM application"), 4);
	assert_int_equal(harness_number(h,
			     "SELECT count(*) FROM application WHERE trimmed_at IS NULL"
			     " AND hours_utc NOT GLOB '*[1-9a-f]*'"),
	    0);
}

static void
has_a_dozen_applications_in_from_all_over_the_world(void **state)
{
	(void)state;
	days_check(check_applications);
}

/* A round of reviews that has begun, with some applications read to the end. */
static void
check_round(struct harness *h, int64_t now)
{
	struct cohort open = cohort_called(h, "orion");
	struct review_state state =
	    review_state_of(harness_db(h), harness_arena(h), &open, DB_NULL);

	(void)now;
	assert_int_equal(harness_number(h, "SELECT count(*) FROM questionnaire_item"), 9 + 2 * 3);
	assert_true(state.complete > 0 && state.complete < state.applications);
}

static void
has_questions_of_its_own_and_reviews_under_way(void **state)
{
	(void)state;
	days_check(check_round);
}

/* Stand-ups of week 3 and what comes before them. */
static void
check_standups(struct harness *h, int64_t now)
{
	static const char *const groups[] = { "lyra-aquila", "southern-cross" };
	struct cohort running = cohort_called(h, "summer-triangle");

	for (size_t i = 0; i < DAYS_COUNT(groups); i++) {
		struct group group = group_called(h, "summer-triangle", groups[i]);
		struct standup standup;

		assert_true(standup_find(harness_db(h), harness_arena(h), group.id, 3, &standup));
		assert_int_equal(cohort_week_now(&running, standup.starts_at), 3);
		assert_true(check_in_of_standup(harness_db(h), harness_arena(h),
				&(struct check_in_of_standup_in){ .standup_id = standup.id })
				.count > 0);
		assert_true(standup_find(harness_db(h), harness_arena(h), group.id, 2, &standup));
		assert_true(standup.closes_at < now);
		assert_true(standup.facilitator != NULL && standup.notes[0] != '\0');
	}
	assert_true(
	    question_unanswered_before(harness_db(h), harness_arena(h),
		&(struct question_unanswered_before_in){
		    .group_id = group_called(h, "summer-triangle", groups[0]).id, .week = 3 })
		.count > 0);
}

static void
has_check_ins_notes_and_a_question_nobody_has_answered(void **state)
{
	(void)state;
	days_check(check_standups);
}

/* The past is told in order, and nothing of the future. */
static void
check_times(struct harness *h, int64_t now)
{
	static const char *const columns[][2] = {
		{ "activity", "published_at" },
		{ "check_in", "created_at" },
		{ "question", "asked_at" },
		{ "answer", "answered_at" },
		{ "highlight", "published_at" },
		{ "attendance", "marked_at" },
		{ "application", "submitted_at" },
		{ "offer", "made_at" },
		{ "person", "created_at" },
		{ "feed", "updated_at" },
	};

	for (size_t i = 0; i < DAYS_COUNT(columns); i++) {
		const char *sql = arena_format(
		    harness_arena(h), "SELECT max(%s) FROM %s", columns[i][1], columns[i][0]);

		assert_true(harness_number(h, sql) > 0);
		assert_true(harness_number(h, sql) <= now);
	}
	assert_int_equal(harness_number(h,
			     "SELECT count(*) FROM activity AS one JOIN activity AS two"
			     " ON one.id < two.id AND one.published_at > two.published_at"),
	    0);
	assert_true(harness_number(h, "SELECT count(DISTINCT published_at) FROM activity") > 15);
	assert_int_equal(harness_number(h,
			     "SELECT count(*) FROM check_in"
			     " JOIN standup ON standup.id = standup_id"
			     " WHERE is_late <> (created_at >= closes_at)"),
	    0);
	assert_true(harness_number(h, "SELECT sum(is_late) FROM check_in") > 0);
}

static void
safety_54_tells_the_past_in_order_and_nothing_of_the_future(void **state)
{
	(void)state;
	days_check(check_times);
}

/* A thread of the feed, and a highlight that was taken back. */
static void
check_highlights(struct harness *h, int64_t now)
{
	(void)now;
	assert_string_equal(
	    harness_rows(h,
		"SELECT highlight.title, earlier.title FROM highlight"
		" JOIN highlight AS earlier ON earlier.id = highlight.follows_id"
		" WHERE highlight.title IN ('One sentence became two', 'Without almost')"
		" ORDER BY 1"),
	    "One sentence became two|Hard to translate means: says two things at once|\n"
	    "Without almost|A page from 2012 that is almost right|\n");
	assert_string_equal(
	    harness_rows(h,
		"SELECT highlight.title, activity.withdrawn_at - activity.published_at"
		" FROM highlight JOIN activity ON activity.highlight_id = highlight.id"
		" WHERE activity.withdrawn_at IS NOT NULL"),
	    "And one of them is merged|5400|\n");
}

static void
has_a_highlight_that_follows_up_and_one_that_was_taken_back(void **state)
{
	(void)state;
	days_check(check_highlights);
}

static unsigned
roles(
    struct harness *h, const char *email, const char *slug, const struct group *group, int64_t now)
{
	struct cohort cohort = cohort_called(h, slug);
	struct person person;

	assert_true(person_find_by_email(harness_db(h), harness_arena(h), email, &person));
	return rights_of(
	    harness_db(h), harness_arena(h), &person, DB_NULL, &cohort, group, NULL, now);
}

static void
the_four_whose_links_are_printed_are_what_they_are_called(void **state)
{
	int64_t now = instant(2026, 11, 22, 0);
	struct harness *h = days_loaded(now);
	struct group group;

	(void)state;
	assert_true(db_begin_read(harness_db(h)));
	group = group_called(h, "summer-triangle", "lyra-aquila");
	assert_int_equal(roles(h, "djangonaut@example.org", "summer-triangle", &group, now),
	    ROLE_ANYONE | ROLE_PERSON | ROLE_DJANGONAUT);
	assert_int_equal(roles(h, "navigator@example.org", "summer-triangle", &group, now),
	    ROLE_ANYONE | ROLE_PERSON | ROLE_NAVIGATOR);
	assert_int_equal(roles(h, "captain@example.org", "summer-triangle", &group, now),
	    ROLE_ANYONE | ROLE_PERSON | ROLE_CAPTAIN);
	assert_int_equal(roles(h, "organiser@example.org", "summer-triangle", &group, now),
	    ROLE_ANYONE | ROLE_PERSON | ROLE_ORGANISER | ROLE_ADMINISTRATOR);
	group = group_called(h, "summer-triangle", "southern-cross");
	assert_int_equal(roles(h, "captain@example.org", "summer-triangle", &group, now),
	    ROLE_ANYONE | ROLE_PERSON);
	assert_true(roles(h, "organiser@example.org", "orion", NULL, now) & ROLE_ORGANISER);
	db_rollback(harness_db(h));
	harness_free(h);
}

static void
refuses_to_stand_beside_cohorts_and_leaves_them_alone(void **state)
{
	struct harness *h = days_loaded(instant(2026, 11, 22, 0));
	const char *before = harness_dump(h);

	(void)state;
	assert_int_equal(days_load_file(h, DAYS_FILE, instant(2026, 11, 23, 0)), CREWCTL_FAILED);
	assert_string_equal(harness_dump(h), before);
	harness_free(h);
}

static void
loads_all_of_it_or_nothing(void **state)
{
	static const char *const files[] = {
		"tests/data/crewctl/nobody.json",
		"tests/data/crewctl/unreadable.json",
		"tests/data/crewctl/missing.json",
		"tests/data/crewctl/full.json",
		"tests/data/crewctl/strange.json",
	};
	struct harness *h = harness_new(&days_program);
	const char *before = harness_dump(h);

	(void)state;
	for (size_t i = 0; i < DAYS_COUNT(files); i++) {
		assert_int_equal(days_load_file(h, files[i], HARNESS_NOW), CREWCTL_FAILED);
		assert_string_equal(harness_dump(h), before);
	}
	harness_free(h);
}

static void
check_meetings(struct harness *h, int64_t now)
{
	struct arena *arena = harness_arena(h);
	struct cohort cohort;
	struct meeting_rows all;
	int ahead = 0, recorded = 0, off = 0;

	assert_true(cohort_find(harness_db(h), arena, "summer-triangle", &cohort));
	all = meeting_of_cohort(harness_db(h), arena,
	    &(struct meeting_of_cohort_in){
		.cohort_id = cohort.id, .audience = MEETING_FOR_ORGANISERS });
	for (size_t i = 0; i < all.count; i++) {
		ahead += all.rows[i].starts_at > now;
		recorded += all.rows[i].recording_link[0] != '\0';
		off += all.rows[i].cancelled_at != DB_NULL;
	}
	assert_true(ahead >= 4);
	assert_int_equal(recorded, 1);
	assert_int_equal(off, 1);
	assert_int_equal(meeting_of_cohort(harness_db(h), arena,
			     &(struct meeting_of_cohort_in){
				 .cohort_id = cohort.id, .audience = MEETING_FOR_EVERYONE })
			     .count,
	    3);
}

static void
has_meetings_ahead_one_that_was_recorded_and_one_that_is_off(void **state)
{
	(void)state;
	days_check(check_meetings);
	/* Calendars have all of it, and nothing waits to be told. */
	assert_string_equal(
	    harness_rows(days_first(),
		"SELECT kind, count(*), sum(cancelled_at IS NOT NULL) FROM calendar_event"
		" JOIN cohort ON cohort.id = cohort_id WHERE slug = 'summer-triangle'"
		" AND kind IN ('week', 'meeting', 'standup') GROUP BY 1"),
	    "meeting|6|1|\nstandup|18|0|\nweek|9|0|\n");
	assert_string_equal(harness_rows(days_first(), "SELECT 1 FROM calendar_due"), "");
}

static void
sends_what_was_queued_before_it(void **state)
{
	struct harness *h = harness_new(&days_program);

	(void)state;
	harness_run_sql(h,
	    "INSERT INTO outbox (reason, kind, urgency, recipient, parameters,"
	    " due_at, created_at) VALUES"
	    " ('r', 'sign_in', 1, 'a@example.org', '{}', 1, 1)");
	assert_int_equal(days_load_file(h, DAYS_FILE, HARNESS_NOW), CREWCTL_DONE);
	assert_string_equal(
	    harness_rows(h, "SELECT reason FROM outbox WHERE state = 'queued'"), "r|\n");
	harness_free(h);
}

static void
feed_08_keeps_the_id_under_which_the_programme_began(void **state)
{
	const char *sql = "SELECT key FROM activity WHERE kind = 'programme_began'";
	struct harness *h = harness_new(&days_program);
	const char *key = harness_rows(h, sql);

	(void)state;
	assert_int_equal(days_load_file(h, DAYS_FILE, HARNESS_NOW), CREWCTL_DONE);
	assert_string_equal(harness_rows(h, sql), key);
	harness_free(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_in_the_middle_of_things_whatever_the_day),
		cmocka_unit_test(keeps_the_rules_that_crewctl_check_knows),
		cmocka_unit_test(leaves_no_mail_to_be_sent_and_nobody_signed_in),
		cmocka_unit_test(floods_no_web_hook),
		cmocka_unit_test(knows_the_hours_of_those_who_look_after_others),
		cmocka_unit_test(has_a_dozen_applications_in_from_all_over_the_world),
		cmocka_unit_test(has_questions_of_its_own_and_reviews_under_way),
		cmocka_unit_test(has_check_ins_notes_and_a_question_nobody_has_answered),
		cmocka_unit_test(has_meetings_ahead_one_that_was_recorded_and_one_that_is_off),
		cmocka_unit_test(has_a_highlight_that_follows_up_and_one_that_was_taken_back),
		cmocka_unit_test(safety_54_tells_the_past_in_order_and_nothing_of_the_future),
		cmocka_unit_test(the_four_whose_links_are_printed_are_what_they_are_called),
		cmocka_unit_test(refuses_to_stand_beside_cohorts_and_leaves_them_alone),
		cmocka_unit_test(loads_all_of_it_or_nothing),
		cmocka_unit_test(sends_what_was_queued_before_it),
		cmocka_unit_test(feed_08_keeps_the_id_under_which_the_programme_began),
	};

	return cmocka_run_group_tests(tests, days_load, days_free);
}
