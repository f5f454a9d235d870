#include "builder.h"

#include <string.h>

#include "ground/text.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/request.h"

const struct builder_purpose builder_purposes[BUILDER_PURPOSES] = {
	{ "apply", MESSAGE_BUILDER_APPLY, MESSAGE_BUILDER_APPLY_WORDS,
	    MESSAGE_BUILDER_APPLY_ALWAYS },
	{ "navigator", MESSAGE_BUILDER_NAVIGATOR, MESSAGE_BUILDER_NAVIGATOR_WORDS,
	    MESSAGE_BUILDER_CREW_ALWAYS },
	{ "captain", MESSAGE_BUILDER_CAPTAIN, MESSAGE_BUILDER_CAPTAIN_WORDS,
	    MESSAGE_BUILDER_CREW_ALWAYS },
	{ "organiser", MESSAGE_BUILDER_ORGANISER, MESSAGE_BUILDER_ORGANISER_WORDS,
	    MESSAGE_BUILDER_ORGANISER_ALWAYS },
};

enum { REVISION_MAX = 20, INTRO_ROWS = 4, DIRECTION_MAX = 4 };

#define REVISION_FIELD \
	{ \
		.name = "revision", .kind = FIELD_HIDDEN, .label = MESSAGE_BUILDER_REVISION_LABEL, \
		.required = true, .max = REVISION_MAX \
	}

static const struct field builder_fields[BUILDER_FIELDS] = {
	[BUILDER_REVISION] = REVISION_FIELD,
	[BUILDER_INTRO] = { "intro", FIELD_TEXT, MESSAGE_BUILDER_INTRO_LABEL,
	    MESSAGE_BUILDER_INTRO_HELP, .max = QUESTIONNAIRE_INTRO_MAX, .rows = INTRO_ROWS },
	[BUILDER_MINUTES] = { "minutes", FIELD_NUMBER, MESSAGE_BUILDER_MINUTES_LABEL,
	    MESSAGE_BUILDER_MINUTES_HELP, true, .min = 1, .max = QUESTIONNAIRE_MINUTES_MAX },
};

const struct form builder_form = {
	.name = "questionnaire",
	.fields = builder_fields,
	.count = BUILDER_FIELDS,
};

static const struct field copy_fields[BUILDER_COPY_FIELDS] = {
	[BUILDER_COPY_REVISION] = REVISION_FIELD,
	[BUILDER_COPY_COHORT] = { "cohort", FIELD_CHOICE, MESSAGE_BUILDER_COHORT_LABEL,
	    .required = true },
};

const struct form builder_copy_form = {
	.name = "questionnaire_copy",
	.fields = copy_fields,
	.count = BUILDER_COPY_FIELDS,
};

static const struct field move_fields[BUILDER_MOVE_FIELDS] = {
	[BUILDER_MOVE_REVISION] = REVISION_FIELD,
	/* Which of the two buttons it was. */
	[BUILDER_MOVE_DIRECTION] = { "direction", FIELD_HIDDEN, MESSAGE_BUILDER_DIRECTION_LABEL,
	    .required = true, .max = DIRECTION_MAX },
};

const struct form builder_move_form = {
	.name = "question_move",
	.fields = move_fields,
	.count = BUILDER_MOVE_FIELDS,
};

static const struct field button_fields[] = { REVISION_FIELD };

const struct form builder_button_form = {
	.name = "question_press",
	.fields = button_fields,
	.count = 1,
};

/* ---- the list of forms ---- */

static const char *
questions_words_of(struct visit *visit, size_t count)
{
	if (count == 0) {
		return message(MESSAGE_BUILDER_QUESTIONS_NONE);
	}
	return count == 1
	    ? message(MESSAGE_BUILDER_QUESTIONS_ONE)
	    : message_builder_questions_many(visit->arena, words_number(visit, (int64_t)count));
}

static const char *
minutes_words(struct visit *visit, int64_t minutes)
{
	return minutes == 1
	    ? message(MESSAGE_BUILDER_MINUTES_ONE)
	    : message_builder_minutes_many(visit->arena, words_number(visit, minutes));
}

static struct page_cohort_builder_forms_forms
form_row(struct visit *visit, const struct builder_purpose *purpose)
{
	struct builder builder = { .purpose = purpose };
	struct questionnaire_item_rows items = { NULL, 0 };

	if (questionnaire_find(
		visit->db, visit->arena, visit->cohort->id, purpose->purpose, &builder.form)) {
		items = questionnaire_items(visit->db, visit->arena, builder.form.id);
	}
	return (struct page_cohort_builder_forms_forms){
		.form_link = builder_link(visit, &builder),
		.form = message(purpose->title),
		.form_words = message(purpose->words),
		.form_questions = questions_words_of(visit, items.count),
		.if_form_minutes = items.count > 0,
		.form_minutes = minutes_words(visit, builder.form.minutes),
	};
}

void
builder_forms_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	struct page_cohort_builder_forms_forms rows[BUILDER_PURPOSES];

	for (size_t i = 0; i < BUILDER_PURPOSES; i++) {
		rows[i] = form_row(visit, &builder_purposes[i]);
	}
	page_cohort_builder_forms(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_builder_forms){ .name = cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_FORM),
		.forms = { rows, BUILDER_PURPOSES } });
}

/* ---- one form ---- */

