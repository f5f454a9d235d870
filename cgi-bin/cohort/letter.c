#include "ground/text.h"
#include "model/sending.h"
#include "office.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"
#include "web/wording_check.h"

static void
show_state(struct page_cohort_letter *page, const char *state)
{
	page->state = office_state_words(state);
	page->if_good = text_equal(state, "sent");
	page->if_wait = text_equal(state, "queued") || text_equal(state, "held");
	page->if_bad = text_equal(state, "failed");
}

/* What mails of its kind say: never that of a private one. */
static void
show_words(struct visit *visit, struct page_cohort_letter *page, const struct sending *sending)
{
	const struct wording_kind *kind = wording_kind_find(sending->kind);
	const struct wording_words *words;

	page->words = message(sending->hook_id != DB_NULL ? MESSAGE_OFFICE_LETTER_HOOK
		: text_equal(sending->kind, "feed_ping")  ? MESSAGE_HUB_LETTER
							  : MESSAGE_OFFICE_LETTER_PRIVATE);
	if (sending->is_private != 0 || kind == NULL) {
		return;
	}
	page->words = message(MESSAGE_OFFICE_LETTER_WORDS);
	words = wording_read(visit->db, visit->arena, sending->kind, sending->cohort_id);
	page->part_letter =
	    office_letter(visit, kind, words == NULL ? kind->subject : words->subject,
		words == NULL ? kind->body : words->body);
	page->if_wording = office_may_word(visit, sending->kind);
	page->wording_link = link_under(visit->arena, office_link(visit, "wording"), sending->kind);
}

void
letter_show(struct visit *visit)
{
	struct sending sending;
	struct page_cohort_letter page = {
		.back = message(MESSAGE_OFFICE_MAIL_TITLE),
		.back_link = office_link(visit, "mail"),
		.part_organise = office_organise(visit, ORGANISE_MAIL),
		.part_settings = office_settings(visit, SETTINGS_MAIL),
	};

	if (!sending_find(visit->db, visit->arena, office_cohort(visit),
		office_param_number(visit, "mail"), &sending)) {
		visit_not_found(visit);
		return;
	}
	page.kind = office_kind_words(sending.kind);
	page.to = office_recipient(visit, &sending);
	page.if_cohort = sending.cohort_name != NULL;
	page.cohort = sending.cohort_name;
	page.when = office_when_words(visit, &sending);
	page.attempts = office_attempts_words(visit, sending.attempts);
	page.if_problem = sending.problem != NULL;
	page.problem = office_problem_words(&sending);
	page.if_answer = !text_empty(sending.answer);
	page.answer = sending.answer;
	page.created = time_words(visit->arena, visit->zone, sending.created_at);
	show_state(&page, sending.state);
	show_words(visit, &page, &sending);
	page_cohort_letter(visit_html(visit, 200), &visit->frame, &page);
}
