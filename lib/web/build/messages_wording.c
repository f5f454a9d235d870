#include "messages.h"

#include <string.h>

#define MADE "/* Made by lib/web/build/messages from www/mail. */\n"

static void
write_struct(struct bytes *out, const struct entry *entry)
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
	    "    const struct wording_words *, const struct wording_%s *);\n",
	    entry->key, entry->key);
}

/* "link", or a name that ends in "_link". */
static bool
is_link(const char *name)
{
	size_t length = strlen(name);

	return strcmp(name, "link") == 0 ||
	    (length > strlen("_link") && strcmp(name + length - strlen("_link"), "_link") == 0);
}

/* The next name of a list "a, b, c"; *length 0 after the last. */
static const char *
needs_next(const char *at, size_t *length)
{
	at += strspn(at, ", ");
	*length = strcspn(at, ", ");
	return at;
}

static bool
is_needed(const char *needs, const char *name)
{
	size_t length;

	for (needs = needs_next(needs, &length); length > 0;
	     needs = needs_next(needs + length, &length)) {
		if (strlen(name) == length && strncmp(needs, name, length) == 0) {
			return true;
		}
	}
	return false;
}

static bool
has_hole(const struct entry *entry, const char *name, size_t length)
{
	size_t i;

	for (i = 0; i < entry->holes.count; i++) {
		if (strlen(entry->holes.names[i]) == length &&
		    strncmp(entry->holes.names[i], name, length) == 0) {
			return true;
		}
	}
	return false;
}

void
needs_check(const struct entry *entry)
{
	const char *needs = entry->needs;
	size_t length;

	for (needs = needs_next(needs, &length); length > 0;
	     needs = needs_next(needs + length, &length)) {
		if (!has_hole(entry, needs, length)) {
			tool_complain(
			    entry->file, 2, "needs %.*s, which stands nowhere", (int)length, needs);
		}
	}
}

/* The constant of the message that is an example for the placeholder. */
static void
write_sample(struct bytes *out, const struct entries *messages, const char *name)
{
	const char *key = arena_format(out->arena, "wording_sample_%s", name);
	const struct entry *entry;

	for (entry = messages->first; entry != NULL; entry = entry->next) {
		if (strcmp(entry->key, key) == 0 && entry->holes.count == 0) {
			messages_constant(out, entry);
			return;
		}
	}
	bytes_text(out, "MESSAGE_NONE");
}

/* is_link and is_required */
static void
write_traits(struct bytes *out, const struct entry *entry, const char *name)
{
	bytes_format(out, ", %s, %s },\n", is_link(name) ? "true" : "false",
	    is_link(name) || is_needed(entry->needs, name) ? "true" : "false");
}

static void
write_placeholders(struct bytes *out, const struct entry *entry, const struct entries *messages)
{
	size_t i;

	if (entry->holes.count == 0) {
		return;
	}
	bytes_format(
	    out, "\nstatic const struct wording_placeholder %s_placeholders[] = {\n", entry->key);
	for (i = 0; i < entry->holes.count; i++) {
		bytes_format(out, "\t{ \"%s\", ", entry->holes.names[i]);
		write_sample(out, messages, entry->holes.names[i]);
		write_traits(out, entry, entry->holes.names[i]);
	}
	bytes_text(out, "};\n");
}

static void
write_row(struct bytes *out, const struct entry *entry)
{
	bytes_format(out, "\t{ \"%s\",\n\t    ", entry->key);
	tool_literal(out, entry->subject_source, strlen(entry->subject_source));
	bytes_text(out, ",\n\t    ");
	tool_literal(out, entry->text_source, strlen(entry->text_source));
	if (entry->holes.count == 0) {
		bytes_text(out, ",\n\t    NULL, 0 },\n");
	} else {
		bytes_format(
		    out, ",\n\t    %s_placeholders, %zu },\n", entry->key, entry->holes.count);
	}
}

static void
write_catalogue(struct bytes *out, const struct entries *mails, const struct entries *messages)
{
	const struct entry *entry;
	size_t count = 0;

	for (entry = mails->first; entry != NULL; entry = entry->next) {
		write_placeholders(out, entry, messages);
		count++;
	}
	bytes_text(out, "\nconst struct wording_kind wording_kinds[] = {\n");
	for (entry = mails->first; entry != NULL; entry = entry->next) {
		write_row(out, entry);
	}
	bytes_format(out, "};\n\nconst size_t wording_kind_count = %zu;\n", count);
}

static void
write_function(struct bytes *out, const struct entry *entry, size_t row)
{
	size_t i;

	bytes_format(out,
	    "\nstruct wording\nwording_%s(struct arena *arena,\n"
	    "    const struct wording_words *words, const struct wording_%s *values)\n{\n"
	    "\tconst char *const list[] = {\n",
	    entry->key, entry->key);
	for (i = 0; i < entry->holes.count; i++) {
		bytes_format(out, "\t\tvalues->%s,\n", entry->holes.names[i]);
	}
	bytes_text(out, "\t\tNULL\n\t};\n\n");
	if (entry->holes.count == 0) {
		bytes_text(out, "\t(void)values;\n");
	}
	bytes_format(
	    out, "\treturn wording_fill(arena, &wording_kinds[%zu], words, list);\n}\n", row);
}

void
wording_write(struct arena *arena, const struct entries *mails, const struct entries *messages,
    const char *folder)
{
	struct bytes *header = bytes_new(arena);
	struct bytes *source = bytes_new(arena);
	const struct entry *entry;
	size_t row = 0;

	bytes_text(header,
	    MADE "#ifndef GROUNDCREW_WEB_WORDING_H\n"
		 "#define GROUNDCREW_WEB_WORDING_H\n\n#include \"web/wording_kind.h\"\n"
		 "\n/*\n * Each fills the words for its kind, as wording_fill() does.\n */\n");
	bytes_text(source, MADE "#include \"wording.h\"\n");
	write_catalogue(source, mails, messages);
	for (entry = mails->first; entry != NULL; entry = entry->next) {
		write_struct(header, entry);
		write_function(source, entry, row++);
	}
	bytes_text(header, "\n#endif\n");
	tool_write(arena, folder, "web/wording.h", header);
	tool_write(arena, folder, "web/wording.c", source);
}
