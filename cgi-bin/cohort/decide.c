#include "decisions.h"
#include "model/standing.h"
#include "web/link.h"

enum {
	DECIDE_APPLICATION,
	DECIDE_DECISION,
	DECIDE_GROUP,
	DECIDE_PLACE,
	DECIDE_LINE,
	DECIDE_NEXT,
	DECIDE_COUNT
};

enum { LINE_ROWS = 3, NEXT_MAX = 2000 };

static const struct choice decisions[] = {
	{ "offer", NULL, MESSAGE_DECIDE_OFFER, NULL },
	{ "waitlist", NULL, MESSAGE_DECIDE_WAITLIST, NULL },
	{ "decline", NULL, MESSAGE_DECIDE_DECLINE, NULL },
	{ "none", NULL, MESSAGE_DECIDE_NONE, NULL },
};

static const struct field decide_fields[DECIDE_COUNT] = {
	[DECIDE_APPLICATION] = { "application", FIELD_CHOICES, MESSAGE_DECIDE_APPLICATIONS_LABEL,
	    .required = false },
	[DECIDE_DECISION] = { "decision", FIELD_RADIO, MESSAGE_DECIDE_DECISION_LABEL,
	    MESSAGE_DECIDE_DECISION_HELP, .required = true, .choices = decisions,
	    .choice_count = sizeof(decisions) / sizeof(decisions[0]) },
	[DECIDE_GROUP] = { "group", FIELD_CHOICE, MESSAGE_DECIDE_GROUP_LABEL,
	    MESSAGE_DECIDE_GROUP_HELP, .required = false },
	[DECIDE_PLACE] = { "place", FIELD_NUMBER, MESSAGE_DECIDE_PLACE_LABEL,
	    MESSAGE_DECIDE_PLACE_HELP, .min = 1, .max = DECISION_PLACE_MAX },
	[DECIDE_LINE] = { "line", FIELD_TEXT, MESSAGE_DECIDE_LINE_LABEL, MESSAGE_DECIDE_LINE_HELP,
	    .max = DECISION_LINE_MAX, .rows = LINE_ROWS },
	[DECIDE_NEXT] = { "next", FIELD_HIDDEN, MESSAGE_NONE, .max = NEXT_MAX },
};

const struct form decide_form = {
	.name = "decide",
	.fields = decide_fields,
	.count = DECIDE_COUNT,
};

/* The applications that are chosen by the page which the form is on. */
struct chosen {
	const char *const *keys;
	size_t count;
};

static struct page_part_decide_chosen_list
chosen_rows(struct visit *visit, struct chosen chosen)
{
	struct page_part_decide_chosen *rows =
	    arena_array(visit->arena, chosen.count + 1, sizeof(*rows));

	for (size_t i = 0; i < chosen.count; i++) {
		rows[i].chosen_key = chosen.keys[i];
	}
	return (struct page_part_decide_chosen_list){ rows, chosen.count };
}

/* values NULL: nothing can be decided. */
static struct page_part_decide_list
decide_part(
    struct visit *visit, struct form_values *values, struct chosen chosen, const char *words)
{
	struct page_part_decide *row = arena_alloc(visit->arena, sizeof(*row));

	row->decide_words = words;
	row->decisions_link = decisions_link(visit);
	row->decide_action = link_under(visit->arena, row->decisions_link, "add");
	row->chosen = chosen_rows(visit, chosen);
	row->if_decidable = values != NULL;
	if (values != NULL) {
		form_prefix(values, "decide");
		row->part_field = form_rows_between(values, DECIDE_DECISION, DECIDE_COUNT);
	}
	return (struct page_part_decide_list){ row, 1 };
}

/* The page that one is on, to be back on it after deciding; NULL for a page
 * that answers a form. */
static const char *
own_address(struct visit *visit)
{
	return visit->request->method != METHOD_GET
	    ? NULL
	    : arena_format(visit->arena, "%s%s", visit->site->root, visit->request->path);
}

/* What the form begins with: what is decided already. */
static void
fill_pending(struct visit *visit, struct form_values *values, const struct decision *decision)
{
	struct group group;

	form_fill(values, DECIDE_DECISION, decision->kind);
	form_fill(values, DECIDE_LINE, decision->line);
	if (decision->position != DB_NULL) {
		form_fill(values, DECIDE_PLACE, words_number(visit, decision->position));
	}
	if (decision->group_id != DB_NULL &&
	    group_by_id(visit->db, visit->arena,
		&(struct group_by_id_in){ .id = decision->group_id }, &group)) {
		form_fill(values, DECIDE_GROUP, group.slug);
	}
}

static const char *
decision_words(enum decision_kind kind)
{
	static const enum message words[DECISION_KINDS] = {
		[DECISION_NONE] = MESSAGE_DECIDE_NONE,
		[DECISION_OFFER] = MESSAGE_DECIDE_OFFER,
		[DECISION_WAITLIST] = MESSAGE_DECIDE_WAITLIST,
		[DECISION_DECLINE] = MESSAGE_DECIDE_DECLINE,
	};

	return message(words[kind]);
}

