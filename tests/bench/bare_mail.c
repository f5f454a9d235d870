/*
 * The sender the courier is compared with: libcurl and a durable commit a
 * mail, and nothing else.
 *
 *	bare_mail PORT DATABASE FILE
 *
 * For every row of outbox that is queued, one after the other: hands FILE,
 * byte for byte, to the mail server on that port of 127.0.0.1 over one kept
 * connection, then notes the row as sent in a transaction of its own (BEGIN
 * IMMEDIATE, WAL, synchronous=FULL).  Exit 1 on anything but a success.
 */
#include <curl/curl.h>
#include <sqlite3.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text {
	char *bytes;
	size_t length;
	size_t at;
};

static _Noreturn void
give_up(const char *what, const char *why)
{
	fprintf(stderr, "bare_mail: %s: %s\n", what, why);
	exit(1);
}

static struct text
text_read(const char *path)
{
	struct text text = { 0 };
	FILE *file = fopen(path, "rb");

	if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
		give_up(path, "cannot be read");
	}
	long length = ftell(file);
	rewind(file);
	text.length = (size_t)length;
	text.bytes = malloc(text.length + 1);
	if (length < 0 || text.bytes == NULL ||
	    fread(text.bytes, 1, text.length, file) != text.length) {
		give_up(path, "cannot be read");
	}
	fclose(file);
	return text;
}

static size_t
text_give(char *out, size_t size, size_t times, void *pointer)
{
	struct text *text = pointer;
	size_t part = text->length - text->at;

	if (part > size * times) {
		part = size * times;
	}
	memcpy(out, text->bytes + text->at, part);
	text->at += part;
	return part;
}

static void
database_run(sqlite3 *db, const char *sql)
{
	char *problem = NULL;
	if (sqlite3_exec(db, sql, NULL, NULL, &problem) != SQLITE_OK) {
		give_up(sql, problem == NULL ? "failed" : problem);
	}
}

static sqlite3_stmt *
database_prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
	    SQLITE_OK) {
		give_up(sql, sqlite3_errmsg(db));
	}
	return statement;
}

static void
send_one(CURL *curl, struct text *text, const char *recipient)
{
	struct curl_slist *recipients = curl_slist_append(NULL, recipient);

	text->at = 0;
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
	CURLcode code = curl_easy_perform(curl);
	if (code != CURLE_OK) {
		give_up("send", curl_easy_strerror(code));
	}
	curl_slist_free_all(recipients);
}

static void
note_one(sqlite3 *db, sqlite3_stmt *note, sqlite3_int64 id)
{
	database_run(db, "BEGIN IMMEDIATE");
	sqlite3_bind_int64(note, 1, id);
	if (sqlite3_step(note) != SQLITE_DONE || sqlite3_changes(db) != 1) {
		give_up("note", sqlite3_errmsg(db));
	}
	sqlite3_reset(note);
	database_run(db, "COMMIT");
}

static CURL *
sender_make(const char *port, struct text *text)
{
	char url[64];
	CURL *curl = curl_easy_init();

	if (curl == NULL) {
		give_up("libcurl", "cannot start");
	}
	snprintf(url, sizeof url, "smtp://127.0.0.1:%s", port);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, "hello@example.org");
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, text_give);
	curl_easy_setopt(curl, CURLOPT_READDATA, text);
	return curl;
}

int
main(int argc, char **argv)
{
	sqlite3 *db = NULL;

	if (argc != 4) {
		give_up("usage", "bare_mail PORT DATABASE FILE");
	}
	if (sqlite3_open(argv[2], &db) != SQLITE_OK) {
		give_up(argv[2], sqlite3_errmsg(db));
	}
	database_run(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
	struct text text = text_read(argv[3]);
	CURL *curl = sender_make(argv[1], &text);
	sqlite3_stmt *next = database_prepare(
	    db, "SELECT id, recipient FROM outbox WHERE state = 'queued' ORDER BY id LIMIT 1");
	sqlite3_stmt *note = database_prepare(
	    db, "UPDATE outbox SET state = 'sent', sent_at = unixepoch() WHERE id = ?1");
	while (sqlite3_step(next) == SQLITE_ROW) {
		sqlite3_int64 id = sqlite3_column_int64(next, 0);
		char recipient[256];
		snprintf(recipient, sizeof recipient, "%s", sqlite3_column_text(next, 1));
		sqlite3_reset(next);
		send_one(curl, &text, recipient);
		note_one(db, note, id);
	}
	sqlite3_finalize(next);
	sqlite3_finalize(note);
	sqlite3_close(db);
	curl_easy_cleanup(curl);
	return 0;
}
