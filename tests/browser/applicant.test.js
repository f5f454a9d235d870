// An applicant with a phone and a line that drops: the form is read, begun,
// saved, gone on with elsewhere by the mailed link and by the mailed code,
// sent without waiting for mail, and confirmed; with JavaScript and without.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { applicantValues, freshAddress } from '../integration/people.js';
import { startStack } from '../integration/stack.js';
import { confirmApplication, ok, openCohort } from '../integration/steps.js';
import { until } from '../integration/wait.js';
import { BrowserPerson, faultsOf, launch, lookAt } from './browser.js';

const phone = { width: 360, height: 740 };

describe('an applicant on a phone, on a line that drops', { timeout: 300000 }, () => {
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

	// Every page on the way is looked at.
	const arrive = (script, name) => BrowserPerson.arrive(browser, stack,
		{ ...phone, script, name,
			look: async (person, page) => assert.deepEqual(await faultsOf(person, page), [],
				page.url.pathname.replace(/[\w-]{43}/, '*')) });
	const read = async (person) => ok(await person.visit(`/apply/${slug}`), 'the form');
	const state = (person) => person.tab.locator('form[data-draft] .draft-state');
	const says = (person, words) => until(`“${words}”`, async () =>
		words.test(await state(person).textContent()));
	const draftMail = (email) => stack.mail.expect(email,
		(one) => one.links.some((link) => /\/apply\/draft\//.test(link)));
	const codeOf = (mail) => /^\**([2-9A-Z]{4}-[2-9A-Z]{4})\**$/m.exec(mail.text)[1];

	for (const script of [true, false]) {
		const way = script ? 'with JavaScript' : 'without JavaScript';

		it(`begins, saves, goes on elsewhere, sends and confirms, ${way}`, async () => {
			const email = freshAddress(script ? 'phone' : 'plain');
			const values = applicantValues('Alcyone', email, {});
			const first = await arrive(script, 'on the phone');
			let page = await read(first);
			for (const question of ['why', 'conduct', 'email']) {
				assert.ok(page.form('email').has(question), `${question} can be read before an address is given`);
			}
			page = ok(await page.form('email').fill({ name: 'Alcyone', github: 'no such name!' })
				.submit('save and go on later'), 'saved');
			assert.match(page.main, /Saved.*not sent yet/);
			assert.equal(page.form('email').value('github'), 'no such name!', 'right or wrong');
			assert.equal(page.document.find('#errors'), null, 'nothing was to be right yet');
			page = await read(first);
			assert.equal(page.form('email').value('name'), 'Alcyone');

			page = ok(await page.form('email').fill({ email, why: 'Because of the stars.' })
				.submit('save and go on later'), 'saved with an address');
			const mail = await draftMail(email);

			const second = await arrive(script, 'at the library');
			page = ok(await second.open(mail.link(/\/apply\/draft\//)), 'the mailed link');
			page = ok(await page.form(/go on in this browser/i).submit(), 'opened');
			assert.equal(page.form('email').value('why'), 'Because of the stars.');

			const third = await arrive(script, 'at a friend’s');
			page = ok(await (await read(third)).follow('begun on another device'), 'where the code is typed');
			page = ok(await page.form('code').fill({ email, code: '2222-2222' }).submit(), 'another code');
			assert.match(page.main, /do not open a draft/);
			page = ok(await page.form('code').fill({ email, code: codeOf(mail).toLowerCase() }).submit(), 'the code');
			assert.equal(page.form('email').value('name'), 'Alcyone');
			page = ok(await page.form(/forget the draft here/i).submit(), 'forgotten');
			assert.equal(page.form('email').value('name'), '', 'nothing is left at the friend’s');
			await third.leave();

			page = await second.visit(`/apply/${slug}`);
			const refused = await page.form('email').complete({ ...values, github: 'still wrong!',
				hours_0_from: ['18:00'], hours_0_to: ['20:00'] }).submit();
			assert.equal(refused.status, 422, refused.describe());
			page = ok(await refused.form('email').fill({ github: '' }).submit(), 'sent');
			assert.match(page.path, /\/received\//);
			assert.ok(page.main.includes(email));
			assert.match(page.main, /Reference\s*[A-Z0-9]{5}-[A-Z0-9]{5}/);
			assert.match(page.main, /Received\s*\w+ \d+ \w+ \d{4}/);
			page = await read(first);
			assert.equal(page.form('email').value('name'), '', 'what was sent is no draft any more');
			page = await confirmApplication(stack, second, email);
			assert.match(page.main, /It counts/);
			assert.equal(await stack.value(`SELECT count(*) FROM application WHERE email = '${email}'`), 1);
			assert.equal(await stack.value(`SELECT count(*) FROM draft WHERE email = '${email}'`), 0);
			await first.leave();
			await second.leave();
		});
	}

	it('is told whether the words are saved while the line drops and comes back', async () => {
		const person = await arrive(true, 'in the train');
		const { tab, context } = person;
		await read(person);
		await tab.fill('#name', 'Maia');
		await says(person, /^Saved \d\d:\d\d$/);
		await context.setOffline(true);
		await tab.fill('#why', 'Written in a tunnel.');
		await says(person, /^Not saved, your words are still here$/);
		assert.equal(await state(person).getAttribute('role'), 'status');
		assert.deepEqual(await lookAt(tab), []);
		// Sending goes nowhere, and loses nothing.
		await tab.locator('form[data-draft] > .buttons button').first().click();
		assert.equal(await tab.inputValue('#why'), 'Written in a tunnel.');
		await context.setOffline(false);
		await says(person, /^Saved \d\d:\d\d$/);
		await read(person);
		assert.equal(await tab.inputValue('#why'), 'Written in a tunnel.');
		await person.leave();
	});

	it('finds the words again after the tab was closed in a tunnel', async () => {
		const person = await arrive(true, 'in the train');
		await read(person);
		await person.tab.fill('#name', 'Merope');
		await says(person, /^Saved/);
		await person.context.setOffline(true);
		await person.tab.fill('#hopes', 'To arrive.');
		await says(person, /^Not saved/);
		await person.tab.close();
		await person.context.setOffline(false);
		person.tab = await person.context.newPage();
		await read(person);
		assert.equal(await person.tab.inputValue('#name'), 'Merope');
		assert.equal(await person.tab.inputValue('#hopes'), 'To arrive.');
		await says(person, /^Saved/);
		await person.leave();
	});

	it('presses again when the line dropped in the middle, without JavaScript', async () => {
		const email = freshAddress('again');
		const person = await arrive(false, 'in the train');
		const { tab, context } = person;
		const page = await read(person);
		const form = page.form('email').complete(applicantValues('Electra', email, {
			hours_0_from: ['18:00'], hours_0_to: ['20:00'] }));
		// The server hears it; its answer is lost.
		await context.route(`**/apply/${slug}`, async (route) => {
			if (route.request().method() !== 'POST') {
				return route.continue();
			}
			await route.fetch({ maxRedirects: 0 });
			return route.abort('connectionreset');
		});
		await form.submit().catch(() => null);
		await until('it to have arrived', async () =>
			await stack.value(`SELECT count(*) FROM application WHERE email = '${email}'`) === 1);
		await context.unroute(`**/apply/${slug}`);
		// The browser asks whether to send once more.
		const sent = await person.arriveBy(() => tab.reload());
		assert.match(sent.path, /\/received\//, sent.describe());
		assert.equal(await stack.value(`SELECT count(*) FROM application WHERE email = '${email}'`), 1);
		await person.leave();
	});

	it('is told when another window has saved something else', async () => {
		const person = await arrive(true, 'with two tabs');
		await read(person);
		const left = person.tab;
		const right = await person.context.newPage();
		await right.goto(left.url(), { waitUntil: 'load' });
		await left.fill('#name', 'Left');
		await says(person, /^Saved/);
		await right.fill('#name', 'Right');
		await until('the other to be told', async () =>
			/another window/.test(await right.locator('form[data-draft] .draft-state').textContent()));
		person.tab = right;
		const told = await person.arriveBy(() =>
			right.locator('button[name=step][value=save]').click());
		assert.equal(told.status, 422);
		assert.match(told.main, /saved something else in another window/);
		assert.equal(await right.inputValue('#name'), 'Right');
		const saved = ok(await person.arriveBy(() =>
			right.locator('button[name=step][value=save]').click()), 'kept this one');
		assert.equal(saved.form('email').value('name'), 'Right');
		await person.leave();
	});
});
