#ifndef TESTS_PROGRAM_CREWCTL_CARRIER_H
#define TESTS_PROGRAM_CREWCTL_CARRIER_H

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
	char hub[100]; /* where it is posted, if it is a word for the hub */
	char payload[300]; /* what is posted */
};

struct round {
	struct harness *harness;
	struct crewctl crewctl;
	struct site site;
	struct courier courier;
	struct handed handed[HANDED_MAX];
	int count;
	/* What the carrier answers: the first may be another. */
	struct delivery first, rest;
	/* Runs while a mail is handed over. */
	void (*meanwhile)(struct round *);
	volatile sig_atomic_t ended;
};

/* What both clocks of the courier say. */
extern int64_t carrier_now;
extern int64_t carrier_micros;

int carrier_set_up(void **state);
int carrier_tear_down(void **state);

#define carrier_test(test) cmocka_unit_test_setup_teardown(test, carrier_set_up, carrier_tear_down)

/* Another courier takes the place of the one there is, which was killed. */
void carrier_replace_courier(struct round *round);

/* Queues a mail to vega, due at HARNESS_NOW and what is added ("- 60"). */
void carrier_queue(struct round *round, int64_t id, const char *kind, const char *due);

/* Fails unless the query gives the number. */
void carrier_expect(struct round *round, const char *sql, int64_t number);

/* Sends what is due, without a fault. */
void carrier_send_due(struct round *round);

#endif
