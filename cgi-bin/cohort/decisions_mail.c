#include "decisions.h"
#include "ground/text.h"
#include "office.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/result_letter.h"

/* A pending decision of this cohort, and the application it is about. */
static bool
find(struct visit *visit, struct decision *decision, struct application *application)
{
	return decision_find(
		   visit->db, visit->arena, office_param_number(visit, "decision"), decision) &&
	    decision->sent_at == DB_NULL &&
	    application_find_by_id(
		visit->db, visit->arena, decision->application_id, application) &&
	    application->cohort_id == visit->cohort->id;
}

static struct page_part_letter_list
letter_part(struct visit *visit, const struct result_letter *letter)
{
	struct page_part_letter *row = arena_alloc(visit->arena, sizeof(*row));
	struct wording wording;

	if (!result_letter_write(visit->db, visit->arena, visit->site, letter, &wording)) {
		return (struct page_part_letter_list){ NULL, 0 };
	}
	*row = (struct page_part_letter){
		.letter_subject = wording.subject,
		.letter_markdown = markdown_html(visit->arena, wording.markdown),
		.letter_text = wording.body,
	};
	return (struct page_part_letter_list){ row, 1 };
}

static const char *
mail_kind(enum decision_kind kind)
{
	return kind == DECISION_OFFER	? "offer"
	    : kind == DECISION_WAITLIST ? "waitlist"
					: "not_this_time";
}

/* As whoever reads blind may see it: a zone tells where somebody lives, and a
 * reference stands in mails beside a name. */
static const struct application *
hidden(struct visit *visit, const struct application *application, const char *call_sign)
{
	struct application *blind = arena_alloc(visit->arena, sizeof(*blind));

	*blind = *application;
	blind->name = call_sign;
	blind->reference = call_sign;
	blind->zone = visit->zone;
	return blind;
}

static void
show(struct visit *visit, const struct decision *decision, const struct application *application)
{
	enum decision_kind kind = decision_kind_read(decision->kind);
	struct decision_seen seen = { 0 };
	struct page_cohort_decision page = {
		.name = visit->cohort->name,
		.decisions_link = decisions_link(visit),
		.part_organise = parts_organise(visit, ORGANISE_DECISIONS),
		.kind = office_kind_words(mail_kind(kind)),
		.note = message(MESSAGE_DECISIONS_PREVIEW_NOTE),
		.hidden_words = message(MESSAGE_DECISIONS_PREVIEW_HIDDEN),
		.silent_words = message(MESSAGE_DECISIONS_PREVIEW_SILENT),
		.address = application->email,
		.reference = application->reference,
		.application_link = link_organise_application(
		    visit->arena, visit->site, visit->cohort->slug, application->key),
	};

	(void)decision_see(visit->db, visit->arena, application->id, visit->person->id, &seen);
	page.if_address = decisions_sees_name(visit, seen.standing, seen.is_revealed != 0);
	page.if_hidden = !page.if_address;
	page.who = page.if_address ? application->name : seen.call_sign;
	page.if_silent = seen.has_role != 0;
	page.part_letter = letter_part(visit,
	    &(struct result_letter){ .kind = mail_kind(kind),
		.programme = visit->programme->name,
		.cohort = visit->cohort,
		.application =
		    page.if_address ? application : hidden(visit, application, seen.call_sign),
		.name = page.who,
		.line = decision->line,
		.group_id = decision->group_id,
		.deadline_at = visit->now + visit->cohort->offer_days * CLOCK_DAY,
		.token = RESULT_LETTER_NO_TOKEN });
	page_cohort_decision(visit_html(visit, 200), &visit->frame, &page);
}

void
decisions_mail(struct visit *visit)
{
	struct decision decision;
	struct application application;

	if (!find(visit, &decision, &application)) {
		visit_not_found(visit);
		return;
	}
	show(visit, &decision, &application);
}
