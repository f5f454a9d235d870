#include "web/kept.h"

#include <string.h>

#include "web/frame.h"
#include "web/link.h"
#include "web/page/error.h"
#include "web/session.h"

/* Of the frame's own fields only the key of the form is one of its words. */
static bool
is_kept(const struct request_field *field)
{
	return field->valid && strcmp(field->name, "_csrf") != 0;
}

static bool
is_typed(const struct request_field *field)
{
	return is_kept(field) && field->name[0] != '_' && field->value[0] != '\0';
}

static struct page_error_kept_fields_list
kept_fields(struct arena *arena, const struct request_fields *fields)
{
	struct page_error_kept_fields *rows = arena_array(arena, fields->count + 1, sizeof(*rows));
	size_t count = 0;

	for (size_t i = 0; i < fields->count; i++) {
		if (is_kept(&fields->rows[i])) {
			rows[count].field_name = fields->rows[i].name;
			rows[count++].field_value = fields->rows[i].value;
		}
	}
	return (struct page_error_kept_fields_list){ rows, count };
}

static bool
has_words(const struct request_fields *fields)
{
	for (size_t i = 0; i < fields->count; i++) {
		if (is_typed(&fields->rows[i])) {
			return true;
		}
	}
	return false;
}

bool
kept_show(struct visit *visit)
{
	const struct request *request = visit->request;
	const struct page_error_kept page = {
		/* Sent again before anybody signed in. */
		.if_still = !visit->stale,
		.sign_in_link = link_sign_in(visit->arena, visit->site),
		.action = arena_format(visit->arena, "%s%s", visit->site->root, request->path),
		.fields = kept_fields(visit->arena, &request->body),
	};

	if (request->method != METHOD_POST || !has_words(&request->body) ||
	    session_origin(visit->site, request) != SESSION_ORIGIN_OWN) {
		return false;
	}
	frame_person(visit);
	visit_shows_form(visit);
	page_error_kept(visit_html(visit, 403), &visit->frame, &page);
	return true;
}
