#include <string.h>

#include "crew.h"
#include "ground/text.h"
#include "model/member.h"
#include "web/link.h"
#include "web/page/cohort.h"

static bool
is_djangonaut(const char *role)
{
	return strcmp(role, "djangonaut") == 0;
}

/* "…/organise/placing", or what lies under it. */
static const char *
placing_link(struct visit *visit, const char *part)
{
	const char *link = link_under(
	    visit->arena, link_organise(visit->arena, visit->site, visit->cohort->slug), "placing");

	return part == NULL ? link : link_under(visit->arena, link, part);
}

/* Whether the form that was sent and refused is about this member. */
static bool
is_refused(const struct visit *visit, const char *member)
{
	return visit->values != NULL && visit->values->form == &placing_form &&
	    strcmp(visit->values->values[PLACE_MEMBER].text, member) == 0;
}

/*
 * The form that places one member: as it was sent when it was refused, else
 * fresh. Only then it asks for a reason, when that is what is missing.
 */
static struct page_part_field_list
place_rows(struct visit *visit, int64_t member_id)
{
	const char *member = words_number(visit, member_id);
	bool refused = is_refused(visit, member);
	struct form_values *values =
	    refused ? visit->values : form_new(visit->arena, &placing_form);
	bool asks = refused &&
	    (values->values[PLACE_REASON].message != NULL ||
		*values->values[PLACE_REASON].text != '\0');

	form_prefix(values, arena_format(visit->arena, "member-%s", member));
	form_fill(values, PLACE_MEMBER, member);
	parts_choose_group(visit, values, PLACE_GROUP);
	return form_rows_between(values, PLACE_MEMBER, asks ? PLACE_COUNT : PLACE_REASON);
}

static struct page_cohort_groups_groups_seated_moves_list
move_rows(struct visit *visit, const struct group_member *member, size_t groups)
{
	struct page_cohort_groups_groups_seated_moves *row;

	if (!is_djangonaut(member->role) || groups < 2) {
		return (struct page_cohort_groups_groups_seated_moves_list){ NULL, 0 };
	}
	row = arena_alloc(visit->arena, sizeof(*row));
	row->move_name = member->name;
	row->move_action = placing_link(visit, NULL);
	row->part_field = place_rows(visit, member->member_id);
	row->if_move_open = is_refused(visit, words_number(visit, member->member_id));
	return (struct page_cohort_groups_groups_seated_moves_list){ row, 1 };
}

static struct page_cohort_groups_groups_seated
seated_row(struct visit *visit, const struct group *group, const struct group_member *member,
    size_t groups)
{
	return (struct page_cohort_groups_groups_seated){
		.seated_id =
		    arena_format(visit->arena, "placement-%lld", (long long)member->placement_id),
		.seated_name = member->name,
		.seated_person = member->name,
		.seated_role = is_djangonaut(member->role)
		    ? message_cohort_seated_djangonaut(
			  visit->arena, words_number(visit, member->level))
		    : words_role(member->role),
		.if_seated_reason = !text_empty(member->band_reason),
		.seated_reason = member->band_reason,
		.seated_leave = placing_link(visit, "leave"),
		.seated_placement = words_number(visit, member->placement_id),
		.seated_group = group->slug,
		.moves = move_rows(visit, member, groups),
	};
}

/* Which of the limits gives a group its room. */
static const char *
capacity_words(
    struct visit *visit, const struct group *group, const struct group_standing *standing)
{
	const struct cohort *cohort = visit->cohort;
	const char *capacity = words_number(visit, standing->capacity);

	if (standing->navigators == 0) {
		return message(MESSAGE_COHORT_STANDING_NO_NAVIGATOR);
	}
	if (standing->is_over) {
		return message_cohort_standing_over(visit->arena, capacity);
	}
	if (standing->capacity == standing->navigators * cohort->djangonauts_per_navigator) {
		return message_cohort_standing_navigators(
		    visit->arena, capacity, words_number(visit, cohort->djangonauts_per_navigator));
	}
	return standing->capacity == group->seats
	    ? message_cohort_standing_seats(visit->arena, capacity)
	    : message_cohort_standing_cohort(visit->arena, capacity);
}

static void
group_standing_show(struct visit *visit, const struct group *group,
    const struct group_standing *standing, struct page_cohort_groups_groups *row)
{
	row->group_seated = words_seated(visit, standing);
	row->group_percent = words_percent(visit, standing->djangonauts, standing->capacity);
	row->if_group_over = standing->is_over;
	row->if_group_room = standing->has_room;
	row->if_group_full = !standing->is_over && !standing->has_room && standing->navigators > 0;
	row->group_standing = message_cohort_standing(visit->arena,
	    words_djangonauts(visit, standing->djangonauts),
	    words_navigators(visit, standing->navigators), capacity_words(visit, group, standing));
}

static void
group_row(struct visit *visit, const struct group *group, size_t groups,
    struct page_cohort_groups_groups *row)
{
	struct group_member_rows members = group_members(
	    visit->db, visit->arena, &(struct group_members_in){ .group_id = group->id });
	struct page_cohort_groups_groups_seated *seated =
	    arena_array(visit->arena, members.count + 1, sizeof(*seated));
	int64_t navigators = 0, djangonauts = 0;
	struct group_standing standing;
	size_t i;

