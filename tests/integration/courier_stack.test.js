// The courier beside the pages: what visitors see while the mail server is
// down, and how soon a mail goes after the page that caused it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startCourier } from './office.js';
import { Smtp } from './smtp.js';
import { startStack } from './stack.js';
import { ok, signIn } from './steps.js';
import { until } from './wait.js';

describe('courier and pages', { timeout: 200000 }, () => {
	let smtp;
	let stack;
	let courier;

	before(async () => {
		smtp = await new Smtp().start();
		stack = await startStack({ sample: true, courier: false, environment: { GROUNDCREW_SMTP: smtp.url } });
		courier = await startCourier(stack);
	});
	after(async () => {
		await courier?.end();
		await stack?.stop();
		await smtp?.stop();
	});

	// Asks for a sign-in link: the page it leads to, and the milliseconds.
	async function ask(email) {
		const person = stack.person();
		const form = ok(await person.visit('/cohort/sign-in')).form('email').fill({ email });
		const began = performance.now();
		const page = ok(await form.submit());
		return { person, page, took: performance.now() - began };
	}

	async function arrived(email, after = 0) {
		return until(`a mail to ${email}`, () => smtp.messages.slice(after)
			.find((message) => message.recipients[0] === email), { seconds: 30 });
	}

	function decoded(message) {
		return message.source.replace(/=\r\n/g, '').replaceAll('=3D', '=');
	}

	it('a mail goes as soon as the page that caused it is answered', async () => {
		const { took } = await ask('captain@example.org');
		await arrived('captain@example.org');
		assert.ok(took < 5000, `${took} ms`);
	});

	it('safety_56_mail_server_down_the_page_answers_as_usual_and_the_mail_comes_later', async () => {
		const before = await ask('navigator@example.org');
		await arrived('navigator@example.org');
		await smtp.stop();
		const { page, person, took } = await ask('djangonaut@example.org');
		assert.equal(page.main.replaceAll('djangonaut', 'navigator'), before.page.main, 'the same words');
		assert.ok(took < 5000, `${took} ms`);
		const row = await until('the courier to have tried', async () => (await stack.rows(`SELECT * FROM outbox
			WHERE kind = 'sign_in' AND state = 'queued' AND problem IS NOT NULL`))[0]);
		assert.equal(row.problem, 'unreachable');
		// Most of an hour passes; then the server is there again.
		await courier.end();
		await stack.write(`UPDATE outbox SET created_at = created_at - 3000, due_at = unixepoch() WHERE id = ${row.id}`);
		await smtp.listen();
		const began = Math.floor(Date.now() / 1000);
		courier = await startCourier(stack);
		const message = await arrived('djangonaut@example.org');
		await until('it to be noted', async () =>
			await stack.value(`SELECT state FROM outbox WHERE id = ${row.id}`) === 'sent');
		const expires = await stack.value('SELECT max(expires_at) FROM link WHERE purpose = \'sign_in\' AND NOT is_lasting');
		assert.ok(expires >= began + 600 && expires <= Date.now() / 1000 + 601, 'ten minutes from acceptance');
		const link = /http:\/\/localhost:\S+\/cohort\/enter\/[^\s>]+/.exec(decoded(message))[0];
		const inside = ok(await ok(await person.open(link)).form(/enter/).submit());
		assert.ok(inside.hasForm(/sign-out/), inside.describe());
	});

	it('while a mail server hangs, pages answer and people post', async () => {
		smtp.script = (stage) => (stage === 'dot' ? 'hang' : undefined);
		const hung = smtp.hung;
		await ask('rigel@example.org');
		await until('the courier to wait for the server', () => smtp.hung > hung);
		const times = [];
		const person = await signIn(stack, 'organiser@example.org');
		for (let i = 0; i < 20; i++) {
			const began = performance.now();
			ok(await person.visit('/cohort/me'));
			times.push(performance.now() - began);
		}
		const { took } = await ask('deneb@example.org');
		// A server may hang for half a minute.
		assert.ok(Math.max(...times, took) < 5000, `${Math.max(...times, took)} ms`);
		smtp.script = null;
	});
});
