#include <string.h>

#include "cohort.h"
#include "ground/text.h"
#include "web/level.h"
#include "web/link.h"
#include "web/page/cohort.h"

enum {
	GROUP_NAME_MAX = 80,
	GROUP_GOAL_MAX = 300,
	GROUP_LINK_MAX = 500,
	GROUP_SLUG_MAX = 40,
	GROUP_SEATS_MAX = 1000,
	GROUP_MINUTES_MIN = 10,
	GROUP_MINUTES_MAX = 240,
	GROUP_MINUTES_DEFAULT = 60,
	GROUP_LEVEL_DEFAULT = 2,
	MINUTES_AN_HOUR = 60,
	WEEKDAYS = 7
};

enum {
	GROUP_NAME,
	GROUP_PROJECT,
	GROUP_GOAL,
	GROUP_LEVEL_LOW,
	GROUP_LEVEL_HIGH,
	GROUP_SEATS,
	GROUP_WEEKDAY,
	GROUP_TIME,
	GROUP_ZONE,
	GROUP_MINUTES,
	GROUP_ROOM,
	GROUP_CHAT,
	GROUP_WORKBOOK,
	GROUP_SLUG,
	GROUP_REVISION = GROUP_SLUG,
	GROUP_COUNT
};

static const struct choice weekdays[WEEKDAYS] = {
	{ "0", NULL, MESSAGE_WEB_WEEKDAY_MONDAY, NULL },
	{ "1", NULL, MESSAGE_WEB_WEEKDAY_TUESDAY, NULL },
	{ "2", NULL, MESSAGE_WEB_WEEKDAY_WEDNESDAY, NULL },
	{ "3", NULL, MESSAGE_WEB_WEEKDAY_THURSDAY, NULL },
	{ "4", NULL, MESSAGE_WEB_WEEKDAY_FRIDAY, NULL },
	{ "5", NULL, MESSAGE_WEB_WEEKDAY_SATURDAY, NULL },
	{ "6", NULL, MESSAGE_WEB_WEEKDAY_SUNDAY, NULL },
};

#define GROUP_LEVEL(field, title, words) \
	{ \
		.name = field, .kind = FIELD_CHOICE, .label = title, .help = words, \
		.required = true \
	}

#define GROUP_URL(name, label, help) \
	{ \
		name, FIELD_URL, label, help, .max = GROUP_LINK_MAX \
	}

/* Written once, for the making and the changing. */
#define GROUP_FIELDS \
	[GROUP_NAME] = { "name", FIELD_LINE, MESSAGE_COHORT_GROUP_NAME_LABEL, .required = true, \
		.max = GROUP_NAME_MAX }, \
	[GROUP_PROJECT] = { "project", FIELD_CHOICE, MESSAGE_COHORT_GROUP_PROJECT_LABEL, \
		.required = true }, \
	[GROUP_GOAL] = { "goal", FIELD_LINE, MESSAGE_COHORT_GROUP_GOAL_LABEL, \
		MESSAGE_COHORT_GROUP_GOAL_HELP, true, .max = GROUP_GOAL_MAX }, \
	[GROUP_LEVEL_LOW] = GROUP_LEVEL( \
	    "level_low", MESSAGE_COHORT_GROUP_LEVEL_LOW_LABEL, MESSAGE_COHORT_GROUP_LEVEL_HELP), \
	[GROUP_LEVEL_HIGH] = \
	    GROUP_LEVEL("level_high", MESSAGE_COHORT_GROUP_LEVEL_HIGH_LABEL, MESSAGE_NONE), \
	[GROUP_SEATS] = { "seats", FIELD_NUMBER, MESSAGE_COHORT_GROUP_SEATS_LABEL, \
		.required = true, .min = 1, .max = GROUP_SEATS_MAX }, \
	[GROUP_WEEKDAY] = { "meeting_weekday", FIELD_CHOICE, MESSAGE_COHORT_GROUP_WEEKDAY_LABEL, \
		.required = true, .choices = weekdays, .choice_count = WEEKDAYS }, \
	[GROUP_TIME] = { "meeting_time", FIELD_TIME, MESSAGE_COHORT_GROUP_TIME_LABEL, \
		.required = true }, \
	[GROUP_ZONE] = { "meeting_zone", FIELD_ZONE, MESSAGE_COHORT_GROUP_ZONE_LABEL, \
		.required = true }, \
	[GROUP_MINUTES] = { "meeting_minutes", FIELD_NUMBER, MESSAGE_COHORT_GROUP_MINUTES_LABEL, \
		.required = true, .min = GROUP_MINUTES_MIN, .max = GROUP_MINUTES_MAX }, \
	[GROUP_ROOM] = GROUP_URL( \
	    "room_link", MESSAGE_COHORT_GROUP_ROOM_LABEL, MESSAGE_COHORT_GROUP_ROOM_HELP), \
	[GROUP_CHAT] = GROUP_URL("chat_link", MESSAGE_COHORT_GROUP_CHAT_LABEL, MESSAGE_NONE), \
	[GROUP_WORKBOOK] = \
	    GROUP_URL("workbook_link", MESSAGE_COHORT_GROUP_WORKBOOK_LABEL, MESSAGE_NONE)

