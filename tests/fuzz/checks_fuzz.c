/* If-None-Match: lists of entity tags, well formed or not. */
#include "fuzz.h"

#include "ground/arena.h"
#include "web/check.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *list = arena_copy_bytes(arena, data, size);

	(void)check_tag_is_named(list, "\"a,b\"");
	arena_free(arena);
	return 0;
}
