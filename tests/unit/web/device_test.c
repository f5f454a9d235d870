#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/session.h"
#include "web/device.h"
#include "web/request.h"

static const struct {
	const char *agent;
	const char *words;
} devices[] = {
	{ "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
	    "Firefox on Linux" },
	{ "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
	    "Firefox on Android" },
	{ "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"
	  " (KHTML, like Gecko) FxiOS/140.0 Mobile/15E148 Safari/605.1.15",
	    "Firefox on iPhone" },
	{ "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"
	  " (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
	    "Safari on iPhone" },
	{ "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
	  " CriOS/138.0.0.0 Mobile/15E148 Safari/604.1",
	    "Chrome on iPad" },
	{ "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"
	  " (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
	    "Safari on Mac" },
	{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
	  " Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0",
	    "Edge on Windows" },
	{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
	  " Chrome/138.0.0.0 Safari/537.36 OPR/122.0.0.0",
	    "Opera on Windows" },
	{ "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
	  " SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
	    "Samsung Internet on Android" },
	{ "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko)"
	  " Chrome/138.0.0.0 Safari/537.36",
	    "Chrome on ChromeOS" },
	{ "Mozilla/5.0 (X11; FreeBSD amd64; rv:140.0) Gecko/20100101 Firefox/140.0",
	    "Firefox on FreeBSD" },
	/* One of both is better than nothing. */
	{ "Lynx/2.8 (Linux)", "A browser on Linux" },
	{ "Firefox/1.0", "Firefox" },
	/* What we do not know is not repeated. */
	{ "curl/8.14.1", "" },
	{ "<script>alert(1)</script>", "" },
	{ "", "" },
	{ NULL, "" },
};

static void
a_browser_and_its_system_are_named_coarsely(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++) {
		const char *words = device_words(arena, devices[i].agent);

		assert_string_equal(words, devices[i].words);
		assert_true(strlen(words) <= SESSION_DEVICE_MAX);
	}
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_browser_and_its_system_are_named_coarsely),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
