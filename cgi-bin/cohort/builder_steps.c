/* What is done to a form as a whole, and to its questions by one press. */
#include <string.h>

#include "builder.h"
#include "ground/text.h"
#include "web/link.h"

const char *
builder_purpose_words(const char *purpose)
{
	for (size_t i = 0; i < BUILDER_PURPOSES; i++) {
		if (text_equal(builder_purposes[i].purpose, purpose)) {
			return message(builder_purposes[i].title);
		}
	}
	return purpose;
}

bool
builder_find(struct visit *visit, struct builder *builder)
{
	const char *purpose = visit_param(visit, "purpose");

	for (size_t i = 0; i < BUILDER_PURPOSES; i++) {
		if (strcmp(builder_purposes[i].purpose, purpose) == 0) {
			builder->purpose = &builder_purposes[i];
			if (questionnaire_find(visit->db, visit->arena, visit->cohort->id, purpose,
				&builder->form)) {
				return true;
			}
		}
	}
	visit_not_found(visit);
	return false;
}

const struct questionnaire_item *
builder_item(struct visit *visit, const struct builder *builder)
{
	struct questionnaire_item_rows items =
	    questionnaire_items_ever(visit->db, visit->arena, builder->form.id);
	int64_t id = 0;

	(void)text_integer(visit_param(visit, "item"), 1, INT64_MAX, &id);
	for (size_t i = 0; i < items.count; i++) {
		if (items.rows[i].id == id) {
			return &items.rows[i];
		}
	}
	visit_not_found(visit);
	return NULL;
}

const char *
builder_forms_link(struct visit *visit)
{
	return link_under(
	    visit->arena, link_organise(visit->arena, visit->site, visit->cohort->slug), "form");
}

const char *
builder_link(struct visit *visit, const struct builder *builder)
{
	return link_under(visit->arena, builder_forms_link(visit), builder->purpose->purpose);
}

const char *
builder_item_link(struct visit *visit, const struct builder *builder, int64_t item_id)
{
	return link_under(visit->arena,
	    link_under(visit->arena, builder_link(visit, builder), "question"),
	    words_number(visit, item_id));
}

int64_t
builder_revision(const struct visit *visit)
{
	int64_t revision = 0;

	(void)text_integer(form_text(visit->values, BUILDER_REVISION), 0, INT64_MAX, &revision);
	return revision;
}

static enum message
why_words(enum questionnaire_outcome why)
{
	switch (why) {
	case QUESTIONNAIRE_CHANGED_MEANWHILE:
		return MESSAGE_BUILDER_CHANGED_MEANWHILE;
	case QUESTIONNAIRE_NO_ITEM:
		return MESSAGE_BUILDER_NO_ITEM;
	case QUESTIONNAIRE_KIND_FIXED:
		return MESSAGE_BUILDER_KIND_STAYS;
	case QUESTIONNAIRE_STAYS_SENSITIVE:
		return MESSAGE_BUILDER_STAYS_SENSITIVE;
	case QUESTIONNAIRE_FULL:
		return MESSAGE_BUILDER_FULL;
	case QUESTIONNAIRE_SAVED:
	case QUESTIONNAIRE_FAULT:
	default:
		return MESSAGE_NONE;
	}
}

void
builder_refuse(struct visit *visit, const struct builder *builder, enum questionnaire_outcome why)
{
	enum message words = why_words(why);

	if (words == MESSAGE_NONE) {
		visit_error(visit, 500);
		return;
	}
	if (why == QUESTIONNAIRE_CHANGED_MEANWHILE) {
		visit->values->values[BUILDER_REVISION].text =
		    words_number(visit, builder->form.revision);
	}
	form_refuse_whole(visit->values, message(words));
	visit_again(visit);
}

/* The page that says it is done, at the question that it was done to. */
static const char *
done_link(struct visit *visit, const struct builder *builder, enum message done, int64_t item_id)
{
	static const char prefix[] = "done_";
	const char *link = link_with(visit->arena, builder_link(visit, builder), "done",
	    message_name(done) + strlen(prefix));

	return item_id == 0
	    ? link
	    : link_at(visit->arena, link,
		  arena_format(visit->arena, "question-%s", words_number(visit, item_id)));
}

void
builder_done(struct visit *visit, const struct builder *builder, enum audit_action action,
    enum message done, int64_t item_id)
{
	const char *problem = builder_room_problem(visit, builder);

	if (problem != NULL) {
		form_refuse_whole(visit->values, problem);
		visit_again(visit);
		return;
	}
	visit_audit(visit, action, 0, builder->purpose->purpose);
	visit_redirect(visit, done_link(visit, builder, done, item_id));
}

