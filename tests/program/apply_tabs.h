/*
 * The form of applications to "orion", as it stands open in a browser's tabs.
 */
#ifndef TESTS_PROGRAM_APPLY_TABS_H
#define TESTS_PROGRAM_APPLY_TABS_H

#include <stdint.h>

#include "harness.h"

#define TAB_FORM "/apply/orion"

struct tab {
	const char *key;
	const char *mark;
};

/* How many rows "table" or "table WHERE …" has. */
int64_t tab_count(struct harness *h, const char *what);

/* Opens the form in a tab. */
struct tab tab_open(struct harness *h);

/* Sends the fields given before by a button of the tab; step NULL: by the one
 * that sends the application. */
void tab_press(struct harness *h, const struct tab *tab, const char *step);

/* Writes only this much, and presses the button that saves. */
void tab_save(struct harness *h, const char *name, const char *email);

/* Valid answers of this name and address as fields of the next request. */
void tab_fill(struct harness *h, const char *name, const char *email);

/* The path of the link in a draft's mail, recorded as the courier does. */
const char *tab_link(struct harness *h, int64_t draft_id);

#endif
