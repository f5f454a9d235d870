#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

/* Tests may look into the database past the model, programs may not. */
#include "../../lib/db/handle.h"
#include "ground/bytes.h"
#include "ground/text.h"
#include "ground/token.h"
#include "harness.h"
#include "model/person.h"
#include "model/programme.h"
#include "model/session.h"
#include "web/page.h"
#include "web/session.h"

enum { VARIABLES_MAX = 64, COOKIES_MAX = 8 };

struct cookie {
	const char	*name;
	const char	*value;
};

struct harness {
	struct arena	*arena;
	struct site	 site;
	struct db	*db;
	const struct program *program;
	int64_t		 now;
	struct cookie	 cookies[COOKIES_MAX];
	size_t		 cookie_count;

	const char	*variables[VARIABLES_MAX];
	size_t		 variable_count;
	struct bytes	*body;		/* fields so far, or the whole body */
	size_t		 body_read;
	bool		 without_token;

	struct dispatch	 dispatch;
	const char	*head;
};

/* The templates are loaded once a process: they never change. */
static void
load_pages(void)
{
	static bool is_loaded;
	const char *folder = getenv("GROUNDCREW_PAGES"), *problem = NULL;

	if (is_loaded) {
		return;
	}
	if (!token_start() ||
	    !page_start(folder == NULL ? "www/pages" : folder, &problem)) {
		fail_msg("pages: %s", problem == NULL ? "?" : problem);
	}
	is_loaded = true;
}

static void
make_programme(struct harness *harness)
{
	assert_true(db_begin_write(harness->db));
	assert_true(programme_begin(harness->db, harness->arena,
	    &(struct programme_insert_in){
		.name = "Test Programme",
		.tagline = "A programme for tests",
		.about = "",
		.contact = "hello@example.org",
		.conduct_link = "https://example.org/conduct",
		.tag_domain = "example.org",
		.tag_date = "2026-01-01",
		.feed_key = "aaaaaaaaaaaaaaaaaaaaaaaaaa" },
	    harness->now));
	assert_true(db_commit(harness->db));
}

struct harness *
harness_new_at(const struct program *program, const char *base)
{
	struct site_source source = { .base = base, .sandbox = "off" };
	struct arena *arena = arena_new();
	struct harness *harness = arena_alloc(arena, sizeof(*harness));
	const char *problem = NULL;

	load_pages();
	harness->arena = arena;
	harness->program = program;
	harness->now = HARNESS_NOW;
	harness->body = bytes_new(arena);
	if (!site_read(arena, &source, &harness->site, &problem)) {
		fail_msg("site: %s", problem);
	}
	harness->db = db_open(":memory:", DB_CREATE, &problem);
	if (harness->db == NULL || !db_migrate(harness->db, &problem)) {
		fail_msg("database: %s", problem);
	}
	make_programme(harness);
	return harness;
}

struct harness *
harness_new(const struct program *program)
{
	return harness_new_at(program, "http://localhost:8080");
}

void
harness_free(struct harness *harness)
{
	db_close(harness->db);
	arena_free(harness->arena);
}

void
harness_program(struct harness *harness, const struct program *program)
{
	harness->program = program;
}

void
harness_set_now(struct harness *harness, int64_t now)
{
	harness->now = now;
}

int64_t
harness_now(const struct harness *harness)
{
	return harness->now;
}

struct db *
harness_db(struct harness *harness)
{
	return harness->db;
}

struct arena *
harness_arena(struct harness *harness)
{
	return harness->arena;
}

const struct site *
harness_site(const struct harness *harness)
{
	return &harness->site;
}

/* ---- who ---- */

static void
cookie_set(struct harness *harness, const char *name, const char *value)
{
	size_t i;

	for (i = 0; i < harness->cookie_count; i++) {
		if (strcmp(harness->cookies[i].name, name) == 0) {
			harness->cookies[i].value = value;
			return;
		}
	}
	assert_true(harness->cookie_count < COOKIES_MAX);
	harness->cookies[harness->cookie_count++] =
	    (struct cookie){ name, value };
}

/* The cookie's value; NULL when it is not set, or was expired. */
static const char *
cookie_find(const struct harness *harness, const char *name)
{
	size_t i;

	for (i = 0; i < harness->cookie_count; i++) {
		if (strcmp(harness->cookies[i].name, name) == 0 &&
		    *harness->cookies[i].value != '\0') {
			return harness->cookies[i].value;
		}
	}
	return NULL;
}

