#ifndef GROUNDCREW_MODEL_CALL_SIGN_H
#define GROUNDCREW_MODEL_CALL_SIGN_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

/*
 * What an application is called where names are not shown (product.md,
 * "Review"): the proper name of a star and a number, "Alcyone 37". It is drawn
 * at random, so it says nothing of who applied, nor of who applied first; it is
 * the only one of its kind in its cohort, and stays.
 */

/*
 * Gives one to an application that has none, in the caller's write
 * transaction. True when it has one afterwards; false on a fault.
 */
bool call_sign_give(struct db *db, struct arena *arena, int64_t application_id);

#endif
