#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "../../cgi-bin/feed/feed.h"
#include "feed_community.h"
#include "ground/bytes.h"
#include "ground/text.h"
#include "model/activity.h"
#include "model/cohort.h"
#include "model/standup.h"

static const char people[] =
    "INSERT INTO person (id, email, email_key, name, name_key, public_name,"
    " show_public_name, created_at) VALUES"
    " (1, 'vega@example.org', 'vega@example.org', 'Vega Private', 'vega',"
    "  'Vega', 1, 0),"
    " (2, 'lyra@example.org', 'lyra@example.org', 'Lyra Private', 'lyra',"
    "  'Lyra Hidden', 0, 0),"
    " (3, 'mira@example.org', 'mira@example.org', 'Mira Private', 'mira',"
    "  'Mira of the Sea', 1, 0),"
    " (4, 'polaris@example.org', 'polaris@example.org', 'Polaris Private',"
    "  'polaris', NULL, 0, 0);";

static const char cohorts[] =
    "INSERT INTO cohort (id, slug, name, goal, feed_key, published_at,"
    " opens_on, closes_on, starts_on, opens_at, closes_at, starts_at,"
    " ends_at, weeks, djangonauts_per_navigator, djangonauts_per_group,"
    " seats, launched_at, created_at)"
    " SELECT column1, column2, column3, 'A first contribution', column4,"
    " column5, '2026-09-01', '2026-10-01', '2026-11-01', 1787000000,"
    " 1790000000, 1793491200, 1798934400, 8, 4, 8, 20, 1793000000, 1 FROM"
    " (VALUES (1, 'orion', 'Orion', 'orionorionorionorionorion2', 1787000000),"
    " (2, 'cygnus', 'Cygnus', 'cygnuscygnuscygnuscygnuscy', 1787000000),"
    " (3, 'draco', 'Draco', 'dracodracodracodracodraco2', NULL));"
    "INSERT INTO project (id, cohort_id, name) VALUES (1, 1, 'Django core');"
    "INSERT INTO member (id, cohort_id, person_id, role, level, joined_at)"
    " VALUES (1, 1, 1, 'navigator', NULL, 1), (2, 1, 2, 'djangonaut', 1, 1),"
    " (3, 1, 3, 'djangonaut', 1, 1), (4, 1, 4, 'organiser', NULL, 1);"
    "INSERT INTO mentoring_group (id, cohort_id, slug, name, project_id, goal,"
    " level_low, level_high, seats, meeting_weekday, meeting_time,"
    " meeting_zone, created_at) VALUES (1, 1, 'deneb', 'Deneb', 1,"
    " 'Close a ticket each', 1, 2, 8, 2, '19:00', 'Europe/Vienna', 1);"
    "INSERT INTO placement (group_id, member_id, placed_at) VALUES"
    " (1, 1, 1), (1, 2, 1), (1, 3, 1);"
    "INSERT INTO standup (id, group_id, week, starts_at, closes_at) VALUES"
    " (1, 1, 3, 1795200000, 1795500000);";

void
community_make(struct harness *harness)
{
	harness_run_sql(harness, people);
	harness_run_sql(harness, cohorts);
}

int
community_set_up(void **state)
{
	struct harness *harness = harness_new(&feed_program);

	feed_cache_clear();
	community_make(harness);
	community_activity(harness, "cohort_opened", HARNESS_NOW + 1000);
	harness_set_now(harness, HARNESS_NOW + 5000);
	*state = harness;
	return 0;
}

int
community_tear_down(void **state)
{
	feed_cache_clear();
	harness_free(*state);
	return 0;
}

void
community_look(struct harness *harness, const char *path)
{
	feed_cache_clear();
	harness_get(harness, path);
	harness_expect_status(harness, 200);
	community_parse(harness);
	community_validate(harness);
}

void
community_activity(struct harness *harness, const char *kind, int64_t at)
{
	assert_true(db_begin_write(harness_db(harness)));
	assert_true(
	    activity_write(harness_db(harness), harness_arena(harness), kind, 1, DB_NULL, at));
	assert_true(db_commit(harness_db(harness)));
}

int64_t
community_highlight(struct harness *harness, int64_t member, const char *title, const char *body)
{
	struct db *db = harness_db(harness);
	struct arena *arena = harness_arena(harness);
	struct cohort cohort;
	struct standup standup;

	assert_true(db_begin_write(db));
	assert_true(cohort_find(db, arena, "orion", &cohort));
	assert_true(standup_find(db, arena, 1, 3, &standup));
	assert_int_equal(highlight_publish(db, arena, &cohort, &standup, member,
			     &(struct highlight_words){ .title = title, .body = body }, DB_NULL,
			     harness_now(harness)),
	    HIGHLIGHT_PUBLISHED);
	assert_true(db_commit(db));
	return harness_number(harness, "SELECT max(id) FROM highlight");
}

