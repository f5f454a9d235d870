// What the script adds for those who have it: nothing typed is lost, hours are
// quickly told, one press sends once – and nobody else finds what was typed.
import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, describe, it } from 'node:test';
import { freshAddress } from '../integration/people.js';
import { startStack } from '../integration/stack.js';
import { confirmApplication, openCohort } from '../integration/steps.js';
import { until } from '../integration/wait.js';
import { BrowserPerson, launch } from './browser.js';

describe('with JavaScript', { timeout: 300000 }, () => {
	let stack;
	let browser;
	let slug;
	let person;
	let tab;

	before(async () => {
		[stack, browser] = await Promise.all([startStack({ sample: true }), launch()]);
		slug = await openCohort(stack);
	});
	after(async () => {
		await browser?.close();
		await stack?.stop();
	});
	beforeEach(async () => {
		person = await BrowserPerson.arrive(browser, stack,
			{ width: 390, height: 844, script: true, name: 'someone' });
		tab = person.tab;
	});
	afterEach(async () => person.leave());

	const form = () => tab.locator('form[data-draft]');
	const state = () => form().locator('.draft-state');

	it('what was typed is saved by itself, and comes back', async () => {
		await person.visit(`/apply/${slug}`);
		await tab.fill('#name', 'Lyra');
		await tab.fill('#why', 'Because of the stars.');
		await until('the draft to be saved', async () =>
			/^Saved \d\d:\d\d$/.test(await state().textContent()));
		assert.equal(await tab.evaluate(() => localStorage.length), 0, 'the server has it');
		await person.visit('/');
		await person.visit(`/apply/${slug}`);
		assert.equal(await tab.inputValue('#name'), 'Lyra');
		assert.equal(await tab.inputValue('#why'), 'Because of the stars.');
		await person.arriveBy(() => tab.locator('form[data-forget] button').click());
		assert.equal(await tab.inputValue('#name'), '');
	});

	it('other forms are kept in this browser, put back later, and can be started afresh', async () => {
		const email = freshAddress('lyra');
		const page = await person.visit(`/apply/${slug}`);
		await page.form('email').complete({ name: 'Lyra', email, level: '2',
			hours_0_from: ['18:00'], hours_0_to: ['20:00'] }).submit();
		const { path } = await confirmApplication(stack, person, email);
		await tab.fill('#name', 'Lyra of the Harp');
		await until('the draft to be saved', async () =>
			/saved in this browser/i.test(await state().textContent()));
		await person.visit('/');
		await person.visit(path);
		assert.equal(await tab.inputValue('#name'), 'Lyra of the Harp');
		await person.arriveBy(() => state().locator('button').click());
		assert.equal(await tab.inputValue('#name'), 'Lyra');
	});

	it('a sent form leaves nothing behind in the browser', async () => {
		const page = await person.visit(`/apply/${slug}`);
		const sent = await page.form('email').complete({ name: 'Mira', email: freshAddress('mira'),
			level: '2', hours_0_from: ['18:00'], hours_0_to: ['20:00'] }).submit();
		assert.match(sent.path, /\/received\//);
		assert.equal(await tab.evaluate(() => localStorage.length), 0);
		await person.visit(`/apply/${slug}`);
		assert.equal(await tab.inputValue('#name'), '');
	});

	it('a refused form shows what was typed, not an older draft, and moves the focus to its mistakes', async () => {
		const page = await person.visit(`/apply/${slug}`);
		const refused = await page.form('email').complete({ name: 'Rigel', email: freshAddress('rigel'),
			github: 'no such name!', level: '3', hours_0_from: ['18:00'], hours_0_to: ['20:00'] }).submit();
		assert.equal(refused.status, 422);
		assert.equal(await tab.inputValue('#github'), 'no such name!');
		assert.equal(await tab.evaluate(() => document.activeElement.id), 'errors');
		await tab.locator('#errors a').first().click();
		assert.equal(await tab.evaluate(() => document.activeElement.id), 'github', 'the summary leads to the field');
	});

	it('hours: another range of a day, and the same as Monday', async () => {
		await person.visit(`/apply/${slug}`);
		const day = (index) => tab.locator('[data-day]').nth(index);
		await day(0).locator('input').nth(0).fill('18:00');
		await day(0).locator('input').nth(1).fill('20:00');
		await day(0).locator('[data-add-range]').click();
		await day(0).locator('input').nth(2).fill('21:00');
		await day(0).locator('input').nth(3).fill('22:30');
		await day(3).locator('[data-same-day]').click();
		assert.deepEqual(await day(3).locator('input').evaluateAll((inputs) => inputs.map((input) => input.value)),
			['18:00', '20:00', '21:00', '22:30']);
		const email = freshAddress('hours');
		const page = await person.arriveBy(async () => {
			await tab.fill('#name', 'Hours');
			for (const area of await form().locator('textarea[required]').all()) {
				await area.fill('A few words.');
			}
			for (const choices of await form().locator('fieldset:has(> .option > input[type=radio][required])').all()) {
				await choices.locator('input').first().check();
			}
			await tab.fill('#email', email);
			await tab.check('#conduct');
			await form().locator('> .buttons button').first().click();
		});
		assert.match(page.path, /\/received\//, page.describe());
		const [{ hours, zone }] = await stack.rows(`SELECT hours, zone FROM application WHERE email = '${email}'`);
		assert.equal(zone, 'Europe/Vienna', 'the browser’s zone was suggested');
		assert.equal([...hours].reduce((sum, digit) => sum + [...parseInt(digit, 16).toString(2)]
			.filter((bit) => bit === '1').length, 0), 2 * (4 + 3), 'two days of 3.5 hours');
	});

	it('pressing twice sends once', async () => {
		const page = await person.visit(`/apply/${slug}`);
		const email = freshAddress('twice');
		const filled = page.form('email').complete({ name: 'Twice', email, level: '1',
			hours_0_from: ['18:00'], hours_0_to: ['20:00'] });
		let sent = 0;
		tab.on('request', (request) => {
			sent += request.method() === 'POST' && request.isNavigationRequest() ? 1 : 0;
		});
		await tab.evaluate(() => document.querySelector('form[data-draft]')
			.addEventListener('submit', () => document.querySelector('form[data-draft] button[type=submit]').click(), { once: true }));
		await filled.submit();
		assert.equal(sent, 1);
		assert.equal(await stack.value(`SELECT count(*) FROM application WHERE email = '${email}'`), 1);
	});

	it('signing out leaves no draft behind', async () => {
		await person.open(stack.links.djangonaut);
		await person.arriveBy(() => tab.locator('main form button').click());
		await person.visit(`/apply/${slug}`);
		await tab.fill('#why', 'A secret of mine.');
		await until('the draft to be saved', async () =>
			/^Saved/.test(await state().textContent()));
		await person.arriveBy(() => tab.locator('header form[data-sign-out] button').click());
		assert.equal(await tab.evaluate(() => localStorage.length), 0);
		await person.visit(`/apply/${slug}`);
		assert.equal(await tab.inputValue('#why'), '');
	});
});
