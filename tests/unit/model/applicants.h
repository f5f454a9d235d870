#ifndef TESTS_UNIT_MODEL_APPLICANTS_H
#define TESTS_UNIT_MODEL_APPLICANTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/db.h"
#include "db/query/outbox.h"
#include "ground/arena.h"
#include "model/application.h"
#include "model/cohort.h"

/*
 * A cohort in memory for each test of applying, a write transaction open:
 * applications from 1 to 14 March 2027, week 0 on Monday 5 April.
 */
struct applicants {
	struct arena *arena;
	struct db *db;
	struct cohort cohort;
	int64_t projects[2];
	int64_t open; /* an instant in the window */
};

int applicants_set_up(void **state);
int applicants_tear_down(void **state);

#define applicants_test(test) \
	cmocka_unit_test_setup_teardown(test, applicants_set_up, applicants_tear_down)

/* Valid answers of someone in Vienna, free on Monday from 19:00 to 20:00. */
struct application_answers applicant_answers(const char *name);

/* Sends them from this network. */
enum application_receive_outcome
applicant_receive_from(struct applicants *place, const char *email, const char *network,
    const struct application_answers *answers, int64_t now, const char **receipt);

/* Sends those of "Vega", with another GitHub name each time, from 192.0.2.0/24. */
enum application_receive_outcome
applicant_receive(struct applicants *place, const char *email, int64_t now);

/* The same, which must be stored; the token that its mail carries. */
const char *applicant_applied(struct applicants *place, const char *email, int64_t now);

/* Presses the button of that mail's link. */
enum application_confirm_outcome applicant_confirm(
    struct applicants *place, const char *token, int64_t now, struct application *application);

/* All of it, at place->open. */
struct application applicant_confirmed(struct applicants *place, const char *email);

/* The application as it is stored now. */
struct application applicant_again(struct applicants *place, const struct application *application);

/* The id of the application stored last. */
int64_t applicants_newest(struct applicants *place);

/* The newest 200 mails, the last first. */
struct outbox_rows applicants_mails(struct applicants *place);

#endif
