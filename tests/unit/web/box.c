#include <stdio.h>
#include <string.h>

#include "box.h"
#include "ground/text.h"
#include "model/person.h"
#include "model/rights.h"
#include "model/session.h"
#include "web/page/part.h"
#include "web/visit.h"

enum { FORM_EMAIL, FORM_WORDS, FORM_COUNT };

static const struct field fields[FORM_COUNT] = { [FORM_EMAIL] = { .name = "email",
						     .kind = FIELD_EMAIL,
						     .label = MESSAGE_WEB_TIME_NOW,
						     .required = true },
	[FORM_WORDS] = {
	    .name = "words", .kind = FIELD_TEXT, .label = MESSAGE_WEB_TIME_NOW, .max = 100 } };

static const struct form form = { "form", fields, FORM_COUNT, true, false, false };
static const struct form stepped = { "stepped", fields, FORM_COUNT, true, false, true };
static const struct form button = { "button", NULL, 0, false, false, false };

static void
show(struct visit *visit)
{
	struct bytes *out = visit_html(visit, 200);

	bytes_format(out, "hello %s roles=%u csrf=%s",
	    visit->person == NULL ? "stranger" : visit->person->name, visit->roles,
	    visit->frame.site_csrf == NULL ? "none" : "some");
}

static void
show_form(struct visit *visit)
{
	struct page_part_errors_list errors = form_summary(visit->values);
	struct page_part_field_list rows = form_rows(visit->values);
	struct bytes *out = visit_html(visit, 200);
	size_t i;

	page_part_csrf(out, &visit->frame, &(struct page_part_csrf){ 0 });
	for (i = 0; i < errors.count; i++) {
		page_part_errors(out, &visit->frame, &errors.rows[i]);
	}
	for (i = 0; i < rows.count; i++) {
		page_part_field(out, &visit->frame, &rows.rows[i]);
	}
}

/* Writes a person, then does what the words say. */
static void
take_form(struct visit *visit)
{
	const char *words = form_text(visit->values, FORM_WORDS);

	(void)person_ensure(visit->db, visit->arena,
	    &(struct person_new){ .email = form_text(visit->values, FORM_EMAIL) }, visit->now);
	if (text_equal(words, "refuse")) {
		form_refuse(visit->values, FORM_EMAIL, "refused by the model");
		visit_again(visit);
	} else if (text_equal(words, "break")) {
		(void)db_begin_read(visit->db);
		visit_redirect(visit, "/done");
	} else if (text_equal(words, "hide")) {
		visit_not_found(visit);
	} else {
		visit_redirect(visit, "/done");
	}
}

/* Made when the visitor is let in; "/made/none" has none. */
static const struct form *
make_form(struct visit *visit)
{
	return text_equal(visit_param(visit, "which"), "none") ? NULL : &stepped;
}

/* The button beside the one that sends turns the form over. */
static void
take_steps(struct visit *visit)
{
	if (form_step(visit->values) != NULL) {
		form_note(visit->values, FORM_WORDS, form_step(visit->values));
		(void)person_ensure(visit->db, visit->arena,
		    &(struct person_new){ .email = "a@b.example" }, visit->now);
		visit_turn(visit);
		return;
	}
	take_form(visit);
}

static void
sign_out(struct visit *visit)
{
	if (visit->session != NULL) {
		session_end(visit->db, visit->session->id);
	}
	visit_sign_out(visit);
	visit_redirect(visit, "/");
}

static void
break_down(struct visit *visit)
{
	bytes_text(visit_html(visit, 200), "half a page");
	(void)db_begin_read(visit->db);
}

static void
answer_late(struct visit *visit)
{
	if (visit_query(visit, "load") != NULL && !visit_load(visit)) {
		return;
	}
	bytes_text(visit_html(visit, 200),
	    visit->programme == NULL ? "from memory" : visit->programme->name);
}

