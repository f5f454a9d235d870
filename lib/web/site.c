#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ground/bytes.h"
#include "ground/text.h"
#include "ground/token.h"
#include "web/site.h"

static const char lower_alphanumeric[] = "abcdefghijklmnopqrstuvwxyz0123456789";

void
site_environment(struct site_source *source)
{
	source->database = getenv("GROUNDCREW_DB");
	source->base = getenv("GROUNDCREW_BASE");
	source->pages = getenv("GROUNDCREW_PAGES");
	source->files = getenv("GROUNDCREW_STATIC");
	source->key = getenv("GROUNDCREW_KEY");
	source->wake = getenv("GROUNDCREW_WAKE");
	source->sandbox = getenv("GROUNDCREW_SANDBOX");
	source->hub = getenv("GROUNDCREW_HUB");
}

static const char *
site_default(const char *value, const char *otherwise)
{
	return value == NULL || *value == '\0' ? otherwise : value;
}

/* How many of the first `length` bytes are a host: a name or an address. */
static size_t
site_host_length(const char *text, size_t length)
{
	size_t i;

	if (length > 0 && text[0] == '[') {
		i = 1 + strspn(text + 1, "0123456789abcdef:.");
		return i < length && text[i] == ']' && i > 2 ? i + 1 : 0;
	}
	for (i = 0; i < length; i++) {
		if (strchr(lower_alphanumeric, text[i]) == NULL && text[i] != '-' &&
		    text[i] != '.') {
			break;
		}
	}
	if (i == 0 || text[0] == '-' || text[0] == '.' || text[i - 1] == '-') {
		return 0;
	}
	return i;
}

