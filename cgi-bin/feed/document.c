#include "feed.h"
#include "ground/text.h"
#include "web/link.h"

/*
 * Raise it with whatever makes an archive's bytes others, be it a word of a
 * message: an address that was kept for a year then leads to the new one.
 */
enum { FEED_RENDERING = 1 };

int64_t
feed_generation_named(int64_t generation)
{
	return generation + FEED_RENDERING;
}

struct feed_name
feed_name_of(const struct visit *visit)
{
	return (struct feed_name){ .kind = visit_param(visit, "kind"),
		.cohort = visit_param(visit, "cohort"),
		.group = visit_param(visit, "group") };
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

static void
describe_kind(const struct visit *visit, const char *kind, struct atom_feed *atom)
{
	static const struct {
		const char *kind;
		enum message title;
		enum message words;
	} kinds[] = { { "announcements", MESSAGE_FEED_OF_ANNOUNCEMENTS,
			  MESSAGE_FEED_OF_ANNOUNCEMENTS_WORDS },
		{ "applications", MESSAGE_FEED_OF_APPLICATIONS,
		    MESSAGE_FEED_OF_APPLICATIONS_WORDS },
		{ "highlights", MESSAGE_FEED_OF_HIGHLIGHTS, MESSAGE_FEED_OF_HIGHLIGHTS_WORDS } };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (text_equal(kind, kinds[i].kind)) {
			atom->title = message_feed_kind_title(visit->arena, message(kinds[i].title),
			    atom_run(visit->arena, visit->programme->name));
			atom->subtitle = message(kinds[i].words);
		}
	}
}

/* What the feed is called and what it is about. */
static void
describe_scope(const struct visit *visit, const struct feed *feed, struct atom_feed *atom)
{
	struct arena *arena = visit->arena;
	const char *programme = atom_run(arena, visit->programme->name);
	const char *cohort = atom_run(arena, feed->cohort_name);

	if (feed->kind != NULL) {
		describe_kind(visit, feed->kind, atom);
	} else if (feed->group_slug != NULL) {
		atom->title = message_feed_group_title(
		    arena, atom_run(arena, feed->group_name), cohort, programme);
		atom->subtitle = feed->group_goal;
	} else if (feed->cohort_slug != NULL) {
		atom->title = message_feed_cohort_title(arena, cohort, programme);
		atom->subtitle = feed->cohort_goal;
	} else {
		atom->title = visit->programme->name;
		atom->subtitle = visit->programme->tagline;
	}
}

/* The address of one of the feed's documents; 0: the subscription document. */
static const char *
address(const struct visit *visit, const struct feed_document *document, enum feed_link_form form,
    int64_t number, int64_t generation)
{
	const char *link = number == 0 ? feed_link(visit->arena, visit->site, &document->name, form)
				       : feed_link_archive(visit->arena, visit->site,
					     &document->name, form, number, generation);

	return absolute(visit, link);
}

/* The archive before this document; NULL where the chain ends. */
static const char *
previous(struct visit *visit, const struct feed_document *document)
{
	const int64_t archives = document->feed.archives == DB_NULL ? 0 : document->feed.archives;
	const int64_t number = document->number == 0 ? archives : document->number - 1;
	int64_t generation = 0;

	if (number == 0 ||
	    !feed_generation(visit->db, visit->arena, &document->feed, number, &generation)) {
		return NULL;
	}
	return address(visit, document, document->form, number, feed_generation_named(generation));
}

void
feed_describe_house(const struct visit *visit, struct atom_feed *atom)
{
	const char *programme = atom_line(visit->arena, visit->programme->name);

	atom->language = "en";
	atom->author = programme;
	atom->rights = message_feed_rights(visit->arena, programme);
	atom->generator = message(MESSAGE_FEED_GENERATOR);
	atom->icon = picture(visit, "icon.png");
	atom->logo = picture(visit, "logo.png");
}

