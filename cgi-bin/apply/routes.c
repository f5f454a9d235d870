#include "apply.h"
#include "draft.h"

static const struct route routes[] = {
	{ METHOD_GET, "/apply/", SCOPE_SITE, ROLE_ANYONE, apply_list_show, .form = NULL },

	{ METHOD_GET, "/apply/:cohort", SCOPE_COHORT, ROLE_ANYONE, apply_form_show,
	    .form_of = apply_form_of },
	{ METHOD_POST, "/apply/:cohort", SCOPE_COHORT, ROLE_ANYONE, apply_form_send,
	    .form_of = apply_form_of, .again = apply_form_show },
	{ METHOD_GET, "/apply/:cohort/preview", SCOPE_COHORT, ROLE_ORGANISER, apply_preview_show,
	    .form_of = apply_form_of },
	{ METHOD_GET, "/apply/:cohort/code", SCOPE_COHORT, ROLE_ANYONE, apply_code_show,
	    .form = &apply_code_form },
	{ METHOD_POST, "/apply/:cohort/code", SCOPE_COHORT, ROLE_ANYONE, apply_code_send,
	    .form = &apply_code_form, .again = apply_code_show },
	{ METHOD_POST, "/apply/:cohort/forget", SCOPE_COHORT, ROLE_ANYONE, apply_draft_forget_press,
	    .form = &apply_forget_form, .again = apply_form_show },
	{ METHOD_GET, "/apply/draft/:draft", SCOPE_SITE, ROLE_ANYONE, apply_draft_link_show,
	    .form = &apply_draft_link_form, .secret = true },
	{ METHOD_POST, "/apply/draft/:draft", SCOPE_SITE, ROLE_ANYONE, apply_draft_link_press,
	    .form = &apply_draft_link_form, .again = apply_draft_link_show, .secret = true },
	{ METHOD_GET, "/apply/:cohort/received/:key", SCOPE_COHORT, ROLE_ANYONE,
	    apply_received_show, .secret = true },

	{ METHOD_GET, "/apply/confirm/:token", SCOPE_SITE, ROLE_ANYONE, apply_confirm_show,
	    .form = &apply_confirm_form, .secret = true },
	{ METHOD_POST, "/apply/confirm/:token", SCOPE_SITE, ROLE_ANYONE, apply_confirm_press,
	    .form = &apply_confirm_form, .again = apply_confirm_show, .secret = true },

	{ METHOD_GET, "/apply/mine/:application", SCOPE_APPLICATION, ROLE_APPLICANT,
	    apply_mine_show, .form_of = apply_mine_of },
	{ METHOD_POST, "/apply/mine/:application", SCOPE_APPLICATION, ROLE_APPLICANT,
	    apply_mine_change, .form_of = apply_mine_of, .again = apply_mine_show },
	{ METHOD_POST, "/apply/mine/:application/withdraw", SCOPE_APPLICATION, ROLE_APPLICANT,
	    apply_mine_withdraw, .form = &apply_withdraw_form, .again = apply_mine_show },
	{ METHOD_POST, "/apply/mine/:application/again", SCOPE_APPLICATION, ROLE_APPLICANT,
	    apply_mine_resubmit, .form = &apply_resubmit_form, .again = apply_mine_show },
};

const struct program apply_program = {
	.name = "apply",
	.routes = routes,
	.count = sizeof(routes) / sizeof(routes[0]),
};
