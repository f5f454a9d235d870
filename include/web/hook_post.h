#ifndef GROUNDCREW_WEB_HOOK_POST_H
#define GROUNDCREW_WEB_HOOK_POST_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "model/delivery.h"

struct arena;
struct hooks;
struct sockaddr;

/*
 * Posting to web hooks by HTTPS, and to a WebSub hub.  A hook's link is a
 * secret, for whoever knows it can post there: it is in no result and no log.
 */

struct hook_settings {
	/* A file of certificates (PEM) trusted instead of the system's. */
	const char *authorities;
	/* Hooks may reach this machine: for tests. */
	bool loopback;
	/* Not 0: stop at once. May be NULL. */
	const volatile sig_atomic_t *ended;
};

/* NULL with a line for the operator in *problem. Ends with the arena. */
struct hooks *
hooks_new(struct arena *arena, const struct hook_settings *settings, const char **problem);

/*
 * Posts `payload`, JSON, to the link.  Redirects are not followed; addresses
 * of this machine, its networks and of no single host are refused
 * (hook_address_is_public); it takes 15 seconds at most, and no more than
 * 4 kB of the answer are read.  now: of the clock, for Retry-After.
 */
struct delivery hook_post(
    struct hooks *hooks, struct arena *arena, const char *link, const char *payload, int64_t now);

/*
 * The same to a WebSub hub (site.h) that the operator chose: a form, and http
 * is right where the hub is on this machine.
 */
struct delivery
hook_ping(struct hooks *hooks, struct arena *arena, const char *hub, const char *form, int64_t now);

/*
 * What an HTTP answer means: 2xx accepted; 404 and 410 the hook is gone; 429,
 * and 503 with Retry-After, the host rests for as long as it asks (seconds, an
 * HTTP date, or the JSON body's retry_after in seconds); 408, 425 and other
 * 5xx temporary; anything else, a redirect too, permanent.  retry_after and
 * body may be NULL.
 */
struct delivery hook_judge(long status, const char *retry_after, const char *body, int64_t now);

/* The host of an https link in lower case; NULL when it is none. */
const char *hook_host(struct arena *arena, const char *link);

/*
 * Whether the address is that of a single host somewhere else: neither
 * loopback nor private, link-local, shared, reserved or multicast, nor such an
 * IPv4 address inside an IPv6 one (RFC 6890).
 */
bool hook_address_is_public(const struct sockaddr *address);

/* Whether it is this machine's own. */
bool hook_address_is_loopback(const struct sockaddr *address);

#endif
