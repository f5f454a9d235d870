#include "messages.h"

#include <ctype.h>
#include <string.h>

#define MADE "/* Made by lib/web/build/messages from www/messages. */\n"

static const char *
upper(struct arena *arena, const char *text)
{
	char *copy = arena_copy_bytes(arena, text, strlen(text));
	size_t i;

	for (i = 0; copy[i] != '\0'; i++) {
		copy[i] = (char)toupper((unsigned char)copy[i]);
	}
	return copy;
}

/* MESSAGE_<KEY> */
void
messages_constant(struct bytes *out, const struct entry *entry)
{
	bytes_format(out, "MESSAGE_%s", upper(out->arena, entry->key));
}

/* The words of a phrase as one C literal. */
static void
write_words(struct bytes *out, const struct phrase *phrase)
{
	struct bytes *words = bytes_new(out->arena);
	const struct piece *piece;

	for (piece = phrase->first; piece != NULL; piece = piece->next) {
		bytes_append(words, piece->text, piece->length);
	}
	tool_literal(out, words->data, words->length);
}

/* The message as a comment's text: no end of comment, no line ends. */
static void
write_comment(struct bytes *out, const struct entry *entry)
{
	const struct piece *piece;
	size_t i;

	bytes_text(out, "/* ");
	for (piece = entry->text.first; piece != NULL; piece = piece->next) {
		bytes_text(out, piece->hole ? "{" : "");
		for (i = 0; i < piece->length; i++) {
			char c = piece->text[i];

			bytes_char(out, c == '\n' || c == '*' ? ' ' : c);
		}
		bytes_text(out, piece->hole ? "}" : "");
	}
	bytes_text(out, " */\n");
}

static void
write_prototype(struct bytes *out, const struct entry *entry, const char *between)
{
	size_t i;

	bytes_format(out, "const char *%smessage_%s(struct arena *arena", between, entry->key);
	for (i = 0; i < entry->holes.count; i++) {
		bytes_format(out, ",\n    const char *%s", entry->holes.names[i]);
	}
	bytes_text(out, ")");
}

/* Statements that append the phrase to `out`. */
static void
write_appends(struct bytes *out, const struct phrase *phrase)
{
	const struct piece *piece;

	for (piece = phrase->first; piece != NULL; piece = piece->next) {
		bytes_text(out, "\tbytes_text(out, ");
		if (piece->hole) {
			bytes_text(out, piece->text);
		} else {
			tool_literal(out, piece->text, piece->length);
		}
		bytes_text(out, ");\n");
	}
}

static void
write_message_header(struct arena *arena, const struct entries *entries, const char *folder)
{
	struct bytes *out = bytes_new(arena);
	const struct entry *entry;

	bytes_text(out, MADE);
	bytes_text(out,
	    "#ifndef GROUNDCREW_WEB_MESSAGE_H\n"
	    "#define GROUNDCREW_WEB_MESSAGE_H\n\n#include \"ground/arena.h\"\n"
	    "\n/* Messages without placeholders. */\nenum message {\n"
	    "\tMESSAGE_NONE = 0,\n");
	for (entry = entries->first; entry != NULL; entry = entry->next) {
		if (entry->holes.count == 0) {
			bytes_format(out, "\tMESSAGE_%s,\n", upper(arena, entry->key));
		}
	}
	bytes_text(out,
	    "\tMESSAGE_COUNT\n};\n\n"
	    "/* Its words; \"\" for MESSAGE_NONE and what is no message. */\n"
	    "const char *message(enum message);\n\n"
	    "/* Its name in the message files; \"\" likewise. */\n"
	    "const char *message_name(enum message);\n");
	for (entry = entries->first; entry != NULL; entry = entry->next) {
		if (entry->holes.count > 0) {
			bytes_text(out, "\n");
			write_comment(out, entry);
			write_prototype(out, entry, "");
			bytes_text(out, ";\n");
		}
	}
	bytes_text(out, "\n#endif\n");
	tool_write(arena, folder, "web/message.h", out);
}

static void
write_message_table(struct bytes *out, const struct entries *entries)
{
	const struct entry *entry;

	bytes_text(out,
	    "static const char *const message_table[MESSAGE_COUNT] = {\n"
	    "\t[MESSAGE_NONE] = \"\",\n");
	for (entry = entries->first; entry != NULL; entry = entry->next) {
		if (entry->holes.count == 0) {
			bytes_format(
			    out, "\t[MESSAGE_%s] =\n\t    ", upper(out->arena, entry->key));
			write_words(out, &entry->text);
			bytes_text(out, ",\n");
		}
	}
	bytes_text(out,
	    "};\n\nconst char *\nmessage(enum message id)\n{\n"
	    "\tif ((unsigned)id >= (unsigned)MESSAGE_COUNT) {\n"
	    "\t\treturn \"\";\n\t}\n\treturn message_table[id];\n}\n");
}

static void
write_message_names(struct bytes *out, const struct entries *entries)
{
	const struct entry *entry;

	bytes_text(out,
	    "\nstatic const char *const message_name_table[MESSAGE_COUNT] = {\n"
	    "\t[MESSAGE_NONE] = \"\",\n");
	for (entry = entries->first; entry != NULL; entry = entry->next) {
		if (entry->holes.count == 0) {
			bytes_format(out, "\t[MESSAGE_%s] = \"%s\",\n",
			    upper(out->arena, entry->key), entry->key);
		}
	}
	bytes_text(out,
	    "};\n\nconst char *\nmessage_name(enum message id)\n"
	    "{\n\tif ((unsigned)id >= (unsigned)MESSAGE_COUNT) {\n"
	    "\t\treturn \"\";\n\t}\n\treturn message_name_table[id];\n}\n");
}

void
messages_write(struct arena *arena, const struct entries *entries, const char *folder)
{
	struct bytes *out = bytes_new(arena);
	const struct entry *entry;

	write_message_header(arena, entries, folder);
	bytes_text(out, MADE);
	bytes_text(out,
	    "#include \"message.h\"\n\n"
	    "#include \"ground/bytes.h\"\n\n");
	write_message_table(out, entries);
	write_message_names(out, entries);
	for (entry = entries->first; entry != NULL; entry = entry->next) {
		if (entry->holes.count == 0) {
			continue;
		}
		bytes_text(out, "\n");
		write_prototype(out, entry, "\n");
		bytes_text(out,
		    "\n{\n\tstruct bytes *out = bytes_new(arena);"
		    "\n\n");
		write_appends(out, &entry->text);
		bytes_text(out, "\treturn out->data;\n}\n");
	}
	tool_write(arena, folder, "web/message.c", out);
}
