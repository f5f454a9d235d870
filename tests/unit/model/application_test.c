/*
 * Applying: every outcome of the model, in a database of its own in memory.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "db/db.h"
#include "db/query/offer.h"
#include "db/query/outbox.h"
#include "db/query/programme.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/date.h"
#include "ground/token.h"
#include "ground/zone.h"
#include "model/application.h"
#include "model/cohort.h"
#include "model/person.h"
#include "model/session.h"

#define DATE(y, m, d) ((struct date){ (y), (m), (d) })

struct place {
	struct arena *arena;
	struct db *db;
	struct cohort cohort;
	int64_t projects[2];
	int64_t open;		/* an instant in the window */
};

static const unsigned char secret[32] = "an unguessable key of the tests";

static void
make_programme(struct place *place)
{
	assert_int_equal(programme_insert(place->db,
			     &(struct programme_insert_in){
				 .name = "Night School",
				 .tagline = "",
				 .about = "",
				 .contact = "hello@example.org",
				 .conduct_link = "",
				 .tag_domain = "example.org",
				 .tag_date = "2026-01-01",
				 .feed_key = "programmekey" }),
	    1);
}

static void
make_project(struct place *place, size_t i, const char *name)
{
	assert_int_equal(project_insert(place->db,
			     &(struct project_insert_in){
				 .cohort_id = place->cohort.id,
				 .name = name,
				 .description = "",
				 .link = "" }),
	    1);
	place->projects[i] = db_last_id(place->db);
}

/* Applications from 1 to 14 March 2027, week 0 on Monday 5 April. */
static void
make_cohort(struct place *place)
{
	int64_t starts = date_days(DATE(2027, 4, 5)) * CLOCK_DAY;

	assert_int_equal(
	    cohort_insert(place->db,
		&(struct cohort_insert_in){
		    .slug = "orion",
		    .name = "Orion",
		    .goal = "To contribute",
		    .description = "",
		    .feed_key = "orionkey",
		    .opens_on = "2027-03-01",
		    .closes_on = "2027-03-14",
		    .starts_on = "2027-04-05",
		    .opens_at = zone_opens(DATE(2027, 3, 1)),
		    .closes_at = zone_closes(DATE(2027, 3, 14)),
		    .starts_at = starts,
		    .ends_at = starts + 9 * 7 * CLOCK_DAY,
		    .weeks = 8,
		    .djangonauts_per_navigator = 4,
		    .djangonauts_per_group = 8,
		    .seats = 2,
		    .offer_days = 7,
		    .chat_name = "",
		    .chat_link = "",
		    .now = starts - 90 * CLOCK_DAY }),
	    1);
	cohort_publish(place->db,
	    &(struct cohort_publish_in){
		.id = db_last_id(place->db), .now = starts - 80 * CLOCK_DAY });
	assert_true(cohort_find(place->db, place->arena, "orion",
	    &place->cohort));
	make_project(place, 0, "Accounts");
	make_project(place, 1, "Forms");
	place->open = place->cohort.opens_at + CLOCK_DAY;
}

static int
make_place(void **state)
{
	struct arena *arena = arena_new();
	struct place *place = arena_alloc(arena, sizeof *place);
	const char *problem;

	if (!token_start()) {
		return -1;
	}
	place->arena = arena;
	place->db = db_open(":memory:", DB_CREATE, &problem);
	if (place->db == NULL || !db_migrate(place->db, &problem) ||
	    !db_begin_write(place->db)) {
		return -1;
	}
	make_programme(place);
	make_cohort(place);
	*state = place;
	return 0;
}

static int
end_place(void **state)
{
	struct place *place = *state;

	assert_int_equal(db_fault(place->db), DB_FAULT_NONE);
	db_rollback(place->db);
	db_close(place->db);
	arena_free(place->arena);
	return 0;
}

static struct application_answers
answers_of(const char *name)
{
	struct application_answers answers = { .name = name,
		.pronouns = "they/them",
		.zone = "Europe/Vienna",
		.level = 2,
		.why = "To learn",
		.experience = "A little",
		.hopes = "To stay" };

	slots_set(&answers.hours, slots_number(0, 38));
	slots_set(&answers.hours, slots_number(0, 39));
	return answers;
}

