// The feed over real nginx: documents judged by others, and HTTP.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { exchange } from './client.js';
import { checkAtom, checkParsers, parseXml, validateByGrammar } from './feed.js';
import { requestBytes, sendRaw } from './raw.js';
import { startStack } from './stack.js';
import { signIn } from './steps.js';
import { until } from './wait.js';

describe('feed', { timeout: 300000 }, () => {
	let stack;
	let paths;

	before(async () => {
		stack = await startStack({ sample: true });
		paths = ['all', ...(await stack.rows(
			'SELECT slug FROM cohort WHERE published_at IS NOT NULL'))
			.map((row) => row.slug)].map((name) => `/feed/${name}.atom`);
		assert.ok(paths.length >= 4, 'the sample has three public cohorts');
	});
	after(async () => stack?.stop());

	const get = (path = '/feed/all.atom', headers = {}, method = 'GET') =>
		exchange(stack, { path, headers, method });

	it('feed_01_to_26_every_document_is_valid_and_read_by_two_parsers', async () => {
		for (const path of paths) {
			const { body, status } = await get(path);
			assert.equal(status, 200, path);
			const read = checkAtom(body, { self: stack.base + path });
			await validateByGrammar(body);
			await checkParsers(body, read);
		}
	});

	it('feed_09_one_entry_has_one_id_in_all_feeds_and_each_feed_its_own', async () => {
		const feeds = new Set();
		const byLink = new Map();
		for (const path of paths) {
			const read = checkAtom((await get(path)).body, { self: stack.base + path });
			assert.ok(!feeds.has(read.id), path);
			feeds.add(read.id);
			for (const entry of read.entries) {
				assert.ok(!feeds.has(entry.id));
				const known = byLink.get(entry.id);
				assert.ok(known === undefined || known === entry.link, entry.id);
				byLink.set(entry.id, entry.link);
			}
		}
		const all = checkAtom((await get()).body, { self: `${stack.base}/feed/all.atom` });
		const ids = new Set(all.entries.map((entry) => entry.id));
		for (const path of paths.slice(1)) {
			const read = checkAtom((await get(path)).body, { self: stack.base + path });
			if (all.entries.length < 100) {
				read.entries.forEach((entry) => assert.ok(ids.has(entry.id), `${path}: ${entry.title}`));
			}
		}
	});

	it('feed_25_small_enough_compressed', async () => {
		for (const path of paths) {
			const { body } = await get(path, { 'Accept-Encoding': 'gzip' });
			assert.ok(body.length <= 64 * 1024, `${path}: ${body.length}`);
		}
	});

	it('feed_31_type_nosniff_and_cors', async () => {
		for (const path of paths) {
			const { headers } = await get(path);
			assert.equal(headers['content-type'], 'application/atom+xml; charset=utf-8');
			assert.equal(headers['x-content-type-options'], 'nosniff');
			assert.equal(headers['access-control-allow-origin'], '*');
		}
	});

	it('feed_32_etag_and_last_modified_never_later_than_date', async () => {
		const { headers, body } = await get();
		assert.match(headers.etag, /^(W\/)?"[^"]+"$/);
		assert.match(headers['last-modified'], /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/);
		assert.ok(Date.parse(headers['last-modified']) <= Date.parse(headers.date));
		assert.ok(body.length > 0);
	});

	it('feed_33_same_bytes_and_validators_across_workers_and_restarts', async () => {
		const first = await get();
		for (let i = 0; i < 20; i++) {
			const next = await get();
			assert.ok(next.body.equals(first.body));
			assert.equal(next.headers.etag, first.headers.etag);
			assert.equal(next.headers['last-modified'], first.headers['last-modified']);
		}
		const old = await stack.workers('feed');
		old.forEach((id) => process.kill(id, 'SIGTERM'));
		await until('new workers', async () => {
			const now = await stack.workers('feed');
			return now.length === 2 && now.every((id) => !old.includes(id));
		});
		const later = await get();
		assert.ok(later.body.equals(first.body));
		assert.equal(later.headers.etag, first.headers.etag);
		assert.equal(later.headers['last-modified'], first.headers['last-modified']);
	});

	it('feed_33_other_bytes_another_etag_even_within_a_second', async () => {
		const tags = new Set();
		for (let i = 0; i < 3; i++) {
			const { headers } = await get();
			assert.ok(!tags.has(headers.etag), headers.etag);
			tags.add(headers.etag);
			await stack.write(`UPDATE programme SET name = 'Programme ${i}'`);
			assert.match((await get()).text, new RegExp(`Programme ${i}`), 'never stale');
		}
	});

	it('feed_34_if_none_match_in_all_its_forms_wins_over_dates', async () => {
		const { headers: { etag, 'last-modified': modified } } = await get();
		const bare = etag.replace(/^W\//, '');
		const long = 'Thu, 01 Jan 1970 00:00:00 GMT';
		for (const [value, status, more] of [
			[etag, 304], [`W/${bare}`, 304], [bare, 304], ['*', 304],
			[`"other", ${etag}`, 304], [`"a,b" ,W/"c", ${bare}`, 304], [`,, ${bare},`, 304],
			['"other"', 200], ['"a,b"', 200], [bare.slice(1, -1), 200], ['', 200],
			[etag, 304, { 'If-Modified-Since': long }],
			['"other"', 200, { 'If-Modified-Since': modified }],
			[`"${'x'.repeat(3000)}", ${etag}`, 304],
		]) {
			const answer = await get('/feed/all.atom', { 'If-None-Match': value, ...more });
			assert.equal(answer.status, status, `If-None-Match: ${value.slice(0, 80)}`);
		}
	});

	it('feed_35_if_modified_since_takes_all_three_date_forms', async () => {
		const { headers: { 'last-modified': modified } } = await get();
		const at = new Date(modified);
		const two = (number) => String(number).padStart(2, '0');
		const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
		const month = modified.slice(8, 11);
		const clock = modified.slice(17, 25);
		const forms = [
			modified,
			`${days[at.getUTCDay()]}, ${two(at.getUTCDate())}-${month}-${two(at.getUTCFullYear() % 100)} ${clock} GMT`,
			`${days[at.getUTCDay()].slice(0, 3)} ${month} ${String(at.getUTCDate()).padStart(2)} ${clock} ${at.getUTCFullYear()}`,
			new Date(at.getTime() + 1000).toUTCString(),
		];
		for (const form of forms) {
			assert.equal((await get('/feed/all.atom', { 'If-Modified-Since': form })).status, 304, form);
		}
		for (const form of [new Date(at.getTime() - 1000).toUTCString(), 'yesterday', '',
			modified.replace('GMT', 'CET'), at.toISOString(), `${modified}; length=1`]) {
			assert.equal((await get('/feed/all.atom', { 'If-Modified-Since': form })).status, 200, form);
		}
	});

	it('feed_36_37_a_304_has_no_body_and_the_same_headers_and_head_is_get', async () => {
		const plain = await get();
		const { etag } = plain.headers;
		for (const coding of [{}, { 'Accept-Encoding': 'gzip' }]) {
			const whole = await get('/feed/all.atom', coding);
			const none = await get('/feed/all.atom', { ...coding, 'If-None-Match': etag });
			assert.equal(none.status, 304);
			assert.equal(none.body.length, 0);
			assert.equal(none.headers['content-length'], undefined);
			for (const name of ['cache-control', 'vary', 'last-modified', 'access-control-allow-origin']) {
				assert.equal(none.headers[name], whole.headers[name], name);
			}
			const head = await get('/feed/all.atom', coding, 'HEAD');
			assert.equal(head.body.length, 0);
			for (const name of Object.keys(whole.headers).filter((one) => !['date', 'connection', 'keep-alive'].includes(one))) {
				assert.equal(head.headers[name], whole.headers[name], `HEAD: ${name}`);
			}
			const headNone = await get('/feed/all.atom', { ...coding, 'If-None-Match': etag }, 'HEAD');
			assert.equal(headNone.status, 304);
		}
	});

	it('feed_38_gzip_by_accept_encoding_vary_always_each_tag_a_304_under_any_coding', async () => {
		const plain = await get();
		assert.equal(plain.headers['content-encoding'], undefined);
		const packed = await get('/feed/all.atom', { 'Accept-Encoding': 'gzip, deflate, br' });
		assert.equal(packed.headers['content-encoding'], 'gzip');
		assert.ok(gunzipSync(packed.body).equals(plain.body));
		assert.ok(packed.body.length < plain.body.length);
		for (const answer of [plain, packed, await get('/feed/all.atom', { 'If-None-Match': '*' })]) {
			assert.match(answer.headers.vary, /\bAccept-Encoding\b/i);
		}
		for (const [value, coded] of [['gzip;q=0', false], ['gzip;q=0.0', false], ['identity', false],
			['', false], ['br', false], ['*;q=0', false], ['gzip;q=0, *', false], ['gzip;q=0.001', true],
			['GZIP', true], ['x-gzip', true], ['br;q=1, gzip;q=0.5', true], ['*', true],
			['xgzip', false]]) {
			const answer = await get('/feed/all.atom', { 'Accept-Encoding': value });
			assert.equal(answer.headers['content-encoding'] === 'gzip', coded, `Accept-Encoding: ${value}`);
			const body = coded ? gunzipSync(answer.body) : answer.body;
			assert.ok(body.equals(plain.body), `Accept-Encoding: ${value}`);
		}
		for (const tag of [plain.headers.etag, packed.headers.etag]) {
			for (const coding of ['', 'gzip']) {
				const answer = await get('/feed/all.atom', { 'Accept-Encoding': coding, 'If-None-Match': tag });
				assert.equal(answer.status, 304, `${tag} under “${coding}”`);
			}
		}
	});

	it('feed_39_cacheable_by_all', async () => {
		const { headers } = await get();
		assert.equal(headers['set-cookie'], undefined);
		assert.equal(headers.expires, undefined);
		assert.doesNotMatch(headers['cache-control'], /private|no-store|no-cache/);
		const age = Number(/max-age=(\d+)/.exec(headers['cache-control'])[1]);
		assert.ok(age >= 60 && age <= 86400, headers['cache-control']);
	});

	it('feed_40_no_url_from_host_forwarding_or_query', async () => {
		const plain = await get();
		for (const [path, headers] of [['/feed/all.atom?utm=evil', {}],
			['/feed/all.atom', { 'X-Forwarded-Host': 'evil.example' }],
			['/feed/all.atom', { 'X-Forwarded-Proto': 'https' }],
			['/feed/all.atom', { Host: `127.0.0.1:${stack.port}` }]]) {
			const answer = await get(path, headers);
			assert.ok(answer.body.equals(plain.body), `${path} ${JSON.stringify(headers)}`);
			assert.equal(answer.headers.etag, plain.headers.etag);
		}
	});

	it('feed_41_the_same_bytes_for_every_client', async () => {
		const plain = await get();
		for (const headers of [{ 'User-Agent': 'curl/7.88.1' }, { 'User-Agent': '' }, { Accept: 'text/html' },
			{ Accept: 'application/json' }, { Cookie: 'session=nonsense; a=b' },
			{ 'Accept-Language': 'de' }, { DNT: '1' }]) {
			const answer = await get('/feed/all.atom', headers);
			assert.equal(answer.status, 200, JSON.stringify(headers));
			assert.ok(answer.body.equals(plain.body), JSON.stringify(headers));
		}
		const old = await sendRaw(stack, requestBytes(stack, 'GET /feed/all.atom HTTP/1.0'));
		assert.equal(old.status, 200);
		assert.ok(old.bytes.subarray(old.bytes.indexOf('\r\n\r\n') + 4).equals(plain.body), 'HTTP/1.0');
	});

	it('safety_32_the_feed_has_the_same_bytes_with_and_without_a_session', async () => {
		const email = /\S+@\S+/.exec((await stack.rows(
			'SELECT email FROM person JOIN member ON member.person_id = person.id WHERE role = \'organiser\' LIMIT 1'))[0].email)[0];
		const person = await signIn(stack, email);
		for (const path of paths) {
			const stranger = await get(path);
			const member = await person.request('GET', path);
			assert.ok(member.body.equals(stranger.body), path);
			for (const name of ['etag', 'cache-control', 'last-modified', 'vary', 'set-cookie']) {
				assert.equal(member.headers[name], stranger.headers[name], `${path}: ${name}`);
			}
		}
	});

	it('feed_42_405_with_allow_404_even_with_validators_range_ignored_or_right', async () => {
		const post = await exchange(stack, { method: 'POST', path: '/feed/all.atom', body: '' });
		assert.equal(post.status, 405);
		assert.match(post.headers.allow ?? '', /GET/);
		assert.match(post.headers.allow ?? '', /HEAD/);
		const none = await get('/feed/no-such-cohort.atom', { 'If-None-Match': '*',
			'If-Modified-Since': new Date().toUTCString() });
		assert.equal(none.status, 404);
		const whole = await get();
		const part = await get('/feed/all.atom', { Range: 'bytes=0-9' });
		if (part.status === 206) {
			assert.ok(part.body.equals(whole.body.subarray(0, 10)));
			assert.equal(part.headers['content-range'], `bytes 0-9/${whole.body.length}`);
		} else {
			assert.equal(part.status, 200);
			assert.ok(part.body.equals(whole.body));
		}
	});

	it('feed_43_a_im_feed_is_ignored', async () => {
		const plain = await get();
		const asked = await get('/feed/all.atom', { 'A-IM': 'feed', 'If-None-Match': '"other"' });
		assert.equal(asked.status, 200);
		assert.ok(asked.body.equals(plain.body));
	});

	it('feed_44_autodiscovery_robots_and_favicon', async () => {
		const person = stack.person();
		for (const path of ['/', '/apply/', '/cohort/', '/feed/', '/cohort/sign-in',
			...paths.slice(1).map((path) => path.replace('/feed/', '/cohort/').replace('.atom', ''))]) {
			const page = await person.visit(path);
			const feeds = page.document.all('link', { rel: 'alternate', type: 'application/atom+xml' });
			assert.ok(feeds.length > 0, path);
			for (const link of feeds) {
				assert.match(link.get('title'), /\S/);
				const url = new URL(link.get('href'), page.url);
				assert.equal((await get(url.pathname)).status, 200, url.href);
			}
		}
		const robots = await get('/robots.txt');
		assert.equal(robots.status, 200);
		assert.doesNotMatch(robots.text, /Disallow:\s*\/(feed.*)?$/m);
		const icon = await get('/favicon.ico');
		assert.equal(icon.status, 200);
		assert.match(icon.headers['content-type'], /^image\//);
	});

	it('every address a feed names answers', async () => {
		const seen = new Set();
		for (const path of paths) {
			const feed = parseXml((await get(path)).text);
			const walk = (element) => {
				if (['icon', 'logo'].includes(element.name)) {
					seen.add(element.text.trim());
				}
				if (element.name === 'link' && element.attributes.rel !== 'license') {
					seen.add(element.attributes.href);
				}
				element.children.forEach(walk);
			};
			walk(feed);
		}
		for (const link of [...seen].filter((one) => one.startsWith(stack.base))) {
			const url = new URL(link);
			assert.equal((await get(url.pathname + url.search)).status, 200, link);
		}
	});

	it('feed_08_ids_are_the_same_after_a_move_to_another_port_and_path', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'groundcrew-'));
		try {
			const read = async (where) => checkAtom((await exchange(where,
				{ path: `${where.root}/feed/all.atom` })).body, { self: `${where.base}/feed/all.atom` });
			const here = await startStack({ sample: true, folder });
			const before = await read(here).finally(() => here.stop());
			const there = await startStack({ sample: true, folder, base: '/crew' });
			const later = await read(there).finally(() => there.stop());
			assert.notEqual(here.base, there.base);
			assert.equal(later.id, before.id);
			assert.deepEqual(later.entries.map(({ id, updated }) => [id, updated]),
				before.entries.map(({ id, updated }) => [id, updated]));
		} finally {
			await rm(folder, { recursive: true });
		}
	});
});
