#include "reading.h"

#include "ground/arena.h"
#include "statement.h"

enum { CRAFT = 1, KINDNESS = 2 };

void
reading_criterion(struct model *model, int id, int weight)
{
	statement(model,
	    arena_format(model->arena,
		"INSERT INTO criterion (id, cohort_id, name, weight, position)"
		" VALUES (%d, %lld, 'c%d', %d, %d)",
		id, (long long)model->cohort.id, id, weight, id));
}

/* Two criteria, of weights 3 and 1. */
void
reading_two_criteria(struct model *model)
{
	reading_criterion(model, CRAFT, 3);
	reading_criterion(model, KINDNESS, 1);
}

enum review_next_outcome
reading_next(struct model *model, int64_t person_id, int64_t now, const char **key)
{
	return review_take_next(
	    model->db, model->arena, &model->cohort, person_id, false, now, key);
}

const char *
reading_taken(struct model *model, int64_t person_id)
{
	const char *key = NULL;

	assert_int_equal(reading_next(model, person_id, model->now, &key), REVIEW_NEXT_TAKEN);
	return key;
}

enum review_outcome
reading_said_at(struct model *model, const struct application *application, int64_t person_id,
    int64_t craft, int64_t kindness, int64_t revision, int64_t now)
{
	const int64_t points[] = { craft, kindness };

	return review_save(model->db, model->arena, &model->cohort, application, person_id,
	    &(struct review_said){
		.points = points, .count = 2, .note = "A note", .revision = revision },
	    now);
}

enum review_outcome
reading_said(struct model *model, const struct application *application, int64_t person_id,
    int64_t craft, int64_t kindness)
{
	return reading_said_at(model, application, person_id, craft, kindness, 0, model->now);
}

struct review
reading_of(struct model *model, const struct application *application, int64_t person_id)
{
	struct review review;

	assert_true(review_find(model->db, model->arena, application->id, person_id, &review));
	return review;
}