static enum application_receive_outcome
receive_from(struct place *place, const char *email, const char *network,
    const struct application_answers *answers, int64_t now,
    const char **receipt)
{
	struct application_sender sender = { .email = email,
		.network = network, .secret = secret };

	return application_receive(place->db, place->arena, &place->cohort,
	    answers, &sender, now, receipt);
}

static enum application_receive_outcome
receive(struct place *place, const char *email, int64_t now)
{
	struct application_answers answers = answers_of("Vega");
	const char *receipt;

	return receive_from(place, email, "192.0.2.0/24", &answers, now,
	    &receipt);
}

static struct outbox_rows
mails(struct place *place)
{
	return outbox_list(place->db, place->arena);
}

/* The id of the application stored last. */
static int64_t
newest(struct place *place)
{
	for (int64_t id = 1000; id > 0; id--) {
		struct application application;

		if (application_find_by_id(place->db, place->arena, id,
			&application)) {
			return id;
		}
	}
	return 0;
}

/* Stores one and gives the token that its mail would carry. */
static const char *
applied(struct place *place, const char *email, int64_t now)
{
	const char *token = token_random(place->arena);
	int64_t expires_at;

	assert_int_equal(receive(place, email, now), APPLICATION_RECEIVED);
	assert_true(application_record_link(place->db, place->arena, token,
	    newest(place), now, &expires_at));
	return token;
}

static enum application_confirm_outcome
confirm(struct place *place, const char *token, int64_t now,
    struct application *application)
{
	const char *session;

	return application_confirm(place->db, place->arena, token, now,
	    application, &session);
}

static struct application
confirmed(struct place *place, const char *email)
{
	struct application application;

	assert_int_equal(confirm(place,
			     applied(place, email, place->open), place->open,
			     &application),
	    APPLICATION_CONFIRMED);
	return application;
}

static struct application
again(struct place *place, const struct application *application)
{
	struct application now;

	assert_true(application_find(place->db, place->arena, application->key,
	    &now));
	return now;
}

static void
stores_an_application_with_its_mail_and_receipt(void **state)
{
	struct place *place = *state;
	struct application_answers answers = answers_of("Vega");
	struct application_project_rows projects;
	struct application application;
	struct receipt receipt;
	struct outbox_rows rows;
	const char *key = NULL;

	answers.projects = place->projects;
	answers.project_count = 2;
	assert_int_equal(receive_from(place, "Vega@Example.org", "192.0.2.0/24",
			     &answers, place->open, &key),
	    APPLICATION_RECEIVED);
	assert_true(application_find_by_id(place->db, place->arena,
	    newest(place), &application));
	assert_string_equal(application.email, "Vega@Example.org");
	assert_string_equal(application.email_key, "vega@example.org");
	assert_true(application.person_id == DB_NULL);
	projects = application_projects(place->db, place->arena,
	    application.id);
	assert_int_equal(projects.count, 2);
	assert_string_equal(projects.rows[1].name, "Forms");
	rows = mails(place);
	assert_int_equal(rows.count, 1);
	assert_string_equal(rows.rows[0].kind, "application_received");
	assert_string_equal(rows.rows[0].recipient, "Vega@Example.org");
	assert_null(strstr(rows.rows[0].parameters, "Vega"));
	assert_true(application_receipt(place->db, place->arena,
	    place->cohort.id, key, &receipt));
	assert_string_equal(receipt.reference, application.reference);
	assert_int_equal(receipt.received_at, place->open);
	assert_int_equal(receipt.mail_due_at, place->open);
}

