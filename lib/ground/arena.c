#include "ground/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ground/log.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#endif

#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
/* Left between two pieces, so that one does not run into the next. */
#define ARENA_GAP 16
#define poison(start, size) ASAN_POISON_MEMORY_REGION((start), (size))
#define unpoison(start, size) ASAN_UNPOISON_MEMORY_REGION((start), (size))
#else
#define ARENA_GAP 0
#define poison(start, size) ((void)(start), (void)(size))
#define unpoison(start, size) ((void)(start), (void)(size))
#endif

/* Most requests fit the first block; it is the one a reset keeps. */
#define BLOCK_SIZE ((size_t)64 * 1024)

/* Room for most texts that are put together. */
#define FORMAT_USUAL 512

struct block {
	struct block *next;
	size_t size; /* bytes of data */
	size_t used;
	max_align_t data[];
};

struct cleanup {
	struct cleanup *next;
	void (*clean)(void *);
	void *object;
};

struct arena {
	struct block *first; /* kept by a reset */
	struct block *current; /* where the next piece is tried */
	struct block *others; /* given back by a reset */
	struct cleanup *cleanups;
};

void
arena_exhausted(size_t size)
{
	log_line(LOG_LEVEL_ERROR, "event=memory_exhausted bytes=%zu", size);
	_exit(70);
}

static struct block *
block_new(size_t size)
{
	struct block *block;

	if (size > SIZE_MAX - sizeof(*block)) {
		arena_exhausted(size);
	}
	block = malloc(sizeof(*block) + size);
	if (block == NULL) {
		arena_exhausted(size);
	}
	block->next = NULL;
	block->size = size;
	block->used = 0;
	poison(block->data, block->size);
	return block;
}

static void
block_free(struct block *block)
{
	unpoison(block->data, block->size);
	free(block);
}

struct arena *
arena_new(void)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (arena == NULL) {
		arena_exhausted(sizeof(*arena));
	}
	arena->first = block_new(BLOCK_SIZE);
	arena->current = arena->first;
	return arena;
}

static void
run_cleanups(struct arena *arena)
{
	while (arena->cleanups != NULL) {
		struct cleanup *cleanup = arena->cleanups;

		arena->cleanups = cleanup->next;
		cleanup->clean(cleanup->object);
	}
}

void
arena_reset(struct arena *arena)
{
	run_cleanups(arena);
	while (arena->others != NULL) {
		struct block *next = arena->others->next;

		block_free(arena->others);
		arena->others = next;
	}
	arena->first->used = 0;
	poison(arena->first->data, arena->first->size);
	arena->current = arena->first;
}

void
arena_free(struct arena *arena)
{
	if (arena == NULL) {
		return;
	}
	arena_reset(arena);
	block_free(arena->first);
	free(arena);
}

/* A block with room for `size`: a large piece gets one of its own. */
static struct block *
block_with_room(struct arena *arena, size_t size)
{
	struct block *block = arena->current;

	if (size <= block->size - block->used) {
		return block;
	}
	block = block_new(size > BLOCK_SIZE / 4 ? size : BLOCK_SIZE);
	block->next = arena->others;
	arena->others = block;
	if (block->size - size > arena->current->size - arena->current->used) {
		arena->current = block;
	}
	return block;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	const size_t unit = sizeof(max_align_t);
	struct block *block;
	size_t room;
	char *piece;

	if (size > SIZE_MAX - unit - ARENA_GAP) {
		arena_exhausted(size);
	}
	room = (size + ARENA_GAP + unit - 1) / unit * unit;
	block = block_with_room(arena, room);
	piece = (char *)block->data + block->used;
	block->used += room;
	unpoison(piece, size);
	memset(piece, 0, size);
	return piece;
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size) {
		arena_exhausted(SIZE_MAX);
	}
	return arena_alloc(arena, count * size);
}

const char *
arena_copy(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_copy_bytes(arena, text, strlen(text));
}

char *
arena_copy_bytes(struct arena *arena, const void *data, size_t length)
{
	char *copy;

	if (length == SIZE_MAX) {
		arena_exhausted(length);
	}
	copy = arena_alloc(arena, length + 1);
	if (length != 0) {
		memcpy(copy, data, length);
	}
	return copy;
}

const char *
arena_format_list(struct arena *arena, const char *format, va_list values)
{
	char usual[FORMAT_USUAL];
	va_list again;
	char *text;
	int length;

	/* Most texts are short: they are put together once, not twice. */
	va_copy(again, values);
	length = vsnprintf(usual, sizeof(usual), format, again);
	va_end(again);
	if (length < 0) {
		/* Longer than an int counts: no text of ours is. */
		arena_exhausted(SIZE_MAX);
	}
	if ((size_t)length < sizeof(usual)) {
		return arena_copy_bytes(arena, usual, (size_t)length);
	}
	text = arena_alloc(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, values);
	return text;
}

const char *
arena_format(struct arena *arena, const char *format, ...)
{
	const char *text;
	va_list values;

	va_start(values, format);
	text = arena_format_list(arena, format, values);
	va_end(values);
	return text;
}

void
arena_cleanup(struct arena *arena, void (*clean)(void *), void *object)
{
	struct cleanup *cleanup = arena_alloc(arena, sizeof(*cleanup));

	cleanup->clean = clean;
	cleanup->object = object;
	cleanup->next = arena->cleanups;
	arena->cleanups = cleanup;
}
