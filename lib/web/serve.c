#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "ground/clock.h"
#include "ground/log.h"
#include "ground/sandbox.h"
#include "ground/token.h"
#include "ground/zone.h"
#include "web/dispatch.h"
#include "web/page.h"
#include "web/serve.h"

/* What a worker holds for its whole life. */
struct worker {
	const struct program *program;
	struct arena *lasting; /* the site */
	struct arena *arena; /* emptied after every request */
	struct site site;
	struct db *db;
	int wake; /* the courier's FIFO, or -1 */
};

static volatile sig_atomic_t is_over;

/*
 * A signal that comes just before accept would leave the worker waiting there
 * for one more visitor: the alarm interrupts it a second later, again.
 */
static void
on_signal(int number)
{
	(void)number;
	is_over = 1;
	FCGX_ShutdownPending();
	(void)alarm(1);
}

/*
 * No SA_RESTART: a worker that waits in accept is to notice. SIGPIPE and
 * SIGXFSZ become errors of the write that caused them.
 */
static void
serve_signals(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	(void)sigemptyset(&action.sa_mask);
	action.sa_handler = on_signal;
	(void)sigaction(SIGTERM, &action, NULL);
	(void)sigaction(SIGUSR1, &action, NULL);
	(void)sigaction(SIGINT, &action, NULL);
	(void)sigaction(SIGALRM, &action, NULL);
	action.sa_handler = SIG_IGN;
	(void)sigaction(SIGPIPE, &action, NULL);
	(void)sigaction(SIGXFSZ, &action, NULL);
}

static int
serve_configure(struct worker *worker)
{
	struct site_source source;
	const char *problem;

	site_environment(&source);
	if (!token_start()) {
		log_line(LOG_LEVEL_ERROR, "event=start problem=%s", "libsodium does not start");
		return EX_UNAVAILABLE;
	}
	if (!site_read(worker->lasting, &source, &worker->site, &problem)) {
		log_line(LOG_LEVEL_ERROR, "event=start problem=%s", problem);
		return EX_USAGE;
	}
	if (worker->site.key != NULL && !worker->site.has_secret) {
		log_line(LOG_LEVEL_ERROR, "event=start problem=%s", "the key file cannot be read");
		return EX_UNAVAILABLE;
	}
	problem = route_problem(worker->lasting, worker->program);
	if (problem != NULL) {
		log_line(LOG_LEVEL_ERROR, "event=start route=%s", problem);
		return EX_USAGE;
	}
	if (!FCGX_IsCGI()) {
		return 0;
	}
	log_line(
	    LOG_LEVEL_ERROR, "event=start problem=%s", "descriptor 0 is not a listening socket");
	return EX_USAGE;
}

/*
 * The database is read once before the sandbox: opening a WAL for reading
 * needs more than reading it does.
 */
static int
serve_open(struct worker *worker)
{
	const char *problem = NULL;

	tzset();
	if (!zone_ready()) {
		log_line(LOG_LEVEL_ERROR, "event=start problem=%s",
		    "no time zones in /usr/share/zoneinfo");
		return EX_UNAVAILABLE;
	}
	if (!page_start(worker->site.pages, &problem)) {
		log_line(LOG_LEVEL_ERROR, "event=start problem=%s", problem);
		return EX_UNAVAILABLE;
	}
	worker->db = db_open(worker->site.database, DB_READ_WRITE, &problem);
	if (worker->db == NULL) {
		log_line(LOG_LEVEL_ERROR, "event=start problem=%s", problem);
		return EX_UNAVAILABLE;
	}
	if (!db_begin_read(worker->db)) {
		log_line(LOG_LEVEL_ERROR, "event=start fault=%s", db_fault_text(worker->db));
	}
	db_rollback(worker->db);
	if (worker->site.wake != NULL) {
		/* Whoever starts first, a worker or the courier, makes it. */
		(void)mkfifo(worker->site.wake, 0660);
		worker->wake = open(worker->site.wake, O_RDWR | O_NONBLOCK | O_CLOEXEC);
		if (worker->wake < 0) {
			log_line(LOG_LEVEL_WARNING, "event=start problem=%s", "no FIFO to wake by");
		}
	}
	return 0;
}

/* The folder a file is in: "." for a bare name. */
static const char *
folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL) {
		return ".";
	}
	return slash == path ? "/" : arena_copy_bytes(arena, path, (size_t)(slash - path));
}

