#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "applicants.h"
#include "db/query/programme.h"
#include "ground/clock.h"
#include "ground/date.h"
#include "ground/token.h"
#include "ground/zone.h"
#include "model/session.h"

#define DATE(y, m, d) ((struct date){ (y), (m), (d) })

static const unsigned char secret[32] = "an unguessable key of the tests";

static void
make_programme(struct applicants *place)
{
	assert_int_equal(programme_insert(place->db,
			     &(struct programme_insert_in){ .name = "Night School",
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
make_project(struct applicants *place, size_t i, const char *name)
{
	assert_int_equal(
	    project_insert(place->db,
		&(struct project_insert_in){
		    .cohort_id = place->cohort.id, .name = name, .description = "", .link = "" }),
	    1);
	place->projects[i] = db_last_id(place->db);
}

/* Applications from 1 to 14 March 2027, week 0 on Monday 5 April. */
static void
make_cohort(struct applicants *place)
{
	int64_t starts = date_days(DATE(2027, 4, 5)) * CLOCK_DAY;

	assert_int_equal(cohort_insert(place->db,
			     &(struct cohort_insert_in){ .slug = "orion",
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
				 .reviews_wanted = 2,
				 .grace_minutes = 30,
				 .chat_name = "",
				 .chat_link = "",
				 .now = starts - 90 * CLOCK_DAY }),
	    1);
	cohort_publish(place->db,
	    &(struct cohort_publish_in){
		.id = db_last_id(place->db), .now = starts - 80 * CLOCK_DAY });
	assert_true(cohort_find(place->db, place->arena, "orion", &place->cohort));
	make_project(place, 0, "Accounts");
	make_project(place, 1, "Forms");
	place->open = place->cohort.opens_at + CLOCK_DAY;
}

int
applicants_set_up(void **state)
{
	struct arena *arena = arena_new();
	struct applicants *place = arena_alloc(arena, sizeof *place);
	const char *problem;

	if (!token_start()) {
		return -1;
	}
	place->arena = arena;
	place->db = db_open(":memory:", DB_CREATE, &problem);
	if (place->db == NULL || !db_migrate(place->db, &problem) || !db_begin_write(place->db)) {
		return -1;
	}
	make_programme(place);
	make_cohort(place);
	*state = place;
	return 0;
}

int
applicants_tear_down(void **state)
{
	struct applicants *place = *state;

	assert_int_equal(db_fault(place->db), DB_FAULT_NONE);
	db_rollback(place->db);
	db_close(place->db);
	arena_free(place->arena);
	return 0;
}

struct application_answers
applicant_answers(const char *name)
{
	struct application_answers answers = {
		.name = name, .pronouns = "they/them", .zone = "Europe/Vienna", .level = 2
	};

	slots_set(&answers.hours, slots_number(0, 38));
	slots_set(&answers.hours, slots_number(0, 39));
	return answers;
}

enum application_receive_outcome
applicant_receive_from(struct applicants *place, const char *email, const char *network,
    const struct application_answers *answers, int64_t now, const char **receipt)
{
	struct application_sender sender = { .email = email, .network = network, .secret = secret };

	return application_receive(
	    place->db, place->arena, &place->cohort, answers, &sender, now, receipt);
}

enum application_receive_outcome
applicant_receive(struct applicants *place, const char *email, int64_t now)
{
	struct application_answers answers = applicant_answers("Vega");
	const char *receipt;

	answers.github =
	    arena_format(place->arena, "star-%lld", (long long)applicants_newest(place));
	return applicant_receive_from(place, email, "192.0.2.0/24", &answers, now, &receipt);
}

struct outbox_rows
applicants_mails(struct applicants *place)
{
	return outbox_list(place->db, place->arena);
}

/* The id of the application stored last. */
int64_t
applicants_newest(struct applicants *place)
{
	for (int64_t id = 1000; id > 0; id--) {
		struct application application;

		if (application_find_by_id(place->db, place->arena, id, &application)) {
			return id;
		}
	}
	return 0;
}

/* Stores one and gives the token that its mail would carry. */
const char *
applicant_applied(struct applicants *place, const char *email, int64_t now)
{
	const char *token = token_random(place->arena);
	int64_t expires_at;

	assert_int_equal(applicant_receive(place, email, now), APPLICATION_RECEIVED);
	assert_true(application_record_link(
	    place->db, place->arena, token, applicants_newest(place), now, &expires_at));
	return token;
}

enum application_confirm_outcome
applicant_confirm(
    struct applicants *place, const char *token, int64_t now, struct application *application)
{
	const char *session;

	return application_confirm(place->db, place->arena, token, now, application, &session);
}

struct application
applicant_confirmed(struct applicants *place, const char *email)
{
	struct application application;

	assert_int_equal(applicant_confirm(place, applicant_applied(place, email, place->open),
			     place->open, &application),
	    APPLICATION_CONFIRMED);
	return application;
}

struct application
applicant_again(struct applicants *place, const struct application *application)
{
	struct application now;

	assert_true(application_find(place->db, place->arena, application->key, &now));
	return now;
}
