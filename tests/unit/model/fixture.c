#include "fixture.h"

#include <string.h>

#include "db/catalogue.h"
#include "db/query/activity.h"
#include "db/query/member.h"
#include "ground/token.h"
#include "model/cohort_plan.h"
#include "model/group_plan.h"
#include "model/outbox.h"
#include "model/person.h"
#include "model/programme.h"

/* 336 half hours, none of them free. */
static const char no_hours[] = "000000000000000000000000000000000000000000"
			       "000000000000000000000000000000000000000000";

static void
make_programme(struct model *model)
{
	assert_true(programme_begin(model->db, model->arena,
	    &(struct programme_insert_in){ .name = "Djangonaut Space",
		.tagline = "",
		.about = "",
		.contact = "hello@example.org",
		.conduct_link = "",
		.tag_domain = "example.org",
		.tag_date = "2027-01-01",
		.feed_key = "feed" },
	    model->now));
}

static void
make_cohort(struct model *model)
{
	assert_int_equal(cohort_plan_create(model->db, model->arena,
			     &(struct cohort_plan){ .slug = "2027-1",
				 .name = "Session 1",
				 .goal = "A first merged pull request",
				 .description = "",
				 .opens_on = "2027-02-20",
				 .closes_on = "2027-03-10",
				 .starts_on = "2027-04-05",
				 .weeks = 8,
				 .djangonauts_per_navigator = 4,
				 .djangonauts_per_group = 8,
				 .seats = 20,
				 .offer_days = 7,
				 .reviews_wanted = 2,
				 .grace_minutes = 30,
				 .chat_name = "Discord",
				 .chat_link = "https://chat.example.org/x" },
			     model->organiser_id, model->now),
	    COHORT_PLAN_SAVED);
	assert_true(cohort_find(model->db, model->arena, "2027-1", &model->cohort));
	assert_int_equal(project_insert(model->db,
			     &(struct project_insert_in){ .cohort_id = model->cohort.id,
				 .name = "Django core",
				 .description = "",
				 .link = "" }),
	    1);
	model->project_id = db_last_id(model->db);
	assert_int_equal(cohort_publish_now(model->db, model->arena, &model->cohort, model->now),
	    COHORT_PUBLISHED);
}

struct group
model_group(struct model *model, const char *slug)
{
	struct group group;

	assert_int_equal(group_plan_create(model->db, model->arena, &model->cohort,
			     &(struct group_plan){ .slug = slug,
				 .name = slug,
				 .project_id = model->project_id,
				 .goal = "Close a ticket each",
				 .level_low = 1,
				 .level_high = 2,
				 .seats = 8,
				 .meeting_weekday = 2,
				 .meeting_time = "19:00",
				 .meeting_zone = "Europe/Vienna",
				 .meeting_minutes = 60,
				 .room_link = "",
				 .chat_link = "",
				 .workbook_link = "" },
			     model->now),
	    GROUP_PLAN_SAVED);
	assert_true(group_find(model->db, model->arena, model->cohort.id, slug, &group));
	return group;
}

static struct db_catalogue catalogue;

int
model_set_up(void **state)
{
	struct arena *arena = arena_new();
	struct model *model = arena_alloc(arena, sizeof *model);
	const char *problem = NULL;

	model->arena = arena;
	model->now = MODEL_NOW;
	/* One place more than the product's, for a statement of a test's own. */
	catalogue = db_catalogue;
	catalogue.query_count++;
	model->db = db_open_catalogue(":memory:", DB_CREATE, &catalogue, &problem);
	assert_non_null(model->db);
	assert_true(db_migrate(model->db, &problem));
	assert_true(db_begin_write(model->db));
	make_programme(model);
	model->organiser_id = model_person(model, "polaris");
	make_cohort(model);
	model->group = model_group(model, "lyra");
	model_refresh(model);
	*state = model;
	return 0;
}

int
model_tear_down(void **state)
{
	struct model *model = *state;

	db_close(model->db);
	arena_free(model->arena);
	return 0;
}

void
model_refresh(struct model *model)
{
	assert_true(cohort_find(model->db, model->arena, "2027-1", &model->cohort));
	assert_true(group_find(model->db, model->arena, model->cohort.id, "lyra", &model->group));
}

int64_t
model_person(struct model *model, const char *name)
{
	int64_t id = person_ensure(model->db, model->arena,
	    &(struct person_new){
		.email = arena_format(model->arena, "%s@example.org", name), .name = name },
	    model->now);

	assert_int_not_equal(id, 0);
	return id;
}

int64_t
model_member(struct model *model, const char *name, const char *role, int64_t level)
{
	struct member member;
	int64_t person_id = model_person(model, name);

	assert_int_equal(member_insert(model->db,
			     &(struct member_insert_in){ .cohort_id = model->cohort.id,
				 .person_id = person_id,
				 .role = role,
				 .level = level,
				 .now = model->now }),
	    1);
	assert_true(member_find(model->db, model->arena,
	    &(struct member_find_in){
		.cohort_id = model->cohort.id, .person_id = person_id, .role = role },
	    &member));
	return member.id;
}

size_t
model_mails(struct model *model, const char *kind)
{
	struct outbox_rows mails = outbox_list(model->db, model->arena);
	size_t count = 0;

	for (size_t i = 0; i < mails.count; i++) {
		count += strcmp(mails.rows[i].kind, kind) == 0;
	}
	return count;
}

size_t
model_activities(struct model *model, const char *kind)
{
	struct activity_rows activities =
	    activity_newest(model->db, model->arena, &(struct activity_newest_in){ .most = 1000 });
	size_t count = 0;

	for (size_t i = 0; i < activities.count; i++) {
		count += strcmp(activities.rows[i].kind, kind) == 0;
	}
	return count;
}

int64_t
model_received(struct model *model, const char *name)
{
	const char *key = token_key64(model->arena);

	assert_int_equal(application_insert(model->db,
			     &(struct application_insert_in){ .key = key,
				 .reference = key,
				 .cohort_id = model->cohort.id,
				 .email = arena_format(model->arena, "%s@example.org", name),
				 .email_key = arena_format(model->arena, "%s@example.org", name),
				 .name = name,
				 .name_key = name,
				 .zone = "Europe/Vienna",
				 .level = 2,
				 .hours = no_hours,
				 .hours_utc = no_hours,
				 .confirm_until = model->now + 72 * CLOCK_HOUR,
				 .now = model->now }),
	    1);
	return db_last_id(model->db);
}

struct application
model_application(struct model *model, const char *name)
{
	struct application application;
	int64_t person_id = model_person(model, name);
	int64_t id = model_received(model, name);

	assert_int_equal(application_set_confirmed(model->db,
			     &(struct application_set_confirmed_in){
				 .id = id, .person_id = person_id, .now = model->now }),
	    1);
	assert_true(application_find_by_id(model->db, model->arena, id, &application));
	return application;
}
