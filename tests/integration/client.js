// A person with curl and patience: a cookie jar, links followed and forms
// filled in as a browser without script would, nothing more. Forms are found
// and filled by what people see (labels, buttons) or by field names.
import http from 'node:http';
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

export function matches(text, words) {
	if (text === undefined || text === null) {
		return false;
	}
	return words instanceof RegExp ? words.test(text)
		: text.toLowerCase().includes(String(words).toLowerCase());
}

export class Form {
	constructor(page, element) {
		this.page = page;
		this.element = element;
		this.method = (element.get('method') ?? 'get').toLowerCase();
		this.action = new URL(element.get('action') ?? '', page.url).href;
		const id = element.get('id');
		this.controls = page.document.all('input, select, textarea, button')
			.filter((control) => control.has('form')
				? id !== undefined && control.get('form') === id
				: control.closest('form') === element);
		this.values = new Map();
		for (const control of this.controls) {
			this.values.set(control, initial(control));
		}
	}

	// Sign-out and the like, found on every page.
	get isChrome() {
		return this.element.closest('header') !== null
			|| this.element.closest('nav') !== null
			|| this.element.closest('footer') !== null;
	}

	names() {
		return [...new Set(this.controls.map((control) => control.get('name'))
			.filter(Boolean))];
	}

	buttons() {
		return this.controls.filter((control) =>
			(control.tag === 'button' && (control.get('type') ?? 'submit') === 'submit')
			|| (control.tag === 'input' && control.get('type') === 'submit'));
	}

	says(words) {
		return matches(this.action, words) || matches(this.element.get('id'), words)
			|| this.buttons().some((button) => matches(button.text, words))
			|| (words instanceof RegExp === false && this.names().includes(words));
	}

	label(control) {
		const id = control.get('id');
		const own = id && this.page.document.find('label', { for: id });
		return (own ?? control.closest('label'))?.text ?? control.get('aria-label') ?? '';
	}

	legend(control) {
		return control.closest('fieldset')?.find('legend')?.text ?? '';
	}

	// All controls that one name or label stands for.
	find(key) {
		const usable = this.controls.filter((control) => control.has('name'));
		const byName = usable.filter((control) => control.get('name') === key);
		if (byName.length > 0) {
			return byName;
		}
		const byLabel = usable.find((control) => !isTick(control)
			&& matches(this.label(control), key));
		if (byLabel) {
			return [byLabel];
		}
		const byLegend = usable.filter((control) => isTick(control)
			&& matches(this.legend(control), key));
		if (byLegend.length > 0) {
			return byLegend;
		}
		return usable.filter((control) => isTick(control)
			&& matches(this.label(control), key));
	}

	has(key) {
		return this.find(key).length > 0;
	}

	value(key) {
		const controls = this.find(key);
		if (controls.length === 0) {
			throw new Error(`no field ${key} in ${this.page.describe()}`);
		}
		if (isTick(controls[0])) {
			const ticked = controls.filter((control) => this.values.get(control))
				.map((control) => control.get('value') ?? 'on');
			return controls[0].get('type') === 'radio' ? ticked[0] : ticked;
		}
		return this.values.get(controls[0]);
	}

	fill(values) {
		for (const [key, value] of Object.entries(values)) {
			const controls = this.find(key);
			if (controls.length === 0) {
				throw new Error(`no field ${key} in ${this.page.describe()}`);
			}
			this.#set(key, controls, value);
		}
		return this;
	}

