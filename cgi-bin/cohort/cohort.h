/*
 * The program of cohorts: the front page, the public pages of cohorts and
 * groups, the members' area, signing in and one's own page, offers, and the
 * organisers' area.
 */
#ifndef COHORT_COHORT_H
#define COHORT_COHORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/group_plan.h"
#include "model/meeting.h"
#include "web/form.h"
#include "web/route.h"
#include "web/visit.h"

extern const struct program cohort_program;

/* ---- home.c: the front page; cohorts.c: all cohorts ---- */
handler_fn home_show;
handler_fn cohorts_show;

/* ---- public.c: a cohort's page, and a group's ---- */
handler_fn public_cohort_show;
handler_fn public_group_show;

/* ---- members.c: the members' area ---- */
handler_fn members_show;
handler_fn members_leave;
extern const struct form members_leave_form;

/* ---- sign_in.c: asking for a link, and signing out ---- */
handler_fn sign_in_show;
handler_fn sign_in_send;
handler_fn sign_in_sent;
handler_fn sign_out_show;
handler_fn sign_out_press;
extern const struct form sign_in_form;
extern const struct form sign_out_form;

/* ---- enter.c: the mailed link ---- */
handler_fn enter_show;
handler_fn enter_press;
handler_fn enter_renew;
extern const struct form enter_form;
extern const struct form enter_renew_form;

/* ---- me.c: one's own page ---- */
handler_fn me_show;
handler_fn me_save;
extern const struct form me_form;

/* ---- sessions.c: where one is signed in ---- */
handler_fn sessions_show;
handler_fn sessions_end;
handler_fn sessions_end_all;
extern const struct form session_end_form;

/* ---- secrets.c: secret addresses of feeds and calendars ---- */
handler_fn secrets_show;
handler_fn secrets_make;
handler_fn secrets_end;
extern const struct form secret_form;
extern const struct form secret_end_form;

/* What an address of this purpose (the schema's word) is, in short. */
const char *secret_purpose_words(const char *purpose);

/* ---- own_data.c: taking one's data away; erase.c: being forgotten ---- */
handler_fn own_data_show;
handler_fn own_data_take_copy;
handler_fn own_data_send_link;
handler_fn erase_show;
handler_fn erase_press;
extern const struct form own_data_form;
extern const struct form own_data_erase_form;
extern const struct form erase_form;

/* ---- address.c: changing one's address ---- */
handler_fn address_show;
handler_fn address_ask;
handler_fn address_keep;
handler_fn address_side_show;
handler_fn address_side_press;
extern const struct form address_form;
extern const struct form address_keep_form;
extern const struct form address_side_form;

/* ---- seat.c: the offer of a seat ---- */
handler_fn seat_show;
handler_fn seat_confirm;
handler_fn seat_refuse;
extern const struct form seat_form;

/* ---- plan.c: making and changing a cohort ---- */
handler_fn plan_new_show;
handler_fn plan_new_make;
handler_fn plan_edit_show;
handler_fn plan_edit_save;
extern const struct form plan_new_form;
extern const struct form plan_edit_form;

/* ---- organise.c: the overview and its big steps ---- */
handler_fn organise_show;
handler_fn organise_publish;
handler_fn organise_form_groups;
handler_fn organise_launch;
extern const struct form organise_form;

/* ---- due.c: what is due, as rows of the overview ---- */
struct page_cohort_organise_due_list due_rows(struct visit *visit);

/* ---- weeks.c, projects.c: what a cohort is about ---- */
handler_fn weeks_show;
handler_fn weeks_save;
extern const struct form weeks_form;
handler_fn projects_show;
handler_fn projects_add;
handler_fn project_show;
handler_fn project_save;
handler_fn projects_remove;
extern const struct form projects_form;
extern const struct form projects_remove_form;

