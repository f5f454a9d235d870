// A post office: the sample programme's database and couriers, no pages. Mail
// is queued by hand and goes to a server of the tests'.
import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, Stack, top } from './stack.js';
import { until } from './wait.js';

// A clock that runs so many times as fast, for what a courier waits for.
export function fast(times) {
	const library = readdirSync('/usr/lib').map((name) => `/usr/lib/${name}/faketime/libfaketime.so.1`)
		.find((path) => existsSync(path));
	return { LD_PRELOAD: library, FAKETIME: `+0 x${times}` };
}

// One courier that keeps running, as the unit runs it.
class Courier {
	constructor(child) {
		this.child = child;
		this.output = '';
		[child.stdout, child.stderr].forEach((stream) => stream.on('data', (part) => {
			this.output += part;
		}));
		this.ended = new Promise((done) => {
			child.once('exit', (code, signal) => done({ code, signal }));
		});
	}

	get isOver() {
		return this.child.exitCode !== null || this.child.signalCode !== null;
	}

	async end(signal = 'SIGTERM') {
		this.child.kill(signal);
		return this.ended;
	}
}

function start(folder, environment) {
	return new Courier(spawn('setpriv', ['--pdeathsig', 'TERM', '--', join(build, 'bin/crewctl'), 'courier'], {
		cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment },
	}));
}

// A courier for a stack that was started without one.
export async function startCourier(stack, settings = {}) {
	return start(stack.folder, { ...await stack.environment(), ...settings });
}

export class Office extends Stack {
	// settings: GROUNDCREW_SMTP and what else the courier is told.
	constructor({ settings = {} } = {}) {
		super({});
		this.settings = settings;
		this.couriers = [];
	}

	async start() {
		this.folder = await mkdtemp(join(tmpdir(), 'groundcrew-'));
		await mkdir(join(this.folder, 'mail'));
		await this.configure({});
		await this.crewctl('init');
		await this.crewctl('sample');
		await this.occasions();
		return this;
	}

