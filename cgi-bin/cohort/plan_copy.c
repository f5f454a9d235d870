#include "plan_copy.h"

#include "cohort.h"
#include "ground/text.h"
#include "web/link.h"

static bool
may_copy(struct visit *visit, const struct cohort *cohort)
{
	unsigned roles = rights_of(visit->db, visit->arena, visit->person,
	    visit->session->application_id, cohort, NULL, NULL, visit->now);

	return (roles & (ROLE_ORGANISER | ROLE_ADMINISTRATOR)) != 0;
}

bool
plan_copy_find(struct visit *visit, const char *slug, struct cohort *cohort)
{
	return !text_empty(slug) && cohort_find(visit->db, visit->arena, slug, cohort) &&
	    may_copy(visit, cohort);
}

void
plan_copy_say(struct visit *visit, const struct cohort *source, struct page_cohort_plan *page)
{
	page->if_copies_one = true;
	page->copied = source->name;
	page->copied_link = link_organise(visit->arena, visit->site, source->slug);
	page->empty_link = link_cohort_new(visit->arena, visit->site);
}

void
plan_copy_offer(struct visit *visit, struct page_cohort_plan *page)
{
	struct cohort_rows cohorts = cohort_of_person(visit->db, visit->arena,
	    &(struct cohort_of_person_in){ .person_id = visit->person->id,
		.is_administrator = visit->person->is_administrator });
	struct page_cohort_plan_copies *rows =
	    arena_array(visit->arena, cohorts.count + 1, sizeof(*rows));
	const char *new_link = link_cohort_new(visit->arena, visit->site);

	page->copies.rows = rows;
	for (size_t i = 0; i < cohorts.count; i++) {
		const struct cohort *cohort = &cohorts.rows[i];

		if (may_copy(visit, cohort)) {
			rows[page->copies.count++] = (struct page_cohort_plan_copies){
				.copy_name = cohort->name,
				.copy_dates = words_dates(visit, cohort),
				.copies_link =
				    link_with(visit->arena, new_link, "copy", cohort->slug),
			};
		}
	}
}
