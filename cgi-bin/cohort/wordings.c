#include <string.h>

#include "ground/text.h"
#include "model/wording.h"
#include "office.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/wording_check.h"

enum { WORDING_SUBJECT, WORDING_BODY, WORDING_REVISION, WORDING_STEP, WORDING_COUNT };

enum { BODY_ROWS = 16, REVISION_MAX = 20 };

static const struct choice steps[] = {
	{ "save", NULL, MESSAGE_OFFICE_WORDING_STEP_LABEL, NULL },
	{ "preview", NULL, MESSAGE_OFFICE_WORDING_STEP_LABEL, NULL },
};

static const struct field wording_fields[WORDING_COUNT] = {
	[WORDING_SUBJECT] = { "subject", FIELD_LINE, MESSAGE_OFFICE_WORDING_SUBJECT_LABEL,
	    .required = true, .max = WORDING_SUBJECT_MAX },
	[WORDING_BODY] = { "body", FIELD_TEXT, MESSAGE_OFFICE_WORDING_BODY_LABEL,
	    MESSAGE_OFFICE_WORDING_BODY_HELP, true, .max = WORDING_BODY_MAX, .rows = BODY_ROWS },
	[WORDING_REVISION] = { "revision", FIELD_HIDDEN, MESSAGE_OFFICE_WORDING_REVISION_LABEL,
	    .required = true, .max = REVISION_MAX },
	/* Which of the two buttons it was. */
	[WORDING_STEP] = { "step", FIELD_CHOICE, MESSAGE_OFFICE_WORDING_STEP_LABEL,
	    .choices = steps, .choice_count = 2 },
};

const struct form wording_form = {
	.name = "wording",
	.fields = wording_fields,
	.count = WORDING_COUNT,
};

const struct form wording_reset_form = { .name = "wording_reset" };

/* ---- the list ---- */

static const char *
whose_words(const struct visit *visit, const struct wording_state *state)
{
	if (state->is_own == 1) {
		return message(visit->cohort == NULL ? MESSAGE_OFFICE_WORDING_OWN_PROGRAMME
						     : MESSAGE_OFFICE_WORDING_OWN_COHORT);
	}
	return message(state->is_programmes == 1 ? MESSAGE_OFFICE_WORDING_OF_PROGRAMME
						 : MESSAGE_OFFICE_WORDING_OF_SOFTWARE);
}

static const char *
own_link(struct visit *visit, const char *kind)
{
	return link_under(visit->arena, office_link(visit, "wording"), kind);
}

void
wordings_show(struct visit *visit)
{
	struct wording_state_rows states =
	    wording_states(visit->db, visit->arena, office_cohort(visit));
	struct page_cohort_wordings_kinds *rows =
	    arena_array(visit->arena, states.count + 1, sizeof(*rows));
	struct page_cohort_wordings page = {
		.back = office_back(visit),
		.back_link = office_back_link(visit),
		.part_organise = office_organise(visit, ORGANISE_MAIL),
		.part_settings = office_settings(visit, SETTINGS_MAIL),
		.lede = visit->cohort == NULL
		    ? message(MESSAGE_OFFICE_WORDINGS_LEDE_ALL)
		    : message_office_wordings_lede(visit->arena, visit->cohort->name),
		.kinds = { rows, 0 },
	};
	size_t i;

	for (i = 0; i < states.count; i++) {
		if (wording_kind_find(states.rows[i].kind) != NULL) {
			rows[page.kinds.count++] = (struct page_cohort_wordings_kinds){
				.kind_link = own_link(visit, states.rows[i].kind),
				.kind = office_kind_words(states.rows[i].kind),
				.if_kind_own = states.rows[i].is_own == 1,
				.kind_words = whose_words(visit, &states.rows[i]),
			};
		}
	}
	page_cohort_wordings(visit_html(visit, 200), &visit->frame, &page);
}

/* ---- one of them ---- */

/* What is edited: a kind, its words now, and whose they are. */
struct subject {
	const struct wording_kind *kind;
	const struct wording_state *state;
	const struct wording_words *own; /* NULL: none */
	const char *subject;
	const char *body;
};

