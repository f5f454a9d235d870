#include <inttypes.h>
#include <string.h>

#include "ground/text.h"
#include "web/entry.h"
#include "web/feed_link.h"
#include "web/link.h"
#include "web/message.h"
#include "web/page/feed.h"
#include "web/page/site.h"
#include "web/time.h"

/* What is left of an entry's size for its content. */
enum { CONTENT_BYTES_MAX = ATOM_ENTRY_BYTES_MAX - 8 * 1024 };

/* A quote's frame in the document. */
enum { QUOTE_FRAME_BYTES = 512 };

/* A summary is so long at most. */
enum { SUMMARY_GRAPHEMES = 500 };

/* An entry in the making. */
struct telling {
	struct db *db;
	struct arena *arena;
	const struct site *site;
	const struct programme *programme;
	const struct activity *activity;
	const char *cohort; /* as a run in titles */
	const char *group;
	struct entry *entry;
	bool is_brief;
};

/* Somebody's line as Markdown that comes out as it was typed. */
static const char *
plain(const struct telling *telling, const char *text)
{
	return markdown_escape(telling->arena, atom_line(telling->arena, text));
}

static const char *
whole_link(const struct telling *telling, const char *link)
{
	return link_absolute(telling->arena, telling->site, link);
}

static struct markdown
as_html(const struct telling *telling, const char *words)
{
	return atom_markdown(telling->arena, words, whole_link(telling, telling->entry->link));
}

const char *
entry_summary(struct arena *arena, const struct entry *entry)
{
	if (entry->words == NULL) {
		return NULL;
	}
	return text_cut(
	    arena, atom_line(arena, markdown_text(arena, entry->words)), SUMMARY_GRAPHEMES);
}

/* The words of an entry that is no highlight. */
static void
tell_words(struct telling *telling, const char *words)
{
	telling->entry->words = words;
	if (telling->is_brief) {
		telling->entry->summary = entry_summary(telling->arena, telling->entry);
	} else {
		telling->entry->content = as_html(telling, words);
	}
}

static const char *
cohort_link(const struct telling *telling)
{
	return link_cohort(telling->arena, telling->site, telling->activity->cohort_slug);
}

static void
tell_beginning(struct telling *telling)
{
	struct entry *entry = telling->entry;
	const char *name = telling->programme->name;

	entry->kind_name = message(MESSAGE_FEED_KIND_PROGRAMME);
	entry->title = message_feed_title_programme(telling->arena, atom_run(telling->arena, name));
	entry->link = link_home(telling->arena, telling->site);
	tell_words(telling, message_feed_words_programme(telling->arena, plain(telling, name)));
}

static void
tell_opening(struct telling *telling)
{
	const struct activity *activity = telling->activity;
	struct arena *arena = telling->arena;
	struct entry *entry = telling->entry;

	entry->kind_name = message(MESSAGE_FEED_KIND_OPENED);
	entry->title = message_feed_title_opened(arena, telling->cohort);
	tell_words(telling,
	    message_feed_words_opened(arena,
		plain(telling, time_words(arena, "UTC", activity->closes_at)),
		whole_link(telling, link_apply(arena, telling->site, activity->cohort_slug)),
		plain(telling, activity->cohort_goal)));
}

static void
tell_launch(struct telling *telling)
{
	const struct activity *activity = telling->activity;
	struct arena *arena = telling->arena;
	struct entry *entry = telling->entry;

	entry->kind_name = message(MESSAGE_FEED_KIND_LAUNCHED);
	entry->title = message_feed_title_launched(arena, telling->cohort);
	tell_words(telling,
	    message_feed_words_launched(arena,
		plain(telling, time_day(arena, "UTC", activity->starts_at)),
		plain(telling, time_day(arena, "UTC", activity->ends_at - 1)),
		whole_link(telling, cohort_link(telling)), plain(telling, activity->cohort_goal)));
}

