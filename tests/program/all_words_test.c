/*
 * Every stored text, hostile, on every page and in every feed: escaped once
 * (safety rule 36). Driven by the schema, so that a new column is asked for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "all_crawl.h"
#include "all_form.h"
#include "feed_community.h"
#include "ground/bytes.h"
#include "web/form.h"

#define HOSTILE "\"'><script>"

/* Columns that hold no words: what they may hold is checked where it enters,
 * and by the schema. */
static const char *const structural[] = { "key", "feed_key", "slug", "token_hash", "address_hash",
	"network_hash", "code_hash", "words_hash", "writer", "reason", "recipient", "parameters",
	"kind", "purpose", "role", "state", "status", "part", "location", "next" /* of a link */,
	"tag_domain", "tag_date", "opens_on", "closes_on", "starts_on", "meeting_time",
	"meeting_zone", "zone", "hours", "hours_utc", "email_key", "name_key", "problem", "action",
	"format", "table_name", "column_name", "unless_exported", "unless_retained", "standing",
	"before", "after", "source", "scope", "activity_kind" };

/* Words that no page shows: nobody writes them yet, whoever asks has no cookie
 * of theirs, or they are for calendars. */
static const char *const unseen[] = { "draft.fields", "member.goal", "calendar_event.context",
	"calendar_event.subject", "calendar_event.place" };

static bool
is_among(const char *const *list, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(list[i], word) == 0) {
			return true;
		}
	}
	return false;
}

enum { COLUMNS_MAX = 80 };

struct columns {
	const char *names[COLUMNS_MAX]; /* "person.name" */
	bool seen[COLUMNS_MAX];
	size_t count;
	struct bytes *wrong;
	const char *visitor;
};

/* "check_in.next" is what somebody does next, "link.next" a path. */
static bool
is_words(const char *table, const char *column)
{
	if (strcmp(table, "check_in") == 0 && strcmp(column, "next") == 0) {
		return true;
	}
	/* What a field is called in addresses and exports. */
	if (strcmp(table, "questionnaire_item") == 0 && strcmp(column, "name") == 0) {
		return false;
	}
	return !is_among(structural, sizeof(structural) / sizeof(structural[0]), column);
}

static bool
is_link(const char *column)
{
	size_t length = strlen(column);

	return length >= 4 && strcmp(column + length - 4, "link") == 0;
}

/*
 * Makes a column hostile in all its rows, with the column's number in it. An
 * address cannot be more than odd, and a link tries to be a script.
 */
static void
poison(struct harness *harness, const char *table, const char *column, size_t number)
{
	struct arena *arena = harness_arena(harness);
	const char *value = arena_format(arena, "'\"''><script>%zu.' || rowid", number);

	if (is_link(column)) {
		value = arena_format(arena, "'javascript:alert(1)//\"''><script>%zu.'", number);
	} else if (strcmp(column, "email") == 0) {
		value =
		    arena_format(arena, "'\"''><script>%zu.' || rowid || '@example.org'", number);
	} else if (strcmp(table, "cohort_week") == 0) {
		value = arena_format(arena, "'\"''><script>%zu.' || number", number);
	} else if (strcmp(table, "cohort_level") == 0) {
		value = arena_format(arena, "'\"''><script>%zu.' || level", number);
	} else if (strstr(table, "_answer") != NULL) {
		value = arena_format(arena, "'\"''><script>%zu.' || item_id", number);
	} else if (strcmp(table, "audit") == 0) {
		/* What is in the log stays as it is. */
		harness_run_sql(harness,
		    arena_format(arena,
			"INSERT INTO audit (at, action, cohort_id, %s)"
			" SELECT 1, 'group_made', id, %s FROM cohort WHERE id = 1",
			column, value));
		return;
	}
	harness_run_sql(
	    harness, arena_format(arena, "UPDATE \"%s\" SET \"%s\" = %s", table, column, value));
}

