#include <string.h>

#include "standup.h"
#include "ground/text.h"
#include "model/person.h"

enum { LABEL_GRAPHEMES = 200, PARTS_MOST = 3 };

static const struct {
	const char *part;
	enum message name;
} parts[] = {
	{ "did", MESSAGE_STANDUP_QUOTE_PART_DID },
	{ "next", MESSAGE_STANDUP_QUOTE_PART_NEXT },
	{ "blocked", MESSAGE_STANDUP_QUOTE_PART_BLOCKED },
	{ "question", MESSAGE_STANDUP_QUOTE_PART_QUESTION },
	{ "answer", MESSAGE_STANDUP_QUOTE_PART_ANSWER },
};

enum { PARTS = sizeof(parts) / sizeof(parts[0]) };

static const char *
part_name(const char *part)
{
	for (size_t i = 0; i < PARTS; i++) {
		if (strcmp(parts[i].part, part) == 0) {
			return message(parts[i].name);
		}
	}
	return "";
}

/* Where sources are gathered. */
struct gathering {
	struct arena *arena;
	struct source *sources;
	size_t count;
};

/* Adds what has words and is for everyone. */
static void
gather(struct gathering *gathering, struct source source, const char *key, int64_t audience)
{
	if (audience == AUDIENCE_PUBLIC && !text_empty(source.words)) {
		source.value = arena_format(gathering->arena, "%s-%s", source.quote.part, key);
		gathering->sources[gathering->count++] = source;
	}
}

static void
gather_check_in(struct gathering *gathering, const struct check_in *one)
{
	struct source source = {
		.author = one->name,
		.public_name = person_public_name(one->public_name, one->show_public_name),
	};

	source.quote = (struct quote_source){ "did", one->id };
	source.words = one->did;
	gather(gathering, source, one->key, one->did_audience);
	source.quote = (struct quote_source){ "next", one->id };
	source.words = one->next;
	gather(gathering, source, one->key, one->next_audience);
	source.quote = (struct quote_source){ "blocked", one->id };
	source.words = one->blocked;
	gather(gathering, source, one->key, one->blocked_audience);
}

static void
gather_question(struct gathering *gathering, const struct question *one)
{
	gather(gathering,
	    (struct source){
		.quote = { "question", one->id },
		.author = one->name,
		.public_name = person_public_name(one->public_name, one->show_public_name),
		.words = one->body,
	    },
	    one->key, one->audience);
}

static void
gather_answer(struct gathering *gathering, const struct answer *one)
{
	gather(gathering,
	    (struct source){
		.quote = { "answer", one->id },
		.author = one->name,
		.public_name = person_public_name(one->public_name, one->show_public_name),
		.words = one->body,
	    },
	    one->key, answer_reach(one));
}

size_t
sources_read(const struct week *week, const struct source **sources)
{
	size_t most =
	    week->check_ins.count * PARTS_MOST + week->questions.count + week->answers.count;
	struct gathering gathering = {
		.arena = week->arena,
		.sources = arena_array(week->arena, most + 1, sizeof(struct source)),
	};

	for (size_t i = 0; i < week->check_ins.count; i++) {
		gather_check_in(&gathering, &week->check_ins.rows[i]);
	}
	for (size_t i = 0; i < week->questions.count; i++) {
		gather_question(&gathering, &week->questions.rows[i]);
	}
	for (size_t i = 0; i < week->answers.count; i++) {
		gather_answer(&gathering, &week->answers.rows[i]);
	}
	*sources = gathering.sources;
	return gathering.count;
}

void
sources_offer(
    const struct week *week, struct form_values *values, const struct source *sources, size_t count)
{
	struct choice *choices = arena_array(week->arena, count + 1, sizeof(*choices));

	for (size_t i = 0; i < count; i++) {
		choices[i].value = sources[i].value;
		choices[i].label = message_standup_highlight_quote(week->arena,
		    text_isolate(week->arena, sources[i].author), part_name(sources[i].quote.part),
		    text_cut(week->arena, sources[i].words, LABEL_GRAPHEMES));
	}
	form_choices(values, HIGHLIGHT_QUOTES, choices, count);
}

bool
sources_chosen(const struct form_values *values, const struct source *source)
{
	return form_has(values, HIGHLIGHT_QUOTES, source->value);
}

const char *
sources_name(const struct week *week, const char *public_name)
{
	return public_name != NULL ? public_name
				   : message_feed_quote_author(week->arena,
					 text_isolate(week->arena, week->visit->group->name));
}
