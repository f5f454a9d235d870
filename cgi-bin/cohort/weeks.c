#include "cohort.h"
#include "ground/text.h"
#include "model/cohort_content.h"
#include "web/link.h"
#include "web/page/cohort.h"

/*
 * Two fields a week, for as many weeks as the schema knows; a cohort with
 * fewer shows its own alone.
 */
enum {
	WEEKS_MAX = 27, /* 0 to 26 */
	THEME_MAX = 100,
	OBJECTIVES_MAX = 1000
};

#define THEME(week) ((size_t)(week)*2)
#define OBJECTIVES(week) (THEME(week) + 1)

enum { WEEKS_REVISION = WEEKS_MAX * 2, WEEKS_COUNT };

#define WEEK(number) \
	[THEME(number)] = { "theme_" #number, FIELD_LINE, MESSAGE_COHORT_THEME_LABEL, \
		.max = THEME_MAX }, \
	[OBJECTIVES(number)] = { "objectives_" #number, FIELD_TEXT, \
		MESSAGE_COHORT_OBJECTIVES_LABEL, .max = OBJECTIVES_MAX, .rows = 3 }

static const struct field weeks_fields[WEEKS_COUNT] = {
	WEEK(0),
	WEEK(1),
	WEEK(2),
	WEEK(3),
	WEEK(4),
	WEEK(5),
	WEEK(6),
	WEEK(7),
	WEEK(8),
	WEEK(9),
	WEEK(10),
	WEEK(11),
	WEEK(12),
	WEEK(13),
	WEEK(14),
	WEEK(15),
	WEEK(16),
	WEEK(17),
	WEEK(18),
	WEEK(19),
	WEEK(20),
	WEEK(21),
	WEEK(22),
	WEEK(23),
	WEEK(24),
	WEEK(25),
	WEEK(26),
	[WEEKS_REVISION] = { "revision", FIELD_HIDDEN, MESSAGE_COHORT_REVISION_LABEL,
	    .required = true, .max = 20 },
};

const struct form weeks_form = {
	.name = "weeks",
	.fields = weeks_fields,
	.count = WEEKS_COUNT,
};

static void
fill_weeks(struct visit *visit, struct form_values *values)
{
	struct cohort_week_rows weeks = cohort_weeks_of(visit->db, visit->arena,
	    &(struct cohort_weeks_of_in){ .cohort_id = visit->cohort->id });
	size_t i;

	for (i = 0; i < weeks.count && i < WEEKS_MAX; i++) {
		form_fill(values, THEME(i), weeks.rows[i].theme);
		form_fill(values, OBJECTIVES(i), weeks.rows[i].objectives);
	}
	form_fill_integer(values, WEEKS_REVISION, visit->cohort->revision);
}

static struct page_cohort_weeks_weeks_list
week_rows(struct visit *visit, const struct form_values *values)
{
	size_t count = (size_t)visit->cohort->weeks + 1, week;
	struct page_cohort_weeks_weeks *rows = arena_array(visit->arena, count, sizeof(*rows));

	for (week = 0; week < count; week++) {
		rows[week].week = words_number(visit, (int64_t)week);
		rows[week].dates = words_week(visit, visit->cohort, (int)week);
		rows[week].part_field = form_rows_between(values, THEME(week), THEME(week + 1));
	}
	return (struct page_cohort_weeks_weeks_list){ rows, count };
}

void
weeks_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	struct form_values *values = visit_values(visit, &weeks_form);

	fill_weeks(visit, values);
	page_cohort_weeks(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_weeks){ .name = cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_WEEKS),
		.part_errors = form_summary(values),
		.action = link_under(
		    visit->arena, link_organise(visit->arena, visit->site, cohort->slug), "weeks"),
		.draft = arena_format(visit->arena, "weeks-%s", cohort->slug),
		.weeks = week_rows(visit, values),
		.part_field = form_rows_between(values, WEEKS_REVISION, WEEKS_COUNT) });
}

void
weeks_save(struct visit *visit)
{
	struct cohort_week_words words[WEEKS_MAX];
	int64_t revision = 0;
	size_t week;

	for (week = 0; week < WEEKS_MAX; week++) {
		words[week].theme = form_words(visit->values, THEME(week));
		words[week].objectives = form_words(visit->values, OBJECTIVES(week));
	}
	(void)text_integer(form_text(visit->values, WEEKS_REVISION), 1, INT64_MAX, &revision);
	switch (cohort_weeks_change(visit->db, visit->cohort, revision, words)) {
	case COHORT_WEEKS_SAVED:
		visit_audit(visit, AUDIT_WEEKS_CHANGED, 0, NULL);
		visit_notice(visit, MESSAGE_DONE_WEEKS_SAVED);
		visit_redirect(
		    visit, link_organise(visit->arena, visit->site, visit->cohort->slug));
		break;
	case COHORT_WEEKS_CHANGED_MEANWHILE:
		visit->values->values[WEEKS_REVISION].text =
		    words_number(visit, visit->cohort->revision);
		form_refuse_whole(visit->values, message(MESSAGE_COHORT_CHANGED_MEANWHILE));
		visit_again(visit);
		break;
	case COHORT_WEEKS_FAULT:
		visit_error(visit, 500);
		break;
	}
}
