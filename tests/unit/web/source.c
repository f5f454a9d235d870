#include <string.h>

#include "ground/token.h"
#include "source.h"

bool source_stream_is_whole = true;

struct stream {
	const char *body;
	size_t left;
};

static size_t
stream_read(void *context, char *buffer, size_t length, bool *whole)
{
	struct stream *stream = context;

	if (length > stream->left) {
		length = stream->left;
	}
	memcpy(buffer, stream->body, length);
	stream->left -= length;
	*whole = source_stream_is_whole;
	return length;
}

static bool
is_given(const char *const *variables, const char *name)
{
	for (; *variables != NULL; variables++) {
		if (strncmp(*variables, name, strlen(name)) == 0) {
			return true;
		}
	}
	return false;
}

const struct site *
source_site(struct arena *arena, const char *base)
{
	struct site *site = arena_alloc(arena, sizeof(*site));
	const char *problem = NULL;

	if (!site_read(arena, &(struct site_source){ .base = base }, site, &problem)) {
		fail_msg("%s", problem);
	}
	return site;
}

int
source_read(struct arena *arena, const struct site *site, const char *const *variables,
    const char *body, struct request *request)
{
	const char *all[32];
	size_t count = 0;
	struct stream stream = { body, body == NULL ? 0 : strlen(body) };
	struct request_source source = { all, stream_read, &stream };

	while (variables[count] != NULL && count < 26) {
		all[count] = variables[count];
		count++;
	}
	if (!is_given(variables, "REQUEST_METHOD=")) {
		all[count++] = "REQUEST_METHOD=GET";
	}
	if (!is_given(variables, "REQUEST_URI=")) {
		all[count++] = "REQUEST_URI=/";
	}
	if (body != NULL && !is_given(variables, "CONTENT_TYPE=")) {
		all[count++] = "CONTENT_TYPE=application/x-www-form-urlencoded";
	}
	if (body != NULL && !is_given(variables, "CONTENT_LENGTH=")) {
		all[count++] = arena_format(arena, "CONTENT_LENGTH=%zu", strlen(body));
	}
	all[count] = NULL;
	return request_read(arena, site, &source, request);
}

int
source_post(struct arena *arena, const char *body, struct request *request)
{
	return source_read(arena, source_site(arena, "http://localhost"),
	    (const char *const[]){ "REQUEST_METHOD=POST", NULL }, body, request);
}

int
source_set_up(void **state)
{
	source_stream_is_whole = true;
	*state = arena_new();
	return token_start() ? 0 : -1;
}

int
source_tear_down(void **state)
{
	arena_free(*state);
	return 0;
}
