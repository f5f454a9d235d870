/*
 * The bare responder the benches compare with: libfcgi and nothing else.
 *
 *	bare bytes FILE...   answer N is FILE N byte for byte, as a program would
 *	                     send it: "Status: ..." lines, an empty line, a body.
 *	                     The request's path ends in the number: /bare/0.
 *	bare commit DATABASE STATEMENTS
 *	                     for every request read the body, then commit the
 *	                     statements of the file as one durable transaction
 *	                     (BEGIN IMMEDIATE, WAL, synchronous=FULL) and redirect:
 *	                     the least that any program storing these rows must do.
 *	                     ?1 in a statement stands for a random text.
 *
 * Listens on descriptor 0, which spawn-fcgi or a test owns.  Ends with its
 * parent by SIGTERM, as every FastCGI program does.
 */
#include <fcgiapp.h>
#include <sqlite3.h>

#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

struct answer {
	char *bytes;
	size_t length;
};

enum { ANSWERS_MOST = 16, STATEMENTS_MOST = 32 };

static _Noreturn void
give_up(const char *what, const char *why)
{
	fprintf(stderr, "bare: %s: %s\n", what, why);
	exit(1);
}

static struct answer
answer_read(const char *path)
{
	struct answer answer = { 0 };
	FILE *file = fopen(path, "rb");
	if (file == NULL) {
		give_up(path, "cannot be read");
	}
	fseek(file, 0, SEEK_END);
	long length = ftell(file);
	rewind(file);
	if (length < 0) {
		give_up(path, "has no length");
	}
	answer.length = (size_t)length;
	answer.bytes = malloc(answer.length + 1);
	if (answer.bytes == NULL || fread(answer.bytes, 1, answer.length, file) != answer.length) {
		give_up(path, "cannot be read");
	}
	answer.bytes[answer.length] = '\0';
	fclose(file);
	return answer;
}

static void
serve_bytes(int count, char **paths)
{
	struct answer answers[ANSWERS_MOST];
	FCGX_Request request;

	if (count > ANSWERS_MOST) {
		give_up("bytes", "too many files");
	}
	for (int i = 0; i < count; i++) {
		answers[i] = answer_read(paths[i]);
	}
	FCGX_InitRequest(&request, 0, 0);
	while (FCGX_Accept_r(&request) == 0) {
		const char *uri = FCGX_GetParam("REQUEST_URI", request.envp);
		const char *slash = uri == NULL ? NULL : strrchr(uri, '/');
		long at = slash == NULL ? 0 : strtol(slash + 1, NULL, 10);
		if (at < 0 || at >= count) {
			at = 0;
		}
		FCGX_PutStr(answers[at].bytes, (int)answers[at].length, request.out);
		FCGX_Finish_r(&request);
	}
}

static void
database_run(sqlite3 *db, const char *sql)
{
	char *problem = NULL;
	if (sqlite3_exec(db, sql, NULL, NULL, &problem) != SQLITE_OK) {
		give_up(sql, problem == NULL ? "failed" : problem);
	}
}

static int
busy_wait(void *nothing, int times)
{
	(void)nothing;
	/* The programs' own handler: a random 0.2 to 0.5 ms, up to 5 s. */
	if (times > 12000) {
		return 0;
	}
	uint16_t random = 0;
	(void)!getrandom(&random, sizeof random, 0);
	struct timespec pause = { 0, 200000L + random % 300 * 1000L };
	(void)ppoll(NULL, 0, &pause, NULL);
	return 1;
}

static sqlite3 *
database_open(const char *path)
{
	sqlite3 *db = NULL;
	if (sqlite3_open(path, &db) != SQLITE_OK) {
		give_up(path, sqlite3_errmsg(db));
	}
	sqlite3_busy_handler(db, busy_wait, NULL);
	database_run(db,
	    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	    "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;");
	return db;
}

static size_t
statements_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **statements)
{
	size_t count = 0;
	while (count < STATEMENTS_MOST) {
		sqlite3_stmt *statement = NULL;
		if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, &sql) !=
		    SQLITE_OK) {
			give_up(sql, sqlite3_errmsg(db));
		}
		if (statement == NULL) {
			break;
		}
		statements[count++] = statement;
	}
	return count;
}

static void
random_text(char *out, size_t size)
{
	unsigned char bytes[16];
	(void)!getrandom(bytes, sizeof bytes, 0);
	for (size_t i = 0; i < sizeof bytes && i * 2 + 2 < size; i++) {
		snprintf(out + i * 2, size - i * 2, "%02x", bytes[i]);
	}
}

static void
commit_rows(sqlite3 *db, sqlite3_stmt **statements, size_t count)
{
	char key[40] = "";
	random_text(key, sizeof key);
	database_run(db, "BEGIN IMMEDIATE");
	for (size_t i = 0; i < count; i++) {
		if (sqlite3_bind_parameter_count(statements[i]) > 0) {
			sqlite3_bind_text(statements[i], 1, key, -1, SQLITE_TRANSIENT);
		}
		int status = sqlite3_step(statements[i]);
		while (status == SQLITE_ROW) {
			status = sqlite3_step(statements[i]);
		}
		if (status != SQLITE_DONE) {
			give_up(sqlite3_sql(statements[i]), sqlite3_errmsg(db));
		}
		sqlite3_reset(statements[i]);
	}
	database_run(db, "COMMIT");
}

static void
serve_commit(const char *path, const char *statements_path)
{
	FCGX_Request request;
	sqlite3_stmt *statements[STATEMENTS_MOST];
	char body[4096];
	sqlite3 *db = database_open(path);
	size_t count = statements_prepare(db, answer_read(statements_path).bytes, statements);

	FCGX_InitRequest(&request, 0, 0);
	while (FCGX_Accept_r(&request) == 0) {
		while (FCGX_GetStr(body, sizeof body, request.in) > 0) {
		}
		commit_rows(db, statements, count);
		FCGX_FPrintF(request.out,
		    "Status: 303 See Other\r\n"
		    "Location: /bare/0\r\nContent-Length: 0\r\n\r\n");
		FCGX_Finish_r(&request);
	}
	for (size_t i = 0; i < count; i++) {
		sqlite3_finalize(statements[i]);
	}
	sqlite3_close(db);
}

int
main(int argc, char **argv)
{
	if (FCGX_Init() != 0) {
		give_up("libfcgi", "cannot start");
	}
	if (argc > 2 && strcmp(argv[1], "bytes") == 0) {
		serve_bytes(argc - 2, argv + 2);
	} else if (argc == 4 && strcmp(argv[1], "commit") == 0) {
		serve_commit(argv[2], argv[3]);
	} else {
		give_up("usage", "bare bytes FILE... | bare commit DATABASE SQL");
	}
	return 0;
}
