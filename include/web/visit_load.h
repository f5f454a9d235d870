/*
 * The steps of loading a visit, for the dispatcher alone. Each runs inside a
 * transaction that the caller began, and may run again in another one.
 */
#ifndef WEB_VISIT_LOAD_H
#define WEB_VISIT_LOAD_H

#include <stdbool.h>

#include "web/visit.h"

/*
 * The programme and the visitor. False on a fault of the database, or with a
 * 503 already written where there is no programme yet.
 */
bool visit_load_person(struct visit *visit);

/*
 * That, then the object of the address, the visitor's roles in it, and the
 * frame. False when the answer is already made (404, sign-in) or on a fault.
 */
bool visit_load_scope(struct visit *visit);

#endif
