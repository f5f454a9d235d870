#include <string.h>

#include "db/db.h"
#include "ground/arena.h"
#include "ground/text.h"
#include "ground/token.h"
#include "model/application.h"
#include "model/offer.h"
#include "model/person.h"
#include "model/profile.h"
#include "model/session.h"
#include "model/volunteer.h"
#include "sample.h"

#define PROJECTS_MAX 8

bool
sample_profile(struct sample *sample, const json_t *entry)
{
	const char *public_name = sample_text_or_null(sample, entry, "public_name");
	const struct profile profile = {
		.name = sample_text(sample, entry, "name"),
		.public_name = public_name,
		.show_public_name = public_name != NULL,
		.pronouns = sample_text_or_null(sample, entry, "pronouns"),
		.pronouns_audience = PRONOUNS_COHORT,
		.zone = sample_text(sample, entry, "zone"),
		.github = sample_text_or_null(sample, entry, "github"),
		.wants_reminders = true,
	};
	struct person person;

	return (person_find_by_email(
		    sample->db, sample->arena, sample_text(sample, entry, "email"), &person) &&
		   profile_change(sample->db, sample->arena, person.id, &profile)) ||
	    sample_fail(sample, "the profile of", profile.name);
}

bool
sample_find_member(struct sample *sample, const struct cohort *cohort, const char *handle,
    const char *role, struct member *member)
{
	json_t *entry = sample_person(sample, handle);
	struct person person;

	return entry != NULL &&
	    ((person_find_by_email(
		  sample->db, sample->arena, sample_text(sample, entry, "email"), &person) &&
		 member_find(sample->db, sample->arena,
		     &(struct member_find_in){
			 .cohort_id = cohort->id, .person_id = person.id, .role = role },
		     member)) ||
		sample_fail(sample, "no such role in the cohort has", handle));
}

/* ---- what people say of their time ---- */

/* Sets the half hours from one time to another on the days of "mon-fri" or
 * "sat". */
static void
set_hours(struct sample *sample, struct slots *slots, const json_t *range)
{
	static const char days[] = "MonTueWedThuFriSatSun";
	const char *words = sample_word(json_array_get(range, 0));
	int first = -1, last = -1;
	int from = (int)sample_minutes(sample, sample_word(json_array_get(range, 1)));
	int until = (int)sample_minutes(sample, sample_word(json_array_get(range, 2)));

	for (int day = 0; day < 7; day++) {
		if (strncasecmp(words, days + (size_t)day * 3, 3) == 0) {
			first = last = day;
		}
	}
	for (int day = 0; day < 7 && strlen(words) == 7; day++) {
		if (strncasecmp(words + 4, days + (size_t)day * 3, 3) == 0) {
			last = day;
		}
	}
	if (first < 0 || last < first || until <= from) {
		sample_fail(sample, "cannot read the hours", words);
		return;
	}
	for (int day = first; day <= last; day++) {
		for (int half = from / 30; half < until / 30; half++) {
			slots_set(slots, slots_number(day, half));
		}
	}
}

static struct slots
read_hours(struct sample *sample, const json_t *item)
{
	struct slots hours = { { 0 } };
	size_t index;
	json_t *range;

	json_array_foreach(json_object_get(item, "hours"), index, range)
	{
		set_hours(sample, &hours, range);
	}
	return hours;
}

/* The ids of the projects that an item names. */
static size_t
read_projects(struct sample *sample, const struct cohort *cohort, const json_t *names, int64_t *ids)
{
	struct project_rows projects = application_choosable(sample->db, sample->arena, cohort->id);
	size_t count = 0, index;
	json_t *name;

	json_array_foreach(names, index, name)
	{
		for (size_t i = 0; i < projects.count && count < PROJECTS_MAX; i++) {
			if (strcmp(projects.rows[i].name, sample_word(name)) == 0) {
				ids[count++] = projects.rows[i].id;
			}
		}
	}
	if (count != json_array_size(names)) {
		sample_fail(sample, "a project is none of", cohort->slug);
	}
	return count;
}

