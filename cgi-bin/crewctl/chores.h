#ifndef CREWCTL_CHORES_H
#define CREWCTL_CHORES_H

#include <stdbool.h>

struct crewctl;

/*
 * What an erasure leaves to do outside the database (safety 58): it is
 * written down in the journal, the mails written to that address are deleted
 * from the mail folder, and the write-ahead log is emptied, so that what was
 * erased is in no file of ours any more.  Done by the courier, which may reach
 * those files; each step may be repeated, and the erasure is ticked off last.
 *
 * Cheap when nobody was erased.  False when something is left for the next
 * time (logged).
 */
bool chores_after_erasures(struct crewctl *crewctl);

#endif
