// Safety: what arrives on the wire.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { exchange } from './client.js';
import { beginRequest } from './fastcgi.js';
import { answers, freshAddress } from './people.js';
import { requestBytes, sendRaw } from './raw.js';
import { startStack } from './stack.js';
import { applicationForm, apply, openCohort } from './steps.js';
import { until } from './wait.js';

describe('requests', { timeout: 300000 }, () => {
	let stack;
	let slug;

	before(async () => {
		stack = await startStack({ sample: true });
		slug = await openCohort(stack);
	});
	after(async () => stack?.stop());

	const applications = () => stack.value('SELECT count(*) FROM application');

	// A filled form as the bytes of a request: {line, headers, body}.
	async function filled(email = freshAddress('raw')) {
		const person = stack.person();
		const form = await applicationForm(person, slug);
		form.complete({ name: 'Vega', email, ...answers,
			hours_0_from: ['18:00'], hours_0_to: ['20:00'] });
		const path = new URL(form.action).pathname;
		return {
			email, path, form, person, body: new URLSearchParams(form.entries()).toString(),
			headers: ['Content-Type: application/x-www-form-urlencoded',
				`Cookie: ${person.cookies.header(path)}`],
		};
	}

	async function nothingWritten(send, what) {
		const before = await applications();
		const answer = await send();
		assert.equal(await applications(), before, `${what}: nothing written`);
		const healthy = await exchange(stack, { path: '/apply/' });
		assert.equal(healthy.status, 200, `${what}: and the next person is served`);
		return answer;
	}

	it('a form as this file sends it is accepted, so that refusals mean something', async () => {
		const { path, headers, body } = await filled();
		const answer = await sendRaw(stack, requestBytes(stack, `POST ${path} HTTP/1.1`,
			[...headers, `Content-Length: ${body.length}`], body));
		assert.equal(answer.status, 303, answer.text.slice(0, 3000));
	});

	it('safety_01_body_over_the_limit_is_413_and_no_worker_hears_of_it', async () => {
		const { path, headers } = await filled();
		const big = Buffer.alloc(512 * 1024 + 1, 'a');
		const told = (await stack.logs()).split('\n').filter((line) =>
			/program=apply/.test(line)).length;
		for (const [target, size] of [[path, 512 * 1024 + 1], ['/cohort/sign-in', 64 * 1024 + 1]]) {
			const answer = await nothingWritten(() => sendRaw(stack, requestBytes(stack,
				`POST ${target} HTTP/1.1`, [...headers, `Content-Length: ${size}`],
				big.subarray(0, size))), target);
			assert.equal(answer.status, 413, answer.text.slice(0, 500));
		}
		const lines = (await stack.logs()).split('\n').filter((line) =>
			/program=apply/.test(line) && /method=POST|POST/.test(line)
			&& /status=413/.test(line));
		assert.deepEqual(lines, [], 'a worker answered it');
		assert.ok(told >= 0);
	});

	it('forms_with_questions_of_a_cohorts_own_take_what_their_limits_allow', async () => {
		for (const path of [`/apply/${slug}`, '/cohort/invitation/word', `/cohort/${slug}/hours`]) {
			const answer = await exchange(stack, { method: 'POST', path, body: 'a'.repeat(500 * 1024),
				headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
			assert.notEqual(answer.status, 413, path);
		}
	});

	it('safety_02_short_body_or_abort_writes_nothing', async () => {
		const { path, headers, body } = await filled();
		await nothingWritten(() => sendRaw(stack, requestBytes(stack,
			`POST ${path} HTTP/1.1`, [...headers, `Content-Length: ${body.length}`],
			body.slice(0, body.length / 2)), { finish: true }), 'client abort');
	});

	async function applySocket() {
		const walk = async (folder) => (await Promise.all((await readdir(folder,
			{ withFileTypes: true })).map((entry) => entry.isDirectory()
			? walk(join(folder, entry.name)) : [join(folder, entry.name)]))).flat();
		const found = (await walk(stack.folder)).find((path) => /\/apply\.sock$/.test(path));
		assert.ok(found, 'the socket of apply');
		return found;
	}

	async function shortRequest(kept) {
		const { path, body, person } = await filled();
		const pairs = {
			REQUEST_METHOD: 'POST', REQUEST_URI: path, QUERY_STRING: '',
			CONTENT_TYPE: 'application/x-www-form-urlencoded',
			CONTENT_LENGTH: body.length, SERVER_PROTOCOL: 'HTTP/1.1',
			REMOTE_ADDR: '127.0.0.1', HTTP_HOST: `localhost:${stack.port}`,
			REQUEST_ID: randomBytes(16).toString('hex'),
			HTTP_COOKIE: person.cookies.header(path),
		};
		return { pairs, body: kept(body), whole: body };
	}

	it('safety_02_a_stream_that_ends_early_writes_nothing', async () => {
		const socket = await applySocket();
		const { pairs, body } = await shortRequest((text) => text.slice(0, -3));
		await nothingWritten(async () => {
			const request = await beginRequest(socket, pairs, body, { finish: true });
			const answer = await request.closed;
			assert.match(answer, /Status: 400/);
		}, 'an early end');
	});

	it('safety_02_sigterm_in_mid_body_writes_nothing', async () => {
		const socket = await applySocket();
		for (const halfway of [0.5, 0.9]) {
			// With an & the part sent is a well-formed body of its own.
			const { pairs, body } = await shortRequest((text) =>
				text.slice(0, text.lastIndexOf('&', text.length * halfway)));
			await nothingWritten(async () => {
				const workers = await stack.workers('apply');
				const request = await beginRequest(socket, pairs, body);
				await until('a worker to take it', async () => true);
				workers.forEach((id) => process.kill(id, 'SIGTERM'));
				// The one in mid-body ends at the latest when we go.
				await until('idle workers to be replaced', async () =>
					(await stack.workers('apply')).some((id) => !workers.includes(id)));
				request.abandon();
				await request.closed;
				await until('all of them to be replaced', async () =>
					(await stack.workers('apply')).every((id) => !workers.includes(id)));
			}, 'SIGTERM');
		}
	});

	it('safety_03_a_content_length_that_lies_smuggles_nothing', async () => {
		const { path, headers, body } = await filled();
		const smuggled = `GET /smuggled HTTP/1.1\r\nHost: localhost:${stack.port}\r\n\r\n`;
		const lengths = {
			'-1': ['Content-Length: -1'], '+3': ['Content-Length: +3'],
			'0x3': ['Content-Length: 0x3'],
			'2^63': ['Content-Length: 9223372036854775808'],
			'2^64+3': ['Content-Length: 18446744073709551619'],
			'3 3': ['Content-Length: 3 3'], '3,3': ['Content-Length: 3,3'],
			empty: ['Content-Length:'],
			doubled: [`Content-Length: ${body.length}`, 'Content-Length: 3'],
			'doubled, equal': [`Content-Length: ${body.length}`, `Content-Length: ${body.length}`],
			'with chunked': ['Content-Length: 3', 'Transfer-Encoding: chunked'],
			'chunked twice': ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'],
			'unknown coding': ['Transfer-Encoding: xchunked'],
			'space before colon': [`Content-Length : ${body.length}`],
		};
		for (const [name, lines] of Object.entries(lengths)) {
			const answer = await nothingWritten(() => sendRaw(stack, requestBytes(stack,
				`POST ${path} HTTP/1.1`, [...headers, ...lines, 'Connection: keep-alive'],
				`0\r\n\r\n${smuggled}`), { finish: true }), name);
			assert.ok([400, 411, 413, 501].includes(answer.status), `${name}: ${answer.text.slice(0, 200)}`);
			assert.equal(answer.statuses.length, 1, `${name}: one answer, nothing smuggled`);
		}
	});

	it('safety_03_a_chunked_body_is_read_whole_or_refused', async () => {
		const { path, headers, body } = await filled();
		const half = Math.floor(body.length / 2);
		const chunks = [body.slice(0, half), body.slice(half)].map((chunk) =>
			`${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
		const answer = await sendRaw(stack, requestBytes(stack, `POST ${path} HTTP/1.1`,
			[...headers, 'Transfer-Encoding: chunked'], `${chunks}0\r\n\r\n`));
		assert.ok([303, 400, 411].includes(answer.status), answer.text.slice(0, 300));
		const cut = await nothingWritten(() => sendRaw(stack, requestBytes(stack,
			`POST ${path} HTTP/1.1`, [...headers, 'Transfer-Encoding: chunked'], chunks),
		{ finish: true }), 'chunks without an end');
		assert.notEqual(cut.status, 303);
	});

	it('safety_06_too_many_fields_are_400', async () => {
		const { path, person, form } = await filled();
		const entries = form.entries();
		for (const [name, extra] of [
			['20,000 fields', Array.from({ length: 20000 }, (_, i) => [`f${i}`, 'x'])],
			['one field 1,000 times', Array.from({ length: 1000 }, () => ['name', 'Vega'])],
		]) {
			const answer = await nothingWritten(() => person.post(path,
				new URLSearchParams([...entries, ...extra])), name);
			assert.equal(answer.status, 400, `${name}: ${answer.describe()}`);
		}
	});

	it('safety_06_a_single_valued_field_twice_is_422_at_that_field', async () => {
		const { path, person, form } = await filled();
		const answer = await nothingWritten(() => person.post(path,
			new URLSearchParams([...form.entries(), ['name', 'Someone else']])), 'name twice');
		assert.equal(answer.status, 422, answer.describe());
		const field = answer.document.find('input', { name: 'name' });
		assert.equal(field.get('aria-invalid'), 'true', 'said at the field');
		assert.equal(answer.form('email').value('why'), answers.why, 'the rest kept');
	});

	it('safety_07_two_cookie_headers_are_refused_or_both_read', async () => {
		const { path, headers, body } = await filled();
		const cookie = headers[1];
		for (const order of [['Cookie: a=b', cookie], [cookie, 'Cookie: a=b']]) {
			const answer = await sendRaw(stack, requestBytes(stack, `POST ${path} HTTP/1.1`,
				[headers[0], ...order, `Content-Length: ${body.length}`], body));
			assert.ok([303, 400].includes(answer.status), answer.text.slice(0, 400));
		}
	});

	it('safety_08_no_way_out_of_the_tree', async () => {
		const paths = ['/../../etc/passwd', '/static/../../../../etc/passwd',
			'/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd', '/static/..%2f..%2f..%2fetc/passwd',
			'/static/%252e%252e/%252e%252e/etc/passwd', '/static/..%5c..%5cetc/passwd',
			'/static/.%2e/.%2e/conf/packages', '/static../conf/packages',
			'/static/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd', '/static/%00', '/static/x%00.css',
			'/cohort/../../../etc/passwd', '/cohort/..%2f..%2fetc%2fpasswd',
			'/apply/%2e%2e%2f%2e%2e%2fetc%2fpasswd', '/feed/..%2f..%2fgroundcrew.db',
			'/.git/config', '/.env', '/.htaccess', '/static/.git/config',
			'/groundcrew.db', '/groundcrew.db-wal', '/groundcrew.db-shm', '/var/groundcrew.db',
			'/static/groundcrew.db', '/static/../groundcrew.db', '/key', '/mail/', '/pages/',
			'/www/pages/part/top.html', '/static/../pages/part/top.html', '/error/', '/error/404.html',
			'/static/', '/static', '/%2e/%2e%2e/', '/..', '/%ff%fe', '/\\..\\..'];
		for (const path of paths) {
			const answer = await sendRaw(stack, requestBytes(stack, `GET ${path} HTTP/1.1`));
			const allowed = path === '/static' ? [301, 400, 404] : [400, 403, 404];
			assert.ok(allowed.includes(answer.status), `${path}: ${answer.text.slice(0, 200)}`);
			assert.doesNotMatch(answer.text, /root:.*:0:0:|SQLite format|\[core\]|AUTOESCAPE/, path);
		}
	});

	it('safety_10_unknown_methods_are_405_and_head_is_get_without_a_body', async () => {
		for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'FROBNICATE']) {
			for (const path of ['/', '/apply/', '/cohort/', '/standup/', '/feed/all.atom']) {
				const answer = await exchange(stack, { method: method === 'FROBNICATE' ? 'MKCOL' : method, path });
				assert.equal(answer.status, 405, `${method} ${path}`);
			}
		}
		for (const path of ['/', '/apply/', `/apply/${slug}`, '/cohort/', `/cohort/${slug}`,
			'/cohort/sign-in', '/feed/', '/feed/all.atom', '/nowhere', '/robots.txt']) {
			const get = await exchange(stack, { path });
			const head = await exchange(stack, { method: 'HEAD', path });
			assert.equal(head.status, get.status, path);
			assert.equal(head.body.length, 0, path);
			for (const name of ['content-type', 'etag', 'cache-control', 'content-security-policy']) {
				assert.equal(head.headers[name], get.headers[name], `${path}: ${name}`);
			}
			assert.equal(head.headers['content-length'], get.headers['content-length'], path);
		}
	});

	it('safety_11_an_evil_host_gets_nothing_and_shapes_no_link', async () => {
		for (const host of ['evil.example', 'localhost.evil.example', '']) {
			const answer = await sendRaw(stack, requestBytes(stack, 'GET / HTTP/1.1', [`Host: ${host}`]));
			assert.ok(answer.bytes.length === 0 || answer.status === 400, `${host}: ${answer.text.slice(0, 200)}`);
		}
		const twice = await sendRaw(stack, requestBytes(stack, 'GET / HTTP/1.1',
			[`Host: localhost:${stack.port}`, 'Host: evil.example']));
		assert.equal(twice.status, 400);
		for (const path of ['/', '/cohort/sign-in', '/feed/', '/feed/all.atom', `/cohort/${slug}`, '/nowhere']) {
			const answer = await exchange(stack, { path, headers: {
				'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https',
				'X-Forwarded-Prefix': '/evil', Forwarded: 'host=evil.example;proto=https',
				'X-Original-URL': '/evil', 'X-Rewrite-URL': '/evil' } });
			assert.doesNotMatch(answer.text, /evil/, path);
			assert.doesNotMatch(JSON.stringify(answer.headers), /evil/, path);
		}
	});

	it('safety_11_a_redirect_stays_on_its_host', async () => {
		for (const path of ['/apply', '/cohort', '/standup', '/feed', '/standup/']) {
			const answer = await exchange(stack, { path, headers: { 'X-Forwarded-Host': 'evil.example' } });
			if (answer.headers.location !== undefined) {
				const url = new URL(answer.headers.location, stack.origin);
				assert.equal(url.origin, stack.origin, path);
			}
		}
	});

	it('safety_12_proxy_and_remote_user_mean_nothing', async () => {
		const workers = await stack.workers('cohort');
		const plain = await exchange(stack, { path: '/cohort/me' });
		const dressed = await exchange(stack, { path: '/cohort/me', headers: {
			Proxy: 'http://127.0.0.1:9/', 'Remote-User': 'admin', 'X-Remote-User': 'admin',
			Authorization: 'Basic YWRtaW46YWRtaW4=', Remote_User: 'admin' } });
		assert.equal(dressed.status, plain.status);
		assert.equal(dressed.headers.location, plain.headers.location);
		assert.deepEqual(await stack.workers('cohort'), workers, 'no worker died of it');
	});

	it('safety_13_multipart_is_415', async () => {
		const { path, headers } = await filled();
		const part = 'Content-Disposition: form-data; name="name"\r\n\r\nVega\r\n';
		const bodies = {
			'without a boundary': ['multipart/form-data', `--x\r\n${part}--x--\r\n`],
			unclosed: ['multipart/form-data; boundary=x', `--x\r\n${part}`],
			'of 5,000 parts': ['multipart/form-data; boundary=x', `${`--x\r\n${part}`.repeat(5000)}--x--\r\n`],
			json: ['application/json', '{"name":"Vega"}'],
			text: ['text/plain', 'name=Vega'],
			'no type': ['', 'name=Vega'],
		};
		for (const [name, [type, body]] of Object.entries(bodies)) {
			const answer = await nothingWritten(() => sendRaw(stack, requestBytes(stack,
				`POST ${path} HTTP/1.1`, [headers[1], ...(type ? [`Content-Type: ${type}`] : []),
					`Content-Length: ${body.length}`], body)), name);
			assert.equal(answer.status, 415, `${name}: ${answer.text.slice(0, 300)}`);
		}
	});

	it('safety_38_error_pages_name_no_sql_path_or_version', async () => {
		const { path, person, form } = await filled();
		const bad = form.entries().map(([name, value]) =>
			[name, name === '_csrf' ? 'nonsense' : value]);
		const evil = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
		const pages = [
			await exchange(stack, { path: '/nowhere' }),
			await exchange(stack, { path: '/cohort/no-such-cohort' }),
			await exchange(stack, { path: '/static/none.css' }),
			await exchange(stack, { path: '/feed/none.atom' }),
			await exchange(stack, { method: 'PUT', path: '/apply/' }),
			await exchange(stack, { path: '/%ff' }),
			(await person.post(path, new URLSearchParams(bad), { headers: evil })).answer,
			await exchange(stack, { method: 'POST', path, body: 'x'.repeat(600000),
				headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }),
			await exchange(stack, { method: 'POST', path, body: '{}', headers: { 'Content-Type': 'application/json' } }),
			await exchange(stack, { path: `/${'a'.repeat(9000)}` }),
		];
		for (const answer of pages) {
			assert.ok(answer.status >= 400, `${answer.url} answers ${answer.status}`);
			assert.doesNotMatch(answer.text, /sqlite|SELECT |INSERT |nginx|\/work\/|\/usr\/|\/tmp\/|\/var\/|\.c:\d|\.sql|fastcgi|libfcgi|Debian/i, `${answer.url}`);
			assert.doesNotMatch(answer.headers.server ?? '', /\d/, 'no version');
			assert.match(answer.headers['content-type'], /text\/html/, `${answer.url} ${answer.status}`);
			assert.match(answer.text, /<h1/, `in the house's look: ${answer.url} ${answer.status}`);
			assert.match(answer.text, /\/static\//, `in the house's look: ${answer.url} ${answer.status}`);
		}
	});

	it('safety_42_small_a_form_sent_after_all_this_is_still_accepted', async () => {
		const page = await apply(stack.person(), slug, 'Deneb', freshAddress('deneb'));
		assert.equal(page.status, 200, page.describe());
	});
});
