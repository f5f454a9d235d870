#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "ground/text.h"
#include "ground/token.h"
#include "web/request.h"

/* The first variable of this name, or NULL; `count` may be NULL. */
static const char *
request_variable(const struct request_source *source, const char *name, size_t *count)
{
	const char *const *row;
	const char *value = NULL;
	size_t length = strlen(name), found = 0;

	for (row = source->variables; *row != NULL; row++) {
		if (strncmp(*row, name, length) == 0 && (*row)[length] == '=') {
			if (found++ == 0) {
				value = *row + length + 1;
			}
		}
	}
	if (count != NULL) {
		*count = found;
	}
	return value;
}

/* A header that is not sent and one that is empty say the same. */
static const char *
request_header(struct arena *arena, const struct request_source *source, const char *name)
{
	const char *value = request_variable(source, name, NULL);

	return value == NULL || *value == '\0' ? NULL : arena_copy(arena, value);
}

/* See request.h: anything but one plain line is as good as nothing. */
static const char *
request_agent(struct arena *arena, const struct request_source *source)
{
	const char *value = request_header(arena, source, "HTTP_USER_AGENT"), *at;

	if (value == NULL || strlen(value) > REQUEST_AGENT_MAX) {
		return NULL;
	}
	for (at = value; *at != '\0'; at++) {
		if (*at < ' ' || *at > '~') {
			return NULL;
		}
	}
	return value;
}

/*
 * Where it comes from, as coarsely as limits need it: a /24 or a /56. An
 * address is never kept or logged whole.
 */
static const char *
request_network(struct arena *arena, const char *address)
{
	unsigned char bytes[16];
	char text[INET6_ADDRSTRLEN];

	if (address == NULL) {
		return "unknown";
	}
	if (inet_pton(AF_INET, address, bytes) == 1) {
		return arena_format(arena, "%u.%u.%u.0/24", (unsigned)bytes[0], (unsigned)bytes[1],
		    (unsigned)bytes[2]);
	}
	if (inet_pton(AF_INET6, address, bytes) == 1) {
		memset(bytes + 7, 0, 9);
		if (inet_ntop(AF_INET6, bytes, text, sizeof(text)) != NULL) {
			return arena_format(arena, "%s/56", text);
		}
	}
	return "unknown";
}

/* nginx's id of the request if it looks like one, else one of ours. */
static const char *
request_id(struct arena *arena, const char *id)
{
	size_t length = id == NULL ? 0 : strlen(id);

	if (length == 0 || length > 64 ||
	    strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789") != length) {
		return token_key64(arena);
	}
	return arena_copy(arena, id);
}

static void
request_method(struct arena *arena, const char *name, struct request *request)
{
	request->method_name = name == NULL ? "" : arena_copy(arena, name);
	request->head = text_equal(name, "HEAD");
	if (request->head || text_equal(name, "GET")) {
		request->method = METHOD_GET;
	} else if (text_equal(name, "POST")) {
		request->method = METHOD_POST;
	} else {
		request->method = METHOD_OTHER;
	}
}

static int
request_path(struct arena *arena, const struct site *site, const struct request_source *source,
    struct request *request)
{
	size_t count, length;
	const char *uri = request_variable(source, "REQUEST_URI", &count);
	const char *below;
	int status;

	if (uri == NULL || count > 1 || strlen(uri) > REQUEST_PATH_MAX) {
		return 400;
	}
	below = request_path_below(site, uri);
	if (below == NULL) {
		return 404;
	}
	request->path = arena_copy(arena, below);
	length = strcspn(request->path, "?");
	status = request_path_segments(
	    arena, request->path, length, &request->segments, &request->segment_count);
	if (status != 0 || request->path[length] == '\0') {
		return status;
	}
	return request_fields_read(arena, request->path + length + 1,
		   strlen(request->path + length + 1), &request->query)
	    ? 0
	    : 400;
}

/*
 * "a=b; c=d" (RFC 6265 section 4.2.1). Values stay as they are: ours need no
 * decoding.
 */
