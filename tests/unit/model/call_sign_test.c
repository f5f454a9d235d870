/*
 * What an application is called where names are not shown.
 */
#include "fixture.h"

#include <ctype.h>
#include <string.h>

#include "db/query/review.h"
#include "ground/arena.h"
#include "model/call_sign.h"

static const char *
sign_of(struct model *model, int64_t application_id)
{
	struct call_sign_of_row row;

	assert_true(call_sign_of(model->db, model->arena,
	    &(struct call_sign_of_in){ .application_id = application_id }, &row));
	return row.call_sign;
}

static const char *
given(struct model *model, const char *name)
{
	struct application application = model_application(model, name);

	assert_true(call_sign_give(model->db, model->arena, application.id));
	return sign_of(model, application.id);
}

static void
gives_a_star_and_a_number_to_each_its_own(void **state)
{
	enum { APPLICATIONS = 200 };
	struct model *model = *state;
	const char *signs[APPLICATIONS];

	for (size_t i = 0; i < APPLICATIONS; i++) {
		const char *number;

		signs[i] = given(model, arena_format(model->arena, "someone%zu", i));
		number = strchr(signs[i], ' ');
		assert_non_null(number);
		assert_true(isupper((unsigned char)signs[i][0]));
		assert_int_equal(strspn(number + 1, "0123456789"), strlen(number + 1));
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(signs[i], signs[j]);
		}
	}
}

static void
says_nothing_of_who_came_first(void **state)
{
	enum { APPLICATIONS = 200 };
	struct model *model = *state;
	int rising = 0;
	const char *last = given(model, "first");

	for (size_t i = 1; i < APPLICATIONS; i++) {
		const char *next = given(model, arena_format(model->arena, "someone%zu", i));

		rising += strcmp(last, next) < 0;
		last = next;
	}
	/* Drawn by chance: of 199 steps 60 to 139 rise but once in ten million. */
	assert_in_range(rising, 60, 139);
}

static void
stays_when_it_is_given_again(void **state)
{
	struct model *model = *state;
	struct application application = model_application(model, "vega");
	const char *first;

	assert_true(call_sign_give(model->db, model->arena, application.id));
	first = sign_of(model, application.id);
	assert_true(call_sign_give(model->db, model->arena, application.id));
	assert_string_equal(sign_of(model, application.id), first);
}

static void
refuses_an_application_that_does_not_exist(void **state)
{
	struct model *model = *state;

	assert_false(call_sign_give(model->db, model->arena, 4711));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(gives_a_star_and_a_number_to_each_its_own),
		model_test(says_nothing_of_who_came_first),
		model_test(stays_when_it_is_given_again),
		model_test(refuses_an_application_that_does_not_exist),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
