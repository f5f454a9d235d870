/*
 * Every field of every form, given what is no text, controls, a hidden
 * direction, a second line, or a second value: 422 at the field, nothing
 * stored, the rest kept (safety rules 4, 5, 6 and 9).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "all_fill.h"
#include "all_form.h"
#include "all_world.h"
#include "ground/bytes.h"

/* Who of these may send it: the first whose form, filled in well, acts. */
static const enum world_visitor senders[] = { WORLD_ORGANISER, WORLD_NAVIGATOR, WORLD_DJANGONAUT,
	WORLD_ADMINISTRATOR, WORLD_LINKED, WORLD_STRANGER };

enum { SENDERS = sizeof(senders) / sizeof(senders[0]) };

/* The forms of the world that a good form changes something with. */
struct visit_of {
	struct harness *template;
	struct harness *h;
	const struct program *program;
	const struct route *route;
	enum world_visitor sender;
	struct bytes *wrong;
};

static void
begin(const struct visit_of *of)
{
	world_restore(of->h, of->template);
	world_become(of->h, of->sender);
}

static bool
find_sender(struct visit_of *of)
{
	for (size_t i = 0; i < SENDERS; i++) {
		of->sender = senders[i];
		begin(of);
		fill(of->h, world_form(of->h, of->program, of->route));
		world_send(of->h, of->program, of->route);
		if (harness_status(of->h) == 303 && !world_sends_to_sign_in(of->h)) {
			return true;
		}
	}
	return false;
}

/* One bad value of one field; every other is good. */
typedef void bad_field(struct harness *h, const struct field *field, const char *name);

/* Fills in all but one field, which is left to the caller. */
static void
fill_others(struct harness *h, const struct form *form, size_t but)
{
	struct field *fields = arena_array(harness_arena(h), form->count + 1, sizeof(*fields));
	struct form others = *form;
	size_t count = 0;

	for (size_t i = 0; i < form->count; i++) {
		if (i != but) {
			memcpy(&fields[count++], &form->fields[i], sizeof(*fields));
		}
	}
	others.fields = fields;
	others.count = count;
	fill(h, &others);
}

static const char *
sent_name(struct harness *h, const struct field *field)
{
	if (field->kind == FIELD_HOURS) {
		return arena_format(harness_arena(h), "%s_0_from", field->name);
	}
	return field->name;
}

/* Whether a field beside this one shows what was typed into it. */
static bool
has_words(const struct form *form, size_t but)
{
	for (size_t i = 0; i < form->count; i++) {
		if (i != but && form->fields[i].kind == FIELD_TEXT) {
			return true;
		}
	}
	return false;
}

/* Of weeks that a cohort does not have the page shows no field; a step is a button. */
static bool
is_shown(struct harness *h, const struct field *field)
{
	const char *name = arena_format(harness_arena(h), " name=\"%s\"", sent_name(h, field));

	return field->kind != FIELD_HIDDEN && strcmp(field->name, "step") != 0 &&
	    strstr(harness_body_text(h), name) != NULL;
}

static void
check_field(const struct visit_of *of, size_t index, bad_field *add, const char *what)
{
	const struct form *form = world_form(of->h, of->program, of->route);
	const struct field *field = &form->fields[index];
	const char *before, *problem = NULL;

	begin(of);
	before = harness_dump(of->h);
	fill_others(of->h, form, index);
	add(of->h, field, sent_name(of->h, field));
	world_send(of->h, of->program, of->route);
	if (harness_status(of->h) != 422) {
		problem = "is not refused";
	} else if (strcmp(harness_dump(of->h), before) != 0) {
		problem = "is refused, and something was stored";
	} else if (is_shown(of->h, field) && strstr(harness_body_text(of->h), "-error\"") == NULL) {
		problem = "is refused, but not at the field";
	} else if (has_words(form, index) && strstr(harness_body_text(of->h), "Meant so") == NULL) {
		problem = "is refused, and the rest is lost";
	}
	if (problem != NULL) {
		bytes_format(of->wrong, "%s, %s: %s %s (%d)\n", of->route->pattern, field->name,
		    what, problem, harness_status(of->h));
	}
}

