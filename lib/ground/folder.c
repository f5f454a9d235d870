#include "ground/folder.h"

#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool
folder_sync(const char *path)
{
	char *copy = strdup(path);
	int folder = copy == NULL ? -1 : open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = folder >= 0 && fsync(folder) == 0;

	if (folder >= 0) {
		close(folder);
	}
	free(copy);
	return done;
}
