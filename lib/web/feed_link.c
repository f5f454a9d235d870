#include "web/feed_link.h"

#include <inttypes.h>
#include <stddef.h>

#include "web/link.h"

/* What a form's address ends in. */
static const char *
suffix(enum feed_link_form form)
{
	switch (form) {
	case FEED_LINK_ATOM:
		return ".atom";
	case FEED_LINK_JSON:
		return ".json";
	case FEED_LINK_PAGE:
	default:
		return "";
	}
}

/* "/feed/orion/deneb", "/feed/all": what all addresses of a feed begin with. */
static const char *
stem(struct arena *arena, const struct site *site, const struct feed_name *name)
{
	const char *feeds = arena_format(arena, "%s/feed", site->root);

	if (name->kind != NULL) {
		return link_under(arena, link_under(arena, feeds, "kind"), name->kind);
	}
	if (name->cohort == NULL) {
		return link_under(arena, feeds, "all");
	}
	feeds = link_under(arena, feeds, name->cohort);
	return name->group == NULL ? feeds : link_under(arena, feeds, name->group);
}

const char *
feed_link(struct arena *arena, const struct site *site, const struct feed_name *name,
    enum feed_link_form form)
{
	if (form == FEED_LINK_PAGE && name->kind == NULL && name->cohort == NULL) {
		return link_feed(arena, site);
	}
	return arena_format(arena, "%s%s", stem(arena, site, name), suffix(form));
}

const char *
feed_link_archive(struct arena *arena, const struct site *site, const struct feed_name *name,
    enum feed_link_form form, int64_t number, int64_t generation)
{
	const char *archives = arena_format(arena, "%s/archive", stem(arena, site, name));

	if (form == FEED_LINK_PAGE) {
		return arena_format(arena, "%s/%" PRId64, archives, number);
	}
	return arena_format(
	    arena, "%s/%" PRId64 "-%" PRId64 "%s", archives, number, generation, suffix(form));
}

const char *
feed_link_highlight(struct arena *arena, const struct site *site, const char *cohort,
    const char *group, const char *highlight)
{
	const struct feed_name name = { .cohort = cohort, .group = group };

	return link_under(
	    arena, arena_format(arena, "%s/highlight", stem(arena, site, &name)), highlight);
}
