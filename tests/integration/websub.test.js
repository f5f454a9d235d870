// Feeds through a hub (feed.md rule 45), the whole way: somebody publishes,
// the courier tells the hub, the hub fetches and hands on to a subscriber.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Authority } from './certificates.js';
import { checkAtom, parseXml } from './feed.js';
import { Hook } from './hook.js';
import { exchangeAt, Hub, linksOf, Subscriber } from './hub.js';
import { startOffice } from './office.js';
import { startStack } from './stack.js';
import { ok, signIn } from './steps.js';
import { until } from './wait.js';

describe('websub', { timeout: 300000 }, () => {
	let hub;
	let subscriber;
	let stack;
	let navigator;
	let group;

	before(async () => {
		hub = await new Hub().start();
		subscriber = await new Subscriber().start();
		stack = await startStack({ sample: true, environment: { GROUNDCREW_HUB: hub.url } });
		navigator = await signIn(stack, 'navigator@example.org');
		[group] = await stack.rows(`SELECT cohort.slug AS cohort, mentoring_group.slug,
			(SELECT min(week) FROM standup WHERE group_id = mentoring_group.id AND closes_at > unixepoch()) AS week FROM person
			JOIN member ON member.person_id = person.id JOIN cohort ON cohort.id = member.cohort_id
			JOIN placement ON placement.member_id = member.id AND placement.left_at IS NULL
			JOIN mentoring_group ON mentoring_group.id = placement.group_id
			WHERE email = 'navigator@example.org' AND role = 'navigator' AND launched_at IS NOT NULL
			AND ends_at > unixepoch()`);
	});
	after(async () => {
		await stack?.stop();
		await subscriber?.stop();
		await hub?.stop();
	});

	const waiting = () => stack.value('SELECT count(*) FROM outbox WHERE kind = \'feed_ping\' AND state = \'queued\'');
	const topic = (path) => `${stack.base}/feed/${path}`;

	// The delay is over, and so are pauses.
	async function passDelay() {
		await stack.write('UPDATE outbox SET due_at = unixepoch() WHERE kind = \'feed_ping\' AND state = \'queued\'');
		await stack.wakeCourier();
	}

	async function drain() {
		await until('the hub to know of every feed that moved', async () => {
			await passDelay();
			return await waiting() === 0 && await stack.value('SELECT count(*) FROM feed WHERE revision > pinged') === 0;
		}, { seconds: 90, every: 500 });
		await hub.work;
	}

	async function publish(title) {
		const page = ok(await navigator.visit(`/standup/${group.cohort}/${group.slug}/${group.week}`));
		const preview = await page.form(/show what everyone/i)
			.fill({ Title: title, 'In your words': 'It went *well*.' }).submit(/show what everyone/i);
		ok(await preview.form(/publish it/i).submit(/publish it/i), 'published');
	}

	it('feed_45_the_hub_is_told_of_every_feed_by_the_address_that_its_document_gives', async () => {
		await drain();
		const { length } = await stack.rows('SELECT id FROM feed_shown');
		assert.equal(hub.pings.length, 2 * length, 'two documents a feed');
		assert.equal(new Set(hub.pings).size, hub.pings.length);
		for (const name of ['all', 'kind/highlights', group.cohort, `${group.cohort}/${group.slug}`]) {
			assert.ok(hub.pings.includes(topic(`${name}.atom`)), name);
			assert.ok(hub.pings.includes(topic(`${name}.json`)), name);
		}
		// The hub fetched each of them: it would have refused one that names itself
		// by another address, or no hub.
		assert.deepEqual(hub.refusals, []);
		assert.equal(hub.last.path, '/hub?of=tests');
		assert.deepEqual([...hub.last.form.keys()], ['hub.mode', 'hub.url']);
		assert.equal(hub.last.headers.cookie, undefined);
	});

	it('feed_45_header_and_document_name_hub_and_topic_alike', async () => {
		for (const name of ['all', 'kind/announcements', group.cohort, `${group.cohort}/${group.slug}`]) {
			for (const form of ['atom', 'json']) {
				const url = topic(`${name}.${form}`);
				const found = await subscriber.discover(url);
				assert.deepEqual(found, { hub: hub.url, topic: url });
				assert.deepEqual(await subscriber.discover(url, 'HEAD'), found);
				const { body } = await exchangeAt(url);
				if (form === 'json') {
					const document = JSON.parse(body);
					assert.equal(document.feed_url, url);
					assert.deepEqual(document.hubs, [{ type: 'WebSub', url: hub.url }]);
				} else {
					checkAtom(body, { self: url });
					const links = parseXml(body.toString()).children.filter((one) => one.name === 'link');
					const of = (rel) => links.filter((one) => one.attributes.rel === rel).map((one) => one.attributes.href);
					assert.deepEqual([of('hub'), of('self')], [[hub.url], [url]]);
				}
			}
		}
	});

	it('feed_45_a_subscriber_that_meant_it_gets_what_is_published_as_it_is_served', async () => {
		const stranger = await new Subscriber().start();
		try {
			for (const name of ['all.atom', `${group.cohort}.json`]) {
				await subscriber.ask('subscribe', await subscriber.discover(topic(name)));
				await hub.work;
			}
			await stranger.ask('subscribe', await stranger.discover(topic('all.atom')), { means: false });
			await hub.work;
			assert.equal(hub.subscriptions.size, 2, 'the stranger did not mean it');
			assert.equal(hub.refusals.splice(0).length, 1);
			await publish('A first patch for readers');
			// Well before the courier would look by itself.
			await until('the courier to be woken', async () => await waiting() === 8, { seconds: 20 });
			assert.equal(subscriber.received.length, 0, 'not before caches let go of what they had');
			await drain();
			assert.deepEqual(hub.refusals, []);
			assert.equal(subscriber.received.length, 2);
			for (const { body, type, links } of subscriber.received) {
				const [self] = links.self;
				const served = await exchangeAt(self);
				assert.ok(body.equals(served.body), 'byte by byte');
				assert.equal(type, served.headers['content-type']);
				assert.deepEqual(links.hub, linksOf(served.headers.link).hub);
				assert.ok(body.includes('A first patch for readers'));
			}
			assert.equal(stranger.received.length, 0);
		} finally {
			await stranger.stop();
		}
	});

	it('feed_45_whoever_unsubscribed_is_told_nothing_more', async () => {
		await subscriber.ask('unsubscribe', { hub: hub.url, topic: topic('all.atom') });
		await hub.work;
		subscriber.received = [];
		await publish('A second patch for readers');
		await until('the change to be queued', async () => await waiting() > 0, { seconds: 20 });
		await drain();
		assert.deepEqual(subscriber.received.map(({ links }) => links.self), [[topic(`${group.cohort}.json`)]]);
	});

	it('a_hub_that_is_away_hears_of_it_when_it_is_back', async () => {
		const { port } = hub;
		await hub.stop();
		await publish('A third patch for readers');
		await until('the change to be queued', async () => await waiting() === 8, { seconds: 20 });
		await passDelay();
		await until('the courier to try', async () =>
			await stack.value('SELECT count(*) FROM outbox WHERE kind = \'feed_ping\' AND problem = \'unreachable\'') === 1);
		assert.equal(await waiting(), 8, 'none is lost');
		await hub.start(port);
		subscriber.received = [];
		await drain();
		assert.ok(subscriber.received[0].body.includes('A third patch for readers'));
	});

	it('a_hub_that_is_busy_is_told_later_and_organisers_see_why', async () => {
		const administrator = await signIn(stack, await stack.value('SELECT email FROM person WHERE is_administrator = 1'));
		hub.answer({ status: 503, headers: { 'Retry-After': '700' } });
		await publish('A fourth patch for readers');
		await until('the change to be queued', async () => await waiting() === 8, { seconds: 20 });
		await passDelay();
		await until('the hub to be asked', async () =>
			await stack.value('SELECT count(*) FROM outbox WHERE kind = \'feed_ping\' AND problem = \'busy\'') === 1);
		assert.ok(await stack.value(`SELECT min(due_at) - max(tried_at) FROM outbox
			WHERE kind = 'feed_ping' AND state = 'queued'`) >= 690, 'all of it waits for as long as the hub asked');
		const page = ok(await administrator.visit('/cohort/settings/mail'));
		assert.ok(page.main.includes('The hub of the feeds'), page.describe());
		assert.ok(page.main.includes('The server asked to be tried again later. The server said: HTTP 503'), page.main);
		const [, link] = /href="([^"]*\/settings\/mail\/\d+)"[^>]*>Feed changed/.exec(page.source);
		assert.ok(ok(await administrator.open(link)).main.includes('fetches the feed anew'));
	});
});

