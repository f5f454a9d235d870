#ifndef GROUNDCREW_MODEL_APPLICATION_ROWS_H
#define GROUNDCREW_MODEL_APPLICATION_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "model/application.h"

/* What the parts of "applying" share; nobody else needs it. */

/* Writes the projects chosen; those of a new application, or after those
 * there were have been deleted.  False: refused, or a fault. */
bool application_set_projects(
    struct db *db, int64_t application_id, const struct application_answers *answers);

/* Queues a mail about an application: its parameters are ids only. */
bool application_queue(struct db *db, struct arena *arena, const char *reason, const char *kind,
    int64_t application_id, int64_t cohort_id, const char *recipient, int64_t due_at, int64_t now);

#endif
