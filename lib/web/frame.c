#include <string.h>

#include "db/db.h"
#include "ground/text.h"
#include "model/feed.h"
#include "model/scope.h"
#include "web/feed_link.h"
#include "web/frame.h"
#include "web/link.h"
#include "web/session.h"

void
frame_site(struct page_site *frame, const struct site *site, const struct programme *programme)
{
	frame->site_root = site->root;
	frame->site_css = site->css;
	frame->site_script = site->script;
	if (programme == NULL) {
		return;
	}
	frame->site_programme = programme->name;
	frame->site_contact = programme->contact;
	frame->if_site_contact = !text_empty(programme->contact);
}

static void
frame_organise(struct visit *visit)
{
	struct page_site *frame = &visit->frame;
	const char *cohort = NULL;

	if (visit->cohort != NULL && visit_has(visit, ROLE_ORGANISER)) {
		cohort = visit->cohort->slug;
	} else if (visit->session->application_id == DB_NULL) {
		cohort = scope_organised(visit->db, visit->arena, visit->person->id);
	}
	if (cohort != NULL) {
		frame->site_organise = link_organise(visit->arena, visit->site, cohort);
	} else if (visit->person->is_administrator == 1) {
		frame->site_organise = link_cohort_new(visit->arena, visit->site);
	}
	frame->if_site_organiser = frame->site_organise != NULL;
}

void
frame_person(struct visit *visit)
{
	struct page_site *frame = &visit->frame;

	if (visit->person == NULL) {
		if (visit->form_token != NULL) {
			frame->site_csrf = session_csrf(visit->arena, visit->form_token);
		}
		return;
	}
	frame->site_csrf = session_csrf(visit->arena, visit->session_token);
	frame->site_person = visit->person->name;
	frame->if_site_person = true;
	frame_organise(visit);
}

/* A segment of the path, "" beyond its end. */
static const char *
segment(const struct visit *visit, size_t index)
{
	return index < visit->request->segment_count ? visit->request->segments[index] : "";
}

/* Pages that stand beside the cohorts: those at the foot of every page, and
 * those that a mail leads to. */
static bool
is_of_house(const char *second)
{
	static const char *const pages[] = { "conduct", "privacy", "contact", "enter", "address",
		"erase", "tell-me", "stop" };

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		if (strcmp(second, pages[i]) == 0) {
			return true;
		}
	}
	return false;
}

static void
frame_navigation(struct visit *visit)
{
	struct page_site *frame = &visit->frame;
	const char *first = segment(visit, 0), *second = segment(visit, 1);

	if (strcmp(first, "") == 0) {
		frame->if_site_at_programme = true;
	} else if (strcmp(first, "apply") == 0) {
		frame->if_site_at_apply = true;
	} else if (strcmp(first, "feed") == 0) {
		frame->if_site_at_feed = true;
	} else if (strcmp(first, "standup") == 0) {
		frame->if_site_at_group = true;
	} else if (strcmp(second, "me") == 0 || strcmp(second, "settings") == 0) {
		frame->if_site_at_me = true;
	} else if (strcmp(second, "sign-in") == 0) {
		frame->if_site_at_sign_in = true;
	} else if (strcmp(second, "new") == 0 || strcmp(segment(visit, 2), "organise") == 0) {
		frame->if_site_at_organise = true;
	} else if (!is_of_house(second)) {
		frame->if_site_at_cohorts = true;
	}
}

/* The message of a notice; MESSAGE_NONE for any other word. */
static enum message
notice_find(const char *word)
{
	enum message id;

	for (id = MESSAGE_NONE; id < MESSAGE_COUNT; id++) {
		const char *name = message_name(id);

		if (strncmp(name, "done_", 5) == 0 && strcmp(name + 5, word) == 0) {
			return id;
		}
	}
	return MESSAGE_NONE;
}

void
frame_feed(struct visit *visit, const struct feed_name *name, const char *title)
{
	struct page_site_feeds_list *feeds = &visit->frame.site_feeds;
	struct page_site_feeds *rows = arena_array(visit->arena, feeds->count + 1, sizeof(*rows));

	for (size_t i = 0; i < feeds->count; i++) {
		rows[i] = feeds->rows[i];
	}
	rows[feeds->count++] = (struct page_site_feeds){
		.feed_title = title,
		.feed_atom = feed_link(visit->arena, visit->site, name, FEED_LINK_ATOM),
		.feed_json = feed_link(visit->arena, visit->site, name, FEED_LINK_JSON),
	};
	feeds->rows = rows;
}

/* The feeds of the cohort and the group that the address names, once they are
 * there: nothing that leads nowhere. */
static void
frame_feeds(struct visit *visit)
{
	struct feed_name name = { .kind = NULL };
	struct feed feed;

	if (visit->cohort == NULL) {
		return;
	}
	name.cohort = visit->cohort->slug;
	if (feed_find(visit->db, visit->arena, &name, &feed)) {
		frame_feed(visit, &name, visit->cohort->name);
	}
	if (visit->group == NULL) {
		return;
	}
	name.group = visit->group->slug;
	if (feed_find(visit->db, visit->arena, &name, &feed)) {
		frame_feed(visit, &name,
		    message_timeline_group_of(
			visit->arena, visit->group->name, visit->cohort->name));
	}
}

void
frame_place(struct visit *visit)
{
	struct page_site *frame = &visit->frame;
	const char *done = visit_query(visit, "done");
	enum message notice = MESSAGE_NONE;

	frame_navigation(visit);
	frame_feeds(visit);
	/* What is the same for all is kept for all, whatever they asked for. */
	if (done != NULL && visit->request->method == METHOD_GET && !visit->program->sessionless) {
		notice = notice_find(done);
	}
	frame->if_site_notice = notice != MESSAGE_NONE;
	frame->site_notice = message(notice);
}
