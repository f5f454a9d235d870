#include <string.h>

#include "db/db.h"
#include "ground/arena.h"
#include "model/person.h"
#include "sample.h"

#define MARKS_MAX 16
#define QUOTES_MAX 8

/* The stand-up that an event belongs to, with what is around it. */
struct scene {
	struct cohort cohort;
	struct group group;
	struct standup standup;
};

static bool
find_scene(struct sample *sample, const struct sample_event *event, struct scene *scene)
{
	return sample_find_group(sample, event, &scene->cohort, &scene->group) &&
	    (standup_find(sample->db, sample->arena, scene->group.id,
		 sample_number(event->standup, "week", 0), &scene->standup) ||
		sample_fail(sample, "no stand-up of", scene->group.slug));
}

/* As whom someone speaks in the group. */
static bool
find_speaker(
    struct sample *sample, const struct scene *scene, const json_t *item, struct member *member)
{
	const char *who = sample_text(sample, item, "who");
	struct person person;

	return (person_find_by_email(sample->db, sample->arena,
		    sample_text(sample, sample_person(sample, who), "email"), &person) &&
		   member_in_group(sample->db, sample->arena,
		       &(struct member_in_group_in){
			   .group_id = scene->group.id, .person_id = person.id },
		       member)) ||
	    sample_fail(sample, "not in this group:", who);
}

static enum audience
read_audience(struct sample *sample, const json_t *item, const char *name, enum audience otherwise)
{
	static const char *const words[] = { "", "navigators", "group", "cohort", "public" };
	const char *word = sample_text_or_null(sample, item, name);

	for (size_t i = 1; word != NULL && i < sizeof words / sizeof words[0]; i++) {
		if (strcmp(word, words[i]) == 0) {
			return (enum audience)i;
		}
	}
	if (word != NULL) {
		sample_fail(sample, "there is no audience", word);
	}
	return otherwise;
}

bool
sample_checked_in(struct sample *sample, const struct sample_event *event)
{
	enum audience audience = read_audience(sample, event->item, "audience", AUDIENCE_GROUP);
	const struct check_in_words words = {
		.did = sample_text(sample, event->item, "did"),
		.next = sample_text(sample, event->item, "next"),
		.blocked = sample_text(sample, event->item, "blocked"),
		.audience = audience,
		.did_audience = read_audience(sample, event->item, "did_audience", audience),
		.next_audience = read_audience(sample, event->item, "next_audience", audience),
		.blocked_audience =
		    read_audience(sample, event->item, "blocked_audience", audience),
	};
	enum check_in_outcome outcome;
	struct scene scene;
	struct member member;

	if (!find_scene(sample, event, &scene) ||
	    !find_speaker(sample, &scene, event->item, &member)) {
		return false;
	}
	outcome = check_in_save(
	    sample->db, sample->arena, &scene.cohort, &scene.standup, member.id, &words, event->at);
	return outcome == CHECK_IN_SAVED || outcome == CHECK_IN_SAVED_LATE ||
	    sample_fail(sample, "the check-in of", sample_text(sample, event->item, "who"));
}

/* ---- questions: an object of the file remembers its row ---- */

bool
sample_question_asked(struct sample *sample, const struct sample_event *event)
{
	struct scene scene;
	struct member member;

	if (!find_scene(sample, event, &scene) ||
	    !find_speaker(sample, &scene, event->item, &member)) {
		return false;
	}
	if (question_ask(sample->db, sample->arena, &scene.cohort, &scene.standup, member.id,
		sample_text(sample, event->item, "body"),
		read_audience(sample, event->item, "audience", AUDIENCE_GROUP),
		event->at) != QUESTION_SAVED) {
		return sample_fail(
		    sample, "the question of", sample_text(sample, event->item, "who"));
	}
	return json_object_set_new(event->item, "id", json_integer(db_last_id(sample->db))) == 0;
}

