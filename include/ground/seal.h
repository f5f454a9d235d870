#ifndef GROUND_SEAL_H
#define GROUND_SEAL_H

/*
 * A box that only the holder of the key file opens: what must lie in the
 * database for a moment and must not be read there.
 *
 * Each purpose has a key of its own, derived from the key file's (libsodium's
 * crypto_kdf); a box is a random nonce and crypto_secretbox, so the same words
 * never give the same bytes, and a box that was cut, changed or made for
 * another purpose does not open.  How long the words were shows.
 */

#include <stddef.h>

#include "ground/token.h"

struct arena;
struct bytes;

/* Never renumbered: a key comes of each. */
enum seal_purpose { SEAL_CONDUCT = 1 };

/* The box around `length` bytes, in the arena. */
struct bytes *seal_close(struct arena *arena, const unsigned char key[TOKEN_KEY_BYTES],
    enum seal_purpose purpose, const void *data, size_t length) __attribute__((returns_nonnull));

/* What is in the box; NULL when this key and purpose do not open it. */
struct bytes *seal_open(struct arena *arena, const unsigned char key[TOKEN_KEY_BYTES],
    enum seal_purpose purpose, const void *box, size_t length);

#endif
