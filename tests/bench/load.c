/*
 * A load generator for one kind of request over kept connections, or several:
 *
 *	load PORT CONNECTIONS REQUESTS FILE
 *
 * FILE holds the request, byte for byte; or several with a NUL between each two,
 * one of which is drawn each time, in the same order whenever it is run.  Every
 * run of sixteen '#' is replaced, request by request, by sixteen hexadecimal
 * digits never used before, so that lengths stay true and no two are the same.
 * Prints one line
 * when REQUESTS were answered:
 *
 *	seconds TAB median-microseconds TAB status=count ...
 *
 * An answer needs Content-Length (or is a 204 or 304).  Exit 1 on any other,
 * or when nothing came for 20 seconds.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_MOST = 16384, MARK_LENGTH = 16, CONNECTIONS_MOST = 1024 };

struct connection {
	int socket;
	uint64_t sent_at;
	size_t head_length; /* bytes of the head read so far */
	bool in_body;
	bool closing;
	size_t body_left;
	char head[HEAD_MOST + 1];
};

struct request {
	const char *bytes;
	size_t length;
};

struct load {
	int poll;
	struct sockaddr_in address;
	struct request *requests;
	size_t request_count;
	uint64_t draw;
	size_t wanted, started, answered;
	uint64_t serial;
	uint32_t *micros;
	unsigned long statuses[1000];
};

static _Noreturn void
give_up(const char *what)
{
	fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
	exit(1);
}

static uint64_t
micros_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

static char *
file_read(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL) {
		give_up(path);
	}
	fseek(file, 0, SEEK_END);
	long length = ftell(file);
	rewind(file);
	if (length <= 0) {
		give_up(path);
	}
	*size = (size_t)length;
	char *bytes = malloc(*size + 1);
	if (bytes == NULL || fread(bytes, 1, *size, file) != *size) {
		give_up(path);
	}
	bytes[*size] = '\0';
	fclose(file);
	return bytes;
}

static void
requests_read(struct load *load, const char *path)
{
	size_t size;
	const char *bytes = file_read(path, &size), *end = bytes + size;

	for (const char *at = bytes; at < end; at += strlen(at) + 1) {
		load->request_count++;
	}
	load->requests = calloc(load->request_count, sizeof *load->requests);
	if (load->requests == NULL) {
		give_up(path);
	}
	for (size_t i = 0; i < load->request_count; i++) {
		load->requests[i] = (struct request){ bytes, strlen(bytes) };
		bytes += load->requests[i].length + 1;
	}
}

/* The next of them: Knuth's MMIX generator, whose upper bits are good. */
static const struct request *
request_draw(struct load *load)
{
	load->draw = load->draw * 6364136223846793005u + 1442695040888963407u;
	return &load->requests[(load->draw >> 33) % load->request_count];
}

static void
write_all(int socket, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t sent = send(socket, bytes, length, MSG_NOSIGNAL);
		if (sent < 0 && errno == EINTR) {
			continue;
		}
		if (sent < 0) {
			give_up("send");
		}
		bytes += sent;
		length -= (size_t)sent;
	}
}

static void
request_send(struct load *load, struct connection *connection)
{
	static const char mark[MARK_LENGTH + 1] = "################";
	char serial[MARK_LENGTH + 1];
	const struct request *request = request_draw(load);
	const char *at = request->bytes;
	const char *end = request->bytes + request->length;

	snprintf(serial, sizeof serial, "%016llx", (unsigned long long)load->serial++);
	load->started++;
	connection->sent_at = micros_now();
	connection->head_length = 0;
	connection->in_body = false;
	connection->closing = false;
	char *whole = malloc(request->length);
	if (whole == NULL) {
		give_up("malloc");
	}
	memcpy(whole, request->bytes, request->length);
	for (; (at = memmem(at, (size_t)(end - at), mark, MARK_LENGTH)) != NULL;
	     at += MARK_LENGTH) {
		memcpy(whole + (at - request->bytes), serial, MARK_LENGTH);
	}
	write_all(connection->socket, whole, request->length);
	free(whole);
}

static void
connection_open(struct load *load, struct connection *connection)
{
	int on = 1;
	connection->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connection->socket < 0 ||
	    connect(connection->socket, (struct sockaddr *)&load->address, sizeof load->address) !=
		0) {
		give_up("connect");
	}
	setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	struct epoll_event event = { .events = EPOLLIN };
	event.data.ptr = connection;
	if (epoll_ctl(load->poll, EPOLL_CTL_ADD, connection->socket, &event) != 0) {
		give_up("epoll_ctl");
	}
}

static const char *
header_find(const char *head, const char *name)
{
	const char *line = strstr(head, "\r\n");
	size_t length = strlen(name);
	for (; line != NULL; line = strstr(line + 2, "\r\n")) {
		if (strncasecmp(line + 2, name, length) == 0) {
			return line + 2 + length;
		}
	}
	return NULL;
}

