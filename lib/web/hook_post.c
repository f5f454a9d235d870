#include "web/hook_post.h"

#include <curl/curl.h>
#include <jansson.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/clock.h"
#include "ground/text.h"

enum { WHOLE_SECONDS = 15, CONNECT_SECONDS = 10, BODY_MAX = 4096, WAIT_MAX = 7 * 86400 };

struct hooks {
	CURL *curl;
	struct curl_slist *json, *form; /* headers */
	struct hook_settings settings;
	struct bytes *body; /* of the answer in hand */
	bool refused; /* an address of it */
	/* The post in hand may reach this machine, and others. */
	bool may_stay, may_leave;
};

static void
hooks_free(void *object)
{
	struct hooks *hooks = object;

	curl_easy_cleanup(hooks->curl);
	curl_slist_free_all(hooks->json);
	curl_slist_free_all(hooks->form);
}

static size_t
note_body(char *data, size_t one, size_t length, void *object)
{
	struct hooks *hooks = object;

	(void)one;
	if (hooks->body->length + length > BODY_MAX) {
		return 0; /* which ends it: nobody needs the rest */
	}
	bytes_append(hooks->body, data, length);
	return length;
}

static curl_socket_t
open_socket(void *object, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct hooks *hooks = object;

	(void)purpose;
	if (!(hooks->may_leave && hook_address_is_public(&address->addr)) &&
	    !(hooks->may_stay && hook_address_is_loopback(&address->addr))) {
		hooks->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static int
watch_for_end(void *object, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct hooks *hooks = object;

	(void)a, (void)b, (void)c, (void)d;
	return hooks->settings.ended != NULL && *hooks->settings.ended != 0;
}

static void
set_options(struct hooks *hooks)
{
	CURL *curl = hooks->curl;

	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	/* A post is never repeated by libcurl, as on a connection that turns
	 * out to be closed. */
	curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)WHOLE_SECONDS);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "Groundcrew");
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, note_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, hooks);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, hooks);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, watch_for_end);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, hooks);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	if (hooks->settings.authorities != NULL) {
		curl_easy_setopt(curl, CURLOPT_CAINFO, hooks->settings.authorities);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
}

/* The headers of a post of that type; libcurl would ask before a long one. */
static struct curl_slist *
headers_of(const char *type)
{
	struct curl_slist *first = curl_slist_append(NULL, type);
	struct curl_slist *both = first == NULL ? NULL : curl_slist_append(first, "Expect:");

	if (both == NULL) {
		arena_exhausted(strlen(type));
	}
	return both;
}

struct hooks *
hooks_new(struct arena *arena, const struct hook_settings *settings, const char **problem)
{
	struct hooks *hooks = arena_alloc(arena, sizeof *hooks);

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
	    (hooks->curl = curl_easy_init()) == NULL) {
		*problem = "libcurl does not start";
		return NULL;
	}
	arena_cleanup(arena, hooks_free, hooks);
	hooks->json = headers_of("Content-Type: application/json");
	hooks->form = headers_of("Content-Type: application/x-www-form-urlencoded");
	hooks->settings = *settings;
	set_options(hooks);
	return hooks;
}

/* Discord's {"retry_after": 1.3}; 0 when the body does not say. */
static int64_t
wait_of_body(const char *body)
{
	json_t *json = body == NULL ? NULL : json_loads(body, 0, NULL);
	double seconds = json_number_value(json_object_get(json, "retry_after"));

	json_decref(json);
	if (!(seconds > 0)) {
		return 0;
	}
	return seconds > WAIT_MAX ? WAIT_MAX : (int64_t)seconds + 1;
}

/* How long the answer asks us to wait (RFC 9110 10.2.3); 0: it does not. */
static int64_t
wait_of(const char *retry_after, const char *body, int64_t now)
{
	int64_t seconds = 0, instant;

	if (clock_http_read(retry_after, now, &instant)) {
		seconds = instant - now;
	} else {
		text_integer(retry_after, 0, WAIT_MAX, &seconds);
	}
	return seconds > 0 ? seconds : wait_of_body(body);
}

struct delivery
hook_judge(long status, const char *retry_after, const char *body, int64_t now)
{
	struct delivery delivery = {
		.outcome = DELIVERY_PERMANENT,
		.problem = DELIVERY_REFUSED,
	};

	if (status >= 200 && status < 300) {
		return (struct delivery){ .outcome = DELIVERY_ACCEPTED };
	}
	if (status == 404 || status == 410) {
		delivery.problem = DELIVERY_GONE;
	} else if (status == 429 || status >= 500) {
		delivery.wait_seconds = wait_of(retry_after, body, now);
		delivery.problem = DELIVERY_BUSY;
		delivery.outcome = status == 429 || (status == 503 && delivery.wait_seconds > 0)
		    ? DELIVERY_HOST
		    : DELIVERY_TEMPORARY;
	} else if (status == 408 || status == 425) {
		delivery.outcome = DELIVERY_TEMPORARY;
		delivery.problem = DELIVERY_BUSY;
	}
	return delivery;
}

