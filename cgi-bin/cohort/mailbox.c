#include "ground/text.h"
#include "model/outbox.h"
#include "model/sending.h"
#include "office.h"
#include "web/link.h"
#include "web/page/cohort.h"

const struct form mailbox_form = { .name = "mailbox" };

/* What the list can be narrowed to; "" leads. */
static const struct {
	const char *state;
	enum message name;
} filters[] = {
	{ "", MESSAGE_OFFICE_MAIL_FILTER_ALL },
	{ "queued", MESSAGE_OFFICE_MAIL_FILTER_QUEUED },
	{ "held", MESSAGE_OFFICE_MAIL_FILTER_HELD },
	{ "failed", MESSAGE_OFFICE_MAIL_FILTER_FAILED },
	{ "sent", MESSAGE_OFFICE_MAIL_FILTER_SENT },
	{ "cancelled", MESSAGE_OFFICE_MAIL_FILTER_CANCELLED },
};

enum { FILTERS = sizeof(filters) / sizeof(filters[0]) };

/* The filter that the address asks for; all when it asks for no known one. */
static size_t
filter_asked(const struct visit *visit)
{
	const char *word = visit_query(visit, "state");
	size_t i;

	for (i = 1; i < FILTERS; i++) {
		if (text_equal(filters[i].state, word)) {
			return i;
		}
	}
	return 0;
}

/* A link that keeps the filter. */
static const char *
filtered(struct visit *visit, const char *link, size_t filter)
{
	return filter == 0 ? link : link_with(visit->arena, link, "state", filters[filter].state);
}

static struct page_cohort_mail_filters_list
filter_rows(struct visit *visit, size_t asked)
{
	struct page_cohort_mail_filters *rows = arena_array(visit->arena, FILTERS, sizeof(*rows));
	const char *link = office_link(visit, "mail");
	size_t i;

	for (i = 0; i < FILTERS; i++) {
		rows[i].filter_link = filtered(visit, link, i);
		rows[i].filter_name = message(filters[i].name);
		rows[i].if_filter_now = i == asked;
	}
	return (struct page_cohort_mail_filters_list){ rows, FILTERS };
}

static struct page_cohort_mail_mails
mail_row(struct visit *visit, const struct sending *sending, size_t filter)
{
	const char *link =
	    link_under(visit->arena, office_link(visit, "mail"), words_number(visit, sending->id));
	const char *state = sending->state;
	bool is_failed = text_equal(state, "failed");
	bool is_waiting = text_equal(state, "queued") || text_equal(state, "held");

	return (struct page_cohort_mail_mails){
		.mail_link = link,
		.mail_to = office_recipient(visit, sending),
		.mail_kind = office_kind_words(sending->kind),
		.if_mail_cohort = visit->cohort == NULL && sending->cohort_name != NULL,
		.mail_cohort = sending->cohort_name,
		.mail_state = office_state_words(state),
		.if_mail_good = text_equal(state, "sent"),
		.if_mail_wait = is_waiting,
		.if_mail_bad = is_failed,
		.if_mail_problem = sending->problem != NULL,
		.mail_problem = office_problem_words(sending),
		.if_mail_answer = !text_empty(sending->answer),
		.mail_answer = sending->answer,
		.mail_when = office_when_words(visit, sending),
		.mail_attempts = office_attempts_words(visit, sending->attempts),
		.if_mail_buttons = !text_equal(state, "sent"),
		.if_mail_retry = is_failed || text_equal(state, "cancelled"),
		.mail_retry = filtered(visit, link_under(visit->arena, link, "retry"), filter),
		.if_mail_cancel = is_failed || is_waiting,
		.mail_cancel = filtered(visit, link_under(visit->arena, link, "cancel"), filter),
	};
}

