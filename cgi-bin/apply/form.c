#include "apply.h"
#include "draft.h"
#include "web/hours.h"
#include "web/link.h"
#include "web/page/apply.h"
#include "web/time.h"

const struct form apply_form = {
	.name = "apply",
	.fields = apply_form_fields,
	.count = FORM_COUNT,
	.once = true,
	.steps = true,
};

/* Outside the window: when it opens, or that it is over. */
static void
show_closed(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	struct arena *arena = visit->arena;
	bool draft = cohort_state(cohort, visit->now) == COHORT_DRAFT;
	bool late = visit->now >= cohort->closes_at;
	const struct page_part_tell_me tell_me = { link_tell_me(arena, visit->site) };

	page_apply_closed(visit_html(visit, 200), &visit->frame,
	    &(struct page_apply_closed){ .cohort = cohort->name,
		.cohort_link = link_cohort(arena, visit->site, cohort->slug),
		.if_draft = draft,
		.if_early = !draft && !late,
		.if_late = !draft && late,
		.opens = time_words(arena, visit->zone, cohort->opens_at),
		.opens_machine = time_machine(arena, cohort->opens_at),
		.opens_in = time_distance(arena, cohort->opens_at, visit->now),
		.closes_on = apply_date_words(visit, cohort->closes_on),
		.closes = time_words(arena, visit->zone, cohort->closes_at),
		.closes_machine = time_machine(arena, cohort->closes_at),
		.part_tell_me = { &tell_me, draft ? 0 : 1 } });
}

static struct page_apply_form_sections
section_row(const struct form_values *values, const struct apply_section *section)
{
	struct page_apply_form_sections row = {
		.section_title = message(section->title),
		.if_section_words = section->words != MESSAGE_NONE,
		.section_words = message(section->words),
		.part_field = form_rows_between(values, section->first, section->end),
	};

	return row;
}

/* After the answers: where to write to, and the code of conduct. */
static const struct apply_section last_sections[] = {
	{ MESSAGE_APPLY_SECTION_SEND, MESSAGE_NONE, FORM_EMAIL, FORM_CONDUCT },
	{ MESSAGE_APPLY_SECTION_CONDUCT, MESSAGE_NONE, FORM_CONDUCT, FORM_COUNT },
};

enum { SECTIONS = APPLY_SECTIONS + 2 };

static void
show_form(struct visit *visit, const struct apply_draft *own)
{
	struct page_apply_form_sections rows[SECTIONS];
	const struct cohort *cohort = visit->cohort;
	struct arena *arena = visit->arena;
	size_t i;

	hours_note(visit->values, ANSWER_HOURS, ANSWER_ZONE, cohort);
	for (i = 0; i < SECTIONS; i++) {
		rows[i] = section_row(visit->values,
		    i < APPLY_SECTIONS ? &apply_sections[i] : &last_sections[i - APPLY_SECTIONS]);
	}
	rows[SECTIONS - 1].if_section_conduct = true;
	page_apply_form(visit_html(visit, 200), &visit->frame,
	    &(struct page_apply_form){ .cohort = cohort->name,
		.cohort_link = link_cohort(arena, visit->site, cohort->slug),
		.part_errors = form_summary(visit->values),
		.goal = cohort->goal,
		.closes_on = apply_date_words(visit, cohort->closes_on),
		.closes = time_words(arena, visit->zone, cohort->closes_at),
		.closes_machine = time_machine(arena, cohort->closes_at),
		.action = link_apply(arena, visit->site, cohort->slug),
		.slug = cohort->slug,
		.part_draft = apply_draft_part(visit, own),
		.mark = apply_draft_mark(visit, own),
		.if_draft = own->draft.id != 0,
		.if_draft_alone = own->draft.id != 0 && draft_ends_with_browser(&own->draft),
		.if_mail_again = own->draft.id != 0 && own->draft.mailed_at != DB_NULL,
		.code_link = link_apply_code(arena, visit->site, cohort->slug),
		.forget_action = link_under(arena,
		    link_apply(arena, visit->site, cohort->slug), "forget"),
		.sections = { rows, SECTIONS } });
}

/* What is known of someone signed in need not be typed again. */
static void
fill_person(struct visit *visit)
{
	const struct person *person = visit->person;

	if (person != NULL) {
		form_fill(visit->values, ANSWER_NAME, person->name);
		form_fill(visit->values, ANSWER_PRONOUNS, person->pronouns);
		form_fill(visit->values, ANSWER_GITHUB, person->github);
		form_fill(visit->values, ANSWER_ZONE, person->zone);
		form_fill(visit->values, FORM_EMAIL, person->email);
	}
}

