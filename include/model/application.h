#ifndef GROUNDCREW_MODEL_APPLICATION_H
#define GROUNDCREW_MODEL_APPLICATION_H

#include <stdbool.h>

#include "db/query/application.h"

struct arena;
struct db;

/* The application with this key; strings belong to the arena.
 * False: none, or a fault. */
bool application_find(struct db *db, struct arena *arena, const char *key,
    struct application *application);

#endif
