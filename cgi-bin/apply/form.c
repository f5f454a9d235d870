#include <inttypes.h>
#include <string.h>

#include "apply.h"
#include "draft.h"
#include "ground/text.h"
#include "web/hours.h"
#include "web/link.h"
#include "web/markdown.h"
#include "web/page/apply.h"
#include "web/time.h"

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

enum { SECTIONS = APPLY_SECTIONS + 2 };

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

/* The sections of the answers, then where to write to and the code of conduct. */
static size_t
fill_sections(struct visit *visit, struct page_apply_form_sections rows[SECTIONS])
{
	struct apply_section sections[SECTIONS];
	size_t count = apply_sections(visit->values, sections), i;
	size_t email = apply_after(visit->values, AFTER_EMAIL);
	size_t conduct = apply_after(visit->values, AFTER_CONDUCT);

	sections[count++] =
	    (struct apply_section){ MESSAGE_APPLY_SECTION_SEND, MESSAGE_NONE, email, conduct };
	sections[count++] = (struct apply_section){ MESSAGE_APPLY_SECTION_CONDUCT, MESSAGE_NONE,
		conduct, visit->values->form->count };
	for (i = 0; i < count; i++) {
		rows[i] = section_row(visit->values, &sections[i]);
	}
	rows[count - 1].if_section_conduct = true;
	return count;
}

struct page_part_lost_list
apply_lost_rows(struct visit *visit, const struct form_values *values)
{
	struct apply_lost *lost;
	size_t count = apply_asked_lost(visit, values, &lost), i;
	struct page_part_lost_words *words = arena_array(visit->arena, count + 1, sizeof(*words));
	struct page_part_lost *row = arena_alloc(visit->arena, sizeof(*row));

	for (i = 0; i < count; i++) {
		words[i].lost_id = arena_format(visit->arena, "lost-%zu", i);
		words[i].lost_name = lost[i].name;
		words[i].lost_label = lost[i].label;
		words[i].lost_text = lost[i].text;
	}
	row->words.rows = words;
	row->words.count = count;
	return (struct page_part_lost_list){ row, count > 0 ? 1 : 0 };
}

/* own: NULL for a preview. */
static void
show_form(struct visit *visit, const struct apply_draft *own)
{
	static const struct apply_draft nothing;
	bool previews = own == NULL;
	const struct questionnaire *form = &apply_asked_of(visit->values)->questionnaire;
	struct page_apply_form_sections rows[SECTIONS] = { 0 };
	const struct cohort *cohort = visit->cohort;
	struct arena *arena = visit->arena;

	own = previews ? &nothing : own;
	hours_note(visit->values, ANSWER_HOURS, ANSWER_ZONE, cohort);
	page_apply_form(visit_html(visit, 200), &visit->frame,
	    &(struct page_apply_form){ .cohort = cohort->name,
		.cohort_link = link_cohort(arena, visit->site, cohort->slug),
		.if_preview = previews,
		.questions_link = link_under(arena,
		    link_under(arena, link_organise(arena, visit->site, cohort->slug), "form"),
		    "apply"),
		.part_errors = form_summary(visit->values),
		.minutes = arena_format(arena, "%" PRId64, form->minutes),
		.goal = cohort->goal,
		.if_intro = !text_empty(form->intro),
		.intro_markdown = markdown_html(arena, form->intro),
		.if_open = previews || own->window == DRAFT_WINDOW_OPEN,
		.if_late = own->window == DRAFT_WINDOW_GRACE || own->window == DRAFT_WINDOW_LATE,
		.if_over = own->window == DRAFT_WINDOW_OVER,
		.closes_on = apply_date_words(visit, cohort->closes_on),
		.closes = time_words(arena, visit->zone, cohort->closes_at),
		.closes_machine = time_machine(arena, cohort->closes_at),
		.action = link_apply(arena, visit->site, cohort->slug),
		.slug = cohort->slug,
		.part_draft = apply_draft_part(visit, own),
		.mark = apply_draft_mark(visit, own),
		.if_draft = own->draft.id != 0,
		.if_mail_again = own->draft.id != 0 && own->draft.mailed_at != DB_NULL,
		.code_link = link_apply_code(arena, visit->site, cohort->slug),
		.forget_action =
		    link_under(arena, link_apply(arena, visit->site, cohort->slug), "forget"),
		.part_lost = apply_lost_rows(visit, visit->values),
		.sections = { rows, fill_sections(visit, rows) } });
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
		form_fill(visit->values, apply_after(visit->values, AFTER_EMAIL), person->email);
	}
}

/* A button beside the form was sent, and comes back: then with a blank form. */
static bool
ensure_form(struct visit *visit)
{
	const char *words = visit->values->message;
	const struct form *form;

	if (strcmp(visit->values->form->name, "apply") == 0) {
		return true;
	}
	form = apply_form_of(visit);
	if (form == NULL) {
		return false;
	}
	visit->values = form_new(visit->arena, form);
	visit->values->message = words;
	return true;
}

void
apply_form_show(struct visit *visit)
{
	struct apply_draft own = apply_draft_of(visit);

	if (!ensure_form(visit)) {
		return;
	}
	/* What was sent comes back whatever the hour: nothing typed is lost. */
	if (!visit->again && !draft_window_is_open(own.window)) {
		show_closed(visit);
		return;
	}
	apply_draft_fill(visit, &own);
	apply_answers_choices(visit, visit->values);
	apply_answers_mark(visit);
	apply_asked_fill(visit, visit->values);
	apply_asked_mark(visit, visit->values);
	apply_reuse_offer(visit, visit->values);
	fill_person(visit);
	show_form(visit, &own);
}

/* For organisers, at any hour: nothing of it can be sent. */
void
apply_preview_show(struct visit *visit)
{
	apply_answers_choices(visit, visit->values);
	show_form(visit, NULL);
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
	form_refuse(visit->values, apply_after(visit->values, AFTER_EMAIL),
	    message_draft_other_address(visit->arena, address));
	visit_again(visit);
}

static enum application_receive_outcome
receive(struct visit *visit, const struct application_answers *answers, const char **receipt)
{
	const char *email = form_text(visit->values, apply_after(visit->values, AFTER_EMAIL));
	struct application_sender sender = {
		.email = email,
		.network = visit->request->network,
		.secret = visit->site->secret,
		.open_until = apply_draft_open_until(visit, email),
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

	if (apply_draft_step(visit, is_finished)) {
		return;
	}
	if (form_step(visit->values) != NULL) {
		(void)apply_reuse(visit, visit->values, form_step(visit->values));
		visit_turn(visit);
		return;
	}
	if (apply_draft_refuses(visit)) {
		return;
	}
	if (!is_finished) {
		visit_again(visit);
		return;
	}
	if (apply_asked_changed(visit, visit->values)) {
		form_refuse_whole(visit->values, message(MESSAGE_APPLY_ASKED_CHANGED));
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
		form_refuse(visit->values, apply_after(visit->values, AFTER_EMAIL),
		    message(MESSAGE_APPLY_EMAIL_WRONG));
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
