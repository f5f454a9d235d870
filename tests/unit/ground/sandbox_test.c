#include "ground/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "child.h"
#include "ground/log.h"
#include "ground/token.h"
#include "ground/zone.h"
#include "unit.h"

/*
 * Each test enters the sandbox in a process of its own: exit status 0 for
 * what the header promises, the number of the failed step otherwise, and
 * MISSING where this machine's kernel cannot hold it.
 */
#define MISSING 77

static char inside[] = "/tmp/groundcrew-sandbox-XXXXXX";
static char outside[] = "/tmp/groundcrew-outside-XXXXXX";

static int
make_folders(void **state)
{
	(void)state;
	return mkdtemp(inside) == NULL || mkdtemp(outside) == NULL ? 1 : 0;
}

static void
empty_folder(const char *folder, const char *name)
{
	char path[200];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	unlink(path);
	rmdir(folder);
}

static int
remove_folders(void **state)
{
	(void)state;
	empty_folder(inside, "db");
	empty_folder(outside, "file");
	return 0;
}

static bool
enter(void)
{
	const char *const write_paths[] = { inside, NULL };
	const char *const read_paths[] = { "/usr/share/zoneinfo", NULL };
	const struct sandbox_paths paths = {
		.write = write_paths, .read = read_paths,
	};

	return sandbox_enter(&paths);
}

/* Open a file of one of the folders. */
static int
open_in(const char *folder, const char *name, int flags)
{
	char path[200];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return open(path, flags | O_CLOEXEC, 0600);
}

static void
expect_exit(int (*work)(void *), int status)
{
	const struct child child = child_run(work, NULL);

	if (child_exit(&child) == MISSING) {
		skip();
	}
	if (child_exit(&child) != status) {
		fail_msg("exit %d signal %d: %s", child_exit(&child),
		    child_signal(&child), child.errors);
	}
}

static void
expect_killed(int (*work)(void *))
{
	const struct child child = child_run(work, NULL);

	if (child_exit(&child) == MISSING) {
		skip();
	}
	assert_int_equal(child_signal(&child), SIGSYS);
}

/* What SQLite does to a database, its WAL and its shared memory. */
static int
use_the_database(void *unused)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	struct stat status;
	int file, folder;
	char byte = 'b';
	void *memory;

	(void)unused;
	if (!enter()) {
		return MISSING;
	}
	file = open_in(inside, "db", O_RDWR | O_CREAT);
	if (file < 0 || fcntl(file, F_SETLK, &lock) != 0) {
		return 1;
	}
	if (pwrite(file, &byte, 1, 40000) != 1 || fdatasync(file) != 0 ||
	    fsync(file) != 0 || pread(file, &byte, 1, 40000) != 1) {
		return 2;
	}
	memory = mmap(NULL, 32768, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (memory == MAP_FAILED || munmap(memory, 32768) != 0) {
		return 3;
	}
	if (ftruncate(file, 0) != 0 || fstat(file, &status) != 0 ||
	    fchmod(file, 0600) != 0 || fchown(file, geteuid(), getegid())) {
		return 4;
	}
	folder = open(inside, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0 || fsync(folder) != 0) {
		return 5;
	}
	file = open_in(inside, "db", O_RDWR | O_TRUNC);
	if (file < 0 || open_in(inside, "none", O_RDONLY) >= 0 ||
	    errno != ENOENT) {
		return 6;
	}
	return 0;
}

static void
lets_a_database_live_in_its_folder(void **state)
{
	(void)state;
	expect_exit(use_the_database, 0);
}

static int
remove_a_file(void *unused)
{
	char path[200];
	const int file = open_in(inside, "wal", O_RDWR | O_CREAT);

	(void)unused;
	if (file < 0 || !enter()) {
		return MISSING;
	}
	snprintf(path, sizeof(path), "%s/wal", inside);
	return unlink(path) == 0 ? 0 : 1;
}

static void
lets_files_of_its_folder_be_removed(void **state)
{
	(void)state;
	expect_exit(remove_a_file, 0);
}

