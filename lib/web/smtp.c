#include "web/smtp.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/clock.h"
#include "smtp_credentials.h"
#include "web/smtp_answer.h"

enum {
	CONNECT_SECONDS = 10,
	WHOLE_SECONDS = 60,
	SILENT_SECONDS = 30,
	/* How long an answer is waited for when we are to stop. */
	STOP_SECONDS = 5,
	/* Of a reply, for one that goes on for ever. */
	REPLY_MAX = 4000
};

struct smtp {
	CURL *curl;
	const volatile sig_atomic_t *ended;
	bool open;
	/* The delivery in hand. */
	enum smtp_stage stage;
	struct bytes *reply; /* the last, or what has come of it */
	bool reply_is_whole;
	bool quits; /* what comes now is no longer about the mail */
	curl_socket_t socket;
	const struct bytes *message;
	size_t given;
	int64_t ended_micros; /* when we were first told to stop; 0: not */
};

static void
smtp_free(void *object)
{
	struct smtp *smtp = object;

	curl_easy_cleanup(smtp->curl);
}

/* A line of the server's; "250-" is followed by another. */
static size_t
note_line(char *line, size_t one, size_t length, void *object)
{
	struct smtp *smtp = object;

	(void)one;
	if (smtp->quits) {
		return length;
	}
	if (smtp->reply_is_whole) {
		bytes_clear(smtp->reply);
	}
	if (smtp->reply->length + length <= REPLY_MAX) {
		bytes_append(smtp->reply, line, length);
	}
	smtp->reply_is_whole = length < 4 || line[3] != '-';
	return length;
}

static const struct {
	const char *word;
	enum smtp_stage stage;
} commands[] = {
	{ "EHLO ", SMTP_HELLO },
	{ "HELO ", SMTP_HELLO },
	{ "STARTTLS", SMTP_TLS },
	{ "AUTH ", SMTP_AUTH },
	{ "MAIL FROM:", SMTP_FROM },
	{ "RCPT TO:", SMTP_TO },
	{ "DATA", SMTP_DATA },
};

/* A command of ours tells how far we are; what else we say, a password that
 * reads like a command say, never leads back or over a stage. */
static void
note_command(struct smtp *smtp, const char *text, size_t length)
{
	smtp->quits = smtp->quits || (length == 6 && memcmp(text, "QUIT\r\n", 6) == 0);
	if (smtp->quits) {
		return;
	}
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
		size_t size = strlen(commands[i].word);

		if (length >= size && strncasecmp(text, commands[i].word, size) == 0 &&
		    (commands[i].stage < SMTP_TO || smtp->stage == commands[i].stage - 1)) {
			smtp->stage = commands[i].stage;
		}
	}
	bytes_clear(smtp->reply);
	smtp->reply_is_whole = false;
}

static int
note_traffic(CURL *curl, curl_infotype type, char *text, size_t length, void *object)
{
	struct smtp *smtp = object;

	(void)curl;
	if (type == CURLINFO_HEADER_OUT) {
		note_command(smtp, text, length);
	}
	return 0;
}

/* The message, once the server has asked for it. */
static size_t
give_message(char *out, size_t one, size_t room, void *object)
{
	struct smtp *smtp = object;
	size_t left = smtp->message->length - smtp->given;

	if (smtp->stage == SMTP_DATA) {
		smtp->stage = SMTP_BODY;
		bytes_clear(smtp->reply);
		smtp->reply_is_whole = false;
	}
	room *= one;
	if (room > left) {
		room = left;
	}
	memcpy(out, smtp->message->data + smtp->given, room);
	smtp->given += room;
	return room;
}

static int
note_socket(void *object, curl_socket_t socket, curlsocktype purpose)
{
	struct smtp *smtp = object;

	(void)purpose;
	smtp->socket = socket;
	return CURL_SOCKOPT_OK;
}

/* Not 0 ends the transfer.  The connection is cut first, for libcurl would
 * say QUIT and wait for the answer. */
static int
watch_for_end(void *object, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	struct smtp *smtp = object;

	(void)a, (void)b, (void)c, (void)d;
	if (smtp->ended == NULL || !*smtp->ended) {
		return 0;
	}
	if (smtp->ended_micros == 0) {
		smtp->ended_micros = clock_micros();
	}
	if (smtp->stage >= SMTP_DATA &&
	    clock_micros() - smtp->ended_micros < STOP_SECONDS * (int64_t)1000000) {
		return 0;
	}
	shutdown(smtp->socket, SHUT_RDWR);
	return 1;
}

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
set_callbacks(struct smtp *smtp)
{
	CURL *curl = smtp->curl;

	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, note_line);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, smtp);
	curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, note_traffic);
	curl_easy_setopt(curl, CURLOPT_DEBUGDATA, smtp);
	curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L); /* to be told of commands */
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_message);
	curl_easy_setopt(curl, CURLOPT_READDATA, smtp);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, watch_for_end);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, smtp);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_SOCKOPTFUNCTION, note_socket);
	curl_easy_setopt(curl, CURLOPT_SOCKOPTDATA, smtp);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
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

