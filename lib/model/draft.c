#include "model/draft.h"

#include <stddef.h>
#include <string.h>

#include "db/db.h"
#include "ground/address.h"
#include "ground/arena.h"
#include "ground/text.h"
#include "ground/token.h"
#include "model/application.h"
#include "model/application_rows.h"
#include "model/cohort.h"
#include "model/late.h"
#include "model/outbox.h"
#include "model/session.h"

/* The deadline as it is for a draft: one begun before it has its grace. */
static int64_t
deadline_of(const struct cohort *cohort, const struct draft *draft)
{
	return draft->begun_at < cohort->closes_at
	    ? cohort->closes_at + cohort->grace_minutes * CLOCK_MINUTE
	    : cohort->closes_at;
}

enum draft_window
draft_window(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct draft *draft, int64_t now)
{
	if (cohort->published_at == DB_NULL || now < cohort->opens_at) {
		return DRAFT_WINDOW_EARLY;
	}
	if (now < cohort->closes_at) {
		return DRAFT_WINDOW_OPEN;
	}
	if (draft == NULL) {
		return DRAFT_WINDOW_OVER;
	}
	if (now < deadline_of(cohort, draft)) {
		return DRAFT_WINDOW_GRACE;
	}
	return late_until(db, arena, cohort->id, draft->email_key, now) != 0 ? DRAFT_WINDOW_LATE
									     : DRAFT_WINDOW_OVER;
}

bool
draft_window_is_open(enum draft_window window)
{
	return window == DRAFT_WINDOW_OPEN || window == DRAFT_WINDOW_GRACE ||
	    window == DRAFT_WINDOW_LATE;
}

int64_t
draft_ends(
    struct db *db, struct arena *arena, const struct cohort *cohort, const struct draft *draft)
{
	int64_t deadline = deadline_of(cohort, draft);
	int64_t late = late_until(db, arena, cohort->id, draft->email_key, 0);

	return late > deadline ? late : deadline;
}

int64_t
draft_ends_for(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct draft *draft, const char *email, int64_t now)
{
	switch (draft_window(db, arena, cohort, draft, now)) {
	case DRAFT_WINDOW_OPEN:
	case DRAFT_WINDOW_GRACE:
		return draft == NULL ? cohort->closes_at : deadline_of(cohort, draft);
	case DRAFT_WINDOW_LATE:
		return late_until(db, arena, cohort->id, address_key(arena, email), now);
	case DRAFT_WINDOW_EARLY:
	case DRAFT_WINDOW_OVER:
	default:
		return 0;
	}
}

bool
draft_find(
    struct db *db, struct arena *arena, int64_t cohort_id, const char *token, struct draft *draft)
{
	return token_is_shaped(token) &&
	    draft_by_browser(db, arena,
		&(struct draft_by_browser_in){
		    .cohort_id = cohort_id, .token_hash = token_hash(arena, token) },
		draft);
}

const char *
draft_mark(struct arena *arena, const struct draft *draft)
{
	return draft == NULL ? ""
			     : arena_format(arena, "%lld-%lld", (long long)draft->begun_at,
				   (long long)draft->revision);
}

static const char *
writer_of(struct arena *arena, const struct draft_page *page)
{
	return text_empty(page->key) ? "" : token_hash(arena, page->key);
}

bool
draft_is_newer(struct arena *arena, const struct draft *draft, const struct draft_page *page)
{
	if (draft == NULL) {
		return !text_empty(page->mark);
	}
	if (*draft->fields == '\0' || strcmp(draft->fields, page->fields) == 0) {
		return false;
	}
	return !text_equal(page->mark, draft_mark(arena, draft)) &&
	    (*draft->writer == '\0' || strcmp(draft->writer, writer_of(arena, page)) != 0);
}

/* Begins a draft, and gives it to the browser. */
static bool
begin(struct db *db, struct arena *arena, const struct draft_page *page,
    const struct draft_insert_in *insert, struct draft *draft)
{
	return draft_insert(db, insert) == 1 &&
	    draft_by_id(db, arena, &(struct draft_by_id_in){ .id = db_last_id(db) }, draft) &&
	    draft_open(db, arena, draft, page->token, insert->now);
}

static bool
write_draft(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct draft_page *page, const char *email, bool is_finished, int64_t now,
    struct draft *draft)
{
	const char *writer = writer_of(arena, page);
	const char *key = email == NULL ? NULL : address_key(arena, email);