void
apply_form_show(struct visit *visit)
{
	struct apply_draft own = apply_draft_of(visit);

	/* What was sent comes back whatever the hour: nothing typed is lost. */
	if (!visit->again && !draft_window_is_open(own.window)) {
		show_closed(visit);
		return;
	}
	apply_draft_fill(visit, &own);
	apply_answers_choices(visit, visit->values);
	fill_person(visit);
	show_form(visit, &own);
}

/* Refuses the form as a whole, since the window is not open. */
static void
refuse_early(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;

	form_refuse_whole(visit->values,
	    cohort_state(cohort, visit->now) == COHORT_DRAFT
		? message_apply_draft(visit->arena, cohort->name)
		: message_apply_too_early(visit->arena, cohort->name,
		      time_words(visit->arena, visit->zone, cohort->opens_at)));
	visit_again(visit);
}

static void
refuse_late(struct visit *visit)
{
	form_refuse_whole(visit->values,
	    message_apply_too_late(visit->arena, visit->cohort->name,
		time_words(visit->arena, visit->zone, visit->cohort->closes_at)));
	visit_again(visit);
}

void
apply_refuse_closed(struct visit *visit)
{
	if (visit->now < visit->cohort->opens_at || visit->cohort->published_at == DB_NULL) {
		refuse_early(visit);
	} else {
		refuse_late(visit);
	}
}

/* An organiser opened the form once more, for an address that this is not. */
static void
refuse_too_late(struct visit *visit)
{
	const char *address = apply_draft_late_address(visit);

	if (address == NULL) {
		refuse_late(visit);
		return;
	}
	form_refuse(
	    visit->values, FORM_EMAIL, message_draft_other_address(visit->arena, address));
	visit_again(visit);
}

static enum application_receive_outcome
receive(struct visit *visit, const struct application_answers *answers, const char **receipt)
{
	struct application_sender sender = {
		.email = form_text(visit->values, FORM_EMAIL),
		.network = visit->request->network,
		.secret = visit->site->secret,
		.open_until =
		    apply_draft_open_until(visit, form_text(visit->values, FORM_EMAIL)),
	};

	return application_receive(
	    visit->db, visit->arena, visit->cohort, answers, &sender, visit->now, receipt);
}

void
apply_form_send(struct visit *visit)
{
	struct application_answers answers;
	const char *receipt = NULL;
	bool is_finished = apply_answers_read(visit, visit->values, &answers);

	if (apply_draft_step(visit, is_finished) || apply_draft_refuses(visit)) {
		return;
	}
	if (!is_finished) {
		visit_again(visit);
		return;
	}
	switch (receive(visit, &answers, &receipt)) {
	case APPLICATION_RECEIVED:
	case APPLICATION_REPEATED:
	case APPLICATION_DUPLICATE:
		apply_draft_sent(visit);
		visit_redirect(visit,
		    link_apply_received(visit->arena, visit->site, visit->cohort->slug, receipt));
		break;
	case APPLICATION_TOO_EARLY:
		refuse_early(visit);
		break;
	case APPLICATION_TOO_LATE:
		refuse_too_late(visit);
		break;
	case APPLICATION_NO_ADDRESS:
		form_refuse(visit->values, FORM_EMAIL, message(MESSAGE_APPLY_EMAIL_WRONG));
		visit_again(visit);
		break;
	case APPLICATION_RECEIVE_FAULT:
		visit_error(visit, 500);
		break;
	}
}

void
apply_received_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	struct arena *arena = visit->arena;
	struct receipt receipt;

	if (!application_receipt(
		visit->db, arena, cohort->id, visit_param(visit, "key"), &receipt)) {
		visit_not_found(visit);
		return;
	}
	page_apply_received(visit_html(visit, 200), &visit->frame,
	    &(struct page_apply_received){ .cohort = cohort->name,
		.cohort_link = link_cohort(arena, visit->site, cohort->slug),
		.form_link = link_apply(arena, visit->site, cohort->slug),
		.email = receipt.email,
		.reference = receipt.reference,
		.received = time_words(arena, visit->zone, receipt.received_at),
		.received_machine = time_machine(arena, receipt.received_at),
		.if_delayed = receipt.mail_due_at > receipt.received_at,
		.due = time_words(arena, visit->zone, receipt.mail_due_at),
		.due_machine = time_machine(arena, receipt.mail_due_at) });
}
