#ifndef MODEL_ERASE_PARTS_H
#define MODEL_ERASE_PARTS_H

#include <stdint.h>

#include "model/erase.h"

/*
 * Parts of an erasure: of what was sent to an address, and of what a person
 * said.  All run in the caller's write transaction; a fault is the
 * database's.
 */

/* Receipts, mail: addresses are kept as typed there, and compared by their
 * keys.  kind NULL: of every kind. */
void erase_receipts_to(struct db *db, struct arena *arena, const char *email_key);

void erase_mail_to(struct db *db, struct arena *arena, const char *email_key, const char *kind);

/* Strips an application of what is personal; name is put for the name. */
void
erase_application(struct db *db, struct arena *arena, int64_t id, const char *name, int64_t now);

/* Check-ins, questions, answers and highlights. */
void erase_said(struct db *db, const struct erase *erase, int64_t person_id, int64_t now);

#endif
