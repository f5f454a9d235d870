#include "letters.h"

#include <jansson.h>
#include <string.h>

#include "db/db.h"
#include "db/query/application.h"
#include "db/query/cohort.h"
#include "db/query/group.h"
#include "db/query/offer.h"
#include "db/query/question.h"
#include "ground/arena.h"
#include "ground/text.h"
#include "ground/token.h"
#include "model/application.h"
#include "model/offer.h"
#include "model/person.h"
#include "model/session.h"
#include "web/link.h"
#include "web/time.h"

/* What a kind of mail is written with. */
struct writing {
	struct crewctl *crewctl;
	struct arena *arena;
	struct programme programme;
	json_t *parameters;
	struct letter *letter;
};

static int64_t
parameter_id(const struct writing *writing, const char *name)
{
	int64_t id = 0;
	const char *text = json_string_value(json_object_get(writing->parameters, name));

	return text != NULL && text_integer(text, 1, INT64_MAX, &id) ? id : 0;
}

static const char *
absolute(const struct writing *writing, const char *link)
{
	return link_absolute(writing->arena, writing->crewctl->site, link);
}

static enum letter_outcome
write_sign_in(struct writing *writing)
{
	struct letter *letter = writing->letter;
	struct person person;

	letter->subject_id = parameter_id(writing, "person");
	if (!person_find(writing->crewctl->db, writing->arena, letter->subject_id, &person) ||
	    person.is_disabled == 1) {
		return LETTER_POINTLESS;
	}
	letter->wording = wording_sign_in(writing->arena,
	    &(struct wording_sign_in){ .programme = writing->programme.name,
		.name = person.name,
		.until = time_words(
		    writing->arena, person.zone, writing->crewctl->now + SIGN_IN_LINK_SECONDS),
		.link = absolute(writing,
		    link_entrance(writing->arena, writing->crewctl->site, letter->token)) });
	return LETTER_READY;
}

/* An application and its cohort, of which the mail tells. */
struct subject {
	struct application application;
	struct cohort cohort;
	const char *link;
	const char *deadline;
};

static bool
read_subject(struct writing *writing, int64_t application_id, struct subject *subject)
{
	struct crewctl *crewctl = writing->crewctl;

	if (!application_find_by_id(
		crewctl->db, writing->arena, application_id, &subject->application) ||
	    !cohort_by_id(crewctl->db, writing->arena,
		&(struct cohort_by_id_in){ .id = subject->application.cohort_id },
		&subject->cohort)) {
		return false;
	}
	writing->letter->subject_id = application_id;
	subject->link = absolute(
	    writing, link_apply_confirm(writing->arena, crewctl->site, writing->letter->token));
	subject->deadline =
	    time_words(writing->arena, subject->application.zone, subject->cohort.closes_at);
	return true;
}

static enum letter_outcome
write_application_received(struct writing *writing)
{
	struct subject subject;

	if (!read_subject(writing, parameter_id(writing, "application"), &subject)) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording = wording_application_received(writing->arena,
	    &(struct wording_application_received){ .cohort = subject.cohort.name,
		.programme = writing->programme.name,
		.reference = subject.application.reference,
		.until = time_words(writing->arena, subject.application.zone,
		    writing->crewctl->now + APPLICATION_CONFIRM_SECONDS),
		.link = subject.link,
		.deadline = subject.deadline });
	return LETTER_READY;
}

