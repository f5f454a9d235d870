#include "db/db.h"
#include "db/query/group.h"
#include "db/query/offer.h"
#include "letters_writing.h"
#include "model/offer.h"
#include "web/link.h"
#include "web/time.h"

/* What an offer says of the group it names; "" when it names none. */
static const char *
group_words(struct writing *writing, int64_t group_id)
{
	struct group group;
	int64_t minutes;

	if (group_id == DB_NULL ||
	    !group_by_id(writing->crewctl->db, writing->arena,
		&(struct group_by_id_in){ .id = group_id }, &group)) {
		return "";
	}
	minutes = ((group.meeting_time[0] - '0') * 10 + group.meeting_time[1] - '0') * 60 +
	    (group.meeting_time[3] - '0') * 10 + group.meeting_time[4] - '0';
	return message_crewctl_offer_group(writing->arena, group.name, group.project, group.goal,
	    time_weekly(writing->arena, (int)group.meeting_weekday, minutes, group.meeting_zone));
}

enum letter_outcome
letter_offer(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	struct letter_subject subject;
	struct offer offer;

	if (!offer_by_id(crewctl->db, writing->arena,
		&(struct offer_by_id_in){ .id = letter_parameter_id(writing, "offer") }, &offer) ||
	    offer_state(&offer, crewctl->now) != OFFER_OFFERED ||
	    !letter_read_subject(writing, offer.application_id, &subject)) {
		return LETTER_POINTLESS;
	}
	/* An offer's address opens for whoever signs in. */
	writing->letter->link.purpose = NULL;
	writing->letter->wording = wording_offer(writing->arena,
	    letter_words(writing, "offer", subject.cohort.id),
	    &(struct wording_offer){ .cohort = subject.cohort.name,
		.name = subject.application.name,
		.programme = writing->programme.name,
		.reference = subject.application.reference,
		.group = group_words(writing, offer.group_id),
		.deadline = time_words(writing->arena, subject.application.zone, offer.deadline_at),
		.link = letter_absolute(
		    writing, link_offer(writing->arena, crewctl->site, offer.key)) });
	return LETTER_READY;
}