static void
tell_groups(struct telling *telling)
{
	struct arena *arena = telling->arena;
	struct entry *entry = telling->entry;
	struct activity_group_rows groups =
	    activity_groups_list(telling->db, arena, telling->activity->cohort_id);
	struct bytes *words = bytes_new(arena);
	size_t i;

	entry->kind_name = message(MESSAGE_FEED_KIND_GROUPS);
	entry->title = message_feed_title_groups(arena, telling->cohort);
	bytes_text(words, message(MESSAGE_FEED_WORDS_GROUPS));
	bytes_text(words, "\n\n");
	for (i = 0; i < groups.count; i++) {
		const struct activity_group *group = &groups.rows[i];

		bytes_format(words, "- %s\n",
		    message_feed_words_group(arena, plain(telling, group->name),
			whole_link(telling,
			    link_cohort_group(
				arena, telling->site, telling->activity->cohort_slug, group->slug)),
			plain(telling, group->project), plain(telling, group->goal)));
		if (words->length > CONTENT_BYTES_MAX / 3) {
			break;
		}
	}
	tell_words(telling, words->data);
}

static void
tell_end(struct telling *telling)
{
	struct arena *arena = telling->arena;
	struct entry *entry = telling->entry;

	entry->kind_name = message(MESSAGE_FEED_KIND_FINISHED);
	entry->title = message_feed_title_finished(arena, telling->cohort);
	tell_words(telling,
	    message_feed_words_finished(arena, plain(telling, telling->activity->cohort_name),
		whole_link(telling, cohort_link(telling))));
}

/* Whoever shows no name is somebody of the group (rule 10). */
static const char *
highlight_author(const struct telling *telling)
{
	const struct activity *activity = telling->activity;
	const char *name = atom_line(telling->arena, activity->author_name);

	if (!text_empty(name)) {
		return name;
	}
	if (text_equal(activity->author_role, "captain")) {
		return message_feed_author_captain(telling->arena, telling->group);
	}
	if (text_equal(activity->author_role, "organiser")) {
		return message_feed_author_organiser(telling->arena, telling->cohort);
	}
	return message_feed_author_navigator(telling->arena, telling->group);
}

static const char *
quote_author(const struct telling *telling, const char *name)
{
	name = atom_line(telling->arena, name);
	return !text_empty(name) ? name : message_feed_quote_author(telling->arena, telling->group);
}

/* The quotes that fit beside `size` bytes, as rows of the page. */
static struct page_feed_content_quotes_list
highlight_quotes_shown(const struct telling *telling, size_t size)
{
	struct arena *arena = telling->arena;
	struct activity_quote_rows quotes =
	    activity_quotes_list(telling->db, arena, telling->activity->highlight_id);
	struct page_feed_content_quotes *rows = arena_array(arena, quotes.count + 1, sizeof(*rows));
	size_t count = 0, i;

	for (i = 0; i < quotes.count; i++) {
		struct markdown words = as_html(telling, quotes.rows[i].words);

		size += atom_size(words.html) + QUOTE_FRAME_BYTES;
		if (size > CONTENT_BYTES_MAX) {
			break;
		}
		if (!text_empty(words.html)) {
			rows[count].quote_markdown = words;
			rows[count++].quote_author = quote_author(telling, quotes.rows[i].name);
		}
	}
	return (struct page_feed_content_quotes_list){ .rows = rows, .count = count };
}

/*
 * What a highlight says and quotes, as HTML that stands by itself; NULL when
 * it says nothing beyond its title.
 */
static struct markdown
highlight_content(const struct telling *telling)
{
	const struct page_site nobody = { .site_root = NULL };
	struct bytes *out = bytes_new(telling->arena);
	struct page_feed_content page = { .if_words = false };
	size_t size;

	page.words_markdown = as_html(telling, telling->activity->body);
	size = atom_size(page.words_markdown.html);
	page.if_words = size > 0 && size <= CONTENT_BYTES_MAX;
	page.quotes = highlight_quotes_shown(telling, page.if_words ? size : 0);
	if (!page.if_words && page.quotes.count == 0) {
		return (struct markdown){ NULL };
	}
	page_feed_content(out, &nobody, &page);
	return (struct markdown){ out->data };
}

