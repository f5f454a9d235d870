#include <string.h>

#include "crew.h"
#include "ground/text.h"
#include "model/member.h"
#include "people.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

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

const struct form people_return_form = {
	.name = "return",
	.fields = end_fields,
	.count = END_COUNT,
};

bool
people_may_deal_with(const struct visit *visit, const char *role)
{
	return visit_has(visit, ROLE_ORGANISER) || strcmp(role, "organiser") == 0;
}

const char *
people_link(struct visit *visit, const char *part)
{
	const char *link = link_people(visit->arena, visit->site, visit->cohort->slug);

	return part == NULL ? link : link_under(visit->arena, link, part);
}

static struct page_cohort_people_people
person_row(struct visit *visit, const struct cohort_member *member)
{
	/* An administrator appoints organisers and is none. */
	const char *pronouns = person_pronouns(member->pronouns, member->pronouns_audience,
	    visit_has(visit, ROLE_ORGANISER) ? PRONOUNS_ORGANISER : PRONOUNS_OUTSIDER);

	return (struct page_cohort_people_people){
		.person_name = member->name,
		.if_person_pronouns = !text_empty(pronouns),
		.person_pronouns = pronouns,
		.person_role = words_role(member->role),
		.person_group = member->group_name,
		.person_zone = member->zone,
		.leave_action = people_link(visit, "end"),
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

		if (!people_may_deal_with(visit, member->role)) {
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

/* Djangonauts who may come back. */
static struct page_cohort_people_gone_list
gone_rows(struct visit *visit)
{
	struct gone_member_rows gone = member_gone(
	    visit->db, visit->arena, &(struct member_gone_in){ .cohort_id = visit->cohort->id });
	struct page_cohort_people_gone *rows =
	    arena_array(visit->arena, gone.count + 1, sizeof(*rows));

	for (size_t i = 0; i < gone.count; i++) {
		rows[i] = (struct page_cohort_people_gone){
			.gone_name = gone.rows[i].name,
			.gone_again_name = gone.rows[i].name,
			.gone_left = message_invitation_left(visit->arena,
			    time_day(visit->arena, visit->zone, gone.rows[i].left_at)),
			.return_action = people_link(visit, "return"),
			.gone_member = words_number(visit, gone.rows[i].id),
		};
	}
	return (struct page_cohort_people_gone_list){ rows, gone.count };
}

void
people_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	struct form_values *values = people_invite_values(visit);
	struct page_cohort_people page = {
		.name = cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_PEOPLE),
		.people = people_rows(visit),
		.invitations = people_invitation_rows(visit),
		.if_crew_alone = !visit_has(visit, ROLE_ADMINISTRATOR),
		.action = people_link(visit, NULL),
	};

	if (visit_has(visit, ROLE_ORGANISER)) {
		page.crew = crew_rows(visit);
		page.gone = gone_rows(visit);
	}
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

/* The person and role of a member whom the visitor's list shows. */
static bool
find_listed(struct visit *visit, int64_t member_id, struct member *member)
{
	return member_by_id(
		   visit->db, visit->arena, &(struct member_by_id_in){ .id = member_id }, member) &&
	    people_may_deal_with(visit, member->role);
}

static int64_t
sent_member(struct visit *visit)
{
	int64_t member_id = 0;

	(void)text_integer(form_text(visit->values, END_MEMBER), 1, INT64_MAX, &member_id);
	return member_id;
}

static void
refuse_whole(struct visit *visit, enum message why)
{
	form_refuse_whole(visit->values, message(why));
	visit_again(visit);
}

/* Leaving is never refused. */
void
people_end(struct visit *visit)
{
	int64_t member_id = sent_member(visit);
	struct member member;

	if (!find_listed(visit, member_id, &member) ||
	    !member_end(visit->db, visit->arena, visit->cohort, member_id, visit->now)) {
		refuse_whole(visit, MESSAGE_COHORT_PERSON_GONE);
		return;
	}
	visit_audit(visit, AUDIT_ROLE_ENDED, member.person_id, member.role);
	visit_notice(visit, MESSAGE_DONE_ROLE_ENDED);
	visit_redirect(visit, people_link(visit, NULL));
}

/* A Djangonaut who left is back; the others are invited again. */
void
people_return(struct visit *visit)
{
	int64_t member_id = sent_member(visit);
	struct member member;

	if (!find_listed(visit, member_id, &member) ||
	    !member_return(visit->db, visit->cohort, member_id)) {
		refuse_whole(visit, MESSAGE_INVITATION_BACK_GONE);
		return;
	}
	visit_audit(visit, AUDIT_ROLE_GIVEN, member.person_id, member.role);
	visit_notice(visit, MESSAGE_DONE_MEMBER_RETURNED);
	visit_redirect(visit, people_link(visit, NULL));
}