/* Asks it of each field of each form that `wanted` wants. */
static void
check_all(bad_field *add, bool (*wanted)(const struct field *), const char *what)
{
	struct visit_of of = { .template = world_new() };
	const struct form *form;
	size_t fields = 0;
	bool acts;

	of.wrong = bytes_new(harness_arena(of.template));
	for (size_t i = 0; i < WORLD_PROGRAMS; i++) {
		of.program = world_programs[i];
		for (size_t j = 0; j < of.program->count; j++) {
			of.route = &of.program->routes[j];
			if (of.route->method != METHOD_POST) {
				continue;
			}
			of.h = harness_new(of.program);
			acts = find_sender(&of);
			form = world_form(of.h, of.program, of.route);
			for (size_t k = 0; acts && k < form->count; k++) {
				if (wanted(&form->fields[k])) {
					check_field(&of, k, add, what);
					fields++;
				}
			}
			harness_free(of.h);
		}
	}
	if (of.wrong->length > 0) {
		fail_msg("\n%s", of.wrong->data);
	}
	assert_true(fields > 50);
	harness_free(of.template);
}

static bool
any(const struct field *field)
{
	(void)field;
	return true;
}

static bool
of_one_line(const struct field *field)
{
	return field->kind != FIELD_TEXT;
}

static bool
of_one_value(const struct field *field)
{
	return field->kind != FIELD_CHOICES && field->kind != FIELD_HOURS;
}

/* ---- what is added ---- */

static void
add_no_text(struct harness *h, const struct field *field, const char *name)
{
	(void)field;
	harness_field(h, name, "a\xff\xfe");
}

static void
add_overlong(struct harness *h, const struct field *field, const char *name)
{
	(void)field;
	harness_field(h, name, "a\xc0\xaf");
}

static void
add_surrogate(struct harness *h, const struct field *field, const char *name)
{
	(void)field;
	harness_field(h, name, "a\xed\xa0\x80");
}

static void
add_control(struct harness *h, const struct field *field, const char *name)
{
	(void)field;
	harness_field(h, name, "a\x01\x1b[2J");
}

static void
add_direction(struct harness *h, const struct field *field, const char *name)
{
	(void)field;
	harness_field(h, name, "a\xe2\x80\xaegpj.exe");
}

static void
add_lines(struct harness *h, const struct field *field, const char *name)
{
	harness_field(h, name,
	    field->kind == FIELD_EMAIL ? "a@example.org\r\nBcc: b@example.org"
				       : "a\r\nBcc: b@example.org");
}

static void
add_twice(struct harness *h, const struct field *field, const char *name)
{
	struct form one = { .name = "twice", .fields = field, .count = 1 };

	(void)name;
	harness_field(h, field->name, "other");
	fill(h, &one);
	harness_field(h, field->name, "another");
}

static void
safety_04_bytes_that_are_no_text_are_refused_at_every_field(void **state)
{
	(void)state;
	check_all(add_no_text, any, "what is no UTF-8");
	check_all(add_overlong, any, "an overlong slash");
	check_all(add_surrogate, any, "half a surrogate");
}

static void
safety_05_controls_and_hidden_directions_are_refused_at_every_field(void **state)
{
	(void)state;
	check_all(add_control, any, "a control");
	check_all(add_direction, of_one_line, "a hidden direction");
}

static void
safety_06_every_single_field_twice_is_neither_the_first_nor_the_last(void **state)
{
	(void)state;
	check_all(add_twice, of_one_value, "a second value");
}

static void
safety_09_no_field_of_one_line_takes_two(void **state)
{
	(void)state;
	check_all(add_lines, of_one_line, "a second line");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(safety_04_bytes_that_are_no_text_are_refused_at_every_field),
		cmocka_unit_test(
		    safety_05_controls_and_hidden_directions_are_refused_at_every_field),
		cmocka_unit_test(
		    safety_06_every_single_field_twice_is_neither_the_first_nor_the_last),
		cmocka_unit_test(safety_09_no_field_of_one_line_takes_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
