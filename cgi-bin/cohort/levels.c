#include "cohort.h"
#include "ground/text.h"
#include "web/level.h"
#include "web/link.h"
#include "web/page/cohort.h"

enum { LEVEL_NAME_MAX = 80, LEVEL_HELP_MAX = 300 };

#define NAME(level) (((size_t)(level)-1) * 2)
#define HELP(level) (NAME(level) + 1)

enum { LEVELS_REVISION = LEVEL_COUNT * 2, LEVELS_FIELDS };

#define LEVEL(number) \
	[NAME(number)] = { "name_" #number, FIELD_LINE, MESSAGE_PLAN_LEVEL_##number##_NAME, \
		MESSAGE_PLAN_LEVEL_NAME_HELP, .max = LEVEL_NAME_MAX }, \
	[HELP(number)] = { "help_" #number, FIELD_LINE, MESSAGE_PLAN_LEVEL_##number##_HELP, \
		.max = LEVEL_HELP_MAX }

static const struct field levels_fields[LEVELS_FIELDS] = {
	LEVEL(1),
	LEVEL(2),
	LEVEL(3),
	LEVEL(4),
	[LEVELS_REVISION] = { "revision", FIELD_HIDDEN, MESSAGE_COHORT_REVISION_LABEL,
	    .required = true, .max = 20 },
};

const struct form levels_form = {
	.name = "levels",
	.fields = levels_fields,
	.count = LEVELS_FIELDS,
};

static struct page_cohort_levels_levels_list
level_rows(struct visit *visit, const struct form_values *values)
{
	struct page_cohort_levels_levels *rows =
	    arena_array(visit->arena, LEVEL_COUNT, sizeof(*rows));

	for (int64_t level = 1; level <= LEVEL_COUNT; level++) {
		rows[level - 1] = (struct page_cohort_levels_levels){
			.level = words_number(visit, level),
			.level_default = level_default_name(level),
			.part_field = form_rows_between(values, NAME(level), NAME(level + 1)),
		};
	}
	return (struct page_cohort_levels_levels_list){ rows, LEVEL_COUNT };
}

void
levels_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	const struct choice *levels = level_choices(visit, cohort);
	struct form_values *values = visit_values(visit, &levels_form);

	for (int64_t level = 1; level <= LEVEL_COUNT; level++) {
		form_fill(values, NAME(level), levels[level - 1].label);
		form_fill(values, HELP(level), levels[level - 1].help);
	}
	form_fill_integer(values, LEVELS_REVISION, cohort->revision);
	page_cohort_levels(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_levels){ .name = cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_LEVELS),
		.part_errors = form_summary(values),
		.action = link_under(
		    visit->arena, link_organise(visit->arena, visit->site, cohort->slug), "levels"),
		.draft = arena_format(visit->arena, "levels-%s", cohort->slug),
		.levels = level_rows(visit, values),
		.part_field = form_rows_between(values, LEVELS_REVISION, LEVELS_FIELDS) });
}

/* Words that are the software's are not kept as the cohort's. */
static struct level_words
words_of(const struct form_values *values, int64_t level)
{
	struct level_words words = { .name = form_words(values, NAME(level)),
		.help = form_words(values, HELP(level)) };

	if (text_equal(words.name, level_default_name(level)) &&
	    text_equal(words.help, level_default_help(level))) {
		words.name = "";
	}
	return words;
}

void
levels_save(struct visit *visit)
{
	struct level_words words[LEVEL_COUNT];
	int64_t revision = 0;

	for (int64_t level = 1; level <= LEVEL_COUNT; level++) {
		words[level - 1] = words_of(visit->values, level);
	}
	(void)text_integer(form_text(visit->values, LEVELS_REVISION), 1, INT64_MAX, &revision);
	switch (level_change(visit->db, visit->cohort, revision, words)) {
	case LEVEL_SAVED:
		visit_audit(visit, AUDIT_LEVELS_CHANGED, 0, NULL);
		visit_notice(visit, MESSAGE_DONE_LEVELS_SAVED);
		visit_redirect(visit,
		    link_under(visit->arena,
			link_organise(visit->arena, visit->site, visit->cohort->slug), "levels"));
		break;
	case LEVEL_CHANGED_MEANWHILE:
		visit->values->values[LEVELS_REVISION].text =
		    words_number(visit, visit->cohort->revision);
		form_refuse_whole(visit->values, message(MESSAGE_COHORT_CHANGED_MEANWHILE));
		visit_again(visit);
		break;
	case LEVEL_FAULT:
		visit_error(visit, 500);
		break;
	}
}
