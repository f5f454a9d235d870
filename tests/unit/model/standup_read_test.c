#include "fixture.h"

#include <string.h>

#include "model/cohort_plan.h"
#include "model/group_plan.h"
#include "model/rights.h"
#include "model/standup_read.h"

/* A launched group: rigel navigates, vega and mira are Djangonauts. */
struct crew {
	struct model *model;
	struct standup standup;
	int64_t rigel;
	int64_t vega;
	int64_t mira;
};

static int64_t
seat(struct model *model, const char *name, const char *role, int64_t level)
{
	int64_t member_id = model_member(model, name, role, level);

	assert_int_equal(placement_make(model->db, model->arena, &model->cohort, &model->group,
			     member_id, NULL, model->now),
	    PLACEMENT_DONE);
	return member_id;
}

static struct crew
launch(void **state)
{
	struct crew crew = { .model = *state };
	struct model *model = crew.model;

	crew.rigel = seat(model, "rigel", "navigator", DB_NULL);
	crew.vega = seat(model, "vega", "djangonaut", 1);
	crew.mira = seat(model, "mira", "djangonaut", 2);
	assert_int_equal(
	    cohort_launch(model->db, model->arena, &model->cohort, model->now), COHORT_LAUNCHED);
	model_refresh(model);
	assert_true(standup_find(model->db, model->arena, model->group.id, 1, &crew.standup));
	return crew;
}

static struct standup_reader
reader_of(struct crew *crew, const char *name, unsigned roles)
{
	return (struct standup_reader){ model_person(crew->model, name), roles };
}

/* A check-in of vega: did for everyone, next for the group, blocked for her
 * navigators. */
static void
check_in(struct crew *crew)
{
	assert_int_equal(check_in_save(crew->model->db, crew->model->arena, &crew->model->cohort,
			     &crew->standup, crew->vega,
			     &(struct check_in_words){ .did = "Read",
				 .next = "Write",
				 .blocked = "A canary",
				 .audience = AUDIENCE_PUBLIC,
				 .did_audience = AUDIENCE_PUBLIC,
				 .next_audience = AUDIENCE_GROUP,
				 .blocked_audience = AUDIENCE_NAVIGATORS },
			     crew->standup.starts_at),
	    CHECK_IN_SAVED);
}

static struct question
ask(struct crew *crew, enum audience audience)
{
	struct standup_reader all = reader_of(crew, "rigel", ROLE_NAVIGATOR);
	struct question_rows questions;

	assert_int_equal(
	    question_ask(crew->model->db, crew->model->arena, &crew->model->cohort, &crew->standup,
		crew->vega, "Which?", audience, crew->standup.starts_at),
	    QUESTION_SAVED);
	questions = standup_questions(crew->model->db, crew->model->arena, &crew->standup, &all);
	return questions.rows[questions.count - 1];
}

static void
blanks_the_parts_that_are_not_for_the_reader(void **state)
{
	struct crew crew = launch(state);
	struct standup_reader mira = reader_of(&crew, "mira", ROLE_DJANGONAUT);
	struct standup_reader vega = reader_of(&crew, "vega", ROLE_DJANGONAUT);
	struct standup_reader rigel = reader_of(&crew, "rigel", ROLE_NAVIGATOR);
	struct check_in_rows rows;

	check_in(&crew);
	rows = standup_check_ins(crew.model->db, crew.model->arena, &crew.standup, &mira);
	assert_int_equal(rows.count, 1);
	assert_string_equal(rows.rows[0].next, "Write");
	assert_string_equal(rows.rows[0].blocked, "");
	rows = standup_check_ins(crew.model->db, crew.model->arena, &crew.standup, &vega);
	assert_string_equal(rows.rows[0].blocked, "A canary");
	rows = standup_check_ins(crew.model->db, crew.model->arena, &crew.standup, &rigel);
	assert_string_equal(rows.rows[0].blocked, "A canary");
}

static void
leaves_out_a_check_in_of_which_nothing_is_for_the_reader(void **state)
{
	struct crew crew = launch(state);
	struct standup_reader mira = reader_of(&crew, "mira", ROLE_DJANGONAUT);
	const struct check_in_audience navigators = { AUDIENCE_NAVIGATORS, AUDIENCE_NAVIGATORS,
		AUDIENCE_NAVIGATORS, AUDIENCE_NAVIGATORS };

	check_in(&crew);
	assert_int_equal(
	    check_in_set_audience(crew.model->db, crew.model->arena, &crew.model->cohort,
		&crew.standup, crew.vega, &navigators, crew.standup.starts_at),
	    AUDIENCE_SAVED);
	assert_int_equal(
	    standup_check_ins(crew.model->db, crew.model->arena, &crew.standup, &mira).count, 0);
}

