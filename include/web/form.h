/*
 * Forms as tables of fields.
 *
 *	enum { APPLY_NAME, APPLY_EMAIL, APPLY_COUNT };
 *	static const struct field apply_fields[APPLY_COUNT] = {
 *		[APPLY_NAME] = { "name", FIELD_LINE, MESSAGE_APPLY_NAME_LABEL,
 *		    .required = true, .max = 200, .autocomplete = "name" },
 *		...
 *	};
 *	const struct form apply_form = {
 *		"apply", apply_fields, APPLY_COUNT };
 *
 * One table gives parsing, checking, redisplay with what was typed, one
 * message a field, and the HTML attributes, so that browser and server agree.
 * "Missing" and "invalid" stay distinct. Lengths count UTF-16 units after
 * CRLF became LF, as browsers count maxlength (HTML, section 4.10.5.3.1).
 *
 * Text that is accepted is NFC, trimmed at both ends, with LF newlines and
 * without control characters; single lines have no bidi controls either
 * (safety rules 4 and 5). What was typed is kept for redisplay even if it was
 * refused, but for bytes that are not UTF-8.
 *
 * Fields that a form does not name are ignored, so role=, status= and
 * group_id= can never arrive (safety rule 29).
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ground/arena.h"
#include "ground/date.h"
#include "ground/slots.h"
#include "web/message.h"
#include "web/page/part.h"
#include "web/request.h"

enum field_kind {
	FIELD_LINE = 1, /* one line */
	FIELD_EMAIL, /* one valid address */
	FIELD_TEXT, /* several lines (textarea) */
	FIELD_CHOICE, /* one of choices (select) */
	FIELD_RADIO, /* one of choices (radio buttons) */
	FIELD_CHOICES, /* several of choices (checkboxes) */
	/*
	 * one checkbox; integer 1 when ticked, else 0. required: it must be
	 * ticked
	 */
	FIELD_CHECK,
	FIELD_DATE, /* "2027-01-31" */
	FIELD_TIME, /* "18:30"; integer is minutes since midnight */
	FIELD_NUMBER, /* a decimal integer in min..max */
	FIELD_ZONE, /* an IANA zone that exists here */
	FIELD_URL, /* absolute http or https */
	FIELD_SLUG, /* a-z, 0-9 and single hyphens between them */
	FIELD_HOURS, /* weekly availability: ranges a weekday */
	FIELD_HIDDEN, /* one line that the page carries along */
	FIELD_LIST /* several lines (textarea), each a thing of its own */
};

/* One of the choices of a field; `help` may be NULL. */
struct choice {
	const char *value; /* what the form sends */
	const char *label; /* what a person reads; NULL: from `message` */
	enum message message;
	const char *help;
};

struct field {
	const char *name; /* [a-z][a-z0-9_]* */
	enum field_kind kind;
	enum message label;
	enum message help; /* MESSAGE_NONE: none */
	bool required;
	/*
	 * Text kinds: UTF-16 units (max 0: 200 for a line, 254 for an
	 * address, 2000 for a URL, 40 for a slug, 10000 for a text).
	 * Numbers: the value; max 0 is no limit unless min is below it.
	 * Dates: days since 1970; both 0 are no limits. Of both kinds
	 * FIELD_NO_MIN and FIELD_NO_MAX leave one side open.
	 * FIELD_CHOICES and FIELD_HOURS: how many choices or half hours at
	 * least and at most (max 0: no limit). FIELD_LIST: how many lines
	 * (max 0: FIELD_LIST_MAX), each of FIELD_LIST_UNITS at most.
	 */
	int64_t min;
	int64_t max;
	const struct choice *choices; /* static; see form_choices */
	size_t choice_count;
	const char *autocomplete; /* HTML autofill field name, or NULL */
	unsigned rows; /* of a textarea; 0: 6 */
	bool verbatim; /* no capitals, no spell check */
	/*
	 * A question in somebody's own words, with label MESSAGE_NONE: what it
	 * is called, and its help, plain or as Markdown.
	 * One of RADIO that is not required can be left unanswered again.
	 */
	const char *words;
	const char *help_words;
	const char *help_marked;
	/* Its limits are told in words before they are reached. FIELD_TEXT
	 * and FIELD_LIST always tell theirs. */
	bool tells_limits;
};

#define FIELD_NO_MIN (-INT64_MAX)
#define FIELD_NO_MAX INT64_MAX

