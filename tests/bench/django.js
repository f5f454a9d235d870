// Beside Django's own syndication framework: its ORM on the same database,
// gunicorn with two workers behind the same nginx. What it is asked for has as
// many entries as our feed; it renders them each time, as it does unless
// somebody puts a cache before it.
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { exchange } from '../integration/client.js';
import { startStack } from '../integration/stack.js';
import { until } from '../integration/wait.js';
import { Bench, here } from './bench.js';
import { community } from './community.js';
import { ratios, row, say } from './measure.js';

const bar = 25;
const pairs = 15;
const entriesIn = (text) => text.split('<entry').length - 1;

function gunicorn(bench, entries) {
	const log = openSync(join(bench.stack.folder, 'log/django.log'), 'a');
	// Debian's python3, whichever else is there.
	const child = spawn('setpriv', ['--pdeathsig', 'TERM', '--', '/usr/bin/python3', '/usr/bin/gunicorn',
		'--workers', '2', '--bind', `unix:${bench.socket('django')}`, '--log-level', 'warning', 'wsgi'],
	{
		cwd: join(here, 'django'), stdio: ['ignore', log, log],
		env: {
			PATH: '/usr/bin:/bin', PYTHONDONTWRITEBYTECODE: '1', BENCH_DATABASE: bench.stack.database,
			BENCH_ORIGIN: bench.stack.origin, BENCH_ENTRIES: String(entries),
		},
	});
	closeSync(log);
	return { child, ended: new Promise((done) => child.on('exit', done)) };
}

export async function django() {
	const stack = await startStack({ sample: true, courier: false });
	const bench = new Bench(stack);
	let other = null;
	try {
		await community(stack.database, 10000, { bulk: true });
		const ours = await exchange(stack, { path: '/feed/all.atom' });
		const entries = entriesIn(ours.text);
		await bench.addLocations(`location /django/ { proxy_pass http://unix:${bench.socket('django')};`
			+ ' proxy_set_header Host $http_host; }');
		other = gunicorn(bench, entries);
		const theirs = await until('Django to answer', async () => {
			const answer = await exchange(stack, { path: '/django/all.atom' });
			return answer.status === 200 ? answer : null;
		}, { seconds: 30 });
		if (entriesIn(theirs.text) !== entries) {
			throw new Error(`Django tells ${entriesIn(theirs.text)} entries instead of ${entries}`);
		}
		say(`${entries} entries: ${ours.body.length} bytes of ours, ${theirs.body.length} of Django's`);
		let good = true;
		for (const [coding, headers] of [['plain', []], ['gzip', ['Accept-Encoding: gzip']]]) {
			const files = [await bench.request(`ours-${coding}`, 'GET /feed/all.atom HTTP/1.1', headers),
				await bench.request(`django-${coding}`, 'GET /django/all.atom HTTP/1.1', headers)];
			const sample = (file, requests) => () => bench.rate(file, { requests, expect: 200 });
			await sample(files[0], 1000)();
			await sample(files[1], 50)();
			const numbers = await ratios(pairs, sample(files[0], 4000), sample(files[1], 60));
			good = row(`feed to Django's syndication, requests a second, ${coding}`, numbers, bar, { least: true }) && good;
		}
		return good;
	} finally {
		if (other !== null) {
			other.child.kill('SIGTERM');
			await other.ended;
		}
		await stack.stop();
	}
}
