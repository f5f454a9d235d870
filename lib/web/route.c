#include <string.h>

#include "ground/bytes.h"
#include "web/form.h"
#include "web/route.h"

/* How well a segment of a pattern fits; more is better, 0 is not at all. */
enum { FIT_CAPTURE = 1, FIT_SUFFIX, FIT_LITERAL };

/* One segment of a pattern: the text up to the next slash. */
struct segment {
	const char *text;
	size_t length;
	size_t name; /* length of a capture's name, or 0 */
};

/* The first segment of a pattern. */
static struct segment
segment_first(const char *pattern)
{
	struct segment segment = { pattern + 1, 0, 0 };

	segment.length = strcspn(segment.text, "/");
	if (segment.text[0] == ':') {
		segment.name = strcspn(segment.text + 1, "/.");
	}
	return segment;
}

/* The segment after this one; false when it was the last. */
static bool
segment_next(struct segment *segment)
{
	if (segment->text[segment->length] == '\0') {
		return false;
	}
	*segment = segment_first(segment->text + segment->length);
	return true;
}

static int
segment_fit(const struct segment *segment, const char *part)
{
	size_t length = strlen(part), suffix;

	if (segment->name == 0) {
		return length == segment->length && memcmp(part, segment->text, length) == 0
		    ? FIT_LITERAL
		    : 0;
	}
	suffix = segment->length - 1 - segment->name;
	if (length <= suffix ||
	    memcmp(part + length - suffix, segment->text + 1 + segment->name, suffix) != 0) {
		return 0;
	}
	return suffix > 0 ? FIT_SUFFIX : FIT_CAPTURE;
}

/*
 * How well a pattern fits a path: a number whose digits, from the left, are
 * those of its segments, so that the leftmost literal wins. 0: not at all.
 */
static unsigned long long
pattern_fit(const char *pattern, const struct request *request)
{
	struct segment segment = segment_first(pattern);
	unsigned long long fit = 0;
	size_t i = 0;
	int digit;

	do {
		if (i == request->segment_count) {
			return 0;
		}
		digit = segment_fit(&segment, request->segments[i++]);
		if (digit == 0) {
			return 0;
		}
		fit = fit * 4 + (unsigned long long)digit;
	} while (segment_next(&segment));
	return i == request->segment_count ? fit : 0;
}

static void
match_capture(struct arena *arena, const char *pattern, const struct request *request,
    struct route_match *match)
{
	struct segment segment = segment_first(pattern);
	size_t i = 0, suffix;

	do {
		const char *part = request->segments[i++];

		if (segment.name == 0 || match->param_count == ROUTE_PARAMS_MAX) {
			continue;
		}
		suffix = segment.length - 1 - segment.name;
		match->params[match->param_count++] =
		    (struct route_param){ arena_copy_bytes(arena, segment.text + 1, segment.name),
			    arena_copy_bytes(arena, part, strlen(part) - suffix) };
	} while (segment_next(&segment));
}

/* The methods of all rows with this pattern, for Allow. */
static const char *
pattern_methods(const struct program *program, const char *pattern)
{
	bool get = false, post = false;
	size_t i;

	for (i = 0; i < program->count; i++) {
		if (strcmp(program->routes[i].pattern, pattern) == 0) {
			get |= program->routes[i].method == METHOD_GET;
			post |= program->routes[i].method == METHOD_POST;
		}
	}
	if (get && post) {
		return "GET, HEAD, POST";
	}
	return post ? "POST" : "GET, HEAD";
}

enum route_outcome
route_find(struct arena *arena, const struct program *program, const struct request *request,
    struct route_match *match)
{
	const char *pattern = NULL;
	unsigned long long best = 0;
	size_t i;

	memset(match, 0, sizeof(*match));
	for (i = 0; i < program->count; i++) {
		unsigned long long fit = pattern_fit(program->routes[i].pattern, request);

		if (fit > best) {
			best = fit;
			pattern = program->routes[i].pattern;
		}
	}
	if (pattern == NULL) {
		return ROUTE_UNKNOWN;
	}
	match->allow = pattern_methods(program, pattern);
	for (i = 0; i < program->count; i++) {
		const struct route *route = &program->routes[i];

		if (route->method == request->method && request->method != METHOD_OTHER &&
		    strcmp(route->pattern, pattern) == 0) {
			match->route = route;
			match_capture(arena, pattern, request, match);
			return ROUTE_FOUND;
		}
	}
	return ROUTE_METHOD;
}

static bool
pattern_has(const char *pattern, const char *name)
{
	struct segment segment = segment_first(pattern);

	do {
		if (segment.name == strlen(name) &&
		    memcmp(segment.text + 1, name, segment.name) == 0) {
			return true;
		}
	} while (segment_next(&segment));
	return false;
}

static const char *
scope_problem(const struct route *route)
{
	switch (route->scope) {
	case SCOPE_SITE:
		return NULL;
	case SCOPE_COHORT:
		return pattern_has(route->pattern, "cohort") ? NULL : "no :cohort";
	case SCOPE_GROUP:
		return pattern_has(route->pattern, "cohort") && pattern_has(route->pattern, "group")
		    ? NULL
		    : "no :cohort or no :group";
	case SCOPE_APPLICATION:
		return pattern_has(route->pattern, "application") ? NULL : "no :application";
	default:
		return "no scope";
	}
}

static const char *
row_problem(const struct route *route)
{
	if (route->pattern == NULL || route->pattern[0] != '/') {
		return "no pattern";
	}
	if (route->method != METHOD_GET && route->method != METHOD_POST) {
		return "no method";
	}
	if (route->roles == 0) {
		return "no roles";
	}
	if (route->handle == NULL) {
		return "no handler";
	}
	if (route->method == METHOD_POST &&
	    ((route->form == NULL && route->form_of == NULL) || route->again == NULL)) {
		return "no form or no way to show it again";
	}
	if (route->form != NULL && route->form_of != NULL) {
		return "two forms";
	}
	if (route->method == METHOD_GET && route->again != NULL) {
		return "a GET that is shown again";
	}
	if (route->one_click &&
	    (route->method != METHOD_POST || !route->secret || route->form == NULL ||
		route->form->count > 0)) {
		return "a one-click row that is no POST of a secret address without fields";
	}
	if (route->method == METHOD_POST && route->late) {
		return "a POST that is late";
	}
	return scope_problem(route);
}

static bool
row_is_repeated(const struct program *program, size_t row)
{
	size_t i;

	for (i = 0; i < row; i++) {
		if (program->routes[i].method == program->routes[row].method &&
		    strcmp(program->routes[i].pattern, program->routes[row].pattern) == 0) {
			return true;
		}
	}
	return false;
}

const char *
route_problem(struct arena *arena, const struct program *program)
{
	const char *problem;
	size_t i;

	for (i = 0; i < program->count; i++) {
		const struct route *route = &program->routes[i];

		problem = row_problem(route);
		if (problem == NULL && row_is_repeated(program, i)) {
			problem = "a second row of this kind";
		}
		if (problem == NULL && route->form != NULL) {
			problem = form_problem(arena, route->form);
		}
		if (problem != NULL) {
			return arena_format(arena, "%s: %s",
			    route->pattern == NULL ? "?" : route->pattern, problem);
		}
	}
	return NULL;
}
