#include "model/application.h"

bool
application_find(struct db *db, struct arena *arena, const char *key,
    struct application *application)
{
	return application_by_key(db, arena,
	    &(struct application_by_key_in){ .key = key }, application);
}
