/*
 * What is read by secret addresses: a group's private feed, and the calendars
 * of a group and of a person (model/secret_address.h). Who may read what is
 * asked anew at each request, so nothing of it is kept, here or on the way.
 */
#include "private.h"

#include <stdlib.h>
#include <string.h>

#include "ground/token.h"
#include "web/calendar.h"
#include "web/check.h"
#include "web/link.h"
#include "web/page/feed.h"

/* Readers ask again with the tag of what they have; no cache keeps it for
 * them. Not compressed: there is a secret in it, beside words of others. */
static void
answer(struct visit *visit, const char *content_type, struct bytes *bytes)
{
	struct response *response = visit->response;
	const char *tag = arena_format(
	    visit->arena, "\"%.32s\"", token_hash_bytes(visit->arena, bytes->data, bytes->length));

	response->cache = RESPONSE_OWN;
	(void)response_header(response, "Cache-Control", "private, no-store");
	(void)response_header(response, "X-Robots-Tag", "noindex");
	(void)response_header(response, "ETag", tag);
	if (check_is_unchanged(visit->request, &tag, 1, -1, visit->now)) {
		response_empty(response, 304);
		return;
	}
	response->status = 200;
	response->content_type = content_type;
	response->body = bytes;
}

/* Newest first, in a total order (rule 14). */
static int
compare(const void *a, const void *b)
{
	const struct entry *one = a, *other = b;

	if (one->published != other->published) {
		return one->published > other->published ? -1 : 1;
	}
	return strcmp(other->id, one->id);
}

/* The public feed's part, under the same ids; there may be none yet. */
static void
add_highlights(struct private_feed *feed, struct feed_document *document)
{
	const struct feed_name name = { .cohort = feed->reader->cohort.slug,
		.group = feed->reader->group.slug };

	if (!feed_document_read(feed->visit, &name, FEED_LINK_ATOM, 0, document)) {
		*document = (struct feed_document){ .form = FEED_LINK_ATOM };
	}
	for (size_t i = 0; i < document->entry_count; i++) {
		private_add(feed, &document->entries[i]);
	}
}

static void
describe(const struct private_feed *feed, struct atom_feed *atom)
{
	struct visit *visit = feed->visit;
	struct arena *arena = visit->arena;
	const struct secret_reader *reader = feed->reader;

	feed_describe_house(visit, atom);
	atom->id = atom_tag(arena, visit->programme->tag_domain, visit->programme->tag_date,
	    arena_format(arena, "private-%s-feed", reader->address.key));
	atom->title =
	    message_private_title(arena, feed->group, atom_run(arena, reader->cohort.name));
	atom->subtitle = message_private_subtitle(arena, feed->group);
	atom->self = link_absolute(arena, visit->site,
	    link_secret_feed(arena, visit->site, visit_param(visit, "private")));
	atom->alternate = link_absolute(arena, visit->site,
	    link_standup_group(arena, visit->site, reader->cohort.slug, reader->group.slug));
	atom->previous = NULL;
	atom->current = NULL;
	atom->hub = NULL;
}

/* What is not here was taken back (RFC 5005 section 2), unless it is too much
 * for one document. */
static void
fill(struct private_feed *feed, struct feed_document *document)
{
	struct visit *visit = feed->visit;
	size_t count = feed->count < ATOM_ENTRIES_MAX ? feed->count : ATOM_ENTRIES_MAX;
	struct atom_entry *atoms = arena_array(visit->arena, count + 1, sizeof(*atoms));
	struct atom_feed *atom = &document->atom;

	qsort(feed->entries, feed->count, sizeof(*feed->entries), compare);
	for (size_t i = 0; i < count; i++) {
		const struct entry *entry = &feed->entries[i];

		atoms[i] = entry_atom(visit->arena, visit->site, visit->programme, entry);
		atom->updated = entry->updated > atom->updated ? entry->updated : atom->updated;
	}
	document->entries = feed->entries;
	document->entry_count = count;
	atom->entries = atoms;
	atom->entry_count = count;
	atom->is_complete = count == feed->count && atom->previous == NULL;
}

void
private_feed_show(struct visit *visit)
{
	struct secret_reader reader;
	struct private_feed feed = { .visit = visit, .reader = &reader };
	struct feed_document document;
	struct bytes *plain, *gzip;

	if (!secret_address_open(visit->db, visit->arena, visit_param(visit, "private"),
		SECRET_GROUP_FEED, visit->now, &reader)) {
		visit_not_found(visit);
		return;
	}
	feed.group = atom_run(visit->arena, reader.group.name);
	feed.former = member_former(
	    visit->db, visit->arena, &(struct member_former_in){ .cohort_id = reader.cohort.id });
	add_highlights(&feed, &document);
	private_add_opening(&feed);
	private_add_standups(&feed);
	if (db_fault(visit->db) != DB_FAULT_NONE) {
		return;
	}
	fill(&feed, &document);
	describe(&feed, &document.atom);
	plain = feed_fit(visit->arena, &document, atom_document, &gzip);
	answer(visit, "application/atom+xml; charset=utf-8", plain);
}

/* One address for both kinds: which it is, the token says. */
void
private_calendar_show(struct visit *visit)
{
	const char *token = visit_param(visit, "calendar");
	struct secret_reader reader;
	struct bytes *calendar = NULL;

	if (secret_address_open(
		visit->db, visit->arena, token, SECRET_GROUP_CALENDAR, visit->now, &reader)) {
		calendar = calendar_of_group(visit->db, visit->arena, visit->site, visit->programme,
		    &reader.cohort, &reader.group);
	} else if (secret_address_open(visit->db, visit->arena, token, SECRET_PERSON_CALENDAR,
		       visit->now, &reader)) {
		calendar = calendar_of_person(visit->db, visit->arena, visit->site,
		    visit->programme, reader.person.id, visit->now);
	} else {
		visit_not_found(visit);
		return;
	}
	if (calendar != NULL) {
		answer(visit, CALENDAR_TYPE, calendar);
	}
}
