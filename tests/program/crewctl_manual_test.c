/*
 * The manual: a page for every command, which names all that it takes. What
 * the commands are is read from the help that crewctl prints.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../cgi-bin/crewctl/crewctl.h"
#include "ground/arena.h"
#include "ground/bytes.h"

static struct arena *arena;

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const char *
read_all(FILE *file)
{
	struct bytes *text = bytes_new(arena);
	char part[4096];
	size_t length;

	while ((length = fread(part, 1, sizeof part, file)) > 0) {
		bytes_append(text, part, length);
	}
	return text->data;
}

/* What crewctl prints for these words, which end with NULL. */
static const char *
printed(char **words)
{
	FILE *file = tmpfile();
	int count = 0, out;
	const char *text;

	assert_non_null(file);
	while (words[count] != NULL) {
		count++;
	}
	fflush(stdout);
	out = dup(STDOUT_FILENO);
	assert_true(out >= 0 && dup2(fileno(file), STDOUT_FILENO) >= 0);
	assert_int_equal(crewctl_main(count, words), CREWCTL_DONE);
	fflush(stdout);
	assert_true(dup2(out, STDOUT_FILENO) >= 0);
	close(out);
	rewind(file);
	text = read_all(file);
	fclose(file);
	return text;
}

static const char *
manual_page(const char *name)
{
	const char *path = arena_format(arena, "conf/man/%s.8", name);
	FILE *file = fopen(path, "r");
	const char *text;

	if (file == NULL) {
		fail_msg("there is no %s", path);
	}
	text = read_all(file);
	fclose(file);
	return text;
}

static void
expect(const char *page, const char *name, const char *text)
{
	if (strstr(page, text) == NULL) {
		fail_msg("conf/man/%s.8 lacks %s", name, text);
	}
}

/* The lines of the overview that are the synopsis of a command. */
static size_t
synopses(const char **lines, size_t most)
{
	char *words[] = { (char[]){ "crewctl" }, (char[]){ "--help" }, NULL };
	const char *line = printed(words);
	size_t count = 0;

	while (strncmp(line, "crewctl ", 8) == 0 && count < most) {
		size_t length = strcspn(line, "\n");

		lines[count++] = arena_copy_bytes(arena, line + 8, length - 8);
		line += length + (line[length] == '\n');
	}
	return count;
}

static const char *
page_of(const char *synopsis)
{
	return arena_format(
	    arena, "crewctl-%s", arena_copy_bytes(arena, synopsis, strcspn(synopsis, " ")));
}

#define MOST 32

static void
every_command_has_a_page_that_names_each_option(void **state)
{
	const char *lines[MOST];
	size_t count = synopses(lines, MOST);

	(void)state;
	assert_true(count >= 10);
	for (size_t i = 0; i < count; i++) {
		const char *name = page_of(lines[i]);
		const char *page = strstr(manual_page(name), "\n.Sh DESCRIPTION\n");
		const char *option = strstr(lines[i], "--");

		assert_non_null(page);
		for (; option != NULL; option = strstr(option + 2, "--")) {
			size_t length = strcspn(option + 2, " ]");

			expect(page, name,
			    arena_format(
				arena, "Fl -%s", arena_copy_bytes(arena, option + 2, length)));
		}
	}
}

static void
every_page_has_all_its_sections(void **state)
{
	static const char *const sections[] = { "NAME", "SYNOPSIS", "DESCRIPTION", "ENVIRONMENT",
		"EXIT STATUS", "EXAMPLES", "SEE ALSO" };
	const char *lines[MOST];
	size_t count = synopses(lines, MOST);

	(void)state;
	for (size_t i = 0; i <= count; i++) {
		const char *name = i < count ? page_of(lines[i]) : "crewctl";
		const char *page = manual_page(name);

		for (size_t k = 0; k < sizeof sections / sizeof *sections; k++) {
			expect(page, name, arena_format(arena, "\n.Sh %s\n", sections[k]));
		}
		expect(page, name, arena_format(arena, "\n.Nm %s\n", name));
	}
}

static void
the_overview_leads_to_every_page(void **state)
{
	const char *overview = manual_page("crewctl");
	const char *lines[MOST];
	size_t count = synopses(lines, MOST);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		expect(overview, "crewctl", arena_format(arena, "\n.Xr %s 8", page_of(lines[i])));
	}
}

static void
help_of_a_command_says_what_it_does_and_how_it_ends(void **state)
{
	const char *lines[MOST];
	size_t count = synopses(lines, MOST);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		char *words[] = { (char[]){ "crewctl" },
			arena_copy_bytes(arena, lines[i], strcspn(lines[i], " ")),
			(char[]){ "--help" }, NULL };
		const char *help = printed(words);

		assert_non_null(strstr(help, lines[i]));
		assert_non_null(strstr(help, message(MESSAGE_CREWCTL_EXITS)));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_has_a_page_that_names_each_option),
		cmocka_unit_test(every_page_has_all_its_sections),
		cmocka_unit_test(the_overview_leads_to_every_page),
		cmocka_unit_test(help_of_a_command_says_what_it_does_and_how_it_ends),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
