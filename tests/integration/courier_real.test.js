// From a form to a real mail server: Debian's exim takes what the courier
// brings over TLS from one who signed in, and a parser that is not ours reads
// what lies in the box.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { Authority } from './certificates.js';
import { Exim, eximMissing } from './exim.js';
import { startOffice } from './office.js';
import { startStack } from './stack.js';
import { ok } from './steps.js';
import { until } from './wait.js';

describe('courier and a real mail server', { skip: eximMissing, timeout: 200000 }, () => {
	let folder;
	let authority;
	let exim;
	let office;

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'groundcrew-'));
		authority = await new Authority(folder, 'authority').make();
		exim = await new Exim({ certificate: await authority.certify('server', 'DNS:localhost', 'IP:127.0.0.1') })
			.start();
		office = await startOffice();
	});
	after(async () => {
		await office?.stop();
		await exim?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	async function settings({ scheme = 'smtp', password = exim.password, more = {} } = {}) {
		return { GROUNDCREW_SMTP: `${scheme}://localhost:${scheme === 'smtp' ? exim.startTls : exim.tls}`,
			GROUNDCREW_SMTP_CREDENTIALS: await office.credentials(exim.user, password),
			GROUNDCREW_CA: authority.file, GROUNDCREW_MAIL_PER_MINUTE: '0', ...more };
	}

	// What lies in the box for an address, once count lie there.
	async function arrived(address, count = 1) {
		return until(`${count} mails to ${address} in the box`, async () => {
			const mails = [];
			for (const bytes of await exim.mails()) {
				if (bytes.includes(`Envelope-to: ${address}\n`)) {
					mails.push({ source: bytes.toString('latin1'), ...await PostalMime.parse(bytes) });
				}
			}
			return mails.length >= count ? mails : null;
		}, { seconds: 20, every: 50 });
	}

	for (const scheme of ['smtp', 'smtps']) {
		it(`${scheme}: signed in over TLS, every kind arrives as it was written`, async () => {
			await office.configure(await settings({ scheme }));
			await office.clear();
			for (const [kind, parameters] of await office.occasions()) {
				await office.queue(1, { kind, parameters, recipient: `${scheme}-${kind.replaceAll('_', '-')}@example.org` });
			}
			const { code, output } = await office.once();
			assert.equal(code, 0, output);
			const waiting = (await office.mails()).filter((row) => row.state !== 'sent');
			assert.deepEqual(waiting, []);
			for (const [kind] of await office.occasions()) {
				const recipient = `${scheme}-${kind.replaceAll('_', '-')}@example.org`;
				const [mail, ...more] = await arrived(recipient);
				assert.equal(more.length, 0, kind);
				assert.match(mail.source, /^Return-path: <hello@example\.org>$/m);
				assert.match(mail.source, /with esmtpsa /, 'authenticated, over TLS');
				assert.deepEqual(mail.to.map((one) => one.address), [recipient]);
				assert.equal(mail.from.address, 'hello@example.org');
				assert.ok(mail.subject.length > 5 && mail.text.length > 20 && mail.html.length > 20, kind);
			}
		});
	}

	it('names and subjects in any script arrive as they were typed', async () => {
		await office.configure(await settings());
		await office.clear();
		const name = 'Ζωή Ελευθερία ★ 星野 🚀 '.repeat(4).trim();
		await office.write(`UPDATE cohort SET name = '${name.slice(0, 60)}';
			UPDATE programme SET name = 'Équipe “au sol”, 地上勤務'`);
		await office.queue(1, { recipient: 'zoe@example.org' });
		await office.once();
		const [mail] = await arrived('zoe@example.org');
		assert.equal(mail.from.name, 'Équipe “au sol”, 地上勤務');
		assert.ok(mail.text.includes(name.slice(0, 60)), mail.text);
	});

	it('a wrong password: nothing arrives, nothing fails, the right one brings it', async () => {
		await office.configure(await settings({ password: 'wrong' }));
		await office.clear();
		await office.queue(1, { recipient: 'later@example.org' });
		await office.once();
		const mail = await office.mail1();
		assert.deepEqual([mail.state, mail.problem], ['queued', 'sign_in_refused']);
		await office.configure(await settings());
		await office.passPauses();
		await office.once();
		await arrived('later@example.org');
	});

	it('a hundred mails over one connection', async () => {
		await office.configure(await settings());
		await office.clear();
		await office.queue(100, { recipient: 'many' });
		await office.once();
		assert.deepEqual(await office.rows('SELECT state, count(*) AS count FROM outbox GROUP BY state'),
			[{ state: 'sent', count: 100 }]);
		await until('all to lie in the box', async () => (await exim.mails())
			.filter((bytes) => /^Envelope-to: many-/m.test(bytes.toString('latin1'))).length === 100, { seconds: 20 });
	});

	it('someone signs in by a link that exim delivered', async () => {
		const stack = await startStack({ sample: true, environment: await settings() });
		try {
			const person = stack.person();
			ok(await ok(await person.visit('/cohort/sign-in')).form('email')
				.fill({ email: 'djangonaut@example.org' }).submit());
			const [mail] = await arrived('djangonaut@example.org');
			const link = /http:\/\/localhost:\S+\/cohort\/enter\/[^\s>]+/.exec(mail.text)[0];
			await until('the link to work', () => stack.value('SELECT count(*) FROM outbox WHERE state = \'sent\''));
			const inside = ok(await ok(await person.open(link)).form(/enter/).submit());
			assert.ok(inside.hasForm(/sign-out/), inside.describe());
		} finally {
			await stack.stop();
		}
	});

	it('crewctl mail --test says what the server says, and the mail arrives', async () => {
		await office.configure(await settings());
		await office.crewctl('mail', '--test', 'operator@example.org');
		const [mail] = await arrived('operator@example.org');
		assert.ok(mail.subject);
		await office.configure(await settings({ password: 'wrong' }));
		await assert.rejects(office.crewctl('mail', '--test', 'operator@example.org'), (error) => {
			assert.equal(error.code, 1);
			assert.match(error.stderr, /^crewctl: [^\n]+\n$/);
			return true;
		});
	});
});