	// Settings beside those every courier here has.
	async configure(settings) {
		const pairs = {
			GROUNDCREW_DB: this.database, GROUNDCREW_BASE: 'http://localhost:8000',
			GROUNDCREW_PAGES: join(top, 'www/pages'), GROUNDCREW_STATIC: join(build, 'static'),
			GROUNDCREW_KEY: join(this.folder, 'key'), GROUNDCREW_WAKE: join(this.folder, 'wake'),
			GROUNDCREW_MAIL: join(this.folder, 'mail'), GROUNDCREW_SAMPLE: join(top, 'conf/sample/programme.json'),
			GROUNDCREW_JOURNAL: join(this.folder, 'journal'),
			...this.settings, ...settings,
		};
		this.pairs = Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== undefined));
		await writeFile(join(this.folder, 'environment'),
			Object.entries(this.pairs).map(([name, value]) => `${name}="${value}"\n`).join(''));
	}

	// The file of credentials, with the rights one gives it.
	async credentials(user, password, mode = 0o600) {
		const file = join(this.folder, `credentials-${mode.toString(8)}`);
		await rm(file, { force: true });
		await writeFile(file, `${user}\n${password}\n`, { mode });
		return file;
	}

	// Sends all that is due: what it said, and how it ended.
	async once(settings = {}) {
		return new Promise((done) => {
			execFile(join(build, 'bin/crewctl'), ['courier', '--once'], { cwd: this.folder, timeout: 60000,
				env: { ...process.env, ...this.pairs, ...settings } },
			(error, stdout, stderr) => done({ code: error ? error.code : 0, output: stdout + stderr }));
		});
	}

	courier(settings = {}) {
		const courier = start(this.folder, { ...this.pairs, ...settings });
		this.couriers.push(courier);
		return courier;
	}

	// Queues count mails, due now; recipient: a name before -1@example.org. What
	// they are about is the recipient's, for a link goes to nobody else.
	async queue(count, { kind = 'application_received', recipient = 'vega', parameters = '{"application":"1","cohort":"1"}',
		reason = `test-${Math.random()}` } = {}) {
		const text = (value) => `'${value.replaceAll('\'', '\'\'')}'`;
		const address = `CASE WHEN instr(${text(recipient)}, '@') THEN ${text(recipient)}
			ELSE ${text(recipient)} || '-' || i || '@example.org' END`;
		const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
		const [, about, id] = /"(application|person)":"(\d+)"/.exec(parameters) ?? [];
		const own = about === undefined ? '' : count === 1
			? `UPDATE ${about} SET email = 'once-' || id || '@example.org', email_key = 'once-' || id || '@example.org'
				WHERE id <> ${id} AND email_key = (${numbers} SELECT lower(${address}) FROM n);
				UPDATE ${about} SET (email, email_key) = (${numbers} SELECT ${address}, lower(${address}) FROM n)
				WHERE id = ${id};`
			: `INSERT INTO application (key, reference, cohort_id, email, email_key, name, name_key, zone, level,
				hours, hours_utc, submitted_at, changed_at, confirm_until)
				${numbers} SELECT ${text(reason)} || i, ${text(reason)} || i, cohort_id, ${address}, lower(${address}),
				name, name_key, zone, level, hours, hours_utc, unixepoch(), unixepoch(),
				unixepoch() + 86400 FROM n, application WHERE application.id = ${id};`;
		const subject = own.startsWith('INSERT')
			? `json_object('application', CAST((SELECT id FROM application WHERE key = ${text(reason)} || i) AS TEXT),
				'cohort', '1')` : text(parameters);
		await this.write(`BEGIN; ${own} INSERT INTO outbox (reason, kind, urgency, cohort_id, recipient, parameters, due_at, created_at)
			${numbers} SELECT ${text(reason)} || ':' || i, kind, urgency, 1, ${address}, ${subject},
				unixepoch(), unixepoch()
			FROM n, mail_kind WHERE kind = ${text(kind)}; COMMIT`);
	}

	// An occasion of each kind that the sample had one of, and of one that one
	// can do without: [kind, parameters]. No two are about the same application,
	// which has one address at a time.
	async occasions() {
		if (!this.known) {
			const rows = await this.rows(`SELECT kind, parameters FROM outbox WHERE id IN
				(SELECT iif(kind = 'application_confirmed', min(id), max(id)) FROM outbox WHERE kind NOT IN ('offer', 'offer_reminder', 'standup_tomorrow') GROUP BY kind)`);
			const open = await this.value(`SELECT id FROM cohort WHERE published_at IS NOT NULL
				AND opens_at <= unixepoch() AND closes_at > unixepoch()`);
			this.known = [...rows.map((row) => [row.kind, row.parameters]), ['sign_in', '{"person":"1"}'],
				['next_opens', `{"subscription":"1","cohort":"${open}"}`]];
		}
		return this.known;
	}

	// The queue as it stands, oldest first.
	async mails() {
		return this.rows('SELECT * FROM outbox ORDER BY id');
	}

	async mail1() {
		const mails = await this.mails();
		if (mails.length !== 1) {
			throw new Error(`${mails.length} mails instead of one`);
		}
		return mails[0];
	}

	async clear() {
		await this.write(`DELETE FROM outbox; DELETE FROM link; DELETE FROM subscription;
			INSERT INTO subscription (id, email, email_key, asked_at, confirmed_at)
			VALUES (1, 'someone@example.org', 'someone@example.org', 1, 2)`);
	}

	// The pause of everything that waits is over.
	async passPauses() {
		await this.write('UPDATE outbox SET due_at = unixepoch() WHERE state = \'queued\'');
	}

	async drained() {
		await until('the queue to be empty', async () =>
			await this.value('SELECT count(*) FROM outbox WHERE state = \'queued\'') === 0, { seconds: 60 });
	}

	async stop() {
		for (const courier of this.couriers.filter((one) => !one.isOver)) {
			await courier.end();
		}
		const left = await until('its processes to end', async () => (await this.processes()).length === 0)
			.then(() => [], () => this.processes());
		left.forEach((one) => process.kill(one.id, 'SIGKILL'));
		await rm(this.folder, { recursive: true, force: true });
		if (left.length > 0) {
			throw new Error(`left running: ${left.map((one) => one.command).join('\n')}`);
		}
	}
}

export async function startOffice(options) {
	return new Office(options).start();
}
