#include "cohort.h"
#include "model/subscription.h"
#include "web/link.h"
#include "web/page/cohort.h"

const struct form stop_form = { .name = "stop" };

static void
show(struct visit *visit, int status, enum subscription_stop stop, bool is_over)
{
	page_cohort_stop(visit_html(visit, status), &visit->frame,
	    &(struct page_cohort_stop){ .if_asks = stop != SUBSCRIPTION_STOP_NOTHING && !is_over,
		.if_ended = stop != SUBSCRIPTION_STOP_NOTHING && is_over,
		.if_nothing = stop == SUBSCRIPTION_STOP_NOTHING,
		.if_telling = stop == SUBSCRIPTION_STOP_TELLING,
		.if_reminders = stop == SUBSCRIPTION_STOP_REMINDERS,
		.if_draft = stop == SUBSCRIPTION_STOP_DRAFT,
		.action = link_stop(visit->arena, visit->site, visit_param(visit, "stop")) });
}

/* Mail programs look at links too: looking changes nothing (safety 14). */
void
stop_show(struct visit *visit)
{
	enum subscription_stop stop =
	    subscription_stop_link(visit->db, visit->arena, visit_param(visit, "stop"), visit->now);

	show(visit, stop == SUBSCRIPTION_STOP_NOTHING ? 410 : 200, stop, false);
}

/*
 * The button, and the mail program that presses it for its reader: RFC 8058,
 * section 3.1, allows no redirect, so both are answered at once. That there is
 * nothing to stop any more is what was wished for.
 */
void
stop_press(struct visit *visit)
{
	show(visit, 200,
	    subscription_stop(visit->db, visit->arena, visit_param(visit, "stop"), visit->now),
	    true);
}
