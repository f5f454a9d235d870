#include <inttypes.h>

#include "cohort.h"
#include "ground/text.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

enum { END_SESSION, END_COUNT };

static const struct field session_end_fields[END_COUNT] = {
	[END_SESSION] = { "session", FIELD_HIDDEN, MESSAGE_ACCOUNTS_SESSION_LABEL, .required = true,
	    .max = 20 },
};

const struct form session_end_form = {
	.name = "session_end",
	.fields = session_end_fields,
	.count = END_COUNT,
};

/* A session's last use is written at most hourly. */
static const char *
used_words(struct visit *visit, const struct own_session *session)
{
	if (session->id == visit->session->id) {
		return message(MESSAGE_ACCOUNTS_USED_NOW);
	}
	if (visit->now - session->last_used_at < CLOCK_HOUR) {
		return message(MESSAGE_ACCOUNTS_USED_LATELY);
	}
	return time_distance(visit->arena, session->last_used_at, visit->now);
}

static struct page_cohort_sessions_sessions
session_row(struct visit *visit, const struct own_session *session)
{
	const char *sessions = link_sessions(visit->arena, visit->site);

	return (struct page_cohort_sessions_sessions){
		.device = text_empty(session->device) ? message(MESSAGE_ACCOUNTS_DEVICE_UNKNOWN)
						      : session->device,
		.if_current = session->id == visit->session->id,
		.if_only = session->application_id != DB_NULL,
		.if_cohort = session->cohort_name != NULL,
		.cohort = session->cohort_name,
		.used = used_words(visit, session),
		.began = time_words(visit->arena, visit->zone, session->created_at),
		.began_machine = time_machine(visit->arena, session->created_at),
		.end_action = link_under(visit->arena, sessions, "end"),
		.session = arena_format(visit->arena, "%" PRId64, session->id),
	};
}

void
sessions_show(struct visit *visit)
{
	struct own_session_rows own =
	    session_list(visit->db, visit->arena, visit->person->id, visit->now);
	struct page_cohort_sessions_sessions *rows =
	    arena_array(visit->arena, own.count + 1, sizeof(*rows));
	struct page_cohort_sessions page = {
		.part_errors = form_summary(visit->values),
		.all_action =
		    link_under(visit->arena, link_me(visit->arena, visit->site), "sign-out"),
		.idle_days = words_number(visit, visit->session->idle_seconds / CLOCK_DAY),
		.end_days = words_number(visit, SESSION_END_SECONDS / CLOCK_DAY),
	};
	size_t i;

	for (i = 0; i < own.count; i++) {
		rows[i] = session_row(visit, &own.rows[i]);
	}
	page.sessions.rows = rows;
	page.sessions.count = own.count;
	page_cohort_sessions(visit_html(visit, 200), &visit->frame, &page);
}

/* Another person's session is none that there is here. */
void
sessions_end(struct visit *visit)
{
	int64_t id = 0;

	if (!text_integer(form_text(visit->values, END_SESSION), 1, INT64_MAX, &id) ||
	    !session_end_own(visit->db, id, visit->person->id)) {
		visit_not_found(visit);
		return;
	}
	if (id == visit->session->id) {
		visit_sign_out(visit);
		visit_notice(visit, MESSAGE_DONE_SIGNED_OUT);
		visit_redirect(visit, link_home(visit->arena, visit->site));
		return;
	}
	visit_notice(visit, MESSAGE_DONE_SESSION_ENDED);
	visit_redirect(visit, link_sessions(visit->arena, visit->site));
}

void
sessions_end_all(struct visit *visit)
{
	session_end_all(visit->db, visit->person->id);
	visit_sign_out(visit);
	visit_notice(visit, MESSAGE_DONE_SIGNED_OUT_EVERYWHERE);
	visit_redirect(visit, link_home(visit->arena, visit->site));
}
