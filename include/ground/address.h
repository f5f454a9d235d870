#ifndef GROUND_ADDRESS_H
#define GROUND_ADDRESS_H

/*
 * E-mail addresses.  What is typed is kept as typed; people are told apart by
 * a key; mail goes to the ASCII form.
 *
 * Accepted is a dot-atom, "@" and a domain (RFC 5321 sections 4.1.2 and
 * 4.5.3.1, the form browsers accept for type=email, with at least two
 * labels): the part before "@" of 1 to 64 ASCII characters, the whole at most
 * 254 bytes with the domain in its ASCII form.  The domain may be written in
 * any script (IDNA 2008, UTS 46 non-transitional).  Refused are quoted local
 * parts, comments, address literals, a last label of digits only, spaces and
 * line ends, and more than one address: one field is one recipient
 * (safety 9).
 *
 * The local part must be ASCII: a mail server that lacks SMTPUTF8 could not
 * take any other, and the applicant would wait for a mail in vain.
 */

#include <stdbool.h>

struct arena;

/* Whether mail can be sent to it.  NULL cannot. */
bool address_is_valid(const char *address);

/*
 * The key under which the address is UNIQUE: the local part in ASCII lower
 * case, "@", the domain as A-labels in lower case.  NULL when it is invalid.
 */
const char *address_key(struct arena *arena, const char *address);

/*
 * The form to hand to a mail server: the local part as typed, "@", the domain
 * as A-labels.  NULL when it is invalid.
 */
const char *address_ascii(struct arena *arena, const char *address);

#endif
