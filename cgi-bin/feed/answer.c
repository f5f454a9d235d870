/*
 * A feed over HTTP: fresh from the database, yet rendered once a version
 * (rule 47), and with its own conditional requests (rules 32 to 39).
 *
 * Most requests find that nothing was written since: one PRAGMA. When
 * something was, one indexed row says whether it touched this document.
 */
#include <inttypes.h>
#include <string.h>

#include "feed.h"
#include "ground/text.h"
#include "web/check.h"
#include "web/gzip.h"
#include "web/json_feed.h"
#include "web/link.h"

/* An archive's address has its generation in it (rule 27). */
static const char cache_rule_archive[] = "public, max-age=31536000, immutable";

/* What the address asks for. */
struct wanted {
	enum feed_link_form form;
	struct feed_name name;
	int64_t number; /* 0: the subscription document */
	int64_t generation; /* as the address names it */
	bool is_there; /* as far as its form goes */
	const char *key;
};

/* "12-3": an archive's number and generation, in their one way of writing. */
static bool
archive_read(struct arena *arena, const char *text, int64_t *number, int64_t *generation)
{
	const char *dash = strchr(text, '-');

	return dash != NULL &&
	    text_integer(
		arena_copy_bytes(arena, text, (size_t)(dash - text)), 1, INT32_MAX, number) &&
	    text_integer(dash + 1, 1, INT64_MAX, generation);
}

static const char *
or_nothing(const char *text)
{
	return text == NULL ? "" : text;
}

static struct wanted
wanted_read(const struct visit *visit, enum feed_link_form form)
{
	struct wanted wanted = { .form = form, .name = feed_name_of(visit), .is_there = true };
	const char *archive = visit_param(visit, "archive");

	if (archive != NULL) {
		wanted.is_there =
		    archive_read(visit->arena, archive, &wanted.number, &wanted.generation);
	}
	wanted.key =
	    arena_format(visit->arena, "%d/%s/%s/%s/%s", (int)form, or_nothing(wanted.name.kind),
		or_nothing(wanted.name.cohort), or_nothing(wanted.name.group), or_nothing(archive));
	return wanted;
}

/* What decides whether a rendering holds, as it is now. */
static bool
revision_now(struct visit *visit, const struct rendering *rendering, int64_t *revision)
{
	const struct feed feed = { .id = rendering->feed };

	if (rendering->number == 0) {
		return feed_revision_read(visit->db, visit->arena, feed.id, revision);
	}
	return feed_generation(visit->db, visit->arena, &feed, rendering->number, revision);
}

static bool
is_fresh(struct visit *visit, struct rendering *rendering)
{
	int64_t version, revision;
	bool fresh;

	if (!db_begin_read(visit->db)) {
		return false;
	}
	/* Within the snapshot: it belongs to what is read. */
	version = db_data_version(visit->db);
	fresh = revision_now(visit, rendering, &revision) && revision == rendering->revision;
	if (!db_commit(visit->db)) {
		return false;
	}
	if (fresh) {
		rendering->version = version;
	}
	return fresh;
}

/* To the archive as it is now; from a generation that never was to none. */
static void
redirect(struct visit *visit, const struct wanted *wanted, const struct feed_document *document)
{
	if (wanted->generation > document->generation) {
		visit_not_found(visit);
		return;
	}
	visit->response->status = 302;
	response_redirect(visit->response, document->atom.self);
	(void)response_header(visit->response, "Cache-Control", FEED_CACHE_RULE);
}

/* A hub and the topic it knows the document by (rule 45). */
static const char *
hub_link(struct arena *arena, const struct atom_feed *atom)
{
	if (atom->hub == NULL) {
		return NULL;
	}
	return arena_format(arena, "<%s>; rel=\"hub\", <%s>; rel=\"self\"", atom->hub, atom->self);
}

