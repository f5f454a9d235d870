/* What is inside the box: for the files of the harness alone. */
#ifndef TESTS_PROGRAM_HARNESS_BOX_H
#define TESTS_PROGRAM_HARNESS_BOX_H

#include "ground/bytes.h"
#include "harness.h"

enum { VARIABLES_MAX = 64, COOKIES_MAX = 8 };

struct cookie {
	const char *name;
	const char *value;
};

struct harness {
	struct arena *arena;
	struct site site;
	struct db *db;
	const struct program *program;
	int64_t now;
	struct cookie cookies[COOKIES_MAX];
	size_t cookie_count;

	const char *variables[VARIABLES_MAX];
	size_t variable_count;
	struct bytes *body; /* fields so far, or the whole body */
	size_t body_read;
	bool without_token;

	struct dispatch dispatch;
	const char *head;
};

#endif
