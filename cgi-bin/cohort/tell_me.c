#include "cohort.h"
#include "model/subscription.h"
#include "web/link.h"
#include "web/page/cohort.h"

enum { EMAIL_MAX = 254 };

enum { TELL_ME_EMAIL, TELL_ME_COUNT };

static const struct field tell_me_fields[TELL_ME_COUNT] = {
	[TELL_ME_EMAIL] = { "email", FIELD_EMAIL, MESSAGE_TELL_ME_EMAIL_LABEL,
	    MESSAGE_TELL_ME_EMAIL_HELP, .required = true, .max = EMAIL_MAX,
	    .autocomplete = "email" },
};

const struct form tell_me_form = {
	.name = "tell_me",
	.fields = tell_me_fields,
	.count = TELL_ME_COUNT,
};

const struct form tell_me_confirm_form = { .name = "tell_me_confirm" };

/* Also what the forms of other pages lead to when something is wrong. */
void
tell_me_show(struct visit *visit)
{
	struct form_values *values = visit_values(visit, &tell_me_form);

	page_cohort_tell_me(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_tell_me){ .part_errors = form_summary(values),
		.part_field = form_rows(values),
		.action = link_tell_me(visit->arena, visit->site) });
}

/* The answer is the same for known and unknown addresses (safety 18). */
void
tell_me_ask(struct visit *visit)
{
	switch (subscription_ask(visit->db, visit->arena, visit->site->secret,
	    form_text(visit->values, TELL_ME_EMAIL), visit->request->network, visit->now)) {
	case SUBSCRIPTION_ASKED:
		visit_redirect(visit,
		    link_under(visit->arena, link_tell_me(visit->arena, visit->site), "sent"));
		break;
	case SUBSCRIPTION_TOO_MANY:
		form_refuse_whole(visit->values, message(MESSAGE_TELL_ME_TOO_MANY));
		visit_again(visit);
		break;
	}
}

void
tell_me_sent(struct visit *visit)
{
	page_cohort_tell_me_sent(
	    visit_html(visit, 200), &visit->frame, &(struct page_cohort_tell_me_sent){ 0 });
}

static void
show_link(struct visit *visit, enum subscription_link state, const char *email)
{
	page_cohort_tell_me_link(visit_html(visit, state == SUBSCRIPTION_LINK_SPENT ? 410 : 200),
	    &visit->frame,
	    &(struct page_cohort_tell_me_link){ .if_confirms = state == SUBSCRIPTION_LINK_CONFIRMS,
		.if_done = state == SUBSCRIPTION_LINK_DONE,
		.if_spent = state == SUBSCRIPTION_LINK_SPENT,
		.email = email,
		.action = link_tell_me_confirm(
		    visit->arena, visit->site, visit_param(visit, "subscription")) });
}

/* Mail programs look at links too: looking changes nothing (safety 14). */
void
tell_me_link(struct visit *visit)
{
	struct subscription subscription = { 0 };
	enum subscription_link state = subscription_link(
	    visit->db, visit->arena, visit_param(visit, "subscription"), visit->now, &subscription);

	show_link(visit, state, subscription.email);
}

void
tell_me_confirm(struct visit *visit)
{
	enum subscription_link state = subscription_confirm(
	    visit->db, visit->arena, visit_param(visit, "subscription"), visit->now);

	if (state == SUBSCRIPTION_LINK_DONE) {
		visit_notice(visit, MESSAGE_DONE_TELL_ME);
		visit_redirect(visit, link_home(visit->arena, visit->site));
	} else {
		show_link(visit, SUBSCRIPTION_LINK_SPENT, NULL);
	}
}
