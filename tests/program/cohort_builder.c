#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cohort_builder.h"
#include "ground/arena.h"

const char *
builder_revision_now(struct harness *h, const char *purpose)
{
	return arena_format(harness_arena(h), "%lld",
	    (long long)harness_number(h,
		arena_format(harness_arena(h),
		    "SELECT revision FROM questionnaire WHERE cohort_id = 1 AND purpose = '%s'",
		    purpose)));
}

void
builder_at_newest(struct harness *h)
{
	harness_field(h, "revision", builder_revision_now(h, "apply"));
}

void
builder_fill(struct harness *h, const char *kind, const char *label)
{
	builder_at_newest(h);
	harness_field(h, "kind", kind);
	harness_field(h, "label", label);
}

int64_t
builder_newest(struct harness *h)
{
	return harness_number(h, "SELECT max(id) FROM questionnaire_item");
}

int64_t
builder_add(struct harness *h, const char *kind, const char *label)
{
	builder_fill(h, kind, label);
	harness_post(h, NEW);
	harness_expect_status(h, 303);
	return builder_newest(h);
}

const char *
builder_path(struct harness *h, int64_t item, const char *step)
{
	return arena_format(harness_arena(h), APPLY "/question/%lld%s", (long long)item, step);
}

void
builder_press(struct harness *h, int64_t item, const char *step)
{
	builder_at_newest(h);
	harness_post(h, builder_path(h, item, step));
}

const char *
builder_order(struct harness *h)
{
	return harness_rows(h,
	    "SELECT name FROM questionnaire_item WHERE retired_at IS NULL"
	    " AND questionnaire_id = (SELECT id FROM questionnaire WHERE cohort_id = 1"
	    " AND purpose = 'apply') ORDER BY position");
}

void
builder_answer(struct harness *h, int64_t application, int64_t item)
{
	harness_run_sql(h,
	    arena_format(harness_arena(h),
		"INSERT OR REPLACE INTO application_answer (application_id, item_id, wording_id, value)"
		" SELECT %lld, item_id, max(id), 'Because' FROM item_wording WHERE item_id = %lld",
		(long long)application, (long long)item));
}

void
builder_empty(struct harness *h)
{
	harness_run_sql(h, "DELETE FROM questionnaire_item");
}
