#include "round.h"

#include <stdio.h>

enum stream { QUALITY = 1, STRICTNESS, TURN, READING, POINTS, LEVEL, EVENING, STAR };

static const int weights[ROUND_CRITERIA] = { 3, 2, 1 };

/* splitmix64 of the seed and of what the number is for. */
static uint64_t
draw(const struct round *round, enum stream stream, int first, int second)
{
	uint64_t mixed = round->seed;
	const uint64_t parts[] = { (uint64_t)stream, (uint64_t)first, (uint64_t)second };
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		mixed += UINT64_C(0x9e3779b97f4a7c15) * (parts[i] + 1);
		mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
		mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
		mixed ^= mixed >> 31;
	}
	return mixed;
}

/* As good as normal, of mean 0 and deviation 1000: twelve times 0 to 999. */
static int
normal(const struct round *round, enum stream stream, int first, int second)
{
	int sum = -12 * 999 / 2;
	int i;

	for (i = 0; i < 12; i++) {
		sum += (int)(draw(round, stream, first, second * 12 + i) % 1000);
	}
	return sum;
}

int
round_quality(const struct round *round, int application)
{
	return 5500 + normal(round, QUALITY, application, 0) * 3 / 2;
}

int
round_strictness(const struct round *round, int reviewer)
{
	return normal(round, STRICTNESS, reviewer, 0) * 5 / 4;
}

/* The reviewers in an order of each application's own, by drawing lots. */
int
round_reviewer(const struct round *round, int application, int nth)
{
	int taken[99] = { 0 };
	int turn, at = 0;

	for (turn = 0; turn <= nth; turn++) {
		at = (int)(draw(round, TURN, application, turn) % (uint64_t)round->reviewers);
		while (taken[at] != 0) {
			at = (at + 1) % round->reviewers;
		}
		taken[at] = 1;
	}
	return at;
}

bool
round_is_reviewed(const struct round *round, int application, int nth)
{
	return !round->is_under_way || application % 7 != 3 || nth + 1 < round->reviews;
}

int
round_points(const struct round *round, int application, int nth, int criterion)
{
	int reviewer = round_reviewer(round, application, nth);
	int points = round_quality(round, application) + round_strictness(round, reviewer) +
	    normal(round, READING, application, nth) * 3 / 5 +
	    normal(round, POINTS, application, nth * ROUND_CRITERIA + criterion);

	points = (points + 500) / 1000;
	return points < 0 ? 0 : points > 10 ? 10 : points;
}

int
round_score(const struct round *round, int application, int nth)
{
	int sum = 0, weight = 0;
	int i;

	for (i = 0; i < ROUND_CRITERIA; i++) {
		sum += weights[i] * round_points(round, application, nth, i);
		weight += weights[i];
	}
	return (sum * 1000 + weight / 2) / weight;
}

void
round_key(char key[ROUND_NAME], int application)
{
	(void)snprintf(key, ROUND_NAME, "round%04d", application);
}

void
round_address(char address[ROUND_NAME], int reviewer)
{
	(void)snprintf(address, ROUND_NAME, "reader%02d@round.example.org", reviewer);
}

/* ---- statements, a piece of them at a time ---- */

struct writing {
	const struct round *round;
	round_out *out;
	void *context;
	size_t length;
	char text[1 << 16];
};

enum { LINE = 2048 };

/* The beginning of the next row, after what begins the statement. */
static void
row_begin(struct writing *writing, const char *head)
{
	if (writing->length == 0) {
		writing->length = (size_t)snprintf(writing->text, LINE, "%s", head);
	} else {
		writing->text[writing->length++] = ',';
	}
}

static void
statement_end(struct writing *writing, const char *tail)
{
	if (writing->length > 0) {
		(void)snprintf(writing->text + writing->length,
		    sizeof(writing->text) - writing->length, "%s;", tail);
		writing->out(writing->context, writing->text);
		writing->length = 0;
	}
}

/* A row of the statement is in `line`; it is sent before it grows too long. */
static void
row_add(struct writing *writing, const char *head, const char *line, const char *tail)
{
	row_begin(writing, head);
	writing->length += (size_t)snprintf(
	    writing->text + writing->length, sizeof(writing->text) - writing->length, "%s", line);
	if (writing->length + 2 * LINE > sizeof(writing->text)) {
		statement_end(writing, tail);
	}
}

static void
statement(struct writing *writing, const char *text)
{
	writing->out(writing->context, text);
}

