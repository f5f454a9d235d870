#include <inttypes.h>

#include "standup.h"
#include "web/link.h"
#include "web/markdown.h"
#include "web/time.h"

#define QUESTION_UNITS 4000

static const struct field question_fields[QUESTION_FIELDS] = {
	[QUESTION_BODY] = { "question", FIELD_TEXT, MESSAGE_STANDUP_QUESTION_LABEL,
	    MESSAGE_STANDUP_QUESTION_HELP, .required = true, .max = QUESTION_UNITS, .rows = 4 },
	[QUESTION_AUDIENCE] = { "audience", FIELD_CHOICE, MESSAGE_STANDUP_AUDIENCE_LABEL,
	    MESSAGE_STANDUP_AUDIENCE_HELP, .required = true, .choices = audience_choices,
	    .choice_count = AUDIENCE_CHOICES },
};

static const struct field words_fields[] = {
	{ "question", FIELD_TEXT, MESSAGE_STANDUP_WORDS_LABEL, .required = true,
	    .max = QUESTION_UNITS, .rows = 4 },
};

const struct form question_form = {
	.name = "question",
	.fields = question_fields,
	.count = QUESTION_FIELDS,
	.once = true,
};

const struct form question_words_form = {
	.name = "question_words",
	.fields = words_fields,
	.count = 1,
};

const struct form question_audience_form = {
	.name = "question_audience",
	.fields = question_fields + QUESTION_AUDIENCE,
	.count = 1,
};

const struct form question_resolved_form = { .name = "question_resolved" };

enum { FOLDS = 3 };

/* To change the words of one's own question. */
static struct page_part_fold
words_fold(const struct week *week, const struct question *question, const char *link,
    struct form_values *values)
{
	form_prefix(values, arena_format(week->arena, "question-%s", question->key));
	form_fill(values, 0, question->body);
	return fold_row(&(struct fold){
	    .summary = MESSAGE_STANDUP_QUESTION_CHANGE,
	    .button = MESSAGE_STANDUP_WORDS_BUTTON,
	    .action = link,
	    .values = values,
	    .end = 1,
	    .is_quiet = true,
	});
}

static struct page_part_fold
audience_fold(const struct week *week, const struct question *question, const char *link)
{
	struct form_values *values =
	    week_values(week, &question_audience_form, "question", question->key);

	form_prefix(values, arena_format(week->arena, "readers-%s", question->key));
	form_fill(values, 0, audience_value(question->audience));
	return fold_audience(week, values, link_under(week->arena, link, "audience"),
	    week->may_write ? AUDIENCE_PUBLIC : question->audience);
}

/* What the reader may do about a question: answer it, change their own. */
static struct page_part_fold_list
folds(const struct week *week, const struct question *question, const char *link)
{
	struct page_part_fold *rows = arena_array(week->arena, FOLDS, sizeof(*rows));
	struct form_values *words =
	    week_values(week, &question_words_form, "question", question->key);
	bool is_sent = week->visit->values != NULL && week->visit->values->form == &answer_form;
	size_t count = 0;

	if ((week->may_write && question->resolved_at == DB_NULL) || is_sent) {
		rows[count++] = answers_form(week, question, link);
	}
	if (question->person_id == week->reader.person_id) {
		if (week_shows(week, words)) {
			rows[count++] = words_fold(week, question, link, words);
		}
		rows[count++] = audience_fold(week, question, link);
	}
	return (struct page_part_fold_list){ rows, count };
}

static struct page_part_question_resolve_list
resolve_row(const struct week *week, const struct question *question, const char *link)
{
	struct page_part_question_resolve *row = arena_alloc(week->arena, sizeof(*row));
	bool may =
	    question->person_id == week->reader.person_id && question->resolved_at == DB_NULL;

	row->resolve_action = link_under(week->arena, link, "resolved");
	return (struct page_part_question_resolve_list){ row, may ? 1 : 0 };
}

/* A question's address: under the page of its own week. */
static const char *
link_of(const struct week *week, const struct question *question, const char **page)
{
	const struct visit *visit = week->visit;

	*page = link_standup(
	    week->arena, visit->site, visit->cohort->slug, visit->group->slug, question->week);
	return link_under(week->arena, link_under(week->arena, *page, "question"), question->key);
}

