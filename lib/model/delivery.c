#include "model/delivery.h"

#include <stddef.h>
#include <string.h>

#include "db/db.h"

static const char *const words[DELIVERY_PROBLEMS] = {
	[DELIVERY_REFUSED] = "refused",
	[DELIVERY_NO_MAILBOX] = "no_mailbox",
	[DELIVERY_FULL] = "full",
	[DELIVERY_POLICY] = "policy",
	[DELIVERY_TOO_BIG] = "too_big",
	[DELIVERY_BUSY] = "busy",
	[DELIVERY_UNREACHABLE] = "unreachable",
	[DELIVERY_DROPPED] = "dropped",
	[DELIVERY_TIMEOUT] = "timeout",
	[DELIVERY_NO_TLS] = "no_tls",
	[DELIVERY_CERTIFICATE] = "certificate",
	[DELIVERY_SIGN_IN_REFUSED] = "sign_in_refused",
	[DELIVERY_GONE] = "gone",
	[DELIVERY_NOT_ALLOWED] = "not_allowed",
	[DELIVERY_NOT_WRITTEN] = "not_written",
	[DELIVERY_UNSENDABLE] = "unsendable",
	[DELIVERY_POINTLESS] = "pointless",
	[DELIVERY_GAVE_UP] = "gave_up",
};

const char *
delivery_word(enum delivery_problem problem)
{
	return words[problem];
}

enum delivery_problem
delivery_problem_read(const char *word)
{
	for (int problem = DELIVERY_REFUSED; word != NULL && problem < DELIVERY_PROBLEMS;
	     problem++) {
		if (strcmp(words[problem], word) == 0) {
			return (enum delivery_problem)problem;
		}
	}
	return DELIVERY_NO_PROBLEM;
}

int64_t
delivery_jitter(int64_t seconds, uint32_t chance)
{
	int64_t spread = seconds * 2 / 5;

	return seconds - seconds / 5 + spread * (int64_t)chance / (int64_t)DELIVERY_CHANCES;
}

int64_t
delivery_pause(int64_t attempts, uint32_t chance)
{
	int64_t seconds = DELIVERY_PAUSE_SECONDS;

	for (; attempts > 1 && seconds < DELIVERY_PAUSE_SECONDS_MAX; attempts--) {
		seconds *= 2;
	}
	if (seconds > DELIVERY_PAUSE_SECONDS_MAX) {
		seconds = DELIVERY_PAUSE_SECONDS_MAX;
	}
	return delivery_jitter(seconds, chance);
}

static int64_t
patience(const char *kind)
{
	return strcmp(kind, "sign_in") == 0 ? DELIVERY_PATIENCE_SECONDS_SIGN_IN
					    : DELIVERY_PATIENCE_SECONDS;
}

bool
delivery_is_stale(const struct delivery_history *history, int64_t now)
{
	int64_t since = history->due_at;

	if (history->first_tried_at != DB_NULL && history->first_tried_at < since) {
		since = history->first_tried_at;
	}
	return strcmp(history->kind, "sign_in") == 0 &&
	    now - since > DELIVERY_PATIENCE_SECONDS_SIGN_IN;
}

/* Later, unless patience is at its end. */
static void
step_later(struct delivery_step *step, const char *kind, int64_t now, int64_t due_at)
{
	int64_t last = step->first_tried_at + patience(kind);

	if (now >= last) {
		step->state = "failed";
		step->problem = DELIVERY_GAVE_UP;
		return;
	}
	step->state = "queued";
	step->due_at = due_at > last ? last : due_at;
}

struct delivery_step
delivery_next(const struct delivery_history *history, const struct delivery *delivery, int64_t now,
    uint32_t chance)
{
	struct delivery_step step = {
		.state = "queued",
		.problem = delivery->problem,
		.attempts = history->attempts,
		.first_tried_at =
		    history->first_tried_at == DB_NULL ? now : history->first_tried_at,
		.due_at = history->due_at,
	};
	int64_t pause;

	switch (delivery->outcome) {
	case DELIVERY_ACCEPTED:
		step.state = "sent";
		step.first_tried_at = history->first_tried_at;
		return step;
	case DELIVERY_PERMANENT:
		step.state = "failed";
		step.attempts++;
		return step;
	case DELIVERY_STOPPED:
		step.first_tried_at = history->first_tried_at;
		return step;
	case DELIVERY_HOST:
		if (!delivery->counts) {
			step_later(&step, history->kind, now, history->due_at);
			return step;
		}
		break;
	case DELIVERY_TEMPORARY:
		break;
	}
	step.attempts++;
	pause = delivery_pause(step.attempts, chance);
	step_later(&step, history->kind, now,
	    now + (delivery->wait_seconds > pause ? delivery->wait_seconds : pause));
	return step;
}
