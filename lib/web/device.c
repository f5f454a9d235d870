#include <stddef.h>
#include <string.h>

#include "web/device.h"
#include "web/message.h"

struct sign {
	const char *mark; /* in the User-Agent */
	const char *name; /* a name, not a word: the same in every language */
};

/* Browsers say they are those they descend from, too: the youngest first. */
static const struct sign browsers[] = {
	{ "Edg/", "Edge" },
	{ "EdgA/", "Edge" },
	{ "EdgiOS/", "Edge" },
	{ "OPR/", "Opera" },
	{ "OPT/", "Opera" },
	{ "Vivaldi/", "Vivaldi" },
	{ "SamsungBrowser/", "Samsung Internet" },
	{ "DuckDuckGo/", "DuckDuckGo" },
	{ "Ddg/", "DuckDuckGo" },
	{ "FxiOS/", "Firefox" },
	{ "Firefox/", "Firefox" },
	{ "CriOS/", "Chrome" },
	{ "Chromium/", "Chromium" },
	{ "Chrome/", "Chrome" },
	{ "Epiphany/", "GNOME Web" },
	{ "Safari/", "Safari" },
};

/* Android is a Linux, and an iPhone likes to be a Mac. */
static const struct sign systems[] = {
	{ "iPhone", "iPhone" },
	{ "iPad", "iPad" },
	{ "Android", "Android" },
	{ "CrOS", "ChromeOS" },
	{ "Windows", "Windows" },
	{ "Macintosh", "Mac" },
	{ "Linux", "Linux" },
	{ "OpenBSD", "OpenBSD" },
	{ "FreeBSD", "FreeBSD" },
};

static const char *
name_in(const struct sign *signs, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++) {
		if (strstr(text, signs[i].mark) != NULL) {
			return signs[i].name;
		}
	}
	return NULL;
}

const char *
device_words(struct arena *arena, const char *user_agent)
{
	const char *browser, *system;

	if (user_agent == NULL) {
		return "";
	}
	browser = name_in(browsers, sizeof(browsers) / sizeof(browsers[0]), user_agent);
	system = name_in(systems, sizeof(systems) / sizeof(systems[0]), user_agent);
	if (browser != NULL && system != NULL) {
		return message_accounts_device(arena, browser, system);
	}
	if (system != NULL) {
		return message_accounts_device_system(arena, system);
	}
	return browser == NULL ? "" : browser;
}
