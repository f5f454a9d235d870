/* A volunteers' form as whoever is invited sees it; nothing can be sent. */
#include <string.h>

#include "builder.h"
#include "crew.h"
#include "ground/text.h"
#include "web/link.h"
#include "web/markdown.h"
#include "web/page/cohort.h"

void
builder_preview_show(struct visit *visit)
{
	struct builder builder;

	if (!builder_find(visit, &builder)) {
		return;
	}
	visit_redirect(visit, builder_link(visit, &builder));
}
