/*
 * What a group's members said, as entries of its private feed. All of it comes
 * from model/standup_read.h, which gives a reader what they may read and
 * nothing else (safety 31).
 */
#include "private.h"

#include "ground/text.h"
#include "web/link.h"
#include "web/page/feed.h"

enum { TITLE_GRAPHEMES = 80, PROMPTS = 3, ROOM_AT_FIRST = 64 };

/* What is left of an entry's size for its content. */
enum { CONTENT_BYTES_MAX = ATOM_ENTRY_BYTES_MAX - 8 * 1024 };

void
private_add(struct private_feed *feed, const struct entry *entry)
{
	if (feed->count == feed->room) {
		size_t room = feed->room == 0 ? ROOM_AT_FIRST : feed->room * 2;
		struct entry *entries = arena_array(feed->visit->arena, room, sizeof(*entries));

		for (size_t i = 0; i < feed->count; i++) {
			entries[i] = feed->entries[i];
		}
		feed->entries = entries;
		feed->room = room;
	}
	feed->entries[feed->count++] = *entry;
}

static const char *
tag(const struct private_feed *feed, const char *kind, const char *key)
{
	const struct programme *programme = feed->visit->programme;

	return atom_tag(feed->visit->arena, programme->tag_domain, programme->tag_date,
	    arena_format(feed->visit->arena, "%s-%s", kind, key));
}

/* An entry of a week, its place on the page being called as its kind and key. */
static struct entry
begin(const struct private_feed *feed, int64_t week, const char *kind, const char *key)
{
	struct arena *arena = feed->visit->arena;
	const struct secret_reader *reader = feed->reader;

	return (struct entry){
		.id = tag(feed, kind, key),
		.kind = kind,
		.link = link_at(arena,
		    link_standup(
			arena, feed->visit->site, reader->cohort.slug, reader->group.slug, week),
		    arena_format(arena, "%s-%s", kind, key)),
		.cohort = atom_line(arena, reader->cohort.name),
		.cohort_slug = reader->cohort.slug,
		.group = atom_line(arena, reader->group.name),
		.group_slug = reader->group.slug,
		.week = week,
	};
}

/* As the group's pages name somebody; who has left the cohort is named no
 * more (rule 10). */
static const char *
name_of(const struct private_feed *feed, int64_t member_id, const char *name)
{
	name = atom_line(feed->visit->arena, name);
	for (size_t i = 0; i < feed->former.count; i++) {
		if (feed->former.rows[i].id == member_id) {
			name = NULL;
		}
	}
	return text_empty(name) ? message_private_former(feed->visit->arena, feed->group) : name;
}

static const char *
absolute(const struct private_feed *feed, const char *link)
{
	return link_absolute(feed->visit->arena, feed->visit->site, link);
}

static struct markdown
as_html(const struct private_feed *feed, const struct entry *entry, const char *words)
{
	return atom_markdown(feed->visit->arena, words, absolute(feed, entry->link));
}

/* What would make the entry too large is told in short. */
static void
tell(const struct private_feed *feed, struct entry *entry, const char *words, struct markdown html)
{
	entry->words = words;
	if (!text_empty(html.html) && atom_size(html.html) <= CONTENT_BYTES_MAX) {
		entry->content = html;
	}
	entry->author = atom_line(feed->visit->arena, entry->author);
}

static void
set_times(struct entry *entry, int64_t published, int64_t edited)
{
	entry->published = published;
	entry->updated = edited == DB_NULL || edited < published ? published : edited;
}

/* The beginning of what somebody wrote, for a title. */
static const char *
beginning(const struct private_feed *feed, const char *words)
{
	struct arena *arena = feed->visit->arena;

	return atom_run(
	    arena, text_cut(arena, atom_line(arena, markdown_text(arena, words)), TITLE_GRAPHEMES));
}

void
private_add_opening(struct private_feed *feed)
{
	struct visit *visit = feed->visit;
	struct arena *arena = visit->arena;
	const struct secret_address *address = &feed->reader->address;
	const char *link = link_secret_addresses(arena, visit->site);
	struct entry entry = begin(feed, 0, "private", address->key);
	const char *words = message_private_words_opened(arena,
	    markdown_escape(arena, atom_line(arena, feed->reader->group.name)),
	    absolute(feed, link));

	entry.kind_name = message(MESSAGE_PRIVATE_KIND_OPENED);
	entry.title = message_private_title_opened(arena, feed->group);
	entry.link = link;
	entry.author = visit->programme->name;
	entry.week = DB_NULL;
	set_times(&entry, address->created_at, DB_NULL);
	tell(feed, &entry, words, as_html(feed, &entry, words));
	private_add(feed, &entry);
}