/* ---- levels.c, criteria.c: what is asked of levels, and looked for ---- */
handler_fn levels_show;
handler_fn levels_save;
extern const struct form levels_form;
handler_fn criteria_show;
handler_fn criteria_add;
handler_fn criteria_edit_show;
handler_fn criteria_save;
handler_fn criteria_move;
handler_fn criteria_remove;
handler_fn criteria_revive;
extern const struct form criteria_form;
extern const struct form criteria_move_form;
extern const struct form criteria_button_form;

/* ---- applications.c: the list; candidate.c: one of them ---- */
handler_fn applications_show;
handler_fn applications_csv;
handler_fn candidate_show;

/* ---- review_desk.c: a reviewer's desk; review_page.c: an application before
 * them; review_press.c: its buttons ---- */
handler_fn review_desk_show;
handler_fn review_next;
extern const struct form review_next_form;
handler_fn review_show;
const struct form *review_form(struct visit *visit);
handler_fn review_press;
handler_fn review_say_conflict;
handler_fn review_reveal;
extern const struct form review_conflict_form;
extern const struct form review_reveal_form;

/* ---- reviewers.c: who reviews ---- */
handler_fn reviewers_show;
handler_fn reviewers_appoint_new;
handler_fn reviewers_appoint_button;
handler_fn reviewers_end_button;
handler_fn reviewers_show_names;
extern const struct form reviewers_form;
extern const struct form reviewers_member_form;
extern const struct form reviewers_end_form;
extern const struct form reviewers_names_form;

/* ---- board.c: groups and who sits where; placing.c: its buttons ---- */
handler_fn board_show;
handler_fn placing_place;
handler_fn placing_leave;

enum place_field { PLACE_MEMBER, PLACE_GROUP, PLACE_REASON, PLACE_COUNT };

enum leave_field { LEAVE_PLACEMENT, LEAVE_GROUP, LEAVE_COUNT };

extern const struct form placing_form;
extern const struct form placing_leave_form;

/* ---- group_form.c: making and changing a group ---- */
handler_fn group_new_show;
handler_fn group_new_make;
handler_fn group_edit_show;
handler_fn group_edit_save;
extern const struct form group_new_form;
extern const struct form group_edit_form;

/* ---- meetings.c: a cohort's meetings; meeting_rows.c: as others see them ---- */
handler_fn meetings_show;
handler_fn meetings_add;
handler_fn meeting_show;
handler_fn meeting_save;
handler_fn meeting_press_cancel;
extern const struct form meetings_form;
extern const struct form meeting_form;
extern const struct form meeting_cancel_form;

/* One meeting as the visitor may see it. */
struct page_part_meeting meeting_row(struct visit *visit, const struct meeting *meeting);

/* What the visitor may know of: those that are not over, first to last, then
 * recordings, last to first. */
struct page_part_meeting_list meeting_list(struct visit *visit);

/* ---- late.c: what was not sent in time, and who may still ---- */
handler_fn late_page_show;
handler_fn late_page_let_in;
handler_fn late_page_end;
extern const struct form late_form;
extern const struct form late_end_form;

/* ---- people.c: who has which role; invite.c: who is invited to one ---- */
handler_fn people_show;
handler_fn people_end;
handler_fn people_return;
handler_fn people_invite;
handler_fn people_again;
handler_fn people_cancel;
extern const struct form people_form;
extern const struct form people_end_form;
extern const struct form people_return_form;
extern const struct form people_again_form;
extern const struct form people_cancel_form;

/* ---- invitation.c: the mailed invitation ---- */
handler_fn invitation_show;
handler_fn invitation_press;
handler_fn invitation_press_organise;
handler_fn invitation_refuse;
handler_fn invitation_accepted_show;
handler_fn invitation_declined_show;
const struct form *invitation_form_of(struct visit *visit);
const struct form *invitation_organise_form_of(struct visit *visit);
extern const struct form invitation_form;
extern const struct form invitation_organise_form;
extern const struct form invitation_decline_form;

/* ---- hours.c: when one has time, and whom one would like to look after ---- */
handler_fn hours_show;
handler_fn hours_save;
const struct form *hours_form_of(struct visit *visit);
extern const struct form hours_form;

