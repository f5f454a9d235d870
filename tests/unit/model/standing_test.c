#include "fixture.h"

#include "db/catalogue.h"
#include "db/query/offer.h"
#include "db/query/standing.h"
#include "model/offer.h"
#include "model/standing.h"

/* Every standing an application of the tests is brought to, by the steps of
 * the drawing. */
static const enum standing roads[STANDING_END][3] = {
	[STANDING_RECEIVED] = { 0 },
	[STANDING_COUNTING] = { 0 },
	[STANDING_WITHDRAWN] = { STANDING_WITHDRAWN },
	[STANDING_WAITLISTED] = { STANDING_WAITLISTED },
	[STANDING_DECLINED] = { STANDING_DECLINED },
	[STANDING_OFFERED] = { STANDING_OFFERED },
	[STANDING_CONFIRMED] = { STANDING_OFFERED, STANDING_CONFIRMED },
	[STANDING_REFUSED] = { STANDING_OFFERED, STANDING_REFUSED },
	[STANDING_LAPSED] = { STANDING_OFFERED, STANDING_LAPSED },
	[STANDING_CLOSED] = { STANDING_WAITLISTED, STANDING_CLOSED },
};

static enum standing
standing_now(struct model *model, int64_t id)
{
	struct standing_of_row row;

	assert_true(standing_of(
	    model->db, model->arena, &(struct standing_of_in){ .application_id = id }, &row));
	return standing_read(row.standing);
}

/* Writes a standing past the model, as a mistake of ours would; everything
 * else about the row is left to say what it says. */
static int64_t
force_standing(struct model *model, int64_t id, enum standing to)
{
	static const struct db_field binds[] = {
		{ DB_TEXT, offsetof(struct standing_set_in, after) },
		{ DB_INTEGER, offsetof(struct standing_set_in, application_id) },
	};
	struct db_query query = {
		.name = "force_standing",
		.sql = "UPDATE application SET standing = ?1 WHERE id = ?2",
		.index = db_query_count,
		.binds = binds,
		.bind_count = 2,
	};

	return db_exec(model->db, &query,
	    &(struct standing_set_in){ .application_id = id, .after = standing_text(to) });
}

/* What leads to a standing, as it comes about: -1 refused, else rows. */
static int64_t
lead_to(struct model *model, int64_t id, enum standing from, enum standing to)
{
	struct offer offer = { 0 };

	switch (to) {
	case STANDING_RECEIVED:
		return force_standing(model, id, to);
	case STANDING_COUNTING:
		return application_clear_withdrawn(model->db,
		    &(struct application_clear_withdrawn_in){ .id = id, .now = model->now });
	case STANDING_WITHDRAWN:
		return application_set_withdrawn(model->db,
		    &(struct application_set_withdrawn_in){ .id = id, .now = model->now });
	case STANDING_WAITLISTED:
	case STANDING_DECLINED:
	case STANDING_CLOSED:
		return standing_set(model->db,
		    &(struct standing_set_in){ .application_id = id,
			.before = standing_text(from),
			.after = standing_text(to),
			.position = 1 });
	case STANDING_OFFERED:
		return offer_insert(model->db,
		    &(struct offer_insert_in){
			.key = arena_format(model->arena, "o%lld-%d", (long long)id, from),
			.application_id = id,
			.group_id = DB_NULL,
			.replaces_id = DB_NULL,
			.now = model->now,
			.deadline_at = model->now + CLOCK_DAY });
	case STANDING_CONFIRMED:
	case STANDING_REFUSED:
	case STANDING_LAPSED:
		(void)offer_of_application(model->db, model->arena,
		    &(struct offer_of_application_in){ .application_id = id }, &offer);
		return offer_end(model->db,
		    &(struct offer_end_in){
			.id = offer.id, .state = standing_text(to), .now = model->now });
	case STANDING_END:
	default:
		return -1;
	}
}

/* An application of its own in that standing. */
static int64_t
stand(struct model *model, enum standing standing, const char *name)
{
	struct application application = model_application(model, name);
	enum standing from = STANDING_COUNTING;

	if (standing == STANDING_RECEIVED) {
		return model_received(model, arena_format(model->arena, "%s-2", name));
	}
	for (size_t i = 0; i < 3 && roads[standing][i] != 0; i++) {
		assert_int_equal(lead_to(model, application.id, from, roads[standing][i]), 1);
		from = roads[standing][i];
	}
	assert_int_equal(standing_now(model, application.id), standing);
	return application.id;
}

