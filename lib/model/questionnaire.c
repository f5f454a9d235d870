#include "model/questionnaire.h"

#include <string.h>

#include "db/db.h"
#include "ground/arena.h"
#include "ground/date.h"
#include "ground/text.h"

static const char *const kinds[ITEM_KINDS] = {
	[ITEM_SHORT] = "short",
	[ITEM_LONG] = "long",
	[ITEM_NUMBER] = "number",
	[ITEM_DATE] = "date",
	[ITEM_ONE] = "one",
	[ITEM_SEVERAL] = "several",
	[ITEM_LIST] = "list",
	[ITEM_URL] = "url",
	[ITEM_EMAIL] = "email",
	[ITEM_RATING] = "rating",
	[ITEM_YES_NO] = "yes_no",
};

int
item_kind_read(const char *name)
{
	for (int kind = 1; kind < ITEM_KINDS; kind++) {
		if (name != NULL && strcmp(kinds[kind], name) == 0) {
			return kind;
		}
	}
	return 0;
}

const char *
item_kind_name(enum item_kind kind)
{
	return kinds[kind];
}

static struct item_limits
limits_of_kind(enum item_kind kind, size_t option_count)
{
	switch (kind) {
	case ITEM_SHORT:
		return (struct item_limits){ 0, 200 };
	case ITEM_LONG:
		return (struct item_limits){ 0, 3000 };
	case ITEM_NUMBER:
		return (struct item_limits){ 0, 1000000 };
	case ITEM_DATE:
		return (struct item_limits){ date_days((struct date){ 1900, 1, 1 }),
			date_days((struct date){ 2100, 12, 31 }) };
	case ITEM_SEVERAL:
		return (struct item_limits){ 0, (int64_t)option_count };
	case ITEM_LIST:
		return (struct item_limits){ 0, 10 };
	case ITEM_RATING:
		return (struct item_limits){ 1, 5 };
	case ITEM_URL:
		return (struct item_limits){ 0, ITEM_URL_MAX };
	case ITEM_EMAIL:
		return (struct item_limits){ 0, ITEM_EMAIL_MAX };
	case ITEM_ONE:
	case ITEM_YES_NO:
	case ITEM_KINDS:
		break;
	}
	return (struct item_limits){ 0, 0 };
}

struct item_limits
item_limits_of(enum item_kind kind, int64_t least, int64_t most, size_t option_count)
{
	struct item_limits limits = limits_of_kind(kind, option_count);

	if (least != DB_NULL) {
		limits.least = least;
	}
	if (most != DB_NULL) {
		limits.most = most;
	}
	return limits;
}

static size_t
line_count(const char *text)
{
	size_t count = 0;
	bool blank = true;

	for (; *text != '\0'; text++) {
		if (*text == '\n') {
			blank = true;
		} else if (blank && *text != ' ' && *text != '\t' && *text != '\r') {
			blank = false;
			count++;
		}
	}
	return count;
}

struct item_limits
questionnaire_limits(const struct questionnaire_item *item)
{
	return item_limits_of((enum item_kind)item_kind_read(item->kind), item->least, item->most,
	    line_count(item->options));
}

struct item_lines
item_lines(struct arena *arena, const char *text)
{
	size_t most = 1;
	size_t count = 0;
	const char **lines;

	for (const char *at = text; *at != '\0'; at++) {
		most += *at == '\n';
	}
	lines = arena_array(arena, most, sizeof(*lines));
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		const char *line = text_trim(arena, arena_copy_bytes(arena, text, length));

		if (!text_empty(line)) {
			lines[count++] = line;
		}
		text += length + (text[length] == '\n');
	}
	return (struct item_lines){ lines, count };
}

bool
questionnaire_find(struct db *db, struct arena *arena, int64_t cohort_id, const char *purpose,
    struct questionnaire *questionnaire)
{
	return questionnaire_by_purpose(db, arena,
	    &(struct questionnaire_by_purpose_in){ .cohort_id = cohort_id, .purpose = purpose },
	    questionnaire);
}

struct questionnaire_item_rows
questionnaire_items(struct db *db, struct arena *arena, int64_t questionnaire_id)
{
	return questionnaire_item_list(db, arena,
	    &(struct questionnaire_item_list_in){
		.questionnaire_id = questionnaire_id, .with_retired = 0 });
}

struct questionnaire_item_rows
questionnaire_items_ever(struct db *db, struct arena *arena, int64_t questionnaire_id)
{
	return questionnaire_item_list(db, arena,
	    &(struct questionnaire_item_list_in){
		.questionnaire_id = questionnaire_id, .with_retired = 1 });
}

struct application_answer_rows
application_answers(struct db *db, struct arena *arena, int64_t application_id)
{
	return application_answer_list(
	    db, arena, &(struct application_answer_list_in){ .application_id = application_id });
}

bool
application_answers_write(
    struct db *db, int64_t application_id, const struct item_answer *answers, size_t count)
{
	if (application_answer_clear(db,
		&(struct application_answer_clear_in){ .application_id = application_id }) < 0) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (application_answer_insert(db,
			&(struct application_answer_insert_in){ .application_id = application_id,
			    .item_id = answers[i].item_id,
			    .wording_id = answers[i].wording_id,
			    .value = answers[i].value }) != 1) {
			return false;
		}
	}
	return true;
}

struct volunteer_answer_rows
member_answers(struct db *db, struct arena *arena, int64_t member_id)
{
	return volunteer_answer_list(
	    db, arena, &(struct volunteer_answer_list_in){ .member_id = member_id });
}

bool
member_answers_write(
    struct db *db, int64_t member_id, const struct item_answer *answers, size_t count)
{
	if (volunteer_answer_clear(
		db, &(struct volunteer_answer_clear_in){ .member_id = member_id }) < 0) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (volunteer_answer_insert(db,
			&(struct volunteer_answer_insert_in){ .member_id = member_id,
			    .item_id = answers[i].item_id,
			    .wording_id = answers[i].wording_id,
			    .value = answers[i].value }) != 1) {
			return false;
		}
	}
	return true;
}

/* Adds a question at the end of a form. */
static bool
add(struct db *db, int64_t questionnaire_id, const char *name, const struct item_plan *plan,
    int64_t now)
{
	return questionnaire_item_insert(db,
		   &(struct questionnaire_item_insert_in){ .questionnaire_id = questionnaire_id,
		       .name = name,
		       .kind = item_kind_name(plan->kind),
		       .is_sensitive = plan->is_sensitive,
		       .is_identifying = plan->is_identifying }) == 1 &&
	    item_wording_insert(db,
		&(struct item_wording_insert_in){ .item_id = db_last_id(db),
		    .label = plan->label,
		    .help = plan->help,
		    .is_required = plan->is_required,
		    .least = plan->least,
		    .most = plan->most,
		    .options = plan->options,
		    .now = now }) == 1;
}

bool
questionnaire_make_default(struct db *db, struct arena *arena, int64_t cohort_id,
    const struct questionnaire_default *questions, size_t count, int64_t now)
{
	struct questionnaire form;

	if (!questionnaire_find(db, arena, cohort_id, "apply", &form)) {
		return false;
	}
	if (questionnaire_items_ever(db, arena, form.id).count > 0) {
		return true;
	}
	for (size_t i = 0; i < count; i++) {
		if (!add(db, form.id, questions[i].name, &questions[i].plan, now)) {
			return false;
		}
	}
	return db_fault(db) == DB_FAULT_NONE;
}
