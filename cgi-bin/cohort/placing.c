#include <string.h>

#include "cohort.h"
#include "ground/text.h"
#include "model/member.h"
#include "web/link.h"

enum { REASON_MAX = 300 };

static const struct field placing_fields[PLACE_COUNT] = {
	[PLACE_MEMBER] = { "member", FIELD_HIDDEN, MESSAGE_COHORT_PLACE_MEMBER_LABEL,
	    .required = true, .max = 20 },
	[PLACE_GROUP] = { "group", FIELD_CHOICE, MESSAGE_COHORT_PLACE_GROUP_LABEL,
	    .required = true },
	[PLACE_REASON] = { "reason", FIELD_LINE, MESSAGE_COHORT_PLACE_REASON_LABEL,
	    MESSAGE_COHORT_PLACE_REASON_HELP, .max = REASON_MAX },
};

const struct form placing_form = {
	.name = "place",
	.fields = placing_fields,
	.count = PLACE_COUNT,
};

static const struct field leave_fields[LEAVE_COUNT] = {
	[LEAVE_PLACEMENT] = { "placement", FIELD_HIDDEN, MESSAGE_COHORT_PLACE_MEMBER_LABEL,
	    .required = true, .max = 20 },
	[LEAVE_GROUP] = { "group", FIELD_HIDDEN, MESSAGE_COHORT_PLACE_GROUP_LABEL, .required = true,
	    .max = 40 },
};

const struct form placing_leave_form = {
	.name = "take_out",
	.fields = leave_fields,
	.count = LEAVE_COUNT,
};

/* The number that a hidden field carries; 0, which names nothing, else. */
static int64_t
hidden_id(struct visit *visit, size_t field)
{
	int64_t id = 0;

	(void)text_integer(form_text(visit->values, field), 1, INT64_MAX, &id);
	return id;
}

static void
back_to_board(struct visit *visit, enum message done)
{
	visit_notice(visit, done);
	visit_redirect(visit, link_organise_groups(visit->arena, visit->site, visit->cohort->slug));
}

static bool
find_group(struct visit *visit, size_t field, struct group *group)
{
	if (group_find(visit->db, visit->arena, visit->cohort->id, form_text(visit->values, field),
		group)) {
		return true;
	}
	form_refuse(visit->values, field, message(MESSAGE_WEB_FORM_CHOICE));
	visit_again(visit);
	return false;
}

/* Who it is about, for the words; NULL when they are no member now. */
static const struct cohort_member *
find_member(struct visit *visit, int64_t member_id)
{
	struct cohort_member_rows members = member_of_cohort(visit->db, visit->arena,
	    &(struct member_of_cohort_in){ .cohort_id = visit->cohort->id });
	size_t i;

	for (i = 0; i < members.count; i++) {
		if (members.rows[i].id == member_id) {
			return &members.rows[i];
		}
	}
	return NULL;
}

static const char *
navigators_words(struct visit *visit, const struct group *group)
{
	struct group_member_rows members = group_members(
	    visit->db, visit->arena, &(struct group_members_in){ .group_id = group->id });
	int64_t navigators = 0, djangonauts = 0;
	size_t i;

	for (i = 0; i < members.count; i++) {
		navigators += strcmp(members.rows[i].role, "navigator") == 0;
		djangonauts += strcmp(members.rows[i].role, "djangonaut") == 0;
	}
	return message_cohort_place_navigators(visit->arena, group->name,
	    words_djangonauts(visit, djangonauts), words_navigators(visit, navigators),
	    words_number(visit, visit->cohort->djangonauts_per_navigator));
}

/*
 * Why a limit refused, in its own numbers. NULL for a fault. The transaction
 * is not rolled back yet: a Djangonaut who was to move has left the other
 * group here, and sits there again afterwards.
 */
static const char *
refusal_words(struct visit *visit, enum placement_outcome outcome, const struct group *group,
    const struct cohort_member *member)
{
	struct arena *arena = visit->arena;

	switch (outcome) {
	case PLACEMENT_GROUP_FULL:
		return message_cohort_place_full(arena, group->name,
		    words_seats(visit, group->seats),
		    words_number(visit, visit->cohort->djangonauts_per_group));
	case PLACEMENT_TOO_FEW_NAVIGATORS:
		return navigators_words(visit, group);
	case PLACEMENT_OUTSIDE_BAND:
		return message_cohort_place_band(arena, member->name,
		    words_number(visit, member->level), group->name,
		    words_levels(visit, group->level_low, group->level_high));
	case PLACEMENT_ALREADY:
		return message_cohort_place_already(arena, member->name, group->name);
	case PLACEMENT_NOT_A_MEMBER:
		return message(MESSAGE_COHORT_PLACE_NOT_MEMBER);
	case PLACEMENT_DONE:
	case PLACEMENT_FAULT:
	default:
		return NULL;
	}
}

static void
place_answer(struct visit *visit, enum placement_outcome outcome, const struct group *group,
    const struct cohort_member *member)
{
	const char *why;

	if (outcome == PLACEMENT_DONE) {
		visit_audit(visit, AUDIT_PLACED, member->person_id, group->slug);
		back_to_board(visit, MESSAGE_DONE_PLACED);
		return;
	}
	why = refusal_words(visit, outcome, group, member);
	if (why == NULL) {
		visit_error(visit, 500);
		return;
	}
	form_refuse(
	    visit->values, outcome == PLACEMENT_OUTSIDE_BAND ? PLACE_REASON : PLACE_GROUP, why);
	visit_again(visit);
}

void
placing_place(struct visit *visit)
{
	int64_t member_id = hidden_id(visit, PLACE_MEMBER);
	const struct cohort_member *member = find_member(visit, member_id);
	struct group group;

	if (!find_group(visit, PLACE_GROUP, &group)) {
		return;
	}
	if (member == NULL) {
		form_refuse_whole(visit->values, message(MESSAGE_COHORT_PLACE_NOT_MEMBER));
		visit_again(visit);
		return;
	}
	place_answer(visit,
	    placement_move(visit->db, visit->arena, visit->cohort, &group, member_id,
		form_text(visit->values, PLACE_REASON), visit->now),
	    &group, member);
}

/* Whose place in the group that is; 0 for nobody's. */
static int64_t
seated_person(struct visit *visit, const struct group *group, int64_t placement_id)
{
	struct group_member_rows members = group_members(
	    visit->db, visit->arena, &(struct group_members_in){ .group_id = group->id });
	size_t i;

	for (i = 0; i < members.count; i++) {
		if (members.rows[i].placement_id == placement_id) {
			return members.rows[i].person_id;
		}
	}
	return 0;
}

static bool
take_out(struct visit *visit, const struct group *group, int64_t placement_id)
{
	int64_t person_id = seated_person(visit, group, placement_id);

	if (!placement_leave(
		visit->db, visit->arena, visit->cohort, group, placement_id, visit->now)) {
		return false;
	}
	visit_audit(visit, AUDIT_TAKEN_OUT, person_id, group->slug);
	return true;
}

/* Leaving is never refused; leaving twice is said. */
void
placing_leave(struct visit *visit)
{
	struct group group;

	if (group_find(visit->db, visit->arena, visit->cohort->id,
		form_text(visit->values, LEAVE_GROUP), &group) &&
	    take_out(visit, &group, hidden_id(visit, LEAVE_PLACEMENT))) {
		back_to_board(visit, MESSAGE_DONE_TAKEN_OUT);
		return;
	}
	form_refuse_whole(visit->values, message(MESSAGE_COHORT_TAKEN_OUT_BEFORE));
	visit_again(visit);
}
