// A whole Groundcrew in a temporary folder: nginx with the files of
// conf/nginx, the four programs, the courier – by conf/run, as `make run`
// starts it – on a free port of 127.0.0.1. Stopped, it leaves no process.
import { execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { appendFile, mkdtemp, mkdir, readFile, readdir, readlink, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { exchange, Person } from './client.js';
import { Mailbox } from './mail.js';
import { until } from './wait.js';

const execFileText = promisify(execFile);

export const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const build = resolve(top, process.env.BUILD ?? 'build');
export const programs = ['apply', 'cohort', 'standup', 'feed'];

// A port nobody listens on, below the kernel's range for outgoing connections,
// so that no connection of ours can take it before nginx does.
export async function freePort() {
	for (;;) {
		const port = 20000 + Math.floor(Math.random() * 12000);
		const free = await new Promise((done) => {
			const server = net.createServer();
			server.once('error', () => done(false));
			server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
		});
		if (free) {
			return port;
		}
	}
}

async function readProcess(id) {
	const read = async (name) => {
		try {
			return (await readFile(`/proc/${id}/${name}`, 'latin1'));
		} catch {
			return '';
		}
	};
	const link = async (name) => {
		try {
			return await readlink(`/proc/${id}/${name}`);
		} catch {
			return '';
		}
	};
	return {
		id, command: (await read('cmdline')).split('\0').join(' ').trim(),
		environment: (await read('environ')).split('\0'),
		state: /\) (\S)/.exec(await read('stat'))?.[1] ?? 'X',
		program: (await link('exe')).replace(/ \(deleted\)$/, ''),
		folder: await link('cwd'), link,
	};
}

// Every living process that has to do with a folder: by its command line, its
// environment, its working directory or a file it holds open. nginx writes
// over its environment, so no single sign is enough.
export async function processesOf(folder) {
	const found = [];
	const inside = (path) => path === folder || path.startsWith(`${folder}/`);
	for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
		if (Number(id) === process.pid) {
			continue;
		}
		const one = await readProcess(Number(id));
		if (one.state === 'X' || one.state === 'Z') {
			continue;
		}
		let held = one.command.includes(folder) || inside(one.folder)
			|| one.environment.some((pair) => pair.includes(folder));
		if (!held) {
			try {
				for (const file of await readdir(`/proc/${id}/fd`)) {
					held ||= inside(await one.link(`fd/${file}`));
				}
			} catch {
				// It ended while we looked.
			}
		}
		if (held) {
			found.push(one);
		}
	}
	return found;
}

export class Stack {
	constructor(options) {
		this.options = options;
		this.root = options.base ?? '';
		this.output = '';
		this.ended = null;
	}

	get origin() {
		return `http://localhost:${this.port}`;
	}

	get base() {
		return this.origin + this.root;
	}

	get database() {
		return join(this.folder, 'groundcrew.db');
	}

	async start() {
		this.folder = this.options.folder
			?? await mkdtemp(join(tmpdir(), 'groundcrew-'));
		await mkdir(this.folder, { recursive: true });
		this.port = this.options.port ?? await freePort();
		// A mail whose row is forgotten has gone, too.
		this.mail = new Mailbox(join(this.folder, 'mail'), async (id) =>
			(await this.value(`SELECT state FROM outbox WHERE id = ${id}`) ?? 'sent') === 'sent');
		const log = createWriteStream(join(this.folder, 'run.log'), { flags: 'a' });
		// Should this process be killed, the kernel asks conf/run to end, too.
		this.child = spawn('setpriv', ['--pdeathsig', 'TERM', '--', join(top, 'conf/run')], {
			cwd: top, detached: true, stdio: ['ignore', 'pipe', 'pipe'],
			env: {
				...process.env, BUILD: build, PORT: String(this.port),
				VAR: this.folder, BASE: this.root,
				SAMPLE: this.options.sample ? 'yes' : 'no',
				LIMITS: this.options.limits ? 'yes' : 'no',
				COURIER: this.options.courier === false ? 'no' : 'yes',
				PREPARED: 'yes', HOST: '', WORKERS: '2',
				...this.options.environment,
			},
		});
		for (const stream of [this.child.stdout, this.child.stderr]) {
			stream.on('data', (part) => {
				this.output += part;
				log.write(part);
			});
		}
		this.stopped = new Promise((done) => {
			this.child.once('exit', (code, signal) => {
				this.ended = { code, signal };
				done(this.ended);
			});
		});
		try {
			await this.ready();
		} catch (error) {
			await this.stop().catch(() => {});
			throw error;
		}
		return this;
	}

	// Every program answers through nginx.
	async ready() {
		await until('the stack to answer', async () => {
			if (this.ended) {
				throw Object.assign(new Error('conf/run ended'), { final: true });
			}
			for (const path of ['/', '/apply/', '/standup/', '/feed/']) {
				const answer = await exchange(this, { path: this.root + path });
				if (answer.status >= 500) {
					throw new Error(`${path} answers ${answer.status}`);
				}
			}
			return !this.options.sample || /^Djangonaut: http/im.test(this.output);
		}, { seconds: 60, every: 50 }).catch((error) => {
			throw new Error(`${error.message}\n${this.output.slice(-4000)}`);
		});
	}

