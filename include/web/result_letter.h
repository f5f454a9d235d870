#ifndef GROUNDCREW_WEB_RESULT_LETTER_H
#define GROUNDCREW_WEB_RESULT_LETTER_H

#include <stdbool.h>
#include <stdint.h>

#include "ground/arena.h"
#include "model/application.h"
#include "model/cohort.h"
#include "web/site.h"
#include "web/wording_kind.h"

/*
 * The mails that tell applicants how it went: offer, waitlist, not_this_time,
 * waitlist_closed.  The courier sends what is written here, and the organisers
 * read the same before it goes.
 */
struct result_letter {
	const char *kind; /* one of those */
	const char *programme; /* its name */
	const struct cohort *cohort;
	const struct application *application;
	/* What the mail calls the applicant: their name. */
	const char *name;
	/* What is said to this person alone; "": nothing. */
	const char *line;
	/* Of an offer: the group that it names, or DB_NULL; until when it can be
	 * answered; and the token of its link. */
	int64_t group_id;
	int64_t deadline_at;
	const char *token;
};

/* What stands for a token in a mail that is shown before it goes. */
#define RESULT_LETTER_NO_TOKEN "..."

/*
 * Writes it, with the wording that the cohort gave its kind; where that has no
 * place for the line, the line stands at its end.  Instants are told in the
 * applicant's zone, the meeting of the group in both.  False: no such kind.
 */
bool result_letter_write(struct db *db, struct arena *arena, const struct site *site,
    const struct result_letter *letter, struct wording *wording);

#endif
