/*
 * Words that were sent by somebody who is not signed in any more.
 */
#ifndef WEB_KEPT_H
#define WEB_KEPT_H

#include <stdbool.h>

#include "web/visit.h"

/*
 * Where a visitor would be sent to sign in: answers a POST that came from our
 * own pages (SESSION_ORIGIN_OWN) and had fields with a page, status 403, that
 * holds all of them, says how to sign in elsewhere, and sends them again to
 * the same address. Whoever is signed in then has an old token, so that they
 * see the form, filled, before anything is done.
 *
 * The page holds what this request brought and nothing else: not whether the
 * address names anything. False for any other request: nothing was answered.
 */
bool kept_show(struct visit *visit);

#endif
