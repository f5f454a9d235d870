#include "smtp_options.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "ground/arena.h"
#include "smtp_credentials.h"
#include "web/smtp.h"

enum { CONNECT_SECONDS = 10, WHOLE_SECONDS = 60, SILENT_SECONDS = 30 };

static bool
is_loopback(const char *host)
{
	return strcasecmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 ||
	    strcmp(host, "[::1]") == 0 || strncmp(host, "127.", 4) == 0;
}

/* What is in an address that holds a scheme, a host and perhaps a port. */
struct place {
	char *scheme, *host, *other;
};

static bool
place_read(const char *server, struct place *place)
{
	CURLU *parts = curl_url();
	bool read = parts != NULL && curl_url_set(parts, CURLUPART_URL, server, 0) == CURLUE_OK &&
	    curl_url_get(parts, CURLUPART_SCHEME, &place->scheme, 0) == CURLUE_OK &&
	    curl_url_get(parts, CURLUPART_HOST, &place->host, 0) == CURLUE_OK &&
	    (strcmp(place->scheme, "smtp") == 0 || strcmp(place->scheme, "smtps") == 0);
	static const CURLUPart unwanted[] = { CURLUPART_USER, CURLUPART_QUERY, CURLUPART_FRAGMENT };

	for (size_t i = 0; read && i < sizeof unwanted / sizeof unwanted[0]; i++) {
		if (curl_url_get(parts, unwanted[i], &place->other, 0) == CURLUE_OK) {
			curl_free(place->other);
			read = false;
		}
	}
	if (read && curl_url_get(parts, CURLUPART_PATH, &place->other, 0) == CURLUE_OK) {
		read = strcmp(place->other, "/") == 0;
		curl_free(place->other);
	}
	curl_url_cleanup(parts);
	return read;
}

static void
set_limits(CURL *curl, int64_t seconds)
{
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)(seconds == 0 ? WHOLE_SECONDS : seconds));
	curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)SILENT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)SILENT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
}

static void
set_encryption(CURL *curl, const struct smtp_settings *settings, const char *host)
{
	bool local = settings->credentials == NULL && is_loopback(host);

	curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(local ? CURLUSESSL_TRY : CURLUSESSL_ALL));
	if (settings->authorities != NULL) {
		curl_easy_setopt(curl, CURLOPT_CAINFO, settings->authorities);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	} else if (local && strncmp(settings->server, "smtps", 5) != 0) {
		curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
		curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
	}
}

/* EHLO takes what follows the host as our name. */
static void
set_server(struct arena *arena, CURL *curl, const struct smtp_settings *settings)
{
	size_t length = strlen(settings->server);

	while (length > 0 && settings->server[length - 1] == '/') {
		length--;
	}
	curl_easy_setopt(curl, CURLOPT_URL,
	    arena_format(arena, "%.*s/%s", (int)length, settings->server,
		settings->name == NULL || settings->name[0] == '[' ? "localhost" : settings->name));
}

static void
set_credentials(CURL *curl, const struct smtp_credentials *credentials)
{
	if (credentials->user != NULL) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, credentials->user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, credentials->password);
	}
}

bool
smtp_options(
    struct arena *arena, CURL *curl, const struct smtp_settings *settings, const char **problem)
{
	struct place place = { NULL, NULL, NULL };
	struct smtp_credentials credentials = { NULL, NULL };
	bool read = place_read(settings->server, &place);

	if (!read) {
		*problem = "GROUNDCREW_SMTP is no smtp:// or smtps:// address of a host";
	} else if (settings->credentials == NULL ||
	    smtp_credentials_read(arena, settings->credentials, &credentials, problem)) {
		set_limits(curl, settings->seconds);
		set_server(arena, curl, settings);
		set_encryption(curl, settings, place.host);
		set_credentials(curl, &credentials);
	} else {
		read = false;
	}
	curl_free(place.scheme);
	curl_free(place.host);
	return read;
}
