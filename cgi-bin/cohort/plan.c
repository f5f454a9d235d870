#include <inttypes.h>
#include <string.h>

#include "cohort.h"
#include "ground/text.h"
#include "model/cohort_copy.h"
#include "model/cohort_plan.h"
#include "plan_copy.h"
#include "web/default_questions.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

/* As many as the schema lets in, whatever the programme allows. */
enum {
	PLAN_NAME_MAX = 80,
	PLAN_GOAL_MAX = 300,
	PLAN_DESCRIPTION_MAX = 8000,
	PLAN_CHAT_NAME_MAX = 60,
	PLAN_LINK_MAX = 500,
	PLAN_NUMBER_MAX = 1000,
	PLAN_OFFER_DAYS_MAX = 60,
	PLAN_REVIEWS_MAX = 9,
	PLAN_GRACE_MAX = 1440, /* a day */
	PLAN_SLUG_MAX = 40,
	PLAN_SEATS_DEFAULT = 16,
	PLAN_REVIEWS_DEFAULT = 2,
	PLAN_GRACE_DEFAULT = 30
};

enum {
	PLAN_NAME,
	PLAN_GOAL,
	PLAN_DESCRIPTION,
	PLAN_OPENS,
	PLAN_CLOSES,
	PLAN_STARTS,
	PLAN_WEEKS,
	PLAN_PER_NAVIGATOR,
	PLAN_PER_GROUP,
	PLAN_SEATS,
	PLAN_REVIEWS,
	PLAN_GRACE,
	PLAN_OFFER_DAYS,
	PLAN_RELEASES,
	PLAN_CHAT_NAME,
	PLAN_CHAT_LINK,
	PLAN_SLUG,
	PLAN_REVISION = PLAN_SLUG,
	PLAN_EDIT_COUNT,
	PLAN_COPY = PLAN_EDIT_COUNT,
	PLAN_NEW_COUNT
};

#define PLAN_NUMBER(name, label, help, most) \
	{ \
		name, FIELD_NUMBER, label, help, true, .min = 1, .max = (most) \
	}

/* Written once, for the making and the changing. */
#define PLAN_FIELDS \
	[PLAN_NAME] = { "name", FIELD_LINE, MESSAGE_COHORT_PLAN_NAME_LABEL, \
		MESSAGE_COHORT_PLAN_NAME_HELP, true, .max = PLAN_NAME_MAX }, \
	[PLAN_GOAL] = { "goal", FIELD_LINE, MESSAGE_COHORT_PLAN_GOAL_LABEL, \
		MESSAGE_COHORT_PLAN_GOAL_HELP, true, .max = PLAN_GOAL_MAX }, \
	[PLAN_DESCRIPTION] = { "description", FIELD_TEXT, MESSAGE_COHORT_PLAN_DESCRIPTION_LABEL, \
		MESSAGE_COHORT_PLAN_DESCRIPTION_HELP, .max = PLAN_DESCRIPTION_MAX, .rows = 10 }, \
	[PLAN_OPENS] = { "opens_on", FIELD_DATE, MESSAGE_COHORT_PLAN_OPENS_LABEL, \
		.required = true }, \
	[PLAN_CLOSES] = { "closes_on", FIELD_DATE, MESSAGE_COHORT_PLAN_CLOSES_LABEL, \
		.required = true }, \
	[PLAN_STARTS] = { "starts_on", FIELD_DATE, MESSAGE_COHORT_PLAN_STARTS_LABEL, \
		MESSAGE_COHORT_PLAN_STARTS_HELP, .required = true }, \
	[PLAN_WEEKS] = \
	    PLAN_NUMBER("weeks", MESSAGE_COHORT_PLAN_WEEKS_LABEL, MESSAGE_NONE, PLAN_NUMBER_MAX), \
	[PLAN_PER_NAVIGATOR] = PLAN_NUMBER("djangonauts_per_navigator", \
	    MESSAGE_COHORT_PLAN_PER_NAVIGATOR_LABEL, MESSAGE_NONE, PLAN_NUMBER_MAX), \
	[PLAN_PER_GROUP] = PLAN_NUMBER("djangonauts_per_group", \
	    MESSAGE_COHORT_PLAN_PER_GROUP_LABEL, MESSAGE_NONE, PLAN_NUMBER_MAX), \
	[PLAN_SEATS] = PLAN_NUMBER("seats", MESSAGE_COHORT_PLAN_SEATS_LABEL, \
	    MESSAGE_COHORT_PLAN_SEATS_HELP, PLAN_NUMBER_MAX), \
	[PLAN_REVIEWS] = PLAN_NUMBER("reviews_wanted", MESSAGE_PLAN_REVIEWS_LABEL, \
	    MESSAGE_PLAN_REVIEWS_HELP, PLAN_REVIEWS_MAX), \
	[PLAN_GRACE] = { "grace_minutes", FIELD_NUMBER, MESSAGE_PLAN_GRACE_LABEL, \
		MESSAGE_PLAN_GRACE_HELP, true, .min = 0, .max = PLAN_GRACE_MAX }, \
	[PLAN_OFFER_DAYS] = PLAN_NUMBER("offer_days", MESSAGE_COHORT_PLAN_OFFER_DAYS_LABEL, \
	    MESSAGE_NONE, PLAN_OFFER_DAYS_MAX), \
	[PLAN_RELEASES] = { "releases_itself", FIELD_CHECK, MESSAGE_PLAN_RELEASES_LABEL, \
		MESSAGE_PLAN_RELEASES_HELP, .required = false }, \
	[PLAN_CHAT_NAME] = { "chat_name", FIELD_LINE, MESSAGE_COHORT_PLAN_CHAT_NAME_LABEL, \
		MESSAGE_COHORT_PLAN_CHAT_NAME_HELP, .max = PLAN_CHAT_NAME_MAX }, \
	[PLAN_CHAT_LINK] = { "chat_link", FIELD_URL, MESSAGE_COHORT_PLAN_CHAT_LINK_LABEL, \
		.max = PLAN_LINK_MAX }