static void
write_people(struct writing *writing)
{
	static const char head[] =
	    "INSERT INTO person (email, email_key, name, name_key, created_at) VALUES ";
	const struct round *round = writing->round;
	char line[LINE], address[ROUND_NAME];
	int i;

	for (i = 0; i < round->applications; i++) {
		(void)snprintf(line, LINE,
		    "('round%04d@round.example.org', 'round%04d@round.example.org',"
		    " 'Applicant %d', 'applicant %d', %lld)",
		    i, i, i, i, (long long)round->now - 864000);
		row_add(writing, head, line, "");
	}
	for (i = 0; i < round->reviewers; i++) {
		round_address(address, i);
		(void)snprintf(line, LINE, "('%s', '%s', 'Reader %d', 'reader %d', %lld)", address,
		    address, i, i, (long long)round->now - 864000);
		row_add(writing, head, line, "");
	}
	statement_end(writing, "");
	(void)snprintf(line, LINE,
	    "INSERT INTO reviewer (cohort_id, person_id, appointed_at)"
	    " SELECT %lld, id, %lld FROM person WHERE email_key GLOB 'reader*@round.example.org';"
	    "UPDATE cohort SET reviews_wanted = %d WHERE id = %lld;",
	    (long long)round->cohort_id, (long long)round->now - 864000, round->reviews,
	    (long long)round->cohort_id);
	statement(writing, line);
}

/* Two evenings of the week, three hours each, as a clock of UTC shows them. */
static void
hours(const struct round *round, int application, char hex[85])
{
	int first = (int)(draw(round, EVENING, application, 0) % 6);
	int i;

	for (i = 0; i < 84; i++) {
		hex[i] = i / 12 == first || i / 12 == first + 1 ? "0000000000fc"[i % 12] : '0';
	}
	hex[84] = '\0';
}

static void
application_line(const struct round *round, int i, const char *cohort, const char *mark,
    int64_t submitted_at, char line[LINE])
{
	static const char *const stars[] = { "Altair", "Bellatrix", "Capella", "Deneb", "Electra",
		"Fomalhaut", "Gacrux", "Hadar" };
	static const char *const zones[] = { "UTC", "Africa/Accra", "Europe/London",
		"Europe/Lisbon" };
	char hex[85];

	hours(round, i, hex);
	/* A number that says nothing of the order: 9973 is prime. */
	(void)snprintf(line, LINE,
	    "('%s%04d', '%s-%04d', (%s), (SELECT id FROM person WHERE email_key ="
	    " 'round%04d@round.example.org'), 'round%04d@round.example.org',"
	    " 'round%04d@round.example.org', 'Applicant %d', 'applicant %d', '%s', %d, '%s',"
	    " '%s', %lld, %lld, %lld, %lld, '%s %d')",
	    mark, i, mark, i, cohort, i, i, i, i, i, zones[i % 4],
	    (int)(draw(round, LEVEL, i, 0) % 4) + 1, hex, hex, (long long)submitted_at,
	    (long long)submitted_at, (long long)submitted_at, (long long)submitted_at,
	    stars[draw(round, STAR, i, 0) % 8], 10 + i * 7919 % 9973);
}

static const char application_head[] =
    "INSERT INTO application (key, reference, cohort_id, person_id, email, email_key, name,"
    " name_key, zone, level, hours, hours_utc, submitted_at, changed_at,"
    " confirm_until, confirmed_at, call_sign) VALUES ";

static void
write_applications(struct writing *writing)
{
	const struct round *round = writing->round;
	char line[LINE], cohort[ROUND_NAME];
	int i;

	(void)snprintf(cohort, ROUND_NAME, "%lld", (long long)round->cohort_id);
	for (i = 0; i < round->applications; i++) {
		application_line(round, i, cohort, "round", round->now - 604800 + i, line);
		row_add(writing, application_head, line, "");
	}
	statement_end(writing, "");
	(void)snprintf(line, LINE,
	    "INSERT INTO application_project (application_id, project_id)"
	    " SELECT application.id, project.id FROM application JOIN project"
	    " ON project.cohort_id = application.cohort_id WHERE application.cohort_id = %lld"
	    " AND application.key GLOB 'round*'"
	    " AND (application.id * 31 + project.id * 17) %% 3 = 0;",
	    (long long)round->cohort_id);
	statement(writing, line);
}

/* What was asked and is no choice is answered with some hundred words. */
static void
write_answers(struct writing *writing)
{
	char line[LINE];

	(void)snprintf(line, LINE,
	    "INSERT INTO application_answer (application_id, item_id, wording_id, value)"
	    " SELECT application.id, item.id, (SELECT max(id) FROM item_wording"
	    " WHERE item_wording.item_id = item.id), replace(hex(zeroblob(60)), '00',"
	    " 'It is a pleasure. ') || application.id FROM application JOIN questionnaire"
	    " ON questionnaire.cohort_id = application.cohort_id"
	    " AND questionnaire.purpose = 'apply' JOIN questionnaire_item AS item"
	    " ON item.questionnaire_id = questionnaire.id AND item.kind IN ('short', 'long')"
	    " WHERE application.cohort_id = %lld AND application.key GLOB 'round*';",
	    (long long)writing->round->cohort_id);
	statement(writing, line);
}

