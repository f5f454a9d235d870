// Accounts on a stack that runs: what two at the same instant, or a mail that
// is read elsewhere, make of a link.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freshAddress } from './people.js';
import { startStack } from './stack.js';
import { ok, signIn } from './steps.js';

describe('accounts', { timeout: 120000 }, () => {
	let stack;

	before(async () => {
		stack = await startStack();
	});
	after(async () => stack?.stop());

	async function account(word) {
		const email = freshAddress(word);
		await stack.crewctl('admin', email);
		return email;
	}

	async function linkFor(email) {
		const person = stack.person();
		const before = (await stack.mail.to(email)).length;
		ok(await ok(await person.visit('/cohort/sign-in')).form('email').fill({ email }).submit());
		person.leave();
		return (await stack.mail.expect(email, () => true, { after: before }))
			.link(/\/cohort\/enter\//);
	}

	const sessions = (email) => stack.value(`SELECT count(*) FROM session
		JOIN person ON person.id = person_id WHERE email = '${email}'`);

	it('safety_14_a_mail_scanner_that_reads_a_link_ten_times_consumes_nothing', async () => {
		const email = await account('scanned');
		const link = await linkFor(email);
		const scanner = stack.person();
		for (let turn = 0; turn < 10; turn++) {
			const { pathname } = new URL(link);
			assert.equal((await scanner.request('HEAD', pathname)).status, 200);
			const page = ok(await scanner.open(link));
			assert.doesNotMatch(page.source, /http-equiv|onload|autofocus/);
		}
		assert.equal(await sessions(email), 0);
		ok(await ok(await scanner.open(link)).form(/\/cohort\/enter\//).submit());
		assert.equal(await sessions(email), 1);
		scanner.leave();
	});

	it('safety_15_a_link_pressed_twice_at_the_same_instant_makes_one_session', async () => {
		for (let turn = 0; turn < 10; turn++) {
			const email = await account('twice');
			const link = await linkFor(email);
			const two = [stack.person(), stack.person()];
			const forms = [];
			for (const one of two) {
				forms.push(ok(await one.open(link)).form(/\/cohort\/enter\//));
			}
			const pages = await Promise.all(forms.map((form) => form.submit()));
			assert.deepEqual(pages.map((page) => page.status).sort(), [200, 410]);
			assert.equal(await sessions(email), 1);
			two.forEach((one) => one.leave());
		}
	});

	it('of two who confirm one address at the same instant the database lets one have it', async () => {
		const wanted = freshAddress('wanted');
		const presses = [];
		for (const word of ['first', 'second']) {
			const person = await signIn(stack, await account(word));
			const page = ok(await person.visit('/cohort/me/address'));
			ok(await page.form('email').fill({ email: wanted }).submit());
			const old = await stack.mail.expect(person.email, (mail) =>
				mail.links.some((link) => /\/cohort\/address\//.test(link)));
			ok(await ok(await person.open(old.link(/\/cohort\/address\//)))
				.form(/\/cohort\/address\//).submit());
			const mail = await stack.mail.expect(wanted, () => true, { after: presses.length });
			presses.push(ok(await person.open(mail.link(/\/cohort\/address\//)))
				.form(/\/cohort\/address\//));
		}
		const pages = await Promise.all(presses.map((form) => form.submit()));
		assert.deepEqual(pages.map((page) => page.status).sort(), [200, 409]);
		assert.equal(await stack.value(`SELECT count(*) FROM person WHERE email = '${wanted}'`), 1);
	});

	it('the list of sessions names a device and never the words of a browser', async () => {
		const email = await account('device');
		const link = await linkFor(email);
		const agent = 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0 canaryagent';
		const person = stack.person();
		const page = ok(await person.open(link));
		const form = page.form(/\/cohort\/enter\//);
		const request = person.request.bind(person);
		person.request = (method, path, options = {}) => request(method, path,
			{ ...options, headers: { ...options.headers, 'User-Agent': agent } });
		ok(await form.submit());
		assert.match(ok(await person.visit('/cohort/me/sessions')).main, /Firefox on Android/);
		assert.ok(!(await stack.logs()).includes('canaryagent'), 'no log has it');
		person.leave();
	});
});
