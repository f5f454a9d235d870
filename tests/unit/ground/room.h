#ifndef TESTS_UNIT_GROUND_ROOM_H
#define TESTS_UNIT_GROUND_ROOM_H

#include <stdbool.h>

/*
 * Two folders, one that the sandbox allows and one it does not, for tests
 * that enter it in a process of their own (child.h): exit status 0 for what
 * the header promises, the number of the failed step otherwise, and
 * ROOM_MISSING where this kernel or this build cannot hold it.
 */
#define ROOM_MISSING 77

extern char room_inside[];
extern char room_outside[];

/* Make and remove the folders: a group's set-up and tear-down. */
int room_make(void **state);
int room_remove(void **state);

/* Enter the sandbox: writing inside, reading zoneinfo. */
bool room_enter(void);

/* Open a file of one of the folders. */
int room_open(const char *folder, const char *name, int flags);

/* The test passes if `work` exits with 0, or is skipped if it is MISSING. */
void room_expect_fine(int (*work)(void *));

/* The test passes if `work` is killed for a system call. */
void room_expect_killed(int (*work)(void *));

#endif
