#ifndef GROUND_SANDBOX_H
#define GROUND_SANDBOX_H

/*
 * What a worker cannot do any more once it runs, whoever got hold of it.
 *
 * Entered once, after the database, the FIFO, templates and log are open and
 * token_start() ran.  It holds for the rest of the process's life.
 *
 * - no_new_privs: no program it could start would have more rights.
 * - Landlock: of the file system only the given folders; there reading, or
 *   reading and writing (making and removing files, no folders, links or
 *   devices).  What is open stays usable.  No TCP, no signal or abstract
 *   socket to processes outside, where the kernel knows how to forbid these.
 * - seccomp: the system calls that SQLite (WAL, checkpoint, VACUUM), libfcgi
 *   on a listening socket it was given, the log and the FIFO need.  A program
 *   started, a process or thread made, memory made executable: the process is
 *   killed.  A new socket: EPERM.  Any other call: ENOSYS, for which the C
 *   library has another way or an error.
 *
 * SQLite's temporary files are to stay in memory (temp_store), since no
 * temporary folder is allowed.
 */

#include <stdbool.h>

struct sandbox_paths {
	const char *const *write; /* folders, NULL after the last; or NULL */
	const char *const *read; /* files or folders, likewise */
};

/*
 * Enter.  True when all of it holds.  False when a part does not, because the
 * kernel lacks it, a folder given does not exist, or the program was built
 * with AddressSanitizer (whose own work the sandbox forbids): what could be
 * done holds, and one line, level warning, says what is missing.  The caller
 * goes on, or refuses to run, by its configuration.
 *
 * A path that is listed and missing is skipped.  NULL allows no path at all.
 */
bool sandbox_enter(const struct sandbox_paths *paths);

#endif
