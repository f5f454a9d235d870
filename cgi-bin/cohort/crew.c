#include "crew.h"

#include <inttypes.h>
#include <string.h>

#include "ground/text.h"
#include "model/application.h"
#include "web/hours.h"
#include "web/level.h"
#include "web/page/cohort.h"

enum { NAME_MAX_UNITS = 100, HOURS_MIN = 2 /* half hours: one meeting a week */ };

const struct field crew_fields[CREW_FIELDS] = {
	[CREW_ZONE] = { "zone", FIELD_ZONE, MESSAGE_VOLUNTEER_ZONE_LABEL,
	    MESSAGE_VOLUNTEER_ZONE_HELP, .required = true },
	[CREW_HOURS] = { "hours", FIELD_HOURS, MESSAGE_VOLUNTEER_HOURS_LABEL,
	    MESSAGE_VOLUNTEER_HOURS_HELP, .required = true, .min = HOURS_MIN },
	[CREW_LEVEL_LOW] = { "level_low", FIELD_CHOICE, MESSAGE_VOLUNTEER_LEVEL_LOW_LABEL,
	    .required = true },
	[CREW_LEVEL_HIGH] = { "level_high", FIELD_CHOICE, MESSAGE_VOLUNTEER_LEVEL_HIGH_LABEL,
	    .required = true },
	[CREW_PROJECTS] = { "projects", FIELD_CHOICES, MESSAGE_VOLUNTEER_PROJECTS_LABEL,
	    MESSAGE_VOLUNTEER_PROJECTS_HELP, .required = false },
	[CREW_WANTS] = { "wants", FIELD_NUMBER, MESSAGE_VOLUNTEER_WANTS_LABEL, .required = true,
	    .min = 0, .max = VOLUNTEER_WANTS_MAX },
	/* Asked of somebody new alone: see crew_require_name. */
	[CREW_NAME] = { "name", FIELD_LINE, MESSAGE_VOLUNTEER_NAME_LABEL,
	    MESSAGE_VOLUNTEER_NAME_HELP, .required = false, .max = NAME_MAX_UNITS,
	    .autocomplete = "name" },
};

/* How many Djangonauts somebody may wish for. */
static int64_t
wants_most(const struct crew_ask *ask)
{
	return volunteer_wants_most(ask->cohort, ask->role == NULL ? "navigator" : ask->role);
}

static const char *
wants_words(struct visit *visit, const struct crew_ask *ask)
{
	const char *limit = words_number(visit, ask->cohort->djangonauts_per_navigator);
	const char *most = words_number(visit, wants_most(ask));

	if (ask->role == NULL) {
		return message_volunteer_wants_both(visit->arena, limit, most);
	}
	return strcmp(ask->role, "navigator") == 0
	    ? message_volunteer_wants_navigator(visit->arena, limit, most)
	    : message_volunteer_wants_captain(visit->arena, most);
}

static struct page_part_volunteer
section(struct form_values *values, enum message title, size_t first, size_t end)
{
	return (struct page_part_volunteer){
		.section_title = message(title),
		.part_field = form_rows_between(values, first, end),
	};
}

struct page_part_volunteer_list
crew_name_section(struct visit *visit, struct form_values *values, size_t field, bool asks_name)
{
	struct page_part_volunteer *row = arena_alloc(visit->arena, sizeof(*row));
	struct page_part_field *name = arena_alloc(visit->arena, sizeof(*name));

	if (!asks_name) {
		return (struct page_part_volunteer_list){ NULL, 0 };
	}
	*row = section(values, MESSAGE_VOLUNTEER_SECTION_YOU, field, field + 1);
	*name = row->part_field.rows[0];
	name->if_required = true;
	row->part_field.rows = name;
	return (struct page_part_volunteer_list){ row, 1 };
}

void
crew_require_name(struct form_values *values, size_t field, bool asks_name)
{
	if (asks_name && form_text(values, field) == NULL) {
		form_refuse(values, field, message(MESSAGE_VOLUNTEER_REQUIRED));
	}
}

