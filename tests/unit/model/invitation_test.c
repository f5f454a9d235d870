#include "fixture.h"

#include <string.h>

#include "db/query/member.h"
#include "db/query/outbox.h"
#include "model/cohort_due.h"
#include "model/invitation.h"
#include "model/member.h"
#include "model/person.h"
#include "model/session.h"
#include "model/tick.h"

#define TOKEN "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii"

static struct inviter
organiser(const struct model *model)
{
	return (struct inviter){ .person_id = model->organiser_id, .is_organiser = true };
}

static struct inviter
administrator(const struct model *model)
{
	return (struct inviter){ .person_id = model->organiser_id, .is_administrator = true };
}

static enum invitation_outcome
invite_by(struct model *model, struct inviter inviter, const char *email, const char *role)
{
	return invitation_invite(model->db, model->arena, &model->cohort,
	    &(struct invitation_new){ .email = email, .name = "Nova", .role = role }, &inviter,
	    model->now);
}

static enum invitation_outcome
invite(struct model *model, const char *email, const char *role)
{
	return invite_by(model, organiser(model), email, role);
}

/* The newest invitation of the cohort's list. */
static struct invitation
newest(struct model *model)
{
	struct invitation_rows all =
	    invitation_list(model->db, model->arena, model->cohort.id, model->now);

	assert_true(all.count > 0);
	return all.rows[all.count - 1];
}

static size_t
listed(struct model *model)
{
	return invitation_list(model->db, model->arena, model->cohort.id, model->now).count;
}

/* Invited to navigate. */
static struct invitation
invited(struct model *model)
{
	assert_int_equal(invite(model, "nova@example.org", "navigator"), INVITATION_MADE);
	return newest(model);
}

static struct volunteer_answers
answers(void)
{
	struct volunteer_answers said = {
		.zone = "Europe/Vienna", .level_low = 1, .level_high = 2, .wants = 4
	};

	slots_set(&said.hours, slots_number(2, 38));
	slots_set(&said.hours, slots_number(2, 39));
	return said;
}

static enum invitation_answer
accept(struct model *model, const struct invitation *invitation,
    const struct volunteer_answers *said, enum volunteer_outcome *refused)
{
	int64_t person_id = 0;

	return invitation_accept(model->db, model->arena, &model->cohort, invitation,
	    &(struct invitation_acceptance){ .name = "Nova Stella", .answers = said }, model->now,
	    &person_id, refused);
}

static void
an_invitation_is_open_for_two_weeks_and_mailed(void **state)
{
	struct model *model = *state;
	struct invitation made = invited(model);

	assert_string_equal(made.state, "open");
	assert_int_equal(made.ends_at, model->now + 14 * CLOCK_DAY);
	assert_int_equal(made.invited_by, model->organiser_id);
	assert_int_equal(model_mails(model, "invitation"), 1);
	assert_false(person_find_by_email(
	    model->db, model->arena, "nova@example.org", &(struct person){ 0 }));
}

static void
one_is_open_for_an_address_and_a_role(void **state)
{
	struct model *model = *state;

	(void)invited(model);
	assert_int_equal(invite(model, "Nova@Example.ORG", "navigator"), INVITATION_OPEN_BEFORE);
	assert_int_equal(invite(model, "nova@example.org", "captain"), INVITATION_MADE);
	assert_int_equal(model_mails(model, "invitation"), 2);
}

static void
an_organiser_is_invited_by_an_administrator_alone(void **state)
{
	struct model *model = *state;

	assert_int_equal(invite(model, "nova@example.org", "organiser"), INVITATION_NOT_YOURS);
	assert_int_equal(invite_by(model, administrator(model), "nova@example.org", "organiser"),
	    INVITATION_MADE);
	assert_int_equal(invite_by(model, administrator(model), "nova@example.org", "navigator"),
	    INVITATION_NOT_YOURS);
}

