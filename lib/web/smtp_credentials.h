#ifndef GROUNDCREW_WEB_SMTP_CREDENTIALS_H
#define GROUNDCREW_WEB_SMTP_CREDENTIALS_H

#include <stdbool.h>

struct arena;

struct smtp_credentials {
	const char *user, *password;
};

/*
 * Reads a file of two lines, user and password.  False with a line for the
 * operator in *problem when it is not a regular file that belongs to the user
 * we run as, when others may read or write it, or when it holds anything
 * else.
 */
bool smtp_credentials_read(struct arena *arena, const char *path,
    struct smtp_credentials *credentials, const char **problem);

#endif
