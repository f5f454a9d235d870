#include <inttypes.h>

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

/* The same of what a new highlight follows up. */
static bool
followed_read(struct week *week, int64_t *follows_id)
{
	struct form_values *values = week->visit->values;
	struct highlight_line followed;

	*follows_id = DB_NULL;
	if (highlight_form_followed(week, &followed)) {
		*follows_id = followed.id;
	} else if (form_text(values, HIGHLIGHT_FOLLOWS) != NULL) {
		values->values[HIGHLIGHT_FOLLOWS].text = "";
		form_refuse(values, HIGHLIGHT_FOLLOWS, message(MESSAGE_HIGHLIGHT_FOLLOWED_BACK));
		return false;
	}
	return true;
}

/* The words of a form of either kind. False: something of it is not there any
 * more, and the form says so. */
static bool
words_read(struct week *week, struct highlight_words *words)
{
	struct visit *visit = week->visit;
	const struct source *sources;
	struct quote_source *quotes;
	size_t source_count = sources_read(week, &sources);

	quotes = arena_array(visit->arena, source_count + 1, sizeof(*quotes));
	words->title = form_text(visit->values, HIGHLIGHT_TITLE);
	words->body = form_words(visit->values, HIGHLIGHT_WORDS);
	words->quotes = quotes;
	return quotes_read(week, quotes, sources, source_count, &words->count);
}

/*
 * Both versions are shown: theirs on the page, this one in the form, which now
 * stands on the newer one, so that sending it once more replaces that.
 */
static void
refuse_changed(struct week *week, const struct highlight *highlight)
{
	week->visit->values->values[HIGHLIGHT_REVISION].text =
	    arena_format(week->arena, "%" PRId64, highlight->revision);
	week_refuse(week, message(MESSAGE_HIGHLIGHT_CHANGED));
}

/* Answers by what became of it; highlight NULL: a new one. */
static void
answer(struct week *week, enum highlight_outcome outcome, const struct highlight *highlight)
{
	switch (outcome) {
	case HIGHLIGHT_PUBLISHED:
		if (highlight == NULL) {
			week_done(week, MESSAGE_DONE_HIGHLIGHT, "highlights");
		} else {
			week_done(week, MESSAGE_DONE_HIGHLIGHT_EDITED,
			    arena_format(week->arena, "highlight-%s", highlight->key));
		}
		break;
	case HIGHLIGHT_SOURCE_NOT_PUBLIC:
		week_refuse(week, message(MESSAGE_STANDUP_HIGHLIGHT_TAKEN_BACK));
		break;
	case HIGHLIGHT_FOLLOWS_NO_OTHER:
		week_refuse(week, message(MESSAGE_HIGHLIGHT_FOLLOWED_BACK));
		break;
	case HIGHLIGHT_CHANGED_MEANWHILE:
		refuse_changed(week, highlight);
		break;
	case HIGHLIGHT_WITHDRAWN:
		week_refuse(week, message(MESSAGE_HIGHLIGHT_GONE));
		break;
	case HIGHLIGHT_COHORT_OVER:
		week_refuse_over(week);
		break;
	case HIGHLIGHT_FAULT:
		visit_error(week->visit, 500);
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
	struct highlight_words words;
	struct member member;
	int64_t follows_id;
	struct week week;

	if (!week_begin(visit, &week) || !week_member(&week, &member)) {
		return;
	}
	week_read(&week);
	if (!words_read(&week, &words) || !followed_read(&week, &follows_id)) {
		visit_again(visit);
	} else if (!week.may_write) {
		week_refuse_over(&week);
	} else if (highlight_form_publishes(visit->values)) {
		answer(&week,
		    highlight_publish(visit->db, visit->arena, visit->cohort, &week.standup,
			member.id, &words, follows_id, visit->now),
		    NULL);
	} else {
		week_show(visit);
	}
}

static bool
find_highlight(struct week *week, struct highlight *highlight)
{
	struct visit *visit = week->visit;

	if (standup_highlight(visit->db, visit->arena, &week->standup,
		visit_param(visit, "highlight"), highlight)) {
		return true;
	}
	visit_not_found(visit);
	return false;
}

/* As with a new one: shown first, saved by the second press. */
void
highlight_send_edit(struct visit *visit)
{
	struct highlight_words words;
	struct highlight highlight;
	int64_t revision = 0;
	struct week week;

	if (!week_begin(visit, &week) || !find_highlight(&week, &highlight)) {
		return;
	}
	week_read(&week);
	(void)text_integer(form_text(visit->values, HIGHLIGHT_REVISION), 1, INT64_MAX, &revision);
	if (!words_read(&week, &words)) {
		visit_again(visit);
	} else if (highlight_form_publishes(visit->values)) {
		answer(&week,
		    highlight_edit(visit->db, visit->arena, visit->cohort, &highlight, &words,
			revision, visit->now),
		    &highlight);
	} else {
		highlight_edit_show(visit);
	}
}

void
highlight_send_withdrawn(struct visit *visit)
{
	struct highlight highlight;
	struct week week;

	if (!week_begin(visit, &week) || !find_highlight(&week, &highlight)) {
		return;
	}
	if (highlight_take_back(visit->db, &highlight, visit->now)) {
		week_done(&week, MESSAGE_DONE_HIGHLIGHT_BACK, "highlights");
	} else {
		week_refuse(&week, message(MESSAGE_STANDUP_HIGHLIGHT_WITHDRAWN_BEFORE));
	}
}