int64_t
harness_person(struct harness *harness, const char *email, const char *name)
{
	int64_t id;

	assert_true(db_begin_write(harness->db));
	id = person_ensure(harness->db, harness->arena,
	    &(struct person_new){ .email = email, .name = name },
	    harness->now);
	assert_true(id > 0);
	assert_true(db_commit(harness->db));
	return id;
}

void
harness_sign_in_for(struct harness *harness, int64_t person,
    int64_t application)
{
	const char *token;

	assert_true(db_begin_write(harness->db));
	token = session_start(harness->db, harness->arena, person,
	    application, harness->now);
	assert_non_null(token);
	assert_true(db_commit(harness->db));
	cookie_set(harness, harness->site.session_cookie, token);
}

void
harness_sign_in(struct harness *harness, int64_t person)
{
	harness_sign_in_for(harness, person, DB_NULL);
}

void
harness_forget(struct harness *harness)
{
	harness->cookie_count = 0;
}

/* ---- the next request ---- */

void
harness_variable(struct harness *harness, const char *name,
    const char *value)
{
	assert_true(harness->variable_count + 16 < VARIABLES_MAX);
	harness->variables[harness->variable_count++] =
	    arena_format(harness->arena, "%s=%s", name, value);
}

void
harness_field(struct harness *harness, const char *name, const char *value)
{
	bytes_format(harness->body, "%s%s=%s",
	    harness->body->length > 0 ? "&" : "",
	    request_escape(harness->arena, name),
	    request_escape(harness->arena, value));
}

void
harness_body(struct harness *harness, const char *body)
{
	bytes_clear(harness->body);
	bytes_text(harness->body, body);
	harness->without_token = true;
}

void
harness_without_token(struct harness *harness)
{
	harness->without_token = true;
}

static size_t
read_body(void *stream, char *buffer, size_t length, bool *whole)
{
	struct harness *harness = stream;
	size_t left = harness->body->length - harness->body_read;

	if (length > left) {
		length = left;
	}
	memcpy(buffer, harness->body->data + harness->body_read, length);
	harness->body_read += length;
	*whole = true;
	return length;
}

static bool
has_variable(const struct harness *harness, const char *name)
{
	size_t length = strlen(name), i;

	for (i = 0; i < harness->variable_count; i++) {
		if (strncmp(harness->variables[i], name, length) == 0 &&
		    harness->variables[i][length] == '=') {
			return true;
		}
	}
	return false;
}

static void
add_default(struct harness *harness, const char *name, const char *value)
{
	if (!has_variable(harness, name)) {
		assert_true(harness->variable_count + 1 < VARIABLES_MAX);
		harness->variables[harness->variable_count++] =
		    arena_format(harness->arena, "%s=%s", name, value);
	}
}

static void
add_cookies(struct harness *harness)
{
	struct bytes *header = bytes_new(harness->arena);
	size_t i;

	for (i = 0; i < harness->cookie_count; i++) {
		if (*harness->cookies[i].value != '\0') {
			bytes_format(header, "%s%s=%s",
			    header->length > 0 ? "; " : "",
			    harness->cookies[i].name,
			    harness->cookies[i].value);
		}
	}
	if (header->length > 0) {
		add_default(harness, "HTTP_COOKIE", header->data);
	}
}

/* As a page would: the token of the session, or of the form cookie. */
static void
add_token(struct harness *harness)
{
	const char *token = cookie_find(harness,
	    harness->site.session_cookie);

	if (token == NULL) {
		token = cookie_find(harness, harness->site.form_cookie);
	}
	if (token == NULL) {
		token = token_random(harness->arena);
		cookie_set(harness, harness->site.form_cookie, token);
	}
	harness_field(harness, "_csrf", session_csrf(harness->arena, token));
}

/* Keeps the cookies of the answer, as a browser does. */
static void
keep_cookies(struct harness *harness)
{
	const struct response_header *header;

	for (header = harness->dispatch.response.headers; header != NULL;
	    header = header->next) {
		const char *equals = strchr(header->value, '=');
		size_t length;

		if (strcasecmp(header->name, "Set-Cookie") != 0 ||
		    equals == NULL) {
			continue;
		}
		length = strcspn(equals + 1, ";");
		cookie_set(harness, arena_copy_bytes(harness->arena,
		    header->value, (size_t)(equals - header->value)),
		    arena_copy_bytes(harness->arena, equals + 1, length));
	}
}

static void
forget_request(struct harness *harness)
{
	harness->variable_count = 0;
	harness->without_token = false;
	harness->body = bytes_new(harness->arena);
	harness->body_read = 0;
}