static void
who_has_the_role_or_is_kept_out_is_not_invited(void **state)
{
	struct model *model = *state;
	struct person person;

	(void)model_member(model, "rigel", "navigator", DB_NULL);
	assert_int_equal(invite(model, "rigel@example.org", "navigator"), INVITATION_HAS_ROLE);
	assert_int_equal(invite(model, "rigel@example.org", "captain"), INVITATION_MADE);
	(void)model_person(model, "algol");
	assert_true(person_find_by_email(model->db, model->arena, "algol@example.org", &person));
	assert_int_equal(person_set_disabled(model->db,
			     &(struct person_set_disabled_in){ .id = person.id, .is_disabled = 1 }),
	    1);
	assert_int_equal(invite(model, "algol@example.org", "captain"), INVITATION_KEPT_OUT);
	assert_int_equal(invite(model, "nowhere", "captain"), INVITATION_NO_ADDRESS);
}

static void
nobody_is_invited_to_look_after_a_finished_cohort(void **state)
{
	struct model *model = *state;
	struct invitation made = invited(model);

	model->now = model->cohort.ends_at;
	assert_int_equal(invite(model, "vega@example.org", "captain"), INVITATION_COHORT_OVER);
	assert_int_equal(invite_by(model, administrator(model), "vega@example.org", "organiser"),
	    INVITATION_MADE);
	made.ends_at = model->now + 1;
	assert_false(invitation_is_open(&made, &model->cohort, model->now));
}

static void
whoever_left_can_be_invited_again(void **state)
{
	struct model *model = *state;
	int64_t member = model_member(model, "rigel", "navigator", DB_NULL);

	assert_true(member_end(model->db, model->arena, &model->cohort, member, model->now));
	assert_int_equal(invite(model, "rigel@example.org", "navigator"), INVITATION_MADE);
}

static void
sending_again_writes_once_more_and_begins_the_time_anew(void **state)
{
	struct model *model = *state;
	struct invitation made = invited(model);
	struct inviter by = organiser(model);

	assert_int_equal(invitation_renew(model->db, model->arena, &model->cohort, made.id, &by,
			     model->now + 60),
	    INVITATION_JUST_SENT);
	model->now += 13 * CLOCK_DAY;
	assert_int_equal(
	    invitation_renew(model->db, model->arena, &model->cohort, made.id, &by, model->now),
	    INVITATION_MADE);
	assert_int_equal(newest(model).id, made.id);
	assert_int_equal(newest(model).ends_at, model->now + 14 * CLOCK_DAY);
	assert_int_equal(model_mails(model, "invitation"), 2);
}

static void
one_that_lapsed_or_was_declined_is_made_anew(void **state)
{
	struct model *model = *state;
	struct invitation made = invited(model);
	struct inviter by = organiser(model);

	model->now = made.ends_at;
	assert_string_equal(newest(model).state, "lapsed");
	assert_int_equal(
	    invitation_renew(model->db, model->arena, &model->cohort, made.id, &by, model->now),
	    INVITATION_MADE);
	assert_int_not_equal(newest(model).id, made.id);
	/* The list shows the newest of an address alone. */
	assert_int_equal(listed(model), 1);
	made = newest(model);
	assert_int_equal(invitation_decline(model->db, &made, model->now), INVITATION_ANSWERED);
	assert_string_equal(newest(model).state, "declined");
	assert_int_equal(
	    invitation_renew(model->db, model->arena, &model->cohort, made.id, &by, model->now + 1),
	    INVITATION_MADE);
}

static void
sending_again_is_for_who_may_invite(void **state)
{
	struct model *model = *state;
	struct inviter by = organiser(model);
	struct cohort other = model->cohort;
	struct invitation made;

	assert_int_equal(invite_by(model, administrator(model), "nova@example.org", "organiser"),
	    INVITATION_MADE);
	made = newest(model);
	assert_int_equal(invitation_renew(model->db, model->arena, &model->cohort, made.id, &by,
			     model->now + CLOCK_DAY),
	    INVITATION_NOT_YOURS);
	other.id++;
	assert_int_equal(
	    invitation_renew(model->db, model->arena, &other, made.id, &by, model->now + CLOCK_DAY),
	    INVITATION_GONE);
}

