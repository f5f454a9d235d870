// Every numbered rule of feeds has a test whose name carries its number.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { top } from './stack.js';

const rules = 48;

// feed_34_…, feed_36_37_…, feed_01_to_26_…: the numbers that stand alone; a
// range says less than a test of its own.
function numbers(name) {
	const found = /^((?:feed_|safety_\d\d_)*(?:\d\d_)+)/.exec(name.replace(/_to_\d\d/, ''));
	return found && !/^feed_\d\d_to_\d\d/.test(name)
		? found[1].replace(/safety_\d\d_/g, '').match(/\d\d/g).map(Number) : [];
}

it('every_rule_of_feeds_has_a_test_that_carries_its_number', async () => {
	const seen = new Set();
	for (const folder of ['unit/web', 'unit/model', 'program', 'integration', 'browser']) {
		for (const file of await readdir(join(top, 'tests', folder))) {
			if (/_test\.c$|\.test\.js$/.test(file)) {
				const text = await readFile(join(top, 'tests', folder, file), 'utf8');
				for (const [name] of text.matchAll(/\bfeed_\d\d_[a-z0-9_]+/g)) {
					numbers(name).forEach((number) => seen.add(number));
				}
			}
		}
	}
	const missing = Array.from({ length: rules }, (_, i) => i + 1).filter((rule) => !seen.has(rule));
	assert.deepEqual(missing, []);
});
