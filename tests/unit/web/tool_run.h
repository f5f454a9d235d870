/*
 * Running the build tools from a test: a temporary folder, files in it, and a
 * command whose complaints are kept.
 */
#ifndef GROUNDCREW_TESTS_TOOL_RUN_H
#define GROUNDCREW_TESTS_TOOL_RUN_H

#include "ground/arena.h"

struct tool_result {
	int status; /* exit status, -1 when it did not exit */
	const char *words; /* what it wrote on stdout and stderr */
};

/* A new, empty folder under /tmp. */
const char *tool_folder(struct arena *);

/* Removes the folder and all in it. */
void tool_folder_remove(struct arena *, const char *folder);

/* Writes folder/name, making folders on the way. */
void tool_file(struct arena *, const char *folder, const char *name, const char *text);

/* What folder/name holds; NULL when there is none. */
const char *tool_file_read(struct arena *, const char *folder, const char *name);

/* Runs one of the tools of this build. */
struct tool_result tool_run(struct arena *, const char *tool, const char *in, const char *out);

/* Runs `diff -ru left right`. */
struct tool_result tool_diff(struct arena *, const char *left, const char *right);

#endif