struct page_part_volunteer_list
crew_sections(struct visit *visit, struct form_values *values, const struct crew_ask *ask)
{
	struct page_part_volunteer *rows = arena_array(visit->arena, 3, sizeof(*rows));
	size_t count = 0;

	hours_note(values, CREW_HOURS, CREW_ZONE, ask->cohort);
	if (ask->asks_name) {
		rows[count++] = crew_name_section(visit, values, CREW_NAME, true).rows[0];
	}
	rows[count++] = section(values, MESSAGE_VOLUNTEER_SECTION_HOURS, CREW_ZONE, CREW_LEVEL_LOW);
	rows[count] = section(values, MESSAGE_VOLUNTEER_SECTION_CREW, CREW_LEVEL_LOW, CREW_NAME);
	rows[count].if_section_words = true;
	rows[count++].section_words = wants_words(visit, ask);
	return (struct page_part_volunteer_list){ rows, count };
}

void
crew_choices(struct visit *visit, struct form_values *values, const struct cohort *cohort)
{
	struct project_rows projects = application_choosable(visit->db, visit->arena, cohort->id);
	struct choice *choices = arena_array(visit->arena, projects.count + 1, sizeof(*choices));
	size_t i;

	for (i = 0; i < projects.count; i++) {
		const struct project *project = &projects.rows[i];

		choices[i].value = words_number(visit, project->id);
		choices[i].label = project->name;
		choices[i].help = text_empty(project->description) ? NULL : project->description;
	}
	form_choices(values, CREW_PROJECTS, choices, projects.count);
	form_choices(values, CREW_LEVEL_LOW, level_choices(visit, cohort), LEVEL_COUNT);
	form_choices(values, CREW_LEVEL_HIGH, level_choices(visit, cohort), LEVEL_COUNT);
}

static void
read_projects(
    struct visit *visit, const struct form_values *values, struct volunteer_answers *answers)
{
	size_t count, i;
	const char *const *list = form_list(values, CREW_PROJECTS, &count);
	int64_t *ids = arena_array(visit->arena, count + 1, sizeof(*ids));

	answers->projects = ids;
	for (i = 0; i < count; i++) {
		if (text_integer(list[i], 1, INT64_MAX, &ids[answers->project_count])) {
			answers->project_count++;
		}
	}
}

void
crew_refuse(struct visit *visit, struct form_values *values, const struct crew_ask *ask,
    enum volunteer_outcome why)
{
	switch (why) {
	case VOLUNTEER_LEVELS_WRONG:
		form_refuse(values, CREW_LEVEL_HIGH, message(MESSAGE_VOLUNTEER_LEVELS_WRONG));
		break;
	case VOLUNTEER_WANTS_TOO_MANY:
		form_refuse(values, CREW_WANTS,
		    message_volunteer_wants_wrong(
			visit->arena, words_number(visit, wants_most(ask))));
		break;
	case VOLUNTEER_PROJECT_WRONG:
		form_refuse(values, CREW_PROJECTS, message(MESSAGE_VOLUNTEER_PROJECT_WRONG));
		break;
	case VOLUNTEER_SAVED:
	case VOLUNTEER_NOT_ABOARD:
	case VOLUNTEER_FAULT:
	default:
		break;
	}
}

bool
crew_read(struct visit *visit, struct form_values *values, const struct crew_ask *ask,
    struct volunteer_answers *answers)
{
	memset(answers, 0, sizeof(*answers));
	crew_choices(visit, values, ask->cohort);
	if (!form_ok(values) ||
	    !text_integer(form_text(values, CREW_LEVEL_LOW), 1, LEVEL_COUNT, &answers->level_low) ||
	    !text_integer(
		form_text(values, CREW_LEVEL_HIGH), 1, LEVEL_COUNT, &answers->level_high)) {
		return false;
	}
	answers->zone = form_text(values, CREW_ZONE);
	answers->hours = *form_slots(values, CREW_HOURS);
	answers->wants = form_integer(values, CREW_WANTS, 0);
	read_projects(visit, values, answers);
	crew_refuse(visit, values, ask,
	    volunteer_check(ask->cohort, ask->role == NULL ? "navigator" : ask->role, answers));
	return form_ok(values);
}

