#include <string.h>

#include "applications.h"
#include "ground/text.h"
#include "model/level.h"
#include "web/csv.h"
#include "web/link.h"

static const struct {
	const char *word; /* of ?state= */
	enum message name;
} stages[LISTING_STAGES] = {
	[LISTING_ANY_STAGE] = { "", MESSAGE_RANKING_STAGE_ANY },
	[LISTING_UNDECIDED] = { "undecided", MESSAGE_RANKING_STAGE_UNDECIDED },
	[LISTING_PENDING_OFFER] = { "to-offer", MESSAGE_RANKING_STAGE_PENDING_OFFER },
	[LISTING_PENDING_WAITLIST] = { "to-waitlist", MESSAGE_RANKING_STAGE_PENDING_WAITLIST },
	[LISTING_PENDING_DECLINE] = { "to-decline", MESSAGE_RANKING_STAGE_PENDING_DECLINE },
	[LISTING_OFFERED] = { "offered", MESSAGE_RANKING_STAGE_OFFERED },
	[LISTING_CONFIRMED] = { "confirmed", MESSAGE_RANKING_STAGE_CONFIRMED },
	[LISTING_REFUSED] = { "refused", MESSAGE_RANKING_STAGE_REFUSED },
	[LISTING_LAPSED] = { "lapsed", MESSAGE_RANKING_STAGE_LAPSED },
	[LISTING_WAITLISTED] = { "waitlisted", MESSAGE_RANKING_STAGE_WAITLISTED },
	[LISTING_DECLINED] = { "declined", MESSAGE_RANKING_STAGE_DECLINED },
	[LISTING_CLOSED] = { "closed", MESSAGE_RANKING_STAGE_CLOSED },
	[LISTING_WITHDRAWN] = { "withdrawn", MESSAGE_RANKING_STAGE_WITHDRAWN },
};

static const struct {
	const char *word; /* of ?sort= */
	enum message name;
	bool begins_high;
} orders[LISTING_ORDERS] = {
	[LISTING_NAME] = { "name", MESSAGE_RANKING_COLUMN_NAME, false },
	[LISTING_REVIEWS] = { "reviews", MESSAGE_RANKING_COLUMN_REVIEWS, true },
	[LISTING_RAW] = { "raw", MESSAGE_RANKING_COLUMN_RAW, true },
	[LISTING_ADJUSTED] = { "adjusted", MESSAGE_RANKING_COLUMN_ADJUSTED, true },
	[LISTING_DISAGREEMENT] = { "disagreement", MESSAGE_RANKING_COLUMN_DISAGREEMENT, true },
	[LISTING_FLAGS] = { "flags", MESSAGE_RANKING_COLUMN_FLAGS, true },
	[LISTING_LEVEL] = { "level", MESSAGE_RANKING_COLUMN_LEVEL, false },
	[LISTING_PROJECTS] = { "projects", MESSAGE_RANKING_COLUMN_PROJECTS, false },
	[LISTING_HOURS] = { "hours", MESSAGE_RANKING_COLUMN_HOURS, true },
	[LISTING_EARLIER] = { "earlier", MESSAGE_RANKING_COLUMN_EARLIER, true },
	[LISTING_WAITLISTS] = { "waitlists", MESSAGE_RANKING_COLUMN_WAITLISTS, true },
	[LISTING_STANDING] = { "state", MESSAGE_RANKING_COLUMN_STANDING, false },
};

/* Most of what is typed to be looked for, in bytes: names are shorter. */
enum { TEXT_MOST = 200 };

const char *
applications_stage_word(enum listing_stage stage)
{
	return stages[stage].word;
}

const char *
applications_stage_name(enum listing_stage stage)
{
	return message(stages[stage].name);
}

const char *
applications_order_word(enum listing_order order)
{
	return orders[order].word;
}

const char *
applications_column_name(enum listing_order order)
{
	return message(orders[order].name);
}

bool
applications_begins_high(enum listing_order order)
{
	return orders[order].begins_high;
}

bool
applications_is_number(enum listing_order order)
{
	return orders[order].begins_high && order != LISTING_REVIEWS;
}

