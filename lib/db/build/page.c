#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "tool.h"

FILE *
page_begin(struct page *page, const char *path, const char *from)
{
	page->path = path;
	page->out = open_memstream(&page->text, &page->length);
	if (page->out == NULL) {
		fputs("queries: out of memory\n", stderr);
		exit(1);
	}
	fprintf(page->out, "/* Made by queries from %s: change that. */\n", from);
	return page->out;
}

bool
page_end(struct page *page)
{
	bool written = fclose(page->out) == 0 && file_write(page->path, page->text, page->length);

	free(page->text);
	return written;
}

const char *
upper(const char *text)
{
	char *copy = keep(strlen(text) + 1);

	for (size_t i = 0; text[i] != '\0'; i++) {
		copy[i] = (char)toupper((unsigned char)text[i]);
	}
	return copy;
}

void
emit_string(FILE *out, const char *text, const char *indent)
{
	fprintf(out, "%s\"", indent);
	for (const char *at = text; *at != '\0'; at++) {
		if (*at == '\n') {
			fputs("\\n\"", out);
			if (at[1] == '\0') {
				return;
			}
			fprintf(out, "\n%s\"", indent);
		} else if (*at == '\t') {
			fputs("\\t", out);
		} else if (*at == '"' || *at == '\\' || *at == '?') {
			fprintf(out, "\\%c", *at);
		} else if (*at != '\r') {
			fputc(*at, out);
		}
	}
	fputc('"', out);
}
