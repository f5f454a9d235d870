// Every kind of page the sample programme shows to each role, in light and in
// dark, on a phone and at a desk: clean to axe-core, nothing scrolls sideways.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startStack } from '../integration/stack.js';
import { ok } from '../integration/steps.js';
import { BrowserPerson, launch, lookAt } from './browser.js';

describe('pages in a browser', { timeout: 600000 }, () => {
	let stack;
	let browser;

	before(async () => {
		[stack, browser] = await Promise.all([startStack({ sample: true }), launch()]);
	});
	after(async () => {
		await browser?.close();
		await stack?.stop();
	});

	// One address of each kind of page that links lead to.
	async function kinds(role) {
		const person = stack.person();
		if (stack.links[role]) {
			const page = ok(await person.open(stack.links[role]));
			ok(await page.form(/\/cohort\/enter\//).submit());
		}
		const found = new Map();
		const seen = new Set();
		const wanted = ['/', '/apply/', '/cohort/', '/standup/', '/feed/', '/cohort/sign-in', '/cohort/sign-out', '/nowhere'];
		while (wanted.length > 0) {
			const path = wanted.shift();
			if (seen.has(path)) {
				continue;
			}
			seen.add(path);
			const page = await person.open(path);
			if (!/html/.test(page.headers['content-type'])) {
				continue;
			}
			// The same template with the same forms is one kind.
			const kind = `${page.status} ${page.title.replace(/^.*(?= – )/, '')} `
				+ `${page.path.split('/').map((part) => (/^(?!apply|cohort|standup|feed|group|groups|organise|members|mine|me|new|people|weeks|projects|applications|edit|conduct|report|privacy|contact|settings)/.test(part) ? '*' : part)).join('/')} `
				+ page.forms().map((form) => form.buttons().map((button) => button.text.replace(/\S*[A-Z0-9].*$/, '')).join()).sort()
					.filter((one, index, all) => all.indexOf(one) === index).join('|');
			if (!found.has(kind)) {
				found.set(kind, page.path + page.url.search);
			}
			wanted.push(...page.links().filter((one) => !/\/sign-out/.test(one)));
		}
		return { person, paths: [...found.values()] };
	}

	for (const role of ['stranger', 'organiser', 'captain', 'navigator', 'djangonaut']) {
		it(`clean for a ${role}, light and dark, phone and desk`, async () => {
			const { person, paths } = await kinds(role);
			const wrong = [];
			const visitor = await BrowserPerson.arrive(browser, stack,
				{ width: 1280, height: 800, script: true, name: role });
			for (const pair of person.cookies.header('/').split('; ').filter(Boolean)) {
				await visitor.context.addCookies([{ name: pair.slice(0, pair.indexOf('=')),
					value: pair.slice(pair.indexOf('=') + 1), url: stack.origin }]);
			}
			for (const path of paths) {
				await visitor.open(path);
				for (const colorScheme of ['light', 'dark']) {
					await visitor.tab.emulateMedia({ colorScheme });
					for (const size of [{ width: 1280, height: 800 }, { width: 320, height: 640 }]) {
						await visitor.tab.setViewportSize(size);
						wrong.push(...(await lookAt(visitor.tab)).map((fault) =>
							`${path}, ${colorScheme}, ${size.width} px: ${fault}`));
					}
				}
			}
			await visitor.leave();
			assert.deepEqual(wrong, []);
			assert.ok(paths.length >= 6, `${paths.length} kinds`);
		});
	}
});
