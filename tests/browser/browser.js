// A person at a real Chromium, with the same few verbs as a person with curl
// (tests/integration/client.js): visit, open, fill, submit. So the road is
// written once. Every page arrived at is looked at: axe-core finds nothing,
// nothing scrolls sideways, nothing fell on the console.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { Page } from '../integration/client.js';
import { Form } from '../integration/form.js';

const axeSource = await readFile(createRequire(import.meta.url)
	.resolve('axe-core/axe.min.js'), 'utf8');

// Debian's Chromium, told to talk to nobody but us.
export async function launch() {
	return chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-background-networking',
			'--disable-component-update', '--disable-default-apps',
			'--disable-domain-reliability', '--disable-sync', '--no-first-run',
			'--no-pings', '--metrics-recording-only', '--disable-client-side-phishing-detection',
			'--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication,CertificateTransparencyComponentUpdater',
			'--safebrowsing-disable-auto-update', '--dns-prefetch-disable',
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
			'--disable-dev-shm-usage', '--disable-gpu'],
	});
}

class BrowserForm extends Form {
	async submit(words, { expectStatus } = {}) {
		const { tab } = this.page.person;
		const at = this.page.document.all('form').indexOf(this.element);
		const form = tab.locator('form').nth(at);
		for (const fold of await form.locator('xpath=ancestor::details').all()) {
			if (!await fold.evaluate((element) => element.open)) {
				await fold.locator('> summary').click();
			}
		}
		const inside = this.controls.filter((control) => control.closest('form') === this.element);
		const real = form.locator('input, select, textarea, button');
		// What the controls hold now, which a script may have filled in.
		const held = await real.evaluateAll((controls) => controls.map((control) =>
			['checkbox', 'radio'].includes(control.type) ? control.checked : control.value));
		for (const control of this.controls) {
			const place = inside.indexOf(control);
			if (place >= 0) {
				await this.#make(real.nth(place), control, held[place]);
			} else if (control.tag !== 'button') {
				const locator = tab.locator(`#${control.get('id')}`);
				await this.#make(locator, control, await locator.inputValue());
			}
		}
		const buttons = this.buttons();
		const button = words === undefined ? this.mainButton : buttons.find((one) =>
			(words instanceof RegExp ? words.test(one.text) : one.text.toLowerCase().includes(words.toLowerCase())));
		assert.ok(button, `a button ${words ?? ''} in ${this.page.describe()}`);
		const place = inside.indexOf(button);
		const locator = place >= 0 ? real.nth(place)
			: tab.locator(`button[form="${this.element.get('id')}"]`)
				.nth(this.controls.filter((one) => one.tag === 'button' && !inside.includes(one)).indexOf(button));
		return this.page.person.arriveBy(() => locator.click(), expectStatus);
	}

	// Bring one real control to the value wanted, as a person would.
	async #make(locator, control, held) {
		const wanted = this.values.get(control);
		const type = control.tag === 'input' ? control.get('type') ?? 'text' : control.tag;
		if (['hidden', 'submit', 'button'].includes(type) || control.has('disabled')
			|| wanted === null || held === wanted
			|| String(held).replace(/\r\n/g, '\n') === String(wanted).replace(/\r\n/g, '\n')) {
			return;
		}
		if (type === 'radio') {
			if (wanted) {
				await locator.check();
			}
		} else if (type === 'checkbox') {
			await locator.setChecked(wanted);
		} else if (type === 'select') {
			await locator.selectOption(wanted);
		} else {
			await locator.fill(wanted);
		}
	}
}

class BrowserPage extends Page {
	forms() {
		return this.document.all('form').map((element) => new BrowserForm(this, element));
	}

	async follow(words) {
		const href = this.link(words);
		return this.person.arriveBy(() =>
			this.person.tab.locator('a').nth(this.document.all('a')
				.findIndex((a) => a.has('href') && new URL(a.get('href'), this.url).href === href)).click());
	}
}

