#include <string.h>

#include "cohort.h"
#include "ground/text.h"
#include "model/offer.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

enum candidate_state
candidate_state(int64_t withdrawn_at, const char *offer_state, int64_t deadline_at, int64_t now)
{
	if (withdrawn_at != DB_NULL) {
		return CANDIDATE_WITHDRAWN;
	}
	if (offer_state == NULL) {
		return CANDIDATE_WAITING;
	}
	if (strcmp(offer_state, "confirmed") == 0) {
		return CANDIDATE_CONFIRMED;
	}
	if (strcmp(offer_state, "refused") == 0) {
		return CANDIDATE_REFUSED;
	}
	/* An open offer past its deadline lapsed, noted or not. */
	return strcmp(offer_state, "lapsed") == 0 || now >= deadline_at ? CANDIDATE_LAPSED
									: CANDIDATE_OFFERED;
}

const char *
candidate_state_words(enum candidate_state state)
{
	static const enum message words[CANDIDATE_STATES] = {
		[CANDIDATE_WAITING] = MESSAGE_COHORT_CANDIDATE_WAITING,
		[CANDIDATE_OFFERED] = MESSAGE_COHORT_CANDIDATE_OFFERED,
		[CANDIDATE_CONFIRMED] = MESSAGE_COHORT_CANDIDATE_CONFIRMED,
		[CANDIDATE_REFUSED] = MESSAGE_COHORT_CANDIDATE_REFUSED,
		[CANDIDATE_LAPSED] = MESSAGE_COHORT_CANDIDATE_LAPSED,
		[CANDIDATE_WITHDRAWN] = MESSAGE_COHORT_CANDIDATE_WITHDRAWN,
	};

	return message(words[state]);
}

/* What the list can be narrowed to. All that count leads. */
static const struct {
	const char *word; /* of ?state=, NULL: all that count */
	enum message name;
	enum candidate_state state;
} filters[] = {
	{ NULL, MESSAGE_COHORT_FILTER_ALL, CANDIDATE_STATES },
	{ "waiting", MESSAGE_COHORT_FILTER_WAITING, CANDIDATE_WAITING },
	{ "offered", MESSAGE_COHORT_FILTER_OFFERED, CANDIDATE_OFFERED },
	{ "confirmed", MESSAGE_COHORT_FILTER_CONFIRMED, CANDIDATE_CONFIRMED },
	{ "refused", MESSAGE_COHORT_FILTER_REFUSED, CANDIDATE_REFUSED },
	{ "lapsed", MESSAGE_COHORT_FILTER_LAPSED, CANDIDATE_LAPSED },
	{ "withdrawn", MESSAGE_COHORT_FILTER_WITHDRAWN, CANDIDATE_WITHDRAWN },
};

enum { FILTERS = sizeof(filters) / sizeof(filters[0]) };

static bool
filter_takes(size_t filter, enum candidate_state state)
{
	return filters[filter].word == NULL ? state != CANDIDATE_WITHDRAWN
					    : filters[filter].state == state;
}

/* The filter that the address asks for; all when it asks for no known one. */
static size_t
filter_asked(struct visit *visit)
{
	const char *word = visit_query(visit, "state");
	size_t i;

	for (i = 1; i < FILTERS; i++) {
		if (text_equal(filters[i].word, word)) {
			return i;
		}
	}
	return 0;
}

static struct page_cohort_applications_applications
application_row(struct visit *visit, const struct candidate *candidate, enum candidate_state state)
{
	bool is_own = candidate->person_id == visit->person->id;

	return (struct page_cohort_applications_applications){
		/* One's own is nothing to decide on. */
		.link = is_own ? link_apply_mine(visit->arena, visit->site, candidate->key)
			       : link_organise_application(visit->arena, visit->site,
				     visit->cohort->slug, candidate->key),
		.applicant = candidate->name,
		.level = words_levels(visit, candidate->level, candidate->level),
		.projects = candidate->projects == NULL ? message(MESSAGE_COHORT_PROJECTS_ANY)
							: candidate->projects,
		.zone = candidate->zone,
		.submitted = time_day(visit->arena, visit->zone, candidate->submitted_at),
		.submitted_machine = time_machine(visit->arena, candidate->submitted_at),
		.state = candidate_state_words(state),
		.if_good = state == CANDIDATE_CONFIRMED,
		.if_wait = state == CANDIDATE_OFFERED,
		.if_bad = state == CANDIDATE_LAPSED,
	};
}

static struct page_cohort_applications_filters_list
filter_rows(struct visit *visit, size_t asked, const int64_t counts[FILTERS])
{
	struct page_cohort_applications_filters *rows =
	    arena_array(visit->arena, FILTERS, sizeof(*rows));
	const char *link =
	    link_organise_applications(visit->arena, visit->site, visit->cohort->slug);
	size_t i;

	for (i = 0; i < FILTERS; i++) {
		rows[i].filter_link = filters[i].word == NULL
		    ? link
		    : link_with(visit->arena, link, "state", filters[i].word);
		rows[i].filter_name = message(filters[i].name);
		rows[i].filter_count = words_number(visit, counts[i]);
		rows[i].if_filter_now = i == asked;
	}
	return (struct page_cohort_applications_filters_list){ rows, FILTERS };
}

static void
show_candidates(struct visit *visit, size_t asked, struct page_cohort_applications *page)
{
	struct candidate_rows candidates = candidate_list(
	    visit->db, visit->arena, &(struct candidate_list_in){ .cohort_id = visit->cohort->id });
	struct page_cohort_applications_applications *rows =
	    arena_array(visit->arena, candidates.count + 1, sizeof(*rows));
	int64_t counts[FILTERS] = { 0 };
	size_t i, filter;

	page->applications.rows = rows;
	for (i = 0; i < candidates.count; i++) {
		const struct candidate *candidate = &candidates.rows[i];
		enum candidate_state state = candidate_state(candidate->withdrawn_at,
		    candidate->offer_state, candidate->deadline_at, visit->now);

		for (filter = 0; filter < FILTERS; filter++) {
			counts[filter] += filter_takes(filter, state) ? 1 : 0;
		}
		if (filter_takes(asked, state)) {
			rows[page->applications.count++] = application_row(visit, candidate, state);
		}
	}
	page->filters = filter_rows(visit, asked, counts);
	page->caption = message_cohort_applications_caption(
	    visit->arena, message(filters[asked].name), words_number(visit, counts[asked]));
}

static void
show_seats(struct visit *visit, struct page_cohort_applications *page)
{
	struct offer_count counts = { 0 };
	int64_t taken;

	(void)offer_counts(visit->db, visit->arena,
	    &(struct offer_counts_in){ .cohort_id = visit->cohort->id }, &counts);
	taken = counts.offered + counts.confirmed;
	page->seats_words = message_cohort_seats_taken(
	    visit->arena, words_number(visit, taken), words_number(visit, visit->cohort->seats));
	page->percent = words_percent(visit, taken, visit->cohort->seats);
}

void
applications_show(struct visit *visit)
{
	struct page_cohort_applications page = {
		.name = visit->cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, visit->cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_APPLICATIONS),
	};

	show_candidates(visit, filter_asked(visit), &page);
	show_seats(visit, &page);
	if (page.applications.count == 0) {
		page.part_empty = parts_empty(visit, MESSAGE_COHORT_APPLICATIONS_NONE_TITLE,
		    MESSAGE_COHORT_APPLICATIONS_NONE_WORDS, NULL, MESSAGE_NONE);
	}
	page_cohort_applications(visit_html(visit, 200), &visit->frame, &page);
}
