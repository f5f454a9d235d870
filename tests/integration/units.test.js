// The systemd units, as make install writes them, with paths that point into
// the build tree: systemd finds nothing wrong and little exposed.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { Authority } from './certificates.js';
import { build, programs, top } from './stack.js';

const execFileText = promisify(execFile);

describe('systemd units', () => {
	let folder;
	let units;

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'groundcrew-units-'));
		await mkdir(join(folder, 'units'));
		const source = join(top, 'conf/systemd');
		units = (await readdir(source)).filter((name) =>
			/\.(service|socket|target)$/.test(name));
		for (const name of units) {
			const text = (await readFile(join(source, name), 'utf8'))
				.replaceAll('@LIB@', join(build, 'bin'))
				.replaceAll('@CREWCTL@', join(build, 'bin/crewctl'));
			assert.doesNotMatch(text, /@[A-Z]+@/, `${name} has a word left to fill in`);
			await writeFile(join(folder, 'units', name), text);
		}
	});
	after(async () => rm(folder, { recursive: true, force: true }));

	it('there_is_a_socket_and_a_service_for_each_program_and_a_courier', () => {
		assert.deepEqual([...units].sort(), ['groundcrew-courier.service',
			...programs.flatMap((name) => [`groundcrew-${name}.service`,
				`groundcrew-${name}.socket`]), 'groundcrew.target'].sort());
	});

	it('systemd_finds_nothing_wrong_in_them', async () => {
		const { stdout, stderr } = await execFileText('systemd-analyze',
			['verify', '--man=no', ...units.map((name) => join(folder, 'units', name))],
			{ env: { ...process.env, SYSTEMD_UNIT_PATH: `${join(folder, 'units')}:` } });
		assert.equal(stdout + stderr, '');
	});

	it('none_is_exposed_by_more_than_1_0', async () => {
		for (const name of units.filter((unit) => unit.endsWith('.service'))) {
			const { stdout } = await execFileText('systemd-analyze', ['security',
				'--offline=true', '--threshold=10', '--no-pager',
				join(folder, 'units', name)]);
			const [, exposure] = /Overall exposure level for \S+: (\d+\.\d+)/.exec(stdout);
			assert.ok(Number(exposure) <= 1.0, `${name}: ${exposure}\n${stdout}`);
		}
	});

	it('a_rush_waits_in_a_long_queue_that_only_nginx_reaches', async () => {
		for (const name of units.filter((unit) => unit.endsWith('.socket'))) {
			const text = await readFile(join(folder, 'units', name), 'utf8');
			assert.match(text, /^Backlog=4096$/m, name);
			assert.match(text, /^SocketMode=0660$/m, name);
			assert.doesNotMatch(text, /^ListenStream=[^/]/m, name);
		}
	});

	it('make_install_leaves_no_word_to_fill_in_and_every_program_in_place', async () => {
		const image = join(folder, 'image');
		await execFileText(join(top, 'conf/build/install'), [build, image, '/usr']);
		const unitFolder = join(image, 'usr/lib/systemd/system');
		for (const name of units) {
			const text = await readFile(join(unitFolder, name), 'utf8');
			assert.doesNotMatch(text, /@[A-Z]+@/, name);
			for (const [, program] of text.matchAll(/(\/usr\/lib\/groundcrew\/\w+|\/usr\/bin\/crewctl)/g)) {
				await readFile(join(image, program));
			}
		}
	});

	it('an_existing_nginx_takes_the_snippets_as_installed', async () => {
		for (const base of ['https://crew.example', 'https://x.example/crew']) {
			const image = join(folder, `image-${base.length}`);
			await execFileText(join(top, 'conf/build/install'), [build, image, '/usr']);
			const settings = join(image, 'etc/groundcrew/groundcrew.env');
			await writeFile(settings, (await readFile(settings, 'utf8'))
				.replace(/^GROUNDCREW_BASE=.*$/m, `GROUNDCREW_BASE=${base}`)
				.replace(/^#(GROUNDCREW_EDGES=)/m, '$1')
				.replace(/^#(GROUNDCREW_ORIGIN=).*$/m, '$1https://127.0.0.1')
				.replaceAll(/=\/(usr|var)\//g, `=${image}/$1/`));
			await mkdir(join(image, 'var/lib/groundcrew'), { recursive: true });
			await execFileText('/bin/sh', ['-c',
				'set -a; . "$0"; exec "$1" init', settings,
				join(image, 'usr/bin/crewctl')]);
			await execFileText(join(image, 'usr/sbin/groundcrew-configure'), [],
				{ env: { ...process.env, GROUNDCREW_ROOT: image, GROUNDCREW_EDGE_PORT: '3' } });
			const around = join(image, 'nginx.conf');
			await writeFile(around, `pid ${image}/pid; events {} error_log ${image}/log;
				http { include ${image}/etc/groundcrew/nginx/http.conf;
				${['body', 'fastcgi', 'proxy', 'scgi', 'uwsgi'].map((name) =>
		(name === 'body' ? 'client_body' : name)
		+ `_temp_path ${image}/${name};`).join(' ')}
				server { listen 127.0.0.1:1; server_name x.example;
				access_log off;
				include ${image}/etc/groundcrew/nginx/server.conf; } }`);
			await mkdir(join(image, 'var/log/groundcrew'), { recursive: true });
			await execFileText('/usr/sbin/nginx', ['-t', '-q', '-e', `${image}/log`,
				'-p', image, '-c', around]);
			const server = await readFile(join(image, 'etc/groundcrew/nginx/server.conf'), 'utf8');
			assert.match(server, /real_ip_header X-Forwarded-For; set_real_ip_from 203\.0\.113\.7; set_real_ip_from 2001:db8::7;/);
			await checkEdge(image, around);
		}
	});

	// As another machine's nginx takes it, but for ports that are free here.
	async function checkEdge(image, around) {
		const authority = await new Authority(folder, 'authority').make();
		const { certificate, key } = await authority.certify('edge', 'DNS:crew.example');
		const file = join(image, 'etc/groundcrew/nginx/edge.conf');
		const text = await readFile(file, 'utf8');
		assert.doesNotMatch(text, /@[A-Z_]+@/);
		assert.match(text, /server 127\.0\.0\.1:443;/);
		assert.match(text, /proxy_pass https:\/\/groundcrew_origin/);
		await writeFile(file, text.replace(/listen \[::\]:443 [^;]*;/, '')
			.replace('listen 443 ssl', 'listen 127.0.0.1:2 ssl')
			.replace('/etc/ssl/certs/groundcrew.pem', certificate)
			.replace('/etc/ssl/private/groundcrew.key', key));
		await writeFile(around, (await readFile(around, 'utf8'))
			.replace(/server \{ listen[^]*$/, `include ${file}; }`));
		for (const name of ['cache', 'log/nginx']) {
			await mkdir(join(image, 'var', name), { recursive: true });
		}
		const { stderr } = await execFileText('/usr/sbin/nginx', ['-t', '-q', '-e', `${image}/log`,
			'-p', image, '-c', around]);
		assert.equal(stderr, '');
	}
});
