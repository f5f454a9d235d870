#include "db/db.h"
#include "db/query/offer.h"
#include "letters_writing.h"
#include "model/offer.h"
#include "model/reminder.h"
#include "web/link.h"
#include "web/time.h"

void
letter_links_offer(struct writing *writing, const struct offer *offer)
{
	writing->letter->link = (struct link_new){ .purpose = "offer", .offer_id = offer->id };
	writing->letter->seconds = offer->deadline_at - writing->crewctl->now + OFFER_LINK_SECONDS;
}

enum letter_outcome
letter_offer_reminder(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	struct letter_subject subject;
	struct offer offer;

	if (!offer_by_id(crewctl->db, writing->arena,
		&(struct offer_by_id_in){ .id = letter_parameter_id(writing, "offer") }, &offer) ||
	    offer_state(&offer, crewctl->now) != OFFER_OFFERED ||
	    !reminder_offer_holds(
		offer.deadline_at, letter_parameter_id(writing, "days"), crewctl->now) ||
	    !letter_read_subject(writing, offer.application_id, &subject)) {
		return LETTER_POINTLESS;
	}
	letter_links_offer(writing, &offer);
	writing->letter->wording = wording_offer_reminder(writing->arena,
	    letter_words(writing, "offer_reminder", subject.cohort.id),
	    &(struct wording_offer_reminder){ .cohort = subject.cohort.name,
		.name = subject.application.name,
		.programme = writing->programme.name,
		.reference = subject.application.reference,
		.deadline = time_words(writing->arena, subject.application.zone, offer.deadline_at),
		.link = letter_absolute(
		    writing, link_offer(writing->arena, crewctl->site, writing->letter->token)) });
	return LETTER_READY;
}

enum letter_outcome
letter_standup_tomorrow(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	struct reminder_standup_letter_row row;

	if (!reminder_standup_read(crewctl->db, writing->arena,
		letter_parameter_id(writing, "standup"), letter_parameter_id(writing, "member"),
		crewctl->now, &row)) {
		return LETTER_POINTLESS;
	}
	writing->letter->stop = (struct link_new){
		.purpose = "stop_reminders",
		.person_id = row.person_id,
	};
	writing->letter->wording = wording_standup_tomorrow(writing->arena,
	    letter_words(writing, "standup_tomorrow", row.cohort_id),
	    &(struct wording_standup_tomorrow){ .group = row.group_name,
		.start = time_words(writing->arena, row.zone, row.starts_at),
		.name = row.name,
		.cohort = row.cohort_name,
		.link = letter_absolute(writing,
		    link_standup(writing->arena, crewctl->site, row.cohort_slug, row.group_slug,
			row.week)) });
	return LETTER_READY;
}
