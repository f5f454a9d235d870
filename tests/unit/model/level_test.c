/*
 * The levels in a cohort's own words.
 */
#include "model/level.h"

#include "fixture.h"

static enum level_outcome
change(struct model *model, int64_t revision, const char *second)
{
	const struct level_words words[LEVEL_COUNT] = { { "Ashore", "Never sailed" },
		{ second, "Rows" }, { "", "Not looked at" }, { "Captain", "" } };

	return level_change(model->db, &model->cohort, revision, words);
}

static struct cohort_level_rows
levels(struct model *model)
{
	return level_of_cohort(
	    model->db, model->arena, &(struct level_of_cohort_in){ model->cohort.id });
}

static void
levels_have_no_words_of_their_own_at_first(void **state)
{
	assert_int_equal(levels(*state).count, 0);
}

static void
levels_are_worded_and_go_back_to_none(void **state)
{
	struct model *model = *state;
	struct cohort_level_rows rows;

	assert_int_equal(change(model, model->cohort.revision, "Afloat"), LEVEL_SAVED);
	rows = levels(model);
	assert_int_equal(rows.count, 3);
	assert_string_equal(rows.rows[0].name, "Ashore");
	assert_string_equal(rows.rows[0].help, "Never sailed");
	assert_string_equal(rows.rows[1].name, "Afloat");
	assert_int_equal(rows.rows[2].level, 4);
	model_refresh(model);
	assert_int_equal(change(model, model->cohort.revision, ""), LEVEL_SAVED);
	assert_int_equal(levels(model).count, 2);
}

static void
two_organisers_do_not_overwrite_each_other(void **state)
{
	struct model *model = *state;
	int64_t shown = model->cohort.revision;

	assert_int_equal(change(model, shown, "Afloat"), LEVEL_SAVED);
	assert_int_equal(change(model, shown, "Adrift"), LEVEL_CHANGED_MEANWHILE);
	assert_string_equal(levels(model).rows[1].name, "Afloat");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(levels_have_no_words_of_their_own_at_first),
		model_test(levels_are_worded_and_go_back_to_none),
		model_test(two_organisers_do_not_overwrite_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
