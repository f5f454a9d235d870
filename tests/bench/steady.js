// Whether a feed worker stays as large as it is: 1,000,000 requests across 500
// feeds, as Atom and JSON, plain, compressed and unchanged, with something
// written ten times, so that all of them are rendered anew.
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { exchange } from '../integration/client.js';
import { startStack } from '../integration/stack.js';
import { Bench } from './bench.js';
import { community } from './community.js';
import { row, say } from './measure.js';

const all = 1000000;
const rounds = 10;

// Every feed's address in both forms.
async function addresses(stack) {
	const feeds = await stack.rows(`SELECT cohort.slug, mentoring_group.slug AS grp FROM feed
		LEFT JOIN mentoring_group ON mentoring_group.id = feed.group_id
		JOIN cohort ON cohort.id = coalesce(feed.cohort_id, mentoring_group.cohort_id)
		WHERE cohort.slug GLOB 'bench-*' ORDER BY feed.id`);
	return feeds.flatMap((feed) => ['atom', 'json'].map((form) =>
		`/feed/${feed.slug}${feed.grp === null ? '' : `/${feed.grp}`}.${form}`));
}

// One request of each kind for each address.
async function mixture(bench, stack, paths) {
	const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
	const requests = [];
	let bytes = 0;
	for (const path of paths) {
		const answer = await exchange(stack, { path, agent });
		if (answer.status !== 200) {
			throw new Error(`${path} answers ${answer.status}`);
		}
		bytes += answer.body.length;
		for (const line of ['', 'Accept-Encoding: gzip\r\n', `If-None-Match: ${answer.headers.etag}\r\n`]) {
			requests.push(`GET ${path} HTTP/1.1\r\nHost: localhost:${stack.port}\r\n${line}\r\n`);
		}
	}
	agent.destroy();
	say(`${requests.length} kinds of requests, ${(bytes / 1e6).toFixed(1)} MB of plain documents`);
	await mkdir(bench.file(''), { recursive: true });
	await writeFile(bench.file('mixture'), requests.join('\0'));
	return bench.file('mixture');
}

// Bytes that the worker alone has in memory, and shares.
function resident(id) {
	const text = readFileSync(`/proc/${id}/smaps_rollup`, 'utf8');
	return Number(/^Rss:\s+(\d+) kB/m.exec(text)[1]) * 1024;
}

export async function steady() {
	const stack = await startStack({ sample: true, courier: false });
	const bench = new Bench(stack);
	try {
		await community(stack.database, 1000, { bulk: false });
		const paths = await addresses(stack);
		if (paths.length !== 1000) {
			throw new Error(`${paths.length} documents of 500 feeds in two forms`);
		}
		const file = await mixture(bench, stack, paths);
		const workers = await stack.workers('feed');
		const sizes = [];
		let took = 0;
		// The first round warms up; ten more are what is measured.
		for (let round = 0; round <= rounds; round++) {
			await stack.write('UPDATE programme SET tagline = tagline || \'\'');
			const requests = all / rounds;
			took += requests / await bench.rate(file, { connections: 16, requests, expect: [200, 304] });
			sizes.push(workers.map(resident));
		}
		if (String(await stack.workers('feed')) !== String(workers)) {
			throw new Error('a worker of feed has ended');
		}
		say(`MB after each ${all / rounds} requests: ${sizes.map((two) =>
			two.map((one) => (one / 1e6).toFixed(2)).join(' and ')).join(', ')}; ${took.toFixed(0)} s`);
		const grown = workers.map((_, worker) => (sizes.at(-1)[worker] / sizes[0][worker] - 1) * 100);
		return row('growth of a feed worker over 1,000,000 requests across 500 feeds, %',
			[Math.max(...grown)], 2, { least: false });
	} finally {
		await stack.stop();
	}
}
