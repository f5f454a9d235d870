#include "standup.h"
#include "ground/text.h"

/*
 * Offers what may be quoted now. What was chosen and is not public any more is
 * left out and said, before anybody sees it.
 */
static bool
quotes_read(struct week *week, struct quote_source *quotes, const struct source *sources,
    size_t source_count, size_t *count)
{
	struct form_values *values = week->visit->values;

	sources_offer(week, values, sources, source_count);
	if (!form_ok(values)) {
		values->values[HIGHLIGHT_QUOTES].message =
		    message(MESSAGE_STANDUP_HIGHLIGHT_TAKEN_BACK);
		return false;
	}
	*count = 0;
	for (size_t i = 0; i < source_count; i++) {
		if (sources_chosen(values, &sources[i])) {
			quotes[(*count)++] = sources[i].quote;
		}
	}
	return true;
}

static void
publish(
    struct week *week, const struct member *member, const struct quote_source *quotes, size_t count)
{
	struct visit *visit = week->visit;

	switch (highlight_publish(visit->db, visit->arena, visit->cohort, &week->standup,
	    member->id, form_text(visit->values, HIGHLIGHT_TITLE),
	    form_words(visit->values, HIGHLIGHT_WORDS), quotes, count, visit->now)) {
	case HIGHLIGHT_PUBLISHED:
		week_done(week, MESSAGE_DONE_HIGHLIGHT, "highlights");
		break;
	case HIGHLIGHT_SOURCE_NOT_PUBLIC:
		week_refuse(week, message(MESSAGE_STANDUP_HIGHLIGHT_TAKEN_BACK));
		break;
	case HIGHLIGHT_COHORT_OVER:
		week_refuse_over(week);
		break;
	case HIGHLIGHT_FAULT:
		visit_error(visit, 500);
		break;
	}
}

/*
 * The first press shows what everyone would see, writing nothing; the second
 * publishes it.
 */
void
highlight_send(struct visit *visit)
{
	const struct source *sources;
	struct quote_source *quotes;
	struct member member;
	size_t source_count, count;
	struct week week;

	if (!week_begin(visit, &week) || !week_member(&week, &member)) {
		return;
	}
	week_read(&week);
	source_count = sources_read(&week, &sources);
	quotes = arena_array(visit->arena, source_count + 1, sizeof(*quotes));
	if (!quotes_read(&week, quotes, sources, source_count, &count)) {
		visit_again(visit);
	} else if (!week.may_write) {
		week_refuse_over(&week);
	} else if (text_equal(form_text(visit->values, HIGHLIGHT_STEP), "publish")) {
		publish(&week, &member, quotes, count);
	} else {
		week_show(visit);
	}
}

void
highlight_send_withdrawn(struct visit *visit)
{
	struct highlight highlight;
	struct week week;

	if (!week_begin(visit, &week)) {
		return;
	}
	if (!standup_highlight(visit->db, visit->arena, &week.standup,
		visit_param(visit, "highlight"), &highlight)) {
		visit_not_found(visit);
		return;
	}
	if (highlight_take_back(visit->db, &highlight, visit->now)) {
		week_done(&week, MESSAGE_DONE_HIGHLIGHT_BACK, "highlights");
	} else {
		week_refuse(&week, message(MESSAGE_STANDUP_HIGHLIGHT_WITHDRAWN_BEFORE));
	}
}
