#include "standup.h"

struct page_part_fold
fold_row(const struct fold *fold)
{
	return (struct page_part_fold){
		.if_fold_open = fold->values->sent,
		.fold_summary = message(fold->summary),
		.fold_action = fold->action,
		.if_fold_draft = fold->draft != NULL,
		.fold_draft = fold->draft,
		.part_field = form_rows_between(fold->values, fold->first, fold->end),
		.part_audience = { fold->audiences, fold->audience_count },
		.fold_button = message(fold->button),
		.if_fold_quiet = fold->is_quiet,
	};
}

struct page_part_fold
fold_audience(const struct week *week, struct form_values *values, const char *action, int64_t most)
{
	struct page_part_audience *row = arena_alloc(week->arena, sizeof(*row));

	*row = audience_row(values, 0, most);
	return fold_row(&(struct fold){
	    .summary = MESSAGE_STANDUP_AUDIENCE_CHANGE,
	    .button = MESSAGE_STANDUP_AUDIENCE_BUTTON,
	    .action = action,
	    .values = values,
	    .audiences = row,
	    .audience_count = 1,
	    .is_quiet = true,
	});
}
