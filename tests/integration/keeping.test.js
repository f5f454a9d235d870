// Backup under load, and what a restore brings back – and what it must not.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { applicant, many } from './rush.js';
import { startStack } from './stack.js';
import { openCohort, signIn } from './steps.js';
import { until } from './wait.js';

describe('keeping', { timeout: 300000 }, () => {
	let stack;
	let slug;

	before(async () => {
		stack = await startStack({ sample: true });
		slug = await openCohort(stack);
	});
	after(async () => stack?.stop());

	const addresses = async () => new Set((await stack.rows('SELECT email FROM application'))
		.map((row) => row.email));

	it('safety_53_a_backup_taken_during_2000_posts_restores_all_acknowledged_before_it', async () => {
		const post = await applicant(stack, slug);
		const member = await signIn(stack, 'djangonaut@example.org');
		const file = join(stack.folder, 'under-load.db');
		const acknowledged = [];
		let backup = null;
		await many(2000, 16, async () => {
			const { email, answer } = await post();
			assert.equal(answer.status, 303);
			acknowledged.push(email);
			if (acknowledged.length >= 700 && backup === null) {
				backup = { before: [...acknowledged], done: stack.crewctl('backup', file) };
			}
		});
		await backup.done;
		assert.equal((await addresses()).size >= 2000, true);

		const said = await stack.crewctl('restore', file);
		const restored = await addresses();
		assert.deepEqual(backup.before.filter((email) => !restored.has(email)), [],
			`lost by the backup; restore said: ${said}`);
		assert.ok(restored.size < 2000 + backup.before.length, 'it is the backup that is there');
		assert.equal(await stack.value('PRAGMA integrity_check'), 'ok');

		const refused = await member.request('GET', '/cohort/me');
		assert.equal(refused.status, 303, 'sessions end');
		assert.match(refused.headers.location, /sign-in/);
		assert.equal(await stack.value('SELECT count(*) FROM link'), 0, 'so do mailed links');
		const again = await post();
		assert.equal(again.answer.status, 303, 'the workers go on with what is there now');
	});

	it('mail that was queued when the backup was made waits for its release', async () => {
		const own = await startStack({ sample: true, courier: false });
		try {
			const post = await applicant(own, await openCohort(own));
			const { email } = await post();
			const file = join(own.folder, 'copy.db');
			const state = `SELECT state FROM outbox WHERE recipient = '${email}'`;
			await own.crewctl('backup', file);
			await own.crewctl('restore', file);
			assert.equal(await own.value(state), 'held');
			await own.crewctl('courier', '--once');
			assert.equal(await own.value(state), 'held', 'the courier leaves it');
			await own.crewctl('mail', '--release');
			await own.crewctl('courier', '--once');
			assert.equal(await own.value(state), 'sent');
			assert.equal((await own.mail.to(email)).length, 1);
		} finally {
			await own.stop();
		}
	});

	it('safety_58_whoever_was_erased_after_the_backup_is_erased_again', async () => {
		const own = await startStack({ sample: true });
		try {
			const address = 'djangonaut@example.org';
			const file = join(own.folder, 'before.db');
			const name = await own.value(`SELECT name FROM person WHERE email = '${address}'`);
			await own.crewctl('backup', file);
			await own.crewctl('erase', address);
			await own.wakeCourier();
			await until('the erasure to be in the journal', async () =>
				await own.value('SELECT count(*) FROM erasure') === 0);
			await own.crewctl('restore', file);
			assert.equal(await own.value(
				`SELECT count(*) FROM person WHERE email = '${address}'`), 0);
			assert.equal(await own.value(
				`SELECT count(*) FROM person WHERE name = '${name.replace(/'/g, "''")}'`), 0);
			const journal = await readFile(`${own.database}.erasures`, 'utf8');
			assert.doesNotMatch(journal, /djangonaut@/, 'the journal names nobody');
			// The log is emptied as soon as nobody is reading it.
			await until('the address to be in no file', async () => {
				const parts = (await readdir(own.folder)).filter((one) =>
					/^groundcrew\.db(-wal|-shm)?$/.test(one));
				const all = await Promise.all(parts.map((one) => readFile(join(own.folder, one))));
				await own.wakeCourier();
				return !all.some((bytes) => bytes.includes(address));
			}, { every: 50, seconds: 20 });
		} finally {
			await own.stop();
		}
	});
});
