#include "model/wording.h"

#include <string.h>

#include "fixture.h"

static void
save(struct model *model, int64_t cohort_id, const char *subject, int64_t revision,
    enum wording_outcome expected)
{
	assert_int_equal(wording_save(model->db, model->arena, cohort_id, "offer", subject,
			     "Dear {name}: {link}", revision, model->now),
	    expected);
}

static const char *
subject_of(struct model *model, int64_t cohort_id)
{
	const struct wording_words *words =
	    wording_read(model->db, model->arena, "offer", cohort_id);

	return words == NULL ? "ours" : words->subject;
}

static void
the_cohorts_words_come_before_the_programmes_and_those_before_ours(void **state)
{
	struct model *model = *state;

	assert_string_equal(subject_of(model, model->cohort.id), "ours");
	save(model, 0, "Programme", 0, WORDING_SAVED);
	assert_string_equal(subject_of(model, model->cohort.id), "Programme");
	save(model, model->cohort.id, "Cohort", 0, WORDING_SAVED);
	assert_string_equal(subject_of(model, model->cohort.id), "Cohort");
	assert_string_equal(subject_of(model, 0), "Programme");
	assert_string_equal(subject_of(model, DB_NULL), "Programme");
	assert_null(wording_read(model->db, model->arena, "welcome", model->cohort.id));
}

static void
resetting_gives_back_what_stood_behind(void **state)
{
	struct model *model = *state;

	save(model, 0, "Programme", 0, WORDING_SAVED);
	save(model, model->cohort.id, "Cohort", 0, WORDING_SAVED);
	assert_true(wording_reset(model->db, model->cohort.id, "offer"));
	assert_string_equal(subject_of(model, model->cohort.id), "Programme");
	assert_null(wording_own(model->db, model->arena, "offer", model->cohort.id));
	assert_true(wording_reset(model->db, 0, "offer"));
	assert_true(wording_reset(model->db, 0, "offer"));
	assert_string_equal(subject_of(model, model->cohort.id), "ours");
}

static void
an_edit_overwrites_no_other(void **state)
{
	struct model *model = *state;
	const int64_t cohort = model->cohort.id;

	save(model, cohort, "First", 0, WORDING_SAVED);
	assert_int_equal(wording_own(model->db, model->arena, "offer", cohort)->revision, 1);
	save(model, cohort, "Second", 1, WORDING_SAVED);
	save(model, cohort, "Of someone who read the first", 1, WORDING_CHANGED_MEANWHILE);
	save(model, cohort, "Of someone who saw none", 0, WORDING_CHANGED_MEANWHILE);
	assert_string_equal(subject_of(model, cohort), "Second");
	/* The same form sent twice. */
	save(model, cohort, "Second", 1, WORDING_SAVED);
	assert_true(wording_reset(model->db, cohort, "offer"));
	save(model, cohort, "After the reset", 2, WORDING_CHANGED_MEANWHILE);
}

static void
a_cohort_words_only_kinds_of_its_own(void **state)
{
	struct model *model = *state;
	static const char *const kinds[] = { "sign_in", "next_opens", "activity", "no_such_kind" };

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		assert_int_equal(wording_save(model->db, model->arena, model->cohort.id, kinds[i],
				     "Subject", "Body", 0, model->now),
		    WORDING_NOT_OF_COHORT);
	}
	assert_int_equal(
	    wording_save(model->db, model->arena, 0, "sign_in", "S", "B", 0, model->now),
	    WORDING_SAVED);
	assert_int_equal(
	    wording_save(model->db, model->arena, 0, "activity", "S", "B", 0, model->now),
	    WORDING_NOT_OF_COHORT);
}

/* The kind's place in the list; their count when it is not there. */
static size_t
place_of(const struct wording_state_rows *rows, const char *kind)
{
	size_t i = 0;

	while (i < rows->count && strcmp(rows->rows[i].kind, kind) != 0) {
		i++;
	}
	return i;
}

static void
assert_state(
    const struct wording_state_rows *rows, const char *kind, int64_t is_own, int64_t is_programmes)
{
	size_t place = place_of(rows, kind);

	assert_true(place < rows->count);
	assert_int_equal(rows->rows[place].is_own, is_own);
	assert_int_equal(rows->rows[place].is_programmes, is_programmes);
}

static void
says_of_each_kind_whose_words_count(void **state)
{
	struct model *model = *state;
	struct wording_state_rows rows;

	save(model, 0, "Programme", 0, WORDING_SAVED);
	rows = wording_states(model->db, model->arena, model->cohort.id);
	assert_int_equal(place_of(&rows, "sign_in"), rows.count);
	assert_state(&rows, "offer", 0, 1);
	assert_state(&rows, "welcome", 0, 0);
	save(model, model->cohort.id, "Cohort", 0, WORDING_SAVED);
	rows = wording_states(model->db, model->arena, model->cohort.id);
	assert_state(&rows, "offer", 1, 0);
	rows = wording_states(model->db, model->arena, 0);
	assert_state(&rows, "sign_in", 0, 0);
	assert_int_equal(place_of(&rows, "activity"), rows.count);
	assert_state(&rows, "offer", 1, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(the_cohorts_words_come_before_the_programmes_and_those_before_ours),
		model_test(resetting_gives_back_what_stood_behind),
		model_test(an_edit_overwrites_no_other),
		model_test(a_cohort_words_only_kinds_of_its_own),
		model_test(says_of_each_kind_whose_words_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
