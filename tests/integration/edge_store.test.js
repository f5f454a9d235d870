// What the second nginx asks its origin, what it keeps and what it never does.
// The origin here is the tests' own: it counts, and answers as it is told.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Authority } from './certificates.js';
import { exchange } from './client.js';
import { Origin, startEdge } from './edge.js';
import { startStack } from './stack.js';
import { until } from './wait.js';

const feed = '/feed/all.atom';
const secret = 'tHe_sEcReT-0123456789abcdefghijklmnopqrstuv';

// A program that says of everything, whatever it is, that anybody may keep it.
function generous(request, response) {
	const tag = '"0123456789abcdef0123456789abcdef"';
	const unchanged = (request.headers['if-none-match'] ?? '').includes(tag);
	response.writeHead(unchanged ? 304 : 200, { ETag: tag, 'Content-Type': 'text/plain',
		'Cache-Control': 'public, max-age=60', Vary: 'Accept-Encoding, Cookie, User-Agent',
		...(unchanged ? {} : { 'Content-Length': 9 }) });
	response.end(unchanged ? undefined : 'a feed...');
}

describe('edge: what is kept', { timeout: 120000 }, () => {
	let origin;
	let edge;

	beforeEach(async () => {
		origin = await new Origin(generous).start();
		edge = await startEdge(origin);
		origin.asked.length = 0;
	});
	afterEach(async () => {
		await edge?.stop();
		await origin?.stop();
	});

	const get = (path = feed, headers = {}, method = 'GET') => exchange(edge, { path, headers, method });
	const inParallel = async (count, ...words) => {
		const answers = await Promise.all(Array.from({ length: count }, () => get(...words)));
		return [...new Set(answers.map((answer) => answer.status))];
	};
	const copies = (count) => until(`${count} copies`, async () =>
		(await edge.kept(edge.folderOfCopies)).length === count);
	const answerLater = (request, response) => setTimeout(generous, 50, request, response);

	it('feed_47_a_rush_asks_the_origin_once_when_nothing_is_kept_and_when_it_is_over', async () => {
		origin.answer = answerLater;
		for (const [clock, headers, status, most] of [[0, {}, 200, 1], [61, {}, 200, 1],
			[61, { 'Accept-Encoding': 'gzip' }, 200, 1],
			[122, { 'If-None-Match': '"0123456789abcdef0123456789abcdef"' }, 304, 2],
			[183, { 'If-None-Match': '"0123456789abcdef0123456789abcdef"' }, 304, 2]]) {
			await edge.moveClock(clock);
			origin.asked.length = 0;
			assert.deepEqual(await inParallel(100, feed, headers), [status]);
			assert.ok(origin.asked.length >= 1 && origin.asked.length <= most,
				`${JSON.stringify(headers)} at ${clock}: ${origin.asked.length} requests`);
		}
	});

	it('feed_39_a_condition_is_kept_by_itself_and_renews_the_copy', async () => {
		const condition = { 'If-None-Match': '"0123456789abcdef0123456789abcdef"' };
		assert.equal((await get(feed, condition)).status, 304);
		assert.equal((await get(feed, condition)).status, 304);
		// The copy is renewed beside the answer.
		await copies(1);
		assert.deepEqual(origin.asked.map((one) => one.headers['if-none-match']).sort(),
			[condition['If-None-Match'], undefined]);
		await origin.stop();
		const known = await get(feed);
		assert.equal(known.status, 200, 'nobody had asked without a condition');
		assert.equal(known.text, 'a feed...');
	});

	it('safety_31_secret_and_private_addresses_are_handed_on_and_nowhere_written', async () => {
		const like = secret.toLowerCase().replaceAll('_', '-');
		const paths = [`/feed/private/${secret}.atom`, `/feed/calendar/${secret}.ics`,
			`/feed/private/${like}.atom`, `/feed/calendar/${like}.ics`,
			`/feed/%70rivate/${secret}.atom`, `/feed//private/${secret}.atom`, `/feed/x/../private/${secret}.atom`,
			`/feed/Private/${secret}.atom`, `/cohort/enter/${secret}`, `/apply/draft/${secret}`, `/cohort/me?${secret}`,
			`/feed/?q=${secret}`];
		for (const round of ['there', 'there', 'away']) {
			if (round === 'away') {
				await origin.stop();
			}
			for (const path of paths) {
				const answer = await get(path, { Cookie: `session=${secret}` });
				assert.equal(answer.status, round === 'away' ? 502 : 200, `${round}: ${path}`);
			}
		}
		assert.equal(origin.asked.length, 2 * paths.length, 'each time the origin was asked');
		assert.deepEqual(await edge.kept(), []);
		const written = await edge.written();
		assert.ok(!written.includes(secret));
		assert.ok(!written.includes(like));
	});

	it('feed_40_41_a_feed_is_asked_for_without_who_asks', async () => {
		await get(`${feed}?who=me`, { Cookie: 'a=b', Authorization: 'Basic eDp5', 'User-Agent': 'me',
			'Accept-Language': 'de', 'X-Forwarded-For': '192.0.2.1', 'X-Forwarded-Host': 'evil.example',
			Referer: 'https://evil.example/', Range: 'bytes=0-1', 'A-IM': 'feed', Accept: 'text/html' });
		assert.equal(origin.asked.length, 1);
		const [{ path, headers }] = origin.asked;
		assert.equal(path, feed);
		assert.deepEqual({ ...headers, connection: undefined }, { host: 'localhost', connection: undefined,
			'x-forwarded-for': '127.0.0.1' });
	});

	it('other_requests_arrive_as_they_are_and_say_who_asks', async () => {
		await exchange(edge, { method: 'POST', path: '/apply/first?a=b', body: 'name=x',
			headers: { Cookie: 'a=b', 'X-Forwarded-For': '192.0.2.1', 'Content-Length': 6 } });
		const [{ method, path, headers }] = origin.asked;
		assert.deepEqual([method, path, headers.cookie, headers['x-forwarded-for'], headers.host],
			['POST', '/apply/first?a=b', 'a=b', '127.0.0.1', 'localhost']);
	});

	it('feed_38_39_no_way_of_asking_makes_more_than_two_things_to_keep', async () => {
		for (let i = 0; i < 100; i++) {
			await get(`${feed}?${i}`, { 'Accept-Encoding': i % 2 ? `gzip, x${i}` : `x${i};q=0.${i}`, 'User-Agent': `reader ${i}`,
				Accept: `text/x${i}`, Cookie: `a=${i}`, 'If-Modified-Since': `no date ${i}` });
		}
		assert.equal(origin.asked.length, 2, 'plain and gzip');
		await copies(2);
		assert.equal((await edge.kept()).length, 4, 'an answer and a copy each');
	});

	it('feed_34_a_long_condition_is_answered_and_not_kept', async () => {
		for (let i = 0; i < 3; i++) {
			const answer = await get(feed, { 'If-None-Match': `"${'x'.repeat(400)}${i}", "0123456789abcdef0123456789abcdef"` });
			assert.equal(answer.status, 304);
		}
		assert.deepEqual(await edge.kept(edge.folderOfAnswers), []);
		await copies(1);
	});

	it('feed_39_what_says_it_is_private_is_not_kept', async () => {
		const more = [{ 'Cache-Control': 'private, no-store' }, { 'Cache-Control': 'no-cache' },
			{ 'Cache-Control': 'public, max-age=60', 'Set-Cookie': 'a=b' }, {}];
		for (const headers of more) {
			origin.answer = (request, response) => response.writeHead(200, headers).end('own');
			origin.asked.length = 0;
			await get('/feed/first.atom');
			await get('/feed/first.atom');
			assert.equal(origin.asked.length, 2, JSON.stringify(headers));
		}
		assert.deepEqual(await edge.kept(), []);
	});

	it('feed_42_what_is_not_there_is_not_kept', async () => {
		origin.answer = (request, response) => response.writeHead(404, { 'Cache-Control': 'no-store' }).end('none');
		for (let i = 0; i < 20; i++) {
			assert.equal((await get(`/feed/none-${i}.atom`, { 'If-None-Match': '*' })).status, 404);
		}
		assert.deepEqual(await edge.kept(), []);
	});

	it('feed_27_archives_are_kept_until_nobody_wants_them_and_old_addresses_lead_on', async () => {
		origin.answer = (request, response) => (request.url.endsWith('1-1.atom')
			? response.writeHead(302, { Location: '/feed/all/archive/1-2.atom', 'Cache-Control': 'public, max-age=60' }).end()
			: response.writeHead(200, { 'Cache-Control': 'public, max-age=31536000, immutable', ETag: '"1"' }).end('archive'));
		const times = (archive) => origin.asked.filter((one) => one.path.includes(archive)).length;
		for (const clock of [0, 3600, 86400]) {
			// Answers are forgotten after two minutes, copies are not.
			await copies(clock === 0 ? 0 : 1);
			await edge.end();
			await rm(edge.folderOfAnswers, { recursive: true });
			await edge.start();
			await edge.moveClock(clock);
			const answer = await get('/feed/all/archive/1-2.atom');
			assert.equal(answer.text, 'archive');
			assert.match(answer.headers['cache-control'], /immutable/);
		}
		assert.equal(times('1-2'), 1);
		for (let i = 0; i < 3; i++) {
			const answer = await get('/feed/all/archive/1-1.atom');
			assert.equal(answer.status, 302);
			assert.equal(answer.headers.location, '/feed/all/archive/1-2.atom');
		}
		assert.equal(times('1-1'), 1);
	});

	it('serves_below_a_path_too', async () => {
		await edge.stop();
		edge = await startEdge(origin, { root: '/crew' });
		origin.asked.length = 0;
		for (let i = 0; i < 2; i++) {
			assert.equal((await get('/crew/feed/all.atom')).status, 200);
			assert.equal((await get('/crew/feed/all.atom', { 'If-None-Match': '"x"' })).status, 200);
			assert.equal((await get(`/crew/feed/private/${secret}.atom`)).status, 200);
		}
		assert.equal((await get()).status, 404, 'outside of it there is nothing');
		assert.deepEqual(origin.asked.map((one) => one.path).sort(), ['/crew/feed/all.atom',
			'/crew/feed/all.atom', ...Array(2).fill(`/crew/feed/private/${secret}.atom`)]);
		assert.ok(!(await edge.written()).includes(secret));
	});

	it('feed_33_an_origin_that_fails_or_hangs_does_not_silence_a_feed', async () => {
		await get();
		await get(feed, { 'Accept-Encoding': 'gzip' });
		let clock = 0;
		for (const status of [500, 502, 503, 504, 429, 'cut', 'never']) {
			origin.answer = (request, response) => {
				if (status === 'cut') {
					request.socket.destroy();
				} else if (status !== 'never') {
					response.writeHead(status, { 'Cache-Control': 'no-store' }).end('trouble');
				}
			};
			clock += 300;
			await edge.moveClock(clock);
			const began = performance.now();
			const [whole, none] = await Promise.all([get(), get(feed, { 'If-None-Match': '"0123456789abcdef0123456789abcdef"' })]);
			assert.equal(whole.status, 200, String(status));
			assert.equal(whole.text, 'a feed...');
			assert.equal(none.status, 304, String(status));
			assert.ok(performance.now() - began < 15000, `${status} took ${performance.now() - began} ms`);
		}
	});
});

