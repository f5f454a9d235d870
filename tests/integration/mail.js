// Reads the .eml files a courier without an SMTP server writes: headers
// unfolded and decoded (RFC 5322, RFC 2047), parts decoded (RFC 2045), links.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from './wait.js';

function decodeQuoted(text) {
	return text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi,
		(whole, hex) => String.fromCharCode(parseInt(hex, 16)));
}

function decodeWords(text) {
	const joined = text.replace(/(=\?[^?]+\?[bq]\?[^?]*\?=)\s+(?==\?)/gi, '$1');
	return joined.replace(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi,
		(whole, charset, coding, data) => (coding.toLowerCase() === 'b'
			? Buffer.from(data, 'base64')
			: Buffer.from(decodeQuoted(data.replace(/_/g, ' ')), 'latin1')).toString('utf8'));
}

function splitHead(source) {
	const end = /\r?\n\r?\n/.exec(source);
	const head = end ? source.slice(0, end.index) : source;
	const body = end ? source.slice(end.index + end[0].length) : '';
	const headers = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/).map((line) => {
		const colon = line.indexOf(':');
		return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
	});
	return { headers, body };
}

function parts(source) {
	const { headers, body } = splitHead(source);
	const get = (name) => headers.find(([key]) => key === name)?.[1];
	const type = get('content-type') ?? 'text/plain';
	const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
	if (boundary) {
		return body.split(new RegExp(`\\r?\\n?--${boundary.replace(/[^\w]/g, '\\$&')}(?:--)?[ \\t]*\\r?\\n?`))
			.slice(1, -1).flatMap(parts);
	}
	const coding = (get('content-transfer-encoding') ?? '7bit').toLowerCase();
	const bytes = coding === 'base64' ? Buffer.from(body, 'base64')
		: Buffer.from(coding === 'quoted-printable' ? decodeQuoted(body) : body, 'latin1');
	return [{ type: type.split(';')[0].trim().toLowerCase(), text: bytes.toString('utf8') }];
}

export class Mail {
	constructor(file, bytes) {
		this.file = file;
		// latin1 keeps every byte as one character until a part is decoded.
		this.source = bytes.toString('latin1');
		this.headers = splitHead(this.source).headers;
		this.parts = parts(this.source);
	}

	header(name) {
		const values = this.headers.filter(([key]) => key === name.toLowerCase());
		return values.length === 0 ? undefined : decodeWords(
			Buffer.from(values[0][1], 'latin1').toString('utf8'));
	}

	all(name) {
		return this.headers.filter(([key]) => key === name.toLowerCase())
			.map(([, value]) => value);
	}

	// The outbox row it came from: its file is named by it.
	get outbox() {
		return parseInt(this.file, 10);
	}

	get subject() {
		return this.header('subject');
	}

	get to() {
		return this.header('to').replace(/^.*<|>.*$/g, '');
	}

	get text() {
		return this.parts.find((part) => part.type === 'text/plain')?.text ?? '';
	}

	get html() {
		return this.parts.find((part) => part.type === 'text/html')?.text ?? '';
	}

	get links() {
		return [...new Set(this.text.match(/https?:\/\/[^\s<>"')\]]+/g) ?? [])];
	}

	link(pattern) {
		const found = this.links.find((link) => pattern.test(link));
		if (!found) {
			throw new Error(`no link ${pattern} in “${this.subject}”:\n${this.text}`);
		}
		return found;
	}
}

export class Mailbox {
	// sent(id): whether the courier has noted that it sent this outbox row. A
	// mail lies in the folder a moment before its link is in the database.
	constructor(folder, sent) {
		this.folder = folder;
		this.sent = sent;
		this.read = new Map();
	}

	// Every mail written so far, in the order of the outbox.
	async all() {
		let names = [];
		try {
			names = await readdir(this.folder);
		} catch (error) {
			if (error.code !== 'ENOENT') {
				throw error;
			}
		}
		for (const name of names.filter((one) => one.endsWith('.eml'))) {
			if (!this.read.has(name)) {
				const bytes = await readFile(join(this.folder, name));
				this.read.set(name, new Mail(name, bytes));
			}
		}
		return [...this.read.values()].sort((a, b) => a.outbox - b.outbox);
	}

	async to(address) {
		return (await this.all()).filter((mail) =>
			mail.to.toLowerCase() === address.toLowerCase());
	}

	// The newest mail to an address, waited for; which: judges a mail.
	async expect(address, which = () => true, { after = 0 } = {}) {
		return until(`a mail to ${address}`, async () => {
			const found = (await this.to(address)).filter(which);
			const mail = found[found.length - 1];
			return found.length > after && await this.sent(mail.outbox) ? mail : null;
		}, { seconds: 20 });
	}
}
