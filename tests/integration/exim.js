// A real mail server: Debian's exim on two free ports of 127.0.0.1, one for
// STARTTLS and one for TLS at once, which takes mail only from those who sign
// in and puts each into a file. It runs without privileges, whoever runs the
// tests, from a folder of its own.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, processesOf } from './stack.js';
import { until } from './wait.js';

const execFileText = promisify(execFile);
const program = '/usr/sbin/exim4';

export const eximMissing = existsSync(program) ? false
	: 'this machine has another mail server instead of exim4';

function configuration({ folder, startTls, tls, user, password, owner, group }) {
	const known = `\${if and{{eq{$auth1}{${user}}}{eq{$auth2}{${password}}}}}`;
	return `
exim_user = ${owner}
exim_group = ${group}
deliver_drop_privilege
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/pid
keep_environment =
primary_hostname = mail.example
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${startTls} : ${tls}
tls_on_connect_ports = ${tls}
tls_advertise_hosts = *
tls_certificate = ${folder}/certificate
tls_privatekey = ${folder}/key
auth_advertise_hosts = \${if eq{$tls_in_cipher}{}{}{*}}
host_lookup =
smtp_accept_max = 50
smtp_accept_max_per_connection = 10000
smtp_accept_queue_per_connection = 0
smtp_enforce_sync
log_selector = +smtp_protocol_error +smtp_syntax_error +received_recipients
acl_smtp_rcpt = signed_in
acl_smtp_data = well_formed
begin acl
signed_in:
	deny message = sign in first
		!authenticated = *
	accept
well_formed:
	deny message = headers: $acl_verify_message
		!verify = header_syntax
	deny message = lines are too long
		condition = \${if > {$max_received_linelength}{998}}
	accept
begin routers
everyone:
	driver = accept
	transport = box
begin transports
box:
	driver = appendfile
	directory = ${folder}/mail
	maildir_format
	create_directory
	envelope_to_add
	return_path_add
	no_check_owner
begin authenticators
plain:
	driver = plaintext
	public_name = PLAIN
	server_prompts = :
	server_condition = ${known.replace('$auth2', '$auth3').replace('$auth1', '$auth2')}
	server_set_id = $auth2
login:
	driver = plaintext
	public_name = LOGIN
	server_prompts = "Username:: : Password::"
	server_condition = ${known}
	server_set_id = $auth1
`;
}

function answers(port) {
	return new Promise((done) => {
		const socket = net.connect(port, '127.0.0.1');
		socket.once('connect', () => {
			socket.destroy();
			done(true);
		});
		socket.once('error', () => done(false));
	});
}

export class Exim {
	// certificate: what Authority.certify returned.
	constructor({ certificate, user = 'groundcrew', password = 'it is a secret' }) {
		Object.assign(this, { certificate, user, password });
	}

	async start() {
		this.folder = await mkdtemp(join(tmpdir(), 'groundcrew-exim-'));
		[this.startTls, this.tls] = [await freePort(), await freePort()];
		const root = process.getuid() === 0;
		[this.owner, this.group] = root ? ['nobody', 'nogroup']
			: await Promise.all(['-un', '-gn'].map(async (word) =>
				(await execFileText('id', [word])).stdout.trim()));
		for (const name of ['spool', 'log', 'mail']) {
			await mkdir(join(this.folder, name));
		}
		await cp(this.certificate.certificate, join(this.folder, 'certificate'));
		await cp(this.certificate.key, join(this.folder, 'key'));
		this.file = join(this.folder, 'exim.conf');
		await writeFile(this.file, configuration(this));
		await chmod(this.file, 0o644);
		if (root) {
			await execFileText('chown', ['-R', 'nobody:nogroup', this.folder]);
		}
		this.output = '';
		this.child = spawn('setpriv', ['--pdeathsig', 'TERM', '--no-new-privs',
			...root ? ['--reuid', 'nobody', '--regid', 'nogroup', '--clear-groups'] : [],
			'--', program, '-C', this.file, '-bdf'], { stdio: ['ignore', 'pipe', 'pipe'], cwd: this.folder });
		[this.child.stdout, this.child.stderr].forEach((stream) => stream.on('data', (part) => {
			this.output += part;
		}));
		await until('exim to answer', async () => {
			if (this.child.exitCode !== null) {
				throw Object.assign(new Error(`exim ended: ${this.output}${await this.log()}`), { final: true });
			}
			return await answers(this.startTls) && answers(this.tls);
		}).catch(async (error) => {
			await this.stop();
			throw error;
		});
		return this;
	}

	// Every mail that lies in the box, as bytes, in the order of their arrival.
	async mails() {
		const box = join(this.folder, 'mail/new');
		const names = await readdir(box).catch(() => []);
		return Promise.all(names.sort().map((name) => readFile(join(box, name))));
	}

	async log() {
		const texts = await Promise.all(['mainlog', 'rejectlog', 'paniclog'].map((name) =>
			readFile(join(this.folder, 'log', name), 'utf8').catch(() => '')));
		return texts.join('');
	}

	async stop() {
		this.child.kill('SIGTERM');
		await until('exim to end', () => this.child.exitCode !== null || this.child.signalCode !== null);
		const left = await until('its deliveries to end', async () =>
			(await processesOf(this.folder)).length === 0).then(() => [], () => processesOf(this.folder));
		left.forEach((one) => process.kill(one.id, 'SIGKILL'));
		await rm(this.folder, { recursive: true, force: true });
		if (left.length > 0) {
			throw new Error(`exim left ${left.map((one) => one.command).join('\n')}`);
		}
	}
}
