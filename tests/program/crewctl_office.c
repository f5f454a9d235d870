#include "crewctl_office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/db.h"
#include "ground/arena.h"
#include "ground/bytes.h"

int64_t office_now;
int64_t office_micros;

static int64_t
now(void)
{
	return office_now;
}

static int64_t
micros(void)
{
	return office_micros;
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
	struct office *office = object;
	struct handed *handed = &office->handed[office->count];

	(void)arena;
	assert_true(office->count < HANDED_MAX);
	assert_false(db_in_transaction(office->crewctl.db));
	handed->id = parcel->outbox.id;
	keep_line(handed->id_line, sizeof handed->id_line,
	    parcel->message == NULL ? NULL : parcel->message->data, "Message-ID:");
	keep_line(handed->to, sizeof handed->to, parcel->to, "");
	memcpy(handed->token, parcel->letter.token, TOKEN_LENGTH + 1);
	if (office->meanwhile != NULL) {
		office->meanwhile(office);
	}
	return office->count++ == 0 ? office->first : office->rest;
}

static const struct program no_program = { .name = "crewctl" };

static void
courier_new(struct office *office)
{
	courier_begin(&office->courier, &office->crewctl, 0);
	office->courier.carrier = (struct carrier){ .deliver = carry, .object = office };
	office->courier.ended = &office->ended;
	office->courier.now = now;
	office->courier.micros = micros;
}

int
office_set_up(void **state)
{
	struct harness *harness = harness_new(&no_program);
	struct office *office = arena_alloc(harness_arena(harness), sizeof *office);

	office->harness = harness;
	office->site = *harness_site(harness);
	office->crewctl = (struct crewctl){ .arena = arena_new(),
		.site = &office->site,
		.db = harness_db(harness),
		.now = HARNESS_NOW };
	office->first = office->rest =
	    (struct delivery){ .outcome = DELIVERY_ACCEPTED, .answer = "250 2.0.0 Ok" };
	office_now = HARNESS_NOW;
	office_micros = 1000000;
	courier_new(office);
	harness_run_sql(harness,
	    "INSERT INTO person (id, email, email_key, name, name_key, zone, created_at) VALUES"
	    " (101, 'vega@example.org', 'vega@example.org', 'Vega', 'vega', 'UTC', 1795330800);");
	*state = office;
	return 0;
}

int
office_tear_down(void **state)
{
	struct office *office = *state;
	struct arena *arena = office->crewctl.arena;

	courier_end(&office->courier);
	arena_free(arena);
	harness_free(office->harness);
	return 0;
}

void
office_queue(struct office *office, int64_t id, const char *kind, const char *due)
{
	harness_run_sql(office->harness,
	    arena_format(harness_arena(office->harness),
		"INSERT INTO outbox (id, reason, kind, urgency, recipient, parameters, due_at,"
		" created_at) SELECT %lld, '%s:%lld', kind, urgency, 'vega@example.org',"
		" '{\"person\":\"101\"}', 1795330800 %s, 1795330800 FROM mail_kind"
		" WHERE kind = '%s';",
		(long long)id, kind, (long long)id, due, kind));
}

void
office_expect(struct office *office, const char *sql, int64_t number)
{
	int64_t got = harness_number(office->harness, sql);

	if (got != number) {
		fail_msg("%s: %lld, not %lld", sql, (long long)got, (long long)number);
	}
}

void
office_send_due(struct office *office)
{
	assert_true(courier_send_due(&office->courier));
}

void
office_replace_courier(struct office *office)
{
	struct courier killed = office->courier;

	courier_new(office);
	courier_end(&killed);
}