enum { FIELD_LIST_MAX = 20, FIELD_LIST_UNITS = 200 };

struct form {
	const char *name; /* [a-z][a-z0-9_]* */
	const struct field *fields;
	size_t count;
	/*
	 * Every row that is sent carries a random key; a second POST of the
	 * same key and the same words is answered with the first one's
	 * Location and not acted on (safety rule 34). For forms whose rows
	 * have no natural key.
	 */
	bool once;
	/*
	 * Of one that is sent once: what it brings about is told by the page
	 * that answers it, not by the one it leads to. A second POST then leads
	 * to the page of the form's address. Without it a page that answers is
	 * none that was acted on, and may be asked for again: a preview.
	 */
	bool tells;
	/*
	 * It has buttons named "step" beside the one that sends it. With one
	 * of them pressed (form_step) the handler of a POST runs whether or
	 * not the fields are right: it must ask form_step before all else,
	 * and use of the values only what form_text and its like give.
	 */
	bool steps;
};

enum field_state {
	FIELD_MISSING = 0, /* nothing was typed or ticked */
	FIELD_VALID,
	FIELD_INVALID /* message says why */
};

struct form_value {
	enum field_state state;
	const char *text; /* as typed, for redisplay; never NULL */
	const char *clean; /* checked; NULL unless FIELD_VALID */
	int64_t integer; /* NUMBER, TIME, CHECK */
	struct slots slots; /* HOURS */
	/* CHOICES: the values, in the order of the choices */
	const char *const *list;
	size_t list_count;
	/*
	 * NULL, or what is wrong, in words; a required field that is MISSING has
	 * one, too
	 */
	const char *message;
	const struct choice *choices; /* static or dynamic */
	size_t choice_count;
	/* HOURS, one of two ways: as typed, or as ticked */
	bool is_grid;
	struct form_range *ranges;
	size_t range_count;
	struct slots ticked;
	/* a button beside the field: its step and its words; NULL: none */
	const char *step;
	const char *step_words;
	/* NULL, or a word about the field that is no mistake */
	const char *note;
	bool is_replaced; /* by form_replace: the page opens on it */
};

/*
 * Weekly hours are given as ranges or as ticks in a grid; which of the two,
 * "<name>_way" says. A range is one from-to pair as typed; the fields are
 * "<name>_<weekday>_from" and "<name>_<weekday>_to", repeated and paired by
 * their order. Ticks are values of "<name>_<weekday>", each the clock time at
 * which a half hour begins. A button "<name>_turn" asks for the other way with
 * everything in it, "grid" or "ranges", or for "copy": Monday's hours on all
 * days until Friday.
 */
struct form_range {
	int weekday; /* 0 = Monday */
	const char *from;
	const char *to;
};

struct form_values {
	struct arena *arena;
	const struct form *form;
	struct form_value *values; /* form->count of them */
	const char *prefix; /* of DOM ids, or "" */
	const char *message; /* about the whole form, or NULL */
	const char *key; /* of a form that is sent once */
	bool sent; /* form_read made these */
	bool unmarked; /* shows no mistakes: nothing was to be sent yet */
	bool turned; /* a button of weekly hours was pressed, and obeyed */
	const char *step; /* see form_step */
	/* what form_read read; NULL for blank ones */
	const struct request_fields *fields;
};

/* Blank values: nothing typed, a fresh key. */
struct form_values *form_new(struct arena *arena, const struct form *form);

/*
 * Fields that are sent by name and checked. Every field is parsed even after
 * a mistake. A single-valued field sent twice is invalid (safety rule 6).
 *
 * Choices of a field that has none in its table are not checked here: the
 * handler that loads them calls form_choices, which does.
 */
struct form_values *
form_read(struct arena *arena, const struct form *form, const struct request_fields *fields);

/*
 * Gives a field its choices, as read from the database; they must live as
 * long as the arena. Marks a value that is not among them as invalid.
 */
void
form_choices(struct form_values *values, size_t field, const struct choice *choices, size_t count);

/*
 * The step of the button that was pressed, of a form with such buttons; NULL
 * for the button that sends the form ("send", or none that is named).
 */
const char *form_step(const struct form_values *values);

/*
 * Puts a button beside a field, and a word above it that is no mistake. Both
 * stand whatever was typed.
 */
