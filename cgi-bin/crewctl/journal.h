#ifndef CREWCTL_JOURNAL_H
#define CREWCTL_JOURNAL_H

/*
 * The journal of erasures: a file beside the database, never in a backup of
 * it, by which a restored database forgets again whom it had forgotten.
 *
 * A line for each erasure: the instant (UTC seconds), the address's hash
 * (keyed with the key file's key, so that the journal names nobody), and
 * "withdrawn" or "kept" for what the person had made public:
 *
 *	1794823200 5d0c…e1 kept
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/query/restore.h"

struct arena;
struct site;

/* Its path: GROUNDCREW_JOURNAL, else the database's with ".erasures". */
const char *journal_path(struct arena *arena, const struct site *site);

/* Appends the erasures that are not there yet; true once all are on the disk. */
bool journal_append(const char *path, const struct erasure *erasures, size_t count);

/*
 * Reads the whole journal, oldest first; a file that is not there is empty,
 * and a last line that a crash cut off is passed over.  False with one line
 * in *problem when it cannot be read, or a line is none of ours.
 */
bool journal_read(
    struct arena *arena, const char *path, struct erasure_rows *erasures, const char **problem);

#endif