static bool
find_question(
    struct sample *sample, const struct scene *scene, const json_t *item, struct question *question)
{
	struct question_rows questions = question_of_standup(sample->db, sample->arena,
	    &(struct question_of_standup_in){ .standup_id = scene->standup.id });

	for (size_t i = 0; i < questions.count; i++) {
		if (questions.rows[i].id == sample_number(item, "id", 0)) {
			*question = questions.rows[i];
			return true;
		}
	}
	return sample_fail(sample, "not asked yet by", sample_text(sample, item, "who"));
}

bool
sample_question_answered(struct sample *sample, const struct sample_event *event)
{
	struct answer_rows answers;
	struct question question;
	struct scene scene;
	struct member member;

	if (!find_scene(sample, event, &scene) ||
	    !find_speaker(sample, &scene, event->item, &member) ||
	    !find_question(sample, &scene, event->question, &question)) {
		return false;
	}
	if (question_answer(sample->db, sample->arena, &scene.cohort, &question, member.id,
		sample_text(sample, event->item, "body"),
		read_audience(sample, event->item, "audience", AUDIENCE_GROUP),
		event->at) != QUESTION_SAVED) {
		return sample_fail(
		    sample, "the answer of", sample_text(sample, event->item, "who"));
	}
	answers = answer_of_standup(sample->db, sample->arena,
	    &(struct answer_of_standup_in){ .standup_id = scene.standup.id });
	for (size_t i = 0; i < answers.count; i++) {
		if (answers.rows[i].question_id == question.id) {
			json_object_set_new(event->item, "id", json_integer(answers.rows[i].id));
		}
	}
	return true;
}

bool
sample_question_resolved(struct sample *sample, const struct sample_event *event)
{
	struct question question;
	struct scene scene;

	return find_scene(sample, event, &scene) &&
	    find_question(sample, &scene, event->item, &question) &&
	    (question_mark_resolved(sample->db, &question, question.person_id, event->at) ==
		    QUESTION_SAVED ||
		sample_fail(
		    sample, "resolving the question of", sample_text(sample, event->item, "who")));
}

/* ---- what navigators do ---- */

static bool
read_marks(struct sample *sample, const struct scene *scene, const json_t *item,
    struct attendance_mark *marks, size_t *count)
{
	static const char *const statuses[] = { "present", "async", "excused", "absent" };
	struct member member;
	size_t index;
	json_t *handle;

	*count = 0;
	for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
		json_array_foreach(json_object_get(item, statuses[i]), index, handle)
		{
			if (*count == MARKS_MAX ||
			    !sample_find_member(sample, &scene->cohort, sample_word(handle),
				"djangonaut", &member)) {
				return false;
			}
			marks[(*count)++] = (struct attendance_mark){ .member_id = member.id,
				.status = statuses[i] };
		}
	}
	return true;
}

bool
sample_attendance_marked(struct sample *sample, const struct sample_event *event)
{
	struct attendance_mark marks[MARKS_MAX];
	struct scene scene;
	struct member member;
	size_t count;

	return find_scene(sample, event, &scene) &&
	    find_speaker(sample, &scene, event->item, &member) &&
	    read_marks(sample, &scene, event->item, marks, &count) &&
	    (attendance_save(sample->db, sample->arena, &scene.cohort, &scene.standup, member.id,
		 marks, count, event->at) == ATTENDANCE_SAVED ||
		sample_fail(sample, "attendance in", scene.group.slug));
}

bool
sample_notes_written(struct sample *sample, const struct sample_event *event)
{
	struct scene scene;

	return find_scene(sample, event, &scene) &&
	    (notes_save(sample->db, &scene.cohort, &scene.standup,
		 sample_text(sample, event->item, "body"), scene.standup.notes_revision,
		 event->at) == NOTES_SAVED ||
		sample_fail(sample, "notes in", scene.group.slug));
}

/* A quote names a check-in by who and part, a question or an answer by its
 * place in the stand-up's lists. */
