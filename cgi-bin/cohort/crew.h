/*
 * What navigators and captains say of themselves: the fields of two forms, on
 * accepting an invitation and on the page of one's hours, and the same in
 * words for the organisers.
 */
#ifndef COHORT_CREW_H
#define COHORT_CREW_H

#include "cohort.h"
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