static void
poison_all(struct harness *harness, struct columns *columns)
{
	const char *rows = harness_rows(harness,
	    "SELECT made.name, info.name FROM sqlite_schema AS made,"
	    " pragma_table_info(made.name) AS info"
	    " WHERE made.type = 'table' AND info.type = 'TEXT' ORDER BY 1, 2");
	const char *table;

	/* Nothing that this software writes changes words that were answered. */
	harness_run_sql(harness, "DROP TRIGGER wording_that_is_answered_stays");
	while ((table = world_next_value(harness, &rows)) != NULL) {
		const char *column = world_next_value(harness, &rows);

		if (column != NULL && is_words(table, column)) {
			assert_true(columns->count < COLUMNS_MAX);
			columns->names[columns->count] =
			    arena_format(harness_arena(harness), "%s.%s", table, column);
			poison(harness, table, column, columns->count++);
		}
	}
}

/* Which columns' marks the answer shows, escaped. */
static void
note_seen(struct harness *harness, struct columns *columns)
{
	static const char mark[] = "script&gt;";
	const char *at = harness_body_text(harness);

	while ((at = strstr(at, mark)) != NULL) {
		size_t number;
		char *end;

		at += strlen(mark);
		number = strtoul(at, &end, 10);
		if (end > at && *end == '.' && number < columns->count) {
			columns->seen[number] = true;
		}
	}
}

/* Tables, calendars and JSON have grammars of their own, and tests of them. */
static bool
is_markup(struct harness *harness)
{
	static const char *const others[] = { "text/csv", "text/calendar",
		"application/feed+json" };
	const char *type = harness_header(harness, "Content-Type");

	for (size_t i = 0; type != NULL && i < sizeof(others) / sizeof(others[0]); i++) {
		if (strncmp(type, others[i], strlen(others[i])) == 0) {
			return false;
		}
	}
	return true;
}

static void
look_for_holes(struct harness *harness, const char *path, void *context)
{
	static const char *const raw[] = { "'><", "\"'>", "<script>", "<SCRIPT>",
		"href=\"javascript:", "src=\"javascript:", "action=\"javascript:" };
	static const char *const twice[] = { "&amp;lt;", "&amp;gt;", "&amp;quot;", "&amp;#39;",
		"&amp;amp;" };
	struct columns *columns = context;
	const char *body = harness_body_text(harness);

	for (size_t i = 0; is_markup(harness) && i < sizeof(raw) / sizeof(raw[0]); i++) {
		if (strstr(body, raw[i]) != NULL) {
			bytes_format(columns->wrong, "%s at %s: %s: %.60s\n", columns->visitor,
			    path, raw[i], strstr(body, raw[i]) + strlen(raw[i]));
		}
	}
	/* In a feed the second escape is that of XML around HTML. */
	for (size_t i = 0; crawl_is_html(harness) && i < sizeof(twice) / sizeof(twice[0]); i++) {
		if (strstr(body, twice[i]) != NULL) {
			bytes_format(columns->wrong, "%s at %s: escaped twice: %.60s\n",
			    columns->visitor, path, strstr(body, twice[i]));
		}
	}
	note_seen(harness, columns);
}

static void
safety_36_every_stored_text_is_escaped_once_on_every_page_and_feed(void **state)
{
	struct harness *h = world_new();
	struct columns *columns = arena_alloc(harness_arena(h), sizeof(*columns));

	(void)state;
	columns->wrong = bytes_new(harness_arena(h));
	poison_all(h, columns);
	assert_true(columns->count > 30);
	for (int visitor = 0; visitor < WORLD_VISITORS; visitor++) {
		columns->visitor = world_visitor_name((enum world_visitor)visitor);
		world_become(h, (enum world_visitor)visitor);
		(void)crawl(h, look_for_holes, columns);
	}
	for (size_t i = 0; i < columns->count; i++) {
		bool hidden =
		    is_among(unseen, sizeof(unseen) / sizeof(unseen[0]), columns->names[i]);

		if (columns->seen[i] == hidden && !is_link(columns->names[i])) {
			bytes_format(columns->wrong, "%s page shows %s\n",
			    columns->seen[i] ? "a" : "no", columns->names[i]);
		}
	}
	if (columns->wrong->length > 0) {
		fail_msg("\n%s", columns->wrong->data);
	}
	harness_free(h);
}