export class BrowserPerson {
	// look: called with each page arrived at.
	static async arrive(browser, stack, { width, height, script, name, look }) {
		const context = await browser.newContext({
			viewport: { width, height }, javaScriptEnabled: script,
			locale: 'en-GB', timezoneId: 'Europe/Vienna', reducedMotion: 'reduce',
		});
		context.setDefaultTimeout(15000);
		const person = new BrowserPerson();
		Object.assign(person, { browser, stack, context, script, width, name, look });
		person.tab = await context.newPage();
		person.said = [];
		person.tab.on('console', (message) => {
			if (['error', 'warning'].includes(message.type())) {
				person.said.push(message.text());
			}
		});
		person.tab.on('pageerror', (error) => person.said.push(error.message));
		person.tab.on('dialog', (dialog) => dialog.accept());
		return person;
	}

	async visit(path) {
		return this.open(this.stack.root + path);
	}

	async open(link) {
		const url = new URL(link, this.stack.origin).href;
		return this.arriveBy(() => this.tab.goto(url, { waitUntil: 'load' }));
	}

	// Do what leads to another page, and see it.
	async arriveBy(act) {
		this.said.length = 0;
		const [answer] = await Promise.all([
			this.tab.waitForResponse((response) => response.request().isNavigationRequest()
				&& response.frame() === this.tab.mainFrame()
				&& (response.status() < 300 || response.status() >= 400)),
			this.tab.waitForEvent('load'),
			act(),
		]);
		const url = new URL(this.tab.url());
		const source = await this.tab.content();
		const page = new BrowserPage(this, {
			url, status: answer.status(), headers: answer.headers(), text: source });
		const noise = this.said.filter((line) =>
			!/Failed to load resource: the server responded with a status of (4|5)\d\d/.test(line));
		assert.deepEqual(noise, [], `the console of ${url}`);
		await this.look?.(this, page);
		return page;
	}

	get cookies() {
		return this.context;
	}

	async audit() {
		this.auditing = await this.browser.newContext({
			viewport: this.tab.viewportSize(), reducedMotion: 'reduce' });
		return this.auditing.newPage();
	}

	async leave() {
		await this.auditing?.close();
		await this.context.close();
	}
}

// axe-core on the page as it stands, and no sideways scrolling. Where script is
// off axe could not run: the same document is then shown, its script left out,
// to a second tab that may run some.
export async function faultsOf(person, page) {
	if (person.script) {
		return lookAt(person.tab);
	}
	person.auditor ??= await person.audit();
	await person.auditor.unrouteAll();
	await person.auditor.route('**/*', (route) => {
		const request = route.request();
		if (request.isNavigationRequest()) {
			return route.fulfill({ status: 200, body: page.source,
				contentType: 'text/html; charset=utf-8' });
		}
		return request.resourceType() === 'script' ? route.abort() : route.continue();
	});
	// By way of nowhere: an address that differs in its fragment alone would
	// not be loaded anew.
	await person.auditor.goto('about:blank');
	await person.auditor.goto(page.url.href, { waitUntil: 'load' });
	await person.auditor.waitForFunction(() =>
		[...document.styleSheets].some((sheet) => sheet.cssRules.length > 0));
	return lookAt(person.auditor);
}

export async function lookAt(tab) {
	const faults = [];
	const sideways = await tab.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		if (scrollWidth <= clientWidth) {
			return null;
		}
		const wide = [...document.querySelectorAll('body *')].filter((element) =>
			element.getBoundingClientRect().right > clientWidth + 0.5);
		return `${scrollWidth} > ${clientWidth}: ${wide.slice(0, 5).map((element) =>
			`${element.tagName.toLowerCase()}.${element.className}`).join(', ')}`;
	});
	if (sideways) {
		faults.push(`scrolls sideways: ${sideways}`);
	}
	await tab.evaluate(axeSource);
	const { violations } = await tab.evaluate(() => globalThis.axe.run(document, {
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
		resultTypes: ['violations'],
	}));
	for (const violation of violations) {
		for (const node of violation.nodes.slice(0, 5)) {
			faults.push(`${violation.id}: ${violation.help}: ${node.target.join(' ')}\n`
				+ `    ${node.failureSummary?.replace(/\n\s*/g, ' ') ?? ''}`);
		}
	}
	return faults;
}