static void
show_mails(struct visit *visit, size_t filter, struct page_cohort_mail *page)
{
	int64_t before = office_query_number(visit, "before");
	struct sending_rows sendings = sending_list(
	    visit->db, visit->arena, office_cohort(visit), filters[filter].state, before);
	size_t count = sendings.count > SENDING_PAGE ? SENDING_PAGE : sendings.count, i;
	struct page_cohort_mail_mails *rows = arena_array(visit->arena, count + 1, sizeof(*rows));

	for (i = 0; i < count; i++) {
		rows[i] = mail_row(visit, &sendings.rows[i], filter);
	}
	page->mails = (struct page_cohort_mail_mails_list){ rows, count };
	page->caption = message_office_mail_caption(
	    visit->arena, message(filters[filter].name), words_number(visit, (int64_t)count));
	page->if_newest = before != 0;
	page->newest_link = filtered(visit, office_link(visit, "mail"), filter);
	page->if_older = sendings.count > count;
	if (page->if_older) {
		page->older_link = link_with(visit->arena, page->newest_link, "before",
		    words_number(visit, sendings.rows[count - 1].id));
	}
	page->if_pages = page->if_newest || page->if_older;
}

void
mailbox_show(struct visit *visit)
{
	bool is_all = visit->cohort == NULL;
	size_t filter = filter_asked(visit);
	struct page_cohort_mail page = {
		.title =
		    message(is_all ? MESSAGE_OFFICE_MAIL_TITLE_ALL : MESSAGE_OFFICE_MAIL_TITLE),
		.back = office_back(visit),
		.back_link = office_back_link(visit),
		.part_organise = office_organise(visit, ORGANISE_MAIL),
		.part_settings = office_settings(visit, SETTINGS_MAIL),
		.part_errors = form_summary(visit->values),
		.lede = message(is_all ? MESSAGE_OFFICE_MAIL_LEDE_ALL : MESSAGE_OFFICE_MAIL_LEDE),
		.wording_link = office_link(visit, "wording"),
		.hooks_link = office_link(visit, "hooks"),
		.filters = filter_rows(visit, filter),
	};

	show_mails(visit, filter, &page);
	if (page.mails.count == 0) {
		page.part_empty = parts_empty(visit, MESSAGE_OFFICE_MAIL_NONE_TITLE,
		    MESSAGE_OFFICE_MAIL_NONE_WORDS, NULL, MESSAGE_NONE);
	}
	page_cohort_mail(visit_html(visit, 200), &visit->frame, &page);
}

/* In the log of the mail's own cohort, whoever did it. */
static void
note_changed(struct visit *visit, const struct sending *sending, enum audit_action action)
{
	(void)audit_note(visit->db,
	    &(struct audit_entry){ .action = action,
		.actor_id = visit->person->id,
		.cohort_id = sending->cohort_id == DB_NULL ? 0 : sending->cohort_id,
		.detail = sending->kind },
	    visit->now);
}

static void
mail_answer(struct visit *visit, enum outbox_change change, const struct sending *sending,
    enum audit_action action, enum message done)
{
	switch (change) {
	case OUTBOX_CHANGED:
		note_changed(visit, sending, action);
		visit_notice(visit, done);
		visit_redirect(
		    visit, filtered(visit, office_link(visit, "mail"), filter_asked(visit)));
		break;
	case OUTBOX_UNCHANGED:
		form_refuse_whole(visit->values, message(MESSAGE_OFFICE_MAIL_GONE));
		visit_again(visit);
		break;
	case OUTBOX_FAULT:
		visit_error(visit, 500);
		break;
	}
}

/* The mail that the address names; false when it is none of theirs (404). */
static bool
find_mail(struct visit *visit, struct sending *sending)
{
	if (sending_find(visit->db, visit->arena, office_cohort(visit),
		office_param_number(visit, "mail"), sending)) {
		return true;
	}
	visit_not_found(visit);
	return false;
}

void
mailbox_retry(struct visit *visit)
{
	struct sending sending;

	if (find_mail(visit, &sending)) {
		mail_answer(visit, outbox_retry(visit->db, sending.id, visit->now), &sending,
		    AUDIT_MAIL_RETRIED, MESSAGE_DONE_MAIL_RETRIED);
	}
}

void
mailbox_cancel(struct visit *visit)
{
	struct sending sending;

	if (find_mail(visit, &sending)) {
		mail_answer(visit, outbox_cancel_one(visit->db, sending.id), &sending,
		    AUDIT_MAIL_CANCELLED, MESSAGE_DONE_MAIL_CANCELLED);
	}
}
