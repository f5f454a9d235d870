/*
 * Text on its way into a feed.
 */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include <libxml/uri.h>
#include <unictype.h>
#include <unistr.h>

#include "ground/text.h"
#include "web/atom.h"

/* The next character; `*text` moves behind it. U+FFFD for what is none. */
static ucs4_t
next_character(const char **text, const char *end)
{
	ucs4_t character = 0xfffd;
	int length = u8_mbtouc(&character, (const uint8_t *)*text, (size_t)(end - *text));

	*text += length < 1 ? 1 : length;
	return character;
}

static bool
is_bearable(ucs4_t character)
{
	if (character < 0x20) {
		return character == '\t' || character == '\n';
	}
	return !(character >= 0x7f && character <= 0x9f) && character != 0xfffd &&
	    !(character >= 0xfdd0 && character <= 0xfdef) && (character & 0xfffe) != 0xfffe;
}

/* The end of the printable ASCII that the text begins with: most of it. */
static const char *
plain_end(const char *text)
{
	while (*text >= ' ' && *text <= '~') {
		text++;
	}
	return text;
}

/* Whether it is one line of that already. */
static bool
is_plain_line(const char *text)
{
	return *plain_end(text) == '\0' && text[0] != ' ' && strstr(text, "  ") == NULL &&
	    (text[0] == '\0' || text[strlen(text) - 1] != ' ');
}

const char *
atom_text(struct arena *arena, const char *text)
{
	struct bytes *out;
	const char *end, *start;

	if (text == NULL) {
		return NULL;
	}
	out = bytes_new(arena);
	end = text + strlen(text);
	while (text < end) {
		ucs4_t character;

		start = text;
		text = plain_end(text);
		bytes_append(out, start, (size_t)(text - start));
		if (text == end) {
			break;
		}
		start = text;
		character = next_character(&text, end);
		if (character == '\r') {
			if (text == end || *text != '\n') {
				bytes_char(out, '\n');
			}
		} else if (is_bearable(character)) {
			bytes_append(out, start, (size_t)(text - start));
		}
	}
	return out->data;
}

const char *
atom_line(struct arena *arena, const char *text)
{
	struct bytes *out;
	const char *end, *start;
	bool gap = false;

	if (text != NULL && is_plain_line(text)) {
		return arena_copy(arena, text);
	}
	text = atom_text(arena, text);
	if (text == NULL) {
		return NULL;
	}
	out = bytes_new(arena);
	end = text + strlen(text);
	while (text < end) {
		ucs4_t character;

		start = text;
		character = next_character(&text, end);
		if (character == ' ' || character == '\t' || character == '\n' ||
		    character == 0x2028 || character == 0x2029) {
			gap = out->length > 0;
			continue;
		}
		if (gap) {
			bytes_char(out, ' ');
			gap = false;
		}
		bytes_append(out, start, (size_t)(text - start));
	}
	return out->data;
}

/* Whether it would show in the same way with anything beside it. */
static bool
is_left_to_right(const char *text)
{
	const char *end = text + strlen(text);

	while (text < end) {
		switch (uc_bidi_category(next_character(&text, end))) {
		case UC_BIDI_R:
		case UC_BIDI_AL:
		case UC_BIDI_AN:
		case UC_BIDI_LRE:
		case UC_BIDI_LRO:
		case UC_BIDI_RLE:
		case UC_BIDI_RLO:
		case UC_BIDI_PDF:
		case UC_BIDI_LRI:
		case UC_BIDI_RLI:
		case UC_BIDI_FSI:
		case UC_BIDI_PDI:
			return false;
		default:
			break;
		}
	}
	return true;
}

const char *
atom_run(struct arena *arena, const char *text)
{
	text = atom_line(arena, text);
	if (text == NULL || is_left_to_right(text)) {
		return text;
	}
	return text_isolate(arena, text);
}

static const struct reference {
	const char *name;
	const char *text;
} references[] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" },
	{ "&#39;", "'" }, { "&#x27;", "'" } };

/* An attribute's value without the references that our Markdown writes. */
static const char *
value_read(struct arena *arena, const char *value, size_t length)
{
	struct bytes *out = bytes_new(arena);
	const char *end = value + length;
	size_t i;

	while (value < end) {
		for (i = 0; i < sizeof(references) / sizeof(references[0]); i++) {
			if (strncmp(value, references[i].name, strlen(references[i].name)) == 0) {
				break;
			}
		}
		if (i < sizeof(references) / sizeof(references[0])) {
			bytes_text(out, references[i].text);
			value += strlen(references[i].name);
		} else {
			bytes_char(out, *value++);
		}
	}
	return out->data;
}

static void
value_write(struct bytes *out, const char *value)
{
	size_t i;

	for (; *value != '\0'; value++) {
		for (i = 0; i < 5 && *value != *references[i].text; i++) {
		}
		if (i < 5) {
			bytes_text(out, references[i].name);
		} else {
			bytes_char(out, *value);
		}
	}
}

/* A link as it is, or resolved; one that cannot be leads to the base. */
static void
link_write(
    struct arena *arena, struct bytes *out, const char *value, size_t length, const char *base)
{
	const char *link = value_read(arena, value, length);
	xmlChar *whole;

	if (strncasecmp(link, "https://", 8) == 0 || strncasecmp(link, "http://", 7) == 0) {
		bytes_append(out, value, length);
		return;
	}
	whole = xmlBuildURI((const xmlChar *)link, (const xmlChar *)base);
	value_write(out, whole == NULL ? base : (const char *)whole);
	xmlFree(whole);
}

struct markdown
atom_markdown(struct arena *arena, const char *text, const char *base)
{
	static const char start[] = "<a href=\"";
	struct bytes *out = bytes_new(arena);
	/* Cleaned after Markdown, too: it reads &#1; as a character. */
	const char *html = atom_text(arena, markdown_html(arena, atom_text(arena, text)).html);
	const char *link;
	size_t length;

	/* Text cannot look like this: its "<" is escaped. */
	while ((link = strstr(html, start)) != NULL) {
		link += sizeof(start) - 1;
		length = strcspn(link, "\"");
		bytes_append(out, html, (size_t)(link - html));
		link_write(arena, out, link, length, base);
		html = link + length;
	}
	bytes_text(out, html);
	return (struct markdown){ out->data };
}

const char *
atom_tag(struct arena *arena, const char *domain, const char *date, const char *key)
{
	return arena_format(arena, "tag:%s,%s:%s", domain, date, key);
}

size_t
atom_size(const char *text)
{
	size_t size = 0;

	for (; text != NULL && *text != '\0'; text++) {
		switch (*text) {
		case '<':
		case '>':
			size += sizeof("&lt;") - 1;
			break;
		case '&':
			size += sizeof("&amp;") - 1;
			break;
		case '"':
			size += sizeof("&quot;") - 1;
			break;
		default:
			size++;
			break;
		}
	}
	return size;
}
