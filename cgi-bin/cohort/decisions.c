#include "decisions.h"
#include "ground/text.h"
#include "model/sight.h"
#include "web/link.h"
#include "web/page/cohort.h"

enum { SEND_SHOWN, SEND_COUNT };

enum { SHOWN_MAX = 100 };

static const struct field send_fields[SEND_COUNT] = {
	[SEND_SHOWN] = { "shown", FIELD_HIDDEN, MESSAGE_NONE, .required = true, .max = SHOWN_MAX },
};

const struct form decisions_form = {
	.name = "send",
	.fields = send_fields,
	.count = SEND_COUNT,
};

const char *
decisions_link(struct visit *visit)
{
	return link_under(visit->arena,
	    link_organise(visit->arena, visit->site, visit->cohort->slug), "decisions");
}

bool
decisions_sees_name(struct visit *visit, const char *standing, bool is_revealed)
{
	struct sight sight = sight_judge(&(struct sight_facts){
	    .is_organiser = true,
	    .has_revealed = is_revealed,
	    .is_decided = sight_is_decided(standing),
	    .names_shown = sight_names_shown(visit->cohort, visit->now),
	});

	return sight.names;
}

const char *
decisions_name(struct visit *visit, const char *name, const char *call_sign, const char *standing,
    bool is_revealed)
{
	return decisions_sees_name(visit, standing, is_revealed) ? name : call_sign;
}

int64_t
decisions_page(struct visit *visit, int64_t total)
{
	int64_t page = 1, last = total == 0 ? 1 : (total + DECISIONS_PAGE - 1) / DECISIONS_PAGE;
	const char *asked = visit_query(visit, "page");

	if (asked != NULL) {
		(void)text_integer(asked, 1, last, &page);
	}
	return page;
}

static const char *
mails_words(struct visit *visit, int64_t count)
{
	return count == 1 ? message(MESSAGE_DECISIONS_MAILS_ONE)
			  : message_decisions_mails(visit->arena, words_number(visit, count));
}

static struct page_cohort_decisions_sections_decisions
decision_row(struct visit *visit, const struct decision_row *decision)
{
	const char *link = decisions_link(visit);
	bool is_named = decisions_sees_name(visit, decision->standing, decision->is_revealed != 0);

	return (struct page_cohort_decisions_sections_decisions){
		.application_link = link_organise_application(
		    visit->arena, visit->site, visit->cohort->slug, decision->key),
		.who = is_named ? decision->name : decision->call_sign,
		.reference = decision->reference,
		.if_address = is_named,
		.address = decision->email,
		.if_terms = decision->group_name != NULL || decision->position != DB_NULL,
		.terms = decision->group_name != NULL
		    ? message_decisions_row_group(visit->arena, decision->group_name)
		    : message_decisions_row_place(
			  visit->arena, words_number(visit, decision->position)),
		.if_line = !text_empty(decision->line),
		.line = decision->line,
		.if_no_mail = decision->has_role != 0,
		.if_mail = decision->has_role == 0,
		.mail_link = link_under(visit->arena, link_under(visit->arena, link, "mail"),
		    words_number(visit, decision->id)),
		.add_action = link_under(visit->arena, link, "add"),
		.key = decision->key,
	};
}

/* The decisions of this page by kind of mail: they come in that order. */
static struct page_cohort_decisions_sections_list
section_rows(struct visit *visit, struct decision_row_rows decisions)
{
	static const enum message names[DECISION_KINDS] = {
		[DECISION_OFFER] = MESSAGE_DECISIONS_KIND_OFFER,
		[DECISION_WAITLIST] = MESSAGE_DECISIONS_KIND_WAITLIST,
		[DECISION_DECLINE] = MESSAGE_DECISIONS_KIND_DECLINE,
	};
	struct page_cohort_decisions_sections *sections =
	    arena_array(visit->arena, DECISION_KINDS, sizeof(*sections));
	struct page_cohort_decisions_sections_decisions *rows =
	    arena_array(visit->arena, decisions.count + 1, sizeof(*rows));
	size_t count = 0;

	for (size_t i = 0; i < decisions.count; i++) {
		const struct decision_row *row = &decisions.rows[i];

		rows[i] = decision_row(visit, row);
		if (i == 0 || !text_equal(row->kind, decisions.rows[i - 1].kind)) {
			sections[count].section_name =
			    message(names[decision_kind_read(row->kind)]);
			sections[count].decisions.rows = &rows[i];
			count++;
		}
		sections[count - 1].decisions.count++;
	}
	return (struct page_cohort_decisions_sections_list){ sections, count };
}

static void
show_pages(
    struct visit *visit, int64_t page_number, int64_t total, struct page_cohort_decisions *page)
{
	int64_t first = (page_number - 1) * DECISIONS_PAGE + 1;
	int64_t last = first + DECISIONS_PAGE - 1 < total ? first + DECISIONS_PAGE - 1 : total;

