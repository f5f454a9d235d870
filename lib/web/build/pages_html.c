/*
 * The template lint.  ctemplate's auto-escape follows the
 * template from its first byte to its last as if no section were ever hidden,
 * so a marker is safe only where (a) its escaping fits the place and (b) every
 * section leaves the HTML as it found it.  This reads the HTML the same way
 * and refuses the rest:
 *
 *  - markers in tag names, attribute names, unquoted values and comments;
 *  - attributes that run script or load what auto-escape does not check;
 *  - URLs whose scheme a marker could write or complete;
 *  - inline script and style, <base>, <meta http-equiv>: the content security
 *    policy forbids them anyway;
 *  - sections that begin and end in different places, includes inside a tag.
 */
#include "pages.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define DEPTH 32
#define NAME_ROOM 32

enum place {
	PLACE_TEXT = 1,
	PLACE_TAG_OPEN,		/* after < */
	PLACE_TAG_NAME,
	PLACE_TAG,		/* between attributes */
	PLACE_ATTRIBUTE,	/* in an attribute's name */
	PLACE_EQUALS,		/* before its value */
	PLACE_DOUBLE,
	PLACE_SINGLE,
	PLACE_BARE,		/* an unquoted value */
	PLACE_COMMENT,
	PLACE_DECLARATION,	/* <!doctype … > */
	PLACE_RAW		/* in script, style, title, textarea */
};

struct html {
	struct arena *arena;
	const struct source *source;
	enum place place;
	size_t at;			/* offset of the byte being read */
	char element[NAME_ROOM];
	char attribute[NAME_ROOM];
	bool closing;			/* </element> */
	bool has_src;
	size_t value_start;		/* offset of the value's first byte */
	bool marker_first;		/* a URL began with a marker */
	bool fixed;			/* a URL's scheme is beyond reach */
	struct {
		enum place place;
		const char *name;
	} open[DEPTH];			/* sections */
	size_t depth;
	size_t value_depth;		/* sections open when the value began */
};

static const char *const forbidden_attributes[] = {
	"formaction", "xlink:href", "srcset", "imagesrcset", "poster",
	"srcdoc", "style", "ping", "http-equiv",
};

static const char *const forbidden_elements[] = {
	"style", "base", "iframe", "object", "embed", "applet", "frame",
};

static const char *const url_attributes[] = {
	"href", "src", "action", "cite", "data", "longdesc", "background",
	"manifest", "usemap",
};

static bool
listed(const char *word, const char *const *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (strcmp(word, list[i]) == 0) {
			return true;
		}
	}
	return false;
}

#define LISTED(word, list) listed(word, list, sizeof(list) / sizeof((list)[0]))

/* complain(html, format, …) at the byte being read. */
#define complain(html, ...) tool_complain((html)->source->path, \
	tool_line((html)->source, (html)->at), __VA_ARGS__)

