#include "statement.h"

#include "../../../lib/db/handle.h"
#include "fixture.h"

void
statement(struct model *model, const char *sql)
{
	char *problem = NULL;

	if (sqlite3_exec(model->db->sqlite, sql, NULL, NULL, &problem) != SQLITE_OK) {
		fail_msg("%s: %s", sql, problem);
	}
}

bool
statement_is_refused(struct model *model, const char *sql)
{
	return (sqlite3_exec(model->db->sqlite, sql, NULL, NULL, NULL) & 0xff) == SQLITE_CONSTRAINT;
}

int64_t
statement_number(struct model *model, const char *sql)
{
	sqlite3_stmt *prepared = NULL;
	int64_t number;

	assert_int_equal(
	    sqlite3_prepare_v2(model->db->sqlite, sql, -1, &prepared, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(prepared), SQLITE_ROW);
	number = sqlite3_column_int64(prepared, 0);
	(void)sqlite3_finalize(prepared);
	return number;
}
