/*
 * Prints a made round (see tests/program/round.h) as SQL, one transaction:
 *
 *	round_sql COHORT-ID APPLICATIONS NOW
 *
 * 20 reviewers, 3 reviews each, under way, with a year before.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../program/round.h"

static void
print(void *context, const char *statements)
{
	(void)fputs(statements, context);
	(void)fputc('\n', context);
}

int
main(int argc, char **argv)
{
	struct round round = {
		.seed = 4, .reviewers = 20, .reviews = 3, .is_under_way = true, .has_earlier = true
	};

	if (argc != 4) {
		fprintf(stderr, "usage: round_sql COHORT-ID APPLICATIONS NOW\n");
		return 2;
	}
	round.cohort_id = strtoll(argv[1], NULL, 10);
	round.applications = (int)strtol(argv[2], NULL, 10);
	round.now = strtoll(argv[3], NULL, 10);
	puts("BEGIN IMMEDIATE;");
	round_write(&round, print, stdout);
	puts("COMMIT;");
	return ferror(stdout) != 0 || fflush(stdout) != 0;
}
