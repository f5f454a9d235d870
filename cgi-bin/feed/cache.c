/*
 * A worker is one thread: what it keeps needs no lock.
 */
#include <stdlib.h>
#include <string.h>

#include "feed.h"
#include "ground/clock.h"
#include "ground/token.h"

/* Renderings in the order of use. */
struct shelf {
	struct rendering *newest;
	struct rendering *oldest;
	size_t held;
	size_t most;
};

enum { BUCKETS = 1024 };

static struct shelf documents = { .most = FEED_CACHE_BYTES_MAX };
static struct shelf archives = { .most = FEED_CACHE_ARCHIVES_MAX };
static struct shelf known = { .most = FEED_CACHE_KNOWN_MAX };
static struct rendering *buckets[BUCKETS];

static struct shelf *
shelf_of(const struct rendering *rendering)
{
	if (rendering->plain.data == NULL) {
		return &known;
	}
	return rendering->number == 0 ? &documents : &archives;
}

/* FNV-1a. Who makes keys collide makes a worker compare more of them. */
static size_t
bucket_of(const char *key)
{
	uint32_t hash = 2166136261U;

	for (; *key != '\0'; key++) {
		hash = (hash ^ (unsigned char)*key) * 16777619U;
	}
	return hash % BUCKETS;
}

/* Where the pointer to a rendering is; it points to NULL if there is none. */
static struct rendering **
place_of(const char *key)
{
	struct rendering **place = &buckets[bucket_of(key)];

	while (*place != NULL && strcmp((*place)->key, key) != 0) {
		place = &(*place)->next;
	}
	return place;
}

static void
shelf_take(struct shelf *shelf, struct rendering *rendering)
{
	*(rendering->newer == NULL ? &shelf->newest : &rendering->newer->older) = rendering->older;
	*(rendering->older == NULL ? &shelf->oldest : &rendering->older->newer) = rendering->newer;
	shelf->held -= rendering->size;
}

static void
shelf_put(struct shelf *shelf, struct rendering *rendering)
{
	rendering->newer = NULL;
	rendering->older = shelf->newest;
	*(shelf->newest == NULL ? &shelf->oldest : &shelf->newest->newer) = rendering;
	shelf->newest = rendering;
	shelf->held += rendering->size;
}

struct rendering *
feed_cache_known(const char *key)
{
	struct rendering *rendering = *place_of(key);

	if (rendering != NULL && rendering->newer != NULL) {
		shelf_take(shelf_of(rendering), rendering);
		shelf_put(shelf_of(rendering), rendering);
	}
	return rendering;
}

struct rendering *
feed_cache_find(const char *key)
{
	struct rendering *rendering = feed_cache_known(key);

	return rendering != NULL && rendering->plain.data != NULL ? rendering : NULL;
}

/* Copies into the rendering's own memory and moves on in it; NULL stays. */
static char *
put(char **room, const void *data, size_t length)
{
	char *start = *room;

	if (data == NULL) {
		return NULL;
	}
	memcpy(start, data, length);
	start[length] = '\0';
	*room += length + 1;
	return start;
}

static const char *
put_text(char **room, const char *text)
{
	return put(room, text, text == NULL ? 0 : strlen(text));
}

static size_t
size_of_text(const char *text)
{
	return text == NULL ? 0 : strlen(text) + 1;
}

/* A strong entity tag: a function of the bytes and of nothing else. */
static const char *
tag_of(struct arena *arena, const struct bytes *bytes)
{
	return arena_format(
	    arena, "\"%.32s\"", token_hash_bytes(arena, bytes->data, bytes->length));
}

/* One block of memory with everything in it. */
static struct rendering *
copy(const struct rendering *made)
{
	size_t size = sizeof(*made) + size_of_text(made->key) + size_of_text(made->modified_text) +
	    size_of_text(made->link) + size_of_text(made->tag_plain) +
	    size_of_text(made->tag_gzip) + made->plain.length + made->gzip.length + 2;
	struct rendering *rendering = malloc(size);
	char *room;

	if (rendering == NULL) {
		arena_exhausted(size);
	}
	*rendering = *made;
	room = rendering->room;
	rendering->size = size;
	rendering->key = put_text(&room, made->key);
	rendering->modified_text = put_text(&room, made->modified_text);
	rendering->link = put_text(&room, made->link);
	rendering->tag_plain = put_text(&room, made->tag_plain);
	rendering->tag_gzip = put_text(&room, made->tag_gzip);
	rendering->plain = (struct bytes){ .data = put(&room, made->plain.data, made->plain.length),
		.length = made->plain.length };
	rendering->gzip = (struct bytes){ .data = put(&room, made->gzip.data, made->gzip.length),
		.length = made->gzip.length };
	return rendering;
}

/* In place of an older one with its key; there is room for it. */
static void
shelve(struct rendering *rendering)
{
	struct rendering **place;

	feed_cache_drop(rendering->key);
	place = &buckets[bucket_of(rendering->key)];
	rendering->next = *place;
	*place = rendering;
	shelf_put(shelf_of(rendering), rendering);
}

/* Lets a document go, but for its validators. */
static void
forget_bytes(const struct rendering *document)
{
	struct rendering rest = *document;
	struct rendering *rendering;

	rest.plain = rest.gzip = (struct bytes){ .data = NULL };
	rendering = copy(&rest);
	while (known.oldest != NULL && known.held + rendering->size > known.most) {
		feed_cache_drop(known.oldest->key);
	}
	shelve(rendering);
}

struct rendering *
feed_cache_keep(struct arena *arena, const struct rendering *made)
{
	struct rendering whole = *made;
	struct rendering *rendering;
	struct shelf *shelf;

	whole.modified_text = clock_http(arena, made->modified);
	whole.tag_plain = tag_of(arena, &made->plain);
	whole.tag_gzip = tag_of(arena, &made->gzip);
	rendering = copy(&whole);
	feed_cache_drop(rendering->key);
	shelf = shelf_of(rendering);
	while (shelf->oldest != NULL && shelf->held + rendering->size > shelf->most) {
		if (shelf == &documents) {
			forget_bytes(shelf->oldest);
		} else {
			feed_cache_drop(shelf->oldest->key);
		}
	}
	shelve(rendering);
	return rendering;
}

void
feed_cache_drop(const char *key)
{
	struct rendering **place = place_of(key);
	struct rendering *rendering = *place;

	if (rendering != NULL) {
		*place = rendering->next;
		shelf_take(shelf_of(rendering), rendering);
		free(rendering);
	}
}

void
feed_cache_clear(void)
{
	while (documents.newest != NULL) {
		feed_cache_drop(documents.newest->key);
	}
	while (archives.newest != NULL) {
		feed_cache_drop(archives.newest->key);
	}
	while (known.newest != NULL) {
		feed_cache_drop(known.newest->key);
	}
}

size_t
feed_cache_size(void)
{
	return documents.held + archives.held + known.held;
}
