// What a past costs: a feed's first rendering and a walk through its archives.
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { exchange } from '../integration/client.js';
import { startStack } from '../integration/stack.js';
import { until } from '../integration/wait.js';
import { pairs } from './bench.js';
import { community, proveBulk } from './community.js';
import { median, ratios, row, say } from './measure.js';

// Milliseconds of a first GET after the database has changed.
async function firstRender(stack, person) {
	const times = [];
	for (let i = 0; i < 5; i++) {
		await stack.write('UPDATE programme SET tagline = tagline || \'\'');
		const began = performance.now();
		const answer = await person.request('GET', '/feed/all.atom');
		times.push(performance.now() - began);
		if (answer.status !== 200) {
			throw new Error(`/feed/all.atom answers ${answer.status}`);
		}
	}
	return median(times);
}

export async function first() {
	const [long, short] = [await startStack({ sample: true, courier: false }),
		await startStack({ sample: true, courier: false })];
	try {
		await proveBulk(short.database, 2000);
		await community(long.database, 1000000, { bulk: true });
		await community(short.database, 1000, { bulk: false });
		const people = [long.person(), short.person()];
		await firstRender(long, people[0]);
		await firstRender(short, people[1]);
		const numbers = await ratios(pairs, () => firstRender(long, people[0]),
			() => firstRender(short, people[1]));
		return row('first render, 1,000,000 activities to 1,000', numbers, 1.2, { least: false });
	} finally {
		await long.stop();
		await short.stop();
	}
}

async function fetchPast(stack, agent, path) {
	const answer = await exchange(stack, { path, agent });
	if (answer.status !== 200) {
		throw new Error(`${path} answers ${answer.status}`);
	}
	return answer.text;
}

// From the newest document to the oldest, as a reader would. Gives the
// addresses of the archives, which hold every entry once.
async function walkOnce(stack, agent, entries) {
	const paths = [];
	const ids = [];
	let path = '/feed/all.atom';
	const began = performance.now();
	while (path !== undefined) {
		const [head, ...parts] = (await fetchPast(stack, agent, path)).split('<entry');
		ids.push(...parts.map((part) => /<id>([^<]+)/.exec(part)[1]));
		const link = (head.match(/<link [^>]*>/g) ?? []).find((one) => one.includes('rel="prev-archive"'));
		path = link === undefined ? undefined : new URL(/href="([^"]+)"/.exec(link)[1]).pathname;
		if (path !== undefined) {
			paths.push(path);
		}
	}
	const took = performance.now() - began;
	say(`a walk of ${paths.length} archives took ${(took / 1000).toFixed(1)} s`);
	if (ids.length !== entries || new Set(ids).size !== entries) {
		throw new Error(`it met ${ids.length} entries of ${entries}, ${new Set(ids).size} different ones`);
	}
	return paths;
}

// Milliseconds in the worker of the last requests for archives, a median.
async function workerTime(log, before, count) {
	const lines = await until('the lines of the log', async () => {
		const text = (await readFile(log, 'utf8')).slice(before);
		const found = [...text.matchAll(/ route=\S*\/archive\/\S* .* micros=(\d+)/g)];
		return found.length >= count ? found : null;
	});
	return median(lines.map((found) => Number(found[1]) / 1000));
}

export async function walk() {
	const stack = await startStack({ sample: true, courier: false });
	const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
	const log = join(stack.folder, 'log/feed.log');
	const inside = { oldest: [], newest: [] };
	try {
		await community(stack.database, 100000, { bulk: true });
		const paths = await walkOnce(stack, agent, 100000);
		const tenth = Math.floor(paths.length / 10);
		// Always others: what was just rendered is kept for a while.
		const sample = (name, archives) => async () => {
			const before = (await readFile(log, 'utf8')).length;
			const some = archives.splice(0, 9);
			archives.push(...some);
			const began = performance.now();
			for (const path of some) {
				await fetchPast(stack, agent, path);
			}
			const took = performance.now() - began;
			inside[name].push(await workerTime(log, before, some.length));
			return took / some.length;
		};
		const numbers = await ratios(pairs, sample('oldest', paths.slice(-tenth)), sample('newest', paths.slice(0, tenth)));
		const there = inside.oldest.map((one, index) => one / inside.newest[index]);
		[there.first, there.second] = [inside.oldest, inside.newest];
		const name = 'archive walk of 100,000 entries, the oldest tenth to the newest';
		const through = row(`${name}, through nginx`, numbers, 1.2, { least: false });
		return row(`${name}, in the worker`, there, 1.2, { least: false }) && through;
	} finally {
		agent.destroy();
		await stack.stop();
	}
}