static enum letter_outcome
write_application_already(struct writing *writing)
{
	struct subject subject;

	if (!read_subject(writing, parameter_id(writing, "application"), &subject)) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording = wording_application_already(writing->arena,
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

static enum letter_outcome
write_application_changed(struct writing *writing)
{
	struct subject subject;

	if (!read_subject(writing, parameter_id(writing, "application"), &subject)) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording = wording_application_changed(writing->arena,
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

static enum letter_outcome
write_application_withdrawn(struct writing *writing)
{
	struct subject subject;

	if (!read_subject(writing, parameter_id(writing, "application"), &subject) ||
	    subject.application.withdrawn_at == DB_NULL) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording = wording_application_withdrawn(writing->arena,
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

/* What an offer says of the group it names; "" when it names none. */
static const char *
group_words(struct writing *writing, int64_t group_id)
{
	struct group group;
	int64_t minutes;

	if (group_id == DB_NULL ||
	    !group_by_id(writing->crewctl->db, writing->arena,
		&(struct group_by_id_in){ .id = group_id }, &group)) {
		return "";
	}
	minutes = ((group.meeting_time[0] - '0') * 10 + group.meeting_time[1] - '0') * 60 +
	    (group.meeting_time[3] - '0') * 10 + group.meeting_time[4] - '0';
	return message_crewctl_offer_group(writing->arena, group.name, group.project, group.goal,
	    time_weekly(writing->arena, (int)group.meeting_weekday, minutes, group.meeting_zone));
}

static enum letter_outcome
write_offer(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	struct subject subject;
	struct offer offer;

	if (!offer_by_id(crewctl->db, writing->arena,
		&(struct offer_by_id_in){ .id = parameter_id(writing, "offer") }, &offer) ||
	    offer_state(&offer, crewctl->now) != OFFER_OFFERED ||
	    !read_subject(writing, offer.application_id, &subject)) {
		return LETTER_POINTLESS;
	}
	/* An offer's address opens for whoever signs in. */
	writing->letter->token = NULL;
	writing->letter->wording = wording_offer(writing->arena,
	    &(struct wording_offer){ .cohort = subject.cohort.name,
		.name = subject.application.name,
		.programme = writing->programme.name,
		.reference = subject.application.reference,
		.group = group_words(writing, offer.group_id),
		.deadline = time_words(writing->arena, subject.application.zone, offer.deadline_at),
		.link = absolute(writing, link_offer(writing->arena, crewctl->site, offer.key)) });
	return LETTER_READY;
}

static enum letter_outcome
write_welcome(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	struct placement_welcome_row row;

	if (!placement_welcome(crewctl->db, writing->arena,
		&(struct placement_welcome_in){ .id = parameter_id(writing, "placement") }, &row) ||
	    row.left_at != DB_NULL) {
		return LETTER_POINTLESS;
	}
	writing->letter->token = NULL;
	writing->letter->wording = wording_welcome(writing->arena,
	    &(struct wording_welcome){ .group = row.group_name,
		.name = row.name,
		.cohort = row.cohort_name,
		.goal = row.goal,
		.link = absolute(writing,
		    link_standup_group(
			writing->arena, crewctl->site, row.cohort_slug, row.group_slug)) });
	return LETTER_READY;
}

static enum letter_outcome
write_question_answered(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	struct answer_letter_row row;

	if (!answer_letter(crewctl->db, writing->arena,
		&(struct answer_letter_in){ .id = parameter_id(writing, "answer") }, &row)) {
		return LETTER_POINTLESS;
	}
	writing->letter->token = NULL;
	writing->letter->wording = wording_question_answered(writing->arena,
	    &(struct wording_question_answered){ .name = row.answerer,
		.asker = row.asker,
		.group = row.group_name,
		.link = absolute(writing,
		    link_standup(writing->arena, crewctl->site, row.cohort_slug, row.group_slug,
			row.week)) });
	return LETTER_READY;
}

static const struct {
	const char *kind;
	enum letter_outcome (*write)(struct writing *);
} kinds[] = {
	{ "sign_in", write_sign_in },
	{ "application_received", write_application_received },
	{ "application_already", write_application_already },
	{ "application_changed", write_application_changed },
	{ "application_withdrawn", write_application_withdrawn },
	{ "offer", write_offer },
	{ "welcome", write_welcome },
	{ "question_answered", write_question_answered },
};

static void
free_json(void *json)
{
	json_decref(json);
}

/*
 * The same at every sending of this mail, and of no other: after a backup was
 * restored ids begin again where it was made, and a link that was mailed
 * before must not open what has its id now.
 */
static const char *
token_of(struct crewctl *crewctl, const struct outbox *outbox)
{
	return token_derive(crewctl->arena, crewctl->site->secret, outbox->id,
	    arena_format(crewctl->arena, "%s %lld %s", outbox->kind, (long long)outbox->created_at,
		outbox->recipient));
}

enum letter_outcome
letter_write(struct crewctl *crewctl, const struct outbox *outbox, struct letter *letter)
{
	struct writing writing = {
		.crewctl = crewctl,
		.arena = crewctl->arena,
		.letter = letter,
	};

	writing.parameters = json_loads(outbox->parameters, 0, NULL);
	if (writing.parameters == NULL) {
		return LETTER_POINTLESS;
	}
	arena_cleanup(crewctl->arena, free_json, writing.parameters);
	*letter = (struct letter){
		.token = token_of(crewctl, outbox),
	};
	if (!programme_read(crewctl->db, crewctl->arena, &writing.programme)) {
		return LETTER_FAULT;
	}
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (strcmp(kinds[i].kind, outbox->kind) == 0) {
			enum letter_outcome outcome = kinds[i].write(&writing);

			return db_fault(crewctl->db) == DB_FAULT_NONE ? outcome : LETTER_FAULT;
		}
	}
	return LETTER_POINTLESS;
}

bool
letter_record(
    struct crewctl *crewctl, const struct outbox *outbox, const struct letter *letter, int64_t now)
{
	int64_t expires_at;

	if (letter->token == NULL) {
		return true;
	}
	if (strcmp(outbox->kind, "sign_in") == 0) {
		const char *next = NULL;
		json_t *parameters = json_loads(outbox->parameters, 0, NULL);

		if (parameters != NULL) {
			arena_cleanup(crewctl->arena, free_json, parameters);
			next = json_string_value(json_object_get(parameters, "next"));
		}
		return link_record_sign_in(crewctl->db, crewctl->arena, letter->token,
		    letter->subject_id, next == NULL || next[0] == '\0' ? NULL : next, now,
		    now + SIGN_IN_LINK_SECONDS);
	}
	return application_record_link(
	    crewctl->db, crewctl->arena, letter->token, letter->subject_id, now, &expires_at);
}
