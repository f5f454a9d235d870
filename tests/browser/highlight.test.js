// A navigator publishes a highlight that follows up an earlier one, and later
// changes it: on a phone without script, at a desk with it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exchange } from '../integration/client.js';
import { checkAtom } from '../integration/feed.js';
import { startStack } from '../integration/stack.js';
import { BrowserPerson, faultsOf, launch } from './browser.js';

describe('a published highlight', { timeout: 300000 }, () => {
	let stack;
	let browser;

	before(async () => {
		[stack, browser] = await Promise.all([startStack({ sample: true }), launch()]);
	});
	after(async () => {
		await browser?.close();
		await stack?.stop();
	});

	const look = async (person, page) => assert.deepEqual(await faultsOf(person, page), [], page.url.pathname);

	const entry = async (title) => checkAtom((await exchange(stack, { path: '/feed/all.atom' })).body,
		{ self: `${stack.base}/feed/all.atom` }).entries.find((one) => one.title.includes(title));

	// The newest highlight of one of the navigator's groups, and its week.
	const newest = async () => (await stack.rows(`SELECT cohort.slug AS cohort,
		mentoring_group.slug AS "group", standup.week, highlight.title
		FROM highlight JOIN standup ON standup.id = highlight.standup_id
		JOIN mentoring_group ON mentoring_group.id = standup.group_id
		JOIN cohort ON cohort.id = mentoring_group.cohort_id
		JOIN placement ON placement.group_id = mentoring_group.id
		JOIN member ON member.id = placement.member_id AND member.role = 'navigator'
		JOIN session ON session.person_id = member.person_id
		WHERE highlight.withdrawn_at IS NULL AND cohort.slug = 'summer-triangle'
		ORDER BY highlight.published_at DESC`))[0];

	const publishedAt = (title) => stack.value(`SELECT activity.published_at
		FROM activity JOIN highlight ON highlight.id = activity.highlight_id
		WHERE highlight.title = '${title}'`);

	for (const [width, height, script] of [[320, 640, false], [1280, 800, true]]) {
		it(`follows up an earlier one and is changed, at ${width} pixels ${script ? 'with' : 'without'} script`, async () => {
			const title = `And on it went, ${width}`;
			const person = await BrowserPerson.arrive(browser, stack,
				{ width, height, script, name: 'a navigator', look });
			await person.open(stack.links.navigator);
			await person.arriveBy(() => person.tab.locator('main form button').click());
			const earlier = await newest();
			let page = await person.visit(`/standup/${earlier.cohort}/${earlier.group}/${earlier.week}`);
			page = await page.form(/show what everyone/i).fill({ Title: title,
				'In your words': 'It works *now*.',
				'Follows up on': new RegExp(earlier.title) }).submit(/show what everyone/i);
			assert.ok(page.main.includes(`Follows up on ${earlier.title}`), page.describe());
			page = await page.form(/publish it/i).submit(/publish it/i);
			assert.match(page.text, /The highlight is published/);
			const published = await entry(title);
			assert.ok(published, 'it is in the feed');
			const instant = await publishedAt(title);

			page = await page.follow(new RegExp(`Change it: ${title}`));
			assert.equal(page.form('revision').value('title'), title);
			page = await page.form('revision').fill({ Title: `${title}, and on` }).submit(/show what everyone/i);
			assert.match(page.main, /This is what everyone will see/);
			page = await page.form(/save it/i).submit(/save it/i);
			assert.match(page.text, /The highlight is changed/);
			assert.match(page.main, new RegExp(`${title}, and on`));
			const changed = await entry(`${title}, and on`);
			assert.equal(changed.id, published.id, 'one entry');
			assert.equal(await publishedAt(`${title}, and on`), instant);
			assert.ok(Date.parse(changed.updated) > Date.parse(published.updated));
			await person.leave();
		});
	}
});