static const struct field new_fields[PLAN_NEW_COUNT] = {
	PLAN_FIELDS,
	[PLAN_SLUG] = { "slug", FIELD_SLUG, MESSAGE_COHORT_PLAN_SLUG_LABEL,
	    MESSAGE_COHORT_PLAN_SLUG_HELP, true, .max = PLAN_SLUG_MAX },
	[PLAN_COPY] = { "copy", FIELD_HIDDEN, MESSAGE_PLAN_COPY_LABEL, .max = PLAN_SLUG_MAX },
};

static const struct field edit_fields[PLAN_EDIT_COUNT] = {
	PLAN_FIELDS,
	[PLAN_REVISION] = { "revision", FIELD_HIDDEN, MESSAGE_COHORT_REVISION_LABEL,
	    .required = true, .max = 20 },
};

const struct form plan_new_form = {
	.name = "cohort_new",
	.fields = new_fields,
	.count = PLAN_NEW_COUNT,
};

const struct form plan_edit_form = {
	.name = "cohort_edit",
	.fields = edit_fields,
	.count = PLAN_EDIT_COUNT,
};

/* The sections of the form; the last is the address, which an edit lacks. */
static const struct {
	enum message title, words;
	size_t first, end;
} sections[] = {
	{ MESSAGE_COHORT_SECTION_ABOUT, MESSAGE_NONE, PLAN_NAME, PLAN_OPENS },
	{ MESSAGE_COHORT_SECTION_DATES, MESSAGE_COHORT_SECTION_DATES_WORDS, PLAN_OPENS,
	    PLAN_WEEKS },
	{ MESSAGE_COHORT_SECTION_LIMITS, MESSAGE_NONE, PLAN_WEEKS, PLAN_SEATS },
	{ MESSAGE_PLAN_SECTION_ROUND, MESSAGE_NONE, PLAN_SEATS, PLAN_CHAT_NAME },
	{ MESSAGE_COHORT_SECTION_CHAT, MESSAGE_COHORT_SECTION_CHAT_WORDS, PLAN_CHAT_NAME,
	    PLAN_SLUG },
	{ MESSAGE_COHORT_SECTION_ADDRESS, MESSAGE_NONE, PLAN_SLUG, PLAN_NEW_COUNT },
};

enum { SECTIONS = sizeof(sections) / sizeof(sections[0]), LIMITS = 2 };

static const char *
limits_words(struct visit *visit)
{
	const struct programme *programme = visit->programme;

	return message_cohort_section_limits_words(visit->arena,
	    words_number(visit, programme->weeks_ceiling),
	    words_number(visit, programme->djangonauts_per_navigator_ceiling),
	    words_number(visit, programme->djangonauts_per_group_ceiling));
}

