#include <string.h>

#include "db/db.h"
#include "ground/arena.h"
#include "ground/bytes.h"
#include "model/criterion.h"
#include "model/level.h"
#include "model/person.h"
#include "model/questionnaire.h"
#include "model/review.h"
#include "model/reviewers.h"
#include "sample.h"
#include "web/default_questions.h"

enum { QUESTIONS_MAX = 40 };

static bool
read_kind(struct sample *sample, const json_t *question, enum item_kind *kind)
{
	const char *name = sample_text(sample, question, "kind");

	for (*kind = ITEM_SHORT; *kind < ITEM_KINDS; (*kind)++) {
		if (strcmp(item_kind_name(*kind), name) == 0) {
			return true;
		}
	}
	return sample_fail(sample, "there is no kind of question", name);
}

/* One a line, as an organiser types them. */
static const char *
read_lines(struct sample *sample, const json_t *list)
{
	struct bytes *lines = bytes_new(sample->arena);
	size_t index;
	json_t *line;

	json_array_foreach(list, index, line)
	{
		bytes_format(lines, "%s%s", index == 0 ? "" : "\n", sample_word(line));
	}
	return lines->data;
}

static bool
read_question(struct sample *sample, const json_t *question, struct questionnaire_default *read)
{
	read->name = sample_text(sample, question, "name");
	read->plan.label = sample_text(sample, question, "label");
	read->plan.help = sample_text(sample, question, "help");
	read->plan.is_required = json_is_true(json_object_get(question, "required"));
	read->plan.is_sensitive = json_is_true(json_object_get(question, "sensitive"));
	read->plan.is_identifying = json_is_true(json_object_get(question, "identifying"));
	read->plan.least = sample_number(question, "least", DB_NULL);
	read->plan.most = sample_number(question, "most", DB_NULL);
	read->plan.options = read_lines(sample, json_object_get(question, "options"));
	return read_kind(sample, question, &read->plan.kind);
}

/* What the cohort asks; the questions of the software when it says nothing. */
static bool
make_questions(struct sample *sample, const struct sample_event *event, const struct cohort *cohort)
{
	const json_t *list = json_object_get(event->cohort, "questions");
	struct questionnaire_default questions[QUESTIONS_MAX];
	size_t count = json_array_size(list);

	if (count == 0) {
		return default_questions_add(sample->db, sample->arena, cohort->id, event->at);
	}
	if (count > QUESTIONS_MAX) {
		return sample_fail(sample, "too many questions in", cohort->slug);
	}
	for (size_t i = 0; i < count; i++) {
		if (!read_question(sample, json_array_get(list, i), &questions[i])) {
			return false;
		}
	}
	return questionnaire_make_default(
		   sample->db, sample->arena, cohort->id, questions, count, event->at) ||
	    sample_fail(sample, "the questions of", cohort->slug);
}

static bool
make_levels(struct sample *sample, const struct sample_event *event, const struct cohort *cohort)
{
	const json_t *list = json_object_get(event->cohort, "levels");
	struct level_words words[LEVEL_COUNT];

	if (list == NULL) {
		return true;
	}
	for (size_t i = 0; i < LEVEL_COUNT; i++) {
		words[i].name = sample_text(sample, json_array_get(list, i), "name");
		words[i].help = sample_text(sample, json_array_get(list, i), "help");
	}
	return level_change(sample->db, cohort, cohort->revision, words) == LEVEL_SAVED ||
	    sample_fail(sample, "the levels of", cohort->slug);
}

static bool
make_criteria(struct sample *sample, const struct sample_event *event, const struct cohort *cohort)
{
	size_t index;
	json_t *criterion;

	json_array_foreach(json_object_get(event->cohort, "criteria"), index, criterion)
	{
		const struct criterion_plan plan = {
			.name = sample_text(sample, criterion, "name"),
			.help = sample_text(sample, criterion, "help"),
			.weight = sample_number(criterion, "weight", 1),
		};

		if (criterion_add(sample->db, sample->arena, cohort, &plan) != CRITERION_SAVED) {
			return sample_fail(sample, "the criterion", plan.name);
		}
	}
	return true;
}

bool
sample_round_planned(struct sample *sample, const struct sample_event *event)
{
	struct cohort cohort;

	return sample_find_cohort(sample, event, &cohort) &&
	    make_questions(sample, event, &cohort) && make_levels(sample, event, &cohort) &&
	    make_criteria(sample, event, &cohort);
}

bool
sample_reviewer_appointed(struct sample *sample, const struct sample_event *event)
{
	json_t *entry = sample_person(sample, sample_text(sample, event->item, "who"));
	struct cohort cohort;
	int64_t person_id;

	return entry != NULL && sample_find_cohort(sample, event, &cohort) &&
	    (reviewers_appoint(sample->db, sample->arena, &cohort,
		 sample_text(sample, entry, "name"), sample_text(sample, entry, "email"), event->at,
		 &person_id) == REVIEWERS_APPOINTED ||
		sample_fail(sample, "appointing", sample_text(sample, entry, "email")));
}

static size_t
read_points(const json_t *list, int64_t points[CRITERIA_MAX])
{
	size_t count = json_array_size(list);

	for (size_t i = 0; i < count && i < CRITERIA_MAX; i++) {
		points[i] = json_integer_value(json_array_get(list, i));
	}
	return count < CRITERIA_MAX ? count : CRITERIA_MAX;
}

bool
sample_review_saved(struct sample *sample, const struct sample_event *event)
{
	const char *who = sample_text(sample, event->review, "who");
	const char *email = sample_text(sample, sample_person(sample, who), "email");
	int64_t points[CRITERIA_MAX];
	const struct review_said said = {
		.points = points,
		.count = read_points(json_object_get(event->review, "scores"), points),
		.note = sample_text(sample, event->review, "note"),
		.is_flagged = json_is_true(json_object_get(event->review, "flag")),
	};
	struct cohort cohort;
	struct application application;
	struct person person;

	return sample_find_cohort(sample, event, &cohort) &&
	    sample_find_application(sample, event, &cohort, &application) &&
	    ((person_find_by_email(sample->db, sample->arena, email, &person) &&
		 review_save(sample->db, sample->arena, &cohort, &application, person.id, &said,
		     event->at) == REVIEW_SAVED) ||
		sample_fail(sample, "the review by", who));
}
