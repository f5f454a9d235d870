/* A volunteers' form as whoever is invited sees it; nothing can be sent. */
#include <string.h>

#include "builder.h"
#include "crew.h"
#include "web/link.h"
#include "web/page/cohort.h"

static struct page_part_volunteer_list
sections_of(struct visit *visit, const char *role)
{
	bool organiser = strcmp(role, "organiser") == 0;
	const struct form *always = organiser ? &invitation_organise_form : &invitation_form;
	struct crew_ask ask = { .cohort = visit->cohort, .role = role, .asks_name = true };
	struct crew_sets sets = crew_sets_begin(always);
	struct page_part_volunteer_list before;
	struct form_values *values;

	crew_sets_add(visit, &sets, visit->cohort->id, role);
	values = crew_values(visit, always, &sets);
	if (organiser) {
		before = crew_name_section(visit, values, 0, true);
	} else {
		crew_choices(visit, values, visit->cohort);
		before = crew_sections(visit, values, &ask);
	}
	return crew_and_questions(visit, before, values, &sets);
}

/* That of the applicants is shown by the program that takes it. */
void
builder_preview_show(struct visit *visit)
{
	struct builder builder;

	if (!builder_find(visit, &builder)) {
		return;
	}
	if (strcmp(builder.purpose->purpose, "apply") == 0) {
		visit_redirect(visit,
		    link_under(visit->arena,
			link_apply(visit->arena, visit->site, visit->cohort->slug), "preview"));
		return;
	}
	page_cohort_builder_preview(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_builder_preview){ .form = message(builder.purpose->title),
		.form_link = builder_link(visit, &builder),
		.part_volunteer = sections_of(visit, builder.purpose->purpose) });
}
