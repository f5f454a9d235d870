// What was answered to an earlier cohort, used again by a button at its
// question: on a phone, with and without script.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startStack } from '../integration/stack.js';
import { openCohort } from '../integration/steps.js';
import { BrowserPerson, faultsOf, launch } from './browser.js';

describe('questions of a cohort', { timeout: 300000 }, () => {
	let stack;
	let browser;
	let slug;

	before(async () => {
		[stack, browser] = await Promise.all([startStack({ sample: true }), launch()]);
		slug = await openCohort(stack);
	});
	after(async () => {
		await browser?.close();
		await stack?.stop();
	});

	const look = async (person, page) => assert.deepEqual(await faultsOf(person, page), [], page.url.pathname);
	const again = /^Use what you wrote for/;

	for (const script of [false, true]) {
		it(`an answer of before is used again ${script ? 'with' : 'without'} script`, async () => {
			const person = await BrowserPerson.arrive(browser, stack,
				{ width: 320, height: 640, script, name: 'who applied before', look });
			const { tab } = person;
			await person.open(stack.links.djangonaut);
			await person.arriveBy(() => tab.locator('main form button').click());
			let page = await person.visit(`/apply/${slug}`);
			page = await page.form('email').fill({ hopes: 'Half a sentence' }).submit(again);
			assert.equal(page.status, 200, page.describe());
			const form = page.form('email');
			assert.ok(form.value('why').length > 20, 'what was written then');
			assert.equal(form.value('hopes'), 'Half a sentence', 'what was typed now');
			// Enter in a line sends the form; it presses none of these buttons.
			page = await person.arriveBy(() => tab.locator('#name').press('Enter'));
			assert.equal(page.status, 422, page.describe());
			assert.equal(page.form('email').value('hopes'), 'Half a sentence');
			await person.leave();
		});
	}
});