static struct application_answers
read_answers(struct sample *sample, const json_t *item, const json_t *entry)
{
	struct application_answers answers = {
		.name = sample_text(sample, entry, "name"),
		.pronouns = sample_text_or_null(sample, entry, "pronouns"),
		.github = sample_text_or_null(sample, entry, "github"),
		.zone = sample_text(sample, entry, "zone"),
		.level = sample_number(item, "level", 1),
		.hours = read_hours(sample, item),
	};

	return answers;
}

/* The answers to the questions of the cohort's form, by their names. */
static void
read_items(struct sample *sample, const struct cohort *cohort, const json_t *said,
    struct application_answers *answers)
{
	struct questionnaire form;
	struct questionnaire_item_rows items = { NULL, 0 };
	struct item_answer *given;

	if (questionnaire_find(sample->db, sample->arena, cohort->id, "apply", &form)) {
		items = questionnaire_items(sample->db, sample->arena, form.id);
	}
	given = arena_array(sample->arena, items.count + 1, sizeof(*given));
	for (size_t i = 0; i < items.count; i++) {
		const char *value = sample_text(sample, said, items.rows[i].name);

		if (!text_empty(value)) {
			given[answers->item_count++] = (struct item_answer){ items.rows[i].id,
				items.rows[i].wording_id, value };
		}
	}
	answers->items = given;
	if (answers->item_count != json_object_size(said)) {
		sample_fail(sample, "an answer is to no question of", cohort->slug);
	}
}

/* What a navigator or captain said as they accepted. */
static bool
save_volunteer(struct sample *sample, const struct cohort *cohort, int64_t member_id,
    const struct sample_event *event, const json_t *entry)
{
	int64_t projects[PROJECTS_MAX];
	const struct volunteer_answers answers = {
		.zone = sample_text(sample, entry, "zone"),
		.hours = read_hours(sample, event->item),
		.level_low = sample_number(event->item, "level_low", 1),
		.level_high = sample_number(event->item, "level_high", 4),
		.wants = sample_number(event->item, "wants", 4),
		.projects = projects,
		.project_count = read_projects(
		    sample, cohort, json_object_get(event->item, "projects"), projects),
	};

	return sample->problem == NULL &&
	    (volunteer_save(sample->db, sample->arena, cohort, member_id, &answers, event->at) ==
		    VOLUNTEER_SAVED ||
		sample_fail(sample, "the hours of", sample_text(sample, event->item, "who")));
}

bool
sample_member_appointed(struct sample *sample, const struct sample_event *event)
{
	json_t *entry = sample_person(sample, sample_text(sample, event->item, "who"));
	const struct member_appointment appointment = {
		.email = sample_text(sample, entry, "email"),
		.name = sample_text_or_null(sample, entry, "name"),
		.role = sample_text(sample, event->item, "role"),
		.level = DB_NULL,
	};
	struct cohort cohort;
	int64_t member_id;

	return entry != NULL && sample_find_cohort(sample, event, &cohort) &&
	    (member_appoint(sample->db, sample->arena, &cohort, &appointment, event->at,
		 &member_id) == MEMBER_APPOINTED ||
		sample_fail(sample, "appointing", appointment.email)) &&
	    sample_profile(sample, entry) &&
	    (json_object_get(event->item, "hours") == NULL ||
		save_volunteer(sample, &cohort, member_id, event, entry));
}

