#ifndef GROUNDCREW_MODEL_LANE_H
#define GROUNDCREW_MODEL_LANE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The way to one server: how fast it may be used, and whether it rests after
 * a failure.  Kept in memory by the courier; times are clock_micros().
 */
struct lane {
	int64_t per_minute; /* 0: as fast as it goes */
	int64_t full_at; /* private: when the bucket is full again */
	int64_t rests_until; /* private */
	unsigned failures; /* private: in a row */
};

/* The first rest after a failure, which doubles up to the longest; short,
 * since someone may wait at the screen and servers are back soon. */
#define LANE_REST_SECONDS ((int64_t)15)
#define LANE_REST_SECONDS_MAX ((int64_t)15 * 60)
/* The longest rest a server may ask for. */
#define LANE_WAIT_SECONDS_MAX ((int64_t)24 * 3600)

/*
 * When the next mail may go: at or before `micros`, now.  In any 60 seconds at
 * most per_minute go, a tenth of them at once.
 */
int64_t lane_opens_at(const struct lane *lane, int64_t micros);

/* One goes now. */
void lane_take(struct lane *lane, int64_t micros);

/* The server works: it need not rest any more. */
void lane_worked(struct lane *lane);

/*
 * The server as a whole failed: it rests, with jitter (chance below
 * DELIVERY_CHANCES), or for as long as it asked, when wait_seconds is not 0.
 */
void lane_failed(struct lane *lane, int64_t micros, int64_t wait_seconds, uint32_t chance);

/* Whether it rests after a failure. */
bool lane_rests(const struct lane *lane, int64_t micros);

#endif
