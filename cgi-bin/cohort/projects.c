#include "cohort.h"
#include "ground/text.h"
#include "model/cohort_content.h"
#include "web/link.h"
#include "web/page/cohort.h"

enum { NAME_MAX_UNITS = 80, DESCRIPTION_MAX = 500, LINK_MAX = 500 };

enum { PROJECT_NAME, PROJECT_DESCRIPTION, PROJECT_LINK, PROJECT_COUNT };

static const struct field projects_fields[PROJECT_COUNT] = {
	[PROJECT_NAME] = { "name", FIELD_LINE, MESSAGE_COHORT_PROJECT_NAME_LABEL, .required = true,
	    .max = NAME_MAX_UNITS },
	[PROJECT_DESCRIPTION] = { "description", FIELD_LINE,
	    MESSAGE_COHORT_PROJECT_DESCRIPTION_LABEL, .max = DESCRIPTION_MAX },
	[PROJECT_LINK] = { "link", FIELD_URL, MESSAGE_COHORT_PROJECT_LINK_LABEL, .max = LINK_MAX },
};

const struct form projects_form = {
	.name = "project",
	.fields = projects_fields,
	.count = PROJECT_COUNT,
};

enum { REMOVE_PROJECT, REMOVE_COUNT };

static const struct field remove_fields[REMOVE_COUNT] = {
	[REMOVE_PROJECT] = { "project", FIELD_HIDDEN, MESSAGE_COHORT_PROJECT_LABEL,
	    .required = true, .max = 20 },
};

const struct form projects_remove_form = {
	.name = "project_remove",
	.fields = remove_fields,
	.count = REMOVE_COUNT,
};

static const char *
projects_link(struct visit *visit)
{
	return link_under(visit->arena,
	    link_organise(visit->arena, visit->site, visit->cohort->slug), "projects");
}

static struct page_cohort_projects_projects_list
project_rows(struct visit *visit)
{
	struct project_rows projects = project_of_cohort(visit->db, visit->arena,
	    &(struct project_of_cohort_in){ .cohort_id = visit->cohort->id });
	struct page_cohort_projects_projects *rows =
	    arena_array(visit->arena, projects.count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < projects.count; i++) {
		const struct project *project = &projects.rows[i];

		rows[i].project = project->name;
		rows[i].if_project_link = !text_empty(project->link);
		rows[i].project_link = project->link;
		rows[i].if_description = !text_empty(project->description);
		rows[i].description = project->description;
		rows[i].project_id = words_number(visit, project->id);
		rows[i].edit_link = link_under(
		    visit->arena, projects_link(visit), words_number(visit, project->id));
		rows[i].remove_action = link_under(visit->arena, projects_link(visit), "remove");
	}
	return (struct page_cohort_projects_projects_list){ rows, projects.count };
}

void
projects_show(struct visit *visit)
{
	const struct cohort *cohort = visit->cohort;
	struct page_cohort_projects page = {
		.name = cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_PROJECTS),
		.part_errors = form_summary(visit->values),
		.projects = project_rows(visit),
		.action = projects_link(visit),
		.part_field = form_rows(visit_values(visit, &projects_form)),
	};

	if (page.projects.count == 0) {
		page.part_empty = parts_empty(visit, MESSAGE_COHORT_PROJECTS_NONE_TITLE,
		    MESSAGE_COHORT_PROJECTS_NONE_WORDS, NULL, MESSAGE_NONE);
	}
	page_cohort_projects(visit_html(visit, 200), &visit->frame, &page);
}

static void
project_answer(
    struct visit *visit, enum project_outcome outcome, enum audit_action action, enum message done)
{
	enum message why = MESSAGE_NONE;

	switch (outcome) {
	case PROJECT_SAVED:
		visit_audit(visit, action, 0, NULL);
		visit_notice(visit, done);
		visit_redirect(visit, projects_link(visit));
		return;
	case PROJECT_NAME_TAKEN:
		form_refuse(visit->values, PROJECT_NAME, message(MESSAGE_COHORT_PROJECT_TAKEN));
		visit_again(visit);
		return;
	case PROJECT_UNKNOWN:
		why = MESSAGE_COHORT_PROJECT_GONE;
		break;
	case PROJECT_IN_USE:
		why = MESSAGE_COHORT_PROJECT_IN_USE;
		break;
	case PROJECT_LAST:
		why = MESSAGE_COHORT_PROJECT_LAST;
		break;
	case PROJECT_FAULT:
		visit_error(visit, 500);
		return;
	}
	form_refuse_whole(visit->values, message(why));
	visit_again(visit);
}

void
projects_add(struct visit *visit)
{
	project_answer(visit,
	    project_add(visit->db, visit->cohort,
		&(struct project_plan){ .name = form_text(visit->values, PROJECT_NAME),
		    .description = form_words(visit->values, PROJECT_DESCRIPTION),
		    .link = form_words(visit->values, PROJECT_LINK) }),
	    AUDIT_PROJECT_ADDED, MESSAGE_DONE_PROJECT_ADDED);
}

void
projects_remove(struct visit *visit)
{
	int64_t project = 0;

	(void)text_integer(form_text(visit->values, REMOVE_PROJECT), 1, INT64_MAX, &project);
	project_answer(visit, project_remove(visit->db, visit->arena, visit->cohort, project),
	    AUDIT_PROJECT_REMOVED, MESSAGE_DONE_PROJECT_REMOVED);
}

/* The project of the address; false, and a 404: there is none. */
static bool
find(struct visit *visit, struct project *project)
{
	struct project_rows projects = project_of_cohort(visit->db, visit->arena,
	    &(struct project_of_cohort_in){ .cohort_id = visit->cohort->id });
	int64_t id = 0;

	(void)text_integer(visit_param(visit, "project"), 1, INT64_MAX, &id);
	for (size_t i = 0; i < projects.count; i++) {
		if (projects.rows[i].id == id) {
			*project = projects.rows[i];
			return true;
		}
	}
	visit_not_found(visit);
	return false;
}

void
project_show(struct visit *visit)
{
	struct form_values *values = visit_values(visit, &projects_form);
	struct project project;

	if (!find(visit, &project)) {
		return;
	}
	form_fill(values, PROJECT_NAME, project.name);
	form_fill(values, PROJECT_DESCRIPTION, project.description);
	form_fill(values, PROJECT_LINK, project.link);
	page_cohort_project(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_project){ .project = project.name,
		.back_link = projects_link(visit),
		.part_organise = parts_organise(visit, ORGANISE_PROJECTS),
		.part_errors = form_summary(values),
		.action =
		    link_under(visit->arena, projects_link(visit), words_number(visit, project.id)),
		.part_field = form_rows(values) });
}

void
project_save(struct visit *visit)
{
	struct project project;

	if (find(visit, &project)) {
		project_answer(visit,
		    project_change(visit->db, visit->cohort, project.id,
			&(struct project_plan){ .name = form_text(visit->values, PROJECT_NAME),
			    .description = form_words(visit->values, PROJECT_DESCRIPTION),
			    .link = form_words(visit->values, PROJECT_LINK) }),
		    AUDIT_PROJECT_CHANGED, MESSAGE_DONE_PROJECT_SAVED);
	}
}
