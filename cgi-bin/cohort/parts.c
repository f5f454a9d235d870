#include <string.h>

#include "cohort.h"
#include "ground/text.h"
#include "web/link.h"

static struct page_part_timeline_weeks
week_row(struct visit *visit, const struct cohort *cohort, const struct cohort_week *week)
{
	int now = cohort_week_now(cohort, visit->now);

	return (struct page_part_timeline_weeks){
		.week_number = words_number(visit, week->number),
		.week_theme =
		    text_empty(week->theme) ? message(MESSAGE_COHORT_WEEK_THEME_NONE) : week->theme,
		.week_dates = words_week(visit, cohort, (int)week->number),
		.if_week_now = week->number == now,
		.if_week_past = week->number < now,
		.if_week_objectives = !text_empty(week->objectives),
		.week_objectives = week->objectives,
	};
}

struct page_part_timeline_list
parts_timeline(struct visit *visit, const struct cohort *cohort)
{
	struct cohort_week_rows weeks = cohort_weeks_of(
	    visit->db, visit->arena, &(struct cohort_weeks_of_in){ .cohort_id = cohort->id });
	struct page_part_timeline_weeks *rows =
	    arena_array(visit->arena, weeks.count + 1, sizeof(*rows));
	struct page_part_timeline *timeline = arena_alloc(visit->arena, sizeof(*timeline));
	size_t i;

	for (i = 0; i < weeks.count; i++) {
		rows[i] = week_row(visit, cohort, &weeks.rows[i]);
	}
	timeline->weeks.rows = rows;
	timeline->weeks.count = weeks.count;
	return (struct page_part_timeline_list){ timeline, 1 };
}

struct page_part_empty_list
parts_empty(struct visit *visit, enum message title, enum message words, const char *link,
    enum message link_name)
{
	struct page_part_empty *row = arena_alloc(visit->arena, sizeof(*row));

	row->empty_title = message(title);
	row->if_empty_words = words != MESSAGE_NONE;
	row->empty_words = message(words);
	row->if_empty_link = link != NULL;
	row->empty_link = link;
	row->empty_link_name = message(link_name);
	return (struct page_part_empty_list){ row, 1 };
}

/* The first letter of a name: the first grapheme, without "…". */
static const char *
initial_of(struct visit *visit, const char *name)
{
	static const char more[] = "…";
	const char *cut = text_cut(visit->arena, name, 1);
	size_t length = strlen(cut), rest = sizeof(more) - 1;

	if (length > rest && strcmp(cut + length - rest, more) == 0) {
		length -= rest;
	}
	return arena_copy_bytes(visit->arena, cut, length);
}

struct page_part_person
parts_person(struct visit *visit, const char *name, const char *pronouns, const char *role)
{
	return (struct page_part_person){
		.initial = initial_of(visit, name),
		.name = name,
		.if_pronouns = !text_empty(pronouns),
		.pronouns = pronouns,
		.role = role,
	};
}

void
parts_choose_group(struct visit *visit, struct form_values *values, size_t field)
{
	struct group_rows groups = group_of_cohort(visit->db, visit->arena,
	    &(struct group_of_cohort_in){ .cohort_id = visit->cohort->id });
	struct group_count_rows counts = group_counts(
	    visit->db, visit->arena, &(struct group_counts_in){ .cohort_id = visit->cohort->id });
	struct choice *choices = arena_array(visit->arena, groups.count + 1, sizeof(*choices));
	size_t i;

	for (i = 0; i < groups.count && i < counts.count; i++) {
		struct group_standing standing = group_standing_of(visit->cohort, &groups.rows[i],
		    counts.rows[i].navigators, counts.rows[i].djangonauts);

		choices[i].value = groups.rows[i].slug;
		choices[i].label = message_cohort_group_choice(
		    visit->arena, groups.rows[i].name, words_seated(visit, &standing));
	}
	form_choices(values, field, choices, i);
}