static void
head_understand(struct load *load, struct connection *connection)
{
	long status = strtol(connection->head + strlen("HTTP/1.1 "), NULL, 10);
	const char *length = header_find(connection->head, "Content-Length:");
	const char *kept = header_find(connection->head, "Connection:");

	if (status < 100 || status > 999) {
		fprintf(stderr, "load: no answer: %.200s\n", connection->head);
		exit(1);
	}
	load->statuses[status]++;
	connection->closing = kept != NULL && strncasecmp(kept, " close", 6) == 0;
	connection->in_body = true;
	if (status == 304 || status == 204) {
		connection->body_left = 0;
	} else if (length != NULL) {
		connection->body_left = strtoull(length, NULL, 10);
	} else {
		fprintf(stderr, "load: an answer without a length: %.300s\n", connection->head);
		exit(1);
	}
}

/* Takes in what came; true when the answer is whole. */
static bool
answer_take(struct load *load, struct connection *connection, const char *bytes, size_t length)
{
	if (!connection->in_body) {
		size_t room = HEAD_MOST - connection->head_length;
		size_t taken = length < room ? length : room;
		size_t before = connection->head_length;
		memcpy(connection->head + before, bytes, taken);
		connection->head_length += taken;
		connection->head[connection->head_length] = '\0';
		char *end = strstr(connection->head, "\r\n\r\n");
		if (end == NULL) {
			if (connection->head_length == HEAD_MOST) {
				give_up("an endless head");
			}
			return false;
		}
		size_t used = (size_t)(end - connection->head) + 4 - before;
		end[2] = '\0';
		head_understand(load, connection);
		bytes += used;
		length -= used;
	}
	if (length > connection->body_left) {
		fprintf(stderr, "load: more came than was announced\n");
		exit(1);
	}
	connection->body_left -= length;
	return connection->body_left == 0;
}

static void
answer_finish(struct load *load, struct connection *connection)
{
	load->micros[load->answered++] = (uint32_t)(micros_now() - connection->sent_at);
	if (load->started >= load->wanted) {
		return;
	}
	if (connection->closing) {
		close(connection->socket);
		connection_open(load, connection);
	}
	request_send(load, connection);
}

static void
connection_read(struct load *load, struct connection *connection)
{
	static char bytes[65536];
	ssize_t got = recv(connection->socket, bytes, sizeof bytes, 0);
	if (got < 0) {
		if (errno == EINTR) {
			return;
		}
		give_up("recv");
	}
	if (got == 0) {
		fprintf(stderr, "load: a connection was closed unanswered\n");
		exit(1);
	}
	if (answer_take(load, connection, bytes, (size_t)got)) {
		answer_finish(load, connection);
	}
}

static int
micros_compare(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	return (left > right) - (left < right);
}

int
main(int argc, char **argv)
{
	static struct load load;
	static struct connection connections[CONNECTIONS_MOST];

	if (argc != 5) {
		fprintf(stderr, "usage: load PORT CONNECTIONS REQUESTS FILE\n");
		return 2;
	}
	size_t count = strtoul(argv[2], NULL, 10);
	load.wanted = strtoul(argv[3], NULL, 10);
	if (count == 0 || count > CONNECTIONS_MOST || load.wanted < count) {
		fprintf(stderr, "load: 1 to %d connections, a request each\n", CONNECTIONS_MOST);
		return 2;
	}
	requests_read(&load, argv[4]);
	load.address = (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_port = htons((uint16_t)strtoul(argv[1], NULL, 10)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	load.micros = calloc(load.wanted, sizeof *load.micros);
	load.poll = epoll_create1(EPOLL_CLOEXEC);
	if (load.micros == NULL || load.poll < 0 ||
	    getrandom(&load.serial, sizeof load.serial, 0) < 0) {
		give_up("start");
	}
	uint64_t began = micros_now();
	for (size_t i = 0; i < count; i++) {
		connection_open(&load, &connections[i]);
		request_send(&load, &connections[i]);
	}
	while (load.answered < load.wanted) {
		struct epoll_event events[64];
		int ready = epoll_wait(load.poll, events, 64, 20000);
		if (ready == 0 || (ready < 0 && errno != EINTR)) {
			give_up("nothing came for 20 seconds");
		}
		for (int i = 0; i < ready; i++) {
			connection_read(&load, events[i].data.ptr);
		}
	}
	uint64_t took = micros_now() - began;
	qsort(load.micros, load.wanted, sizeof *load.micros, micros_compare);
	printf("%.6f\t%u", (double)took / 1e6, load.micros[load.wanted / 2]);
	for (int status = 0; status < 1000; status++) {
		if (load.statuses[status] > 0) {
			printf("\t%d=%lu", status, load.statuses[status]);
		}
	}
	putchar('\n');
	free(load.micros);
	free(load.requests);
	return 0;
}
