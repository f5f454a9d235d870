#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

/* Tests may look into the database past the model, programs may not. */
#include "../../lib/db/handle.h"
#include "ground/text.h"
#include "harness_box.h"

int
harness_status(const struct harness *harness)
{
	return harness->dispatch.response.status;
}

const char *
harness_head_text(const struct harness *harness)
{
	return harness->head;
}

size_t
harness_body_length(const struct harness *harness)
{
	return harness->dispatch.request.head ? 0 : harness->dispatch.response.body->length;
}

const char *
harness_body_text(const struct harness *harness)
{
	return harness->dispatch.request.head ? "" : harness->dispatch.response.body->data;
}

const char *
harness_header(const struct harness *harness, const char *name)
{
	const char *line = harness->head;
	size_t length = strlen(name), end;

	while ((end = strcspn(line, "\r\n")) > 0) {
		if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
			length += 1 + strspn(line + length + 1, " ");
			return arena_copy_bytes(harness->arena, line + length, end - length);
		}
		line += end + 2;
	}
	return NULL;
}

void
harness_expect(const struct harness *harness, const char *text)
{
	if (strstr(harness_body_text(harness), text) == NULL) {
		fail_msg(
		    "expected \"%s\" in:\n%s\n%s", text, harness->head, harness_body_text(harness));
	}
}

void
harness_expect_not(const struct harness *harness, const char *text)
{
	if (strstr(harness_body_text(harness), text) != NULL) {
		fail_msg("did not expect \"%s\" in:\n%s", text, harness_body_text(harness));
	}
}

void
harness_expect_status(const struct harness *harness, int status)
{
	if (harness_status(harness) != status) {
		fail_msg(
		    "expected %d, got:\n%s\n%s", status, harness->head, harness_body_text(harness));
	}
}

void
harness_expect_location(const struct harness *harness, const char *path)
{
	const char *location = harness_header(harness, "Location");
	const char *wanted = arena_format(harness->arena, "%s%s", harness->site.root, path);

	if (!text_equal(location, wanted)) {
		fail_msg("expected Location %s, got:\n%s", wanted, harness->head);
	}
}

/* ---- the database as such ---- */

void
harness_run_sql(struct harness *harness, const char *sql)
{
	char *problem = NULL;

	/* A GET leaves the handle unable to write. */
	assert_true(db_begin_write(harness->db));
	if (sqlite3_exec(harness->db->sqlite, sql, NULL, NULL, &problem) != SQLITE_OK) {
		fail_msg("%s: %s", sql, problem);
	}
	assert_true(db_commit(harness->db));
}

/* Adds a row to the text of a dump. */
static int
dump_row(void *context, int count, char **values, char **names)
{
	struct bytes *out = context;
	int i;

	(void)names;
	for (i = 0; i < count; i++) {
		bytes_format(out, "%s|", values[i] == NULL ? "NULL" : values[i]);
	}
	bytes_char(out, '\n');
	return 0;
}

const char *
harness_rows(struct harness *harness, const char *sql)
{
	struct bytes *out = bytes_new(harness->arena);
	char *problem = NULL;

	if (sqlite3_exec(harness->db->sqlite, sql, dump_row, out, &problem) != SQLITE_OK) {
		fail_msg("%s: %s", sql, problem);
	}
	return out->data;
}

int64_t
harness_number(struct harness *harness, const char *sql)
{
	return strtoll(harness_rows(harness, sql), NULL, 10);
}

const char *
harness_dump(struct harness *harness)
{
	struct bytes *out = bytes_new(harness->arena);
	const char *names =
	    harness_rows(harness, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1");
	size_t length;

	while ((length = strcspn(names, "|")) > 0 && *names != '\0') {
		const char *name = arena_copy_bytes(harness->arena, names, length);

		bytes_format(out, "-- %s\n%s", name,
		    harness_rows(
			harness, arena_format(harness->arena, "SELECT * FROM \"%s\"", name)));
		names += length + 2;
	}
	return out->data;
}
