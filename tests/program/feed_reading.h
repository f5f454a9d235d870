/*
 * An Atom document as a strict reader has it: the parts that make a chain of
 * them one feed.
 */
#ifndef TESTS_PROGRAM_FEED_READING_H
#define TESTS_PROGRAM_FEED_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "ground/arena.h"

enum { READING_MAX = 100 };

struct reading_entry {
	const char *id;
	const char *title;
	const char *published;
	const char *updated;
	bool is_blank; /* it says that it was taken back */
};

struct reading {
	const char *id;
	const char *self;
	const char *previous; /* NULL: none */
	const char *current;
	const char *updated;
	bool is_archive;
	bool is_complete;
	struct reading_entry entries[READING_MAX];
	size_t entry_count;
	const char *tombstones[READING_MAX];
	size_t tombstone_count;
};

/* Fails the test where the document is not well-formed, has a DTD, or more of
 * something than there may be. */
struct reading reading_atom(struct arena *arena, const char *document, size_t length);

#endif
