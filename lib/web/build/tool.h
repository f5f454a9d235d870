/*
 * What the build tools of the web floor share: reading sources, listing a
 * folder, complaining with file and line, and writing only what changed.
 *
 * A tool reads everything, complains about everything it finds wrong, and
 * writes nothing unless the whole input was right, so a half-right build is
 * never left behind.  All memory is the arena's; nothing is freed singly.
 */
#ifndef GROUNDCREW_WEB_BUILD_TOOL_H
#define GROUNDCREW_WEB_BUILD_TOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "ground/arena.h"
#include "ground/bytes.h"

/* A source file held whole; `text` is NUL terminated after `length` bytes. */
struct source {
	const char *path; /* as opened, for messages */
	const char *name; /* relative to the folder it was found in */
	const char *text;
	size_t length;
};

struct names {
	const char **names;
	size_t count;
};

/*
 * Reads a file whole.  A missing or unreadable file is a complaint (line 0)
 * and an empty source.
 */
struct source tool_read(struct arena *, const char *path, const char *name);

/*
 * The entries of a folder whose names end in `suffix` ("" for all), without
 * those beginning with a dot, in byte order.  A missing folder has none.
 */
struct names tool_list(struct arena *, const char *folder, const char *suffix);

/* Whether the path is a folder. */
bool tool_is_folder(const char *path);

/*
 * Prints "file:line: words" on stderr and makes tool_failed() true.  Line 0
 * leaves the line out.
 */
void tool_complain(const char *file, size_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool tool_failed(void);

/* The line, counted from 1, of an offset in a source. */
size_t tool_line(const struct source *, size_t offset);

/*
 * Writes the bytes to folder/name, through a temporary file and a rename, and
 * only if the file does not hold these bytes already; makes the folders on
 * the way.  Failing to write is a complaint.
 */
void tool_write(struct arena *, const char *folder, const char *name, const struct bytes *);

/* Whether the word is a keyword of C or C++ and so cannot name a field. */
bool tool_is_keyword(const char *word);

/* Appends the bytes as one C string literal, with its quotes. */
void tool_literal(struct bytes *, const char *text, size_t length);

#endif
