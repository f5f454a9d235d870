#include "pages_html.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char *const forbidden_attributes[] = {
	"formaction",
	"xlink:href",
	"srcset",
	"imagesrcset",
	"poster",
	"srcdoc",
	"style",
	"ping",
	"http-equiv",
};

static const char *const forbidden_elements[] = {
	"style",
	"base",
	"iframe",
	"object",
	"embed",
	"applet",
	"frame",
};

static const char *const url_attributes[] = {
	"href",
	"src",
	"action",
	"cite",
	"data",
	"longdesc",
	"background",
	"manifest",
	"usemap",
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

static void
name_append(char *name, char c)
{
	size_t length = strlen(name);

	if (length + 1 < HTML_NAME) {
		name[length] = (char)tolower((unsigned char)c);
		name[length + 1] = '\0';
	}
}

bool
html_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool
html_in_url(const struct html *html)
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
		complain(html, "<%s> without src: scripts stand in files", html->element);
	}
}

static void
element_named(struct html *html)
{
	if (!html->closing && LISTED(html->element, forbidden_elements)) {
		complain(html, "<%s> has no place in a template", html->element);
	}
}

static void
attribute_named(struct html *html)
{
	if (LISTED(html->attribute, forbidden_attributes) ||
	    strncmp(html->attribute, "on", 2) == 0) {
		complain(html,
		    "attribute %s is refused: it can run script, "
		    "or escaping does not make it safe",
		    html->attribute);
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
		html->place = strncmp(html->source->text + html->at, "!--", 3) == 0
		    ? PLACE_COMMENT
		    : PLACE_DECLARATION;
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
	} else if (html_is_blank(c) || c == '/') {
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
	} else if (!html_is_blank(c) && c != '/') {
		html->attribute[0] = '\0';
		name_append(html->attribute, c);
		html->place = PLACE_ATTRIBUTE;
	}
}

static void
step_attribute(struct html *html, char c)
{
	if (c == '=' || html_is_blank(c) || c == '>' || c == '/') {
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
	while (html_is_blank(*text)) {
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
	} else if (!html_is_blank(c)) {
		value_begins(html, PLACE_BARE, html->at);
	}
}

/* Inside a value; only URLs are looked at. */
static void
step_value(struct html *html, char c)
{
	bool ends = html->place == PLACE_BARE ? html_is_blank(c) || c == '>'
					      : c == (html->place == PLACE_DOUBLE ? '"' : '\'');

	if (ends) {
		html->attribute[0] = '\0';
		html->place = PLACE_TAG;
		step_tag(html, c == '>' ? c : ' ');
		return;
	}
	if (!html_in_url(html) || html->fixed) {
		return;
	}
	if (strchr("/?#", c) != NULL || (c == ':' && !html->marker_first)) {
		html->fixed = html->depth == html->value_depth;
	} else if (html->marker_first) {
		complain(html,
		    "a marker at the start of %s is followed by /, "
		    "?, # or the end",
		    html->attribute);
		html->fixed = true;
	}
}

static void
step_raw(struct html *html, char c)
{
	const char *text = html->source->text + html->at;
	size_t length = strlen(html->element);

	if (c == '<' && text[1] == '/' && strncasecmp(text + 2, html->element, length) == 0) {
		html->place = PLACE_TAG_OPEN;
	} else if (strcmp(html->element, "script") == 0 && !html_is_blank(c)) {
		complain(html, "inline %s: scripts stand in files", html->element);
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

void
html_step(struct html *html, char c)
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
