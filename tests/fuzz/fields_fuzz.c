/* Form bodies and queries: percent-decoding, UTF-8, counts. */
#include "fuzz.h"

#include "ground/arena.h"
#include "ground/text.h"
#include "web/request.h"

#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct request_fields fields;

	if (request_fields_read(arena, (const char *)data, size, &fields)) {
		assert(fields.count <= REQUEST_FIELDS_MAX);
		for (size_t i = 0; i < fields.count; i++) {
			const struct request_field *field = &fields.rows[i];

			assert(text_is_valid(field->value, strlen(field->value)));
			assert(field->valid || field->value[0] == '\0');
		}
	}
	arena_free(arena);
	return 0;
}
