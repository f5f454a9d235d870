#include <inttypes.h>
#include <string.h>

#include "web/link.h"
#include "web/request.h"

const char *
link_absolute(struct arena *arena, const struct site *site, const char *link)
{
	return arena_format(arena, "%s%s", site->origin, link);
}

const char *
link_with(struct arena *arena, const char *link, const char *name, const char *value)
{
	size_t before = strcspn(link, "#");

	return arena_format(arena, "%.*s%c%s=%s%s", (int)before, link,
	    memchr(link, '?', before) == NULL ? '?' : '&', name, request_escape(arena, value),
	    link + before);
}

const char *
link_at(struct arena *arena, const char *link, const char *id)
{
	return arena_format(arena, "%s#%s", link, request_escape(arena, id));
}

const char *
link_under(struct arena *arena, const char *link, const char *part)
{
	return arena_format(arena, "%s/%s", link, request_escape(arena, part));
}

/* The root and a fixed path. */
static const char *
link_fixed(struct arena *arena, const struct site *site, const char *path)
{
	return arena_format(arena, "%s%s", site->root, path);
}

/* The root, a fixed path, one captured part, and a fixed rest. */
static const char *
link_part(struct arena *arena, const struct site *site, const char *path, const char *part,
    const char *rest)
{
	return arena_format(
	    arena, "%s%s/%s%s", site->root, path, request_escape(arena, part), rest);
}

const char *
link_home(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/");
}

const char *
link_cohorts(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/cohort/");
}

const char *
link_cohort(struct arena *arena, const struct site *site, const char *cohort)
{
	return link_part(arena, site, "/cohort", cohort, "");
}

const char *
link_cohort_members(struct arena *arena, const struct site *site, const char *cohort)
{
	return link_part(arena, site, "/cohort", cohort, "/members");
}

const char *
link_cohort_group(
    struct arena *arena, const struct site *site, const char *cohort, const char *group)
{
	return link_under(arena, link_part(arena, site, "/cohort", cohort, "/group"), group);
}

const char *
link_cohort_new(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/cohort/new");
}

const char *
link_sign_in(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/cohort/sign-in");
}

const char *
link_sign_in_next(struct arena *arena, const struct site *site, const char *next)
{
	const char *link = link_sign_in(arena, site);

	if (next == NULL) {
		return link;
	}
	return link_with(arena, link, "next", arena_format(arena, "%s%s", site->root, next));
}

const char *
link_entrance(struct arena *arena, const struct site *site, const char *token)
{
	return link_part(arena, site, "/cohort/enter", token, "");
}

const char *
link_me(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/cohort/me");
}

const char *
link_sessions(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/cohort/me/sessions");
}

const char *
link_address(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/cohort/me/address");
}

const char *
link_address_confirm(struct arena *arena, const struct site *site, const char *token)
{
	return link_part(arena, site, "/cohort/address", token, "");
}

const char *
link_own_data(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/cohort/me/data");
}

const char *
link_secret_addresses(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/cohort/me/addresses");
}

const char *
link_erase(struct arena *arena, const struct site *site, const char *token)
{
	return link_part(arena, site, "/cohort/erase", token, "");
}

const char *
link_invitation(struct arena *arena, const struct site *site, const char *token)
{
	return link_part(arena, site, "/cohort/invitation", token, "");
}

const char *
link_hours(struct arena *arena, const struct site *site, const char *cohort)
{
	return link_part(arena, site, "/cohort", cohort, "/hours");
}

const char *
link_review(struct arena *arena, const struct site *site, const char *cohort)
{
	return link_part(arena, site, "/cohort", cohort, "/review");
}

const char *
link_review_of(
    struct arena *arena, const struct site *site, const char *cohort, const char *application)
{
	return link_under(arena, link_review(arena, site, cohort), application);
}

const char *
link_people(struct arena *arena, const struct site *site, const char *cohort)
{
	return link_part(arena, site, "/cohort", cohort, "/organise/people");
}

const char *
link_tell_me(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/cohort/tell-me");
}

const char *
link_tell_me_confirm(struct arena *arena, const struct site *site, const char *token)
{
	return link_part(arena, site, "/cohort/tell-me", token, "");
}

