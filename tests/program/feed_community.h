/*
 * What the tests of feeds begin with: a community in which things happened,
 * and eyes that read a feed as a strict XML parser does.
 *
 * Cohort "orion" (1) is running, with group "deneb" (1), its navigator Vega
 * who shows a public name, and the Djangonauts Lyra and Mira; "cygnus" (2) is
 * published and nothing happened in it; "draco" (3) is a draft.
 */
#ifndef TESTS_PROGRAM_FEED_COMMUNITY_H
#define TESTS_PROGRAM_FEED_COMMUNITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness.h"

/* Members of orion, as the SQL of the tests names them. */
enum {
	COMMUNITY_VEGA = 1, /* navigator, public name shown */
	COMMUNITY_LYRA, /* Djangonaut, no public name */
	COMMUNITY_MIRA, /* Djangonaut, public name "Mira of the Sea" */
	COMMUNITY_POLARIS /* organiser */
};

/* A word that no member made public. */
#define COMMUNITY_CANARY "canary-7f3a"

/* Fills the harness's database. */
void community_make(struct harness *harness);

/* cmocka's set-up and tear-down: *state is a harness of the program, filled,
 * after orion's opening; nothing is kept in the worker's cache. */
int community_set_up(void **state);
int community_tear_down(void **state);

/* Asks for a feed as one asks a new worker, since this handle's own writes do
 * not move its data_version; it is well-formed and valid, or the test fails. */
void community_look(struct harness *harness, const char *path);

/* An activity of orion at an instant. */
void community_activity(struct harness *harness, const char *kind, int64_t at);

/*
 * Publishes a highlight of week 3 by a member, quoting nothing, at the
 * harness's now; returns its id. The texts go past every form's door.
 */
int64_t
community_highlight(struct harness *harness, int64_t member, const char *title, const char *body);

/* A public check-in of a member in week 3, quoted by the highlight. */
void community_quote(struct harness *harness, int64_t highlight, int64_t member, const char *words);

/* The last answer's body is well-formed XML without DTD, or the test fails. */
void community_parse(struct harness *harness);

/*
 * What an XPath expression finds in the last answer's body, the prefix "a"
 * being Atom's, "at", "fh" and "thr" those of its extensions: the text of the
 * first node, or NULL; and how many nodes.
 */
const char *community_text(struct harness *harness, const char *path);

size_t community_count(struct harness *harness, const char *path);

/* The texts of all nodes, a line each. */
const char *community_texts(struct harness *harness, const char *path);

/* Whether HTML as libcmark writes it is balanced: it is then XML, too. */
bool community_is_balanced(const char *html);

/* The last answer's body fits the grammar of RFC 4287. */
void community_validate(struct harness *harness);

#endif
