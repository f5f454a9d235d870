#include "cohort.h"
#include "model/member.h"
#include "model/profile.h"
#include "model/review.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/standing.h"
#include "web/time.h"

enum { NAME_MAX_UNITS = 100, PRONOUNS_MAX = 40 };

enum {
	ME_NAME,
	ME_PRONOUNS,
	ME_PRONOUNS_AUDIENCE,
	ME_PUBLIC_NAME,
	ME_SHOW_PUBLIC_NAME,
	ME_GITHUB,
	ME_ZONE,
	ME_WANTS_REMINDERS,
	ME_COUNT
};

enum { AUDIENCES = 3 };

/* In the order of enum person_pronouns_reader, which begins with 1. */
static const struct choice audiences[AUDIENCES] = {
	{ "organisers", .message = MESSAGE_ACCOUNTS_PRONOUNS_ORGANISERS },
	{ "groups", .message = MESSAGE_ACCOUNTS_PRONOUNS_GROUPS },
	{ "cohort", .message = MESSAGE_ACCOUNTS_PRONOUNS_COHORT },
};

static const struct field me_fields[ME_COUNT] = {
	[ME_NAME] = { "name", FIELD_LINE, MESSAGE_COHORT_NAME_LABEL, MESSAGE_COHORT_NAME_HELP, true,
	    .max = NAME_MAX_UNITS, .autocomplete = "name" },
	[ME_PUBLIC_NAME] = { "public_name", FIELD_LINE, MESSAGE_COHORT_PUBLIC_NAME_LABEL,
	    MESSAGE_COHORT_PUBLIC_NAME_HELP, .max = NAME_MAX_UNITS, .autocomplete = "nickname" },
	[ME_SHOW_PUBLIC_NAME] = { "show_public_name", FIELD_CHECK,
	    MESSAGE_COHORT_SHOW_PUBLIC_NAME_LABEL, MESSAGE_COHORT_SHOW_PUBLIC_NAME_HELP,
	    .required = false },
	[ME_PRONOUNS] = { "pronouns", FIELD_LINE, MESSAGE_COHORT_PRONOUNS_LABEL,
	    MESSAGE_COHORT_PRONOUNS_HELP, .max = PRONOUNS_MAX },
	[ME_PRONOUNS_AUDIENCE] = { "pronouns_audience", FIELD_RADIO,
	    MESSAGE_ACCOUNTS_PRONOUNS_AUDIENCE_LABEL, .required = true, .choices = audiences,
	    .choice_count = AUDIENCES },
	[ME_ZONE] = { "zone", FIELD_ZONE, MESSAGE_COHORT_ZONE_LABEL, MESSAGE_COHORT_ZONE_HELP,
	    .required = true },
	[ME_GITHUB] = { "github", FIELD_LINE, MESSAGE_COHORT_GITHUB_LABEL,
	    MESSAGE_COHORT_GITHUB_HELP, .max = PROFILE_GITHUB_MAX, .verbatim = true },
	[ME_WANTS_REMINDERS] = { "wants_reminders", FIELD_CHECK, MESSAGE_ACCOUNTS_REMINDERS_LABEL,
	    MESSAGE_ACCOUNTS_REMINDERS_HELP, .required = false },
};

const struct form me_form = {
	.name = "me",
	.fields = me_fields,
	.count = ME_COUNT,
};

static void
show_groups(struct visit *visit, struct page_cohort_me *page)
{
	struct group_of_person_rows own = group_of_person(visit->db, visit->arena,
	    &(struct group_of_person_in){
		.person_id = visit->person->id, .ended_after = visit->now - RIGHTS_READ_SECONDS });
	struct page_cohort_me_groups *rows =
	    arena_array(visit->arena, own.count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < own.count; i++) {
		const struct group_of_person *group = &own.rows[i];

		rows[i] = (struct page_cohort_me_groups){
			.group_standups = link_standup_group(
			    visit->arena, visit->site, group->cohort_slug, group->slug),
			.group_name = group->name,
			.group_goal = group->goal,
			.group_role = words_role(group->role),
			.group_cohort = group->cohort_name,
			.group_cohort_link =
			    link_cohort(visit->arena, visit->site, group->cohort_slug),
		};
	}
	page->groups.rows = rows;
	page->groups.count = own.count;
}

