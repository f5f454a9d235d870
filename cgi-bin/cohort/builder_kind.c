#include "builder.h"
#include "web/page/cohort.h"
#include "web/questions.h"

#define KIND(KIND, ...) \
	{ \
		.name = MESSAGE_BUILDER_KIND_##KIND, .words = MESSAGE_BUILDER_KIND_##KIND##_WORDS, \
		__VA_ARGS__ \
	}

#define NUMBERS(low, high, LEAST, LEAST_HELP, MOST, MOST_HELP) \
	.limits = BUILDER_NUMBERS, .floor = (low), .ceiling = (high), \
	.least_label = MESSAGE_BUILDER_LEAST_##LEAST, \
	.least_help = MESSAGE_BUILDER_LEAST_##LEAST_HELP##_HELP, \
	.most_label = MESSAGE_BUILDER_MOST_##MOST, \
	.most_help = MESSAGE_BUILDER_MOST_##MOST_HELP##_HELP

const struct builder_kind builder_kinds[ITEM_KINDS] = {
	[ITEM_SHORT] = KIND(SHORT, NUMBERS(0, 1000, UNITS, UNITS, UNITS, SHORT)),
	[ITEM_LONG] = KIND(LONG, NUMBERS(0, 10000, UNITS, UNITS, UNITS, LONG)),
	[ITEM_NUMBER] =
	    KIND(NUMBER, NUMBERS(-1000000000000, 1000000000000, NUMBER, NUMBER, NUMBER, NUMBER)),
	[ITEM_DATE] = KIND(DATE, .limits = BUILDER_DAYS),
	[ITEM_ONE] = KIND(ONE, .has_options = true),
	[ITEM_SEVERAL] =
	    KIND(SEVERAL, .has_options = true, NUMBERS(0, 100, TICKS, TICKS, TICKS, TICKS)),
	[ITEM_LIST] = KIND(LIST, NUMBERS(0, 50, ENTRIES, ENTRIES, ENTRIES, ENTRIES)),
	[ITEM_URL] = KIND(URL, .is_identifying = true),
	[ITEM_EMAIL] = KIND(EMAIL, .is_identifying = true),
	[ITEM_RATING] = KIND(RATING, NUMBERS(0, 10, RATING, RATING, RATING, RATING)),
	[ITEM_YES_NO] = KIND(YES_NO, .limits = BUILDER_NO_LIMITS),
};

const struct choice builder_kind_choices[ITEM_KINDS - 1] = {
	{ "short", NULL, MESSAGE_BUILDER_KIND_SHORT, NULL },
	{ "long", NULL, MESSAGE_BUILDER_KIND_LONG, NULL },
	{ "number", NULL, MESSAGE_BUILDER_KIND_NUMBER, NULL },
	{ "date", NULL, MESSAGE_BUILDER_KIND_DATE, NULL },
	{ "one", NULL, MESSAGE_BUILDER_KIND_ONE, NULL },
	{ "several", NULL, MESSAGE_BUILDER_KIND_SEVERAL, NULL },
	{ "list", NULL, MESSAGE_BUILDER_KIND_LIST, NULL },
	{ "url", NULL, MESSAGE_BUILDER_KIND_URL, NULL },
	{ "email", NULL, MESSAGE_BUILDER_KIND_EMAIL, NULL },
	{ "rating", NULL, MESSAGE_BUILDER_KIND_RATING, NULL },
	{ "yes_no", NULL, MESSAGE_BUILDER_KIND_YES_NO, NULL },
};

const char *
builder_answers_words(struct visit *visit, int64_t count)
{
	if (count == 0) {
		return message(MESSAGE_BUILDER_ANSWERS_NONE);
	}
	return count == 1 ? message(MESSAGE_BUILDER_ANSWERS_ONE)
			  : message_builder_answers_many(visit->arena, words_number(visit, count));
}

/* The limit as whoever answers is told it; the options by their number. */
static const char *
limit_words(struct visit *visit, const struct questionnaire_item *item)
{
	struct questionnaire_item_rows one = { item, 1 };
	struct item_lines options = item_lines(visit->arena, item->options);
	struct field field;

	if (builder_kinds[item_kind_read(item->kind)].has_options) {
		return message_builder_options_count(
		    visit->arena, words_number(visit, (int64_t)options.count));
	}
	questions_fields(visit->arena, &one, &field);
	return field.tells_limits ? form_limit(visit->arena, &field) : NULL;
}

struct page_cohort_builder_questions_facts_list
builder_facts(struct visit *visit, const struct questionnaire_item *item, int64_t answers)
{
	const char *const words[] = {
		message(builder_kinds[item_kind_read(item->kind)].name),
		message(
		    item->is_required == 1 ? MESSAGE_BUILDER_REQUIRED : MESSAGE_BUILDER_OPTIONAL),
		item->is_sensitive == 1 ? message(MESSAGE_BUILDER_SENSITIVE) : NULL,
		item->is_identifying == 1 ? message(MESSAGE_BUILDER_IDENTIFYING) : NULL,
		builder_answers_words(visit, answers),
		limit_words(visit, item), /* A sentence with its full stop: last. */
	};
	size_t most = sizeof(words) / sizeof(words[0]), count = 0;
	struct page_cohort_builder_questions_facts *rows =
	    arena_array(visit->arena, most, sizeof(*rows));

	for (size_t i = 0; i < most; i++) {
		if (words[i] != NULL) {
			rows[count++].fact = words[i];
		}
	}
	return (struct page_cohort_builder_questions_facts_list){ rows, count };
}
