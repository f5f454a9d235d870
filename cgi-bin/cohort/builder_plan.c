#include "builder_plan.h"

#include <string.h>

#include "ground/bytes.h"
#include "ground/date.h"
#include "ground/text.h"
#include "web/page/cohort.h"

enum { OPTIONS_LEAST = 2, OPTIONS_MOST = 100, OPTION_MAX = 200 };

/* ---- reading ---- */

static const char *
option_problem(struct visit *visit, const struct item_lines *options, size_t index)
{
	const char *option = options->lines[index];

	if (text_units(option) > OPTION_MAX) {
		return message_builder_option_long(
		    visit->arena, text_cut(visit->arena, option, 40));
	}
	for (size_t i = 0; i < index; i++) {
		if (strcmp(options->lines[i], option) == 0) {
			return message_builder_option_twice(visit->arena, option);
		}
	}
	return NULL;
}

/* One a line, without blank ones. */
static const char *
read_options(struct visit *visit, size_t *count)
{
	struct form_values *values = visit->values;
	struct item_lines options = item_lines(visit->arena, form_words(values, QUESTION_OPTIONS));
	struct bytes *text = bytes_new(visit->arena);

	*count = options.count;
	if (options.count < OPTIONS_LEAST) {
		form_refuse(values, QUESTION_OPTIONS, message(MESSAGE_BUILDER_OPTIONS_FEW));
	} else if (options.count > OPTIONS_MOST) {
		form_refuse(values, QUESTION_OPTIONS,
		    message_builder_options_many(
			visit->arena, words_number(visit, (int64_t)options.count)));
	}
	for (size_t i = 0; i < options.count && form_ok(values); i++) {
		const char *problem = option_problem(visit, &options, i);

		if (problem != NULL) {
			form_refuse(values, QUESTION_OPTIONS, problem);
		}
		bytes_format(text, "%s%s", i > 0 ? "\n" : "", options.lines[i]);
	}
	return text->data;
}

/* A limit of its own, or DB_NULL. */
static int64_t
read_number(struct visit *visit, size_t field, const struct builder_kind *kind)
{
	int64_t number = form_integer(visit->values, field, DB_NULL);

	if (number != DB_NULL && number < kind->floor) {
		form_refuse(visit->values, field,
		    message_builder_limit_floor(visit->arena, words_number(visit, kind->floor)));
	} else if (number != DB_NULL && number > kind->ceiling) {
		form_refuse(visit->values, field,
		    message_builder_limit_ceiling(
			visit->arena, words_number(visit, kind->ceiling)));
	}
	return number;
}

static int64_t
read_day(const struct form_values *values, size_t field)
{
	const char *text = form_text(values, field);
	struct date date;

	return text != NULL && date_read(text, &date) ? date_days(date) : DB_NULL;
}

static void
read_limits(struct visit *visit, struct item_plan *plan, size_t options)
{
	const struct builder_kind *kind = &builder_kinds[plan->kind];
	struct item_limits limits;

	if (kind->limits == BUILDER_NUMBERS) {
		plan->least = read_number(visit, QUESTION_LEAST, kind);
		plan->most = read_number(visit, QUESTION_MOST, kind);
	} else if (kind->limits == BUILDER_DAYS) {
		plan->least = read_day(visit->values, QUESTION_EARLIEST);
		plan->most = read_day(visit->values, QUESTION_LATEST);
	}
	limits = item_limits_of(plan->kind, plan->least, plan->most, options);
	if (plan->kind == ITEM_SEVERAL && plan->most != DB_NULL && plan->most > (int64_t)options) {
		form_refuse(visit->values, QUESTION_MOST,
		    message_builder_limit_options(
			visit->arena, words_number(visit, (int64_t)options)));
	}
	if (kind->limits == BUILDER_DAYS && limits.least > limits.most) {
		form_refuse(visit->values, QUESTION_LATEST, message(MESSAGE_BUILDER_DAYS_CROSS));
	} else if (kind->limits == BUILDER_NUMBERS && limits.least > limits.most) {
		form_refuse(visit->values, QUESTION_MOST, message(MESSAGE_BUILDER_LIMITS_CROSS));
	} else if (kind->limits == BUILDER_NUMBERS && limits.most < 1 &&
	    plan->kind != ITEM_NUMBER) {
		form_refuse(visit->values, QUESTION_MOST,
		    message_builder_limit_floor(visit->arena, words_number(visit, 1)));
	}
}

bool
builder_plan_read(struct visit *visit, enum item_kind kind, struct item_plan *plan)
{
	const struct form_values *values = visit->values;
	size_t options = 0;

	*plan = (struct item_plan){ .kind = kind,
		.label = form_words(values, QUESTION_LABEL),
		.help = form_words(values, QUESTION_HELP),
		.is_required = form_checked(values, QUESTION_REQUIRED),
		.is_sensitive = form_checked(values, QUESTION_SENSITIVE),
		.is_identifying = form_checked(values, QUESTION_IDENTIFYING) ||
		    builder_kinds[kind].is_identifying,
		.least = DB_NULL,
		.most = DB_NULL,
		.options = "" };
	if (builder_kinds[kind].has_options) {
		plan->options = read_options(visit, &options);
	}
	read_limits(visit, plan, options);
	return form_ok(values);
}

struct questionnaire_item
builder_plan_item(const struct item_plan *plan)
{
	return (struct questionnaire_item){ .name = "question",
		.kind = item_kind_name(plan->kind),
		.label = plan->label,
		.help = plan->help,
		.is_required = plan->is_required,
		.least = plan->least,
		.most = plan->most,
		.options = plan->options };
}

/* ---- showing ---- */

