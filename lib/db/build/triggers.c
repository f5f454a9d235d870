#include <sqlite3.h>
#include <string.h>
#include <strings.h>

#include "tool.h"

struct trigger {
	const char *name;
	const char *table;
	const char *sql;
};

static void
word_keep(struct build *build, const char *word, const char *trigger)
{
	static const char *const ours[] = { "none", "unique", "check", "foreign_key", "not_null" };
	size_t place = 0;

	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
		if (strcmp(word, ours[i]) == 0) {
			error_about(build, trigger,
			    keep_format("'%s' is "
					"already the word of a constraint",
				word));
			return;
		}
	}
	while (place < build->word_count && strcmp(build->words[place], word) < 0) {
		place++;
	}
	if (place < build->word_count && strcmp(build->words[place], word) == 0) {
		return;
	}
	build->words = keep_more(build->words, build->word_count, sizeof(build->words[0]));
	memmove(&build->words[place + 1], &build->words[place],
	    (build->word_count - place) * sizeof(build->words[0]));
	build->words[place] = word;
	build->word_count++;
}

/* What follows RAISE: (ABORT, 'word') or (IGNORE). */
static void
raise_read(struct build *build, const char *at, const char *trigger)
{
	const char *word;
	size_t length;

	at = skip_blank(at);
	if (*at != '(') {
		return;
	}
	at = skip_blank(at + 1);
	if (strncasecmp(at, "IGNORE", 6) == 0) {
		return;
	}
	if (strncasecmp(at, "ABORT", 5) != 0) {
		error_about(build, trigger,
		    keep_format("trigger %s: only "
				"RAISE(ABORT, …) leaves the transaction whole",
			trigger));
		return;
	}
	at = skip_blank(at + 5);
	at = *at == ',' ? skip_blank(at + 1) : at;
	length = *at == '\'' ? strcspn(at + 1, "'") : 0;
	word = keep_text(at + (length > 0), length);
	if (!is_name(word)) {
		error_about(build, trigger,
		    keep_format("trigger %s: '%s' is "
				"no code word (small letters, digits, _)",
			trigger, word));
		return;
	}
	word_keep(build, word, trigger);
}

static bool
is_word_letter(char letter)
{
	return (letter >= 'a' && letter <= 'z') || letter == '_' ||
	    (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
}

static void
raises_read(struct build *build, const char *sql, const char *trigger)
{
	for (const char *at = skip_blank(sql); *at != '\0';) {
		if (*at == '\'' || *at == '"') {
			const char *end = strchr(at + 1, *at);

			at = end == NULL ? at + strlen(at) : end + 1;
		} else if (is_word_letter(*at)) {
			const char *word = at;

			while (is_word_letter(*at)) {
				at++;
			}
			if (at - word == 5 && strncasecmp(word, "RAISE", 5) == 0) {
				raise_read(build, at, trigger);
			}
		} else {
			at++;
		}
		at = skip_blank(at);
	}
}

/* Each row's first column, as a list that ends with a NULL. */
static const char **
column_read(const struct build *build, const char *sql)
{
	const char **list = keep(sizeof(list[0]));
	size_t count = 0;
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v2(build->db, sql, -1, &statement, NULL) != SQLITE_OK) {
		error_at("schema", 1, "%s", sqlite3_errmsg(build->db));
		return list;
	}
	while (sqlite3_step(statement) == SQLITE_ROW) {
		list = keep_more(list, count + 1, sizeof(list[0]));
		list[count++] = keep_format("%s", sqlite3_column_text(statement, 0));
	}
	sqlite3_finalize(statement);
	return list;
}

/* False, and an error about the trigger or view, when it does not compile. */
static bool
compiles(const struct build *build, const char *name, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	int result = sqlite3_prepare_v2(build->db, sql, -1, &statement, NULL);

	sqlite3_finalize(statement);
	if (result != SQLITE_OK) {
		error_about(build, name, keep_format("%s: %s", name, sqlite3_errmsg(build->db)));
	}
	return result == SQLITE_OK;
}

/* Sets every column, and so fires whatever an UPDATE may fire. */
static const char *
update_of_all(const struct build *build, const char *table)
{
	const char **columns =
	    column_read(build, keep_format("SELECT name FROM pragma_table_info('%s')", table));
	const char *sql = keep_format("UPDATE \"%s\" SET", table);

	for (size_t i = 0; columns[i] != NULL; i++) {
		sql = keep_format(
		    "%s%s \"%s\" = \"%s\"", sql, i == 0 ? "" : ",", columns[i], columns[i]);
	}
	return sql;
}

/* The trigger alone, compiled by whichever statement fires it. */
static void
trigger_check(struct build *build, const struct trigger *trigger)
{
	raises_read(build, trigger->sql, trigger->name);
	if (sqlite3_exec(build->db, trigger->sql, NULL, NULL, NULL) != SQLITE_OK) {
		error_about(build, trigger->name, sqlite3_errmsg(build->db));
		return;
	}
	if (compiles(build, trigger->name,
		keep_format("INSERT INTO \"%s\" DEFAULT VALUES", trigger->table)) &&
	    compiles(build, trigger->name, keep_format("DELETE FROM \"%s\"", trigger->table))) {
		compiles(build, trigger->name, update_of_all(build, trigger->table));
	}
	sqlite3_exec(
	    build->db, keep_format("DROP TRIGGER \"%s\"", trigger->name), NULL, NULL, NULL);
}

/*
 * SQLite resolves the names in a trigger or view only when a statement needs
 * it, perhaps months later. Here each is needed once, without the others, so
 * that an error is known to be its own.
 */
void
triggers_check(struct build *build)
{
	const char **names = column_read(build,
	    "SELECT name FROM sqlite_schema"
	    " WHERE type = 'trigger' ORDER BY name");
	const char **tables = column_read(build,
	    "SELECT tbl_name"
	    " FROM sqlite_schema WHERE type = 'trigger' ORDER BY name");
	const char **sqls = column_read(build,
	    "SELECT sql FROM sqlite_schema"
	    " WHERE type = 'trigger' ORDER BY name");
	const char **views = column_read(build,
	    "SELECT name"
	    " FROM sqlite_schema WHERE type = 'view' ORDER BY name");

	for (size_t i = 0; views[i] != NULL; i++) {
		compiles(build, views[i], keep_format("SELECT * FROM \"%s\"", views[i]));
	}
	sqlite3_exec(build->db, "BEGIN", NULL, NULL, NULL);
	for (size_t i = 0; names[i] != NULL; i++) {
		sqlite3_exec(
		    build->db, keep_format("DROP TRIGGER \"%s\"", names[i]), NULL, NULL, NULL);
	}
	for (size_t i = 0; names[i] != NULL; i++) {
		trigger_check(build, &(struct trigger){ names[i], tables[i], sqls[i] });
	}
	sqlite3_exec(build->db, "ROLLBACK", NULL, NULL, NULL);
}