static const struct field new_fields[GROUP_COUNT] = {
	GROUP_FIELDS,
	[GROUP_SLUG] = { "slug", FIELD_SLUG, MESSAGE_COHORT_GROUP_SLUG_LABEL,
	    MESSAGE_COHORT_GROUP_SLUG_HELP, true, .max = GROUP_SLUG_MAX },
};

static const struct field edit_fields[GROUP_COUNT] = {
	GROUP_FIELDS,
	[GROUP_REVISION] = { "revision", FIELD_HIDDEN, MESSAGE_COHORT_REVISION_LABEL,
	    .required = true, .max = 20 },
};

const struct form group_new_form = {
	.name = "group_new",
	.fields = new_fields,
	.count = GROUP_COUNT,
};

const struct form group_edit_form = {
	.name = "group_edit",
	.fields = edit_fields,
	.count = GROUP_COUNT,
};

/* The sections of the form; the last is the address, which an edit lacks. */
static const struct {
	enum message title, words;
	size_t first, end;
} sections[] = {
	{ MESSAGE_COHORT_SECTION_GROUP, MESSAGE_NONE, GROUP_NAME, GROUP_LEVEL_LOW },
	{ MESSAGE_COHORT_SECTION_GROUP_PEOPLE, MESSAGE_NONE, GROUP_LEVEL_LOW, GROUP_WEEKDAY },
	{ MESSAGE_COHORT_SECTION_MEETING, MESSAGE_COHORT_SECTION_MEETING_WORDS, GROUP_WEEKDAY,
	    GROUP_ROOM },
	{ MESSAGE_COHORT_SECTION_LINKS, MESSAGE_NONE, GROUP_ROOM, GROUP_SLUG },
	{ MESSAGE_COHORT_SECTION_ADDRESS, MESSAGE_NONE, GROUP_SLUG, GROUP_COUNT },
};

enum { SECTIONS = sizeof(sections) / sizeof(sections[0]) };

static void
choose_levels(struct visit *visit, struct form_values *values)
{
	form_choices(values, GROUP_LEVEL_LOW, level_choices(visit, visit->cohort), LEVEL_COUNT);
	form_choices(values, GROUP_LEVEL_HIGH, level_choices(visit, visit->cohort), LEVEL_COUNT);
}

static void
choose(struct visit *visit, struct form_values *values)
{
	struct project_rows projects = project_of_cohort(visit->db, visit->arena,
	    &(struct project_of_cohort_in){ .cohort_id = visit->cohort->id });
	struct choice *choices = arena_array(visit->arena, projects.count + 1, sizeof(*choices));
	size_t i;

	for (i = 0; i < projects.count; i++) {
		choices[i].value = words_number(visit, projects.rows[i].id);
		choices[i].label = projects.rows[i].name;
	}
	form_choices(values, GROUP_PROJECT, choices, projects.count);
	choose_levels(visit, values);
}

