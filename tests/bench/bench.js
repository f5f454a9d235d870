// What the rows stand on: the load generator, and bare responders behind the
// same nginx and the same directives as the programs.
import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { exchange } from '../integration/client.js';
import { build } from '../integration/stack.js';
import { until } from '../integration/wait.js';
import { rate } from './measure.js';

const execFileText = promisify(execFile);
export const here = dirname(fileURLToPath(import.meta.url));
export const pairs = Math.max(15, Number(process.env.PAIRS ?? 21));
const load = join(build, 'bench/load');
const bare = join(build, 'bench/bare');
export const sink = join(build, 'bench/sink');
export const bareMail = join(build, 'bench/bare_mail');

export async function compile() {
	await mkdir(join(build, 'bench'), { recursive: true });
	const words = ['-std=c17', '-D_GNU_SOURCE=', '-O2', '-Wall', '-Wextra'];
	const cc = process.env.CC || 'cc';
	await execFileText(cc, [...words, '-o', load, join(here, 'load.c')]);
	await execFileText(cc, [...words, '-o', bare, join(here, 'bare.c'), '-lfcgi', '-lsqlite3']);
	await execFileText(cc, [...words, '-o', sink, join(here, 'sink.c')]);
	await execFileText(cc, [...words, '-o', bareMail, join(here, 'bare_mail.c'), '-lcurl', '-lsqlite3']);
}

export class Bench {
	constructor(stack) {
		this.stack = stack;
		this.children = [];
	}

	file(name) {
		return join(this.stack.folder, 'bench', name);
	}

	async request(name, line, headers, body = '') {
		await mkdir(this.file(''), { recursive: true });
		await writeFile(this.file(name), [line, `Host: localhost:${this.stack.port}`,
			...headers, '', body].join('\r\n'));
		return this.file(name);
	}

	// The program's answer as a FastCGI responder would have to send it.
	async keep(name, path, headers = {}) {
		const answer = await exchange(this.stack, { path, headers });
		const lines = [`Status: ${answer.status}`];
		for (let i = 0; i < answer.rawHeaders.length; i += 2) {
			if (!/^(date|server|connection|keep-alive|transfer-encoding)$/i.test(answer.rawHeaders[i])) {
				lines.push(`${answer.rawHeaders[i]}: ${answer.rawHeaders[i + 1]}`);
			}
		}
		await mkdir(this.file(''), { recursive: true });
		await writeFile(this.file(name), Buffer.concat([
			Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), answer.body]));
		return this.file(name);
	}

	// Requests a second; every answer must have a status that is expected.
	rate(file, { connections = 16, requests, expect }) {
		return rate(load, this.stack.port, file, { connections, requests, expect });
	}

	async startBare(name, ...words) {
		const socket = join(this.stack.folder, `socket/${name}.sock`);
		const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', '/usr/bin/spawn-fcgi', '-n', '-b', '4096', '-M', '0660', '-s', socket, '--',
			'/usr/bin/multiwatch', '-f', '2', '-r', '1000000000', '-t', '1000', '--',
			'/usr/bin/setpriv', '--pdeathsig', 'TERM', '--', bare, ...words],
		{ stdio: ['ignore', 'inherit', 'inherit'] });
		this.children.push(child);
		await until(`${name} to listen`, async () => (await execFileText('test', ['-S', socket])) !== null);
		await execFileText('chmod', ['0666', socket]);
	}

	// Locations of others, inside the same location as ours.
	async addLocations(...locations) {
		const path = join(this.stack.folder, 'conf/server.conf');
		const text = await readFile(path, 'utf8');
		const at = text.lastIndexOf('}');
		await writeFile(path, [text.slice(0, at), ...locations.map((one) => `\t${one}`), text.slice(at)].join('\n'));
		process.kill(Number(readFileSync(join(this.stack.folder, 'nginx.pid'), 'utf8')), 'SIGHUP');
	}

	socket(name) {
		return join(this.stack.folder, `socket/${name}.sock`);
	}

	// Their parents die at once and the kernel ends the responders.
	stop() {
		this.children.forEach((child) => child.kill('SIGKILL'));
	}
}
