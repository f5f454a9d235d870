// make bench: what requests cost beside the least any program on this machine
// could cost, and how that grows. Prints a row a ratio, name TAB measured TAB
// bar TAB ok|short, and ends with 1 when a bar is missed.
//
//   ROWS='reading walk'  only these parts of it
//   PAIRS=21             interleaved pairs of measurements a row, 15 at least
//
// Everything runs on 127.0.0.1 under conf/run, with nginx's request limits
// off; what is compared with sits behind the same nginx.
import { asking } from './asking.js';
import { bareMail, compile, pairs, sink } from './bench.js';
import { changes } from './changes.js';
import { django } from './django.js';
import { first, walk } from './history.js';
import { mailing } from './mailing.js';
import { say } from './measure.js';
import { requests } from './requests.js';
import { rounds } from './round.js';
import { steady } from './steady.js';

const together = ['reading', 'writing', 'memory'];
const parts = { first, walk, changes, django, steady, asking, rounds, mailing: () => mailing(pairs, { sink, bareMail }) };
const names = [...together, ...Object.keys(parts)];
const wanted = new Set((process.env.ROWS ?? names.join(' ')).split(/[\s,]+/).filter(Boolean));
for (const name of wanted) {
	if (!names.includes(name)) {
		throw new Error(`ROWS is of ${names.join(', ')}; there is no ${name}`);
	}
}

await compile();
let good = true;
if (together.some((name) => wanted.has(name))) {
	good = await requests(wanted);
}
for (const [name, part] of Object.entries(parts)) {
	if (wanted.has(name)) {
		const began = performance.now();
		good = await part() && good;
		say(`${name} took ${((performance.now() - began) / 1000).toFixed(0)} s`);
	}
}
process.exitCode = good ? 0 : 1;
