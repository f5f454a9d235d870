// Every page there is, as the markup it is: html-validate, one heading that
// says where one is, the full set of headers, nothing from another host.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { exchange } from './client.js';
import { freshAddress } from './people.js';
import { startStack, top } from './stack.js';
import { applicationForm, apply, ok, openCohort } from './steps.js';
import { faultsOf } from './validate.js';

const policy = 'default-src \'none\'; script-src \'self\'; style-src \'self\'; img-src \'self\'; '
	+ 'connect-src \'self\'; form-action \'self\'; base-uri \'none\'; frame-ancestors \'none\'';

function checkHeaders(answer, what, { open = false } = {}) {
	const { headers } = answer;
	assert.equal(headers['content-security-policy'], policy, what);
	assert.equal(headers['x-content-type-options'], 'nosniff', what);
	assert.match(headers['referrer-policy'] ?? '', /^(same-origin|no-referrer)$/, what);
	assert.equal(headers['cross-origin-opener-policy'], 'same-origin', what);
	assert.equal(headers['cross-origin-resource-policy'], open ? 'cross-origin' : 'same-origin', what);
	assert.match(headers['permissions-policy'] ?? '', /camera=\(\)/, what);
	assert.equal(headers['strict-transport-security'], undefined, `${what}: HSTS is for https`);
	const names = answer.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
	const twice = names.filter((name, index) => names.indexOf(name) !== index && name !== 'set-cookie');
	assert.deepEqual(twice, [], `${what}: a header twice`);
}

