#include "ground/token.h"

#include "unit.h"

static const unsigned char key[TOKEN_KEY_BYTES] = {
	0,
	1,
	2,
	3,
	4,
	5,
	6,
	7,
	8,
	9,
	10,
	11,
	12,
	13,
	14,
	15,
	16,
	17,
	18,
	19,
	20,
	21,
	22,
	23,
	24,
	25,
	26,
	27,
	28,
	29,
	30,
	31,
};

static const char base64url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static void
safety_17_makes_tokens_of_43_characters_never_twice(void **state)
{
	const char *tokens[500];

	for (size_t i = 0; i < LENGTH(tokens); i++) {
		tokens[i] = token_random(*state);
		assert_int_equal(strlen(tokens[i]), TOKEN_LENGTH);
		assert_int_equal(strspn(tokens[i], base64url), TOKEN_LENGTH);
		assert_true(token_is_shaped(tokens[i]));
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(tokens[i], tokens[j]);
		}
	}
}

static void
knows_the_shape_of_a_token(void **state)
{
	(void)state;
	assert_true(token_is_shaped("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-_"));
	assert_false(token_is_shaped("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
	assert_false(token_is_shaped("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
	assert_false(token_is_shaped("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+/"));
	assert_false(token_is_shaped(""));
	assert_false(token_is_shaped(NULL));
}

static void
safety_17_hashes_as_blake2b_256(void **state)
{
	/* Reference values: b2sum -l 256. */
	assert_string_equal(token_hash(*state, ""),
	    "0e5751c026e543b2e8ab2eb06099daa1"
	    "d1e5df47778f7787faab45cdf12fe3a8");
	assert_string_equal(token_hash(*state, "abc"),
	    "bddd813c634239723171ef3fee98579b"
	    "94964e3bb1cb3e427262c8c068d52319");
}

static void
derives_the_same_token_for_the_same_mail_only(void **state)
{
	const char *token = token_derive(*state, key, 7, "sign-in");
	unsigned char other[TOKEN_KEY_BYTES];

	memcpy(other, key, sizeof(other));
	other[31] ^= 1;
	assert_true(token_is_shaped(token));
	assert_string_equal(token, token_derive(*state, key, 7, "sign-in"));
	assert_string_not_equal(token, token_derive(*state, key, 8, "sign-in"));
	assert_string_not_equal(token, token_derive(*state, key, 7, "offer"));
	assert_string_not_equal(token, token_derive(*state, other, 7, "sign-in"));
	assert_string_not_equal(
	    token_derive(*state, key, -1, ""), token_derive(*state, key, INT64_MAX, ""));
}

static void
derives_a_token_that_other_versions_derive_too(void **state)
{
	/* hashlib.blake2b(row + b"sign-in", key=key, digest_size=32). */
	assert_string_equal(
	    token_derive(*state, key, 7, "sign-in"), "IF1Y5xGtf4NHVVv9-Q12Av3RkYBTM1YzkOCWtLtfVDQ");
}

static void
safety_27_keys_by_secret_and_purpose(void **state)
{
	const char *hash = token_keyed(*state, "secret", "csrf");

	assert_int_equal(strlen(hash), 64);
	assert_int_equal(strspn(hash, "0123456789abcdef"), 64);
	assert_string_equal(hash, token_keyed(*state, "secret", "csrf"));
	assert_string_not_equal(hash, token_keyed(*state, "secret", "other"));
	assert_string_not_equal(hash, token_keyed(*state, "secreu", "csrf"));
	assert_string_not_equal(token_keyed(*state, "", "csrf"), token_hash(*state, "csrf"));
}

static void
takes_a_secret_of_any_length(void **state)
{
	char *secret = arena_alloc(*state, 10001);

	memset(secret, 's', 10000);
	assert_int_equal(strlen(token_keyed(*state, secret, "csrf")), 64);
	assert_int_equal(strlen(token_keyed(*state, "", "")), 64);
}

static void
safety_26_compares_whole_texts(void **state)
{
	(void)state;
	assert_true(token_equal("abc", "abc"));
	assert_true(token_equal("", ""));
	assert_false(token_equal("abc", "abd"));
	assert_false(token_equal("abc", "ab"));
	assert_false(token_equal("ab", "abc"));
	assert_false(token_equal("", "a"));
	assert_false(token_equal(NULL, "a"));
	assert_false(token_equal("a", NULL));
	assert_false(token_equal(NULL, NULL));
}

static void
makes_keys_of_their_lengths_never_twice(void **state)
{
	static const char base32[] = "abcdefghijklmnopqrstuvwxyz234567";
	const char *keys[500];

	for (size_t i = 0; i < LENGTH(keys); i++) {
		keys[i] = token_key64(*state);
		assert_int_equal(strlen(keys[i]), 13);
		assert_int_equal(strspn(keys[i], base32), 13);
		/* The last character holds 4 bits, the fifth is zero. */
		assert_int_equal((strchr(base32, keys[i][12]) - base32) % 2, 0);
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(keys[i], keys[j]);
		}
	}
	keys[0] = token_key128(*state);
	assert_int_equal(strlen(keys[0]), 26);
	assert_int_equal(strspn(keys[0], base32), 26);
	/* 3 bits in the last. */
	assert_int_equal((strchr(base32, keys[0][25]) - base32) % 4, 0);
	assert_string_not_equal(keys[0], token_key128(*state));
}

static void
draws_numbers_below_a_bound(void **state)
{
	bool seen[5] = { false };

	(void)state;
	for (int i = 0; i < 1000; i++) {
		const uint32_t number = token_number(5);

		assert_true(number < 5);
		seen[number] = true;
	}
	for (size_t i = 0; i < LENGTH(seen); i++) {
		assert_true(seen[i]);
	}
	assert_int_equal(token_number(0), 0);
	assert_int_equal(token_number(1), 0);
}

static void
fills_key_files_with_random_bytes(void **state)
{
	unsigned char a[TOKEN_KEY_BYTES] = { 0 }, b[TOKEN_KEY_BYTES] = { 0 };

	(void)state;
	token_bytes(a, sizeof(a));
	token_bytes(b, sizeof(b));
	assert_memory_not_equal(a, b, sizeof(a));
	assert_true(token_start());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(safety_17_makes_tokens_of_43_characters_never_twice),
		UNIT(knows_the_shape_of_a_token),
		UNIT(safety_17_hashes_as_blake2b_256),
		UNIT(derives_the_same_token_for_the_same_mail_only),
		UNIT(derives_a_token_that_other_versions_derive_too),
		UNIT(safety_27_keys_by_secret_and_purpose),
		UNIT(takes_a_secret_of_any_length),
		UNIT(safety_26_compares_whole_texts),
		UNIT(makes_keys_of_their_lengths_never_twice),
		UNIT(draws_numbers_below_a_bound),
		UNIT(fills_key_files_with_random_bytes),
	};

	if (!token_start()) {
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
