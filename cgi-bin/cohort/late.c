#include "model/late.h"

#include "cohort.h"
#include "ground/text.h"
#include "ground/zone.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

enum { LATE_EMAIL, LATE_ON, LATE_TIME, LATE_COUNT };

static const struct field late_fields[LATE_COUNT] = {
	[LATE_EMAIL] = { .name = "email",
	    .kind = FIELD_EMAIL,
	    .label = MESSAGE_LATE_EMAIL_LABEL,
	    .help = MESSAGE_LATE_EMAIL_HELP,
	    .required = true,
	    .max = APPLICATION_EMAIL_MAX,
	    .autocomplete = "off" },
	[LATE_ON] = { .name = "until_on",
	    .kind = FIELD_DATE,
	    .label = MESSAGE_LATE_ON_LABEL,
	    .required = true },
	[LATE_TIME] = { .name = "until_time",
	    .kind = FIELD_TIME,
	    .label = MESSAGE_LATE_TIME_LABEL,
	    .required = true },
};

const struct form late_form = {
	.name = "late",
	.fields = late_fields,
	.count = LATE_COUNT,
};

enum { END_ENTRY, END_COUNT };

static const struct field end_fields[END_COUNT] = {
	[END_ENTRY] = { .name = "entry",
	    .kind = FIELD_HIDDEN,
	    .label = MESSAGE_LATE_ENTRY_LABEL,
	    .required = true,
	    .max = 20 },
};

const struct form late_end_form = {
	.name = "late_end",
	.fields = end_fields,
	.count = END_COUNT,
};

/* What a button lets somebody in until: two days from now or from the
 * deadline, on the hour of the organiser's clock, before week 0. */
struct proposal {
	int64_t until_at;
	const char *on;
	const char *time;
};

static struct proposal
propose(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	int64_t from = visit->now > cohort->closes_at ? visit->now : cohort->closes_at;
	int64_t until = from + 2 * CLOCK_DAY;
	struct civil civil;

	if (until > cohort->starts_at) {
		until = cohort->starts_at;
	}
	civil = zone_civil(visit->zone, until);
	civil.minute = 0;
	civil.second = 0;
	return (struct proposal){
		.until_at = zone_instant(visit->zone, civil),
		.on = date_text(visit->arena, civil.date),
		.time = time_clock(visit->arena, (int64_t)civil.hour * 60),
	};
}

static struct page_cohort_late_drafts_list
draft_rows(struct visit *visit, const struct proposal *proposal, bool may_let_in)
{
	struct draft_unsent_row_rows unsent =
	    late_unsent(visit->db, visit->arena, visit->cohort->id);
	struct page_cohort_late_drafts *rows =
	    arena_array(visit->arena, unsent.count + 1, sizeof(*rows));

	for (size_t i = 0; i < unsent.count; i++) {
		const struct draft_unsent_row *draft = &unsent.rows[i];

		rows[i] = (struct page_cohort_late_drafts){
			.draft_email = draft->email,
			.draft_saved = time_words(visit->arena, visit->zone, draft->saved_at),
			.draft_saved_machine = time_machine(visit->arena, draft->saved_at),
			.if_draft_finished = draft->is_finished == 1,
			.if_draft_let_in = may_let_in,
			.draft_action = link_late(visit->arena, visit->site, visit->cohort->slug),
			.draft_address = draft->email,
			.draft_on = proposal->on,
			.draft_time = proposal->time,
			.draft_until = time_words(visit->arena, visit->zone, proposal->until_at),
			.draft_name = draft->email,
		};
	}
	return (struct page_cohort_late_drafts_list){ rows, unsent.count };
}

static struct page_cohort_late_entries_list
entry_rows(struct visit *visit)
{
	struct late_entry_rows entries = late_list(visit->db, visit->arena, visit->cohort->id);
	struct page_cohort_late_entries *rows =
	    arena_array(visit->arena, entries.count + 1, sizeof(*rows));
	const char *end = link_under(
	    visit->arena, link_late(visit->arena, visit->site, visit->cohort->slug), "end");

	for (size_t i = 0; i < entries.count; i++) {
		const struct late_entry *entry = &entries.rows[i];

		rows[i] = (struct page_cohort_late_entries){
			.entry_email = entry->email,
			.if_entry_over = entry->until_at <= visit->now,
			.entry_until = time_words(visit->arena, visit->zone, entry->until_at),
			.entry_until_machine = time_machine(visit->arena, entry->until_at),
			.if_entry_by = entry->let_by_name != NULL,
			.entry_by = entry->let_by_name,
			.entry_end = end,
			.entry_id = words_number(visit, entry->id),
			.entry_name = entry->email,
		};
	}
	return (struct page_cohort_late_entries_list){ rows, entries.count };
}

