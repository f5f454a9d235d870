#include <string.h>

#include "standup.h"
#include "web/link.h"
#include "web/time.h"

const char *
groups_role(const char *role)
{
	static const struct {
		const char *role;
		enum message message;
	} roles[] = {
		{ "djangonaut", MESSAGE_STANDUP_ROLE_DJANGONAUT },
		{ "navigator", MESSAGE_STANDUP_ROLE_NAVIGATOR },
		{ "captain", MESSAGE_STANDUP_ROLE_CAPTAIN },
		{ "organiser", MESSAGE_STANDUP_ROLE_ORGANISER },
	};

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		if (strcmp(roles[i].role, role) == 0) {
			return message(roles[i].message);
		}
	}
	return "";
}

static struct page_standup_groups_groups
group_row(struct visit *visit, const struct standup_group *group)
{
	struct arena *arena = visit->arena;
	bool has_next = group->next_at != DB_NULL;

	return (struct page_standup_groups_groups){
		.group = group->name,
		.group_link =
		    link_standup_group(arena, visit->site, group->cohort_slug, group->slug),
		.if_group_now = group->starts_at <= visit->now && visit->now < group->ends_at,
		.cohort = group->cohort_name,
		.cohort_link = link_cohort(arena, visit->site, group->cohort_slug),
		.role = groups_role(group->role),
		.goal = group->goal,
		.if_next = has_next,
		.next = has_next ? time_words(arena, visit->zone, group->next_at) : NULL,
		.next_machine = has_next ? time_machine(arena, group->next_at) : NULL,
	};
}

void
groups_show(struct visit *visit)
{
	struct standup_group_rows groups =
	    standup_groups(visit->db, visit->arena, visit->person->id, visit->now);
	struct page_standup_groups_groups *rows =
	    arena_array(visit->arena, groups.count + 1, sizeof(*rows));
	struct page_part_empty none = {
		.empty_title = message(MESSAGE_STANDUP_NONE_TITLE),
		.if_empty_words = true,
		.empty_words = message(MESSAGE_STANDUP_NONE_WORDS),
		.if_empty_link = true,
		.empty_link = link_cohorts(visit->arena, visit->site),
		.empty_link_name = message(MESSAGE_STANDUP_NONE_LINK),
	};

	for (size_t i = 0; i < groups.count; i++) {
		rows[i] = group_row(visit, &groups.rows[i]);
	}
	page_standup_groups(visit_html(visit, 200), &visit->frame,
	    &(struct page_standup_groups){
		.part_empty = { &none, groups.count == 0 ? 1 : 0 },
		.groups = { rows, groups.count },
	    });
}