	page->if_pages = total > DECISIONS_PAGE;
	page->if_before = page_number > 1;
	page->before_link = link_with(
	    visit->arena, decisions_link(visit), "page", words_number(visit, page_number - 1));
	page->if_next = last < total;
	page->next_link = link_with(
	    visit->arena, decisions_link(visit), "page", words_number(visit, page_number + 1));
	page->page_words = message_decisions_page(visit->arena, words_number(visit, first),
	    words_number(visit, last), words_number(visit, total));
}

/* Why it cannot be sent as it is; NULL: it can. */
static const char *
warning_words(struct visit *visit, const struct decision_outlook *outlook)
{
	const struct decision_count *counts = &outlook->counts;

	if (counts->offers + counts->waitlisted > 0 &&
	    visit->now >= cohort_week_starts(visit->cohort, 2)) {
		return message(MESSAGE_DECISIONS_TOO_LATE);
	}
	if (counts->offers > outlook->seats_free) {
		return message_decisions_over(
		    visit->arena, words_number(visit, counts->offers - outlook->seats_free));
	}
	return NULL;
}

static void
show_outlook(
    struct visit *visit, const struct decision_outlook *outlook, struct page_cohort_decisions *page)
{
	const struct decision_count *counts = &outlook->counts;
	int64_t mails = counts->offers + counts->waitlisted + counts->declined;
	struct form_values *values = form_new(visit->arena, &decisions_form);

	/* What is shown now, whatever came with the order to send. */
	form_fill(values, SEND_SHOWN, outlook->shown);
	page->if_pending = counts->total > 0;
	page->counts_words =
	    message_decisions_counts(visit->arena, mails_words(visit, counts->offers),
		mails_words(visit, counts->waitlisted), mails_words(visit, counts->declined));
	page->seats_words = message_decisions_seats(visit->arena,
	    words_number(visit, outlook->seats_free), words_number(visit, visit->cohort->seats));
	page->if_silent = counts->silent > 0;
	page->silent_words =
	    message_decisions_silent(visit->arena, words_number(visit, counts->silent));
	page->warning = warning_words(visit, outlook);
	page->if_warning = page->warning != NULL;
	page->send_action = link_under(visit->arena, decisions_link(visit), "send");
	page->send_words = mails == 0
	    ? message(MESSAGE_DECISIONS_SETTLE)
	    : message_decisions_send(visit->arena, mails_words(visit, mails));
	page->part_field = form_rows(values);
}

void
decisions_show(struct visit *visit)
{
	struct decision_outlook outlook = { 0 };
	struct page_cohort_decisions page = {
		.name = visit->cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, visit->cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_DECISIONS),
		.part_errors = form_summary(visit->values),
		.part_decide = parts_decide_again(visit),
	};
	int64_t number;

	if (!decision_outlook(visit->db, visit->arena, visit->cohort, &outlook)) {
		visit_error(visit, 500);
		return;
	}
	number = decisions_page(visit, outlook.counts.total);
	show_outlook(visit, &outlook, &page);
	show_pages(visit, number, outlook.counts.total, &page);
	page.sections = section_rows(visit,
	    decision_pending_rows(visit->db, visit->arena, visit->cohort->id, visit->person->id,
		DECISIONS_PAGE, (number - 1) * DECISIONS_PAGE));
	if (outlook.counts.total == 0) {
		page.part_empty = parts_empty(visit, MESSAGE_DECISIONS_NOTHING_TITLE,
		    MESSAGE_DECISIONS_NOTHING_WORDS,
		    link_organise_applications(visit->arena, visit->site, visit->cohort->slug),
		    MESSAGE_DECISIONS_NOTHING_LINK);
	}
	page_cohort_decisions(visit_html(visit, 200), &visit->frame, &page);
}

static void
refuse(struct visit *visit, const char *words)
{
	form_refuse_whole(visit->values, words);
	visit_again(visit);
}

void
decisions_send(struct visit *visit)
{
	switch (decision_send(visit->db, visit->arena, visit->cohort,
	    form_text(visit->values, SEND_SHOWN), visit->now)) {
	case DECISION_SENT:
		visit_audit(visit, AUDIT_DECISIONS_SENT, 0, NULL);
		visit_notice(visit, MESSAGE_DONE_DECISIONS_SENT);
		visit_redirect(visit, decisions_link(visit));
		break;
	case DECISION_CHANGED:
		refuse(visit, message(MESSAGE_DECISIONS_CHANGED));
		break;
	case DECISION_NOTHING:
		refuse(visit, message(MESSAGE_DECISIONS_NOTHING_TITLE));
		break;
	case DECISION_NO_SEAT:
		refuse(visit, message(MESSAGE_DECISIONS_NO_SEAT));
		break;
	case DECISION_TOO_LATE:
		refuse(visit, message(MESSAGE_DECISIONS_TOO_LATE));
		break;
	case DECISION_SEND_FAULT:
		visit_error(visit, 500);
		break;
	}
}
