#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cohort_reading.h"

int64_t
reading_reviewer(struct harness *harness, const char *name)
{
	int64_t id = harness_person(
	    harness, arena_format(harness_arena(harness), "%s@example.org", name), name);

	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"INSERT INTO reviewer (cohort_id, person_id, appointed_at) VALUES (1, %lld, 1)",
		(long long)id));
	return id;
}

int
reading_set_up(void **state)
{
	struct harness *harness;

	(void)house_set_up(state);
	harness = *state;
	harness_run_sql(harness,
	    "INSERT INTO criterion (id, cohort_id, name, help, weight, position) VALUES"
	    " (1, 1, 'Craft', 'Have they *begun*?', 3, 1), (2, 1, 'Kindness', '', 1, 2)");
	assert_int_equal(reading_reviewer(harness, "Spica"), READING_SPICA);
	(void)house_application(harness, "Vega");
	(void)house_application(harness, "Deneb");
	harness_run_sql(harness,
	    "UPDATE application SET call_sign = CASE id WHEN 1 THEN 'Alcyone 37'"
	    " ELSE 'Mizar 12' END, pronouns = 'they/them', github = 'star-' || id");
	house_sign_in(harness, "Spica");
	return 0;
}

void
reading_points(struct harness *harness, const char *craft, const char *kindness)
{
	harness_field(harness, "points_1", craft);
	harness_field(harness, "points_2", kindness);
}

void
reading_reviewed(struct harness *harness, int64_t application, const char *name, int64_t score)
{
	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"INSERT INTO review (application_id, person_id, taken_at, finished_at, score, note)"
		" SELECT %lld, id, 1, 1, %lld, 'Noted by %s' FROM person WHERE name = '%s'",
		(long long)application, (long long)score, name, name));
}

const char *
reading_location(struct harness *harness)
{
	const char *location = harness_header(harness, "Location");

	assert_non_null(location);
	return arena_copy_bytes(harness_arena(harness), location, strcspn(location, "?#"));
}
