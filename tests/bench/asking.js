// Whether time tells who has an account (safety 18): asking for a link to a
// known address and to one nobody has, by turns.
import { exchange } from '../integration/client.js';
import { freshAddress } from '../integration/people.js';
import { startStack } from '../integration/stack.js';
import { ok } from '../integration/steps.js';
import { median, ratios, row, say } from './measure.js';

const turns = 300;

// Milliseconds of one POST, on a connection of its own as everybody's.
async function asker(stack, email) {
	const person = stack.person();
	const form = ok(await person.visit('/cohort/sign-in')).form('email');
	const body = new URLSearchParams(form.fill({ email }).entries()).toString();
	const headers = { Cookie: person.cookies.header('/'),
		'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) };
	person.leave();
	return async () => {
		// Five an hour are too many for one address.
		await stack.write('DELETE FROM mail_request');
		const began = performance.now();
		const answer = await exchange(stack, { method: 'POST', path: '/cohort/sign-in', headers, body });
		const took = performance.now() - began;
		if (answer.status !== 303) {
			throw new Error(`/cohort/sign-in answers ${answer.status}`);
		}
		return took;
	};
}

export async function asking() {
	const stack = await startStack({ courier: false });
	try {
		const known = freshAddress('known');
		await stack.crewctl('admin', known);
		const took = await ratios(turns, await asker(stack, known), await asker(stack, freshAddress('nobody')));
		const apart = Math.abs(median(took.first) - median(took.second));
		say(`asking for a link: ${median(took.first).toFixed(3)} ms if the address is known,`
			+ ` ${median(took.second).toFixed(3)} ms if it is not (medians of ${turns})`);
		return row('asking for a link, known to unknown address, ms apart', [apart], 1, { least: false });
	} finally {
		await stack.stop();
	}
}