static void
safety_55_takes_applications_anywhere_on_earth_and_no_longer(void **state)
{
	struct place *place = *state;
	int64_t opens = clock_http_read("Sun, 28 Feb 2027 10:00:00 GMT", 0,
			    &opens) ? opens : 0;
	int64_t closes = clock_http_read("Mon, 15 Mar 2027 12:00:00 GMT", 0,
			     &closes) ? closes : 0;

	assert_int_equal(receive(place, "a@example.org", opens - 1),
	    APPLICATION_TOO_EARLY);
	assert_int_equal(receive(place, "a@example.org", opens),
	    APPLICATION_RECEIVED);
	assert_int_equal(receive(place, "b@example.org", closes - 1),
	    APPLICATION_RECEIVED);
	assert_int_equal(receive(place, "c@example.org", closes),
	    APPLICATION_TOO_LATE);
	assert_int_equal(mails(place).count, 2);
}

static void
safety_33_takes_no_application_for_a_draft(void **state)
{
	struct place *place = *state;

	place->cohort.published_at = DB_NULL;
	assert_int_equal(receive(place, "a@example.org", place->open),
	    APPLICATION_TOO_EARLY);
	assert_int_equal(mails(place).count, 0);
}

static void
refuses_an_address_that_is_none(void **state)
{
	struct place *place = *state;

	assert_int_equal(receive(place, "not an address", place->open),
	    APPLICATION_NO_ADDRESS);
	assert_int_equal(mails(place).count, 0);
}

static void
an_unconfirmed_application_blocks_nobody(void **state)
{
	struct place *place = *state;
	struct application_counts counts;

	assert_int_equal(receive(place, "a@example.org", place->open),
	    APPLICATION_RECEIVED);
	assert_int_equal(receive(place, "a@example.org", place->open + 60),
	    APPLICATION_RECEIVED);
	assert_true(application_count(place->db, place->arena,
	    place->cohort.id, &counts));
	assert_int_equal(counts.unconfirmed, 2);
	assert_int_equal(counts.counting, 0);
}

static void
an_address_that_applied_gets_a_mail_and_changes_nothing(void **state)
{
	struct place *place = *state;
	struct application before = confirmed(place, "a@example.org");
	struct application_answers answers = answers_of("Someone else");
	struct application after;
	struct receipt receipt;
	const char *key;

	assert_int_equal(receive_from(place, "A@EXAMPLE.ORG", "192.0.2.0/24",
			     &answers, place->open + 60, &key),
	    APPLICATION_DUPLICATE);
	after = again(place, &before);
	assert_string_equal(after.name, "Vega");
	assert_int_equal(after.revision, before.revision);
	assert_int_equal(newest(place), before.id);
	assert_string_equal(mails(place).rows[0].kind, "application_already");
	assert_string_equal(mails(place).rows[0].recipient, "a@example.org");
	assert_true(application_receipt(place->db, place->arena,
	    place->cohort.id, key, &receipt));
	assert_int_equal(strlen(receipt.reference), 11);
	assert_string_not_equal(receipt.reference, before.reference);
}

static void
says_what_is_there_once_an_hour(void **state)
{
	struct place *place = *state;

	confirmed(place, "a@example.org");
	for (int i = 0; i < 4; i++) {
		assert_int_equal(receive(place, "a@example.org", place->open),
		    APPLICATION_DUPLICATE);
	}
	assert_int_equal(mails(place).count, 2);
	receive(place, "a@example.org", place->open + CLOCK_HOUR);
	assert_int_equal(mails(place).count, 3);
}

static void
confirming_makes_the_person_and_a_session_of_this_application(void **state)
{
	struct place *place = *state;
	const char *token = applied(place, "a@example.org", place->open);
	struct application application;
	struct session session;
	struct person person;
	const char *cookie;

	assert_int_equal(application_link(place->db, place->arena, token,
			     place->open, &application),
	    APPLICATION_LINK_CONFIRMS);
	assert_int_equal(application_confirm(place->db, place->arena, token,
			     place->open + 60, &application, &cookie),
	    APPLICATION_CONFIRMED);
	assert_true(person_find_by_email(place->db, place->arena,
	    "a@example.org", &person));
	assert_string_equal(person.name, "Vega");
	assert_string_equal(person.zone, "Europe/Vienna");
	assert_string_equal(person.pronouns, "they/them");
	assert_int_equal(again(place, &application).person_id, person.id);
	assert_int_equal(again(place, &application).confirmed_at,
	    place->open + 60);
	assert_true(session_find(place->db, place->arena,
	    token_hash(place->arena, cookie), place->open + 60, &session));
	assert_int_equal(session.application_id, application.id);
	assert_int_equal(session.person_id, person.id);
}

