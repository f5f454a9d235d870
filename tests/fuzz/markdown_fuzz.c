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
	const char *html;

	if (text_is_valid((const char *)data, size)) {
		html = markdown_html(arena, arena_copy_bytes(arena, data, size)).html;
		assert(strstr(html, "<script") == NULL);
		assert(strstr(html, "<img") == NULL);
		assert(strstr(html, "href=\"javascript:") == NULL);
		assert(strstr(html, "href=\"data:") == NULL);
	}
	arena_free(arena);
	return 0;
}
