#include "fixture.h"

#include <string.h>

#include "db/query/activity.h"
#include "db/query/standup.h"
#include "model/feed.h"
#include "model/cohort_plan.h"
#include "model/group_plan.h"
#include "model/rights.h"
#include "model/standup.h"

/* A launched group: rigel navigates, vega and mira are Djangonauts. */
struct crew {
	struct model *model;
	struct standup standup;
	int64_t rigel;
	int64_t vega;
	int64_t mira;
	int64_t now;
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
	crew.now = crew.standup.starts_at;
	return crew;
}

static struct check_in_words
words_for(enum audience audience)
{
	return (struct check_in_words){
		.did = "Read the ORM's tests",
		.next = "Fix a ticket",
		.blocked = "A canary sings here",
		.audience = audience,
		.did_audience = audience,
		.next_audience = audience,
		.blocked_audience = AUDIENCE_NAVIGATORS,
	};
}

static enum check_in_outcome
check_in(struct crew *crew, int64_t member_id, const struct check_in_words *words, int64_t now)
{
	return check_in_save(crew->model->db, crew->model->arena, &crew->model->cohort,
	    &crew->standup, member_id, words, now);
}

static struct check_in
read_check_in(struct crew *crew, int64_t member_id)
{
	struct check_in check_in;

	assert_true(check_in_of_member(crew->model->db, crew->model->arena,
	    &(struct check_in_of_member_in){
		.standup_id = crew->standup.id, .member_id = member_id },
	    &check_in));
	return check_in;
}

static void
admits_readers_by_audience(void **state)
{
	(void)state;
	assert_false(audience_admits(AUDIENCE_NAVIGATORS, ROLE_DJANGONAUT, false));
	assert_true(audience_admits(AUDIENCE_NAVIGATORS, ROLE_DJANGONAUT, true));
	assert_true(audience_admits(AUDIENCE_NAVIGATORS, ROLE_NAVIGATOR, false));
	assert_true(audience_admits(AUDIENCE_GROUP, ROLE_DJANGONAUT, false));
	assert_false(audience_admits(AUDIENCE_GROUP, ROLE_ANYONE, false));
	assert_true(audience_admits(AUDIENCE_PUBLIC, ROLE_ANYONE, false));
}

static void
keeps_one_check_in_a_member_and_edits_it(void **state)
{
	struct crew crew = launch(state);
	struct check_in_words words = words_for(AUDIENCE_GROUP);

	assert_int_equal(check_in(&crew, crew.vega, &words, crew.now), CHECK_IN_SAVED);
	words.did = "Wrote a test";
	assert_int_equal(check_in(&crew, crew.vega, &words, crew.now + 60), CHECK_IN_SAVED);
	assert_string_equal(read_check_in(&crew, crew.vega).did, "Wrote a test");
	assert_int_equal(read_check_in(&crew, crew.vega).edited_at, crew.now + 60);
	assert_int_equal(check_in_of_standup(crew.model->db, crew.model->arena,
			     &(struct check_in_of_standup_in){ .standup_id = crew.standup.id })
			     .count,
	    1);
}

static void
narrows_a_prompt_to_its_check_in(void **state)
{
	struct crew crew = launch(state);
	struct check_in_words words = words_for(AUDIENCE_GROUP);

	words.did_audience = AUDIENCE_PUBLIC;
	check_in(&crew, crew.vega, &words, crew.now);
	assert_int_equal(read_check_in(&crew, crew.vega).did_audience, AUDIENCE_GROUP);
}

static void
refuses_an_empty_check_in_and_one_of_a_stranger(void **state)
{
	struct crew crew = launch(state);
	struct check_in_words words = words_for(AUDIENCE_GROUP);

	assert_int_equal(
	    check_in(&crew, model_member(crew.model, "sun", "djangonaut", 1), &words, crew.now),
	    CHECK_IN_NOT_OF_GROUP);
	words.did = words.next = words.blocked = "";
	assert_int_equal(check_in(&crew, crew.vega, &words, crew.now), CHECK_IN_EMPTY);
}

