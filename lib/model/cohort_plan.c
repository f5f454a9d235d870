#include "model/cohort_plan.h"

#include <stddef.h>

#include "db/db.h"
#include "db/query/cohort.h"
#include "db/query/member.h"
#include "ground/clock.h"
#include "ground/date.h"
#include "ground/token.h"
#include "ground/zone.h"
#include "model/cohort_hours.h"

#define WEEK_SECONDS ((int64_t)7 * CLOCK_DAY)

struct instants {
	int64_t opens_at;
	int64_t closes_at;
	int64_t starts_at;
	int64_t ends_at;
};

/* Computes the instants of a plan; COHORT_PLAN_SAVED: they are in order. */
static enum cohort_plan_outcome
instants_of(const struct cohort_plan *plan, struct instants *instants)
{
	struct date opens, closes, starts;

	if (!date_read(plan->opens_on, &opens) || !date_read(plan->closes_on, &closes) ||
	    !date_read(plan->starts_on, &starts)) {
		return COHORT_PLAN_DATE_UNREADABLE;
	}
	instants->opens_at = zone_opens(opens);
	instants->closes_at = zone_closes(closes);
	instants->starts_at = date_days(starts) * CLOCK_DAY;
	/* Week 0 and plan->weeks more. */
	instants->ends_at = instants->starts_at + (plan->weeks + 1) * WEEK_SECONDS;
	if (date_compare(closes, opens) < 0) {
		return COHORT_PLAN_CLOSES_BEFORE_OPENING;
	}
	if (instants->starts_at < instants->closes_at) {
		return COHORT_PLAN_STARTS_BEFORE_CLOSING;
	}
	return COHORT_PLAN_SAVED;
}

static enum cohort_plan_outcome
refusal_of_plan(struct db *db)
{
	if (db_fault(db) != DB_FAULT_NONE) {
		return COHORT_PLAN_FAULT;
	}
	if (db_refusal(db) == REFUSAL_UNIQUE) {
		return COHORT_PLAN_SLUG_TAKEN;
	}
	if (db_refusal(db) == REFUSAL_OVER_CEILING) {
		return COHORT_PLAN_OVER_CEILING;
	}
	/* Every other CHECK is the form's to meet. */
	if (db_refusal(db) == REFUSAL_CHECK) {
		return COHORT_PLAN_SLUG_RESERVED;
	}
	return COHORT_PLAN_FAULT;
}

/* One row a week, kept when there, gone beyond the last. */
static bool
lay_weeks(struct db *db, struct arena *arena, int64_t cohort_id, int64_t weeks)
{
	struct cohort_week_rows have =
	    cohort_weeks_of(db, arena, &(struct cohort_weeks_of_in){ .cohort_id = cohort_id });

	for (int64_t number = (int64_t)have.count; number <= weeks; number++) {
		if (cohort_week_put(db,
			&(struct cohort_week_put_in){ .cohort_id = cohort_id,
			    .number = number,
			    .theme = "",
			    .objectives = "" }) != 1) {
			return false;
		}
	}
	return cohort_weeks_drop_after(db,
		   &(struct cohort_weeks_drop_after_in){ .cohort_id = cohort_id, .last = weeks }) >=
	    0;
}

static bool
finish_creating(struct db *db, struct arena *arena, int64_t weeks, int64_t creator_id, int64_t now)
{
	int64_t cohort_id = db_last_id(db);

	return lay_weeks(db, arena, cohort_id, weeks) &&
	    member_insert(db,
		&(struct member_insert_in){ .cohort_id = cohort_id,
		    .person_id = creator_id,
		    .role = "organiser",
		    .level = DB_NULL,
		    .now = now }) == 1;
}

enum cohort_plan_outcome
cohort_plan_create(struct db *db, struct arena *arena, const struct cohort_plan *plan,
    int64_t creator_id, int64_t now)
{
	struct instants instants;
	enum cohort_plan_outcome outcome = instants_of(plan, &instants);

	if (outcome != COHORT_PLAN_SAVED) {
		return outcome;
	}
	if (cohort_insert(db,
		&(struct cohort_insert_in){ .slug = plan->slug,
		    .name = plan->name,
		    .goal = plan->goal,
		    .description = plan->description,
		    .feed_key = token_key128(arena),
		    .opens_on = plan->opens_on,
		    .closes_on = plan->closes_on,
		    .starts_on = plan->starts_on,
		    .opens_at = instants.opens_at,
		    .closes_at = instants.closes_at,
		    .starts_at = instants.starts_at,
		    .ends_at = instants.ends_at,
		    .weeks = plan->weeks,
		    .djangonauts_per_navigator = plan->djangonauts_per_navigator,
		    .djangonauts_per_group = plan->djangonauts_per_group,
		    .seats = plan->seats,
		    .offer_days = plan->offer_days,
		    .reviews_wanted = plan->reviews_wanted,
		    .grace_minutes = plan->grace_minutes,
		    .releases_itself = plan->releases_itself,
		    .chat_name = plan->chat_name,
		    .chat_link = plan->chat_link,
		    .now = now }) != 1) {
		return refusal_of_plan(db);
	}
	if (!finish_creating(db, arena, plan->weeks, creator_id, now)) {
		return COHORT_PLAN_FAULT;
	}
	return COHORT_PLAN_SAVED;
}

static bool
moves_the_weeks(
    const struct cohort *cohort, const struct cohort_plan *plan, const struct instants *instants)
{
	return cohort->starts_at != instants->starts_at || cohort->weeks != plan->weeks;
}

enum cohort_plan_outcome
cohort_plan_change(struct db *db, struct arena *arena, const struct cohort *cohort,
    int64_t revision, const struct cohort_plan *plan)
{
	struct instants instants;
	enum cohort_plan_outcome outcome = instants_of(plan, &instants);
	int64_t changed;

	if (outcome != COHORT_PLAN_SAVED) {
		return outcome;
	}
	if (cohort->launched_at != DB_NULL && moves_the_weeks(cohort, plan, &instants)) {
		return COHORT_PLAN_LAUNCHED;
	}
	changed = cohort_change(db,
	    &(struct cohort_change_in){ .id = cohort->id,
		.revision = revision,
		.name = plan->name,
		.goal = plan->goal,
		.description = plan->description,
		.opens_on = plan->opens_on,
		.closes_on = plan->closes_on,
		.starts_on = plan->starts_on,
		.opens_at = instants.opens_at,
		.closes_at = instants.closes_at,
		.starts_at = instants.starts_at,
		.ends_at = instants.ends_at,
		.weeks = plan->weeks,
		.djangonauts_per_navigator = plan->djangonauts_per_navigator,
		.djangonauts_per_group = plan->djangonauts_per_group,
		.seats = plan->seats,
		.offer_days = plan->offer_days,
		.reviews_wanted = plan->reviews_wanted,
		.grace_minutes = plan->grace_minutes,
		.releases_itself = plan->releases_itself,
		.chat_name = plan->chat_name,
		.chat_link = plan->chat_link });
	if (changed == 0) {
		return COHORT_PLAN_CHANGED_MEANWHILE;
	}
	if (changed < 0) {
		return refusal_of_plan(db);
	}
	if (instants.starts_at != cohort->starts_at &&
	    !cohort_hours_renew(db, arena, cohort->id, instants.starts_at)) {
		return COHORT_PLAN_FAULT;
	}
	return lay_weeks(db, arena, cohort->id, plan->weeks) ? COHORT_PLAN_SAVED
							     : COHORT_PLAN_FAULT;
}
