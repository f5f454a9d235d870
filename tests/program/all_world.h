/*
 * A world for the tests that ask something of every route of every program:
 * one object of each kind behind each address, and one visitor of each kind
 * who may or may not go there.
 *
 * It is the crew of standup_crew.h with a week that was filled in, and
 *
 *	pavo	a cohort open for applications, a receipt of one
 *	draco	a draft of Canopus's
 *	seat	an offer to Luna, who applied to orion
 *
 * Nothing is due in it: tick has nothing to do.
 */
#ifndef TESTS_PROGRAM_ALL_WORLD_H
#define TESTS_PROGRAM_ALL_WORLD_H

#include "harness.h"
#include "web/route.h"

enum world_visitor {
	WORLD_STRANGER,
	WORLD_LINKED, /* Luna, by the link of her application: it alone */
	WORLD_APPLICANT, /* Luna, signed in */
	WORLD_DJANGONAUT, /* Vega: of group A, "lyra" */
	WORLD_DJANGONAUT_B, /* Altair: of group B, "cygnus" */
	WORLD_NAVIGATOR_B, /* Deneb */
	WORLD_CAPTAIN_B, /* Sirius */
	WORLD_ELSEWHERE, /* Canopus: organises another cohort */
	WORLD_NAVIGATOR, /* Rigel: of group A */
	WORLD_CAPTAIN, /* Capella: of group A */
	WORLD_ORGANISER, /* Polaris */
	WORLD_ADMINISTRATOR, /* Electra: of the installation, in no cohort */
	WORLD_REVIEWER, /* Spica: appointed for orion */
	WORLD_EX_REVIEWER, /* Algol: was, until a while ago */
	WORLD_VISITORS
};

/* Tokens of links that work: Vega's, to sign in, and Luna's application's. */
#define WORLD_SIGN_IN_TOKEN "sssssssssssssssssssssssssssssssssssssssssss"
#define WORLD_APPLICATION_TOKEN "ppppppppppppppppppppppppppppppppppppppppppp"
/* Of the mail to the old mailbox of Vega, who changes her address. */
#define WORLD_ADDRESS_TOKEN "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
/* By which Vega could be forgotten. */
#define WORLD_ERASE_TOKEN "fffffffffffffffffffffffffffffffffffffffffff"

/* Of an invitation to navigate orion, of an address to be confirmed, and one
 * that stops Vega's reminders. */
#define WORLD_INVITATION_TOKEN "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii"
#define WORLD_SUBSCRIPTION_TOKEN "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu"
#define WORLD_STOP_TOKEN "ttttttttttttttttttttttttttttttttttttttttttt"

/* Vega's secret addresses: of lyra's private feed and of its calendar. She has
 * one of her own calendar, too. */
#define WORLD_PRIVATE_TOKEN "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv"
#define WORLD_CALENDAR_TOKEN "ccccccccccccccccccccccccccccccccccccccccccc"

/* Of what Comet began and did not send. */
#define WORLD_DRAFT_TOKEN "ddddddddddddddddddddddddddddddddddddddddddd"

/* The mail that failed. */
#define WORLD_MAIL "9000"

/* A question of orion's applicants' form, which Luna answered. */
#define WORLD_ITEM "9003"

/* What was decided of Luna's application and not sent. */
#define WORLD_DECISION "9006"

/* Orion's web hook. */
#define WORLD_HOOK "9001"

/* What its applications are scored by. */
#define WORLD_CRITERION "9002"
#define WORLD_CRITERION_RETIRED "9003"

/* Every program but the operator's command. */
enum { WORLD_PROGRAMS = 4 };

extern const struct program apply_program, cohort_program, feed_program, standup_program;
extern const struct program *const world_programs[WORLD_PROGRAMS];

struct harness *world_new(void);

/* Puts the database of `from` into that of `to`, and forgets all cookies. */
void world_restore(struct harness *to, struct harness *from);

const char *world_visitor_name(enum world_visitor visitor);

/* A fresh browser, signed in as that visitor. */
void world_become(struct harness *harness, enum world_visitor visitor);

/* The address of a route, naming objects of this world. A capture that the
 * world does not know fails the test. */
const char *
world_path(struct harness *harness, const struct program *program, const struct route *route);

/* Sends a request without fields, or with those given before, to a route. */
void world_send(struct harness *harness, const struct program *program, const struct route *route);

/* Whether the last answer leads to the page that signs in. */
bool world_sends_to_sign_in(const struct harness *harness);

const char *world_method(const struct route *route);

/*
 * Every column of every table, as rows "table|column|": take them apart with
 * world_next_value, which returns NULL after the last.
 */
const char *world_columns(struct harness *harness);

const char *world_next_value(struct harness *harness, const char **rows);

#endif
