// What readers of other people make of a feed: they subscribe, poll again, see
// an edit, a withdrawal and, a month later, that it is gone for good.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exchange } from './client.js';
import { checkAtom, parseXml } from './feed.js';
import { readers as kinds } from './readers.js';
import { startStack } from './stack.js';
import { signIn } from './steps.js';
import { until } from './wait.js';

const path = '/crew/feed/all.atom';
const title = 'Three readers & <one> “feed”: 🧑‍🚀 ré́sumé';
const words = 'A whole week of *reading*, with 2 < 3 & 4 > 1.';
const newTitle = 'Six readers and one feed';
const newWords = 'Nothing of what stood here before.';
const blank = 'This highlight was taken back';

describe('readers', { timeout: 300000 }, () => {
	const readers = [];
	let stack;
	let navigator;
	let week;
	let key;
	let id;

	const document = async () => (await exchange(stack, { path })).body;
	const feed = async () => checkAtom(await document(), { self: stack.origin + path });

	// What nginx answered to the requests that these acts made.
	async function answersTo(acts) {
		const lines = async () => (await stack.logs()).split('\n')
			.filter((line) => line.includes(`path="${path}"`));
		const before = (await lines()).length;
		await acts();
		return (await lines()).slice(before).map((line) => Number(/ status=(\d+)/.exec(line)[1]));
	}

	const held = async (reader) => (await reader.entries()).filter((entry) => entry.id === id
		// Who says no ids is asked by position: it is the newest.
		|| (entry.id === undefined && reader.name === 'rsstail'));

	// Who asks by date alone cannot know of two changes in one second; and
	// curl -z, as sfeed uses it, drops what is not newer than its last look.
	const nextSecond = async () => {
		const second = () => Math.floor(Date.now() / 1000);
		const begun = second();
		await until('the next second', () => second() > begun);
	};

	async function opened(link, person = navigator) {
		const page = await person.open(link);
		assert.equal(page.status, 200, page.describe());
		return page;
	}

	before(async () => {
		stack = await startStack({ sample: true, base: '/crew' });
		navigator = stack.person({ name: 'the navigator' });
		await (await navigator.open(stack.links.navigator)).form().submit();
		const [place] = await stack.rows(`SELECT mentoring_group.slug, max(standup.week) AS week
			FROM session JOIN member ON member.person_id = session.person_id AND member.role = 'navigator'
			JOIN placement ON placement.member_id = member.id
			JOIN mentoring_group ON mentoring_group.id = placement.group_id
			JOIN cohort ON cohort.id = mentoring_group.cohort_id AND cohort.slug = 'summer-triangle'
			JOIN standup ON standup.group_id = mentoring_group.id AND standup.week <= 3
			GROUP BY mentoring_group.id`);
		week = `/crew/standup/summer-triangle/${place.slug}/${place.week}`;
		const page = await (await opened(week)).form(/show what everyone/i)
			.fill({ Title: title, 'In your words': words }).submit(/show what everyone/i);
		await page.form(/publish it/i).submit(/publish it/i);
		key = await stack.value(`SELECT key FROM highlight ORDER BY id DESC LIMIT 1`);
		id = (await feed()).entries.find((entry) => entry.title.includes('Three readers')).id;
	});
	after(async () => {
		await Promise.all(readers.map((reader) => reader.leave()));
		await stack?.stop();
	});

	for (const Kind of kinds) {
		const { name } = new Kind();

		it(`feed_17_${name}_subscribes_and_shows_every_entry`, async () => {
			const reader = await Kind.subscribe(stack.origin + path);
			readers.push(reader);
			await reader.poll();
			const expected = (await feed()).entries;
			const entries = await reader.entries();
			assert.deepEqual(entries.map((entry) => entry.title).sort(),
				expected.map((entry) => entry.title).sort());
			if (name !== 'rsstail') {
				assert.deepEqual(entries.map((entry) => entry.id).sort(),
					expected.map((entry) => entry.id).sort());
			}
			const [one] = entries.filter((entry) => entry.title.includes('Three readers'));
			assert.ok(one.title.includes(title), one.title);
			assert.match(one.content, /A whole week of/);
			assert.doesNotMatch(one.content, /&lt;p|&amp;lt;/, 'escaped once');
		});

		it(`feed_36_${name}_polls_again_and_has_nothing_new`, async () => {
			const reader = readers.find((known) => known.name === name);
			const before = await reader.entries();
			// Some take the second answer down, and ask from the third on.
			const answers = await answersTo(async () => {
				await reader.poll();
				await reader.poll();
			});
			assert.equal(answers.at(-1), reader.asks ? 304 : 200, `${answers}`);
			assert.deepEqual(await reader.entries(), before);
		});
	}

	it('feed_30_the_navigator_changes_it', async () => {
		await nextSecond();
		const page = await opened(`${week}/highlight/${key}`);
		const shown = await page.form('revision').fill({ title: newTitle, words: newWords })
			.submit(/show what everyone/i);
		const done = await shown.form('revision').submit(/save it/i);
		assert.match(done.text, /The highlight is changed/);
	});

	for (const Kind of kinds) {
		const { name } = new Kind();

		it(`feed_30_${name}_sees_the_edit_of_the_same_entry`, async () => {
			const reader = readers.find((known) => known.name === name);
			const ids = new Set((await reader.entries()).map((entry) => entry.id));
			assert.deepEqual((await answersTo(() => reader.poll())).filter((status) => status !== 200), []);
			const entries = await held(reader);
			const edited = entries.find((entry) => entry.title.includes(newTitle));
			assert.ok(edited, JSON.stringify(entries));
			assert.match(edited.content, /Nothing of what stood here before/);
			assert.notEqual(edited.isReply, false, 'as an answer to the first mail');
			assert.deepEqual(new Set((await reader.entries()).map((entry) => entry.id)), ids, 'none is new');
			if (reader.replaces) {
				assert.doesNotMatch(JSON.stringify(await reader.entries()), /Three readers|A whole week of/);
			}
		});
	}

	it('feed_29_the_navigator_takes_it_back', async () => {
		await nextSecond();
		const done = await (await opened(week)).form(`/highlight/${key}/withdrawn`).submit();
		assert.match(done.text, /taken back from pages and feeds/);
	});

	for (const Kind of kinds) {
		const { name } = new Kind();

		it(`feed_29_${name}_sees_the_withdrawal`, async () => {
			const reader = readers.find((known) => known.name === name);
			await reader.poll();
			const entries = await held(reader);
			assert.ok(entries.some((entry) => entry.title.includes(blank)
				&& !entry.content.includes('Nothing of what stood here')), JSON.stringify(entries));
			if (reader.replaces) {
				assert.doesNotMatch(JSON.stringify(await reader.entries()), /Six readers|Nothing of what stood/);
			}
		});
	}

	it('feed_29_a_month_later_a_tombstone_stands_in_its_place', async () => {
		await stack.write(`UPDATE activity SET withdrawn_at = withdrawn_at - 31 * 86400
			WHERE highlight_id = (SELECT id FROM highlight WHERE key = '${key}')`);
		await stack.wakeCourier();
		await until('the tombstone', async () => {
			const root = parseXml((await document()).toString('utf8'));
			return root.children.some((element) => element.name === 'deleted-entry'
				&& element.namespace === 'http://purl.org/atompub/tombstones/1.0'
				&& element.attributes.ref === id);
		});
		assert.ok((await feed()).entries.every((entry) => entry.id !== id));
	});

	for (const Kind of kinds) {
		const { name } = new Kind();

		it(`feed_29_${name}_reads_a_feed_with_a_tombstone`, async () => {
			const reader = readers.find((known) => known.name === name);
			await reader.poll();
			const entries = await reader.entries();
			const ids = entries.map((entry) => entry.id);
			assert.equal(ids.includes(id), reader.keeps);
			if (reader.keeps) {
				assert.ok((await held(reader)).some((entry) => entry.title.includes(blank)), 'blank, as it was');
			}
			for (const entry of (await feed()).entries) {
				assert.ok(entries.some((one) => one.title === entry.title), entry.title);
			}
		});
	}

	// Of these only feedparser tells of the links that RFC 5005 knows.
	it('feed_27_feedparser_walks_the_whole_history', async () => {
		await stack.write(`WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 230)
			INSERT INTO highlight (key, standup_id, member_id, title, body, published_at, updated_at)
			SELECT 'made' || n, standup_id, member_id, 'Made ' || n, 'Words', published_at + n, published_at + n
			FROM number, (SELECT * FROM highlight WHERE key = '${key}');
			INSERT INTO activity (key, kind, cohort_id, highlight_id, published_at, updated_at)
			SELECT lower(hex(randomblob(16))), 'highlight', (SELECT id FROM cohort WHERE slug = 'summer-triangle'), id,
				published_at - 86400, published_at - 86400
			FROM highlight WHERE key LIKE 'made%' ORDER BY id`);
		const reader = readers.find((known) => known.name === 'feedparser');
		const documents = await reader.history();
		assert.ok(documents.length >= 5, `${documents.length} documents`);
		assert.ok(documents.every((one) => !one.bozo && one.status === 200));
		const ids = documents.flatMap((one) => one.entries.map((entry) => entry.id));
		assert.equal(new Set(ids).size, ids.length, 'none twice');
		assert.equal(ids.length, await stack.value(
			'SELECT count(*) FROM activity WHERE tombstoned_at IS NULL'), 'and none lost');
	});

	it('safety_31_a_private_feed_is_followed_by_its_address_until_that_ends', async () => {
		const [group] = await stack.rows(`SELECT mentoring_group.name, person.email
			FROM mentoring_group JOIN placement ON placement.group_id = mentoring_group.id
			JOIN member ON member.id = placement.member_id AND member.role = 'djangonaut'
			JOIN person ON person.id = member.person_id
			WHERE mentoring_group.slug = '${week.split('/')[4]}' AND placement.left_at IS NULL`);
		const member = await signIn(stack, group.email);
		const addresses = () => member.visit('/cohort/me/addresses');
		const made = await (await addresses()).form(/^Make .*Feed of the group/).submit();
		const [address] = made.text.match(/http\S+\/feed\/private\/[^<\s"]+/);
		const own = await Promise.all(kinds.filter((Kind) => new Kind().asks)
			.map((Kind) => Kind.subscribe(address)));
		readers.push(...own);
		const all = (act) => Promise.all(own.map(act));
		await all((reader) => reader.poll());
		await nextSecond();
		const page = await (await opened(week, member)).form(/^ask$/i)
			.fill({ 'Your question': 'Who reads this in a reader?' }).submit();
		assert.match(page.text, /Your question is asked/);
		await all(async (reader) => {
			await reader.poll();
			assert.match(JSON.stringify(await reader.entries()), /Who reads this in a reader/, reader.name);
			await reader.poll();
		});
		const feedparser = own.find((reader) => reader.name === 'feedparser');
		assert.equal(feedparser.status, 304);
		// Whoever has read it keeps it; nothing comes any more.
		await (await addresses()).form(/^End it/).submit();
		await all(async (reader) => {
			const before = await reader.entries();
			await reader.poll().catch((error) => assert.notEqual(reader.name, 'feedparser', error));
			assert.deepEqual(await reader.entries(), before, reader.name);
		});
		assert.equal(feedparser.status, 404);
		assert.ok(!(await stack.logs()).includes(address.split('/').at(-1).split('.')[0]));
	});
});