static struct page_cohort_builder_questions
question_row(struct visit *visit, const struct builder *builder,
    const struct questionnaire_item *item, const struct item_use *use)
{
	const char *link = builder_item_link(visit, builder, item->id);

	return (struct page_cohort_builder_questions){
		.question_id =
		    arena_format(visit->arena, "question-%s", words_number(visit, item->id)),
		.question_link = link,
		.question = item->label,
		.facts = builder_facts(visit, item, use->answers),
		.move_action = link_under(visit->arena, link, "move"),
		.move_revision = words_number(visit, builder->form.revision),
		.up_question = item->label,
		.down_question = item->label,
	};
}

static struct page_cohort_builder_retired
retired_row(struct visit *visit, const struct builder *builder,
    const struct questionnaire_item *item, const struct item_use *use)
{
	return (struct page_cohort_builder_retired){
		.retired_question = item->label,
		.retired_answers = builder_answers_words(visit, use->answers),
		.return_action =
		    link_under(visit->arena, builder_item_link(visit, builder, item->id), "return"),
		.return_revision = words_number(visit, builder->form.revision),
		.return_question = item->label,
	};
}

static void
show_questions(struct visit *visit, const struct builder *builder, struct page_cohort_builder *page)
{
	struct questionnaire_item_rows items =
	    questionnaire_items_ever(visit->db, visit->arena, builder->form.id);
	struct item_use_rows uses = questionnaire_uses(visit->db, visit->arena, builder->form.id);
	struct page_cohort_builder_questions *asked =
	    arena_array(visit->arena, items.count + 1, sizeof(*asked));
	struct page_cohort_builder_retired *retired =
	    arena_array(visit->arena, items.count + 1, sizeof(*retired));

	page->questions.rows = asked;
	page->retired.rows = retired;
	for (size_t i = 0; i < items.count; i++) {
		const struct questionnaire_item *item = &items.rows[i];
		struct item_use use = questionnaire_use(&uses, item->id);

		if (item->retired_at == DB_NULL) {
			asked[page->questions.count++] = question_row(visit, builder, item, &use);
		} else {
			retired[page->retired.count++] = retired_row(visit, builder, item, &use);
		}
	}
	if (page->questions.count > 0) {
		asked[0].if_first = true;
		asked[page->questions.count - 1].if_last = true;
	}
}

/* The cohorts whose questions can be taken over; no section without one. */
static struct page_cohort_builder_copy_list
copy_section(struct visit *visit, const struct builder *builder)
{
	struct questionnaire_source_rows sources =
	    questionnaire_sources(visit->db, visit->arena, &builder->form, visit->person->id);
	struct form_values *values = visit_values(visit, &builder_copy_form);
	struct page_cohort_builder_copy *row = arena_alloc(visit->arena, sizeof(*row));
	struct choice *choices = arena_array(visit->arena, sources.count + 1, sizeof(*choices));

	for (size_t i = 0; i < sources.count; i++) {
		choices[i].value = sources.rows[i].slug;
		choices[i].label = message_builder_cohort_choice(visit->arena, sources.rows[i].name,
		    questions_words_of(visit, (size_t)sources.rows[i].questions));
	}
	form_choices(values, BUILDER_COPY_COHORT, choices, sources.count);
	*row = (struct page_cohort_builder_copy){
		.copy_action = link_under(visit->arena, builder_link(visit, builder), "copy"),
		.copy_revision = words_number(visit, builder->form.revision),
		.part_field = form_rows_between(values, BUILDER_COPY_COHORT, BUILDER_COPY_FIELDS),
	};
	return (struct page_cohort_builder_copy_list){ row, sources.count > 0 ? 1 : 0 };
}

static struct page_part_field_list
head_fields(struct visit *visit, const struct builder *builder)
{
	struct form_values *values = visit_values(visit, &builder_form);

	form_fill_integer(values, BUILDER_REVISION, builder->form.revision);
	form_fill(values, BUILDER_INTRO, builder->form.intro);
	form_fill_integer(values, BUILDER_MINUTES, builder->form.minutes);
	return form_rows(values);
}

/* The applicants' form is shown by the program that takes it. */
static const char *
preview_link(struct visit *visit, const struct builder *builder)
{
	const char *form = strcmp(builder->form.purpose, "apply") == 0
	    ? link_apply(visit->arena, visit->site, visit->cohort->slug)
	    : builder_link(visit, builder);

	return link_under(visit->arena, form, "preview");
}

void
builder_show(struct visit *visit)
{
	struct builder builder;
	struct page_cohort_builder page = { .name = visit->cohort->name };

	if (!builder_find(visit, &builder)) {
		return;
	}
	page.form = message(builder.purpose->title);
	page.forms_link = builder_forms_link(visit);
	page.part_organise = parts_organise(visit, ORGANISE_FORM);
	page.form_words = message(builder.purpose->words);
	page.always = message(builder.purpose->always);
	page.new_link = link_under(visit->arena,
	    link_under(visit->arena, builder_link(visit, &builder), "question"), "new");
	page.preview_link = preview_link(visit, &builder);
	page.action = builder_link(visit, &builder);
	page.draft =
	    arena_format(visit->arena, "form-%s-%s", visit->cohort->slug, builder.purpose->purpose);
	page.part_field = head_fields(visit, &builder);
	page.copy = copy_section(visit, &builder);
	page.room = message_builder_room(visit->arena,
	    words_number(visit, builder_room_used(visit, &builder)),
	    words_number(visit, REQUEST_BODY_MAX / 1024));
	show_questions(visit, &builder, &page);
	page.part_errors = form_summary(visit->values);
	if (page.questions.count == 0) {
		page.part_empty = parts_empty(visit, MESSAGE_BUILDER_NONE_TITLE,
		    MESSAGE_BUILDER_NONE_WORDS, NULL, MESSAGE_NONE);
	}
	page_cohort_builder(visit_html(visit, 200), &visit->frame, &page);
}
