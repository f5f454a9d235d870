// A mail server of the tests' own that fails as it is told. It keeps what it
// was sent and what it said, byte for byte, session by session.
import net from 'node:net';
import tls from 'node:tls';

const crlf = '\r\n';

// A mail as it lay between DATA and its dot; accepted: 250 was said, or was
// to be said when the line broke.
class Message {
	constructor(session) {
		Object.assign(this, { session, from: session.from, recipients: session.recipients,
			secure: session.secure, user: session.user, accepted: false });
	}

	// Line by line as it came, with the dots that SMTP doubled taken off.
	set wire(bytes) {
		this.bytes = bytes;
		this.source = bytes.toString('latin1').replace(/^\.\./gm, '.');
	}

	get id() {
		return /^Message-ID:\s*(\S+)/im.exec(this.source)?.[1];
	}
}

class Session {
	constructor(server, socket) {
		Object.assign(this, { server, commands: [], from: null, recipients: [], user: null,
			secure: server.implicit, reading: 'command', input: Buffer.alloc(0) });
		this.attach(socket);
	}

	attach(socket) {
		this.socket = socket;
		socket.setNoDelay?.(true);
		socket.on('data', (part) => this.read(part));
		socket.on('error', () => {});
		socket.on('close', () => this.server.sockets.delete(socket));
		this.server.sockets.add(socket);
	}

	say(line) {
		this.socket.write(line + crlf);
	}

	// What the script wants instead of the usual answer: a reply (4xx and 5xx
	// at `connect` end the session), 'drop' or 'hang'. True: it was done.
	told(stage) {
		const wish = this.server.wish(stage, this);
		if (wish === undefined) {
			return false;
		}
		if (wish === 'drop') {
			this.reading = 'nothing';
			this.socket.destroy();
		} else if (wish === 'hang') {
			this.reading = 'nothing';
			this.server.hung += 1;
		} else {
			this.say(wish);
			if (stage === 'connect' || wish.startsWith('421')) {
				this.reading = 'nothing';
				this.socket.end();
			}
		}
		return true;
	}

	greet() {
		if (!this.told('connect')) {
			this.say('220 mail.example ESMTP');
		}
	}

	read(part) {
		if (this.reading === 'nothing') {
			return;
		}
		this.input = this.input.length ? Buffer.concat([this.input, part]) : part;
		for (;;) {
			const done = this.reading === 'data' ? this.readData() : this.readLine();
			if (!done) {
				return;
			}
		}
	}

	readLine() {
		const end = this.input.indexOf(crlf);
		if (end < 0 || this.reading === 'nothing') {
			return false;
		}
		const line = this.input.subarray(0, end).toString('utf8');
		this.input = this.input.subarray(end + 2);
		if (this.waiting) {
			const waiting = this.waiting;
			this.waiting = null;
			waiting(line);
		} else {
			this.commands.push(line);
			this.obey(line);
		}
		return true;
	}

	readData() {
		if (this.told('body')) {
			return false;
		}
		const ended = this.input.subarray(0, 3).equals(Buffer.from('.\r\n')) ? 0
			: this.input.indexOf('\r\n.\r\n');
		if (ended < 0) {
			return false;
		}
		const length = ended === 0 ? 0 : ended + 2;
		const message = new Message(this);
		message.wire = Buffer.from(this.input.subarray(0, length));
		this.input = this.input.subarray(length + 3);
		this.reading = 'command';
		this.server.offered.push(message);
		if (!this.told('dot')) {
			message.accepted = true;
			this.server.accept(message);
			if (!this.told('answer')) {
				this.say('250 2.0.0 accepted');
			}
		}
		[this.from, this.recipients] = [null, []];
		return true;
	}

	obey(line) {
		const [word, rest] = [line.split(' ')[0].toUpperCase(), line.slice(5)];
		const act = { EHLO: () => this.hello(), HELO: () => this.hello(), STARTTLS: () => this.secureIt(),
			AUTH: () => this.signIn(rest), MAIL: () => this.mailFrom(line), RCPT: () => this.recipient(line),
			DATA: () => this.data(), RSET: () => this.reset(), NOOP: () => this.say('250 2.0.0 fine'),
			QUIT: () => this.quit() }[word];
		if (!act) {
			this.say('500 5.5.2 what');
		} else if (!this.told(word.toLowerCase())) {
			act();
		}
	}

