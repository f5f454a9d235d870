#include "draft.h"

#include <string.h>

#include "apply.h"
#include "ground/bytes.h"
#include "ground/text.h"
#include "ground/token.h"
#include "web/link.h"
#include "web/session.h"
#include "web/time.h"

struct apply_draft
apply_draft_of(struct visit *visit)
{
	const char *token = session_draft_token(visit->site, visit->request);
	struct apply_draft own = { 0 };

	if (!draft_find(visit->db, visit->arena, visit->cohort->id, token, &own.draft)) {
		own.draft = (struct draft){ 0 };
	}
	own.window =
	    draft_window(visit->db, visit->arena, visit->cohort, apply_draft_row(&own), visit->now);
	return own;
}

const struct draft *
apply_draft_row(const struct apply_draft *own)
{
	return own->draft.id == 0 ? NULL : &own->draft;
}

/* As browsers do: a draft is no longer than the body it came in. */
static void
encode(struct bytes *out, const char *text)
{
	static const char digits[] = "0123456789ABCDEF";

	for (; *text != '\0'; text++) {
		unsigned char byte = (unsigned char)*text;

		if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
		    (byte >= '0' && byte <= '9') || strchr("*-._", *text) != NULL) {
			bytes_char(out, *text);
		} else if (byte == ' ') {
			bytes_char(out, '+');
		} else {
			bytes_char(out, '%');
			bytes_char(out, digits[byte / 16]);
			bytes_char(out, digits[byte % 16]);
		}
	}
}

/* What was typed: neither the page's own fields nor the button. */
static const char *
typed(struct visit *visit)
{
	const struct request_fields *body = &visit->request->body;
	struct bytes *out = bytes_new(visit->arena);

	for (size_t i = 0; i < body->count; i++) {
		const struct request_field *field = &body->rows[i];

		if (!field->valid || field->name[0] == '_' || strcmp(field->name, "step") == 0) {
			continue;
		}
		if (out->length > 0) {
			bytes_char(out, '&');
		}
		encode(out, field->name);
		bytes_char(out, '=');
		encode(out, field->value);
	}
	return out->data == NULL ? "" : out->data;
}

static const char *
sent(struct visit *visit, const char *name)
{
	const char *value = request_fields_value(&visit->request->body, name);

	return value == NULL ? "" : value;
}

/*
 * A double click begins one draft, not two: the first cookie is made of the
 * page's own random key, so that both requests make the same one.
 */
const char *
apply_draft_token(struct visit *visit)
{
	const char *token = session_draft_token(visit->site, visit->request);
	const char *key = sent(visit, "_key");

	if (token != NULL) {
		return token;
	}
	return token_is_shaped(key) ? token_derive(visit->arena, visit->site->secret, 0,
					  arena_format(visit->arena, "draft cookie %s", key))
				    : token_random(visit->arena);
}

void
apply_draft_remember(
    struct visit *visit, const struct cohort *cohort, const struct draft *draft, const char *token)
{
	int64_t ends = draft_ends(visit->db, visit->arena, cohort, draft);

	session_draft_set(visit->response, token, ends > visit->now ? ends - visit->now : 0);
}

static struct draft_page
page_of(struct visit *visit)
{
	return (struct draft_page){
		.token = apply_draft_token(visit),
		.key = sent(visit, "_key"),
		.mark = sent(visit, "_draft"),
		.fields = typed(visit),
	};
}

void
apply_draft_fill(struct visit *visit, const struct apply_draft *own)
{
	const char *words = own->draft.fields;
	struct request_fields fields;

	if (own->draft.id == 0 || *words == '\0' || visit->again ||
	    !request_fields_read(visit->arena, words, strlen(words), &fields)) {
		return;
	}
	visit->values = form_read(visit->arena, visit->values->form, &fields);
	visit->values->unmarked = true;
}

/* Whether this page was told just now that another window's words are there. */
static bool
was_told(const struct visit *visit)
{
	return visit->again && visit->values->message != NULL &&
	    (visit->values->message == message(MESSAGE_DRAFT_STALE) ||
		visit->values->message == message(MESSAGE_DRAFT_GONE));
}

const char *
apply_draft_mark(struct visit *visit, const struct apply_draft *own)
{
	if (visit->again && !was_told(visit)) {
		return sent(visit, "_draft");
	}
	return draft_mark(visit->arena, apply_draft_row(own));
}

