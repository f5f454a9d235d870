// Invited, on a phone: the mail's link is opened, read, answered with one's
// hours, and the organiser sees them; with JavaScript and without. And the
// others who give an address: who wants to hear of the next cohort.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freshAddress } from '../integration/people.js';
import { startStack } from '../integration/stack.js';
import { crewAnswers, ok, openCohort, openInvitation, signIn } from '../integration/steps.js';
import { BrowserPerson, faultsOf, launch } from './browser.js';

describe('an invitation on a phone', { timeout: 300000 }, () => {
	let stack;
	let browser;
	let slug;
	let organiser;

	before(async () => {
		[stack, browser] = await Promise.all([startStack({ sample: true }), launch()]);
		slug = await openCohort(stack);
		organiser = await signIn(stack, 'organiser@example.org');
	});
	after(async () => {
		await browser?.close();
		await stack?.stop();
	});

	const people = async () => ok(await organiser.visit(`/cohort/${slug}/organise/people`));

	async function invite(name, role) {
		const email = freshAddress(name.toLowerCase());
		ok(await (await people()).form(/send the invitation/i)
			.complete({ name, email, 'Invite as': role }).submit());
		return email;
	}

	// Every page on the way is looked at.
	const arrive = (script, name) => BrowserPerson.arrive(browser, stack,
		{ width: 320, height: 640, script, name,
			look: async (person, page) => assert.deepEqual(await faultsOf(person, page), [],
				page.url.pathname.replace(/[\w-]{43}/, '*')) });

	for (const script of [true, false]) {
		const way = script ? 'with JavaScript' : 'without JavaScript';

		it(`is opened, answered with hours, and seen by the organisers, ${way}`, async () => {
			const name = script ? 'Sadr' : 'Gienah';
			const email = await invite(name, 'Navigator');
			const person = await arrive(script, name);
			const page = await openInvitation(stack, person, email);
			assert.match(page.main, /Will you be a navigator/);
			assert.match(page.main, /In this cohort one navigator looks after/);
			const form = page.form(/yes, i will/i);
			assert.equal(form.value('name'), name, 'what the organiser calls them');
			if (script) {
				assert.equal(await person.tab.inputValue('#zone'), 'Europe/Vienna', 'the browser’s zone');
			}
			const refused = await form.fill({ ...crewAnswers, zone: 'Europe/Vienna', level_low: '3' }).submit();
			assert.equal(refused.status, 422, refused.describe());
			const again = refused.form(/yes, i will/i);
			assert.equal(again.value('hours_0_from'), '18:00', 'everything kept');
			const thanks = ok(await again.fill({ level_low: '1', name: `${name} Cygni` }).submit());
			assert.match(thanks.main, /sign in is on its way/);
			const mail = await stack.mail.expect(email,
				(one) => one.links.some((link) => /\/cohort\/enter\//.test(link)));
			const entrance = ok(await person.open(mail.link(/\/cohort\/enter\//)));
			const members = ok(await entrance.form(/\/cohort\/enter\//).submit());
			assert.match(members.path, /\/members$/);
			const hours = ok(await members.follow(/^Your hours$/));
			assert.match(hours.main, /Mon 18:00–21:00; Thu 17:30–20:00 Europe\/Vienna/);
			ok(await hours.form(/^Save$/).fill({ wants: '3' }).submit());
			const seen = await people();
			assert.ok(seen.main.includes(`${name} Cygni`), seen.describe());
			assert.match(seen.main, /Mon 18:00–21:00; Thu 17:30–20:00 Europe\/Vienna/);
			const used = await openUsed(person, email);
			assert.equal(used.status, 410);
			assert.match(used.main, /You have accepted this invitation/);
			await person.leave();
		});

		it(`is declined with one press, ${way}`, async () => {
			const name = script ? 'Albireo' : 'Fawaris';
			const email = await invite(name, 'Captain');
			const person = await arrive(script, name);
			const page = await openInvitation(stack, person, email);
			const thanks = ok(await page.form(/no, thank you/i).submit());
			assert.match(thanks.main, /Thank you for telling us/);
			assert.match((await people()).main, new RegExp(`${name}[^]*Declined on`));
			await person.leave();
		});
	}

	async function openUsed(person, email) {
		const mail = await stack.mail.expect(email,
			(one) => one.links.some((link) => /\/cohort\/invitation\//.test(link)));
		return person.open(mail.link(/\/cohort\/invitation\//));
	}

	it('the organisers’ page is clean on a phone and at a desk', async () => {
		await invite('Ruchba', 'Captain');
		for (const width of [320, 1280]) {
			const person = await arrive(true, 'organiser');
			await person.tab.setViewportSize({ width, height: 800 });
			const link = (await stack.crewctl('sign-in-link', 'organiser@example.org')).trim().split(/\s+/).at(-1);
			ok(await (await person.open(link)).form(/\/cohort\/enter\//).submit());
			const page = ok(await person.visit(`/cohort/${slug}/organise/people`));
			assert.match(page.main, /Open until/);
			ok(await person.visit(`/cohort/${slug}/organise/groups`));
			await person.leave();
		}
	});

	it('who wants to hear of the next cohort confirms it by a button', async () => {
		const email = freshAddress('comet');
		const person = await arrive(true, 'comet');
		const page = ok(await person.visit('/cohort/tell-me'));
		const sent = ok(await page.form('email').fill({ email }).submit());
		assert.match(sent.main, /look at your mail/);
		const mail = await stack.mail.expect(email,
			(one) => one.links.some((link) => /\/cohort\/tell-me\//.test(link)));
		const confirm = ok(await person.open(mail.link(/\/cohort\/tell-me\//)));
		const home = ok(await confirm.form(/yes, tell me/i).submit());
		assert.match(home.document.text, /We write to you once/);
		assert.equal(await stack.value(`SELECT count(*) FROM subscription
			WHERE email = '${email}' AND confirmed_at IS NOT NULL`), 1);
		await person.leave();
	});
});