	if (key == NULL) {
		email = NULL;
	}
	if (draft->id == 0) {
		return begin(db, arena, page,
		    &(struct draft_insert_in){ .cohort_id = cohort->id,
			.email = email,
			.email_key = key,
			.fields = page->fields,
			.is_finished = is_finished,
			.writer = writer,
			.now = now },
		    draft);
	}
	if (late_until(db, arena, cohort->id, draft->email_key, now) != 0) {
		email = draft->email;
		key = draft->email_key;
	}
	return draft_void_links(
		   db, &(struct draft_void_links_in){ .id = draft->id, .email_key = key }) >= 0 &&
	    draft_update(db,
		&(struct draft_update_in){ .id = draft->id,
		    .email = email,
		    .email_key = key,
		    .fields = page->fields,
		    .is_finished = is_finished,
		    .writer = writer,
		    .now = now }) == 1 &&
	    draft_by_id(db, arena, &(struct draft_by_id_in){ .id = draft->id }, draft);
}

enum draft_save_outcome
draft_save(struct db *db, struct arena *arena, const struct cohort *cohort,
    const struct draft_page *page, const char *email, bool is_finished, int64_t now,
    struct draft *draft)
{
	bool is_there = draft_find(db, arena, cohort->id, page->token, draft);
	enum draft_window window = draft_window(db, arena, cohort, is_there ? draft : NULL, now);

	if (!is_there) {
		*draft = (struct draft){ 0 };
	}
	if (!draft_window_is_open(window)) {
		return window == DRAFT_WINDOW_EARLY ? DRAFT_TOO_EARLY : DRAFT_TOO_LATE;
	}
	if (draft_is_newer(arena, is_there ? draft : NULL, page)) {
		return DRAFT_STALE;
	}
	return write_draft(db, arena, cohort, page, email, is_finished, now, draft) ? DRAFT_SAVED
										    : DRAFT_FAULT;
}

bool
draft_mail(struct db *db, struct arena *arena, const struct draft *draft,
    const struct application_sender *sender, bool again, int64_t now)
{
	const char *id = arena_format(arena, "%lld", (long long)draft->id);

	if (draft->email_key == NULL ||
	    (draft->mailed_at != DB_NULL && (!again || now < draft->mailed_at + CLOCK_MINUTE))) {
		return true;
	}
	return draft_set_mailed(db, &(struct draft_set_mailed_in){ .id = draft->id, .now = now }) ==
	    1 &&
	    outbox_queue(db, arena,
		&(struct outbox_new){ .reason = arena_format(arena, "draft:%s:%lld:%lld", id,
					  (long long)draft->revision, (long long)now),
		    .kind = "draft",
		    .cohort_id = draft->cohort_id,
		    .recipient = draft->email,
		    .parameters =
			(const struct outbox_parameter[]){ { "draft", id }, { NULL, NULL } },
		    .due_at = application_mail_due(db, arena, sender, draft->email_key, now) },
		now);
}

bool
draft_delete_sent(struct db *db, const struct draft *draft)
{
	return draft_delete(db, &(struct draft_delete_in){ .id = draft->id }) >= 0;
}

bool
draft_forget(struct db *db, struct arena *arena, const struct draft *draft, const char *token)
{
	return draft_browser_delete(db,
		   &(struct draft_browser_delete_in){
		       .token_hash = token_hash(arena, token), .draft_id = draft->id }) >= 0 &&
	    draft_delete_unreachable(
		db, &(struct draft_delete_unreachable_in){ .id = draft->id }) >= 0;
}

bool
draft_open(
    struct db *db, struct arena *arena, const struct draft *draft, const char *token, int64_t now)
{
	return draft_browser_insert(db,
		   &(struct draft_browser_insert_in){ .token_hash = token_hash(arena, token),
		       .draft_id = draft->id,
		       .now = now }) == 1;
}

bool
draft_of_link(struct db *db, struct arena *arena, const char *token, int64_t now,
    struct cohort *cohort, struct draft *draft)
{
	struct link link;

	return link_open(db, arena, token, "draft", now, &link) &&
	    draft_by_id(db, arena, &(struct draft_by_id_in){ .id = link.draft_id }, draft) &&
	    cohort_by_id(db, arena, &(struct cohort_by_id_in){ .id = draft->cohort_id }, cohort) &&
	    draft_window_is_open(draft_window(db, arena, cohort, draft, now));
}
