#include "applications.h"
#include "decisions.h"
#include "ground/text.h"
#include "model/offer.h"
#include "web/level.h"
#include "web/link.h"

/* The bars of the distribution, in units of its drawing. */
enum { BAR_STEP = 20, BAR_WIDTH = 18, BAR_FOOT = 80, BAR_MOST = 72 };

static const char *
list_link(struct visit *visit)
{
	return link_organise_applications(visit->arena, visit->site, visit->cohort->slug);
}

static const char *
bar_words(struct visit *visit, const int64_t counts[LISTING_BARS])
{
	const char *words = NULL;
	int i;

	for (i = 0; i < LISTING_BARS; i++) {
		const char *bar = message_ranking_bar(visit->arena, words_number(visit, i),
		    words_number(visit, i + 1), words_number(visit, counts[i]));

		words = words == NULL ? bar : message_ranking_bar_and(visit->arena, words, bar);
	}
	return words;
}

/* How the adjusted means of the list lie, drawn and in words. */
static void
show_bars(struct visit *visit, const struct listing *listing, struct page_cohort_applications *page)
{
	struct page_cohort_applications_bars *bars =
	    arena_array(visit->arena, LISTING_BARS, sizeof(*bars));
	int64_t counts[LISTING_BARS], all = 0, most = 1;
	int i;

	listing_bars(listing, counts);
	for (i = 0; i < LISTING_BARS; i++) {
		all += counts[i];
		most = counts[i] > most ? counts[i] : most;
	}
	for (i = 0; i < LISTING_BARS; i++) {
		int64_t height = (counts[i] * BAR_MOST + most - 1) / most;

		bars[i] = (struct page_cohort_applications_bars){
			.bar_x = words_number(visit, i * BAR_STEP + 1),
			.bar_y = words_number(visit, BAR_FOOT - height),
			.bar_height = words_number(visit, height),
			.bar_point = words_number(visit, i),
		};
	}
	page->if_bars = all > 0;
	page->bars = (struct page_cohort_applications_bars_list){ bars, LISTING_BARS };
	page->bars_words = bar_words(visit, counts);
	page->bars_caption = message_ranking_bars_caption(visit->arena, words_number(visit, all));
}

static void
show_seats(struct visit *visit, struct page_cohort_applications *page)
{
	struct offer_count counts = { 0 };
	int64_t taken;

	(void)offer_counts(visit->db, visit->arena,
	    &(struct offer_counts_in){ .cohort_id = visit->cohort->id }, &counts);
	taken = counts.offered + counts.confirmed;
	page->seats_words = message_cohort_seats_taken(
	    visit->arena, words_number(visit, taken), words_number(visit, visit->cohort->seats));
	page->percent = words_percent(visit, taken, visit->cohort->seats);
}

static void
show_wish(struct visit *visit, const struct applications_asked *asked,
    const struct project_rows *projects, struct page_cohort_applications *page)
{
	struct arena *arena = visit->arena;
	struct page_cohort_applications_levels *levels =
	    arena_array(arena, LEVEL_COUNT, sizeof(*levels));
	struct page_cohort_applications_choices *choices =
	    arena_array(arena, projects->count + 1, sizeof(*choices));
	struct page_cohort_applications_stages *stages =
	    arena_array(arena, LISTING_STAGES, sizeof(*stages));
	size_t i;

	for (i = 0; i < LEVEL_COUNT; i++) {
		levels[i] =
		    (struct page_cohort_applications_levels){ words_number(visit, (int64_t)i + 1),
			    asked->wish.level == (int64_t)i + 1,
			    level_name(visit, visit->cohort, (int64_t)i + 1) };
	}
	for (i = 0; i < projects->count; i++) {
		choices[i] = (struct page_cohort_applications_choices){ words_number(visit,
									    projects->rows[i].id),
			asked->wish.project == projects->rows[i].id, projects->rows[i].name };
	}
	for (i = 0; i < LISTING_STAGES; i++) {
		stages[i] = (struct page_cohort_applications_stages){ applications_stage_word(
									  (enum listing_stage)i),
			asked->wish.stage == (enum listing_stage)i,
			applications_stage_name((enum listing_stage)i) };
	}
	page->levels = (struct page_cohort_applications_levels_list){ levels, LEVEL_COUNT };
	page->choices = (struct page_cohort_applications_choices_list){ choices, projects->count };
	page->stages = (struct page_cohort_applications_stages_list){ stages, LISTING_STAGES };
}