void
harness_send(struct harness *harness, const char *method, const char *path)
{
	struct request_source source = { harness->variables, read_body,
	    harness };

	if (strcmp(method, "POST") == 0) {
		if (!harness->without_token) {
			add_token(harness);
		}
		add_default(harness, "CONTENT_TYPE",
		    "application/x-www-form-urlencoded");
		add_default(harness, "CONTENT_LENGTH",
		    arena_format(harness->arena, "%zu",
		    harness->body->length));
	}
	add_default(harness, "REQUEST_METHOD", method);
	add_default(harness, "REQUEST_URI", arena_format(harness->arena,
	    "%s%s", harness->site.root, path));
	add_default(harness, "REMOTE_ADDR", "192.0.2.7");
	add_cookies(harness);
	harness->variables[harness->variable_count] = NULL;
	harness->dispatch = (struct dispatch){
		.arena = harness->arena,
		.db = harness->db,
		.site = &harness->site,
		.program = harness->program,
		.now = harness->now
	};
	dispatch_request(&harness->dispatch, &source);
	harness->head = response_head(&harness->dispatch.response)->data;
	dispatch_after(&harness->dispatch);
	keep_cookies(harness);
	forget_request(harness);
	assert_false(db_in_transaction(harness->db));
}

void
harness_get(struct harness *harness, const char *path)
{
	harness_send(harness, "GET", path);
}

void
harness_head(struct harness *harness, const char *path)
{
	harness_send(harness, "HEAD", path);
}

void
harness_post(struct harness *harness, const char *path)
{
	harness_send(harness, "POST", path);
}

/* ---- the last answer ---- */

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
	return harness->dispatch.request.head ? 0 :
	    harness->dispatch.response.body->length;
}

const char *
harness_body_text(const struct harness *harness)
{
	return harness->dispatch.request.head ? "" :
	    harness->dispatch.response.body->data;
}

const char *
harness_header(const struct harness *harness, const char *name)
{
	const char *line = harness->head;
	size_t length = strlen(name), end;

	while ((end = strcspn(line, "\r\n")) > 0) {
		if (strncasecmp(line, name, length) == 0 &&
		    line[length] == ':') {
			length += 1 + strspn(line + length + 1, " ");
			return arena_copy_bytes(harness->arena,
			    line + length, end - length);
		}
		line += end + 2;
	}
	return NULL;
}

void
harness_expect(const struct harness *harness, const char *text)
{
	if (strstr(harness_body_text(harness), text) == NULL) {
		fail_msg("expected \"%s\" in:\n%s\n%s", text, harness->head,
		    harness_body_text(harness));
	}
}

void
harness_expect_not(const struct harness *harness, const char *text)
{
	if (strstr(harness_body_text(harness), text) != NULL) {
		fail_msg("did not expect \"%s\" in:\n%s", text,
		    harness_body_text(harness));
	}
}

void
harness_expect_status(const struct harness *harness, int status)
{
	if (harness_status(harness) != status) {
		fail_msg("expected %d, got:\n%s\n%s", status, harness->head,
		    harness_body_text(harness));
	}
}

void
harness_expect_location(const struct harness *harness, const char *path)
{
	const char *location = harness_header(harness, "Location");
	const char *wanted = arena_format(harness->arena, "%s%s",
	    harness->site.root, path);

	if (!text_equal(location, wanted)) {
		fail_msg("expected Location %s, got:\n%s", wanted,
		    harness->head);
	}
}

/* ---- the database as such ---- */

void
harness_run_sql(struct harness *harness, const char *sql)
{
	char *problem = NULL;

	/* A GET leaves the handle unable to write. */
	assert_true(db_begin_write(harness->db));
	if (sqlite3_exec(harness->db->sqlite, sql, NULL, NULL, &problem) !=
	    SQLITE_OK) {
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
		bytes_format(out, "%s|", values[i] == NULL ? "NULL" :
		    values[i]);
	}
	bytes_char(out, '\n');
	return 0;
}

const char *
harness_rows(struct harness *harness, const char *sql)
{
	struct bytes *out = bytes_new(harness->arena);
	char *problem = NULL;

	if (sqlite3_exec(harness->db->sqlite, sql, dump_row, out, &problem) !=
	    SQLITE_OK) {
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
	const char *names = harness_rows(harness,
	    "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1");
	size_t length;

	while ((length = strcspn(names, "|")) > 0 && *names != '\0') {
		const char *name = arena_copy_bytes(harness->arena, names,
		    length);

		bytes_format(out, "-- %s\n%s", name, harness_rows(harness,
		    arena_format(harness->arena, "SELECT * FROM \"%s\"",
		    name)));
		names += length + 2;
	}
	return out->data;
}
