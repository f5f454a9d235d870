/*
 * The organisers' page of people: who has a role (people.c), and who is
 * invited to one (invite.c).
 */
#ifndef COHORT_PEOPLE_H
#define COHORT_PEOPLE_H

#include "cohort.h"

/*
 * Whether the visitor deals with those who have, or are invited to, that role:
 * an administrator appoints organisers, and has no right over anybody else in
 * a cohort where they have no role.
 */
bool people_may_deal_with(const struct visit *visit, const char *role);

/* The page, or what lies under it. */
const char *people_link(struct visit *visit, const char *part);

/* The form that invites, with the roles that the visitor may give. */
struct form_values *people_invite_values(struct visit *visit);

/* Invitations that wait for an answer, lapsed or were declined. */
struct page_cohort_people_invitations_list people_invitation_rows(struct visit *visit);

#endif
