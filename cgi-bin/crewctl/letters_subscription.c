#include "db/db.h"
#include "ground/text.h"
#include "letters_writing.h"
#include "model/subscription.h"
#include "web/link.h"
#include "web/time.h"

/* Whoever reads it left an address alone: no zone is known. */
#define ZONE "UTC"

static bool
find(struct writing *writing, struct subscription *subscription)
{
	return subscription_by_id(writing->crewctl->db, writing->arena,
	    &(struct subscription_by_id_in){ .id = letter_parameter_id(writing, "subscription") },
	    subscription);
}

enum letter_outcome
letter_next_opens_confirm(struct writing *writing)
{
	struct letter *letter = writing->letter;
	struct subscription subscription;

	if (!find(writing, &subscription) || subscription.confirmed_at != DB_NULL) {
		return LETTER_POINTLESS;
	}
	letter->seconds = SUBSCRIPTION_CONFIRM_SECONDS;
	letter->link = (struct link_new){
		.purpose = "subscription",
		.subscription_id = subscription.id,
	};
	letter->wording = wording_next_opens_confirm(writing->arena,
	    letter_words(writing, "next_opens_confirm", 0),
	    &(struct wording_next_opens_confirm){ .programme = writing->programme.name,
		.until = time_words(
		    writing->arena, ZONE, subscription.asked_at + SUBSCRIPTION_CONFIRM_SECONDS),
		.link = letter_absolute(writing,
		    link_tell_me_confirm(writing->arena, writing->crewctl->site, letter->token)) });
	return LETTER_READY;
}

enum letter_outcome
letter_next_opens(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	struct subscription subscription;
	struct cohort cohort;

	if (!find(writing, &subscription) || subscription.confirmed_at == DB_NULL ||
	    !cohort_by_id(crewctl->db, writing->arena,
		&(struct cohort_by_id_in){ .id = letter_parameter_id(writing, "cohort") },
		&cohort) ||
	    !application_is_open(&cohort, crewctl->now)) {
		return LETTER_POINTLESS;
	}
	writing->letter->stop = (struct link_new){
		.purpose = "stop_subscription",
		.subscription_id = subscription.id,
	};
	writing->letter->wording =
	    wording_next_opens(writing->arena, letter_words(writing, "next_opens", 0),
		&(struct wording_next_opens){ .cohort = cohort.name,
		    .programme = writing->programme.name,
		    .goal = cohort.goal,
		    .deadline = time_words(writing->arena, ZONE, cohort.closes_at),
		    .link = letter_absolute(
			writing, link_apply(writing->arena, crewctl->site, cohort.slug)) });
	return LETTER_READY;
}

bool
letter_next_opens_sent(
    struct crewctl *crewctl, const struct outbox *outbox, const struct letter *letter)
{
	json_t *parameters = json_loads(outbox->parameters, 0, NULL);
	const char *text = json_string_value(json_object_get(parameters, "subscription"));
	int64_t id = 0;
	bool told = text == NULL || !text_integer(text, 1, INT64_MAX, &id) ||
	    subscription_told(crewctl->db, id);

	(void)letter;
	json_decref(parameters);
	return told;
}