bool
sample_application_sent(struct sample *sample, const struct sample_event *event)
{
	const char *who = sample_text(sample, event->item, "who");
	json_t *entry = sample_person(sample, who);
	const struct application_sender sender = {
		.email = sample_text(sample, entry, "email"),
		.network = who,
		.secret = sample->secret,
	};
	int64_t projects[PROJECTS_MAX];
	struct application_answers answers;
	struct cohort cohort;
	const char *receipt;

	if (entry == NULL || !sample_find_cohort(sample, event, &cohort)) {
		return false;
	}
	answers = read_answers(sample, event->item, entry);
	answers.project_count =
	    read_projects(sample, &cohort, json_object_get(event->item, "projects"), projects);
	answers.projects = projects;
	read_items(sample, &cohort, json_object_get(event->item, "answers"), &answers);
	if (sample->problem != NULL ||
	    application_receive(sample->db, sample->arena, &cohort, &answers, &sender, event->at,
		&receipt) != APPLICATION_RECEIVED) {
		return sample_fail(sample, "the application of", who);
	}
	return true;
}

bool
sample_find_application(struct sample *sample, const struct sample_event *event,
    const struct cohort *cohort, struct application *application)
{
	const char *who = sample_text(sample, event->item, "who");
	struct person person;

	return (person_find_by_email(sample->db, sample->arena,
		    sample_text(sample, sample_person(sample, who), "email"), &person) &&
		   application_find_of_person(
		       sample->db, sample->arena, cohort->id, person.id, application)) ||
	    sample_fail(sample, "there is no application of", who);
}

/* What the mail, its link and the button would do. */
static bool
follow_link(struct sample *sample, int64_t application_id, int64_t now)
{
	const char *token = token_random(sample->arena);
	struct application application;
	struct session session;
	const char *cookie;
	int64_t expires_at;

	if (!application_record_link(
		sample->db, sample->arena, token, application_id, now, &expires_at) ||
	    application_confirm(sample->db, sample->arena, token, now, &application, &cookie) !=
		APPLICATION_CONFIRMED) {
		return false;
	}
	/* Nobody holds this cookie. */
	if (session_find(
		sample->db, sample->arena, token_hash(sample->arena, cookie), now, &session)) {
		session_end(sample->db, session.id);
	}
	return true;
}

bool
sample_application_confirmed(struct sample *sample, const struct sample_event *event)
{
	const char *who = sample_text(sample, event->item, "who");
	json_t *entry = sample_person(sample, who);
	struct cohort cohort;
	struct application application;

	return sample_find_cohort(sample, event, &cohort) &&
	    ((application_find_awaiting(sample->db, sample->arena, cohort.id,
		  sample_text(sample, entry, "email"), &application) &&
		 follow_link(sample, application.id, event->at)) ||
		sample_fail(sample, "confirming the application of", who)) &&
	    sample_profile(sample, entry);
}

bool
sample_application_withdrawn(struct sample *sample, const struct sample_event *event)
{
	struct cohort cohort;
	struct application application;

	return sample_find_cohort(sample, event, &cohort) &&
	    sample_find_application(sample, event, &cohort, &application) &&
	    (application_withdraw(sample->db, sample->arena, &cohort, &application, event->at) ==
		    APPLICATION_CHANGED ||
		sample_fail(sample, "withdrawing of", application.name));
}

bool
sample_offer_made(struct sample *sample, const struct sample_event *event)
{
	struct cohort cohort;
	struct application application;

	return sample_find_cohort(sample, event, &cohort) &&
	    sample_find_application(sample, event, &cohort, &application) &&
	    (offer_make(sample->db, sample->arena, &cohort,
		 &(struct offer_terms){
		     .application_id = application.id, .email = application.email },
		 event->at) == OFFER_MADE ||
		sample_fail(sample, "the offer to", application.name));
}

bool
sample_offer_answered(struct sample *sample, const struct sample_event *event)
{
	bool yes = json_object_get(event->item, "accepted") != NULL;
	struct cohort cohort;
	struct application application;
	struct offer offer;

	return sample_find_cohort(sample, event, &cohort) &&
	    sample_find_application(sample, event, &cohort, &application) &&
	    ((offer_of_application(sample->db, sample->arena,
		  &(struct offer_of_application_in){ .application_id = application.id }, &offer) &&
		 offer_answer(sample->db, sample->arena, &offer, yes, event->at) ==
		     OFFER_ANSWERED) ||
		sample_fail(sample, "the answer of", application.name));
}