describe('a hub elsewhere', { timeout: 100000 }, () => {
	let folder;
	let authority;
	let hub;
	let office;

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'groundcrew-'));
		authority = await new Authority(folder, 'authority').make();
		hub = await new Hook({ certificate: await authority.certify('hub', 'DNS:localhost') }).start();
		office = await startOffice({ settings: { GROUNDCREW_CA: authority.file, GROUNDCREW_HOOK_LOOPBACK: 'yes',
			GROUNDCREW_HUB: hub.url('/?of=tests') } });
	});
	after(async () => {
		await office?.stop();
		await hub?.stop();
		await rm(folder, { recursive: true, force: true });
	});
	// One feed moved, and the delay is over.
	beforeEach(async () => {
		hub.requests = [];
		await office.clear();
		await office.write('UPDATE feed SET pinged = revision - (scope = \'all\')');
		await office.once();
		assert.equal(await office.value('SELECT count(*) FROM outbox WHERE kind = \'feed_ping\''), 2);
		await office.passPauses();
	});

	const stands = async () => (await office.mails()).map(({ state, problem }) => [state, problem]);

	it('is told by https, in the form that hubs know', async () => {
		const { code, output } = await office.once();
		assert.equal(code, 0, output);
		assert.deepEqual(hub.requests.map(({ method, path, text }) => [method, path, text]), ['atom', 'json'].map((form) =>
			['POST', '/?of=tests', `hub.mode=publish&hub.url=http%3A%2F%2Flocalhost%3A8000%2Ffeed%2Fall.${form}`]));
		assert.equal(hub.requests[0].headers['content-type'], 'application/x-www-form-urlencoded');
		assert.deepEqual(await stands(), [], 'and gone from the list');
	});

	it('that cannot prove who it is hears nothing', async () => {
		const stranger = await new Authority(folder, 'stranger').make();
		await office.once({ GROUNDCREW_CA: stranger.file });
		assert.deepEqual(await stands(), [['queued', 'certificate'], ['queued', null]]);
		assert.equal(hub.requests.length, 0);
	});

	it('whose name leads into the own network is refused, unless the operator allows it', async () => {
		await office.once({ GROUNDCREW_HOOK_LOOPBACK: '' });
		assert.deepEqual(await stands(), [['failed', 'not_allowed'], ['failed', 'not_allowed']]);
		assert.equal(hub.requests.length, 0);
	});

	for (const [status, problem] of [[400, 'refused'], [404, 'gone'], [307, 'refused']]) {
		it(`that answers ${status} has not taken it, and is not asked again`, async () => {
			const answer = { status, headers: { Location: hub.url('/elsewhere') } };
			hub.answer(answer, answer);
			await office.once();
			await office.once();
			assert.deepEqual(await stands(), [['failed', problem], ['failed', problem]]);
			assert.deepEqual(hub.requests.map(({ path }) => path), ['/?of=tests', '/?of=tests']);
		});
	}

	it('is none without its address: nothing is queued, and what waits goes', async () => {
		await office.once({ GROUNDCREW_HUB: '' });
		assert.deepEqual(await stands(), []);
		assert.equal(hub.requests.length, 0);
	});

	it('by http is refused: whoever listens in could speak for it', async () => {
		const { code, output } = await office.once({ GROUNDCREW_HUB: 'http://hub.example.org/' });
		assert.notEqual(code, 0);
		assert.match(output, /GROUNDCREW_HUB/);
	});
});
