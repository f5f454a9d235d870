// What a request costs beside the least any FastCGI program on this machine
// could cost.
import { execFile, spawn } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exchange } from '../integration/client.js';
import { answers } from '../integration/people.js';
import { build, programs, startStack } from '../integration/stack.js';
import { applicationForm, openCohort, signIn } from '../integration/steps.js';
import { until } from '../integration/wait.js';
import { Bench, pairs } from './bench.js';
import { median, ratios, row, say } from './measure.js';

const execFileText = promisify(execFile);

// The disk's own price of one durable commit: 4 KiB written and made sure of.
function commitMicros(folder) {
	const file = openSync(join(folder, 'commit'), 'w');
	const block = Buffer.alloc(4096, 1);
	const times = [];
	for (let i = 0; i < 200; i++) {
		const began = performance.now();
		writeSync(file, block);
		fdatasyncSync(file);
		times.push((performance.now() - began) * 1000);
	}
	closeSync(file);
	return median(times);
}

// The rows one application writes, as statements of their own: what is in the
// database after it and was not before.
async function statementsOf(stack, act) {
	const tables = (await stack.rows(`SELECT name FROM sqlite_schema WHERE type = 'table'
		AND name NOT LIKE 'sqlite%'`)).map((one) => one.name);
	const all = async () => new Map(await Promise.all(tables.map(async (table) =>
		[table, (await stack.rows(`SELECT * FROM ${table}`)).map((one) => JSON.stringify(one))])));
	const before = await all();
	await act();
	const after = await all();
	const statements = [];
	// What is referred to comes first.
	const order = ['application', 'application_project', 'application_answer', 'receipt', 'mail_request', 'outbox', 'submission'];
	for (const table of [...tables].sort((a, b) => order.indexOf(a) - order.indexOf(b))) {
		const known = new Set(before.get(table));
		const columns = await stack.rows(`SELECT name, pk, type FROM pragma_table_info('${table}')`);
		const unique = new Set((await stack.rows(`SELECT info.name FROM pragma_index_list('${table}') AS list
			JOIN pragma_index_info(list.name) AS info WHERE list."unique" AND list.partial = 0`))
			.map((one) => one.name));
		for (const line of after.get(table).filter((one) => !known.has(one))) {
			const values = JSON.parse(line);
			// A key of one number is the row's own; of several, they name others.
			const alone = columns.filter((column) => column.pk).length === 1;
			const used = columns.filter((column) => !(alone && column.pk && column.type === 'INTEGER'));
			const expression = ({ name, type }) => values[name] === null ? 'NULL'
				: name === 'application_id' ? '(SELECT max(id) FROM application)'
					: type === 'TEXT' && unique.has(name) ? '?1'
						: typeof values[name] === 'number' ? String(values[name])
							: `'${String(values[name]).replace(/'/g, '\'\'')}'`;
			statements.push(`INSERT INTO ${table} (${used.map((one) => one.name).join(', ')})`
				+ ` VALUES (${used.map(expression).join(', ')});`);
		}
	}
	return statements;
}

async function reading(bench, stack) {
	const person = await signIn(stack, 'djangonaut@example.org');
	const [place] = await stack.rows(`SELECT cohort.slug AS cohort, mentoring_group.slug AS grp,
		(SELECT max(standup.week) FROM standup JOIN check_in ON check_in.standup_id = standup.id
			WHERE standup.group_id = mentoring_group.id) AS week
		FROM placement JOIN member ON member.id = placement.member_id
		JOIN person ON person.id = member.person_id
		JOIN mentoring_group ON mentoring_group.id = placement.group_id
		JOIN cohort ON cohort.id = mentoring_group.cohort_id
		WHERE person.email = 'djangonaut@example.org' AND placement.left_at IS NULL`);
	const standup = `/standup/${place.cohort}/${place.grp}/${place.week}`;
	const cookie = person.cookies.header(standup);
	const { headers } = await exchange(stack, { path: '/feed/all.atom' });
	const kinds = [
		['feed, plain', '/feed/all.atom', {}, 200, 0.90, 6000],
		['feed, gzip', '/feed/all.atom', { 'Accept-Encoding': 'gzip' }, 200, 0.90, 6000],
		['feed, 304', '/feed/all.atom', { 'If-None-Match': headers.etag }, 304, 0.90, 6000],
		['stand-up page, signed in', standup, { Cookie: cookie }, 200, 0.35, 3000],
	];
	const kept = [];
	for (const [index, [, path, sent]] of kinds.entries()) {
		kept.push(await bench.keep(`answer-${index}`, path, sent));
	}
	await bench.startBare('bare', 'bytes', ...kept);
	await until('the bare responder', async () =>
		(await exchange(stack, { path: '/bare/0' })).status === 200);
	let good = true;
	for (const [index, [name, path, sent, status, bar, requests]] of kinds.entries()) {
		const lines = Object.entries(sent).map(([key, value]) => `${key}: ${value}`);
		const files = [await bench.request(`ours-${index}`, `GET ${path} HTTP/1.1`, lines),
			await bench.request(`bare-${index}`, `GET /bare/${index} HTTP/1.1`, lines)];
		// nginx closes a connection after 1,000 requests: several rounds of them
		// even out which of its workers got how many.
		const sample = (file) => () => bench.rate(file, { requests, expect: status });
		await sample(files[0])();
		await sample(files[1])();
		const numbers = await ratios(pairs, sample(files[0]), sample(files[1]));
		good = row(name, numbers, bar, { least: true }) && good;
	}
	return good;
}