static void
counts_a_check_in_after_closing_as_late(void **state)
{
	struct crew crew = launch(state);
	struct check_in_words words = words_for(AUDIENCE_GROUP);

	assert_int_equal(
	    check_in(&crew, crew.vega, &words, crew.standup.closes_at), CHECK_IN_SAVED_LATE);
	words.did = "Changed my mind";
	words.audience = AUDIENCE_NAVIGATORS;
	assert_int_equal(
	    check_in(&crew, crew.vega, &words, crew.standup.closes_at + 1), CHECK_IN_ONLY_AUDIENCE);
	assert_string_equal(read_check_in(&crew, crew.vega).did, "Read the ORM's tests");
	assert_int_equal(read_check_in(&crew, crew.vega).audience, AUDIENCE_NAVIGATORS);
}

static void
ends_writing_two_weeks_after_the_cohort(void **state)
{
	struct crew crew = launch(state);
	struct check_in_words words = words_for(AUDIENCE_GROUP);
	int64_t over = crew.model->cohort.ends_at + 14 * CLOCK_DAY;

	assert_int_equal(check_in(&crew, crew.vega, &words, over), CHECK_IN_COHORT_OVER);
	assert_int_equal(check_in(&crew, crew.vega, &words, over - 1), CHECK_IN_SAVED_LATE);
}

static struct question
ask(struct crew *crew, int64_t member_id, enum audience audience)
{
	struct question_rows questions;

	assert_int_equal(question_ask(crew->model->db, crew->model->arena, &crew->model->cohort,
			     &crew->standup, member_id, "What is a QuerySet?", audience, crew->now),
	    QUESTION_SAVED);
	questions = question_of_standup(crew->model->db, crew->model->arena,
	    &(struct question_of_standup_in){ .standup_id = crew->standup.id });
	return questions.rows[questions.count - 1];
}

static void
mails_the_asker_when_someone_else_answers(void **state)
{
	struct crew crew = launch(state);
	struct question question = ask(&crew, crew.vega, AUDIENCE_GROUP);

	assert_int_equal(question_answer(crew.model->db, crew.model->arena, &crew.model->cohort,
			     &question, crew.vega, "Found it myself", AUDIENCE_GROUP, crew.now),
	    QUESTION_SAVED);
	assert_int_equal(model_mails(crew.model, "question_answered"), 0);
	assert_int_equal(question_answer(crew.model->db, crew.model->arena, &crew.model->cohort,
			     &question, crew.rigel, "A lazy query", AUDIENCE_GROUP, crew.now),
	    QUESTION_SAVED);
	assert_int_equal(model_mails(crew.model, "question_answered"), 1);
}

static void
lets_only_the_asker_edit_and_resolve(void **state)
{
	struct crew crew = launch(state);
	struct model *model = crew.model;
	struct question question = ask(&crew, crew.vega, AUDIENCE_GROUP);
	int64_t other = model_person(model, "rigel");

	assert_int_equal(
	    question_mark_resolved(model->db, &question, other, crew.now), QUESTION_NOT_YOURS);
	assert_int_equal(question_edit(model->db, &model->cohort, &question, other, "x",
			     AUDIENCE_PUBLIC, crew.now),
	    QUESTION_NOT_YOURS);
	assert_int_equal(question_mark_resolved(model->db, &question, question.person_id, crew.now),
	    QUESTION_SAVED);
	assert_int_equal(question_mark_resolved(model->db, &question, question.person_id, crew.now),
	    QUESTION_RESOLVED);
}