/* What it goes on with, and how much goes on with it (rule 28). */
static void
tell_thread(struct telling *telling)
{
	const struct activity *activity = telling->activity;
	const struct programme *programme = telling->programme;
	struct entry *entry = telling->entry;

	entry->replies = activity->sequels;
	if (activity->follows_key == NULL) {
		return;
	}
	entry->parent_id = atom_tag(
	    telling->arena, programme->tag_domain, programme->tag_date, activity->follows_key);
	entry->parent_link = feed_link_highlight(telling->arena, telling->site,
	    activity->cohort_slug, activity->group_slug, activity->follows_highlight);
	entry->parent_title = atom_line(telling->arena, activity->follows_title);
}

static void
tell_highlight(struct telling *telling)
{
	const struct activity *activity = telling->activity;
	struct arena *arena = telling->arena;
	struct entry *entry = telling->entry;

	entry->kind_name = message(MESSAGE_FEED_KIND_HIGHLIGHT);
	entry->title = atom_run(arena, activity->title);
	if (text_empty(entry->title)) {
		entry->title = message_feed_title_highlight(arena, telling->group);
	}
	entry->link = feed_link_highlight(arena, telling->site, activity->cohort_slug,
	    activity->group_slug, activity->highlight_key);
	entry->anchor = arena_format(arena, "highlight-%s", activity->highlight_key);
	entry->author = highlight_author(telling);
	entry->group = atom_line(arena, activity->group_name);
	entry->group_slug = activity->group_slug;
	entry->week = activity->week;
	entry->words = activity->body;
	tell_thread(telling);
	if (telling->is_brief) {
		entry->summary = entry_summary(arena, entry);
	} else {
		entry->content = highlight_content(telling);
	}
}

/*
 * What was taken back keeps its id and its place, and says no more (rule 29).
 * Its group and week were the highlight's.
 */
static void
tell_withdrawn(struct telling *telling)
{
	struct entry *entry = telling->entry;

	entry->is_withdrawn = true;
	entry->kind_name = message(MESSAGE_FEED_KIND_HIGHLIGHT);
	entry->title = message(MESSAGE_FEED_TITLE_WITHDRAWN);
	entry->link = link_feed(telling->arena, telling->site);
}

static struct entry
entry_tell(struct db *db, struct arena *arena, const struct site *site,
    const struct programme *programme, const struct activity *activity, bool is_brief)
{
	static const struct {
		const char *kind;
		void (*tell)(struct telling *);
	} kinds[] = { { "programme_began", tell_beginning }, { "cohort_opened", tell_opening },
		{ "cohort_launched", tell_launch }, { "groups_formed", tell_groups },
		{ "highlight", tell_highlight }, { "cohort_finished", tell_end } };
	struct entry entry = { .id = atom_tag(arena, programme->tag_domain, programme->tag_date,
				   activity->key),
		.kind = activity->kind,
		.author = atom_line(arena, programme->name),
		.cohort = atom_line(arena, activity->cohort_name),
		.cohort_slug = activity->cohort_slug,
		.week = DB_NULL,
		.published = activity->published_at,
		.updated = activity->updated_at };
	struct telling telling = { db, arena, site, programme, activity,
		atom_run(arena, activity->cohort_name), atom_run(arena, activity->group_name),
		&entry, is_brief };
	size_t i;

	if (activity->withdrawn_at != DB_NULL) {
		tell_withdrawn(&telling);
		return entry;
	}
	if (activity->cohort_slug != NULL) {
		entry.link = cohort_link(&telling);
	}
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (text_equal(activity->kind, kinds[i].kind)) {
			kinds[i].tell(&telling);
		}
	}
	return entry;
}

