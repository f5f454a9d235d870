#ifndef CREWCTL_CREWCTL_H
#define CREWCTL_CREWCTL_H

/*
 * crewctl: the operator's command.  Each subcommand is a row of the table in
 * crewctl.c and a function here.
 *
 * Exit codes are the same for all: 0 done; 1 it could not be done, or
 * something is wrong (said in one line on stderr); 2 the command line is.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/programme.h"
#include "web/message.h"
#include "web/site.h"

struct arena;
struct db;

enum { CREWCTL_DONE = 0, CREWCTL_FAILED = 1, CREWCTL_USAGE = 2 };

/* What a subcommand works with. db is NULL for those that open it later. */
struct crewctl {
	struct arena *arena;
	const struct site *site;
	struct db *db;
	int64_t now;
};

/* An option or operand of a subcommand, read by crewctl.c before it runs. */
struct arguments {
	const char *operand;
	const struct argument *options;
};

/* "--name VALUE", or a flag when takes_value is false; value is NULL when it
 * was not given ("" for a flag that was). */
struct argument {
	const char *name;
	bool takes_value;
	const char *value;
};

/* The value of an option, or NULL. */
const char *argument_value(const struct arguments *arguments, const char *name);

/* The whole of crewctl; returns its exit code. */
int crewctl_main(int argc, char **argv);

int run_init(struct crewctl *crewctl, const struct arguments *arguments);
int run_migrate(struct crewctl *crewctl, const struct arguments *arguments);
int run_admin(struct crewctl *crewctl, const struct arguments *arguments);
int run_backup(struct crewctl *crewctl, const struct arguments *arguments);
int run_restore(struct crewctl *crewctl, const struct arguments *arguments);
int run_disable(struct crewctl *crewctl, const struct arguments *arguments);
int run_erase(struct crewctl *crewctl, const struct arguments *arguments);
int run_purge(struct crewctl *crewctl, const struct arguments *arguments);
int run_sign_in_link(struct crewctl *crewctl, const struct arguments *arguments);
int run_sample(struct crewctl *crewctl, const struct arguments *arguments);
int run_courier(struct crewctl *crewctl, const struct arguments *arguments);
int run_mail(struct crewctl *crewctl, const struct arguments *arguments);
int run_status(struct crewctl *crewctl, const struct arguments *arguments);
int run_check(struct crewctl *crewctl, const struct arguments *arguments);
int run_pages(struct crewctl *crewctl, const struct arguments *arguments);

/* Says what went wrong, in one line on stderr, and returns CREWCTL_FAILED. */
int crewctl_fail(const char *words);

/* The same for the fault that the database has, rolling back. */
int crewctl_fail_db(struct db *db);

/* Prints a line of text to stdout. */
void crewctl_say(const char *words);

/* The folder that the courier writes .eml files to. */
const char *crewctl_mail_folder(struct arena *arena, const struct site *site);

#endif