static void
confirming_leaves_a_known_person_as_they_are(void **state)
{
	struct place *place = *state;
	int64_t id = person_ensure(place->db, place->arena,
	    &(struct person_new){ .email = "A@example.org",
		.name = "Alpha Lyrae", .zone = "Asia/Kathmandu" },
	    place->open);
	struct application application = confirmed(place, "a@example.org");
	struct person person;

	assert_int_equal(application.person_id, id);
	assert_true(person_find(place->db, place->arena, id, &person));
	assert_string_equal(person.name, "Alpha Lyrae");
	assert_string_equal(person.zone, "Asia/Kathmandu");
}

static void
the_link_signs_in_again_until_the_deadline(void **state)
{
	struct place *place = *state;
	const char *token = applied(place, "a@example.org", place->open);
	struct application application;

	assert_int_equal(confirm(place, token, place->open, &application),
	    APPLICATION_CONFIRMED);
	assert_int_equal(confirm(place, token, place->cohort.closes_at - 1,
			     &application),
	    APPLICATION_ENTERED);
	assert_int_equal(application_link(place->db, place->arena, token,
			     place->cohort.closes_at - 1, &application),
	    APPLICATION_LINK_OPENS);
	assert_int_equal(confirm(place, token, place->cohort.closes_at,
			     &application),
	    APPLICATION_CONFIRM_SPENT);
	assert_int_equal(application_link(place->db, place->arena, token,
			     place->cohort.closes_at, &application),
	    APPLICATION_LINK_SPENT);
}

static void
an_address_can_be_confirmed_for_72_hours(void **state)
{
	struct place *place = *state;
	const char *token = applied(place, "a@example.org", place->open);
	int64_t end = place->open + APPLICATION_CONFIRM_SECONDS;
	struct application application;

	assert_int_equal(confirm(place, token, end, &application),
	    APPLICATION_CONFIRM_SPENT);
	assert_int_equal(application_link(place->db, place->arena, token, end,
			     &application),
	    APPLICATION_LINK_SPENT);
	assert_int_equal(confirm(place, token, end - 1, &application),
	    APPLICATION_CONFIRMED);
}

static void
the_deadline_does_not_end_the_72_hours(void **state)
{
	struct place *place = *state;
	int64_t last = place->cohort.closes_at - 1;
	const char *token = applied(place, "a@example.org", last);
	struct application application;

	assert_int_equal(confirm(place, token,
			     last + APPLICATION_CONFIRM_SECONDS - 1,
			     &application),
	    APPLICATION_CONFIRMED);
	assert_int_equal(again(place, &application).submitted_at, last);
}

static void
safety_56_the_72_hours_count_from_sending(void **state)
{
	struct place *place = *state;
	int64_t sent = place->cohort.closes_at + 10 * CLOCK_DAY, expires_at;
	const char *token = token_random(place->arena);
	struct application application;

	assert_int_equal(receive(place, "a@example.org", place->open),
	    APPLICATION_RECEIVED);
	assert_true(application_record_link(place->db, place->arena, token,
	    newest(place), sent, &expires_at));
	assert_int_equal(expires_at, sent + APPLICATION_CONFIRM_SECONDS);
	assert_int_equal(confirm(place, token, expires_at - 1, &application),
	    APPLICATION_CONFIRMED);
}

static void
a_second_one_of_the_same_person_enters_the_first(void **state)
{
	struct place *place = *state;
	const char *first = applied(place, "a@example.org", place->open);
	const char *second = applied(place, "a@example.org", place->open);
	struct application one, other, unconfirmed;

	assert_int_equal(confirm(place, first, place->open, &one),
	    APPLICATION_CONFIRMED);
	assert_int_equal(confirm(place, second, place->open, &other),
	    APPLICATION_ALREADY_THERE);
	assert_int_equal(other.id, one.id);
	assert_true(application_find_by_id(place->db, place->arena,
	    newest(place), &unconfirmed));
	assert_true(unconfirmed.confirmed_at == DB_NULL);
}

