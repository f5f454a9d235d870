// A FastCGI client that can stop halfway, for what nginx never does: talk to
// a worker's socket with a body shorter than announced.
import net from 'node:net';

const role = 1;
const types = { begin: 1, end: 3, params: 4, stdin: 5, stdout: 6 };

function record(type, content = Buffer.alloc(0)) {
	const head = Buffer.alloc(8);
	head.writeUInt8(1, 0);
	head.writeUInt8(type, 1);
	head.writeUInt16BE(1, 2);
	head.writeUInt16BE(content.length, 4);
	return Buffer.concat([head, content]);
}

function length(number) {
	if (number < 128) {
		return Buffer.from([number]);
	}
	const long = Buffer.alloc(4);
	long.writeUInt32BE(number + 0x80000000);
	return long;
}

function params(pairs) {
	return Buffer.concat(Object.entries(pairs).flatMap(([name, value]) => {
		const [key, text] = [Buffer.from(name), Buffer.from(String(value))];
		return [length(key.length), length(text.length), key, text];
	}));
}

// Begins a request and sends this much of its body. finish: whether the end of
// the body is announced, although it is short.
export function beginRequest(socketPath, pairs, body, { finish = false } = {}) {
	return new Promise((resolve, reject) => {
		const socket = net.connect(socketPath);
		const parts = [];
		const closed = new Promise((done) => {
			socket.on('close', () => done(Buffer.concat(parts).toString('latin1')));
		});
		socket.on('data', (part) => parts.push(part));
		socket.on('error', reject);
		socket.on('connect', () => {
			socket.write(Buffer.concat([
				record(types.begin, Buffer.from([0, role, 0, 0, 0, 0, 0, 0])),
				record(types.params, params(pairs)), record(types.params),
				...(body.length > 0 ? [record(types.stdin, Buffer.from(body))] : []),
				...(finish ? [record(types.stdin)] : []),
			]), () => resolve({ socket, closed,
				abandon: () => socket.destroy() }));
		});
	});
}
