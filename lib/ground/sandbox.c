#include "ground/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ground/log.h"
#include "sandbox_calls.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* Rights younger than the kernel headers of Debian 12. */
#define RIGHT_TRUNCATE (UINT64_C(1) << 14) /* ABI 3 */
#define RIGHT_IOCTL_DEVICE (UINT64_C(1) << 15) /* ABI 5 */
#define NETWORK_TCP UINT64_C(3) /* bind, connect: ABI 4 */
#define SCOPE_ALL UINT64_C(3) /* abstract sockets, signals: ABI 6 */

#define ABI_WANTED 3

#define READ_RIGHTS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE_RIGHTS \
	(READ_RIGHTS | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | \
	    LANDLOCK_ACCESS_FS_REMOVE_FILE | RIGHT_TRUNCATE)
#define FILE_RIGHTS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | RIGHT_TRUNCATE)

/* struct landlock_ruleset_attr as ABI 6 has it; older ones are shorter. */
struct ruleset {
	uint64_t files;
	uint64_t network;
	uint64_t scopes;
};

/* What could not be done, in words of the log; NULL where all went well. */
struct shortfall {
	const char *landlock;
	const char *seccomp;
	const char *path;
};

/* All that this version of Landlock can forbid. */
static struct ruleset
everything(int abi)
{
	struct ruleset all = {
		.files = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1,
	};

	if (abi >= 2) {
		all.files |= LANDLOCK_ACCESS_FS_REFER;
	}
	if (abi >= 3) {
		all.files |= RIGHT_TRUNCATE;
	}
	if (abi >= 4) {
		all.network = NETWORK_TCP;
	}
	if (abi >= 5) {
		all.files |= RIGHT_IOCTL_DEVICE;
	}
	if (abi >= 6) {
		all.scopes = SCOPE_ALL;
	}
	return all;
}

static bool
allow_path(int rules, const char *path, uint64_t rights)
{
	const int file = open(path, O_PATH | O_CLOEXEC);
	struct landlock_path_beneath_attr beneath = { .parent_fd = file };
	struct stat status;
	bool is_done = false;

	if (file < 0) {
		return false;
	}
	if (fstat(file, &status) == 0) {
		beneath.allowed_access = S_ISDIR(status.st_mode) ? rights : rights & FILE_RIGHTS;
		is_done = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
			      &beneath, 0) == 0;
	}
	close(file);
	return is_done;
}

static void
allow_paths(int rules, const char *const *paths, uint64_t rights, struct shortfall *shortfall)
{
	for (; paths != NULL && *paths != NULL; paths++) {
		if (!allow_path(rules, *paths, rights)) {
			shortfall->path = *paths;
		}
	}
}

static void
enter_landlock(const struct sandbox_paths *paths, struct shortfall *shortfall)
{
	const int abi =
	    (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	const struct ruleset all = everything(abi);
	int rules;

	if (abi < 1) {
		shortfall->landlock = "absent";
		return;
	}
	if (abi < ABI_WANTED) {
		shortfall->landlock = "old";
	}
	/* Fields an older kernel does not know are zero, which it accepts. */
	rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
	if (rules < 0) {
		shortfall->landlock = "refused";
		return;
	}
	if (paths != NULL) {
		allow_paths(rules, paths->write, WRITE_RIGHTS & all.files, shortfall);
		allow_paths(rules, paths->read, READ_RIGHTS, shortfall);
	}
	if (syscall(SYS_landlock_restrict_self, rules, 0) != 0) {
		shortfall->landlock = "refused";
	}
	close(rules);
}

bool
sandbox_enter(const struct sandbox_paths *paths)
{
	struct shortfall shortfall = { 0 };

	if (SANITIZED) {
		log_line(LOG_LEVEL_WARNING,
		    "event=sandbox_off "
		    "reason=address_sanitizer");
		return false;
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
		log_line(LOG_LEVEL_WARNING,
		    "event=sandbox_off "
		    "reason=no_new_privs error=%d",
		    errno);
		return false;
	}
	enter_landlock(paths, &shortfall);
	/* Last: it forbids the calls that made the rest. */
	if (!sandbox_calls_forbid()) {
		shortfall.seccomp = "refused";
	}
	if (shortfall.landlock == NULL && shortfall.seccomp == NULL && shortfall.path == NULL) {
		return true;
	}
	log_line(LOG_LEVEL_WARNING,
	    "event=sandbox_incomplete landlock=%s "
	    "seccomp=%s missing_path=%s",
	    shortfall.landlock != NULL ? shortfall.landlock : "held",
	    shortfall.seccomp != NULL ? shortfall.seccomp : "held",
	    shortfall.path != NULL ? shortfall.path : "-");
	return false;
}