static void
leads_the_next_standup_with_unanswered_questions(void **state)
{
	struct crew crew = launch(state);
	struct question question = ask(&crew, crew.vega, AUDIENCE_GROUP);
	const struct question_unanswered_before_in in = { .group_id = crew.model->group.id,
		.week = 2 };

	assert_int_equal(
	    question_unanswered_before(crew.model->db, crew.model->arena, &in).count, 1);
	question_answer(crew.model->db, crew.model->arena, &crew.model->cohort, &question,
	    crew.rigel, "So", AUDIENCE_GROUP, crew.now);
	assert_int_equal(
	    question_unanswered_before(crew.model->db, crew.model->arena, &in).count, 0);
}

static enum attendance_outcome
mark(struct crew *crew, const char *shown, const char *status)
{
	return attendance_save(crew->model->db, crew->model->arena, &crew->model->cohort,
	    &crew->standup, crew->rigel,
	    &(struct attendance_mark){
		.member_id = crew->vega, .status = status, .shown_status = shown },
	    1, crew->now);
}

static const char *
mark_of_vega(struct crew *crew)
{
	struct attendance_rows rows = attendance_of_standup(crew->model->db, crew->model->arena,
	    &(struct attendance_of_standup_in){ .standup_id = crew->standup.id });

	assert_int_equal(rows.count, 2);
	return rows.rows[1].status;
}

static void
never_overwrites_anothers_mark(void **state)
{
	struct crew crew = launch(state);

	assert_int_equal(mark(&crew, NULL, "present"), ATTENDANCE_SAVED);
	/* A second form, shown before, that did not touch the mark. */
	assert_int_equal(mark(&crew, NULL, NULL), ATTENDANCE_SAVED);
	assert_string_equal(mark_of_vega(&crew), "present");
	/* One that changed it otherwise is told. */
	assert_int_equal(mark(&crew, NULL, "absent"), ATTENDANCE_PARTLY_SAVED);
	assert_string_equal(mark_of_vega(&crew), "present");
	assert_int_equal(mark(&crew, "present", NULL), ATTENDANCE_SAVED);
	assert_null(mark_of_vega(&crew));
}

static void
keeps_the_notes_that_came_first(void **state)
{
	struct crew crew = launch(state);

	assert_int_equal(notes_save(crew.model->db, &crew.model->cohort, &crew.standup, "One",
			     crew.standup.notes_revision, crew.now),
	    NOTES_SAVED);
	assert_int_equal(notes_save(crew.model->db, &crew.model->cohort, &crew.standup, "Two",
			     crew.standup.notes_revision, crew.now),
	    NOTES_CHANGED_MEANWHILE);
}

static enum highlight_outcome
publish(struct crew *crew, const char *part, int64_t id)
{
	return highlight_publish(crew->model->db, crew->model->arena, &crew->model->cohort,
	    &crew->standup, crew->rigel,
	    &(struct highlight_words){ .title = "A good week",
		.body = "Well done",
		.quotes = &(struct quote_source){ .part = part, .id = id },
		.count = 1 },
	    DB_NULL, crew->now);
}

/* What the one highlight of the stand-up quotes. */
static struct standup_quote_rows
quotes_of_first(struct crew *crew)
{
	return highlight_quotes_of_standup(crew->model->db, crew->model->arena,
	    &(struct highlight_quotes_of_standup_in){ .standup_id = crew->standup.id });
}

static void
quotes_only_what_its_author_made_public(void **state)
{
	struct crew crew = launch(state);
	struct check_in_words words = words_for(AUDIENCE_PUBLIC);
	struct check_in saved;

	check_in(&crew, crew.vega, &words, crew.now);
	saved = read_check_in(&crew, crew.vega);
	assert_int_equal(publish(&crew, "did", saved.id), HIGHLIGHT_PUBLISHED);
	assert_int_equal(model_activities(crew.model, "highlight"), 1);
	assert_int_equal(quotes_of_first(&crew).count, 1);
	/* The third prompt stayed with the navigators. */
	assert_int_equal(publish(&crew, "blocked", saved.id), HIGHLIGHT_SOURCE_NOT_PUBLIC);
}