static void
cancelling_ends_an_open_one_and_forgets_one_that_is_over(void **state)
{
	struct model *model = *state;
	struct invitation made = invited(model);
	struct inviter by = organiser(model);

	assert_true(
	    invitation_cancel(model->db, model->arena, &model->cohort, made.id, &by, model->now));
	assert_int_equal(listed(model), 0);
	assert_false(
	    invitation_cancel(model->db, model->arena, &model->cohort, made.id, &by, model->now));
	assert_int_equal(
	    accept(model, &made, &(struct volunteer_answers){ 0 }, NULL), INVITATION_OVER);
	made = invited(model);
	model->now = made.ends_at;
	assert_true(tick(model->db, model->arena, model->now));
	assert_true(
	    invitation_cancel(model->db, model->arena, &model->cohort, made.id, &by, model->now));
	assert_false(invitation_by_id(
	    model->db, model->arena, &(struct invitation_by_id_in){ .id = made.id }, &made));
}

static void
tick_lapses_what_nobody_answered_when_it_is_due(void **state)
{
	struct model *model = *state;
	struct invitation made = invited(model);

	assert_true(tick_due(model->db, model->arena, model->now) <= made.ends_at);
	assert_true(tick(model->db, model->arena, made.ends_at - 1));
	assert_true(invitation_by_id(
	    model->db, model->arena, &(struct invitation_by_id_in){ .id = made.id }, &made));
	assert_string_equal(made.state, "open");
	assert_true(tick(model->db, model->arena, made.ends_at));
	assert_true(invitation_by_id(
	    model->db, model->arena, &(struct invitation_by_id_in){ .id = made.id }, &made));
	assert_string_equal(made.state, "lapsed");
	assert_int_equal(made.ended_at, made.ends_at);
}

static void
accepting_makes_person_member_and_hours_at_once_and_once(void **state)
{
	struct model *model = *state;
	struct invitation made = invited(model);
	struct volunteer_answers said = answers(), kept;
	enum volunteer_outcome refused;
	struct person person;
	struct member member;

	said.projects = &model->project_id;
	said.project_count = 1;
	assert_int_equal(accept(model, &made, &said, &refused), INVITATION_ANSWERED);
	assert_true(person_find_by_email(model->db, model->arena, "nova@example.org", &person));
	assert_string_equal(person.name, "Nova Stella");
	assert_string_equal(person.zone, "Europe/Vienna");
	assert_true(member_find(model->db, model->arena,
	    &(struct member_find_in){
		.cohort_id = model->cohort.id, .person_id = person.id, .role = "navigator" },
	    &member));
	assert_true(volunteer_find(model->db, model->arena, member.id, &kept));
	assert_int_equal(kept.wants, 4);
	assert_int_equal(kept.project_count, 1);
	assert_true(slots_equal(&kept.hours, &said.hours));
	assert_int_equal(accept(model, &made, &said, &refused), INVITATION_OVER);
	assert_int_equal(invitation_decline(model->db, &made, model->now), INVITATION_OVER);
	assert_int_equal(listed(model), 0);
}

static void
somebody_known_keeps_their_name_and_zone(void **state)
{
	struct model *model = *state;
	struct volunteer_answers said = answers();
	enum volunteer_outcome refused;
	struct invitation made;
	struct person person;

	(void)model_person(model, "nova");
	made = invited(model);
	assert_true(invitation_knows(model->db, model->arena, &made));
	assert_int_equal(accept(model, &made, &said, &refused), INVITATION_ANSWERED);
	assert_true(person_find_by_email(model->db, model->arena, "nova@example.org", &person));
	assert_string_equal(person.name, "nova");
	assert_string_equal(person.zone, "UTC");
}

