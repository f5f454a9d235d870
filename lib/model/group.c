#include "model/group.h"

bool
group_find(
    struct db *db, struct arena *arena, int64_t cohort_id, const char *slug, struct group *group)
{
	return group_by_slug(
	    db, arena, &(struct group_by_slug_in){ .cohort_id = cohort_id, .slug = slug }, group);
}
