/*
 * The cookies of sign-in and of forms, and the tokens against cross-site
 * requests. The sessions themselves are rows of the model; the browser holds
 * a random token and the database its hash (safety rule 17).
 */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "ground/arena.h"
#include "web/request.h"
#include "web/response.h"
#include "web/site.h"

/*
 * The token in the sign-in or the form cookie, or NULL: none, sent twice, or
 * not 43 characters of base64url.
 */
const char *session_token(const struct site *site, const struct request *request);

const char *session_form_token(const struct site *site, const struct request *request);

/* The token that opens this browser's unsent applications; NULL likewise. */
const char *session_draft_token(const struct site *site, const struct request *request);

/*
 * Sets or expires a cookie: Path the site's root or "/", HttpOnly,
 * SameSite=Lax, Secure under https (safety rule 23). The sign-in cookie lasts
 * as long as any session may; the server knows when one was idle too long. The form
 * cookie lasts as long as the browser is open.
 */
void session_set(struct response *response, const char *token);

void session_form_set(struct response *response, const char *token);

/* For so many seconds. */
void session_draft_set(struct response *response, const char *token, int64_t seconds);

void session_expire(struct response *response);

void session_form_expire(struct response *response);

/*
 * The token a form carries in "_csrf": a keyed hash of the visitor's cookie
 * and a purpose. It stores nothing and tells nothing of the cookie.
 */
const char *session_csrf(struct arena *arena, const char *token);

enum session_origin {
	SESSION_ORIGIN_OWN = 1, /* the browser says: from our own pages */
	SESSION_ORIGIN_UNKNOWN, /* it says nothing: the token decides */
	SESSION_ORIGIN_FOREIGN /* another site: 403 whatever the token */
};

/*
 * Where a POST comes from, by Origin and Sec-Fetch-Site (safety rule 27).
 * Sec-Fetch-Site other than same-origin or none is foreign; an Origin that is
 * not ours is foreign, but "null" is judged by Sec-Fetch-Site alone, being
 * what Chromium sends under no-referrer, and is foreign without it.
 */
enum session_origin session_origin(const struct site *site, const struct request *request);

/*
 * Compares in constant time the token sent with the one for this cookie.
 * False when either is missing.
 */
bool
session_csrf_is_valid(struct arena *arena, const char *token, const struct request_fields *body);

#endif
