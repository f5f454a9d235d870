#include "db/db.h"
#include "letters_writing.h"
#include "web/link.h"
#include "web/time.h"

bool
letter_read_subject(struct writing *writing, int64_t application_id, struct letter_subject *subject)
{
	struct crewctl *crewctl = writing->crewctl;

	if (!application_find_by_id(
		crewctl->db, writing->arena, application_id, &subject->application) ||
	    !letter_is_to(writing, subject->application.email_key) ||
	    !cohort_by_id(crewctl->db, writing->arena,
		&(struct cohort_by_id_in){ .id = subject->application.cohort_id },
		&subject->cohort)) {
		return false;
	}
	writing->letter->link = (struct link_new){
		.purpose = "application",
		.application_id = application_id,
	};
	subject->link = letter_absolute(
	    writing, link_apply_confirm(writing->arena, crewctl->site, writing->letter->token));
	subject->deadline =
	    time_words(writing->arena, subject->application.zone, subject->cohort.closes_at);
	return true;
}

enum letter_outcome
letter_application_received(struct writing *writing)
{
	struct letter_subject subject;

	if (!letter_read_subject(writing, letter_parameter_id(writing, "application"), &subject)) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording = wording_application_received(writing->arena,
	    letter_words(writing, "application_received", subject.cohort.id),
	    &(struct wording_application_received){ .cohort = subject.cohort.name,
		.programme = writing->programme.name,
		.reference = subject.application.reference,
		.until = time_words(writing->arena, subject.application.zone,
		    writing->crewctl->now + APPLICATION_CONFIRM_SECONDS),
		.link = subject.link,
		.deadline = subject.deadline });
	return LETTER_READY;
}

enum letter_outcome
letter_application_already(struct writing *writing)
{
	struct letter_subject subject;

	if (!letter_read_subject(writing, letter_parameter_id(writing, "application"), &subject)) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording = wording_application_already(writing->arena,
	    letter_words(writing, "application_already", subject.cohort.id),
	    &(struct wording_application_already){ .cohort = subject.cohort.name,
		.programme = writing->programme.name,
		.reference = subject.application.reference,
		.state = message(subject.application.withdrawn_at != DB_NULL
			? MESSAGE_CREWCTL_APPLICATION_WITHDRAWN
			: MESSAGE_CREWCTL_APPLICATION_COUNTS),
		.deadline = subject.deadline,
		.link = subject.link });
	return LETTER_READY;
}

enum letter_outcome
letter_application_changed(struct writing *writing)
{
	struct letter_subject subject;

	if (!letter_read_subject(writing, letter_parameter_id(writing, "application"), &subject)) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording = wording_application_changed(writing->arena,
	    letter_words(writing, "application_changed", subject.cohort.id),
	    &(struct wording_application_changed){ .cohort = subject.cohort.name,
		.name = subject.application.name,
		.programme = writing->programme.name,
		.reference = subject.application.reference,
		.changed = time_words(
		    writing->arena, subject.application.zone, subject.application.changed_at),
		.deadline = subject.deadline,
		.link = subject.link,
		.contact = writing->programme.contact });
	return LETTER_READY;
}

enum letter_outcome
letter_application_withdrawn(struct writing *writing)
{
	struct letter_subject subject;

	if (!letter_read_subject(writing, letter_parameter_id(writing, "application"), &subject) ||
	    subject.application.withdrawn_at == DB_NULL) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording = wording_application_withdrawn(writing->arena,
	    letter_words(writing, "application_withdrawn", subject.cohort.id),
	    &(struct wording_application_withdrawn){ .cohort = subject.cohort.name,
		.name = subject.application.name,
		.programme = writing->programme.name,
		.reference = subject.application.reference,
		.changed = time_words(
		    writing->arena, subject.application.zone, subject.application.withdrawn_at),
		.deadline = subject.deadline,
		.link = subject.link,
		.contact = writing->programme.contact });
	return LETTER_READY;
}
