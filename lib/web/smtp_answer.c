#include "web/smtp_answer.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "ground/arena.h"
#include "ground/bytes.h"

enum {
	ANSWER_MAX = 300,
	/* A local part shorter than this is left alone: it is a word. */
	NAME_MIN = 3
};

static const char hidden[] = "(address)";

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Reads up to three digits; -1 when there is none. */
static int
number_read(const char **at)
{
	int number = -1;

	for (int i = 0; i < 3 && is_digit(**at); i++, (*at)++) {
		number = (number < 0 ? 0 : number * 10) + (**at - '0');
	}
	return number;
}

/* "5.7.1 " at the head of a line, skipped; false when it is none. */
static bool
enhanced_read(const char **at, int *subject, int *detail)
{
	const char *text = *at;
	int found[2];

	if (*text != '2' && *text != '4' && *text != '5') {
		return false;
	}
	text++;
	for (int i = 0; i < 2; i++) {
		if (*text++ != '.' || (found[i] = number_read(&text)) < 0) {
			return false;
		}
	}
	if (*text != ' ' && *text != '\r' && *text != '\n' && *text != '\0') {
		return false;
	}
	*subject = found[0];
	*detail = found[1];
	*at = text + (*text == ' ');
	return true;
}

struct smtp_reply
smtp_reply_read(struct arena *arena, const char *lines)
{
	struct smtp_reply reply = { .subject = -1, .detail = -1 };
	struct bytes *text = bytes_new(arena);

	while (*lines != '\0') {
		size_t length = strcspn(lines, "\r\n");
		const char *at = lines, *end = lines + length;
		int code = number_read(&at);

		if (code >= 100) {
			reply.code = code;
			at += *at == ' ' || *at == '-';
			enhanced_read(&at, &reply.subject, &reply.detail);
		}
		if (at < end) {
			bytes_text(text, text->length > 0 ? " " : "");
			bytes_append(text, at, (size_t)(end - at));
		}
		lines = end + strspn(end, "\r\n");
	}
	reply.text = text->data;
	return reply;
}

static struct delivery
host(enum delivery_problem problem, enum smtp_stage stage)
{
	return (struct delivery){
		.outcome = DELIVERY_HOST, .problem = problem, .counts = stage >= SMTP_FROM
	};
}

static bool
is_sign_in_demand(int code)
{
	return code == 530 || (code >= 534 && code <= 538);
}

/* An answer that refuses the server's service, not the mail. */
static struct delivery
judge_host(enum smtp_stage stage, const struct smtp_reply *reply)
{
	if (is_sign_in_demand(reply->code) || (stage == SMTP_AUTH && reply->code >= 500)) {
		return host(DELIVERY_SIGN_IN_REFUSED, stage);
	}
	if (stage == SMTP_TLS) {
		return host(DELIVERY_NO_TLS, stage);
	}
	return host(reply->code >= 500 ? DELIVERY_REFUSED : DELIVERY_BUSY, stage);
}

static enum delivery_problem
problem_of(enum smtp_stage stage, const struct smtp_reply *reply)
{
	switch (reply->subject) {
	case 1:
		return DELIVERY_NO_MAILBOX;
	case 2:
		return reply->detail == 2 ? DELIVERY_FULL
		    : reply->detail == 3  ? DELIVERY_TOO_BIG
					  : DELIVERY_NO_MAILBOX;
	case 3:
		return reply->detail == 4 ? DELIVERY_TOO_BIG : DELIVERY_REFUSED;
	case 7:
		return DELIVERY_POLICY;
	default:
		break;
	}
	if (reply->code == 552) {
		return stage == SMTP_TO ? DELIVERY_FULL : DELIVERY_TOO_BIG;
	}
	return stage == SMTP_TO && (reply->code == 550 || reply->code == 551 || reply->code == 553)
	    ? DELIVERY_NO_MAILBOX
	    : DELIVERY_REFUSED;
}

static struct delivery
judge_answer(enum smtp_stage stage, const struct smtp_reply *reply)
{
	struct delivery delivery = {
		.outcome = DELIVERY_PERMANENT,
		.problem = problem_of(stage, reply),
	};

	if (stage < SMTP_FROM || reply->code == 421 || is_sign_in_demand(reply->code) ||
	    (reply->subject == 3 && (reply->detail == 1 || reply->detail == 2))) {
		return judge_host(stage, reply);
	}
	if (delivery.problem == DELIVERY_FULL) {
		delivery.outcome = DELIVERY_TEMPORARY;
	} else if (reply->code < 500) {
		delivery.outcome = DELIVERY_TEMPORARY;
		delivery.problem = DELIVERY_BUSY;
	}
	return delivery;
}

struct delivery
smtp_judge(enum smtp_stage stage, enum smtp_end end, const struct smtp_reply *reply)
{
	switch (end) {
	case SMTP_ANSWERED:
		return judge_answer(stage, reply);
	case SMTP_UNREACHABLE:
		return host(DELIVERY_UNREACHABLE, stage);
	case SMTP_TIMED_OUT:
		return host(DELIVERY_TIMEOUT, stage);
	case SMTP_NOT_ENCRYPTED:
		return host(DELIVERY_NO_TLS, stage);
	case SMTP_NOT_TRUSTED:
		return host(DELIVERY_CERTIFICATE, stage);
	case SMTP_STOPPED:
		return (struct delivery){ .outcome = DELIVERY_STOPPED };
	case SMTP_HUNG_UP:
		break;
	}
	if (stage < SMTP_FROM) {
		return host(DELIVERY_DROPPED, stage);
	}
	return (struct delivery){ .outcome = DELIVERY_TEMPORARY, .problem = DELIVERY_DROPPED };
}

static bool
ends_word(char c)
{
	return c == '\0' || strchr(" <>()[]{},;:\"'", c) != NULL;
}

static bool
is_address(const char *word, size_t length, const char *recipient)
{
	size_t name = recipient == NULL ? 0 : strcspn(recipient, "@");

	if (memchr(word, '@', length) != NULL || memmem(word, length, "=40", 3) != NULL ||
	    memmem(word, length, "%40", 3) != NULL) {
		return true;
	}
	while (length > name && strchr(".!?", word[length - 1]) != NULL) {
		length--;
	}
	return name >= NAME_MIN && length == name && strncasecmp(word, recipient, name) == 0;
}

const char *
smtp_answer_clean(struct arena *arena, const char *text, const char *recipient)
{
	struct bytes *plain = bytes_new(arena), *clean = bytes_new(arena);

	for (; *text != '\0'; text++) {
		bytes_char(plain, *text < ' ' || *text > '~' ? '?' : *text);
	}
	for (const char *at = plain->data; *at != '\0';) {
		size_t length = 0;

		while (!ends_word(at[length])) {
			length++;
		}
		if (is_address(at, length, recipient)) {
			bytes_text(clean, hidden);
		} else {
			bytes_append(clean, at, length);
		}
		at += length;
		if (*at != '\0') {
			bytes_char(clean, *at++);
		}
	}
	if (clean->length == 0) {
		return NULL;
	}
	return arena_copy_bytes(
	    arena, clean->data, clean->length > ANSWER_MAX ? ANSWER_MAX : clean->length);
}