static const struct route routes[] = { { METHOD_GET, "/", SCOPE_SITE, ROLE_ANYONE, show, NULL, NULL,
					   false, false, false, NULL },
	{ METHOD_GET, "/form", SCOPE_SITE, ROLE_ANYONE, show_form, &form, NULL, false, false, false,
	    NULL },
	{ METHOD_POST, "/form", SCOPE_SITE, ROLE_ANYONE, take_form, &form, show_form, false, false,
	    false, NULL },
	{ METHOD_GET, "/mine", SCOPE_SITE, ROLE_PERSON, show, NULL, NULL, false, false, false,
	    NULL },
	{ METHOD_POST, "/mine", SCOPE_SITE, ROLE_PERSON, take_form, &form, show_form, false, false,
	    false, NULL },
	{ METHOD_POST, "/out", SCOPE_SITE, ROLE_ANYONE, sign_out, &button, show, false, false,
	    false, NULL },
	{ METHOD_GET, "/c/:cohort", SCOPE_COHORT, ROLE_ANYONE, show, NULL, NULL, false, false,
	    false, NULL },
	{ METHOD_GET, "/c/:cohort/in", SCOPE_COHORT, ROLES_MEMBERS, show, NULL, NULL, false, false,
	    false, NULL },
	{ METHOD_GET, "/secret/:token", SCOPE_SITE, ROLE_ANYONE, show, NULL, NULL, true, false,
	    false, NULL },
	{ METHOD_GET, "/break", SCOPE_SITE, ROLE_ANYONE, break_down, NULL, NULL, false, false,
	    false, NULL },
	{ METHOD_GET, "/made/:which", SCOPE_SITE, ROLE_ANYONE, show_form, NULL, NULL, false, false,
	    false, make_form },
	{ METHOD_POST, "/made/:which", SCOPE_SITE, ROLE_ANYONE, take_steps, NULL, show_form, false,
	    false, false, make_form },
	{ METHOD_GET, "/late", SCOPE_SITE, ROLE_ANYONE, answer_late, NULL, NULL, false, false, true,
	    NULL } };

const struct program box_program = { "box", routes, sizeof(routes) / sizeof(routes[0]), false };

const struct program box_feed = { "feed", routes, sizeof(routes) / sizeof(routes[0]), true };

int
box_set_up(void **state)
{
	*state = harness_new(&box_program);
	return 0;
}

int
box_tear_down(void **state)
{
	harness_free(*state);
	return 0;
}

int64_t
box_cohorts(struct harness *harness)
{
	int64_t vega = harness_person(harness, "vega@example.org", "Vega");
	static const char columns[] =
	    "INSERT INTO cohort (slug, name, goal, feed_key, published_at,"
	    " opens_on, closes_on, starts_on, opens_at, closes_at, starts_at,"
	    " ends_at, weeks, djangonauts_per_navigator,"
	    " djangonauts_per_group, seats, offer_days, chat_name, chat_link,"
	    " created_at) VALUES ('%s', '%s', 'Goal', '%s', %s, '2026-11-01',"
	    " '2026-12-01', '2027-01-04', 1793487600, 1796126400, 1799020800,"
	    " 1803859200, 8, 4, 8, 20, 7, '', '', 1793000000)";
	char sql[1024];

	(void)snprintf(sql, sizeof(sql), columns, "orion", "Orion", "orionorionorionorionorion1",
	    "1793000000");
	harness_run_sql(harness, sql);
	(void)snprintf(
	    sql, sizeof(sql), columns, "lyra", "Lyra", "lyralyralyralyralyralyraly", "NULL");
	harness_run_sql(harness, sql);
	(void)snprintf(sql, sizeof(sql),
	    "INSERT INTO member (cohort_id,"
	    " person_id, role, joined_at) SELECT id, %d, 'organiser', 1"
	    " FROM cohort WHERE slug = 'orion'",
	    (int)vega);
	harness_run_sql(harness, sql);
	return vega;
}

int64_t
box_people(struct harness *harness)
{
	return harness_number(harness, "SELECT count(*) FROM person");
}

int
box_send(struct harness *harness, const char *words)
{
	harness_field(harness, "email", "altair@example.org");
	harness_field(harness, "words", words);
	harness_post(harness, "/form");
	return harness_status(harness);
}
