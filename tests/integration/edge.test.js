// A feed through a second nginx in front is the feed: every answer to every
// way of asking equals the origin's, when it is fetched, when it is kept, and
// when the origin is no more.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { exchange } from './client.js';
import { startEdge } from './edge.js';
import { requestBytes, sendRaw } from './raw.js';
import { freePort, startStack } from './stack.js';

const path = '/feed/all.atom';

describe('edge', { timeout: 300000 }, () => {
	let folder;
	let stack;
	let edge;
	let paths;
	let group;
	let plain;
	let packed;
	const known = [];

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'groundcrew-'));
		stack = await startStack({ sample: true, courier: false, folder, port: await freePort() });
		edge = await startEdge(stack);
		paths = [path, '/feed/all.json', '/feed/', ...['kind/highlights', ...(await stack.rows(
			'SELECT slug FROM cohort WHERE published_at IS NOT NULL')).map((row) => row.slug)]
			.flatMap((name) => [`/feed/${name}`, `/feed/${name}.json`, `/feed/${name}.atom`])];
		group = await stack.value(`SELECT '/feed/' || cohort.slug || '/' || mentoring_group.slug
			FROM mentoring_group JOIN cohort ON cohort.id = cohort_id WHERE published_at IS NOT NULL`);
		paths.push(group, `${group}.atom`, `${group}.json`);
		plain = await exchange(stack, { path });
		packed = await exchange(stack, { path, headers: { 'Accept-Encoding': 'gzip' } });
	});
	after(async () => {
		await edge?.stop();
		await stack?.stop().catch(() => {});
		await rm(folder, { recursive: true, force: true });
	});

	const visible = (answer) => Object.fromEntries(Object.entries(answer.headers)
		.filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name)));

	function assertSame(answer, expected, words) {
		assert.equal(answer.status, expected.status, words);
		assert.deepEqual(visible(answer), visible(expected), words);
		assert.ok(answer.body.equals(expected.body), `${words}: other bytes`);
	}

	// Fetched, then from what is kept; and remembered for when it is dark.
	async function ask(how, status) {
		const words = `${how.method ?? 'GET'} ${how.path} ${JSON.stringify(how.headers ?? {}).slice(0, 200)}`;
		const expected = await exchange(stack, how);
		assert.equal(expected.status, status, `the origin: ${words}`);
		assertSame(await exchange(edge, how), expected, `fetched: ${words}`);
		const kept = await exchange(edge, how);
		assertSame(kept, expected, `kept: ${words}`);
		known.push({ how, expected, words });
		return kept;
	}

	it('feed_31_39_the_edge_passes_on_type_and_who_may_keep_it', async () => {
		for (const one of paths) {
			const { headers } = await ask({ path: one }, 200);
			assert.equal(headers['x-content-type-options'], 'nosniff');
			assert.match(headers['cache-control'], /^public, max-age=60/);
			assert.equal(headers['set-cookie'], undefined);
			assert.equal(headers.expires, undefined);
			if (one.endsWith('.atom')) {
				assert.equal(headers['content-type'], 'application/atom+xml; charset=utf-8');
				assert.equal(headers['access-control-allow-origin'], '*');
			}
		}
	});

	it('feed_32_33_validators_through_the_edge_are_the_program_s', async () => {
		for (const headers of [{}, { 'Accept-Encoding': 'gzip' }]) {
			const answer = await ask({ path, headers }, 200);
			const issued = headers['Accept-Encoding'] ? packed : plain;
			assert.equal(answer.headers.etag, issued.headers.etag);
			assert.equal(answer.headers['last-modified'], plain.headers['last-modified']);
			assert.ok(Date.parse(answer.headers['last-modified']) <= Date.parse(answer.headers.date));
			assert.ok(Date.parse(answer.headers.date) <= Date.now(), 'the date is when the program answered');
			assert.equal(answer.rawHeaders.filter((name) => /^(?:etag|last-modified|date)$/i.test(name)).length, 3);
		}
	});

	it('feed_34_if_none_match_through_the_edge_wins_over_dates', async () => {
		const { etag, 'last-modified': modified } = plain.headers;
		const long = 'Thu, 01 Jan 1970 00:00:00 GMT';
		for (const [value, status, more] of [
			[etag, 304], [`W/${etag}`, 304], ['*', 304], ['"other"', 200], ['W/"other"', 200],
			[`"other", ${etag}`, 304], [`"a,b" ,W/"c", ${etag}`, 304], [`,, ${etag},`, 304],
			['"a,b"', 200], [etag.slice(1, -1), 200], [`${etag.slice(0, -1)}x"`, 200],
			[etag, 304, { 'If-Modified-Since': long }],
			['"other"', 200, { 'If-Modified-Since': modified }],
			[`"${'x'.repeat(3000)}", ${etag}`, 304], [`"${'x'.repeat(3000)}"`, 200],
		]) {
			await ask({ path, headers: { 'If-None-Match': value, ...more } }, status);
		}
	});

	// nginx, left to itself, takes a list that is none for one, and any answer
	// for one that has tags.
	it('feed_34_the_program_and_not_nginx_judges_tags', async () => {
		for (const [one, value] of [[path, `"x y", ${plain.headers.etag}`], [path, `x, ${plain.headers.etag}`],
			['/feed/', '*']]) {
			const how = { path: one, headers: { 'If-None-Match': value } };
			const expected = await exchange(stack, how);
			assert.equal(expected.status, 200);
			assertSame(await exchange(edge, how), expected, `fetched: ${value}`);
			assertSame(await exchange(edge, how), expected, `kept: ${value}`);
		}
	});

	it('feed_35_if_modified_since_through_the_edge_takes_all_three_forms', async () => {
		const modified = plain.headers['last-modified'];
		const at = new Date(modified);
		const two = (number) => String(number).padStart(2, '0');
		const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
		const day = days[at.getUTCDay()];
		const [month, clock] = [modified.slice(8, 11), modified.slice(17, 25)];
		for (const form of [modified,
			`${day}, ${two(at.getUTCDate())}-${month}-${two(at.getUTCFullYear() % 100)} ${clock} GMT`,
			`${day.slice(0, 3)} ${month} ${String(at.getUTCDate()).padStart(2)} ${clock} ${at.getUTCFullYear()}`,
			new Date(at.getTime() + 1000).toUTCString()]) {
			await ask({ path, headers: { 'If-Modified-Since': form } }, 304);
		}
		for (const form of [new Date(at.getTime() - 1000).toUTCString(), 'yesterday',
			modified.replace('GMT', 'CET'), at.toISOString(), `${modified}; length=1`]) {
			await ask({ path, headers: { 'If-Modified-Since': form } }, 200);
		}
	});

	it('feed_36_37_304_and_head_through_the_edge_have_the_headers_of_get', async () => {
		for (const coding of [{}, { 'Accept-Encoding': 'gzip' }]) {
			const whole = await ask({ path, headers: coding }, 200);
			const none = await ask({ path,
				headers: { ...coding, 'If-None-Match': whole.headers.etag } }, 304);
			assert.equal(none.body.length, 0);
			for (const name of ['etag', 'cache-control', 'vary', 'last-modified', 'access-control-allow-origin']) {
				assert.equal(none.headers[name], whole.headers[name], name);
			}
			await ask({ method: 'HEAD', path, headers: coding }, 200);
			await ask({ method: 'HEAD', path,
				headers: { ...coding, 'If-None-Match': whole.headers.etag } }, 304);
		}
		// The first to ask for it asks with HEAD.
		const headers = { 'Accept-Encoding': 'gzip' };
		await ask({ method: 'HEAD', path: `${group}.json`, headers }, 200);
		await ask({ path: `${group}.json`, headers }, 200);
	});

	it('feed_38_the_edge_chooses_the_coding_as_the_program_does', async () => {
		for (const [value, coded] of [['gzip;q=0', false], ['gzip;q=0.0', false], ['gzip; q=0.000', false],
			['identity', false], ['', false], ['br', false], ['*;q=0', false], ['gzip;q=0, *', false],
			['*, gzip;q=0', false], ['br;q=1, gzip;q=0', false], ['xgzip', false], ['gzipx', false],
			['gzip;q=0.001', true], ['gzip;q=0.05', true], ['GZIP', true], ['x-gzip', true], ['*', true],
			['br;q=1, gzip;q=0.5', true], ['gzip, deflate, br, zstd', true], ['deflate , gzip', true],
			['*;q=0, gzip', true], ['br, *;q=0.1', true], ['gzip, gzip;q=0', true], ['a,,gzip', true],
			['gzip;q=1.0, identity; q=0.5, *;q=0', true]]) {
			const answer = await ask({ path, headers: { 'Accept-Encoding': value } }, 200);
			assert.equal(answer.headers['content-encoding'] === 'gzip', coded, value);
			assert.match(answer.headers.vary, /\bAccept-Encoding\b/i);
			assert.ok((coded ? gunzipSync(answer.body) : answer.body).equals(plain.body), value);
		}
		for (const tag of [plain.headers.etag, packed.headers.etag]) {
			for (const coding of ['', 'gzip', '*', 'gzip;q=0']) {
				await ask({ path, headers: { 'Accept-Encoding': coding, 'If-None-Match': tag } }, 304);
			}
		}
	});

	it('feed_40_41_the_same_bytes_for_everybody_through_the_edge', async () => {
		for (const [query, headers] of [['?utm=evil', {}], ['', { 'X-Forwarded-Host': 'evil.example' }],
			['', { 'X-Forwarded-Proto': 'https' }], ['', { 'X-Forwarded-For': '192.0.2.1' }],
			['', { 'User-Agent': 'curl/7.88.1' }], ['', { 'User-Agent': '' }], ['', { Accept: 'text/html' }],
			['', { Cookie: 'session=nonsense; a=b' }], ['', { 'Accept-Language': 'de' }],
			['', { Authorization: 'Basic eDp5' }], ['', { 'Cache-Control': 'no-cache', Pragma: 'no-cache' }]]) {
			const answer = await ask({ path: path + query, headers }, 200);
			assert.ok(answer.body.equals(plain.body));
		}
		for (const place of [stack, edge]) {
			const old = await sendRaw(place, requestBytes(place, `GET ${path} HTTP/1.0`));
			assert.equal(old.status, 200);
			assert.ok(old.bytes.subarray(old.bytes.indexOf('\r\n\r\n') + 4).equals(plain.body), 'HTTP/1.0');
		}
	});

	it('feed_42_43_refusals_ranges_and_a_im_through_the_edge', async () => {
		for (const method of ['POST', 'DELETE', 'PUT']) {
			for (const place of [stack, edge]) {
				const answer = await exchange(place, { method, path, body: '' });
				assert.equal(answer.status, 405, method);
				assert.match(answer.headers.allow, /^GET, HEAD$/, method);
			}
		}
		const none = { path: '/feed/no-such-cohort.atom', headers: { 'If-None-Match': '*',
			'If-Modified-Since': new Date().toUTCString() } };
		assert.equal((await exchange(edge, none)).status, 404);
		assert.equal((await exchange(edge, none)).status, 404);
		await ask({ path, headers: { Range: 'bytes=0-9' } }, 200);
		await ask({ path, headers: { Range: 'bytes=0-9', 'If-Range': plain.headers.etag } }, 200);
		await ask({ path, headers: { 'A-IM': 'feed', 'If-None-Match': '"other"' } }, 200);
		// Conditions that the program does not know, nginx does.
		for (const headers of [{ 'If-Match': '"other"' }, { 'If-Unmodified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' }]) {
			assert.equal((await exchange(stack, { path, headers })).status, 200);
			assert.equal((await exchange(edge, { path, headers })).status, 200, JSON.stringify(headers));
		}
	});

	it('feed_33_what_changed_arrives_when_the_time_is_over_and_no_later', async () => {
		const old = (await exchange(edge, { path })).headers.etag;
		const since = plain.headers['last-modified'];
		await stack.write("UPDATE programme SET name = 'Programme of the new name'");
		for (const headers of [{}, { 'If-None-Match': old }, { 'If-Modified-Since': since },
			{ 'Accept-Encoding': 'gzip', 'If-None-Match': old }]) {
			const kept = await exchange(edge, { path, headers });
			assert.notEqual(kept.headers.etag, (await exchange(stack, { path, headers })).headers.etag,
				'a minute long it is what it was');
		}
		await edge.moveClock(61);
		for (const headers of [{ 'If-None-Match': old }, { 'If-Modified-Since': since },
			{ 'Accept-Encoding': 'gzip', 'If-None-Match': old }, {}]) {
			const answer = await exchange(edge, { path, headers });
			assertSame(answer, await exchange(stack, { path, headers }), JSON.stringify(headers));
			assert.equal(answer.status, 200);
		}
		await stack.write(`UPDATE programme SET name = '${/<title[^>]*>([^<]+)</.exec(plain.text)[1]}'`);
		await edge.moveClock(122);
		const last = await exchange(stack, { path });
		assertSame(await exchange(edge, { path }), last, 'its old name again');
		assert.equal(last.headers.etag, plain.headers.etag, 'the same bytes, the same tag');
	});

	it('feed_31_to_43_hold_after_the_origin_was_killed', async () => {
		// Every copy is of now, and so is what is expected.
		await edge.moveClock(400);
		for (const one of known) {
			one.expected = await exchange(stack, one.how);
		}
		for (const one of paths) {
			for (const headers of [{}, { 'Accept-Encoding': 'gzip' }]) {
				await exchange(edge, { path: one, headers });
			}
		}
		await stack.stop({ signal: 'SIGKILL' });
		await edge.end();
		await rm(edge.folderOfAnswers, { recursive: true });
		await edge.start();
		await edge.moveClock(4000);
		assert.ok(known.length > 80);
		for (const { how, expected, words } of known.filter((one) => paths.includes(one.how.path.split('?')[0]))) {
			assertSame(await exchange(edge, how), expected, `in the dark: ${words}`);
			assertSame(await exchange(edge, how), expected, `in the dark, again: ${words}`);
		}
	});

	it('what_is_not_kept_says_kindly_that_it_is_away', async () => {
		for (const [one, status] of [['/', 502], ['/cohort/sign-in', 502], ['/feed/never-asked.atom', 503]]) {
			const answer = await exchange(edge, { path: one });
			assert.equal(answer.status, status, one);
			assert.match(answer.headers['content-type'], /^text\/html/);
			assert.match(answer.text, /<h1/, 'a page of the house');
			assert.match(answer.headers['content-security-policy'], /default-src 'none'/);
			assert.equal(answer.headers['cache-control'], 'no-store');
		}
	});

	it('what_is_new_arrives_after_the_origin_came_back', async () => {
		stack = await startStack({ sample: true, courier: false, folder, port: stack.port });
		await stack.write("UPDATE programme SET name = 'Programme of the third name'");
		await edge.moveClock(4070);
		for (const headers of [{}, { 'If-None-Match': plain.headers.etag }]) {
			const answer = await exchange(edge, { path, headers });
			assertSame(answer, await exchange(stack, { path, headers }), JSON.stringify(headers));
			assert.match(answer.text, /Programme of the third name/);
		}
	});

	it('people_sign_in_through_the_edge', async () => {
		const person = stack.person();
		person.stack = Object.assign(Object.create(stack), { port: edge.port });
		const page = await person.open(stack.links.organiser);
		assert.equal(page.status, 200);
		const form = page.form(/sign in/i);
		const answer = await person.post(form.action, form.entries(), { follow: false });
		assert.equal(answer.status, 303);
		assert.ok(answer.headers['set-cookie'].length > 0);
		const own = await person.request('GET', '/cohort/me');
		assert.equal(own.status, 200);
		assert.equal((await person.request('GET', path, {})).headers['set-cookie'], undefined);
		// Neither what is one's own nor the address that let one in lies there.
		const name = /<title>([^<]+)/.exec(own.text)[1];
		const written = await edge.written();
		assert.ok(!written.includes(new URL(stack.links.organiser).pathname.split('/').at(-1)));
		assert.ok(!written.includes(`<title>${name}`), name);
	});

	it('safety_31_a_real_secret_address_works_through_the_edge_and_leaves_nothing', async () => {
		const person = stack.person();
		await (await person.open(stack.links.djangonaut)).form(/sign in/i).submit();
		const page = await person.visit('/cohort/me/addresses');
		const shown = await page.form(/^(?:Make|Replace) .*your own calendar/i).submit();
		const secret = new RegExp(`${stack.base}(/feed/[^<\\s"]+)`).exec(shown.text)[1];
		const before = await edge.kept();
		for (const place of [stack, edge, edge]) {
			const answer = await exchange(place, { path: secret });
			assert.equal(answer.status, 200);
			assert.match(answer.text, /^BEGIN:VCALENDAR/);
			assert.equal(answer.headers['cache-control'], 'private, no-store');
			assert.equal(answer.headers['referrer-policy'], 'no-referrer');
			const again = await exchange(place, { path: secret, headers: { 'If-None-Match': answer.headers.etag } });
			assert.equal(again.status, 304);
		}
		await stack.stop({ signal: 'SIGKILL' });
		assert.equal((await exchange(edge, { path: secret })).status, 502);
		assert.deepEqual(await edge.kept(), before);
		assert.ok(!(await edge.written()).includes(secret.split('/').at(-1).split('.')[0]));
		person.leave();
	});
});
