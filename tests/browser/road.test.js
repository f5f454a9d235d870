// The whole road in Chromium, as each person: on a phone and at a desk, with
// JavaScript and without. Every page arrived at is clean to axe-core, does not
// scroll sideways and says nothing on the console.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Road, steps } from '../integration/road.js';
import { startStack } from '../integration/stack.js';
import { BrowserPerson, faultsOf, launch } from './browser.js';

const sizes = { phone: { width: 320, height: 640 }, desk: { width: 1280, height: 800 } };

describe('the road in a browser', { timeout: 900000 }, () => {
	let stack;
	let browser;

	before(async () => {
		[stack, browser] = await Promise.all([startStack(), launch()]);
	});
	after(async () => {
		await browser?.close();
		await stack?.stop();
	});

	for (const [size, viewport] of Object.entries(sizes)) {
		for (const script of [true, false]) {
			const way = `${size}, JavaScript ${script ? 'on' : 'off'}`;
			describe(way, () => {
				const people = [];
				const looked = new Set();
				let road;
				let lost = false;

				// A kind of page is looked at once a way; a refused form again.
				const look = async (person, page) => {
					const kind = `${page.status} ${page.path.replace(/[\w-]{43}|[a-z2-7]{13,}|\d+/g, '*')}`
						+ ` ${page.document.all('form').length}`;
					if (looked.has(kind)) {
						return;
					}
					looked.add(kind);
					assert.deepEqual(await faultsOf(person, page), [], `${way}: ${page.url.pathname}`);
				};

				before(() => {
					road = new Road(stack, { slug: `${size}-${script ? 'script' : 'plain'}`,
						arrive: async (name) => {
							const person = await BrowserPerson.arrive(browser, stack,
								{ ...viewport, script, name, look });
							people.push(person);
							return person;
						} });
				});
				after(async () => {
					for (const person of people) {
						await person.leave();
					}
				});

				for (const [name, method] of steps) {
					it(name, async (t) => {
						if (lost) {
							t.skip('the road broke before');
							return;
						}
						lost = true;
						await road[method]();
						lost = false;
					});
				}
			});
		}
	}
});