static const struct wording_state *
find_state(struct visit *visit, const char *kind)
{
	struct wording_state_rows states =
	    wording_states(visit->db, visit->arena, office_cohort(visit));
	size_t i;

	for (i = 0; i < states.count; i++) {
		if (strcmp(states.rows[i].kind, kind) == 0) {
			return &states.rows[i];
		}
	}
	return NULL;
}

bool
office_may_word(struct visit *visit, const char *kind)
{
	return find_state(visit, kind) != NULL;
}

/* The kind of the address; false when it is none, or not for them (404). */
static bool
find_subject(struct visit *visit, struct subject *subject)
{
	const char *name = visit_param(visit, "kind");
	const struct wording_words *words;

	*subject = (struct subject){
		.kind = wording_kind_find(name),
		.state = find_state(visit, name),
	};
	if (subject->kind == NULL || subject->state == NULL) {
		visit_not_found(visit);
		return false;
	}
	subject->own = wording_own(visit->db, visit->arena, name, office_cohort(visit));
	words = wording_read(visit->db, visit->arena, name, office_cohort(visit));
	subject->subject = words == NULL ? subject->kind->subject : words->subject;
	subject->body = words == NULL ? subject->kind->body : words->body;
	return true;
}

static struct page_cohort_wording_placeholders_list
placeholder_rows(struct visit *visit, const struct wording_kind *kind)
{
	struct page_cohort_wording_placeholders *rows =
	    arena_array(visit->arena, kind->placeholder_count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < kind->placeholder_count; i++) {
		const struct wording_placeholder *placeholder = &kind->placeholders[i];

		rows[i] = (struct page_cohort_wording_placeholders){
			.placeholder = placeholder->name,
			.meaning = office_placeholder_words(placeholder->name),
			.if_needed = placeholder->is_link,
			.if_sample = placeholder->sample != MESSAGE_NONE,
			.sample = message(placeholder->sample),
		};
	}
	return (struct page_cohort_wording_placeholders_list){ rows, kind->placeholder_count };
}

static const char *
subject_lede(const struct visit *visit, const struct subject *subject)
{
	if (subject->own != NULL) {
		return message(visit->cohort == NULL ? MESSAGE_OFFICE_WORDING_LEDE_OWN_PROGRAMME
						     : MESSAGE_OFFICE_WORDING_LEDE_OWN_COHORT);
	}
	return message(subject->state->is_programmes == 1 ? MESSAGE_OFFICE_WORDING_LEDE_PROGRAMME
							  : MESSAGE_OFFICE_WORDING_LEDE_SOFTWARE);
}

/* What counts once a cohort's own words are gone. */
static const char *
reset_words(struct visit *visit, const struct subject *subject)
{
	bool has_programmes = visit->cohort != NULL &&
	    wording_own(visit->db, visit->arena, subject->kind->kind, 0) != NULL;

	return message(has_programmes ? MESSAGE_OFFICE_WORDING_RESET_PROGRAMME
				      : MESSAGE_OFFICE_WORDING_RESET_SOFTWARE);
}

struct page_part_letter_list
office_letter(
    struct visit *visit, const struct wording_kind *kind, const char *subject, const char *body)
{
	struct wording_preview preview = wording_preview(visit->arena, kind, subject, body);
	struct page_part_letter *row = arena_alloc(visit->arena, sizeof(*row));

	*row = (struct page_part_letter){
		.letter_subject = preview.subject,
		.letter_markdown = preview.html,
		.letter_text = preview.text,
	};
	return (struct page_part_letter_list){ row, 1 };
}

