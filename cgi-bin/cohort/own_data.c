#include "model/own_data.h"

#include "cohort.h"
#include "ground/clock.h"
#include "web/link.h"
#include "web/page/cohort.h"

const struct form own_data_form = { .name = "own_data" };
const struct form own_data_erase_form = { .name = "own_data_erase" };

void
own_data_show(struct visit *visit)
{
	const char *me = link_me(visit->arena, visit->site);

	page_cohort_own_data(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_own_data){ .me = me,
		.email = visit->person->email,
		.copy_action = link_own_data(visit->arena, visit->site),
		.erase_action = link_under(visit->arena, me, "erase"),
		.privacy = link_privacy(visit->arena, visit->site),
		.part_errors = form_summary(visit->values) });
}

/* What could not be done, said on the page. */
static void
refuse(struct visit *visit, enum own_data_outcome outcome)
{
	if (outcome == OWN_DATA_TOO_MANY) {
		form_refuse_whole(visit->values, message(MESSAGE_OWN_DATA_TOO_MANY));
		visit_again(visit);
	} else {
		visit_error(visit, 500);
	}
}

/* The day is part of the name, so that copies can be told apart. */
static void
answer_file(struct visit *visit, const char *json)
{
	const char *day =
	    arena_copy_bytes(visit->arena, clock_rfc3339(visit->arena, visit->now), 10);

	visit->response->status = 200;
	visit->response->content_type = "application/json";
	(void)response_header(visit->response, "Content-Disposition",
	    arena_format(visit->arena, "attachment; filename=\"own-data-%s.json\"", day));
	bytes_text(visit->response->body, json);
}

void
own_data_take_copy(struct visit *visit)
{
	const char *json;
	enum own_data_outcome outcome =
	    own_data_take(visit->db, visit->arena, visit->site->secret, visit->person, visit->now);

	if (outcome != OWN_DATA_DONE) {
		refuse(visit, outcome);
		return;
	}
	visit_audit(visit, AUDIT_OWN_DATA_TAKEN, visit->person->id, NULL);
	json = own_data_json(visit->db, visit->arena, visit->person,
	    message_own_data_what(visit->arena, visit->programme->name, visit->site->origin),
	    visit->now);
	if (json == NULL) {
		visit_error(visit, 500);
		return;
	}
	answer_file(visit, json);
}

void
own_data_send_link(struct visit *visit)
{
	enum own_data_outcome outcome = own_data_ask_erase(
	    visit->db, visit->arena, visit->site->secret, visit->person, visit->now);

	if (outcome != OWN_DATA_DONE) {
		refuse(visit, outcome);
		return;
	}
	visit_notice(visit, MESSAGE_DONE_ERASE_ASKED);
	visit_redirect(visit, link_own_data(visit->arena, visit->site));
}
