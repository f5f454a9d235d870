#include <inttypes.h>
#include <string.h>

#include "apply.h"
#include "ground/text.h"
#include "model/profile.h"
#include "web/level.h"
#include "web/questions.h"
#include "web/time.h"

enum {
	GITHUB_TYPED_MAX = 80, /* a whole address may be pasted */
	HOURS_MIN = 2 /* half hours: one meeting a week */
};

static const struct field fields_of_all[ANSWER_ITEMS] = {
	[ANSWER_NAME] = { .name = "name",
	    .kind = FIELD_LINE,
	    .label = MESSAGE_APPLY_NAME_LABEL,
	    .help = MESSAGE_APPLY_NAME_HELP,
	    .required = true,
	    .max = APPLICATION_NAME_MAX,
	    .tells_limits = true,
	    .autocomplete = "name" },
	[ANSWER_PRONOUNS] = { .name = "pronouns",
	    .kind = FIELD_LINE,
	    .label = MESSAGE_APPLY_PRONOUNS_LABEL,
	    .help = MESSAGE_APPLY_PRONOUNS_HELP,
	    .max = APPLICATION_PRONOUNS_MAX,
	    .tells_limits = true },
	[ANSWER_GITHUB] = { .name = "github",
	    .kind = FIELD_LINE,
	    .label = MESSAGE_APPLY_GITHUB_LABEL,
	    .help = MESSAGE_APPLY_GITHUB_HELP,
	    .max = GITHUB_TYPED_MAX,
	    .verbatim = true },
	[ANSWER_ZONE] = { .name = "zone",
	    .kind = FIELD_ZONE,
	    .label = MESSAGE_APPLY_ZONE_LABEL,
	    .help = MESSAGE_APPLY_ZONE_HELP,
	    .required = true },
	[ANSWER_LEVEL] = { .name = "level",
	    .kind = FIELD_RADIO,
	    .label = MESSAGE_APPLY_LEVEL_LABEL,
	    .help = MESSAGE_APPLY_LEVEL_HELP,
	    .required = true },
	[ANSWER_PROJECTS] = { .name = "projects",
	    .kind = FIELD_CHOICES,
	    .label = MESSAGE_APPLY_PROJECTS_LABEL,
	    .help = MESSAGE_APPLY_PROJECTS_HELP },
	[ANSWER_HOURS] = { .name = "hours",
	    .kind = FIELD_HOURS,
	    .label = MESSAGE_APPLY_HOURS_LABEL,
	    .help = MESSAGE_APPLY_HOURS_HELP,
	    .required = true,
	    .min = HOURS_MIN },
};

void
apply_answers_fields(struct field *fields)
{
	memcpy(fields, fields_of_all, sizeof(fields_of_all));
}

size_t
apply_sections(const struct form_values *values, struct apply_section sections[APPLY_SECTIONS])
{
	const size_t after = apply_after(values, 0);
	const struct apply_section all[APPLY_SECTIONS] = {
		{ MESSAGE_APPLY_SECTION_ABOUT, MESSAGE_APPLY_SECTION_ABOUT_WORDS, ANSWER_NAME,
		    ANSWER_LEVEL },
		{ MESSAGE_APPLY_SECTION_LEVEL, MESSAGE_NONE, ANSWER_LEVEL, ANSWER_HOURS },
		{ MESSAGE_APPLY_SECTION_HOURS, MESSAGE_APPLY_SECTION_HOURS_WORDS, ANSWER_HOURS,
		    ANSWER_ITEMS },
		{ MESSAGE_APPLY_SECTION_ANSWERS, MESSAGE_APPLY_SECTION_ANSWERS_WORDS, ANSWER_ITEMS,
		    after },
	};

	memcpy(sections, all, sizeof(all));
	return after > ANSWER_ITEMS ? APPLY_SECTIONS : APPLY_SECTIONS - 1;
}

const char *
apply_level_name(struct visit *visit, int64_t level)
{
	return level_name(visit, visit->cohort, level);
}

static const char *
id_text(struct visit *visit, int64_t id)
{
	return arena_format(visit->arena, "%" PRId64, id);
}

static void
choose_projects(struct visit *visit, struct form_values *values)
{
	struct project_rows projects =
	    application_choosable(visit->db, visit->arena, visit->cohort->id);
	struct choice *choices = arena_array(visit->arena, projects.count + 1, sizeof(*choices));
	size_t i;

	for (i = 0; i < projects.count; i++) {
		const struct project *project = &projects.rows[i];

		choices[i].value = id_text(visit, project->id);
		choices[i].label = project->name;
		choices[i].help = text_empty(project->description) ? NULL : project->description;
	}
	form_choices(values, ANSWER_PROJECTS, choices, projects.count);
}