	person(options) {
		return new Person(this, options);
	}

	// The links conf/run printed: {organiser, captain, navigator, djangonaut}.
	get links() {
		return Object.fromEntries([...this.output.matchAll(/^\s*(\w+):\s+(http\S+)$/gm)]
			.map(([, role, link]) => [role.toLowerCase(), link]));
	}

	async environment() {
		const text = await readFile(join(this.folder, 'environment'), 'utf8');
		return Object.fromEntries(text.split('\n').filter((line) => /^\w+=/.test(line))
			.map((line) => [line.slice(0, line.indexOf('=')),
				line.slice(line.indexOf('=') + 1).replace(/^"(.*)"$/, '$1')]));
	}

	async crewctl(...words) {
		const result = await execFileText(join(build, 'bin/crewctl'), words, {
			env: { ...process.env, ...await this.environment() },
			cwd: this.folder, timeout: 60000,
		});
		return result.stdout;
	}

	// Rows of a read-only look into the database, as objects.
	async rows(query) {
		const { stdout } = await execFileText('sqlite3', ['-readonly', '-json',
			'-cmd', '.timeout 5000', this.database, query],
		{ maxBuffer: 256 << 20 });
		return stdout.trim() === '' ? [] : JSON.parse(stdout);
	}

	async value(query) {
		const [row] = await this.rows(query);
		return row === undefined ? undefined : Object.values(row)[0];
	}

	// Writes past the programs: time passing, or a fault put in place.
	async write(statements) {
		await execFileText('sqlite3', ['-bail', '-cmd', '.timeout 5000',
			'-cmd', 'PRAGMA foreign_keys=ON', this.database, statements]);
	}

	// As a worker does after a COMMIT: the courier looks at once.
	async wakeCourier() {
		await appendFile((await this.environment()).GROUNDCREW_WAKE, '.');
	}

	async processes() {
		return processesOf(this.folder);
	}

	// The living workers of a program: the children of its multiwatch that have
	// become the program already.
	async workers(program) {
		const path = join(build, 'bin', program);
		this.parents ??= new Map();
		if (!this.parents.has(program)) {
			const parent = await until(`the parent of ${program}`, async () =>
				(await this.processes()).find((one) =>
					/multiwatch/.test(one.program) && one.command.endsWith(` ${path}`)));
			this.parents.set(program, parent.id);
		}
		const parent = this.parents.get(program);
		const text = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8');
		const children = await Promise.all(text.trim().split(/\s+/).filter(Boolean)
			.map((id) => readProcess(Number(id))));
		return children.filter((one) => one.state !== 'Z' && one.program === path)
			.map((one) => one.id);
	}

	// Everything any of them wrote: nginx's logs and the programs'.
	async logs() {
		const texts = [this.output];
		const walk = async (folder) => {
			for (const entry of await readdir(folder, { withFileTypes: true })) {
				const path = join(folder, entry.name);
				if (entry.isDirectory() && entry.name !== 'mail') {
					await walk(path);
				} else if (entry.isFile() && /log/.test(path.slice(this.folder.length))) {
					texts.push(await readFile(path, 'utf8'));
				}
			}
		};
		await walk(this.folder);
		return texts.join('\n');
	}

	// Asks it to end; group: as Ctrl-C does, everything in the foreground.
	signal(name, { group = false } = {}) {
		this.ending = true;
		process.kill(group ? -this.child.pid : this.child.pid, name);
	}

	async stop({ signal = 'SIGTERM' } = {}) {
		const alone = this.ended !== null && !this.ending;
		if (!this.ended) {
			this.signal(signal);
			await Promise.race([this.stopped, until('conf/run to end',
				() => this.ended, { seconds: 20 }).catch(() => {})]);
		}
		const left = await until('its processes to end', async () =>
			(await this.processes()).length === 0, { seconds: 10 })
			.then(() => [], () => this.processes());
		for (const one of left) {
			process.kill(one.id, 'SIGKILL');
		}
		if (!this.options.folder) {
			await until('its folder to go', async () => {
				await rm(this.folder, { recursive: true, force: true });
				return true;
			});
		}
		if (alone) {
			throw new Error(`it ended by itself:\n${this.output.slice(-4000)}`);
		}
		if (left.length > 0) {
			throw new Error('left running after the stop:\n'
				+ left.map((one) => `${one.id} ${one.command}`).join('\n'));
		}
		return this.ended;
	}
}

// options: base ('/crew'), sample (true: the sample programme), limits (true:
// nginx's request limits stay on), courier (false: mail stays queued), folder
// and port (given ones are kept), environment (more of it).
export async function startStack(options = {}) {
	return new Stack(options).start();
}
