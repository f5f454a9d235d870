// One's account in Chromium: signing in with two devices at hand, signing one
// of them out from the other, and a new address by two mails – on a phone and
// at a desk, with JavaScript and without. Every page arrived at is clean to
// axe-core, does not scroll sideways and says nothing on the console.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freshAddress } from '../integration/people.js';
import { startStack } from '../integration/stack.js';
import { ok } from '../integration/steps.js';
import { BrowserPerson, faultsOf, launch } from './browser.js';

const sizes = { phone: { width: 320, height: 640 }, desk: { width: 1280, height: 800 } };

describe('an account in a browser', { timeout: 600000 }, () => {
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
				const address = { old: freshAddress('old'), new: freshAddress('new') };
				const looked = new Set();
				let desk;
				let phone;

				const look = async (person, page) => {
					const kind = `${page.status} ${page.heading} ${page.document.all('form').length}`;
					if (!looked.has(kind)) {
						looked.add(kind);
						assert.deepEqual(await faultsOf(person, page), [], `${way}: ${page.url.pathname}`);
					}
				};
				const arrive = (name) => BrowserPerson.arrive(browser, stack,
					{ ...viewport, script, name, look });
				const askForLink = async (person, email) => {
					const seen = (await stack.mail.to(email)).length;
					const form = ok(await person.visit('/cohort/sign-in')).form('email');
					const sent = ok(await form.fill({ email }).submit(), 'asked for a link');
					assert.match(sent.main, /signs in the device on which you open it/);
					const mail = await stack.mail.expect(email, () => true, { after: seen });
					return mail.link(/\/cohort\/enter\//);
				};
				const enter = async (person, link) =>
					ok(await ok(await person.open(link)).form(/\/cohort\/enter\//).submit(), 'entered');
				const isSignedOut = async (person) =>
					assert.match((await person.visit('/cohort/me')).path, /\/cohort\/sign-in$/);

				before(async () => {
					await stack.crewctl('admin', address.old);
					[desk, phone] = [await arrive('desk'), await arrive('phone')];
				});
				after(async () => {
					await desk?.leave();
					await phone?.leave();
				});

				it('asked for at the desk, the link signs in the phone that opens it', async () => {
					const link = await askForLink(desk, address.old);
					assert.match((await enter(phone, link)).path, /\/cohort\/me$/);
					await isSignedOut(desk);
					const spent = await desk.open(link);
					assert.equal(spent.status, 410);
					assert.ok(spent.hasForm('Send me a new link'), spent.describe());
				});

				it('safety_21_the_phone_signs_out_the_desk_and_its_next_request_is_refused', async () => {
					await enter(desk, await askForLink(desk, address.old));
					const me = ok(await phone.visit('/cohort/me'));
					const list = ok(await me.follow('Where you are signed in'));
					assert.match(list.main, /Chrome on Linux/);
					assert.match(list.main, /This device/);
					const forms = list.forms().filter((form) => /\/sessions\/end$/.test(form.action));
					assert.equal(forms.length, 2, list.describe());
					const other = list.document.all('li').filter((card) =>
						/Sign out/.test(card.text) && !/This device/.test(card.text))
						.map((card) => card.all('input').find((input) =>
							input.get('name') === 'session').get('value'));
					assert.equal(other.length, 1, list.describe());
					const form = forms.find((one) => one.element.all('input').some((input) =>
						input.get('name') === 'session' && input.get('value') === other[0]));
					const after = ok(await form.submit(), 'signed the desk out');
					assert.match(after.text, /That device is signed out/);
					await isSignedOut(desk);
					assert.equal(ok(await phone.visit('/cohort/me')).path, '/cohort/me');
				});

				it('the address changes once the buttons of both mails were pressed', async () => {
					await enter(desk, await askForLink(desk, address.old));
					const page = ok(await ok(await phone.visit('/cohort/me')).follow('Change your address'));
					const asked = ok(await page.form('email').fill({ email: address.new }).submit());
					assert.match(asked.main, /A change is on its way/);
					const link = async (to) => (await stack.mail.expect(to, (mail) =>
						mail.links.some((one) => /\/cohort\/address\//.test(one))))
						.link(/\/cohort\/address\//);
					const first = ok(await phone.open(await link(address.old)));
					assert.match(first.main, new RegExp(address.new));
					assert.match(ok(await first.form(/\/cohort\/address\//).submit()).main, /One more mail/);
					const half = ok(await phone.visit('/cohort/me/address'));
					assert.match(half.main, /pressed[\s\S]*waits for you/);
					const second = ok(await phone.open(await link(address.new)));
					assert.doesNotMatch(second.main, new RegExp(address.old));
					const done = ok(await second.form(/\/cohort\/address\//).submit());
					assert.match(done.path, /\/cohort\/me\/address$/);
					assert.match(done.text, /Your address is changed/);
					assert.match(done.main, new RegExp(`sign in as ${address.new}`));
					await isSignedOut(desk);
				});

				it('then the new address signs in, and the old one is nobody’s', async () => {
					await enter(desk, await askForLink(desk, address.new));
					const before = await stack.value(`SELECT count(*) FROM outbox
						WHERE recipient = '${address.old}'`);
					const form = ok(await phone.visit('/cohort/sign-in')).form('email');
					ok(await form.fill({ email: address.old }).submit());
					assert.equal(await stack.value(`SELECT count(*) FROM outbox
						WHERE recipient = '${address.old}'`), before);
				});

				it('what one says of oneself is kept', async () => {
					const me = ok(await phone.visit('/cohort/me'));
					const saved = ok(await me.form('pronouns').fill({ name: 'Vega', pronouns: 'she/her',
						pronouns_audience: 'organisers', wants_reminders: false }).submit());
					assert.match(saved.text, /Your page is saved/);
					assert.deepEqual(await stack.rows(`SELECT pronouns, pronouns_audience, wants_reminders
						FROM person WHERE email = '${address.new}'`),
					[{ pronouns: 'she/her', pronouns_audience: 1, wants_reminders: 0 }]);
				});

				it('everything at once: signed out everywhere', async () => {
					const list = ok(await phone.visit('/cohort/me/sessions'));
					assert.match(ok(await list.form('Sign out everywhere').submit()).text,
						/You are signed out everywhere/);
					await isSignedOut(phone);
					await isSignedOut(desk);
				});
			});
		}
	}
});