static void
a_link_of_another_kind_confirms_nothing(void **state)
{
	struct place *place = *state;
	const char *token = token_random(place->arena);
	struct application application = confirmed(place, "a@example.org");

	assert_true(link_record_sign_in(place->db, place->arena, token,
	    application.person_id, NULL, place->open, place->open + 600));
	assert_int_equal(confirm(place, token, place->open, &application),
	    APPLICATION_CONFIRM_SPENT);
	assert_int_equal(confirm(place, token_random(place->arena),
			     place->open, &application),
	    APPLICATION_CONFIRM_SPENT);
	assert_int_equal(confirm(place, "short", place->open, &application),
	    APPLICATION_CONFIRM_SPENT);
}

static void
a_change_replaces_the_answers_and_says_so(void **state)
{
	struct place *place = *state;
	struct application application = confirmed(place, "a@example.org");
	struct application_answers answers = answers_of("Véga");
	struct application after;

	answers.projects = &place->projects[1];
	answers.project_count = 1;
	assert_int_equal(application_change(place->db, place->arena,
			     &place->cohort, &application,
			     application.revision, &answers, place->open + 9),
	    APPLICATION_CHANGED);
	after = again(place, &application);
	assert_string_equal(after.name, "Véga");
	assert_int_equal(after.changed_at, place->open + 9);
	assert_int_equal(after.submitted_at, place->open);
	assert_int_equal(application_projects(place->db, place->arena,
			     application.id).count,
	    1);
	assert_string_equal(mails(place).rows[0].kind, "application_changed");
}

static void
a_change_of_something_older_is_refused(void **state)
{
	struct place *place = *state;
	struct application application = confirmed(place, "a@example.org");
	struct application_answers answers = answers_of("First");

	assert_int_equal(application_change(place->db, place->arena,
			     &place->cohort, &application,
			     application.revision, &answers, place->open),
	    APPLICATION_CHANGED);
	answers.name = "Second";
	assert_int_equal(application_change(place->db, place->arena,
			     &place->cohort, &application,
			     application.revision, &answers, place->open),
	    APPLICATION_CHANGE_STALE);
	assert_string_equal(again(place, &application).name, "First");
	assert_int_equal(mails(place).count, 2);
}

static void
a_withdrawn_application_can_be_sent_again(void **state)
{
	struct place *place = *state;
	struct application application = confirmed(place, "a@example.org");
	struct application_answers answers = answers_of("Vega");
	struct application_counts counts;

	assert_int_equal(application_withdraw(place->db, place->arena,
			     &place->cohort, &application, place->open),
	    APPLICATION_CHANGED);
	assert_string_equal(mails(place).rows[0].kind,
	    "application_withdrawn");
	application = again(place, &application);
	assert_int_equal(application.withdrawn_at, place->open);
	assert_int_equal(application_withdraw(place->db, place->arena,
			     &place->cohort, &application, place->open),
	    APPLICATION_CHANGE_STALE);
	assert_int_equal(application_change(place->db, place->arena,
			     &place->cohort, &application,
			     application.revision, &answers, place->open),
	    APPLICATION_CHANGE_STALE);
	assert_true(application_count(place->db, place->arena,
	    place->cohort.id, &counts));
	assert_int_equal(counts.withdrawn, 1);
	assert_int_equal(counts.counting, 0);
	assert_int_equal(application_resubmit(place->db, place->arena,
			     &place->cohort, &application, place->open + 1),
	    APPLICATION_CHANGED);
	assert_true(again(place, &application).withdrawn_at == DB_NULL);
	assert_int_equal(mails(place).count, 3);
	assert_int_equal(application_resubmit(place->db, place->arena,
			     &place->cohort, &application, place->open + 1),
	    APPLICATION_CHANGE_STALE);
}

