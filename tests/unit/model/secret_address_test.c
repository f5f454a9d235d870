#include "fixture.h"

#include <string.h>

#include "ground/token.h"
#include "model/cohort_plan.h"
#include "model/group_plan.h"
#include "model/erase.h"
#include "model/member.h"
#include "model/retention.h"
#include "model/rights.h"
#include "model/secret_address.h"
#include "statement.h"

static const unsigned char secret[32] = { 7 };

/* A Djangonaut of the group; the person's id, and the member's. */
struct sitter {
	int64_t person_id;
	int64_t member_id;
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

static struct sitter
vega_of(struct model *model)
{
	struct sitter vega;

	(void)seat(model, "rigel", "navigator", DB_NULL);
	vega.member_id = seat(model, "vega", "djangonaut", 1);
	vega.person_id = model_person(model, "vega");
	return vega;
}

static const char *
made_for(struct model *model, int64_t person_id, enum secret_purpose purpose)
{
	const char *token = NULL;

	assert_int_equal(secret_address_make(model->db, model->arena, person_id, purpose,
			     model->group.id, model->now, &token),
	    SECRET_MADE);
	return token;
}

static bool
opens(struct model *model, const char *token, enum secret_purpose purpose)
{
	struct secret_reader reader;

	return secret_address_open(model->db, model->arena, token, purpose, model->now, &reader);
}

static void
a_token_opens_what_it_was_made_for_and_nothing_else(void **state)
{
	struct model *model = *state;
	struct sitter vega = vega_of(model);
	const char *feed = made_for(model, vega.person_id, SECRET_GROUP_FEED);
	const char *own = made_for(model, vega.person_id, SECRET_PERSON_CALENDAR);
	struct secret_reader reader;

	assert_true(secret_address_open(
	    model->db, model->arena, feed, SECRET_GROUP_FEED, model->now, &reader));
	assert_int_equal(reader.person.id, vega.person_id);
	assert_int_equal(reader.group.id, model->group.id);
	assert_int_equal(reader.cohort.id, model->cohort.id);
	assert_true((reader.roles & ROLE_DJANGONAUT) != 0);
	assert_false(opens(model, feed, SECRET_GROUP_CALENDAR));
	assert_false(opens(model, feed, SECRET_PERSON_CALENDAR));
	assert_true(opens(model, own, SECRET_PERSON_CALENDAR));
	assert_false(opens(model, own, SECRET_GROUP_FEED));
	assert_false(opens(model, NULL, SECRET_GROUP_FEED));
	assert_false(opens(model, "", SECRET_GROUP_FEED));
}

static void
safety_17_a_stolen_database_opens_no_secret_address(void **state)
{
	struct model *model = *state;
	struct sitter vega = vega_of(model);
	const char *token = made_for(model, vega.person_id, SECRET_GROUP_FEED);

	assert_int_equal(strlen(token), TOKEN_LENGTH);
	assert_int_equal(statement_number(model,
			     "SELECT count(*) FROM secret_address"
			     " WHERE length(token_hash) = 64"),
	    1);
	assert_false(opens(model, token_hash(model->arena, token), SECRET_GROUP_FEED));
	assert_int_equal(statement_number(model,
			     arena_format(model->arena,
				 "SELECT count(*) FROM secret_address WHERE token_hash = '%s'"
				 " OR key = '%s'",
				 token, token)),
	    0);
}

static void
another_token_ends_the_one_before_and_keeps_the_feeds_identity(void **state)
{
	struct model *model = *state;
	struct sitter vega = vega_of(model);
	const char *before = made_for(model, vega.person_id, SECRET_GROUP_FEED), *after;
	struct secret_reader first, second;

	assert_true(secret_address_open(
	    model->db, model->arena, before, SECRET_GROUP_FEED, model->now, &first));
	assert_int_equal(secret_address_make(model->db, model->arena, vega.person_id,
			     SECRET_GROUP_FEED, model->group.id, model->now + 60, &after),
	    SECRET_RENEWED);
	assert_string_not_equal(before, after);
	assert_false(opens(model, before, SECRET_GROUP_FEED));
	assert_true(secret_address_open(
	    model->db, model->arena, after, SECRET_GROUP_FEED, model->now, &second));
	assert_string_equal(first.address.key, second.address.key);
	assert_int_equal(second.address.created_at, model->now);
	assert_int_equal(second.address.renewed_at, model->now + 60);
	assert_int_equal(secret_address_list(model->db, model->arena, vega.person_id).count, 1);
}

static void
nobody_makes_one_for_a_group_that_they_do_not_sit_in(void **state)
{
	struct model *model = *state;
	struct group other = model_group(model, "other");
	struct sitter vega = vega_of(model);
	const char *token;

	assert_int_equal(secret_address_make(model->db, model->arena, vega.person_id,
			     SECRET_GROUP_FEED, other.id, model->now, &token),
	    SECRET_NOT_YOURS);
	/* Organisers read on the pages. */
	assert_int_equal(secret_address_make(model->db, model->arena, model->organiser_id,
			     SECRET_GROUP_FEED, model->group.id, model->now, &token),
	    SECRET_NOT_YOURS);
	assert_int_equal(statement_number(model, "SELECT count(*) FROM secret_address"), 0);
}

static void
one_that_was_ended_opens_nothing(void **state)
{
	struct model *model = *state;
	struct sitter vega = vega_of(model);
	const char *token = made_for(model, vega.person_id, SECRET_GROUP_FEED);
	const char *calendar = made_for(model, vega.person_id, SECRET_GROUP_CALENDAR);

	assert_false(
	    secret_address_end(model->db, model->organiser_id, SECRET_GROUP_FEED, model->group.id));
	assert_true(
	    secret_address_end(model->db, vega.person_id, SECRET_GROUP_FEED, model->group.id));
	assert_false(opens(model, token, SECRET_GROUP_FEED));
	assert_true(opens(model, calendar, SECRET_GROUP_CALENDAR));
	assert_false(
	    secret_address_end(model->db, vega.person_id, SECRET_GROUP_FEED, model->group.id));
}

static void
whoever_leaves_the_group_leaves_its_addresses_for_good(void **state)
{
	struct model *model = *state;
	struct sitter vega = vega_of(model);
	const char *feed = made_for(model, vega.person_id, SECRET_GROUP_FEED);
	const char *own = made_for(model, vega.person_id, SECRET_PERSON_CALENDAR);

	statement(model,
	    arena_format(model->arena, "UPDATE placement SET left_at = %lld WHERE member_id = %lld",
		(long long)model->now, (long long)vega.member_id));
	assert_false(opens(model, feed, SECRET_GROUP_FEED));
	assert_true(opens(model, own, SECRET_PERSON_CALENDAR));
	assert_int_equal(placement_make(model->db, model->arena, &model->cohort, &model->group,
			     vega.member_id, NULL, model->now),
	    PLACEMENT_DONE);
	assert_false(opens(model, feed, SECRET_GROUP_FEED));
}

static void
whoever_leaves_the_cohort_leaves_its_groups_addresses(void **state)
{
	struct model *model = *state;
	struct sitter vega = vega_of(model);
	const char *feed = made_for(model, vega.person_id, SECRET_GROUP_FEED);

	assert_true(
	    member_end(model->db, model->arena, &model->cohort, vega.member_id, model->now));
	assert_false(opens(model, feed, SECRET_GROUP_FEED));
	assert_int_equal(statement_number(model, "SELECT count(*) FROM secret_address"), 0);
}

static void
whoever_still_sits_there_in_another_role_keeps_them(void **state)
{
	struct model *model = *state;
	struct sitter vega = vega_of(model);
	const char *feed = made_for(model, vega.person_id, SECRET_GROUP_FEED);

	(void)seat(model, "vega", "captain", DB_NULL);
	assert_true(
	    member_end(model->db, model->arena, &model->cohort, vega.member_id, model->now));
	assert_true(opens(model, feed, SECRET_GROUP_FEED));
}

static void
safety_21_a_disabled_accounts_addresses_end_and_do_not_come_back(void **state)
{
	struct model *model = *state;
	struct sitter vega = vega_of(model);
	const char *feed = made_for(model, vega.person_id, SECRET_GROUP_FEED);
	const char *own = made_for(model, vega.person_id, SECRET_PERSON_CALENDAR);

	person_set_disabled(
	    model->db, &(struct person_set_disabled_in){ .id = vega.person_id, .is_disabled = 1 });
	assert_false(opens(model, feed, SECRET_GROUP_FEED));
	assert_false(opens(model, own, SECRET_PERSON_CALENDAR));
	person_set_disabled(
	    model->db, &(struct person_set_disabled_in){ .id = vega.person_id, .is_disabled = 0 });
	assert_false(opens(model, feed, SECRET_GROUP_FEED));
	assert_false(opens(model, own, SECRET_PERSON_CALENDAR));
}

static void
safety_58_an_erased_persons_addresses_are_gone(void **state)
{
	struct model *model = *state;
	struct sitter vega = vega_of(model);
	const char *own = made_for(model, vega.person_id, SECRET_PERSON_CALENDAR);

	(void)made_for(model, vega.person_id, SECRET_GROUP_FEED);
	assert_true(person_erase(model->db, model->arena,
	    &(struct erase){ .secret = secret, .words = { "Somebody", "(removed)" } },
	    vega.person_id, model->now));
	assert_false(opens(model, own, SECRET_PERSON_CALENDAR));
	assert_int_equal(statement_number(model, "SELECT count(*) FROM secret_address"), 0);
}

static void
a_group_of_a_draft_is_told_to_nobody(void **state)
{
	struct model *model = *state;
	struct sitter vega = vega_of(model);
	const char *feed = made_for(model, vega.person_id, SECRET_GROUP_FEED);

	statement(model, "UPDATE cohort SET published_at = NULL");
	assert_false(opens(model, feed, SECRET_GROUP_FEED));
	assert_int_equal(
	    secret_address_choices(model->db, model->arena, vega.person_id, model->now).count, 0);
}

static void
a_year_after_the_cohort_a_groups_addresses_end(void **state)
{
	struct model *model = *state;
	struct sitter vega = vega_of(model);
	const char *feed = made_for(model, vega.person_id, SECRET_GROUP_FEED);

	(void)made_for(model, vega.person_id, SECRET_PERSON_CALENDAR);
	model->now = model->cohort.ends_at + RIGHTS_READ_SECONDS - 1;
	assert_true(retention_run(model->db, model->arena, model->now, NULL));
	assert_true(opens(model, feed, SECRET_GROUP_FEED));
	model->now++;
	assert_false(opens(model, feed, SECRET_GROUP_FEED));
	assert_true(retention_run(model->db, model->arena, model->now, NULL));
	assert_int_equal(statement_number(model,
			     "SELECT count(*) FROM secret_address"
			     " WHERE group_id IS NOT NULL"),
	    0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(a_token_opens_what_it_was_made_for_and_nothing_else),
		model_test(safety_17_a_stolen_database_opens_no_secret_address),
		model_test(another_token_ends_the_one_before_and_keeps_the_feeds_identity),
		model_test(nobody_makes_one_for_a_group_that_they_do_not_sit_in),
		model_test(one_that_was_ended_opens_nothing),
		model_test(whoever_leaves_the_group_leaves_its_addresses_for_good),
		model_test(whoever_leaves_the_cohort_leaves_its_groups_addresses),
		model_test(whoever_still_sits_there_in_another_role_keeps_them),
		model_test(safety_21_a_disabled_accounts_addresses_end_and_do_not_come_back),
		model_test(safety_58_an_erased_persons_addresses_are_gone),
		model_test(a_group_of_a_draft_is_told_to_nobody),
		model_test(a_year_after_the_cohort_a_groups_addresses_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