/* "Navigator, Organiser" */
static const char *
roles_words(struct visit *visit, struct member_rows roles)
{
	const char *words = NULL;
	size_t i;

	for (i = 0; i < roles.count; i++) {
		const char *role = words_role(roles.rows[i].role);

		words = words == NULL ? role : message_cohort_roles_and(visit->arena, words, role);
	}
	return words;
}

static void
show_cohort(struct visit *visit, const struct cohort *cohort, struct page_cohort_me_cohorts *row)
{
	struct member_rows roles = member_of_person(visit->db, visit->arena,
	    &(struct member_of_person_in){
		.cohort_id = cohort->id, .person_id = visit->person->id });
	unsigned rights = rights_of(
	    visit->db, visit->arena, visit->person, DB_NULL, cohort, NULL, NULL, visit->now);

	row->cohort_link = link_cohort(visit->arena, visit->site, cohort->slug);
	row->cohort_name = cohort->name;
	row->cohort_state = words_state(visit, cohort);
	row->cohort_roles = roles_words(visit, roles);
	row->if_cohort_members = (rights & ROLES_MEMBERS) != 0;
	row->cohort_members = link_cohort_members(visit->arena, visit->site, cohort->slug);
	row->if_cohort_organise = (rights & ROLE_ORGANISER) != 0;
	row->cohort_organise = link_organise(visit->arena, visit->site, cohort->slug);
}

/* A draft is there for its organisers alone. */
static void
show_cohorts(struct visit *visit, struct page_cohort_me *page)
{
	struct cohort_rows cohorts = cohort_of_person(visit->db, visit->arena,
	    &(struct cohort_of_person_in){ .person_id = visit->person->id, .is_administrator = 0 });
	struct page_cohort_me_cohorts *rows =
	    arena_array(visit->arena, cohorts.count + 1, sizeof(*rows));
	size_t i;

	page->cohorts.rows = rows;
	for (i = 0; i < cohorts.count; i++) {
		struct page_cohort_me_cohorts *row = &rows[page->cohorts.count];

		show_cohort(visit, &cohorts.rows[i], row);
		if (cohorts.rows[i].published_at != DB_NULL || row->if_cohort_organise) {
			page->cohorts.count++;
		}
	}
}

static void
show_application(struct visit *visit, const struct person_application *own,
    struct page_cohort_me_applications *row)
{
	enum standing standing =
	    standing_by_clock(standing_read(own->standing), own->deadline_at, visit->now);
	struct arena *arena = visit->arena;

	row->application_link = link_apply_mine(arena, visit->site, own->key);
	row->application_cohort = own->cohort_name;
	row->application_reference = own->reference;
	row->application_state = standing_name(standing);
	row->if_application_offered = standing == STANDING_OFFERED;
	row->if_application_confirmed = standing == STANDING_CONFIRMED;
	if (row->if_application_offered) {
		row->application_deadline = time_words(arena, visit->zone, own->deadline_at);
		row->application_instant = time_machine(arena, own->deadline_at);
		row->application_offer = link_offer(arena, visit->site, own->offer_key);
	}
}

static void
show_applications(struct visit *visit, struct page_cohort_me *page)
{
	struct person_application_rows own = person_applications(visit->db, visit->arena,
	    &(struct person_applications_in){ .person_id = visit->person->id });
	struct page_cohort_me_applications *rows =
	    arena_array(visit->arena, own.count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < own.count; i++) {
		show_application(visit, &own.rows[i], &rows[i]);
	}
	page->applications.rows = rows;
	page->applications.count = own.count;
}

static void
show_desks(struct visit *visit, struct page_cohort_me *page)
{
	struct reviewer_desks_row_rows desks = reviewer_desks(visit->db, visit->arena,
	    &(struct reviewer_desks_in){ .person_id = visit->person->id, .now = visit->now });
	struct page_cohort_me_desks *rows =
	    arena_array(visit->arena, desks.count + 1, sizeof(*rows));

	for (size_t i = 0; i < desks.count; i++) {
		rows[i] = (struct page_cohort_me_desks){
			.desk_cohort = desks.rows[i].name,
			.desk_link = link_review(visit->arena, visit->site, desks.rows[i].slug),
		};
	}
	page->desks = (struct page_cohort_me_desks_list){ rows, desks.count };
}

