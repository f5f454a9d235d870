/* What the sandbox lets through. */

#include "ground/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "child.h"
#include "ground/log.h"
#include "ground/token.h"
#include "ground/zone.h"
#include "room.h"
#include "unit.h"

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
	if (!room_enter()) {
		return ROOM_MISSING;
	}
	file = room_open(room_inside, "db", O_RDWR | O_CREAT);
	if (file < 0 || fcntl(file, F_SETLK, &lock) != 0) {
		return 1;
	}
	if (pwrite(file, &byte, 1, 40000) != 1 || fdatasync(file) != 0 || fsync(file) != 0 ||
	    pread(file, &byte, 1, 40000) != 1) {
		return 2;
	}
	memory = mmap(NULL, 32768, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (memory == MAP_FAILED || munmap(memory, 32768) != 0) {
		return 3;
	}
	if (ftruncate(file, 0) != 0 || fstat(file, &status) != 0 || fchmod(file, 0600) != 0 ||
	    fchown(file, geteuid(), getegid())) {
		return 4;
	}
	folder = open(room_inside, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0 || fsync(folder) != 0) {
		return 5;
	}
	file = room_open(room_inside, "db", O_RDWR | O_TRUNC);
	if (file < 0 || room_open(room_inside, "none", O_RDONLY) >= 0 || errno != ENOENT) {
		return 6;
	}
	return 0;
}

static void
lets_a_database_live_in_its_folder(void **state)
{
	(void)state;
	room_expect_fine(use_the_database);
}

static int
remove_a_file(void *unused)
{
	char path[200];
	const int file = room_open(room_inside, "wal", O_RDWR | O_CREAT);

	(void)unused;
	if (file < 0 || !room_enter()) {
		return ROOM_MISSING;
	}
	snprintf(path, sizeof(path), "%s/wal", room_inside);
	return unlink(path) == 0 ? 0 : 1;
}

static void
lets_files_of_its_folder_be_removed(void **state)
{
	(void)state;
	room_expect_fine(remove_a_file);
}

static int
read_zones(void *unused)
{
	(void)unused;
	if (!room_enter()) {
		return ROOM_MISSING;
	}
	if (!zone_ready() || !zone_exists("Asia/Kathmandu")) {
		return 1;
	}
	return zone_civil("Asia/Kathmandu", 1795330800).minute == 45 ? 0 : 2;
}

static void
safety_55_still_reads_zones(void **state)
{
	(void)state;
	room_expect_fine(read_zones);
}

static int
see_no_zones(void *unused)
{
	const char *const write_paths[] = { room_inside, NULL };
	const struct sandbox_paths paths = { .write = write_paths };

	(void)unused;
	if (!sandbox_enter(&paths)) {
		return ROOM_MISSING;
	}
	return !zone_ready() && !zone_exists("Europe/Vienna") ? 0 : 1;
}

static void
safety_55_notices_when_zones_cannot_be_read(void **state)
{
	(void)state;
	room_expect_fine(see_no_zones);
}

static int
listen_on(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path, path, strlen(path) + 1);
	if (bind(listening, (struct sockaddr *)&address, sizeof(address)) != 0 ||
	    listen(listening, 5) != 0) {
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
	return connect(peer, (struct sockaddr *)&address, sizeof(address)) == 0 ? peer : -1;
}

static int
serve_a_request(void *unused)
{
	char path[200], byte = 0;
	struct pollfd waiting = { .events = POLLIN };
	int listening, peer, request;

	(void)unused;
	snprintf(path, sizeof(path), "%s/socket", room_outside);
	listening = listen_on(path);
	peer = connect_to(path);
	unlink(path);
	if (listening < 0 || peer < 0 || write(peer, "r", 1) != 1 || !room_enter()) {
		return ROOM_MISSING;
	}
	waiting.fd = listening;
	if (poll(&waiting, 1, 1000) != 1) {
		return 1;
	}
	request = accept(listening, NULL, NULL);
	if (request < 0 || read(request, &byte, 1) != 1 || byte != 'r') {
		return 2;
	}
	if (write(request, "a", 1) != 1 || shutdown(request, SHUT_WR) != 0 || close(request) != 0) {
		return 3;
	}
	return read(peer, &byte, 1) == 1 && byte == 'a' ? 0 : 4;
}

static void
lets_requests_in_on_the_socket_it_was_given(void **state)
{
	(void)state;
	room_expect_fine(serve_a_request);
}

static int
wake_and_log(void *unused)
{
	char path[200], byte;
	int fifo;

	(void)unused;
	snprintf(path, sizeof(path), "%s/fifo", room_outside);
	fifo = mkfifo(path, 0600) == 0 ? open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC) : -1;
	unlink(path);
	if (fifo < 0 || !room_enter()) {
		return ROOM_MISSING;
	}
	log_line(LOG_LEVEL_INFO, "event=inside");
	return write(fifo, "w", 1) == 1 && read(fifo, &byte, 1) == 1 ? 0 : 1;
}

static void
lets_it_wake_the_courier_and_log(void **state)
{
	const struct child child = child_run(wake_and_log, NULL);

	(void)state;
	if (child_exit(&child) == ROOM_MISSING) {
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
	if (!token_start() || !room_enter()) {
		return ROOM_MISSING;
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
	room_expect_fine(use_memory_time_and_chance);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(lets_a_database_live_in_its_folder),
		UNIT(lets_files_of_its_folder_be_removed),
		UNIT(safety_55_still_reads_zones),
		UNIT(safety_55_notices_when_zones_cannot_be_read),
		UNIT(lets_requests_in_on_the_socket_it_was_given),
		UNIT(lets_it_wake_the_courier_and_log),
		UNIT(lets_it_use_memory_time_and_chance),
	};

	return cmocka_run_group_tests(tests, room_make, room_remove);
}
