// What a change costs that many entries show: each is made often in one
// transaction, which is taken back, in a database of 100,000 activities and in
// one of 1,000. Both have the same cohorts and feeds.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startStack } from '../integration/stack.js';
import { pairs } from './bench.js';
import { community } from './community.js';
import { ratios, row } from './measure.js';

const execFileText = promisify(execFile);
// Feeds of a short community have no archives yet, those of a long one have: a
// few more rows, but not one for each archive.
const bar = 3;

// Milliseconds of one, by sqlite3's own clock.
function sample(stack, statement, times) {
	return async () => {
		const { stdout } = await execFileText('sqlite3', ['-bail', '-cmd', '.timeout 5000', stack.database,
			'PRAGMA foreign_keys=ON; BEGIN IMMEDIATE; CREATE TEMP TABLE clock AS SELECT julianday(\'now\') AS began;'
			+ `${statement};`.repeat(times)
			+ 'SELECT (julianday(\'now\') - began) * 86400000 FROM clock; ROLLBACK;']);
		return Number(stdout) / times;
	};
}

export async function changes() {
	const [long, short] = [await startStack({ sample: true, courier: false }),
		await startStack({ sample: true, courier: false })];
	let good = true;
	try {
		await community(long.database, 100000, { bulk: true });
		await community(short.database, 1000, { bulk: false });
		for (const [name, statement] of [
			['a name shown in 100 cohorts changed', `UPDATE person SET show_public_name = 1, public_name = 'Name '
				|| hex(randomblob(4)) WHERE id = (SELECT person_id FROM member
				JOIN cohort ON cohort.id = cohort_id WHERE slug = 'bench-0')`],
			['the oldest highlight changed', `UPDATE highlight SET body = body || '.', updated_at = updated_at + 1
				WHERE key = 'bench00000000'`],
		]) {
			const numbers = await ratios(pairs, sample(long, statement, 50), sample(short, statement, 50));
			good = row(`${name}, 100,000 activities to 1,000`, numbers, bar, { least: false }) && good;
		}
		return good;
	} finally {
		await long.stop();
		await short.stop();
	}
}