/* The sections of the form, each from one field to before the next one's. */
static const struct {
	enum message title;
	size_t first;
	size_t end;
} sections[] = {
	{ MESSAGE_ACCOUNTS_SECTION_NAME, ME_NAME, ME_PUBLIC_NAME },
	{ MESSAGE_ACCOUNTS_SECTION_PUBLIC, ME_PUBLIC_NAME, ME_ZONE },
	{ MESSAGE_ACCOUNTS_SECTION_TIME, ME_ZONE, ME_COUNT },
};

enum { SECTIONS = sizeof(sections) / sizeof(sections[0]) };

static struct page_cohort_me_sections_list
profile_sections(struct visit *visit)
{
	struct page_cohort_me_sections *rows = arena_array(visit->arena, SECTIONS, sizeof(*rows));
	struct form_values *values = visit_values(visit, &me_form);
	const struct person *person = visit->person;

	form_fill(values, ME_NAME, person->name);
	form_fill(values, ME_PUBLIC_NAME, person->public_name);
	form_fill_check(values, ME_SHOW_PUBLIC_NAME, person->show_public_name == 1);
	form_fill(values, ME_PRONOUNS, person->pronouns);
	form_fill(values, ME_PRONOUNS_AUDIENCE, audiences[person->pronouns_audience - 1].value);
	form_fill(values, ME_ZONE, person->zone);
	form_fill(values, ME_GITHUB, person->github);
	form_fill_check(values, ME_WANTS_REMINDERS, person->wants_reminders == 1);
	for (size_t i = 0; i < SECTIONS; i++) {
		rows[i].section_title = message(sections[i].title);
		rows[i].part_field = form_rows_between(values, sections[i].first, sections[i].end);
	}
	return (struct page_cohort_me_sections_list){ rows, SECTIONS };
}

void
me_show(struct visit *visit)
{
	struct page_cohort_me page = {
		.name = visit->person->name,
		.email = visit->person->email,
		.if_administrator = visit_has(visit, ROLE_ADMINISTRATOR),
		.address = link_address(visit->arena, visit->site),
		.sessions = link_sessions(visit->arena, visit->site),
		.part_errors = form_summary(visit->values),
		.sections = profile_sections(visit),
	};

	show_groups(visit, &page);
	show_cohorts(visit, &page);
	show_desks(visit, &page);
	show_applications(visit, &page);
	if (page.groups.count + page.cohorts.count + page.desks.count + page.applications.count ==
	    0) {
		page.part_empty =
		    parts_empty(visit, MESSAGE_COHORT_ME_NONE_TITLE, MESSAGE_COHORT_ME_NONE_WORDS,
			link_apply_all(visit->arena, visit->site), MESSAGE_COHORT_ME_NONE_LINK);
	}
	page_cohort_me(visit_html(visit, 200), &visit->frame, &page);
}

static enum person_pronouns_reader
chosen_audience(const struct visit *visit)
{
	size_t i = 0;

	while (i + 1 < AUDIENCES &&
	    !form_has(visit->values, ME_PRONOUNS_AUDIENCE, audiences[i].value)) {
		i++;
	}
	return (enum person_pronouns_reader)(i + 1);
}

void
me_save(struct visit *visit)
{
	struct form_values *values = visit->values;
	struct profile profile = {
		.name = form_text(values, ME_NAME),
		.public_name = form_text(values, ME_PUBLIC_NAME),
		.show_public_name = form_checked(values, ME_SHOW_PUBLIC_NAME),
		.pronouns = form_text(values, ME_PRONOUNS),
		.pronouns_audience = chosen_audience(visit),
		.zone = form_text(values, ME_ZONE),
		.github = form_text(values, ME_GITHUB),
		.wants_reminders = form_checked(values, ME_WANTS_REMINDERS),
	};

	if (profile.github != NULL && !profile_github_is_valid(profile.github)) {
		form_refuse(values, ME_GITHUB, message(MESSAGE_COHORT_GITHUB_WRONG));
	}
	if (profile.show_public_name && profile.public_name == NULL) {
		form_refuse(values, ME_PUBLIC_NAME, message(MESSAGE_COHORT_SHOW_PUBLIC_NAME_ALONE));
	}
	if (!form_ok(values)) {
		visit_again(visit);
		return;
	}
	if (!profile_change(visit->db, visit->arena, visit->person->id, &profile)) {
		visit_error(visit, 500);
		return;
	}
	visit_notice(visit, MESSAGE_DONE_PROFILE_SAVED);
	visit_redirect(visit, link_me(visit->arena, visit->site));
}
