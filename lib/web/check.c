#include <string.h>

#include "ground/clock.h"
#include "web/check.h"

/*
 * The length of the entity tag that begins here, quotes and all, or 0
 * (RFC 9110 section 8.8.3; a tag may hold commas, but no quote or control).
 */
static size_t
tag_length(const char *text)
{
	size_t i = strncmp(text, "W/", 2) == 0 ? 2 : 0;

	if (text[i++] != '"') {
		return 0;
	}
	while (text[i] != '\0' && text[i] != '"') {
		unsigned char byte = (unsigned char)text[i];

		if (byte < 0x21 || byte == 0x7f) {
			return 0;
		}
		i++;
	}
	return text[i] == '"' ? i + 1 : 0;
}

/* Weak comparison: W/ on either side does not count. */
static bool
tags_match(const char *a, size_t a_length, const char *b, size_t b_length)
{
	if (a_length > 2 && strncmp(a, "W/", 2) == 0) {
		a += 2;
		a_length -= 2;
	}
	if (b_length > 2 && strncmp(b, "W/", 2) == 0) {
		b += 2;
		b_length -= 2;
	}
	return a_length == b_length && memcmp(a, b, a_length) == 0;
}

bool
check_tag_is_named(const char *list, const char *tag)
{
	size_t length;

	list += strspn(list, " \t");
	if (*list == '*') {
		return list[1 + strspn(list + 1, " \t")] == '\0';
	}
	for (;;) {
		list += strspn(list, " \t,");
		length = tag_length(list);
		if (length == 0) {
			return false;
		}
		if (tags_match(list, length, tag, strlen(tag))) {
			return true;
		}
		list += length;
		list += strspn(list, " \t");
		if (*list != ',') {
			return false;
		}
	}
}

bool
check_is_unchanged(const struct request *request, const char *const *tags, size_t count,
    int64_t modified, int64_t now)
{
	int64_t since;
	size_t i;

	if (request->method != METHOD_GET) {
		return false;
	}
	if (request->if_none_match != NULL) {
		for (i = 0; i < count; i++) {
			if (check_tag_is_named(request->if_none_match, tags[i])) {
				return true;
			}
		}
		return false;
	}
	return modified >= 0 && request->if_modified_since != NULL &&
	    clock_http_read(request->if_modified_since, now, &since) && since >= modified;
}
