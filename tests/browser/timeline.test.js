// Reading the feed without a feed reader: from the front page to the oldest
// entry and back, on a phone and at a desk, and how to take it along.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startStack } from '../integration/stack.js';
import { BrowserPerson, faultsOf, launch } from './browser.js';

const told = 130;

describe('timelines in a browser', { timeout: 300000 }, () => {
	let stack;
	let browser;
	let group;

	before(async () => {
		[stack, browser] = await Promise.all([startStack({ sample: true }), launch()]);
		[group] = await stack.rows(`SELECT cohort.slug AS cohort, mentoring_group.slug, mentoring_group.name,
				cohort.name AS cohort_name, standup.id AS standup, highlight.member_id AS member
			FROM highlight JOIN standup ON standup.id = highlight.standup_id
			JOIN mentoring_group ON mentoring_group.id = standup.group_id
			JOIN cohort ON cohort.id = mentoring_group.cohort_id
			ORDER BY highlight.published_at DESC LIMIT 1`);
		// A long season: what follows is a row a highlight, a minute apart.
		await stack.write(`
			INSERT INTO highlight (key, standup_id, member_id, title, body, published_at, updated_at)
			WITH RECURSIVE step (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM step WHERE n < ${told})
			SELECT printf('step%d', n), ${group.standup}, ${group.member}, printf('Step %d', n),
				'We went on, and a *little* further than the day before.',
				newest + n * 60, newest + n * 60
			FROM step, (SELECT max(published_at) AS newest FROM activity);
			INSERT INTO activity (key, kind, cohort_id, highlight_id, published_at, updated_at)
			SELECT 'of' || highlight.key, 'highlight', mentoring_group.cohort_id, highlight.id,
				highlight.published_at, highlight.published_at
			FROM highlight JOIN standup ON standup.id = highlight.standup_id
			JOIN mentoring_group ON mentoring_group.id = standup.group_id
			WHERE highlight.key LIKE 'step%' ORDER BY highlight.published_at;`);
	});
	after(async () => {
		await browser?.close();
		await stack?.stop();
	});

	const titles = (page) => page.document.all('h3')
		.filter((heading) => heading.closest('article')).map((heading) => heading.text.trim());

	for (const [width, script] of [[320, false], [1280, true]]) {
		it(`feed_48_everything_is_read_page_by_page, ${width} px`, async () => {
			const faults = [];
			const person = await BrowserPerson.arrive(browser, stack, { width, height: 800, script, name: 'someone',
				look: async (one, page) => faults.push(...(await faultsOf(one, page)).map((fault) => `${page.path}: ${fault}`)) });
			let page = await (await person.visit('/')).follow('Everything that happened');
			assert.equal(page.path, '/feed/');
			const read = titles(page);
			while (page.document.all('a', { rel: 'next' }).length > 0) {
				page = await page.follow('Older');
				read.push(...titles(page));
			}
			assert.equal(read.length, await stack.value('SELECT count(*) FROM activity WHERE withdrawn_at IS NULL'));
			assert.equal(read[0], `Step ${told}`);
			assert.match(read.at(-1), / begins$/);
			assert.match(page.document.all('h1')[0].text, /page 1$/);
			// What is old is still to be read by itself, and leads on.
			page = await person.visit('/feed/all/archive/2');
			const [old] = titles(page);
			page = await page.follow(old);
			assert.equal(page.document.all('h1')[0].text.trim(), old);
			page = await page.follow(`News of ${group.name}`);
			assert.equal(page.path, `/feed/${group.cohort}/${group.slug}`);
			page = await page.follow('Older');
			page = await page.follow('Newer');
			assert.equal(page.path, `/feed/${group.cohort}/${group.slug}`);
			page = await page.follow(`News of ${group.cohort_name}`);
			assert.equal(page.path, `/feed/${group.cohort}`);
			page = await page.follow('Highlights');
			assert.equal(page.path, '/feed/kind/highlights');
			// From a cohort's and a group's own page.
			page = await (await person.visit(`/cohort/${group.cohort}`)).follow('Read it here');
			assert.equal(page.path, `/feed/${group.cohort}`);
			page = await (await person.visit(`/cohort/${group.cohort}/group/${group.slug}`)).follow('Read it here');
			assert.equal(page.path, `/feed/${group.cohort}/${group.slug}`);
			await person.leave();
			assert.deepEqual(faults, []);
		});
	}

	it('feed_44_the_address_is_copied_by_keyboard_and_is_a_feed', async () => {
		const person = await BrowserPerson.arrive(browser, stack, { width: 390, height: 844, script: true, name: 'someone' });
		await person.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: stack.origin });
		for (const [path, buttons] of [['/feed/', 1], [`/feed/${group.cohort}`, 2], [`/feed/${group.cohort}/${group.slug}`, 1]]) {
			const page = await person.visit(path);
			const found = await person.tab.getByRole('button', { name: /^Copy the address/ }).all();
			assert.equal(found.length, buttons, path);
			for (const button of found) {
				await button.focus();
				await person.tab.keyboard.press('Enter');
				await person.tab.getByRole('button', { name: 'Copied' }).or(person.tab.getByText('Copied')).first().waitFor();
				const address = await person.tab.evaluate(() => navigator.clipboard.readText());
				const answer = await stack.person().open(address);
				assert.equal(answer.status, 200, address);
				assert.match(answer.headers['content-type'], /^(application\/atom\+xml|text\/calendar)/);
			}
			const named = page.document.all('link', { rel: 'alternate' }).map((link) => link.get('href'));
			const shown = (await person.tab.locator('#feed-address').textContent()).replace(stack.origin, '');
			assert.ok(named.includes(shown), `${path} names ${shown}`);
			assert.ok(named.includes(shown.replace('.atom', '.json')));
		}
		await person.leave();
	});
});