struct entry
entry_read(struct db *db, struct arena *arena, const struct site *site,
    const struct programme *programme, const struct activity *activity)
{
	return entry_tell(db, arena, site, programme, activity, false);
}

struct entry
entry_brief(struct db *db, struct arena *arena, const struct site *site,
    const struct programme *programme, const struct activity *activity)
{
	return entry_tell(db, arena, site, programme, activity, true);
}

const char *
entry_address(struct arena *arena, const struct site *site, const struct entry *entry)
{
	return link_absolute(arena, site, entry->link);
}

static void
add_category(struct arena *arena, const struct programme *programme, struct atom_entry *atom,
    const char *scheme, const char *term, const char *label)
{
	if (!text_empty(term)) {
		atom->categories[atom->category_count++] = (struct atom_category){ term,
			atom_tag(arena, programme->tag_domain, programme->tag_date, scheme),
			label };
	}
}

/*
 * What a highlight goes on with, for the many readers that show no thread, and
 * then what it says.
 */
static const char *
content_in_thread(struct arena *arena, const struct site *site, const struct entry *entry)
{
	const char *html = entry->content.html;
	const char *title = atom_run(arena, entry->parent_title);

	if (!text_equal(entry->kind, "highlight") || text_empty(title)) {
		return html;
	}
	return arena_format(arena, "%s%s",
	    markdown_html(arena,
		message_feed_words_follows(arena, markdown_escape(arena, title),
		    link_absolute(arena, site, entry->parent_link)))
		.html,
	    html == NULL ? "" : html);
}

struct atom_entry
entry_atom(struct arena *arena, const struct site *site, const struct programme *programme,
    const struct entry *entry)
{
	struct atom_entry atom = { .id = entry->id,
		.title = entry->title,
		.link = entry_address(arena, site, entry),
		.author = entry->author,
		.html = content_in_thread(arena, site, entry),
		.published = entry->published,
		.updated = entry->updated };

	if (entry->content.html == NULL) {
		atom.summary = entry_summary(arena, entry);
	}
	if (entry->parent_id != NULL) {
		atom.parent_id = entry->parent_id;
		atom.parent_link = link_absolute(arena, site, entry->parent_link);
	}
	if (entry->replies > 0) {
		atom.replies = entry->replies;
		atom.replies_link = atom.link;
	}
	add_category(arena, programme, &atom, "kind", entry->kind, entry->kind_name);
	add_category(arena, programme, &atom, "cohort", entry->cohort_slug, entry->cohort);
	add_category(arena, programme, &atom, "group", entry->group_slug, entry->group);
	if (entry->week != DB_NULL) {
		const char *week = arena_format(arena, "%" PRId64, entry->week);

		add_category(arena, programme, &atom, "week", week, message_feed_week(arena, week));
	}
	return atom;
}

struct page_part_entry
entry_row(struct visit *visit, const struct entry *entry)
{
	struct page_part_entry row = {
		.kind = entry->kind_name,
		.instant = time_machine(visit->arena, entry->published),
		.time = time_words(visit->arena, visit->zone, entry->published),
		.title = entry->title,
		.if_anchor = entry->anchor != NULL,
		.anchor = entry->anchor,
		.link = entry->link,
		.if_content = entry->content.html != NULL,
		.content_markdown = entry->content,
		.if_parent = entry->parent_title != NULL,
		.parent_link = entry->parent_link,
		.parent_title = entry->parent_title,
		.author = entry->author,
		.if_group = entry->group_slug != NULL,
		.group = entry->group,
		.if_cohort = entry->cohort_slug != NULL,
		.cohort = entry->cohort,
	};

	if (row.if_cohort) {
		row.cohort_link = link_cohort(visit->arena, visit->site, entry->cohort_slug);
	}
	if (row.if_group) {
		row.group_link = link_cohort_group(
		    visit->arena, visit->site, entry->cohort_slug, entry->group_slug);
	}
	return row;
}
