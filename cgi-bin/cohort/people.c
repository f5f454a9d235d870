#include <string.h>

#include "cohort.h"
#include "ground/text.h"
#include "model/member.h"
#include "web/link.h"
#include "web/page/cohort.h"

enum { NAME_MAX_UNITS = 100, EMAIL_MAX = 254, ROLES = 4, ROLES_ORGANISER = 2 };

enum { PEOPLE_NAME, PEOPLE_EMAIL, PEOPLE_ROLE, PEOPLE_LEVEL, PEOPLE_COUNT };

static const struct choice roles[ROLES] = {
	{ "navigator", NULL, MESSAGE_COHORT_ROLE_NAVIGATOR, NULL },
	{ "captain", NULL, MESSAGE_COHORT_ROLE_CAPTAIN, NULL },
	[ROLES_ORGANISER] = { "organiser", NULL, MESSAGE_COHORT_ROLE_ORGANISER, NULL },
	{ "djangonaut", NULL, MESSAGE_COHORT_ROLE_DJANGONAUT, NULL },
};

static const struct field people_fields[PEOPLE_COUNT] = {
	[PEOPLE_NAME] = { "name", FIELD_LINE, MESSAGE_COHORT_INVITE_NAME_LABEL, .required = true,
	    .max = NAME_MAX_UNITS },
	[PEOPLE_EMAIL] = { "email", FIELD_EMAIL, MESSAGE_COHORT_INVITE_EMAIL_LABEL,
	    .required = true, .max = EMAIL_MAX },
	[PEOPLE_ROLE] = { "role", FIELD_CHOICE, MESSAGE_COHORT_INVITE_ROLE_LABEL, .required = true,
	    .choices = roles, .choice_count = ROLES },
	[PEOPLE_LEVEL] = { "level", FIELD_CHOICE, MESSAGE_COHORT_PERSON_LEVEL_LABEL,
	    MESSAGE_COHORT_PERSON_LEVEL_HELP, .choices = parts_levels,
	    .choice_count = PARTS_LEVELS },
};

const struct form people_form = {
	.name = "appoint",
	.fields = people_fields,
	.count = PEOPLE_COUNT,
};

enum { END_MEMBER, END_COUNT };

static const struct field end_fields[END_COUNT] = {
	[END_MEMBER] = { "member", FIELD_HIDDEN, MESSAGE_COHORT_PLACE_MEMBER_LABEL,
	    .required = true, .max = 20 },
};

const struct form people_end_form = {
	.name = "end_role",
	.fields = end_fields,
	.count = END_COUNT,
};

/*
 * An administrator appoints organisers, and has no right over anybody else in
 * a cohort where they have no role.
 */
static bool
may_deal_with(const struct visit *visit, const char *role)
{
	return visit_has(visit, ROLE_ORGANISER) || strcmp(role, "organiser") == 0;
}

/* Gives the roles as choices that the visitor may give. */
static void
choose_role(const struct visit *visit, struct form_values *values)
{
	if (!visit_has(visit, ROLE_ORGANISER)) {
		form_choices(values, PEOPLE_ROLE, &roles[ROLES_ORGANISER], 1);
	}
}

static const char *
people_link(struct visit *visit)
{
	return link_under(
	    visit->arena, link_organise(visit->arena, visit->site, visit->cohort->slug), "people");
}

static struct page_cohort_people_people
person_row(struct visit *visit, const struct cohort_member *member)
{
	return (struct page_cohort_people_people){
		.person_name = member->name,
		.if_person_pronouns = !text_empty(member->pronouns),
		.person_pronouns = member->pronouns,
		.person_role = words_role(member->role),
		.person_group = member->group_name,
		.person_zone = member->zone,
		.leave_action = link_under(visit->arena, people_link(visit), "end"),
		.member = words_number(visit, member->id),
	};
}

/* A role a row: the groups of one who has several stand in it together. */
static struct page_cohort_people_people_list
people_rows(struct visit *visit)
{
	struct cohort_member_rows members = member_of_cohort(visit->db, visit->arena,
	    &(struct member_of_cohort_in){ .cohort_id = visit->cohort->id });
	struct page_cohort_people_people *rows =
	    arena_array(visit->arena, members.count + 1, sizeof(*rows));
	size_t count = 0, i;

	for (i = 0; i < members.count; i++) {
		const struct cohort_member *member = &members.rows[i];

		if (!may_deal_with(visit, member->role)) {
			continue;
		}
		if (i > 0 && member->id == members.rows[i - 1].id) {
			rows[count - 1].person_group = message_cohort_roles_and(
			    visit->arena, rows[count - 1].person_group, member->group_name);
		} else {
			rows[count++] = person_row(visit, member);
		}
	}
	return (struct page_cohort_people_people_list){ rows, count };
}

