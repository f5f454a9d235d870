#ifndef GROUND_TOKEN_H
#define GROUND_TOKEN_H

/*
 * Secrets and keys that nobody can guess (libsodium).
 *
 * A token is 32 random bytes, written as 43 characters of base64url without
 * padding (RFC 4648 section 5).  The database keeps its hash only, so that a
 * stolen database opens no door (safety 17).  Keys are shorter, lower-case
 * and not secret: they name things in addresses without counting them.
 *
 * All text returned lives in the arena.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

#define TOKEN_LENGTH 43 /* characters of a token */
#define TOKEN_KEY_BYTES 32 /* bytes of the key file's key */

/*
 * Start libsodium.  Call once at start-up, before the sandbox: it may open
 * /dev/urandom on old kernels.  False when the library cannot be used; the
 * program must not run then.  Calling it again is harmless.
 */
bool token_start(void);

/* A new random token. */
const char *token_random(struct arena *arena);

/*
 * Whether the text has the shape of a token: 43 characters of the base64url
 * alphabet.  NULL has not.  A cheap door before the hash is looked up; it
 * says nothing about the token being known.
 */
bool token_is_shaped(const char *text);

/* BLAKE2b-256 of the text, as 64 lower-case hex digits. */
const char *token_hash(struct arena *arena, const char *token);

/* The same of any bytes: what entity tags are made of. */
const char *token_hash_bytes(struct arena *arena, const void *data, size_t length);

/*
 * The token of an outbox row: BLAKE2b-256 keyed with `key` over the row's id
 * (8 bytes, big-endian) and the purpose, as a token.  The same arguments give
 * the same token, so a mail sent again carries the same link; without the key
 * file nobody can compute it.
 */
const char *token_derive(struct arena *arena, const unsigned char key[TOKEN_KEY_BYTES], int64_t row,
    const char *purpose);

/*
 * A hash of the purpose keyed with a secret of any length, as 64 lower-case
 * hex digits: what a form carries to prove that it came from a page given to
 * the holder of the secret (safety 27).  The secret cannot be computed from
 * it, nor the hash for another purpose.
 */
const char *token_keyed(struct arena *arena, const char *secret, const char *purpose);

/*
 * Whether two texts are equal, in a time that depends on their lengths only
 * (safety 26).  False when either is NULL.
 */
bool token_equal(const char *a, const char *b);

/* 64 random bits as 13 characters of a-z and 2-7 (RFC 4648 section 6). */
const char *token_key64(struct arena *arena);

/* 128 random bits as 26 characters of a-z and 2-7: the feed's entry keys. */
const char *token_key128(struct arena *arena);

/* `length` random bytes into `out`, for key files. */
void token_bytes(unsigned char *out, size_t length);

/*
 * A random number in 0 … bound − 1, each equally likely; 0 when bound is 0.
 */
uint32_t token_number(uint32_t bound);

#endif