void
crew_fill(struct visit *visit, struct form_values *values, const struct volunteer_answers *answers)
{
	form_fill(values, CREW_ZONE, answers->zone);
	form_fill_slots(values, CREW_HOURS, &answers->hours);
	form_fill(values, CREW_LEVEL_LOW, words_number(visit, answers->level_low));
	form_fill(values, CREW_LEVEL_HIGH, words_number(visit, answers->level_high));
	form_fill_integer(values, CREW_WANTS, answers->wants);
	for (size_t i = 0; i < answers->project_count; i++) {
		form_fill_choice(values, CREW_PROJECTS, words_number(visit, answers->projects[i]));
	}
}

/* ---- in words, for the organisers ---- */

static const char *
projects_words(struct visit *visit, int64_t member_id)
{
	struct volunteer_project_rows projects = volunteer_projects(
	    visit->db, visit->arena, &(struct volunteer_projects_in){ .member_id = member_id });
	const char *words = NULL;

	for (size_t i = 0; i < projects.count; i++) {
		words = words == NULL
		    ? projects.rows[i].name
		    : message_cohort_projects_and(visit->arena, words, projects.rows[i].name);
	}
	return words == NULL ? message(MESSAGE_VOLUNTEER_ANY_PROJECT) : words;
}

static const char *
djangonauts_words(struct visit *visit, int64_t wants)
{
	if (wants == 0) {
		return message(MESSAGE_VOLUNTEER_WANTS_NONE);
	}
	return wants == 1 ? message(MESSAGE_VOLUNTEER_WANTS_ONE)
			  : message_volunteer_wants_many(visit->arena, words_number(visit, wants));
}

const char *
crew_brief(struct visit *visit, int64_t member_id)
{
	struct volunteer_answers answers;

	if (!volunteer_find(visit->db, visit->arena, member_id, &answers)) {
		return message(MESSAGE_VOLUNTEER_BRIEF_NONE);
	}
	return message_volunteer_brief(visit->arena,
	    hours_words(visit->arena, &answers.hours, answers.zone),
	    words_levels(visit, answers.level_low, answers.level_high),
	    projects_words(visit, member_id), djangonauts_words(visit, answers.wants));
}

static struct page_cohort_people_crew
crew_row(struct visit *visit, const struct crew_member *member)
{
	struct page_cohort_people_crew row = {
		.crew_name = member->name,
		.crew_role = words_role(member->role),
		.if_crew_said = member->said_at != DB_NULL,
		.if_crew_silent =
		    member->said_at == DB_NULL && strcmp(member->role, "organiser") != 0,
		.replies = crew_reply_rows(visit, member->member_id),
	};
	struct slots hours = { { 0 } };

	if (row.if_crew_said && slots_read_hex(member->hours, &hours)) {
		row.crew_hours = hours_words(visit->arena, &hours, member->zone);
		row.crew_change = hours_changes(visit->arena, member->zone, visit->cohort);
		row.if_crew_change = row.crew_change != NULL;
		row.crew_levels = words_levels(visit, member->level_low, member->level_high);
		row.crew_projects = projects_words(visit, member->member_id);
		row.crew_wants = djangonauts_words(visit, member->wants);
	}
	return row;
}

struct page_cohort_people_crew_list
crew_rows(struct visit *visit)
{
	struct crew_member_rows crew = volunteer_or_organiser_of_cohort(visit->db, visit->arena,
	    &(struct volunteer_or_organiser_of_cohort_in){ .cohort_id = visit->cohort->id });
	struct page_cohort_people_crew *rows =
	    arena_array(visit->arena, crew.count + 1, sizeof(*rows));

	for (size_t i = 0; i < crew.count; i++) {
		rows[i] = crew_row(visit, &crew.rows[i]);
	}
	return (struct page_cohort_people_crew_list){ rows, crew.count };
}
