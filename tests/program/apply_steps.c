#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../cgi-bin/apply/apply.h"
#include "apply_steps.h"
#include "ground/clock.h"
#include "ground/date.h"
#include "ground/text.h"
#include "ground/token.h"
#include "ground/zone.h"
#include "model/application.h"
#include "questions.h"

static const struct date first_day = { 2026, 11, 15 };
static const struct date last_day = { 2026, 11, 27 };

int
apply_set_up(void **state)
{
	struct harness *harness = harness_new(&apply_program);

	apply_cohort(harness, "orion", "Orion");
	*state = harness;
	return 0;
}

int
apply_tear_down(void **state)
{
	harness_free(*state);
	return 0;
}

int64_t
apply_opens(void)
{
	return zone_opens(first_day);
}

int64_t
apply_closes(void)
{
	return zone_closes(last_day);
}

void
apply_cohort(struct harness *harness, const char *slug, const char *name)
{
	struct arena *arena = harness_arena(harness);

	harness_run_sql(harness,
	    arena_format(arena,
		"INSERT INTO cohort (slug, name, goal, feed_key,"
		" published_at, opens_on, closes_on, starts_on, opens_at,"
		" closes_at, starts_at, ends_at, weeks,"
		" djangonauts_per_navigator, djangonauts_per_group, seats,"
		" created_at) VALUES ('%s', '%s', 'One merged pull request',"
		" 'feed-%s', 1790000000, '2026-11-15', '2026-11-27',"
		" '2027-01-04', %lld, %lld, 1799020800,"
		" 1799020800 + 9 * 604800, 8, 4, 8, 20, 1780000000)",
		slug, name, slug, (long long)apply_opens(), (long long)apply_closes()));
	harness_run_sql(harness,
	    arena_format(arena,
		"INSERT INTO project (cohort_id, name)"
		" SELECT id, project.column1 FROM cohort,"
		" (VALUES ('Accounts'), ('Forms')) AS project"
		" WHERE slug = '%s'",
		slug));
	questions_make(harness);
}

void
apply_fill(struct harness *harness, const struct apply_other *others)
{
	static const struct apply_other answers[] = { { "name", "Vega" },
		{ "pronouns", "they/them" }, { "github", "vega-star" }, { "zone", "Europe/Vienna" },
		{ "level", "2" }, { "projects", "2" }, { "hours_0_from", "19:00" },
		{ "hours_0_to", "22:00" }, { "hours_2_from", "19:00" }, { "hours_2_to", "22:00" },
		{ "why", "To learn\r\nwith others" }, { "experience", "Two small sites" },
		{ "hopes", "One merged change" }, { "conduct", "yes" } };
	size_t i;

	for (i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		const struct apply_other *other = others;

		while (other != NULL && other->name != NULL &&
		    strcmp(other->name, answers[i].name) != 0) {
			other++;
		}
		if (other == NULL || other->name == NULL) {
			harness_field(harness, answers[i].name, answers[i].value);
		}
	}
	for (; others != NULL && others->name != NULL; others++) {
		if (others->value != NULL) {
			harness_field(harness, others->name, others->value);
		}
	}
}

const char *
apply_hidden(struct harness *harness, const char *name)
{
	struct arena *arena = harness_arena(harness);
	const char *mark = arena_format(arena, "name=\"%s\" value=\"", name);
	const char *at = strstr(harness_body_text(harness), mark);

	if (at == NULL) {
		fail_msg("no hidden field %s in:\n%s", name, harness_body_text(harness));
		return "";
	}
	at += strlen(mark);
	return arena_copy_bytes(arena, at, strcspn(at, "\""));
}

void
apply_send_other(struct harness *harness, const char *slug, const char *email, const char *name,
    const char *value)
{
	const struct apply_other others[] = { { name, value }, { NULL, NULL } };
	const char *path = arena_format(harness_arena(harness), "/apply/%s", slug);

	harness_get(harness, path);
	harness_expect_status(harness, 200);
	harness_field(harness, "_key", apply_hidden(harness, "_key"));
	harness_field(harness, "email", email);
	apply_fill(harness, name == NULL ? NULL : others);
	harness_post(harness, path);
}

void
apply_send(struct harness *harness, const char *slug, const char *email)
{
	apply_send_other(harness, slug, email, NULL, NULL);
}

const char *
apply_token(struct harness *harness)
{
	struct arena *arena = harness_arena(harness);
	struct db *db = harness_db(harness);
	const char *token = token_random(arena);
	int64_t id = harness_number(harness, "SELECT max(id) FROM application"), expires_at;

	assert_true(db_begin_write(db));
	assert_true(
	    application_record_link(db, arena, token, id, harness_now(harness), &expires_at));
	assert_true(db_commit(db));
	return token;
}

const char *
apply_link_path(struct harness *harness, const char *token)
{
	return arena_format(harness_arena(harness), "/apply/confirm/%s", token);
}

const char *
apply_location(struct harness *harness)
{
	const char *location = harness_header(harness, "Location");

	assert_non_null(location);
	location += strlen(harness_site(harness)->root);
	return arena_copy_bytes(harness_arena(harness), location, strcspn(location, "?"));
}

const char *
apply_confirmed(struct harness *harness, const char *slug, const char *email)
{
	const char *path;

	apply_send(harness, slug, email);
	harness_expect_status(harness, 303);
	path = apply_link_path(harness, apply_token(harness));
	harness_get(harness, path);
	harness_post(harness, path);
	harness_expect_status(harness, 303);
	return apply_location(harness);
}
