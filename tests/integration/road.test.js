// The whole road over real nginx without JavaScript, as curl would walk it:
// at the root and once under a path.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Road, steps } from './road.js';
import { startStack } from './stack.js';
import { faultsOf } from './validate.js';

// Every page on the way is valid, the refusals and the spent ones, too.
async function look(page) {
	if (/html/.test(page.headers['content-type'])) {
		assert.deepEqual(await faultsOf(page), []);
	}
}

for (const base of ['', '/crew']) {
	describe(`the whole road under ${base || '/'}`, { timeout: 200000 }, () => {
		let stack;
		let road;
		let lost = false;

		before(async () => {
			stack = await startStack({ base });
			road = new Road(stack, { slug: 'orion-2027',
				arrive: async (name) => stack.person({ name, look }) });
		});
		after(async () => stack?.stop());

		for (const [name, method] of steps) {
			it(name, async (t) => {
				if (lost) {
					t.skip('the road broke before');
					return;
				}
				lost = true;
				await road[method]();
				lost = false;
			});
		}
	});
}
