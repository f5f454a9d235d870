#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "all_personal.h"
#include "all_world.h"
#include "ground/bytes.h"

static const char cohort[] =
    "INSERT INTO person (id, email, email_key, name, name_key, created_at) VALUES"
    " (1, 'x1@example.org', 'x1@example.org', 'x', 'x', 1700000000),"
    " (2, 'x2@example.org', 'x2@example.org', 'x', 'x', 1700000000),"
    " (3, 'nova@example.org', 'nova@example.org', 'Nova', 'nova', 1700000000);"
    "INSERT INTO cohort (id, slug, name, goal, feed_key, published_at, opens_on, closes_on,"
    " starts_on, opens_at, closes_at, starts_at, ends_at, weeks, djangonauts_per_navigator,"
    " djangonauts_per_group, seats, launched_at, groups_formed_at, created_at) VALUES"
    " (1, 'orion', 'Orion', 'A merged change', 'feed-orion', 1780000000, '2026-09-01',"
    " '2026-09-30', '2026-11-09', 1788000000, 1790000000, 1794182400, 1799625600, 8, 4, 8, 20,"
    " 1794000000, 1794000000, 1780000000);"
    "INSERT INTO project (id, cohort_id, name) VALUES (1, 1, 'Accounts');"
    "INSERT INTO questionnaire_item (id, questionnaire_id, name, position, kind) SELECT"
    " 1, id, 'q', 1, 'long' FROM questionnaire WHERE purpose = 'navigator';"
    "INSERT INTO item_wording (id, item_id, label, is_required, made_at)"
    " VALUES (1, 1, 'Why us?', 0, 1790000000);"
    "INSERT INTO mentoring_group (id, cohort_id, slug, name, project_id, goal, level_low,"
    " level_high, seats, meeting_weekday, meeting_time, meeting_zone, created_at) VALUES"
    " (1, 1, 'lyra', 'Lyra', 1, 'Fix a form', 1, 2, 8, 6, '07:00', 'Europe/Vienna', 1790000000);"
    "INSERT INTO standup (id, group_id, week, starts_at, closes_at) VALUES"
    " (1, 1, 1, 1795327200, 1795413600);"
    "INSERT INTO member (id, cohort_id, person_id, role, joined_at) VALUES"
    " (3, 1, 3, 'organiser', 1790000000);"
    "INSERT INTO questionnaire_item (id, questionnaire_id, name, position, kind)"
    " SELECT 2, id, 'why', 1, 'long' FROM questionnaire WHERE purpose = 'apply';"
    "INSERT INTO item_wording (id, item_id, label, is_required, made_at)"
    " VALUES (2, 2, 'Why?', 0, 1);";