describe('edge: an origin with a certificate', { timeout: 60000 }, () => {
	it('is_believed_only_with_a_certificate_of_its_name', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'groundcrew-edge-ca-'));
		try {
			const authority = await new Authority(folder, 'authority').make();
			const good = await authority.certify('good', 'DNS:localhost');
			const other = await authority.certify('other', 'DNS:other.example');
			for (const [certificate, status, page] of [[good, 200, 200], [other, 503, 502]]) {
				const origin = await new Origin(generous).start(certificate.pem);
				const edge = await startEdge(origin, { scheme: 'https', authorities: authority.file });
				assert.equal((await exchange(edge, { path: feed })).status, status);
				assert.equal((await exchange(edge, { path: '/' })).status, page);
				await edge.stop();
				await origin.stop();
			}
		} finally {
			await rm(folder, { recursive: true });
		}
	});
});

describe('edge: limits', { timeout: 60000 }, () => {
	let stack;
	let edge;

	before(async () => {
		stack = await startStack({ limits: true, courier: false, environment: { EDGES: '127.0.0.1' } });
		edge = await startEdge(stack);
	});
	after(async () => {
		await edge?.stop();
		await stack?.stop();
	});

	// From one of this machine's many addresses.
	const from = (localAddress, port, headers = {}) => new Promise((resolve, reject) => {
		http.get({ host: '127.0.0.1', port, path: '/', localAddress,
			headers: { Host: 'localhost', ...headers } }, (message) => {
			message.resume();
			message.on('end', () => resolve(message.statusCode));
		}).on('error', reject);
	});
	const manyFrom = (...words) => Promise.all(Array.from({ length: 150 }, () => from(...words)));

	it('the_origin_counts_readers_behind_the_edge_one_by_one', async () => {
		assert.ok((await manyFrom('127.0.0.2', edge.port)).includes(429), 'too many from one');
		assert.equal(await from('127.0.0.3', edge.port), 200, 'another is not held to it');
	});

	it('nobody_else_is_believed_when_saying_who_asks', async () => {
		let i = 0;
		const statuses = await Promise.all(Array.from({ length: 150 }, () =>
			from('127.0.0.9', stack.port, { 'X-Forwarded-For': `192.0.2.${i++}` })));
		assert.ok(statuses.includes(429));
	});
});
