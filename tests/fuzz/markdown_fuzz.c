/* Markdown: whatever is typed, nothing active comes out. */
#include "fuzz.h"

#include "ground/arena.h"
#include "ground/text.h"
#include "web/markdown.h"

#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *text, *html;

	if (text_is_valid((const char *)data, size)) {
		text = arena_copy_bytes(arena, data, size);
		html = markdown_html(arena, text).html;
		assert(strstr(html, "<script") == NULL);
		assert(strstr(html, "<img") == NULL);
		assert(strstr(html, "href=\"javascript:") == NULL);
		assert(strstr(html, "href=\"data:") == NULL);
		(void)markdown_text(arena, text);
		/* What is escaped makes no element but paragraphs. */
		html = markdown_html(arena, markdown_escape(arena, text)).html;
		for (html = strchr(html, '<'); html != NULL; html = strchr(html + 1, '<')) {
			assert(strncmp(html, "<p>", 3) == 0 || strncmp(html, "</p>", 4) == 0 ||
			    strncmp(html, "<br />", 6) == 0);
		}
	}
	arena_free(arena);
	return 0;
}
