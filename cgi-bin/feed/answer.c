/*
 * A feed over HTTP: fresh from the database, yet rendered once a version
 * (rule 47), and with its own conditional requests (rules 32 to 39).
 *
 * Most requests find that nothing was written since: one PRAGMA. When
 * something was, one indexed row says whether it touched this feed.
 */
#include "feed.h"
#include "web/check.h"
#include "web/gzip.h"

/* Long enough to be worth keeping, short enough for words taken back. */
static const char cache_rule[] = "public, max-age=60";

/* Whether the feed's row still has the revision that was rendered. */
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
	fresh = feed_revision_read(visit->db, visit->arena, rendering->feed, &revision) &&
	    revision == rendering->revision;
	if (!db_commit(visit->db)) {
		return false;
	}
	if (fresh) {
		rendering->version = version;
	}
	return fresh;
}

/* Answers itself, with 404, where there is no feed. NULL then or on a fault. */
static struct rendering *
render(struct visit *visit, const char *slug)
{
	const struct feed_name name = { .cohort = slug[0] == '\0' ? NULL : slug };
	struct feed_document document;
	struct bytes *plain, *gzip = NULL;
	int64_t version;

	feed_cache_drop(slug);
	if (!visit_load(visit)) {
		return NULL;
	}
	version = db_data_version(visit->db);
	if (!feed_document_read(visit, &name, FEED_LINK_ATOM, 0, &document)) {
		visit_not_found(visit);
		return NULL;
	}
	plain = feed_fit(visit->arena, &document, atom_document, &gzip);
	return feed_cache_keep(visit->arena, slug, &document.feed, version, plain, gzip);
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

static void
answer(struct visit *visit, struct rendering *rendering)
{
	struct response *response = visit->response;
	bool gzip = gzip_is_accepted(visit->request->accept_encoding);
	const char *tags[] = { gzip ? rendering->tag_gzip : rendering->tag_plain,
		gzip ? rendering->tag_plain : rendering->tag_gzip };
	bool unchanged =
	    check_is_unchanged(visit->request, tags, 2, rendering->modified, visit->now);

	(void)response_header(
	    response, "ETag", unchanged ? tag_to_name(visit->request, tags[0], tags[1]) : tags[0]);
	/* Never later than Date, even after the clock went back. */
	if (rendering->modified <= visit->now) {
		(void)response_header(response, "Last-Modified", rendering->modified_text);
	}
	(void)response_header(response, "Cache-Control", cache_rule);
	if (unchanged) {
		response_empty(response, 304);
		return;
	}
	response->status = 200;
	response->content_type = "application/atom+xml; charset=utf-8";
	if (gzip) {
		(void)response_header(response, "Content-Encoding", "gzip");
	}
	/* Sent from where it is kept; an error would begin a body anew. */
	response->body = gzip ? &rendering->gzip : &rendering->plain;
}

void
feed_atom_show(struct visit *visit)
{
	const char *slug = visit_param(visit, "cohort");
	struct rendering *rendering;

	slug = slug == NULL ? "" : slug;
	visit->response->cache = RESPONSE_OWN;
	visit->response->open_to_all = true;
	(void)response_header(visit->response, "Vary", "Accept-Encoding");
	(void)response_header(visit->response, "Access-Control-Allow-Origin", "*");
	rendering = feed_cache_find(slug);
	if (rendering == NULL ||
	    (rendering->version != db_data_version(visit->db) && !is_fresh(visit, rendering))) {
		rendering = render(visit, slug);
	}
	if (rendering != NULL && db_fault(visit->db) == DB_FAULT_NONE) {
		answer(visit, rendering);
	}
}
