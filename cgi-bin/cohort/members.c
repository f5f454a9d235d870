#include <string.h>

#include "cohort.h"
#include "ground/text.h"
#include "model/member.h"
#include "web/link.h"
#include "web/page/cohort.h"

const struct form members_leave_form = { .name = "leave" };

/* The pronouns of somebody in a group of the visitor's, or the visitor's own. */
static const char *
pronouns_for(const struct visit *visit, const struct group_member *member)
{
	if (member->person_id == visit->person->id) {
		return member->pronouns;
	}
	return person_pronouns(member->pronouns, member->pronouns_audience,
	    visit_has(visit, ROLE_ORGANISER) ? PRONOUNS_ORGANISER : PRONOUNS_GROUP);
}

static struct page_part_person_list
people_rows(struct visit *visit, const struct group *group)
{
	struct group_member_rows members = group_members(
	    visit->db, visit->arena, &(struct group_members_in){ .group_id = group->id });
	struct page_part_person *rows = arena_array(visit->arena, members.count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < members.count; i++) {
		const struct group_member *member = &members.rows[i];
		const char *role = words_role(member->role);

		if (member->person_id == visit->person->id) {
			role = message_cohort_you(visit->arena, role);
		}
		rows[i] = parts_person(visit, member->name, pronouns_for(visit, member), role);
	}
	return (struct page_part_person_list){ rows, members.count };
}

static struct page_cohort_members_groups
group_row(struct visit *visit, const struct group *group)
{
	const char *cohort = visit->cohort->slug;

	return (struct page_cohort_members_groups){
		.group_name = group->name,
		.group_goal = group->goal,
		.group_meeting = words_meeting(visit, group),
		.if_group_room = !text_empty(group->room_link),
		.group_room = group->room_link,
		.if_group_chat = !text_empty(group->chat_link),
		.group_chat = group->chat_link,
		.if_group_workbook = !text_empty(group->workbook_link),
		.group_workbook = group->workbook_link,
		.group_standups =
		    link_standup_group(visit->arena, visit->site, cohort, group->slug),
		.group_link = link_cohort_group(visit->arena, visit->site, cohort, group->slug),
		.part_person = people_rows(visit, group),
	};
}

/* One's own groups here; somebody with two roles in one sees it once. */
static void
show_groups(struct visit *visit, struct page_cohort_members *page)
{
	struct group_of_person_rows own = group_of_person(visit->db, visit->arena,
	    &(struct group_of_person_in){
		.person_id = visit->person->id, .ended_after = visit->now - RIGHTS_READ_SECONDS });
	struct page_cohort_members_groups *rows =
	    arena_array(visit->arena, own.count + 1, sizeof(*rows));
	const char *last = "";
	struct group group;
	size_t i;

	page->groups.rows = rows;
	for (i = 0; i < own.count; i++) {
		if (strcmp(own.rows[i].cohort_slug, visit->cohort->slug) != 0 ||
		    strcmp(own.rows[i].slug, last) == 0 ||
		    !group_find(
			visit->db, visit->arena, visit->cohort->id, own.rows[i].slug, &group)) {
			continue;
		}
		last = own.rows[i].slug;
		rows[page->groups.count++] = group_row(visit, &group);
	}
	if (page->groups.count == 0) {
		page->part_empty = parts_empty(visit, MESSAGE_COHORT_MEMBERS_NONE_TITLE,
		    MESSAGE_COHORT_MEMBERS_NONE_WORDS, NULL, MESSAGE_NONE);
	}
}

void
members_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	const char *link = link_cohort_members(visit->arena, visit->site, cohort->slug);
	struct page_cohort_members page = {
		.cohort = cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, cohort->slug),
		.chat_title = words_chat(cohort),
		.chat_name = words_chat(cohort),
		.if_chat = !text_empty(cohort->chat_link),
		.chat_link = cohort->chat_link,
		.if_leaves = visit_has(visit, ROLE_DJANGONAUT | ROLE_NAVIGATOR | ROLE_CAPTAIN),
		.leave_action = link_under(visit->arena, link, "leave"),
		.if_hours = visit_has(visit, ROLE_NAVIGATOR | ROLE_CAPTAIN),
		.hours_link = link_hours(visit->arena, visit->site, cohort->slug),
		.part_meeting = meeting_list(visit),
	};

	show_groups(visit, &page);
	if (visit->values != NULL) {
		page.part_errors = form_summary(visit->values);
	}
	page_cohort_members(visit_html(visit, 200), &visit->frame, &page);
}

/* Leaving is never refused, and no reason is asked. */
void
members_leave(struct visit *visit)
{
	if (!member_end_all(
		visit->db, visit->arena, visit->cohort, visit->person->id, visit->now)) {
		form_refuse_whole(visit->values, message(MESSAGE_COHORT_LEFT_NOT));
		visit_again(visit);
		return;
	}
	visit_notice(visit, MESSAGE_DONE_LEFT);
	visit_redirect(visit, link_cohort(visit->arena, visit->site, visit->cohort->slug));
}
