// Bytes on a socket, for what no HTTP client would send.
import net from 'node:net';

// Sends the bytes as they are and reads until the other side closes (or, with
// finish, right after our own end of the stream was closed). Resolves to what
// was read, and never hangs longer than the deadline.
export function sendRaw(stack, bytes, { finish = false, seconds = 20 } = {}) {
	return new Promise((resolve, reject) => {
		const parts = [];
		const socket = net.connect({ host: '127.0.0.1', port: stack.port,
			allowHalfOpen: true });
		const done = (how) => {
			clearTimeout(timer);
			socket.destroy();
			resolve(new RawAnswer(Buffer.concat(parts), how));
		};
		const timer = setTimeout(() => done('deadline'), seconds * 1000);
		socket.on('connect', () => {
			socket.write(bytes);
			if (finish) {
				socket.end();
			}
		});
		socket.on('data', (part) => parts.push(part));
		socket.on('end', () => done('closed'));
		socket.on('error', (error) => {
			if (['ECONNRESET', 'EPIPE'].includes(error.code)) {
				done('reset');
			} else {
				clearTimeout(timer);
				reject(error);
			}
		});
	});
}

export class RawAnswer {
	constructor(bytes, how) {
		this.bytes = bytes;
		this.text = bytes.toString('latin1');
		this.how = how;
	}

	// Status of every answer on the connection, in order.
	get statuses() {
		return [...this.text.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)]
			.map((match) => Number(match[1]));
	}

	get status() {
		return this.statuses[0] ?? null;
	}

	get headers() {
		return this.text.split('\r\n\r\n')[0].split('\r\n').slice(1);
	}
}

// A request as text: CRLF line ends, Host and Connection: close unless given.
export function requestBytes(stack, line, headers = [], body = '') {
	const has = (name) => headers.some((header) =>
		header.toLowerCase().startsWith(`${name}:`));
	const all = [line, ...(has('host') ? [] : [`Host: localhost:${stack.port}`]),
		...headers, ...(has('connection') ? [] : ['Connection: close'])];
	return Buffer.concat([Buffer.from(`${all.join('\r\n')}\r\n\r\n`, 'latin1'),
		Buffer.isBuffer(body) ? body : Buffer.from(body)]);
}
