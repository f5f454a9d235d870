#include "apply.h"
#include "draft.h"
#include "model/scope.h"
#include "web/link.h"
#include "web/session.h"
#include "web/time.h"

enum { CODE_MAX = 20 };

const struct form apply_draft_link_form = { .name = "draft" };
const struct form apply_forget_form = { .name = "forget" };

enum { CODE_EMAIL, CODE_CODE, CODE_COUNT };

static const struct field code_fields[CODE_COUNT] = {
	[CODE_EMAIL] = { .name = "email",
	    .kind = FIELD_EMAIL,
	    .label = MESSAGE_APPLY_EMAIL_LABEL,
	    .help = MESSAGE_DRAFT_CODE_EMAIL_HELP,
	    .required = true,
	    .max = APPLICATION_EMAIL_MAX,
	    .autocomplete = "email" },
	[CODE_CODE] = { .name = "code",
	    .kind = FIELD_LINE,
	    .label = MESSAGE_DRAFT_CODE_LABEL,
	    .help = MESSAGE_DRAFT_CODE_HELP,
	    .required = true,
	    .max = CODE_MAX,
	    .autocomplete = "one-time-code",
	    .verbatim = true },
};

const struct form apply_code_form = {
	.name = "code",
	.fields = code_fields,
	.count = CODE_COUNT,
};

/* Whether this browser shows other words at this moment. */
static bool
has_another(struct visit *visit, const struct draft *draft)
{
	struct draft other;

	return draft_find(visit->db, visit->arena, draft->cohort_id,
		   session_draft_token(visit->site, visit->request), &other) &&
	    other.id != draft->id && *other.fields != '\0';
}

static void
show_over(struct visit *visit)
{
	page_apply_draft(
	    visit_html(visit, 410), &visit->frame, &(struct page_apply_draft){ .if_over = true });
}

/* What the button would do; looking changes nothing (safety 14). */
void
apply_draft_link_show(struct visit *visit)
{
	const char *token = visit_param(visit, "draft");
	struct arena *arena = visit->arena;
	struct cohort cohort;
	struct draft draft;
	int64_t ends;

	if (!draft_of_link(visit->db, arena, token, visit->now, &cohort, &draft)) {
		show_over(visit);
		return;
	}
	ends = draft_ends(visit->db, arena, &cohort, &draft);
	page_apply_draft(visit_html(visit, 200), &visit->frame,
	    &(struct page_apply_draft){ .cohort = cohort.name,
		.cohort_link = link_cohort(arena, visit->site, cohort.slug),
		.if_words = *draft.fields != '\0',
		.saved = time_words(arena, visit->zone, draft.saved_at),
		.saved_machine = time_machine(arena, draft.saved_at),
		.ends = time_words(arena, visit->zone, ends),
		.ends_machine = time_machine(arena, ends),
		.if_another = has_another(visit, &draft),
		.action = link_apply_draft(arena, visit->site, token) });
}

void
apply_draft_link_press(struct visit *visit)
{
	const char *token = apply_draft_token(visit);
	struct cohort cohort;
	struct draft draft;

	if (!draft_of_link(visit->db, visit->arena, visit_param(visit, "draft"), visit->now,
		&cohort, &draft)) {
		show_over(visit);
		return;
	}
	if (!draft_open(visit->db, visit->arena, &draft, token, visit->now)) {
		visit_error(visit, 500);
		return;
	}
	apply_draft_remember(visit, &cohort, &draft, token);
	visit_notice(visit, MESSAGE_DONE_DRAFT_OPENED);
	visit_redirect(visit, link_apply(visit->arena, visit->site, cohort.slug));
}

void
apply_code_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	struct arena *arena = visit->arena;

	page_apply_code(visit_html(visit, 200), &visit->frame,
	    &(struct page_apply_code){ .cohort = cohort->name,
		.form_link = link_apply(arena, visit->site, cohort->slug),
		.part_errors = form_summary(visit->values),
		.part_field = form_rows(visit->values),
		.action = link_apply_code(arena, visit->site, cohort->slug) });
}

/*
 * A wrong code is answered with 200: what is refused with another status is
 * rolled back, and the try is to count (safety 19).
 */
void
apply_code_send(struct visit *visit)
{
	const struct application_sender sender = {
		.email = form_text(visit->values, CODE_EMAIL),
		.network = visit->request->network,
		.secret = visit->site->secret,
	};
	const char *token = apply_draft_token(visit);
	struct draft draft;

	switch (draft_open_by_code(visit->db, visit->arena, visit->cohort, &sender,
	    form_text(visit->values, CODE_CODE), token, visit->now, &draft)) {
	case DRAFT_CODE_OPENED:
		apply_draft_remember(visit, visit->cohort, &draft, token);
		visit_notice(visit, MESSAGE_DONE_DRAFT_OPENED);
		visit_redirect(visit, link_apply(visit->arena, visit->site, visit->cohort->slug));
		break;
	case DRAFT_CODE_WRONG:
		form_refuse_whole(visit->values, message(MESSAGE_DRAFT_CODE_WRONG));
		apply_code_show(visit);
		break;
	}
}

void
apply_draft_forget_press(struct visit *visit)
{
	const char *token = session_draft_token(visit->site, visit->request);
	struct apply_draft own = apply_draft_of(visit);

	if (own.draft.id != 0 && !draft_forget(visit->db, visit->arena, &own.draft, token)) {
		visit_error(visit, 500);
		return;
	}
	visit_notice(visit, MESSAGE_DONE_DRAFT_FORGOTTEN);
	visit_redirect(visit, link_apply(visit->arena, visit->site, visit->cohort->slug));
}
