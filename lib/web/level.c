#include "web/level.h"

#include "ground/text.h"
#include "web/visit.h"

/* What a visit has read: a page of fifty people asks the database once. */
struct level_table {
	const struct cohort *cohort;
	struct choice choices[LEVEL_COUNT];
};

static const struct {
	const char *value;
	enum message name, help;
} defaults[LEVEL_COUNT] = {
	{ "1", MESSAGE_APPLY_LEVEL_1, MESSAGE_APPLY_LEVEL_1_HELP },
	{ "2", MESSAGE_APPLY_LEVEL_2, MESSAGE_APPLY_LEVEL_2_HELP },
	{ "3", MESSAGE_APPLY_LEVEL_3, MESSAGE_APPLY_LEVEL_3_HELP },
	{ "4", MESSAGE_APPLY_LEVEL_4, MESSAGE_APPLY_LEVEL_4_HELP },
};

static bool
is_level(int64_t level)
{
	return level >= 1 && level <= LEVEL_COUNT;
}

const char *
level_default_name(int64_t level)
{
	return is_level(level) ? message(defaults[level - 1].name) : NULL;
}

const char *
level_default_help(int64_t level)
{
	return is_level(level) ? message(defaults[level - 1].help) : NULL;
}

static void
read_own(struct visit *visit, struct level_table *table)
{
	struct cohort_level_rows levels = level_of_cohort(visit->db, visit->arena,
	    &(struct level_of_cohort_in){ .cohort_id = table->cohort->id });

	for (size_t i = 0; i < levels.count; i++) {
		struct choice *choice = &table->choices[levels.rows[i].level - 1];

		choice->label = levels.rows[i].name;
		choice->help = text_empty(levels.rows[i].help) ? NULL : levels.rows[i].help;
	}
}

static const struct level_table *
table_of(struct visit *visit, const struct cohort *cohort)
{
	struct level_table *table = visit->levels;

	if (table != NULL && table->cohort == cohort) {
		return table;
	}
	table = arena_alloc(visit->arena, sizeof(*table));
	table->cohort = cohort;
	for (size_t i = 0; i < LEVEL_COUNT; i++) {
		table->choices[i] = (struct choice){ .value = defaults[i].value,
			.label = message(defaults[i].name),
			.help = message(defaults[i].help) };
	}
	if (cohort != NULL) {
		read_own(visit, table);
	}
	visit->levels = table;
	return table;
}

const char *
level_name(struct visit *visit, const struct cohort *cohort, int64_t level)
{
	return is_level(level) ? table_of(visit, cohort)->choices[level - 1].label : NULL;
}

const struct choice *
level_choices(struct visit *visit, const struct cohort *cohort)
{
	return table_of(visit, cohort)->choices;
}
