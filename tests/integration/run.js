// Runs the integration tests, or the files named; two at once, each with
// stacks of its own. Says failures in full and exits non-zero for one.
import { readdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

export async function runTests(folder, { concurrency }) {
	const named = process.argv.slice(2);
	const files = named.length > 0 ? named.map((name) => resolve(name))
		: (await readdir(folder)).filter((name) => name.endsWith('.test.js'))
			.sort().map((name) => join(folder, name));
	const stream = run({ files, concurrency, timeout: 600000 });
	stream.on('test:fail', () => {
		process.exitCode = 1;
	});
	// Node 18 knows spec as a function, Node 20 as a class.
	let reporter = null;
	try {
		reporter = new spec();
	} catch {
		reporter = spec;
	}
	stream.compose(reporter).pipe(process.stdout);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	await runTests(dirname(fileURLToPath(import.meta.url)),
		{ concurrency: Math.min(2, cpus().length) });
}
