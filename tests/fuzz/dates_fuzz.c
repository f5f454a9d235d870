/* Dates, HTTP dates, addresses, keys, slots: what is read reads back. */
#include "fuzz.h"

#include "ground/address.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/date.h"
#include "ground/slots.h"
#include "ground/text.h"
#include "ground/zone.h"

#include <string.h>
#include <strings.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *text = arena_copy_bytes(arena, data, size);
	int64_t instant, again;
	struct slots slots;
	struct date date;

	if (date_read(text, &date)) {
		assert(strcmp(date_text(arena, date), text) == 0);
	}
	if (clock_http_read(text, 1795330800, &instant)) {
		assert(clock_http_read(clock_http(arena, instant), 1795330800, &again));
		assert(again == instant);
	}
	if (slots_read_hex(text, &slots)) {
		assert(strcasecmp(slots_hex(arena, &slots), text) == 0);
	}
	if (text_is_valid(text, strlen(text))) {
		(void)address_key(arena, text);
		(void)text_key(arena, text_nfc(arena, text));
	}
	(void)zone_exists(text);
	arena_free(arena);
	return 0;
}
