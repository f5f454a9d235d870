#include "decisions.h"
#include "model/waitlist.h"
#include "web/link.h"

enum { KEY_MAX = 64 };

enum { RELEASE_SEAT, RELEASE_APPLICATION, RELEASE_COUNT };

static const struct field release_fields[RELEASE_COUNT] = {
	[RELEASE_SEAT] = { "seat", FIELD_HIDDEN, MESSAGE_NONE, .required = true, .max = KEY_MAX },
	[RELEASE_APPLICATION] = { "application", FIELD_HIDDEN, MESSAGE_NONE, .required = true,
	    .max = KEY_MAX },
};

const struct form waiting_release_form = {
	.name = "release",
	.fields = release_fields,
	.count = RELEASE_COUNT,
};

enum { MOVE_APPLICATION, MOVE_PLACE, MOVE_COUNT };

static const struct field move_fields[MOVE_COUNT] = {
	[MOVE_APPLICATION] = { "application", FIELD_HIDDEN, MESSAGE_NONE, .required = true,
	    .max = KEY_MAX },
	[MOVE_PLACE] = { "place", FIELD_NUMBER, MESSAGE_WAITLIST_PLACE_LABEL, .required = true,
	    .min = 1, .max = DECISION_PLACE_MAX },
};

const struct form waiting_move_form = {
	.name = "move",
	.fields = move_fields,
	.count = MOVE_COUNT,
};

const struct form waiting_close_form = { .name = "close" };

static void
refuse(struct visit *visit, enum message why)
{
	form_refuse_whole(visit->values, message(why));
	visit_again(visit);
}

static void
done(struct visit *visit, enum audit_action action, int64_t subject_id, enum message notice)
{
	visit_audit(visit, action, subject_id, NULL);
	visit_notice(visit, notice);
	visit_redirect(visit, waiting_link(visit));
}

void
waiting_release(struct visit *visit)
{
	int64_t person_id = 0;

	switch (waitlist_release(visit->db, visit->arena, visit->cohort,
	    form_text(visit->values, RELEASE_SEAT), form_text(visit->values, RELEASE_APPLICATION),
	    visit->now, &person_id)) {
	case WAITLIST_RELEASED:
		done(visit, AUDIT_OFFERED, person_id, MESSAGE_DONE_WAITLIST_RELEASED);
		break;
	case WAITLIST_NOT_FREE:
		refuse(visit, MESSAGE_WAITLIST_NOT_FREE);
		break;
	case WAITLIST_NOT_FIRST:
		refuse(visit, MESSAGE_WAITLIST_NOT_FIRST);
		break;
	case WAITLIST_NO_SEAT:
		refuse(visit, MESSAGE_WAITLIST_NO_SEAT);
		break;
	case WAITLIST_OVER:
		refuse(visit, MESSAGE_WAITLIST_OVER);
		break;
	case WAITLIST_FAULT:
		visit_error(visit, 500);
		break;
	}
}

void
waiting_move(struct visit *visit)
{
	switch (waitlist_move(visit->db, visit->arena, visit->cohort,
	    form_text(visit->values, MOVE_APPLICATION),
	    form_integer(visit->values, MOVE_PLACE, 1))) {
	case WAITLIST_MOVED:
		done(visit, AUDIT_WAITLIST_MOVED, 0, MESSAGE_DONE_WAITLIST_MOVED);
		break;
	case WAITLIST_NOT_WAITING:
		refuse(visit, MESSAGE_WAITLIST_GONE);
		break;
	case WAITLIST_MOVE_FAULT:
		visit_error(visit, 500);
		break;
	}
}

void
waiting_close(struct visit *visit)
{
	if (waitlist_close(visit->db, visit->arena, visit->cohort->id, visit->now) < 0) {
		visit_error(visit, 500);
		return;
	}
	done(visit, AUDIT_WAITLIST_CLOSED, 0, MESSAGE_DONE_WAITLIST_CLOSED);
}
