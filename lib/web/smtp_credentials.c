#include "smtp_credentials.h"

#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ground/arena.h"

enum { CREDENTIALS_MAX = 1000 };

/* A file of ours alone; -1 when it is not, and *problem says why. */
static int
own_file_open(const char *path, const char **problem)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat about;

	if (file < 0) {
		*problem = "GROUNDCREW_SMTP_CREDENTIALS: cannot read the file";
		return -1;
	}
	if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode) || about.st_uid != geteuid() ||
	    (about.st_mode & 07777 & ~(mode_t)0600) != 0) {
		*problem = "GROUNDCREW_SMTP_CREDENTIALS: the file must belong to the user that "
			   "runs crewctl and be closed to all others (mode 0600)";
		close(file);
		return -1;
	}
	return file;
}

/* Cuts a line off the text; NULL when it is empty or there is none. */
static const char *
line_take(char **text)
{
	char *line = *text;
	size_t length = strcspn(line, "\n");

	*text = line + length + (line[length] == '\n');
	line[length] = '\0';
	if (length > 0 && line[length - 1] == '\r') {
		line[--length] = '\0';
	}
	return length == 0 ? NULL : line;
}

bool
smtp_credentials_read(struct arena *arena, const char *path, struct smtp_credentials *credentials,
    const char **problem)
{
	char *text = arena_alloc(arena, CREDENTIALS_MAX + 1);
	int file = own_file_open(path, problem);
	ssize_t length;

	if (file < 0) {
		return false;
	}
	length = read(file, text, CREDENTIALS_MAX);
	close(file);
	if (length <= 0 || length == CREDENTIALS_MAX || strlen(text) != (size_t)length) {
		*problem = "GROUNDCREW_SMTP_CREDENTIALS: the file is empty, too long or no text";
		return false;
	}
	credentials->user = line_take(&text);
	credentials->password = line_take(&text);
	if (credentials->user == NULL || credentials->password == NULL || *text != '\0') {
		*problem = "GROUNDCREW_SMTP_CREDENTIALS: the file must hold two lines, user and "
			   "password";
		return false;
	}
	return true;
}
