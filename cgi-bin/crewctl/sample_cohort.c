#include <string.h>

#include "db/db.h"
#include "ground/arena.h"
#include "model/cohort_content.h"
#include "model/cohort_plan.h"
#include "model/group_plan.h"
#include "model/person.h"
#include "sample.h"

#define WEEKS_MAX 26

bool
sample_find_cohort(struct sample *sample, const struct sample_event *event, struct cohort *cohort)
{
	const char *slug = sample_text(sample, event->cohort, "slug");

	return cohort_find(sample->db, sample->arena, slug, cohort) ||
	    sample_fail(sample, "there is no cohort", slug);
}

bool
sample_find_group(struct sample *sample, const struct sample_event *event, struct cohort *cohort,
    struct group *group)
{
	const char *slug = sample_text(sample, event->group, "slug");

	return sample_find_cohort(sample, event, cohort) &&
	    (group_find(sample->db, sample->arena, cohort->id, slug, group) ||
		sample_fail(sample, "there is no group", slug));
}

/* Weeks and projects of a cohort just made. */
static bool
fill_cohort(struct sample *sample, const struct sample_event *event)
{
	struct cohort_week_words weeks[WEEKS_MAX + 1] = { 0 };
	struct cohort cohort;
	size_t index;
	json_t *item;

	for (size_t week = 0; week <= WEEKS_MAX; week++) {
		item = json_array_get(json_object_get(event->cohort, "weeks"), week);
		weeks[week].theme = sample_text(sample, item, "theme");
		weeks[week].objectives = sample_text(sample, item, "objectives");
	}
	if (!sample_find_cohort(sample, event, &cohort) || cohort.weeks > WEEKS_MAX ||
	    cohort_weeks_change(sample->db, &cohort, cohort.revision, weeks) !=
		COHORT_WEEKS_SAVED) {
		return sample_fail(sample, "the weeks of", cohort.slug);
	}
	json_array_foreach(json_object_get(event->cohort, "projects"), index, item)
	{
		const struct project_plan plan = {
			.name = sample_text(sample, item, "name"),
			.description = sample_text(sample, item, "description"),
			.link = sample_text(sample, item, "link"),
		};

		if (project_add(sample->db, &cohort, &plan) != PROJECT_SAVED) {
			return sample_fail(sample, "the project", plan.name);
		}
	}
	return true;
}

/* Whoever makes a cohort is its first organiser. */
static int64_t
ensure_maker(struct sample *sample, const json_t *cohort, int64_t now)
{
	json_t *maker = sample_person(sample, sample_text(sample, cohort, "maker"));
	int64_t id = maker == NULL
	    ? 0
	    : person_ensure(sample->db, sample->arena,
		  &(struct person_new){ .email = sample_text(sample, maker, "email") }, now);

	return id != 0 && sample_profile(sample, maker) ? id : 0;
}

bool
sample_cohort_made(struct sample *sample, const struct sample_event *event)
{
	json_t *cohort = event->cohort;
	const struct cohort_plan plan = {
		.slug = sample_text(sample, cohort, "slug"),
		.name = sample_text(sample, cohort, "name"),
		.goal = sample_text(sample, cohort, "goal"),
		.description = sample_text(sample, cohort, "description"),
		.opens_on = sample_date(sample, cohort, sample_text(sample, cohort, "opens")),
		.closes_on = sample_date(sample, cohort, sample_text(sample, cohort, "closes")),
		.starts_on = sample_date(sample, NULL, sample_text(sample, cohort, "starts")),
		.weeks = 8,
		.djangonauts_per_navigator = 4,
		.djangonauts_per_group = 8,
		.seats = sample_number(cohort, "seats", 12),
		.offer_days = 7,
		.reviews_wanted = 2,
		.grace_minutes = 30,
		.chat_name = sample_text(sample, cohort, "chat_name"),
		.chat_link = sample_text(sample, cohort, "chat_link"),
	};
	int64_t maker = ensure_maker(sample, cohort, event->at);

	if (maker == 0 || sample->problem != NULL ||
	    cohort_plan_create(sample->db, sample->arena, &plan, maker, event->at) !=
		COHORT_PLAN_SAVED) {
		return sample_fail(sample, "the plan of", plan.slug);
	}
	return fill_cohort(sample, event);
}