static void
fill_limit(struct visit *visit, struct form_values *values, size_t field, int64_t limit)
{
	if (limit == DB_NULL) {
		return;
	}
	if (field == QUESTION_EARLIEST || field == QUESTION_LATEST) {
		form_fill(values, field, date_text(visit->arena, date_from_days(limit)));
	} else {
		form_fill_integer(values, field, limit);
	}
}

void
builder_plan_fill(
    struct visit *visit, struct form_values *values, const struct questionnaire_item *item)
{
	bool days = builder_kinds[item_kind_read(item->kind)].limits == BUILDER_DAYS;

	form_fill(values, QUESTION_KIND, item->kind);
	form_fill(values, QUESTION_LABEL, item->label);
	form_fill(values, QUESTION_HELP, item->help);
	form_fill(values, QUESTION_OPTIONS, item->options);
	form_fill_check(values, QUESTION_REQUIRED, item->is_required == 1);
	fill_limit(visit, values, days ? QUESTION_EARLIEST : QUESTION_LEAST, item->least);
	fill_limit(visit, values, days ? QUESTION_LATEST : QUESTION_MOST, item->most);
	form_fill_check(values, QUESTION_SENSITIVE, item->is_sensitive == 1);
	form_fill_check(values, QUESTION_IDENTIFYING, item->is_identifying == 1);
}

/* The fields of a section, copied so that they can be worded by kind. */
struct shown {
	struct page_part_field *rows;
	size_t count;
};

static struct page_part_field *
show_field(const struct form_values *values, struct shown *shown, size_t field)
{
	struct page_part_field_list list = form_rows_between(values, field, field + 1);

	shown->rows[shown->count] = list.rows[0];
	return &shown->rows[shown->count++];
}

static void
show_number(struct visit *visit, const struct form_values *values, struct shown *shown,
    size_t field, const struct builder_kind *kind)
{
	struct page_part_field *row = show_field(values, shown, field);
	bool least = field == QUESTION_LEAST;

	row->label = message(least ? kind->least_label : kind->most_label);
	row->if_help = row->if_help_plain = row->if_described = true;
	row->help = message(least ? kind->least_help : kind->most_help);
	row->if_min = row->if_max = true;
	row->min = words_number(visit, kind->floor);
	row->max = words_number(visit, kind->ceiling);
}

static void
show_limits(struct visit *visit, const struct form_values *values, struct shown *shown,
    const struct builder_kind *kind)
{
	if (kind->limits == BUILDER_NUMBERS) {
		show_number(visit, values, shown, QUESTION_LEAST, kind);
		show_number(visit, values, shown, QUESTION_MOST, kind);
	} else if (kind->limits == BUILDER_DAYS) {
		(void)show_field(values, shown, QUESTION_EARLIEST);
		(void)show_field(values, shown, QUESTION_LATEST);
	}
}

static struct page_cohort_builder_question_sections
section_of(struct visit *visit, enum message title, struct shown *shown)
{
	struct page_cohort_builder_question_sections row = {
		.section_title = message(title),
		.part_field = { shown->rows, shown->count },
	};

	shown->rows = arena_array(visit->arena, QUESTION_FIELDS, sizeof(*shown->rows));
	shown->count = 0;
	return row;
}

/* Only the applicants' form is read blind. */
static void
show_readers(struct visit *visit, const struct builder *builder, const struct form_values *values,
    struct shown *shown, const struct builder_kind *kind,
    struct page_cohort_builder_question_sections *row)
{
	bool blind = strcmp(builder->purpose->purpose, "apply") == 0;
	struct page_part_field *sensitive = show_field(values, shown, QUESTION_SENSITIVE);

	if (!blind) {
		sensitive->help = message(MESSAGE_BUILDER_SENSITIVE_CREW_HELP);
	} else if (!kind->is_identifying) {
		(void)show_field(values, shown, QUESTION_IDENTIFYING);
	}
	*row = section_of(visit, MESSAGE_BUILDER_SECTION_READERS, shown);
	row->if_section_words = blind && kind->is_identifying;
	row->section_words = message(MESSAGE_BUILDER_IDENTIFYING_ALWAYS);
}

struct page_cohort_builder_question_sections_list
builder_plan_sections(struct visit *visit, const struct builder *builder,
    const struct form_values *values, enum item_kind number, bool chooses_kind)
{
	enum { SECTIONS = 4 };
	const struct builder_kind *kind = &builder_kinds[number];
	struct page_cohort_builder_question_sections *rows =
	    arena_array(visit->arena, SECTIONS, sizeof(*rows));
	struct shown shown = { arena_array(visit->arena, QUESTION_FIELDS, sizeof(*shown.rows)), 0 };
	size_t count = 0;

	if (chooses_kind) {
		(void)show_field(values, &shown, QUESTION_KIND);
		rows[count] = section_of(visit, MESSAGE_BUILDER_SECTION_KIND, &shown);
		rows[count++].if_kinds = true;
	}
	(void)show_field(values, &shown, QUESTION_LABEL);
	(void)show_field(values, &shown, QUESTION_HELP);
	if (kind->has_options) {
		show_field(values, &shown, QUESTION_OPTIONS)->if_required = true;
	}
	(void)show_field(values, &shown, QUESTION_REQUIRED);
	rows[count++] = section_of(visit, MESSAGE_BUILDER_SECTION_WORDS, &shown);
	if (kind->limits != BUILDER_NO_LIMITS) {
		show_limits(visit, values, &shown, kind);
		rows[count++] = section_of(visit, MESSAGE_BUILDER_SECTION_LIMITS, &shown);
	}
	show_readers(visit, builder, values, &shown, kind, &rows[count++]);
	return (struct page_cohort_builder_question_sections_list){ rows, count };
}