static void
describe(struct visit *visit, struct feed_document *document)
{
	struct arena *arena = visit->arena;
	const char *programme = atom_line(arena, visit->programme->name);
	struct atom_feed *atom = &document->atom;
	const bool is_archive = document->number != 0;

	feed_describe_house(visit, atom);
	atom->id = tag(visit, document->feed.key);
	describe_scope(visit, &document->feed, atom);
	if (text_empty(atom_line(arena, atom->subtitle))) {
		atom->subtitle = message_feed_subtitle(arena, programme);
	}
	atom->self =
	    address(visit, document, document->form, document->number, document->generation);
	atom->alternate = address(visit, document, FEED_LINK_PAGE, document->number, 0);
	atom->previous = previous(visit, document);
	atom->current = is_archive ? address(visit, document, document->form, 0, 0) : NULL;
	atom->hub = is_archive ? NULL : visit->site->hub;
	atom->is_complete = !is_archive && atom->previous == NULL;
}

/*
 * The newest of what the document holds, for an archive must be a function of
 * that alone.
 */
static int64_t
newest(const struct activity_rows *rows)
{
	int64_t updated = 0;

	for (size_t i = 0; i < rows->count; i++) {
		updated = rows->rows[i].updated_at > updated ? rows->rows[i].updated_at : updated;
	}
	return updated;
}

/*
 * Live entries and tombstones, apart. Readers take a document without entries
 * for a broken one (rule 26): the newest of nothing but tombstones stays an
 * entry, blank.
 */
static void
fill(struct visit *visit, const struct activity_rows *rows, struct feed_document *document)
{
	struct atom_entry *atoms = arena_array(visit->arena, rows->count + 1, sizeof(*atoms));
	struct entry *entries = arena_array(visit->arena, rows->count + 1, sizeof(*entries));
	struct atom_tombstone *tombstones =
	    arena_array(visit->arena, rows->count + 1, sizeof(*tombstones));
	size_t live = 0, dead = 0, i;

	for (i = 0; i < rows->count; i++) {
		live += rows->rows[i].tombstoned_at == DB_NULL ? 1 : 0;
	}
	document->entry_count = 0;
	for (i = 0; i < rows->count; i++) {
		const struct activity *row = &rows->rows[i];

		if (row->tombstoned_at != DB_NULL && (live > 0 || i > 0)) {
			tombstones[dead++] =
			    (struct atom_tombstone){ tag(visit, row->key), row->tombstoned_at };
			continue;
		}
		entries[document->entry_count] =
		    entry_read(visit->db, visit->arena, visit->site, visit->programme, row);
		atoms[document->entry_count] = entry_atom(
		    visit->arena, visit->site, visit->programme, &entries[document->entry_count]);
		document->entry_count++;
	}
	document->entries = entries;
	document->atom.entries = atoms;
	document->atom.entry_count = document->entry_count;
	document->atom.tombstones = tombstones;
	document->atom.tombstone_count = dead;
}

bool
feed_document_read(struct visit *visit, const struct feed_name *name, enum feed_link_form form,
    int64_t number, struct feed_document *document)
{
	struct activity_rows rows;
	int64_t generation = 0;

	*document = (struct feed_document){ .form = form, .number = number };
	if (!feed_find(visit->db, visit->arena, name, &document->feed)) {
		return false;
	}
	document->revision = document->feed.revision;
	if (number != 0) {
		if (!feed_generation(
			visit->db, visit->arena, &document->feed, number, &generation)) {
			return false;
		}
		document->generation = feed_generation_named(generation);
		document->revision = generation;
		rows = feed_archived(visit->db, visit->arena, &document->feed, number);
	} else {
		rows = feed_current(visit->db, visit->arena, &document->feed);
	}
	if (rows.count == 0 && document->feed.archives == DB_NULL) {
		return false;
	}
	document->name = (struct feed_name){ .kind = document->feed.kind,
		.cohort = document->feed.cohort_slug,
		.group = document->feed.group_slug };
	document->atom.updated = number == 0 ? document->feed.updated_at : newest(&rows);
	/* An archive's bytes are one and the same from its first day on. */
	document->modified = number == 0 ? document->feed.modified_at : document->atom.updated;
	fill(visit, &rows, document);
	describe(visit, document);
	return db_fault(visit->db) == DB_FAULT_NONE;
}
