#include <string.h>

#include "cohort.h"
#include "ground/text.h"
#include "web/feed_link.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

/* The instant at which applications open or close, and which of both. */
static void
show_deadline(struct visit *visit, struct page_cohort_show *page)
{
	const struct cohort *cohort = visit->cohort;
	bool ahead = visit->now < cohort->opens_at;
	int64_t instant = ahead ? cohort->opens_at : cohort->closes_at;

	page->deadline_words = message(ahead	 ? MESSAGE_COHORT_WHEN_OPEN
		: visit->now < cohort->closes_at ? MESSAGE_COHORT_WHEN_CLOSE
						 : MESSAGE_COHORT_WHEN_CLOSED);
	page->if_deadline = true;
	page->deadline_instant = time_machine(visit->arena, instant);
	page->deadline = time_words(visit->arena, visit->zone, instant);
}

static void
show_projects(struct visit *visit, struct page_cohort_show *page)
{
	struct project_rows projects = project_of_cohort(visit->db, visit->arena,
	    &(struct project_of_cohort_in){ .cohort_id = visit->cohort->id });
	struct page_cohort_show_projects *rows =
	    arena_array(visit->arena, projects.count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < projects.count; i++) {
		const struct project *project = &projects.rows[i];

		rows[i] = (struct page_cohort_show_projects){
			.project_name = project->name,
			.if_project_link = !text_empty(project->link),
			.project_link = project->link,
			.if_project_description = !text_empty(project->description),
			.project_description = project->description,
		};
	}
	page->projects.rows = rows;
	page->projects.count = projects.count;
}

static void
show_groups(struct visit *visit, struct page_cohort_show *page)
{
	const struct cohort *cohort = visit->cohort;
	struct group_rows groups = group_of_cohort(
	    visit->db, visit->arena, &(struct group_of_cohort_in){ .cohort_id = cohort->id });
	struct group_count_rows counts = group_counts(
	    visit->db, visit->arena, &(struct group_counts_in){ .cohort_id = cohort->id });
	struct page_cohort_show_groups *rows =
	    arena_array(visit->arena, groups.count + 1, sizeof(*rows));
	size_t i;

	if (cohort->groups_formed_at == DB_NULL || groups.count == 0) {
		page->part_empty = parts_empty(visit, MESSAGE_COHORT_GROUPS_NONE_TITLE,
		    MESSAGE_COHORT_GROUPS_NONE_WORDS, NULL, MESSAGE_NONE);
		return;
	}
	for (i = 0; i < groups.count && i < counts.count; i++) {
		const struct group *group = &groups.rows[i];

		rows[i] = (struct page_cohort_show_groups){
			.group_link =
			    link_cohort_group(visit->arena, visit->site, cohort->slug, group->slug),
			.group_name = group->name,
			.group_goal = group->goal,
			.group_project = group->project,
			.group_counts = message_cohort_counts(visit->arena,
			    words_djangonauts(visit, counts.rows[i].djangonauts),
			    words_navigators(visit, counts.rows[i].navigators)),
		};
	}
	page->groups.rows = rows;
	page->groups.count = i;
}

static void
show_ways(struct visit *visit, struct page_cohort_show *page)
{
	const char *slug = visit->cohort->slug;
	const struct feed_name name = { .cohort = slug };
	struct arena *arena = visit->arena;

	page->apply_link = link_apply(arena, visit->site, slug);
	page->if_member = visit_has(visit, ROLES_MEMBERS);
	page->members_link = link_cohort_members(arena, visit->site, slug);
	page->if_organiser = visit_has(visit, ROLE_ORGANISER);
	page->if_people = !page->if_organiser && visit_has(visit, ROLE_ADMINISTRATOR);
	page->organise_link = link_organise(arena, visit->site, slug);
	page->if_feed = visit->frame.site_feeds.count > 0;
	page->feed =
	    link_absolute(arena, visit->site, feed_link(arena, visit->site, &name, FEED_LINK_ATOM));
	page->feed_link = feed_link(arena, visit->site, &name, FEED_LINK_PAGE);
}

