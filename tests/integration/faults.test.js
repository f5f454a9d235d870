// Safety: processes killed, a database that is not as it should be, clocks.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { execFile, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exchange } from './client.js';
import { answers, freshAddress } from './people.js';
import { applicant, many } from './rush.js';
import { build, programs, startStack } from './stack.js';
import { applicationForm, openCohort, signIn } from './steps.js';
import { until } from './wait.js';

const execFileText = promisify(execFile);

const front = { apply: '/apply/', cohort: '/', standup: '/standup/', feed: '/feed/all.atom' };

describe('faults', { timeout: 500000 }, () => {
	let stack;
	let slug;

	let person;

	before(async () => {
		stack = await startStack({ sample: true });
		slug = await openCohort(stack);
		person = await signIn(stack, 'djangonaut@example.org');
	});
	after(async () => stack?.stop());

	it('each worker killed 20 times within 2 s: the next request is 200', async () => {
		for (const program of programs) {
			const status = async () => (await person.request('GET', front[program])).status;
			assert.equal(await status(), 200, program);
			const began = performance.now();
			for (let round = 0; round < 20; round++) {
				const ids = await until(`two workers of ${program}`, async () => {
					const found = await stack.workers(program);
					return found.length === 2 ? found : null;
				}, { every: 2 });
				ids.forEach((id) => process.kill(id, 'SIGKILL'));
				await until('them to be dead', async () => (await stack.workers(program))
					.every((id) => !ids.includes(id)), { every: 2 });
			}
			const took = performance.now() - began;
			assert.equal(await status(), 200, `${program} after 40 kills in ${took.toFixed()} ms`);
		}
	});

	it('safety_42_every_303_is_in_the_database_though_workers_are_killed', async () => {
		const post = await applicant(stack, slug);
		let over = false;
		let kills = 0;
		const killer = (async () => {
			while (!over) {
				const ids = await stack.workers('apply');
				const id = ids[Math.floor(Math.random() * ids.length)];
				try {
					process.kill(id, 'SIGKILL');
					kills += 1;
				} catch {
					// It was gone already.
				}
				const before = kills;
				const answered = results.size;
				await until('more answers', () => over || results.size > answered + 100 || before < 0,
					{ seconds: 60 });
			}
		})();
		const results = new Map();
		await many(3000, 16, async () => {
			const { email, answer } = await post().catch((error) => {
				// nginx cut the connection: not acknowledged.
				assert.match(error.code ?? error.message, /ECONNRESET|EPIPE|socket/);
				return { email: `lost-${results.size}`, answer: { status: 0 } };
			});
			results.set(email, answer.status);
		});
		over = true;
		await killer;
		const statuses = [...results.values()];
		assert.ok(kills >= 10, `${kills} kills`);
		const acknowledged = [...results].filter(([, status]) => status === 303).map(([email]) => email);
		assert.ok(acknowledged.length > 2500, `${acknowledged.length} acknowledged, ${kills} kills`);
		assert.ok(statuses.every((status) => [0, 303, 502].includes(status)),
			`only 303 or 502: ${[...new Set(statuses)]}`);
		const stored = new Set((await stack.rows('SELECT email FROM application'))
			.map((row) => row.email));
		assert.deepEqual(acknowledged.filter((email) => !stored.has(email)), [], 'acknowledged but lost');
		assert.equal(await stack.value('PRAGMA integrity_check'), 'ok');
	});

	it('safety_43_sigterm_under_load_finishes_requests_in_flight', async () => {
		const own = await startStack({ sample: true });
		try {
			const person = own.person();
			const form = await applicationForm(person, await openCohort(own));
			form.complete({ name: 'Vega', email: 'x@example.org', ...answers,
				hours_0_from: ['18:00'], hours_0_to: ['20:00'] });
			const path = new URL(form.action).pathname;
			const entries = form.entries();
			const seen = [];
			let stopping = false;
			const load = many(100000, 8, async () => {
				if (stopping && seen.at(-1) === null) {
					return;
				}
				const email = freshAddress('term');
				try {
					const answer = await exchange(own, { method: 'POST', path,
						body: new URLSearchParams(entries.map(([name, value]) =>
							name === 'email' ? [name, email]
								: name === '_key' ? [name, value.slice(0, -8) + randomBytes(4).toString('hex')]
									: [name, value])).toString(),
						headers: { Cookie: person.cookies.header(path),
							'Content-Type': 'application/x-www-form-urlencoded' } });
					seen.push({ email, status: answer.status });
				} catch (error) {
					assert.match(error.code, /ECONNREFUSED|ECONNRESET|EPIPE/);
					seen.push(null);
				}
			});
			await until('load', () => seen.length > 100, { seconds: 60 });
			stopping = true;
			const began = performance.now();
			own.signal('SIGTERM');
			await own.stopped;
			const took = (performance.now() - began) / 1000;
			await load;
			assert.ok(took < 15, `ended within 15 s: ${took}`);
			const statuses = new Set(seen.filter(Boolean).map((one) => one.status));
			assert.deepEqual([...statuses], [303], 'no request in flight was broken off');
			const stored = new Set((await own.rows('SELECT email FROM application'))
				.map((row) => row.email));
			assert.deepEqual(seen.filter(Boolean).map((one) => one.email)
				.filter((email) => !stored.has(email)), [], 'acknowledged but lost');
		} finally {
			await own.stop();
		}
	});

	it('safety_48_a_writer_waits_for_the_lock_and_says_503_past_the_time', async () => {
		const post = await applicant(stack, slug);
		const holder = spawn('sqlite3', [stack.database], { stdio: ['pipe', 'pipe', 'inherit'] });
		const said = [];
		holder.stdout.on('data', (part) => said.push(String(part)));
		const hold = async () => {
			// The courier may be writing: wait for it, as everyone does.
			holder.stdin.write('.timeout 5000\nBEGIN IMMEDIATE;\nSELECT \'held\';\n');
			await until('the lock', () => said.join('').includes('held'));
			said.length = 0;
		};
		try {
			await hold();
			let done = false;
			const waiting = post().then((result) => {
				done = true;
				return result;
			});
			const began = performance.now();
			await until('1.2 s of waiting', () => performance.now() - began > 1200);
			assert.equal(done, false, 'it waits');
			holder.stdin.write('ROLLBACK;\n');
			assert.equal((await waiting).answer.status, 303, 'then it is stored');
			await hold();
			const { answer } = await post();
			assert.equal(answer.status, 503);
			assert.match(answer.headers['retry-after'] ?? '', /^\d+$/);
			assert.match(answer.text, /<h1/);
			const reading = await exchange(stack, { path: `/apply/${slug}` });
			assert.equal(reading.status, 200, 'reading goes on');
		} finally {
			holder.stdin.end('ROLLBACK;\n.quit\n');
			await new Promise((ended) => holder.on('exit', ended));
		}
		assert.equal((await post()).answer.status, 303, 'and afterwards all is well');
	});

	// A program started alone on a database, to hear what it says.
	async function startAlone(folder) {
		const environment = { ...process.env, ...await stack.environment(),
			GROUNDCREW_DB: join(folder, 'groundcrew.db') };
		const { stderr, code } = await execFileText('/usr/bin/spawn-fcgi',
			['-n', '-s', join(folder, 'alone.sock'), '--', join(build, 'bin/cohort')],
			{ env: environment, timeout: 10000 }).then((result) => ({ ...result, code: 0 }), (error) => error);
		return { stderr, code };
	}

	it('safety_52_a_database_that_cannot_serve_is_one_clear_line_at_start', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'groundcrew-'));
		const file = join(folder, 'groundcrew.db');
		const states = {
			missing: async () => {},
			'no database at all': () => writeFile(file, 'This is a letter, not a database.\n'.repeat(200)),
			'of a newer schema': async () => {
				await cp(stack.database, file);
				await execFileText('sqlite3', [file, 'PRAGMA journal_mode=WAL; PRAGMA user_version=9999;']);
			},
			'cut in its first page': async () => {
				await cp(stack.database, file);
				await truncate(file, 60);
			},
		};
		try {
			for (const [name, make] of Object.entries(states)) {
				for (const end of ['', '-wal', '-shm']) {
					await rm(file + end, { force: true });
				}
				await make();
				const { stderr, code } = await startAlone(folder);
				assert.notEqual(code, 0, `${name}: it does not run`);
				const lines = stderr.trim().split('\n');
				assert.equal(lines.length, 1, `${name}: one line: ${stderr}`);
				assert.match(lines[0], /level=error/, name);
				assert.doesNotMatch(lines[0], /SELECT|PRAGMA/, name);
			}
		} finally {
			await rm(folder, { recursive: true });
		}
	});

	it('safety_52_another_schema_version_under_a_running_worker_is_503', async () => {
		const version = await stack.value('PRAGMA user_version');
		await stack.write('PRAGMA user_version = 9999');
		try {
			for (const path of Object.values(front)) {
				assert.equal((await person.request('GET', path)).status, 503, path);
			}
		} finally {
			await stack.write(`PRAGMA user_version = ${version}`);
		}
		for (const path of Object.values(front)) {
			await until(`${path} to be back`, async () =>
				(await person.request('GET', path)).status === 200);
		}
	});

	it('safety_54_after_a_clock_set_back_no_expired_link_revives', async () => {
		const link = (await stack.crewctl('sign-in-link', 'organiser@example.org')).trim();
		const [{ id }] = await stack.rows('SELECT max(id) AS id FROM link');
		// It expired by the clock as it was two days ahead …
		await stack.write(`UPDATE link SET expires_at = unixepoch() - 1 WHERE id = ${id}`);
		await stack.wakeCourier();
		await until('tick to delete it', async () =>
			await stack.value(`SELECT count(*) FROM link WHERE id = ${id}`) === 0);
		// … so that there is nothing the clock set back could revive.
		const page = await stack.person().open(link);
		assert.notEqual(page.status, 500);
		assert.ok(!page.hasForm(/\/cohort\/enter\/[^/]+$/), page.describe());
	});

	it('safety_54_the_feed_never_goes_back_in_time', async () => {
		const updated = async () => {
			const answer = await exchange(stack, { path: '/feed/all.atom' });
			assert.equal(answer.status, 200);
			const modified = answer.headers['last-modified'];
			assert.ok(modified === undefined || Date.parse(modified) <= Date.parse(answer.headers.date),
				'feed_32: never later than Date');
			return /<updated>([^<]+)</.exec(answer.text)[1];
		};
		// Written while the clock was two days ahead.
		await stack.write(`UPDATE activity SET updated_at = unixepoch() + 172800
			WHERE id = (SELECT max(id) FROM activity)`);
		const before = await updated();
		await stack.write(`UPDATE highlight SET title = title || '!', updated_at = unixepoch()
			WHERE id = (SELECT max(id) FROM highlight)`);
		const after = await updated();
		assert.ok(after >= before, `${before} then ${after}`);
	});

	it('a socket that is gone is nginx’s 502 in the house’s look, and heals', async () => {
		const socket = join(stack.folder, 'socket/feed.sock');
		await rename(socket, `${socket}.away`);
		try {
			const answer = await exchange(stack, { path: '/feed/' });
			assert.equal(answer.status, 502);
			assert.match(answer.text, /<h1/);
			assert.match(answer.headers['content-security-policy'], /default-src 'none'/);
			assert.doesNotMatch(answer.text, /nginx/);
		} finally {
			await rename(`${socket}.away`, socket);
		}
		assert.equal((await exchange(stack, { path: '/feed/' })).status, 200);
	});
});