const char *
link_stop(struct arena *arena, const struct site *site, const char *token)
{
	return link_part(arena, site, "/cohort/stop", token, "");
}

const char *
link_offer(struct arena *arena, const struct site *site, const char *key)
{
	return link_part(arena, site, "/cohort/offer", key, "");
}

const char *
link_organise(struct arena *arena, const struct site *site, const char *cohort)
{
	return link_part(arena, site, "/cohort", cohort, "/organise");
}

const char *
link_organise_applications(struct arena *arena, const struct site *site, const char *cohort)
{
	return link_part(arena, site, "/cohort", cohort, "/organise/applications");
}

const char *
link_organise_applications_csv(struct arena *arena, const struct site *site, const char *cohort)
{
	return link_part(arena, site, "/cohort", cohort, "/organise/applications.csv");
}

const char *
link_organise_application(
    struct arena *arena, const struct site *site, const char *cohort, const char *application)
{
	return link_under(arena, link_organise_applications(arena, site, cohort), application);
}

const char *
link_late(struct arena *arena, const struct site *site, const char *cohort)
{
	return link_part(arena, site, "/cohort", cohort, "/organise/late");
}

const char *
link_organise_groups(struct arena *arena, const struct site *site, const char *cohort)
{
	return link_part(arena, site, "/cohort", cohort, "/organise/groups");
}

const char *
link_organise_group_new(struct arena *arena, const struct site *site, const char *cohort)
{
	return link_under(arena, link_organise_groups(arena, site, cohort), "new");
}

const char *
link_organise_group(
    struct arena *arena, const struct site *site, const char *cohort, const char *group)
{
	return link_under(arena, link_organise_groups(arena, site, cohort), group);
}

const char *
link_settings(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/cohort/settings");
}

const char *
link_report(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/cohort/conduct/report");
}

const char *
link_privacy(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/cohort/privacy");
}

const char *
link_contact(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/cohort/contact");
}

const char *
link_apply_all(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/apply/");
}

const char *
link_apply(struct arena *arena, const struct site *site, const char *cohort)
{
	return link_part(arena, site, "/apply", cohort, "");
}

const char *
link_apply_received(
    struct arena *arena, const struct site *site, const char *cohort, const char *key)
{
	return link_under(arena, link_part(arena, site, "/apply", cohort, "/received"), key);
}

const char *
link_apply_confirm(struct arena *arena, const struct site *site, const char *token)
{
	return link_part(arena, site, "/apply/confirm", token, "");
}

const char *
link_apply_draft(struct arena *arena, const struct site *site, const char *token)
{
	return link_part(arena, site, "/apply/draft", token, "");
}

const char *
link_apply_code(struct arena *arena, const struct site *site, const char *cohort)
{
	return link_part(arena, site, "/apply", cohort, "/code");
}

const char *
link_apply_mine(struct arena *arena, const struct site *site, const char *application)
{
	return link_part(arena, site, "/apply/mine", application, "");
}

const char *
link_standups(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/standup/");
}

const char *
link_standup_group(
    struct arena *arena, const struct site *site, const char *cohort, const char *group)
{
	return link_under(arena, link_part(arena, site, "/standup", cohort, ""), group);
}

const char *
link_standup(struct arena *arena, const struct site *site, const char *cohort, const char *group,
    int64_t week)
{
	return arena_format(
	    arena, "%s/%" PRId64, link_standup_group(arena, site, cohort, group), week);
}

const char *
link_feed(struct arena *arena, const struct site *site)
{
	return link_fixed(arena, site, "/feed/");
}

const char *
link_calendar(struct arena *arena, const struct site *site, const char *cohort)
{
	return link_part(arena, site, "/feed", cohort, ".ics");
}

const char *
link_secret_feed(struct arena *arena, const struct site *site, const char *token)
{
	return link_part(arena, site, "/feed/private", token, ".atom");
}

const char *
link_secret_calendar(struct arena *arena, const struct site *site, const char *token)
{
	return link_part(arena, site, "/feed/calendar", token, ".ics");
}
