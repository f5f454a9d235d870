#include "model/erase.h"

#include "cohort.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

enum { ERASE_PUBLIC, ERASE_COUNT };

static const struct choice publics[] = {
	{ "keep", NULL, MESSAGE_ERASE_PUBLIC_KEEP, NULL },
	{ "withdraw", NULL, MESSAGE_ERASE_PUBLIC_WITHDRAW, NULL },
};

static const struct field erase_fields[ERASE_COUNT] = {
	[ERASE_PUBLIC] = { "public", FIELD_RADIO, MESSAGE_ERASE_PUBLIC_LABEL,
	    MESSAGE_ERASE_PUBLIC_HELP, .required = true, .choices = publics,
	    .choice_count = sizeof(publics) / sizeof(publics[0]) },
};

const struct form erase_form = {
	.name = "erase",
	.fields = erase_fields,
	.count = ERASE_COUNT,
};

/* A mailed link that works, whose it is, and what they would leave behind. */
struct leaving {
	struct link link;
	struct person person;
	struct erase_consequences consequences;
};

static bool
find_leaving(struct visit *visit, struct leaving *leaving)
{
	return link_open(visit->db, visit->arena, visit_param(visit, "erasure"), "erase",
		   visit->now, &leaving->link) &&
	    person_find(visit->db, visit->arena, leaving->link.person_id, &leaving->person) &&
	    erase_consequences_read(
		visit->db, visit->arena, leaving->person.id, visit->now, &leaving->consequences);
}

static bool
is_own(const struct visit *visit, const struct leaving *leaving)
{
	return visit->person != NULL && visit->person->id == leaving->person.id;
}

static const char *
cohorts_words(struct visit *visit, int64_t count)
{
	return count == 1 ? message(MESSAGE_ERASE_COHORTS_ONE)
			  : message_erase_cohorts_many(visit->arena, words_number(visit, count));
}

void
erase_show(struct visit *visit)
{
	struct page_cohort_erase page = { .own_data = link_own_data(visit->arena, visit->site) };
	struct leaving leaving;

	page.if_asks = find_leaving(visit, &leaving);
	if (page.if_asks) {
		/* A link that got into other hands names nobody. */
		page.if_email = is_own(visit, &leaving);
		page.email = page.if_email ? leaving.person.email : NULL;
		page.stand_in = message(MESSAGE_ERASE_STAND_IN);
		page.if_last_administrator = leaving.consequences.is_last_administrator;
		page.if_alone = leaving.consequences.cohorts_alone > 0;
		page.cohorts_alone = cohorts_words(visit, leaving.consequences.cohorts_alone);
		page.action = link_erase(visit->arena, visit->site, visit_param(visit, "erasure"));
		page.until = time_words(visit->arena, visit->zone, leaving.link.expires_at);
		page.until_machine = time_machine(visit->arena, leaving.link.expires_at);
		page.part_errors = form_summary(visit->values);
		/* Without any, the page chooses by itself; a mistake is shown. */
		if (leaving.consequences.has_public_words || !form_ok(visit->values)) {
			page.part_field = form_rows(visit->values);
		}
	}
	page_cohort_erase(visit_html(visit, 200), &visit->frame, &page);
}

/* The one who did it is the stand-in by then. */
static bool
carry_out(struct visit *visit, const struct leaving *leaving)
{
	const struct erase erase = {
		.secret = visit->site->secret,
		.words = { message(MESSAGE_ERASE_STAND_IN), message(MESSAGE_ERASE_REMOVED) },
		.withdraws = form_has(visit->values, ERASE_PUBLIC, "withdraw"),
		.tells = true,
	};
	int64_t id = leaving->person.id;

	return link_use(visit->db, &leaving->link, visit->now) &&
	    person_erase(visit->db, visit->arena, &erase, id, visit->now) &&
	    audit_note(visit->db,
		&(struct audit_entry){ .action = AUDIT_ERASED, .actor_id = id, .subject_id = id },
		visit->now);
}

void
erase_press(struct visit *visit)
{
	struct leaving leaving;

	if (!find_leaving(visit, &leaving)) {
		erase_show(visit);
		return;
	}
	if (!carry_out(visit, &leaving)) {
		visit_error(visit, 500);
		return;
	}
	if (is_own(visit, &leaving)) {
		visit_sign_out(visit);
	}
	visit_notice(visit, MESSAGE_DONE_ERASED);
	visit_redirect(visit, link_home(visit->arena, visit->site));
}