static void
show(struct visit *visit, const struct subject *subject, bool previews)
{
	struct form_values *values = visit_values(visit, &wording_form);
	const char *link = own_link(visit, subject->kind->kind);
	struct page_cohort_wording page = {
		.kind = office_kind_words(subject->kind->kind),
		.back_link = office_link(visit, "wording"),
		.part_organise = office_organise(visit, ORGANISE_MAIL),
		.part_settings = office_settings(visit, SETTINGS_MAIL),
		.part_errors = form_summary(visit->values),
		.lede = subject_lede(visit, subject),
		.if_preview = previews,
		.action = link,
		.draft = arena_format(visit->arena, "wording-%s-%s",
		    visit->cohort == NULL ? "" : visit->cohort->slug, subject->kind->kind),
		.placeholders = placeholder_rows(visit, subject->kind),
		.if_own = subject->own != NULL,
		.reset_action = link_under(visit->arena, link, "reset"),
		.reset_words = reset_words(visit, subject),
	};

	form_fill(values, WORDING_SUBJECT, subject->subject);
	form_fill(values, WORDING_BODY, subject->body);
	form_fill_integer(
	    values, WORDING_REVISION, subject->own == NULL ? 0 : subject->own->revision);
	page.part_field = form_rows_between(values, WORDING_SUBJECT, WORDING_STEP);
	if (previews) {
		page.part_letter = office_letter(visit, subject->kind,
		    form_text(values, WORDING_SUBJECT), form_text(values, WORDING_BODY));
	}
	page_cohort_wording(visit_html(visit, 200), &visit->frame, &page);
}

void
wording_show(struct visit *visit)
{
	struct subject subject;

	if (find_subject(visit, &subject)) {
		show(visit, &subject, false);
	}
}

/* Says at its field what is wrong with what was written; true when nothing. */
static bool
check(struct visit *visit, const struct wording_kind *kind)
{
	struct form_values *values = visit->values;
	const char *subject =
	    wording_check_subject(visit->arena, kind, form_text(values, WORDING_SUBJECT));
	const char *body = wording_check_body(visit->arena, kind, form_text(values, WORDING_BODY));

	if (subject != NULL) {
		form_refuse(values, WORDING_SUBJECT, subject);
	}
	if (body != NULL) {
		form_refuse(values, WORDING_BODY, body);
	}
	return subject == NULL && body == NULL;
}

/* The form comes back with the new revision, so that saving it once more
 * replaces the other words knowingly. */
static void
refuse_stale(struct visit *visit, const struct subject *subject)
{
	visit->values->values[WORDING_REVISION].text =
	    words_number(visit, subject->own == NULL ? 0 : subject->own->revision);
	form_refuse_whole(visit->values, message(MESSAGE_OFFICE_WORDING_CHANGED_MEANWHILE));
	visit_again(visit);
}

static void
wording_done(struct visit *visit, enum audit_action action, const char *kind, enum message done)
{
	visit_audit(visit, action, 0, kind);
	visit_notice(visit, done);
	visit_redirect(visit, own_link(visit, kind));
}

static void
save(struct visit *visit, const struct subject *subject)
{
	int64_t revision = 0;

	(void)text_integer(form_text(visit->values, WORDING_REVISION), 0, INT64_MAX, &revision);
	switch (wording_save(visit->db, visit->arena, office_cohort(visit), subject->kind->kind,
	    form_text(visit->values, WORDING_SUBJECT), form_text(visit->values, WORDING_BODY),
	    revision, visit->now)) {
	case WORDING_SAVED:
		wording_done(
		    visit, AUDIT_WORDING_CHANGED, subject->kind->kind, MESSAGE_DONE_WORDING_SAVED);
		break;
	case WORDING_CHANGED_MEANWHILE:
		refuse_stale(visit, subject);
		break;
	case WORDING_NOT_OF_COHORT:
	case WORDING_FAULT:
		visit_error(visit, 500);
		break;
	}
}

/* One button saves; the other shows how it would look, writing nothing. */
void
wording_send(struct visit *visit)
{
	struct subject subject;

	if (!find_subject(visit, &subject)) {
		return;
	}
	if (!check(visit, subject.kind)) {
		visit_again(visit);
	} else if (text_equal(form_text(visit->values, WORDING_STEP), "preview")) {
		show(visit, &subject, true);
	} else {
		save(visit, &subject);
	}
}

void
wording_put_back(struct visit *visit)
{
	struct subject subject;

	if (!find_subject(visit, &subject)) {
		return;
	}
	if (!wording_reset(visit->db, office_cohort(visit), subject.kind->kind)) {
		visit_error(visit, 500);
		return;
	}
	wording_done(visit, AUDIT_WORDING_RESET, subject.kind->kind, MESSAGE_DONE_WORDING_RESET);
}
