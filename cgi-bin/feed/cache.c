/*
 * A worker is one thread: what it keeps needs no lock. The order is that of
 * use, the latest first.
 */
#include <stdlib.h>
#include <string.h>

#include "feed.h"
#include "ground/clock.h"
#include "ground/token.h"

static struct rendering *latest;
static size_t held;

/* Where the pointer to a feed's rendering is; it points to NULL if none. */
static struct rendering **
place_of(const char *slug)
{
	struct rendering **place = &latest;

	while (*place != NULL && strcmp((*place)->slug, slug) != 0) {
		place = &(*place)->next;
	}
	return place;
}

static void
forget(struct rendering **place)
{
	struct rendering *rendering = *place;

	*place = rendering->next;
	held -= rendering->size;
	free(rendering);
}

struct rendering *
feed_cache_find(const char *slug)
{
	struct rendering **place = place_of(slug);
	struct rendering *rendering = *place;

	if (rendering != NULL && place != &latest) {
		*place = rendering->next;
		rendering->next = latest;
		latest = rendering;
	}
	return rendering;
}

/* Copies into the rendering's own memory and moves on in it. */
static char *
put(char **room, const void *data, size_t length)
{
	char *start = *room;

	memcpy(start, data, length);
	start[length] = '\0';
	*room += length + 1;
	return start;
}

/* A strong entity tag: a function of the bytes and of nothing else. */
static const char *
tag_of(struct arena *arena, const struct bytes *bytes)
{
	return arena_format(
	    arena, "\"%.32s\"", token_hash_bytes(arena, bytes->data, bytes->length));
}

struct rendering *
feed_cache_keep(struct arena *arena, const char *slug, const struct feed *feed, int64_t version,
    const struct bytes *plain, const struct bytes *gzip)
{
	const char *modified = clock_http(arena, feed->modified_at);
	const char *tag_plain = tag_of(arena, plain);
	const char *tag_gzip = tag_of(arena, gzip);
	size_t size = sizeof(struct rendering) + strlen(slug) + strlen(modified) +
	    strlen(tag_plain) + strlen(tag_gzip) + plain->length + gzip->length + 6;
	struct rendering **place = place_of(slug);
	struct rendering *rendering;
	char *room;

	if (*place != NULL) {
		forget(place);
	}
	while (latest != NULL && held + size > FEED_CACHE_BYTES_MAX) {
		for (place = &latest; (*place)->next != NULL; place = &(*place)->next) {
		}
		forget(place);
	}
	rendering = malloc(size);
	if (rendering == NULL) {
		arena_exhausted(size);
	}
	room = rendering->slug;
	(void)put(&room, slug, strlen(slug));
	rendering->feed = feed->id;
	rendering->revision = feed->revision;
	rendering->version = version;
	rendering->modified = feed->modified_at;
	rendering->modified_text = put(&room, modified, strlen(modified));
	rendering->tag_plain = put(&room, tag_plain, strlen(tag_plain));
	rendering->tag_gzip = put(&room, tag_gzip, strlen(tag_gzip));
	rendering->plain = (struct bytes){ .data = put(&room, plain->data, plain->length),
		.length = plain->length };
	rendering->gzip =
	    (struct bytes){ .data = put(&room, gzip->data, gzip->length), .length = gzip->length };
	rendering->size = size;
	rendering->next = latest;
	latest = rendering;
	held += size;
	return rendering;
}

void
feed_cache_drop(const char *slug)
{
	struct rendering **place = place_of(slug);

	if (*place != NULL) {
		forget(place);
	}
}

void
feed_cache_clear(void)
{
	while (latest != NULL) {
		forget(&latest);
	}
}

size_t
feed_cache_size(void)
{
	return held;
}
