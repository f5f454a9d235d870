// A reviewer through a queue of ten, on a phone's width: asked by mail, signed
// in, one application after the other, without a name; by keyboard alone with
// JavaScript, and by the buttons without.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freshAddress } from '../integration/people.js';
import { startStack } from '../integration/stack.js';
import { ok, openCohort, signIn } from '../integration/steps.js';
import { BrowserPerson, faultsOf, launch } from './browser.js';

const TEN = 10;

describe('a reviewer through a queue of ten', { timeout: 300000 }, () => {
	let stack;
	let browser;
	let slug;
	let applicants;

	before(async () => {
		[stack, browser] = await Promise.all([startStack({ sample: true }), launch()]);
		slug = await openCohort(stack);
		// So that either reviewer finds ten that want another reading.
		await stack.write(`UPDATE cohort SET reviews_wanted = 4 WHERE slug = '${slug}'`);
		applicants = await stack.rows(`SELECT application.key, application.name, email, github,
			call_sign FROM application JOIN cohort ON cohort.id = cohort_id
			WHERE slug = '${slug}' AND standing = 'counting'`);
		assert.ok(applicants.length >= TEN);
	});
	after(async () => {
		await browser?.close();
		await stack?.stop();
	});

	const keyOf = (page) => page.url.pathname.split('/').at(-1);
	const mine = (email) => stack.rows(`SELECT review.score, review.note, review.finished_at
		FROM review JOIN person ON person.id = review.person_id WHERE email = '${email}'`);

	// Whoever wrote the application on this page, by its address.
	const authorOf = (page) => applicants.find((one) => one.key === keyOf(page));

	function isBlind(page) {
		const author = authorOf(page);
		assert.ok(author, `an application: ${page.describe()}`);
		for (const word of [author.name, author.email, author.github].filter(Boolean)) {
			assert.ok(!page.main.includes(word), `${word} stands at ${page.url}`);
		}
		assert.equal(page.document.all('h1')[0].text.trim(), author.call_sign);
		return author;
	}

	async function appoint(organiser, name) {
		const email = freshAddress(name.toLowerCase());
		const page = ok(await organiser.visit(`/cohort/${slug}/organise/reviewers`));
		ok(await page.form('email')
			.complete({ name, email }).submit(), 'appointed');
		return email;
	}

	// From the mail to the desk, signed in on the way.
	async function arrive(email, script) {
		const person = await BrowserPerson.arrive(browser, stack,
			{ width: 320, height: 640, script, name: email,
				look: async (who, page) => assert.deepEqual(await faultsOf(who, page), [],
					page.url.pathname.replace(/[\w-]{43}/, '*')) });
		const asked = await stack.mail.expect(email, (mail) => /read the applications/.test(mail.subject));
		const before = (await stack.mail.to(email)).length;
		const door = ok(await person.open(asked.link(new RegExp(`/cohort/${slug}/review$`))));
		ok(await door.form('email').fill({ email }).submit(), 'asked for a link');
		const mail = await stack.mail.expect(email, () => true, { after: before });
		const entrance = ok(await person.open(mail.link(/\/cohort\/enter\//)));
		const desk = ok(await entrance.form(/enter|sign.?in/i).submit());
		assert.match(desk.url.pathname, new RegExp(`/cohort/${slug}/review$`));
		assert.match(desk.main, /You wrote none yet/);
		return [person, desk];
	}

	// Tab until the focus is on the field of that name.
	async function tabTo(person, matches) {
		for (let presses = 0; presses < 60; presses++) {
			const name = await person.tab.evaluate(() => document.activeElement?.name ?? '');
			if (matches.test(name)) {
				return;
			}
			await person.tab.keyboard.press('Tab');
		}
		assert.fail(`no way by Tab to ${matches} at ${person.tab.url()}`);
	}

	it('goes by keyboard alone, with JavaScript', async () => {
		const email = await appoint(await signIn(stack, 'organiser@example.org'), 'Sadalsuud');
		const [person] = await arrive(email, true);
		const { keyboard } = person.tab;
		const onward = async () => ok(await person.arriveBy(() => keyboard.press('Control+Enter')));
		const seen = new Set();
		let page = await onward();
		for (let i = 0; i < TEN; i++) {
			seen.add(isBlind(page).key);
			assert.match(page.main, /Ctrl \+ Enter/);
			const fields = page.document.all('input')
				.filter((input) => /^points_/.test(input.get('name') ?? ''))
				.map((input) => input.get('name'));
			assert.ok(fields.length > 0);
			for (const name of fields) {
				await tabTo(person, new RegExp(`^${name}$`));
				await keyboard.type(String((i + fields.indexOf(name)) % 11));
			}
			await tabTo(person, /^note$/);
			await keyboard.type(`Read as number ${i + 1}`);
			page = await onward();
		}
		assert.equal(seen.size, TEN, 'each of them once');
		const reviews = (await mine(email)).filter((one) => one.finished_at !== null);
		assert.equal(reviews.length, TEN);
		assert.ok(reviews.some((one) => one.note === 'Read as number 10'));
		await person.leave();
	});

	it('goes by its buttons, without JavaScript', async () => {
		const email = await appoint(await signIn(stack, 'organiser@example.org'), 'Albireo');
		const [person, desk] = await arrive(email, false);
		let page = ok(await desk.form(/read the next one/i).submit());
		const points = (of) => Object.fromEntries(of.document.all('input')
			.filter((input) => /^points_/.test(input.get('name') ?? ''))
			.map((input) => [input.get('name'), '6']));

		// A number too high comes back at its field, with the note as typed.
		const refused = await page.form(/save and next/i)
			.fill({ ...points(page), [Object.keys(points(page))[0]]: '12', note: 'Kept' }).submit();
		assert.equal(refused.status, 422);
		assert.equal(refused.form(/save and next/i).value('note'), 'Kept');
		page = ok(await refused.form(/save and next/i).fill(points(refused)).submit());
		for (let i = 1; i < TEN; i++) {
			isBlind(page);
			page = ok(await page.form(/save and next/i).fill(points(page)).submit());
		}
		assert.equal((await mine(email)).filter((one) => one.score === 6000).length, TEN);

		// The eleventh is a friend's: somebody else reads it.
		const friend = isBlind(page);
		page = ok(await page.form(/partial/i).submit());
		assert.match(page.text, /Somebody else reads that one/);
		assert.equal((await person.visit(`/cohort/${slug}/review/${friend.key}`)).status, 404);

		// Who wrote the first one, and what the others gave.
		page = ok(await person.visit(`/cohort/${slug}/review`));
		const [first] = page.document.all('a').filter((a) => /\/review\/\w+$/.test(a.get('href') ?? ''));
		page = ok(await person.visit(first.get('href')));
		isBlind(page);
		assert.doesNotMatch(page.main, /Shown once your own review is in/);
		page = ok(await page.form(/show who this is/i).submit());
		assert.ok(page.main.includes(authorOf(page).name));
		await person.leave();
	});

	it('ends at once when the organisers end it', async () => {
		const organiser = await signIn(stack, 'organiser@example.org');
		const email = await appoint(organiser, 'Zosma');
		const [person] = await arrive(email, true);
		const page = ok(await organiser.visit(`/cohort/${slug}/organise/reviewers`));
		ok(await page.form(/the reviewing of Zosma/i).submit());
		const gone = await person.visit(`/cohort/${slug}/review`);
		assert.equal(gone.status, 404);
		await person.leave();
	});
});
