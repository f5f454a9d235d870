#include "fixture.h"

#include <string.h>

#include "db/query/outbox.h"
#include "ground/token.h"
#include "model/cohort_content.h"
#include "model/cohort_plan.h"
#include "model/person.h"
#include "model/session.h"
#include "model/subscription.h"
#include "model/tick.h"

#define TOKEN "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu"
#define STOP "ttttttttttttttttttttttttttttttttttttttttttt"

static const unsigned char secret[32] = { 7 };

static enum subscription_outcome
ask_from(struct model *model, const char *email, const char *network)
{
	return subscription_ask(model->db, model->arena, secret, email, network, model->now);
}

static enum subscription_outcome
ask(struct model *model, const char *email)
{
	return ask_from(model, email, "192.0.2.0/24");
}

static bool
find(struct model *model, const char *email_key, struct subscription *subscription)
{
	return subscription_by_email_key(model->db, model->arena,
	    &(struct subscription_by_email_key_in){ .email_key = email_key }, subscription);
}

/* Asked, and its link as the mail would carry it. */
static struct subscription
asked(struct model *model, const char *email, const char *token)
{
	struct subscription subscription;

	assert_int_equal(ask(model, email), SUBSCRIPTION_ASKED);
	assert_true(find(model, email, &subscription));
	assert_true(link_record(model->db, model->arena, token,
	    &(struct link_new){ .purpose = "subscription", .subscription_id = subscription.id },
	    model->now, model->now + SUBSCRIPTION_CONFIRM_SECONDS));
	return subscription;
}

static struct subscription
confirmed(struct model *model, const char *email, const char *token)
{
	struct subscription subscription = asked(model, email, token);

	assert_int_equal(subscription_confirm(model->db, model->arena, token, model->now),
	    SUBSCRIPTION_LINK_DONE);
	return subscription;
}

static void
asking_writes_to_the_address_and_again_until_it_is_confirmed(void **state)
{
	struct model *model = *state;

	(void)asked(model, "comet@example.org", TOKEN);
	assert_int_equal(model_mails(model, "next_opens_confirm"), 1);
	assert_int_equal(ask(model, "Comet@EXAMPLE.org"), SUBSCRIPTION_ASKED);
	assert_int_equal(model_mails(model, "next_opens_confirm"), 2);
	assert_int_equal(subscription_confirm(model->db, model->arena, TOKEN, model->now),
	    SUBSCRIPTION_LINK_DONE);
}

static void
safety_18_a_confirmed_address_is_answered_alike_and_not_written_to(void **state)
{
	struct model *model = *state;
	struct subscription before, after;

	(void)confirmed(model, "comet@example.org", TOKEN);
	assert_true(find(model, "comet@example.org", &before));
	assert_int_equal(ask(model, "comet@example.org"), SUBSCRIPTION_ASKED);
	assert_int_equal(model_mails(model, "next_opens_confirm"), 1);
	assert_true(find(model, "comet@example.org", &after));
	assert_int_equal(after.confirmed_at, before.confirmed_at);
}

static void
safety_19_no_address_or_network_is_flooded(void **state)
{
	struct model *model = *state;

	for (int i = 0; i < 5; i++) {
		assert_int_equal(ask(model, "comet@example.org"), SUBSCRIPTION_ASKED);
	}
	assert_int_equal(ask(model, "comet@example.org"), SUBSCRIPTION_TOO_MANY);
	assert_int_equal(
	    ask_from(model, "comet@example.org", "198.51.100.0/24"), SUBSCRIPTION_ASKED);
	for (int i = 0; i < 55; i++) {
		assert_int_equal(ask(model, arena_format(model->arena, "comet%d@example.org", i)),
		    SUBSCRIPTION_ASKED);
	}
	assert_int_equal(ask(model, "last@example.org"), SUBSCRIPTION_TOO_MANY);
	model->now += CLOCK_HOUR;
	assert_int_equal(ask(model, "last@example.org"), SUBSCRIPTION_ASKED);
}

