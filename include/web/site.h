/*
 * The installation, as its configuration describes it.
 *
 * Every address the programs write, every cookie's name and path, and every
 * file they open comes from here and never from a request (safety rule 11,
 * feed rule 40). A struct site is read once, when a program starts, lives as
 * long as its arena and never changes.
 */
#ifndef WEB_SITE_H
#define WEB_SITE_H

#include <stdbool.h>

#include "ground/arena.h"
#include "ground/token.h"

/* What the environment file says, as text. NULL stands for "not set". */
struct site_source {
	const char *database; /* GROUNDCREW_DB: path of the database */
	const char *base; /* GROUNDCREW_BASE: the public address */
	const char *pages; /* GROUNDCREW_PAGES: folder of templates */
	/* GROUNDCREW_STATIC: folder that nginx serves as <root>/static/ */
	const char *files;
	const char *key; /* GROUNDCREW_KEY: path of the key file */
	const char *wake; /* GROUNDCREW_WAKE: the courier's FIFO */
	const char *sandbox; /* GROUNDCREW_SANDBOX: "required", "off" */
	const char *hub; /* GROUNDCREW_HUB: a WebSub hub; none without it */
};

enum { SITE_HUB_BYTES_MAX = 500 };

enum site_sandbox {
	SITE_SANDBOX_WANTED = 1, /* enter it; go on where it is lacking */
	SITE_SANDBOX_REQUIRED, /* refuse to run without it */
	SITE_SANDBOX_OFF /* never enter it (debuggers, asan) */
};

struct site {
	const char *database;
	const char *pages;
	const char *key; /* NULL: this program needs none */
	const char *wake; /* NULL: nobody is woken */
	const char *base; /* "https://x.org/crew", no final slash */
	const char *origin; /* "https://x.org": scheme, host, port */
	const char *host; /* "x.org", without the port */
	const char *root; /* "/crew", or "" at a host's root */
	const char *session_cookie; /* name of the sign-in cookie */
	const char *form_cookie; /* name of the signed-out form cookie */
	const char *draft_cookie; /* name of that of unsent applications */
	const char *css; /* link to our stylesheet, root, version */
	const char *script; /* likewise; both end in "?v=<hash>" */
	bool secure; /* the base is https */
	/*
	 * The WebSub hub that feeds name and that is told of what they gain
	 * (rule 45); NULL: there is none.  Of the characters of a URL alone,
	 * so that it stands in a Link header as it is.
	 */
	const char *hub;
	enum site_sandbox sandbox;
	/*
	 * The key file's content: what keyed hashes of addresses and the
	 * tokens of mails are made with. Zeros when has_secret is false: no
	 * key is configured, or the file is not there yet (crewctl init makes
	 * it). A worker whose key is configured and missing refuses to run.
	 */
	unsigned char secret[TOKEN_KEY_BYTES];
	bool has_secret;
};

/*
 * Reads the environment into `source`. The strings belong to the process.
 */
void site_environment(struct site_source *source);

/*
 * Checks `source` and fills `site`; everything in it lives in `arena`.
 *
 * The base must be http or https, a lower-case host (a name, an IPv4 address
 * or a bracketed IPv6 address), an optional port, and an optional path of
 * unreserved characters; a final slash is dropped. A default port (80 for
 * http, 443 for https) is left out of the origin, as browsers do.
 *
 * Cookie names (safety rule 23): https at a host's root uses the `__Host-`
 * prefix; https under a path `__Secure-`, with the path as the cookie's;
 * plain http carries the port in the name, for two ports share one jar.
 *
 * The hub must be https, or http at this machine ("localhost", "127.0.0.1",
 * "[::1]"), and at most SITE_HUB_BYTES_MAX characters, without a fragment and
 * without a name and password.
 *
 * Defaults: database "var/groundcrew.db", base "http://localhost:8080",
 * pages "www/pages", static "www/static", sandbox wanted.
 *
 * The stylesheet and the script are read once, for the hash in their links: a
 * browser may keep them for good. Where they cannot be read the links have no
 * version.
 *
 * Returns false and a line for the log in `problem` when a value is unusable,
 * a key file that does not hold exactly TOKEN_KEY_BYTES bytes included.
 */
bool site_read(
    struct arena *arena, const struct site_source *source, struct site *site, const char **problem);

#endif
