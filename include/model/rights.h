#ifndef GROUNDCREW_MODEL_RIGHTS_H
#define GROUNDCREW_MODEL_RIGHTS_H

#include <stdint.h>
#include "ground/clock.h"

struct application;
struct arena;
struct cohort;
struct db;
struct group;
struct person;

/*
 * Roles are bits of a mask.  A route names the roles that may use it; a
 * visitor may when they have one of them in the route's scope.
 */
enum role {
	/* Everyone, strangers included. */
	ROLE_ANYONE = 1 << 0,
	/* Everyone signed in by a link of their own. */
	ROLE_PERSON = 1 << 1,
	/* The author of the scope's application. */
	ROLE_APPLICANT = 1 << 2,
	ROLE_DJANGONAUT = 1 << 3,
	ROLE_NAVIGATOR = 1 << 4,
	ROLE_CAPTAIN = 1 << 5,
	ROLE_ORGANISER = 1 << 6,
	ROLE_ADMINISTRATOR = 1 << 7,
	/* Who may read and score applications: appointed, or an organiser. */
	ROLE_REVIEWER = 1 << 8
};

#define ROLES_MEMBERS (ROLE_DJANGONAUT | ROLE_NAVIGATOR | ROLE_CAPTAIN | ROLE_ORGANISER)
#define ROLES_FACILITATORS (ROLE_NAVIGATOR | ROLE_CAPTAIN | ROLE_ORGANISER)

/* How long after its end members may still read a cohort: a year. */
#define RIGHTS_READ_SECONDS ((int64_t)365 * CLOCK_DAY)
/* How long after its end members may still write: two weeks. */
#define RIGHTS_WRITE_SECONDS ((int64_t)14 * CLOCK_DAY)

/*
 * The one place that decides what someone is (product.md, "Roles").
 *
 * person is NULL for a stranger.  application_only is the id of the one
 * application that the session reaches, or DB_NULL.  The scope is the most
 * particular object given:
 *
 * - application: ROLE_APPLICANT for its author, the cohort's ROLE_ORGANISER;
 *   ROLE_REVIEWER for the cohort's reviewers, but not for its author, nor for
 *   one who declared a conflict.
 * - group: the roles the person sits in that group with, and ROLE_ORGANISER
 *   for an organiser of its cohort.
 * - cohort: the active roles in that cohort; ROLE_REVIEWER for its organisers
 *   and for whom they appointed.
 * - none: the union of the person's roles anywhere.
 *
 * Members' roles (not the organiser's) end a year after the cohort, reviewing
 * ends with it; in a group's scope nobody is a reviewer. A session
 * of one application has ROLE_APPLICANT for it and nothing else.
 * ROLE_ADMINISTRATOR comes from the person alone and gives no right to read
 * what a cohort keeps private.  Everyone has ROLE_ANYONE.
 */
unsigned rights_of(struct db *db, struct arena *arena, const struct person *person,
    int64_t application_only, const struct cohort *cohort, const struct group *group,
    const struct application *application, int64_t now);

#endif
