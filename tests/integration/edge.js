// The second nginx, conf/nginx/edge.conf, in a temporary folder in front of a
// stack or of any server on a port of 127.0.0.1.
import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exchange } from './client.js';
import { freePort, top } from './stack.js';
import { until } from './wait.js';

const execFileText = promisify(execFile);

const faketime = readdirSync('/usr/lib')
	.map((name) => `/usr/lib/${name}/faketime/libfaketime.so.1`)
	.find((path) => existsSync(path));

// nginx forgets its environment, but for what it is told to keep.
const clock = ['FAKETIME_TIMESTAMP_FILE', 'FAKETIME_NO_CACHE', 'FAKETIME_DONT_FAKE_MONOTONIC'];

async function filesBelow(folder) {
	const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
	const lists = await Promise.all(found.map((entry) => (entry.isDirectory()
		? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)])));
	return lists.flat();
}

export class Edge {
	// behind: the port of its origin. authorities: who vouches for that.
	constructor(behind, { root = '', scheme = 'http', authorities, limits, pages } = {}) {
		Object.assign(this, { behind, root, scheme, authorities, limits, pages });
	}

	get origin() {
		return `http://localhost:${this.port}`;
	}

	get folderOfCopies() {
		return join(this.folder, 'groundcrew-copies');
	}

	get folderOfAnswers() {
		return join(this.folder, 'groundcrew-answers');
	}

	async start() {
		this.folder ??= await mkdtemp(join(tmpdir(), 'groundcrew-edge-'));
		this.port ??= await freePort();
		this.clock = join(this.folder, 'clock');
		await mkdir(join(this.folder, 'pages'), { recursive: true });
		for (const status of [404, 429, 502, 503]) {
			await writeFile(join(this.folder, `pages/${status}.html`), `${status}\n`);
		}
		await this.moveClock(0);
		await this.takePages();
		await this.configure();
		const words = ['-e', join(this.folder, 'start.log'), '-p', this.folder,
			'-c', join(this.folder, 'nginx.conf')];
		const { stderr } = await execFileText('/usr/sbin/nginx', ['-t', '-q', ...words]);
		if (stderr !== '') {
			throw new Error(stderr);
		}
		// Should this process be killed, the kernel ends nginx, too.
		this.child = spawn('setpriv', ['--pdeathsig', 'TERM', '--', '/usr/sbin/nginx', ...words], {
			stdio: 'ignore',
			env: { ...process.env, LD_PRELOAD: faketime, FAKETIME_NO_CACHE: '1',
				FAKETIME_TIMESTAMP_FILE: this.clock, FAKETIME_DONT_FAKE_MONOTONIC: '1' },
		});
		this.ended = new Promise((done) => {
			this.child.once('exit', done);
		});
		await until('the edge to listen', () => exchange(this, { method: 'DELETE', path: '/' }));
		return this;
	}

	async configure() {
		const values = {
			ROOT: this.root, CONF: this.folder, LOG: this.folder, CACHE: this.folder,
			PAGES: join(this.folder, 'pages'), HOST: 'localhost', HOSTS: 'localhost 127.0.0.1',
			LISTEN: `listen 127.0.0.1:${this.port};`, EDGE_PORT: String(await freePort()),
			ORIGIN: `127.0.0.1:${this.behind}`, ORIGIN_SCHEME: this.scheme,
			AUTHORITIES: this.authorities ?? '/etc/ssl/certs/ca-certificates.crt',
			LIMITS: this.limits ? 'yes' : 'no',
		};
		for (const name of ['http.conf', 'answer.conf', 'edge.conf']) {
			const { stdout } = await execFileText(join(top, 'conf/nginx/fill'),
				[join(top, 'conf/nginx', name)], { env: { ...process.env, ...values } });
			await writeFile(join(this.folder, name), stdout);
		}
		const places = ['client_body', 'fastcgi', 'proxy', 'scgi', 'uwsgi'].map((name) =>
			`${name}_temp_path ${this.folder}/${name};`).join(' ');
		await writeFile(join(this.folder, 'nginx.conf'), `${process.getuid() === 0 ? 'user root;' : ''}
			daemon off; worker_processes 2;
			${clock.map((name) => `env ${name};`).join(' ')} pid ${this.folder}/nginx.pid;
			error_log ${this.folder}/errors.log error; events { worker_connections 1024; }
			http { ${places} access_log off; include ${this.folder}/http.conf;
			include ${this.folder}/edge.conf; }`);
	}

	// nginx has learnt of it with its next event.
	async moveClock(seconds) {
		await writeFile(this.clock, `${seconds < 0 ? '' : '+'}${seconds}\n`);
	}

	// What it shows by itself looks like its origin's, if that has pages.
	async takePages() {
		for (const name of this.pages ? await readdir(this.pages) : []) {
			await copyFile(join(this.pages, name), join(this.folder, 'pages', name));
		}
	}

	kept(folder = this.folder) {
		return filesBelow(folder).then((paths) =>
			paths.filter((path) => /groundcrew-(?:answers|copies)\//.test(path)));
	}

	// Everything it wrote down, the bodies it keeps included.
	async written() {
		const texts = await Promise.all((await filesBelow(this.folder)).map((path) =>
			readFile(path, 'latin1').catch(() => '')));
		return texts.join('\n');
	}

	async end(signal = 'SIGQUIT') {
		this.child.kill(signal);
		await this.ended;
	}

	async stop() {
		await this.end('SIGTERM');
		await rm(this.folder, { recursive: true, force: true });
	}
}

// origin: a stack, or an Origin.
export async function startEdge(origin, options = {}) {
	return new Edge(origin.port, { root: origin.root,
		pages: origin.folder && join(origin.folder, 'pages'), ...options }).start();
}

// An origin that keeps what it was asked and answers what it is told to.
export class Origin {
	constructor(answer) {
		this.answer = answer;
		this.asked = [];
		this.root = '';
	}

	async start(secure) {
		const handle = (request, response) => {
			this.asked.push({ method: request.method, path: request.url, headers: request.headers });
			this.answer(request, response);
		};
		if (secure) {
			const { createServer } = await import('node:https');
			this.server = createServer(secure, handle);
		} else {
			this.server = http.createServer(handle);
		}
		this.port = await freePort();
		await new Promise((done) => {
			this.server.listen(this.port, '127.0.0.1', done);
		});
		return this;
	}

	async stop() {
		this.server.closeAllConnections?.();
		await new Promise((done) => {
			this.server.close(done);
		});
	}
}