bool
sample_cohort_published(struct sample *sample, const struct sample_event *event)
{
	struct cohort cohort;

	return sample_find_cohort(sample, event, &cohort) &&
	    (cohort_publish_now(sample->db, sample->arena, &cohort, event->at) ==
		    COHORT_PUBLISHED ||
		sample_fail(sample, "publishing", cohort.slug));
}

static int64_t
project_named(struct sample *sample, const struct cohort *cohort, const char *name)
{
	struct project_rows projects = project_of_cohort(
	    sample->db, sample->arena, &(struct project_of_cohort_in){ .cohort_id = cohort->id });

	for (size_t i = 0; i < projects.count; i++) {
		if (strcmp(projects.rows[i].name, name) == 0) {
			return projects.rows[i].id;
		}
	}
	sample_fail(sample, "there is no project", name);
	return 0;
}

bool
sample_group_made(struct sample *sample, const struct sample_event *event)
{
	const json_t *group = event->group;
	struct cohort cohort;
	struct group_plan plan = {
		.slug = sample_text(sample, group, "slug"),
		.name = sample_text(sample, group, "name"),
		.goal = sample_text(sample, group, "goal"),
		.level_low = sample_number(group, "level_low", 1),
		.level_high = sample_number(group, "level_high", 4),
		.seats = sample_number(group, "seats", 4),
		.meeting_weekday = sample_number(group, "weekday", 0),
		.meeting_time = sample_text(sample, group, "time"),
		.meeting_zone = sample_text(sample, group, "zone"),
		.meeting_minutes = sample_number(group, "minutes", 60),
		.room_link = sample_text(sample, group, "room_link"),
		.chat_link = sample_text(sample, group, "chat_link"),
		.workbook_link = sample_text(sample, group, "workbook_link"),
	};

	if (!sample_find_cohort(sample, event, &cohort)) {
		return false;
	}
	plan.project_id = project_named(sample, &cohort, sample_text(sample, group, "project"));
	return plan.project_id != 0 &&
	    (group_plan_create(sample->db, sample->arena, &cohort, &plan, event->at) ==
		    GROUP_PLAN_SAVED ||
		sample_fail(sample, "the group", plan.slug));
}

/* Places everyone that a list of the group's names, with that role. */
static bool
place(struct sample *sample, const struct sample_event *event, const char *list, const char *role)
{
	struct cohort cohort;
	struct group group;
	struct member member;
	size_t index;
	json_t *handle;

	if (!sample_find_group(sample, event, &cohort, &group)) {
		return false;
	}
	json_array_foreach(json_object_get(event->group, list), index, handle)
	{
		const char *who = sample_word(handle);
		const char *reason =
		    sample_text_or_null(sample, json_object_get(event->group, "band_reasons"), who);

		if (!sample_find_member(sample, &cohort, who, role, &member)) {
			return false;
		}
		if (placement_make(sample->db, sample->arena, &cohort, &group, member.id, reason,
			event->at) != PLACEMENT_DONE) {
			return sample_fail(sample, "no place for", who);
		}
	}
	return true;
}

bool
sample_group_filled(struct sample *sample, const struct sample_event *event)
{
	return place(sample, event, "navigators", "navigator") &&
	    place(sample, event, "captains", "captain") &&
	    place(sample, event, "djangonauts", "djangonaut");
}

bool
sample_groups_formed(struct sample *sample, const struct sample_event *event)
{
	struct cohort cohort;

	return sample_find_cohort(sample, event, &cohort) &&
	    (cohort_form_groups(sample->db, sample->arena, &cohort, event->at) ==
		    COHORT_GROUPS_FORMED ||
		sample_fail(sample, "forming the groups of", cohort.slug));
}

bool
sample_cohort_launched(struct sample *sample, const struct sample_event *event)
{
	struct cohort cohort;

	return sample_find_cohort(sample, event, &cohort) &&
	    (cohort_launch(sample->db, sample->arena, &cohort, event->at) == COHORT_LAUNCHED ||
		sample_fail(sample, "launching", cohort.slug));
}
