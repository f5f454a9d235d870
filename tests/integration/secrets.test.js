// Secret addresses on a stack that runs: made on the page, read by a reader
// that has no cookie, in no log and in no file, ended by a button.
import assert from 'node:assert/strict';
import { readFile, readdir, rename } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import { exchange } from './client.js';
import { checkAtom, checkParsers, validateByGrammar } from './feed.js';
import { startStack } from './stack.js';
import { ok, signIn } from './steps.js';

const page = '/cohort/me/addresses';

describe('secret addresses', { timeout: 120000 }, () => {
	let stack, person, member;

	before(async () => {
		stack = await startStack({ sample: true });
		// A Djangonaut of a cohort that is running.
		member = (await stack.rows(`SELECT person.email, person.name, mentoring_group.id AS group_id,
				mentoring_group.name AS group_name
			FROM placement JOIN member ON member.id = placement.member_id
			JOIN person ON person.id = member.person_id
			JOIN mentoring_group ON mentoring_group.id = placement.group_id
			JOIN check_in ON check_in.member_id = member.id
			JOIN cohort ON cohort.id = member.cohort_id
			WHERE placement.left_at IS NULL AND member.role = 'djangonaut'
			ORDER BY cohort.ends_at DESC LIMIT 1`))[0];
		person = await signIn(stack, member.email);
	});
	after(async () => {
		person?.leave();
		await stack?.stop();
	});

	const literally = (text) => text.replaceAll(/[^\w\s]/g, '\\$&');

	// Makes one for this; its path.
	async function make(what) {
		const form = ok(await person.visit(page)).form(new RegExp(`^(?:Make|Replace) .*${literally(what)}`));
		const shown = ok(await form.submit());
		const address = new RegExp(`${stack.base}(/feed/[^<\\s"]+)`).exec(shown.text);
		assert.ok(address, 'the address is shown');
		assert.doesNotMatch(ok(await person.visit(page)).text, /\/feed\/(?:private|calendar)\//,
			'it is shown once');
		return stack.root + address[1];
	}

	const token = (path) => path.split('/').at(-1).split('.')[0];

	// Every file of the stack, its database, its logs and its mails.
	async function filesWith(word) {
		const found = [];
		const walk = async (folder) => {
			for (const entry of await readdir(folder, { withFileTypes: true })) {
				const path = join(folder, entry.name);
				if (entry.isDirectory()) {
					await walk(path);
				} else if (entry.isFile() && (await readFile(path)).includes(word)) {
					found.push(path);
				}
			}
		};
		await walk(stack.folder);
		return found;
	}

	it('lets a reader follow the group that has no cookie, and nobody keep what it read', async () => {
		const path = await make(`Feed of the group: ${member.group_name}`);
		const feed = await exchange(stack, { path, headers: { 'Accept-Encoding': 'gzip' } });
		assert.equal(feed.status, 200);
		assert.match(feed.headers['content-type'], /^application\/atom\+xml/);
		assert.equal(feed.headers['cache-control'], 'private, no-store');
		assert.equal(feed.headers['referrer-policy'], 'no-referrer');
		assert.equal(feed.headers['x-robots-tag'], 'noindex');
		assert.equal(feed.headers['content-encoding'], undefined);
		assert.match(feed.text, / checked in, week /);
		await validateByGrammar(feed.body);
		const read = checkAtom(feed.body, { self: stack.origin + path });
		await checkParsers(feed.body, read);
		const again = await exchange(stack, { path, headers: { 'If-None-Match': feed.headers.etag } });
		assert.equal(again.status, 304);
		assert.equal(again.headers['cache-control'], 'private, no-store');
	});

	it('opens calendars that programs subscribe to', async () => {
		for (const what of [`Calendar of the group: ${member.group_name}`, 'Your own calendar']) {
			const calendar = await exchange(stack, { path: await make(what) });
			assert.equal(calendar.status, 200);
			assert.match(calendar.headers['content-type'], /^text\/calendar/);
			assert.equal(calendar.headers['cache-control'], 'private, no-store');
			assert.match(calendar.text, /^BEGIN:VCALENDAR\r\n[^]*BEGIN:VEVENT\r\n/);
		}
	});

	it('safety_24_is_in_no_log_and_in_no_file_even_when_its_program_is_gone', async () => {
		const path = await make(`Feed of the group: ${member.group_name}`);
		const send = (more) => exchange(stack, { path, ...more });
		assert.equal((await send()).status, 200);
		assert.equal((await send({ method: 'POST', body: 'x=y',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })).status, 405);
		assert.equal((await send({ method: 'PUT' })).status, 405);
		const socket = join(stack.folder, 'socket/feed.sock');
		await rename(socket, `${socket}.away`);
		try {
			assert.equal((await send()).status, 502);
		} finally {
			await rename(`${socket}.away`, socket);
		}
		assert.equal((await send()).status, 200);
		assert.deepEqual(await filesWith(token(path)), []);
	});

	it('ends at once: with a new one, and with a button', async () => {
		const what = `Feed of the group: ${member.group_name}`;
		const first = await make(what);
		const second = await make(what);
		assert.equal((await exchange(stack, { path: first })).status, 404);
		assert.equal((await exchange(stack, { path: second })).status, 200);
		const listed = ok(await person.visit(page));
		const ended = ok(await listed.form(new RegExp(`^End it.*${literally(what)}`)).submit());
		assert.match(ended.text, /opens nothing any more/);
		assert.equal((await exchange(stack, { path: second })).status, 404);
	});
});
