#include "ground/text.h"
#include "letters_writing.h"
#include "model/feed_ping.h"
#include "web/feed_link.h"
#include "web/request.h"

/* The form of the document that is told of; false when there is none such. */
static bool
find_form(const struct writing *writing, enum feed_link_form *form)
{
	const char *document = json_string_value(json_object_get(writing->parameters, "document"));

	*form = text_equal(document, "json") ? FEED_LINK_JSON : FEED_LINK_ATOM;
	return *form == FEED_LINK_JSON || text_equal(document, "atom");
}

/*
 * A topic is the address that its document gives as its own, so that hub and
 * subscribers mean the same (WebSub, "Discovery").
 */
enum letter_outcome
letter_feed_ping(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	enum feed_link_form form;
	struct feed_name name;
	const char *topic;

	if (crewctl->site->hub == NULL || !find_form(writing, &form) ||
	    !feed_ping_feed(
		crewctl->db, writing->arena, letter_parameter_id(writing, "feed"), &name)) {
		return LETTER_POINTLESS;
	}
	topic = letter_absolute(writing, feed_link(writing->arena, crewctl->site, &name, form));
	writing->letter->payload = arena_format(
	    writing->arena, "hub.mode=publish&hub.url=%s", request_escape(writing->arena, topic));
	return LETTER_READY;
}
