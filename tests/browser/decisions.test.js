// Results: an organiser decides, reads each mail, and sends all together; and
// an offer that lapses is passed on to whoever waits first. Every page on the
// way is looked at, on a phone and at a desk.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freshAddress } from '../integration/people.js';
import { startStack } from '../integration/stack.js';
import { ok, openCohort, signIn } from '../integration/steps.js';
import { faultsOf as markupFaults } from '../integration/validate.js';
import { BrowserPerson, faultsOf, launch } from './browser.js';

const day = 86400;

describe('results of a round', { timeout: 300000 }, () => {
	let stack;
	let browser;
	let slug;
	const address = { Luna: freshAddress('luna'), Mira: freshAddress('mira'), Nova: freshAddress('nova') };

	before(async () => {
		[stack, browser] = await Promise.all([startStack({ sample: true }), launch()]);
		slug = await openCohort(stack);
		for (const name of Object.keys(address)) {
			await applied(name);
		}
		await stack.write(`UPDATE cohort SET names_shown_at = 1 WHERE slug = '${slug}'`);
	});
	after(async () => {
		await browser?.close();
		await stack?.stop();
	});

	// Somebody's application that counts, with time at every hour.
	async function applied(name) {
		const key = name.toLowerCase();
		await stack.write(`INSERT INTO person (email, email_key, name, name_key, zone, created_at)
			VALUES ('${address[name]}', '${address[name]}', '${name}', '${key}', 'Asia/Tokyo', 1);
			INSERT INTO application (key, reference, cohort_id, person_id, email, email_key, name,
				name_key, zone, level, hours, hours_utc, submitted_at, changed_at, confirm_until,
				confirmed_at, call_sign)
			SELECT '${key}', 'REF-${name}', cohort.id, person.id, person.email, person.email,
				'${name}', '${key}', 'Asia/Tokyo', 2, replace(printf('%084d', 0), '0', 'f'),
				replace(printf('%084d', 0), '0', 'f'), 1, 1, 1, 1, 'Star ${name}'
			FROM cohort, person WHERE slug = '${slug}' AND email = '${address[name]}'`);
	}

	// So many seconds pass for an offer, whose terms nobody else can change.
	async function passTime(name, seconds) {
		const guard = await stack.value(
			"SELECT sql FROM sqlite_schema WHERE name = 'offer_keeps_its_terms'");
		await stack.write(`BEGIN IMMEDIATE; DROP TRIGGER offer_keeps_its_terms;
			UPDATE offer SET made_at = made_at - ${seconds}, deadline_at = deadline_at - ${seconds}
				WHERE application_id = (SELECT id FROM application WHERE email = '${address[name]}');
			${guard}; COMMIT;`);
		await stack.wakeCourier();
	}

	const arrive = (name, width, script = true) => BrowserPerson.arrive(browser, stack,
		{ width, height: 800, script, name,
			look: async (person, page) => assert.deepEqual(await faultsOf(person, page), [],
				page.url.pathname.replace(/[\w-]{43}/, '*')) });

	async function organiser(width, script) {
		const person = await arrive('organiser', width, script);
		const link = (await stack.crewctl('sign-in-link', 'organiser@example.org')).trim().split(/\s+/).at(-1);
		ok(await (await person.open(link)).form(/\/cohort\/enter\//).submit());
		return person;
	}

	// The page as the markup it is, with everything on it.
	async function isValid(path) {
		const person = await signIn(stack, 'organiser@example.org');
		const page = ok(await person.visit(`/cohort/${slug}/organise/${path}`));
		assert.deepEqual(await markupFaults(page), []);
	}

	const standing = (name) => stack.value(
		`SELECT standing FROM application WHERE email = '${address[name]}'`);

	const mailOf = (name, words) => stack.mail.expect(address[name], (mail) => words.test(mail.subject));

	it('an organiser decides in the list and for one, reads the mails and sends them', async () => {
		const person = await organiser(1280);
		const list = ok(await person.visit(`/cohort/${slug}/organise/applications?text=Mira`));
		const chosen = ok(await list.form('decision')
			.fill({ application: 'mira', decision: 'waitlist' }).submit());
		assert.match(chosen.path, /\/organise\/applications$/, 'back in the list');
		let page = ok(await person.visit(`/cohort/${slug}/organise/applications/nova`));
		page = ok(await page.form('decision').fill({ decision: 'decline',
			line: 'Your questions about tests were good ones.' }).submit());
		page = ok(await person.visit(`/cohort/${slug}/organise/applications/luna`));
		ok(await page.form('decision').fill({ decision: 'offer' }).submit());
		assert.equal(await standing('Luna'), 'counting', 'nobody hears of it yet');
		page = ok(await person.visit(`/cohort/${slug}/organise/decisions`));
		assert.match(page.main, /1 mail for a seat, 1 mail for the waitlist, 1 mail for/);
		await isValid('decisions');
		const mail = ok(await page.follow(/^Read the mail to Nova$/));
		assert.match(mail.main, /Hello Nova,/);
		assert.match(mail.main, /Your questions about tests were good ones\./);
		page = ok(await person.visit(`/cohort/${slug}/organise/decisions`));
		const sent = ok(await page.form(/send 3 mails now/i).submit());
		assert.match(sent.main, /Nothing waits to be sent/);
		await mailOf('Luna', /A seat for you/);
		await mailOf('Mira', /waitlist/);
		const declined = await mailOf('Nova', /Your application/);
		assert.match(declined.text, /Your questions about tests were good ones\./);
		assert.match(declined.text, /\/cohort\/tell-me/);
		await person.leave();
	});

	it('an offer lapses and is passed on with one click, and answered without signing in', async () => {
		const phone = await arrive('Luna', 320);
		let page = ok(await phone.open((await mailOf('Luna', /A seat for you/)).link(/\/cohort\/offer\//)));
		assert.match(page.main, /Would you like this seat/);
		assert.match(page.main, /Europe\/Vienna/, 'as the clock of this phone shows it');
		assert.equal(await standing('Luna'), 'offered', 'looking answers nothing');
		await passTime('Luna', 8 * day);
		page = ok(await phone.visit(page.path));
		assert.match(page.main, /This offer ended/);
		await phone.leave();

		const person = await organiser(320, false);
		page = ok(await person.visit(`/cohort/${slug}/organise/waitlist`));
		assert.match(page.main, /Luna did not answer until/);
		assert.match(page.main, /It would go to Mira, at place 1/);
		await isValid('waitlist');
		page = ok(await page.form(/offer this seat to mira/i).submit());
		assert.match(page.main, /Nobody waits/);
		await person.leave();

		const mira = await arrive('Mira', 320, false);
		const mail = await mailOf('Mira', /A seat for you/);
		page = ok(await mira.open(mail.link(/\/cohort\/offer\//)));
		assert.match(page.main, /in [67] days/, 'a fresh deadline');
		page = ok(await page.form(/\/confirm$/).submit());
		assert.match(page.main, /The seat is yours/);
		assert.equal(await standing('Mira'), 'confirmed');
		assert.equal(await standing('Luna'), 'lapsed');
		await mira.leave();
	});
});
