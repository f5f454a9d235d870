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

/* Writes the answers to the cohort's questions likewise. */
bool application_set_items(struct db *db, struct arena *arena, int64_t application_id,
    const struct application_answers *answers);

/* All answers in one hash: the same words give the same. */
const char *application_words_hash(struct arena *arena, const struct application_answers *answers);

/* Queues a mail about an application: its parameters are ids only. */
bool application_queue(struct db *db, struct arena *arena, const char *reason, const char *kind,
    int64_t application_id, int64_t cohort_id, const char *recipient, int64_t due_at, int64_t now);

/*
 * Notes that a mail about applying was asked for, and returns when it is due:
 * now, or an hour later for every 300 of this network, or 5 to this address,
 * that an hour has seen (safety 19).
 */
int64_t application_mail_due(struct db *db, struct arena *arena,
    const struct application_sender *sender, const char *email_key, int64_t now);

#endif
