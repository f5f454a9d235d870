#ifndef GROUND_ARENA_H
#define GROUND_ARENA_H

/*
 * Memory with one owner and one end.
 *
 * Everything a request builds lives in one arena and ends with it; nothing in
 * a handler is freed by hand.  An arena is used by one thread.
 *
 * No function here returns NULL where a pointer to memory is promised.  When
 * the system has no memory left, or a size does not fit a size_t, one line is
 * logged and the process ends with status 70 (EX_SOFTWARE) without running
 * exit handlers: the transaction in progress is thereby rolled back, the
 * parent starts a new worker, and the client sees an error, never half a
 * page.
 *
 * Under AddressSanitizer memory that was given back by a reset is poisoned,
 * so that a pointer kept too long is found by the first test that uses it.
 */

#include <stdarg.h>
#include <stddef.h>

struct arena;

/*
 * End the process as above, saying how many bytes were asked for.  Also for a
 * library of others that reports that memory is exhausted.
 */
void arena_exhausted(size_t size) __attribute__((noreturn));

/* A new, empty arena.  The caller owns it and ends it with arena_free(). */
struct arena *arena_new(void);

/*
 * Run the clean-ups, give all memory back and forget the arena itself.
 * NULL is allowed and does nothing.
 */
void arena_free(struct arena *arena);

/*
 * Run the clean-ups and empty the arena for its next use.  Every pointer that
 * came from it is dead.  Some memory is kept for the next use, the rest goes
 * back to the system, so that one large request does not leave a large
 * worker.
 */
void arena_reset(struct arena *arena);

/*
 * `size` bytes of zeros, aligned for any type.  A size of 0 gives a pointer
 * that may be compared but not read.
 */
void *arena_alloc(struct arena *arena, size_t size) __attribute__((malloc, returns_nonnull));

/*
 * Room for `count` elements of `size` bytes, all zeros.  A product that does
 * not fit a size_t is treated as memory exhausted, never as a small array.
 */
void *arena_array(struct arena *arena, size_t count, size_t size)
    __attribute__((malloc, returns_nonnull));

/* A copy of the string; NULL gives NULL. */
const char *arena_copy(struct arena *arena, const char *text);

/*
 * A copy of `length` bytes with a NUL after them, so that text without NUL
 * can be used as a string.  `data` may be NULL when `length` is 0.
 */
char *arena_copy_bytes(struct arena *arena, const void *data, size_t length)
    __attribute__((returns_nonnull));

/* The text printf(3) would print. */
const char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3), returns_nonnull));

/* As arena_format(), for functions that are themselves variadic. */
const char *arena_format_list(struct arena *arena, const char *format, va_list values)
    __attribute__((format(printf, 2, 0), returns_nonnull));

/*
 * Have `clean(object)` called when the arena is next reset or freed.  The
 * last clean-up registered runs first; each runs once.  A clean-up may still
 * read memory of the arena.
 */
void arena_cleanup(struct arena *arena, void (*clean)(void *), void *object);

#endif
