/*
 * The buttons of a review.
 */
#include <string.h>

#include "db/db.h"
#include "ground/text.h"
#include "review.h"
#include "web/link.h"

const struct form review_conflict_form = { .name = "conflict", .fields = NULL, .count = 0 };
const struct form review_reveal_form = { .name = "reveal", .fields = NULL, .count = 0 };

static const char *
desk(struct visit *visit)
{
	return link_review(visit->arena, visit->site, visit->cohort->slug);
}

static const char *
page_of(struct visit *visit, const char *key)
{
	return link_review_of(visit->arena, visit->site, visit->cohort->slug, key);
}

static void
refuse(struct visit *visit, enum message why)
{
	form_refuse_whole(visit->values, message(why));
	visit_again(visit);
}

/* Whoever sends it again then means it: the words say so. */
static void
refuse_stale(struct visit *visit, size_t criteria)
{
	struct review now = { .finished_at = DB_NULL };

	(void)review_find(visit->db, visit->arena, visit->application->id, visit->person->id, &now);
	form_replace(
	    visit->values, criteria + REVIEW_REVISION, words_number(visit, review_revision(&now)));
	refuse(visit, MESSAGE_REVIEW_STALE);
}

static void
go_on(struct visit *visit)
{
	const char *key = NULL;

	if (text_equal(form_step(visit->values), "save")) {
		visit_notice(visit, MESSAGE_DONE_REVIEW_SAVED);
		visit_redirect(visit, page_of(visit, visit->application->key));
		return;
	}
	if (review_take_next(visit->db, visit->arena, visit->cohort, visit->person->id, false,
		visit->now, &key) == REVIEW_NEXT_TAKEN) {
		visit_notice(visit, MESSAGE_DONE_REVIEW_NEXT);
		visit_redirect(visit, page_of(visit, key));
		return;
	}
	visit_notice(visit, MESSAGE_DONE_REVIEW_NONE);
	visit_redirect(visit, desk(visit));
}

static enum review_outcome
save(struct visit *visit, size_t criteria)
{
	int64_t *points = arena_array(visit->arena, criteria + 1, sizeof(*points));
	int64_t revision = 0;

	for (size_t i = 0; i < criteria; i++) {
		points[i] = form_integer(visit->values, i, 0);
	}
	(void)text_integer(
	    form_words(visit->values, criteria + REVIEW_REVISION), 0, INT64_MAX, &revision);
	return review_save(visit->db, visit->arena, visit->cohort, visit->application,
	    visit->person->id,
	    &(struct review_said){ .points = points,
		.count = criteria,
		.note = form_words(visit->values, criteria + REVIEW_NOTE),
		.is_flagged = form_checked(visit->values, criteria + REVIEW_FLAG),
		.revision = revision },
	    visit->now);
}

void
review_press(struct visit *visit)
{
	size_t criteria = visit->values->form->count - REVIEW_FIELDS;

	if (visit->application->confirmed_at == DB_NULL) {
		visit_not_found(visit);
		return;
	}
	if (!form_ok(visit->values)) {
		visit_again(visit);
		return;
	}
	switch (save(visit, criteria)) {
	case REVIEW_SAVED:
		go_on(visit);
		break;
	case REVIEW_STALE:
		refuse_stale(visit, criteria);
		break;
	case REVIEW_CLOSED:
		refuse(visit, MESSAGE_REVIEW_CLOSED);
		break;
	case REVIEW_WITHOUT_CRITERIA:
		refuse(visit, MESSAGE_REVIEW_WITHOUT_CRITERIA);
		break;
	case REVIEW_NOT_THEIRS:
		refuse(visit, MESSAGE_REVIEW_NOT_THEIRS);
		break;
	case REVIEW_FAULT:
	default:
		visit_error(visit, 500);
		break;
	}
}

/* The subject of the log's line: the applicant. */
static int64_t
applicant(const struct visit *visit)
{
	return visit->application->person_id == DB_NULL ? 0 : visit->application->person_id;
}

void
review_say_conflict(struct visit *visit)
{
	struct review_subject_row subject;

	if (visit->application->confirmed_at == DB_NULL) {
		visit_not_found(visit);
		return;
	}
	if (!review_subject(visit->db, visit->arena,
		&(struct review_subject_in){ .application_id = visit->application->id },
		&subject) ||
	    !review_declare_conflict(
		visit->db, visit->application->id, visit->person->id, visit->now)) {
		visit_error(visit, 500);
		return;
	}
	/* Under its call-sign: the log is read by those who read blind. */
	visit_audit(visit, AUDIT_CONFLICT_DECLARED, 0, subject.call_sign);
	visit_notice(visit, MESSAGE_DONE_REVIEW_CONFLICT);
	visit_redirect(visit, desk(visit));
}

void
review_reveal(struct visit *visit)
{
	bool is_first;

	if (visit->application->confirmed_at == DB_NULL) {
		visit_not_found(visit);
		return;
	}
	if (!review_look(
		visit->db, visit->application->id, visit->person->id, visit->now, &is_first)) {
		visit_error(visit, 500);
		return;
	}
	if (is_first) {
		visit_audit(visit, AUDIT_NAME_LOOKED_AT, applicant(visit), NULL);
	}
	visit_notice(visit, MESSAGE_DONE_REVIEW_LOOKED);
	visit_redirect(visit, page_of(visit, visit->application->key));
}
