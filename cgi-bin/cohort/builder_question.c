/* One question: its words, its limits, who reads the answers. */
#include "builder_plan.h"
#include "ground/text.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/questions.h"
#include "web/time.h"

enum { REVISION_MAX = 20, HELP_ROWS = 4, OPTION_ROWS = 8 };

static const struct field question_fields[QUESTION_FIELDS] = {
	[BUILDER_REVISION] = { "revision", FIELD_HIDDEN, MESSAGE_BUILDER_REVISION_LABEL,
	    .required = true, .max = REVISION_MAX },
	[QUESTION_KIND] = { "kind", FIELD_CHOICE, MESSAGE_BUILDER_KIND_LABEL,
	    MESSAGE_BUILDER_KIND_HELP, .choices = builder_kind_choices,
	    .choice_count = ITEM_KINDS - 1 },
	[QUESTION_LABEL] = { "label", FIELD_LINE, MESSAGE_BUILDER_LABEL_LABEL,
	    MESSAGE_BUILDER_LABEL_HELP, true, .max = ITEM_LABEL_MAX },
	[QUESTION_HELP] = { "help", FIELD_TEXT, MESSAGE_BUILDER_HELP_LABEL,
	    MESSAGE_BUILDER_HELP_HELP, .max = ITEM_HELP_MAX, .rows = HELP_ROWS },
	[QUESTION_OPTIONS] = { "options", FIELD_TEXT, MESSAGE_BUILDER_OPTIONS_LABEL,
	    MESSAGE_BUILDER_OPTIONS_HELP, .max = ITEM_OPTIONS_MAX, .rows = OPTION_ROWS },
	[QUESTION_REQUIRED] = { "required", FIELD_CHECK, MESSAGE_BUILDER_REQUIRED_LABEL,
	    .required = false },
	[QUESTION_LEAST] = { "least", FIELD_NUMBER, MESSAGE_BUILDER_LEAST_LABEL,
	    .min = FIELD_NO_MIN, .max = FIELD_NO_MAX },
	[QUESTION_MOST] = { "most", FIELD_NUMBER, MESSAGE_BUILDER_MOST_LABEL, .min = FIELD_NO_MIN,
	    .max = FIELD_NO_MAX },
	[QUESTION_EARLIEST] = { "earliest", FIELD_DATE, MESSAGE_BUILDER_EARLIEST_LABEL,
	    MESSAGE_BUILDER_EARLIEST_HELP, .required = false },
	[QUESTION_LATEST] = { "latest", FIELD_DATE, MESSAGE_BUILDER_LATEST_LABEL,
	    MESSAGE_BUILDER_LATEST_HELP, .required = false },
	[QUESTION_SENSITIVE] = { "sensitive", FIELD_CHECK, MESSAGE_BUILDER_SENSITIVE_LABEL,
	    MESSAGE_BUILDER_SENSITIVE_HELP, .required = false },
	[QUESTION_IDENTIFYING] = { "identifying", FIELD_CHECK, MESSAGE_BUILDER_IDENTIFYING_LABEL,
	    MESSAGE_BUILDER_IDENTIFYING_HELP, .required = false },
};

const struct form builder_question_form = {
	.name = "form_question",
	.fields = question_fields,
	.count = QUESTION_FIELDS,
	.steps = true,
};

/* What the page is about: a form, and one of its questions or a new one. */
struct asked {
	struct builder builder;
	const struct questionnaire_item *item; /* NULL: a new one */
	struct item_use use;
	enum item_kind kind; /* 0: not chosen yet */
};

/* The kind of one that somebody answered stays; else it is what is typed, and
 * before anything is typed what the address says, or what it was. */
static int
kind_now(struct visit *visit, const struct asked *asked, const struct form_values *values)
{
	if (asked->item != NULL && asked->use.answers > 0) {
		return item_kind_read(asked->item->kind);
	}
	if (values->sent) {
		return item_kind_read(form_text(values, QUESTION_KIND));
	}
	return item_kind_read(asked->item != NULL ? asked->item->kind : visit_query(visit, "kind"));
}

static bool
find(struct visit *visit, bool is_new, struct asked *asked)
{
	struct item_use_rows uses;

	*asked = (struct asked){ .item = NULL };
	if (!builder_find(visit, &asked->builder)) {
		return false;
	}
	if (!is_new) {
		asked->item = builder_item(visit, &asked->builder);
		if (asked->item == NULL) {
			return false;
		}
		uses = questionnaire_uses(visit->db, visit->arena, asked->builder.form.id);
		asked->use = questionnaire_use(&uses, asked->item->id);
	}
	asked->kind =
	    (enum item_kind)kind_now(visit, asked, visit_values(visit, &builder_question_form));
	return true;
}

