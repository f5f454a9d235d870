/*
 * A mail server that takes everything and keeps nothing, as fast as it can:
 *
 *	sink
 *
 * Listens on a free port of 127.0.0.1, prints it in one line, and serves until
 * it is killed.  Neither TLS nor authentication, so that what is measured is
 * the sender.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CLIENTS_MOST = 64, INPUT_MOST = 1 << 16 };

struct client {
	bool in_data;
	size_t length;
	char input[INPUT_MOST];
};

static struct pollfd polled[CLIENTS_MOST + 1];
static struct client clients[CLIENTS_MOST + 1];
static nfds_t count = 1; /* polled[0] listens */

static _Noreturn void
give_up(const char *what)
{
	fprintf(stderr, "sink: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void
say(int socket, const char *words)
{
	(void)!send(socket, words, strlen(words), MSG_NOSIGNAL);
}

static void
leave(nfds_t index)
{
	close(polled[index].fd);
	count--;
	polled[index] = polled[count];
	if (index != count) {
		clients[index].in_data = clients[count].in_data;
		clients[index].length = clients[count].length;
		memcpy(clients[index].input, clients[count].input, clients[count].length);
	}
}

static void
arrive(void)
{
	int one = 1;
	int socket = accept(polled[0].fd, NULL, NULL);

	if (socket < 0 || count > CLIENTS_MOST) {
		close(socket);
		return;
	}
	setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	polled[count] = (struct pollfd){ .fd = socket, .events = POLLIN };
	clients[count].in_data = false;
	clients[count].length = 0;
	count++;
	say(socket, "220 sink ESMTP\r\n");
}

/* Answers one command; false when the client is to be left. */
static bool
obey(struct client *client, int socket, const char *line)
{
	if (strncasecmp(line, "EHLO", 4) == 0) {
		say(socket, "250-sink\r\n250-8BITMIME\r\n250 SIZE\r\n");
	} else if (strncasecmp(line, "DATA", 4) == 0) {
		client->in_data = true;
		say(socket, "354 go ahead\r\n");
	} else if (strncasecmp(line, "QUIT", 4) == 0) {
		say(socket, "221 bye\r\n");
		return false;
	} else {
		say(socket, "250 2.0.0 fine\r\n");
	}
	return true;
}

/* How many bytes at the front of the input have been dealt with; 0: more are
 * needed first; -1: the client is to be left. */
static ssize_t
take(struct client *client, int socket)
{
	char *input = client->input;
	char *end;

	if (client->in_data) {
		end = memmem(input, client->length, "\r\n.\r\n", 5);
		if (end == NULL) {
			return 0;
		}
		client->in_data = false;
		say(socket, "250 2.0.0 taken\r\n");
		return end + 5 - input;
	}
	end = memmem(input, client->length, "\r\n", 2);
	if (end == NULL) {
		return 0;
	}
	*end = '\0';
	return obey(client, socket, input) ? end + 2 - input : -1;
}

static bool
hear(struct client *client, int socket)
{
	ssize_t taken;
	ssize_t got =
	    recv(socket, client->input + client->length, sizeof client->input - client->length, 0);

	if (got <= 0) {
		return false;
	}
	client->length += (size_t)got;
	while (client->length > 0 && (taken = take(client, socket)) != 0) {
		if (taken < 0) {
			return false;
		}
		client->length -= (size_t)taken;
		memmove(client->input, client->input + taken, client->length);
	}
	return true;
}

static int
listen_anywhere(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof address;
	int socket_ = socket(AF_INET, SOCK_STREAM, 0);

	if (socket_ < 0 || bind(socket_, (struct sockaddr *)&address, size) != 0 ||
	    listen(socket_, 64) != 0 ||
	    getsockname(socket_, (struct sockaddr *)&address, &size) != 0) {
		give_up("listen");
	}
	printf("%d\n", ntohs(address.sin_port));
	fflush(stdout);
	return socket_;
}

int
main(void)
{
	polled[0] = (struct pollfd){ .fd = listen_anywhere(), .events = POLLIN };
	for (;;) {
		if (poll(polled, count, -1) < 0) {
			give_up("poll");
		}
		for (nfds_t i = count; i-- > 1;) {
			if (polled[i].revents != 0 && !hear(&clients[i], polled[i].fd)) {
				leave(i);
			}
		}
		if (polled[0].revents != 0) {
			arrive();
		}
	}
}
