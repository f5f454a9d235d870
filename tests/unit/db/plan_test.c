/*
 * No query of the programme reads a whole table, but those that
 * tests/data/db/full_scans.txt lists with the reason why they may.
 */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

struct step {
	int64_t id;
	int64_t parent;
	int64_t unused;
	const char *detail;
};

/* "programme_read programme  one row": a query, what it scans, why. */
struct allowed {
	char query[80];
	char table[80];
	char reason[200];
	bool seen;
};

static struct allowed allowed[200];
static size_t allowed_count;

static const struct db_field step_columns[] = {
	{ DB_INTEGER, offsetof(struct step, id) },
	{ DB_INTEGER, offsetof(struct step, parent) },
	{ DB_INTEGER, offsetof(struct step, unused) },
	{ DB_TEXT, offsetof(struct step, detail) },
};

static int
read_allowed(void **state)
{
	FILE *file = fopen("tests/data/db/full_scans.txt", "r");
	char line[400];

	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		struct allowed *entry = &allowed[allowed_count];

		if (line[0] == '#' || line[0] == '\n') {
			continue;
		}
		assert_true(allowed_count < 200);
		if (sscanf(line, "%79s %79s %199[^\n]", entry->query, entry->table,
			entry->reason) != 3) {
			fail_msg("full_scans.txt, no reason: %s", line);
		}
		allowed_count++;
	}
	fclose(file);
	return fixture_begin(state);
}

static bool
is_allowed(const char *query, const char *table)
{
	for (size_t i = 0; i < allowed_count; i++) {
		if (strcmp(allowed[i].query, query) == 0 && strcmp(allowed[i].table, table) == 0) {
			allowed[i].seen = true;
			return true;
		}
	}
	return false;
}

/* Rows the query itself made are no table: "CO-ROUTINE x", "MATERIALIZE x". */
static bool
is_made_by_the_query(const struct step *steps, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		const char *made = strchr(steps[i].detail, ' ');

		if ((strncmp(steps[i].detail, "CO-ROUTINE ", 11) == 0 ||
			strncmp(steps[i].detail, "MATERIALIZE ", 12) == 0) &&
		    strcmp(made + 1, name) == 0) {
			return true;
		}
	}
	return strchr("(0123456789", name[0]) != NULL || strcmp(name, "CONSTANT") == 0;
}

/* How many tables the query scans without leave; each is printed. */
static int
full_scans(struct fixture *fixture, const struct db_query *query)
{
	struct db_query explain = { .index = query->index,
		.columns = step_columns,
		.column_count = 4,
		.row_size = sizeof(struct step) };
	const struct step *steps;
	size_t count;
	int found = 0;

	explain.name = query->name;
	explain.sql = arena_format(fixture->arena, "EXPLAIN QUERY PLAN %s", query->sql);
	steps = db_many(fixture->db, fixture->arena, &explain, NULL, &count);
	if (db_fault(fixture->db) != DB_FAULT_NONE) {
		fail_msg("%s", db_fault_text(fixture->db));
	}
	for (size_t i = 0; i < count; i++) {
		const char *detail = steps[i].detail;
		const char *table;

		if (strncmp(detail, "SCAN ", 5) != 0) {
			continue;
		}
		table = arena_copy_bytes(fixture->arena, detail + 5, strcspn(detail + 5, " "));
		if (!is_made_by_the_query(steps, count, table) && !is_allowed(query->name, table)) {
			print_error("%s: %s\n", query->name, detail);
			found++;
		}
	}
	return found;
}

static void
no_query_reads_a_whole_table_without_a_reason(void **state)
{
	struct fixture *fixture = *state;
	const char *problem = NULL;
	int found = 0;

	db_close(fixture->db);
	fixture->db = db_open(":memory:", DB_CREATE, &problem);
	assert_non_null(fixture->db);
	assert_true(db_migrate(fixture->db, &problem));
	assert_true(db_begin_write(fixture->db));
	for (size_t i = 0; i < db_query_count; i++) {
		found += full_scans(fixture, db_queries[i]);
	}
	assert_int_equal(found, 0);
	for (size_t i = 0; i < allowed_count; i++) {
		if (!allowed[i].seen) {
			fail_msg("full_scans.txt: %s does not scan %s", allowed[i].query,
			    allowed[i].table);
		}
	}
}

static void
every_query_is_found_by_its_index(void **state)
{
	(void)state;
	for (size_t i = 0; i < db_query_count; i++) {
		assert_int_equal(db_queries[i]->index, i);
	}
	assert_null(db_queries[db_query_count]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    no_query_reads_a_whole_table_without_a_reason, read_allowed, fixture_end),
		cmocka_unit_test(every_query_is_found_by_its_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
