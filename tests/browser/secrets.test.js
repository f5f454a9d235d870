// A secret address in Chromium: made, copied, renewed and ended – on a phone
// and at a desk, with JavaScript and without. Every page arrived at is clean to
// axe-core, does not scroll sideways and says nothing on the console.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exchange } from '../integration/client.js';
import { startStack } from '../integration/stack.js';
import { ok } from '../integration/steps.js';
import { BrowserPerson, faultsOf, launch } from './browser.js';

const sizes = { phone: { width: 320, height: 640 }, desk: { width: 1280, height: 800 } };

describe('secret addresses in a browser', { timeout: 300000 }, () => {
	let stack;
	let browser;

	before(async () => {
		[stack, browser] = await Promise.all([startStack({ sample: true }), launch()]);
	});
	after(async () => {
		await browser?.close();
		await stack?.stop();
	});

	for (const [size, viewport] of Object.entries(sizes)) {
		for (const script of [true, false]) {
			it(`is made, copied, renewed and ended: ${size}, JavaScript ${script ? 'on' : 'off'}`, async () => {
				const looked = new Set();
				const look = async (visitor, page) => {
					const kind = `${page.status} ${page.heading} ${page.document.all('form').length} ${page.text.includes('/feed/private/')}`;
					if (!looked.has(kind)) {
						looked.add(kind);
						assert.deepEqual(await faultsOf(visitor, page), [], page.url.pathname);
					}
				};
				const person = await BrowserPerson.arrive(browser, stack,
					{ ...viewport, script, name: 'Djangonaut', look });
				await person.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: stack.origin });
				ok(await ok(await person.open(stack.links.djangonaut)).form(/\/cohort\/enter\//).submit());
				const me = ok(await person.visit('/cohort/me'));
				let page = ok(await me.follow('Secret addresses'));
				const made = [];
				for (const button of [/^Make an address.*Feed of the group/, /^Replace it.*Feed of the group/]) {
					page = ok(await page.form(button).submit());
					assert.match(page.main, /It is shown this once/);
					if (process.env.LOOK && script) {
						await person.tab.screenshot({ path: `${process.env.LOOK}/secrets-${size}-${made.length}.png`, fullPage: true });
					}
					// What a person copies is the whole of the field.
					const field = person.tab.getByLabel('Feed of the group');
					made.push(new URL(await field.inputValue()).pathname);
					if (script) {
						await person.tab.getByRole('button', { name: 'Copy the address' }).press('Enter');
						await person.tab.getByRole('button', { name: 'Copied' }).waitFor();
						assert.equal(await person.tab.evaluate(() => navigator.clipboard.readText()),
							await field.inputValue());
					}
					await field.focus();
				}
				assert.equal((await exchange(stack, { path: made[0] })).status, 404);
				assert.equal((await exchange(stack, { path: made[1] })).status, 200);
				page = ok(await page.form(/^End it.*Feed of the group/).submit());
				assert.match(page.text, /opens nothing any more/);
				assert.equal((await exchange(stack, { path: made[1] })).status, 404);
				await person.leave();
			});
		}
	}
});