static int64_t
quoted_id(struct sample *sample, const struct sample_event *event, const struct scene *scene,
    const json_t *quote)
{
	json_t *question = json_array_get(json_object_get(event->standup, "questions"),
	    (size_t)sample_number(quote, "question", 0));
	struct check_in check_in;
	struct member member;

	if (json_object_get(quote, "answer") != NULL) {
		question = json_array_get(json_object_get(question, "answers"),
		    (size_t)sample_number(quote, "answer", 0));
	}
	if (json_object_get(quote, "question") != NULL) {
		return sample_number(question, "id", 0);
	}
	if (!find_speaker(sample, scene, quote, &member) ||
	    !check_in_of_member(sample->db, sample->arena,
		&(struct check_in_of_member_in){
		    .standup_id = scene->standup.id, .member_id = member.id },
		&check_in)) {
		return 0;
	}
	return check_in.id;
}

static const char *
quoted_part(struct sample *sample, const json_t *quote)
{
	if (json_object_get(quote, "answer") != NULL) {
		return "answer";
	}
	return json_object_get(quote, "question") != NULL ? "question"
							  : sample_text(sample, quote, "part");
}

static bool
read_quotes(struct sample *sample, const struct sample_event *event, const struct scene *scene,
    struct quote_source *quotes, size_t *count)
{
	size_t index;
	json_t *quote;

	*count = 0;
	json_array_foreach(json_object_get(event->item, "quotes"), index, quote)
	{
		if (*count == QUOTES_MAX) {
			return sample_fail(
			    sample, "too many quotes:", sample_text(sample, event->item, "title"));
		}
		quotes[(*count)++] = (struct quote_source){ .part = quoted_part(sample, quote),
			.id = quoted_id(sample, event, scene, quote) };
	}
	return true;
}

/* The highlight that another follows up, by its week and its place in that
 * stand-up's list: an object of the file remembers its row. */
static int64_t
followed_id(const struct sample_event *event)
{
	const json_t *follows = json_object_get(event->item, "follows");
	size_t index;
	json_t *standup;

	json_array_foreach(json_object_get(event->group, "standups"), index, standup)
	{
		if (follows != NULL &&
		    sample_number(standup, "week", -1) == sample_number(follows, "week", 0)) {
			return sample_number(json_array_get(json_object_get(standup, "highlights"),
						 (size_t)sample_number(follows, "highlight", 0)),
			    "id", 0);
		}
	}
	return DB_NULL;
}

bool
sample_highlight_published(struct sample *sample, const struct sample_event *event)
{
	struct quote_source quotes[QUOTES_MAX];
	struct highlight_words words = { .title = sample_text(sample, event->item, "title"),
		.body = sample_text(sample, event->item, "body"),
		.quotes = quotes };
	struct highlight_rows published;
	struct scene scene;
	struct member member;

	if (!find_scene(sample, event, &scene) ||
	    !find_speaker(sample, &scene, event->item, &member) ||
	    !read_quotes(sample, event, &scene, quotes, &words.count)) {
		return false;
	}
	if (highlight_publish(sample->db, sample->arena, &scene.cohort, &scene.standup, member.id,
		&words, followed_id(event), event->at) != HIGHLIGHT_PUBLISHED) {
		return sample_fail(sample, "the highlight", words.title);
	}
	published = highlight_of_standup(sample->db, sample->arena,
	    &(struct highlight_of_standup_in){ .standup_id = scene.standup.id });
	return published.count > 0 &&
	    json_object_set_new(
		event->item, "id", json_integer(published.rows[published.count - 1].id)) == 0;
}

bool
sample_highlight_withdrawn(struct sample *sample, const struct sample_event *event)
{
	const struct highlight highlight = { .id = sample_number(event->item, "id", 0) };

	return highlight_take_back(sample->db, &highlight, event->at) ||
	    sample_fail(
		sample, "taking back the highlight", sample_text(sample, event->item, "title"));
}