static int
reach_outside(void *unused)
{
	char path[200];
	int file;

	(void)unused;
	close(open_in(outside, "file", O_RDWR | O_CREAT));
	if (!enter()) {
		return MISSING;
	}
	if (open_in(outside, "file", O_RDONLY) >= 0 || errno != EACCES) {
		return 1;
	}
	if (open_in(outside, "other", O_RDWR | O_CREAT) >= 0) {
		return 2;
	}
	snprintf(path, sizeof(path), "%s/file", outside);
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
	snprintf(path, sizeof(path), "%s/link", inside);
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
	expect_exit(reach_outside, 0);
}

static int
read_zones(void *unused)
{
	struct arena *arena = arena_new();

	(void)unused;
	if (!enter()) {
		return MISSING;
	}
	if (!zone_ready() || !zone_exists("Asia/Kathmandu")) {
		return 1;
	}
	return strcmp(zone_abbreviation(arena, "Asia/Kathmandu", 1795330800),
	    "+0545") == 0 ? 0 : 2;
}

static void
safety_55_still_reads_zones(void **state)
{
	(void)state;
	expect_exit(read_zones, 0);
}

static int
see_no_zones(void *unused)
{
	const char *const write_paths[] = { inside, NULL };
	const struct sandbox_paths paths = { .write = write_paths };

	(void)unused;
	if (!sandbox_enter(&paths)) {
		return MISSING;
	}
	return !zone_ready() && !zone_exists("Europe/Vienna") ? 0 : 1;
}

static void
safety_55_notices_when_zones_cannot_be_read(void **state)
{
	(void)state;
	expect_exit(see_no_zones, 0);
}

static int
listen_on(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path, path, strlen(path) + 1);
	if (bind(listening, (struct sockaddr *)&address,
	    sizeof(address)) != 0 || listen(listening, 5) != 0) {
		return -1;
	}
	return listening;
}

static int
connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const int peer = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path, path, strlen(path) + 1);
	return connect(peer, (struct sockaddr *)&address,
	    sizeof(address)) == 0 ? peer : -1;
}

static int
serve_a_request(void *unused)
{
	char path[200], byte = 0;
	struct pollfd waiting = { .events = POLLIN };
	int listening, peer, request;

	(void)unused;
	snprintf(path, sizeof(path), "%s/socket", outside);
	listening = listen_on(path);
	peer = connect_to(path);
	unlink(path);
	if (listening < 0 || peer < 0 || write(peer, "r", 1) != 1 ||
	    !enter()) {
		return MISSING;
	}
	waiting.fd = listening;
	if (poll(&waiting, 1, 1000) != 1) {
		return 1;
	}
	request = accept(listening, NULL, NULL);
	if (request < 0 || read(request, &byte, 1) != 1 || byte != 'r') {
		return 2;
	}
	if (write(request, "a", 1) != 1 || shutdown(request, SHUT_WR) != 0 ||
	    close(request) != 0) {
		return 3;
	}
	return read(peer, &byte, 1) == 1 && byte == 'a' ? 0 : 4;
}

static void
lets_requests_in_on_the_socket_it_was_given(void **state)
{
	(void)state;
	expect_exit(serve_a_request, 0);
}

static int
open_sockets(void *unused)
{
	int ends[2];

	(void)unused;
	if (!enter()) {
		return MISSING;
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
	expect_exit(open_sockets, 0);
}

static int
wake_and_log(void *unused)
{
	char path[200], byte;
	int fifo;

	(void)unused;
	snprintf(path, sizeof(path), "%s/fifo", outside);
	fifo = mkfifo(path, 0600) == 0 ?
	    open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC) : -1;
	unlink(path);
	if (fifo < 0 || !enter()) {
		return MISSING;
	}
	log_line(LOG_LEVEL_INFO, "event=inside");
	return write(fifo, "w", 1) == 1 && read(fifo, &byte, 1) == 1 ? 0 : 1;
}

static void
lets_it_wake_the_courier_and_log(void **state)
{
	const struct child child = child_run(wake_and_log, NULL);

	(void)state;
	if (child_exit(&child) == MISSING) {
		skip();
	}
	assert_int_equal(child_exit(&child), 0);
	assert_non_null(strstr(child.errors, "event=inside"));
}

