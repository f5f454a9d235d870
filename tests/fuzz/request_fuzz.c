/* Paths, queries, cookies and the other variables that nginx hands on. */
#include "fuzz.h"

#include "ground/arena.h"
#include "web/request.h"
#include "web/site.h"

#include <string.h>

/* One line of the input for each of these. */
static const char *const names[] = { "REQUEST_URI=", "HTTP_COOKIE=", "HTTP_ORIGIN=", "REMOTE_ADDR=",
	"CONTENT_TYPE=", "CONTENT_LENGTH=", "REQUEST_ID=" };

enum { NAME_COUNT = sizeof names / sizeof names[0] };

struct input {
	const char *data;
	size_t left;
};

static size_t
body_read(void *stream, char *buffer, size_t length, bool *whole)
{
	struct input *input = stream;
	size_t taken = length < input->left ? length : input->left;

	memcpy(buffer, input->data, taken);
	input->data += taken;
	input->left -= taken;
	*whole = true;
	return taken;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *variables[NAME_COUNT + 2] = { "REQUEST_METHOD=POST" };
	struct input input = { (const char *)data, size };
	const struct site_source settings = { .base = "https://x.org/crew" };
	struct request_source source = {
		.variables = variables, .body = body_read, .stream = &input
	};
	const char *problem = NULL;
	struct request request;
	struct site site;

	for (size_t i = 0; i < NAME_COUNT; i++) {
		const char *end = memchr(input.data, '\n', input.left);
		size_t length = end == NULL ? input.left : (size_t)(end - input.data);

		variables[i + 1] = arena_format(
		    arena, "%s%s", names[i], arena_copy_bytes(arena, input.data, length));
		input.data += length + (end != NULL);
		input.left -= length + (end != NULL);
	}
	if (site_read(arena, &settings, &site, &problem)) {
		(void)request_read(arena, &site, &source, &request);
	}
	arena_free(arena);
	return 0;
}
