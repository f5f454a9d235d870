#include "ground/address.h"

#include "unit.h"

static void
accepts_addresses_people_have(void **state)
{
	static const char *const good[] = {
		"ada@example.org",
		"a@b.co",
		"Ada.Lovelace@Example.ORG",
		"ada+crew@mail.example.co.uk",
		"o'brien@example.ie",
		"x_y-z@sub.sub.example.com",
		"!#$%&'*+-/=?^_`{|}~@example.org",
		"1@example.org",
		"ada@123.example",
		"ada@3com.com",
		"ada@b\303\274cher.example",
		"ada@xn--bcher-kva.example",
		"ada@r3---sn.example.org",
		"ada@\xe4\xbe\x8b\xe3\x81\x88.\xe3\x83\x86\xe3\x82\xb9\xe3\x83\x88",
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(good); i++) {
		if (!address_is_valid(good[i])) {
			fail_msg("refused: %s", good[i]);
		}
	}
}

static void
refuses_what_no_mail_reaches(void **state)
{
	static const char *const bad[] = {
		"",
		"@",
		"ada",
		"ada@",
		"@example.org",
		"ada@@example.org",
		"ada@example@org",
		"ada@localhost",
		"ada@example.",
		"ada@.example.org",
		"ada@example..org",
		"ada@-a.example",
		"ada@a-.example",
		"ada@exam_ple.org",
		"ada@example.org.",
		".ada@example.org",
		"ada.@example.org",
		"a..da@example.org",
		"\"ada\"@example.org",
		"ada@[127.0.0.1]",
		"ada@127.0.0.1",
		"ada(crew)@example.org",
		"ada@exam ple.org",
		"a da@example.org",
		" ada@example.org",
		"ada@example.org ",
		"ada@example.org\t",
		"<ada@example.org>",
		"Ada <ada@example.org>",
		"ad\xc3\xa4@example.org",
		"ada@xn--.example",
		"ada@xn--a-\xc3\xa4.example",
		"ada@ex\377ample.org",
		"ada@\xc0\xafx.example",
		"ada@a\xe2\x80\xae.example",
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(bad); i++) {
		if (address_is_valid(bad[i])) {
			fail_msg("accepted: %s", bad[i]);
		}
	}
	assert_false(address_is_valid(NULL));
}

static void
safety_09_is_one_recipient_on_one_line(void **state)
{
	static const char *const many[] = {
		"ada@example.org,eve@example.org",
		"ada@example.org;eve@example.org",
		"ada@example.org eve@example.org",
		"ada@example.org\r\nBcc: eve@example.org",
		"ada@example.org\nBcc: eve@example.org",
		"ada\r\n@example.org",
		"ada@example.org\r",
		"ada@example.org\n",
		"ada@example.org\x0b",
		"ada@example.org%0aeve",
		"%0d@example",
	};

	for (size_t i = 0; i < LENGTH(many); i++) {
		assert_false(address_is_valid(many[i]));
		assert_null(address_key(*state, many[i]));
		assert_null(address_ascii(*state, many[i]));
	}
}

static void
has_one_key_however_it_is_written(void **state)
{
	assert_string_equal(address_key(*state, "Ada.L@Example.ORG"), "ada.l@example.org");
	assert_string_equal(
	    address_key(*state, "ada@B\303\274cher.example"), "ada@xn--bcher-kva.example");
	/* u and a combining diaeresis; capital; already encoded. */
	assert_string_equal(
	    address_key(*state, "ada@bu\314\210cher.example"), "ada@xn--bcher-kva.example");
	assert_string_equal(
	    address_key(*state, "ada@B\303\234CHER.example"), "ada@xn--bcher-kva.example");
	assert_string_equal(
	    address_key(*state, "ada@XN--BCHER-KVA.example"), "ada@xn--bcher-kva.example");
	/* Non-transitional: ß is a letter of its own. */
	assert_string_equal(
	    address_key(*state, "a@stra\303\237e.example"), "a@xn--strae-oqa.example");
	assert_string_not_equal(
	    address_key(*state, "a.da@example.org"), address_key(*state, "ada@example.org"));
}

static void
keeps_the_local_part_as_typed_for_the_mail_server(void **state)
{
	assert_string_equal(
	    address_ascii(*state, "Ada.L@B\303\274cher.Example"), "Ada.L@xn--bcher-kva.example");
}

static void
holds_to_the_lengths_of_rfc_5321(void **state)
{
	char text[2000];
	char label[65] = { 0 };

	(void)state;
	memset(text, 'a', sizeof(text));
	memcpy(text + 64, "@example.org", 13);
	assert_true(address_is_valid(text));
	memset(text, 'a', 65);
	memcpy(text + 65, "@example.org", 13);
	assert_false(address_is_valid(text));

	memset(label, 'b', 63);
	assert_true(address_is_valid(arena_format(*state, "a@%s.org", label)));
	assert_false(address_is_valid(arena_format(*state, "a@%sb.org", label)));

	/* 2 + 3 × 64 + 60 = 254 bytes, then one more. */
	assert_true(
	    address_is_valid(arena_format(*state, "a@%s.%s.%s.%.60s", label, label, label, label)));
	assert_false(
	    address_is_valid(arena_format(*state, "a@%s.%s.%s.%.61s", label, label, label, label)));

	memset(text, 'a', sizeof(text) - 1);
	text[1] = '@';
	text[sizeof(text) - 1] = '\0';
	assert_false(address_is_valid(text));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(accepts_addresses_people_have),
		UNIT(refuses_what_no_mail_reaches),
		UNIT(safety_09_is_one_recipient_on_one_line),
		UNIT(has_one_key_however_it_is_written),
		UNIT(keeps_the_local_part_as_typed_for_the_mail_server),
		UNIT(holds_to_the_lengths_of_rfc_5321),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