void
people_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	struct form_values *values = visit_values(visit, &people_form);
	struct page_cohort_people page = {
		.name = cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_PEOPLE),
		.people = people_rows(visit),
		.action = people_link(visit),
	};

	choose_role(visit, values);
	page.part_errors = form_summary(visit->values);
	page.part_field = form_rows(values);
	page.caption = page.people.count == 1
	    ? message(MESSAGE_COHORT_PEOPLE_CAPTION_ONE)
	    : message_cohort_people_caption_many(
		  visit->arena, words_number(visit, (int64_t)page.people.count));
	if (page.people.count == 0) {
		page.part_empty = parts_empty(visit, MESSAGE_COHORT_PEOPLE_NONE_TITLE,
		    MESSAGE_COHORT_PEOPLE_NONE_WORDS, NULL, MESSAGE_NONE);
	}
	page_cohort_people(visit_html(visit, 200), &visit->frame, &page);
}

static void
refuse(struct visit *visit, size_t field, enum message why)
{
	form_refuse(visit->values, field, message(why));
	visit_again(visit);
}

static struct member_appointment
appointment_read(const struct form_values *values)
{
	int64_t level = DB_NULL;

	if (form_text(values, PEOPLE_LEVEL) != NULL) {
		(void)text_integer(form_text(values, PEOPLE_LEVEL), 1, PARTS_LEVELS, &level);
	}
	return (struct member_appointment){
		.name = form_text(values, PEOPLE_NAME),
		.email = form_text(values, PEOPLE_EMAIL),
		.role = form_text(values, PEOPLE_ROLE),
		.level = level,
	};
}

void
people_appoint(struct visit *visit)
{
	struct member_appointment appointment = appointment_read(visit->values);
	int64_t member_id;

	choose_role(visit, visit->values);
	if (!form_ok(visit->values)) {
		visit_again(visit);
		return;
	}
	switch (member_appoint(
	    visit->db, visit->arena, visit->cohort, &appointment, visit->now, &member_id)) {
	case MEMBER_APPOINTED:
		visit_notice(visit, MESSAGE_DONE_APPOINTED);
		visit_redirect(visit, people_link(visit));
		break;
	case MEMBER_APPOINTED_BEFORE:
		refuse(visit, PEOPLE_ROLE, MESSAGE_COHORT_PERSON_BEFORE);
		break;
	case MEMBER_NO_ADDRESS:
		refuse(visit, PEOPLE_EMAIL, MESSAGE_COHORT_PERSON_NO_ADDRESS);
		break;
	case MEMBER_LEVEL_WRONG:
		refuse(visit, PEOPLE_LEVEL,
		    appointment.level == DB_NULL ? MESSAGE_COHORT_PERSON_LEVEL_MISSING
						 : MESSAGE_COHORT_PERSON_LEVEL_OTHER);
		break;
	case MEMBER_APPOINT_FAULT:
		visit_error(visit, 500);
		break;
	}
}

/* Whether it is somebody whom the visitor's list shows. */
static bool
is_listed(struct visit *visit, int64_t member_id)
{
	struct member member;

	return member_by_id(visit->db, visit->arena, &(struct member_by_id_in){ .id = member_id },
		   &member) &&
	    may_deal_with(visit, member.role);
}

/* Leaving is never refused. */
void
people_end(struct visit *visit)
{
	int64_t member_id = 0;

	(void)text_integer(form_text(visit->values, END_MEMBER), 1, INT64_MAX, &member_id);
	if (!is_listed(visit, member_id) ||
	    !member_end(visit->db, visit->arena, visit->cohort, member_id, visit->now)) {
		form_refuse_whole(visit->values, message(MESSAGE_COHORT_PERSON_GONE));
		visit_again(visit);
		return;
	}
	visit_notice(visit, MESSAGE_DONE_ROLE_ENDED);
	visit_redirect(visit, people_link(visit));
}
