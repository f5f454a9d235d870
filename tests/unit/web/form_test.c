#include <string.h>

#include "source.h"
#include "web/form.h"

enum {
	NAME,
	EMAIL,
	ABOUT,
	LEVEL,
	PROJECTS,
	CONDUCT,
	STARTS,
	HOUR,
	SEATS,
	ZONE,
	LINK,
	SLUG,
	HOURS,
	COUNT
};

static const struct choice levels[] = { { "1", "First", MESSAGE_NONE, NULL },
	{ "2", "Second", MESSAGE_NONE, "More" } };

#define LABEL MESSAGE_WEB_TIME_NOW

static const struct field fields[COUNT] = { [NAME] = { .name = "name",
						.kind = FIELD_LINE,
						.label = LABEL,
						.required = true,
						.max = 10,
						.autocomplete = "name" },
	[EMAIL] = { .name = "email", .kind = FIELD_EMAIL, .label = LABEL },
	[ABOUT] = { .name = "about", .kind = FIELD_TEXT, .label = LABEL, .max = 20 },
	[LEVEL] = { .name = "level",
	    .kind = FIELD_RADIO,
	    .label = LABEL,
	    .choices = levels,
	    .choice_count = 2 },
	[PROJECTS] = { .name = "projects", .kind = FIELD_CHOICES, .label = LABEL, .max = 2 },
	[CONDUCT] = { .name = "conduct", .kind = FIELD_CHECK, .label = LABEL },
	[STARTS] = { .name = "starts", .kind = FIELD_DATE, .label = LABEL },
	[HOUR] = { .name = "hour", .kind = FIELD_TIME, .label = LABEL },
	[SEATS] = { .name = "seats", .kind = FIELD_NUMBER, .label = LABEL, .min = 1, .max = 40 },
	[ZONE] = { .name = "zone", .kind = FIELD_ZONE, .label = LABEL },
	[LINK] = { .name = "link", .kind = FIELD_URL, .label = LABEL },
	[SLUG] = { .name = "slug", .kind = FIELD_SLUG, .label = LABEL },
	[HOURS] = { .name = "hours", .kind = FIELD_HOURS, .label = LABEL } };

static const struct form form = { "test", fields, COUNT, true, false, false };

/* The form as read from this body; "name=Vega" is always there. */
static struct form_values *
read_form(struct arena *arena, const char *body)
{
	struct request request;

	assert_int_equal(source_post(arena, body, &request), 0);
	return form_read(arena, &form, &request.body);
}

/* The state of a field after `name=value` was sent. */
static enum field_state
state_of(struct arena *arena, size_t field, const char *sent)
{
	struct form_values *values =
	    read_form(arena, arena_format(arena, "%s=%s", fields[field].name, sent));

	return values->values[field].state;
}

static void
missing_and_invalid_stay_distinct(void **state)
{
	struct form_values *values = read_form(*state, "name=+&email=nobody&about=");

	assert_int_equal(values->values[NAME].state, FIELD_MISSING);
	assert_non_null(values->values[NAME].message);
	assert_int_equal(values->values[EMAIL].state, FIELD_INVALID);
	assert_non_null(values->values[EMAIL].message);
	assert_int_equal(values->values[ABOUT].state, FIELD_MISSING);
	assert_null(values->values[ABOUT].message);
	assert_false(form_ok(values));
	assert_null(form_text(values, EMAIL));
	assert_string_equal(values->values[EMAIL].text, "nobody");
}

static void
text_is_trimmed_and_normal(void **state)
{
	struct form_values *values = read_form(*state, "name=++e%CC%81a++&about=a%0D%0Ab%0Dc");

	assert_string_equal(form_text(values, NAME),
	    "\xc3\xa9"
	    "a");
	assert_string_equal(form_text(values, ABOUT), "a\nb\nc");
}