static void
add_saying(const struct private_feed *feed, const struct entry *entry, enum message title,
    const char *words, struct page_feed_check_in *page, struct page_feed_check_in_sayings *rows)
{
	if (!text_empty(words)) {
		rows[page->sayings.count].saying_title = message(title);
		rows[page->sayings.count++].saying_markdown = as_html(feed, entry, words);
	}
}

static struct markdown
check_in_html(
    const struct private_feed *feed, const struct entry *entry, const struct check_in *check_in)
{
	const struct page_site nobody = { .site_root = NULL };
	struct page_feed_check_in_sayings rows[PROMPTS];
	struct page_feed_check_in page = { .sayings = { rows, 0 } };
	struct bytes *out = bytes_new(feed->visit->arena);

	add_saying(feed, entry, MESSAGE_STANDUP_DID_LABEL, check_in->did, &page, rows);
	add_saying(feed, entry, MESSAGE_STANDUP_NEXT_LABEL, check_in->next, &page, rows);
	add_saying(feed, entry, MESSAGE_STANDUP_BLOCKED_LABEL, check_in->blocked, &page, rows);
	page_feed_check_in(out, &nobody, &page);
	return (struct markdown){ out->data };
}

static void
add_check_ins(
    struct private_feed *feed, const struct standup *standup, const struct standup_reader *reader)
{
	struct arena *arena = feed->visit->arena;
	struct check_in_rows rows = standup_check_ins(feed->visit->db, arena, standup, reader);

	for (size_t i = 0; i < rows.count; i++) {
		const struct check_in *row = &rows.rows[i];
		struct entry entry = begin(feed, standup->week, "check-in", row->key);

		entry.kind_name = message(MESSAGE_PRIVATE_KIND_CHECK_IN);
		entry.author = name_of(feed, row->member_id, row->name);
		entry.title = message_private_title_check_in(arena, atom_run(arena, entry.author),
		    arena_format(arena, "%lld", (long long)standup->week));
		set_times(&entry, row->created_at, row->edited_at);
		tell(feed, &entry,
		    arena_format(arena, "%s\n\n%s\n\n%s", row->did, row->next, row->blocked),
		    check_in_html(feed, &entry, row));
		private_add(feed, &entry);
	}
}

static void
add_answer(struct private_feed *feed, const struct question *question, const struct entry *asked,
    const struct answer *answer)
{
	struct arena *arena = feed->visit->arena;
	struct entry entry = begin(feed, question->week, "answer", answer->key);

	entry.kind_name = message(MESSAGE_PRIVATE_KIND_ANSWER);
	entry.author = name_of(feed, answer->member_id, answer->name);
	entry.title = message_private_title_answer(
	    arena, atom_run(arena, entry.author), beginning(feed, answer->body));
	entry.parent_id = asked->id;
	entry.parent_link = asked->link;
	entry.parent_title = asked->title;
	set_times(&entry, answer->answered_at, answer->edited_at);
	tell(feed, &entry, answer->body, as_html(feed, &entry, answer->body));
	private_add(feed, &entry);
}

static void
add_question(
    struct private_feed *feed, const struct question *question, const struct answer_rows *answers)
{
	struct arena *arena = feed->visit->arena;
	struct entry entry = begin(feed, question->week, "question", question->key);

	entry.kind_name = message(MESSAGE_PRIVATE_KIND_QUESTION);
	entry.author = name_of(feed, question->member_id, question->name);
	entry.title = message_private_title_question(
	    arena, atom_run(arena, entry.author), beginning(feed, question->body));
	set_times(&entry, question->asked_at, question->edited_at);
	tell(feed, &entry, question->body, as_html(feed, &entry, question->body));
	for (size_t i = 0; i < answers->count; i++) {
		if (answers->rows[i].question_id == question->id) {
			add_answer(feed, question, &entry, &answers->rows[i]);
			entry.replies++;
		}
	}
	private_add(feed, &entry);
}

void
private_add_standups(struct private_feed *feed)
{
	struct db *db = feed->visit->db;
	struct arena *arena = feed->visit->arena;
	const struct standup_reader reader = { feed->reader->person.id, feed->reader->roles };
	struct standup_week_rows weeks = standup_weeks(db, arena, &feed->reader->group, &reader);

	for (size_t i = 0; i < weeks.count; i++) {
		struct standup standup;
		struct question_rows questions;
		struct answer_rows answers;

		if (!standup_find(
			db, arena, feed->reader->group.id, weeks.rows[i].week, &standup)) {
			continue;
		}
		add_check_ins(feed, &standup, &reader);
		questions = standup_questions(db, arena, &standup, &reader);
		answers = standup_answers(db, arena, &standup, &reader);
		for (size_t j = 0; j < questions.count; j++) {
			add_question(feed, &questions.rows[j], &answers);
		}
	}
}
