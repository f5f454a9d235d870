#include <string.h>

#include "crew.h"
#include "model/member.h"
#include "web/hours.h"
#include "web/link.h"
#include "web/page/cohort.h"

const struct form hours_form = {
	.name = "hours",
	.fields = crew_fields,
	.count = CREW_NAME,
};

/* The roles in which one looks after people: navigator, captain, or both. */
struct own_roles {
	int64_t ids[CREW_SETS];
	const char *roles[CREW_SETS];
	size_t count;
	const char *role; /* NULL: both */
};

static struct own_roles
find_roles(struct visit *visit)
{
	struct member_rows members = member_of_person(visit->db, visit->arena,
	    &(struct member_of_person_in){
		.cohort_id = visit->cohort->id, .person_id = visit->person->id });
	struct own_roles own = { .count = 0 };

	for (size_t i = 0; i < members.count && own.count < CREW_SETS; i++) {
		const struct member *member = &members.rows[i];

		if (strcmp(member->role, "navigator") == 0 ||
		    strcmp(member->role, "captain") == 0) {
			own.role = own.count == 0 ? member->role : NULL;
			own.roles[own.count] = member->role;
			own.ids[own.count++] = member->id;
		}
	}
	return own;
}

/* What the cohort asks of these roles. */
static struct crew_sets
questions_of(struct visit *visit, const struct own_roles *own)
{
	struct crew_sets sets = crew_sets_begin(&hours_form);

	for (size_t i = 0; i < own->count; i++) {
		crew_sets_add(visit, &sets, visit->cohort->id, own->roles[i]);
	}
	return sets;
}

const struct form *
hours_form_of(struct visit *visit)
{
	struct own_roles own = find_roles(visit);
	struct crew_sets sets = questions_of(visit, &own);

	return crew_form(visit, &hours_form, &sets);
}

void
hours_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	struct own_roles own = find_roles(visit);
	struct crew_ask ask = { .cohort = cohort, .role = own.role };
	struct crew_sets sets = questions_of(visit, &own);
	struct form_values *values = crew_values(visit, &hours_form, &sets);
	struct volunteer_answers answers;
	struct page_cohort_hours page = {
		.cohort = cohort->name,
		.members_link = link_cohort_members(visit->arena, visit->site, cohort->slug),
		.action = link_hours(visit->arena, visit->site, cohort->slug),
	};

	crew_choices(visit, values, cohort);
	for (size_t i = 0; i < own.count && !page.if_said; i++) {
		if (volunteer_find(visit->db, visit->arena, own.ids[i], &answers)) {
			crew_fill(visit, values, &answers);
			page.if_said = true;
			page.summary = crew_brief(visit, own.ids[i]);
			page.hours_change = hours_changes(visit->arena, answers.zone, cohort);
			page.if_hours_change = page.hours_change != NULL;
		}
	}
	for (size_t i = 0; i < own.count; i++) {
		crew_fill_replies(visit, values, &sets.sets[i], own.ids[i]);
	}
	form_fill(values, CREW_ZONE, visit->person->zone);
	page.part_errors = form_summary(values);
	page.part_volunteer =
	    crew_and_questions(visit, crew_sections(visit, values, &ask), values, &sets);
	page_cohort_hours(visit_html(visit, 200), &visit->frame, &page);
}

static bool
save_replies(struct visit *visit, const struct crew_questions *questions, int64_t member_id)
{
	size_t count;
	struct item_answer *replies = crew_replies(visit->values, questions, &count);

	return member_answers_write(visit->db, member_id, replies, count);
}

/* The same for both roles of one who has two. */
void
hours_save(struct visit *visit)
{
	struct own_roles own = find_roles(visit);
	struct crew_sets sets = questions_of(visit, &own);
	struct crew_ask ask = { .cohort = visit->cohort, .role = own.role };
	struct volunteer_answers answers;
	bool ok = crew_read(visit, visit->values, &ask, &answers);

	for (size_t i = 0; ok && i < own.count; i++) {
		enum volunteer_outcome outcome = volunteer_save(
		    visit->db, visit->arena, visit->cohort, own.ids[i], &answers, visit->now);

		if (outcome == VOLUNTEER_FAULT || outcome == VOLUNTEER_NOT_ABOARD ||
		    !save_replies(visit, &sets.sets[i], own.ids[i])) {
			visit_error(visit, 500);
			return;
		}
		crew_refuse(visit, visit->values, &ask, outcome);
		ok = outcome == VOLUNTEER_SAVED;
	}
	if (!ok) {
		visit_again(visit);
		return;
	}
	visit_notice(visit, MESSAGE_DONE_HOURS_SAVED);
	visit_redirect(visit, link_hours(visit->arena, visit->site, visit->cohort->slug));
}
