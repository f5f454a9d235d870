#include "ground/slots.h"

#include <string.h>

#include "ground/arena.h"

size_t
slots_number(int weekday, int half_hour)
{
	if (weekday < 0 || weekday > 6 || half_hour < 0 || half_hour >= SLOTS_DAY) {
		return SLOTS_COUNT;
	}
	/* date_weekday() begins with Monday, the week of slots on Sunday. */
	return (size_t)((weekday + 1) % 7 * SLOTS_DAY + half_hour);
}

void
slots_set(struct slots *slots, size_t slot)
{
	if (slot < SLOTS_COUNT) {
		slots->bits[slot / 8] |= (uint8_t)(1U << slot % 8);
	}
}

void
slots_unset(struct slots *slots, size_t slot)
{
	if (slot < SLOTS_COUNT) {
		slots->bits[slot / 8] &= (uint8_t) ~(1U << slot % 8);
	}
}

bool
slots_has(const struct slots *slots, size_t slot)
{
	return slot < SLOTS_COUNT && (slots->bits[slot / 8] >> slot % 8 & 1);
}

size_t
slots_count(const struct slots *slots)
{
	size_t count = 0;

	for (size_t i = 0; i < SLOTS_BYTES; i++) {
		count += (size_t)__builtin_popcount(slots->bits[i]);
	}
	return count;
}

bool
slots_empty(const struct slots *slots)
{
	return slots_count(slots) == 0;
}

bool
slots_equal(const struct slots *a, const struct slots *b)
{
	return memcmp(a->bits, b->bits, SLOTS_BYTES) == 0;
}

struct slots
slots_and(const struct slots *a, const struct slots *b)
{
	struct slots both;

	for (size_t i = 0; i < SLOTS_BYTES; i++) {
		both.bits[i] = a->bits[i] & b->bits[i];
	}
	return both;
}

size_t
slots_hours(const struct slots *slots)
{
	size_t hours = 0, run = 0;

	for (size_t slot = 0; slot < SLOTS_COUNT; slot++) {
		run = slots_has(slots, slot) ? run + 1 : 0;
		/* Every second half hour of a run completes an hour. */
		hours += run != 0 && run % 2 == 0 ? 1 : 0;
	}
	return hours;
}

const char *
slots_hex(struct arena *arena, const struct slots *slots)
{
	static const char digits[] = "0123456789abcdef";
	char *text = arena_alloc(arena, SLOTS_HEX_LENGTH + 1);

	for (size_t i = 0; i < SLOTS_BYTES; i++) {
		text[i * 2] = digits[slots->bits[i] >> 4];
		text[i * 2 + 1] = digits[slots->bits[i] & 15];
	}
	return text;
}

static int
hex_value(char digit)
{
	if (digit >= '0' && digit <= '9') {
		return digit - '0';
	}
	if (digit >= 'a' && digit <= 'f') {
		return digit - 'a' + 10;
	}
	return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

bool
slots_read_hex(const char *text, struct slots *slots)
{
	struct slots found;

	if (text == NULL || strlen(text) != SLOTS_HEX_LENGTH) {
		return false;
	}
	for (size_t i = 0; i < SLOTS_BYTES; i++) {
		const int high = hex_value(text[i * 2]);
		const int low = hex_value(text[i * 2 + 1]);

		if (high < 0 || low < 0) {
			return false;
		}
		found.bits[i] = (uint8_t)(high << 4 | low);
	}
	*slots = found;
	return true;
}
