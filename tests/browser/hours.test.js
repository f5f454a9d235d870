// Weekly hours as a grid: ticked without script, drawn over with a mouse or a
// finger, gone about by arrow keys – on a phone and on a desk, light and dark.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freshAddress } from '../integration/people.js';
import { startStack } from '../integration/stack.js';
import { openCohort } from '../integration/steps.js';
import { until } from '../integration/wait.js';
import { BrowserPerson, faultsOf, launch } from './browser.js';

describe('hours as a grid', { timeout: 300000 }, () => {
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
	const arrive = (options) => BrowserPerson.arrive(browser, stack,
		{ width: 320, height: 640, script: true, name: 'Vega', look, ...options });

	// The form with its grid, something typed elsewhere.
	async function openGrid(person) {
		const page = await person.visit(`/apply/${slug}`);
		const turned = await page.form('email').fill({ name: 'Vega' }).submit(/grid/i);
		assert.equal(turned.status, 200);
		assert.equal(turned.form('email').value('name'), 'Vega', 'what was typed is kept');
		return turned;
	}

	const box = (tab, day, time) => tab.getByRole('checkbox', { name: `${day} ${time}`, exact: true });
	const ticked = (tab) => tab.locator('[data-grid] input:checked')
		.evaluateAll((boxes) => boxes.map((one) => one.getAttribute('aria-label')));
	async function draw(tab, from, to) {
		await from.scrollIntoViewIfNeeded();
		const [begin, end] = [await from.boundingBox(), await to.boundingBox()];
		await tab.mouse.move(begin.x + begin.width / 2, begin.y + begin.height / 2);
		await tab.mouse.down();
		await tab.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 3 });
		return () => tab.mouse.up();
	}

	for (const width of [320, 1280]) {
		it(`a mouse draws over several at once, at ${width} px`, async () => {
			const person = await arrive({ width });
			await openGrid(person);
			const { tab } = person;
			await (await draw(tab, box(tab, 'Monday', '18:00'), box(tab, 'Tuesday', '19:00')))();
			assert.deepEqual(await ticked(tab), ['Monday 18:00', 'Monday 18:30', 'Monday 19:00',
				'Tuesday 18:00', 'Tuesday 18:30', 'Tuesday 19:00']);
			await (await draw(tab, box(tab, 'Tuesday', '18:30'), box(tab, 'Tuesday', '19:30')))();
			assert.deepEqual(await ticked(tab),
				['Monday 18:00', 'Monday 18:30', 'Monday 19:00', 'Tuesday 18:00']);
			await box(tab, 'Tuesday', '18:00').click();
			assert.equal((await ticked(tab)).length, 3, 'a click takes one');
			const done = await draw(tab, box(tab, 'Friday', '16:00'), box(tab, 'Friday', '17:00'));
			await box(tab, 'Friday', '16:00').hover();
			await done();
			assert.equal((await ticked(tab)).at(-1), 'Friday 16:00', 'drawn back to where one began');
			await look(person, { url: new URL(tab.url()) });
			await person.leave();
		});
	}

	it('a finger draws along a day, and scrolls the page across', async () => {
		const person = await arrive({});
		await openGrid(person);
		const { tab } = person;
		const session = await person.context.newCDPSession(tab);
		const touch = (type, point) => session.send('Input.dispatchTouchEvent',
			{ type, touchPoints: point ? [point] : [] });
		const middle = async (locator) => {
			const { x, y, width, height } = await locator.boundingBox();
			return { x: x + width / 2, y: y + height / 2 };
		};
		await box(tab, 'Monday', '18:00').scrollIntoViewIfNeeded();
		const [from, to] = [await middle(box(tab, 'Monday', '16:30')), await middle(box(tab, 'Monday', '18:00'))];
		await touch('touchStart', from);
		for (let step = 1; step <= 6; step++) {
			await touch('touchMove', { x: from.x + (to.x - from.x) * step / 6, y: from.y });
		}
		await touch('touchEnd');
		assert.deepEqual(await ticked(tab), ['Monday 16:30', 'Monday 17:00', 'Monday 17:30', 'Monday 18:00']);
		const before = await tab.evaluate(() => scrollY);
		const start = await middle(box(tab, 'Sunday', '17:00'));
		await touch('touchStart', start);
		for (let step = 1; step <= 10; step++) {
			await touch('touchMove', { x: start.x, y: start.y - step * 20 });
		}
		await touch('touchEnd');
		await tab.waitForFunction((was) => scrollY > was, before);
		assert.equal((await ticked(tab)).length, 4, 'scrolling ticks nothing');
		await person.leave();
	});

	it('arrow keys go about it, each part of the day is one stop', async () => {
		const person = await arrive({ width: 1280 });
		await openGrid(person);
		const { tab } = person;
		const held = () => tab.evaluate(() => document.activeElement.getAttribute('aria-label'));
		assert.equal(await tab.locator('[data-grid] input[tabindex="0"]').count(), 6);
		await box(tab, 'Monday', '16:00').focus();
		for (const key of ['ArrowDown', 'ArrowRight', 'Space', 'ArrowRight', 'Space', 'ArrowUp']) {
			await tab.keyboard.press(key);
		}
		assert.equal(await held(), 'Monday 17:00');
		assert.deepEqual(await ticked(tab), ['Tuesday 16:30', 'Tuesday 17:00']);
		await tab.keyboard.press('ArrowUp');
		assert.equal(await held(), 'Monday 17:00', 'there is nothing above Monday');
		await tab.keyboard.press('Shift+Tab');
		await tab.keyboard.press('Tab');
		assert.equal(await held(), 'Monday 17:00', 'one comes back to where one was');
		await box(tab, 'Monday', '08:00').focus();
		await tab.keyboard.press('ArrowLeft');
		assert.equal(await held(), 'Monday 07:30', 'a part that was folded is opened');
		assert.ok(await box(tab, 'Monday', '07:30').isVisible());
		await person.leave();
	});

	for (const script of [true, false]) {
		it(`is filled, copied, turned and sent ${script ? 'with' : 'without'} JavaScript`, async () => {
			const person = await arrive({ script });
			const { tab } = person;
			let page = await openGrid(person);
			assert.equal(await tab.locator('[data-range]').count(), 0, 'one way at a time');
			await box(tab, 'Monday', '19:00').check();
			await box(tab, 'Monday', '19:30').check();
			await box(tab, 'Sunday', '10:00').check();
			const copy = tab.getByRole('button', { name: 'Copy Monday' });
			if (script) {
				await copy.click();
			} else {
				page = await person.arriveBy(() => copy.click());
			}
			assert.equal((await ticked(tab)).length, 5 * 2 + 1);
			page = await person.arriveBy(() => tab.getByRole('button', { name: 'Type times' }).click());
			assert.equal(page.status, 200);
			assert.equal(await tab.locator('[data-grid]').count(), 0, 'one way at a time');
			assert.deepEqual(await tab.locator('[data-day]').nth(4).locator('input')
				.evaluateAll((inputs) => inputs.map((one) => one.value).filter(Boolean)), ['19:00', '20:00']);
			page = await person.arriveBy(() => tab.getByRole('button', { name: 'grid' }).click());
			assert.equal((await ticked(tab)).length, 5 * 2 + 1, 'there and back');
			const email = freshAddress('grid');
			const sent = await page.form('email').complete({ email, level: '1', zone: 'Europe/Vienna' }).submit();
			assert.match(sent.path, /\/received\//, sent.describe());
			const [{ hours, zone }] = await stack.rows(`SELECT hours, zone FROM application WHERE email = '${email}'`);
			assert.equal(zone, 'Europe/Vienna');
			assert.equal([...hours].reduce((sum, digit) => sum + [...parseInt(digit, 16).toString(2)]
				.filter((bit) => bit === '1').length, 0), 11);
			await person.leave();
		});
	}

	it('hours kept in this browser come back in whichever way the page shows them', async () => {
		const person = await arrive({ width: 390 });
		const { tab } = person;
		const email = freshAddress('kept');
		const first = await person.visit(`/apply/${slug}`);
		await first.form('email').complete({ name: 'Kept', email, level: '1', zone: 'Europe/Vienna',
			hours_0_from: ['18:00'], hours_0_to: ['20:00'] }).submit();
		const mail = await stack.mail.expect(email, (one) => one.links.some((link) => /\/apply\/confirm\//.test(link)));
		await person.open(mail.link(/\/apply\/confirm\//));
		const mine = await person.arriveBy(() => tab.getByRole('button', { name: /confirm/i }).click());
		const path = mine.url.pathname.slice(stack.root.length);
		await person.arriveBy(() => tab.getByRole('button', { name: 'grid' }).click());
		await (await draw(tab, box(tab, 'Sunday', '22:30'), box(tab, 'Sunday', '23:30')))();
		await until('the draft to be saved', async () =>
			/saved/i.test(await tab.locator('.draft-state').textContent()));
		await person.visit(path);
		assert.deepEqual(await tab.locator('[data-day] input').evaluateAll((inputs) =>
			inputs.map((one) => one.value).filter(Boolean)), ['18:00', '20:00', '22:30', '00:00']);
		await person.leave();
	});

	it('the enter key in another field sends the form and turns nothing', async () => {
		const person = await arrive({ script: false });
		const page = await person.visit(`/apply/${slug}`);
		assert.ok(page);
		const answer = await person.arriveBy(async () => {
			await person.tab.fill('#name', 'Vega');
			await person.tab.press('#name', 'Enter');
		});
		assert.equal(answer.status, 422, 'the form was sent, not turned');
		await person.leave();
	});

	it('hours that make no sense stay as typed, marked, when the grid is asked for', async () => {
		const person = await arrive({ script: false });
		const page = await person.visit(`/apply/${slug}`);
		const answer = await page.form('email').fill({ hours_0_from: ['18:00'], hours_0_to: ['17:00'] }).submit(/grid/i);
		assert.equal(answer.status, 422);
		assert.equal(await person.tab.locator('.error').count(), 1, 'of what else is missing nothing is said yet');
		assert.equal(answer.form('email').value('hours_0_to'), '17:00');
		await person.leave();
	});

	for (const scheme of ['light', 'dark']) {
		it(`is axe-clean and light enough in ${scheme} colours`, async () => {
			const person = await arrive({ width: 1280 });
			await person.tab.emulateMedia({ colorScheme: scheme });
			const page = await openGrid(person);
			assert.ok(Buffer.byteLength(page.text) < 256 * 1024, `${Buffer.byteLength(page.text)} bytes`);
			await box(person.tab, 'Monday', '19:00').check();
			await look(person, page);
			await person.leave();
		});
	}
});
