#include "cohort.h"
#include "ground/address.h"
#include "web/link.h"
#include "web/page/cohort.h"

enum { EMAIL_MAX = 254 };

enum { SIGN_IN_EMAIL, SIGN_IN_NEXT, SIGN_IN_COUNT };

static const struct field sign_in_fields[SIGN_IN_COUNT] = {
	[SIGN_IN_EMAIL] = { "email", FIELD_EMAIL, MESSAGE_COHORT_EMAIL_LABEL,
	    MESSAGE_COHORT_EMAIL_HELP, true, .max = EMAIL_MAX, .autocomplete = "email" },
	[SIGN_IN_NEXT] = { "next", FIELD_HIDDEN, MESSAGE_COHORT_NEXT_LABEL,
	    .max = REQUEST_PATH_MAX },
};

const struct form sign_in_form = {
	.name = "sign_in",
	.fields = sign_in_fields,
	.count = SIGN_IN_COUNT,
};

const struct form sign_out_form = { .name = "sign_out" };

/* Also shown when another page's request for a link was one too many. */
void
sign_in_show(struct visit *visit)
{
	struct form_values *values = visit_values(visit, &sign_in_form);

	form_fill(values, SIGN_IN_NEXT, visit_next(visit, visit_query(visit, "next"), NULL));
	page_cohort_sign_in(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_sign_in){
		.part_errors = form_summary(visit->values), .part_field = form_rows(values) });
}

/*
 * The answer is the same for known and unknown addresses (safety 18); only
 * paths of our own are kept for afterwards (safety 25).
 */
void
sign_in_send(struct visit *visit)
{
	const char *next = visit_next(visit, form_text(visit->values, SIGN_IN_NEXT), NULL);

	switch (sign_in_ask(visit->db, visit->arena, visit->site->secret,
	    form_text(visit->values, SIGN_IN_EMAIL), visit->request->network, next, visit->now)) {
	case SIGN_IN_ASKED:
		visit_redirect(visit,
		    link_under(visit->arena, link_sign_in(visit->arena, visit->site), "sent"));
		break;
	case SIGN_IN_TOO_MANY:
		form_refuse_whole(visit->values, message(MESSAGE_COHORT_SIGN_IN_TOO_MANY));
		visit_again(visit);
		break;
	}
}

void
sign_in_sent(struct visit *visit)
{
	page_cohort_sent(visit_html(visit, 200), &visit->frame, &(struct page_cohort_sent){ 0 });
}

void
sign_out_show(struct visit *visit)
{
	page_cohort_sign_out(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_sign_out){ .part_errors = visit->values == NULL
		    ? (struct page_part_errors_list){ 0 }
		    : form_summary(visit->values) });
}

void
sign_out_press(struct visit *visit)
{
	if (visit->session != NULL) {
		session_end(visit->db, visit->session->id);
	}
	visit_sign_out(visit);
	visit_notice(visit, MESSAGE_DONE_SIGNED_OUT);
	visit_redirect(visit, link_home(visit->arena, visit->site));
}