static void
lengths_are_counted_as_browsers_do(void **state)
{
	/* Five astral characters are ten UTF-16 units. */
	assert_int_equal(state_of(*state, NAME,
			     "%F0%9F%8C%8C%F0%9F%8C%8C"
			     "%F0%9F%8C%8C%F0%9F%8C%8C%F0%9F%8C%8C"),
	    FIELD_VALID);
	assert_int_equal(state_of(*state, NAME,
			     "%F0%9F%8C%8C%F0%9F%8C%8C"
			     "%F0%9F%8C%8C%F0%9F%8C%8C%F0%9F%8C%8Cx"),
	    FIELD_INVALID);
	/* CRLF is one: 19 letters and one line end. */
	assert_int_equal(state_of(*state, ABOUT, "aaaaaaaaaa%0D%0Aaaaaaaaaa"), FIELD_VALID);
}

static void
safety_04_bytes_that_are_no_text_are_refused_at_their_field(void **state)
{
	struct form_values *values = read_form(*state, "name=%ff&about=kept&seats=%c0%80");

	assert_int_equal(values->values[NAME].state, FIELD_INVALID);
	assert_string_equal(values->values[NAME].text, "");
	assert_int_equal(values->values[SEATS].state, FIELD_INVALID);
	assert_string_equal(form_text(values, ABOUT), "kept");
}

static void
safety_05_controls_and_hidden_directions_are_refused_in_names(void **state)
{
	assert_int_equal(state_of(*state, NAME, "a%01b"), FIELD_INVALID);
	assert_int_equal(state_of(*state, NAME, "a%0Ab"), FIELD_INVALID);
	assert_int_equal(state_of(*state, NAME, "a%7Fb"), FIELD_INVALID);
	assert_int_equal(state_of(*state, NAME, "a%C2%85b"), FIELD_INVALID);
	assert_int_equal(state_of(*state, NAME, "a%E2%80%AEb"), FIELD_INVALID);
	assert_int_equal(state_of(*state, ABOUT, "a%01b"), FIELD_INVALID);
	assert_int_equal(state_of(*state, ABOUT, "a%E2%80%AEb"), FIELD_VALID);
	assert_int_equal(state_of(*state, ABOUT, "a%0Ab"), FIELD_VALID);
}

static void
safety_06_a_single_field_twice_is_neither(void **state)
{
	struct form_values *values =
	    read_form(*state, "name=Vega&name=Altair&conduct=yes&conduct=yes");

	assert_int_equal(values->values[NAME].state, FIELD_INVALID);
	assert_int_equal(values->values[CONDUCT].state, FIELD_INVALID);
	assert_null(form_text(values, NAME));
	assert_false(form_checked(values, CONDUCT));
}

static void
safety_09_a_line_is_one_line(void **state)
{
	assert_int_equal(
	    state_of(*state, EMAIL, "a@example.org%0D%0ABcc:b@example.org"), FIELD_INVALID);
	assert_int_equal(state_of(*state, EMAIL, "a@example.org,b@example.org"), FIELD_INVALID);
	assert_int_equal(state_of(*state, EMAIL, "a@example.org"), FIELD_VALID);
}

static void
safety_29_fields_that_are_not_in_the_table_never_arrive(void **state)
{
	struct form_values *values =
	    read_form(*state, "name=Vega&role=captain&status=accepted&group_id=1");

	assert_true(form_ok(values));
	assert_int_equal(values->form->count, COUNT);
}

