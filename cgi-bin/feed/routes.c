#include "feed.h"

static const struct route routes[] = {
	{ METHOD_GET, "/feed/", SCOPE_SITE, ROLE_ANYONE, feed_timeline_show, .form = NULL },
	{ METHOD_GET, "/feed/all.atom", SCOPE_SITE, ROLE_ANYONE, feed_atom_show, .late = true },
	{ METHOD_GET, "/feed/:cohort.atom", SCOPE_COHORT, ROLE_ANYONE, feed_atom_show,
	    .late = true },
};

const struct program feed_program = {
	.name = "feed",
	.routes = routes,
	.count = sizeof(routes) / sizeof(routes[0]),
	.sessionless = true,
};
