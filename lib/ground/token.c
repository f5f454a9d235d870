#include "ground/token.h"

#include <string.h>

#include <sodium.h>

#include "ground/arena.h"

#define HASH_BYTES 32

static const char base64url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
static const char base32[] = "abcdefghijklmnopqrstuvwxyz234567";

bool
token_start(void)
{
	return sodium_init() >= 0;
}

static const char *
write_token(struct arena *arena, const unsigned char bytes[HASH_BYTES])
{
	char *text = arena_alloc(arena, TOKEN_LENGTH + 1);

	sodium_bin2base64(
	    text, TOKEN_LENGTH + 1, bytes, HASH_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return text;
}

static const char *
write_hex(struct arena *arena, const unsigned char bytes[HASH_BYTES])
{
	char *text = arena_alloc(arena, HASH_BYTES * 2 + 1);

	sodium_bin2hex(text, HASH_BYTES * 2 + 1, bytes, HASH_BYTES);
	return text;
}

const char *
token_random(struct arena *arena)
{
	unsigned char bytes[HASH_BYTES];
	const char *token;

	randombytes_buf(bytes, sizeof(bytes));
	token = write_token(arena, bytes);
	sodium_memzero(bytes, sizeof(bytes));
	return token;
}

bool
token_is_shaped(const char *text)
{
	return text != NULL && strlen(text) == TOKEN_LENGTH &&
	    strspn(text, base64url) == TOKEN_LENGTH;
}

const char *
token_hash(struct arena *arena, const char *token)
{
	unsigned char hash[HASH_BYTES];

	crypto_generichash(
	    hash, sizeof(hash), (const unsigned char *)token, strlen(token), NULL, 0);
	return write_hex(arena, hash);
}

const char *
token_hash_bytes(struct arena *arena, const void *data, size_t length)
{
	unsigned char hash[HASH_BYTES];

	crypto_generichash(hash, sizeof(hash), data, length, NULL, 0);
	return write_hex(arena, hash);
}

const char *
token_derive(
    struct arena *arena, const unsigned char key[TOKEN_KEY_BYTES], int64_t row, const char *purpose)
{
	unsigned char hash[HASH_BYTES], row_bytes[8];
	crypto_generichash_state state;
	uint64_t rest = (uint64_t)row;
	const char *token;

	for (size_t i = sizeof(row_bytes); i-- > 0; rest >>= 8) {
		row_bytes[i] = (unsigned char)(rest & 0xff);
	}
	crypto_generichash_init(&state, key, TOKEN_KEY_BYTES, sizeof(hash));
	crypto_generichash_update(&state, row_bytes, sizeof(row_bytes));
	crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose));
	crypto_generichash_final(&state, hash, sizeof(hash));
	token = write_token(arena, hash);
	sodium_memzero(hash, sizeof(hash));
	return token;
}

const char *
token_keyed(struct arena *arena, const char *secret, const char *purpose)
{
	unsigned char key[HASH_BYTES], hash[HASH_BYTES];

	/* BLAKE2b takes keys of 16 to 64 bytes; a secret may be any length. */
	crypto_generichash(
	    key, sizeof(key), (const unsigned char *)secret, strlen(secret), NULL, 0);
	crypto_generichash(
	    hash, sizeof(hash), (const unsigned char *)purpose, strlen(purpose), key, sizeof(key));
	sodium_memzero(key, sizeof(key));
	return write_hex(arena, hash);
}

bool
token_equal(const char *a, const char *b)
{
	size_t length;

	if (a == NULL || b == NULL) {
		return false;
	}
	length = strlen(a);
	return length == strlen(b) && sodium_memcmp(a, b, length) == 0;
}

/* `bits` random bits, five a character, the last padded with zeros. */
static const char *
random_base32(struct arena *arena, unsigned bits)
{
	const size_t length = (bits + 4) / 5;
	char *text = arena_alloc(arena, length + 1);

	randombytes_buf(text, length);
	for (size_t i = 0; i < length; i++) {
		const unsigned left = bits - (unsigned)i * 5;
		unsigned value = (unsigned char)text[i];

		if (left < 5) {
			value &= 0x1fU << (5 - left);
		}
		text[i] = base32[value & 0x1f];
	}
	return text;
}

const char *
token_key64(struct arena *arena)
{
	return random_base32(arena, 64);
}

const char *
token_key128(struct arena *arena)
{
	return random_base32(arena, 128);
}

void
token_bytes(unsigned char *out, size_t length)
{
	randombytes_buf(out, length);
}

uint32_t
token_number(uint32_t bound)
{
	return bound == 0 ? 0 : randombytes_uniform(bound);
}
