#include "cohort.h"
#include "web/entry.h"

/* The words of an entry stand where it leads to. */
struct page_part_entry_list
news_entries(struct visit *visit, int64_t most)
{
	struct activity_rows news = activity_news(visit->db, visit->arena, most);
	struct page_part_entry *rows = arena_array(visit->arena, news.count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < news.count; i++) {
		struct entry entry = entry_read(
		    visit->db, visit->arena, visit->site, visit->programme, &news.rows[i]);

		rows[i] = entry_row(visit, &entry);
		rows[i].if_anchor = false;
		rows[i].if_content = false;
	}
	return (struct page_part_entry_list){ rows, news.count };
}
