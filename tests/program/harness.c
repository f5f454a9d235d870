#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

#include "ground/bytes.h"
#include "ground/text.h"
#include "ground/token.h"
#include "harness_box.h"
#include "model/person.h"
#include "model/programme.h"
#include "model/session.h"
#include "web/page.h"
#include "web/session.h"

/* The templates are loaded once a process: they never change. */
static void
load_pages(void)
{
	static bool is_loaded;
	const char *folder = getenv("GROUNDCREW_PAGES"), *problem = NULL;

	if (is_loaded) {
		return;
	}
	if (!token_start() || !page_start(folder == NULL ? "www/pages" : folder, &problem)) {
		fail_msg("pages: %s", problem == NULL ? "?" : problem);
	}
	is_loaded = true;
}

static void
make_programme(struct harness *harness)
{
	assert_true(db_begin_write(harness->db));
	assert_true(programme_begin(harness->db, harness->arena,
	    &(struct programme_insert_in){ .name = "Test Programme",
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

void
harness_hub(struct harness *harness, const char *hub)
{
	harness->site.hub = hub;
}

/* ---- who ---- */

void
harness_cookie(struct harness *harness, const char *name, const char *value)
{
	size_t i;

	for (i = 0; i < harness->cookie_count; i++) {
		if (strcmp(harness->cookies[i].name, name) == 0) {
			harness->cookies[i].value = value;
			return;
		}
	}
	assert_true(harness->cookie_count < COOKIES_MAX);
	harness->cookies[harness->cookie_count++] = (struct cookie){ name, value };
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
	    &(struct person_new){ .email = email, .name = name }, harness->now);
	assert_true(id > 0);
	assert_true(db_commit(harness->db));
	return id;
}

void
harness_sign_in_for(struct harness *harness, int64_t person, int64_t application)
{
	const char *token;

	assert_true(db_begin_write(harness->db));
	token = session_start(harness->db, harness->arena, person, application, harness->now);
	assert_non_null(token);
	assert_true(db_commit(harness->db));
	harness_cookie(harness, harness->site.session_cookie, token);
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
harness_variable(struct harness *harness, const char *name, const char *value)
{
	assert_true(harness->variable_count + 16 < VARIABLES_MAX);
	harness->variables[harness->variable_count++] =
	    arena_format(harness->arena, "%s=%s", name, value);
}

void
harness_field(struct harness *harness, const char *name, const char *value)
{
	bytes_format(harness->body, "%s%s=%s", harness->body->length > 0 ? "&" : "",
	    request_escape(harness->arena, name), request_escape(harness->arena, value));
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
			bytes_format(header, "%s%s=%s", header->length > 0 ? "; " : "",
			    harness->cookies[i].name, harness->cookies[i].value);
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
	const char *token = cookie_find(harness, harness->site.session_cookie);

	if (token == NULL) {
		token = cookie_find(harness, harness->site.form_cookie);
	}
	if (token == NULL) {
		token = token_random(harness->arena);
		harness_cookie(harness, harness->site.form_cookie, token);
	}
	harness_field(harness, "_csrf", session_csrf(harness->arena, token));
}

/* Keeps the cookies of the answer, as a browser does. */
static void
keep_cookies(struct harness *harness)
{
	const struct response_header *header;

	for (header = harness->dispatch.response.headers; header != NULL; header = header->next) {
		const char *equals = strchr(header->value, '=');
		size_t length;

		if (strcasecmp(header->name, "Set-Cookie") != 0 || equals == NULL) {
			continue;
		}
		length = strcspn(equals + 1, ";");
		harness_cookie(harness,
		    arena_copy_bytes(
			harness->arena, header->value, (size_t)(equals - header->value)),
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
	struct request_source source = { harness->variables, read_body, harness };

	if (strcmp(method, "POST") == 0) {
		if (!harness->without_token) {
			add_token(harness);
		}
		add_default(harness, "CONTENT_TYPE", "application/x-www-form-urlencoded");
		add_default(harness, "CONTENT_LENGTH",
		    arena_format(harness->arena, "%zu", harness->body->length));
	}
	add_default(harness, "REQUEST_METHOD", method);
	add_default(
	    harness, "REQUEST_URI", arena_format(harness->arena, "%s%s", harness->site.root, path));
	add_default(harness, "REMOTE_ADDR", "192.0.2.7");
	add_cookies(harness);
	harness->variables[harness->variable_count] = NULL;
	harness->dispatch = (struct dispatch){ .arena = harness->arena,
		.db = harness->db,
		.site = &harness->site,
		.program = harness->program,
		.now = harness->now };
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
