#include "candidate.h"
#include "decisions.h"
#include "ground/clock.h"
#include "ground/text.h"
#include "model/listing.h"
#include "model/offer.h"
#include "web/link.h"
#include "web/standing.h"
#include "web/time.h"

/*
 * Whether there is something to read here: an application counts once its
 * address is confirmed, and nobody decides on their own.
 */
static bool
is_shown(const struct visit *visit)
{
	return visit->application->confirmed_at != DB_NULL &&
	    visit->application->person_id != visit->person->id;
}

static const char *
offer_words(struct visit *visit, const struct listed_offer *offer)
{
	const char *made = time_words(visit->arena, visit->zone, offer->made_at);
	const char *deadline = time_words(visit->arena, visit->zone, offer->deadline_at);
	const char *ended = offer->ended_at == DB_NULL
	    ? deadline
	    : time_words(visit->arena, visit->zone, offer->ended_at);

	switch (standing_by_clock(standing_read(offer->state), offer->deadline_at, visit->now)) {
	case STANDING_OFFERED:
		return message_cohort_offer_words_open(visit->arena, made, deadline);
	case STANDING_CONFIRMED:
		return message_cohort_offer_words_confirmed(visit->arena, ended);
	case STANDING_REFUSED:
		return message_cohort_offer_words_refused(visit->arena, ended);
	case STANDING_LAPSED:
		return message_cohort_offer_words_lapsed(visit->arena, ended);
	case STANDING_RECEIVED:
	case STANDING_COUNTING:
	case STANDING_WITHDRAWN:
	case STANDING_WAITLISTED:
	case STANDING_DECLINED:
	case STANDING_CLOSED:
	case STANDING_END:
	default:
		return NULL;
	}
}

/* Every offer there was, the newest first. */
static void
show_offers(struct visit *visit, struct page_cohort_application *page)
{
	struct listed_offer_rows offers = listing_offers_of(visit->db, visit->arena,
	    &(struct listing_offers_of_in){ .application_id = visit->application->id });
	struct page_cohort_application_offers *rows =
	    arena_array(visit->arena, offers.count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < offers.count; i++) {
		rows[i].offer_words = offer_words(visit, &offers.rows[i]);
	}
	page->offers = (struct page_cohort_application_offers_list){ rows, offers.count };
}

void
candidate_show(struct visit *visit)
{
	struct page_cohort_application page = { 0 };
	struct sight sight;

	if (!is_shown(visit)) {
		visit_not_found(visit);
		return;
	}
	sight = sight_of(visit->db, visit->arena, visit->person, visit->cohort,
	    visit->application->id, visit->roles, visit->now);
	page.name = visit->cohort->name;
	page.back_link = link_organise_applications(visit->arena, visit->site, visit->cohort->slug);
	page.part_organise = parts_organise(visit, ORGANISE_APPLICATIONS);
	page.part_decide = parts_decide(visit, visit->application);
	page.review_link =
	    link_review_of(visit->arena, visit->site, visit->cohort->slug, visit->application->key);
	candidate_facts(visit, &sight, &page);
	candidate_answers(visit, &sight, &page);
	candidate_reviews(visit, &sight, &page);
	candidate_earlier(visit, &sight, &page);
	show_offers(visit, &page);
	page_cohort_application(visit_html(visit, 200), &visit->frame, &page);
}
