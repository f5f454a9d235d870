#include "web/smtp.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/clock.h"
#include "smtp_options.h"
#include "web/smtp_answer.h"

enum {
	/* How long an answer is waited for when we are to stop. */
	STOP_SECONDS = 5,
	/* Of a reply, for one that goes on for ever. */
	REPLY_MAX = 4000,
	/* One kept, one that takes its place, two addresses of a host. */
	SOCKETS = 4
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
	/* Sockets that libcurl has open for us; CURL_SOCKET_BAD: room. */
	curl_socket_t sockets[SOCKETS];
	const struct bytes *message;
	size_t given;
	int64_t ended_micros; /* when we were first told to stop; 0: not */
};

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

static void
sockets_replace(struct smtp *smtp, curl_socket_t old, curl_socket_t new)
{
	for (size_t i = 0; i < SOCKETS; i++) {
		if (smtp->sockets[i] == old) {
			smtp->sockets[i] = new;
			return;
		}
	}
}

static int
note_socket(void *object, curl_socket_t socket, curlsocktype purpose)
{
	(void)purpose;
	sockets_replace(object, CURL_SOCKET_BAD, socket);
	return CURL_SOCKOPT_OK;
}

static int
close_socket(void *object, curl_socket_t socket)
{
	sockets_replace(object, socket, CURL_SOCKET_BAD);
	return close(socket);
}

/* Before it closes a connection libcurl says QUIT and waits for the answer, two
 * minutes if need be: this spares the waiting. */
static void
sockets_hang_up(const struct smtp *smtp)
{
	for (size_t i = 0; i < SOCKETS; i++) {
		if (smtp->sockets[i] != CURL_SOCKET_BAD) {
			shutdown(smtp->sockets[i], SHUT_RD);
		}
	}
}

/* Not 0 ends the transfer. */
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
	sockets_hang_up(smtp);
	return 1;
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
	curl_easy_setopt(curl, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
	curl_easy_setopt(curl, CURLOPT_CLOSESOCKETDATA, smtp);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
}

static void
smtp_free(void *object)
{
	struct smtp *smtp = object;

	sockets_hang_up(smtp);
	curl_easy_cleanup(smtp->curl);
}

struct smtp *
smtp_new(struct arena *arena, const struct smtp_settings *settings, const char **problem)
{
	struct smtp *smtp = arena_alloc(arena, sizeof *smtp);

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
	    (smtp->curl = curl_easy_init()) == NULL) {
		*problem = "libcurl does not start";
		return NULL;
	}
	for (size_t i = 0; i < SOCKETS; i++) {
		smtp->sockets[i] = CURL_SOCKET_BAD;
	}
	arena_cleanup(arena, smtp_free, smtp);
	smtp->ended = settings->ended;
	set_callbacks(smtp);
	return smtp_options(arena, smtp->curl, settings, problem) ? smtp : NULL;
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
	sockets_hang_up(smtp);
	curl_easy_cleanup(smtp->curl);
	smtp->curl = bare;
	smtp->open = false;
}
