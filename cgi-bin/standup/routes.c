#include "standup.h"

#define WEEK "/standup/:cohort/:group/:week"

/* A form on a week's page, whose mistakes are shown there. */
#define SEND(path, roles, handle, sent) \
	{ \
		METHOD_POST, WEEK path, SCOPE_GROUP, roles, handle, .form = &sent, \
								    .again = week_show \
	}

static const struct route routes[] = {
	{ METHOD_GET, "/standup/", SCOPE_SITE, ROLE_PERSON, groups_show, .form = NULL },
	{ METHOD_GET, "/standup/:cohort/:group", SCOPE_GROUP, ROLES_MEMBERS, group_show,
	    .form = NULL },
	{ METHOD_GET, WEEK, SCOPE_GROUP, ROLES_MEMBERS, week_show, .form = NULL },

	SEND("/check-in", ROLE_DJANGONAUT, check_in_send, check_in_form),
	SEND("/check-in/audience", ROLE_DJANGONAUT, check_in_send_audience, check_in_audience_form),

	SEND("/question", ROLE_DJANGONAUT, question_send, question_form),
	SEND("/question/:question", ROLES_MEMBERS, question_send_words, question_words_form),
	SEND("/question/:question/audience", ROLES_MEMBERS, question_send_audience,
	    question_audience_form),
	SEND("/question/:question/resolved", ROLES_MEMBERS, question_send_resolved,
	    question_resolved_form),

	SEND("/question/:question/answer", ROLES_MEMBERS, answer_send, answer_form),
	SEND("/answer/:answer", ROLES_MEMBERS, answer_send_words, answer_words_form),
	SEND("/answer/:answer/audience", ROLES_MEMBERS, answer_send_audience, answer_audience_form),

	SEND("/attendance", ROLES_FACILITATORS, attendance_send, attendance_form),
	SEND("/notes", ROLES_FACILITATORS, notes_send, notes_form),
	SEND("/highlight", ROLES_FACILITATORS, highlight_send, highlight_form),
	{ METHOD_GET, WEEK "/highlight/:highlight", SCOPE_GROUP, ROLES_FACILITATORS,
	    highlight_edit_show, .form = &highlight_edit_form },
	{ METHOD_POST, WEEK "/highlight/:highlight", SCOPE_GROUP, ROLES_FACILITATORS,
	    highlight_send_edit, .form = &highlight_edit_form, .again = highlight_edit_show },
	SEND("/highlight/:highlight/withdrawn", ROLES_FACILITATORS, highlight_send_withdrawn,
	    highlight_withdrawn_form),
};

const struct program standup_program = {
	.name = "standup",
	.routes = routes,
	.count = sizeof(routes) / sizeof(routes[0]),
};
