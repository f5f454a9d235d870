#ifndef COHORT_APPLICATIONS_H
#define COHORT_APPLICATIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "cohort.h"
#include "model/listing.h"
#include "web/page/cohort.h"

/*
 * The organisers' list of applications: applications_asked.c reads from the
 * address what is asked for and writes it back into links, applications_table.c
 * makes the table, applications_csv.c the file; applications.c is the page.
 */

enum { APPLICATIONS_PAGE = 50 };

/* Of a file with answers: what is more is too long to wait for. */
enum { APPLICATIONS_ANSWERED = 500 };

struct applications_asked {
	struct listing_wish wish;
	enum listing_order order;
	bool is_descending;
	int64_t page; /* from 1 */
};

/* What the address asks for; what it does not know counts as not asked. */
struct applications_asked applications_asked(struct visit *visit);

/* Whether the list is narrowed at all. */
bool applications_is_narrowed(const struct applications_asked *asked);

/* The same list at another address: "applications", its page or its file. */
const char *
applications_link(struct visit *visit, const char *link, const struct applications_asked *asked);

/* The word of the address for what it is narrowed to or sorted by. */
const char *applications_stage_word(enum listing_stage stage);
const char *applications_order_word(enum listing_order order);

/* Whether a column is first sorted from its highest value. */
bool applications_begins_high(enum listing_order order);

/* Whether a column holds numbers. */
bool applications_is_number(enum listing_order order);

/* In words, by messages. */
const char *applications_stage_name(enum listing_stage stage);
const char *applications_column_name(enum listing_order order);

/* Points with two decimals; a dash for LISTING_NONE. */
const char *applications_points(struct visit *visit, int64_t thousandths);

/* The rows of the listing that the address asks for, sorted, on all pages. */
struct listing applications_load(struct visit *visit, const struct applications_asked *asked);

/* The names of the projects that a row wants. */
const char *applications_projects(
    struct visit *visit, const struct project_rows *projects, const struct listing_row *row);

struct page_cohort_applications_columns_list
applications_columns(struct visit *visit, const struct applications_asked *asked);

struct page_cohort_applications_applications_list applications_rows(struct visit *visit,
    const struct listing *listing, const struct project_rows *projects, size_t first, size_t count);

#endif
