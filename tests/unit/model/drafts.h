/*
 * Drafts in tests: two browsers, and pages of theirs that save.
 */
#ifndef TESTS_UNIT_MODEL_DRAFTS_H
#define TESTS_UNIT_MODEL_DRAFTS_H

#include <stdbool.h>
#include <stdint.h>

#include "fixture.h"
#include "model/application.h"
#include "model/draft.h"

/* The key of the hashes, and the cookies' tokens. */
extern const unsigned char drafts_secret[32];
extern const char drafts_browser[];
extern const char drafts_other_browser[];

/* Who asks, from one network. */
struct application_sender drafts_sender(const char *email);

/* A page that is open in a browser; it has seen nothing. */
struct draft_page drafts_page(const char *token, const char *key, const char *fields);

/* What came of saving it. */
enum draft_save_outcome drafts_save(struct model *model, const struct draft_page *page,
    const char *email, int64_t now, struct draft *draft);

/* Saved by a page of drafts_browser. */
struct draft drafts_saved(struct model *model, const char *email, const char *fields, int64_t now);

/* The draft that this browser shows. */
bool drafts_has(struct model *model, const char *token, struct draft *draft);

/* Whether something can be sent from it. */
enum draft_window drafts_window(struct model *model, const struct draft *draft, int64_t now);

#endif