	hello() {
		const { certificate, user } = this.server;
		const words = ['mail.example', 'SIZE 10000000', '8BITMIME', 'ENHANCEDSTATUSCODES',
			...certificate && !this.secure ? ['STARTTLS'] : [],
			...user && this.secure ? ['AUTH PLAIN LOGIN'] : []];
		words.forEach((word, index) => this.say(`250${index < words.length - 1 ? '-' : ' '}${word}`));
	}

	secureIt() {
		const socket = this.socket;
		this.say('220 2.0.0 go ahead');
		socket.removeAllListeners('data');
		this.input = Buffer.alloc(0);
		this.attach(new tls.TLSSocket(socket, { isServer: true, ...this.server.certificate.pem }));
		this.secure = true;
	}

	ask(question, then) {
		this.say(`334 ${Buffer.from(question).toString('base64')}`);
		this.waiting = then;
	}

	signIn(rest) {
		const text = (line) => Buffer.from(line, 'base64').toString('utf8');
		const judge = (user, password) => {
			if (user === this.server.user && password === this.server.password) {
				this.user = user;
				this.say('235 2.7.0 welcome');
			} else {
				this.say('535 5.7.8 not with these words');
			}
		};
		const plain = (line) => judge(...text(line).split('\0').slice(1));
		const [way, first] = rest.split(' ');
		if (way === 'PLAIN' && first) {
			plain(first);
		} else if (way === 'PLAIN') {
			this.ask('', plain);
		} else {
			const password = (user) => this.ask('Password:', (line) => judge(user, text(line)));
			first ? password(text(first)) : this.ask('Username:', (line) => password(text(line)));
		}
	}

	mailFrom(line) {
		if (this.server.user && !this.user) {
			this.say('530 5.7.0 sign in first');
		} else {
			this.from = /<(.*?)>/.exec(line)[1];
			this.say('250 2.1.0 fine');
		}
	}

	recipient(line) {
		this.recipients.push(/<(.*?)>/.exec(line)[1]);
		this.say('250 2.1.5 fine');
	}

	data() {
		this.reading = 'data';
		this.say('354 go ahead');
	}

	reset() {
		[this.from, this.recipients] = [null, []];
		this.say('250 2.0.0 fine');
	}

	quit() {
		this.say('221 2.0.0 bye');
		this.socket.end();
	}
}

export class Smtp {
	// certificate: what Authority.certify returned, for STARTTLS or, with
	// implicit, TLS at once; user, password: who may send.
	constructor({ certificate, implicit = false, user, password } = {}) {
		Object.assign(this, { certificate, implicit, user, password, sessions: [], offered: [],
			messages: [], hung: 0, sockets: new Set(), script: null });
	}

	async start() {
		const open = (socket) => {
			const session = new Session(this, socket);
			this.sessions.push(session);
			session.greet();
		};
		this.server = this.implicit ? tls.createServer(this.certificate.pem, open) : net.createServer(open);
		this.server.on('tlsClientError', () => {});
		// The handshake of a client that does not trust us leaves one, too.
		this.server.on('connection', (socket) => {
			this.sockets.add(socket);
			socket.on('error', () => {});
		});
		await this.listen();
		return this;
	}

	async listen() {
		await new Promise((done, fail) => {
			this.server.once('error', fail);
			this.server.listen(this.port ?? 0, '127.0.0.1', done);
		});
		this.port = this.server.address().port;
	}

	get url() {
		return `smtp${this.implicit ? 's' : ''}://localhost:${this.port}`;
	}

	// Stages: connect, each command in small letters, body (in the middle of
	// DATA), dot (all of it is here, 250 is not said), answer (accepted, 250
	// is not said yet). script: (stage, session) => what to do instead.
	wish(stage, session) {
		return this.script?.(stage, session);
	}

	// Does this the next times that stage comes, then is well again.
	fail(stage, wish, times = 1) {
		let left = times;
		this.script = (at) => (at === stage && left-- > 0 ? wish : undefined);
	}

	accept(message) {
		this.messages.push(message);
		this.accepted?.(message);
	}

	// As a machine that is down: nobody listens on the port.
	async stop() {
		this.sockets.forEach((socket) => socket.destroy());
		await new Promise((done) => this.server.close(done));
	}
}
