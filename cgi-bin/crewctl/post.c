#include "post.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ground/address.h"
#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/log.h"
#include "ground/text.h"
#include "web/hook_post.h"
#include "web/smtp.h"

enum { PER_MINUTE_MAX = 100000, SECONDS_MAX = 600 };

const char *
crewctl_mail_folder(struct arena *arena, const struct site *site)
{
	const char *folder = getenv("GROUNDCREW_MAIL");

	return folder != NULL ? folder : arena_format(arena, "%s.mail", site->database);
}

/* A setting that is empty is not set. */
static const char *
setting(const char *name)
{
	const char *value = getenv(name);

	return value == NULL || value[0] == '\0' ? NULL : value;
}

static bool
read_number(const char *name, int64_t least, int64_t most, int64_t *number)
{
	const char *value = setting(name);

	return value == NULL || text_integer(value, least, most, number);
}

static bool
open_server(struct arena *arena, const char *server, const volatile sig_atomic_t *ended,
    struct post *post, const char **problem)
{
	int64_t seconds = 0;

	if (!read_number("GROUNDCREW_MAIL_SECONDS", 1, SECONDS_MAX, &seconds)) {
		*problem = "GROUNDCREW_MAIL_SECONDS is no number from 1 to 600";
		return false;
	}
	post->smtp = smtp_new(arena,
	    &(struct smtp_settings){ .server = server,
		.credentials = setting("GROUNDCREW_SMTP_CREDENTIALS"),
		.authorities = setting("GROUNDCREW_CA"),
		.name = post->crewctl->site->host,
		.seconds = seconds,
		.ended = ended },
	    problem);
	return post->smtp != NULL;
}

static bool
open_folder(struct arena *arena, struct post *post, const char **problem)
{
	post->folder = arena_copy(arena, crewctl_mail_folder(arena, post->crewctl->site));
	if (mkdir(post->folder, 0700) != 0 && errno != EEXIST) {
		*problem = "cannot make the folder for mail";
		return false;
	}
	return true;
}

bool
post_open(struct arena *arena, struct crewctl *crewctl, const volatile sig_atomic_t *ended,
    struct post *post, const char **problem)
{
	const char *server = setting("GROUNDCREW_SMTP");
	const char *loopback = setting("GROUNDCREW_HOOK_LOOPBACK");

	*post = (struct post){ .crewctl = crewctl, .mail_from = setting("GROUNDCREW_MAIL_FROM") };
	if (post->mail_from != NULL && !address_is_valid(post->mail_from)) {
		*problem = "GROUNDCREW_MAIL_FROM is no address";
		return false;
	}
	if (!read_number("GROUNDCREW_MAIL_PER_MINUTE", 0, PER_MINUTE_MAX, &post->per_minute)) {
		*problem = "GROUNDCREW_MAIL_PER_MINUTE is no number from 0 to 100000";
		return false;
	}
	post->hooks = hooks_new(arena,
	    &(struct hook_settings){ .authorities = setting("GROUNDCREW_CA"),
		.loopback = loopback != NULL && strcmp(loopback, "yes") == 0,
		.ended = ended },
	    problem);
	if (post->hooks == NULL) {
		return false;
	}
	return server != NULL ? open_server(arena, server, ended, post, problem)
			      : open_folder(arena, post, problem);
}

/* Writes the mail under its final name, whole or not at all; the name is made
 * of its row, so that a second sending replaces the first. */
static bool
eml_write(
    struct arena *arena, const char *folder, const struct outbox *outbox, const struct bytes *mail)
{
	const char *path =
	    arena_format(arena, "%s/%08lld-%s.eml", folder, (long long)outbox->id, outbox->kind);
	const char *part = arena_format(arena, "%s.part", path);
	int file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool written;

	if (file < 0) {
		return false;
	}
	written =
	    write(file, mail->data, mail->length) == (ssize_t)mail->length && fsync(file) == 0;
	return close(file) == 0 && written && rename(part, path) == 0;
}

struct delivery
post_deliver(void *object, struct arena *arena, const struct parcel *parcel)
{
	struct post *post = object;

	if (parcel->hook_link != NULL) {
		return hook_post(post->hooks, arena, parcel->hook_link, parcel->letter.payload,
		    post->crewctl->now);
	}
	if (parcel->hub != NULL) {
		return hook_ping(
		    post->hooks, arena, parcel->hub, parcel->letter.payload, post->crewctl->now);
	}
	if (post->smtp != NULL) {
		return smtp_deliver(post->smtp, arena, parcel->from, parcel->to, parcel->message);
	}
	if (!eml_write(arena, post->folder, &parcel->outbox, parcel->message)) {
		log_line(LOG_LEVEL_ERROR, "event=mail id=%lld problem=%s",
		    (long long)parcel->outbox.id, strerror(errno));
		return (
		    struct delivery){ .outcome = DELIVERY_HOST, .problem = DELIVERY_NOT_WRITTEN };
	}
	return (struct delivery){ .outcome = DELIVERY_ACCEPTED };
}