/* One row in everything, of person %1; the other names of a row are theirs. */
static const char *const rows[] = {
	"INSERT INTO session (token_hash, person_id, created_at, last_used_at, idle_seconds,"
	" ends_at) VALUES ('session%1', %1, 1795000000, 1795000000, 2592000, 1810000000)",
	"INSERT INTO member (id, cohort_id, person_id, role, joined_at) VALUES"
	" (%1, 1, %1, 'navigator', 1790000000)",
	"INSERT INTO volunteer (member_id, zone, hours, hours_utc, level_low, level_high, wants,"
	" said_at) VALUES (%1, 'UTC', printf('%084d', 0), printf('%084d', 0), 1, 2, 4, 1790000000)",
	"INSERT INTO volunteer_answer (member_id, item_id, wording_id, value)"
	" VALUES (%1, 1, 1, 'x')",
	"INSERT INTO placement (id, group_id, member_id, band_reason, placed_at) VALUES"
	" (%1, 1, %1, 'x', 1790000000)",
	"INSERT INTO application (id, key, reference, cohort_id, person_id, email, email_key, name,"
	" name_key, zone, level, hours, hours_utc, words_hash, submitted_at,"
	" changed_at, confirm_until, confirmed_at) VALUES (%1, 'k%1', 'R%1', 1, %1,"
	" 'x%1@example.org', 'x%1@example.org', 'x', 'x', 'UTC', 1, printf('%084d', 0),"
	" printf('%084d', 0), NULL, 1789000000, 1789000000, 1789000000, 1789000000)",
	"INSERT INTO application (id, key, reference, cohort_id, email, email_key, name, name_key,"
	" zone, level, hours, hours_utc, words_hash, submitted_at, changed_at,"
	" confirm_until) VALUES (1%1, 'k1%1', 'R1%1', 1, 'x%1@example.org', 'x%1@example.org',"
	" 'x', 'x', 'UTC', 1, printf('%084d', 0), printf('%084d', 0), 'x', 1789000000,"
	" 1789000000, 1795500000)",
	"INSERT INTO application_answer (application_id, item_id, wording_id, value) VALUES"
	" (%1, 2, 2, 'x')",
	"INSERT INTO review (id, application_id, person_id, taken_at, finished_at, score, note)"
	" VALUES (%1, %1, 3, 1795000000, 1795000000, 5000, 'x')",
	"INSERT INTO receipt (key, cohort_id, reference, email, mail_due_at, received_at) VALUES"
	" ('receipt%1', 1, 'R', 'x%1@example.org', 1795300000, 1795300000)",
	"INSERT INTO offer (key, application_id, group_id, state, made_at, deadline_at) VALUES"
	" ('offer%1', %1, 1, 'offered', 1795000000, 1796000000)",
	"INSERT INTO decision (id, application_id, kind, line, decided_at, sent_at) VALUES"
	" (%1, %1, 'offer', 'x', 1795000000, 1795000000)",
	"INSERT INTO address_change (id, person_id, email, email_key, asked_at, ends_at) VALUES"
	" (%1, %1, 'y%1@example.org', 'y%1@example.org', 1795300000, 1795400000)",
	"INSERT INTO invitation (id, cohort_id, role, email, email_key, name, invited_at, ends_at)"
	" VALUES (%1, 1, 'captain', 'x%1@example.org', 'x%1@example.org', 'x', 1795000000,"
	" 1796000000)",
	"INSERT INTO draft (id, cohort_id, email, email_key, fields, begun_at, saved_at) VALUES"
	" (%1, 1, 'x%1@example.org', 'x%1@example.org', 'x', 1795000000, 1795000000)",
	"INSERT INTO late_entry (id, cohort_id, email, email_key, until_at, let_at) VALUES"
	" (%1, 1, 'x%1@example.org', 'x%1@example.org', 1796000000, 1795000000)",
	"INSERT INTO subscription (id, email, email_key, asked_at, confirmed_at) VALUES"
	" (%1, 'x%1@example.org', 'x%1@example.org', 1795000000, 1795000000)",
	"INSERT INTO conduct_recipient (id, name, email, email_key) VALUES"
	" (%1, 'x', 'x%1@example.org', 'x%1@example.org')",
	"INSERT INTO outbox (id, reason, kind, urgency, cohort_id, recipient, parameters, state,"
	" due_at, created_at) VALUES (%1, 'reason%1', 'welcome', 2, 1, 'x%1@example.org', '{}',"
	" 'queued', 1795300000, 1795300000)",
	"INSERT INTO outbox (id, reason, kind, urgency, recipient, parameters, state, sent_at,"
	" due_at, created_at) VALUES (1%1, 'reason1%1', 'address_new', 1, 'y%1@example.org',"
	" '{}', 'sent', 1795300000, 1795300000, 1795300000)",
	"INSERT INTO check_in (id, key, standup_id, member_id, did, next, blocked, audience,"
	" did_audience, next_audience, blocked_audience, created_at) VALUES"
	" (%1, 'c%1', 1, %1, 'x', 'x', 'x', 4, 2, 2, 2, 1795330000)",
	"INSERT INTO question (id, key, standup_id, member_id, body, audience, asked_at) VALUES"
	" (%1, 'q%1', 1, %1, 'x', 2, 1795330000)",
	"INSERT INTO answer (id, key, question_id, member_id, body, audience, answered_at) VALUES"
	" (%1, 'a%1', 3 - %1, %1, 'x', 2, 1795330000)",
	"INSERT INTO highlight (id, key, standup_id, member_id, title, body, published_at,"
	" updated_at) VALUES (%1, 'h%1', 1, %1, 'x', 'x', 1795330000, 1795330000)",
	"INSERT INTO activity (key, kind, cohort_id, highlight_id, published_at, updated_at)"
	" VALUES ('activity%1', 'highlight', 1, %1, 1795330000, 1795330000)",
	"INSERT INTO attendance (standup_id, member_id, status, marked_at) VALUES"
	" (1, %1, 'present', 1795330000)",
	"INSERT INTO audit (at, actor_id, action, cohort_id, subject_id, detail) VALUES"
	" (1795300000, %1, 'placed', 1, 3 - %1, 'Lyra')",
};

/* Which rows of a table are a person's. */
static const struct {
	const char *table;
	const char *where;
} owners[] = {
	{ "person", "id = %1" },
	{ "session", "person_id = %1" },
	{ "address_change", "person_id = %1" },
	{ "application", "id IN (%1, 1%1)" },
	{ "decision", "id = %1" },
	{ "receipt", "key LIKE 'receipt%1'" },
	{ "volunteer", "member_id = %1" },
	{ "volunteer_answer", "member_id = %1" },
	{ "invitation", "id = %1" },
	{ "draft", "id = %1" },
	{ "late_entry", "id = %1" },
	{ "subscription", "id = %1" },
	{ "conduct_recipient", "id = %1" },
	{ "outbox", "id = %1" },
	{ "member", "id = %1" },
	{ "placement", "id = %1" },
	{ "check_in", "id = %1" },
	{ "review", "id = %1" },
	{ "question", "id = %1" },
	{ "answer", "id = %1" },
	{ "highlight", "id = %1" },
	{ "application_answer", "application_id = %1" },
};

/* The pattern with the person for each "%1". */
static const char *
filled(struct harness *harness, const char *pattern, int64_t person)
{
	struct bytes *text = bytes_new(harness_arena(harness));

	while (*pattern != '\0') {
		if (strncmp(pattern, "%1", 2) == 0) {
			bytes_format(text, "%lld", (long long)person);
			pattern += 2;
		} else {
			bytes_char(text, *pattern++);
		}
	}
	return text->data;
}