static enum listing_stage
stage_asked(const struct visit *visit)
{
	const char *word = visit_query(visit, "state");
	int i;

	for (i = LISTING_STAGES - 1; i > LISTING_ANY_STAGE; i--) {
		if (text_equal(stages[i].word, word)) {
			break;
		}
	}
	return (enum listing_stage)i;
}

static enum listing_order
order_asked(const struct visit *visit)
{
	const char *word = visit_query(visit, "sort");
	int i;

	for (i = 0; i < LISTING_ORDERS; i++) {
		if (text_equal(orders[i].word, word)) {
			return (enum listing_order)i;
		}
	}
	return LISTING_ADJUSTED;
}

static int64_t
number_asked(const struct visit *visit, const char *name, int64_t most, int64_t otherwise)
{
	const char *text = visit_query(visit, name);
	int64_t number;

	return text != NULL && text_integer(text, 1, most, &number) ? number : otherwise;
}

static int
reviewed_asked(const struct visit *visit)
{
	const char *word = visit_query(visit, "reviewed");

	if (text_equal(word, "enough")) {
		return 1;
	}
	return text_equal(word, "few") ? -1 : 0;
}

struct applications_asked
applications_asked(struct visit *visit)
{
	const char *text = visit_query(visit, "text"), *way = visit_query(visit, "order");
	struct applications_asked asked = {
		.wish = { .level = number_asked(visit, "level", LEVEL_COUNT, 0),
		    .project = number_asked(visit, "project", INT32_MAX, 0),
		    .stage = stage_asked(visit),
		    .reviewed = reviewed_asked(visit),
		    .is_flagged = text_equal(visit_query(visit, "flagged"), "yes"),
		    .was_waitlisted = text_equal(visit_query(visit, "waited"), "yes") },
		.order = order_asked(visit),
		.page = number_asked(visit, "page", INT32_MAX, 1),
	};

	if (text != NULL && strlen(text) <= TEXT_MOST && !text_has_control(text)) {
		asked.wish.text = text_trim(visit->arena, text);
	}
	asked.is_descending =
	    way == NULL ? applications_begins_high(asked.order) : text_equal(way, "down");
	return asked;
}

bool
applications_is_narrowed(const struct applications_asked *asked)
{
	const struct listing_wish *wish = &asked->wish;

	return wish->level != 0 || wish->project != 0 || wish->stage != LISTING_ANY_STAGE ||
	    wish->reviewed != 0 || wish->is_flagged || wish->was_waitlisted ||
	    !text_empty(wish->text);
}

static const char *
narrowed_link(struct visit *visit, const char *link, const struct listing_wish *wish)
{
	struct arena *arena = visit->arena;

	if (!text_empty(wish->text)) {
		link = link_with(arena, link, "text", wish->text);
	}
	if (wish->level != 0) {
		link = link_with(arena, link, "level", words_number(visit, wish->level));
	}
	if (wish->project != 0) {
		link = link_with(arena, link, "project", words_number(visit, wish->project));
	}
	if (wish->stage != LISTING_ANY_STAGE) {
		link = link_with(arena, link, "state", stages[wish->stage].word);
	}
	if (wish->reviewed != 0) {
		link = link_with(arena, link, "reviewed", wish->reviewed > 0 ? "enough" : "few");
	}
	if (wish->is_flagged) {
		link = link_with(arena, link, "flagged", "yes");
	}
	return wish->was_waitlisted ? link_with(arena, link, "waited", "yes") : link;
}

const char *
applications_link(struct visit *visit, const char *link, const struct applications_asked *asked)
{
	struct arena *arena = visit->arena;

	link = narrowed_link(visit, link, &asked->wish);
	if (asked->order != LISTING_ADJUSTED) {
		link = link_with(arena, link, "sort", orders[asked->order].word);
	}
	if (asked->is_descending != orders[asked->order].begins_high) {
		link = link_with(arena, link, "order", asked->is_descending ? "down" : "up");
	}
	return asked->page > 1 ? link_with(arena, link, "page", words_number(visit, asked->page))
			       : link;
}

const char *
applications_points(struct visit *visit, int64_t thousandths)
{
	struct bytes *out;

	if (thousandths == LISTING_NONE) {
		return message(MESSAGE_RANKING_DASH);
	}
	out = bytes_new(visit->arena);
	csv_thousandths(out, thousandths);
	return arena_copy_bytes(visit->arena, out->data, out->length - 1);
}
