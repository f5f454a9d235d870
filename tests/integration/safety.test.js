// Safety: what was measured before it was built, on a stack that runs – the
// sockets, the queue, the parents of workers – and what faults do not give away.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, readdir, rename, stat } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exchange } from './client.js';
import { sendRaw, requestBytes } from './raw.js';
import { programs, startStack } from './stack.js';
import { signInByMail } from './steps.js';

const execFileText = promisify(execFile);

describe('safety', { timeout: 200000 }, () => {
	let stack;

	before(async () => {
		stack = await startStack({ sample: true });
	});
	after(async () => stack?.stop());

	// Addresses that are a secret, with a word in each that no log may have.
	const secrets = (word) => ({
		cohort: [`/cohort/enter/${word}enter`, `/cohort/offer/${word}offer`,
			`/cohort/address/${word}address`, `/cohort/invitation/${word}invitation`,
			`/cohort/tell-me/${word}tell-me`, `/cohort/stop/${word}stop`, `/cohort/erase/${word}erase`,
			`/cohort//enter/${word}slashes`, `/cohort/%65nter/${word}escaped`],
		apply: [`/apply/confirm/${word}confirm`, `/apply/draft/${word}draft`,
			`/apply/orion/received/${word}receipt`],
		feed: [`/feed/private/${word}private.atom`, `/feed/calendar/${word}calendar.ics`,
			`/feed/private/${word}bare`, `//feed//private/${word}slashes.atom`,
			`/feed/%70rivate/${word}escaped.atom`],
	});

	function checkErrorPage(answer, status) {
		const what = `${status} at ${answer.url}`;
		assert.equal(answer.status, status, what);
		assert.match(answer.text, /<h1/, what);
		assert.doesNotMatch(answer.text, /nginx/i, what);
		for (const [name, value] of Object.entries({
			'content-security-policy': /^default-src 'none'; script-src 'self'/,
			'x-content-type-options': /^nosniff$/, 'referrer-policy': /^no-referrer$/,
			'cross-origin-opener-policy': /^same-origin$/,
			'cross-origin-resource-policy': /^same-origin$/,
			'permissions-policy': /camera=\(\)/, 'cache-control': /no-store/ })) {
			assert.match(answer.headers[name] ?? '', value, `${what}: ${name}`);
		}
	}

	async function noLogHas(word) {
		const logs = await stack.logs();
		const line = logs.split('\n').find((one) => one.includes(word));
		assert.equal(line, undefined, 'a secret is in a log');
	}

	it('safety_24_no_secret_address_is_in_a_log_when_its_program_is_gone', async () => {
		const word = 'gonegonegone';
		for (const [program, paths] of Object.entries(secrets(word))) {
			const socket = join(stack.folder, `socket/${program}.sock`);
			await rename(socket, `${socket}.away`);
			try {
				for (const path of paths) {
					checkErrorPage(await exchange(stack, { path }), 502);
					checkErrorPage(await exchange(stack, { method: 'POST', path, body: 'x=y' }), 502);
				}
			} finally {
				await rename(`${socket}.away`, socket);
			}
		}
		await noLogHas(word);
	});

	it('safety_27_a_mail_program_may_stop_mails_in_its_own_way_and_nothing_else', async () => {
		const sent = { method: 'POST', headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
			body: '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n' };
		const token = 'a'.repeat(43);
		const stopped = await exchange(stack, { ...sent, path: `/cohort/stop/${token}` });
		assert.equal(stopped.status, 200, 'no redirect (RFC 8058, section 3.1)');
		assert.match(stopped.text, /nothing to stop/);
		for (const path of [`/cohort/tell-me/${token}`, '/cohort/tell-me', '/cohort/sign-in']) {
			assert.equal((await exchange(stack, { ...sent, path })).status, 415, path);
		}
	});

	it('safety_40_the_full_header_set_on_502_too', async () => {
		const socket = join(stack.folder, 'socket/standup.sock');
		await rename(socket, `${socket}.away`);
		try {
			checkErrorPage(await exchange(stack, { path: '/standup/' }), 502);
		} finally {
			await rename(`${socket}.away`, socket);
		}
	});

	// nginx waits 15 s for a worker: this test does, too.
	it('safety_24_nor_when_its_program_is_late_or_the_visitor_leaves', async () => {
		const word = 'latelatelate';
		const paths = secrets(word);
		const ids = (await Promise.all(Object.keys(paths)
			.map((program) => stack.workers(program)))).flat();
		ids.forEach((id) => process.kill(id, 'SIGSTOP'));
		try {
			const late = Object.values(paths).flat().map((path) => exchange(stack, { path }));
			// These hang up long before.
			for (const path of Object.values(paths).flat()) {
				await sendRaw(stack, requestBytes(stack, `GET ${path} HTTP/1.1`), { seconds: 0.1 });
			}
			for (const answer of await Promise.all(late)) {
				checkErrorPage(answer, 504);
			}
		} finally {
			ids.forEach((id) => process.kill(id, 'SIGCONT'));
		}
		await noLogHas(word);
	});

	it('safety_24_nor_when_what_is_sent_there_is_refused', async () => {
		const word = 'refusedrefused';
		for (const path of Object.values(secrets(word)).flat()) {
			const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
			const big = await exchange(stack, { method: 'POST', path, headers: type, body: 'x'.repeat(513 * 1024) });
			assert.equal(big.status, 413);
			assert.equal((await exchange(stack, { method: 'PUT', path })).status, 405);
			// 405 where there is nothing to send, 404 for two slashes.
			const plain = await exchange(stack, { method: 'POST', path, headers: type, body: 'a=b' });
			// Stopping mails asks for the secret alone (RFC 8058).
			const expected = path.includes('/stop/') ? [200] : [403, 404, 405];
			assert.ok(expected.includes(plain.status), `${path}: ${plain.status}`);
			await sendRaw(stack, requestBytes(stack, `POST ${path} HTTP/1.1`,
				['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 100'], 'half'),
			{ finish: true });
			await sendRaw(stack, requestBytes(stack, `GET ${path} HTTP/1.1`, ['Content-Length: x']));
			await sendRaw(stack, requestBytes(stack, `GET ${path} HTTP/9.9`));
		}
		await noLogHas(word);
	});

	it('measured: only nginx reaches a socket, and a rush waits in a long queue', async () => {
		const { stdout } = await execFileText('ss', ['-xlnH']);
		for (const program of programs) {
			const path = join(stack.folder, `socket/${program}.sock`);
			const { mode } = await stat(path);
			assert.equal(mode & 0o777, 0o660, path);
			const line = stdout.split('\n').find((one) => one.includes(path));
			assert.match(line ?? '', /LISTEN\s+\d+\s+4096\s/, path);
		}
		const { stdout: tcp } = await execFileText('ss', ['-tlnH', 'sport', '=', `:${stack.port}`]);
		assert.ok(tcp.trim().length > 0);
		for (const line of tcp.trim().split('\n')) {
			assert.match(line, /LISTEN\s+\d+\s+4096\s/);
		}
	});

	it('measured: 1,000 forms at once on two workers, and none of them is a 502', async () => {
		const page = await exchange(stack, { path: '/cohort/sign-in' });
		const cookie = page.headers['set-cookie'][0].split(';')[0];
		const answers = await Promise.all(Array.from({ length: 1000 }, () =>
			exchange(stack, { method: 'POST', path: '/cohort/sign-in', body: 'email=',
				headers: { Cookie: cookie, 'Content-Type': 'application/x-www-form-urlencoded' } })));
		assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [403]);
	});

	it('measured: a parent owns the socket and never gives up respawning', async () => {
		const processes = await stack.processes();
		for (const program of programs) {
			const parent = processes.find((one) => /multiwatch/.test(one.program)
				&& one.command.endsWith(`/bin/${program}`));
			assert.match(parent?.command ?? '', / -r 1000000000 -t 1000 /, program);
			const [worker] = await stack.workers(program);
			assert.match(await readFile(`/proc/${worker}/status`, 'utf8'), new RegExp(`PPid:\\s+${parent.id}\\n`));
		}
	});

	it('measured: a worker is shut in, and sees the zones all the same', async () => {
		for (const program of programs) {
			for (const worker of await stack.workers(program)) {
				const status = await readFile(`/proc/${worker}/status`, 'utf8');
				assert.match(status, /^NoNewPrivs:\s+1$/m, program);
				assert.match(status, /^Seccomp:\s+2$/m, program);
			}
		}
		const logs = await stack.logs();
		assert.doesNotMatch(logs, /no time zones/);
		const page = await exchange(stack, { path: '/apply/' });
		assert.equal(page.status, 200);
	});

	it('measured: keys, mail and the database are their owner\'s alone', async () => {
		for (const name of ['key', 'groundcrew.db', 'groundcrew.db-wal', 'groundcrew.db-shm']) {
			const { mode } = await stat(join(stack.folder, name));
			assert.equal(mode & 0o077, 0, name);
		}
		await signInByMail(stack, 'organiser@example.org');
		const folder = join(stack.folder, 'mail');
		const letters = await readdir(folder);
		assert.ok(letters.length > 0);
		for (const letter of letters) {
			const { mode } = await stat(join(folder, letter));
			assert.equal(mode & 0o077, 0, letter);
		}
	});

	it('measured: a form under no-referrer, whose Origin is null, is our own', async () => {
		const word = 's'.repeat(43);
		const page = await exchange(stack, { path: `/cohort/enter/${word}` });
		assert.equal(page.headers['referrer-policy'], 'no-referrer');
		const form = await exchange(stack, { path: '/cohort/sign-in' });
		const cookie = form.headers['set-cookie'][0].split(';')[0];
		const token = /name="_csrf" value="([^"]+)"/.exec(form.text)[1];
		const send = (headers) => exchange(stack, { method: 'POST', path: '/cohort/sign-out',
			body: `_csrf=${encodeURIComponent(token)}`,
			headers: { Cookie: cookie, 'Content-Type': 'application/x-www-form-urlencoded', ...headers } });
		assert.equal((await send({ Origin: 'null', 'Sec-Fetch-Site': 'same-origin' })).status, 303);
		assert.equal((await send({ Origin: 'null' })).status, 403);
		assert.equal((await send({ Origin: 'null', 'Sec-Fetch-Site': 'cross-site' })).status, 403);
		assert.equal((await send({})).status, 303);
	});
});