static enum message
state_of(const struct question *question, size_t answers)
{
	if (question->resolved_at != DB_NULL) {
		return MESSAGE_STANDUP_STATE_QUESTION_RESOLVED;
	}
	return answers > 0 ? MESSAGE_STANDUP_STATE_QUESTION_ANSWERED
			   : MESSAGE_STANDUP_STATE_QUESTION_OPEN;
}

static struct page_part_question
question_row(const struct week *week, const struct question *question)
{
	struct page_part_question_answers_list answers = answers_rows(week, question);
	enum message state = state_of(question, answers.count);
	struct arena *arena = week->arena;
	const char *page, *link = link_of(week, question, &page);

	return (struct page_part_question){
		.question_key = question->key,
		.asker = question->name,
		.if_question_week = question->week != week->standup.week,
		.question_week = arena_format(arena, "%" PRId64, question->week),
		.question_week_link = page,
		.if_question_open = state == MESSAGE_STANDUP_STATE_QUESTION_OPEN,
		.if_question_resolved = state == MESSAGE_STANDUP_STATE_QUESTION_RESOLVED,
		.question_state = message(state),
		.question_audience = audience_readers(question->audience),
		.asked = time_words(arena, week->visit->zone, question->asked_at),
		.asked_machine = time_machine(arena, question->asked_at),
		.question_age = time_distance(arena, question->asked_at, week->visit->now),
		.if_question_edited = question->edited_at != DB_NULL,
		.question_markdown = markdown_html(arena, question->body),
		.answers = answers,
		.part_fold = folds(week, question, link),
		.resolve = resolve_row(week, question, link),
	};
}

static struct page_part_question_list
question_rows(const struct week *week, struct question_rows questions)
{
	struct page_part_question *rows =
	    arena_array(week->arena, questions.count + 1, sizeof(*rows));

	for (size_t i = 0; i < questions.count; i++) {
		rows[i] = question_row(week, &questions.rows[i]);
	}
	return (struct page_part_question_list){ rows, questions.count };
}

/* The form to ask. */
static void
fill_ask(const struct week *week, struct page_standup_week *page)
{
	struct form_values *values = week_values(week, &question_form, NULL, NULL);
	struct page_standup_week_ask *row;
	struct page_part_audience *audience;
	struct page_part_fold *fold;

	form_prefix(values, "ask");
	form_fill(values, QUESTION_AUDIENCE, audience_value(AUDIENCE_GROUP));
	if (!visit_has(week->visit, ROLE_DJANGONAUT) || !week_shows(week, values)) {
		return;
	}
	row = arena_alloc(week->arena, sizeof(*row));
	audience = arena_alloc(week->arena, sizeof(*audience));
	fold = arena_alloc(week->arena, sizeof(*fold));
	*audience = audience_row(values, QUESTION_AUDIENCE, AUDIENCE_PUBLIC);
	*fold = fold_row(&(struct fold){
	    .summary = MESSAGE_STANDUP_QUESTION_ASK,
	    .button = MESSAGE_STANDUP_QUESTION_BUTTON,
	    .action = link_under(week->arena, week->link, "question"),
	    .draft = arena_format(week->arena, "ask-%s", week->link),
	    .values = values,
	    .first = QUESTION_BODY,
	    .end = QUESTION_FIELDS,
	    .audiences = audience,
	    .audience_count = 1,
	});
	row->part_fold.rows = fold;
	row->part_fold.count = 1;
	page->ask.rows = row;
	page->ask.count = 1;
}

void
questions_show(const struct week *week, struct page_standup_week *page)
{
	struct page_standup_week_earlier *earlier = arena_alloc(week->arena, sizeof(*earlier));

	earlier->part_question = question_rows(week, week->earlier);
	page->earlier.rows = earlier;
	page->earlier.count = week->earlier.count > 0 ? 1 : 0;
	page->part_question = question_rows(week, week->questions);
	page->if_no_question = week->questions.count == 0;
	fill_ask(week, page);
}
