#include "fixture.h"

#include <string.h>

#include "model/activity.h"
#include "model/hook.h"
#include "model/outbox.h"

static enum hook_add_outcome
add(struct model *model, int64_t cohort_id, const char *link)
{
	return hook_add(model->db, model->arena, cohort_id,
	    &(struct hook_new){ .format = "json", .name = "Lounge", .link = link }, model->now);
}

/* What is queued for hooks, newest first. */
static struct outbox_rows
queued(struct model *model)
{
	return outbox_list(model->db, model->arena);
}

static void
takes_https_alone_and_no_password(void **state)
{
	struct model *model = *state;

	assert_int_equal(add(model, HOOK_PROGRAMME, "http://hook.example/1"), HOOK_NOT_SAFE);
	assert_int_equal(add(model, HOOK_PROGRAMME, "https://a:b@hook.example/"), HOOK_NOT_SAFE);
	assert_int_equal(add(model, HOOK_PROGRAMME, "https://a@hook.example?x"), HOOK_NOT_SAFE);
	assert_int_equal(add(model, HOOK_PROGRAMME, "HTTPS://hook.example/@x"), HOOK_ADDED);
	assert_int_equal(add(model, HOOK_PROGRAMME, "https://hook.example?@x"), HOOK_ADDED);
	assert_int_equal(hook_list(model->db, model->arena, HOOK_PROGRAMME).count, 2);
}

static void
finds_a_hook_only_for_those_whose_it_is(void **state)
{
	struct model *model = *state;
	struct hook hook;
	int64_t id;

	assert_int_equal(add(model, model->cohort.id, "https://hook.example/1"), HOOK_ADDED);
	id = hook_list(model->db, model->arena, model->cohort.id).rows[0].id;
	assert_true(hook_find(model->db, model->arena, model->cohort.id, id, &hook));
	assert_false(hook_find(model->db, model->arena, HOOK_PROGRAMME, id, &hook));
	assert_false(hook_remove(model->db, HOOK_PROGRAMME, id));
	assert_false(hook_remove(model->db, model->cohort.id + 1, id));
	assert_true(hook_remove(model->db, model->cohort.id, id));
}

static void
an_activity_is_told_to_the_cohorts_hooks_and_the_programmes_once(void **state)
{
	struct model *model = *state;
	struct outbox_rows before, after;

	assert_int_equal(add(model, model->cohort.id, "https://hook.example/1"), HOOK_ADDED);
	assert_int_equal(add(model, HOOK_PROGRAMME, "https://hook.example/2"), HOOK_ADDED);
	before = queued(model);
	assert_true(activity_write(
	    model->db, model->arena, "cohort_finished", model->cohort.id, DB_NULL, model->now));
	after = queued(model);
	assert_int_equal(after.count, before.count + 2);
	for (size_t i = 0; i < 2; i++) {
		assert_string_equal(after.rows[i].kind, "activity");
		assert_string_equal(after.rows[i].recipient, "");
		assert_int_equal(after.rows[i].due_at, model->now + HOOK_DELAY_SECONDS);
	}
	/* A cohort ends once. */
	assert_true(activity_write(
	    model->db, model->arena, "cohort_finished", model->cohort.id, DB_NULL, model->now + 1));
	assert_int_equal(queued(model).count, after.count);
}

static void
what_belongs_to_no_cohort_is_told_to_the_programmes_hooks_alone(void **state)
{
	struct model *model = *state;
	size_t before;

	assert_int_equal(add(model, model->cohort.id, "https://hook.example/1"), HOOK_ADDED);
	assert_int_equal(add(model, HOOK_PROGRAMME, "https://hook.example/2"), HOOK_ADDED);
	before = queued(model).count;
	assert_true(hook_tell(model->db, model->arena, 77, DB_NULL, model->now));
	assert_int_equal(queued(model).count, before + 1);
	assert_string_equal(queued(model).rows[0].parameters, "{\"activity\":\"77\"}");
	assert_int_equal(queued(model).rows[0].cohort_id, DB_NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(takes_https_alone_and_no_password),
		model_test(finds_a_hook_only_for_those_whose_it_is),
		model_test(an_activity_is_told_to_the_cohorts_hooks_and_the_programmes_once),
		model_test(what_belongs_to_no_cohort_is_told_to_the_programmes_hooks_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