static int
request_cookies(struct arena *arena, const struct request_source *source, struct request *request)
{
	struct request_field *rows;
	size_t count, used = 0;
	const char *header = request_variable(source, "HTTP_COOKIE", &count);
	char *text, *end, *equals;

	if (count > 1) {
		return 400;
	}
	if (header == NULL) {
		return 0;
	}
	text = arena_copy_bytes(arena, header, strlen(header));
	rows = arena_array(arena, REQUEST_FIELDS_MAX, sizeof(*rows));
	while (*text != '\0' && used < REQUEST_FIELDS_MAX) {
		text += strspn(text, " \t;");
		end = text + strcspn(text, ";");
		equals = memchr(text, '=', (size_t)(end - text));
		if (*end != '\0') {
			*end++ = '\0';
		}
		if (equals != NULL) {
			*equals = '\0';
			rows[used++] = (struct request_field){ text, equals + 1, true };
		}
		text = end;
	}
	request->cookies.rows = rows;
	request->cookies.count = used;
	return 0;
}

/* Whether the type is the one a plain HTML form sends. */
static bool
request_type_is_form(const char *type)
{
	static const char form[] = "application/x-www-form-urlencoded";
	size_t length = sizeof(form) - 1;

	if (type == NULL || strncasecmp(type, form, length) != 0) {
		return false;
	}
	type += length;
	type += strspn(type, " \t");
	if (*type == '\0') {
		return true;
	}
	if (*type++ != ';') {
		return false;
	}
	type += strspn(type, " \t");
	return strcasecmp(type, "charset=utf-8") == 0 || strcasecmp(type, "charset=\"utf-8\"") == 0;
}

/*
 * Reads the body, whole or not at all: a shortened one may look complete, and
 * acting on half of what somebody wrote is worse than asking again.
 */
static int
request_body(struct arena *arena, const struct request_source *source, struct request *request)
{
	size_t count, length;
	const char *text = request_variable(source, "CONTENT_LENGTH", &count);
	const char *type = request_variable(source, "CONTENT_TYPE", NULL);
	int64_t announced = 0;
	bool whole = true;
	char *body;

	if (request->method != METHOD_POST) {
		return 0;
	}
	if (count > 1) {
		return 400;
	}
	if (text != NULL && *text != '\0' && !text_integer(text, 0, INT64_MAX, &announced)) {
		return 400;
	}
	if (announced > REQUEST_BODY_MAX) {
		return 413;
	}
	if (!request_type_is_form(type)) {
		return announced == 0 && (type == NULL || *type == '\0') ? 0 : 415;
	}
	length = (size_t)announced;
	body = arena_alloc(arena, length + 1);
	if (source->body(source->stream, body, length, &whole) != length || !whole) {
		return 400;
	}
	return request_fields_read(arena, body, length, &request->body) ? 0 : 400;
}

int
request_read(struct arena *arena, const struct site *site, const struct request_source *source,
    struct request *request)
{
	int status;

	memset(request, 0, sizeof(*request));
	request->path = "/";
	request_method(arena, request_variable(source, "REQUEST_METHOD", NULL), request);
	request->id = request_id(arena, request_variable(source, "REQUEST_ID", NULL));
	request->network = request_network(arena, request_variable(source, "REMOTE_ADDR", NULL));
	request->origin = request_header(arena, source, "HTTP_ORIGIN");
	request->sec_fetch_site = request_header(arena, source, "HTTP_SEC_FETCH_SITE");
	request->if_none_match = request_header(arena, source, "HTTP_IF_NONE_MATCH");
	request->if_modified_since = request_header(arena, source, "HTTP_IF_MODIFIED_SINCE");
	request->accept_encoding = request_header(arena, source, "HTTP_ACCEPT_ENCODING");
	request->user_agent = request_agent(arena, source);
	status = request_path(arena, site, source, request);
	if (status == 0) {
		status = request_cookies(arena, source, request);
	}
	if (status == 0) {
		status = request_body(arena, source, request);
	}
	return status;
}