void form_offer(struct form_values *values, size_t field, const char *step, const char *words);
void form_note(struct form_values *values, size_t field, const char *words);

/* What a field is called. */
const char *form_label(const struct form_values *values, size_t field);

/* True while no field is invalid and nothing is said of the whole form. */
bool form_ok(const struct form_values *values);

/* Refuses a field in the words of a message; the first refusal stands. */
void form_refuse(struct form_values *values, size_t field, const char *words);

/* Refuses the form as a whole; it leads the summary. */
void form_refuse_whole(struct form_values *values, const char *words);

/*
 * What was entered, checked. A missing field gives NULL, the default, no
 * entry, no slot; an invalid one the same, though no handler of a POST runs
 * with one.
 */
const char *form_text(const struct form_values *values, size_t field);

/* The same, "" for a missing one. */
const char *form_words(const struct form_values *values, size_t field);

int64_t form_integer(const struct form_values *values, size_t field, int64_t otherwise);

bool form_checked(const struct form_values *values, size_t field);

const struct slots *form_slots(const struct form_values *values, size_t field);

/* Is this value among those chosen? For CHOICES, CHOICE and RADIO. */
bool form_has(const struct form_values *values, size_t field, const char *value);

/* The values chosen, and how many. */
const char *const *form_list(const struct form_values *values, size_t field, size_t *count);

/*
 * Fills a field for a page that edits what is stored. NULL leaves it blank.
 * Filling never marks a mistake, and never overwrites what was typed: an
 * `again` that shares the GET's function can fill without a thought.
 */
void form_fill(struct form_values *values, size_t field, const char *text);

void form_fill_integer(struct form_values *values, size_t field, int64_t value);

void form_fill_check(struct form_values *values, size_t field, bool checked);

void form_fill_slots(struct form_values *values, size_t field, const struct slots *slots);

/* One more of the values of FIELD_CHOICES. */
void form_fill_choice(struct form_values *values, size_t field, const char *value);

/*
 * Puts this in a field in place of whatever was typed there: what someone
 * asked for by a button. For FIELD_CHOICES the values are one a line.
 */
void form_replace(struct form_values *values, size_t field, const char *text);

/*
 * DOM ids are "<name>"; with a prefix "<prefix>-<name>". Needed where one
 * page holds two forms with fields of the same name.
 */
void form_prefix(struct form_values *values, const char *prefix);

/* All fields, for {{>PART_FIELD}}, in the table's order; the key included. */
struct page_part_field_list form_rows(const struct form_values *values);

/* The fields from `first` up to but not including `end`. */
struct page_part_field_list
form_rows_between(const struct form_values *values, size_t first, size_t end);

/*
 * The summary on top, for {{>PART_ERRORS}}: no row when nothing is wrong,
 * else one whose links lead to the fields.
 */
struct page_part_errors_list form_summary(const struct form_values *values);

/* The largest body that this form can need, in bytes (product.md, Apply). */
size_t form_body_max(const struct form *form);

/* The first mistake in a table of fields, for the log and tests, or NULL. */
const char *form_problem(struct arena *arena, const struct form *form);

/*
 * The parts that the files of this module share, and the fuzzer enters by:
 * checking the text of one field, reading, filling and showing weekly hours,
 * and the UTF-16 units that a text field takes at most.
 */
void form_check(struct form_values *values, size_t field);

void form_hours_read(struct form_values *values, size_t field, const struct request_fields *fields);

void form_hours_fill(struct form_values *values, size_t field, const struct slots *slots);

/* Does what a button of the field asked for; see struct form_range. */
void form_hours_turn(struct form_values *values, size_t field, const struct request_fields *fields);

struct page_part_hours_list
form_hours_rows(const struct form_values *values, size_t field, const char *id);

int64_t form_units_max(const struct field *field);

/* FIELD_LIST: the words that refuse the text, or NULL and the list is set. */
const char *form_list_check(
    struct arena *arena, const struct field *field, struct form_value *value, const char *text);

/* Numbers and dates: whether a side is bounded. */
bool form_has_min(const struct field *field);
bool form_has_max(const struct field *field);

/* The words that refuse a number, or a date by its days; NULL: it fits. */
const char *form_bounds_check(struct arena *arena, const struct field *field, int64_t number);

/* The limits of a field in words, or NULL where there are none to tell. */
const char *form_limit(struct arena *arena, const struct field *field);

#endif
