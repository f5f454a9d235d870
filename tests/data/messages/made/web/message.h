/* Made by lib/web/build/messages from www/messages. */
#ifndef GROUNDCREW_WEB_MESSAGE_H
#define GROUNDCREW_WEB_MESSAGE_H

#include "ground/arena.h"

/* Messages without placeholders. */
enum message {
	MESSAGE_NONE = 0,
	MESSAGE_SAMPLE_PLAIN,
	MESSAGE_SAMPLE_LONG,
	MESSAGE_SAMPLE_BRACES,
	MESSAGE_SAMPLE_EQUALS,
	MESSAGE_SAMPLE_FAR,
	MESSAGE_WORDING_SAMPLE_COHORT,
	MESSAGE_COUNT
};

/* Its words; "" for MESSAGE_NONE and what is no message. */
const char *message(enum message);

/* Its name in the message files; "" likewise. */
const char *message_name(enum message);

/* Applications for {cohort} closed on {deadline}; {cohort} is over. */
const char *message_sample_closed(struct arena *arena,
    const char *cohort,
    const char *deadline);

/* {value} */
const char *message_sample_only(struct arena *arena,
    const char *value);

#endif
