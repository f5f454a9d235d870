#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "questions.h"
#include "web/default_questions.h"

void
questions_make(struct harness *harness)
{
	int64_t last = harness_number(harness, "SELECT max(id) FROM cohort"), id;
	struct db *db = harness_db(harness);

	assert_true(db_begin_write(db));
	for (id = 1; id <= last; id++) {
		(void)default_questions_add(db, harness_arena(harness), id, 1);
	}
	assert_true(db_commit(db));
}

void
questions_answer(struct harness *harness, int64_t application, const char *name, const char *value)
{
	harness_run_sql(harness,
	    arena_format(harness_arena(harness),
		"INSERT INTO application_answer (application_id, item_id, wording_id, value)"
		" SELECT application.id, questionnaire_item.id, (SELECT max(id) FROM item_wording"
		" WHERE item_id = questionnaire_item.id), '%s' FROM application"
		" JOIN questionnaire ON questionnaire.cohort_id = application.cohort_id"
		" AND questionnaire.purpose = 'apply'"
		" JOIN questionnaire_item ON questionnaire_id = questionnaire.id"
		" WHERE application.id = %lld AND questionnaire_item.name = '%s'",
		value, (long long)application, name));
}

const char *
questions_value(struct harness *harness, int64_t application, const char *name)
{
	const char *rows = harness_rows(harness,
	    arena_format(harness_arena(harness),
		"SELECT value FROM application_answer"
		" JOIN questionnaire_item ON questionnaire_item.id = item_id"
		" WHERE application_id = %lld AND name = '%s'",
		(long long)application, name));
	size_t length = strlen(rows);

	return arena_copy_bytes(harness_arena(harness), rows, length < 2 ? 0 : length - 2);
}