static struct page_cohort_plan_sections_list
plan_sections(struct visit *visit, const struct form_values *values)
{
	bool is_new = values->form == &plan_new_form;
	struct page_cohort_plan_sections *rows = arena_array(visit->arena, SECTIONS, sizeof(*rows));
	size_t count = is_new ? SECTIONS : SECTIONS - 1, i;

	for (i = 0; i < count; i++) {
		bool is_last = i + 1 == count;

		rows[i].section_title = message(sections[i].title);
		rows[i].section_words =
		    i == LIMITS ? limits_words(visit) : message(sections[i].words);
		rows[i].if_section_words = !text_empty(rows[i].section_words);
		rows[i].part_field = form_rows_between(
		    values, sections[i].first, is_last ? values->form->count : sections[i].end);
	}
	return (struct page_cohort_plan_sections_list){ rows, count };
}

/* What an earlier cohort's numbers and words may be again, and a new one's
 * name, dates and invitation are not. */
static void
fill_lasting(struct form_values *values, const struct cohort *cohort)
{
	form_fill(values, PLAN_GOAL, cohort->goal);
	form_fill(values, PLAN_DESCRIPTION, cohort->description);
	form_fill_integer(values, PLAN_WEEKS, cohort->weeks);
	form_fill_integer(values, PLAN_SEATS, cohort->seats);
	form_fill_integer(values, PLAN_PER_NAVIGATOR, cohort->djangonauts_per_navigator);
	form_fill_integer(values, PLAN_PER_GROUP, cohort->djangonauts_per_group);
	form_fill_integer(values, PLAN_REVIEWS, cohort->reviews_wanted);
	form_fill_integer(values, PLAN_GRACE, cohort->grace_minutes);
	form_fill_integer(values, PLAN_OFFER_DAYS, cohort->offer_days);
	form_fill_check(values, PLAN_RELEASES, cohort->releases_itself == 1);
	form_fill(values, PLAN_CHAT_NAME, cohort->chat_name);
}

static void
fill_from_programme(struct form_values *values, const struct programme *programme)
{
	form_fill_integer(values, PLAN_WEEKS, programme->weeks);
	form_fill_integer(values, PLAN_SEATS, PLAN_SEATS_DEFAULT);
	form_fill_integer(values, PLAN_PER_NAVIGATOR, programme->djangonauts_per_navigator);
	form_fill_integer(values, PLAN_PER_GROUP, programme->djangonauts_per_group);
	form_fill_integer(values, PLAN_REVIEWS, PLAN_REVIEWS_DEFAULT);
	form_fill_integer(values, PLAN_GRACE, PLAN_GRACE_DEFAULT);
	form_fill_integer(values, PLAN_OFFER_DAYS, programme->offer_days);
}

/* The slug of the cohort that is to be copied: as sent, or in the address. */
static const char *
copied_slug(struct visit *visit, const struct form_values *values)
{
	return values->sent ? values->values[PLAN_COPY].text : visit_query(visit, "copy");
}

void
plan_new_show(struct visit *visit)
{
	struct form_values *values = visit_values(visit, &plan_new_form);
	struct page_cohort_plan page = { .title = message(MESSAGE_COHORT_NEW_TITLE),
		.back = message(MESSAGE_COHORT_COHORTS),
		.back_link = link_cohorts(visit->arena, visit->site),
		.part_errors = form_summary(values),
		.if_new = true,
		.action = link_cohort_new(visit->arena, visit->site),
		.draft = "cohort-new",
		.button = message(MESSAGE_COHORT_NEW_BUTTON) };
	struct cohort source;

	if (plan_copy_find(visit, copied_slug(visit, values), &source)) {
		form_fill(values, PLAN_COPY, source.slug);
		fill_lasting(values, &source);
		plan_copy_say(visit, &source, &page);
		page.draft = arena_format(visit->arena, "cohort-new-%s", source.slug);
	} else {
		fill_from_programme(values, visit->programme);
		plan_copy_offer(visit, &page);
	}
	page.sections = plan_sections(visit, values);
	page_cohort_plan(visit_html(visit, 200), &visit->frame, &page);
}

