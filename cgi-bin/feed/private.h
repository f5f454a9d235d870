/* The private feed of a group in the making: private.c, private_entries.c. */
#ifndef FEED_PRIVATE_H
#define FEED_PRIVATE_H

#include <stddef.h>
#include <stdint.h>

#include "feed.h"
#include "model/member.h"
#include "model/secret_address.h"
#include "model/standup_read.h"

struct private_feed {
	struct visit *visit;
	const struct secret_reader *reader;
	struct member_former_row_rows former;
	/* as titles have it */
	const char *group;
	struct entry *entries;
	size_t count;
	size_t room;
};

void private_add(struct private_feed *feed, const struct entry *entry);

/* Its own entry, which says what it is: a feed has one (rule 26). */
void private_add_opening(struct private_feed *feed);

/* What the reader may read of a group's stand-ups, and nothing else. */
void private_add_standups(struct private_feed *feed);

#endif