static int
use_memory_time_and_chance(void *unused)
{
	struct arena *arena = arena_new();
	const struct timespec instant = { .tv_nsec = 1 };
	struct rlimit limit;
	unsigned char *piece;

	(void)unused;
	if (!token_start() || !enter()) {
		return MISSING;
	}
	for (size_t size = 1; size < 40000000; size *= 3) {
		piece = arena_alloc(arena, size);
		piece[size - 1] = 1;
	}
	arena_reset(arena);
	if (!token_is_shaped(token_random(arena)) || nanosleep(&instant, NULL) != 0 ||
	    getrlimit(RLIMIT_NOFILE, &limit) != 0) {
		return 1;
	}
	arena_free(arena);
	return 0;
}

static void
lets_it_use_memory_time_and_chance(void **state)
{
	(void)state;
	expect_exit(use_memory_time_and_chance, 0);
}

static int
start_a_program(void *unused)
{
	char *const words[] = { inside, NULL };

	(void)unused;
	if (!enter()) {
		return MISSING;
	}
	execv("/bin/true", words);
	return 1;
}

static int
make_a_process(void *unused)
{
	(void)unused;
	if (!enter()) {
		return MISSING;
	}
	return fork() == 0 ? 2 : 1;
}

static int
make_a_process_the_new_way(void *unused)
{
	(void)unused;
	if (!enter()) {
		return MISSING;
	}
	return syscall(SYS_clone3, NULL, 0) == 0 ? 2 : 1;
}

static int
map_executable_memory(void *unused)
{
	(void)unused;
	if (!enter()) {
		return MISSING;
	}
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? 1 : 2;
}

static int
make_memory_executable(void *unused)
{
	void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)unused;
	if (!enter()) {
		return MISSING;
	}
	return mprotect(memory, 4096, PROT_READ | PROT_EXEC) == 0 ? 2 : 1;
}

static void
kills_what_starts_a_program_or_a_process(void **state)
{
	(void)state;
	expect_killed(start_a_program);
	expect_killed(make_a_process);
	expect_killed(make_a_process_the_new_way);
}

static void
kills_what_makes_memory_executable(void **state)
{
	(void)state;
	expect_killed(map_executable_memory);
	expect_killed(make_memory_executable);
}

static int
signal_the_parent(void *unused)
{
	(void)unused;
	if (!enter()) {
		return MISSING;
	}
	return kill(getppid(), 0) == 0 ? 1 : 0;
}

static int
abort_inside(void *unused)
{
	(void)unused;
	if (!enter()) {
		return MISSING;
	}
	abort();
}

static void
signals_nobody_but_itself(void **state)
{
	struct child child;

	(void)state;
	expect_exit(signal_the_parent, 0);
	child = child_run(abort_inside, NULL);
	assert_int_equal(child_signal(&child), SIGABRT);
}

static int
name_a_folder_that_is_not(void *unused)
{
	const char *const write_paths[] = { inside, "/nowhere/at/all", NULL };
	const struct sandbox_paths paths = { .write = write_paths };

	(void)unused;
	if (sandbox_enter(&paths)) {
		return 1;
	}
	/* The rest holds nevertheless. */
	return open("/etc/passwd", O_RDONLY | O_CLOEXEC) < 0 ? 0 : MISSING;
}

static void
says_in_one_line_what_is_missing_and_goes_on(void **state)
{
	const struct child child = child_run(name_a_folder_that_is_not, NULL);

	(void)state;
	if (child_exit(&child) == MISSING) {
		skip();
	}
	assert_int_equal(child_exit(&child), 0);
	assert_non_null(strstr(child.errors, "level=warning"));
	assert_non_null(strstr(child.errors, "missing_path=/nowhere/at/all"));
	assert_ptr_equal(strchr(child.errors, '\n'),
	    child.errors + child.length - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(lets_a_database_live_in_its_folder),
		UNIT(lets_files_of_its_folder_be_removed),
		UNIT(shows_nothing_of_the_file_system_but_its_folders),
		UNIT(safety_55_still_reads_zones),
		UNIT(safety_55_notices_when_zones_cannot_be_read),
		UNIT(lets_requests_in_on_the_socket_it_was_given),
		UNIT(opens_no_socket_of_its_own),
		UNIT(lets_it_wake_the_courier_and_log),
		UNIT(lets_it_use_memory_time_and_chance),
		UNIT(kills_what_starts_a_program_or_a_process),
		UNIT(kills_what_makes_memory_executable),
		UNIT(signals_nobody_but_itself),
		UNIT(says_in_one_line_what_is_missing_and_goes_on),
	};

	return cmocka_run_group_tests(tests, make_folders, remove_folders);
}