	#set(key, controls, value) {
		const first = controls[0];
		if (isTick(first)) {
			const wanted = Array.isArray(value) ? value : [value];
			const hit = (control) => typeof value === 'boolean' ? value
				: wanted.some((one) => control.get('value') === String(one)
					|| (one instanceof RegExp ? one.test(this.label(control))
						: this.label(control) === one));
			controls.forEach((control) => this.values.set(control, hit(control)));
			if (value !== false && wanted.length > 0 && !controls.some(hit)) {
				throw new Error(`no choice ${value} for ${key} in ${this.page.describe()}`);
			}
		} else if (first.tag === 'select') {
			const options = first.all('option');
			const option = options.find((one) => optionValue(one) === String(value))
				?? options.find((one) => matches(one.text, value));
			if (!option) {
				throw new Error(`no option ${value} for ${key} in ${this.page.describe()}`);
			}
			this.values.set(first, optionValue(option));
		} else if (Array.isArray(value)) {
			// One name, several controls: hours_0_from of each range.
			controls.forEach((control, index) =>
				this.values.set(control, String(value[index] ?? '')));
		} else {
			this.values.set(first, String(value));
		}
	}

	// Fill what is given; give every other required field something fitting.
	complete(values = {}) {
		this.fill(values);
		const groups = new Set();
		for (const control of this.controls) {
			const name = control.get('name');
			if (!control.has('required') || !name || control.has('disabled')) {
				continue;
			}
			if (control.get('type') === 'radio') {
				if (!groups.has(name) && !this.value(name)) {
					groups.add(name);
					this.values.set(control, true);
				}
			} else if (control.get('type') === 'checkbox') {
				this.values.set(control, true);
			} else if (this.values.get(control) === '' || this.values.get(control) === null) {
				this.values.set(control, something(control));
			}
		}
		return this;
	}

	// The successful controls, in the order of the page.
	entries(button) {
		const out = [];
		for (const control of this.controls) {
			const name = control.get('name');
			if (!name || control.has('disabled') || control.closest('fieldset')?.has('disabled')) {
				continue;
			}
			if (control.tag === 'button' || control.get('type') === 'submit') {
				if (control === button) {
					out.push([name, control.get('value') ?? '']);
				}
			} else if (isTick(control)) {
				if (this.values.get(control)) {
					out.push([name, control.get('value') ?? 'on']);
				}
			} else if (this.values.get(control) !== null) {
				out.push([name, this.values.get(control).replace(/\r?\n/g, '\r\n')]);
			}
		}
		return out;
	}

	// words: of the button to press; without, the first.
	async submit(words, options) {
		const button = words === undefined ? this.buttons()[0]
			: this.buttons().find((one) => matches(one.text, words)
				|| matches(one.get('value'), words));
		if (words !== undefined && !button) {
			throw new Error(`no button ${words} in ${this.page.describe()}`);
		}
		const fields = new URLSearchParams(this.entries(button));
		const action = button?.has('formaction')
			? new URL(button.get('formaction'), this.page.url).href : this.action;
		if (this.method === 'get') {
			const url = new URL(action);
			url.search = fields.toString();
			return this.page.person.open(url.href);
		}
		return this.page.person.post(action, fields, options);
	}
}

function isTick(control) {
	return control.tag === 'input'
		&& ['checkbox', 'radio'].includes(control.get('type'));
}

function optionValue(option) {
	return option.get('value') ?? option.text;
}

function initial(control) {
	if (isTick(control)) {
		return control.has('checked');
	}
	if (control.tag === 'textarea') {
		return control.rawText;
	}
	if (control.tag === 'select') {
		const options = control.all('option').filter((one) => !one.has('disabled'));
		const chosen = control.all('option').find((one) => one.has('selected')) ?? options[0];
		return chosen ? optionValue(chosen) : null;
	}
	return control.get('value') ?? '';
}

function something(control) {
	const longest = Number(control.get('maxlength') ?? 200);
	switch (control.tag === 'input' ? control.get('type') ?? 'text' : control.tag) {
	case 'select':
		return control.all('option').map(optionValue).find((value) => value !== '');
	case 'email':
		return 'someone@example.org';
	case 'url':
		return 'https://example.org/room';
	case 'number':
		return control.get('min') ?? '1';
	case 'date':
		return control.get('min') ?? '2027-01-04';
	case 'time':
		return '18:00';
	default:
		return 'Words enough to say something, and plain ones.'.slice(0, longest);
	}
}
