#include "cohort.h"
#include "model/cohort_due.h"
#include "web/link.h"
#include "web/page/cohort.h"

typedef const char *due_words_fn(struct visit *visit, const struct cohort_due *due);

static const char *
over_words(struct visit *visit, const struct cohort_due *due)
{
	return message_cohort_due_over(visit->arena, due->group_name,
	    words_djangonauts(visit, due->count), words_number(visit, due->most));
}

static const char *
navigator_words(struct visit *visit, const struct cohort_due *due)
{
	return message_cohort_due_navigator(visit->arena, due->group_name);
}

/* "Vega, Altair" */
static const char *
hours_words_of(struct visit *visit, const struct cohort_due *due)
{
	const char *words = due->names[0];

	for (int64_t i = 1; i < due->count; i++) {
		words = message_cohort_roles_and(visit->arena, words, due->names[i]);
	}
	return message_cohort_due_hours(visit->arena, words);
}

static const char *
lapsed_words(struct visit *visit, const struct cohort_due *due)
{
	return due->count == 1
	    ? message(MESSAGE_COHORT_DUE_LAPSED_ONE)
	    : message_cohort_due_lapsed_many(visit->arena, words_number(visit, due->count));
}

static const char *
themes_words(struct visit *visit, const struct cohort_due *due)
{
	return due->count == 1
	    ? message(MESSAGE_COHORT_DUE_THEME)
	    : message_cohort_due_themes(visit->arena, words_number(visit, due->count));
}

static const char *
offers_words(struct visit *visit, const struct cohort_due *due)
{
	return message_cohort_due_offers(
	    visit->arena, words_seats(visit, due->count), words_applicants(visit, due->most));
}

static const char *
groups_words(struct visit *visit, const struct cohort_due *due)
{
	return message_cohort_due_groups(visit->arena, words_djangonauts(visit, due->count));
}

static const char *
placing_words(struct visit *visit, const struct cohort_due *due)
{
	return message_cohort_due_placing(visit->arena, words_djangonauts(visit, due->count));
}

/* How each kind is said, and which page under /organise deals with it. */
static const struct {
	enum message words; /* MESSAGE_NONE: say() */
	due_words_fn *say;
	enum message link_name;
	const char *page; /* "": the overview */
	const char *at; /* element of the page, or NULL */
} kinds[] = {
	[COHORT_DUE_GROUP_OVER] = { MESSAGE_NONE, over_words, MESSAGE_COHORT_DUE_OVER_LINK,
	    "people", "invite" },
	[COHORT_DUE_NAVIGATOR] = { MESSAGE_NONE, navigator_words, MESSAGE_COHORT_DUE_NAVIGATOR_LINK,
	    "people", "invite" },
	[COHORT_DUE_HOURS] = { MESSAGE_NONE, hours_words_of, MESSAGE_COHORT_DUE_HOURS_LINK,
	    "people", "crew" },
	[COHORT_DUE_LAPSED] = { MESSAGE_NONE, lapsed_words, MESSAGE_COHORT_DUE_LAPSED_LINK,
	    "people", "invitations" },
	[COHORT_DUE_PROJECT] = { MESSAGE_COHORT_DUE_PROJECT, NULL, MESSAGE_COHORT_DUE_PROJECT_LINK,
	    "projects", NULL },
	[COHORT_DUE_THEMES] = { MESSAGE_NONE, themes_words, MESSAGE_COHORT_DUE_THEMES_LINK, "weeks",
	    NULL },
	[COHORT_DUE_CHAT] = { MESSAGE_COHORT_DUE_CHAT, NULL, MESSAGE_COHORT_DUE_CHAT_LINK, "edit",
	    "chat_link" },
	[COHORT_DUE_PUBLISH] = { MESSAGE_COHORT_DUE_PUBLISH, NULL, MESSAGE_COHORT_DUE_PUBLISH_LINK,
	    "", "steps" },
	[COHORT_DUE_CRITERIA] = { MESSAGE_PLAN_DUE_CRITERIA, NULL, MESSAGE_PLAN_DUE_CRITERIA_LINK,
	    "criteria", NULL },
	[COHORT_DUE_OFFERS] = { MESSAGE_NONE, offers_words, MESSAGE_COHORT_DUE_OFFERS_LINK,
	    "applications", NULL },
	[COHORT_DUE_GROUPS] = { MESSAGE_NONE, groups_words, MESSAGE_COHORT_DUE_GROUPS_LINK,
	    "groups", NULL },
	[COHORT_DUE_PLACING] = { MESSAGE_NONE, placing_words, MESSAGE_COHORT_DUE_PLACING_LINK,
	    "groups", "unplaced" },
	[COHORT_DUE_FORM_GROUPS] = { MESSAGE_COHORT_DUE_FORM, NULL, MESSAGE_COHORT_DUE_FORM_LINK,
	    "", "steps" },
	[COHORT_DUE_LAUNCH] = { MESSAGE_COHORT_DUE_LAUNCH, NULL, MESSAGE_COHORT_DUE_LAUNCH_LINK, "",
	    "steps" },
};

static const char *
due_link(struct visit *visit, enum cohort_due_kind kind)
{
	const char *link = link_organise(visit->arena, visit->site, visit->cohort->slug);

	if (*kinds[kind].page != '\0') {
		link = link_under(visit->arena, link, kinds[kind].page);
	}
	return kinds[kind].at == NULL ? link : link_at(visit->arena, link, kinds[kind].at);
}

struct page_cohort_organise_due_list
due_rows(struct visit *visit)
{
	struct cohort_due_list due = cohort_due(visit->db, visit->arena, visit->cohort, visit->now);
	struct page_cohort_organise_due *rows =
	    arena_array(visit->arena, due.count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < due.count; i++) {
		const struct cohort_due *item = &due.items[i];

		rows[i].if_due_urgent = item->kind == COHORT_DUE_GROUP_OVER;
		rows[i].due_words = kinds[item->kind].say == NULL
		    ? message(kinds[item->kind].words)
		    : kinds[item->kind].say(visit, item);
		rows[i].due_link = due_link(visit, item->kind);
		rows[i].due_link_name = message(kinds[item->kind].link_name);
	}
	return (struct page_cohort_organise_due_list){ rows, due.count };
}
