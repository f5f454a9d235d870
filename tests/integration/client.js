// A person with curl and patience: a cookie jar, links followed and forms
// filled in as a browser without script would, nothing more. Forms are found
// and filled by what people see (labels, buttons) or by field names.
import http from 'node:http';
import { Form, matches } from './form.js';
import { parseHtml } from './html.js';

const hungSeconds = 30;

export class Answer {
	constructor(url, message, body) {
		this.url = url;
		this.status = message.statusCode;
		this.headers = message.headers;
		this.rawHeaders = message.rawHeaders;
		this.body = body;
	}

	get text() {
		return this.body.toString('utf8');
	}
}

// One HTTP exchange over 127.0.0.1; no redirect is followed.
export function exchange(stack, { method = 'GET', path = '/', headers = {},
	body, agent } = {}) {
	return new Promise((resolve, reject) => {
		const request = http.request({
			host: '127.0.0.1', port: stack.port, method, path, agent,
			headers: { Host: `localhost:${stack.port}`, ...headers },
			timeout: hungSeconds * 1000,
		}, (message) => {
			const parts = [];
			message.on('data', (part) => parts.push(part));
			message.on('error', reject);
			message.on('end', () => resolve(new Answer(
				new URL(path, stack.origin), message, Buffer.concat(parts))));
		});
		request.on('timeout', () => request.destroy(new Error(
			`${method} ${path}: no answer in ${hungSeconds} s`)));
		request.on('error', reject);
		request.end(body);
	});
}

class CookieJar {
	#cookies = new Map();

	take(lines = []) {
		for (const line of lines) {
			const [pair, ...attributes] = line.split(';').map((part) => part.trim());
			const name = pair.slice(0, pair.indexOf('='));
			const value = pair.slice(pair.indexOf('=') + 1);
			const attribute = (wanted) => attributes.map((one) => one.split('='))
				.find(([key]) => key.toLowerCase() === wanted)?.[1];
			const age = attribute('max-age');
			const expires = attribute('expires');
			if ((age !== undefined && Number(age) <= 0)
				|| (expires && Date.parse(expires) <= Date.now())) {
				this.#cookies.delete(name);
			} else {
				this.#cookies.set(name, { value, path: attribute('path') ?? '/', line });
			}
		}
	}

	header(path) {
		return [...this.#cookies]
			.filter(([, cookie]) => path === cookie.path
				|| path.startsWith(cookie.path.replace(/\/?$/, '/')))
			.map(([name, cookie]) => `${name}=${cookie.value}`).join('; ');
	}

	get lines() {
		return [...this.#cookies.values()].map((cookie) => cookie.line);
	}

	clear() {
		this.#cookies.clear();
	}

	copy() {
		const jar = new CookieJar();
		jar.#cookies = new Map(this.#cookies);
		return jar;
	}
}

export class Person {
	// look: called with each page arrived at.
	constructor(stack, { manner = 'curl', name = 'someone', look } = {}) {
		this.stack = stack;
		this.look = look;
		this.manner = manner;
		this.name = name;
		this.cookies = new CookieJar();
		this.agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
	}

	// path: below the host, as links in pages have it.
	async request(method, path, { headers = {}, body } = {}) {
		const cookie = this.cookies.header(path.split('?')[0]);
		const sent = { ...headers };
		if (cookie && sent.Cookie === undefined) {
			sent.Cookie = cookie;
		}
		if (body !== undefined) {
			sent['Content-Type'] ??= 'application/x-www-form-urlencoded';
			sent['Content-Length'] ??= Buffer.byteLength(body);
			if (this.manner === 'browser') {
				sent.Origin ??= this.stack.origin;
				sent['Sec-Fetch-Site'] ??= 'same-origin';
			}
		}
		const answer = await exchange(this.stack,
			{ method, path, headers: sent, body, agent: this.agent });
		this.cookies.take(answer.headers['set-cookie']);
		return answer;
	}

	async #follow(answer) {
		let hops = 0;
		while ([301, 302, 303, 307, 308].includes(answer.status)) {
			if (++hops > 8) {
				throw new Error(`redirected without end at ${answer.url}`);
			}
			const url = new URL(answer.headers.location, answer.url);
			if (url.port !== String(this.stack.port)) {
				throw new Error(`redirected away to ${url}`);
			}
			const next = await this.request('GET', url.pathname + url.search);
			next.url = url;
			answer = next;
		}
		const page = new Page(this, answer);
		await this.look?.(page);
		return page;
	}

	// link: an address found in a page or mail, absolute or below the host.
	async open(link, options) {
		const url = new URL(link, this.stack.origin);
		const answer = await this.request('GET', url.pathname + url.search, options);
		answer.url = url;
		return this.#follow(answer);
	}

	// path: an address of the product, without the path it is served under.
	async visit(path, options) {
		return this.open(this.stack.root + path, options);
	}

	async post(link, fields, options = {}) {
		const url = new URL(link, this.stack.origin);
		const body = fields instanceof URLSearchParams || typeof fields === 'string'
			? fields.toString() : new URLSearchParams(fields).toString();
		const answer = await this.request('POST', url.pathname + url.search,
			{ ...options, body });
		answer.url = url;
		return options.follow === false
			? new Page(this, answer) : this.#follow(answer);
	}

	leave() {
		this.agent.destroy();
	}
}

export class Page {
	#document = null;

