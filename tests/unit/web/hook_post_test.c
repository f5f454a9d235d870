#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ground/arena.h"
#include "web/hook_post.h"

/* Sun, 22 Nov 2026 07:00:00 GMT */
#define NOW ((int64_t)1795330800)

static int
set_up(void **state)
{
	*state = arena_new();
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static bool
is_public(const char *text)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &four.sin_addr) == 1) {
		return hook_address_is_public((struct sockaddr *)&four);
	}
	assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
	return hook_address_is_public((struct sockaddr *)&six);
}

static void
addresses_elsewhere_are_public(void **state)
{
	static const char *const texts[] = { "1.1.1.1", "162.159.128.233", "9.255.255.255",
		"11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
		"192.167.1.1", "223.255.255.255", "2606:4700::6810:84e5",
		"2a00:1450:4001:82f::200e", "::ffff:1.1.1.1", "64:ff9b::101:101" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (!is_public(texts[i])) {
			fail_msg("%s is public", texts[i]);
		}
	}
}

static void
addresses_of_our_own_networks_are_not(void **state)
{
	static const char *const texts[] = { "0.0.0.0", "127.0.0.1", "127.255.255.255", "10.0.0.1",
		"100.64.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.1.1",
		"192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
		"255.255.255.255", "::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd12::1",
		"ff02::1", "2001:db8::1", "2001::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
		"64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "::7f00:1" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (is_public(texts[i])) {
			fail_msg("%s is not public", texts[i]);
		}
	}
}

static const struct {
	long status;
	const char *retry_after;
	const char *body;
	enum delivery_outcome outcome;
	enum delivery_problem problem;
	int64_t wait_seconds;
} answers[] = {
	{ 200, NULL, "{}", DELIVERY_ACCEPTED, DELIVERY_NO_PROBLEM, 0 },
	{ 204, NULL, "", DELIVERY_ACCEPTED, DELIVERY_NO_PROBLEM, 0 },
	{ 301, NULL, "", DELIVERY_PERMANENT, DELIVERY_REFUSED, 0 },
	{ 307, NULL, "", DELIVERY_PERMANENT, DELIVERY_REFUSED, 0 },
	{ 400, "5", "", DELIVERY_PERMANENT, DELIVERY_REFUSED, 0 },
	{ 401, NULL, "", DELIVERY_PERMANENT, DELIVERY_REFUSED, 0 },
	{ 404, NULL, "", DELIVERY_PERMANENT, DELIVERY_GONE, 0 },
	{ 410, NULL, "", DELIVERY_PERMANENT, DELIVERY_GONE, 0 },
	{ 408, NULL, "", DELIVERY_TEMPORARY, DELIVERY_BUSY, 0 },
	{ 429, "7", "", DELIVERY_HOST, DELIVERY_BUSY, 7 },
	{ 429, "Sun, 22 Nov 2026 07:01:30 GMT", "", DELIVERY_HOST, DELIVERY_BUSY, 90 },
	{ 429, "Sun, 22 Nov 2026 06:00:00 GMT", "", DELIVERY_HOST, DELIVERY_BUSY, 0 },
	{ 429, NULL, "{\"retry_after\": 64.57, \"global\": false}", DELIVERY_HOST, DELIVERY_BUSY,
	    65 },
	{ 429, "2", "{\"retry_after\": 64.57}", DELIVERY_HOST, DELIVERY_BUSY, 2 },
	{ 429, NULL, "{\"retry_after\": -3}", DELIVERY_HOST, DELIVERY_BUSY, 0 },
	{ 429, NULL, "{\"retry_after\": 1e300}", DELIVERY_HOST, DELIVERY_BUSY, 7 * 86400 },
	{ 429, "soon", "not JSON", DELIVERY_HOST, DELIVERY_BUSY, 0 },
	{ 429, NULL, NULL, DELIVERY_HOST, DELIVERY_BUSY, 0 },
	{ 503, "120", "", DELIVERY_HOST, DELIVERY_BUSY, 120 },
	{ 503, NULL, "", DELIVERY_TEMPORARY, DELIVERY_BUSY, 0 },
	{ 500, NULL, "", DELIVERY_TEMPORARY, DELIVERY_BUSY, 0 },
	{ 502, NULL, "", DELIVERY_TEMPORARY, DELIVERY_BUSY, 0 },
};

static void
every_answer_is_judged(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		struct delivery delivery =
		    hook_judge(answers[i].status, answers[i].retry_after, answers[i].body, NOW);

		if (delivery.outcome != answers[i].outcome ||
		    delivery.problem != answers[i].problem ||
		    delivery.wait_seconds != answers[i].wait_seconds) {
			fail_msg("row %zu, %ld: outcome %d, problem %s, wait %lld", i,
			    answers[i].status, delivery.outcome, delivery_word(delivery.problem),
			    (long long)delivery.wait_seconds);
		}
	}
}

