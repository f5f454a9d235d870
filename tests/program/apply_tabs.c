#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "apply_steps.h"
#include "apply_tabs.h"
#include "ground/clock.h"
#include "ground/token.h"
#include "model/session.h"

int64_t
tab_count(struct harness *h, const char *what)
{
	return harness_number(h, arena_format(harness_arena(h), "SELECT count(*) FROM %s", what));
}

struct tab
tab_open(struct harness *h)
{
	struct tab tab;

	harness_get(h, TAB_FORM);
	harness_expect_status(h, 200);
	tab.key = apply_hidden(h, "_key");
	tab.mark = apply_hidden(h, "_draft");
	return tab;
}

void
tab_press(struct harness *h, const struct tab *tab, const char *step)
{
	harness_field(h, "_key", tab->key);
	harness_field(h, "_draft", tab->mark);
	if (step != NULL) {
		harness_field(h, "step", step);
	}
	harness_post(h, TAB_FORM);
}

void
tab_save(struct harness *h, const char *name, const char *email)
{
	struct tab tab = tab_open(h);

	harness_field(h, "name", name);
	harness_field(h, "email", email);
	tab_press(h, &tab, "save");
	harness_expect_status(h, 303);
	harness_expect_location(h, TAB_FORM "?done=draft_saved");
}

void
tab_fill(struct harness *h, const char *name, const char *email)
{
	const struct apply_other others[] = { { "name", name }, { "email", email },
		{ NULL, NULL } };

	apply_fill(h, others);
}

const char *
tab_link(struct harness *h, int64_t draft_id)
{
	const char *token = token_random(harness_arena(h));

	assert_true(db_begin_write(harness_db(h)));
	assert_true(link_record(harness_db(h), harness_arena(h), token,
	    &(struct link_new){ .purpose = "draft", .draft_id = draft_id }, harness_now(h),
	    apply_closes() + 40 * CLOCK_DAY));
	assert_true(db_commit(harness_db(h)));
	return arena_format(harness_arena(h), "/apply/draft/%s", token);
}
