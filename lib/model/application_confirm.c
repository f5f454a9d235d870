#include <stddef.h>

#include "db/db.h"
#include "ground/arena.h"
#include "ground/token.h"
#include "model/application.h"
#include "model/application_rows.h"
#include "model/call_sign.h"
#include "model/cohort.h"
#include "model/late.h"
#include "model/person.h"
#include "model/session.h"

bool
application_record_link(struct db *db, struct arena *arena, const char *token,
    int64_t application_id, int64_t now, int64_t *expires_at)
{
	struct application application;
	struct cohort cohort;
	int64_t late;

	if (!application_find_by_id(db, arena, application_id, &application) ||
	    !cohort_by_id(
		db, arena, &(struct cohort_by_id_in){ .id = application.cohort_id }, &cohort)) {
		return false;
	}
	*expires_at = now + APPLICATION_CONFIRM_SECONDS;
	application_extend_confirmation(db,
	    &(struct application_extend_confirmation_in){
		.id = application_id, .confirm_until = *expires_at });
	if (*expires_at < cohort.closes_at) {
		*expires_at = cohort.closes_at;
	}
	late = late_until(db, arena, cohort.id, application.email_key, now);
	if (*expires_at < late) {
		*expires_at = late;
	}
	return link_record_application(db, arena, token, application_id, now, *expires_at);
}

/* The application that a token's link is about, while the link works. */
static bool
find_by_token(struct db *db, struct arena *arena, const char *token, int64_t now, struct link *link,
    struct application *application)
{
	return token_is_shaped(token) && link_find(db, arena, token_hash(arena, token), link) &&
	    link->application_id != DB_NULL && link_works(link, now) &&
	    application_find_by_id(db, arena, link->application_id, application);
}

enum application_link_state
application_link(struct db *db, struct arena *arena, const char *token, int64_t now,
    struct application *application)
{
	struct link link;

	if (!find_by_token(db, arena, token, now, &link, application)) {
		return APPLICATION_LINK_SPENT;
	}
	if (application->confirmed_at != DB_NULL) {
		return APPLICATION_LINK_OPENS;
	}
	return now < application->confirm_until ? APPLICATION_LINK_CONFIRMS
						: APPLICATION_LINK_SPENT;
}

static int64_t
ensure_person(
    struct db *db, struct arena *arena, const struct application *application, int64_t now)
{
	return person_ensure(db, arena,
	    &(struct person_new){ .email = application->email,
		.name = application->name,
		.pronouns = application->pronouns,
		.zone = application->zone,
		.github = application->github },
	    now);
}

/* Whether the person may sign in at all. */
static bool
is_welcome(struct db *db, struct arena *arena, int64_t person_id)
{
	struct person person;

	return person_find(db, arena, person_id, &person) && person.is_disabled == 0;
}

/* What was said, to keep. */
static bool
queue_copy(struct db *db, struct arena *arena, const struct application *application, int64_t now)
{
	return application_queue(db, arena,
	    arena_format(arena, "application_confirmed:%lld", (long long)application->id),
	    "application_confirmed", application->id, application->cohort_id, application->email,
	    now, now);
}

/* Confirms the address; the person's other application, when there is one,
 * takes this one's place. */
static enum application_confirm_outcome
confirm_address(struct db *db, struct arena *arena, int64_t now, struct application *application)
{
	int64_t person_id = ensure_person(db, arena, application, now);
	struct application other;

	if (person_id == 0) {
		return APPLICATION_CONFIRM_FAULT;
	}
	if (!is_welcome(db, arena, person_id)) {
		return APPLICATION_CONFIRM_SPENT;
	}
	if (application_find_of_person(db, arena, application->cohort_id, person_id, &other)) {
		*application = other;
		return APPLICATION_ALREADY_THERE;
	}
	if (application_set_confirmed(db,
		&(struct application_set_confirmed_in){
		    .id = application->id, .person_id = person_id, .now = now }) != 1 ||
	    !call_sign_give(db, arena, application->id) ||
	    !queue_copy(db, arena, application, now)) {
		return APPLICATION_CONFIRM_FAULT;
	}
	application->person_id = person_id;
	application->confirmed_at = now;
	return APPLICATION_CONFIRMED;
}

static enum application_confirm_outcome
settle(struct db *db, struct arena *arena, int64_t now, struct application *application)
{
	if (application->confirmed_at != DB_NULL) {
		return is_welcome(db, arena, application->person_id) ? APPLICATION_ENTERED
								     : APPLICATION_CONFIRM_SPENT;
	}
	if (now >= application->confirm_until) {
		return APPLICATION_CONFIRM_SPENT;
	}
	return confirm_address(db, arena, now, application);
}

enum application_confirm_outcome
application_confirm(struct db *db, struct arena *arena, const char *token, int64_t now,
    struct application *application, const char **session)
{
	enum application_confirm_outcome outcome;
	struct link link;

	if (!find_by_token(db, arena, token, now, &link, application)) {
		return APPLICATION_CONFIRM_SPENT;
	}
	outcome = settle(db, arena, now, application);
	if (outcome == APPLICATION_CONFIRM_SPENT || outcome == APPLICATION_CONFIRM_FAULT) {
		return outcome;
	}
	if (link_consume(db, &(struct link_consume_in){ .id = link.id, .now = now }) != 1) {
		return APPLICATION_CONFIRM_FAULT;
	}
	*session = session_start(db, arena, application->person_id, application->id, now);
	return *session == NULL ? APPLICATION_CONFIRM_FAULT : outcome;
}
