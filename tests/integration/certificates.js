// Certificates of the tests' own authority, made by openssl when needed.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execFileText = promisify(execFile);

async function openssl(...words) {
	await execFileText('openssl', words);
}

const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1',
	'-nodes', '-days', '2'];

export class Authority {
	constructor(folder, name) {
		this.folder = folder;
		this.name = name;
	}

	// What is to be trusted.
	get file() {
		return join(this.folder, `${this.name}.pem`);
	}

	get key() {
		return join(this.folder, `${this.name}.key`);
	}

	async make() {
		await openssl(...request, '-subj', `/CN=${this.name}`, '-keyout', this.key, '-out', this.file);
		return this;
	}

	// A server's certificate for names such as DNS:localhost or IP:127.0.0.1:
	// the files, and what is in them.
	async certify(name, ...names) {
		const certificate = join(this.folder, `${name}.pem`);
		const key = join(this.folder, `${name}.key`);
		await openssl(...request, '-subj', `/CN=${name}`, '-CA', this.file, '-CAkey', this.key,
			'-addext', `subjectAltName=${names.join(',')}`,
			'-addext', 'basicConstraints=critical,CA:FALSE', '-keyout', key, '-out', certificate);
		return { certificate, key, pem: { cert: await readFile(certificate), key: await readFile(key) } };
	}
}
