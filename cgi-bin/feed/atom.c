#include "feed.h"
#include "ground/text.h"
#include "web/gzip.h"
#include "web/link.h"

/* Sizes rule 25 allows; 8 KiB are left for the feed's own elements. */
enum {
	ENTRIES_BYTES_MAX = ATOM_BYTES_MAX - 8 * 1024,
	ENTRY_FRAME_BYTES = 2 * 1024,
	GZIP_BYTES_MAX = 64 * 1024
};

struct entry *
feed_entries(struct visit *visit, const struct feed *feed, size_t *count)
{
	struct activity_rows rows = feed_current(visit->db, visit->arena, feed);
	struct entry *entries = arena_array(visit->arena, rows.count + 1, sizeof(*entries));

	*count = 0;
	for (size_t i = 0; i < rows.count; i++) {
		if (rows.rows[i].withdrawn_at == DB_NULL) {
			entries[(*count)++] = entry_read(
			    visit->db, visit->arena, visit->site, visit->programme, &rows.rows[i]);
		}
	}
	return entries;
}

static const char *
absolute(const struct visit *visit, const char *link)
{
	return link_absolute(visit->arena, visit->site, link);
}

static const char *
picture(const struct visit *visit, const char *name)
{
	return absolute(visit,
	    link_under(
		visit->arena, arena_format(visit->arena, "%s/static", visit->site->root), name));
}

static const char *
tag(const struct visit *visit, const char *key)
{
	return atom_tag(
	    visit->arena, visit->programme->tag_domain, visit->programme->tag_date, key);
}

/* What a feed says of everything. */
static void
describe_all(const struct visit *visit, struct atom_feed *feed)
{
	const struct programme *programme = visit->programme;

	feed->id = tag(visit, programme->feed_key);
	feed->title = programme->name;
	feed->subtitle = programme->tagline;
	feed->self = absolute(visit, link_feed_all(visit->arena, visit->site));
	feed->alternate = absolute(visit, link_feed(visit->arena, visit->site));
}

static void
describe_cohort(const struct visit *visit, struct atom_feed *feed)
{
	struct arena *arena = visit->arena;
	const struct cohort *cohort = visit->cohort;

	feed->id = tag(visit, cohort->feed_key);
	feed->title = message_feed_cohort_title(
	    arena, atom_run(arena, cohort->name), atom_run(arena, visit->programme->name));
	feed->subtitle = cohort->goal;
	feed->self = absolute(visit, link_feed_cohort(arena, visit->site, cohort->slug));
	feed->alternate = absolute(visit, link_cohort(arena, visit->site, cohort->slug));
}

static void
describe(const struct visit *visit, struct atom_feed *feed)
{
	struct arena *arena = visit->arena;
	const char *programme = atom_line(arena, visit->programme->name);

	feed->language = "en";
	feed->author = programme;
	feed->rights = message_feed_rights(arena, programme);
	feed->generator = message(MESSAGE_FEED_GENERATOR);
	feed->icon = picture(visit, "icon.png");
	feed->logo = picture(visit, "logo.png");
	if (visit->cohort == NULL) {
		describe_all(visit, feed);
	} else {
		describe_cohort(visit, feed);
	}
	if (text_empty(atom_line(arena, feed->subtitle))) {
		feed->subtitle = message_feed_subtitle(arena, programme);
	}
}

/* The entries that surely fit; the first one always does. */
static size_t
entries_that_fit(const struct atom_entry *entries, size_t count)
{
	size_t size = 0, i;

	for (i = 0; i < count; i++) {
		size += atom_size(entries[i].html) + ENTRY_FRAME_BYTES;
		if (i > 0 && size > ENTRIES_BYTES_MAX) {
			break;
		}
	}
	return i;
}

struct bytes *
feed_atom_render(struct visit *visit, const struct feed *row, struct bytes **gzip)
{
	struct atom_feed feed = { .updated = row->updated_at };
	struct bytes *plain;
	struct entry *entries;
	struct atom_entry *atoms;
	size_t count, i;

	entries = feed_entries(visit, row, &count);
	if (count == 0 || db_fault(visit->db) != DB_FAULT_NONE) {
		return NULL;
	}
	atoms = arena_array(visit->arena, count, sizeof(*atoms));
	for (i = 0; i < count; i++) {
		atoms[i] = entry_atom(visit->arena, visit->site, visit->programme, &entries[i]);
	}
	describe(visit, &feed);
	feed.entries = atoms;
	feed.entry_count = entries_that_fit(atoms, count);
	for (;;) {
		plain = atom_document(visit->arena, &feed);
		*gzip = plain == NULL ? NULL : gzip_bytes(visit->arena, plain->data, plain->length);
		if (*gzip == NULL) {
			arena_exhausted(ATOM_BYTES_MAX);
		}
		if (feed.entry_count == 1 ||
		    ((*gzip)->length <= GZIP_BYTES_MAX && plain->length <= ATOM_BYTES_MAX)) {
			return plain;
		}
		feed.entry_count -= (feed.entry_count + 3) / 4;
	}
}