void
builder_save(struct visit *visit)
{
	struct builder builder;
	enum questionnaire_outcome outcome;

	if (!builder_find(visit, &builder)) {
		return;
	}
	outcome = questionnaire_change(visit->db, &builder.form, builder_revision(visit),
	    form_words(visit->values, BUILDER_INTRO),
	    form_integer(visit->values, BUILDER_MINUTES, 1));
	if (outcome == QUESTIONNAIRE_SAVED) {
		builder_done(visit, &builder, AUDIT_FORM_CHANGED, MESSAGE_DONE_FORM_SAVED, 0);
	} else {
		builder_refuse(visit, &builder, outcome);
	}
}

/* A cohort that is not among those offered is a mistake at the field. */
static const struct questionnaire_source *
chosen_source(struct visit *visit, const struct builder *builder)
{
	struct questionnaire_source_rows sources =
	    questionnaire_sources(visit->db, visit->arena, &builder->form, visit->person->id);
	struct choice *choices = arena_array(visit->arena, sources.count + 1, sizeof(*choices));
	const char *slug = form_text(visit->values, BUILDER_COPY_COHORT);
	const struct questionnaire_source *chosen = NULL;

	for (size_t i = 0; i < sources.count; i++) {
		choices[i].value = choices[i].label = sources.rows[i].slug;
		if (text_equal(slug, sources.rows[i].slug)) {
			chosen = &sources.rows[i];
		}
	}
	form_choices(visit->values, BUILDER_COPY_COHORT, choices, sources.count);
	return chosen;
}

void
builder_copy(struct visit *visit)
{
	const struct questionnaire_source *source;
	struct questionnaire_copied copied;
	enum questionnaire_outcome outcome;
	struct builder builder;

	if (!builder_find(visit, &builder)) {
		return;
	}
	source = chosen_source(visit, &builder);
	if (source == NULL) {
		visit_again(visit);
		return;
	}
	outcome = questionnaire_take_over(visit->db, visit->arena, &builder.form,
	    builder_revision(visit), source, visit->cohort, visit->now, &copied);
	if (outcome == QUESTIONNAIRE_SAVED) {
		builder_done(
		    visit, &builder, AUDIT_QUESTIONS_COPIED, MESSAGE_DONE_QUESTIONS_COPIED, 0);
	} else {
		builder_refuse(visit, &builder, outcome);
	}
}

void
builder_move(struct visit *visit)
{
	const char *direction = form_text(visit->values, BUILDER_MOVE_DIRECTION);
	const struct questionnaire_item *item;
	enum questionnaire_outcome outcome;
	struct builder builder;

	if (!text_equal(direction, "up") && !text_equal(direction, "down")) {
		visit_forbidden(visit);
		return;
	}
	if (!builder_find(visit, &builder) || (item = builder_item(visit, &builder)) == NULL) {
		return;
	}
	outcome = questionnaire_move(visit->db, visit->arena, &builder.form,
	    builder_revision(visit), item->id, text_equal(direction, "up"));
	if (outcome == QUESTIONNAIRE_SAVED) {
		builder_done(
		    visit, &builder, AUDIT_QUESTION_MOVED, MESSAGE_DONE_QUESTION_MOVED, item->id);
	} else {
		builder_refuse(visit, &builder, outcome);
	}
}

void
builder_retire(struct visit *visit)
{
	const struct questionnaire_item *item;
	enum questionnaire_outcome outcome;
	struct builder builder;
	bool is_gone = false;

	if (!builder_find(visit, &builder) || (item = builder_item(visit, &builder)) == NULL) {
		return;
	}
	outcome = questionnaire_retire(visit->db, visit->arena, &builder.form,
	    builder_revision(visit), item->id, visit->now, &is_gone);
	if (outcome == QUESTIONNAIRE_SAVED) {
		builder_done(visit, &builder, AUDIT_QUESTION_RETIRED,
		    is_gone ? MESSAGE_DONE_QUESTION_REMOVED : MESSAGE_DONE_QUESTION_RETIRED, 0);
	} else {
		builder_refuse(visit, &builder, outcome);
	}
}

void
builder_return(struct visit *visit)
{
	const struct questionnaire_item *item;
	enum questionnaire_outcome outcome;
	struct builder builder;

	if (!builder_find(visit, &builder) || (item = builder_item(visit, &builder)) == NULL) {
		return;
	}
	outcome = questionnaire_return(
	    visit->db, visit->arena, &builder.form, builder_revision(visit), item->id);
	if (outcome == QUESTIONNAIRE_SAVED) {
		builder_done(visit, &builder, AUDIT_QUESTION_RETURNED,
		    MESSAGE_DONE_QUESTION_RETURNED, item->id);
	} else {
		builder_refuse(visit, &builder, outcome);
	}
}
