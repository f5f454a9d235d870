#include "model/lane.h"

#include "model/delivery.h"

#define MICROS ((int64_t)1000000)
#define MINUTE_MICROS (60 * MICROS)

/* How many may go at once. */
static int64_t
burst(const struct lane *lane)
{
	return lane->per_minute < 20 ? 1 : lane->per_minute / 10;
}

/* What one costs, so that a burst and what trickles in after it stay below
 * the limit together. */
static int64_t
cost(const struct lane *lane)
{
	int64_t trickle = lane->per_minute - burst(lane);

	return MINUTE_MICROS / (trickle < 1 ? 1 : trickle);
}

int64_t
lane_opens_at(const struct lane *lane, int64_t micros)
{
	int64_t opens = micros;

	if (lane->per_minute > 0 && lane->full_at - (burst(lane) - 1) * cost(lane) > opens) {
		opens = lane->full_at - (burst(lane) - 1) * cost(lane);
	}
	return lane->rests_until > opens ? lane->rests_until : opens;
}

void
lane_take(struct lane *lane, int64_t micros)
{
	if (lane->per_minute > 0) {
		lane->full_at = (lane->full_at > micros ? lane->full_at : micros) + cost(lane);
	}
}

void
lane_worked(struct lane *lane)
{
	lane->failures = 0;
	lane->rests_until = 0;
}

void
lane_failed(struct lane *lane, int64_t micros, int64_t wait_seconds, uint32_t chance)
{
	int64_t seconds = LANE_REST_SECONDS;

	for (unsigned i = 0; i < lane->failures && seconds < LANE_REST_SECONDS_MAX; i++) {
		seconds *= 2;
	}
	if (seconds > LANE_REST_SECONDS_MAX) {
		seconds = LANE_REST_SECONDS_MAX;
	}
	seconds = delivery_jitter(seconds, chance);
	if (wait_seconds > 0) {
		seconds =
		    wait_seconds > LANE_WAIT_SECONDS_MAX ? LANE_WAIT_SECONDS_MAX : wait_seconds;
	}
	lane->failures++;
	lane->rests_until = micros + seconds * MICROS;
}

bool
lane_rests(const struct lane *lane, int64_t micros)
{
	return lane->rests_until > micros;
}