static void
a_host_is_one_whatever_the_case_and_path(void **state)
{
	assert_string_equal(hook_host(*state, "https://Discord.COM/api/x"), "discord.com");
	assert_string_equal(hook_host(*state, "https://discord.com:443/y"), "discord.com");
	assert_null(hook_host(*state, "http://discord.com/"));
	assert_null(hook_host(*state, "ftp://discord.com/"));
	assert_null(hook_host(*state, "discord"));
}

/* Nobody listens there, so that reaching it would be another problem. */
static void
a_hook_into_our_own_network_is_refused_before_it_is_reached(void **state)
{
	static const char *const links[] = { "https://127.0.0.1:1/secret",
		"https://localhost:1/secret", "https://[::1]:1/secret",
		"https://2130706433:1/secret", "https://[::ffff:127.0.0.1]:1/secret",
		"https://10.255.255.1:1/secret", "https://169.254.169.254:1/secret" };
	const char *problem = NULL;
	struct hooks *hooks =
	    hooks_new(*state, &(struct hook_settings){ .loopback = false }, &problem);

	assert_non_null(hooks);
	for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
		struct delivery delivery = hook_post(hooks, *state, links[i], "{}", NOW);

		assert_int_equal(delivery.outcome, DELIVERY_PERMANENT);
		assert_int_equal(delivery.problem, DELIVERY_NOT_ALLOWED);
		assert_null(delivery.answer);
	}
}

static void
for_tests_this_machine_is_reached_and_nothing_else(void **state)
{
	const char *problem = NULL;
	struct hooks *hooks =
	    hooks_new(*state, &(struct hook_settings){ .loopback = true }, &problem);

	assert_non_null(hooks);
	assert_int_equal(hook_post(hooks, *state, "https://127.0.0.1:1/x", "{}", NOW).problem,
	    DELIVERY_UNREACHABLE);
	assert_int_equal(hook_post(hooks, *state, "https://10.255.255.1:1/x", "{}", NOW).problem,
	    DELIVERY_NOT_ALLOWED);
}

static void
only_https_is_posted_to(void **state)
{
	const char *problem = NULL;
	struct hooks *hooks =
	    hooks_new(*state, &(struct hook_settings){ .loopback = true }, &problem);
	static const char *const links[] = { "http://127.0.0.1:1/x", "file:///etc/passwd",
		"gopher://127.0.0.1:1/x", "" };

	assert_non_null(hooks);
	for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
		struct delivery delivery = hook_post(hooks, *state, links[i], "{}", NOW);

		assert_int_equal(delivery.outcome, DELIVERY_PERMANENT);
		assert_int_equal(delivery.problem, DELIVERY_UNSENDABLE);
	}
}

static enum delivery_problem
ping(struct arena *arena, struct hooks *hooks, const char *hub)
{
	return hook_ping(hooks, arena, hub, "hub.mode=publish", NOW).problem;
}

static void
feed_45_a_hub_by_http_is_on_this_machine_and_one_by_https_is_not(void **state)
{
	const char *problem = NULL;
	struct hooks *hooks =
	    hooks_new(*state, &(struct hook_settings){ .loopback = false }, &problem);

	assert_non_null(hooks);
	assert_int_equal(ping(*state, hooks, "http://127.0.0.1:1/"), DELIVERY_UNREACHABLE);
	assert_int_equal(ping(*state, hooks, "http://1.1.1.1:1/"), DELIVERY_NOT_ALLOWED);
	assert_int_equal(ping(*state, hooks, "http://10.255.255.1:1/"), DELIVERY_NOT_ALLOWED);
	assert_int_equal(ping(*state, hooks, "https://127.0.0.1:1/"), DELIVERY_NOT_ALLOWED);
	assert_int_equal(ping(*state, hooks, "https://10.255.255.1:1/"), DELIVERY_NOT_ALLOWED);
	/* What a hub may is not what a web hook may, after it. */
	assert_int_equal(ping(*state, hooks, "http://127.0.0.1:1/"), DELIVERY_UNREACHABLE);
	assert_int_equal(hook_post(hooks, *state, "http://127.0.0.1:1/", "{}", NOW).problem,
	    DELIVERY_UNSENDABLE);
	assert_int_equal(hook_post(hooks, *state, "https://127.0.0.1:1/", "{}", NOW).problem,
	    DELIVERY_NOT_ALLOWED);
}

#define hook_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		hook_test(addresses_elsewhere_are_public),
		hook_test(addresses_of_our_own_networks_are_not),
		hook_test(every_answer_is_judged),
		hook_test(a_host_is_one_whatever_the_case_and_path),
		hook_test(a_hook_into_our_own_network_is_refused_before_it_is_reached),
		hook_test(for_tests_this_machine_is_reached_and_nothing_else),
		hook_test(only_https_is_posted_to),
		hook_test(feed_45_a_hub_by_http_is_on_this_machine_and_one_by_https_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