static void
dates_and_times_and_numbers_are_what_they_say(void **state)
{
	struct form_values *values =
	    read_form(*state, "name=V&starts=2028-02-29&hour=9:05&seats=40");

	assert_true(form_ok(values));
	assert_string_equal(form_text(values, STARTS), "2028-02-29");
	assert_int_equal(form_integer(values, HOUR, -1), 545);
	assert_string_equal(form_text(values, HOUR), "09:05");
	assert_int_equal(form_integer(values, SEATS, -1), 40);
	assert_int_equal(state_of(*state, STARTS, "2027-02-29"), FIELD_INVALID);
	assert_int_equal(state_of(*state, HOUR, "24:00"), FIELD_INVALID);
	assert_int_equal(state_of(*state, HOUR, "9"), FIELD_INVALID);
	assert_int_equal(state_of(*state, SEATS, "41"), FIELD_INVALID);
	assert_int_equal(state_of(*state, SEATS, "0"), FIELD_INVALID);
	assert_int_equal(state_of(*state, SEATS, "0x2"), FIELD_INVALID);
	assert_int_equal(state_of(*state, SEATS, "99999999999999999999"), FIELD_INVALID);
}

static void
zones_addresses_and_slugs_are_checked(void **state)
{
	assert_int_equal(state_of(*state, ZONE, "Europe/Vienna"), FIELD_VALID);
	assert_int_equal(state_of(*state, ZONE, "Mars/Olympus"), FIELD_INVALID);
	assert_int_equal(state_of(*state, ZONE, "../etc/passwd"), FIELD_INVALID);
	assert_int_equal(state_of(*state, LINK, "https://example.org/a"), FIELD_VALID);
	assert_int_equal(state_of(*state, LINK, "javascript:alert(1)"), FIELD_INVALID);
	assert_int_equal(state_of(*state, LINK, "https://"), FIELD_INVALID);
	assert_int_equal(state_of(*state, SLUG, "orion-2027"), FIELD_VALID);
	assert_int_equal(state_of(*state, SLUG, "-orion"), FIELD_INVALID);
	assert_int_equal(state_of(*state, SLUG, "Orion"), FIELD_INVALID);
	assert_int_equal(state_of(*state, SLUG, "a--b"), FIELD_INVALID);
}

static void
a_choice_is_one_of_those_shown(void **state)
{
	static const struct choice projects[] = { { "core", "Core", MESSAGE_NONE, NULL },
		{ "docs", "Docs", MESSAGE_NONE, NULL }, { "admin", "Admin", MESSAGE_NONE, NULL } };
	struct form_values *values;
	size_t count;

	assert_int_equal(state_of(*state, LEVEL, "2"), FIELD_VALID);
	assert_int_equal(state_of(*state, LEVEL, "3"), FIELD_INVALID);
	values = read_form(*state, "name=V&projects=docs&projects=core&projects=docs");
	form_choices(values, PROJECTS, projects, 3);
	assert_true(form_ok(values));
	assert_string_equal(form_list(values, PROJECTS, &count)[0], "core");
	assert_int_equal(count, 2);
	assert_true(form_has(values, PROJECTS, "docs"));
	assert_false(form_has(values, PROJECTS, "admin"));
	values = read_form(*state, "name=V&projects=docs&projects=secret");
	form_choices(values, PROJECTS, projects, 3);
	assert_false(form_ok(values));
}

static void
hours_are_ranges_of_a_day(void **state)
{
	struct form_values *values = read_form(*state,
	    "name=V"
	    "&hours_0_from=18:00&hours_0_to=20:30"
	    "&hours_0_from=&hours_0_to="
	    "&hours_6_from=22:00&hours_6_to=00:00");
	const struct slots *slots = form_slots(values, HOURS);

	assert_true(form_ok(values));
	assert_int_equal(values->values[HOURS].state, FIELD_VALID);
	assert_int_equal(slots_count(slots), 5 + 4);
	assert_true(slots_has(slots, slots_number(0, 36)));
	assert_false(slots_has(slots, slots_number(0, 41)));
	assert_true(slots_has(slots, slots_number(6, 47)));
}

