/* Made by lib/web/build/messages from www/mail. */
#include "wording.h"

static const struct wording_placeholder sample_offer_placeholders[] = {
	{ "cohort", MESSAGE_WORDING_SAMPLE_COHORT, false, false },
	{ "name", MESSAGE_NONE, false, false },
	{ "link", MESSAGE_NONE, true, true },
};

static const struct wording_placeholder sample_report_placeholders[] = {
	{ "thing", MESSAGE_NONE, false, false },
	{ "words", MESSAGE_NONE, false, true },
};

const struct wording_kind wording_kinds[] = {
	{ "sample_offer",
	    "Your place in {cohort}",
	    "Dear {name},\n\nthere is a place for **you**:\n\n<{link}>\n\nGood bye\n",
	    sample_offer_placeholders, 3 },
	{ "sample_report",
	    "A report {{of}} {thing}",
	    "What somebody said: {words}. Take {{{thing}}}.\n",
	    sample_report_placeholders, 2 },
	{ "sample_short",
	    "Hello",
	    "Nothing to fill in.\n",
	    NULL, 0 },
};

const size_t wording_kind_count = 3;

struct wording
wording_sample_offer(struct arena *arena,
    const struct wording_words *words, const struct wording_sample_offer *values)
{
	const char *const list[] = {
		values->cohort,
		values->name,
		values->link,
		NULL
	};

	return wording_fill(arena, &wording_kinds[0], words, list);
}

struct wording
wording_sample_report(struct arena *arena,
    const struct wording_words *words, const struct wording_sample_report *values)
{
	const char *const list[] = {
		values->thing,
		values->words,
		NULL
	};

	return wording_fill(arena, &wording_kinds[1], words, list);
}

struct wording
wording_sample_short(struct arena *arena,
    const struct wording_words *words, const struct wording_sample_short *values)
{
	const char *const list[] = {
		NULL
	};

	(void)values;
	return wording_fill(arena, &wording_kinds[2], words, list);
}