/* Confirming is the one step out of received. */
static bool
confirm(struct model *model, int64_t id)
{
	return application_set_confirmed(model->db,
		   &(struct application_set_confirmed_in){ .id = id,
		       .person_id = model_person(model, "confirming"),
		       .now = model->now }) == 1;
}

static void
try_step(struct model *model, enum standing from, enum standing to)
{
	const char *name = arena_format(model->arena, "star%d-%d", from, to);
	int64_t id = stand(model, from, name);

	if (!standing_may(from, to)) {
		assert_int_equal(standing_step(model->db, id, from, to, DB_NULL), STANDING_NO_STEP);
		assert_int_equal(force_standing(model, id, to), from == to ? 1 : -1);
		if (from != to) {
			assert_int_equal(db_refusal(model->db), REFUSAL_STANDING_STEP);
		}
		assert_int_equal(standing_now(model, id), from);
		return;
	}
	if (from == STANDING_RECEIVED) {
		assert_true(confirm(model, id));
	} else {
		assert_int_equal(lead_to(model, id, from, to), 1);
	}
	assert_int_equal(standing_now(model, id), to);
}

static void
takes_every_step_that_is_drawn_and_none_that_is_not(void **state)
{
	struct model *model = *state;
	int tried = 0;

	for (enum standing from = STANDING_RECEIVED; from < STANDING_END; from++) {
		for (enum standing to = STANDING_RECEIVED; to < STANDING_END; to++) {
			try_step(model, from, to);
			tried++;
		}
	}
	assert_int_equal(tried, 100);
}

static void
is_the_same_table_in_the_model_and_in_the_database(void **state)
{
	struct model *model = *state;
	struct standing_pair_rows steps = standing_steps(model->db, model->arena);
	size_t drawn = 0;

	for (enum standing from = STANDING_RECEIVED; from < STANDING_END; from++) {
		for (enum standing to = STANDING_RECEIVED; to < STANDING_END; to++) {
			drawn += standing_may(from, to) ? 1 : 0;
		}
	}
	assert_int_equal(steps.count, drawn);
	for (size_t i = 0; i < steps.count; i++) {
		assert_true(standing_may(
		    standing_read(steps.rows[i].before), standing_read(steps.rows[i].after)));
	}
}

static void
begins_received_and_nothing_else(void **state)
{
	struct model *model = *state;

	assert_int_equal(standing_now(model, model_received(model, "vega")), STANDING_RECEIVED);
}

/* A step that is drawn is refused where it would be a lie. */
static void
says_only_what_the_offers_bear_out(void **state)
{
	static const enum standing lies[] = { STANDING_OFFERED, STANDING_WITHDRAWN,
		STANDING_WAITLISTED };
	struct model *model = *state;
	int64_t id = stand(model, STANDING_COUNTING, "vega");

	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(force_standing(model, id, lies[i]), -1);
		assert_int_equal(db_refusal(model->db), REFUSAL_STANDING_UNTRUE);
	}
	id = stand(model, STANDING_OFFERED, "deneb");
	assert_int_equal(force_standing(model, id, STANDING_CONFIRMED), -1);
	assert_int_equal(db_refusal(model->db), REFUSAL_STANDING_UNTRUE);
}

static void
tells_who_moved_meanwhile(void **state)
{
	struct model *model = *state;
	int64_t id = stand(model, STANDING_DECLINED, "vega");

	assert_int_equal(standing_step(model->db, id, STANDING_COUNTING, STANDING_WAITLISTED, 1),
	    STANDING_MOVED);
	assert_int_equal(standing_now(model, id), STANDING_DECLINED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(takes_every_step_that_is_drawn_and_none_that_is_not),
		model_test(is_the_same_table_in_the_model_and_in_the_database),
		model_test(begins_received_and_nothing_else),
		model_test(says_only_what_the_offers_bear_out),
		model_test(tells_who_moved_meanwhile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
