// Interleaved pairs, medians, and the interval that says whether a bar is
// missed or only noise lies between.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execFileText = promisify(execFile);

export function median(numbers) {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

// The 90 % interval of a median by order statistics: no assumption about how
// the numbers are spread. The narrowest pair of ranks that covers 90 %.
export function interval(numbers) {
	const sorted = [...numbers].sort((a, b) => a - b);
	const count = sorted.length;
	const chance = [2 ** -count];
	for (let k = 1; k <= count; k++) {
		chance[k] = chance[k - 1] * (count - k + 1) / k;
	}
	let low = 0;
	let outside = 2 * chance[0];
	while (low + 1 < count / 2 && outside + 2 * chance[low + 1] <= 0.10) {
		low += 1;
		outside += 2 * chance[low];
	}
	return [sorted[low], sorted[count - 1 - low]];
}

// pairs times a and b, one after the other, first one way, then the other;
// what comes back are the ratios a / b, and beside them what they are made of.
export async function ratios(pairs, a, b) {
	const out = [];
	out.first = [];
	out.second = [];
	for (let pair = 0; pair < pairs; pair++) {
		let first;
		let second;
		if (pair % 2 === 0) {
			first = await a();
			second = await b();
		} else {
			second = await b();
			first = await a();
		}
		out.first.push(first);
		out.second.push(second);
		out.push(first / second);
	}
	return out;
}

// Requests a second of one kind of request, or of several by turns; every
// answer must have a status that was expected.
export async function rate(load, port, file, { connections, requests, expect }) {
	const { stdout } = await execFileText(load, [String(port), String(connections),
		String(requests), file], { timeout: 300000 });
	const [seconds, , ...statuses] = stdout.trim().split('\t');
	const odd = statuses.filter((one) => ![expect].flat().includes(Number(one.split('=')[0])));
	if (odd.length > 0) {
		throw new Error(`${file}: expected only ${expect}, got ${statuses.join(' ')}`);
	}
	return requests / Number(seconds);
}

// name TAB measured TAB bar TAB ok|short; least: the bar is a floor.
export function row(name, numbers, bar, { least }) {
	const measured = median(numbers);
	const [low, high] = numbers.length > 1 ? interval(numbers) : [measured, measured];
	const short = least ? high < bar : low > bar;
	const places = bar < 10 ? 2 : 1;
	process.stdout.write(`${name}\t${measured.toFixed(places)}\t${bar.toFixed(places)}\t${short ? 'short' : 'ok'}\n`);
	if (numbers.length > 1) {
		say(`  ${numbers.length} pairs, 90 % interval ${low.toFixed(3)} to ${high.toFixed(3)};`
			+ ` medians ${median(numbers.first).toPrecision(4)} to ${median(numbers.second).toPrecision(4)}`);
	}
	return !short;
}

// What goes beside the rows; never a TAB in it.
export function say(words) {
	process.stdout.write(`# ${words}\n`);
}
