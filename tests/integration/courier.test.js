// The courier against a mail server that does what it is told: what is said on
// the wire, and what becomes of a mail that is not taken.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from './certificates.js';
import { fast, startOffice } from './office.js';
import { read } from './received.js';
import { Smtp } from './smtp.js';
import { until } from './wait.js';

const [user, password] = ['groundcrew', 'pass: "wörd" with spaces'];

describe('courier', { timeout: 200000 }, () => {
	let folder;
	let certificate;
	let foreign;
	let authority;
	let office;
	let servers = [];

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'groundcrew-'));
		authority = await new Authority(folder, 'authority').make();
		certificate = await authority.certify('server', 'DNS:localhost', 'IP:127.0.0.1');
		foreign = await (await new Authority(folder, 'stranger').make())
			.certify('impostor', 'DNS:localhost', 'IP:127.0.0.1');
		office = await startOffice();
	});
	after(async () => {
		await office?.stop();
		await rm(folder, { recursive: true, force: true });
	});
	beforeEach(async () => office.clear());
	afterEach(async () => {
		await Promise.all(servers.map((server) => server.stop()));
		servers = [];
	});

	// A server, and the settings that lead to it.
	async function server(options = {}, settings = {}) {
		const smtp = await new Smtp({ certificate, ...options }).start();
		servers.push(smtp);
		await office.configure({ GROUNDCREW_SMTP: smtp.url, GROUNDCREW_CA: authority.file,
			GROUNDCREW_MAIL_FROM: undefined,
			GROUNDCREW_SMTP_CREDENTIALS: options.user ? await office.credentials(user, password) : undefined,
			...settings });
		return smtp;
	}

	// Sends what is due; a server that failed is said by the exit status, too.
	async function once(settings) {
		const { code, output } = await office.once(settings);
		assert.equal(code, /^crewctl: a server failed/m.test(output) ? 1 : 0, output);
		assert.equal(code, /outcome=host/.test(output) ? 1 : 0, output);
		return output;
	}

	for (const implicit of [false, true]) {
		const way = implicit ? 'TLS at once' : 'STARTTLS';
		it(`${way}: nothing but the greeting is said in the clear, then it signs in and delivers`, async () => {
			const smtp = await server({ implicit, user, password });
			await office.queue(3);
			await once();
			const mails = await office.mails();
			assert.deepEqual(mails.map((mail) => mail.state), ['sent', 'sent', 'sent']);
			assert.equal(smtp.messages.length, 3);
			assert.equal(smtp.sessions.length, 1, 'one connection for all of them');
			for (const message of smtp.messages) {
				assert.equal(message.secure, true);
				assert.equal(message.user, user);
				await read(message);
			}
			assert.deepEqual(smtp.messages.map((message) => message.recipients[0]).sort(),
				mails.map((mail) => mail.recipient).sort());
			const words = smtp.sessions[0].commands.map((line) => line.split(' ')[0]);
			assert.deepEqual(words.slice(0, implicit ? 2 : 4),
				implicit ? ['EHLO', 'AUTH'] : ['EHLO', 'STARTTLS', 'EHLO', 'AUTH']);
			assert.equal(words.at(-1), 'QUIT');
		});
	}

	// The server as a whole failed, not this mail: it says why, and waits with
	// all others until the server has rested.
	async function waits(problem) {
		const mail = await office.mail1();
		assert.deepEqual([mail.state, mail.problem, mail.attempts], ['queued', problem, 0]);
		const rest = mail.due_at - mail.tried_at;
		assert.ok(rest >= 12 && rest <= 19, `a quarter of a minute, more or less: ${rest} s`);
	}

	const untrusted = {
		'signed by a stranger': () => ({ certificate: foreign }),
		'for another name': async () => ({ certificate: await authority.certify('other', 'DNS:mail.example.net') }),
	};
	for (const [name, make] of Object.entries(untrusted)) {
		for (const implicit of [false, true]) {
			it(`a certificate ${name}, ${implicit ? 'TLS at once' : 'STARTTLS'}: nothing is sent`, async () => {
				const smtp = await server({ ...await make(), implicit, user, password });
				await office.queue(1);
				await once();
				await waits('certificate');
				const said = smtp.sessions.flatMap((session) => session.commands);
				assert.deepEqual(said.filter((line) => !/^(EHLO|STARTTLS|QUIT)\b/.test(line)), []);
			});
		}
	}

	it('a server that offers no TLS gets neither the password nor the mail', async () => {
		const smtp = await server({ certificate: undefined, user, password });
		await office.queue(1);
		await once();
		await waits('no_tls');
		const said = smtp.sessions.flatMap((session) => session.commands);
		assert.deepEqual(said.filter((line) => !/^(EHLO|HELO|STARTTLS|QUIT)\b/.test(line)), []);
	});

	it('a password that is refused is the server’s problem and no mail’s', async () => {
		const smtp = await server({ user, password: 'another' });
		await office.queue(3);
		await once();
		const mails = await office.mails();
		assert.deepEqual(mails.map((mail) => [mail.state, mail.attempts]), Array(3).fill(['queued', 0]));
		assert.equal(mails[0].problem, 'sign_in_refused');
		assert.equal(smtp.sessions.length, 1, 'and it is not asked again for each of them');
		smtp.password = password;
		await office.passPauses();
		await once();
		assert.equal(smtp.messages.length, 3);
	});

	it('credentials that others may read are refused before anything is sent', async () => {
		for (const mode of [0o640, 0o604, 0o660]) {
			const smtp = await server({ user, password },
				{ GROUNDCREW_SMTP_CREDENTIALS: await office.credentials(user, password, mode) });
			await office.queue(1);
			const { code, output } = await office.once();
			assert.notEqual(code, 0);
			assert.equal(output.trim().split('\n').length, 1, output);
			assert.doesNotMatch(output, new RegExp(password.slice(0, 5)));
			assert.equal(smtp.sessions.length, 0);
		}
	});

	it('no password is ever in a log, a problem or an answer', async () => {
		await server({ user, password: 'another' });
		await office.queue(1);
		const output = await once();
		const mail = await office.mail1();
		assert.doesNotMatch(output + JSON.stringify(mail), /pass: |rd" with/);
	});

	// What the server does, the word for it, and whether it is held against
	// this mail, which then waits for a pause of its own.
	const troubles = [
		['connect', '421 4.3.2 not now', 'busy', false],
		['connect', '554 5.3.2 no service here', 'refused', false],
		['connect', 'drop', 'dropped', false],
		['connect', 'hang', 'timeout', false],
		['ehlo', 'hang', 'timeout', false],
		['rcpt', '421 4.3.2 closing', 'busy', true],
		['rcpt', '451 4.7.1 greylisted', 'busy', true],
		['rcpt', 'hang', 'timeout', true],
		['dot', '451 4.3.0 try again', 'busy', true],
		['dot', '452 4.2.2 mailbox full', 'full', true],
		['body', 'drop', 'dropped', true],
		['dot', 'drop', 'dropped', true],
		['dot', 'hang', 'timeout', true],
	];
	for (const [stage, wish, problem, counts] of troubles) {
		it(`${wish} at ${stage}: tried later, and it is the same mail`, async () => {
			const smtp = await server();
			smtp.fail(stage, wish);
			await office.queue(1);
			await once(wish === 'hang' ? fast(30) : {});
			assert.equal(smtp.messages.length, 0);
			if (counts) {
				const mail = await office.mail1();
				assert.deepEqual([mail.state, mail.problem, mail.attempts], ['queued', problem, 1]);
				const pause = mail.due_at - mail.tried_at;
				assert.ok(pause >= 48 && pause <= 72, `a minute, more or less: ${pause} s`);
				if (/^4/.test(wish)) {
					assert.ok(mail.answer.includes(wish.slice(10)), 'what the server said is kept');
				}
				await once();
				assert.equal(smtp.messages.length, 0, 'not before its pause is over');
			} else {
				await waits(problem);
			}
			await office.passPauses();
			await once();
			const sent = await office.mail1();
			assert.deepEqual([sent.state, sent.problem], ['sent', null]);
			assert.equal(smtp.messages.length, 1);
			assert.equal(new Set(smtp.offered.map((message) => message.id)).size, 1, 'one Message-ID');
			await read(smtp.messages[0]);
		});
	}

	it('broken off after it was accepted: the one second copy has its Message-ID and link', async () => {
		const smtp = await server();
		smtp.fail('answer', 'drop');
		await office.queue(1);
		await once();
		await office.passPauses();
		await once();
		assert.equal((await office.mail1()).state, 'sent');
		assert.equal(smtp.messages.length, 2);
		const [one, two] = await Promise.all(smtp.messages.map(read));
		assert.equal(one.messageId, two.messageId);
		const link = (mail) => /https?:\/\/\S+\/apply\/confirm\/\S+/.exec(mail.text)[0];
		assert.equal(link(one), link(two));
	});

	it('pauses grow', async () => {
		const smtp = await server();
		smtp.script = (stage) => (stage === 'rcpt' ? '451 4.7.1 not yet' : undefined);
		await office.queue(1);
		const pauses = [];
		for (let attempt = 1; attempt <= 6; attempt++) {
			await once();
			const mail = await office.mail1();
			assert.equal(mail.attempts, attempt);
			assert.equal(mail.state, 'queued');
			pauses.push(mail.due_at - mail.tried_at);
			await office.passPauses();
		}
		pauses.forEach((pause, index) => {
			const middle = 60 * 2 ** index;
			assert.ok(pause >= middle * 0.8 && pause <= middle * 1.2, `pauses of ${pauses} s`);
		});
	});

	it('patience ends after two days, for a sign-in mail after an hour', async () => {
		const smtp = await server();
		smtp.script = (stage) => (stage === 'rcpt' ? '451 4.7.1 not yet' : undefined);
		for (const [kind, parameters, hours] of [['application_received', undefined, 48], ['sign_in', '{"person":"1"}', 1]]) {
			await office.clear();
			await office.queue(1, { kind, parameters });
			await once();
			await office.write(`UPDATE outbox SET first_tried_at = first_tried_at - ${hours * 3600 - 60}`);
			await office.passPauses();
			await once();
			assert.equal((await office.mail1()).state, 'queued', `${kind}: not a minute before`);
			await office.write('UPDATE outbox SET first_tried_at = first_tried_at - 60');
			await office.passPauses();
			await once();
			const mail = await office.mail1();
			assert.deepEqual([mail.state, mail.problem], ['failed', 'gave_up'], kind);
		}
	});

	const failures = [
		['rcpt', '550 5.1.1 <vega-1@example.org> no such user', 'no_mailbox'],
		['rcpt', '553 5.1.3 bad address syntax', 'no_mailbox'],
		['dot', '552 5.3.4 too big', 'too_big'],
		['dot', '554 5.7.1 looks like spam to vega-1@example.org', 'policy'],
	];
	for (const [stage, wish, problem] of failures) {
		it(`${wish} at ${stage}: it has failed, and the next one goes`, async () => {
			const smtp = await server();
			smtp.fail(stage, wish);
			await office.queue(2);
			await once();
			const [failed, sent] = await office.mails();
			assert.deepEqual([failed.state, failed.problem], ['failed', problem]);
			assert.ok(failed.answer.startsWith(wish.slice(0, 9)), failed.answer);
			assert.doesNotMatch(failed.answer, /@|vega/, 'no address in what is kept');
			assert.equal(sent.state, 'sent');
			assert.deepEqual(smtp.messages.map((message) => message.recipients), [[sent.recipient]]);
			await office.passPauses();
			await once();
			assert.equal(smtp.offered.filter((message) => message.recipients[0] === failed.recipient).length,
				stage === 'dot' ? 1 : 0, 'never again');
			assert.equal(await office.value('SELECT count(*) FROM link'), 1, 'no link for what did not arrive');
		});
	}

	it('a server that is down keeps them all; up again, all arrive', async () => {
		const smtp = await server();
		await office.queue(20);
		await smtp.stop();
		await once();
		const mails = await office.mails();
		assert.deepEqual(mails.map((mail) => [mail.state, mail.attempts]), Array(20).fill(['queued', 0]));
		assert.equal(mails[0].problem, 'unreachable');
		await smtp.listen();
		await office.passPauses();
		await once();
		assert.equal(smtp.messages.length, 20);
	});

	it('a courier tries a server that was down again by itself', async () => {
		const smtp = await server();
		await smtp.stop();
		await office.queue(5);
		const courier = office.courier(fast(30));
		await until('it to have tried', async () => (await office.mails())[0].problem === 'unreachable');
		await smtp.listen();
		await until('all to arrive', () => smtp.messages.length === 5);
		await courier.end();
		assert.ok((await office.mails()).every((mail) => mail.state === 'sent'));
	});

	it('a link’s lifetime counts from acceptance', async () => {
		const smtp = await server();
		smtp.fail('dot', '451 4.3.0 try again');
		await office.queue(1, { kind: 'sign_in', parameters: '{"person":"1"}', recipient: 'organiser@example.org' });
		await once();
		assert.equal(await office.value('SELECT count(*) FROM link'), 0, 'none works before');
		await office.write('UPDATE outbox SET created_at = created_at - 86400, due_at = unixepoch()');
		const began = Math.floor(Date.now() / 1000);
		await once();
		assert.equal(smtp.messages.length, 1);
		const [link] = await office.rows('SELECT expires_at FROM link');
		assert.ok(link.expires_at >= began + 600 && link.expires_at <= Date.now() / 1000 + 601);
	});

	it('safety_09_no_field_makes_a_header_or_a_second_recipient', async () => {
		const smtp = await server();
		const evil = ['\r\nBcc: eve@example.org', '\nSubject: hello\n\nbody', '\r', '\u0000x', '\u2028Bcc: eve@example.org',
			'=?utf-8?q?=0d=0aBcc:_eve@example.org?=', ', eve@example.org', '"; <eve@example.org>', '<eve@example.org>',
			'\\', '"', '(comment)', 'x'.repeat(60) + ' ' + 'é'.repeat(30)];
		const text = (value) => `CAST(x'${Buffer.from(value).toString('hex')}' AS TEXT)`;
		for (const word of evil) {
			await office.clear();
			await office.write(`UPDATE programme SET name = ${text(`Crew ${word}`)};
				UPDATE cohort SET name = ${text(`Orion ${word}`)};
				UPDATE application SET name = ${text(`Vega ${word}`)} WHERE id = 1;`).catch(() => {});
			await office.queue(1);
			await once();
			await office.queue(1, { kind: 'sign_in', parameters: '{"person":"1"}' });
			await once();
		}
		assert.ok(smtp.messages.length > evil.length, `${smtp.messages.length} were sent`);
		for (const message of smtp.messages) {
			assert.deepEqual(message.recipients, ['vega-1@example.org']);
			const mail = await read(message);
			assert.equal(mail.from.address, 'hello@example.org');
			assert.equal(mail.cc, undefined);
			assert.equal(mail.bcc, undefined);
		}
		for (const recipient of ['a@example.org\r\nRCPT TO:<eve@example.org>', 'a@example.org>, <eve@example.org',
			'a@example.org\nBcc: eve@example.org', 'a@example.org, eve@example.org', '<eve@example.org>', '"@example.org']) {
			await office.clear();
			const before = smtp.messages.length;
			await office.write(`INSERT INTO outbox (reason, kind, urgency, recipient, parameters, due_at, created_at)
				VALUES ('evil', 'sign_in', 1, ${text(recipient)}, '{"person":"1"}', 0, 0)`);
			await once();
			assert.equal((await office.mail1()).state, 'failed', recipient);
			assert.equal(smtp.messages.length, before);
		}
		const said = smtp.sessions.flatMap((session) => session.commands);
		assert.deepEqual(said.filter((line) => /eve/.test(line)), []);
	});

	it('at most once a reason: running again queues and sends nothing twice', async () => {
		const smtp = await server();
		await office.queue(5, { reason: 'the same' });
		await assert.rejects(office.queue(5, { reason: 'the same' }), /UNIQUE/);
		await once();
		await once();
		assert.equal(smtp.messages.length, 5);
	});

	it('someone who waits at the screen comes before all reminders', async () => {
		const smtp = await server();
		await office.queue(1, { kind: 'next_opens', parameters: (await office.occasions()).at(-1)[1], recipient: 'later' });
		await office.queue(3, { kind: 'question_answered', recipient: 'news',
			parameters: (await office.occasions()).find(([kind]) => kind === 'question_answered')[1] });
		await office.queue(1, { kind: 'sign_in', parameters: '{"person":"1"}', recipient: 'now' });
		await once();
		assert.deepEqual(smtp.messages.map((message) => message.recipients[0].split('-')[0]),
			['now', 'news', 'news', 'news', 'later']);
	});

	it('no more a minute than the operator allows', async () => {
		const smtp = await server({}, { GROUNDCREW_MAIL_PER_MINUTE: '60' });
		await office.queue(36);
		const began = performance.now();
		const courier = office.courier(fast(30));
		await until('all to arrive', () => smtp.messages.length === 36);
		await courier.end();
		// A tenth of a minute's at once, then one a second, of a clock thirty
		// times as fast.
		const seconds = (performance.now() - began) / 1000 * 30;
		assert.ok(seconds > 29, `36 in ${seconds.toFixed(1)} s`);
	});

	it('without a mail server each is a whole .eml file that only its owner may read', async () => {
		await office.configure({});
		for (const [kind, parameters] of await office.occasions()) {
			await office.clear();
			await office.queue(1, { kind, parameters });
			await once();
		}
		const folder = join(office.folder, 'mail');
		const names = await readdir(folder);
		assert.equal(names.filter((name) => name.endsWith('.eml')).length, names.length);
		assert.ok(names.length >= (await office.occasions()).length);
		for (const name of names) {
			const bytes = await readFile(join(folder, name));
			assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600);
			await read({ bytes, source: bytes.toString('latin1'), recipients: ['vega-1@example.org'] });
			await rm(join(folder, name));
		}
	});

	it('a second courier refuses in one line while the first works on', async () => {
		const smtp = await server();
		const first = office.courier();
		await office.queue(1);
		await until('the first to deliver', () => smtp.messages.length === 1);
		for (const settings of [{}, { GROUNDCREW_SMTP: undefined }]) {
			const second = await office.once(settings);
			assert.notEqual(second.code, 0);
			assert.match(second.output, /^[^\n]*another courier[^\n]*\n$/);
		}
		await office.queue(1);
		await office.wakeCourier();
		await until('and it goes on', () => smtp.messages.length === 2);
		const { code } = await first.end();
		assert.equal(code, 0);
	});

	it('it ends within a moment of being told, even while a server keeps it waiting', async () => {
		const smtp = await server();
		smtp.script = (stage) => (stage === 'dot' ? 'hang' : undefined);
		await office.queue(1);
		const courier = office.courier();
		await until('it to wait', () => smtp.hung === 1);
		const began = performance.now();
		await courier.end();
		assert.ok(performance.now() - began < 8000, `${performance.now() - began} ms`);
		assert.equal((await office.mail1()).state, 'queued');
	});

	it('the sender and where answers go are as configured', async () => {
		const smtp = await server({}, { GROUNDCREW_MAIL_FROM: 'crew@mail.example.net' });
		await office.write('UPDATE programme SET name = \'Bodenpersonal für Ünïcode 地上\'');
		await office.queue(1);
		await once();
		const mail = await read(smtp.messages[0]);
		assert.equal(smtp.messages[0].from, 'crew@mail.example.net');
		assert.equal(mail.from.address, 'crew@mail.example.net');
		assert.equal(mail.from.name, 'Bodenpersonal für Ünïcode 地上');
		assert.equal(mail.replyTo[0].address, 'hello@example.org');
	});

	it('every kind: text and HTML say the same, and only what one can do without says how to stop it', async () => {
		// One click is for https alone (RFC 8058).
		const smtp = await server({}, { GROUNDCREW_BASE: 'https://crew.example/club' });
		const optional = new Set((await office.rows('SELECT kind FROM mail_kind WHERE is_optional'))
			.map((row) => row.kind));
		for (const [kind, parameters] of await office.occasions()) {
			await office.clear();
			const count = smtp.messages.length;
			await office.queue(1, { kind, parameters });
			await once();
			assert.ok(smtp.messages.length > count, `${kind}: ${JSON.stringify(await office.mails())}`);
			const mail = await read(smtp.messages.at(-1));
			assert.ok(mail.html, `${kind} has an HTML part`);
			for (const link of mail.text.match(/https?:\/\/[^\s<>()]+/g) ?? []) {
				assert.ok(mail.html.replaceAll('&amp;', '&').includes(link), `${kind}: ${link} is in the HTML`);
			}
			assert.doesNotMatch(mail.html, /<(script|img|link|form|iframe|style)\b|\bon\w+=/i, kind);
			assert.equal('list-unsubscribe' in mail.head, optional.has(kind), kind);
			if (optional.has(kind)) {
				assert.match(mail.head['list-unsubscribe'], /^<https:\/\/crew\.example\/club\/cohort\/stop\/[^<>\s]+>$/);
				assert.equal(mail.head['list-unsubscribe-post'], 'List-Unsubscribe=One-Click');
			}
		}
	});
});