static struct page_cohort_plan_sections_list
group_sections(struct visit *visit, const struct form_values *values)
{
	bool is_new = values->form == &group_new_form;
	struct page_cohort_plan_sections *rows = arena_array(visit->arena, SECTIONS, sizeof(*rows));
	size_t count = is_new ? SECTIONS : SECTIONS - 1, i;

	for (i = 0; i < count; i++) {
		rows[i].section_title = message(sections[i].title);
		rows[i].if_section_words = sections[i].words != MESSAGE_NONE;
		rows[i].section_words = message(sections[i].words);
		rows[i].part_field = form_rows_between(
		    values, sections[i].first, i + 1 == count ? GROUP_COUNT : sections[i].end);
	}
	return (struct page_cohort_plan_sections_list){ rows, count };
}

void
group_new_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	struct form_values *values = visit_values(visit, &group_new_form);

	choose(visit, values);
	form_fill_integer(values, GROUP_LEVEL_LOW, 1);
	form_fill_integer(values, GROUP_LEVEL_HIGH, GROUP_LEVEL_DEFAULT);
	form_fill_integer(values, GROUP_SEATS, cohort->djangonauts_per_group);
	form_fill(values, GROUP_ZONE, visit->zone);
	form_fill_integer(values, GROUP_MINUTES, GROUP_MINUTES_DEFAULT);
	page_cohort_plan(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_plan){ .title = message(MESSAGE_COHORT_GROUP_NEW_TITLE),
		.back = cohort->name,
		.back_link = link_organise_groups(visit->arena, visit->site, cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_GROUPS),
		.part_errors = form_summary(values),
		.action = link_organise_group_new(visit->arena, visit->site, cohort->slug),
		.draft = arena_format(visit->arena, "group-new-%s", cohort->slug),
		.sections = group_sections(visit, values),
		.button = message(MESSAGE_COHORT_GROUP_NEW_BUTTON) });
}

static void
fill_from_group(struct form_values *values, const struct group *group)
{
	form_fill(values, GROUP_NAME, group->name);
	form_fill_integer(values, GROUP_PROJECT, group->project_id);
	form_fill(values, GROUP_GOAL, group->goal);
	form_fill_integer(values, GROUP_LEVEL_LOW, group->level_low);
	form_fill_integer(values, GROUP_LEVEL_HIGH, group->level_high);
	form_fill_integer(values, GROUP_SEATS, group->seats);
	form_fill_integer(values, GROUP_WEEKDAY, group->meeting_weekday);
	form_fill(values, GROUP_TIME, group->meeting_time);
	form_fill(values, GROUP_ZONE, group->meeting_zone);
	form_fill_integer(values, GROUP_MINUTES, group->meeting_minutes);
	form_fill(values, GROUP_ROOM, group->room_link);
	form_fill(values, GROUP_CHAT, group->chat_link);
	form_fill(values, GROUP_WORKBOOK, group->workbook_link);
	form_fill_integer(values, GROUP_REVISION, group->revision);
}

void
group_edit_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	const struct group *group = visit->group;
	struct form_values *values = visit_values(visit, &group_edit_form);

	choose(visit, values);
	fill_from_group(values, group);
	page_cohort_plan(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_plan){
		.title = message_cohort_group_edit_title(visit->arena, group->name),
		.back = cohort->name,
		.back_link = link_organise_groups(visit->arena, visit->site, cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_GROUPS),
		.part_errors = form_summary(values),
		.action = link_organise_group(visit->arena, visit->site, cohort->slug, group->slug),
		.draft = arena_format(visit->arena, "group-%s-%s", cohort->slug, group->slug),
		.sections = group_sections(visit, values),
		.button = message(MESSAGE_COHORT_GROUP_EDIT_BUTTON) });
}

/* The number that a choice's value stands for; 0 for none. */
static int64_t
chosen(const struct form_values *values, size_t field)
{
	int64_t number = 0;

	(void)text_integer(form_text(values, field), 0, INT64_MAX, &number);
	return number;
}