for (const base of ['', '/crew']) {
	describe(`pages under ${base || '/'}`, { timeout: 300000 }, () => {
		let stack;

		before(async () => {
			stack = await startStack({ sample: true, base });
		});
		after(async () => stack?.stop());

		it('every page reachable by links, for each role, is valid and complete', async () => {
			const shapes = new Map();
			for (const [role, link] of [['stranger', null], ...Object.entries(stack.links)]) {
				const person = stack.person();
				if (link) {
					const entering = ok(await person.open(link));
					assert.deepEqual(await faultsOf(entering), []);
					ok(await entering.form(/\/cohort\/enter\//).submit());
				}
				const seen = new Set();
				const wanted = ['/', '/apply/', '/cohort/', '/standup/', '/feed/', '/cohort/sign-in', '/cohort/me']
					.map((path) => base + path);
				while (wanted.length > 0) {
					const path = wanted.shift();
					if (seen.has(path)) {
						continue;
					}
					seen.add(path);
					const page = await person.open(path);
					assert.equal(page.status, 200, `${role}: ${path}`);
					if (!/html/.test(page.headers['content-type'])) {
						continue;
					}
					assert.ok(page.path.startsWith(`${base}/`), `${page.path} is under ${base}`);
					checkHeaders(page.answer, `${role}: ${path}`, { open: page.path.startsWith(`${base}/feed/`) });
					assert.deepEqual(await faultsOf(page), [], `${role}: ${path}`);
					assert.equal(page.document.all('h1').length, 1, `${path}: one h1`);
					assert.match(page.title, /\S.*( – |: )\S/, path);
					assert.ok(page.document.find('html').get('lang'), path);
					assert.ok(page.source.length < 256 * 1024, `${path}: ${page.source.length} bytes`);
					assert.doesNotMatch(page.source, /\{\{|\}\}|\(null\)|AUTOESCAPE/, path);
					for (const element of page.document.all('script, link, img', {})) {
						const from = element.get('src') ?? element.get('href');
						if (from && element.get('rel') !== 'license') {
							assert.equal(new URL(from, page.url).origin, stack.origin, `${path}: ${from}`);
							shapes.set(new URL(from, page.url).pathname, path);
						}
					}
					const ids = page.document.all('*').map((one) => one.get('id')).filter(Boolean);
					for (const a of page.document.all('a', { href: /^#./ })) {
						assert.ok(ids.includes(a.get('href').slice(1)), `${path}: ${a.get('href')}`);
					}
					wanted.push(...page.links().filter((one) => !one.includes('/sign-out')));
				}
				assert.ok(seen.size > 8, `${role} saw ${seen.size} pages`);
			}
			for (const [path, from] of shapes) {
				const answer = await exchange(stack, { path });
				assert.equal(answer.status, 200, `${path}, used by ${from}`);
			}
		});

		it('a form with mistakes and the thank-you page are valid, too', async () => {
			const slug = await openCohort(stack);
			const person = stack.person();
			const form = await applicationForm(person, slug);
			const empty = await form.submit();
			assert.equal(empty.status, 422);
			assert.deepEqual(await faultsOf(empty), []);
			checkHeaders(empty.answer, '422');
			const summary = empty.document.all('a', { href: /^#/ }).map((a) => a.get('href').slice(1));
			const wrong = empty.document.all('*', { 'aria-invalid': 'true' });
			assert.ok(wrong.length >= 5, empty.describe());
			for (const control of wrong) {
				const error = empty.document.byId(`${control.get('id')}-error`);
				assert.ok(error, `${control.get('id')} has its message`);
				assert.ok(control.get('aria-describedby').includes(error.get('id')));
				assert.ok(summary.includes(control.get('id')), `${control.get('id')} is in the summary`);
			}
			const thanks = await apply(person, slug, 'Spica', freshAddress('spica'));
			assert.deepEqual(await faultsOf(ok(thanks)), []);
			assert.equal(thanks.headers['referrer-policy'], 'no-referrer');
		});

		it('script and style as they are sent weigh no more than 30 kB together', async () => {
			const page = await stack.person().visit('/');
			const files = [page.document.find('link', { rel: 'stylesheet' }).get('href'),
				page.document.find('script', { src: /./ }).get('src')];
			let bytes = 0;
			for (const file of files) {
				const url = new URL(file, page.url);
				const answer = await exchange(stack, { path: url.pathname + url.search });
				assert.equal(answer.status, 200, file);
				assert.match(answer.headers['cache-control'], /immutable/, file);
				const source = await readFile(join(top, 'www', url.pathname.slice(stack.root.length)));
				assert.ok(answer.body.length < source.length, `${file} is sent without its comments`);
				bytes += answer.body.length;
			}
			assert.ok(bytes <= 30000, `${bytes} bytes`);
		});
	});
}

describe('errors', { timeout: 200000 }, () => {
	it('safety_40_the_full_header_set_on_200_403_404_405_413_429_502', async () => {
		const stack = await startStack({ sample: true, limits: true });
		try {
			const slug = await openCohort(stack);
			const seen = new Map();
			const look = async (answer) => {
				if (!seen.has(answer.status)) {
					seen.set(answer.status, answer);
				}
			};
			await look(await exchange(stack, { path: '/' }));
			await look(await exchange(stack, { path: '/static/none' }));
			await look(await exchange(stack, { method: 'PUT', path: '/' }));
			await look(await exchange(stack, { method: 'POST', path: '/cohort/sign-in', body: 'x'.repeat(70000),
				headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }));
			await look(await exchange(stack, { method: 'POST', path: `/apply/${slug}`, body: 'name=x',
				headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'https://evil.example' } }));
			for (let i = 0; i < 20 && !seen.has(429); i++) {
				await look(await exchange(stack, { method: 'POST', path: '/cohort/sign-in', body: 'email=x',
					headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }));
			}
			const statuses = [...seen.keys()];
			for (const status of [200, 403, 404, 405, 413, 429]) {
				assert.ok(statuses.includes(status), `${status} among ${statuses}`);
			}
			for (const [status, answer] of seen) {
				checkHeaders(answer, String(status));
				const page = { source: answer.text, path: `${status}` };
				assert.deepEqual(await faultsOf(page), [], `${status}`);
				if (status >= 400) {
					assert.match(answer.headers['cache-control'], /no-store/, String(status));
				}
			}
		} finally {
			await stack.stop();
		}
	});
});