struct page_part_draft_list
apply_draft_part(struct visit *visit, const struct apply_draft *own)
{
	struct page_part_draft *part = arena_alloc(visit->arena, sizeof(*part));
	const struct draft *draft = &own->draft;
	struct arena *arena = visit->arena;
	int64_t ends;

	if (draft->id == 0) {
		return (struct page_part_draft_list){ NULL, 0 };
	}
	ends = draft_ends(visit->db, arena, visit->cohort, draft);
	part->if_draft_saved = *draft->fields != '\0';
	part->draft_saved = time_words(arena, visit->zone, draft->saved_at);
	part->draft_saved_machine = time_machine(arena, draft->saved_at);
	part->if_draft_late = own->window == DRAFT_WINDOW_LATE || own->window == DRAFT_WINDOW_GRACE;
	part->draft_closed = time_words(arena, visit->zone, visit->cohort->closes_at);
	part->draft_closed_machine = time_machine(arena, visit->cohort->closes_at);
	part->draft_ends = time_words(arena, visit->zone, ends);
	part->draft_ends_machine = time_machine(arena, ends);
	part->if_draft_open = draft_window_is_open(own->window);
	part->if_draft_mailed = draft->mailed_at != DB_NULL;
	part->draft_email = draft->email;
	return (struct page_part_draft_list){ part, 1 };
}

/* The address that was typed, if it is one. */
static const char *
typed_address(const struct form_values *values)
{
	for (size_t i = 0; i < values->form->count; i++) {
		if (strcmp(values->form->fields[i].name, "email") == 0) {
			return values->values[i].state == FIELD_VALID ? form_text(values, i) : NULL;
		}
	}
	return NULL;
}

static void
refuse(struct visit *visit, enum message words)
{
	visit->values->unmarked = true;
	form_refuse_whole(visit->values, message(words));
	visit_again(visit);
}

static void
refuse_newer(struct visit *visit, const struct draft *draft)
{
	refuse(visit, draft->id == 0 ? MESSAGE_DRAFT_GONE : MESSAGE_DRAFT_STALE);
}

/* For the script: what its page has seen now. */
static void
answer_script(struct visit *visit, const struct draft *draft)
{
	visit->response->content_type = "text/plain; charset=utf-8";
	bytes_text(visit->response->body, draft_mark(visit->arena, draft));
}

static void
answer_button(struct visit *visit, const struct draft *draft, bool mails)
{
	const struct application_sender sender = {
		.email = draft->email,
		.network = visit->request->network,
		.secret = visit->site->secret,
	};

	if (!draft_mail(visit->db, visit->arena, draft, &sender, mails, visit->now)) {
		visit_error(visit, 500);
		return;
	}
	visit_notice(visit, MESSAGE_DONE_DRAFT_SAVED);
	visit_redirect(visit, link_apply(visit->arena, visit->site, visit->cohort->slug));
}

/* Nothing is stored, and the script says so. */
static bool
script_is_refused(struct visit *visit, bool is_script, int status)
{
	if (is_script) {
		response_empty(visit->response, status);
	}
	return is_script;
}

static void
save(struct visit *visit, bool is_finished, const char *step)
{
	struct draft_page page = page_of(visit);
	bool is_script = strcmp(step, "keep") == 0;
	struct draft draft;

	if (strlen(page.fields) > DRAFT_FIELDS_MAX) {
		visit_error(visit, 413);
		return;
	}
	switch (draft_save(visit->db, visit->arena, visit->cohort, &page,
	    typed_address(visit->values), is_finished, visit->now, &draft)) {
	case DRAFT_SAVED:
		apply_draft_remember(visit, visit->cohort, &draft, page.token);
		if (is_script) {
			answer_script(visit, &draft);
		} else {
			answer_button(visit, &draft, strcmp(step, "mail") == 0);
		}
		break;
	case DRAFT_STALE:
		if (!script_is_refused(visit, is_script, 409)) {
			refuse_newer(visit, &draft);
		}
		break;
	case DRAFT_TOO_EARLY:
	case DRAFT_TOO_LATE:
		if (!script_is_refused(visit, is_script, 410)) {
			apply_refuse_closed(visit);
		}
		break;
	case DRAFT_FAULT:
		visit_error(visit, 500);
		break;
	}
}

bool
apply_draft_step(struct visit *visit, bool is_finished)
{
	const char *step = form_step(visit->values);

	if (!text_equal(step, "save") && !text_equal(step, "mail") && !text_equal(step, "keep")) {
		return false;
	}
	save(visit, is_finished, step);
	return true;
}

bool
apply_draft_refuses(struct visit *visit)
{
	struct apply_draft own = apply_draft_of(visit);
	struct draft_page page = page_of(visit);

	if (!draft_is_newer(visit->arena, apply_draft_row(&own), &page)) {
		return false;
	}
	refuse_newer(visit, &own.draft);
	return true;
}

int64_t
apply_draft_open_until(struct visit *visit, const char *email)
{
	struct apply_draft own = apply_draft_of(visit);

	return draft_ends_for(
	    visit->db, visit->arena, visit->cohort, apply_draft_row(&own), email, visit->now);
}

const char *
apply_draft_late_address(struct visit *visit)
{
	struct apply_draft own = apply_draft_of(visit);

	return own.window == DRAFT_WINDOW_LATE ? own.draft.email : NULL;
}

void
apply_draft_sent(struct visit *visit)
{
	struct apply_draft own = apply_draft_of(visit);

	if (own.draft.id != 0 && !draft_delete_sent(visit->db, &own.draft)) {
		visit_error(visit, 500);
	}
}