void
community_quote(struct harness *harness, int64_t highlight, int64_t member, const char *words)
{
	struct arena *arena = harness_arena(harness);
	struct bytes *quoted = bytes_new(arena);
	const char *at;

	for (at = words; *at != '\0'; at++) {
		bytes_text(quoted, *at == '\'' ? "''" : "");
		if (*at != '\'') {
			bytes_char(quoted, *at);
		}
	}
	harness_run_sql(harness,
	    arena_format(arena,
		"INSERT INTO check_in (id, key, standup_id, member_id, did, next,"
		" blocked, audience, did_audience, next_audience,"
		" blocked_audience, created_at) VALUES (%d, 'c%d', 1, %d, '%s',"
		" '" COMMUNITY_CANARY "', '', 4, 4, 2, 1, 1)"
		" ON CONFLICT DO NOTHING;"
		"INSERT INTO highlight_quote (highlight_id, position, part,"
		" check_in_id) VALUES (%d, %d, 'did', %d)",
		(int)member, (int)member, (int)member, quoted->data, (int)highlight, (int)member,
		(int)member));
}

/* ---- reading ---- */

static void
document_free(void *document)
{
	xmlFreeDoc(document);
}

static xmlDocPtr
document_read(struct harness *harness)
{
	xmlDocPtr document =
	    xmlReadMemory(harness_body_text(harness), (int)harness_body_length(harness), NULL, NULL,
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

	if (document == NULL) {
		fail_msg("not well formed: %s\n%s", xmlGetLastError()->message,
		    harness_body_text(harness));
	}
	arena_cleanup(harness_arena(harness), document_free, document);
	return document;
}

void
community_parse(struct harness *harness)
{
	assert_null(xmlGetIntSubset(document_read(harness)));
}

static xmlXPathObjectPtr
find(struct harness *harness, const char *path, xmlXPathContextPtr *context)
{
	static const char *const spaces[][2] = { { "a", "http://www.w3.org/2005/Atom" },
		{ "at", "http://purl.org/atompub/tombstones/1.0" },
		{ "fh", "http://purl.org/syndication/history/1.0" },
		{ "thr", "http://purl.org/syndication/thread/1.0" } };
	xmlXPathObjectPtr found;

	*context = xmlXPathNewContext(document_read(harness));
	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++) {
		assert_int_equal(xmlXPathRegisterNs(*context, (const xmlChar *)spaces[i][0],
				     (const xmlChar *)spaces[i][1]),
		    0);
	}
	found = xmlXPathEvalExpression((const xmlChar *)path, *context);
	assert_non_null(found);
	return found;
}

size_t
community_count(struct harness *harness, const char *path)
{
	xmlXPathContextPtr context;
	xmlXPathObjectPtr found = find(harness, path, &context);
	size_t count = found->nodesetval == NULL ? 0 : (size_t)found->nodesetval->nodeNr;

	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	return count;
}

const char *
community_texts(struct harness *harness, const char *path)
{
	struct bytes *texts = bytes_new(harness_arena(harness));
	xmlXPathContextPtr context;
	xmlXPathObjectPtr found = find(harness, path, &context);
	int i;

	for (i = 0; found->nodesetval != NULL && i < found->nodesetval->nodeNr; i++) {
		xmlChar *text = xmlNodeGetContent(found->nodesetval->nodeTab[i]);

		bytes_text(texts, (const char *)text);
		bytes_char(texts, '\n');
		xmlFree(text);
	}
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	return texts->data;
}

const char *
community_text(struct harness *harness, const char *path)
{
	struct arena *arena = harness_arena(harness);
	const char *texts = community_texts(harness, arena_format(arena, "(%s)[1]", path));
	size_t length = strlen(texts);

	return length == 0 ? NULL : arena_copy_bytes(arena, texts, length - 1);
}

bool
community_is_balanced(const char *html)
{
	struct arena *arena = arena_new();
	const char *whole = arena_format(arena, "<div>%s</div>", html);
	xmlDocPtr document = xmlReadMemory(whole, (int)strlen(whole), NULL, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	bool balanced = document != NULL;

	xmlFreeDoc(document);
	arena_free(arena);
	return balanced;
}

void
community_validate(struct harness *harness)
{
	xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt("tests/data/atom.rng");
	xmlRelaxNGPtr grammar = xmlRelaxNGParse(parser);
	xmlRelaxNGValidCtxtPtr validator;
	int result;

	assert_non_null(grammar);
	validator = xmlRelaxNGNewValidCtxt(grammar);
	result = xmlRelaxNGValidateDoc(validator, document_read(harness));
	xmlRelaxNGFreeValidCtxt(validator);
	xmlRelaxNGFree(grammar);
	xmlRelaxNGFreeParserCtxt(parser);
	if (result != 0) {
		fail_msg("not Atom:\n%s", harness_body_text(harness));
	}
}
