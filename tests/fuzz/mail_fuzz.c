/* Mails: whatever stands in them, ASCII lines that every server takes, and no
 * header but ours. */
#include "fuzz.h"

#include "ground/arena.h"
#include "ground/bytes.h"
#include "ground/text.h"
#include "web/mail.h"

#include <string.h>

static void
check_lines(const char *text)
{
	while (*text != '\0') {
		size_t length = strcspn(text, "\r\n");

		assert(length <= 78);
		for (size_t i = 0; i < length; i++) {
			assert((text[i] >= ' ' && text[i] <= '~') || text[i] == '\t');
		}
		assert(strncmp(text + length, "\r\n", 2) == 0);
		text += length + 2;
	}
}

static size_t
count_headers(const char *text)
{
	const char *end = strstr(text, "\r\n\r\n");
	size_t count = 1;

	assert(end != NULL);
	for (; text < end; text++) {
		count += text[0] == '\r' && text[2] != ' ';
	}
	return count;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct bytes *out = bytes_new(arena);

	if (text_is_valid((const char *)data, size)) {
		const char *text = arena_copy_bytes(arena, data, size);
		struct mail mail = { .from_name = "Crew",
			.from = "crew@example.org",
			.to = "vega@example.org",
			.subject = "A seat",
			.body = text,
			.html = text,
			.id = "id",
			.id_domain = "example.org" };

		assert(mail_write(arena, out, &mail) == MAIL_WRITTEN);
		check_lines(out->data);
		assert(count_headers(out->data) == 8);
		bytes_clear(out);
		mail.subject = text;
		mail.from_name = text;
		if (mail_write(arena, out, &mail) == MAIL_WRITTEN) {
			check_lines(out->data);
			assert(count_headers(out->data) == 8);
		}
	}
	arena_free(arena);
	return 0;
}
