/* Made by lib/web/build/messages from www/messages. */
#include "message.h"

#include "ground/bytes.h"

static const char *const message_table[MESSAGE_COUNT] = {
	[MESSAGE_NONE] = "",
	[MESSAGE_SAMPLE_PLAIN] =
	    "E-mail address",
	[MESSAGE_SAMPLE_LONG] =
	    "This goes on over two lines, and three.",
	[MESSAGE_SAMPLE_BRACES] =
	    "Write {name} in braces, \"quotes\", a \\ and 100 %.",
	[MESSAGE_SAMPLE_EQUALS] =
	    "a = b",
	[MESSAGE_SAMPLE_FAR] =
	    "Jusqu\342\200\231\303\240 demain \342\200\223 \?\?=",
	[MESSAGE_WORDING_SAMPLE_COHORT] =
	    "Spring",
};

const char *
message(enum message id)
{
	if ((unsigned)id >= (unsigned)MESSAGE_COUNT) {
		return "";
	}
	return message_table[id];
}

static const char *const message_name_table[MESSAGE_COUNT] = {
	[MESSAGE_NONE] = "",
	[MESSAGE_SAMPLE_PLAIN] = "sample_plain",
	[MESSAGE_SAMPLE_LONG] = "sample_long",
	[MESSAGE_SAMPLE_BRACES] = "sample_braces",
	[MESSAGE_SAMPLE_EQUALS] = "sample_equals",
	[MESSAGE_SAMPLE_FAR] = "sample_far",
	[MESSAGE_WORDING_SAMPLE_COHORT] = "wording_sample_cohort",
};

const char *
message_name(enum message id)
{
	if ((unsigned)id >= (unsigned)MESSAGE_COUNT) {
		return "";
	}
	return message_name_table[id];
}

const char *
message_sample_closed(struct arena *arena,
    const char *cohort,
    const char *deadline)
{
	struct bytes *out = bytes_new(arena);

	bytes_text(out, "Applications for ");
	bytes_text(out, cohort);
	bytes_text(out, " closed on ");
	bytes_text(out, deadline);
	bytes_text(out, "; ");
	bytes_text(out, cohort);
	bytes_text(out, " is over.");
	return out->data;
}

const char *
message_sample_only(struct arena *arena,
    const char *value)
{
	struct bytes *out = bytes_new(arena);

	bytes_text(out, value);
	return out->data;
}