/* ---- choosing the kind of a new one ---- */

static void
show_kinds(struct visit *visit, const struct asked *asked)
{
	struct page_cohort_builder_kinds_kinds rows[ITEM_KINDS - 1];
	const char *form = builder_link(visit, &asked->builder);
	const char *link =
	    link_under(visit->arena, link_under(visit->arena, form, "question"), "new");

	for (int kind = 1; kind < ITEM_KINDS; kind++) {
		rows[kind - 1] = (struct page_cohort_builder_kinds_kinds){
			.kind_link = link_with(
			    visit->arena, link, "kind", item_kind_name((enum item_kind)kind)),
			.kind = message(builder_kinds[kind].name),
			.kind_words = message(builder_kinds[kind].words),
		};
	}
	page_cohort_builder_kinds(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_builder_kinds){ .form = message(asked->builder.purpose->title),
		.form_link = form,
		.part_organise = parts_organise(visit, ORGANISE_FORM),
		.kinds = { rows, ITEM_KINDS - 1 } });
}

/* ---- the page of one ---- */

static struct page_cohort_builder_question_earlier_list
earlier_rows(struct visit *visit, const struct questionnaire_item *item)
{
	struct earlier_wording_rows earlier =
	    questionnaire_earlier(visit->db, visit->arena, item->id);
	struct page_cohort_builder_question_earlier *rows =
	    arena_array(visit->arena, earlier.count + 1, sizeof(*rows));

	for (size_t i = 0; i < earlier.count; i++) {
		int64_t until = earlier.rows[i].replaced_at;

		rows[i] = (struct page_cohort_builder_question_earlier){
			.earlier_label = earlier.rows[i].label,
			.earlier_answers = builder_answers_words(visit, earlier.rows[i].answers),
			.earlier_machine = time_machine(visit->arena, until),
			.earlier_until = time_words(visit->arena, visit->zone, until),
		};
	}
	return (struct page_cohort_builder_question_earlier_list){ rows, earlier.count };
}

static void
show_old(struct visit *visit, const struct asked *asked, struct page_cohort_builder_question *page)
{
	const struct questionnaire_item *item = asked->item;
	int64_t answers = asked->use.answers_now;

	page->if_answered = answers > 0;
	page->answered = answers == 1
	    ? message(MESSAGE_BUILDER_ANSWERED_ONE)
	    : message_builder_answered_many(visit->arena, words_number(visit, answers));
	page->if_kind_fixed = asked->use.answers > 0;
	page->kind_fixed =
	    message_builder_kind_fixed(visit->arena, message(builder_kinds[asked->kind].name));
	page->earlier = earlier_rows(visit, item);
	page->if_old = item->retired_at == DB_NULL;
	page->retire_words = message(
	    asked->use.answers > 0 ? MESSAGE_BUILDER_RETIRE_WORDS : MESSAGE_BUILDER_REMOVE_WORDS);
	page->retire_name =
	    message(asked->use.answers > 0 ? MESSAGE_BUILDER_RETIRE : MESSAGE_BUILDER_REMOVE);
	page->retire_action =
	    link_under(visit->arena, builder_item_link(visit, &asked->builder, item->id), "retire");
	page->retire_revision = words_number(visit, asked->builder.form.revision);
}

/* The question alone, as whoever is asked sees it. */
static struct page_part_field_list
preview_rows(struct visit *visit, const struct item_plan *plan)
{
	struct questionnaire_item *item = arena_alloc(visit->arena, sizeof(*item));
	struct questionnaire_item_rows items = { item, 1 };
	struct field *field = arena_alloc(visit->arena, sizeof(*field));
	struct form *form = arena_alloc(visit->arena, sizeof(*form));
	struct form_values *values;

	*item = builder_plan_item(plan);
	questions_fields(visit->arena, &items, field);
	*form = (struct form){ .name = "preview", .fields = field, .count = 1 };
	values = form_new(visit->arena, form);
	form_prefix(values, "preview");
	return form_rows(values);
}

