#include "model/application.h"

#include "db/db.h"
#include "ground/address.h"

bool
application_find(
    struct db *db, struct arena *arena, const char *key, struct application *application)
{
	return application_by_key(
	    db, arena, &(struct application_by_key_in){ .key = key }, application);
}

bool
application_find_by_id(
    struct db *db, struct arena *arena, int64_t id, struct application *application)
{
	return application_by_id(
	    db, arena, &(struct application_by_id_in){ .id = id }, application);
}

bool
application_find_of_person(struct db *db, struct arena *arena, int64_t cohort_id, int64_t person_id,
    struct application *application)
{
	return application_of_person(db, arena,
	    &(struct application_of_person_in){ .cohort_id = cohort_id, .person_id = person_id },
	    application);
}

bool
application_find_awaiting(struct db *db, struct arena *arena, int64_t cohort_id, const char *email,
    struct application *application)
{
	const char *key = address_key(arena, email);

	return key != NULL &&
	    application_awaiting_by_email(db, arena,
		&(struct application_awaiting_by_email_in){
		    .cohort_id = cohort_id, .email_key = key },
		application);
}

bool
application_is_open(const struct cohort *cohort, int64_t now)
{
	return cohort->published_at != DB_NULL && cohort->opens_at <= now &&
	    now < cohort->closes_at;
}

bool
application_may_withdraw(const struct cohort *cohort, int64_t now)
{
	return cohort->published_at != DB_NULL && cohort->opens_at <= now &&
	    now < cohort->starts_at;
}

struct cohort_rows
application_cohorts_ahead(struct db *db, struct arena *arena, int64_t now)
{
	return application_cohorts(db, arena, &(struct application_cohorts_in){ .now = now });
}

struct project_rows
application_choosable(struct db *db, struct arena *arena, int64_t cohort_id)
{
	return project_of_cohort(
	    db, arena, &(struct project_of_cohort_in){ .cohort_id = cohort_id });
}

struct application_project_rows
application_projects(struct db *db, struct arena *arena, int64_t application_id)
{
	return application_project_list(
	    db, arena, &(struct application_project_list_in){ .application_id = application_id });
}

bool
application_receipt(
    struct db *db, struct arena *arena, int64_t cohort_id, const char *key, struct receipt *receipt)
{
	return receipt_by_key(
	    db, arena, &(struct receipt_by_key_in){ .key = key, .cohort_id = cohort_id }, receipt);
}
