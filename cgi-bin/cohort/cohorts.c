#include "cohort.h"
#include "web/link.h"
#include "web/page/cohort.h"

static void
list_published(struct visit *visit, struct page_cohort_list *page)
{
	struct cohort_rows cohorts = cohort_published(visit->db, visit->arena);
	struct page_cohort_list_cohorts *rows =
	    arena_array(visit->arena, cohorts.count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < cohorts.count; i++) {
		const struct cohort *cohort = &cohorts.rows[i];
		enum cohort_state state = cohort_state(cohort, visit->now);

		rows[i] = (struct page_cohort_list_cohorts){
			.cohort_link = link_cohort(visit->arena, visit->site, cohort->slug),
			.cohort_name = cohort->name,
			.cohort_goal = cohort->goal,
			.cohort_dates = words_dates(visit, cohort),
			.cohort_state = words_state(visit, cohort),
			.if_cohort_current = state != COHORT_FINISHED,
			.if_cohort_open = state == COHORT_OPEN,
			.if_cohort_now = state == COHORT_RUNNING,
		};
	}
	page->cohorts.rows = rows;
	page->cohorts.count = cohorts.count;
}

/* The drafts of whoever organises them; an administrator sees all. */
static void
list_drafts(struct visit *visit, struct page_cohort_list *page)
{
	struct cohort_rows cohorts;
	struct page_cohort_list_own *rows;
	size_t i;

	if (!visit_has(visit, ROLE_ORGANISER | ROLE_ADMINISTRATOR)) {
		return;
	}
	cohorts = cohort_of_person(visit->db, visit->arena,
	    &(struct cohort_of_person_in){ .person_id = visit->person->id,
		.is_administrator = visit->person->is_administrator });
	rows = arena_array(visit->arena, cohorts.count + 1, sizeof(*rows));
	page->own.rows = rows;
	for (i = 0; i < cohorts.count; i++) {
		const struct cohort *cohort = &cohorts.rows[i];
		unsigned roles = rights_of(visit->db, visit->arena, visit->person,
		    visit->session->application_id, cohort, NULL, NULL, visit->now);

		if (cohort->published_at == DB_NULL &&
		    (roles & (ROLE_ORGANISER | ROLE_ADMINISTRATOR)) != 0) {
			rows[page->own.count++] = (struct page_cohort_list_own){
				link_cohort(visit->arena, visit->site, cohort->slug), cohort->name,
				cohort->goal
			};
		}
	}
}

void
cohorts_show(struct visit *visit)
{
	struct page_cohort_list page = {
		.if_makes = visit_has(visit, ROLE_ORGANISER | ROLE_ADMINISTRATOR),
		.new_link = link_cohort_new(visit->arena, visit->site),
	};

	list_published(visit, &page);
	list_drafts(visit, &page);
	if (page.cohorts.count == 0) {
		page.part_empty =
		    parts_empty(visit, MESSAGE_COHORT_NONE_TITLE, MESSAGE_COHORT_NONE_WORDS,
			link_feed(visit->arena, visit->site), MESSAGE_COHORT_NONE_LINK);
	}
	page_cohort_list(visit_html(visit, 200), &visit->frame, &page);
}
