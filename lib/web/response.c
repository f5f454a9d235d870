#include <string.h>
#include <strings.h>

#include "ground/log.h"
#include "web/response.h"

/* What response_head says itself. */
static const char *const own_names[] = { "Status", "Content-Type", "Content-Length", "Connection",
	"Transfer-Encoding", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
	"Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy",
	"Strict-Transport-Security", NULL };

static const char security_policy[] = "default-src 'none'; script-src 'self'; style-src 'self'; "
				      "img-src 'self'; connect-src 'self'; form-action 'self'; "
				      "base-uri 'none'; frame-ancestors 'none'";

static const char permissions_policy[] =
    "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

void
response_start(struct response *response, struct arena *arena, const struct site *site)
{
	memset(response, 0, sizeof(*response));
	response->arena = arena;
	response->site = site;
	response->status = 200;
	response->body = bytes_new(arena);
	response->last_header = &response->headers;
	response->cache = RESPONSE_PRIVATE;
}

void
response_reset(struct response *response)
{
	bool secret = response->secret_address;

	response_start(response, response->arena, response->site);
	response->secret_address = secret;
}

static bool
name_is_token(const char *name)
{
	size_t length = strspn(name,
	    "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~");

	return length > 0 && name[length] == '\0';
}

static bool
value_is_plain(const char *value)
{
	for (; *value != '\0'; value++) {
		unsigned char byte = (unsigned char)*value;

		if ((byte < ' ' && byte != '\t') || byte == 0x7f) {
			return false;
		}
	}
	return true;
}

static void
header_add(struct response *response, const char *name, const char *value)
{
	struct response_header *header;

	header = arena_alloc(response->arena, sizeof(*header));
	header->name = arena_copy(response->arena, name);
	header->value = arena_copy(response->arena, value);
	*response->last_header = header;
	response->last_header = &header->next;
}

bool
response_header(struct response *response, const char *name, const char *value)
{
	size_t i;

	if (value == NULL || !name_is_token(name) || !value_is_plain(value)) {
		return false;
	}
	for (i = 0; own_names[i] != NULL; i++) {
		if (strcasecmp(name, own_names[i]) == 0) {
			return false;
		}
	}
	header_add(response, name, value);
	return true;
}

/* A path below our root, or an absolute URL of our own origin. */
static bool
location_is_own(const struct site *site, const char *location)
{
	size_t origin = strlen(site->origin), root = strlen(site->root);

	if (location == NULL || !value_is_plain(location) || strchr(location, '\\') != NULL) {
		return false;
	}
	if (strncmp(location, site->origin, origin) == 0) {
		location += origin;
	}
	return strncmp(location, site->root, root) == 0 && location[root] == '/' &&
	    location[root + 1] != '/';
}

void
response_empty(struct response *response, int status)
{
	response->status = status;
	response->content_type = NULL;
	bytes_clear(response->body);
}

void
response_redirect(struct response *response, const char *location)
{
	int status = response->status;

	if (!location_is_own(response->site, location)) {
		log_line(LOG_LEVEL_ERROR, "event=foreign_location");
		response_reset(response);
		response_empty(response, 500);
		return;
	}
	if (status != 301 && status != 302 && status != 307 && status != 308) {
		status = 303;
	}
	response_empty(response, status);
	header_add(response, "Location", location);
}

const char *
response_reason(int status)
{
	static const struct {
		int status;
		const char *reason;
	} reasons[] = { { 200, "OK" }, { 204, "No Content" }, { 301, "Moved Permanently" },
		{ 302, "Found" }, { 303, "See Other" }, { 304, "Not Modified" },
		{ 307, "Temporary Redirect" }, { 308, "Permanent Redirect" },
		{ 400, "Bad Request" }, { 403, "Forbidden" }, { 404, "Not Found" },
		{ 405, "Method Not Allowed" }, { 410, "Gone" }, { 413, "Content Too Large" },
		{ 415, "Unsupported Media Type" }, { 422, "Unprocessable Content" },
		{ 429, "Too Many Requests" }, { 500, "Internal Server Error" },
		{ 502, "Bad Gateway" }, { 503, "Service Unavailable" },
		{ 504, "Gateway Timeout" } };
	size_t i;

	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (reasons[i].status == status) {
			return reasons[i].reason;
		}
	}
	return "Unknown";
}

static void
head_line(struct bytes *head, const char *name, const char *value)
{
	bytes_text(head, name);
	bytes_text(head, ": ");
	bytes_text(head, value);
	bytes_text(head, "\r\n");
}

static void
head_cache(struct bytes *head, const struct response *response)
{
	switch (response->cache) {
	case RESPONSE_REVALIDATE:
		head_line(head, "Cache-Control", "no-cache");
		head_line(head, "Vary", "Cookie");
		break;
	case RESPONSE_OWN:
		break;
	case RESPONSE_PRIVATE:
	default:
		head_line(head, "Cache-Control", "no-store");
		break;
	}
}

static void
head_security(struct bytes *head, const struct response *response)
{
	head_line(head, "Content-Security-Policy", security_policy);
	head_line(head, "X-Content-Type-Options", "nosniff");
	head_line(
	    head, "Referrer-Policy", response->secret_address ? "no-referrer" : "same-origin");
	head_line(head, "Cross-Origin-Opener-Policy", "same-origin");
	head_line(head, "Cross-Origin-Resource-Policy",
	    response->open_to_all ? "cross-origin" : "same-origin");
	head_line(head, "Permissions-Policy", permissions_policy);
	if (response->site->secure) {
		head_line(head, "Strict-Transport-Security", "max-age=31536000");
	}
}

struct bytes *
response_head(const struct response *response)
{
	struct bytes *head = bytes_new(response->arena);
	const struct response_header *header;

	bytes_format(
	    head, "Status: %d %s\r\n", response->status, response_reason(response->status));
	if (response->content_type != NULL) {
		head_line(head, "Content-Type", response->content_type);
	}
	if (response->status != 304 && response->status != 204) {
		bytes_format(head, "Content-Length: %zu\r\n", response->body->length);
	}
	for (header = response->headers; header != NULL; header = header->next) {
		head_line(head, header->name, header->value);
	}
	head_cache(head, response);
	head_security(head, response);
	bytes_text(head, "\r\n");
	return head;
}

const char *
response_header_value(const struct response *response, const char *name)
{
	const struct response_header *header;

	for (header = response->headers; header != NULL; header = header->next) {
		if (strcasecmp(header->name, name) == 0) {
			return header->value;
		}
	}
	return NULL;
}
