/* What the sandbox forbids. */

#include "ground/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "child.h"
#include "room.h"
#include "unit.h"

static int
reach_outside(void *unused)
{
	char path[200];
	int file;

	(void)unused;
	close(room_open(room_outside, "file", O_RDWR | O_CREAT));
	if (!room_enter()) {
		return ROOM_MISSING;
	}
	if (room_open(room_outside, "file", O_RDONLY) >= 0 || errno != EACCES) {
		return 1;
	}
	if (room_open(room_outside, "other", O_RDWR | O_CREAT) >= 0) {
		return 2;
	}
	snprintf(path, sizeof(path), "%s/file", room_outside);
	if (unlink(path) == 0 || truncate(path, 0) == 0) {
		return 3;
	}
	file = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
	if (file >= 0 || open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) >= 0) {
		return 4;
	}
	if (open("/usr/share/zoneinfo/UTC", O_RDWR | O_CLOEXEC) >= 0) {
		return 5;
	}
	snprintf(path, sizeof(path), "%s/link", room_inside);
	if (symlink("/etc/passwd", path) == 0 || mkdir(path, 0700) == 0 ||
	    mkfifo(path, 0600) == 0 || link("/etc/passwd", path) == 0) {
		return 6;
	}
	return 0;
}

static void
shows_nothing_of_the_file_system_but_its_folders(void **state)
{
	(void)state;
	room_expect_fine(reach_outside);
}

static int
open_sockets(void *unused)
{
	int ends[2];

	(void)unused;
	if (!room_enter()) {
		return ROOM_MISSING;
	}
	if (socket(AF_UNIX, SOCK_STREAM, 0) >= 0 || errno != EPERM) {
		return 1;
	}
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM) {
		return 2;
	}
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 || errno != EPERM) {
		return 3;
	}
	return 0;
}

static void
opens_no_socket_of_its_own(void **state)
{
	(void)state;
	room_expect_fine(open_sockets);
}

static int
start_a_program(void *unused)
{
	char *const words[] = { room_inside, NULL };

	(void)unused;
	if (!room_enter()) {
		return ROOM_MISSING;
	}
	execv("/bin/true", words);
	return 1;
}

static int
make_a_process(void *unused)
{
	(void)unused;
	if (!room_enter()) {
		return ROOM_MISSING;
	}
	return fork() == 0 ? 2 : 1;
}

static int
make_a_process_the_new_way(void *unused)
{
	(void)unused;
	if (!room_enter()) {
		return ROOM_MISSING;
	}
	return syscall(SYS_clone3, NULL, 0) == 0 ? 2 : 1;
}

static int
map_executable_memory(void *unused)
{
	(void)unused;
	if (!room_enter()) {
		return ROOM_MISSING;
	}
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		   0) == MAP_FAILED
	    ? 1
	    : 2;
}

static int
make_memory_executable(void *unused)
{
	void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)unused;
	if (!room_enter()) {
		return ROOM_MISSING;
	}
	return mprotect(memory, 4096, PROT_READ | PROT_EXEC) == 0 ? 2 : 1;
}

static void
kills_what_starts_a_program_or_a_process(void **state)
{
	(void)state;
	room_expect_killed(start_a_program);
	room_expect_killed(make_a_process);
	room_expect_killed(make_a_process_the_new_way);
}

static void
kills_what_makes_memory_executable(void **state)
{
	(void)state;
	room_expect_killed(map_executable_memory);
	room_expect_killed(make_memory_executable);
}

static int
signal_the_parent(void *unused)
{
	(void)unused;
	if (!room_enter()) {
		return ROOM_MISSING;
	}
	return kill(getppid(), 0) == 0 ? 1 : 0;
}

static int
abort_inside(void *unused)
{
	(void)unused;
	if (!room_enter()) {
		return ROOM_MISSING;
	}
	abort();
}

static void
signals_nobody_but_itself(void **state)
{
	struct child child;

	(void)state;
	room_expect_fine(signal_the_parent);
	child = child_run(abort_inside, NULL);
	assert_int_equal(child_signal(&child), SIGABRT);
}

static int
name_a_folder_that_is_not(void *unused)
{
	const char *const write_paths[] = { room_inside, "/nowhere/at/all", NULL };
	const struct sandbox_paths paths = { .write = write_paths };

	(void)unused;
	if (sandbox_enter(&paths)) {
		return 1;
	}
	/* The rest holds nevertheless. */
	return open("/etc/passwd", O_RDONLY | O_CLOEXEC) < 0 ? 0 : ROOM_MISSING;
}

static void
says_in_one_line_what_is_missing_and_goes_on(void **state)
{
	const struct child child = child_run(name_a_folder_that_is_not, NULL);

	(void)state;
	if (child_exit(&child) == ROOM_MISSING) {
		skip();
	}
	assert_int_equal(child_exit(&child), 0);
	assert_non_null(strstr(child.errors, "level=warning"));
	assert_non_null(strstr(child.errors, "missing_path=/nowhere/at/all"));
	assert_ptr_equal(strchr(child.errors, '\n'), child.errors + child.length - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(shows_nothing_of_the_file_system_but_its_folders),
		UNIT(opens_no_socket_of_its_own),
		UNIT(kills_what_starts_a_program_or_a_process),
		UNIT(kills_what_makes_memory_executable),
		UNIT(signals_nobody_but_itself),
		UNIT(says_in_one_line_what_is_missing_and_goes_on),
	};

	return cmocka_run_group_tests(tests, room_make, room_remove);
}
