/*
 * Who sees what of an application: a table over every role and every fact, and
 * the facts as the database gives them.
 */
#include "fixture.h"

#include "db/query/review.h"
#include "ground/arena.h"
#include "model/call_sign.h"
#include "model/person.h"
#include "model/rights.h"
#include "model/sight.h"

enum { FACTS = 9 };

static struct sight_facts
facts_of(unsigned bits)
{
	return (struct sight_facts){
		.is_organiser = bits & 1u,
		.is_reviewer = bits & 2u,
		.is_own = bits & 4u,
		.has_conflict = bits & 8u,
		.has_reviewed = bits & 16u,
		.has_revealed = bits & 32u,
		.is_complete = bits & 64u,
		.is_decided = bits & 128u,
		.names_shown = bits & 256u,
	};
}

/* The rules again, as product.md has them, one field at a time. */
static bool
may_know_who(const struct sight_facts *f)
{
	if (f->is_own) {
		return true;
	}
	if (f->is_organiser) {
		return f->has_revealed || f->names_shown || f->is_decided;
	}
	return f->is_reviewer && !f->has_conflict && f->has_revealed;
}

static bool
may_compare(const struct sight_facts *f)
{
	if (f->is_own || f->has_conflict) {
		return false;
	}
	if (f->is_organiser) {
		return f->has_reviewed || f->is_complete || f->is_decided || f->names_shown;
	}
	return f->is_reviewer && f->has_reviewed;
}

static bool
may_read(const struct sight_facts *f)
{
	return f->is_own || f->is_organiser || (f->is_reviewer && !f->has_conflict);
}

static void
every_role_sees_what_the_table_of_rules_says_and_no_more(void **state)
{
	(void)state;
	for (unsigned bits = 0; bits < 1u << FACTS; bits++) {
		struct sight_facts facts = facts_of(bits);
		struct sight sight = sight_judge(&facts);
		bool knows = may_know_who(&facts), compares = may_compare(&facts);

		if (sight.names != knows || sight.identifying != knows || sight.zone != knows ||
		    sight.earlier != knows || sight.scores_of_others != compares ||
		    sight.notes_of_others != compares || sight.sensitive != may_read(&facts)) {
			fail_msg("wrong sight for the facts %#x", bits);
		}
	}
}

static void
nobody_sees_scores_of_their_own_application_nor_of_one_in_conflict(void **state)
{
	(void)state;
	for (unsigned bits = 0; bits < 1u << FACTS; bits++) {
		struct sight_facts facts = facts_of(bits);
		struct sight sight = sight_judge(&facts);

		if (facts.is_own || facts.has_conflict) {
			assert_false(sight.scores_of_others || sight.notes_of_others);
		}
	}
}

static void
whoever_has_no_part_in_reviewing_sees_nothing(void **state)
{
	(void)state;
	for (unsigned bits = 0; bits < 1u << FACTS; bits++) {
		struct sight_facts facts = facts_of(bits);
		struct sight sight = sight_judge(&facts);

		if (!facts.is_organiser && !facts.is_reviewer && !facts.is_own) {
			assert_false(sight.names || sight.identifying || sight.sensitive ||
			    sight.scores_of_others || sight.notes_of_others || sight.zone ||
			    sight.earlier);
		}
	}
}

static struct sight
seen_by(struct model *model, int64_t person_id, int64_t application_id)
{
	struct application application;
	struct person person;
	unsigned roles;

	assert_true(person_find(model->db, model->arena, person_id, &person));
	assert_true(application_find_by_id(model->db, model->arena, application_id, &application));
	roles = rights_of(model->db, model->arena, &person, DB_NULL, &model->cohort, NULL,
	    &application, model->now);
	return sight_of(
	    model->db, model->arena, &person, &model->cohort, application_id, roles, model->now);
}

static int64_t
appointed(struct model *model, const char *name)
{
	int64_t id = model_person(model, name);

	assert_int_equal(
	    reviewer_appoint(model->db,
		&(struct reviewer_appoint_in){
		    .cohort_id = model->cohort.id, .person_id = id, .now = model->now }),
	    1);
	return id;
}

static void
review(struct model *model, int64_t application_id, int64_t person_id)
{
	assert_int_equal(
	    review_take(model->db,
		&(struct review_take_in){
		    .application_id = application_id, .person_id = person_id, .now = model->now }),
	    1);
	assert_int_equal(review_finish(model->db,
			     &(struct review_finish_in){ .application_id = application_id,
				 .person_id = person_id,
				 .revision = 1,
				 .score = 5000,
				 .note = "",
				 .is_flagged = 0,
				 .now = model->now }),
	    1);
}

