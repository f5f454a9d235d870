#include "crewctl_carrier.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/db.h"
#include "ground/arena.h"
#include "ground/bytes.h"

int64_t carrier_now;
int64_t carrier_micros;

static int64_t
now(void)
{
	return carrier_now;
}

static int64_t
micros(void)
{
	return carrier_micros;
}

static void
keep_line(char *out, size_t room, const char *text, const char *name)
{
	const char *line = text == NULL ? NULL : strstr(text, name);
	size_t length = line == NULL ? 0 : strcspn(line, "\r\n");

	length = length < room ? length : room - 1;
	if (line != NULL) {
		memcpy(out, line, length);
	}
	out[length] = '\0';
}

static struct delivery
carry(void *object, struct arena *arena, const struct parcel *parcel)
{
	struct round *round = object;
	struct handed *handed = &round->handed[round->count];

	(void)arena;
	assert_true(round->count < HANDED_MAX);
	assert_false(db_in_transaction(round->crewctl.db));
	handed->id = parcel->outbox.id;
	keep_line(handed->id_line, sizeof handed->id_line,
	    parcel->message == NULL ? NULL : parcel->message->data, "Message-ID:");
	keep_line(handed->to, sizeof handed->to, parcel->to, "");
	keep_line(handed->hub, sizeof handed->hub, parcel->hub, "");
	keep_line(handed->payload, sizeof handed->payload, parcel->letter.payload, "");
	memcpy(handed->token, parcel->letter.token, TOKEN_LENGTH + 1);
	if (round->meanwhile != NULL) {
		round->meanwhile(round);
	}
	return round->count++ == 0 ? round->first : round->rest;
}

static const struct program no_program = { .name = "crewctl" };

static void
courier_new(struct round *round)
{
	courier_begin(&round->courier, &round->crewctl, 0);
	round->courier.carrier = (struct carrier){ .deliver = carry, .object = round };
	round->courier.ended = &round->ended;
	round->courier.now = now;
	round->courier.micros = micros;
}

int
carrier_set_up(void **state)
{
	struct harness *harness = harness_new(&no_program);
	struct round *round = arena_alloc(harness_arena(harness), sizeof *round);

	round->harness = harness;
	round->site = *harness_site(harness);
	round->crewctl = (struct crewctl){ .arena = arena_new(),
		.site = &round->site,
		.db = harness_db(harness),
		.now = HARNESS_NOW };
	round->first = round->rest =
	    (struct delivery){ .outcome = DELIVERY_ACCEPTED, .answer = "250 2.0.0 Ok" };
	carrier_now = HARNESS_NOW;
	carrier_micros = 1000000;
	courier_new(round);
	harness_run_sql(harness,
	    "INSERT INTO person (id, email, email_key, name, name_key, zone, created_at) VALUES"
	    " (101, 'vega@example.org', 'vega@example.org', 'Vega', 'vega', 'UTC', 1795330800);");
	*state = round;
	return 0;
}

int
carrier_tear_down(void **state)
{
	struct round *round = *state;
	struct arena *arena = round->crewctl.arena;

	courier_end(&round->courier);
	arena_free(arena);
	harness_free(round->harness);
	return 0;
}

void
carrier_queue(struct round *round, int64_t id, const char *kind, const char *due)
{
	harness_run_sql(round->harness,
	    arena_format(harness_arena(round->harness),
		"INSERT INTO outbox (id, reason, kind, urgency, recipient, parameters, due_at,"
		" created_at) SELECT %lld, '%s:%lld', kind, urgency, 'vega@example.org',"
		" '{\"person\":\"101\"}', 1795330800 %s, 1795330800 FROM mail_kind"
		" WHERE kind = '%s';",
		(long long)id, kind, (long long)id, due, kind));
}

void
carrier_expect(struct round *round, const char *sql, int64_t number)
{
	int64_t got = harness_number(round->harness, sql);

	if (got != number) {
		fail_msg("%s: %lld, not %lld", sql, (long long)got, (long long)number);
	}
}

void
carrier_send_due(struct round *round)
{
	assert_true(courier_send_due(&round->courier));
}

void
carrier_replace_courier(struct round *round)
{
	struct courier killed = round->courier;

	courier_new(round);
	courier_end(&killed);
}
