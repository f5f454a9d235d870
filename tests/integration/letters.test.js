// Every kind of mail as it leaves (tests/data/mail): its HTML is valid, loads
// nothing, runs nothing, and both parts lead to the same places.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Mail } from './mail.js';
import { top } from './stack.js';
import { faultsOf } from './validate.js';

const folder = join(top, 'tests/data/mail');
const files = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();

const addresses = (html) => [...html.matchAll(/<a href="([^"]*)"/g)]
	.map(([, address]) => address.replaceAll('&amp;', '&'));

describe('mails of every kind', () => {
	for (const file of files) {
		it(file, async () => {
			const mail = new Mail(file, await readFile(join(folder, file)));

			assert.deepEqual(mail.parts.map((part) => part.type), ['text/plain', 'text/html']);
			assert.deepEqual(await faultsOf({ path: file, source: mail.html }), []);
			assert.doesNotMatch(mail.html, /<(script|style|link|img|iframe|form|object)\b/i);
			assert.doesNotMatch(mail.html, /\s(src|style|on\w+)=/i);
			assert.deepEqual(addresses(mail.html).sort(), [...mail.links].sort());
			assert.equal(mail.header('auto-submitted'), 'auto-generated');
			assert.equal(mail.header('list-unsubscribe') !== undefined,
				mail.links.some((link) => link.includes('/cohort/stop/')));
		});
	}
});
