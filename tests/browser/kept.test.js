// The session ends while somebody writes: signed out in another tab, or too
// long at dinner. The words stay on a page, one signs in in another tab, and
// sends them again.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freshAddress } from '../integration/people.js';
import { startStack } from '../integration/stack.js';
import { openCohort } from '../integration/steps.js';
import { BrowserPerson, faultsOf, launch } from './browser.js';

describe('a session that ends in the middle of writing', { timeout: 300000 }, () => {
	let stack;
	let browser;

	before(async () => {
		[stack, browser] = await Promise.all([startStack({ sample: true }), launch()]);
	});
	after(async () => {
		await browser?.close();
		await stack?.stop();
	});

	const arrive = (script) => BrowserPerson.arrive(browser, stack,
		{ width: 320, height: 640, script, name: 'someone',
			look: async (person, page) => assert.deepEqual(await faultsOf(person, page), [],
				page.url.pathname.replace(/[\w-]{43}/, '*')) });

	const endSessions = () => stack.write('DELETE FROM session');

	// The page that keeps the words, sent again once somebody signed in beside it.
	async function signInBesideAndSendAgain(person, kept, link, press) {
		const { tab } = person;
		assert.equal(kept.status, 403, kept.describe());
		assert.match(kept.main, /all your words are on this page/);
		const [beside] = await Promise.all([person.context.waitForEvent('page'),
			tab.getByRole('link', { name: /sign in in another tab/i }).click()]);
		await beside.waitForLoadState();
		assert.match(beside.url(), /\/cohort\/sign-in$/);
		const early = await person.arriveBy(() => tab.getByRole('button', { name: 'Send again' }).click());
		assert.equal(early.status, 403);
		assert.match(early.main, /not signed in yet/);
		await beside.goto(link);
		await Promise.all([beside.waitForURL((url) => !url.href.startsWith(link)),
			beside.getByRole('button', { name: press }).click()]);
		await beside.close();
		const form = await person.arriveBy(() => tab.getByRole('button', { name: 'Send again' }).click());
		assert.match(form.main, /Your words are all here/);
		return form;
	}

	for (const script of [true, false]) {
		const way = script ? 'with JavaScript' : 'without JavaScript';

		it(`a check-in is not lost, ${way}`, async () => {
			const person = await arrive(script);
			const { tab } = person;
			const words = `First line, ${way} <&>\n\nand "another".`;
			await person.open(stack.links.djangonaut);
			await person.arriveBy(() => tab.locator('main form button').click());
			const [next] = await stack.rows(`SELECT cohort.slug AS cohort, mentoring_group.slug, min(week) AS week
				FROM standup JOIN mentoring_group ON mentoring_group.id = group_id JOIN cohort ON cohort.id = cohort_id
				WHERE mentoring_group.slug = 'lyra-aquila' AND standup.closes_at > unixepoch()`);
			const page = await person.visit(`/standup/${next.cohort}/${next.slug}/${next.week}`);
			const form = page.form('did');
			await endSessions();
			const kept = await form.fill({ did: words, next: 'To rest.' }).submit();
			const again = await signInBesideAndSendAgain(person, kept, stack.links.djangonaut, /./);
			assert.equal(again.form('did').value('did'), words);
			const saved = await again.form('did').submit();
			assert.equal(saved.status, 200, saved.describe());
			assert.match(saved.main, new RegExp(`First line, ${way}`));
			await person.leave();
		});

		it(`an application that is changed is not lost, ${way}`, async () => {
			const person = await arrive(script);
			const { tab } = person;
			const email = freshAddress(script ? 'with' : 'without');
			const slug = await openCohort(stack);
			const first = await person.visit(`/apply/${slug}`);
			const sent = await first.form('email').complete({ name: 'Mira', email, level: '2', zone: 'Europe/Vienna',
				hours_0_from: ['18:00'], hours_0_to: ['20:00'] }).submit();
			assert.match(sent.path, /\/received\//, sent.describe());
			const mail = await stack.mail.expect(email, (one) => one.links.some((link) => /\/apply\/confirm\//.test(link)));
			const link = mail.link(/\/apply\/confirm\//);
			await person.open(link);
			const mine = await person.arriveBy(() => tab.getByRole('button', { name: /confirm/i }).click());
			await endSessions();
			const form = mine.form('why');
			const why = 'Changed, over\n\ntwo lines.';
			const kept = await form.fill({ why, hours_0_to: ['21:30'] }).submit();
			const again = await signInBesideAndSendAgain(person, kept, link, /open my application/i);
			assert.equal(again.form('why').value('why'), why);
			assert.equal(again.form('why').value('hours_0_to'), '21:30');
			const saved = await again.form('why').submit();
			assert.equal(saved.status, 200, saved.describe());
			assert.match(saved.main, /18:00–21:30/);
			await person.leave();
		});
	}
});
