// A web hook of the tests' own behind TLS: keeps what was posted and answers
// as it is told.
import https from 'node:https';

export class Hook {
	constructor({ certificate, host = 'localhost' }) {
		Object.assign(this, { certificate, host, requests: [], answers: [], hung: 0 });
	}

	async start() {
		this.server = https.createServer(this.certificate.pem, (request, response) => {
			const parts = [];
			request.on('data', (part) => parts.push(part));
			request.on('end', () => this.take(request, Buffer.concat(parts), response));
		});
		this.server.on('tlsClientError', () => {});
		await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
		this.port = this.server.address().port;
		return this;
	}

	take(request, body, response) {
		this.requests.push({ method: request.method, path: request.url, headers: request.headers,
			text: body.toString('utf8') });
		const answer = this.answers.shift() ?? { status: 204 };
		if (answer === 'hang') {
			this.hung += 1;
			return;
		}
		response.writeHead(answer.status, answer.headers ?? {});
		if (answer.breaks) {
			response.write(answer.body, () => response.destroy());
			return;
		}
		response.end(answer.body ?? '');
	}

	url(path) {
		return `https://${this.host}:${this.port}${path}`;
	}

	// Answers the next requests, one each: {status, headers, body} or 'hang'; one that
	// breaks ends before its body does.
	answer(...answers) {
		this.answers = answers;
	}

	async stop() {
		this.server.closeAllConnections();
		await new Promise((done) => this.server.close(done));
	}
}
