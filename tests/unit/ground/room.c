#include "room.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "child.h"
#include "ground/sandbox.h"
/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

char room_inside[] = "/tmp/groundcrew-inside-XXXXXX";
char room_outside[] = "/tmp/groundcrew-outside-XXXXXX";

int
room_make(void **state)
{
	(void)state;
	return mkdtemp(room_inside) == NULL || mkdtemp(room_outside) == NULL ? 1 : 0;
}

static void
remove_folder(const char *folder)
{
	static const char *const names[] = { "db", "wal", "file" };
	char path[200];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
}

int
room_remove(void **state)
{
	(void)state;
	remove_folder(room_inside);
	remove_folder(room_outside);
	return 0;
}

bool
room_enter(void)
{
	const char *const write_paths[] = { room_inside, NULL };
	const char *const read_paths[] = { "/usr/share/zoneinfo", NULL };
	const struct sandbox_paths paths = {
		.write = write_paths,
		.read = read_paths,
	};

	return sandbox_enter(&paths);
}

int
room_open(const char *folder, const char *name, int flags)
{
	char path[200];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return open(path, flags | O_CLOEXEC, 0600);
}

void
room_expect_fine(int (*work)(void *))
{
	const struct child child = child_run(work, NULL);

	if (child_exit(&child) == ROOM_MISSING) {
		skip();
	}
	if (child_exit(&child) != 0) {
		fail_msg("exit %d signal %d: %s", child_exit(&child), child_signal(&child),
		    child.errors);
	}
}

void
room_expect_killed(int (*work)(void *))
{
	const struct child child = child_run(work, NULL);

	if (child_exit(&child) == ROOM_MISSING) {
		skip();
	}
	assert_int_equal(child_signal(&child), SIGSYS);
}