	constructor(person, answer) {
		this.person = person;
		this.answer = answer;
		this.status = answer.status;
		this.headers = answer.headers;
		this.url = answer.url;
	}

	get source() {
		return this.answer.text;
	}

	get document() {
		this.#document ??= parseHtml(this.source);
		return this.#document;
	}

	get text() {
		return this.document.text;
	}

	get main() {
		return (this.document.find('main') ?? this.document).text;
	}

	get heading() {
		return this.document.find('h1')?.text ?? '';
	}

	get title() {
		return this.document.find('title')?.text ?? '';
	}

	get path() {
		return this.url.pathname;
	}

	// Every address of ours this page links to, without fragments.
	links() {
		const found = this.document.all('a', { href: /./ })
			.map((a) => new URL(a.get('href'), this.url))
			.filter((url) => url.host === this.url.host)
			.map((url) => url.pathname + url.search);
		return [...new Set(found)];
	}

	link(words) {
		const a = this.document.all('a', { href: /./ }).find((element) =>
			matches(element.text, words) || matches(element.get('href'), words));
		if (!a) {
			throw new Error(`no link ${words} on ${this.describe()}`);
		}
		return new URL(a.get('href'), this.url).href;
	}

	hasLink(words) {
		return this.document.all('a', { href: /./ }).some((element) =>
			matches(element.text, words) || matches(element.get('href'), words));
	}

	async follow(words) {
		return this.person.open(this.link(words));
	}

	forms() {
		return this.document.all('form').map((element) => new Form(this, element));
	}

	// The form whose action, button, id or any label says these words.
	form(words) {
		const forms = this.forms();
		const found = words === undefined
			? forms.find((form) => form.method === 'post' && !form.isChrome)
			: forms.find((form) => form.says(words));
		if (!found) {
			throw new Error(`no form ${words ?? ''} on ${this.describe()}`);
		}
		return found;
	}

	hasForm(words) {
		return this.forms().some((form) => form.says(words));
	}

	// For a failing test: where one is and what stands there.
	describe() {
		const forms = this.forms().map((form) => `${form.method} ${form.action}`
			+ ` [${form.buttons().map((button) => button.text).join(' | ')}]`
			+ ` (${form.names().join(' ')})`);
		return `${this.status} ${this.url} “${this.heading}”\n`
			+ `${this.main.slice(0, 1500)}\nforms:\n  ${forms.join('\n  ')}\n`
			+ `links: ${this.links().join(' ')}`;
	}
}