struct smtp *
smtp_new(struct arena *arena, const struct smtp_settings *settings, const char **problem)
{
	struct smtp *smtp = arena_alloc(arena, sizeof *smtp);
	struct place place = { NULL, NULL, NULL };
	struct smtp_credentials credentials = { NULL, NULL };

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		*problem = "libcurl does not start";
		return NULL;
	}
	if (settings->credentials != NULL &&
	    !smtp_credentials_read(arena, settings->credentials, &credentials, problem)) {
		return NULL;
	}
	if (!place_read(settings->server, &place) || (smtp->curl = curl_easy_init()) == NULL) {
		*problem = "GROUNDCREW_SMTP is no smtp:// or smtps:// address of a host";
		curl_free(place.scheme);
		curl_free(place.host);
		return NULL;
	}
	arena_cleanup(arena, smtp_free, smtp);
	smtp->ended = settings->ended;
	smtp->socket = CURL_SOCKET_BAD;
	set_callbacks(smtp);
	set_limits(smtp->curl, settings->seconds);
	set_server(arena, smtp->curl, settings);
	set_encryption(smtp->curl, settings, place.host);
	if (credentials.user != NULL) {
		curl_easy_setopt(smtp->curl, CURLOPT_USERNAME, credentials.user);
		curl_easy_setopt(smtp->curl, CURLOPT_PASSWORD, credentials.password);
	}
	curl_free(place.scheme);
	curl_free(place.host);
	return smtp;
}

/* What ended a transfer that failed. */
static enum smtp_end
end_of(const struct smtp *smtp, CURLcode code, const struct smtp_reply *reply)
{
	switch ((int)code) {
	case CURLE_ABORTED_BY_CALLBACK:
		return SMTP_STOPPED;
	case CURLE_OPERATION_TIMEDOUT:
		return SMTP_TIMED_OUT;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
		return SMTP_UNREACHABLE;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CERTPROBLEM:
		return SMTP_NOT_TRUSTED;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CIPHER:
		return SMTP_NOT_ENCRYPTED;
	case CURLE_USE_SSL_FAILED:
		return reply->code >= 400 ? SMTP_ANSWERED : SMTP_NOT_ENCRYPTED;
	default:
		return smtp->reply_is_whole && reply->code >= 300 ? SMTP_ANSWERED : SMTP_HUNG_UP;
	}
}

/* One attempt; *fresh tells whether its connection was a new one. */
static CURLcode
perform(struct smtp *smtp, struct arena *arena, bool *fresh)
{
	long made = 0;
	CURLcode code;

	smtp->stage = SMTP_CONNECT;
	smtp->reply = bytes_new(arena);
	smtp->reply_is_whole = smtp->quits = false;
	smtp->given = 0;
	code = curl_easy_perform(smtp->curl);
	curl_easy_getinfo(smtp->curl, CURLINFO_NUM_CONNECTS, &made);
	smtp->open = true;
	*fresh = made > 0;
	return code;
}

/* The server closed the connection while it was idle, or is tired of it: that
 * says nothing about it, or about this mail. */
static bool
was_closed_before(const struct smtp *smtp, enum smtp_end end, const struct smtp_reply *reply)
{
	return smtp->stage <= SMTP_FROM &&
	    (end == SMTP_HUNG_UP || (end == SMTP_ANSWERED && reply->code == 421));
}

/* The reply for keeping; NULL when there was none. */
static const char *
answer_of(struct arena *arena, const struct smtp_reply *reply, const char *to)
{
	const char *codes = "";

	if (reply->code == 0) {
		return NULL;
	}
	if (reply->subject >= 0) {
		codes = arena_format(
		    arena, "%d.%d.%d ", reply->code / 100, reply->subject, reply->detail);
	}
	return smtp_answer_clean(
	    arena, arena_format(arena, "%d %s%s", reply->code, codes, reply->text), to);
}

static struct delivery
judge(struct smtp *smtp, struct arena *arena, CURLcode code, bool fresh, const char *to)
{
	struct smtp_reply reply = smtp_reply_read(arena, smtp->reply->data);
	enum smtp_end end = end_of(smtp, code, &reply);
	struct delivery delivery;

	if (!fresh && was_closed_before(smtp, end, &reply)) {
		curl_easy_setopt(smtp->curl, CURLOPT_FRESH_CONNECT, 1L);
		code = perform(smtp, arena, &fresh);
		curl_easy_setopt(smtp->curl, CURLOPT_FRESH_CONNECT, 0L);
		if (code == CURLE_OK) {
			return (struct delivery){ .outcome = DELIVERY_ACCEPTED };
		}
		reply = smtp_reply_read(arena, smtp->reply->data);
		end = end_of(smtp, code, &reply);
	}
	delivery = smtp_judge(smtp->stage, end, &reply);
	if (code == CURLE_LOGIN_DENIED && smtp->stage < SMTP_FROM && reply.code != 421 &&
	    (reply.code < 400 || reply.code >= 500)) {
		delivery.problem = DELIVERY_SIGN_IN_REFUSED;
	}
	delivery.answer = answer_of(arena, &reply, to);
	return delivery;
}

struct delivery
smtp_deliver(struct smtp *smtp, struct arena *arena, const char *from, const char *to,
    const struct bytes *message)
{
	struct curl_slist *recipients = curl_slist_append(NULL, to);
	struct delivery delivery = { .outcome = DELIVERY_ACCEPTED };
	CURLcode code;
	bool fresh;

	if (recipients == NULL) {
		arena_exhausted(strlen(to));
	}
	smtp->message = message;
	curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM, from);
	curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, recipients);
	curl_easy_setopt(smtp->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)message->length);
	code = perform(smtp, arena, &fresh);
	if (code != CURLE_OK) {
		delivery = judge(smtp, arena, code, fresh, to);
	}
	curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(recipients);
	return delivery;
}

bool
smtp_is_open(const struct smtp *smtp)
{
	return smtp->open;
}

/* A handle's cache of connections is emptied by making it hold none. */
void
smtp_rest(struct smtp *smtp)
{
	CURL *bare;

	if (!smtp->open) {
		return;
	}
	bare = curl_easy_duphandle(smtp->curl);
	if (bare == NULL) {
		arena_exhausted(0);
	}
	curl_easy_cleanup(smtp->curl);
	smtp->curl = bare;
	smtp->open = false;
}
