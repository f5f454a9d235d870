/*
 * Every address of our own, one function a page. A link begins with the
 * site's root, so it is right under a path; captured parts are escaped.
 * Nothing else in the programs puts an address together.
 */
#ifndef WEB_LINK_H
#define WEB_LINK_H

#include <stdint.h>

#include "ground/arena.h"
#include "web/site.h"

/* A link as an absolute URL, for mails and feeds. */
const char *link_absolute(struct arena *arena, const struct site *site, const char *link);

/* A link with one more query field. */
const char *link_with(struct arena *arena, const char *link, const char *name, const char *value);

/* A link that points at an element of its page. */
const char *link_at(struct arena *arena, const char *link, const char *id);

/* ---- cohort ---- */
const char *link_home(struct arena *arena, const struct site *site);
const char *link_cohorts(struct arena *arena, const struct site *site);
const char *link_cohort(struct arena *arena, const struct site *site, const char *cohort);
const char *link_cohort_members(struct arena *arena, const struct site *site, const char *cohort);
const char *link_cohort_group(
    struct arena *arena, const struct site *site, const char *cohort, const char *group);
const char *link_cohort_new(struct arena *arena, const struct site *site);
const char *link_sign_in(struct arena *arena, const struct site *site);
/* `next` is a path below the root, or NULL. */
const char *link_sign_in_next(struct arena *arena, const struct site *site, const char *next);
const char *link_entrance(struct arena *arena, const struct site *site, const char *token);
const char *link_me(struct arena *arena, const struct site *site);
const char *link_sessions(struct arena *arena, const struct site *site);
const char *link_address(struct arena *arena, const struct site *site);
const char *link_address_confirm(struct arena *arena, const struct site *site, const char *token);
const char *link_own_data(struct arena *arena, const struct site *site);
/* Where somebody's secret addresses are made and ended. */
const char *link_secret_addresses(struct arena *arena, const struct site *site);
const char *link_erase(struct arena *arena, const struct site *site, const char *token);
const char *link_invitation(struct arena *arena, const struct site *site, const char *token);
const char *link_hours(struct arena *arena, const struct site *site, const char *cohort);
const char *link_people(struct arena *arena, const struct site *site, const char *cohort);
const char *link_tell_me(struct arena *arena, const struct site *site);
const char *link_tell_me_confirm(struct arena *arena, const struct site *site, const char *token);
const char *link_stop(struct arena *arena, const struct site *site, const char *token);
/* The desk of who reviews a cohort's applications, and one of these. */
const char *link_review(struct arena *arena, const struct site *site, const char *cohort);
const char *link_review_of(
    struct arena *arena, const struct site *site, const char *cohort, const char *application);
const char *link_offer(struct arena *arena, const struct site *site, const char *key);
const char *link_organise(struct arena *arena, const struct site *site, const char *cohort);
const char *
link_organise_applications(struct arena *arena, const struct site *site, const char *cohort);
const char *
link_organise_applications_csv(struct arena *arena, const struct site *site, const char *cohort);
const char *link_organise_application(
    struct arena *arena, const struct site *site, const char *cohort, const char *application);
const char *link_late(struct arena *arena, const struct site *site, const char *cohort);
const char *link_organise_groups(struct arena *arena, const struct site *site, const char *cohort);
const char *
link_organise_group_new(struct arena *arena, const struct site *site, const char *cohort);
const char *link_organise_group(
    struct arena *arena, const struct site *site, const char *cohort, const char *group);

/* The administrators' pages; others lie under it. */
const char *link_settings(struct arena *arena, const struct site *site);

/* The public pages made of the settings. */
const char *link_report(struct arena *arena, const struct site *site);
const char *link_privacy(struct arena *arena, const struct site *site);
const char *link_contact(struct arena *arena, const struct site *site);

/* ---- apply ---- */
const char *link_apply_all(struct arena *arena, const struct site *site);
const char *link_apply(struct arena *arena, const struct site *site, const char *cohort);
const char *link_apply_received(
    struct arena *arena, const struct site *site, const char *cohort, const char *key);
const char *link_apply_confirm(struct arena *arena, const struct site *site, const char *token);
/* The page of a draft's link, and that where its code is typed. */
const char *link_apply_draft(struct arena *arena, const struct site *site, const char *token);
const char *link_apply_code(struct arena *arena, const struct site *site, const char *cohort);
const char *link_apply_mine(struct arena *arena, const struct site *site, const char *application);

/* ---- standup ---- */
const char *link_standups(struct arena *arena, const struct site *site);
const char *link_standup_group(
    struct arena *arena, const struct site *site, const char *cohort, const char *group);
const char *link_standup(struct arena *arena, const struct site *site, const char *cohort,
    const char *group, int64_t week);

/* ---- feed ---- */
const char *link_feed(struct arena *arena, const struct site *site);
/* The public calendar of a cohort. */
const char *link_calendar(struct arena *arena, const struct site *site, const char *cohort);
/* Secret addresses, by their token. */
const char *link_secret_feed(struct arena *arena, const struct site *site, const char *token);
const char *link_secret_calendar(struct arena *arena, const struct site *site, const char *token);

/* An address under a page that has no function of its own: "<link>/<part>". */
const char *link_under(struct arena *arena, const char *link, const char *part);

#endif
