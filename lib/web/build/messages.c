/*
 * The wording compiler: messages www OUTDIR
 *
 * Every sentence a person may read stands in www/messages/<topic>.txt, in
 * www/mail/<kind>.md or in a template, never in C.  This turns the first two
 * into functions whose arguments are the placeholders, so that a forgotten or
 * misspelt one does not compile:
 *
 *	apply_closed = Applications for {cohort} closed on {deadline}.
 *
 * becomes message_apply_closed(arena, cohort, deadline); a message without
 * placeholders becomes MESSAGE_<KEY> for message().  A line that begins with
 * a blank continues the one before; one that begins with # is a comment.
 * A mail begins with "Subject: …" and an empty line; its body is Markdown.
 * Between them may stand "Needs: what, when": placeholders without which the
 * mail is of no use, beside its links.
 * Mails become rows of a catalogue, for their words are settings, and each a
 * function that fills them; "wording_sample_<name>" among the messages is the
 * example that stands for {name} when words are tried.
 *
 * Exit: 0 written or up to date, 1 refused, 64 called wrongly.
 */
#include "messages.h"

#include <stdio.h>
#include <string.h>

#define KEY_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789_"
#define SUBJECT "Subject: "
#define NEEDS "Needs: "

/* MESSAGE_NONE, MESSAGE_COUNT and message_name() are no messages. */
static bool
key_is_good(const char *key)
{
	return key[0] >= 'a' && key[0] <= 'z' && key[strspn(key, KEY_CHARACTERS)] == '\0' &&
	    strcmp(key, "none") != 0 && strcmp(key, "count") != 0 && strcmp(key, "name") != 0;
}

/* Adds an entry; complains about a bad or a repeated key. */
static struct entry *
entry_add(
    struct arena *arena, struct entries *entries, const char *key, const char *file, size_t line)
{
	struct entry *entry;

	for (entry = entries->first; entry != NULL; entry = entry->next) {
		if (strcmp(entry->key, key) == 0) {
			tool_complain(file, line, "%s stands at %s:%zu already", key, entry->file,
			    entry->line);
		}
	}
	if (!key_is_good(key)) {
		tool_complain(file, line, "\"%s\" cannot be a key", key);
	}
	entry = arena_alloc(arena, sizeof(*entry));
	entry->key = key;
	entry->file = file;
	entry->line = line;
	if (entries->last == NULL) {
		entries->first = entry;
	} else {
		entries->last->next = entry;
	}
	entries->last = entry;
	return entry;
}

static const char *
trim(struct arena *arena, const char *text, size_t length)
{
	while (length > 0 && strchr(" \t\r", text[length - 1]) != NULL) {
		length--;
	}
	while (length > 0 && strchr(" \t", text[0]) != NULL) {
		text++;
		length--;
	}
	return arena_copy_bytes(arena, text, length);
}

/* The line without its end; moves `*at` to the next. */
static const char *
line_next(struct arena *arena, const char **at)
{
	size_t length = strcspn(*at, "\n");
	const char *line = arena_copy_bytes(arena, *at, length);

	*at += length;
	if (**at == '\n') {
		(*at)++;
	}
	return line;
}

/* "key = words" and the lines that continue it. */
static void
message_read(struct arena *arena, struct entries *entries, const struct source *source,
    const char *first, const char **at, size_t *line)
{
	const char *equals = strchr(first, '=');
	struct bytes *words = bytes_new(arena);
	struct entry *entry;

	if (equals == NULL) {
		tool_complain(source->path, *line, "no \"key = words\" here");
		return;
	}
	entry = entry_add(
	    arena, entries, trim(arena, first, (size_t)(equals - first)), source->path, *line);
	bytes_text(words, trim(arena, equals + 1, strlen(equals + 1)));
	while (**at == ' ' || **at == '\t') {
		const char *more = line_next(arena, at);

		more = trim(arena, more, strlen(more));
		(*line)++;
		if (words->length > 0 && more[0] != '\0') {
			bytes_char(words, ' ');
		}
		bytes_text(words, more);
	}
	if (words->length == 0) {
		tool_complain(source->path, entry->line, "%s has no words", entry->key);
	}
	phrase_read(arena, entry, &entry->text, words->data);
}

static void
topic_read(struct arena *arena, struct entries *entries, const struct source *source)
{
	const char *at = source->text;
	size_t line = 0;

	while (*at != '\0') {
		const char *first = line_next(arena, &at);

		line++;
		if (first[0] == ' ' || first[0] == '\t') {
			if (trim(arena, first, strlen(first))[0] != '\0') {
				tool_complain(source->path, line, "continues nothing");
			}
		} else if (first[0] != '#' && first[0] != '\0' && first[0] != '\r') {
			message_read(arena, entries, source, first, &at, &line);
		}
	}
}

static void
mail_read(struct arena *arena, struct entries *entries, const struct source *source)
{
	const char *at = source->text;
	const char *key =
	    arena_copy_bytes(arena, source->name, strlen(source->name) - strlen(".md"));
	struct entry *entry = entry_add(arena, entries, key, source->path, 1);
	const char *subject = line_next(arena, &at);
	const char *empty = line_next(arena, &at);

	entry->needs = "";
	if (strncmp(empty, NEEDS, strlen(NEEDS)) == 0) {
		entry->needs = empty + strlen(NEEDS);
		empty = line_next(arena, &at);
	}
	if (strncmp(subject, SUBJECT, strlen(SUBJECT)) != 0 || subject[strlen(SUBJECT)] == '\0' ||
	    empty[0] != '\0') {
		tool_complain(source->path, 1, "begins with \"Subject: …\" and an empty line");
		return;
	}
	if (*at == '\0') {
		tool_complain(source->path, 1, "has no body");
	}
	entry->subject_source = subject + strlen(SUBJECT);
	entry->text_source = at;
	phrase_read(arena, entry, &entry->subject, entry->subject_source);
	entry->line = 3;
	phrase_read(arena, entry, &entry->text, entry->text_source);
	needs_check(entry);
}

typedef void read_fn(struct arena *, struct entries *, const struct source *);

static void
folder_read(struct arena *arena, struct entries *entries, const char *folder, const char *suffix,
    read_fn *read)
{
	struct names files = tool_list(arena, folder, suffix);
	struct source source;
	const char *path;
	size_t i;

	for (i = 0; i < files.count; i++) {
		path = arena_format(arena, "%s/%s", folder, files.names[i]);
		source = tool_read(arena, path, files.names[i]);
		if (strlen(source.text) != source.length) {
			tool_complain(path, 0, "holds a NUL byte");
		}
		read(arena, entries, &source);
	}
}

int
main(int argc, char **argv)
{
	struct arena *arena;
	struct entries messages = { NULL, NULL };
	struct entries mails = { NULL, NULL };

	if (argc != 3) {
		fputs("usage: messages www OUTDIR\n", stderr);
		return 64;
	}
	arena = arena_new();
	if (!tool_is_folder(argv[1])) {
		tool_complain(argv[1], 0, "no such folder");
	}
	folder_read(
	    arena, &messages, arena_format(arena, "%s/messages", argv[1]), ".txt", topic_read);
	folder_read(arena, &mails, arena_format(arena, "%s/mail", argv[1]), ".md", mail_read);
	if (!tool_failed()) {
		messages_write(arena, &messages, argv[2]);
		wording_write(arena, &mails, &messages, argv[2]);
	}
	arena_free(arena);
	return tool_failed() ? 1 : 0;
}
