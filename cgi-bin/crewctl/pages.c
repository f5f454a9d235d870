#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "crewctl.h"
#include "db/db.h"
#include "ground/arena.h"
#include "ground/bytes.h"
#include "model/programme.h"
#include "web/error.h"
#include "web/frame.h"

/* What nginx answers by itself, in the house's look. */
static const int statuses[] = { 400, 403, 404, 405, 413, 415, 429, 500, 502, 503, 504 };

static bool
file_write(const char *path, const struct bytes *content)
{
	FILE *file = fopen(path, "we");
	bool written;

	if (file == NULL) {
		return false;
	}
	written = fwrite(content->data, 1, content->length, file) == content->length;
	return fclose(file) == 0 && written;
}

int
run_pages(struct crewctl *crewctl, const struct arguments *arguments)
{
	struct programme programme = { 0 };
	struct page_site frame = { 0 };

	if (!db_begin_read(crewctl->db) ||
	    !programme_read(crewctl->db, crewctl->arena, &programme)) {
		return crewctl_fail_db(crewctl->db);
	}
	db_rollback(crewctl->db);
	frame_site(&frame, crewctl->site, &programme);
	for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
		struct bytes *page = bytes_new(crewctl->arena);

		error_page(page, &frame, statuses[i], NULL);
		if (!file_write(
			arena_format(crewctl->arena, "%s/%d.html", arguments->operand, statuses[i]),
			page)) {
			return crewctl_fail("cannot write the pages");
		}
	}
	return CREWCTL_DONE;
}