static void
an_organiser_says_no_hours_and_the_others_must(void **state)
{
	struct model *model = *state;
	struct volunteer_answers said = answers();
	enum volunteer_outcome refused;
	struct invitation made = invited(model);

	assert_int_equal(accept(model, &made, NULL, &refused), INVITATION_ANSWER_FAULT);
	assert_int_equal(invite_by(model, administrator(model), "vega@example.org", "organiser"),
	    INVITATION_MADE);
	made = newest(model);
	assert_int_equal(accept(model, &made, &said, &refused), INVITATION_ANSWER_FAULT);
	assert_int_equal(accept(model, &made, NULL, &refused), INVITATION_ANSWERED);
}

static void
who_is_kept_out_meanwhile_cannot_accept(void **state)
{
	struct model *model = *state;
	struct volunteer_answers said = answers();
	int64_t person_id = model_person(model, "nova");
	struct invitation made = invited(model);
	enum volunteer_outcome refused;

	assert_int_equal(person_set_disabled(model->db,
			     &(struct person_set_disabled_in){ .id = person_id, .is_disabled = 1 }),
	    1);
	assert_int_equal(accept(model, &made, &said, &refused), INVITATION_ANSWER_KEPT_OUT);
}

static void
what_is_beyond_the_cohorts_numbers_is_refused(void **state)
{
	struct model *model = *state;
	struct volunteer_answers said = answers();
	int64_t member = model_member(model, "rigel", "navigator", DB_NULL);
	int64_t captain = model_member(model, "capella", "captain", DB_NULL);
	int64_t vega = model_member(model, "vega", "djangonaut", 1);
	int64_t nobodys = 999;

	said.wants = 2 * model->cohort.djangonauts_per_navigator + 1;
	assert_int_equal(
	    volunteer_save(model->db, model->arena, &model->cohort, member, &said, model->now),
	    VOLUNTEER_WANTS_TOO_MANY);
	assert_int_equal(
	    volunteer_save(model->db, model->arena, &model->cohort, captain, &said, model->now),
	    VOLUNTEER_SAVED);
	said = answers();
	said.level_low = 3;
	assert_int_equal(
	    volunteer_save(model->db, model->arena, &model->cohort, member, &said, model->now),
	    VOLUNTEER_LEVELS_WRONG);
	said = answers();
	assert_int_equal(
	    volunteer_save(model->db, model->arena, &model->cohort, vega, &said, model->now),
	    VOLUNTEER_NOT_ABOARD);
	said.projects = &nobodys;
	said.project_count = 1;
	assert_int_not_equal(
	    volunteer_save(model->db, model->arena, &model->cohort, member, &said, model->now),
	    VOLUNTEER_SAVED);
}

/* Product, "Groups": the due list names whose hours are missing. */
static void
the_due_list_names_whose_hours_are_missing(void **state)
{
	struct model *model = *state;
	struct volunteer_answers said = answers();
	int64_t rigel = model_member(model, "rigel", "navigator", DB_NULL);
	int64_t capella = model_member(model, "capella", "captain", DB_NULL);
	struct cohort_due_list due;
	size_t i;

	(void)model_member(model, "vega", "djangonaut", 1);
	volunteer_save(model->db, model->arena, &model->cohort, rigel, &said, model->now);
	due = cohort_due(model->db, model->arena, &model->cohort, model->now);
	for (i = 0; i < due.count && due.items[i].kind != COHORT_DUE_HOURS; i++) {
		continue;
	}
	assert_true(i < due.count);
	assert_int_equal(due.items[i].count, 1);
	assert_string_equal(due.items[i].names[0], "capella");
	volunteer_save(model->db, model->arena, &model->cohort, capella, &said, model->now);
	due = cohort_due(model->db, model->arena, &model->cohort, model->now);
	for (i = 0; i < due.count; i++) {
		assert_int_not_equal(due.items[i].kind, COHORT_DUE_HOURS);
	}
}

