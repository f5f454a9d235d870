// A small WebSub hub of the tests' own, and a subscriber (W3C WebSub). The hub
// does what one must: it looks whether a topic names it, asks a subscriber
// whether it meant it, and hands on what it fetches, signed. Both keep what
// happened, for the tests to look at.
import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import http from 'node:http';

const leaseSeconds = 86400;

function listen(server) {
	return new Promise((done) => server.listen(0, '127.0.0.1', done));
}

async function close(server) {
	server.closeAllConnections();
	await new Promise((done) => server.close(done));
}

// A server that is asked: what was sent, whole.
function serve(take) {
	return http.createServer((request, response) => {
		const parts = [];
		request.on('data', (part) => parts.push(part));
		request.on('end', () => take(request, Buffer.concat(parts), response));
	});
}

export function exchangeAt(url, { method = 'GET', headers = {}, body } = {}) {
	return new Promise((resolve, reject) => {
		const request = http.request(url, { method, headers, timeout: 15000 }, (message) => {
			const parts = [];
			message.on('data', (part) => parts.push(part));
			message.on('error', reject);
			message.on('end', () => resolve({ status: message.statusCode, headers: message.headers,
				body: Buffer.concat(parts) }));
		});
		request.on('timeout', () => request.destroy(new Error(`${method} ${url}: no answer`)));
		request.on('error', reject);
		request.end(body);
	});
}

// {hub: [...], self: [...]} of a Link header (RFC 8288).
export function linksOf(header = '') {
	const links = {};
	for (const [, target, rel] of header.matchAll(/<([^<>]*)>\s*;\s*rel="([^"]*)"/g)) {
		(links[rel] ??= []).push(target);
	}
	return links;
}

function sign(secret, body) {
	return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

export class Hub {
	constructor() {
		// pings: topics; refusals: why a subscription came to nothing.
		Object.assign(this, { subscriptions: new Map(), pings: [], refusals: [], answers: [], sent: new Map() });
		this.work = Promise.resolve();
	}

	async start(port = 0) {
		this.server = serve((request, body, response) => this.take(request, body, response));
		await new Promise((done) => this.server.listen(port, '127.0.0.1', done));
		this.port = this.server.address().port;
		return this;
	}

	get url() {
		return `http://127.0.0.1:${this.port}/hub?of=tests`;
	}

	// Answers the next pings, one each: {status, headers}.
	answer(...answers) {
		this.answers = answers;
	}

	take(request, body, response) {
		const form = new URLSearchParams(body.toString('utf8'));
		const mode = form.get('hub.mode');
		this.last = { method: request.method, path: request.url, headers: request.headers, form };
		if (request.method !== 'POST' || request.headers['content-type'] !== 'application/x-www-form-urlencoded'
			|| !['subscribe', 'unsubscribe', 'publish'].includes(mode)) {
			response.writeHead(400).end();
			return;
		}
		const answer = mode === 'publish' ? this.answers.shift() ?? { status: 204 } : { status: 202 };
		response.writeHead(answer.status, answer.headers ?? {}).end();
		if (answer.status >= 300) {
			return;
		}
		// One after the other, after the answer.
		this.work = this.work.then(() => (mode === 'publish'
			? this.distribute(form.get('hub.url')) : this.verify(mode, form)))
			.catch((error) => this.refusals.push(error.message));
	}

	// A topic is one that names this hub, and itself by that very address.
	async fetch(topic) {
		const answer = await exchangeAt(topic);
		const links = linksOf(answer.headers.link);
		if (answer.status !== 200 || links.self?.join() !== topic || !links.hub?.includes(this.url)) {
			throw new Error(`${topic} is none of this hub's topics: ${answer.status} ${answer.headers.link}`);
		}
		return answer;
	}

	async verify(mode, form) {
		const [topic, callback, secret] = ['topic', 'callback', 'secret'].map((name) => form.get(`hub.${name}`));
		if (mode === 'subscribe') {
			this.sent.set(topic, (await this.fetch(topic)).body);
		}
		const challenge = randomBytes(16).toString('hex');
		const url = new URL(callback);
		Object.entries({ mode, topic, challenge, lease_seconds: leaseSeconds })
			.forEach(([name, value]) => url.searchParams.append(`hub.${name}`, value));
		const { status, body } = await exchangeAt(url);
		if (status < 200 || status >= 300 || body.toString() !== challenge) {
			throw new Error(`${callback} did not mean it`);
		}
		const key = `${topic} ${callback}`;
		if (mode === 'subscribe') {
			this.subscriptions.set(key, { topic, callback, secret });
		} else {
			this.subscriptions.delete(key);
		}
	}

	async distribute(topic) {
		this.pings.push(topic);
		const { body, headers } = await this.fetch(topic);
		if (this.sent.get(topic)?.equals(body)) {
			return; // nothing new: nobody is told
		}
		this.sent.set(topic, body);
		for (const one of [...this.subscriptions.values()].filter((each) => each.topic === topic)) {
			await exchangeAt(one.callback, { method: 'POST', body, headers: {
				'Content-Type': headers['content-type'], 'Content-Length': body.length,
				Link: `<${this.url}>; rel="hub", <${topic}>; rel="self"`,
				...one.secret ? { 'X-Hub-Signature': sign(one.secret, body) } : {},
			} });
		}
	}

	async stop() {
		await close(this.server);
		await this.work;
	}
}

export class Subscriber {
	constructor() {
		// wanted: {mode, topic} that it asked for itself.
		Object.assign(this, { received: [], wanted: [], secret: randomBytes(16).toString('hex') });
	}

	async start() {
		this.server = serve((request, body, response) => this.take(request, body, response));
		await listen(this.server);
		this.callback = `http://127.0.0.1:${this.server.address().port}/${randomBytes(8).toString('hex')}?kept=yes`;
		return this;
	}

	take(request, body, response) {
		const url = new URL(request.url, this.callback);
		const [mode, topic, challenge] = ['mode', 'topic', 'challenge'].map((name) => url.searchParams.get(`hub.${name}`));
		if (url.pathname !== new URL(this.callback).pathname || url.searchParams.get('kept') !== 'yes') {
			response.writeHead(404).end();
		} else if (request.method === 'POST') {
			assert.equal(request.headers['x-hub-signature'], sign(this.secret, body));
			this.received.push({ body, type: request.headers['content-type'], links: linksOf(request.headers.link) });
			response.writeHead(204).end();
		} else if (this.wanted.some((one) => one.mode === mode && one.topic === topic)) {
			response.writeHead(200, { 'Content-Type': 'text/plain' }).end(challenge);
		} else {
			response.writeHead(404).end();
		}
	}

	// Hub and topic as a subscriber finds them: by header alone here.
	async discover(url, method = 'GET') {
		const { headers, status } = await exchangeAt(url, { method });
		assert.equal(status, 200, url);
		const { hub, self } = linksOf(headers.link);
		assert.equal(self?.length, 1, `exactly one self link: ${headers.link}`);
		assert.equal(hub?.length, 1, headers.link);
		return { hub: hub[0], topic: self[0] };
	}

	// Asks for it; means: whether it will say so when it is asked back.
	async ask(mode, { hub, topic }, { means = true } = {}) {
		if (means) {
			this.wanted = [{ mode, topic }];
		}
		const { status } = await exchangeAt(hub, { method: 'POST',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ 'hub.mode': mode, 'hub.topic': topic,
				'hub.callback': this.callback, 'hub.secret': this.secret }).toString() });
		assert.equal(status, 202);
	}

	async stop() {
		await close(this.server);
	}
}
