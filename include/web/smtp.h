#ifndef GROUNDCREW_WEB_SMTP_H
#define GROUNDCREW_WEB_SMTP_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "model/delivery.h"

struct arena;
struct bytes;
struct smtp;

/*
 * A mail server, and the connection kept to it (RFC 5321, by libcurl).
 *
 * smtp://host:port speaks TLS after STARTTLS (RFC 3207), which the server must
 * offer; smtps://host:port from the first byte (RFC 8314). The certificate is
 * checked. The one exception is smtp:// to a loopback host without
 * credentials: TLS is used when it is offered, and its certificate is checked
 * only against authorities of one's own, for what does not leave the machine
 * needs neither.
 */

struct smtp_settings {
	const char *server; /* the address, without a path */
	/* A file of two lines, user and password; NULL: nobody signs in. It
	 * must belong to the user we run as and be closed to all others
	 * (mode 0600 or 0400). */
	const char *credentials;
	/* A file of certificates (PEM) trusted instead of the system's. */
	const char *authorities;
	/* Our own name, for EHLO. */
	const char *name;
	/* How long one mail may take; 0: a minute. */
	int64_t seconds;
	/* Not 0: stop; see smtp_deliver. May be NULL. */
	const volatile sig_atomic_t *ended;
};

/*
 * The server of these settings; nothing is asked of it yet. NULL with a line
 * for the operator in *problem when they are not usable. It and its
 * connection end with the arena.
 */
struct smtp *
smtp_new(struct arena *arena, const struct smtp_settings *settings, const char **problem);

/*
 * Hands a message (RFC 5322, lines ended by CRLF) to the server, for one
 * recipient; both addresses are ASCII. Over the kept connection where there
 * is one; a new one is made at once when that turns out to be closed.
 *
 * Only the server's 250 at the end of DATA is DELIVERY_ACCEPTED; see
 * smtp_judge for the rest. It takes settings.seconds at most, of which ten
 * are for connecting, and gives up after half a minute without a byte.
 *
 * When `ended` is set, it stops: at once before DATA, and after it only when
 * the server has not answered for five more seconds, since until then it
 * may have taken the mail.
 *
 * The text of the result lives in the arena.
 */
struct delivery smtp_deliver(struct smtp *smtp, struct arena *arena, const char *from,
    const char *to, const struct bytes *message);

/* Closes the connection, with QUIT; it is made again when it is needed. */
void smtp_rest(struct smtp *smtp);

/* Whether a connection may be open. */
bool smtp_is_open(const struct smtp *smtp);

#endif
