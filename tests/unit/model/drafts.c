#include "drafts.h"

#include "fixture.h"

const unsigned char drafts_secret[32] = "a key file's thirty-two bytes...";
const char drafts_browser[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQ";
const char drafts_other_browser[] = "BCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQR";

struct application_sender
drafts_sender(const char *email)
{
	return (struct application_sender){
		.email = email, .network = "192.0.2.0/24", .secret = drafts_secret
	};
}

struct draft_page
drafts_page(const char *token, const char *key, const char *fields)
{
	return (struct draft_page){ .token = token, .key = key, .mark = "", .fields = fields };
}

enum draft_save_outcome
drafts_save(struct model *model, const struct draft_page *page, const char *email, int64_t now,
    struct draft *draft)
{
	return draft_save(model->db, model->arena, &model->cohort, page, email, false, now, draft);
}

struct draft
drafts_saved(struct model *model, const char *email, const char *fields, int64_t now)
{
	struct draft_page page = drafts_page(drafts_browser, "page", fields);
	struct draft draft;

	assert_int_equal(drafts_save(model, &page, email, now, &draft), DRAFT_SAVED);
	return draft;
}

bool
drafts_has(struct model *model, const char *token, struct draft *draft)
{
	return draft_find(model->db, model->arena, model->cohort.id, token, draft);
}

enum draft_window
drafts_window(struct model *model, const struct draft *draft, int64_t now)
{
	return draft_window(model->db, model->arena, &model->cohort, draft, now);
}