static void
safety_14_looking_at_its_link_confirms_nothing(void **state)
{
	struct model *model = *state;
	struct subscription subscription;

	(void)asked(model, "comet@example.org", TOKEN);
	for (int i = 0; i < 10; i++) {
		assert_int_equal(
		    subscription_link(model->db, model->arena, TOKEN, model->now, &subscription),
		    SUBSCRIPTION_LINK_CONFIRMS);
	}
	assert_int_equal(subscription_confirm(model->db, model->arena, TOKEN, model->now),
	    SUBSCRIPTION_LINK_DONE);
	assert_int_equal(
	    subscription_link(model->db, model->arena, TOKEN, model->now, &subscription),
	    SUBSCRIPTION_LINK_DONE);
	assert_int_equal(subscription_confirm(model->db, model->arena, TOKEN, model->now),
	    SUBSCRIPTION_LINK_DONE);
	assert_int_equal(
	    subscription_link(model->db, model->arena, STOP, model->now, &subscription),
	    SUBSCRIPTION_LINK_SPENT);
}

static void
what_nobody_confirms_is_deleted_after_three_days(void **state)
{
	struct model *model = *state;
	struct subscription subscription = asked(model, "comet@example.org", TOKEN);

	(void)confirmed(model, "pulsar@example.org", STOP);
	assert_true(tick(model->db, model->arena, model->now + 3 * CLOCK_DAY - 1));
	assert_true(find(model, "comet@example.org", &subscription));
	assert_true(tick(model->db, model->arena, model->now + 3 * CLOCK_DAY));
	assert_false(find(model, "comet@example.org", &subscription));
	assert_true(find(model, "pulsar@example.org", &subscription));
	assert_int_equal(
	    subscription_confirm(model->db, model->arena, TOKEN, model->now + 3 * CLOCK_DAY),
	    SUBSCRIPTION_LINK_SPENT);
}

/* The next cohort, open from 1 May 2027 until the end of the 20th. */
static struct cohort
next_cohort(struct model *model)
{
	struct cohort next;

	assert_int_equal(cohort_plan_create(model->db, model->arena,
			     &(struct cohort_plan){ .slug = "vela",
				 .name = "Vela",
				 .goal = "Set sail",
				 .description = "",
				 .opens_on = "2027-05-01",
				 .closes_on = "2027-05-20",
				 .starts_on = "2027-06-07",
				 .weeks = 8,
				 .djangonauts_per_navigator = 4,
				 .djangonauts_per_group = 8,
				 .seats = 20,
				 .offer_days = 7,
				 .reviews_wanted = 2,
				 .grace_minutes = 30,
				 .chat_name = "",
				 .chat_link = "" },
			     model->organiser_id, model->now),
	    COHORT_PLAN_SAVED);
	assert_true(cohort_find(model->db, model->arena, "vela", &next));
	assert_int_equal(
	    project_add(model->db, &next,
		&(struct project_plan){ .name = "Sails", .description = "", .link = "" }),
	    PROJECT_SAVED);
	assert_int_equal(
	    cohort_publish_now(model->db, model->arena, &next, model->now), COHORT_PUBLISHED);
	return next;
}

static void
an_opening_writes_once_to_each_confirmed_address(void **state)
{
	struct model *model = *state;
	struct cohort next = next_cohort(model);

	(void)confirmed(model, "comet@example.org", TOKEN);
	assert_true(tick(model->db, model->arena, next.opens_at - 1));
	assert_int_equal(model_mails(model, "next_opens"), 0);
	model->now = next.opens_at;
	assert_int_equal(ask(model, "pulsar@example.org"), SUBSCRIPTION_ASKED);
	assert_true(tick(model->db, model->arena, model->now));
	assert_int_equal(model_mails(model, "next_opens"), 1);
	assert_true(tick(model->db, model->arena, model->now));
	assert_int_equal(model_mails(model, "next_opens"), 1);
	assert_true(subscription_tell(model->db, model->arena, next.id, model->now));
	assert_int_equal(model_mails(model, "next_opens"), 1);
}

/* Of the mail that tells of an opening: refused for good. */
static void
refuse_the_mail(struct model *model)
{
	struct outbox_rows mails = outbox_list(model->db, model->arena);

	for (size_t i = 0; i < mails.count; i++) {
		if (strcmp(mails.rows[i].kind, "next_opens") == 0) {
			assert_int_equal(outbox_mark_tried(model->db,
					     &(struct outbox_mark_tried_in){ .id = mails.rows[i].id,
						 .state = "failed",
						 .problem = "no_mailbox",
						 .attempts = 1,
						 .first_tried_at = model->now,
						 .due_at = model->now,
						 .now = model->now }),
			    1);
		}
	}
}

