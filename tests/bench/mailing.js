// What a mail costs beside the least any sender on this machine could do, what
// a courier costs that has nothing to do, and how soon a mail is on its way.
import { execFile, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as later } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startOffice } from '../integration/office.js';
import { applicant } from '../integration/rush.js';
import { Smtp } from '../integration/smtp.js';
import { startStack } from '../integration/stack.js';
import { openCohort } from '../integration/steps.js';
import { until } from '../integration/wait.js';
import { median, ratios, row, say } from './measure.js';

const execFileText = promisify(execFile);
const mails = 1000;
const settings = { GROUNDCREW_MAIL_PER_MINUTE: '0' };

async function startSink(program) {
	const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', program],
		{ stdio: ['ignore', 'pipe', 'inherit'] });
	const [port] = await new Promise((done) => {
		createInterface(child.stdout).once('line', (line) => done([line]));
	});
	return { child, port };
}

// A mail of ours as it goes over the wire.
async function example(office) {
	const smtp = await new Smtp().start();
	try {
		await office.configure({ ...settings, GROUNDCREW_SMTP: smtp.url });
		await office.clear();
		await office.queue(1);
		await office.once();
		return smtp.messages[0].bytes;
	} finally {
		await smtp.stop();
	}
}

// Mails a second of a process that sends all of them and ends. The state of
// the queue is put back, and the log emptied, before the clock starts.
async function sending(office, database, send) {
	await execFileText('sqlite3', ['-cmd', '.timeout 5000', database,
		'UPDATE outbox SET state = \'queued\', sent_at = NULL; DELETE FROM link; PRAGMA wal_checkpoint(TRUNCATE)']);
	const began = performance.now();
	await send();
	const took = performance.now() - began;
	const { stdout } = await execFileText('sqlite3', [database,
		'SELECT count(*) FROM outbox WHERE state = \'sent\'']);
	if (Number(stdout) !== mails) {
		throw new Error(`${stdout.trim()} of ${mails} mails were sent`);
	}
	return mails / took * 1000;
}

async function delivering(office, pairs, { sink, bareMail }) {
	const file = join(office.folder, 'mail.eml');
	const bare = join(office.folder, 'bare.db');
	const bytes = await example(office);
	await writeFile(file, bytes);
	say(`a mail has ${bytes.length} bytes`);
	const { child, port } = await startSink(sink);
	try {
		await office.configure({ ...settings, GROUNDCREW_SMTP: `smtp://127.0.0.1:${port}` });
		await office.clear();
		await office.queue(mails);
		await office.write('PRAGMA wal_checkpoint(TRUNCATE)');
		await copyFile(office.database, bare);
		const ours = () => sending(office, office.database, async () => {
			const { code, output } = await office.once();
			if (code !== 0) {
				throw new Error(output);
			}
		});
		const theirs = () => sending(office, bare, () => execFileText(bareMail, [port, bare, file]));
		await ours();
		await theirs();
		const numbers = await ratios(pairs, ours, theirs);
		return row('courier, mails a second to a bare libcurl loop', numbers, 0.6, { least: true });
	} finally {
		child.kill('SIGKILL');
	}
}

// Milliseconds of CPU that a process and its threads have had.
function cpu(id) {
	return readdirSync(`/proc/${id}/task`).reduce((sum, task) => sum
		+ Number(readFileSync(`/proc/${id}/task/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6, 0);
}

// A courier that has sent what there was, for a minute.
async function idling(office) {
	const smtp = await new Smtp().start();
	try {
		await office.configure({ ...settings, GROUNDCREW_SMTP: smtp.url });
		await office.clear();
		await office.queue(3);
		const courier = office.courier();
		await office.drained();
		// The connection it keeps is closed after a while, which is not idling.
		const id = courier.child.pid;
		const before = cpu(id);
		await later(60000);
		const used = cpu(id) - before;
		await courier.end();
		return row('courier idle for a minute, ms of CPU', [used], 10, { least: false });
	} finally {
		await smtp.stop();
	}
}

// Milliseconds from sending a POST to MAIL FROM of the mail it causes: more
// than from its COMMIT, which lies between.
async function starting(pairs) {
	const smtp = await new Smtp().start();
	const stack = await startStack({ sample: true, environment: { ...settings, GROUNDCREW_SMTP: smtp.url } });
	try {
		const post = await applicant(stack, await openCohort(stack));
		const whole = [];
		const answered = [];
		for (let i = 0; i < pairs * 2; i++) {
			let started = 0;
			smtp.script = (stage) => {
				if (stage === 'mail') {
					started = performance.now();
				}
			};
			const count = smtp.messages.length;
			const began = performance.now();
			const { answer } = await post();
			answered.push(performance.now() - began);
			if (answer.status !== 303) {
				throw new Error(`the application form answers ${answer.status}`);
			}
			await until('the mail', () => smtp.messages.length > count, { every: 1 });
			whole.push(started - began);
		}
		say(`the POST itself was answered after ${median(answered).toFixed(1)} ms`);
		return row('POST to MAIL FROM, ms', [median(whole)], 50, { least: false });
	} finally {
		await stack.stop();
		await smtp.stop();
	}
}

// programs: {sink, bareMail}, compiled.
export async function mailing(pairs, programs) {
	const office = await startOffice();
	let good = true;
	try {
		good = await delivering(office, pairs, programs) && good;
		good = await idling(office) && good;
	} finally {
		await office.stop();
	}
	return await starting(pairs) && good;
}
