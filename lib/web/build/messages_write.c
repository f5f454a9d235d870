#include "messages.h"

#include <ctype.h>
#include <string.h>

#define MADE "/* Made by lib/web/build/messages from www/%s. */\n"

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

/* Statements that append the phrase to `buffer`. */
static void
write_appends(struct bytes *out, const struct phrase *phrase, const char *buffer,
    const char *access, bool escape)
{
	const struct piece *piece;

	for (piece = phrase->first; piece != NULL; piece = piece->next) {
		bytes_format(out, "\tbytes_text(%s, ", buffer);
		if (!piece->hole) {
			tool_literal(out, piece->text, piece->length);
		} else if (escape && !piece->bare) {
			bytes_format(out, "markdown_escape(arena, %s%s)", access, piece->text);
		} else {
			bytes_format(out, "%s%s", access, piece->text);
		}
		bytes_text(out, ");\n");
	}
}

static void
write_message_header(struct arena *arena, const struct entries *entries, const char *folder)
{
	struct bytes *out = bytes_new(arena);
	const struct entry *entry;

	bytes_format(out, MADE, "messages");
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
	    "static const char *const messages[MESSAGE_COUNT] = {\n"
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
	    "\t\treturn \"\";\n\t}\n\treturn messages[id];\n}\n");
}

static void
write_message_names(struct bytes *out, const struct entries *entries)
{
	const struct entry *entry;

	bytes_text(out,
	    "\nstatic const char *const names[MESSAGE_COUNT] = {\n"
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
	    "\t\treturn \"\";\n\t}\n\treturn names[id];\n}\n");
}

void
messages_write(struct arena *arena, const struct entries *entries, const char *folder)
{
	struct bytes *out = bytes_new(arena);
	const struct entry *entry;

	write_message_header(arena, entries, folder);
	bytes_format(out, MADE, "messages");
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
		write_appends(out, &entry->text, "out", "", false);
		bytes_text(out, "\treturn out->data;\n}\n");
	}
	tool_write(arena, folder, "web/message.c", out);
}

static void
write_wording_struct(struct bytes *out, const struct entry *entry)
{
	size_t i;

	bytes_format(out, "\n/* mail/%s.md */\nstruct wording_%s {\n", entry->key, entry->key);
	for (i = 0; i < entry->holes.count; i++) {
		bytes_format(out, "\tconst char *%s;\n", entry->holes.names[i]);
	}
	if (entry->holes.count == 0) {
		bytes_text(out, "\tchar empty;\t/* C has no empty struct */\n");
	}
	bytes_format(out,
	    "};\n\nstruct wording wording_%s(struct arena *,\n"
	    "    const struct wording_%s *);\n",
	    entry->key, entry->key);
}

static void
write_wording_function(struct bytes *out, const struct entry *entry)
{
	bytes_format(out,
	    "\nstruct wording\nwording_%s(struct arena *arena, "
	    "const struct wording_%s *values)\n{\n"
	    "\tstruct bytes *subject = bytes_new(arena);\n"
	    "\tstruct bytes *body = bytes_new(arena);\n"
	    "\tstruct bytes *markdown = bytes_new(arena);\n\n",
	    entry->key, entry->key);
	if (entry->holes.count == 0) {
		bytes_text(out, "\t(void)values;\n");
	}
	write_appends(out, &entry->subject, "subject", "values->", false);
	write_appends(out, &entry->text, "body", "values->", false);
	write_appends(out, &entry->text, "markdown", "values->", true);
	bytes_text(out,
	    "\treturn (struct wording){ subject->data, body->data,"
	    "\n\t    markdown->data };\n}\n");
}

void
wording_write(struct arena *arena, const struct entries *entries, const char *folder)
{
	struct bytes *header = bytes_new(arena);
	struct bytes *source = bytes_new(arena);
	const struct entry *entry;

	bytes_format(header, MADE, "mail");
	bytes_text(header,
	    "#ifndef GROUNDCREW_WEB_WORDING_H\n"
	    "#define GROUNDCREW_WEB_WORDING_H\n\n#include \"ground/arena.h\"\n"
	    "\n/*\n * A mail's words, living in the arena.  `body` is for the "
	    "text part, with the\n * values as they are; `markdown` is for "
	    "markdown_html(), with the values\n * escaped.  NULL values leave "
	    "their place empty.\n */\nstruct wording {\n"
	    "\tconst char *subject;\n\tconst char *body;\n"
	    "\tconst char *markdown;\n};\n");
	bytes_format(source, MADE, "mail");
	bytes_text(source,
	    "#include \"wording.h\"\n\n"
	    "#include \"ground/bytes.h\"\n#include \"web/markdown.h\"\n");
	for (entry = entries->first; entry != NULL; entry = entry->next) {
		write_wording_struct(header, entry);
		write_wording_function(source, entry);
	}
	bytes_text(header, "\n#endif\n");
	tool_write(arena, folder, "web/wording.h", header);
	tool_write(arena, folder, "web/wording.c", source);
}