/* ---- tell_me.c: who wants to hear of the next cohort ---- */
handler_fn tell_me_show;
handler_fn tell_me_ask;
handler_fn tell_me_sent;
handler_fn tell_me_link;
handler_fn tell_me_confirm;
extern const struct form tell_me_form;
extern const struct form tell_me_confirm_form;

/* ---- stop.c: the end of mails one can be without ---- */
handler_fn stop_show;
handler_fn stop_press;
extern const struct form stop_form;

/* ---- words.c: facts in words, from the message table ---- */

const char *words_number(struct visit *visit, int64_t number);

/* A number of things: one message for 1, another for all others. */
const char *words_djangonauts(struct visit *visit, int64_t count);

const char *words_navigators(struct visit *visit, int64_t count);

const char *words_seats(struct visit *visit, int64_t count);

const char *words_applicants(struct visit *visit, int64_t count);

/* "Week 3 of 8": for a pill. */
const char *words_state(struct visit *visit, const struct cohort *cohort);

/* "We are in week 3 of 8." */
const char *words_where(struct visit *visit, const struct cohort *cohort);

/* "5 April to 6 June 2027": from week 0 to the last day. */
const char *words_dates(struct visit *visit, const struct cohort *cohort);

/* "1 to 14 March 2027": the days on which applications are open. */
const char *words_window(struct visit *visit, const struct cohort *cohort);

/* The dates of one week. */
const char *words_week(struct visit *visit, const struct cohort *cohort, int week);

/* The name of a level, 1 to 4, and a band of them, in the cohort's own words. */
const char *words_level(struct visit *visit, int64_t level);

const char *words_levels(struct visit *visit, int64_t low, int64_t high);

/* "Wednesdays at 19:00, Europe/Vienna time, 60 minutes" */
const char *words_meeting(struct visit *visit, const struct group *group);

/* The same hour as the reader's clock shows it in week 1; NULL when that is
 * the zone of the meeting. */
const char *
words_meeting_yours(struct visit *visit, const struct cohort *cohort, const struct group *group);

/* A role's name, from the schema's word. */
const char *words_role(const char *role);

/* "3 of 4 places are taken" */
const char *words_seated(struct visit *visit, const struct group_standing *standing);

/* The chat's name, or a word for it. */
const char *words_chat(const struct cohort *cohort);

/* A part in hundred, as digits, 0 to 100. */
const char *words_percent(struct visit *visit, int64_t part, int64_t whole);

/* ---- parts.c: pieces of pages ---- */

struct page_part_timeline_list parts_timeline(struct visit *visit, const struct cohort *cohort);

/* One empty state; link may be NULL. */
struct page_part_empty_list parts_empty(struct visit *visit, enum message title, enum message words,
    const char *link, enum message link_name);

/* The organisers' pages, for their navigation. */
enum organise_page {
	ORGANISE_OVERVIEW = 1,
	ORGANISE_APPLICATIONS,
	ORGANISE_GROUPS,
	ORGANISE_PEOPLE,
	ORGANISE_WEEKS,
	ORGANISE_PROJECTS,
	ORGANISE_EDIT,
	ORGANISE_MAIL,
	ORGANISE_LOG,
	ORGANISE_FORM,
	ORGANISE_LEVELS,
	ORGANISE_LATE,
	ORGANISE_REVIEW,
	ORGANISE_CRITERIA,
	ORGANISE_REVIEWERS,
	ORGANISE_DECISIONS,
	ORGANISE_WAITLIST,
	ORGANISE_MEETINGS
};

/* ---- navigation.c: the way between them ---- */
struct page_part_organise_list parts_organise(struct visit *visit, enum organise_page page);

/* A person of a group; pronouns may be NULL. */
struct page_part_person
parts_person(struct visit *visit, const char *name, const char *pronouns, const char *role);

/* The groups of the visit's cohort as choices, by slug. */
void parts_choose_group(struct visit *visit, struct form_values *values, size_t field);

/* ---- news.c: the latest activities ---- */
struct page_part_entry_list news_entries(struct visit *visit, int64_t most);

#endif