static void
the_due_list_counts_invitations_that_lapsed(void **state)
{
	struct model *model = *state;
	struct cohort_due_list due;
	struct invitation made = invited(model);
	size_t i, found = 0;

	due = cohort_due(model->db, model->arena, &model->cohort, made.ends_at);
	for (i = 0; i < due.count; i++) {
		found += due.items[i].kind == COHORT_DUE_LAPSED && due.items[i].count == 1;
	}
	assert_int_equal(found, 1);
}

static void
safety_14_looking_at_a_link_changes_nothing_and_old_ones_go_on(void **state)
{
	struct model *model = *state;
	struct invitation made = invited(model), found;
	struct link_new link = { .purpose = "invitation", .invitation_id = made.id };
	struct inviter by = organiser(model);

	assert_true(link_record(model->db, model->arena, TOKEN, &link, model->now,
	    model->now + INVITATION_LINK_SECONDS));
	for (int i = 0; i < 10; i++) {
		assert_true(invitation_find(model->db, model->arena, TOKEN, model->now, &found));
		assert_string_equal(found.state, "open");
	}
	model->now += 13 * CLOCK_DAY;
	invitation_renew(model->db, model->arena, &model->cohort, made.id, &by, model->now);
	model->now += 13 * CLOCK_DAY;
	assert_true(invitation_find(model->db, model->arena, TOKEN, model->now, &found));
	assert_true(invitation_is_open(&found, &model->cohort, model->now));
	model->now += 2 * CLOCK_DAY;
	assert_true(invitation_find(model->db, model->arena, TOKEN, model->now, &found));
	assert_string_equal(found.state, "lapsed");
	assert_false(invitation_find(model->db, model->arena, "no token", model->now, &found));
}

static void
a_djangonaut_who_left_comes_back_with_their_level(void **state)
{
	struct model *model = *state;
	int64_t vega = model_member(model, "vega", "djangonaut", 2);
	int64_t rigel = model_member(model, "rigel", "navigator", DB_NULL);
	struct member member;

	assert_false(member_return(model->db, &model->cohort, vega));
	assert_true(member_end(model->db, model->arena, &model->cohort, vega, model->now));
	assert_true(member_end(model->db, model->arena, &model->cohort, rigel, model->now));
	assert_false(member_return(model->db, &model->cohort, rigel));
	assert_true(member_return(model->db, &model->cohort, vega));
	assert_true(member_by_id(
	    model->db, model->arena, &(struct member_by_id_in){ .id = vega }, &member));
	assert_int_equal(member.left_at, DB_NULL);
	assert_int_equal(member.level, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(an_invitation_is_open_for_two_weeks_and_mailed),
		model_test(one_is_open_for_an_address_and_a_role),
		model_test(an_organiser_is_invited_by_an_administrator_alone),
		model_test(who_has_the_role_or_is_kept_out_is_not_invited),
		model_test(nobody_is_invited_to_look_after_a_finished_cohort),
		model_test(whoever_left_can_be_invited_again),
		model_test(sending_again_writes_once_more_and_begins_the_time_anew),
		model_test(one_that_lapsed_or_was_declined_is_made_anew),
		model_test(sending_again_is_for_who_may_invite),
		model_test(cancelling_ends_an_open_one_and_forgets_one_that_is_over),
		model_test(tick_lapses_what_nobody_answered_when_it_is_due),
		model_test(accepting_makes_person_member_and_hours_at_once_and_once),
		model_test(somebody_known_keeps_their_name_and_zone),
		model_test(an_organiser_says_no_hours_and_the_others_must),
		model_test(who_is_kept_out_meanwhile_cannot_accept),
		model_test(what_is_beyond_the_cohorts_numbers_is_refused),
		model_test(the_due_list_names_whose_hours_are_missing),
		model_test(the_due_list_counts_invitations_that_lapsed),
		model_test(safety_14_looking_at_a_link_changes_nothing_and_old_ones_go_on),
		model_test(a_djangonaut_who_left_comes_back_with_their_level),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
