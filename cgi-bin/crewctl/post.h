#ifndef CREWCTL_POST_H
#define CREWCTL_POST_H

#include "courier.h"

struct smtp;

/*
 * How mail really goes, by the environment (crewctl-courier(8)): to a mail
 * server, or as .eml files where none is configured; and words for hooks.
 */
struct post {
	struct crewctl *crewctl;
	struct smtp *smtp; /* NULL: files */
	struct hooks *hooks;
	const char *folder; /* of the files; NULL with a server */
	const char *mail_from; /* NULL: the programme's contact */
	int64_t per_minute;
};

/* False with a line for the operator in *problem. All of it lives in the
 * arena; ended: see smtp.h. */
bool post_open(struct arena *arena, struct crewctl *crewctl, const volatile sig_atomic_t *ended,
    struct post *post, const char **problem);

/* A carrier's deliver; object is a struct post. */
struct delivery post_deliver(void *object, struct arena *arena, const struct parcel *parcel);

#endif
