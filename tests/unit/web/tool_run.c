#include "tool_run.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ground/bytes.h"

const char *
tool_folder(struct arena *arena)
{
	char name[] = "/tmp/groundcrew-test-XXXXXX";

	if (mkdtemp(name) == NULL) {
		abort();
	}
	return arena_copy(arena, name);
}

/* Runs a command and keeps what it writes. */
static struct tool_result
command_run(struct arena *arena, const char *const *command)
{
	struct tool_result result = { -1, "" };
	struct bytes *words = bytes_new(arena);
	char chunk[4096];
	ssize_t count;
	int status;
	int ends[2];
	pid_t child;

	if (pipe(ends) != 0 || (child = fork()) < 0) {
		abort();
	}
	if (child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		/* execvp() does not write to its arguments. */
		execvp(command[0], (char *const *)(uintptr_t)command);
		_exit(127);
	}
	close(ends[1]);
	while ((count = read(ends[0], chunk, sizeof(chunk))) > 0) {
		bytes_append(words, chunk, (size_t)count);
	}
	close(ends[0]);
	if (waitpid(child, &status, 0) == child && WIFEXITED(status)) {
		result.status = WEXITSTATUS(status);
	}
	result.words = words->data;
	return result;
}

void
tool_folder_remove(struct arena *arena, const char *folder)
{
	const char *const command[] = { "rm", "-rf", "--", folder, NULL };

	command_run(arena, command);
}

void
tool_file(struct arena *arena, const char *folder, const char *name, const char *text)
{
	const char *whole = arena_format(arena, "%s/%s", folder, name);
	char *copy = arena_copy_bytes(arena, whole, strlen(whole));
	char *slash;
	FILE *file;

	for (slash = strchr(copy + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(copy, 0777);
		*slash = '/';
	}
	file = fopen(whole, "wb");
	if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) {
		abort();
	}
}

const char *
tool_file_read(struct arena *arena, const char *folder, const char *name)
{
	FILE *file = fopen(arena_format(arena, "%s/%s", folder, name), "rb");
	struct bytes *text = bytes_new(arena);
	char chunk[4096];
	size_t count;

	if (file == NULL) {
		return NULL;
	}
	while ((count = fread(chunk, 1, sizeof(chunk), file)) > 0) {
		bytes_append(text, chunk, count);
	}
	fclose(file);
	return text->data;
}

/* The build folder: this binary is BUILD/tests/unit/web/<name>. */
static const char *
build_folder(struct arena *arena)
{
	char path[4096];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *tests;
	char *next;

	if (length < 0) {
		abort();
	}
	path[length] = '\0';
	tests = strstr(path, "/tests/unit/");
	while (tests != NULL && (next = strstr(tests + 1, "/tests/unit/")) != NULL) {
		tests = next;
	}
	if (tests == NULL) {
		abort();
	}
	*tests = '\0';
	return arena_copy(arena, path);
}

struct tool_result
tool_run(struct arena *arena, const char *tool, const char *in, const char *out)
{
	const char *path = arena_format(arena, "%s/tool/%s", build_folder(arena), tool);
	const char *const command[] = { path, in, out, NULL };

	return command_run(arena, command);
}

struct tool_result
tool_diff(struct arena *arena, const char *left, const char *right)
{
	const char *const command[] = { "diff", "-ru", left, right, NULL };

	return command_run(arena, command);
}
