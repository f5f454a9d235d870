#include <inttypes.h>

#include "standup.h"
#include "ground/text.h"
#include "web/link.h"
#include "web/time.h"

static const char *
digits(struct arena *arena, int64_t number)
{
	return arena_format(arena, "%" PRId64, number);
}

size_t
group_places(const struct group *group, struct group_place places[GROUP_PLACES])
{
	const struct group_place all[GROUP_PLACES] = {
		{ message(MESSAGE_STANDUP_PLACE_ROOM), group->room_link },
		{ message(MESSAGE_STANDUP_PLACE_CHAT), group->chat_link },
		{ message(MESSAGE_STANDUP_PLACE_WORKBOOK), group->workbook_link },
	};
	size_t count = 0;

	for (size_t i = 0; i < GROUP_PLACES; i++) {
		if (!text_empty(all[i].link)) {
			places[count++] = all[i];
		}
	}
	return count;
}

static void
fill_places(struct visit *visit, struct page_standup_group *page)
{
	struct page_standup_group_links *rows =
	    arena_array(visit->arena, GROUP_PLACES, sizeof(*rows));
	struct group_place places[GROUP_PLACES];
	size_t count = group_places(visit->group, places);

	for (size_t i = 0; i < count; i++) {
		rows[i].place = places[i].name;
		rows[i].place_link = places[i].link;
	}
	page->links.rows = rows;
	page->links.count = count;
}

static const char *
check_in_words(struct arena *arena, int64_t count)
{
	if (count == 0) {
		return message(MESSAGE_STANDUP_CHECK_INS_NONE);
	}
	return count == 1 ? message(MESSAGE_STANDUP_CHECK_INS_ONE)
			  : message_standup_check_ins(arena, digits(arena, count));
}

static const char *
question_words(struct arena *arena, int64_t count)
{
	return count == 1 ? message(MESSAGE_STANDUP_OPEN_ONE)
			  : message_standup_open(arena, digits(arena, count));
}

static struct page_standup_group_weeks
week_row(struct visit *visit, const struct standup_week *week, int week_now)
{
	struct arena *arena = visit->arena;

	return (struct page_standup_group_weeks){
		.week_number = digits(arena, week->week),
		.week_theme =
		    text_empty(week->theme) ? message(MESSAGE_STANDUP_THEME_NONE) : week->theme,
		.week_link = link_standup(
		    arena, visit->site, visit->cohort->slug, visit->group->slug, week->week),
		.week_time = time_words(arena, visit->zone, week->starts_at),
		.week_machine = time_machine(arena, week->starts_at),
		.if_week_now = week->week == week_now,
		.if_week_past = week->week < week_now,
		.if_facilitator = week->facilitator != NULL,
		.facilitator = week->facilitator,
		.if_week_counts =
		    week->week <= week_now || week->check_ins > 0 || week->open_questions > 0,
		.check_ins = check_in_words(arena, week->check_ins),
		.if_open_questions = week->open_questions > 0,
		.open_questions = question_words(arena, week->open_questions),
		.if_objectives = !text_empty(week->objectives),
		.objectives = week->objectives,
	};
}

static const char *
now_words(struct visit *visit, int week_now)
{
	if (week_now < 0) {
		return message(MESSAGE_STANDUP_BEFORE);
	}
	if (week_now > visit->cohort->weeks) {
		return message(MESSAGE_STANDUP_AFTER);
	}
	return message_standup_now(visit->arena, digits(visit->arena, week_now),
	    digits(visit->arena, visit->cohort->weeks));
}

/* Where we are: the current week, and the next stand-up to come. */
static void
fill_now(struct visit *visit, struct standup_week_rows weeks, int week_now,
    struct page_standup_group *page)
{
	struct arena *arena = visit->arena;

	page->if_now = true;
	page->now = now_words(visit, week_now);
	for (size_t i = 0; i < weeks.count; i++) {
		const struct standup_week *week = &weeks.rows[i];

		if (week->week == week_now) {
			page->if_this_week = true;
			page->this_week_link = link_standup(arena, visit->site, visit->cohort->slug,
			    visit->group->slug, week->week);
		}
		if (!page->if_next && week->starts_at >= visit->now) {
			page->if_next = true;
			page->next = time_words(arena, visit->zone, week->starts_at);
			page->next_machine = time_machine(arena, week->starts_at);
			page->next_in = time_distance(arena, week->starts_at, visit->now);
		}
	}
}

static void
fill_group(struct visit *visit, struct page_standup_group *page)
{
	const struct group *group = visit->group;
	struct arena *arena = visit->arena;
	int64_t minutes =
	    ((group->meeting_time[0] - '0') * 10 + group->meeting_time[1] - '0') * 60 +
	    (group->meeting_time[3] - '0') * 10 + group->meeting_time[4] - '0';

	page->groups_link = link_standups(arena, visit->site);
	page->group = group->name;
	page->goal = group->goal;
	page->project = group->project;
	page->cohort = visit->cohort->name;
	page->cohort_link = link_cohort(arena, visit->site, visit->cohort->slug);
	/* By a secret address, which is for those who sit here. */
	page->if_followed = visit->cohort->published_at != DB_NULL &&
	    visit_has(visit, ROLE_DJANGONAUT | ROLE_NAVIGATOR | ROLE_CAPTAIN);
	page->follow_link = link_secret_addresses(arena, visit->site);
	page->weekly =
	    time_weekly(arena, (int)group->meeting_weekday, minutes, group->meeting_zone);
}

void
group_show(struct visit *visit)
{
	struct standup_reader reader = { visit->person->id, visit->roles };
	struct standup_week_rows weeks =
	    standup_weeks(visit->db, visit->arena, visit->group, &reader);
	struct page_standup_group_weeks *rows =
	    arena_array(visit->arena, weeks.count + 1, sizeof(*rows));
	int week_now = cohort_week_now(visit->cohort, visit->now);
	struct page_part_empty none = {
		.empty_title = message(MESSAGE_STANDUP_WEEKS_NONE_TITLE),
		.if_empty_words = true,
		.empty_words = message(MESSAGE_STANDUP_WEEKS_NONE_WORDS),
	};
	struct page_standup_group page = {
		.part_empty = { &none, weeks.count == 0 ? 1 : 0 },
		.weeks = { rows, weeks.count },
	};

	for (size_t i = 0; i < weeks.count; i++) {
		rows[i] = week_row(visit, &weeks.rows[i], week_now);
	}
	fill_group(visit, &page);
	fill_places(visit, &page);
	fill_now(visit, weeks, week_now, &page);
	page_standup_group(visit_html(visit, 200), &visit->frame, &page);
}