static void
hours_that_make_no_sense_are_refused_and_kept(void **state)
{
	static const char *const bad[] = { "hours_0_from=18:00&hours_0_to=17:00",
		"hours_0_from=18:00&hours_0_to=18:00", "hours_0_from=18:00", "hours_0_to=18:00",
		"hours_0_from=18:15&hours_0_to=19:00", "hours_0_from=25:00&hours_0_to=26:00",
		"hours_0_from=24:30&hours_0_to=00:00", "hours_0_from=abc&hours_0_to=%ff",
		"hours_0_from=10:00&hours_0_to=12:00&hours_0_from=11:00",
		("hours_0_from=10:00&hours_0_to=12:00"
		 "&hours_0_from=11:00&hours_0_to=13:00") };
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct form_values *values =
		    read_form(*state, arena_format(*state, "name=V&%s", bad[i]));

		if (values->values[HOURS].state != FIELD_INVALID) {
			fail_msg("%s", bad[i]);
		}
		assert_true(values->values[HOURS].range_count > 0);
		assert_true(slots_empty(form_slots(values, HOURS)));
	}
}

static const struct page_part_field *
row_of(const struct form_values *values, size_t field)
{
	return &form_rows(values).rows[field];
}

static void
hours_come_back_as_they_were(void **state)
{
	struct form_values *sent = read_form(*state,
	    "name=V"
	    "&hours_2_from=09:00&hours_2_to=10:00"
	    "&hours_2_from=23:00&hours_2_to=00:00");
	struct form_values *filled = form_new(*state, &form);
	const struct page_part_hours_days *day;

	form_fill_slots(filled, HOURS, form_slots(sent, HOURS));
	day = &row_of(filled, HOURS)->part_hours.rows[0].days.rows[2];
	assert_int_equal(day->ranges.count, 3);
	assert_string_equal(day->ranges.rows[0].from, "09:00");
	assert_string_equal(day->ranges.rows[0].to, "10:00");
	assert_string_equal(day->ranges.rows[1].from, "23:00");
	assert_string_equal(day->ranges.rows[1].to, "00:00");
	assert_string_equal(day->ranges.rows[0].from_name, "hours_2_from");
	assert_null(day->ranges.rows[2].from);
}

static void
the_table_gives_the_attributes(void **state)
{
	struct form_values *values = form_new(*state, &form);
	const struct page_part_field *row = row_of(values, NAME);

	assert_true(row->if_input);
	assert_string_equal(row->type, "text");
	assert_true(row->if_required);
	assert_string_equal(row->max_length, "10");
	assert_string_equal(row->autocomplete, "name");
	row = row_of(values, SEATS);
	assert_string_equal(row->min, "1");
	assert_string_equal(row->max, "40");
	row = row_of(values, EMAIL);
	assert_string_equal(row->type, "email");
	assert_true(row->if_verbatim);
	row = row_of(values, LEVEL);
	assert_true(row->if_options);
	assert_int_equal(row->choices.count, 2);
	assert_string_equal(row->choices.rows[0].choice_type, "radio");
	assert_true(row->choices.rows[1].if_choice_help);
	row = row_of(values, ZONE);
	assert_true(row->if_select && row->if_zone);
	assert_true(row->choices.count > 300);
}

static void
a_zone_outside_the_chooser_stays_chosen(void **state)
{
	struct form_values *values = form_new(*state, &form);
	const struct page_part_field *row;

	form_fill(values, ZONE, "Asia/Calcutta");
	row = row_of(values, ZONE);
	assert_true(row->choices.rows[row->choices.count - 1].if_chosen);
}

static void
mistakes_come_back_with_what_was_typed_and_a_summary(void **state)
{
	struct form_values *values = read_form(*state, "email=nobody&about=Some+words&level=2");
	struct page_part_errors_list summary;

	form_prefix(values, "one");
	summary = form_summary(values);
	assert_int_equal(summary.count, 1);
	assert_int_equal(summary.rows[0].mistakes.count, 2);
	assert_string_equal(summary.rows[0].mistakes.rows[0].mistake_id, "one-name");
	assert_string_equal(row_of(values, EMAIL)->value, "nobody");
	assert_true(row_of(values, EMAIL)->if_error);
	assert_true(row_of(values, EMAIL)->if_described);
	assert_string_equal(row_of(values, ABOUT)->value, "Some words");
	assert_true(row_of(values, LEVEL)->choices.rows[1].if_chosen);
	assert_int_equal(form_summary(read_form(*state, "name=V")).count, 0);
}

