/*
 * The wording compiler's own data: sentences with named holes.
 */
#ifndef GROUNDCREW_WEB_BUILD_MESSAGES_H
#define GROUNDCREW_WEB_BUILD_MESSAGES_H

#include "tool.h"

/* A run of words, or a hole to be filled. */
struct piece {
	const char *text; /* words; of a hole its name */
	size_t length;
	bool hole;
	struct piece *next;
};

struct phrase {
	struct piece *first;
	struct piece *last;
};

/* The names of holes, in the order they were first met. */
struct holes {
	const char *names[16];
	size_t count;
};

/* One message, or one mail (then `subject` is set too). */
struct entry {
	const char *key;
	struct phrase subject;
	struct phrase text;
	/* Of a mail: the same as they are written. */
	const char *subject_source;
	const char *text_source;
	/* Of a mail: names that stand in "Needs: …"; "" for none. */
	const char *needs;
	struct holes holes;
	const char *file;
	size_t line;
	struct entry *next;
};

struct entries {
	struct entry *first;
	struct entry *last;
};

/*
 * messages_phrase.c: takes the words apart, complaining at file:line about
 * holes left open, badly named or too many.  {{ and }} stand for braces.
 */
void phrase_read(struct arena *, struct entry *, struct phrase *, const char *words);

/* messages_write.c */
void messages_write(struct arena *, const struct entries *, const char *folder);
void messages_constant(struct bytes *, const struct entry *);

/* messages_wording.c: mails, and the messages among which their samples are;
 * needs_check complains about what a mail needs and has not. */
void needs_check(const struct entry *);
void wording_write(struct arena *, const struct entries *mails, const struct entries *messages,
    const char *folder);

#endif
