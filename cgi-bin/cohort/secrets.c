#include "model/secret_address.h"

#include <inttypes.h>

#include "cohort.h"
#include "ground/text.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

enum { SECRET_PURPOSE, SECRET_GROUP, SECRET_FIELDS };

enum { PURPOSE_MAX = 20, GROUP_MAX = 20 };

static const struct field secret_fields[SECRET_FIELDS] = {
	[SECRET_PURPOSE] = { "purpose", FIELD_HIDDEN, MESSAGE_SECRET_PURPOSE_LABEL,
	    .required = true, .max = PURPOSE_MAX },
	[SECRET_GROUP] = { "group", FIELD_HIDDEN, MESSAGE_SECRET_GROUP_LABEL, .required = false,
	    .max = GROUP_MAX },
};

/* Sent twice, the second time would end what the first has shown. */
const struct form secret_form = {
	.name = "secret",
	.fields = secret_fields,
	.count = SECRET_FIELDS,
	.once = true,
	.tells = true,
};

const struct form secret_end_form = {
	.name = "secret_end",
	.fields = secret_fields,
	.count = SECRET_FIELDS,
};

static const struct {
	enum message what;
	enum message words;
} told[SECRET_PURPOSES] = {
	[SECRET_GROUP_FEED] = { MESSAGE_SECRET_WHAT_GROUP_FEED, MESSAGE_SECRET_WORDS_GROUP_FEED },
	[SECRET_GROUP_CALENDAR] = { MESSAGE_SECRET_WHAT_GROUP_CALENDAR,
	    MESSAGE_SECRET_WORDS_GROUP_CALENDAR },
	[SECRET_PERSON_CALENDAR] = { MESSAGE_SECRET_WHAT_PERSON_CALENDAR,
	    MESSAGE_SECRET_WORDS_PERSON_CALENDAR },
};

const char *
secret_purpose_words(const char *purpose)
{
	enum message what = told[secret_purpose_read(purpose)].what;

	return what == MESSAGE_NONE ? purpose : message(what);
}

/* The page in the making; `fresh` is the token that was just made, or NULL. */
struct secrets {
	struct visit *visit;
	struct secret_address_rows own;
	const char *link;
	const char *key;
};

/* The address for this that there is, or NULL. */
static const struct secret_address *
find_own(const struct secrets *secrets, enum secret_purpose purpose, int64_t group_id)
{
	for (size_t i = 0; i < secrets->own.count; i++) {
		const struct secret_address *own = &secrets->own.rows[i];

		if (secret_purpose_read(own->purpose) == purpose &&
		    (!secret_purpose_has_group(purpose) || own->group_id == group_id)) {
			return own;
		}
	}
	return NULL;
}

/* `group` is NULL for what is of none. */
static const char *
whole_name(struct arena *arena, enum secret_purpose purpose, const struct secret_group *group)
{
	const char *what = message(told[purpose].what);

	return group == NULL ? what : message_secret_what_of(arena, what, group->name);
}

static struct page_cohort_secrets_sections_addresses
address_row(
    const struct secrets *secrets, enum secret_purpose purpose, const struct secret_group *group)
{
	struct arena *arena = secrets->visit->arena;
	const struct secret_address *own =
	    find_own(secrets, purpose, group == NULL ? 0 : group->id);
	struct page_cohort_secrets_sections_addresses row = {
		.what = message(told[purpose].what),
		.words = message(told[purpose].words),
		.whole = whole_name(arena, purpose, group),
		.if_made = own != NULL,
		.make_action = secrets->link,
		.end_action = link_under(arena, secrets->link, "end"),
		.key = secrets->key,
		.purpose = secret_purpose_word(purpose),
		.group = group == NULL ? NULL : arena_format(arena, "%" PRId64, group->id),
	};

	if (own != NULL) {
		int64_t since = own->renewed_at == DB_NULL ? own->created_at : own->renewed_at;

		row.since = time_words(arena, secrets->visit->zone, since);
		row.since_machine = time_machine(arena, since);
	}
	return row;
}

/* What there is to make for one group, or for oneself (`group` NULL). */
static struct page_cohort_secrets_sections
section_of(const struct secrets *secrets, const struct secret_group *group)
{
	struct arena *arena = secrets->visit->arena;
	struct page_cohort_secrets_sections_addresses *rows =
	    arena_array(arena, SECRET_PURPOSES, sizeof(*rows));
	size_t count = 0;

	for (int i = SECRET_GROUP_FEED; i < SECRET_PURPOSES; i++) {
		enum secret_purpose purpose = (enum secret_purpose)i;

		if (secret_purpose_has_group(purpose) == (group != NULL)) {
			rows[count++] = address_row(secrets, purpose, group);
		}
	}
	return (struct page_cohort_secrets_sections){
		.section_title = group == NULL
		    ? message(MESSAGE_SECRET_SECTION_OWN)
		    : message_secret_section_group(arena, group->name, group->cohort_name),
		.addresses = { rows, count },
	};
}

