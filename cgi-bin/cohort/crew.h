/*
 * What navigators and captains say of themselves: the fields of two forms, on
 * accepting an invitation and on the page of one's hours, and the same in
 * words for the organisers.
 */
#ifndef COHORT_CREW_H
#define COHORT_CREW_H

#include "cohort.h"
#include "model/questionnaire.h"
#include "model/volunteer.h"

/* The name comes last: the page of hours has a form without it. */
enum crew_field {
	CREW_ZONE,
	CREW_HOURS,
	CREW_LEVEL_LOW,
	CREW_LEVEL_HIGH,
	CREW_PROJECTS,
	CREW_WANTS,
	CREW_NAME,
	CREW_FIELDS
};

extern const struct field crew_fields[CREW_FIELDS];

/* ---- crew_questions.c: what the cohort asks of a role besides ---- */

/* The questions of one role, and where they begin among a form's fields. */
struct crew_questions {
	const char *role;
	struct questionnaire form;
	struct questionnaire_item_rows items;
	size_t first;
};

/* Those of one role, or of the two of somebody who is navigator and captain. */
enum { CREW_SETS = 2 };

struct crew_sets {
	struct crew_questions sets[CREW_SETS];
	size_t count;
	size_t fields; /* of the form, with those that it always has */
};

/* Begins with the fields that the form always has, then adds a role's. */
struct crew_sets crew_sets_begin(const struct form *always);
void
crew_sets_add(struct visit *visit, struct crew_sets *sets, int64_t cohort_id, const char *role);

/* The form with all of them, in the visit's arena. */
const struct form *
crew_form(struct visit *visit, const struct form *always, const struct crew_sets *sets);

/* The visit's values if they are of a form of that name, else blank ones. */
struct form_values *
crew_values(struct visit *visit, const struct form *always, const struct crew_sets *sets);

/* The sections before, and one for each role that asks something. */
struct page_part_volunteer_list
crew_and_questions(struct visit *visit, struct page_part_volunteer_list before,
    const struct form_values *values, const struct crew_sets *sets);

/* What was answered to one of them. */
struct item_answer *crew_replies(
    const struct form_values *values, const struct crew_questions *questions, size_t *count);

/* Fills in what a member answered before. */
void crew_fill_replies(struct visit *visit, struct form_values *values,
    const struct crew_questions *questions, int64_t member_id);

/* What a member answered, for the organisers. */
struct page_cohort_people_crew_replies_list crew_reply_rows(struct visit *visit, int64_t member_id);

/* ---- crew.c ---- */

/* What somebody is asked about: NULL role: they are navigator and captain. */
struct crew_ask {
	const struct cohort *cohort;
	const char *role;
	bool asks_name; /* somebody new: it must be given */
};

/* The fields in sections. */
struct page_part_volunteer_list
crew_sections(struct visit *visit, struct form_values *values, const struct crew_ask *ask);

/* The name alone, in a section of its own; no section when it is not asked. */
struct page_part_volunteer_list
crew_name_section(struct visit *visit, struct form_values *values, size_t field, bool asks_name);

/* Refuses a missing name; field is its place in the form. */
void crew_require_name(struct form_values *values, size_t field, bool asks_name);

/* The choices that the cohort gives; before the form is read or shown. */
void crew_choices(struct visit *visit, struct form_values *values, const struct cohort *cohort);

/* What was typed; false, with the mistakes in values: it cannot be kept. */
bool crew_read(struct visit *visit, struct form_values *values, const struct crew_ask *ask,
    struct volunteer_answers *answers);

/* Says at its field why the model refused. */
void crew_refuse(struct visit *visit, struct form_values *values, const struct crew_ask *ask,
    enum volunteer_outcome why);

/* Fills the form with what was said before. */
void
crew_fill(struct visit *visit, struct form_values *values, const struct volunteer_answers *answers);

/* "Mon–Fri 19:00–22:00 Europe/Vienna; Levels 1 to 2; Forms; would like 4
 * Djangonauts", or that nothing was said yet. */
const char *crew_brief(struct visit *visit, int64_t member_id);

/* The same as rows of the organisers' page. */
struct page_cohort_people_crew_list crew_rows(struct visit *visit);

#endif
