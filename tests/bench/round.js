// What reading applications costs: a made round (tests/program/round.h) of 300
// and of 5,000 applications with three reviews each, and the pages and forms
// that people have before them all evening. A row each, in milliseconds in the
// worker: from the request read to the answer written, by the worker's own log.
import { execFile, spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { answers, freshAddress, hours } from '../integration/people.js';
import { build, startStack } from '../integration/stack.js';
import { applicationForm, ok, openCohort, signIn } from '../integration/steps.js';
import { until } from '../integration/wait.js';
import { median, row, say } from './measure.js';

const execFileText = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const tool = join(build, 'bench/round_sql');
const turns = 21;
const bar = 50;

async function compile() {
	await mkdir(join(build, 'bench'), { recursive: true });
	await execFileText(process.env.CC || 'cc', ['-std=c17', '-D_GNU_SOURCE=', '-O2', '-Wall', '-Wextra',
		'-o', tool, join(here, 'round_sql.c'), join(here, '../program/round.c')]);
}

// The round goes into the stack's open cohort.
async function fill(stack, slug, applications) {
	const id = await stack.value(`SELECT id FROM cohort WHERE slug = '${slug}'`);
	const made = spawn(tool, [id, applications, Math.floor(Date.now() / 1000)].map(String),
		{ stdio: ['ignore', 'pipe', 'inherit'] });
	const sqlite = spawn('sqlite3', ['-bail', '-cmd', '.timeout 5000', '-cmd', 'PRAGMA foreign_keys=ON',
		stack.database], { stdio: ['pipe', 'ignore', 'inherit'] });
	made.stdout.pipe(sqlite.stdin);
	const status = await new Promise((done) => sqlite.on('exit', done));
	const reviews = await stack.value('SELECT count(*) FROM review');
	if (status !== 0 || reviews < 2 * applications) {
		throw new Error(`the round was not made: ${reviews} reviews`);
	}
	return id;
}

class Clock {
	constructor(stack, program) {
		this.file = join(stack.folder, `log/${program}.log`);
	}

	async lines(method, route) {
		return (await readFile(this.file, 'utf8')).split('\n')
			.filter((line) => line.includes(` method=${method} `) && line.includes(` route=${route} `));
	}

	// Milliseconds of the requests of one route that act sends, a median.
	async of(method, route, act) {
		const before = (await this.lines(method, route)).length;
		for (let turn = 0; turn < turns; turn++) {
			await act(turn);
		}
		const lines = await until(`${turns} lines of the log`, async () => {
			const found = (await this.lines(method, route)).slice(before);
			return found.length >= turns ? found : null;
		});
		return median(lines.map((line) => Number(/ micros=(\d+)/.exec(line)[1]) / 1000));
	}
}

async function pages(stack, slug, organiser, say1) {
	const clock = new Clock(stack, 'cohort');
	const list = `/cohort/${slug}/organise/applications`;
	const [one] = await stack.rows('SELECT key FROM application WHERE key GLOB \'round*\' LIMIT 1 OFFSET 7');
	let good = true;
	for (const [name, route, path] of [
		['ranking', '/cohort/:cohort/organise/applications', list],
		['ranking narrowed and sorted', '/cohort/:cohort/organise/applications',
			`${list}?text=a&reviewed=enough&sort=disagreement&page=3`],
		['ranking as CSV', '/cohort/:cohort/organise/applications.csv', `${list}.csv`],
		['candidate', '/cohort/:cohort/organise/applications/:application', `${list}/${one.key}`],
		['review desk', '/cohort/:cohort/review', `/cohort/${slug}/review`],
	]) {
		const took = await clock.of('GET', route, async () => ok(await organiser.visit(path), name));
		good = say1(name, took) && good;
	}
	return good;
}

// One evening of a reviewer: the next one from the queue, read, scored.
async function reviewing(stack, slug, reviewer, say1) {
	const clock = new Clock(stack, 'cohort');
	const desk = ok(await reviewer.visit(`/cohort/${slug}/review`), 'the desk');
	let page = desk;
	const next = await clock.of('POST', '/cohort/:cohort/review/next', async () => {
		page = ok(await desk.form(/next|begin|start|take/i).submit(), 'the next one');
	});
	const path = new URL(page.url).pathname;
	const form = await clock.of('GET', '/cohort/:cohort/review/:application',
		async () => ok(await reviewer.visit(path), 'the form'));
	const post = await clock.of('POST', '/cohort/:cohort/review/:application', async () => {
		page = ok(await page.form(/save and next/i).complete().submit(/save and next/i), 'the next one');
	});
	return [say1('queue: the next one', next), say1('review form', form),
		say1('review form POST, and the next one', post)].every(Boolean);
}

async function applying(stack, slug, say1) {
	const clock = new Clock(stack, 'apply');
	const forms = [];
	for (let turn = 0; turn < turns; turn++) {
		const form = await applicationForm(stack.person(), slug);
		forms.push(form.complete({ name: 'Vega', email: freshAddress('bench'), ...answers, ...hours }));
	}
	const post = await clock.of('POST', '/apply/:cohort', async (turn) => ok(await forms[turn].submit(), 'sent'));
	return say1('application form POST', post);
}

// The evening after: a third is decided and not sent, the others wait for four
// seats that were given back.
async function deciding(stack, slug, organiser, say1) {
	const clock = new Clock(stack, 'cohort');
	const round = `cohort_id = (SELECT id FROM cohort WHERE slug = '${slug}') AND standing = 'counting'`;
	await stack.write(`BEGIN IMMEDIATE;
		INSERT INTO offer (key, application_id, state, made_at, deadline_at) SELECT 'seat-' || id, id,
			'offered', 1, 2 FROM application WHERE ${round} LIMIT 4;
		UPDATE offer SET state = 'refused', ended_at = 1 WHERE key LIKE 'seat-%';
		INSERT INTO decision (application_id, kind, line, decided_at) SELECT id, 'decline',
			'A line for each of them.', 1 FROM application WHERE ${round} AND id % 3 = 0;
		UPDATE application SET standing = 'waitlisted', waitlist_position = id
			WHERE ${round} AND id % 3 > 0;
		COMMIT;`);
	let good = true;
	for (const page of ['decisions', 'waitlist']) {
		const took = await clock.of('GET', `/cohort/:cohort/organise/${page}`,
			async () => ok(await organiser.visit(`/cohort/${slug}/organise/${page}`), page));
		good = say1(page, took) && good;
	}
	return good;
}

export async function rounds() {
	let good = true;
	await compile();
	for (const applications of [300, 5000]) {
		const stack = await startStack({ sample: true, courier: false });
		const say1 = (name, took) => row(`${name}, ${applications} applications, ms in the worker`,
			[took], bar, { least: false });
		try {
			const slug = await openCohort(stack);
			await fill(stack, slug, applications);
			const organiser = await signIn(stack, 'organiser@example.org');
			const reviewer = await signIn(stack, 'reader00@round.example.org');
			say(`a round of ${applications} applications, ${turns} turns each;`
				+ ` ${loadavg()[0].toFixed(1)} processes ran or waited for ${cpus().length} processors in the last minute`);
			good = await pages(stack, slug, organiser, say1) && good;
			good = await reviewing(stack, slug, reviewer, say1) && good;
			good = await applying(stack, slug, say1) && good;
			good = await deciding(stack, slug, organiser, say1) && good;
		} finally {
			await stack.stop();
		}
	}
	return good;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	process.exitCode = await rounds() ? 0 : 1;
}
