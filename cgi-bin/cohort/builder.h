/*
 * The forms that organisers build: the list of them and one form with its
 * questions (builder.c), what is done to it (builder_steps.c), one question
 * (builder_question.c) with the limits of its kind (builder_kind.c), how a
 * volunteers' form looks (builder_preview.c), and whether a form can be sent
 * (builder_room.c).
 */
#ifndef COHORT_BUILDER_H
#define COHORT_BUILDER_H

#include "cohort.h"
#include "model/questionnaire_plan.h"

handler_fn builder_forms_show;
handler_fn builder_show;
handler_fn builder_save;
handler_fn builder_copy;
handler_fn builder_move;
handler_fn builder_retire;
handler_fn builder_return;
handler_fn builder_question_new_show;
handler_fn builder_question_add;
handler_fn builder_question_show;
handler_fn builder_question_save;
handler_fn builder_preview_show;

extern const struct form builder_form; /* the words before the questions */
extern const struct form builder_copy_form;
extern const struct form builder_move_form;
extern const struct form builder_button_form; /* a press, at a revision */
extern const struct form builder_question_form;

enum builder_field { BUILDER_REVISION, BUILDER_INTRO, BUILDER_MINUTES, BUILDER_FIELDS };

enum builder_copy_field { BUILDER_COPY_REVISION, BUILDER_COPY_COHORT, BUILDER_COPY_FIELDS };

enum builder_move_field { BUILDER_MOVE_REVISION, BUILDER_MOVE_DIRECTION, BUILDER_MOVE_FIELDS };

/* All these forms carry the revision first. */

/* One of the four forms, in words. */
struct builder_purpose {
	const char *purpose; /* as the schema has it */
	enum message title;
	enum message words;
	enum message always; /* what it asks besides */
};

enum { BUILDER_PURPOSES = 4 };

extern const struct builder_purpose builder_purposes[BUILDER_PURPOSES];

/* What the form of a purpose is called. */
const char *builder_purpose_words(const char *purpose);

/* The form that the address names. */
struct builder {
	const struct builder_purpose *purpose;
	struct questionnaire form;
};

/* False: there is none, and the answer is made. */
bool builder_find(struct visit *visit, struct builder *builder);

/* The question that the address names, asked or not; NULL: the answer is
 * made. */
const struct questionnaire_item *builder_item(struct visit *visit, const struct builder *builder);

/* The page of all forms, of a purpose, and of one of its questions. */
const char *builder_forms_link(struct visit *visit);
const char *builder_link(struct visit *visit, const struct builder *builder);
const char *builder_item_link(struct visit *visit, const struct builder *builder, int64_t item_id);

/* The revision that the form which was sent was shown with. */
int64_t builder_revision(const struct visit *visit);

/* Says why the model refused; the form comes back with the newest revision, so
 * that pressing once more does it knowingly. */
void
builder_refuse(struct visit *visit, const struct builder *builder, enum questionnaire_outcome why);

/*
 * What follows QUESTIONNAIRE_SAVED: the log, and back to the form, at the
 * question if it is not 0; or the refusal, when the form has grown beyond what
 * can be sent.
 */
void builder_done(struct visit *visit, const struct builder *builder, enum audit_action action,
    enum message done, int64_t item_id);

/* ---- builder_kind.c: what the kinds are called and need ---- */

enum builder_limits { BUILDER_NO_LIMITS, BUILDER_NUMBERS, BUILDER_DAYS };

struct builder_kind {
	enum message name;
	enum message words;
	bool has_options;
	bool is_identifying; /* whoever answers says who they are */
	enum builder_limits limits;
	/* NUMBERS: what may be typed, and how the two fields are called. */
	int64_t floor;
	int64_t ceiling;
	enum message least_label, least_help, most_label, most_help;
};

extern const struct builder_kind builder_kinds[ITEM_KINDS];

/* The kinds as choices, ITEM_KINDS - 1 of them. */
extern const struct choice builder_kind_choices[ITEM_KINDS - 1];

/* "4 answers" */
const char *builder_answers_words(struct visit *visit, int64_t count);

/* What a question is, in a few words: its kind, limits and marks. */
struct page_cohort_builder_questions_facts_list
builder_facts(struct visit *visit, const struct questionnaire_item *item, int64_t answers);

/* ---- builder_room.c: the longest body ---- */

/* A number of bytes and of fields that one form can send. */
struct builder_room {
	size_t bytes;
	size_t fields;
};

/* What is kept for the fields that every form of a purpose has. */
struct builder_room builder_room_fixed(const char *purpose);

/* In kB: what the form can send at most, with the fields every such form
 * has. */
int64_t builder_room_used(struct visit *visit, const struct builder *builder);

/* In words why the form as it stands now could not be sent, or NULL. */
const char *builder_room_problem(struct visit *visit, const struct builder *builder);

#endif
