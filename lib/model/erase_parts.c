#include "erase_parts.h"

#include <stddef.h>

#include "db/db.h"
#include "db/query/erase.h"
#include "ground/address.h"
#include "ground/slots.h"
#include "ground/text.h"

void
erase_receipts_to(struct db *db, struct arena *arena, const char *email_key)
{
	struct erase_receipts_row_rows receipts = erase_receipts(db, arena);

	for (size_t i = 0; i < receipts.count; i++) {
		const struct erase_receipts_row *receipt = &receipts.rows[i];

		if (text_equal(address_key(arena, receipt->email), email_key)) {
			erase_receipt(db, &(struct erase_receipt_in){ .key = receipt->key });
		}
	}
}

void
erase_mail_to(struct db *db, struct arena *arena, const char *email_key, const char *kind)
{
	struct erase_mail_typed_row_rows typed = erase_mail_typed(db, arena);

	for (size_t i = 0; i < typed.count; i++) {
		const char *address = typed.rows[i].address;

		if (!text_equal(address_key(arena, address), email_key)) {
			continue;
		}
		if (kind == NULL) {
			erase_mail(db, &(struct erase_mail_in){ .address = address });
		} else {
			erase_mail_of_kind(db,
			    &(struct erase_mail_of_kind_in){ .address = address, .kind = kind });
		}
	}
}

void
erase_application(struct db *db, struct arena *arena, int64_t id, const char *name, int64_t now)
{
	static const struct slots none;

	application_answers_erase(db, &(struct application_answers_erase_in){ .id = id });
	application_decisions_erase(db, &(struct application_decisions_erase_in){ .id = id });
	application_strip(db,
	    &(struct application_strip_in){
		.id = id, .name = name, .no_hours = slots_hex(arena, &none), .now = now });
}

static void
take_back(struct db *db, int64_t person_id, int64_t now)
{
	erase_narrow_check_ins(
	    db, &(struct erase_narrow_check_ins_in){ .person_id = person_id, .now = now });
	erase_narrow_questions(
	    db, &(struct erase_narrow_questions_in){ .person_id = person_id, .now = now });
	erase_narrow_answers(
	    db, &(struct erase_narrow_answers_in){ .person_id = person_id, .now = now });
	erase_withdraw_highlights(
	    db, &(struct erase_withdraw_highlights_in){ .person_id = person_id, .now = now });
}

void
erase_said(struct db *db, const struct erase *erase, int64_t person_id, int64_t now)
{
	const char *removed = erase->words.removed;

	if (erase->withdraws) {
		take_back(db, person_id, now);
	}
	erase_check_ins(
	    db, &(struct erase_check_ins_in){ .person_id = person_id, .removed = removed });
	erase_questions(
	    db, &(struct erase_questions_in){ .person_id = person_id, .removed = removed });
	erase_answers(db, &(struct erase_answers_in){ .person_id = person_id, .removed = removed });
	erase_highlights(
	    db, &(struct erase_highlights_in){ .person_id = person_id, .removed = removed });
}
