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
#include "pages_html.h"

#include <string.h>

/* A text marker in a URL. */
static void
check_url(struct html *html, const char *name)
{
	if (html->fixed) {
		return;
	}
	if (html->at != html->value_start || html->marker_first) {
		complain(html,
		    "{{%s}} could write the URL's scheme: it stands "
		    "first, or after a literal / ? # or :",
		    name);
	}
	html->marker_first = true;
}

static void
check_text(struct html *html, const struct token *token)
{
	bool lines = strcmp(token->modifiers, ":p") == 0;

	if (token->modifiers[0] != '\0' && html->place != PLACE_TEXT &&
	    !(lines && html->place == PLACE_RAW)) {
		complain(html,
		    "{{%s%s}}: modifiers belong into the text, not "
		    "into a tag",
		    token->name, token->modifiers);
		return;
	}
	switch (html->place) {
	case PLACE_TEXT:
	case PLACE_RAW:
		break;
	case PLACE_DOUBLE:
	case PLACE_SINGLE:
		if (html_in_url(html)) {
			check_url(html, token->name);
		}
		break;
	case PLACE_BARE:
	case PLACE_EQUALS:
		complain(html, "{{%s}} in an attribute without quotes", token->name);
		break;
	case PLACE_TAG_OPEN:
	case PLACE_TAG_NAME:
		complain(html, "{{%s}} in a tag's name", token->name);
		break;
	case PLACE_TAG:
	case PLACE_ATTRIBUTE:
		complain(html, "{{%s}} in the place of an attribute's name", token->name);
		break;
	case PLACE_COMMENT:
	case PLACE_DECLARATION:
		complain(html, "{{%s}} in a comment or declaration", token->name);
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
		if (*after != '>' && *after != '/' && !html_is_blank(*after)) {
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

	if ((place == PLACE_DOUBLE || place == PLACE_SINGLE) && html_in_url(html) && !html->fixed) {
		complain(html,
		    "%s: a section in a URL stands after its "
		    "first / ? or #",
		    token->name);
	}
	if (html->depth < HTML_DEPTH) {
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
		complain(html,
		    "%s begins and ends in different places of the "
		    "HTML",
		    token->name);
	}
}

static void
read_literal(struct html *html, const struct token *token)
{
	for (html->at = token->offset; html->at < token->end; html->at++) {
		html_step(html, html->source->text[html->at]);
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
			complain(html, "{{>%s}} stands inside a tag", token->name);
		}
		break;
	case TOKEN_OTHER:
		if (token->offset > 0 && html->source->text[token->offset + 2] == '%') {
			complain(html, "the pragma stands once, at the top");
		}
		break;
	case TOKEN_END:
		break;
	}
}

void
lint_check(struct arena *arena, const struct source *source)
{
	struct html html = { .arena = arena, .source = source, .place = PLACE_TEXT };
	struct token token = { .end = 0 };

	do {
		token = token_next(arena, source, token.end);
		check_token(&html, &token);
	} while (token.kind != TOKEN_END);
	if (html.place != PLACE_TEXT) {
		complain(&html, "the template ends inside a tag");
	}
}
