// Waiting for a condition, never for a time: polled, with a deadline, and a
// failure that names what was waited for. An error with `final` set ends the
// wait at once.
import { setTimeout as later } from 'node:timers/promises';

export async function until(what, condition, { seconds = 10, every = 20 } = {}) {
	const deadline = performance.now() + seconds * 1000;
	let problem = null;
	for (;;) {
		try {
			const value = await condition();
			if (value) {
				return value;
			}
			problem = null;
		} catch (error) {
			problem = error;
		}
		if (problem?.final || performance.now() >= deadline) {
			throw new Error(`waited ${seconds} s for ${what}`
				+ (problem ? `: ${problem.message}` : ''), { cause: problem });
		}
		await later(every);
	}
}
