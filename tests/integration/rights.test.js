// Safety: who may see what, from outside; that reading changes nothing; that
// no secret is in any log.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exchange } from './client.js';
import { freshAddress } from './people.js';
import { startStack } from './stack.js';
import { applicationForm, apply, confirmApplication, ok, openCohort, signIn } from './steps.js';
import { until } from './wait.js';

describe('rights', { timeout: 300000 }, () => {
	let stack;
	let place;
	const people = {};

	// Someone who sits in this group in this role and in no other of its cohort.
	const memberOf = (group, role) => stack.value(`SELECT person.email FROM placement
		JOIN member ON member.id = placement.member_id
		JOIN person ON person.id = member.person_id
		WHERE placement.group_id = ${group} AND member.role = '${role}'
		AND placement.left_at IS NULL AND (SELECT count(*) FROM placement AS other
			JOIN member AS again ON again.id = other.member_id
			WHERE again.person_id = person.id AND other.left_at IS NULL
			AND again.cohort_id = member.cohort_id AND other.group_id <> ${group}) = 0
		AND NOT EXISTS (SELECT 1 FROM member AS organiser
			WHERE organiser.person_id = person.id AND organiser.role = 'organiser')
		ORDER BY person.id LIMIT 1`);

	async function addPerson(email, role, cohort) {
		const now = Math.floor(Date.now() / 1000);
		await stack.write(`INSERT INTO person (email, email_key, name, name_key, created_at)
			VALUES ('${email}', '${email}', 'Extra', 'extra', ${now});
			INSERT INTO member (cohort_id, person_id, role, joined_at)
			VALUES (${cohort}, (SELECT id FROM person WHERE email = '${email}'), '${role}', ${now});`);
	}

	before(async () => {
		stack = await startStack({ sample: true });
		const now = Math.floor(Date.now() / 1000);
		const running = await stack.rows(`SELECT id, slug FROM cohort WHERE starts_at <= ${now} AND ends_at > ${now}`);
		const [cohort] = running;
		const groups = await stack.rows(`SELECT id, slug FROM mentoring_group WHERE cohort_id = ${cohort.id} ORDER BY id`);
		const [a, b] = groups;
		const other = await stack.value(`SELECT id FROM cohort WHERE id <> ${cohort.id} ORDER BY id DESC`);
		const week = await stack.value(`SELECT max(week) FROM standup JOIN check_in ON check_in.standup_id = standup.id
			WHERE group_id = ${a.id}`);
		place = { cohort, a, b, week,
			question: await stack.value(`SELECT question.key FROM question JOIN standup ON standup.id = standup_id
				WHERE group_id = ${a.id} AND question.audience <= 2 LIMIT 1`),
			application: await stack.value('SELECT key FROM application WHERE confirmed_at IS NOT NULL ORDER BY id DESC LIMIT 1'),
			applied: await stack.value('SELECT cohort.slug FROM application JOIN cohort ON cohort.id = cohort_id WHERE confirmed_at IS NOT NULL ORDER BY application.id DESC LIMIT 1'),
			open: await openCohort(stack) };
		const address = {
			djangonautA: await memberOf(a.id, 'djangonaut'), djangonautB: await memberOf(b.id, 'djangonaut'),
			navigatorA: await memberOf(a.id, 'navigator'), navigatorB: await memberOf(b.id, 'navigator'),
			organiser: await stack.value(`SELECT email FROM person JOIN member ON member.person_id = person.id
				WHERE role = 'organiser' AND cohort_id = ${cohort.id} LIMIT 1`),
			captainB: freshAddress('captain'), otherOrganiser: freshAddress('elsewhere'),
		};
		await addPerson(address.otherOrganiser, 'organiser', other);
		await addPerson(address.captainB, 'captain', cohort.id);
		await stack.write(`INSERT INTO placement (group_id, member_id, placed_at) VALUES (${b.id},
			(SELECT member.id FROM member JOIN person ON person.id = person_id
				WHERE email = '${address.captainB}'), ${now})`);
		for (const [name, email] of Object.entries(address)) {
			assert.ok(email, `the sample has a ${name}`);
			people[name] = await signIn(stack, email);
		}
		people.anonymous = stack.person();
		// By the mailed link one reaches the own application alone.
		people.linked = stack.person();
		const email = freshAddress('applicant');
		ok(await apply(people.linked, place.open, 'Applicant', email));
		place.own = (await confirmApplication(stack, people.linked, email)).path;
		people.applicant = await signIn(stack, email);
	});
	after(async () => stack?.stop());

	const everybody = ['anonymous', 'linked', 'applicant', 'djangonautA', 'djangonautB',
		'navigatorA', 'navigatorB', 'captainB', 'organiser', 'otherOrganiser'];

	// [path, who may see it]; others get 404, a stranger – and whoever has come by
	// the link of an application, which is no sign-in – the sign-in page.
	const strangers = ['anonymous', 'linked'];

	function routes() {
		const { cohort, a, b, week } = place;
		const public_ = everybody;
		const members = ['djangonautA', 'djangonautB', 'navigatorA', 'navigatorB', 'captainB', 'organiser'];
		const signedIn = everybody.filter((one) => !strangers.includes(one));
		const groupA = ['djangonautA', 'navigatorA', 'organiser'];
		const groupB = ['djangonautB', 'navigatorB', 'captainB', 'organiser'];
		return [
			['/', public_], ['/cohort/', public_], ['/apply/', public_], ['/feed/', public_],
			['/feed/all.atom', public_], [`/feed/${cohort.slug}.atom`, public_],
			['/cohort/sign-in', public_], [`/cohort/${cohort.slug}`, public_],
			[`/apply/${place.open}`, public_],
			[`/cohort/${cohort.slug}/group/${a.slug}`, public_],
			['/cohort/me', signedIn], ['/standup/', signedIn],
			[`/cohort/${cohort.slug}/members`, members],
			[`/standup/${cohort.slug}/${a.slug}`, groupA],
			[`/standup/${cohort.slug}/${a.slug}/${week}`, groupA],
			[`/standup/${cohort.slug}/${b.slug}`, groupB],
			[`/standup/${cohort.slug}/${b.slug}/${week}`, groupB],
			[`/cohort/${cohort.slug}/organise`, ['organiser']],
			[`/cohort/${cohort.slug}/organise/applications`, ['organiser']],
			[`/cohort/${cohort.slug}/organise/groups`, ['organiser']],
			[`/cohort/${cohort.slug}/organise/groups/new`, ['organiser']],
			[`/cohort/${cohort.slug}/organise/groups/${a.slug}`, ['organiser']],
			[`/apply/mine/${place.application}`, []],
			[place.own, ['linked', 'applicant']],
			['/cohort/new', ['organiser', 'otherOrganiser']],
			['/cohort/no-such-cohort', []], [`/cohort/${cohort.slug}/group/none`, []],
			[`/standup/${cohort.slug}/${a.slug}/99`, []], [`/standup/${cohort.slug}/none/1`, []],
			['/standup/no-such/none/1', []], ['/cohort/no-such-cohort/organise', []],
		];
	}

	const strangersMayAsk = /^\/cohort\/(no-such-cohort|[^/]+\/group\/none)$/;

	it('safety_30_own_404_for_what_is_not_ones_own_sign_in_for_a_stranger', async () => {
		const wrong = [];
		for (const [path, allowed] of routes()) {
			for (const name of everybody) {
				const answer = await people[name].request('GET', path);
				const expected = allowed.includes(name) ? 200
					: strangers.includes(name) && !strangersMayAsk.test(path) ? 303 : 404;
				if (answer.status !== expected) {
					wrong.push(`${name} ${path}: ${answer.status}, expected ${expected}`);
				}
				if (answer.status === 303) {
					assert.match(answer.headers.location, /\/cohort\/sign-in/, path);
				}
			}
		}
		assert.deepEqual(wrong, []);
	});

	it('safety_30_a_404_for_what_exists_is_the_same_page_as_for_what_does_not', async () => {
		const { cohort, a, week } = place;
		const strip = (text) => text.replace(/[0-9a-f]{32}/g, '').replace(/name="_csrf" value="[^"]*"/g, '');
		const hidden = await people.djangonautB.request('GET', `/standup/${cohort.slug}/${a.slug}/${week}`);
		const none = await people.djangonautB.request('GET', `/standup/${cohort.slug}/nothing/${week}`);
		assert.equal(strip(hidden.text), strip(none.text));
	});

	it('safety_30_403_for_a_failed_csrf_and_nothing_written', async () => {
		const { cohort, a, week } = place;
		const before = await dump();
		const page = ok(await people.djangonautA.visit(`/standup/${cohort.slug}/${a.slug}/${week}`));
		const theirs = ok(await people.navigatorA.visit(`/standup/${cohort.slug}/${a.slug}/${week}`));
		const forms = page.forms().filter((form) => form.method === 'post');
		assert.ok(forms.length >= 2, page.describe());
		const token = theirs.forms().find((form) => form.has('_csrf')).value('_csrf');
		for (const form of forms) {
			const path = new URL(form.action).pathname;
			const entries = form.complete().entries();
			const without = entries.filter(([name]) => name !== '_csrf');
			const evil = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
			for (const [fields, headers] of [[without, { ...evil }], [entries, evil],
				[entries, { 'Sec-Fetch-Site': 'cross-site' }], [entries, { 'Sec-Fetch-Site': 'same-site' }],
				[entries, { Origin: 'http://localhost:1' }],
				[[...without, ['_csrf', token]], evil], [without, {}],
				[[...without, ['_csrf', token]], {}]]) {
				const answer = await people.djangonautA.post(path, new URLSearchParams(fields),
					{ headers, follow: false });
				assert.equal(answer.status, 403, `${path} ${JSON.stringify(headers)}`);
			}
		}
		assert.deepEqual(await dump(), before);
	});

	// Everything in the database but what a visit may leave: a session's last
	// use, at most hourly.
	async function dump() {
		const tables = await stack.rows(`SELECT name FROM sqlite_schema WHERE type = 'table'
			AND name NOT LIKE 'sqlite%' ORDER BY name`);
		const out = {};
		for (const { name } of tables) {
			out[name] = (await stack.rows(`SELECT * FROM ${name}`)).map((row) => {
				if (name === 'session') {
					delete row.last_used_at;
				}
				return JSON.stringify(row);
			}).sort();
		}
		return out;
	}

	// Every address reachable by links, as this person.
	async function crawl(person, visit = () => {}) {
		const seen = new Set();
		const wanted = ['/', '/apply/', '/cohort/', '/standup/', '/feed/', '/cohort/me'];
		while (wanted.length > 0) {
			const link = wanted.shift();
			const shape = link.split('#')[0];
			if (seen.has(shape)) {
				continue;
			}
			seen.add(shape);
			assert.ok(seen.size < 1500, 'the site has an end');
			const page = await person.open(shape);
			visit(page, shape);
			if (/html/.test(page.headers['content-type'] ?? '')) {
				wanted.push(...page.links());
			}
		}
		return seen;
	}

	it('safety_28_get_changes_nothing_every_link_followed_signed_in', async () => {
		await until('the courier to be idle', async () =>
			await stack.value('SELECT count(*) FROM outbox WHERE state = \'queued\' AND due_at <= unixepoch()') === 0);
		const before = await dump();
		for (const name of ['organiser', 'navigatorA', 'djangonautA', 'applicant', 'anonymous']) {
			const seen = await crawl(people[name], (page, link) => {
				assert.ok(page.status < 400, `${name}: ${link} answers ${page.status}`);
			});
			assert.ok(seen.size > 8, `${name} saw ${seen.size} pages`);
		}
		assert.deepEqual(await dump(), before);
	});

	it('safety_31_a_private_check_in_is_seen_by_its_group_alone', async () => {
		const canary = `canary${Math.random().toString(36).slice(2)}`;
		const { cohort, a } = place;
		const now = Math.floor(Date.now() / 1000);
		const current = await stack.value(`SELECT week FROM standup WHERE group_id = ${a.id} AND standup.closes_at > ${now} ORDER BY week LIMIT 1`);
		const path = `/standup/${cohort.slug}/${a.slug}/${current}`;
		const page = ok(await people.djangonautA.visit(path));
		const form = page.form('did');
		form.fill({ did: `${canary} did`, next: `${canary} next`, blocked: `${canary} blocked`, audience: /^Our group/ });
		ok(await form.submit());
		const group = await people.navigatorA.visit(path);
		assert.ok(group.source.includes(canary), 'the group reads it');
		for (const name of ['anonymous', 'applicant', 'djangonautB', 'navigatorB', 'captainB', 'otherOrganiser']) {
			await crawl(people[name], (one, link) => {
				assert.ok(!one.source.includes(canary), `${name} reads it at ${link}`);
			});
		}
		for (const slug of ['all', cohort.slug]) {
			const feed = await exchange(stack, { path: `/feed/${slug}.atom` });
			assert.ok(!feed.text.includes(canary), slug);
		}
		assert.ok(!(await stack.logs()).includes(canary), 'no log');
		for (const mail of await stack.mail.all()) {
			assert.ok(!mail.source.includes(canary), 'no mail');
		}
	});

	it('safety_24_no_token_in_any_log_or_referer', async () => {
		const secrets = [];
		for (const mail of await stack.mail.all()) {
			secrets.push(...mail.links.map((link) => link.split('/').at(-1))
				.filter((part) => /^[\w-]{26,}$/.test(part)));
		}
		secrets.push(...Object.values(stack.links).map((link) => link.split('/').at(-1)));
		for (const person of Object.values(people)) {
			for (const pair of person.cookies.header('/').split('; ').filter(Boolean)) {
				secrets.push(pair.slice(pair.indexOf('=') + 1));
			}
		}
		secrets.push(...(await stack.rows('SELECT key FROM receipt')).map((one) => one.key));
		assert.ok(secrets.length > 10, `${secrets.length} secrets`);
		// The links conf/run prints to its terminal are meant to be there.
		const logs = (await stack.logs()).replaceAll(stack.output, '')
			.split('\n').filter((line) => !/^\w+: http/.test(line)).join('\n');
		for (const secret of secrets) {
			assert.ok(!logs.includes(secret), `${secret} is in a log`);
		}
		assert.doesNotMatch(logs, /_csrf|Cookie/i);
		for (const path of [new URL(stack.links.navigator).pathname, '/apply/confirm/none']) {
			const answer = await exchange(stack, { path });
			assert.equal(answer.headers['referrer-policy'], 'no-referrer', path);
			assert.match(answer.headers['cache-control'], /no-store/, path);
		}
	});

	it('safety_33_late_draft_and_twice_sent_forms_leave_one_row_and_a_clear_message', async () => {
		const person = stack.person();
		const email = freshAddress('twice');
		const form = await applicationForm(person, place.open);
		form.complete({ name: 'Twice', email, hours_0_from: ['18:00'], hours_0_to: ['20:00'] });
		const [one, two] = await Promise.all([form.submit(), form.submit()]);
		assert.equal(ok(one).path, ok(two).path, 'safety_34: both lead to the same page');
		const third = ok(await form.submit());
		assert.equal(third.path, one.path, 'the back button, too');
		assert.equal(await stack.value(`SELECT count(*) FROM application WHERE email = '${email}'`), 1);
		const late = await applicationForm(person, place.open);
		late.complete({ name: 'Late', email: freshAddress('late'), hours_0_from: ['18:00'], hours_0_to: ['20:00'] });
		const day = 86400;
		await stack.write(`UPDATE cohort SET opens_at = opens_at - 400 * ${day}, closes_at = unixepoch() - 1 WHERE slug = '${place.open}'`);
		const count = await stack.value('SELECT count(*) FROM application');
		const answer = await late.submit();
		assert.equal(answer.status, 422, answer.describe());
		assert.match(answer.main, /closed/);
		assert.equal(answer.form('email').value('name'), 'Late', 'what was typed is kept');
		assert.equal(await stack.value('SELECT count(*) FROM application'), count);
	});
});
