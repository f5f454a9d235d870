#ifndef GROUNDCREW_MODEL_WELCOME_H
#define GROUNDCREW_MODEL_WELCOME_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

/*
 * Queues the mail that welcomes someone to their group, once a placement.
 * False on a fault.
 */
bool welcome_queue(struct db *db, struct arena *arena, int64_t placement_id, int64_t now);

#endif
