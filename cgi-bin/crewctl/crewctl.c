#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "crewctl.h"
#include "db/db.h"
#include "ground/arena.h"
#include "ground/clock.h"
#include "ground/log.h"
#include "ground/token.h"
#include "web/page.h"

enum { OPTIONS_MAX = 8 };

enum needs {
	NEEDS_NOTHING = 1,
	/* The database file as it is, of whatever schema. */
	NEEDS_DATABASE,
	/* One that crewctl init filled. */
	NEEDS_PROGRAMME,
	/* That, and the templates of pages and mails. */
	NEEDS_TEMPLATES
};

struct command {
	const char *name;
	/* NULL: takes none; in brackets: may be left out. */
	const char *operand;
	struct argument options[OPTIONS_MAX];
	enum needs needs;
	enum message summary;
	int (*run)(struct crewctl *, const struct arguments *);
};

static const struct command commands[] = {
	{ "init", NULL,
	    { { "name", true, NULL }, { "contact", true, NULL }, { "conduct", true, NULL },
		{ "tag-domain", true, NULL }, { "tag-date", true, NULL } },
	    NEEDS_NOTHING, MESSAGE_CREWCTL_INIT, run_init },
	{ "migrate", NULL, { { NULL, false, NULL } }, NEEDS_DATABASE, MESSAGE_CREWCTL_MIGRATE,
	    run_migrate },
	{ "admin", "EMAIL", { { "name", true, NULL } }, NEEDS_PROGRAMME, MESSAGE_CREWCTL_ADMIN,
	    run_admin },
	{ "disable", "EMAIL", { { "undo", false, NULL } }, NEEDS_PROGRAMME, MESSAGE_CREWCTL_DISABLE,
	    run_disable },
	{ "backup", "FILE", { { NULL, false, NULL } }, NEEDS_PROGRAMME, MESSAGE_CREWCTL_BACKUP,
	    run_backup },
	{ "restore", "FILE", { { NULL, false, NULL } }, NEEDS_NOTHING, MESSAGE_CREWCTL_RESTORE,
	    run_restore },
	{ "erase", "EMAIL", { { "withdraw", false, NULL } }, NEEDS_PROGRAMME, MESSAGE_CREWCTL_ERASE,
	    run_erase },
	{ "purge", NULL, { { "dry-run", false, NULL } }, NEEDS_PROGRAMME, MESSAGE_CREWCTL_PURGE,
	    run_purge },
	{ "sign-in-link", "[EMAIL]", { { "lasting", false, NULL }, { "end-lasting", false, NULL } },
	    NEEDS_PROGRAMME, MESSAGE_CREWCTL_SIGN_IN_LINK, run_sign_in_link },
	{ "sample", "[FILE]", { { NULL, false, NULL } }, NEEDS_PROGRAMME, MESSAGE_CREWCTL_SAMPLE,
	    run_sample },
	{ "courier", NULL, { { "once", false, NULL } }, NEEDS_TEMPLATES, MESSAGE_CREWCTL_COURIER,
	    run_courier },
	{ "mail", NULL,
	    { { "test", true, NULL }, { "release", false, NULL }, { "retry", true, NULL },
		{ "cancel", true, NULL } },
	    NEEDS_PROGRAMME, MESSAGE_CREWCTL_MAIL, run_mail },
	{ "status", NULL, { { NULL, false, NULL } }, NEEDS_PROGRAMME, MESSAGE_CREWCTL_STATUS,
	    run_status },
	{ "check", NULL, { { NULL, false, NULL } }, NEEDS_PROGRAMME, MESSAGE_CREWCTL_CHECK,
	    run_check },
	{ "pages", "FOLDER", { { NULL, false, NULL } }, NEEDS_TEMPLATES, MESSAGE_CREWCTL_PAGES,
	    run_pages },
};

#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

int
crewctl_fail(const char *words)
{
	fprintf(stderr, "crewctl: %s\n", words);
	return CREWCTL_FAILED;
}

int
crewctl_fail_db(struct db *db)
{
	crewctl_fail(db_fault_text(db)[0] == '\0' ? "the database refused" : db_fault_text(db));
	db_rollback(db);
	return CREWCTL_FAILED;
}

void
crewctl_say(const char *words)
{
	puts(words);
}

const char *
argument_value(const struct arguments *arguments, const char *name)
{
	for (size_t i = 0; i < OPTIONS_MAX; i++) {
		const struct argument *option = &arguments->options[i];

		if (option->name != NULL && strcmp(option->name, name) == 0) {
			return option->value;
		}
	}
	return NULL;
}

static void
print_synopsis(FILE *out, const struct command *command)
{
	fprintf(out, "crewctl %s", command->name);
	for (size_t i = 0; i < OPTIONS_MAX; i++) {
		if (command->options[i].name != NULL) {
			fprintf(out, " [--%s%s]", command->options[i].name,
			    command->options[i].takes_value ? " VALUE" : "");
		}
	}
	if (command->operand != NULL) {
		fprintf(out, " %s", command->operand);
	}
	fputc('\n', out);
}

