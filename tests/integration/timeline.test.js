// JSON Feed and the pages, through nginx, beside the Atom documents: every feed
// of the sample programme.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { exchange } from './client.js';
import { checkAtom } from './feed.js';
import { startStack } from './stack.js';

describe('JSON Feed and timelines', { timeout: 300000 }, () => {
	let stack;
	let feeds;

	before(async () => {
		stack = await startStack({ sample: true });
		feeds = (await stack.rows(`SELECT scope, feed.kind, coalesce(cohort.slug, home.slug) AS cohort,
				mentoring_group.slug AS "group"
			FROM feed LEFT JOIN cohort ON cohort.id = feed.cohort_id
			LEFT JOIN mentoring_group ON mentoring_group.id = feed.group_id
			LEFT JOIN cohort AS home ON home.id = mentoring_group.cohort_id`))
			.map(({ scope, kind, cohort, group }) => ({ all: '/feed/all', kind: `/feed/kind/${kind}`,
				cohort: `/feed/${cohort}`, group: `/feed/${cohort}/${group}` }[scope]));
		assert.ok(feeds.length >= 8, feeds.join(' '));
	});
	after(async () => stack?.stop());

	const get = (path, headers = {}, method = 'GET') => exchange(stack, { path, headers, method });

	// What the specification says of each member that we send.
	function checkJsonFeed(text, self) {
		const feed = JSON.parse(text);
		const isUrl = (value) => assert.ok(['http:', 'https:'].includes(new URL(value).protocol), value);
		assert.equal(feed.version, 'https://jsonfeed.org/version/1.1');
		assert.match(feed.title, /\S/);
		assert.equal(feed.feed_url, self);
		[feed.home_page_url, feed.icon].forEach(isUrl);
		assert.equal(feed.language, 'en');
		assert.ok(Array.isArray(feed.items) && feed.items.length > 0);
		assert.equal(new Set(feed.items.map((item) => item.id)).size, feed.items.length);
		for (const item of feed.items) {
			assert.equal(typeof item.id, 'string');
			isUrl(item.url);
			assert.equal([item.content_html, item.content_text].filter((one) =>
				typeof one === 'string' && one !== '').length, 1, item.id);
			for (const date of [item.date_published, item.date_modified]) {
				assert.match(date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
				assert.ok(!Number.isNaN(Date.parse(date)) && Date.parse(date) <= Date.now());
			}
			assert.ok(item.authors.length === 1 && /\S/.test(item.authors[0].name));
			assert.ok(item.tags.every((tag) => typeof tag === 'string' && tag !== ''));
			assert.doesNotMatch(item.content_html ?? '', /(?:href|src)="(?!https?:)/);
		}
		return feed;
	}

	it('feed_46_json_feed_has_the_ids_titles_and_dates_of_atom', async () => {
		for (const path of feeds) {
			const atom = checkAtom((await get(`${path}.atom`)).body, { self: `${stack.base}${path}.atom` });
			const answer = await get(`${path}.json`);
			assert.equal(answer.status, 200, path);
			const json = checkJsonFeed(answer.text, `${stack.base}${path}.json`);
			assert.deepEqual(json.items.map(({ id, title, url }) => [id, title, url]),
				atom.entries.map(({ id, title, link }) => [id, title, link]), path);
		}
	});

	it('feed_31_to_39_json_feed_over_http', async () => {
		for (const path of feeds.map((feed) => `${feed}.json`)) {
			const answer = await get(path);
			assert.match(answer.headers['content-type'], /^application\/feed\+json/);
			assert.equal(answer.headers['x-content-type-options'], 'nosniff');
			assert.equal(answer.headers['access-control-allow-origin'], '*');
			assert.match(answer.headers['cache-control'], /public, max-age=60/);
			assert.match(answer.headers.vary, /accept-encoding/i);
			assert.equal(answer.headers['set-cookie'], undefined);
			const { etag } = answer.headers;
			assert.match(etag, /^"[^"]+"$/);
			const again = await get(path, { 'If-None-Match': etag });
			assert.equal(again.status, 304);
			assert.equal(again.body.length, 0);
			const packed = await get(path, { 'Accept-Encoding': 'gzip' });
			assert.equal(packed.headers['content-encoding'], 'gzip');
			assert.deepEqual(gunzipSync(packed.body), answer.body);
			const head = await get(path, {}, 'HEAD');
			assert.equal(head.headers.etag, etag);
		}
	});

	it('feed_48_a_page_shows_the_entries_of_its_feed_in_their_order', async () => {
		const person = stack.person();
		for (const path of feeds) {
			const atom = checkAtom((await get(`${path}.atom`)).body, { self: `${stack.base}${path}.atom` });
			const page = await person.visit(path === '/feed/all' ? '/feed/' : path);
			assert.equal(page.status, 200, path);
			const shown = page.document.all('h3').filter((heading) => heading.closest('article'))
				.map((heading) => heading.text.trim());
			assert.deepEqual(shown, atom.entries.map((entry) => entry.title)
				.filter((title) => title !== 'This highlight was taken back'), path);
			// Where an entry leads to, its words stand.
			const [entry] = atom.entries.filter((one) => /\/highlight\//.test(one.link));
			if (entry) {
				const own = await person.open(entry.link);
				assert.equal(own.status, 200);
				assert.equal(own.document.find('h1').text.trim(), entry.title);
			}
		}
	});
});
