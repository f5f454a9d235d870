#include "pages.h"

#include <string.h>

#define NAME_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

static const struct {
	char sign;
	enum token_kind kind;
} signs[] = {
	{ '#', TOKEN_OPEN },
	{ '/', TOKEN_CLOSE },
	{ '>', TOKEN_INCLUDE },
	{ '!', TOKEN_OTHER },
	{ '%', TOKEN_OTHER },
};

/* The kind of a marker by its first character. */
static enum token_kind
marker_sign(char sign)
{
	size_t i;

	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (signs[i].sign == sign) {
			return signs[i].kind;
		}
	}
	return TOKEN_TEXT;
}

static bool
name_is_good(const char *name, enum token_kind kind)
{
	static const char separator[] = "_separator";
	size_t length = strspn(name, NAME_CHARACTERS);

	if (name[0] < 'A' || name[0] > 'Z') {
		return false;
	}
	if (name[length] == '\0') {
		return true;
	}
	/* "NAMES" + "_separator": the underscore was counted already. */
	return (kind == TOKEN_OPEN || kind == TOKEN_CLOSE) &&
	    strcmp(name + length - 1, separator) == 0;
}

/* Takes apart what stands between the braces. */
static void
marker_read(struct arena *arena, const struct source *source, struct token *token,
    const char *inner, size_t length)
{
	char *name;
	char *colon;

	token->kind = length > 0 ? marker_sign(inner[0]) : TOKEN_TEXT;
	if (token->kind == TOKEN_OTHER) {
		return;
	}
	if (token->kind != TOKEN_TEXT) {
		inner++;
		length--;
	}
	name = arena_copy_bytes(arena, inner, length);
	colon = strchr(name, ':');
	if (colon != NULL) {
		token->modifiers = arena_copy(arena, colon);
		*colon = '\0';
	}
	token->name = name;
	if (!name_is_good(name, token->kind)) {
		tool_complain(source->path, tool_line(source, token->offset),
		    "{{%.*s}} is no marker: names are UPPER_CASE", (int)length, inner);
	}
}

struct token
token_next(struct arena *arena, const struct source *source, size_t offset)
{
	struct token token = { TOKEN_END, offset, offset, "", "" };
	const char *start = source->text + offset;
	const char *open;
	const char *close;

	if (offset >= source->length) {
		return token;
	}
	open = strstr(start, "{{");
	if (open != start) {
		token.kind = TOKEN_LITERAL;
		token.end = open == NULL ? source->length : (size_t)(open - source->text);
		return token;
	}
	close = strstr(start, "}}");
	if (close == NULL) {
		tool_complain(source->path, tool_line(source, offset), "marker without }}");
		token.end = source->length;
		token.kind = TOKEN_OTHER;
		return token;
	}
	token.end = (size_t)(close - source->text) + 2;
	marker_read(arena, source, &token, start + 2, (size_t)(close - start) - 2);
	return token;
}
