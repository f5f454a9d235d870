#include "ground/seal.h"

#include <sodium.h>

#include "ground/arena.h"
#include "ground/bytes.h"

/* Eight characters, as crypto_kdf wants them. */
static const char context[crypto_kdf_CONTEXTBYTES] = "seal.box";

_Static_assert(TOKEN_KEY_BYTES == crypto_kdf_KEYBYTES, "the key file's key is one for crypto_kdf");

static void
derive(unsigned char subkey[crypto_secretbox_KEYBYTES], const unsigned char key[TOKEN_KEY_BYTES],
    enum seal_purpose purpose)
{
	crypto_kdf_derive_from_key(
	    subkey, crypto_secretbox_KEYBYTES, (uint64_t)purpose, context, key);
}

struct bytes *
seal_close(struct arena *arena, const unsigned char key[TOKEN_KEY_BYTES], enum seal_purpose purpose,
    const void *data, size_t length)
{
	unsigned char subkey[crypto_secretbox_KEYBYTES], nonce[crypto_secretbox_NONCEBYTES];
	unsigned char *box = arena_alloc(arena, crypto_secretbox_MACBYTES + length);
	struct bytes *sealed = bytes_new(arena);

	randombytes_buf(nonce, sizeof nonce);
	derive(subkey, key, purpose);
	crypto_secretbox_easy(box, data, length, nonce, subkey);
	sodium_memzero(subkey, sizeof subkey);
	bytes_append(sealed, nonce, sizeof nonce);
	bytes_append(sealed, box, crypto_secretbox_MACBYTES + length);
	return sealed;
}

struct bytes *
seal_open(struct arena *arena, const unsigned char key[TOKEN_KEY_BYTES], enum seal_purpose purpose,
    const void *box, size_t length)
{
	unsigned char subkey[crypto_secretbox_KEYBYTES];
	const unsigned char *nonce = box;
	struct bytes *opened;
	unsigned char *data;
	size_t sealed;
	int result;

	if (box == NULL || length < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) {
		return NULL;
	}
	sealed = length - crypto_secretbox_NONCEBYTES;
	data = arena_alloc(arena, sealed);
	derive(subkey, key, purpose);
	result = crypto_secretbox_open_easy(
	    data, nonce + crypto_secretbox_NONCEBYTES, sealed, nonce, subkey);
	sodium_memzero(subkey, sizeof subkey);
	if (result != 0) {
		return NULL;
	}
	opened = bytes_new(arena);
	bytes_append(opened, data, sealed - crypto_secretbox_MACBYTES);
	return opened;
}
