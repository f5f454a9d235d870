// A report of misconduct on a stack that runs: mailed to those whom its sender
// chose, and nowhere else – not in a log, nor in any file but the mails.
import assert from 'node:assert/strict';
import { readFile, readdir, rename } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import { exchange } from './client.js';
import { startStack } from './stack.js';
import { ok, signIn } from './steps.js';
import { until } from './wait.js';

describe('reports of misconduct', { timeout: 120000 }, () => {
	let stack;

	before(async () => {
		stack = await startStack();
		await stack.crewctl('admin', 'electra@example.org');
		const electra = await signIn(stack, 'electra@example.org');
		for (const [name, outside] of [['Vega', false], ['Crux', true], ['Altair', false]]) {
			const page = ok(await electra.visit('/cohort/settings/conduct'));
			ok(await page.form('outside').fill({ name, email: `${name.toLowerCase()}@example.org`,
				outside }).submit());
		}
		electra.leave();
	});
	after(async () => stack?.stop());

	const left = () => stack.value('SELECT count(*) FROM conduct_report');

	async function report(person, what) {
		const form = ok(await person.visit('/cohort/conduct/report')).form('what');
		return ok(await form.fill({ what, reach: 'canary-reach', recipients: ['Vega', 'Crux'] }).submit());
	}

	// Every file of the stack but the mails that were written.
	async function filesWith(word) {
		const found = [];
		const walk = async (folder) => {
			for (const entry of await readdir(folder, { withFileTypes: true })) {
				const path = join(folder, entry.name);
				if (entry.isDirectory() && entry.name !== 'mail') {
					await walk(path);
				} else if (entry.isFile() && (await readFile(path)).includes(word)) {
					found.push(path);
				}
			}
		};
		await walk(stack.folder);
		return found;
	}

	it('goes to those who were chosen and is then in no file', async () => {
		const person = stack.person();
		const thanks = await report(person, 'canary-what');
		assert.match(thanks.main, /Vega/);
		assert.match(thanks.main, /Crux \(outside the programme\)/);
		for (const to of ['vega@example.org', 'crux@example.org']) {
			const mail = await stack.mail.expect(to);
			assert.match(mail.text, /canary-what/);
			assert.match(mail.text, /canary-reach/);
		}
		assert.equal((await stack.mail.to('altair@example.org')).length, 0);
		await until('the report to be deleted', async () => await left() === 0);
		assert.deepEqual(await filesWith('canary'), []);
		assert.equal(await stack.value("SELECT count(*) FROM outbox WHERE kind = 'conduct'"), 0);
		person.leave();
	});

	it('is longer than other forms may be, and lies in no log even when its program is gone', async () => {
		const person = stack.person();
		ok(await report(person, 'क'.repeat(7990) + ' canary'));
		const socket = join(stack.folder, 'socket/cohort.sock');
		await rename(socket, `${socket}.away`);
		try {
			const answer = await exchange(stack, { method: 'POST', path: '/cohort/conduct/report',
				body: 'what=canary' });
			assert.equal(answer.status, 502);
		} finally {
			await rename(`${socket}.away`, socket);
		}
		// Our program says that the page was asked for; nginx, which knows who
		// asked, says nothing.
		assert.doesNotMatch(await stack.logs(), /canary|(?:path="|GET |POST )\/cohort\/conduct\/report/);
		assert.deepEqual(await filesWith('canary'), []);
		person.leave();
	});
});