async function writing(bench, stack) {
	const slug = await openCohort(stack);
	const person = stack.person();
	const form = await applicationForm(person, slug);
	form.complete({ name: 'Vega', email: 'v################@example.org', ...answers,
		hours_0_from: ['18:00'], hours_0_to: ['20:00'] });
	const path = new URL(form.action).pathname;
	const body = form.entries().map(([name, value]) => {
		const text = name === '_key' ? value.slice(0, -16) + '#'.repeat(16) : value;
		return `${encodeURIComponent(name)}=${encodeURIComponent(text).replaceAll('%23', '#')}`;
	}).join('&');
	const headers = ['Content-Type: application/x-www-form-urlencoded',
		`Content-Length: ${body.length}`, `Cookie: ${person.cookies.header(path)}`];
	const ours = await bench.request('ours-post', `POST ${path} HTTP/1.1`, headers, body);
	const bareRequest = await bench.request('bare-post', 'POST /bare-post/ HTTP/1.1', headers, body);
	const post = (file, requests = 200) => bench.rate(file, { connections: 8, requests, expect: 303 });
	const statements = await statementsOf(stack, () => bench.rate(ours,
		{ connections: 1, requests: 1, expect: 303 }));
	await writeFile(bench.file('statements.sql'), statements.join('\n'));
	say(`an application writes ${statements.length} rows`);
	await execFileText('sqlite3', [stack.database, `.backup '${bench.file('bare.db')}'`]);
	await bench.startBare('bare-post', 'commit', bench.file('bare.db'), bench.file('statements.sql'));
	await until('the bare loop', async () =>
		(await exchange(stack, { method: 'POST', path: '/bare-post/', body: '' })).status === 303);
	await post(ours);
	await post(bareRequest);
	const alone = await ratios(pairs, () => post(ours), () => post(bareRequest));
	let good = row('application POST, alone', alone, 0.40, { least: true });

	const log = openSync(bench.file('courier.log'), 'a');
	const courier = spawn('setpriv', ['--pdeathsig', 'TERM', '--', join(build, 'bin/crewctl'), 'courier'],
		{ env: { ...process.env, ...await stack.environment() }, stdio: ['ignore', log, log] });
	closeSync(log);
	const ended = new Promise((done) => courier.on('exit', done));
	try {
		const queued = () => stack.value('SELECT count(*) FROM outbox WHERE state = \'queued\' AND due_at <= unixepoch()');
		const drained = async () => until('the courier to drain', async () => await queued() === 0,
			{ seconds: 120, every: 50 });
		await drained();
		const beside = await ratios(pairs, async () => {
			await stack.write(`INSERT INTO outbox (reason, kind, urgency, recipient, parameters, due_at, created_at)
				SELECT 'bench-' || hex(randomblob(16)), kind, urgency, recipient, parameters, unixepoch(), unixepoch()
				FROM (SELECT * FROM outbox WHERE kind = 'application_received' LIMIT 1),
				(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i FROM n)`);
			const was = await queued();
			// A POST wakes the courier; the first of the sample does.
			const measured = await post(ours);
			const left = await queued();
			if (left === 0 || left >= was + 200) {
				say(`the courier was not busy all the while: ${was} then ${left} mails`);
			}
			await drained();
			return measured;
		}, () => post(bareRequest));
		good = row('application POST, while the courier drains 1,000 mails', beside, 0.40, { least: true }) && good;
	} finally {
		courier.kill('SIGTERM');
		await ended;
	}
	return good;
}

async function memory(bench, stack) {
	let bytes = 0;
	let count = 0;
	for (const program of programs) {
		for (const id of await stack.workers(program)) {
			const text = readFileSync(`/proc/${id}/smaps_rollup`, 'utf8');
			bytes += Number(/^Pss:\s+(\d+) kB/m.exec(text)[1]) * 1024;
			count += 1;
		}
	}
	if (count !== programs.length * 2) {
		throw new Error(`${count} workers instead of ${programs.length * 2}`);
	}
	return row('memory of 4 programs x 2 workers, MB', [bytes / 1e6], 64, { least: false });
}

// parts: which of reading, writing, memory. The last tells of workers that did
// the others.
export async function requests(parts) {
	const stack = await startStack({ sample: true, courier: false });
	const bench = new Bench(stack);
	let good = true;
	try {
		say(`the disk's bare commit takes ${commitMicros(stack.folder).toFixed(0)} µs (median of 200)`);
		await bench.addLocations(`location /bare/ { fastcgi_pass unix:${bench.socket('bare')}; }`,
			`location /bare-post/ { client_max_body_size 512k; fastcgi_pass unix:${bench.socket('bare-post')}; }`);
		for (const part of [reading, writing, memory].filter((one) => parts.has(one.name))) {
			good = await part(bench, stack) && good;
		}
		say(`the disk's bare commit took ${commitMicros(stack.folder).toFixed(0)} µs at the end`);
	} finally {
		bench.stop();
		await stack.stop();
	}
	return good;
}
