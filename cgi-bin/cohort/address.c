#include "cohort.h"
#include "model/address_change.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

enum { EMAIL_MAX = 254 };

enum { ADDRESS_EMAIL, ADDRESS_COUNT };

static const struct field address_fields[ADDRESS_COUNT] = {
	[ADDRESS_EMAIL] = { "email", FIELD_EMAIL, MESSAGE_ACCOUNTS_EMAIL_LABEL,
	    MESSAGE_ACCOUNTS_EMAIL_HELP, true, .max = EMAIL_MAX, .autocomplete = "email" },
};

const struct form address_form = {
	.name = "address",
	.fields = address_fields,
	.count = ADDRESS_COUNT,
};

const struct form address_keep_form = { .name = "address_keep" };
const struct form address_side_form = { .name = "address_side" };

/* ---- asking ---- */

static void
show_change(struct visit *visit, struct page_cohort_address *page)
{
	struct address_change change;

	page->if_change =
	    address_change_find(visit->db, visit->arena, visit->person->id, visit->now, &change);
	if (!page->if_change) {
		return;
	}
	page->new_email = change.email;
	page->if_old_confirmed = change.old_confirmed_at != DB_NULL;
	page->if_new_confirmed = change.new_confirmed_at != DB_NULL;
	page->until = time_words(visit->arena, visit->zone, change.ends_at);
	page->until_machine = time_machine(visit->arena, change.ends_at);
	page->keep_action =
	    link_under(visit->arena, link_address(visit->arena, visit->site), "keep");
}

void
address_show(struct visit *visit)
{
	struct form_values *values = visit_values(visit, &address_form);
	struct page_cohort_address page = {
		.email = visit->person->email,
		.action = link_address(visit->arena, visit->site),
		.part_errors = form_summary(visit->values),
		.part_field = form_rows(values),
	};

	show_change(visit, &page);
	page_cohort_address(visit_html(visit, 200), &visit->frame, &page);
}

void
address_ask(struct visit *visit)
{
	switch (address_change_ask(visit->db, visit->arena, visit->site->secret, visit->person,
	    form_text(visit->values, ADDRESS_EMAIL), visit->request->network, visit->now)) {
	case ADDRESS_ASK_DONE:
		visit_notice(visit, MESSAGE_DONE_ADDRESS_ASKED);
		visit_redirect(visit, link_address(visit->arena, visit->site));
		break;
	case ADDRESS_ASK_SAME:
		form_refuse(visit->values, ADDRESS_EMAIL, message(MESSAGE_ACCOUNTS_EMAIL_SAME));
		visit_again(visit);
		break;
	case ADDRESS_ASK_TOO_MANY:
		form_refuse_whole(visit->values, message(MESSAGE_ACCOUNTS_EMAIL_TOO_MANY));
		visit_again(visit);
		break;
	case ADDRESS_ASK_FAULT:
		visit_error(visit, 500);
		break;
	}
}

/* Pressed twice, or after the change was over: the address is kept anyway. */
void
address_keep(struct visit *visit)
{
	(void)address_change_withdraw(visit->db, visit->person->id);
	visit_notice(visit, MESSAGE_DONE_ADDRESS_KEPT);
	visit_redirect(visit, link_address(visit->arena, visit->site));
}

/* ---- the mailed links ---- */

static bool
find_side(struct visit *visit, struct address_side *side)
{
	return address_change_open(
	    visit->db, visit->arena, visit_param(visit, "change"), visit->now, side);
}

static void
show_side(struct visit *visit, int status, struct page_cohort_address_side *page)
{
	page->action =
	    link_address_confirm(visit->arena, visit->site, visit_param(visit, "change"));
	page_cohort_address_side(visit_html(visit, status), &visit->frame, page);
}

/* Whoever holds the link to the new mailbox learns nothing of the old one. */
void
address_side_show(struct visit *visit)
{
	struct address_side side;
	struct page_cohort_address_side page = { 0 };

	if (!find_side(visit, &side)) {
		page.if_over = true;
		show_side(visit, 410, &page);
		return;
	}
	page.if_waits = side.is_confirmed;
	page.if_asks = !side.is_confirmed;
	page.if_new = side.is_new;
	page.new_email = side.change.email;
	page.until = time_words(visit->arena, visit->zone, side.change.ends_at);
	page.until_machine = time_machine(visit->arena, side.change.ends_at);
	show_side(visit, 200, &page);
}

/* The session of whoever presses goes on if it is the account's. */
static int64_t
own_session(const struct visit *visit, const struct address_side *side)
{
	return visit->session != NULL && visit->session->person_id == side->change.person_id
	    ? visit->session->id
	    : 0;
}

void
address_side_press(struct visit *visit)
{
	struct address_side side;
	int64_t own;

	if (!find_side(visit, &side)) {
		address_side_show(visit);
		return;
	}
	own = own_session(visit, &side);
	switch (address_change_press(visit->db, visit->arena, &side, own, visit->now)) {
	case ADDRESS_PRESS_WAITS:
		visit_redirect(visit,
		    link_address_confirm(visit->arena, visit->site, visit_param(visit, "change")));
		break;
	case ADDRESS_PRESS_CHANGED:
		visit_notice(visit, MESSAGE_DONE_ADDRESS_CHANGED);
		visit_redirect(visit,
		    own != 0 ? link_address(visit->arena, visit->site)
			     : link_sign_in(visit->arena, visit->site));
		break;
	case ADDRESS_PRESS_TAKEN:
		show_side(visit, 409,
		    &(struct page_cohort_address_side){
			.if_taken = true, .new_email = side.change.email });
		break;
	case ADDRESS_PRESS_FAULT:
		visit_error(visit, 500);
		break;
	}
}