static void
fill_from_cohort(struct form_values *values, const struct cohort *cohort)
{
	fill_lasting(values, cohort);
	form_fill(values, PLAN_NAME, cohort->name);
	form_fill(values, PLAN_OPENS, cohort->opens_on);
	form_fill(values, PLAN_CLOSES, cohort->closes_on);
	form_fill(values, PLAN_STARTS, cohort->starts_on);
	form_fill(values, PLAN_CHAT_LINK, cohort->chat_link);
	form_fill_integer(values, PLAN_REVISION, cohort->revision);
}

void
plan_edit_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	struct form_values *values = visit_values(visit, &plan_edit_form);
	const char *link = link_organise(visit->arena, visit->site, cohort->slug);

	fill_from_cohort(values, cohort);
	page_cohort_plan(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_plan){
		.title = message_cohort_edit_title(visit->arena, cohort->name),
		.back = cohort->name,
		.back_link = link,
		.part_organise = parts_organise(visit, ORGANISE_EDIT),
		.part_errors = form_summary(values),
		.action = link_under(visit->arena, link, "edit"),
		.draft = arena_format(visit->arena, "cohort-%s", cohort->slug),
		.sections = plan_sections(visit, values),
		.if_copyable = true,
		.copy_link = link_with(
		    visit->arena, link_cohort_new(visit->arena, visit->site), "copy", cohort->slug),
		.button = message(MESSAGE_COHORT_EDIT_BUTTON) });
}

static struct cohort_plan
plan_read(const struct form_values *values)
{
	return (struct cohort_plan){
		.slug = form_text(values, PLAN_SLUG),
		.name = form_text(values, PLAN_NAME),
		.goal = form_text(values, PLAN_GOAL),
		.description = form_words(values, PLAN_DESCRIPTION),
		.opens_on = form_text(values, PLAN_OPENS),
		.closes_on = form_text(values, PLAN_CLOSES),
		.starts_on = form_text(values, PLAN_STARTS),
		.weeks = form_integer(values, PLAN_WEEKS, 0),
		.djangonauts_per_navigator = form_integer(values, PLAN_PER_NAVIGATOR, 0),
		.djangonauts_per_group = form_integer(values, PLAN_PER_GROUP, 0),
		.seats = form_integer(values, PLAN_SEATS, 0),
		.offer_days = form_integer(values, PLAN_OFFER_DAYS, 0),
		.reviews_wanted = form_integer(values, PLAN_REVIEWS, 0),
		.grace_minutes = form_integer(values, PLAN_GRACE, 0),
		.releases_itself = form_checked(values, PLAN_RELEASES),
		.chat_name = form_words(values, PLAN_CHAT_NAME),
		.chat_link = form_words(values, PLAN_CHAT_LINK),
	};
}

/* Says at each number that is over the programme's what the limit is. */
static void
refuse_over(struct visit *visit, const struct cohort_plan *plan)
{
	const struct programme *programme = visit->programme;
	struct arena *arena = visit->arena;

	if (plan->weeks > programme->weeks_ceiling) {
		form_refuse(visit->values, PLAN_WEEKS,
		    message_cohort_plan_over_weeks(
			arena, words_number(visit, programme->weeks_ceiling)));
	}
	if (plan->djangonauts_per_navigator > programme->djangonauts_per_navigator_ceiling) {
		form_refuse(visit->values, PLAN_PER_NAVIGATOR,
		    message_cohort_plan_over_navigator(
			arena, words_number(visit, programme->djangonauts_per_navigator_ceiling)));
	}
	if (plan->djangonauts_per_group > programme->djangonauts_per_group_ceiling) {
		form_refuse(visit->values, PLAN_PER_GROUP,
		    message_cohort_plan_over_group(
			arena, words_number(visit, programme->djangonauts_per_group_ceiling)));
	}
}

static void
refuse_launched(struct visit *visit, const struct cohort_plan *plan)
{
	form_refuse(visit->values, plan->weeks != visit->cohort->weeks ? PLAN_WEEKS : PLAN_STARTS,
	    message(MESSAGE_COHORT_PLAN_LAUNCHED));
}

/*
 * The form comes back as it was sent but for its revision, so that sending it
 * once more replaces the other change knowingly.
 */
static void
refuse_stale(struct visit *visit)
{
	visit->values->values[PLAN_REVISION].text = words_number(visit, visit->cohort->revision);
	form_refuse_whole(visit->values, message(MESSAGE_COHORT_CHANGED_MEANWHILE));
}