/* A path of unreserved characters, without empty, "." or ".." segments. */
static bool
site_root_is_valid(const char *root)
{
	const char *segment;
	size_t length;

	for (segment = root; *segment == '/'; segment += length) {
		segment++;
		length = strspn(segment,
		    "abcdefghijklmnopqrstuvwxyz"
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~");
		if (length == 0 || segment[0] == '.') {
			return false;
		}
	}
	return *segment == '\0';
}

/* Takes host and port apart; false when they are not as they should be. */
static bool
site_authority(
    struct arena *arena, struct site *site, const char *text, size_t length, int64_t *port)
{
	size_t host = site_host_length(text, length);
	const char *digits;

	if (host == 0) {
		return false;
	}
	site->host = arena_copy_bytes(arena, text, host);
	*port = site->secure ? 443 : 80;
	if (host == length) {
		return true;
	}
	digits = arena_copy_bytes(arena, text + host + 1, length - host - 1);
	return text[host] == ':' && text_integer(digits, 1, 65535, port);
}

static bool
site_base(struct arena *arena, struct site *site, const char *base, int64_t *port)
{
	const char *rest, *scheme;
	size_t length;

	site->secure = strncmp(base, "https://", 8) == 0;
	if (!site->secure && strncmp(base, "http://", 7) != 0) {
		return false;
	}
	scheme = site->secure ? "https://" : "http://";
	rest = base + strlen(scheme);
	length = strcspn(rest, "/");
	if (!site_authority(arena, site, rest, length, port)) {
		return false;
	}
	rest += length;
	length = strlen(rest);
	if (length > 0 && rest[length - 1] == '/') {
		length--;
	}
	site->root = arena_copy_bytes(arena, rest, length);
	if (!site_root_is_valid(site->root)) {
		return false;
	}
	if (*port == (site->secure ? 443 : 80)) {
		site->origin = arena_format(arena, "%s%s", scheme, site->host);
	} else {
		site->origin = arena_format(arena, "%s%s:%d", scheme, site->host, (int)*port);
	}
	site->base = arena_format(arena, "%s%s", site->origin, site->root);
	return true;
}

static void
site_cookies(struct arena *arena, struct site *site, int64_t port)
{
	const char *name;

	if (!site->secure) {
		name = arena_format(arena, "groundcrew-%d", (int)port);
	} else if (*site->root == '\0') {
		name = "__Host-groundcrew";
	} else {
		name = "__Secure-groundcrew";
	}
	site->session_cookie = name;
	site->form_cookie = arena_format(arena, "%s-form", name);
	site->draft_cookie = arena_format(arena, "%s-draft", name);
}

/* The whole file, or NULL when it cannot be read. */
static struct bytes *
site_content(struct arena *arena, const char *path)
{
	struct bytes *content = bytes_new(arena);
	FILE *file = fopen(path, "rbe");
	char buffer[4096];
	size_t length;

	if (file == NULL) {
		return NULL;
	}
	while ((length = fread(buffer, 1, sizeof(buffer), file)) > 0) {
		bytes_append(content, buffer, length);
	}
	(void)fclose(file);
	return content;
}

/* The link to one of our own files, with a version made of its content. */
static const char *
site_file(struct arena *arena, const struct site *site, const char *folder, const char *name)
{
	struct bytes *content = site_content(arena, arena_format(arena, "%s/%s", folder, name));

	if (content == NULL) {
		return arena_format(arena, "%s/static/%s", site->root, name);
	}
	return arena_format(
	    arena, "%s/static/%s?v=%.12s", site->root, name, token_hash(arena, content->data));
}

static bool
site_secret(struct arena *arena, struct site *site)
{
	struct bytes *content;

	if (site->key == NULL) {
		return true;
	}
	content = site_content(arena, site->key);
	if (content == NULL) {
		return true;
	}
	if (content->length != TOKEN_KEY_BYTES) {
		return false;
	}
	memcpy(site->secret, content->data, TOKEN_KEY_BYTES);
	site->has_secret = true;
	return true;
}

static bool
site_sandbox(struct site *site, const char *text)
{
	if (text_equal(text, "wanted")) {
		site->sandbox = SITE_SANDBOX_WANTED;
	} else if (text_equal(text, "required")) {
		site->sandbox = SITE_SANDBOX_REQUIRED;
	} else if (text_equal(text, "off")) {
		site->sandbox = SITE_SANDBOX_OFF;
	} else {
		return false;
	}
	return true;
}

/* An address in this machine, where nothing listens in on http. */
static bool
site_host_is_here(const char *host, size_t length)
{
	static const char *const here[] = { "localhost", "127.0.0.1", "[::1]" };
	size_t i;

	for (i = 0; i < sizeof(here) / sizeof(here[0]); i++) {
		if (strlen(here[i]) == length && strncmp(here[i], host, length) == 0) {
			return true;
		}
	}
	return false;
}

static bool
site_hub(struct arena *arena, struct site *site, const char *hub)
{
	const char *rest;
	size_t length, host, port;

	if (hub == NULL) {
		return true;
	}
	rest = strncmp(hub, "https://", 8) == 0 ? hub + 8
	    : strncmp(hub, "http://", 7) == 0	? hub + 7
						: "";
	/* What a URL may be made of, but "#" (RFC 3986 2). */
	length = strspn(rest,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    "-._~:/?[]@!$&'()*+,;=%");
	if (rest[length] != '\0' || strlen(hub) > SITE_HUB_BYTES_MAX) {
		return false;
	}
	length = strcspn(rest, "/?");
	host = site_host_length(rest, length);
	port = host < length ? strspn(rest + host + 1, "0123456789") : 0;
	if (host == 0 || (hub[4] == ':' && !site_host_is_here(rest, host)) ||
	    (host < length && (rest[host] != ':' || port == 0 || host + 1 + port != length))) {
		return false;
	}
	site->hub = arena_copy(arena, hub);
	return true;
}

bool
site_read(
    struct arena *arena, const struct site_source *source, struct site *site, const char **problem)
{
	const char *files;
	int64_t port = 0;

	memset(site, 0, sizeof(*site));
	*problem = NULL;
	site->database = arena_copy(arena, site_default(source->database, "var/groundcrew.db"));
	site->pages = arena_copy(arena, site_default(source->pages, "www/pages"));
	site->key = arena_copy(arena, site_default(source->key, NULL));
	site->wake = arena_copy(arena, site_default(source->wake, NULL));
	if (!site_base(arena, site, site_default(source->base, "http://localhost:8080"), &port)) {
		*problem = "GROUNDCREW_BASE is not a plain http or https address";
		return false;
	}
	if (!site_sandbox(site, site_default(source->sandbox, "wanted"))) {
		*problem = "GROUNDCREW_SANDBOX is not wanted, required or off";
		return false;
	}
	if (!site_hub(arena, site, site_default(source->hub, NULL))) {
		*problem = "GROUNDCREW_HUB is no https address of a hub";
		return false;
	}
	if (!site_secret(arena, site)) {
		*problem = "GROUNDCREW_KEY names a file of another length than "
			   "a key's";
		return false;
	}
	site_cookies(arena, site, port);
	files = site_default(source->files, "www/static");
	site->css = site_file(arena, site, files, "groundcrew.css");
	site->script = site_file(arena, site, files, "groundcrew.js");
	return true;
}
