// Many applications at once, by one browser's form sent over and over.
import { randomBytes } from 'node:crypto';
import { exchange } from './client.js';
import { answers, freshAddress } from './people.js';
import { applicationForm } from './steps.js';

// A function that posts one application each time it is called.
export async function applicant(stack, slug) {
	const person = stack.person();
	const form = await applicationForm(person, slug);
	form.complete({ name: 'Vega', email: 'x@example.org', ...answers,
		hours_0_from: ['18:00'], hours_0_to: ['20:00'] });
	const path = new URL(form.action).pathname;
	const headers = { Cookie: person.cookies.header(path),
		'Content-Type': 'application/x-www-form-urlencoded' };
	const entries = form.entries();
	return async () => {
		const email = freshAddress('rush');
		const body = new URLSearchParams(entries.map(([name, value]) =>
			name === 'email' ? [name, email]
				: name === '_key' ? [name, value.slice(0, -8) + randomBytes(4).toString('hex')]
					: [name, value])).toString();
		const answer = await exchange(stack, { method: 'POST', path, body,
			headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
			agent: person.agent });
		return { email, answer };
	};
}

// count calls of work, at most width at once.
export async function many(count, width, work) {
	let left = count;
	const results = [];
	await Promise.all(Array.from({ length: width }, async () => {
		while (left > 0) {
			left -= 1;
			results.push(await work());
		}
	}));
	return results;
}
