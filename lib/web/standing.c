#include "web/standing.h"

#include "model/offer.h"
#include "web/link.h"
#include "web/time.h"

const char *
standing_name(enum standing standing)
{
	static const enum message names[STANDING_END] = {
		[STANDING_RECEIVED] = MESSAGE_STANDING_NAME_RECEIVED,
		[STANDING_COUNTING] = MESSAGE_STANDING_NAME_COUNTING,
		[STANDING_WITHDRAWN] = MESSAGE_STANDING_NAME_WITHDRAWN,
		[STANDING_WAITLISTED] = MESSAGE_STANDING_NAME_WAITLISTED,
		[STANDING_DECLINED] = MESSAGE_STANDING_NAME_DECLINED,
		[STANDING_OFFERED] = MESSAGE_STANDING_NAME_OFFERED,
		[STANDING_CONFIRMED] = MESSAGE_STANDING_NAME_CONFIRMED,
		[STANDING_REFUSED] = MESSAGE_STANDING_NAME_REFUSED,
		[STANDING_LAPSED] = MESSAGE_STANDING_NAME_LAPSED,
		[STANDING_CLOSED] = MESSAGE_STANDING_NAME_CLOSED,
	};

	return message(names[standing]);
}

enum standing
standing_by_clock(enum standing standing, int64_t deadline_at, int64_t now)
{
	return standing == STANDING_OFFERED && now >= deadline_at ? STANDING_LAPSED : standing;
}

static const char *
words(struct visit *visit, enum standing standing, const struct offer *offer)
{
	const char *deadline = time_words(visit->arena, visit->zone, offer->deadline_at);

	switch (standing) {
	case STANDING_WAITLISTED:
		return message(MESSAGE_STANDING_WAITLISTED);
	case STANDING_DECLINED:
		return message(MESSAGE_STANDING_DECLINED);
	case STANDING_OFFERED:
		return message_standing_offered(visit->arena, deadline);
	case STANDING_CONFIRMED:
		return message(MESSAGE_STANDING_CONFIRMED);
	case STANDING_REFUSED:
		return message(MESSAGE_STANDING_REFUSED);
	case STANDING_LAPSED:
		return message_standing_lapsed(visit->arena, deadline);
	case STANDING_CLOSED:
		return message(MESSAGE_STANDING_CLOSED);
	case STANDING_RECEIVED:
	case STANDING_COUNTING:
	case STANDING_WITHDRAWN:
	case STANDING_END:
	default:
		return NULL;
	}
}

struct standing_shown
standing_show(struct visit *visit, const struct application *application)
{
	struct standing_shown shown = { 0 };
	struct offer offer = { 0 };
	bool was_offered = offer_of_application(visit->db, visit->arena,
	    &(struct offer_of_application_in){ .application_id = application->id }, &offer);

	shown.standing = standing_by_clock(
	    standing_find(visit->db, visit->arena, application->id), offer.deadline_at, visit->now);
	shown.words = words(visit, shown.standing, &offer);
	shown.is_over = shown.standing == STANDING_DECLINED || shown.standing == STANDING_CLOSED;
	if (was_offered && shown.words != NULL) {
		shown.offer_link = link_offer(visit->arena, visit->site, offer.key);
	}
	return shown;
}