static void
name_append(char *name, char c)
{
	size_t length = strlen(name);

	if (length + 1 < NAME_ROOM) {
		name[length] = (char)tolower((unsigned char)c);
		name[length + 1] = '\0';
	}
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool
in_url(const struct html *html)
{
	return LISTED(html->attribute, url_attributes);
}

/* The tag's > was read. */
static void
tag_end(struct html *html)
{
	static const char *const raw[] = { "script", "title", "textarea" };

	html->place = PLACE_TEXT;
	if (html->closing) {
		return;
	}
	if (LISTED(html->element, raw)) {
		html->place = PLACE_RAW;
	}
	if (strcmp(html->element, "script") == 0 && !html->has_src) {
		complain(html, "<%s> without src: scripts stand in files",
		    html->element);
	}
}

static void
element_named(struct html *html)
{
	if (!html->closing && LISTED(html->element, forbidden_elements)) {
		complain(html, "<%s> has no place in a template",
		    html->element);
	}
}

static void
attribute_named(struct html *html)
{
	if (LISTED(html->attribute, forbidden_attributes) ||
	    strncmp(html->attribute, "on", 2) == 0) {
		complain(html, "attribute %s is refused: it can run script, "
		    "or escaping does not make it safe", html->attribute);
	}
	html->has_src = html->has_src || strcmp(html->attribute, "src") == 0;
}

static void
step_tag_open(struct html *html, char c)
{
	html->element[0] = '\0';
	html->attribute[0] = '\0';
	html->has_src = false;
	html->closing = c == '/';
	if (c == '!') {
		html->place = strncmp(html->source->text + html->at, "!--",
		    3) == 0 ? PLACE_COMMENT : PLACE_DECLARATION;
	} else if (isalpha((unsigned char)c) || c == '/') {
		html->place = PLACE_TAG_NAME;
		if (c != '/') {
			name_append(html->element, c);
		}
	} else {
		complain(html, "a lone < in the text is written &lt;");
		html->place = PLACE_TEXT;
	}
}

static void
step_tag_name(struct html *html, char c)
{
	if (c == '>') {
		element_named(html);
		tag_end(html);
	} else if (is_blank(c) || c == '/') {
		element_named(html);
		html->place = PLACE_TAG;
	} else {
		name_append(html->element, c);
	}
}

static void
step_tag(struct html *html, char c)
{
	if (c == '>') {
		tag_end(html);
	} else if (c == '=' && html->attribute[0] != '\0') {
		html->place = PLACE_EQUALS;
	} else if (!is_blank(c) && c != '/') {
		html->attribute[0] = '\0';
		name_append(html->attribute, c);
		html->place = PLACE_ATTRIBUTE;
	}
}

static void
step_attribute(struct html *html, char c)
{
	if (c == '=' || is_blank(c) || c == '>' || c == '/') {
		attribute_named(html);
		html->place = PLACE_TAG;
		step_tag(html, c);
	} else {
		name_append(html->attribute, c);
	}
}

static void
value_begins(struct html *html, enum place place, size_t start)
{
	static const char script[] = "javascript:";
	const char *text = html->source->text + start;

	html->place = place;
	html->value_start = start;
	html->value_depth = html->depth;
	html->marker_first = false;
	html->fixed = false;
	while (is_blank(*text)) {
		text++;
	}
	if (strncasecmp(text, script, sizeof(script) - 1) == 0) {
		complain(html, "%s begins with javascript:", html->attribute);
	}
}

static void
step_equals(struct html *html, char c)
{
	if (c == '"') {
		value_begins(html, PLACE_DOUBLE, html->at + 1);
	} else if (c == '\'') {
		value_begins(html, PLACE_SINGLE, html->at + 1);
	} else if (c == '>') {
		tag_end(html);
	} else if (!is_blank(c)) {
		value_begins(html, PLACE_BARE, html->at);
	}
}

/* Inside a value; only URLs are looked at. */
static void
step_value(struct html *html, char c)
{
	bool ends = html->place == PLACE_BARE ? is_blank(c) || c == '>' :
	    c == (html->place == PLACE_DOUBLE ? '"' : '\'');

	if (ends) {
		html->attribute[0] = '\0';
		html->place = PLACE_TAG;
		step_tag(html, c == '>' ? c : ' ');
		return;
	}
	if (!in_url(html) || html->fixed) {
		return;
	}
	if (strchr("/?#", c) != NULL ||
	    (c == ':' && !html->marker_first)) {
		html->fixed = html->depth == html->value_depth;
	} else if (html->marker_first) {
		complain(html, "a marker at the start of %s is followed by /, "
		    "?, # or the end", html->attribute);
		html->fixed = true;
	}
}

static void
step_raw(struct html *html, char c)
{
	const char *text = html->source->text + html->at;
	size_t length = strlen(html->element);

	if (c == '<' && text[1] == '/' &&
	    strncasecmp(text + 2, html->element, length) == 0) {
		html->place = PLACE_TAG_OPEN;
	} else if (strcmp(html->element, "script") == 0 && !is_blank(c)) {
		complain(html, "inline %s: scripts stand in files",
		    html->element);
		html->element[0] = '\0';
	}
}

static void
step_comment(struct html *html, char c)
{
	const char *text = html->source->text + html->at;

	if (c == '>' && text[-1] == '-' && text[-2] == '-') {
		html->place = PLACE_TEXT;
	}
}

static void
step(struct html *html, char c)
{
	switch (html->place) {
	case PLACE_TEXT:
		html->place = c == '<' ? PLACE_TAG_OPEN : PLACE_TEXT;
		break;
	case PLACE_TAG_OPEN:
		step_tag_open(html, c);
		break;
	case PLACE_TAG_NAME:
		step_tag_name(html, c);
		break;
	case PLACE_TAG:
		step_tag(html, c);
		break;
	case PLACE_ATTRIBUTE:
		step_attribute(html, c);
		break;
	case PLACE_EQUALS:
		step_equals(html, c);
		break;
	case PLACE_DOUBLE:
	case PLACE_SINGLE:
	case PLACE_BARE:
		step_value(html, c);
		break;
	case PLACE_COMMENT:
		step_comment(html, c);
		break;
	case PLACE_DECLARATION:
		html->place = c == '>' ? PLACE_TEXT : PLACE_DECLARATION;
		break;
	case PLACE_RAW:
		step_raw(html, c);
		break;
	}
}

/* A text marker in a URL. */
static void
check_url(struct html *html, const char *name)
{
	if (html->fixed) {
		return;
	}
	if (html->at != html->value_start || html->marker_first) {
		complain(html, "{{%s}} could write the URL's scheme: it stands "
		    "first, or after a literal / ? # or :", name);
	}
	html->marker_first = true;
}

static void
check_text(struct html *html, const struct token *token)
{
	bool lines = strcmp(token->modifiers, ":p") == 0;

	if (token->modifiers[0] != '\0' && html->place != PLACE_TEXT &&
	    !(lines && html->place == PLACE_RAW)) {
		complain(html, "{{%s%s}}: modifiers belong into the text, not "
		    "into a tag", token->name, token->modifiers);
		return;
	}
	switch (html->place) {
	case PLACE_TEXT:
	case PLACE_RAW:
		break;
	case PLACE_DOUBLE:
	case PLACE_SINGLE:
		if (in_url(html)) {
			check_url(html, token->name);
		}
		break;
	case PLACE_BARE:
	case PLACE_EQUALS:
		complain(html, "{{%s}} in an attribute without quotes",
		    token->name);
		break;
	case PLACE_TAG_OPEN:
	case PLACE_TAG_NAME:
		complain(html, "{{%s}} in a tag's name", token->name);
		break;
	case PLACE_TAG:
	case PLACE_ATTRIBUTE:
		complain(html, "{{%s}} in the place of an attribute's name",
		    token->name);
		break;
	case PLACE_COMMENT:
	case PLACE_DECLARATION:
		complain(html, "{{%s}} in a comment or declaration",
		    token->name);
		break;
	}
}

/* Where a section stands; inside a tag all places between attributes count
 * as one.  0 where no section may begin or end. */
static enum place
section_place(struct html *html, const struct token *token)
{
	const char *after = html->source->text + token->end;

	while (strncmp(after, "{{", 2) == 0 && strstr(after, "}}") != NULL) {
		after = strstr(after, "}}") + 2;
	}
	switch (html->place) {
	case PLACE_TAG_NAME:
	case PLACE_ATTRIBUTE:
		if (*after != '>' && *after != '/' && !is_blank(*after)) {
			complain(html, "%s stands inside a name", token->name);
		}
		return PLACE_TAG;
	case PLACE_TEXT:
	case PLACE_TAG:
	case PLACE_DOUBLE:
	case PLACE_SINGLE:
	case PLACE_RAW:
		return html->place;
	case PLACE_TAG_OPEN:
	case PLACE_EQUALS:
	case PLACE_BARE:
	case PLACE_COMMENT:
	case PLACE_DECLARATION:
		complain(html, "%s: no section can stand here", token->name);
		return html->place;
	}
	return html->place;
}

static void
section_open(struct html *html, const struct token *token)
{
	enum place place = section_place(html, token);

	if ((place == PLACE_DOUBLE || place == PLACE_SINGLE) && in_url(html) &&
	    !html->fixed) {
		complain(html, "%s: a section in a URL stands after its "
		    "first / ? or #", token->name);
	}
	if (html->depth < DEPTH) {
		html->open[html->depth].place = place;
		html->open[html->depth].name = token->name;
		html->depth++;
	}
}

static void
section_close(struct html *html, const struct token *token)
{
	enum place place = section_place(html, token);

	if (html->depth == 0) {
		return;
	}
	html->depth--;
	if (html->open[html->depth].place != place) {
		complain(html, "%s begins and ends in different places of the "
		    "HTML", token->name);
	}
}

static void
read_literal(struct html *html, const struct token *token)
{
	for (html->at = token->offset; html->at < token->end; html->at++) {
		step(html, html->source->text[html->at]);
	}
}

static void
check_token(struct html *html, const struct token *token)
{
	html->at = token->offset;
	switch (token->kind) {
	case TOKEN_LITERAL:
		read_literal(html, token);
		break;
	case TOKEN_TEXT:
		check_text(html, token);
		break;
	case TOKEN_OPEN:
		section_open(html, token);
		break;
	case TOKEN_CLOSE:
		section_close(html, token);
		break;
	case TOKEN_INCLUDE:
		if (html->place != PLACE_TEXT) {
			complain(html, "{{>%s}} stands inside a tag",
			    token->name);
		}
		break;
	case TOKEN_END:
	case TOKEN_OTHER:
		break;
	}
}

void
html_check(struct arena *arena, const struct source *source)
{
	struct html html = { .arena = arena, .source = source,
	    .place = PLACE_TEXT };
	struct token token = { .end = 0 };

	do {
		token = token_next(arena, source, token.end);
		check_token(&html, &token);
	} while (token.kind != TOKEN_END);
	if (html.place != PLACE_TEXT) {
		complain(&html, "the template ends inside a tag");
	}
}
