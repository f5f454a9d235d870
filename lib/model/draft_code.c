#include <stddef.h>
#include <string.h>

#include "db/db.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/token.h"
#include "model/application.h"
#include "model/draft.h"
#include "model/mail_limit.h"

/* Neither 0 nor 1 nor what looks like them. */
static const char easy[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

const char *
draft_code(struct arena *arena, const char *token)
{
	const char *hash = token_hash(arena, token);
	char code[DRAFT_CODE_LENGTH];

	for (size_t i = 0; i < DRAFT_CODE_LENGTH; i++) {
		unsigned high = (unsigned char)hash[2 * i], low = (unsigned char)hash[2 * i + 1];

		/* Two hex digits: eight bits, of which five are taken. */
		high = high <= '9' ? high - '0' : high - 'a' + 10;
		low = low <= '9' ? low - '0' : low - 'a' + 10;
		code[i] = easy[(high * 16 + low) % 32];
	}
	return arena_copy_bytes(arena, code, DRAFT_CODE_LENGTH);
}

/* As it is compared: without blanks and hyphens, in capitals. */
static const char *
code_normal(struct arena *arena, const char *typed)
{
	char *code = arena_alloc(arena, strlen(typed) + 1);
	size_t length = 0;

	for (; *typed != '\0'; typed++) {
		if (*typed >= 'a' && *typed <= 'z') {
			code[length++] = (char)(*typed - 'a' + 'A');
		} else if (*typed != ' ' && *typed != '-') {
			code[length++] = *typed;
		}
	}
	return code;
}

/* Forty bits are soon tried out: without the key file a stolen hash tells
 * nothing (safety 17). */
static const char *
code_hash(struct arena *arena, const unsigned char secret[32], int64_t draft_id, const char *code)
{
	return token_keyed(arena, token_derive(arena, secret, draft_id, "draft code"), code);
}

bool
draft_record_code(struct db *db, struct arena *arena, const unsigned char secret[32],
    int64_t draft_id, const char *code)
{
	return draft_set_code(db,
		   &(struct draft_set_code_in){ .id = draft_id,
		       .code_hash = code_hash(arena, secret, draft_id, code) }) >= 0;
}

/* The address's draft with this code.  Where there is none, one is compared
 * all the same. */
static bool
find(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct application_sender *sender, const char *code, struct draft *draft)
{
	const char *key = address_key(arena, sender->email);
	struct draft_rows drafts = draft_by_email(db, arena,
	    &(struct draft_by_email_in){
		.cohort_id = cohort->id, .email_key = key == NULL ? sender->email : key });
	bool is_found = false;

	(void)token_equal(
	    code_hash(arena, sender->secret, 0, code), code_hash(arena, sender->secret, 1, code));
	for (size_t i = 0; i < drafts.count; i++) {
		if (token_equal(drafts.rows[i].code_hash,
			code_hash(arena, sender->secret, drafts.rows[i].id, code)) &&
		    !is_found) {
			*draft = drafts.rows[i];
			is_found = true;
		}
	}
	return is_found;
}

enum draft_code_outcome
draft_open_by_code(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct application_sender *sender, const char *code, const char *token, int64_t now,
    struct draft *draft)
{
	const struct mail_limit limit = { "draft_code", sender->secret, sender->email,
		sender->network };
	bool is_one_too_many = mail_limit_reached(db, arena, &limit, now);
	bool is_found;

	mail_limit_count(db, arena, &limit, now);
	is_found = find(db, arena, cohort, sender, code_normal(arena, code), draft);
	if (!is_found || is_one_too_many ||
	    !draft_window_is_open(draft_window(db, arena, cohort, draft, now)) ||
	    !draft_open(db, arena, draft, token, now)) {
		return DRAFT_CODE_WRONG;
	}
	return DRAFT_CODE_OPENED;
}