/* Says at its field why a plan was refused; false when it was saved. */
static bool
plan_refuse(struct visit *visit, enum cohort_plan_outcome outcome, const struct cohort_plan *plan)
{
	struct form_values *values = visit->values;

	switch (outcome) {
	case COHORT_PLAN_SAVED:
		return false;
	case COHORT_PLAN_SLUG_TAKEN:
		form_refuse(values, PLAN_SLUG, message(MESSAGE_COHORT_PLAN_SLUG_TAKEN));
		break;
	case COHORT_PLAN_SLUG_RESERVED:
		form_refuse(values, PLAN_SLUG,
		    message(strlen(plan->slug) < 2 ? MESSAGE_COHORT_PLAN_SLUG_SHORT
						   : MESSAGE_COHORT_PLAN_SLUG_RESERVED));
		break;
	case COHORT_PLAN_DATE_UNREADABLE:
		form_refuse(values, PLAN_OPENS, message(MESSAGE_WEB_FORM_DATE));
		break;
	case COHORT_PLAN_CLOSES_BEFORE_OPENING:
		form_refuse(values, PLAN_CLOSES, message(MESSAGE_COHORT_PLAN_CLOSES_EARLY));
		break;
	case COHORT_PLAN_STARTS_BEFORE_CLOSING:
		form_refuse(values, PLAN_STARTS, message(MESSAGE_COHORT_PLAN_STARTS_EARLY));
		break;
	case COHORT_PLAN_OVER_CEILING:
		refuse_over(visit, plan);
		break;
	case COHORT_PLAN_CHANGED_MEANWHILE:
		refuse_stale(visit);
		break;
	case COHORT_PLAN_LAUNCHED:
		refuse_launched(visit, plan);
		break;
	case COHORT_PLAN_FAULT:
		visit_error(visit, 500);
		return true;
	}
	visit_again(visit);
	return true;
}

/* In the new cohort's log, which the address did not name. */
static void
note_made(struct visit *visit, int64_t cohort_id, enum audit_action action)
{
	(void)audit_note(visit->db,
	    &(struct audit_entry){
		.action = action, .actor_id = visit->person->id, .cohort_id = cohort_id },
	    visit->now);
}

/* What it begins with: all of another cohort, or three questions. */
static bool
begin(struct visit *visit, const struct cohort *source, const struct cohort *cohort)
{
	note_made(visit, cohort->id, AUDIT_COHORT_MADE);
	if (source == NULL) {
		return default_questions_add(visit->db, visit->arena, cohort->id, visit->now);
	}
	note_made(visit, cohort->id, AUDIT_COHORT_COPIED);
	return cohort_copy(visit->db, visit->arena, source, cohort, visit->now);
}

void
plan_new_make(struct visit *visit)
{
	struct cohort_plan plan = plan_read(visit->values);
	const char *copy = form_text(visit->values, PLAN_COPY);
	struct cohort source, cohort;

	if (copy != NULL && !plan_copy_find(visit, copy, &source)) {
		visit->values->values[PLAN_COPY].text = "";
		form_refuse_whole(visit->values, message(MESSAGE_PLAN_COPY_GONE));
		visit_again(visit);
		return;
	}
	if (plan_refuse(visit,
		cohort_plan_create(visit->db, visit->arena, &plan, visit->person->id, visit->now),
		&plan)) {
		return;
	}
	if (!cohort_find(visit->db, visit->arena, plan.slug, &cohort) ||
	    !begin(visit, copy == NULL ? NULL : &source, &cohort)) {
		visit_error(visit, 500);
		return;
	}
	visit_notice(visit, copy == NULL ? MESSAGE_DONE_COHORT_MADE : MESSAGE_DONE_COHORT_COPIED);
	visit_redirect(visit, link_organise(visit->arena, visit->site, plan.slug));
}

void
plan_edit_save(struct visit *visit)
{
	struct cohort_plan plan = plan_read(visit->values);
	int64_t revision = 0;

	(void)text_integer(form_text(visit->values, PLAN_REVISION), 1, INT64_MAX, &revision);
	if (plan_refuse(visit,
		cohort_plan_change(visit->db, visit->arena, visit->cohort, revision, &plan),
		&plan)) {
		return;
	}
	visit_audit(visit, AUDIT_COHORT_CHANGED, 0, NULL);
	visit_notice(visit, MESSAGE_DONE_COHORT_SAVED);
	visit_redirect(visit, link_organise(visit->arena, visit->site, visit->cohort->slug));
}
