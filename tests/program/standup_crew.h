/*
 * Who the tests of stand-ups are about: cohort "orion" in its week 1 with the
 * groups "lyra" and "cygnus", and cohort "vela" beside it.
 *
 * The stand-up of each week begins on Sunday at 06:00 UTC and closes a day
 * later, so that at HARNESS_NOW the one of week 0 is closed and the one of
 * week 1 is held. Nothing was said in any of them.
 */
#ifndef TESTS_PROGRAM_STANDUP_CREW_H
#define TESTS_PROGRAM_STANDUP_CREW_H

#include <stdint.h>

#include "harness.h"
#include "web/form.h"

/* People, and their memberships by the same numbers. */
enum {
	CREW_RIGEL = 1, /* navigator of lyra */
	CREW_CAPELLA, /* captain of lyra */
	CREW_VEGA, /* Djangonaut of lyra */
	CREW_MIRA, /* Djangonaut of lyra */
	CREW_POLARIS, /* organiser of orion */
	CREW_ALTAIR, /* Djangonaut of cygnus */
	CREW_DENEB, /* navigator of cygnus */
	CREW_SIRIUS, /* captain of cygnus */
	CREW_CANOPUS, /* organiser of vela */
	CREW_LUNA, /* applied to orion: application 1 */
	CREW_COUNT
};

/* When the cohort has ended, and when writing has. */
#define CREW_ENDS ((int64_t)1799625600)
#define CREW_OVER (CREW_ENDS + (int64_t)14 * 86400)

/* The path of a week of lyra, and what lies under it. */
#define CREW_WEEK "/standup/orion/lyra/1"

/* Fills the harness's database. */
void crew_make(struct harness *harness);

/* cmocka's set-up and tear-down: *state is a harness of the program, filled. */
int crew_set_up(void **state);
int crew_tear_down(void **state);

/* Signs in as one of them; CREW_LUNA by the link of her application. */
void crew_sign_in(struct harness *harness, int64_t person);

/* A check-in in week 1 of lyra whose parts are "<word> did", "<word> next" and
 * "<word> blocked", all for this audience. */
void crew_check_in(struct harness *harness, int64_t member, const char *word, int audience);

/* A question of that week with this key and body. */
void crew_question(
    struct harness *harness, int64_t member, const char *key, const char *body, int audience);

/* An answer to the question with that key. */
void crew_answer(struct harness *harness, int64_t member, const char *question, const char *key,
    const char *body, int audience);

/* A highlight of that week with this key, quoting nothing. */
void crew_highlight(struct harness *harness, const char *key, const char *title);

/* Fields of the next request: a check-in, all of it for this audience. */
void crew_check_in_fields(struct harness *harness, const char *did, const char *audience);

/* The path of the last answer's Location, without its query and fragment. */
const char *crew_location(struct harness *harness);

#endif