static void
safety_55_nothing_changes_after_the_deadline(void **state)
{
	struct place *place = *state;
	struct application application = confirmed(place, "a@example.org");
	struct application_answers answers = answers_of("Late");
	int64_t late = place->cohort.closes_at;

	assert_int_equal(application_change(place->db, place->arena,
			     &place->cohort, &application,
			     application.revision, &answers, late),
	    APPLICATION_CHANGE_CLOSED);
	assert_int_equal(application_withdraw(place->db, place->arena,
			     &place->cohort, &application, late),
	    APPLICATION_CHANGE_CLOSED);
	assert_int_equal(application_resubmit(place->db, place->arena,
			     &place->cohort, &application, late),
	    APPLICATION_CHANGE_CLOSED);
	assert_int_equal(again(place, &application).revision,
	    application.revision);
}

static int64_t
make_offer(struct place *place, int64_t application_id)
{
	assert_int_equal(offer_insert(place->db,
			     &(struct offer_insert_in){
				 .key = "offerkey",
				 .application_id = application_id,
				 .group_id = DB_NULL,
				 .now = place->open,
				 .deadline_at = place->open + 7 * CLOCK_DAY }),
	    1);
	return db_last_id(place->db);
}

static void
withdrawing_refuses_an_open_offer(void **state)
{
	struct place *place = *state;
	struct application application = confirmed(place, "a@example.org");
	struct offer offer;

	make_offer(place, application.id);
	assert_int_equal(application_withdraw(place->db, place->arena,
			     &place->cohort, &application, place->open + 1),
	    APPLICATION_CHANGED);
	assert_true(offer_of_application(place->db, place->arena,
	    &(struct offer_of_application_in){
		.application_id = application.id },
	    &offer));
	assert_string_equal(offer.state, "refused");
}

static void
a_seat_that_was_taken_is_not_withdrawn(void **state)
{
	struct place *place = *state;
	struct application application = confirmed(place, "a@example.org");

	offer_end(place->db,
	    &(struct offer_end_in){ .id = make_offer(place, application.id),
		.state = "confirmed", .now = place->open + 1 });
	assert_int_equal(application_withdraw(place->db, place->arena,
			     &place->cohort, &application, place->open + 2),
	    APPLICATION_CHANGE_SEATED);
	assert_true(again(place, &application).withdrawn_at == DB_NULL);
}

/* The due instant of the newest mail. */
static int64_t
due(struct place *place)
{
	return mails(place).rows[0].due_at;
}

static void
safety_19_the_301st_mail_of_a_network_waits_an_hour(void **state)
{
	struct place *place = *state;
	struct application_answers answers = answers_of("Vega");
	struct receipt receipt;
	const char *key = NULL;

	for (int i = 0; i < 301; i++) {
		assert_int_equal(
		    receive_from(place,
			arena_format(place->arena, "p%d@example.org", i),
			"192.0.2.0/24", &answers, place->open, &key),
		    APPLICATION_RECEIVED);
		assert_true(i == 300 || due(place) == place->open);
	}
	assert_int_equal(due(place), place->open + CLOCK_HOUR);
	assert_true(application_receipt(place->db, place->arena,
	    place->cohort.id, key, &receipt));
	assert_int_equal(receipt.mail_due_at, place->open + CLOCK_HOUR);
	receive_from(place, "other@example.org", "198.51.100.0/24", &answers,
	    place->open, &key);
	assert_int_equal(due(place), place->open);
	receive_from(place, "later@example.org", "192.0.2.0/24", &answers,
	    place->open + CLOCK_HOUR, &key);
	assert_int_equal(due(place), place->open + CLOCK_HOUR);
}

static void
safety_19_the_sixth_mail_to_an_address_waits_an_hour(void **state)
{
	struct place *place = *state;

	for (int i = 0; i < 5; i++) {
		receive(place, "a@example.org", place->open);
		assert_int_equal(due(place), place->open);
	}
	receive(place, "A@Example.org", place->open);
	assert_int_equal(due(place), place->open + CLOCK_HOUR);
}