static void
an_address_that_refuses_the_mail_is_not_kept_for_another(void **state)
{
	struct model *model = *state;
	struct cohort next = next_cohort(model);
	struct subscription subscription = confirmed(model, "comet@example.org", TOKEN);

	model->now = next.opens_at;
	assert_true(tick(model->db, model->arena, model->now));
	assert_int_equal(model_mails(model, "next_opens"), 1);
	refuse_the_mail(model);
	assert_false(find(model, "comet@example.org", &subscription));
}

static void
a_cohort_whose_applications_are_over_is_not_told_of(void **state)
{
	struct model *model = *state;

	struct cohort next = next_cohort(model);

	(void)confirmed(model, "comet@example.org", TOKEN);
	assert_true(tick(model->db, model->arena, next.closes_at));
	assert_int_equal(model_activities(model, "cohort_opened"), 2);
	assert_int_equal(model_mails(model, "next_opens"), 0);
}

static void
an_address_is_deleted_once_it_was_told(void **state)
{
	struct model *model = *state;
	struct subscription subscription = confirmed(model, "comet@example.org", TOKEN);

	assert_true(subscription_told(model->db, subscription.id));
	assert_false(find(model, "comet@example.org", &subscription));
	/* Whoever asks again is told of the one after. */
	(void)confirmed(model, "comet@example.org", STOP);
}

static void
a_stop_link_deletes_the_address_and_looking_does_not(void **state)
{
	struct model *model = *state;
	struct subscription subscription = confirmed(model, "comet@example.org", TOKEN);

	assert_true(link_record(model->db, model->arena, STOP,
	    &(struct link_new){
		.purpose = "stop_subscription", .subscription_id = subscription.id },
	    model->now, model->now + CLOCK_DAY));
	assert_int_equal(subscription_stop_link(model->db, model->arena, STOP, model->now),
	    SUBSCRIPTION_STOP_TELLING);
	assert_true(find(model, "comet@example.org", &subscription));
	assert_int_equal(subscription_stop(model->db, model->arena, TOKEN, model->now),
	    SUBSCRIPTION_STOP_NOTHING);
	assert_int_equal(subscription_stop(model->db, model->arena, STOP, model->now),
	    SUBSCRIPTION_STOP_TELLING);
	assert_false(find(model, "comet@example.org", &subscription));
	assert_int_equal(subscription_stop(model->db, model->arena, STOP, model->now),
	    SUBSCRIPTION_STOP_NOTHING);
}

static void
a_stop_link_turns_reminders_off(void **state)
{
	struct model *model = *state;
	int64_t vega = model_person(model, "vega");
	struct person person;

	assert_true(link_record(model->db, model->arena, STOP,
	    &(struct link_new){ .purpose = "stop_reminders", .person_id = vega }, model->now,
	    model->now + CLOCK_DAY));
	assert_int_equal(subscription_stop(model->db, model->arena, STOP, model->now),
	    SUBSCRIPTION_STOP_REMINDERS);
	assert_true(person_find(model->db, model->arena, vega, &person));
	assert_int_equal(person.wants_reminders, 0);
	assert_int_equal(subscription_stop(model->db, model->arena, STOP, model->now + CLOCK_DAY),
	    SUBSCRIPTION_STOP_NOTHING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(asking_writes_to_the_address_and_again_until_it_is_confirmed),
		model_test(safety_18_a_confirmed_address_is_answered_alike_and_not_written_to),
		model_test(safety_19_no_address_or_network_is_flooded),
		model_test(safety_14_looking_at_its_link_confirms_nothing),
		model_test(what_nobody_confirms_is_deleted_after_three_days),
		model_test(an_opening_writes_once_to_each_confirmed_address),
		model_test(an_address_that_refuses_the_mail_is_not_kept_for_another),
		model_test(a_cohort_whose_applications_are_over_is_not_told_of),
		model_test(an_address_is_deleted_once_it_was_told),
		model_test(a_stop_link_deletes_the_address_and_looking_does_not),
		model_test(a_stop_link_turns_reminders_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