static struct group_plan
plan_read(struct visit *visit)
{
	const struct form_values *values = visit->values;
	int64_t minutes = form_integer(values, GROUP_TIME, 0);

	return (struct group_plan){
		.slug = form_text(values, GROUP_SLUG),
		.name = form_text(values, GROUP_NAME),
		.project_id = chosen(values, GROUP_PROJECT),
		.goal = form_text(values, GROUP_GOAL),
		.level_low = chosen(values, GROUP_LEVEL_LOW),
		.level_high = chosen(values, GROUP_LEVEL_HIGH),
		.seats = form_integer(values, GROUP_SEATS, 0),
		.meeting_weekday = chosen(values, GROUP_WEEKDAY),
		.meeting_time = arena_format(visit->arena, "%02d:%02d",
		    (int)(minutes / MINUTES_AN_HOUR), (int)(minutes % MINUTES_AN_HOUR)),
		.meeting_zone = form_text(values, GROUP_ZONE),
		.meeting_minutes = form_integer(values, GROUP_MINUTES, 0),
		.room_link = form_words(values, GROUP_ROOM),
		.chat_link = form_words(values, GROUP_CHAT),
		.workbook_link = form_words(values, GROUP_WORKBOOK),
	};
}

static void
refuse_stale(struct visit *visit)
{
	visit->values->values[GROUP_REVISION].text = words_number(visit, visit->group->revision);
	form_refuse_whole(visit->values, message(MESSAGE_COHORT_CHANGED_MEANWHILE));
}

static void
group_answer(struct visit *visit, enum group_plan_outcome outcome, const struct group_plan *plan,
    enum audit_action action, enum message done)
{
	struct form_values *values = visit->values;

	switch (outcome) {
	case GROUP_PLAN_SAVED:
		visit_audit(visit, action, 0, plan->slug);
		visit_notice(visit, done);
		visit_redirect(
		    visit, link_organise_groups(visit->arena, visit->site, visit->cohort->slug));
		return;
	case GROUP_PLAN_SLUG_TAKEN:
		form_refuse(values, GROUP_SLUG, message(MESSAGE_COHORT_GROUP_SLUG_TAKEN));
		break;
	case GROUP_PLAN_SLUG_RESERVED:
		form_refuse(values, GROUP_SLUG,
		    message(strlen(plan->slug) < 2 ? MESSAGE_COHORT_PLAN_SLUG_SHORT
						   : MESSAGE_COHORT_GROUP_SLUG_RESERVED));
		break;
	case GROUP_PLAN_PROJECT_UNKNOWN:
		form_refuse(values, GROUP_PROJECT, message(MESSAGE_COHORT_GROUP_PROJECT_UNKNOWN));
		break;
	case GROUP_PLAN_BAND_UPSIDE_DOWN:
		form_refuse(values, GROUP_LEVEL_HIGH, message(MESSAGE_COHORT_GROUP_BAND));
		break;
	case GROUP_PLAN_TOO_MANY_SEATS:
		form_refuse(values, GROUP_SEATS,
		    message_cohort_group_seats_over(
			visit->arena, words_number(visit, visit->cohort->djangonauts_per_group)));
		break;
	case GROUP_PLAN_CHANGED_MEANWHILE:
		refuse_stale(visit);
		break;
	case GROUP_PLAN_FAULT:
		visit_error(visit, 500);
		return;
	}
	visit_again(visit);
}

void
group_new_make(struct visit *visit)
{
	struct group_plan plan;

	choose_levels(visit, visit->values);
	if (!form_ok(visit->values)) {
		visit_again(visit);
		return;
	}
	plan = plan_read(visit);
	group_answer(visit,
	    group_plan_create(visit->db, visit->arena, visit->cohort, &plan, visit->now), &plan,
	    AUDIT_GROUP_MADE, MESSAGE_DONE_GROUP_MADE);
}

void
group_edit_save(struct visit *visit)
{
	struct group_plan plan;

	choose_levels(visit, visit->values);
	if (!form_ok(visit->values)) {
		visit_again(visit);
		return;
	}
	plan = plan_read(visit);
	/* What that field holds here is the revision: addresses stay. */
	plan.slug = visit->group->slug;
	group_answer(visit,
	    group_plan_change(visit->db, visit->arena, visit->cohort, visit->group,
		chosen(visit->values, GROUP_REVISION), &plan, visit->now),
	    &plan, AUDIT_GROUP_CHANGED, MESSAGE_DONE_GROUP_SAVED);
}