/* What became of a post that was not answered. */
static struct delivery
judge_failure(const struct hooks *hooks, CURLcode code)
{
	struct delivery delivery = { .outcome = DELIVERY_HOST, .problem = DELIVERY_UNREACHABLE };

	switch ((int)code) {
	case CURLE_ABORTED_BY_CALLBACK:
		delivery.outcome = DELIVERY_STOPPED;
		break;
	case CURLE_OPERATION_TIMEDOUT:
		delivery.problem = DELIVERY_TIMEOUT;
		delivery.counts = true;
		break;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CACERT_BADFILE:
		delivery.problem = DELIVERY_CERTIFICATE;
		break;
	case CURLE_URL_MALFORMAT:
	case CURLE_UNSUPPORTED_PROTOCOL:
		delivery.outcome = DELIVERY_PERMANENT;
		delivery.problem = DELIVERY_UNSENDABLE;
		break;
	case CURLE_COULDNT_CONNECT:
		if (hooks->refused) {
			delivery.outcome = DELIVERY_PERMANENT;
			delivery.problem = DELIVERY_NOT_ALLOWED;
		}
		break;
	default:
		delivery.problem = DELIVERY_DROPPED;
		delivery.outcome = DELIVERY_TEMPORARY;
	}
	return delivery;
}

/* Posts to where the options of this post, set already, lead. */
static struct delivery
perform(
    struct hooks *hooks, struct arena *arena, const char *link, const char *payload, int64_t now)
{
	struct curl_header *retry_after = NULL;
	struct delivery delivery;
	long status = 0;
	CURLcode code;

	hooks->body = bytes_new(arena);
	hooks->refused = false;
	curl_easy_setopt(hooks->curl, CURLOPT_URL, link);
	curl_easy_setopt(hooks->curl, CURLOPT_POSTFIELDSIZE, (long)strlen(payload));
	curl_easy_setopt(hooks->curl, CURLOPT_POSTFIELDS, payload);
	code = curl_easy_perform(hooks->curl);
	curl_easy_getinfo(hooks->curl, CURLINFO_RESPONSE_CODE, &status);
	/* Too long an answer, or one that breaks off, is one all the same. */
	if (status < 200) {
		return judge_failure(hooks, code);
	}
	curl_easy_header(hooks->curl, "Retry-After", 0, CURLH_HEADER, -1, &retry_after);
	delivery = hook_judge(
	    status, retry_after == NULL ? NULL : retry_after->value, hooks->body->data, now);
	/* Never its words: they may repeat the link. */
	delivery.answer = arena_format(arena, "HTTP %ld", status);
	return delivery;
}

struct delivery
hook_post(
    struct hooks *hooks, struct arena *arena, const char *link, const char *payload, int64_t now)
{
	hooks->may_stay = hooks->settings.loopback;
	hooks->may_leave = true;
	curl_easy_setopt(hooks->curl, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(hooks->curl, CURLOPT_HTTPHEADER, hooks->json);
	return perform(hooks, arena, link, payload, now);
}

struct delivery
hook_ping(struct hooks *hooks, struct arena *arena, const char *hub, const char *form, int64_t now)
{
	/* By http it goes nowhere else. */
	bool is_here = strncmp(hub, "http://", 7) == 0;

	hooks->may_stay = hooks->settings.loopback || is_here;
	hooks->may_leave = !is_here;
	curl_easy_setopt(hooks->curl, CURLOPT_PROTOCOLS_STR, is_here ? "http" : "https");
	curl_easy_setopt(hooks->curl, CURLOPT_HTTPHEADER, hooks->form);
	return perform(hooks, arena, hub, form, now);
}

const char *
hook_host(struct arena *arena, const char *link)
{
	CURLU *parts = curl_url();
	char *scheme = NULL, *host = NULL;
	char *found = NULL;

	if (parts != NULL && curl_url_set(parts, CURLUPART_URL, link, 0) == CURLUE_OK &&
	    curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
	    curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
	    strcmp(scheme, "https") == 0) {
		found = arena_copy_bytes(arena, host, strlen(host));
		for (char *at = found; *at != '\0'; at++) {
			*at = (char)(*at >= 'A' && *at <= 'Z' ? *at + ('a' - 'A') : *at);
		}
	}
	curl_free(scheme);
	curl_free(host);
	curl_url_cleanup(parts);
	return found;
}
