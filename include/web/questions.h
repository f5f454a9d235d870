/*
 * The questions of a cohort as fields of a form: what organisers ask becomes
 * rows of the same table that checks, shows and limits every other field.
 *
 *	short	FIELD_LINE		number	FIELD_NUMBER
 *	long	FIELD_TEXT		date	FIELD_DATE
 *	list	FIELD_LIST		url	FIELD_URL
 *	one	FIELD_RADIO, of more than 7 options FIELD_CHOICE
 *	several	FIELD_CHOICES		email	FIELD_EMAIL
 *	rating	FIELD_RADIO		yes_no	FIELD_RADIO
 *
 * An option is sent and kept as its own words, so that changing the others
 * never makes an answer mean something else.
 */
#ifndef WEB_QUESTIONS_H
#define WEB_QUESTIONS_H

#include <stddef.h>
#include <stdint.h>

#include "ground/arena.h"
#include "model/questionnaire.h"
#include "web/form.h"

/* Writes items->count fields, in their order; their words live in the arena
 * or with the items. */
void questions_fields(
    struct arena *arena, const struct questionnaire_item_rows *items, struct field *fields);

/*
 * What was answered, for the model: the fields from `first` on are those of
 * the items. A question that was left out has no row.
 */
struct item_answer *questions_read(const struct form_values *values, size_t first,
    const struct questionnaire_item_rows *items, size_t *count);

/*
 * Fills the field of a question with a stored answer. One that is not among
 * the options any more is named in a note at the field.
 */
void questions_fill(struct form_values *values, size_t field, const char *answer);

/*
 * An answer as one says it: "Yes", "Friday 27 November 2026", "4 of 5"; of
 * several and lists one a line, else as it was typed. most is the wording's,
 * DB_NULL for the kind's own.
 */
const char *
questions_words(struct arena *arena, const char *kind, int64_t most, const char *answer);

#endif
