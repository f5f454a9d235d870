#include <string.h>

#include "db/db.h"
#include "ground/zone.h"
#include "letters_writing.h"
#include "model/draft.h"
#include "model/late.h"
#include "web/link.h"
#include "web/request.h"
#include "web/time.h"

/* What a mail about a draft needs. */
struct subject {
	struct draft draft;
	struct cohort cohort;
	const char *zone; /* that was chosen in the form; "UTC": none */
	const char *link;
};

static const char *
zone_of(struct arena *arena, const struct draft *draft)
{
	struct request_fields fields;
	const char *zone = NULL;

	if (request_fields_read(arena, draft->fields, strlen(draft->fields), &fields)) {
		zone = request_fields_value(&fields, "zone");
	}
	return zone != NULL && zone_exists(zone) ? zone : "UTC";
}

/* The draft's link is in the mail, for as long as something can be sent. */
static bool
link_draft(struct writing *writing, struct subject *subject)
{
	const struct crewctl *crewctl = writing->crewctl;
	struct letter *letter = writing->letter;

	letter->seconds =
	    draft_ends(crewctl->db, writing->arena, &subject->cohort, &subject->draft) -
	    crewctl->now;
	letter->link = (struct link_new){ .purpose = "draft", .draft_id = subject->draft.id };
	subject->zone = zone_of(writing->arena, &subject->draft);
	subject->link = letter_absolute(
	    writing, link_apply_draft(writing->arena, crewctl->site, letter->token));
	return letter->seconds > 0;
}

static const char *
deadline(const struct writing *writing, const struct subject *subject)
{
	return time_words(writing->arena, subject->zone, subject->cohort.closes_at);
}

enum letter_outcome
letter_draft(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	struct subject subject;
	const char *code;

	if (!draft_by_id(crewctl->db, writing->arena,
		&(struct draft_by_id_in){ .id = letter_parameter_id(writing, "draft") },
		&subject.draft) ||
	    subject.draft.email_key == NULL || !letter_is_to(writing, subject.draft.email_key) ||
	    !cohort_by_id(crewctl->db, writing->arena,
		&(struct cohort_by_id_in){ .id = subject.draft.cohort_id }, &subject.cohort) ||
	    !link_draft(writing, &subject)) {
		return LETTER_POINTLESS;
	}
	code = draft_code(writing->arena, writing->letter->token);
	writing->letter->code = code;
	writing->letter->wording =
	    wording_draft(writing->arena, letter_words(writing, "draft", subject.cohort.id),
		&(struct wording_draft){ .cohort = subject.cohort.name,
		    .programme = writing->programme.name,
		    .link = subject.link,
		    .code = arena_format(writing->arena, "%.4s-%s", code, code + 4),
		    .deadline = time_words(
			writing->arena, subject.zone, crewctl->now + writing->letter->seconds) });
	return LETTER_READY;
}

enum letter_outcome
letter_draft_reminder(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	struct subject subject;

	if (!draft_reminder_holds(crewctl->db, writing->arena,
		letter_parameter_id(writing, "draft"), letter_parameter_id(writing, "hours"),
		crewctl->now, &subject.draft, &subject.cohort) ||
	    !letter_is_to(writing, subject.draft.email_key) || !link_draft(writing, &subject)) {
		return LETTER_POINTLESS;
	}
	writing->letter->stop = (struct link_new){
		.purpose = "stop_draft",
		.draft_id = subject.draft.id,
	};
	writing->letter->wording = wording_draft_reminder(writing->arena,
	    letter_words(writing, "draft_reminder", subject.cohort.id),
	    &(struct wording_draft_reminder){ .cohort = subject.cohort.name,
		.programme = writing->programme.name,
		.deadline = deadline(writing, &subject),
		.link = subject.link });
	return LETTER_READY;
}

/* To the application that counts, if the address has one, else to its draft. */
static bool
link_let_in(struct writing *writing, const struct late_entry *entry, struct subject *subject)
{
	struct crewctl *crewctl = writing->crewctl;
	struct application application;
	struct draft_rows drafts;

	if (application_confirmed_by_email(crewctl->db, writing->arena,
		&(struct application_confirmed_by_email_in){
		    .cohort_id = entry->cohort_id, .email_key = entry->email_key },
		&application)) {
		writing->letter->link = (struct link_new){
			.purpose = "application",
			.application_id = application.id,
		};
		subject->zone = application.zone;
		subject->link = letter_absolute(writing,
		    link_apply_confirm(writing->arena, crewctl->site, writing->letter->token));
		return true;
	}
	drafts = draft_by_email(crewctl->db, writing->arena,
	    &(struct draft_by_email_in){
		.cohort_id = entry->cohort_id, .email_key = entry->email_key });
	if (drafts.count == 0) {
		return false;
	}
	subject->draft = drafts.rows[0];
	return link_draft(writing, subject);
}

enum letter_outcome
letter_let_in(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	struct late_entry entry;
	struct subject subject;

	if (!late_find(crewctl->db, writing->arena, letter_parameter_id(writing, "late"), &entry) ||
	    entry.until_at <= crewctl->now || !letter_is_to(writing, entry.email_key) ||
	    !cohort_by_id(crewctl->db, writing->arena,
		&(struct cohort_by_id_in){ .id = entry.cohort_id }, &subject.cohort) ||
	    !link_let_in(writing, &entry, &subject)) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording =
	    wording_let_in(writing->arena, letter_words(writing, "let_in", subject.cohort.id),
		&(struct wording_let_in){ .cohort = subject.cohort.name,
		    .programme = writing->programme.name,
		    .until = time_words(writing->arena, subject.zone, entry.until_at),
		    .link = subject.link });
	return LETTER_READY;
}
