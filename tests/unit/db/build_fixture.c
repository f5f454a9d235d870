#include "build_fixture.h"

#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *
in_folder(const struct fixture *fixture, const char *name)
{
	return arena_format(fixture->arena, "%s/%s", fixture->folder, name);
}

int
build_begin(void **state)
{
	const struct fixture *fixture;

	if (fixture_begin(state) != 0) {
		return -1;
	}
	fixture = *state;
	return mkdir(in_folder(fixture, "sql"), 0777) +
	    mkdir(in_folder(fixture, "sql/schema"), 0777);
}

void
build_write(const struct fixture *fixture, const char *name, const char *text)
{
	fixture_write(in_folder(fixture, name), text, strlen(text));
}

const char *
build_read(const struct fixture *fixture, const char *name)
{
	const char *text = fixture_read(fixture, in_folder(fixture, name));

	if (text == NULL) {
		fail_msg("%s was not made", name);
	}
	return text;
}

void
build_sky(const struct fixture *fixture)
{
	static const char *const names[] = { "001_planets.sql", "002_moons.sql" };

	for (size_t i = 0; i < 2; i++) {
		build_write(fixture, arena_format(fixture->arena, "sql/schema/%s", names[i]),
		    fixture_read(fixture,
			arena_format(fixture->arena, "tests/data/db/planets/schema/%s", names[i])));
	}
}

/* In the child: the tool lies in tool/ of the folder this test was built in. */
static void
become_tool(const struct fixture *fixture)
{
	char path[PATH_MAX + 1] = "";
	int errors = open(in_folder(fixture, "errors"), O_WRONLY | O_CREAT | O_TRUNC, 0666);

	if (errors < 0 || dup2(errors, STDERR_FILENO) < 0 ||
	    readlink("/proc/self/exe", path, PATH_MAX) < 0) {
		_exit(100);
	}
	execl(arena_format(fixture->arena, "%s/../../../tool/queries", dirname(path)), "queries",
	    in_folder(fixture, "sql"), in_folder(fixture, "made"), (char *)NULL);
	_exit(101);
}

/* The tool's exit status on what the folder holds. */
static int
run_tool(const struct fixture *fixture)
{
	int status = -1;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		become_tool(fixture);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

void
build_compiles(const struct fixture *fixture)
{
	if (run_tool(fixture) != 0) {
		fail_msg("%s", build_read(fixture, "errors"));
	}
}

void
build_complains(const struct fixture *fixture, const char *line)
{
	const char *expected = arena_format(fixture->arena, "%s/sql/%s\n", fixture->folder, line);

	assert_int_equal(run_tool(fixture), 1);
	assert_string_equal(build_read(fixture, "errors"), expected);
	assert_false(fixture_exists(in_folder(fixture, "made")));
}

void
build_assert_has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL) {
		fail_msg("expected:\n%s\nin:\n%s", part, text);
	}
}
