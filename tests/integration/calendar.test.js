// Calendars over nginx: read by parsers of other people, on both sides of a
// change of clocks, followed through changes, the same from every worker.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readCalendar } from './calendar.js';
import { exchange } from './client.js';
import { startStack } from './stack.js';
import { ok, signIn } from './steps.js';
import { until } from './wait.js';

const calendar = '/feed/summer-triangle.ics';
const meetings = '/cohort/summer-triangle/organise/meetings';

describe('calendars', { timeout: 180000 }, () => {
	let stack;
	let organiser;
	let starts;

	before(async () => {
		stack = await startStack({ sample: true, environment: { GROUNDCREW_SANDBOX: 'required' } });
		starts = new Date(await stack.value(
			"SELECT starts_on FROM cohort WHERE slug = 'summer-triangle'"));
		organiser = await signIn(stack, await stack.value(`SELECT email FROM person
			JOIN member ON member.person_id = person.id JOIN cohort ON cohort.id = cohort_id
			WHERE slug = 'summer-triangle' AND role = 'organiser' LIMIT 1`));
	});
	after(async () => {
		organiser?.leave();
		await stack?.stop();
	});

	const get = (path = calendar, headers = {}) => exchange(stack, { path, headers });

	async function plan(title, date, time, more = {}) {
		const form = ok(await organiser.visit(meetings)).form('title');
		await ok(await form.fill({
			title, date, time, zone: 'Europe/Vienna', minutes: '60', audience: '4', ...more,
		}).submit(), title);
	}

	// A day so many days after the cohort's first.
	const day = (number) => new Date(starts.getTime() + number * 86400000)
		.toISOString().slice(0, 10);
	const named = (read, summary) => read.events.find((event) => event.summary === summary);

	it('two_parsers_read_the_same_dates_that_the_pages_tell', async () => {
		const cohorts = await stack.rows('SELECT * FROM cohort');
		assert.ok(cohorts.length >= 3);
		for (const cohort of cohorts) {
			const answer = await get(`/feed/${cohort.slug}.ics`);
			assert.equal(answer.status, 200);
			assert.equal(answer.headers['content-type'], 'text/calendar; charset=utf-8');
			assert.equal(answer.headers['cache-control'], 'public, max-age=60');
			assert.equal(answer.headers['set-cookie'], undefined);
			const read = await readCalendar(answer.body);
			assert.equal(read.version, '2.0');
			assert.ok(read.name.startsWith(cohort.name));
			assert.deepEqual(named(read, `Applications for ${cohort.name} open`).start,
				{ day: cohort.opens_on });
			assert.deepEqual(named(read, `Applications for ${cohort.name} close`).start,
				{ day: cohort.closes_on });
			assert.deepEqual(named(read, `${cohort.name} begins`).start, { day: cohort.starts_on });
			assert.equal(read.events.filter((event) => / week \d/.test(event.summary)).length, 9);
			assert.ok(read.events.every((event) => event.location === null), 'no link is told');
			assert.ok(named(read, 'Opening') && named(read, 'Opening').url.endsWith(cohort.slug));
		}
	});

	it('a_meeting_is_at_its_hour_on_both_sides_of_a_change_of_clocks', async () => {
		// The first last Sunday of March or October from then on.
		const change = Array.from({ length: 366 }, (_, number) => number).find((number) =>
			/-(?:03|10)-(?:2[5-9]|3[01])$/.test(day(number))
			&& new Date(day(number)).getUTCDay() === 0);
		const days = [change - 1, change, change + 1].map(day);
		for (const date of days) {
			await plan(`Clocks ${date}`, date, '19:00');
		}
		const read = await readCalendar((await get()).body, 'Europe/Vienna');
		for (const date of days) {
			assert.equal(named(read, `Clocks ${date}`).start.local, `${date} 19:00`);
			assert.equal(named(read, `Clocks ${date}`).end.local, `${date} 20:00`);
		}
		const hours = days.map((date) => named(read, `Clocks ${date}`).start.at.slice(11, 13));
		assert.equal(new Set(hours).size, 2, 'clocks did change between');
	});

	it('text_of_any_kind_arrives_whole', async () => {
		const title = 'Émile, 日本; \\o/ "quoted": 👩‍🚀👩‍🚀👩‍🚀 a title as long as titles may be, and longer than a line';
		await plan(title, day(30), '12:00');
		const read = await readCalendar((await get()).body);
		assert.ok(named(read, title));
	});

	it('a_change_is_told_under_the_same_uid_and_what_is_off_as_cancelled', async () => {
		await plan('Tea', day(32), '15:00');
		const first = await get();
		const was = named(await readCalendar(first.body), 'Tea');
		assert.equal((await get(calendar, { 'If-None-Match': first.headers.etag })).status, 304);
		const key = await stack.value("SELECT key FROM meeting WHERE title = 'Tea'");
		const form = ok(await organiser.visit(`${meetings}/${key}`)).form('title');
		ok(await form.fill({ time: '16:00' }).submit());
		const second = await get(calendar, { 'If-None-Match': first.headers.etag });
		assert.equal(second.status, 200);
		const changed = named(await readCalendar(second.body), 'Tea');
		assert.equal(changed.uid, was.uid);
		assert.equal(changed.sequence, was.sequence + 1);
		assert.equal(Date.parse(changed.start.at) - Date.parse(was.start.at), 3600000);
		ok(await ok(await organiser.visit(`${meetings}/${key}`)).form(/^Cancel/).submit());
		const third = named(await readCalendar((await get()).body), 'Tea');
		assert.deepEqual([third.uid, third.status, third.sequence],
			[was.uid, 'CANCELLED', was.sequence + 2]);
	});

	it('a_group_and_a_person_have_their_own', async () => {
		const member = (await stack.rows(`SELECT person.email, mentoring_group.name,
				meeting_zone AS zone, meeting_time AS time
			FROM placement JOIN member ON member.id = member_id
			JOIN person ON person.id = person_id
			JOIN mentoring_group ON mentoring_group.id = group_id
			JOIN cohort ON cohort.id = member.cohort_id
			WHERE cohort.slug = 'summer-triangle' AND role = 'djangonaut'
			AND placement.left_at IS NULL LIMIT 1`))[0];
		const person = await signIn(stack, member.email);
		for (const what of [/Calendar of the group/, /Your own calendar/]) {
			const form = ok(await person.visit('/cohort/me/addresses')).form(what);
			const shown = ok(await form.submit());
			const [, path] = new RegExp(`${stack.base}(/feed/[^<\\s"]+)`).exec(shown.text);
			const read = await readCalendar((await get(path)).body, member.zone);
			const standups = read.events.filter((event) => event.summary.startsWith('Stand-up'));
			assert.equal(standups.length, 9);
			for (const standup of standups) {
				assert.ok(standup.start.local.endsWith(` ${member.time}`), standup.start.local);
				assert.match(standup.location, /^https:/);
			}
			assert.ok(named(read, 'Opening').location);
			assert.equal(named(read, 'Halfway supper').status, 'CANCELLED');
			assert.equal(named(read, 'Navigators and captains compare notes'), undefined);
			assert.equal(named(read, 'Organisers: who needs a hand'), undefined);
		}
		person.leave();
	});

	it('every_worker_sends_the_same_bytes_also_after_it_was_replaced', async () => {
		const answers = await Promise.all(Array.from({ length: 12 }, () => get()));
		const { etag } = answers[0].headers;
		assert.ok(answers.every((answer) => answer.headers.etag === etag
			&& answer.body.equals(answers[0].body)));
		const packed = await get(calendar, { 'Accept-Encoding': 'gzip' });
		assert.ok(gunzipSync(packed.body).equals(answers[0].body));
		const old = await stack.workers('feed');
		for (const id of old) {
			process.kill(id, 'SIGTERM');
		}
		await until('other workers', async () => {
			const now = await stack.workers('feed');
			return now.length === old.length && now.every((id) => !old.includes(id));
		});
		for (let i = 0; i < 4; i++) {
			assert.equal((await get()).headers.etag, etag);
		}
	});

	it('a_worker_opens_no_file_to_write_a_calendar', async () => {
		const trace = join(stack.folder, 'trace');
		const workers = await stack.workers('feed');
		const strace = spawn('strace', ['-f', '-e', 'trace=open,openat,openat2', '-o', trace,
			...workers.flatMap((id) => ['-p', String(id)])], { stdio: ['ignore', 'ignore', 'pipe'] });
		let said = '';
		strace.stderr.setEncoding('utf8').on('data', (part) => {
			said += part;
		});
		await until('strace to attach', () =>
			(said.match(/attached/g) ?? []).length >= workers.length);
		await plan('Traced', day(33), '12:00');
		for (let i = 0; i < 8; i++) {
			assert.equal((await get()).status, 200);
		}
		const closed = new Promise((done) => strace.once('close', done));
		strace.kill('SIGINT');
		await closed;
		const opened = (await readFile(trace, 'utf8')).split('\n')
			.filter((line) => /open/.test(line) && !line.includes(stack.folder));
		assert.deepEqual(opened, []);
	});
});