/* A feed of hostile words is XML, and what it carries holds no element of theirs. */
static void
safety_36_feeds_of_hostile_words_stay_well_formed(void **state)
{
	static const char *const paths[] = { "/feed/all.atom", "/feed/orion.atom" };
	struct harness *h = world_new();
	struct columns *columns = arena_alloc(harness_arena(h), sizeof(*columns));

	(void)state;
	poison_all(h, columns);
	harness_run_sql(h,
	    "UPDATE check_in SET audience = 4, did_audience = 4, next_audience = 4;"
	    "UPDATE question SET audience = 4; UPDATE answer SET audience = 4;"
	    "UPDATE person SET show_public_name = 1;"
	    "INSERT INTO highlight_quote (highlight_id, position, part, check_in_id)"
	    " SELECT 1, 1, 'did', id FROM check_in;"
	    "INSERT INTO highlight_quote (highlight_id, position, part, question_id)"
	    " SELECT 1, 2, 'question', id FROM question;"
	    "INSERT INTO highlight_quote (highlight_id, position, part, answer_id)"
	    " SELECT 1, 3, 'answer', id FROM answer");
	harness_program(h, &feed_program);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const char *texts;

		harness_get(h, paths[i]);
		harness_expect_status(h, 200);
		community_parse(h);
		assert_int_equal(community_count(h, "//*[local-name() = 'script']"), 0);
		texts = community_texts(h, "//a:content");
		assert_non_null(strstr(texts, "&lt;script&gt;"));
		assert_null(strstr(texts, "<script"));
		assert_null(strstr(texts, "&amp;lt;"));
		/* A title is plain text: what was typed, as it was typed. */
		assert_non_null(strstr(community_texts(h, "//a:entry/a:title"), HOSTILE));
		assert_null(strstr(harness_body_text(h), "javascript:"));
	}
	harness_free(h);
}

/* What is typed into any form comes back escaped once, too. */
static void
safety_36_what_is_typed_into_any_form_comes_back_escaped_once(void **state)
{
	struct harness *h = world_new();
	struct columns *columns = arena_alloc(harness_arena(h), sizeof(*columns));

	(void)state;
	columns->wrong = bytes_new(harness_arena(h));
	for (size_t i = 0; i < WORLD_PROGRAMS * (size_t)WORLD_VISITORS; i++) {
		const struct program *program = world_programs[i / WORLD_VISITORS];
		enum world_visitor visitor = (enum world_visitor)(i % WORLD_VISITORS);

		columns->visitor = world_visitor_name(visitor);
		for (size_t j = 0; j < program->count; j++) {
			const struct route *route = &program->routes[j];
			const struct form *form;

			if (route->method != METHOD_POST) {
				continue;
			}
			world_become(h, visitor);
			form = world_form(h, program, route);
			for (size_t k = 0; k < form->count; k++) {
				harness_field(h, form->fields[k].name,
				    HOSTILE "alert(1)</script></textarea></option>");
			}
			world_send(h, program, route);
			if (harness_status(h) == 422) {
				look_for_holes(h, route->pattern, columns);
			}
		}
	}
	if (columns->wrong->length > 0) {
		fail_msg("\n%s", columns->wrong->data);
	}
	harness_free(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    safety_36_every_stored_text_is_escaped_once_on_every_page_and_feed),
		cmocka_unit_test(safety_36_feeds_of_hostile_words_stay_well_formed),
		cmocka_unit_test(safety_36_what_is_typed_into_any_form_comes_back_escaped_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
