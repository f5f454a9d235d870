#include "standup.h"
#include "web/link.h"
#include "web/markdown.h"
#include "web/time.h"

#define ANSWER_UNITS 4000

/* As a question's, under other names. */
static const struct field answer_fields[QUESTION_FIELDS] = {
	[QUESTION_BODY] = { "answer", FIELD_TEXT, MESSAGE_STANDUP_ANSWER_LABEL,
	    MESSAGE_STANDUP_ANSWER_HELP, .required = true, .max = ANSWER_UNITS, .rows = 4 },
	[QUESTION_AUDIENCE] = { "audience", FIELD_CHOICE, MESSAGE_STANDUP_AUDIENCE_LABEL,
	    MESSAGE_STANDUP_AUDIENCE_HELP, .required = true, .choices = audience_choices_answer,
	    .choice_count = AUDIENCE_CHOICES },
};

static const struct field words_fields[] = {
	{ "answer", FIELD_TEXT, MESSAGE_STANDUP_WORDS_LABEL, .required = true, .max = ANSWER_UNITS,
	    .rows = 4 },
};

const struct form answer_form = {
	.name = "answer",
	.fields = answer_fields,
	.count = QUESTION_FIELDS,
	.once = true,
};

const struct form answer_words_form = {
	.name = "answer_words",
	.fields = words_fields,
	.count = 1,
};

const struct form answer_audience_form = {
	.name = "answer_audience",
	.fields = answer_fields + QUESTION_AUDIENCE,
	.count = 1,
};

enum { FOLDS = 2 };

static struct page_part_fold
words_fold(const struct week *week, const struct answer *answer, const char *link,
    struct form_values *values)
{
	form_prefix(values, arena_format(week->arena, "answer-%s", answer->key));
	form_fill(values, 0, answer->body);
	return fold_row(&(struct fold){
	    .summary = MESSAGE_STANDUP_ANSWER_CHANGE,
	    .button = MESSAGE_STANDUP_WORDS_BUTTON,
	    .action = link,
	    .values = values,
	    .end = 1,
	    .is_quiet = true,
	});
}

/* To change one's own answer. An answer reaches no further than its
 * question, so no more is offered. */
static struct page_part_fold_list
folds(const struct week *week, const struct answer *answer)
{
	struct page_part_fold *rows = arena_array(week->arena, FOLDS, sizeof(*rows));
	struct form_values *words = week_values(week, &answer_words_form, "answer", answer->key);
	struct form_values *readers =
	    week_values(week, &answer_audience_form, "answer", answer->key);
	const char *link =
	    link_under(week->arena, link_under(week->arena, week->link, "answer"), answer->key);
	int64_t reach = answer_reach(answer);
	size_t count = 0;

	if (answer->person_id != week->reader.person_id) {
		return (struct page_part_fold_list){ rows, 0 };
	}
	if (week_shows(week, words)) {
		rows[count++] = words_fold(week, answer, link, words);
	}
	form_prefix(readers, arena_format(week->arena, "readers-%s", answer->key));
	form_fill(readers, 0, audience_value(reach));
	rows[count++] = fold_audience(week, readers, link_under(week->arena, link, "audience"),
	    week->may_write ? answer->question_audience : reach);
	return (struct page_part_fold_list){ rows, count };
}

static const char *
readers_of(const struct answer *answer)
{
	int64_t reach = answer_reach(answer);

	return reach == AUDIENCE_NAVIGATORS ? message(MESSAGE_STANDUP_READERS_ASKER)
					    : audience_readers(reach);
}

static struct page_part_question_answers
answer_row(const struct week *week, const struct answer *answer)
{
	struct arena *arena = week->arena;

	return (struct page_part_question_answers){
		.answer_key = answer->key,
		.answerer = answer->name,
		.if_answerer_role = true,
		.answerer_role = groups_role(answer->role),
		.answered = time_words(arena, week->visit->zone, answer->answered_at),
		.answered_machine = time_machine(arena, answer->answered_at),
		.if_answer_edited = answer->edited_at != DB_NULL,
		.answer_audience = readers_of(answer),
		.answer_markdown = markdown_html(arena, answer->body),
		.part_fold = folds(week, answer),
	};
}

struct page_part_question_answers_list
answers_rows(const struct week *week, const struct question *question)
{
	struct page_part_question_answers *rows =
	    arena_array(week->arena, week->answers.count + 1, sizeof(*rows));
	size_t count = 0;

	for (size_t i = 0; i < week->answers.count; i++) {
		if (week->answers.rows[i].question_id == question->id) {
			rows[count++] = answer_row(week, &week->answers.rows[i]);
		}
	}
	return (struct page_part_question_answers_list){ rows, count };
}

struct page_part_fold
answers_form(const struct week *week, const struct question *question, const char *link)
{
	struct form_values *values = week_values(week, &answer_form, "question", question->key);
	struct page_part_audience *audience = arena_alloc(week->arena, sizeof(*audience));
	int64_t usual = question->audience < AUDIENCE_GROUP ? question->audience : AUDIENCE_GROUP;

	form_prefix(values, arena_format(week->arena, "answer-to-%s", question->key));
	form_fill(values, QUESTION_AUDIENCE, audience_value(usual));
	*audience = audience_row(values, QUESTION_AUDIENCE, question->audience);
	return fold_row(&(struct fold){
	    .summary = MESSAGE_STANDUP_ANSWER_DO,
	    .button = MESSAGE_STANDUP_ANSWER_BUTTON,
	    .action = link_under(week->arena, link, "answer"),
	    .draft = arena_format(week->arena, "answer-%s", question->key),
	    .values = values,
	    .first = QUESTION_BODY,
	    .end = QUESTION_FIELDS,
	    .audiences = audience,
	    .audience_count = 1,
	});
}