void
public_cohort_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	enum cohort_state state = cohort_state(cohort, visit->now);
	struct page_cohort_show page = {
		.name = cohort->name,
		.goal = cohort->goal,
		.state = words_state(visit, cohort),
		.if_open = state == COHORT_OPEN,
		.if_running = state == COHORT_RUNNING,
		.if_draft = state == COHORT_DRAFT,
		.where = words_where(visit, cohort),
		.window = words_window(visit, cohort),
		.dates = words_dates(visit, cohort),
		.seats = words_number(visit, cohort->seats),
		.if_description = !text_empty(cohort->description),
		.description_markdown = markdown_html(visit->arena, cohort->description),
		.part_timeline = parts_timeline(visit, cohort),
		.part_meeting = meeting_list(visit),
		.if_calendar = cohort->published_at != DB_NULL,
		.calendar = link_absolute(visit->arena, visit->site,
		    link_calendar(visit->arena, visit->site, cohort->slug)),
	};

	show_deadline(visit, &page);
	show_ways(visit, &page);
	show_projects(visit, &page);
	show_groups(visit, &page);
	page_cohort_show(visit_html(visit, 200), &visit->frame, &page);
}

/*
 * Under what name the public sees a member of a group: Djangonauts under the
 * public name they chose to show or not at all; who leads a group under the
 * public name they gave, else under their own.
 */
static const char *
public_name(const struct group_member *member)
{
	if (strcmp(member->role, "djangonaut") == 0) {
		return person_public_name(member->public_name, member->show_public_name);
	}
	return text_empty(member->public_name) ? member->name : member->public_name;
}

static void
show_members(struct visit *visit, struct page_cohort_group *page)
{
	struct group_member_rows members = group_members(
	    visit->db, visit->arena, &(struct group_members_in){ .group_id = visit->group->id });
	struct page_part_person *rows = arena_array(visit->arena, members.count + 1, sizeof(*rows));
	int64_t djangonauts = 0;
	size_t i;

	page->part_person.rows = rows;
	for (i = 0; i < members.count; i++) {
		const struct group_member *member = &members.rows[i];
		const char *name = public_name(member);

		djangonauts += strcmp(member->role, "djangonaut") == 0;
		if (name != NULL) {
			rows[page->part_person.count++] =
			    parts_person(visit, name, NULL, words_role(member->role));
		}
	}
	page->djangonauts = words_djangonauts(visit, djangonauts);
	if (page->part_person.count == 0) {
		page->part_empty = parts_empty(visit, MESSAGE_COHORT_GROUP_NOBODY_TITLE,
		    MESSAGE_COHORT_GROUP_NOBODY_WORDS, NULL, MESSAGE_NONE);
	}
}

static void
show_feed(struct visit *visit, struct page_cohort_group *page)
{
	const struct feed_name name = { .cohort = visit->cohort->slug,
		.group = visit->group->slug };

	/* The cohort's is there before its groups' are. */
	page->if_feed = visit->frame.site_feeds.count > 1;
	page->feed = link_absolute(
	    visit->arena, visit->site, feed_link(visit->arena, visit->site, &name, FEED_LINK_ATOM));
	page->feed_link = feed_link(visit->arena, visit->site, &name, FEED_LINK_PAGE);
}

/* Before groups are announced nobody but those who lead them sees one. */
void
public_group_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	const struct group *group = visit->group;
	struct page_cohort_group page = {
		.name = group->name,
		.cohort = cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, cohort->slug),
		.goal = group->goal,
		.project = group->project,
		.levels = words_levels(visit, group->level_low, group->level_high),
		.meeting = words_meeting(visit, group),
		.if_unannounced = cohort->groups_formed_at == DB_NULL,
		.if_inside = visit_has(visit, ROLES_MEMBERS),
		.standup_link =
		    link_standup_group(visit->arena, visit->site, cohort->slug, group->slug),
	};

	if (page.if_unannounced && !visit_has(visit, ROLES_FACILITATORS)) {
		visit_not_found(visit);
		return;
	}
	show_members(visit, &page);
	show_feed(visit, &page);
	page_cohort_group(visit_html(visit, 200), &visit->frame, &page);
}
