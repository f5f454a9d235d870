#include <inttypes.h>

#include "ground/text.h"
#include "ground/token.h"
#include "model/session.h"
#include "web/session.h"

static const char *
cookie_token(const struct request *request, const char *name)
{
	const char *value = request_fields_value(&request->cookies, name);

	return token_is_shaped(value) ? value : NULL;
}

const char *
session_token(const struct site *site, const struct request *request)
{
	return cookie_token(request, site->session_cookie);
}

const char *
session_form_token(const struct site *site, const struct request *request)
{
	return cookie_token(request, site->form_cookie);
}

const char *
session_draft_token(const struct site *site, const struct request *request)
{
	return cookie_token(request, site->draft_cookie);
}

static void
cookie_set(struct response *response, const char *name, const char *value, const char *age)
{
	const struct site *site = response->site;

	(void)response_header(response, "Set-Cookie",
	    arena_format(response->arena, "%s=%s; Path=%s; HttpOnly; SameSite=Lax%s%s", name, value,
		*site->root == '\0' ? "/" : site->root, site->secure ? "; Secure" : "", age));
}

void
session_set(struct response *response, const char *token)
{
	cookie_set(response, response->site->session_cookie, token,
	    arena_format(response->arena, "; Max-Age=%" PRId64, SESSION_END_SECONDS));
}

void
session_form_set(struct response *response, const char *token)
{
	cookie_set(response, response->site->form_cookie, token, "");
}

void
session_draft_set(struct response *response, const char *token, int64_t seconds)
{
	cookie_set(response, response->site->draft_cookie, token,
	    arena_format(response->arena, "; Max-Age=%" PRId64, seconds));
}

void
session_expire(struct response *response)
{
	cookie_set(response, response->site->session_cookie, "", "; Max-Age=0");
}

void
session_form_expire(struct response *response)
{
	cookie_set(response, response->site->form_cookie, "", "; Max-Age=0");
}

const char *
session_csrf(struct arena *arena, const char *token)
{
	return token_keyed(arena, token, "csrf");
}

enum session_origin
session_origin(const struct site *site, const struct request *request)
{
	const char *fetch = request->sec_fetch_site;
	bool own = text_equal(fetch, "same-origin");

	if (fetch != NULL && !own && !text_equal(fetch, "none")) {
		return SESSION_ORIGIN_FOREIGN;
	}
	if (request->origin == NULL) {
		return own ? SESSION_ORIGIN_OWN : SESSION_ORIGIN_UNKNOWN;
	}
	if (text_equal(request->origin, "null")) {
		return own ? SESSION_ORIGIN_OWN : SESSION_ORIGIN_FOREIGN;
	}
	return text_equal(request->origin, site->origin) ? SESSION_ORIGIN_OWN
							 : SESSION_ORIGIN_FOREIGN;
}

bool
session_csrf_is_valid(struct arena *arena, const char *token, const struct request_fields *body)
{
	const char *sent = request_fields_value(body, "_csrf");

	return token != NULL && sent != NULL && token_equal(sent, session_csrf(arena, token));
}
