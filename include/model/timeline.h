/*
 * What the pages beside the feeds show and the feeds themselves do not.
 *
 * The functions are made from lib/db/sql/timeline.sql, whose comments say what
 * each promises; a transaction is open.
 */
#ifndef GROUNDCREW_MODEL_TIMELINE_H
#define GROUNDCREW_MODEL_TIMELINE_H

#include "db/query/timeline.h"

#endif
