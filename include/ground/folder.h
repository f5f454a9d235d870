#ifndef GROUND_FOLDER_H
#define GROUND_FOLDER_H

#include <stdbool.h>

/*
 * Makes sure that the folder which holds `path` is on the disk: only then is
 * a file's name there after a power cut (fsync(2)).  False when it cannot be.
 */
bool folder_sync(const char *path);

#endif