/* plan: what is previewed, or NULL. */
static void
show(struct visit *visit, const struct asked *asked, const struct item_plan *plan)
{
	struct form_values *values = visit_values(visit, &builder_question_form);
	const char *form = builder_link(visit, &asked->builder);
	bool is_new = asked->item == NULL;
	enum item_kind kind = asked->kind == 0 ? ITEM_SHORT : asked->kind;
	struct page_cohort_builder_question page = {
		.title =
		    message(is_new ? MESSAGE_BUILDER_QUESTION_NEW : MESSAGE_BUILDER_QUESTION_EDIT),
		.form = message(asked->builder.purpose->title),
		.form_link = form,
		.part_organise = parts_organise(visit, ORGANISE_FORM),
		.part_errors = form_summary(visit->values),
		.action = is_new
		    ? link_under(visit->arena, link_under(visit->arena, form, "question"), "new")
		    : builder_item_link(visit, &asked->builder, asked->item->id),
		.if_preview = plan != NULL,
	};

	form_fill_integer(values, BUILDER_REVISION, asked->builder.form.revision);
	form_fill(values, QUESTION_KIND, item_kind_name(kind));
	if (plan != NULL) {
		page.part_field = preview_rows(visit, plan);
	}
	if (!is_new) {
		builder_plan_fill(visit, values, asked->item);
		show_old(visit, asked, &page);
	}
	page.draft = arena_format(visit->arena, "question-%s-%s-%s", visit->cohort->slug,
	    asked->builder.purpose->purpose, is_new ? "new" : words_number(visit, asked->item->id));
	page.revision = values->values[BUILDER_REVISION].text;
	page.sections =
	    builder_plan_sections(visit, &asked->builder, values, kind, !page.if_kind_fixed);
	page_cohort_builder_question(visit_html(visit, 200), &visit->frame, &page);
}

void
builder_question_new_show(struct visit *visit)
{
	struct asked asked;

	if (!find(visit, true, &asked)) {
		return;
	}
	if (asked.kind == 0 && !visit->again) {
		show_kinds(visit, &asked);
	} else {
		show(visit, &asked, NULL);
	}
}

void
builder_question_show(struct visit *visit)
{
	struct asked asked;

	if (find(visit, false, &asked)) {
		show(visit, &asked, NULL);
	}
}

/* ---- what is sent ---- */

/* What the buttons beside the one that saves do, and mistakes; true: there is
 * a plan to be saved. */
static bool
read(struct visit *visit, const struct asked *asked, struct item_plan *plan)
{
	const char *step = form_step(visit->values);

	if (step != NULL && !text_equal(step, "preview")) {
		visit_turn(visit);
		return false;
	}
	if (asked->kind == 0) {
		form_refuse(visit->values, QUESTION_KIND, message(MESSAGE_BUILDER_KIND_MISSING));
	}
	if (asked->kind == 0 || !builder_plan_read(visit, asked->kind, plan)) {
		visit_again(visit);
		return false;
	}
	if (step != NULL) {
		show(visit, asked, plan);
		return false;
	}
	return true;
}

void
builder_question_add(struct visit *visit)
{
	enum questionnaire_outcome outcome;
	struct item_plan plan;
	struct asked asked;
	int64_t item_id = 0;

	if (!find(visit, true, &asked) || !read(visit, &asked, &plan)) {
		return;
	}
	outcome = questionnaire_add(visit->db, visit->arena, &asked.builder.form,
	    builder_revision(visit), &plan, visit->now, &item_id);
	if (outcome == QUESTIONNAIRE_SAVED) {
		builder_done(visit, &asked.builder, AUDIT_QUESTION_ADDED,
		    MESSAGE_DONE_QUESTION_ADDED, item_id);
	} else {
		builder_refuse(visit, &asked.builder, outcome);
	}
}

void
builder_question_save(struct visit *visit)
{
	enum questionnaire_outcome outcome;
	struct item_plan plan;
	struct asked asked;

	if (!find(visit, false, &asked) || !read(visit, &asked, &plan)) {
		return;
	}
	outcome = questionnaire_reword(visit->db, visit->arena, &asked.builder.form,
	    builder_revision(visit), asked.item->id, &plan, visit->now);
	if (outcome == QUESTIONNAIRE_SAVED) {
		builder_done(visit, &asked.builder, AUDIT_QUESTION_CHANGED,
		    MESSAGE_DONE_QUESTION_SAVED, asked.item->id);
	} else {
		builder_refuse(visit, &asked.builder, outcome);
	}
}