static struct slots
one_hour(int weekday, int half_hour)
{
	struct slots hours = { { 0 } };

	slots_set(&hours, slots_number(weekday, half_hour));
	slots_set(&hours, slots_number(weekday, half_hour + 1));
	return hours;
}

static void
hours_become_utc_in_the_cohorts_first_week(void **state)
{
	struct place *place = *state;
	struct slots hours = one_hour(0, 38);	/* Monday 19:00 */
	struct slots summer = one_hour(0, 34);
	struct slots winter = one_hour(0, 36);
	struct slots got;

	got = application_hours_utc(&hours, "Europe/Vienna",
	    place->cohort.starts_at);
	assert_true(slots_equal(&got, &summer));
	got = application_hours_utc(&hours, "Europe/Vienna",
	    date_days(DATE(2027, 1, 4)) * CLOCK_DAY);
	assert_true(slots_equal(&got, &winter));
}

static void
hours_wrap_around_the_week(void **state)
{
	struct place *place = *state;
	struct slots hours = one_hour(6, 0);	/* Sunday 00:00 */
	struct slots saturday = one_hour(5, 44);
	struct slots got = application_hours_utc(&hours, "Europe/Vienna",
	    place->cohort.starts_at);

	assert_true(slots_equal(&got, &saturday));
}

static void
hours_of_a_quarter_zone_are_never_invented(void **state)
{
	struct place *place = *state;
	struct slots hours = one_hour(0, 38);	/* 19:00 to 20:00 at +05:45 */
	struct slots expected = { { 0 } };
	struct slots got = application_hours_utc(&hours, "Asia/Kathmandu",
	    place->cohort.starts_at);

	/* 13:15 to 14:15: only 13:30 to 14:00 is a whole half hour. */
	slots_set(&expected, slots_number(0, 27));
	assert_true(slots_equal(&got, &expected));
}

static void
lists_what_is_open_or_will_be(void **state)
{
	struct place *place = *state;

	assert_int_equal(application_cohorts_ahead(place->db, place->arena,
			     place->open).count,
	    1);
	assert_int_equal(application_cohorts_ahead(place->db, place->arena,
			     place->cohort.opens_at - 5).count,
	    1);
	assert_int_equal(application_cohorts_ahead(place->db, place->arena,
			     place->cohort.closes_at).count,
	    0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, make_place, end_place)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(stores_an_application_with_its_mail_and_receipt),
		CASE(safety_55_takes_applications_anywhere_on_earth_and_no_longer),
		CASE(safety_33_takes_no_application_for_a_draft),
		CASE(refuses_an_address_that_is_none),
		CASE(an_unconfirmed_application_blocks_nobody),
		CASE(an_address_that_applied_gets_a_mail_and_changes_nothing),
		CASE(says_what_is_there_once_an_hour),
		CASE(confirming_makes_the_person_and_a_session_of_this_application),
		CASE(confirming_leaves_a_known_person_as_they_are),
		CASE(the_link_signs_in_again_until_the_deadline),
		CASE(an_address_can_be_confirmed_for_72_hours),
		CASE(the_deadline_does_not_end_the_72_hours),
		CASE(safety_56_the_72_hours_count_from_sending),
		CASE(a_second_one_of_the_same_person_enters_the_first),
		CASE(a_link_of_another_kind_confirms_nothing),
		CASE(a_change_replaces_the_answers_and_says_so),
		CASE(a_change_of_something_older_is_refused),
		CASE(a_withdrawn_application_can_be_sent_again),
		CASE(safety_55_nothing_changes_after_the_deadline),
		CASE(withdrawing_refuses_an_open_offer),
		CASE(a_seat_that_was_taken_is_not_withdrawn),
		CASE(safety_19_the_301st_mail_of_a_network_waits_an_hour),
		CASE(safety_19_the_sixth_mail_to_an_address_waits_an_hour),
		CASE(hours_become_utc_in_the_cohorts_first_week),
		CASE(hours_wrap_around_the_week),
		CASE(hours_of_a_quarter_zone_are_never_invented),
		CASE(lists_what_is_open_or_will_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