static int
serve_confine(struct worker *worker)
{
	const char *write[] = { folder_of(worker->lasting, worker->site.database), NULL };
	const char *read[] = { "/usr/share/zoneinfo", NULL };
	const struct sandbox_paths paths = { write, read };

	if (worker->site.sandbox == SITE_SANDBOX_OFF) {
		return 0;
	}
	if (!sandbox_enter(&paths) && worker->site.sandbox == SITE_SANDBOX_REQUIRED) {
		return EX_NOPERM;
	}
	if (!zone_ready()) {
		log_line(
		    LOG_LEVEL_ERROR, "event=start problem=%s", "no time zones inside the sandbox");
		return EX_UNAVAILABLE;
	}
	return 0;
}

/* Reads the body; libfcgi tells of trouble only if it is asked. */
static size_t
serve_body(void *stream, char *buffer, size_t length, bool *whole)
{
	FCGX_Stream *in = stream;
	int got = 0;

	if (length > 0) {
		got = FCGX_GetStr(buffer, (int)length, in);
	}
	*whole = FCGX_GetError(in) == 0;
	return got < 0 ? 0 : (size_t)got;
}

/*
 * Not flushed: what is left in libfcgi's buffer goes out in one write with the
 * record that ends the request, and wakes nginx once.
 */
static void
serve_send(FCGX_Request *fcgi, const struct dispatch *dispatch)
{
	struct bytes *head = response_head(&dispatch->response);
	const struct bytes *body = dispatch->response.body;

	(void)FCGX_PutStr(head->data, (int)head->length, fcgi->out);
	if (!dispatch->request.head && body->length > 0 && dispatch->response.status != 304) {
		(void)FCGX_PutStr(body->data, (int)body->length, fcgi->out);
	}
}

/* One byte is enough, and a full FIFO means that the courier knows. */
static void
serve_wake(const struct worker *worker)
{
	ssize_t written;

	if (worker->wake >= 0) {
		do {
			written = write(worker->wake, "!", 1);
		} while (written < 0 && errno == EINTR);
	}
}

/*
 * Ends the request and closes the connection. libfcgi would half-close it and
 * wait until nginx has hung up, lest unread input make the kernel reset it; once
 * the input is read to its end there is none, and the next visitor need not
 * wait.
 */
static void
serve_finish(FCGX_Request *fcgi)
{
	fcgi->detached = FCGX_GetChar(fcgi->in) < 0;
	FCGX_Finish_r(fcgi);
}

static void
serve_request(struct worker *worker, FCGX_Request *fcgi)
{
	int64_t began = clock_micros(), micros;
	struct dispatch dispatch = { .arena = worker->arena,
		.db = worker->db,
		.site = &worker->site,
		.program = worker->program,
		.now = clock_now() };
	struct request_source source = { NULL, serve_body, fcgi->in };

	/* char ** to const char *const *: C asks for the detour. */
	memcpy(&source.variables, &fcgi->envp, sizeof(source.variables));
	dispatch_request(&dispatch, &source);
	serve_send(fcgi, &dispatch);
	if (dispatch.queued) {
		serve_wake(worker);
	}
	micros = clock_micros() - began;
	serve_finish(fcgi);
	log_line(LOG_LEVEL_INFO, "request=%s method=%s route=%s status=%d micros=%lld",
	    dispatch.request.id, dispatch.request.method_name, dispatch.pattern,
	    dispatch.response.status, (long long)micros);
	dispatch_after(&dispatch);
	arena_reset(worker->arena);
}

/*
 * Accepts until a signal says otherwise. Any error of accept but an
 * interruption ends the worker: without descriptors it would only spin, and
 * its parent starts another.
 */
static int
serve_loop(struct worker *worker)
{
	FCGX_Request fcgi;
	int result;

	if (FCGX_InitRequest(&fcgi, 0, FCGI_FAIL_ACCEPT_ON_INTR) != 0) {
		return EX_OSERR;
	}
	while (!is_over) {
		result = FCGX_Accept_r(&fcgi);
		if (result == 0) {
			serve_request(worker, &fcgi);
			continue;
		}
		if (!is_over && result != -EINTR) {
			log_line(LOG_LEVEL_ERROR, "event=accept error=%s", strerror(-result));
			return EX_OSERR;
		}
	}
	return 0;
}

int
serve(const struct program *program)
{
	struct worker worker = { .program = program, .wake = -1 };
	int status;

	log_start(program->name);
	worker.lasting = arena_new();
	worker.arena = arena_new();
	status = FCGX_Init() != 0 ? EX_OSERR : serve_configure(&worker);
	if (status == 0) {
		serve_signals();
		status = serve_open(&worker);
	}
	if (status == 0) {
		status = serve_confine(&worker);
	}
	if (status == 0) {
		log_line(LOG_LEVEL_INFO, "event=start pid=%d", (int)getpid());
		status = serve_loop(&worker);
		log_line(LOG_LEVEL_INFO, "event=stop status=%d", status);
	}
	db_close(worker.db);
	arena_free(worker.arena);
	arena_free(worker.lasting);
	return status;
}
