#include "ground/address.h"

#include <string.h>

#include <idn2.h>

#include "ground/arena.h"
#include "ground/text.h"

#define ADDRESS_MAX 254 /* RFC 5321 4.5.3.1.3, less the <> of a path */
#define LOCAL_MAX 64
#define LABEL_MAX 63
#define TYPED_MAX 1024 /* longer is not handed to libidn2 */

static const char letters_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

static bool
is_atom_character(char character)
{
	return character != '\0' &&
	    (strchr(letters_digits, character) || strchr("!#$%&'*+-/=?^_`{|}~", character));
}

/* A dot-atom: atoms of at least one character with single dots between. */
static bool
is_local_part(const char *text, size_t length)
{
	bool in_atom = false;

	if (length == 0 || length > LOCAL_MAX) {
		return false;
	}
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '.' ? !in_atom : !is_atom_character(text[i])) {
			return false;
		}
		in_atom = text[i] != '.';
	}
	return in_atom;
}

/* Letters, digits and inner hyphens, in labels; the last not a number. */
static bool
is_ascii_domain(const char *domain)
{
	const char *label = domain;
	size_t labels = 0;

	for (;;) {
		const size_t length = strcspn(label, ".");

		if (length == 0 || length > LABEL_MAX || label[0] == '-' ||
		    label[length - 1] == '-') {
			return false;
		}
		for (size_t i = 0; i < length; i++) {
			if (label[i] != '-' && strchr(letters_digits, label[i]) == NULL) {
				return false;
			}
		}
		labels++;
		if (label[length] == '\0') {
			return labels >= 2 && label[strspn(label, "0123456789")] != '\0';
		}
		label += length + 1;
	}
}

static const char *
lower_case(struct arena *arena, const char *text, size_t length)
{
	char *lower = arena_copy_bytes(arena, text, length);

	for (char *c = lower; *c != '\0'; c++) {
		if (*c >= 'A' && *c <= 'Z') {
			*c = (char)(*c - 'A' + 'a');
		}
	}
	return lower;
}

/* The domain as lower-case A-labels; NULL when it is none. */
static const char *
domain_ascii(struct arena *arena, const char *domain)
{
	const char *found = NULL;
	char *ascii = NULL;
	int outcome;

	if (!text_is_line(domain) || text_has_bidi(domain)) {
		return NULL;
	}
	outcome = idn2_to_ascii_8z(domain, &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
	if (outcome == IDN2_MALLOC) {
		arena_exhausted(strlen(domain));
	}
	if (outcome == IDN2_OK && ascii != NULL) {
		found = lower_case(arena, ascii, strlen(ascii));
	} else if (is_ascii_domain(domain) && strstr(domain, "xn--") == NULL &&
	    strstr(domain, "XN--") == NULL) {
		/* Plain names that IDNA reserves, as r3---sn.example, exist. */
		found = lower_case(arena, domain, strlen(domain));
	}
	idn2_free(ascii);
	return found != NULL && is_ascii_domain(found) ? found : NULL;
}

/*
 * The address with the domain as A-labels and the local part as it is, or in
 * lower case; NULL when it is invalid.
 */
static const char *
rewrite(struct arena *arena, const char *address, bool local_in_lower_case)
{
	const char *at, *local, *domain, *whole;

	if (address == NULL || strlen(address) > TYPED_MAX) {
		return NULL;
	}
	/* In a dot-atom no "@" can stand, so the first is the only one. */
	at = strchr(address, '@');
	if (at == NULL || !is_local_part(address, (size_t)(at - address))) {
		return NULL;
	}
	domain = domain_ascii(arena, at + 1);
	if (domain == NULL) {
		return NULL;
	}
	local = local_in_lower_case ? lower_case(arena, address, (size_t)(at - address))
				    : arena_copy_bytes(arena, address, (size_t)(at - address));
	whole = arena_format(arena, "%s@%s", local, domain);
	return strlen(whole) <= ADDRESS_MAX ? whole : NULL;
}

bool
address_is_valid(const char *address)
{
	struct arena *arena = arena_new();
	const bool is_valid = rewrite(arena, address, false) != NULL;

	arena_free(arena);
	return is_valid;
}

const char *
address_key(struct arena *arena, const char *address)
{
	return rewrite(arena, address, true);
}

const char *
address_ascii(struct arena *arena, const char *address)
{
	return rewrite(arena, address, false);
}