struct harness *
canary_world(void)
{
	static const struct program none = { .name = "personal" };
	struct harness *harness = harness_new(&none);

	harness_run_sql(harness, cohort);
	/* In the order of the rows: an answer needs the other's question. */
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		harness_run_sql(harness, filled(harness, rows[i], CANARY));
		harness_run_sql(harness, filled(harness, rows[i], OTHER_CANARY));
	}
	return harness;
}

/* An address whose capitals tell columns apart: "CaNary1@example.org". */
static const char *
address_of(struct harness *harness, const char *base, int64_t person, size_t number)
{
	char *address = arena_copy_bytes(
	    harness_arena(harness), filled(harness, base, person), strlen(base) - 1);

	for (size_t i = 0; i < 6; i++) {
		if (number & ((size_t)1 << i)) {
			address[i] = (char)toupper((unsigned char)address[i]);
		}
	}
	return address;
}

static const char *
text_for(struct harness *harness, const struct canary *canary, int64_t person, size_t number)
{
	struct arena *arena = harness_arena(harness);
	const char *text = arena_format(arena, "canary%lld-%zu.", (long long)person, number);

	if (strcmp(canary->table, "address_change") == 0) {
		return strcmp(canary->column, "email") == 0
		    ? address_of(harness, "canaryplace%1@example.org", person, number)
		    : filled(harness, "canaryplace%1@example.org", person);
	}
	if (strcmp(canary->column, "email_key") == 0) {
		return filled(harness, "canary%1@example.org", person);
	}
	if (strcmp(canary->column, "email") == 0 || strcmp(canary->column, "recipient") == 0) {
		return address_of(harness, "canary%1@example.org", person, number);
	}
	if (strncmp(canary->column, "hours", 5) == 0) {
		return arena_format(arena, "%s%0*d", text, (int)(84 - strlen(text)), 0);
	}
	return strcmp(canary->column, "parameters") == 0
	    ? arena_format(arena, "{\"x\":\"%s\"}", text)
	    : text;
}

static void
put(struct harness *harness, const struct canary *canary, int64_t person)
{
	const char *where = NULL;

	for (size_t i = 0; i < sizeof(owners) / sizeof(owners[0]); i++) {
		if (strcmp(owners[i].table, canary->table) == 0) {
			where = filled(harness, owners[i].where, person);
		}
	}
	if (where == NULL) {
		fail_msg("whose are the rows of %s?", canary->table);
		return;
	}
	/* Of two applications each needs a key of its own. */
	harness_run_sql(harness,
	    arena_format(harness_arena(harness), "UPDATE %s SET %s = '%s'%s WHERE %s",
		canary->table, canary->column, canary->text,
		strcmp(canary->table, "application") == 0 &&
			(strcmp(canary->column, "key") == 0 ||
			    strcmp(canary->column, "reference") == 0)
		    ? " || id"
		    : "",
		where));
}

struct canaries
canary_put(struct harness *harness, int64_t person)
{
	const char *values = harness_rows(harness,
	    "SELECT table_name, column_name, unless_exported, unless_retained"
	    " FROM personal_column ORDER BY 1, 2");
	struct canaries canaries = { .rows = arena_array(
					 harness_arena(harness), 200, sizeof(*canaries.rows)) };
	const char *table;

	while ((table = world_next_value(harness, &values)) != NULL) {
		struct canary *canary = &canaries.rows[canaries.count];

		canary->table = table;
		canary->column = world_next_value(harness, &values);
		canary->unless_exported = world_next_value(harness, &values);
		canary->unless_retained = world_next_value(harness, &values);
		canary->text = text_for(harness, canary, person, canaries.count++);
		put(harness, canary, person);
	}
	harness_run_sql(harness,
	    filled(harness,
		"UPDATE outbox SET recipient = 'canaryplace%1@example.org' WHERE id = 1%1",
		person));
	return canaries;
}

void
canary_publish(struct harness *harness, int64_t person)
{
	harness_run_sql(harness,
	    filled(harness,
		"UPDATE check_in SET did_audience = 4 WHERE member_id = %1;"
		"UPDATE question SET audience = 4;"
		"UPDATE answer SET audience = 4 WHERE member_id = %1;"
		"INSERT INTO highlight_quote (highlight_id, position, part, check_in_id)"
		" VALUES (3 - %1, 1, 'did', %1)",
		person));
}

const char *
canary_places(struct harness *harness, const char *text)
{
	const char *columns = world_columns(harness);
	struct bytes *places = bytes_new(harness_arena(harness));
	const char *table;

	while ((table = world_next_value(harness, &columns)) != NULL) {
		const char *column = world_next_value(harness, &columns);

		if (harness_number(harness,
			arena_format(harness_arena(harness),
			    "SELECT count(*) FROM \"%s\" WHERE instr(lower(CAST(\"%s\" AS"
			    " TEXT)), lower('%s')) > 0",
			    table, column, text)) > 0) {
			bytes_format(places, "%s.%s\n", table, column);
		}
	}
	return places->data;
}