static const char *
unreachable_words(struct visit *visit)
{
	int64_t count = late_unreachable(visit->db, visit->arena, visit->cohort->id);

	if (count == 0) {
		return NULL;
	}
	return count == 1 ? message(MESSAGE_LATE_UNREACHABLE_ONE)
			  : message_late_unreachable_many(visit->arena, words_number(visit, count));
}

void
late_page_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	struct form_values *values = visit_values(visit, &late_form);
	struct proposal proposal = propose(visit);
	bool may_let_in = visit->now < cohort->starts_at;
	struct page_cohort_late page = {
		.name = cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_LATE),
		.part_errors = form_summary(visit->values),
		.if_open = visit->now<cohort->closes_at,
		    .closes = time_words(visit->arena, visit->zone, cohort->closes_at),
		    .closes_machine = time_machine(visit->arena, cohort->closes_at),
		    .grace = words_number(visit, cohort->grace_minutes),
		    .if_grace = cohort->grace_minutes> 0,
		.drafts =
		    draft_rows(visit, &proposal, may_let_in && visit->now >= cohort->closes_at),
		.unreachable = unreachable_words(visit),
		.entries = entry_rows(visit),
		.if_may_let_in = may_let_in,
		.zone = visit->zone,
		.action = link_late(visit->arena, visit->site, cohort->slug),
	};

	page.if_unreachable = page.unreachable != NULL;
	form_fill(values, LATE_ON, proposal.on);
	form_fill(values, LATE_TIME, proposal.time);
	page.part_field = form_rows(values);
	page_cohort_late(visit_html(visit, 200), &visit->frame, &page);
}

static int64_t
typed_instant(const struct visit *visit)
{
	int64_t minutes = form_integer(visit->values, LATE_TIME, 0);
	struct civil civil = { .hour = (int)(minutes / 60), .minute = (int)(minutes % 60) };

	(void)date_read(form_text(visit->values, LATE_ON), &civil.date);
	return zone_instant(visit->zone, civil);
}

static void
refuse(struct visit *visit, size_t field, const char *words)
{
	form_refuse(visit->values, field, words);
	visit_again(visit);
}

/* Who it is about, if they have an account. */
static int64_t
person_of(struct visit *visit, const char *email)
{
	struct person person;

	return person_find_by_email(visit->db, visit->arena, email, &person) ? person.id : 0;
}

void
late_page_let_in(struct visit *visit)
{
	const char *email = form_text(visit->values, LATE_EMAIL);
	const struct cohort *cohort = visit->cohort;
	struct arena *arena = visit->arena;

	switch (late_let_in(
	    visit->db, arena, cohort, email, typed_instant(visit), visit->person->id, visit->now)) {
	case LATE_LET_IN:
		visit_audit(visit, AUDIT_LET_IN, person_of(visit, email), NULL);
		visit_notice(visit, MESSAGE_DONE_LET_IN);
		visit_redirect(visit, link_late(arena, visit->site, cohort->slug));
		break;
	case LATE_NO_ADDRESS:
		refuse(visit, LATE_EMAIL, message(MESSAGE_APPLY_EMAIL_WRONG));
		break;
	case LATE_TOO_SOON:
		refuse(visit, LATE_ON,
		    message_late_too_soon(
			arena, time_words(arena, visit->zone, cohort->closes_at)));
		break;
	case LATE_TOO_LATE:
		refuse(visit, LATE_ON,
		    message_late_too_late(
			arena, time_words(arena, visit->zone, cohort->starts_at)));
		break;
	case LATE_FAULT:
		visit_error(visit, 500);
		break;
	}
}

void
late_page_end(struct visit *visit)
{
	struct late_entry entry;
	int64_t id = 0;

	(void)text_integer(form_text(visit->values, END_ENTRY), 1, INT64_MAX, &id);
	if (!late_find(visit->db, visit->arena, id, &entry) ||
	    !late_end(visit->db, visit->arena, visit->cohort->id, id)) {
		form_refuse_whole(visit->values, message(MESSAGE_LATE_GONE));
		visit_again(visit);
		return;
	}
	visit_audit(visit, AUDIT_LATE_ENTRY_ENDED, person_of(visit, entry.email), NULL);
	visit_notice(visit, MESSAGE_DONE_LATE_ENDED);
	visit_redirect(visit, link_late(visit->arena, visit->site, visit->cohort->slug));
}