static void
filling_never_overwrites_what_was_typed(void **state)
{
	struct form_values *values = read_form(*state, "name=&about=mine");

	form_fill(values, NAME, "Vega");
	form_fill(values, ABOUT, "stored");
	assert_string_equal(row_of(values, NAME)->value, "");
	assert_string_equal(row_of(values, ABOUT)->value, "mine");
}

static void
safety_34_a_form_keeps_its_key_when_it_is_shown_again(void **state)
{
	struct form_values *first = form_new(*state, &form), *again;
	struct page_part_field_list rows = form_rows(first);

	assert_string_equal(rows.rows[COUNT].name, "_key");
	again = read_form(*state, arena_format(*state, "_key=%s", rows.rows[COUNT].value));
	assert_string_equal(again->key, first->key);
	assert_string_not_equal(form_new(*state, &form)->key, first->key);
	again = read_form(*state, "_key=guess");
	assert_string_not_equal(again->key, "guess");
}

static void
a_refusal_of_the_model_lands_on_its_field(void **state)
{
	struct form_values *values = read_form(*state, "name=Vega");

	assert_true(form_ok(values));
	form_refuse(values, NAME, "taken");
	form_refuse(values, NAME, "second");
	assert_false(form_ok(values));
	assert_string_equal(values->values[NAME].message, "taken");
	values = read_form(*state, "name=Vega");
	form_refuse_whole(values, "closed");
	assert_false(form_ok(values));
	assert_string_equal(form_summary(values).rows[0].mistakes.rows[0].mistake, "closed");
}

static void
a_table_with_a_mistake_is_refused(void **state)
{
	static const struct field twice[] = { { .name = "a", .kind = FIELD_LINE, .label = LABEL },
		{ .name = "a", .kind = FIELD_LINE, .label = LABEL } };
	static const struct field huge[] = {
		{ .name = "a", .kind = FIELD_TEXT, .label = LABEL, .max = 60000 }
	};
	const struct form bad = { "bad", twice, 2, false, false, false };
	const struct form long_form = { "long", huge, 1, false, false, false };

	assert_null(form_problem(*state, &form));
	assert_non_null(form_problem(*state, &bad));
	assert_non_null(form_problem(*state, &long_form));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { source_test(missing_and_invalid_stay_distinct),
		source_test(text_is_trimmed_and_normal),
		source_test(lengths_are_counted_as_browsers_do),
		source_test(safety_04_bytes_that_are_no_text_are_refused_at_their_field),
		source_test(safety_05_controls_and_hidden_directions_are_refused_in_names),
		source_test(safety_06_a_single_field_twice_is_neither),
		source_test(safety_09_a_line_is_one_line),
		source_test(safety_29_fields_that_are_not_in_the_table_never_arrive),
		source_test(dates_and_times_and_numbers_are_what_they_say),
		source_test(zones_addresses_and_slugs_are_checked),
		source_test(a_choice_is_one_of_those_shown), source_test(hours_are_ranges_of_a_day),
		source_test(hours_that_make_no_sense_are_refused_and_kept),
		source_test(hours_come_back_as_they_were),
		source_test(the_table_gives_the_attributes),
		source_test(a_zone_outside_the_chooser_stays_chosen),
		source_test(mistakes_come_back_with_what_was_typed_and_a_summary),
		source_test(filling_never_overwrites_what_was_typed),
		source_test(safety_34_a_form_keeps_its_key_when_it_is_shown_again),
		source_test(a_refusal_of_the_model_lands_on_its_field),
		source_test(a_table_with_a_mistake_is_refused) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
