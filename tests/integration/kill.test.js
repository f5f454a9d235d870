// The courier killed again and again while a thousand mails go out. What it
// promises: every mail is accepted at least once; a second copy only of the
// one mail that the server had accepted and that was not noted yet when the
// courier died, and with the same Message-ID.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startOffice } from './office.js';
import { Smtp } from './smtp.js';
import { until } from './wait.js';

const mails = 1000;
const seed = 20261122;

// A small generator of numbers from 0 to 1, the same in every run (mulberry32).
function numbers(state) {
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}

// Before each answer of the server, and a moment after its 250.
const instants = ['connect', 'mail', 'rcpt', 'data', 'body', 'dot', 'answer', 'later', 'later', 'later'];

describe('courier, killed', { timeout: 300000 }, () => {
	let office;
	let smtp;

	before(async () => {
		smtp = await new Smtp().start();
		office = await startOffice({ settings: { GROUNDCREW_SMTP: smtp.url, GROUNDCREW_MAIL_PER_MINUTE: '0' } });
	});
	after(async () => {
		await office?.stop();
		await smtp?.stop();
	});

	// Runs one courier and kills it at its nth mail, at an instant of that; or
	// lets it finish, should it have fewer to send. True: it was killed.
	async function life(instant, nth, moment) {
		let seen = 0;
		const courier = office.courier();
		const kill = () => courier.child.kill('SIGKILL');
		smtp.script = (stage) => {
			if (stage === 'mail') {
				seen += 1;
			}
			if (stage === instant && (stage === 'connect' || seen === nth)) {
				kill();
			} else if (instant === 'later' && stage === 'answer' && seen === nth) {
				// The answer is on its way, the note is being written.
				setImmediate(() => {
					const end = performance.now() + moment * 3;
					while (performance.now() < end);
					kill();
				});
			}
			return undefined;
		};
		const over = await until('the courier to end or the queue to be empty', async () => courier.isOver
			|| (smtp.messages.length >= mails && seen < nth && await waiting() === 0), { seconds: 60, every: 5 });
		if (!courier.isOver) {
			await courier.end();
		}
		smtp.script = null;
		return over && courier.child.signalCode === 'SIGKILL';
	}

	async function waiting() {
		return office.value('SELECT count(*) FROM outbox WHERE state = \'queued\'');
	}

	it('every mail arrives, and at most one a kill twice', async (t) => {
		await office.clear();
		await office.queue(mails);
		const random = numbers(seed);
		const ends = []; // how many had been accepted when the nth courier died
		while (await waiting() > 0) {
			const instant = instants[Math.floor(random() * instants.length)];
			if (await life(instant, 1 + Math.floor(random() * 40), random())) {
				ends.push(smtp.messages.length);
				const noted = (await office.rows('SELECT recipient FROM outbox WHERE state = \'sent\''));
				const arrived = new Set(smtp.messages.map((message) => message.recipients[0]));
				assert.deepEqual(noted.map((one) => one.recipient).filter((one) => !arrived.has(one)), [],
					'noted as sent, and never accepted');
			}
		}
		const copies = new Map();
		smtp.messages.forEach((message, index) => {
			assert.equal(message.recipients.length, 1);
			const [recipient] = message.recipients;
			copies.set(recipient, [...copies.get(recipient) ?? [], { index, message }]);
		});
		assert.equal(copies.size, mails, 'every one arrived');
		const doubled = [...copies.values()].filter((list) => list.length > 1);
		const ids = new Set(smtp.messages.map((message) => message.id));
		assert.equal(ids.size, mails, 'a Message-ID each, the same for each copy');
		for (const list of doubled) {
			assert.equal(new Set(list.map(({ message }) => message.id)).size, 1);
			for (const { index } of list.slice(0, -1)) {
				assert.ok(ends.includes(index + 1), 'the last one its courier had accepted when it was killed');
			}
		}
		const extra = smtp.messages.length - mails;
		assert.ok(extra <= ends.length, `${extra} second copies, ${ends.length} kills`);
		assert.ok(ends.length >= 30, `${ends.length} kills`);
		assert.ok(extra >= 1, 'the window was hit, or this test shows nothing');
		t.diagnostic(`${ends.length} kills, ${extra} second copies of ${mails} mails`);
		assert.deepEqual(await office.rows('SELECT DISTINCT state FROM outbox'), [{ state: 'sent' }]);
		assert.equal(await office.value('PRAGMA integrity_check'), 'ok');
	});
});