static int
print_help(const struct command *command)
{
	print_synopsis(stdout, command);
	printf("\n%s\n\n%s\n", message(command->summary), message(MESSAGE_CREWCTL_EXITS));
	return CREWCTL_DONE;
}

static int
print_overview(FILE *out)
{
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		print_synopsis(out, &commands[i]);
	}
	fprintf(out, "\n%s\n", message(MESSAGE_CREWCTL_OVERVIEW));
	return out == stdout ? CREWCTL_DONE : CREWCTL_USAGE;
}

static const struct command *
command_find(const char *name)
{
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		if (strcmp(commands[i].name, name) == 0) {
			return &commands[i];
		}
	}
	return NULL;
}

/* Reads one "--name [VALUE]"; how many words it took, 0 when unknown. */
static int
read_option(struct argument *options, char **words)
{
	for (size_t i = 0; i < OPTIONS_MAX; i++) {
		if (options[i].name == NULL || strcmp(options[i].name, words[0] + 2) != 0) {
			continue;
		}
		if (!options[i].takes_value) {
			options[i].value = "";
			return 1;
		}
		options[i].value = words[1];
		return words[1] == NULL ? 0 : 2;
	}
	return 0;
}

static bool
read_arguments(
    const struct command *command, char **words, struct argument *options, const char **operand)
{
	while (*words != NULL) {
		int taken = 1;

		if (strncmp(*words, "--", 2) == 0) {
			taken = read_option(options, words);
		} else if (*operand == NULL && command->operand != NULL) {
			*operand = *words;
		} else {
			taken = 0;
		}
		if (taken == 0) {
			return false;
		}
		words += taken;
	}
	return *operand != NULL || command->operand == NULL || command->operand[0] == '[';
}

/* Sees to what the command needs of an open database; what to exit with, or
 * CREWCTL_DONE. */
static int
prepare(const struct command *command, struct crewctl *crewctl)
{
	struct programme programme;
	const char *problem = NULL;

	if (command->needs == NEEDS_DATABASE) {
		return CREWCTL_DONE;
	}
	if (!db_begin_read(crewctl->db) ||
	    !programme_read(crewctl->db, crewctl->arena, &programme)) {
		return crewctl_fail_db(crewctl->db);
	}
	db_rollback(crewctl->db);
	if (command->needs == NEEDS_TEMPLATES && !page_start(crewctl->site->pages, &problem)) {
		return crewctl_fail(problem);
	}
	return CREWCTL_DONE;
}

static int
run_with_database(
    const struct command *command, struct crewctl *crewctl, const struct arguments *arguments)
{
	const char *problem = NULL;
	int code;

	if (command->needs == NEEDS_NOTHING) {
		return command->run(crewctl, arguments);
	}
	crewctl->db = db_open(crewctl->site->database, DB_READ_WRITE, &problem);
	if (crewctl->db == NULL) {
		return crewctl_fail(problem);
	}
	code = prepare(command, crewctl);
	if (code == CREWCTL_DONE) {
		code = command->run(crewctl, arguments);
	}
	db_close(crewctl->db);
	return code;
}

static int
run_command(const struct command *command, char **words)
{
	/* The courier resets its arena after each mail; the site stays. */
	struct arena *arena = arena_new(), *site_arena = arena_new();
	struct argument options[OPTIONS_MAX];
	struct arguments arguments = { .options = options };
	struct site_source source;
	struct site site;
	const char *problem = NULL;
	struct crewctl crewctl = { .arena = arena, .site = &site, .now = clock_now() };
	int code;

	memcpy(options, command->options, sizeof options);
	if (!read_arguments(command, words, options, &arguments.operand)) {
		print_synopsis(stderr, command);
		arena_free(site_arena);
		arena_free(arena);
		return CREWCTL_USAGE;
	}
	site_environment(&source);
	if (!token_start() || !site_read(site_arena, &source, &site, &problem)) {
		code = crewctl_fail(problem == NULL ? "no random numbers" : problem);
	} else {
		code = run_with_database(command, &crewctl, &arguments);
	}
	arena_free(site_arena);
	arena_free(arena);
	return code;
}

int
crewctl_main(int argc, char **argv)
{
	const struct command *command;

	log_start("crewctl");
	/* What crewctl makes, the workers' group may use and no one else. */
	umask(0007);
	if (argc < 2) {
		return print_overview(stderr);
	}
	if (strcmp(argv[1], "--help") == 0) {
		return print_overview(stdout);
	}
	command = command_find(argv[1]);
	if (command == NULL) {
		return print_overview(stderr);
	}
	if (argc > 2 && strcmp(argv[2], "--help") == 0) {
		return print_help(command);
	}
	return run_command(command, argv + 2);
}