void
apply_answers_choices(struct visit *visit, struct form_values *values)
{
	form_choices(values, ANSWER_LEVEL, level_choices(visit, visit->cohort), LEVEL_COUNT);
	choose_projects(visit, values);
}

/* The text after one of the ways in which people give their name there. */
static const char *
github_name(struct arena *arena, const char *typed)
{
	static const char *const before[] = { "https://", "http://", "www.", "github.com/", "@" };
	size_t i, length;

	for (i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		length = strlen(before[i]);
		if (strncasecmp(typed, before[i], length) == 0) {
			typed += length;
		}
	}
	length = strlen(typed);
	if (length > 0 && typed[length - 1] == '/') {
		length--;
	}
	return arena_copy_bytes(arena, typed, length);
}

static const char *
read_github(struct visit *visit, struct form_values *values)
{
	const char *typed = form_text(values, ANSWER_GITHUB);
	const char *name;

	if (typed == NULL) {
		return NULL;
	}
	name = github_name(visit->arena, typed);
	if (!profile_github_is_valid(name)) {
		form_refuse(values, ANSWER_GITHUB, message(MESSAGE_APPLY_GITHUB_WRONG));
	}
	return name;
}

void
apply_answers_mark(struct visit *visit)
{
	if (visit->again && !visit->turned) {
		(void)read_github(visit, visit->values);
	}
}

static void
read_projects(
    struct visit *visit, const struct form_values *values, struct application_answers *answers)
{
	size_t count, i;
	const char *const *list = form_list(values, ANSWER_PROJECTS, &count);
	int64_t *ids = arena_array(visit->arena, count + 1, sizeof(*ids));

	answers->projects = ids;
	for (i = 0; i < count; i++) {
		if (text_integer(list[i], 1, INT64_MAX, &ids[answers->project_count])) {
			answers->project_count++;
		}
	}
}

bool
apply_answers_read(
    struct visit *visit, struct form_values *values, struct application_answers *answers)
{
	const char *level;

	apply_answers_choices(visit, values);
	memset(answers, 0, sizeof(*answers));
	answers->github = read_github(visit, values);
	if (!form_ok(values)) {
		return false;
	}
	level = form_text(values, ANSWER_LEVEL);
	if (!text_integer(level, 1, LEVEL_COUNT, &answers->level)) {
		return false;
	}
	answers->name = form_text(values, ANSWER_NAME);
	answers->pronouns = form_text(values, ANSWER_PRONOUNS);
	answers->zone = form_text(values, ANSWER_ZONE);
	answers->hours = *form_slots(values, ANSWER_HOURS);
	answers->items = questions_read(
	    values, ANSWER_ITEMS, &apply_asked_of(values)->items, &answers->item_count);
	read_projects(visit, values, answers);
	return true;
}

struct slots
apply_answers_hours(const struct application *application)
{
	struct slots hours = { { 0 } };

	(void)slots_read_hex(application->hours, &hours);
	return hours;
}

/* What was answered to the questions that are still asked. */
static void
fill_items(struct visit *visit, struct form_values *values, const struct application *application)
{
	const struct questionnaire_item_rows *items = &apply_asked_of(values)->items;
	struct application_answer_rows answers =
	    application_answers(visit->db, visit->arena, application->id);
	size_t i, j;

	for (i = 0; i < answers.count; i++) {
		for (j = 0; j < items->count; j++) {
			if (items->rows[j].id == answers.rows[i].item_id) {
				questions_fill(values, ANSWER_ITEMS + j, answers.rows[i].value);
			}
		}
	}
}

void
apply_answers_fill(
    struct visit *visit, struct form_values *values, const struct application *application)
{
	struct application_project_rows projects =
	    application_projects(visit->db, visit->arena, application->id);
	struct slots hours = apply_answers_hours(application);
	size_t i;

	form_fill(values, ANSWER_NAME, application->name);
	form_fill(values, ANSWER_PRONOUNS, application->pronouns);
	form_fill(values, ANSWER_GITHUB, application->github);
	form_fill(values, ANSWER_ZONE, application->zone);
	form_fill(values, ANSWER_LEVEL, id_text(visit, application->level));
	form_fill_slots(values, ANSWER_HOURS, &hours);
	fill_items(visit, values, application);
	for (i = 0; i < projects.count; i++) {
		form_fill_choice(values, ANSWER_PROJECTS, id_text(visit, projects.rows[i].id));
	}
}

const char *
apply_date_words(struct visit *visit, const char *date)
{
	struct date day;

	return date_read(date, &day) ? time_date(visit->arena, day) : date;
}