/* Answers itself where there is no such document. NULL then or on a fault. */
static struct rendering *
render(struct visit *visit, const struct wanted *wanted)
{
	struct feed_document document;
	struct rendering made = { .key = wanted->key };
	struct bytes *plain, *gzip = NULL;

	feed_cache_drop(wanted->key);
	if (!visit_load(visit)) {
		return NULL;
	}
	made.version = db_data_version(visit->db);
	if (!wanted->is_there ||
	    !feed_document_read(visit, &wanted->name, wanted->form, wanted->number, &document)) {
		visit_not_found(visit);
		return NULL;
	}
	if (wanted->generation != document.generation) {
		redirect(visit, wanted, &document);
		return NULL;
	}
	plain = feed_fit(visit->arena, &document,
	    wanted->form == FEED_LINK_JSON ? json_feed_document : atom_document, &gzip);
	made.feed = document.feed.id;
	made.number = document.number;
	made.revision = document.revision;
	made.modified = document.modified;
	made.link = hub_link(visit->arena, &document.atom);
	made.plain = *plain;
	made.gzip = *gzip;
	return feed_cache_keep(visit->arena, &made);
}

/*
 * The tag to answer with: the one of the coding that is chosen, unless the
 * reader holds the other and not this one. A cache looks for the copy that it
 * keeps under exactly this tag (RFC 9111 section 4.3.4).
 */
static const char *
tag_to_name(const struct request *request, const char *chosen, const char *other)
{
	if (request->if_none_match != NULL && !check_tag_is_named(request->if_none_match, chosen)) {
		return other;
	}
	return chosen;
}

static bool
is_unchanged(const struct visit *visit, const struct rendering *rendering)
{
	const char *tags[] = { rendering->tag_plain, rendering->tag_gzip };

	return check_is_unchanged(visit->request, tags, 2, rendering->modified, visit->now);
}

void
feed_answer(
    struct visit *visit, struct rendering *rendering, const char *type, const char *cache_rule)
{
	struct response *response = visit->response;
	bool gzip = gzip_is_accepted(visit->request->accept_encoding);
	const char *chosen = gzip ? rendering->tag_gzip : rendering->tag_plain;
	const char *other = gzip ? rendering->tag_plain : rendering->tag_gzip;
	bool unchanged = is_unchanged(visit, rendering);

	(void)response_header(
	    response, "ETag", unchanged ? tag_to_name(visit->request, chosen, other) : chosen);
	/* Never later than Date, even after the clock went back. */
	if (rendering->modified <= visit->now) {
		(void)response_header(response, "Last-Modified", rendering->modified_text);
	}
	(void)response_header(response, "Cache-Control", cache_rule);
	if (rendering->link != NULL) {
		(void)response_header(response, "Link", rendering->link);
	}
	if (unchanged) {
		response_empty(response, 304);
		return;
	}
	response->status = 200;
	response->content_type = type;
	if (gzip) {
		(void)response_header(response, "Content-Encoding", "gzip");
	}
	/* Sent from where it is kept; an error would begin a body anew. */
	response->body = gzip ? &rendering->gzip : &rendering->plain;
}

void
feed_answer_begin(struct visit *visit)
{
	visit->response->cache = RESPONSE_OWN;
	visit->response->open_to_all = true;
	(void)response_header(visit->response, "Vary", "Accept-Encoding");
	(void)response_header(visit->response, "Access-Control-Allow-Origin", "*");
}

/* Whether it can be answered with what is kept of it. */
static bool
is_enough(struct visit *visit, struct rendering *rendering)
{
	return rendering != NULL &&
	    (rendering->version == db_data_version(visit->db) || is_fresh(visit, rendering)) &&
	    (rendering->plain.data != NULL || is_unchanged(visit, rendering));
}

static void
show(struct visit *visit, enum feed_link_form form)
{
	const struct wanted wanted = wanted_read(visit, form);
	struct rendering *rendering = feed_cache_known(wanted.key);

	feed_answer_begin(visit);
	if (!is_enough(visit, rendering)) {
		rendering = render(visit, &wanted);
	}
	if (rendering != NULL && db_fault(visit->db) == DB_FAULT_NONE) {
		feed_answer(visit, rendering,
		    form == FEED_LINK_JSON ? "application/feed+json; charset=utf-8"
					   : "application/atom+xml; charset=utf-8",
		    wanted.number == 0 ? FEED_CACHE_RULE : cache_rule_archive);
	}
}

void
feed_atom_show(struct visit *visit)
{
	show(visit, FEED_LINK_ATOM);
}

void
feed_json_show(struct visit *visit)
{
	show(visit, FEED_LINK_JSON);
}