static void
takes_a_quote_back_when_its_author_narrows_it(void **state)
{
	struct crew crew = launch(state);
	struct check_in_words words = words_for(AUDIENCE_PUBLIC);
	struct feed before, after;
	const struct feed_name name = { .cohort = crew.model->cohort.slug };

	check_in(&crew, crew.vega, &words, crew.now);
	assert_int_equal(
	    publish(&crew, "did", read_check_in(&crew, crew.vega).id), HIGHLIGHT_PUBLISHED);
	assert_true(feed_find(crew.model->db, crew.model->arena, &name, &before));
	words = words_for(AUDIENCE_GROUP);
	assert_int_equal(check_in(&crew, crew.vega, &words, crew.now + 60), CHECK_IN_SAVED);
	assert_int_equal(quotes_of_first(&crew).count, 0);
	assert_true(feed_find(crew.model->db, crew.model->arena, &name, &after));
	assert_true(after.revision > before.revision);
	assert_int_equal(after.updated_at, crew.now + 60);
}

static void
quotes_no_answer_to_a_question_that_is_not_public(void **state)
{
	struct crew crew = launch(state);
	struct model *model = crew.model;
	struct question question = ask(&crew, crew.vega, AUDIENCE_PUBLIC);
	struct answer_rows answers;

	question_answer(model->db, model->arena, &model->cohort, &question, crew.rigel,
	    "A lazy query", AUDIENCE_PUBLIC, crew.now);
	answers = answer_of_standup(model->db, model->arena,
	    &(struct answer_of_standup_in){ .standup_id = crew.standup.id });
	assert_int_equal(publish(&crew, "answer", answers.rows[0].id), HIGHLIGHT_PUBLISHED);
	assert_int_equal(question_edit(model->db, &model->cohort, &question, question.person_id,
			     question.body, AUDIENCE_GROUP, crew.now),
	    QUESTION_SAVED);
	assert_int_equal(quotes_of_first(&crew).count, 0);
	assert_int_equal(publish(&crew, "answer", answers.rows[0].id), HIGHLIGHT_SOURCE_NOT_PUBLIC);
}

static void
withdraws_a_highlight_from_the_feed(void **state)
{
	struct crew crew = launch(state);
	struct check_in_words words = words_for(AUDIENCE_PUBLIC);
	struct highlight_rows highlights;

	check_in(&crew, crew.vega, &words, crew.now);
	publish(&crew, "did", read_check_in(&crew, crew.vega).id);
	highlights = highlight_of_standup(crew.model->db, crew.model->arena,
	    &(struct highlight_of_standup_in){ .standup_id = crew.standup.id });
	assert_true(highlight_take_back(crew.model->db, &highlights.rows[0], crew.now + 1));
	assert_int_equal(model_activities(crew.model, "highlight"), 0);
	assert_false(highlight_take_back(crew.model->db, &highlights.rows[0], crew.now + 2));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(admits_readers_by_audience),
		model_test(keeps_one_check_in_a_member_and_edits_it),
		model_test(narrows_a_prompt_to_its_check_in),
		model_test(refuses_an_empty_check_in_and_one_of_a_stranger),
		model_test(counts_a_check_in_after_closing_as_late),
		model_test(ends_writing_two_weeks_after_the_cohort),
		model_test(mails_the_asker_when_someone_else_answers),
		model_test(lets_only_the_asker_edit_and_resolve),
		model_test(leads_the_next_standup_with_unanswered_questions),
		model_test(never_overwrites_anothers_mark),
		model_test(keeps_the_notes_that_came_first),
		model_test(quotes_only_what_its_author_made_public),
		model_test(takes_a_quote_back_when_its_author_narrows_it),
		model_test(quotes_no_answer_to_a_question_that_is_not_public),
		model_test(withdraws_a_highlight_from_the_feed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