/* What the form to narrow the list holds, as it was sent. */
static void
show_form(struct visit *visit, const struct applications_asked *asked,
    struct page_cohort_applications *page)
{
	page->action = list_link(visit);
	page->all_link = list_link(visit);
	page->if_narrowed = applications_is_narrowed(asked);
	page->text = asked->wish.text;
	page->if_enough = asked->wish.reviewed > 0;
	page->if_few = asked->wish.reviewed < 0;
	page->if_flagged = asked->wish.is_flagged;
	page->if_waited = asked->wish.was_waitlisted;
	page->sort = applications_order_word(asked->order);
	page->order = asked->is_descending ? "down" : "up";
}

static const char *
page_link(struct visit *visit, const struct applications_asked *asked, int64_t number)
{
	struct applications_asked other = *asked;

	other.page = number;
	return applications_link(visit, list_link(visit), &other);
}

/* One page of the list; one beyond its end is its last. */
static void
show_page(struct visit *visit, struct applications_asked *asked, const struct listing *listing,
    const struct project_rows *projects, struct page_cohort_applications *page)
{
	int64_t count = (int64_t)listing->count;
	int64_t pages = count == 0 ? 1 : (count + APPLICATIONS_PAGE - 1) / APPLICATIONS_PAGE;
	int64_t first, rows;

	asked->page = asked->page > pages ? pages : asked->page;
	first = (asked->page - 1) * APPLICATIONS_PAGE;
	rows = count - first > APPLICATIONS_PAGE ? APPLICATIONS_PAGE : count - first;
	page->columns = applications_columns(visit, asked);
	page->applications =
	    applications_rows(visit, listing, projects, (size_t)first, (size_t)rows);
	page->caption = count == 1
	    ? message(MESSAGE_RANKING_CAPTION_ONE)
	    : message_ranking_caption(visit->arena, words_number(visit, first + 1),
		  words_number(visit, first + rows), words_number(visit, count));
	page->if_pages = pages > 1;
	page->page_words = message_ranking_page(
	    visit->arena, words_number(visit, asked->page), words_number(visit, pages));
	page->if_before = asked->page > 1;
	page->before_link = page_link(visit, asked, asked->page - 1);
	page->if_after = asked->page < pages;
	page->after_link = page_link(visit, asked, asked->page + 1);
}

static void
show_files(struct visit *visit, const struct applications_asked *asked,
    const struct listing *listing, struct page_cohort_applications *page)
{
	struct applications_asked whole = *asked;
	const char *link;

	whole.page = 1;
	link = applications_link(visit,
	    link_organise_applications_csv(visit->arena, visit->site, visit->cohort->slug), &whole);
	page->csv_link = link;
	page->csv_answers_link = link_with(visit->arena, link, "with", "answers");
	page->if_csv_answers = listing->count <= APPLICATIONS_ANSWERED;
	page->csv_most = words_number(visit, APPLICATIONS_ANSWERED);
}

void
applications_show(struct visit *visit)
{
	struct applications_asked asked = applications_asked(visit);
	struct listing listing = applications_load(visit, &asked);
	struct project_rows projects =
	    application_choosable(visit->db, visit->arena, visit->cohort->id);
	struct page_cohort_applications page = {
		.name = visit->cohort->name,
		.cohort_link = link_cohort(visit->arena, visit->site, visit->cohort->slug),
		.part_organise = parts_organise(visit, ORGANISE_APPLICATIONS),
		.if_blind = !sight_names_shown(visit->cohort, visit->now),
		/* The one logged action that ends it is at home in reviewers.c. */
		.names_action = link_under(visit->arena,
		    link_under(visit->arena,
			link_organise(visit->arena, visit->site, visit->cohort->slug), "reviewers"),
		    "names"),
	};

	show_seats(visit, &page);
	show_bars(visit, &listing, &page);
	show_wish(visit, &asked, &projects, &page);
	show_form(visit, &asked, &page);
	show_page(visit, &asked, &listing, &projects, &page);
	show_files(visit, &asked, &listing, &page);
	if (listing.count == 0) {
		page.part_empty = page.if_narrowed
		    ? parts_empty(visit, MESSAGE_RANKING_NONE_TITLE, MESSAGE_RANKING_NONE_WORDS,
			  page.all_link, MESSAGE_RANKING_NONE_ALL)
		    : parts_empty(visit, MESSAGE_COHORT_APPLICATIONS_NONE_TITLE,
			  MESSAGE_COHORT_APPLICATIONS_NONE_WORDS, NULL, MESSAGE_NONE);
	} else {
		page.part_decide = parts_decide(visit, NULL);
	}
	page_cohort_applications(visit_html(visit, 200), &visit->frame, &page);
}