static bool
is_decidable(enum standing standing)
{
	return standing_may(standing, STANDING_OFFERED) ||
	    standing_may(standing, STANDING_WAITLISTED) ||
	    standing_may(standing, STANDING_DECLINED);
}

static struct page_part_decide_list
decide_one(struct visit *visit, struct form_values *values, const struct application *application)
{
	const char **keys = arena_array(visit->arena, 1, sizeof(*keys));
	const char *words = message(MESSAGE_DECIDE_WORDS_OPEN);
	struct decision decision;

	keys[0] = application->key;
	if (!is_decidable(standing_find(visit->db, visit->arena, application->id))) {
		return decide_part(
		    visit, NULL, (struct chosen){ NULL, 0 }, message(MESSAGE_DECIDE_WORDS_NOT));
	}
	if (decision_find_pending(visit->db, visit->arena, application->id, &decision)) {
		words = message_decide_words_pending(
		    visit->arena, decision_words(decision_kind_read(decision.kind)));
		fill_pending(visit, values, &decision);
	}
	return decide_part(visit, values, (struct chosen){ keys, 1 }, words);
}

struct page_part_decide_list
parts_decide(struct visit *visit, const struct application *application)
{
	struct form_values *values = visit_values(visit, &decide_form);

	parts_choose_group(visit, values, DECIDE_GROUP);
	if (own_address(visit) != NULL) {
		form_fill(values, DECIDE_NEXT, own_address(visit));
	}
	if (application != NULL) {
		return decide_one(visit, values, application);
	}
	return decide_part(
	    visit, values, (struct chosen){ NULL, 0 }, message(MESSAGE_DECIDE_WORDS_LIST));
}

struct page_part_decide_list
parts_decide_again(struct visit *visit)
{
	struct form_values *values = visit_values(visit, &decide_form);
	struct chosen chosen = { NULL, 0 };

	chosen.keys = form_list(values, DECIDE_APPLICATION, &chosen.count);
	if (values->sent && chosen.count == 0 && *form_words(values, DECIDE_LINE) != '\0') {
		return decide_part(visit, NULL, chosen,
		    message_decide_words_kept(visit->arena, form_words(values, DECIDE_LINE)));
	}
	if (!values->sent || chosen.count == 0) {
		return (struct page_part_decide_list){ NULL, 0 };
	}
	parts_choose_group(visit, values, DECIDE_GROUP);
	return decide_part(visit, values, chosen,
	    message_decide_words_again(
		visit->arena, words_applicants(visit, (int64_t)chosen.count)));
}

/* What the form says; false: the group is none of the cohort's. */
static bool
read_terms(struct visit *visit, struct decision_terms *terms)
{
	const char *slug;
	struct group group;

	*terms = (struct decision_terms){
		.kind = decision_kind_read(form_text(visit->values, DECIDE_DECISION)),
		.group_id = DB_NULL,
		.place = form_integer(visit->values, DECIDE_PLACE, DECISION_LAST),
		.line = form_words(visit->values, DECIDE_LINE),
	};
	slug = form_text(visit->values, DECIDE_GROUP);
	if (slug == NULL) {
		return true;
	}
	if (!group_find(visit->db, visit->arena, visit->cohort->id, slug, &group)) {
		return false;
	}
	terms->group_id = group.id;
	return true;
}

static void
refuse(struct visit *visit, const char *words)
{
	form_refuse_whole(visit->values, words);
	visit_again(visit);
}

static void
answer(
    struct visit *visit, const struct decision_terms *terms, const struct decision_report *report)
{
	size_t left = report->refused + report->with_role;

	if (report->is_too_late) {
		refuse(visit, message(MESSAGE_DECIDE_TOO_LATE));
		return;
	}
	if (report->decided + report->unchanged == 0) {
		refuse(visit,
		    message(report->with_role > 0 ? MESSAGE_DECIDE_REFUSED_ROLE
						  : MESSAGE_DECIDE_REFUSED_ONE));
		return;
	}
	visit_audit(visit, AUDIT_DECIDED, 0, decision_kind_text(terms->kind));
	visit_notice(visit,
	    terms->kind == DECISION_NONE ? MESSAGE_DONE_UNDECIDED
		: left > 0		 ? MESSAGE_DONE_DECIDED_SOME
					 : MESSAGE_DONE_DECIDED);
	visit_redirect(
	    visit, visit_next(visit, form_text(visit->values, DECIDE_NEXT), decisions_link(visit)));
}

void
decide_add(struct visit *visit)
{
	struct decision_report report;
	struct decision_terms terms;
	size_t count;
	const char *const *keys = form_list(visit->values, DECIDE_APPLICATION, &count);

	if (count == 0) {
		refuse(visit, message(MESSAGE_DECIDE_NONE_CHOSEN));
	} else if (!read_terms(visit, &terms)) {
		form_refuse(visit->values, DECIDE_GROUP, message(MESSAGE_WEB_FORM_CHOICE));
		visit_again(visit);
	} else if (!decision_make(visit->db, visit->arena, visit->cohort, keys, count, &terms,
		       visit->person->id, visit->now, &report)) {
		visit_error(visit, 500);
	} else {
		answer(visit, &terms, &report);
	}
}
