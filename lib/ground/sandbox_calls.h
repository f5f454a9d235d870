#ifndef GROUND_SANDBOX_CALLS_H
#define GROUND_SANDBOX_CALLS_H

/* The seccomp half of the sandbox, private to it. */

#include <stdbool.h>

/*
 * Forbid all system calls but those listed in sandbox_calls.c, as
 * ground/sandbox.h says.  False when the kernel or libseccomp cannot; then
 * nothing is forbidden.
 */
bool sandbox_calls_forbid(void);

#endif
