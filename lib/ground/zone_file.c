/* TZif files, RFC 8536. */

#include <string.h>

#include "ground/arena.h"
#include "zone_data.h"

#define HEADER_BYTES 44
#define CHANGES_MAX 4096 /* the largest zone has some hundreds */
#define TYPES_MAX 256
#define OFFSET_MAX (26 * 3600)

struct header {
	uint32_t ut_count, standard_count, leap_count;
	uint32_t change_count, type_count, text_count;
};

static uint32_t
read_32(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	    bytes[3];
}

static int64_t
read_64(const uint8_t *bytes)
{
	return (int64_t)((uint64_t)read_32(bytes) << 32 | read_32(bytes + 4));
}

static bool
read_header(const uint8_t *bytes, size_t length, struct header *header)
{
	if (length < HEADER_BYTES || memcmp(bytes, "TZif", 4) != 0 || bytes[4] < '2') {
		return false;
	}
	header->ut_count = read_32(bytes + 20);
	header->standard_count = read_32(bytes + 24);
	header->leap_count = read_32(bytes + 28);
	header->change_count = read_32(bytes + 32);
	header->type_count = read_32(bytes + 36);
	header->text_count = read_32(bytes + 40);
	/* With these limits no sum below overflows. */
	return header->change_count <= CHANGES_MAX && header->type_count >= 1 &&
	    header->type_count <= TYPES_MAX && header->text_count >= 1 &&
	    header->text_count <= 4096 && header->ut_count <= TYPES_MAX &&
	    header->standard_count <= TYPES_MAX && header->leap_count == 0;
}

/* Bytes of the block behind a header whose instants take `width` bytes. */
static size_t
block_bytes(const struct header *header, size_t width)
{
	return header->change_count * (width + 1) + header->type_count * 6 + header->text_count +
	    header->standard_count + header->ut_count;
}

static bool
read_changes(struct arena *arena, struct zone_data *zone, const uint8_t *instants,
    const struct header *header)
{
	const uint8_t *const kinds = instants + header->change_count * 8;

	zone->count = header->change_count;
	zone->instants = arena_array(arena, zone->count, sizeof(*zone->instants));
	zone->kinds = arena_array(arena, zone->count, sizeof(*zone->kinds));
	for (size_t i = 0; i < zone->count; i++) {
		zone->instants[i] = read_64(instants + i * 8);
		zone->kinds[i] = kinds[i];
		if (kinds[i] >= header->type_count ||
		    (i > 0 && zone->instants[i] <= zone->instants[i - 1])) {
			return false;
		}
	}
	return true;
}

static bool
read_types(
    struct arena *arena, struct zone_data *zone, const uint8_t *types, const struct header *header)
{
	const char *const texts = (const char *)(types + header->type_count * 6);

	zone->type_count = header->type_count;
	zone->types = arena_array(arena, zone->type_count, sizeof(*zone->types));
	for (size_t i = 0; i < zone->type_count; i++) {
		const uint8_t *const type = types + i * 6;
		const size_t start = type[5];
		size_t length;

		if (start >= header->text_count) {
			return false;
		}
		length = strnlen(texts + start, header->text_count - start);
		if (length > ZONE_ABBREVIATION_MAX || length == header->text_count - start) {
			return false;
		}
		zone->types[i].offset = (int)(int32_t)read_32(type);
		if (zone->types[i].offset > OFFSET_MAX || zone->types[i].offset < -OFFSET_MAX) {
			return false;
		}
	}
	return true;
}

/* Between two line feeds: a rule, or nothing when none is known. */
static bool
read_footer(struct zone_data *zone, const uint8_t *bytes, size_t length)
{
	const uint8_t *end;

	if (length < 2 || bytes[0] != '\n') {
		return false;
	}
	end = memchr(bytes + 1, '\n', length - 1);
	if (end == NULL) {
		return false;
	}
	zone->has_rule = end != bytes + 1;
	return !zone->has_rule ||
	    zone_rule_read((const char *)bytes + 1, (size_t)(end - bytes) - 1, &zone->rule);
}

struct zone_data *
zone_file_read(struct arena *arena, const uint8_t *bytes, size_t length)
{
	struct zone_data *const zone = arena_alloc(arena, sizeof(*zone));
	struct header header;
	size_t start, block;

	/* The block for readers of 32-bit instants is passed over. */
	if (!read_header(bytes, length, &header)) {
		return NULL;
	}
	start = HEADER_BYTES + block_bytes(&header, 4);
	if (start >= length || !read_header(bytes + start, length - start, &header)) {
		return NULL;
	}
	start += HEADER_BYTES;
	block = block_bytes(&header, 8);
	if (block >= length - start) {
		return NULL;
	}
	if (!read_changes(arena, zone, bytes + start, &header) ||
	    !read_types(arena, zone, bytes + start + header.change_count * 9, &header) ||
	    !read_footer(zone, bytes + start + block, length - start - block)) {
		return NULL;
	}
	return zone;
}

/* How many changes lie at or before that instant. */
static size_t
changes_until(const struct zone_data *zone, int64_t instant)
{
	size_t low = 0, high = zone->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (zone->instants[middle] <= instant) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

struct zone_span
zone_data_span(const struct zone_data *zone, int64_t instant)
{
	const size_t past = changes_until(zone, instant);
	struct zone_span span = { .from = INT64_MIN, .until = INT64_MAX, .type = &zone->types[0] };

	if (past == zone->count && zone->has_rule) {
		span = zone_rule_span(&zone->rule, instant);
		if (past > 0 && span.from < zone->instants[past - 1]) {
			span.from = zone->instants[past - 1];
		}
		return span;
	}
	if (past > 0) {
		span.from = zone->instants[past - 1];
		span.type = &zone->types[zone->kinds[past - 1]];
	}
	if (past < zone->count) {
		span.until = zone->instants[past];
	}
	return span;
}
