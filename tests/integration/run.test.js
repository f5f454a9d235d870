// conf/run, which is `make run`: start, second start, two copies, the end.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { exchange } from './client.js';
import { processesOf, startStack } from './stack.js';
import { ok } from './steps.js';

describe('make run', { timeout: 200000 }, () => {
	it('prints one link a role, each of which signs that role in', async () => {
		const stack = await startStack({ sample: true, limits: true });
		try {
			assert.deepEqual(Object.keys(stack.links).sort(),
				['captain', 'djangonaut', 'navigator', 'organiser']);
			for (const [role, link] of Object.entries(stack.links)) {
				const person = stack.person();
				const page = ok(await person.open(link), role);
				const inside = ok(await page.form(/\/cohort\/enter\//).submit(), role);
				assert.ok(inside.hasForm(/sign-out/), `${role}: ${inside.describe()}`);
			}
		} finally {
			await stack.stop();
		}
	});

	it('Ctrl-C stops all of it and leaves no process', async () => {
		const stack = await startStack({ sample: true });
		const before = await stack.processes();
		assert.ok(before.length >= 4 * 2 + 3, 'four programs with two workers, nginx, courier');
		stack.signal('SIGINT', { group: true });
		await stack.stopped;
		assert.deepEqual((await stack.processes()).map((one) => one.command), []);
		await stack.stop();
	});

	it('ended by SIGKILL it leaves no process either', async () => {
		const stack = await startStack({ sample: true });
		await stack.stop({ signal: 'SIGKILL' });
	});

	it('a second start keeps the data', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'groundcrew-'));
		try {
			const first = await startStack({ sample: true, folder });
			await first.write('UPDATE programme SET tagline = \'Kept across starts\'');
			const people = await first.value('SELECT count(*) FROM person');
			await first.stop();
			const second = await startStack({ sample: true, folder });
			try {
				assert.equal(await second.value('SELECT tagline FROM programme'), 'Kept across starts');
				assert.equal(await second.value('SELECT count(*) FROM person'), people);
			} finally {
				await second.stop();
			}
		} finally {
			await rm(folder, { recursive: true });
		}
	});

	it('a second copy runs beside it: another port, folder and path, another cookie', async () => {
		const one = await startStack({ sample: true });
		let two = null;
		try {
			two = await startStack({ sample: true, base: '/crew' });
			const enter = async (stack) => {
				const person = stack.person();
				const page = await person.open(stack.links.navigator);
				ok(await page.form(/\/cohort\/enter\//).submit());
				return person;
			};
			const [a, b] = [await enter(one), await enter(two)];
			// One browser keeps the cookies of both ports in one jar.
			const names = (person) => person.cookies.lines.map((line) => line.split('=')[0]);
			assert.deepEqual(names(a).filter((name) => names(b).includes(name)), []);
			const both = `${a.cookies.header('/crew/')}; ${b.cookies.header('/crew/')}`;
			for (const stack of [one, two]) {
				const answer = await exchange(stack, { path: `${stack.root}/cohort/me`,
					headers: { Cookie: both } });
				assert.equal(answer.status, 200, stack.base);
			}
			await one.stop();
			assert.equal((await exchange(two, { path: '/crew/' })).status, 200, 'the other goes on');
		} finally {
			await one.stop();
			await two?.stop();
		}
		assert.deepEqual(await processesOf(two.folder), []);
	});
});