static void
write_criteria(struct writing *writing)
{
	char line[LINE];
	int i;

	for (i = 0; i < ROUND_CRITERIA; i++) {
		(void)snprintf(line, LINE,
		    "INSERT INTO criterion (cohort_id, name, weight, position)"
		    " VALUES (%lld, 'Criterion %d', %d, %d);",
		    (long long)writing->round->cohort_id, i + 1, weights[i], i + 1);
		statement(writing, line);
	}
}

static void
write_reviews(struct writing *writing)
{
	const struct round *round = writing->round;
	char line[LINE], tail[LINE], key[ROUND_NAME], address[ROUND_NAME];
	int i, nth;

	(void)snprintf(tail, LINE,
	    ") INSERT INTO review (application_id, person_id, taken_at, finished_at, score, note,"
	    " is_flagged) SELECT application.id, person.id, %lld + at, %lld + at, score,"
	    " 'Reads well.', flag FROM made JOIN application ON application.key = made.key"
	    " JOIN person ON person.email_key = made.address",
	    (long long)round->now - 500000, (long long)round->now - 499000);
	for (i = 0; i < round->applications; i++) {
		for (nth = 0; nth < round->reviews; nth++) {
			if (!round_is_reviewed(round, i, nth)) {
				continue;
			}
			round_key(key, i);
			round_address(address, round_reviewer(round, i, nth));
			(void)snprintf(line, LINE, "('%s','%s',%d,%d,%d)", key, address,
			    round_score(round, i, nth), i, i % 40 == 7 && nth == 0);
			row_add(writing, "WITH made (key, address, score, at, flag) AS (VALUES ",
			    line, tail);
		}
	}
	statement_end(writing, tail);
}

static void
write_scores(struct writing *writing)
{
	static const char tail[] =
	    ") INSERT INTO review_score (review_id, criterion_id, score)"
	    " SELECT review.id, criterion.id, made.score FROM made JOIN application"
	    " ON application.key = made.key JOIN person ON person.email_key = made.address"
	    " JOIN review ON review.application_id = application.id"
	    " AND review.person_id = person.id JOIN criterion"
	    " ON criterion.cohort_id = application.cohort_id"
	    " AND criterion.position = made.position";
	const struct round *round = writing->round;
	char line[LINE], key[ROUND_NAME], address[ROUND_NAME];
	int i, nth, part;

	for (i = 0; i < round->applications; i++) {
		for (nth = 0; nth < round->reviews; nth++) {
			round_key(key, i);
			round_address(address, round_reviewer(round, i, nth));
			for (part = 0; part < ROUND_CRITERIA; part++) {
				if (!round_is_reviewed(round, i, nth)) {
					continue;
				}
				(void)snprintf(line, LINE, "('%s','%s',%d,%d)", key, address,
				    part + 1, round_points(round, i, nth, part));
				row_add(writing,
				    "WITH made (key, address, position, score) AS (VALUES ", line,
				    tail);
			}
		}
	}
	statement_end(writing, tail);
}

/* The cohort "round-earlier", a year before. */
static void
write_earlier(struct writing *writing)
{
	const struct round *round = writing->round;
	char line[LINE];
	int i;

	(void)snprintf(line, LINE,
	    "INSERT INTO cohort (slug, name, goal, feed_key, published_at, opens_on, closes_on,"
	    " starts_on, opens_at, closes_at, starts_at, ends_at, weeks,"
	    " djangonauts_per_navigator, djangonauts_per_group, seats, created_at)"
	    " SELECT 'round-earlier', 'The year before', goal, 'round-earlier',"
	    " opens_at - 31536000, date(opens_on, '-365 days'), date(closes_on, '-365 days'),"
	    " date(starts_on, '-365 days'), opens_at - 31536000, closes_at - 31536000,"
	    " starts_at - 31536000, ends_at - 31536000, weeks, djangonauts_per_navigator,"
	    " djangonauts_per_group, seats, created_at - 31536000 FROM cohort WHERE id = %lld;",
	    (long long)round->cohort_id);
	statement(writing, line);
	for (i = 0; i < round->applications; i += 5) {
		application_line(round, i, "SELECT id FROM cohort WHERE slug = 'round-earlier'",
		    "early", round->now - 31536000 - i, line);
		row_add(writing, application_head, line, "");
	}
	statement_end(writing, "");
	statement(writing,
	    "UPDATE application SET standing = 'waitlisted', waitlist_position = id"
	    " WHERE key GLOB 'early???0'; UPDATE application SET standing = 'closed'"
	    " WHERE key GLOB 'early???0';");
}

void
round_write(const struct round *round, round_out *out, void *context)
{
	static struct writing writing;

	writing = (struct writing){ .round = round, .out = out, .context = context };
	write_people(&writing);
	write_applications(&writing);
	write_answers(&writing);
	write_criteria(&writing);
	write_reviews(&writing);
	write_scores(&writing);
	if (round->has_earlier) {
		write_earlier(&writing);
	}
}