static void
counts_for_a_reader_what_the_reader_may_read(void **state)
{
	struct crew crew = launch(state);
	struct standup_reader mira = reader_of(&crew, "mira", ROLE_DJANGONAUT);
	struct standup_reader vega = reader_of(&crew, "vega", ROLE_DJANGONAUT);
	struct standup_reader rigel = reader_of(&crew, "rigel", ROLE_NAVIGATOR);
	struct model *model = crew.model;

	ask(&crew, AUDIENCE_NAVIGATORS);
	assert_int_equal(
	    standup_weeks(model->db, model->arena, &model->group, &mira).rows[1].open_questions, 0);
	assert_int_equal(
	    standup_weeks(model->db, model->arena, &model->group, &vega).rows[1].open_questions, 1);
	assert_int_equal(
	    standup_weeks(model->db, model->arena, &model->group, &rigel).rows[1].open_questions,
	    1);
}

static void
shows_an_answer_to_its_asker_and_no_further_than_its_question(void **state)
{
	struct crew crew = launch(state);
	struct standup_reader mira = reader_of(&crew, "mira", ROLE_DJANGONAUT);
	struct standup_reader vega = reader_of(&crew, "vega", ROLE_DJANGONAUT);
	struct model *model = crew.model;
	struct question question = ask(&crew, AUDIENCE_NAVIGATORS);

	assert_int_equal(question_answer(model->db, model->arena, &model->cohort, &question,
			     crew.rigel, "This", AUDIENCE_PUBLIC, crew.standup.starts_at),
	    QUESTION_SAVED);
	assert_int_equal(standup_answers(model->db, model->arena, &crew.standup, &mira).count, 0);
	assert_int_equal(standup_answers(model->db, model->arena, &crew.standup, &vega).count, 1);
	assert_int_equal(question_set_audience(model->db, &model->cohort, &question,
			     question.person_id, AUDIENCE_GROUP, crew.standup.starts_at),
	    AUDIENCE_SAVED);
	assert_int_equal(standup_answers(model->db, model->arena, &crew.standup, &mira).count, 1);
}

static void
takes_words_back_after_writing_has_ended_but_opens_none(void **state)
{
	struct crew crew = launch(state);
	struct model *model = crew.model;
	struct question question = ask(&crew, AUDIENCE_COHORT);
	int64_t over = model->cohort.ends_at + RIGHTS_WRITE_SECONDS;

	assert_int_equal(question_set_audience(model->db, &model->cohort, &question,
			     question.person_id, AUDIENCE_PUBLIC, over),
	    AUDIENCE_COHORT_OVER);
	assert_int_equal(question_set_audience(model->db, &model->cohort, &question,
			     question.person_id, AUDIENCE_GROUP, over),
	    AUDIENCE_SAVED);
	assert_int_equal(question_set_audience(model->db, &model->cohort, &question,
			     question.person_id + 1, AUDIENCE_GROUP, over),
	    AUDIENCE_NOT_YOURS);
}

static void
finds_an_item_in_its_own_standup_only(void **state)
{
	struct crew crew = launch(state);
	struct standup_reader rigel = reader_of(&crew, "rigel", ROLE_NAVIGATOR);
	struct standup_reader mira = reader_of(&crew, "mira", ROLE_DJANGONAUT);
	struct model *model = crew.model;
	struct question question = ask(&crew, AUDIENCE_NAVIGATORS), found;
	struct standup other;

	assert_true(standup_find(model->db, model->arena, model->group.id, 2, &other));
	assert_true(
	    standup_question(model->db, model->arena, &crew.standup, question.key, &rigel, &found));
	assert_false(
	    standup_question(model->db, model->arena, &other, question.key, &rigel, &found));
	assert_false(
	    standup_question(model->db, model->arena, &crew.standup, question.key, &mira, &found));
}

static void
lists_a_group_once_with_the_role_one_sits_in_it(void **state)
{
	struct crew crew = launch(state);
	struct model *model = crew.model;
	int64_t rigel = model_person(model, "rigel");
	struct standup_group_rows groups;
	struct member member;

	model_member(model, "rigel", "organiser", DB_NULL);
	groups = standup_groups(model->db, model->arena, rigel, model->now);
	assert_int_equal(groups.count, 1);
	assert_string_equal(groups.rows[0].role, "navigator");
	assert_true(groups.rows[0].next_at > model->now);
	assert_true(standup_member(model->db, model->arena, &model->group, rigel, &member));
	assert_string_equal(member.role, "navigator");
	/* A year after the cohort it is the organisers' alone. */
	groups = standup_groups(model->db, model->arena, model_person(model, "vega"),
	    model->cohort.ends_at + RIGHTS_READ_SECONDS);
	assert_int_equal(groups.count, 0);
	groups = standup_groups(
	    model->db, model->arena, rigel, model->cohort.ends_at + RIGHTS_READ_SECONDS);
	assert_int_equal(groups.count, 1);
	assert_string_equal(groups.rows[0].role, "organiser");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(blanks_the_parts_that_are_not_for_the_reader),
		model_test(leaves_out_a_check_in_of_which_nothing_is_for_the_reader),
		model_test(counts_for_a_reader_what_the_reader_may_read),
		model_test(shows_an_answer_to_its_asker_and_no_further_than_its_question),
		model_test(takes_words_back_after_writing_has_ended_but_opens_none),
		model_test(finds_an_item_in_its_own_standup_only),
		model_test(lists_a_group_once_with_the_role_one_sits_in_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