static void
show(struct visit *visit, struct page_cohort_secrets *page)
{
	struct arena *arena = visit->arena;
	struct secret_group_rows groups =
	    secret_address_choices(visit->db, arena, visit->person->id, visit->now);
	struct page_cohort_secrets_sections *rows =
	    arena_array(arena, groups.count + 1, sizeof(*rows));
	struct secrets secrets = {
		.visit = visit,
		.own = secret_address_list(visit->db, arena, visit->person->id),
		.link = link_secret_addresses(arena, visit->site),
		/* Once for all buttons: what they send differs. */
		.key = form_new(arena, &secret_form)->key,
	};

	rows[0] = section_of(&secrets, NULL);
	for (size_t i = 0; i < groups.count; i++) {
		rows[i + 1] = section_of(&secrets, &groups.rows[i]);
	}
	page->sections.rows = rows;
	page->sections.count = groups.count + 1;
	page->me = link_me(arena, visit->site);
	page_cohort_secrets(visit_html(visit, 200), &visit->frame, page);
}

void
secrets_show(struct visit *visit)
{
	show(visit, &(struct page_cohort_secrets){ .part_errors = form_summary(visit->values) });
}

/* False: the form names what there is not, and nothing in it can be mended. */
static bool
read_form(struct visit *visit, enum secret_purpose *purpose, int64_t *group_id)
{
	const char *group = form_text(visit->values, SECRET_GROUP);

	*purpose = secret_purpose_read(form_text(visit->values, SECRET_PURPOSE));
	*group_id = 0;
	if (*purpose == 0 ||
	    (secret_purpose_has_group(*purpose) &&
		(group == NULL || !text_integer(group, 1, INT64_MAX, group_id)))) {
		visit_not_found(visit);
		return false;
	}
	return true;
}

/* The one time that the token is to be read. */
static void
show_fresh(struct visit *visit, enum secret_purpose purpose, int64_t group_id, const char *token)
{
	struct arena *arena = visit->arena;
	struct secret_group_rows groups =
	    secret_address_choices(visit->db, arena, visit->person->id, visit->now);
	const struct secret_group *group = NULL;
	bool is_feed = purpose == SECRET_GROUP_FEED;

	for (size_t i = 0; secret_purpose_has_group(purpose) && i < groups.count; i++) {
		if (groups.rows[i].id == group_id) {
			group = &groups.rows[i];
		}
	}
	show(visit,
	    &(struct page_cohort_secrets){
		.if_fresh = true,
		.if_fresh_feed = is_feed,
		.fresh_what = whole_name(arena, purpose, group),
		.fresh_address = link_absolute(arena, visit->site,
		    is_feed ? link_secret_feed(arena, visit->site, token)
			    : link_secret_calendar(arena, visit->site, token)),
	    });
}

/* Answered with the page itself: a redirect would have to carry the token. */
void
secrets_make(struct visit *visit)
{
	enum secret_purpose purpose;
	int64_t group_id;
	const char *token;

	if (!read_form(visit, &purpose, &group_id)) {
		return;
	}
	switch (secret_address_make(
	    visit->db, visit->arena, visit->person->id, purpose, group_id, visit->now, &token)) {
	case SECRET_MADE:
	case SECRET_RENEWED:
		visit_audit(visit, AUDIT_SECRET_ADDRESS_MADE, visit->person->id,
		    secret_purpose_word(purpose));
		show_fresh(visit, purpose, group_id, token);
		return;
	case SECRET_NOT_YOURS:
		form_refuse_whole(visit->values, message(MESSAGE_SECRET_NOT_YOURS));
		visit_again(visit);
		return;
	case SECRET_FAULT:
		visit_error(visit, 500);
		return;
	}
}

void
secrets_end(struct visit *visit)
{
	enum secret_purpose purpose;
	int64_t group_id;

	if (!read_form(visit, &purpose, &group_id)) {
		return;
	}
	if (!secret_address_end(visit->db, visit->person->id, purpose, group_id)) {
		form_refuse_whole(visit->values, message(MESSAGE_SECRET_GONE));
		visit_again(visit);
		return;
	}
	visit_audit(
	    visit, AUDIT_SECRET_ADDRESS_ENDED, visit->person->id, secret_purpose_word(purpose));
	visit_notice(visit, MESSAGE_DONE_SECRET_ENDED);
	visit_redirect(visit, link_secret_addresses(visit->arena, visit->site));
}