static void
reads_from_the_database_who_reviewed_and_who_looked(void **state)
{
	struct model *model = *state;
	struct application vega = model_application(model, "vega");
	int64_t spica = appointed(model, "spica");

	assert_false(seen_by(model, spica, vega.id).scores_of_others);
	assert_true(seen_by(model, spica, vega.id).sensitive);
	review(model, vega.id, spica);
	assert_true(seen_by(model, spica, vega.id).scores_of_others);
	assert_false(seen_by(model, spica, vega.id).names);
	assert_int_equal(
	    review_reveal_note(model->db,
		&(struct review_reveal_note_in){
		    .application_id = vega.id, .person_id = spica, .now = model->now }),
	    1);
	assert_true(seen_by(model, spica, vega.id).names);
	assert_false(seen_by(model, model->organiser_id, vega.id).names);
}

static void
shows_an_organiser_the_scores_once_it_has_all_it_wants(void **state)
{
	struct model *model = *state;
	struct application vega = model_application(model, "vega");

	review(model, vega.id, appointed(model, "spica"));
	assert_false(seen_by(model, model->organiser_id, vega.id).scores_of_others);
	review(model, vega.id, appointed(model, "mira"));
	assert_true(seen_by(model, model->organiser_id, vega.id).scores_of_others);
	assert_false(seen_by(model, appointed(model, "algol"), vega.id).scores_of_others);
}

static void
takes_everything_away_with_a_conflict_and_with_the_appointment(void **state)
{
	struct model *model = *state;
	struct application vega = model_application(model, "vega");
	int64_t spica = appointed(model, "spica"), mira = appointed(model, "mira");

	review(model, vega.id, spica);
	assert_int_equal(
	    review_conflict_note(model->db,
		&(struct review_conflict_note_in){
		    .application_id = vega.id, .person_id = spica, .now = model->now }),
	    1);
	assert_false(seen_by(model, spica, vega.id).sensitive);
	assert_true(seen_by(model, mira, vega.id).sensitive);
	assert_int_equal(
	    reviewer_end(model->db,
		&(struct reviewer_end_in){
		    .cohort_id = model->cohort.id, .person_id = mira, .now = model->now }),
	    1);
	assert_false(seen_by(model, mira, vega.id).sensitive);
}

static void
shows_a_stranger_and_a_member_nothing(void **state)
{
	struct model *model = *state;
	struct application vega = model_application(model, "vega");
	int64_t rigel = model_person(model, "rigel");

	model_member(model, "rigel", "navigator", DB_NULL);
	assert_false(seen_by(model, rigel, vega.id).sensitive);
	assert_false(sight_of(
	    model->db, model->arena, NULL, &model->cohort, vega.id, ROLE_ANYONE, model->now)
			 .sensitive);
}

static void
hides_links_and_addresses_with_what_says_who_somebody_is(void **state)
{
	struct sight blind = { .sensitive = true }, open = { .identifying = true };

	(void)state;
	assert_true(sight_shows(&blind, "long", false, false));
	assert_true(sight_shows(&blind, "long", false, true));
	assert_false(sight_shows(&blind, "long", true, false));
	assert_false(sight_shows(&blind, "url", false, false));
	assert_false(sight_shows(&blind, "email", false, false));
	assert_true(sight_shows(&open, "url", true, false));
	assert_false(sight_shows(&open, "long", false, true));
	assert_string_equal(sight_name(&blind, "Vega", "Alcyone 37"), "Alcyone 37");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_role_sees_what_the_table_of_rules_says_and_no_more),
		cmocka_unit_test(
		    nobody_sees_scores_of_their_own_application_nor_of_one_in_conflict),
		cmocka_unit_test(whoever_has_no_part_in_reviewing_sees_nothing),
		cmocka_unit_test(hides_links_and_addresses_with_what_says_who_somebody_is),
		model_test(reads_from_the_database_who_reviewed_and_who_looked),
		model_test(shows_an_organiser_the_scores_once_it_has_all_it_wants),
		model_test(takes_everything_away_with_a_conflict_and_with_the_appointment),
		model_test(shows_a_stranger_and_a_member_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
