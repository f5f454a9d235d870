#ifndef TESTS_PROGRAM_CREWCTL_OFFICE_H
#define TESTS_PROGRAM_CREWCTL_OFFICE_H

#include <signal.h>
#include <stdint.h>

#include "../../cgi-bin/crewctl/courier.h"
#include "ground/token.h"
#include "harness.h"

/*
 * A courier with a carrier that does as it is told, and clocks that stand
 * still.  vega@example.org is person 101.
 */

enum { HANDED_MAX = 64 };

/* A mail as the carrier got it. */
struct handed {
	int64_t id;
	char id_line[200]; /* its Message-ID */
	char token[TOKEN_LENGTH + 1];
	char to[100];
};

struct office {
	struct harness *harness;
	struct crewctl crewctl;
	struct site site;
	struct courier courier;
	struct handed handed[HANDED_MAX];
	int count;
	/* What the carrier answers: the first may be another. */
	struct delivery first, rest;
	/* Runs while a mail is handed over. */
	void (*meanwhile)(struct office *);
	volatile sig_atomic_t ended;
};

/* What both clocks of the courier say. */
extern int64_t office_now;
extern int64_t office_micros;

int office_set_up(void **state);
int office_tear_down(void **state);

#define office_test(test) cmocka_unit_test_setup_teardown(test, office_set_up, office_tear_down)

/* Another courier takes the place of the one there is, which was killed. */
void office_replace_courier(struct office *office);

/* Queues a mail to vega, due at HARNESS_NOW and what is added ("- 60"). */
void office_queue(struct office *office, int64_t id, const char *kind, const char *due);

/* Fails unless the query gives the number. */
void office_expect(struct office *office, const char *sql, int64_t number);

/* Sends what is due, without a fault. */
void office_send_due(struct office *office);

#endif
