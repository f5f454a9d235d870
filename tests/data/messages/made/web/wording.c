/* Made by lib/web/build/messages from www/mail. */
#include "wording.h"

#include "ground/bytes.h"
#include "web/markdown.h"

struct wording
wording_sample_offer(struct arena *arena, const struct wording_sample_offer *values)
{
	struct bytes *subject = bytes_new(arena);
	struct bytes *body = bytes_new(arena);
	struct bytes *markdown = bytes_new(arena);

	bytes_text(subject, "Your place in ");
	bytes_text(subject, values->cohort);
	bytes_text(body, "Dear ");
	bytes_text(body, values->name);
	bytes_text(body, ",\n\nthere is a place for **you**:\n\n<");
	bytes_text(body, values->link);
	bytes_text(body, ">\n\nGood bye\n");
	bytes_text(markdown, "Dear ");
	bytes_text(markdown, markdown_escape(arena, values->name));
	bytes_text(markdown, ",\n\nthere is a place for **you**:\n\n<");
	bytes_text(markdown, values->link);
	bytes_text(markdown, ">\n\nGood bye\n");
	return (struct wording){ subject->data, body->data,
	    markdown->data };
}

struct wording
wording_sample_short(struct arena *arena, const struct wording_sample_short *values)
{
	struct bytes *subject = bytes_new(arena);
	struct bytes *body = bytes_new(arena);
	struct bytes *markdown = bytes_new(arena);

	(void)values;
	bytes_text(subject, "Hello");
	bytes_text(body, "Nothing to fill in.\n");
	bytes_text(markdown, "Nothing to fill in.\n");
	return (struct wording){ subject->data, body->data,
	    markdown->data };
}