	for (i = 0; i < members.count; i++) {
		seated[i] = seated_row(visit, group, &members.rows[i], groups);
		navigators += strcmp(members.rows[i].role, "navigator") == 0;
		djangonauts += is_djangonaut(members.rows[i].role);
	}
	standing = group_standing_of(visit->cohort, group, navigators, djangonauts);
	row->group_id = arena_format(visit->arena, "group-%s", group->slug);
	row->group_link =
	    link_organise_group(visit->arena, visit->site, visit->cohort->slug, group->slug);
	row->group_name = group->name;
	row->group_project = group->project;
	row->group_levels = words_levels(visit, group->level_low, group->level_high);
	row->group_meeting = words_meeting(visit, group);
	row->seated.rows = seated;
	row->seated.count = members.count;
	group_standing_show(visit, group, &standing, row);
}

static struct page_cohort_groups_groups_list
group_rows_of(struct visit *visit)
{
	struct group_rows groups = group_of_cohort(visit->db, visit->arena,
	    &(struct group_of_cohort_in){ .cohort_id = visit->cohort->id });
	struct page_cohort_groups_groups *rows =
	    arena_array(visit->arena, groups.count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < groups.count; i++) {
		group_row(visit, &groups.rows[i], groups.count, &rows[i]);
	}
	return (struct page_cohort_groups_groups_list){ rows, groups.count };
}

static const char *
unplaced_words(struct visit *visit, const struct cohort_member *member)
{
	if (!is_djangonaut(member->role)) {
		return message_cohort_unplaced_other(
		    visit->arena, words_role(member->role), member->zone);
	}
	return message_cohort_unplaced_djangonaut(visit->arena, words_number(visit, member->level),
	    words_level(visit, member->level), member->zone);
}

/* Everybody with a role that has a seat, and no group. */
static struct page_cohort_groups_unplaced_list
unplaced_rows(struct visit *visit)
{
	struct cohort_member_rows members = member_of_cohort(visit->db, visit->arena,
	    &(struct member_of_cohort_in){ .cohort_id = visit->cohort->id });
	struct page_cohort_groups_unplaced *rows =
	    arena_array(visit->arena, members.count + 1, sizeof(*rows));
	size_t count = 0, i;

	for (i = 0; i < members.count; i++) {
		const struct cohort_member *member = &members.rows[i];

		if (member->group_id != DB_NULL || strcmp(member->role, "organiser") == 0) {
			continue;
		}
		rows[count].person_id =
		    arena_format(visit->arena, "person-%lld", (long long)member->id);
		rows[count].person_name = member->name;
		rows[count].person_words = unplaced_words(visit, member);
		rows[count].if_person_brings = !is_djangonaut(member->role);
		rows[count].person_brings =
		    rows[count].if_person_brings ? crew_brief(visit, member->id) : NULL;
		rows[count].place_action = placing_link(visit, NULL);
		rows[count].part_field = place_rows(visit, member->id);
		count++;
	}
	return (struct page_cohort_groups_unplaced_list){ rows, count };
}

/* Without a project there can be no group. */
static void
show_nothing(struct visit *visit, struct page_cohort_groups *page)
{
	struct project_rows projects = project_of_cohort(visit->db, visit->arena,
	    &(struct project_of_cohort_in){ .cohort_id = visit->cohort->id });

	page->part_empty = projects.count > 0
	    ? parts_empty(visit, MESSAGE_COHORT_BOARD_NONE_TITLE, MESSAGE_COHORT_BOARD_NONE_WORDS,
		  page->new_link, MESSAGE_COHORT_GROUP_NEW_TITLE)
	    : parts_empty(visit, MESSAGE_COHORT_BOARD_NONE_TITLE,
		  MESSAGE_COHORT_BOARD_NO_PROJECT_WORDS,
		  link_under(visit->arena,
		      link_organise(visit->arena, visit->site, visit->cohort->slug), "projects"),
		  MESSAGE_COHORT_DUE_PROJECT_LINK);
}

void
board_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	struct page_cohort_groups page = {
		.name = cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_GROUPS),
		.rule = message_cohort_board_rule(visit->arena,
		    words_number(visit, cohort->djangonauts_per_navigator),
		    words_number(visit, cohort->djangonauts_per_group)),
		.new_link = link_organise_group_new(visit->arena, visit->site, cohort->slug),
		.groups = group_rows_of(visit),
		.unplaced = unplaced_rows(visit),
		.invite_link = link_at(
		    visit->arena, link_people(visit->arena, visit->site, cohort->slug), "invite"),
	};

	if (page.groups.count == 0) {
		show_nothing(visit, &page);
	}
	/* After the rows: their forms say where the mistakes are. */
	if (visit->values != NULL) {
		page.part_errors = form_summary(visit->values);
	}
	page_cohort_groups(visit_html(visit, 200), &visit->frame, &page);
}
