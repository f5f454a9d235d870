#ifndef TESTS_UNIT_GROUND_CHILD_H
#define TESTS_UNIT_GROUND_CHILD_H

#include <stddef.h>

/*
 * Run `work(argument)` in a process of its own whose stderr is caught; what
 * `work` returns is its exit status.
 */
struct child {
	int status; /* as waitpid(2) gives it */
	char errors[16384]; /* what it wrote to stderr, NUL terminated */
	size_t length;
};

struct child child_run(int (*work)(void *), void *argument);

/* The exit status, or −1 when a signal ended it. */
int child_exit(const struct child *child);

/* The signal that ended it, or 0 when it exited. */
int child_signal(const struct child *child);

#endif
