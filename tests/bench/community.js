// A community of any length, written into a stack's database: cohorts with
// groups, and highlights by turns, a second apart, until the feed of everything
// holds so many activities.
//
// What the sample programme tells is moved back in time, so that nothing is of
// the future. Triggers number an activity in 60 µs; a million are written in
// bulk, with the numbers they would have given: proveBulk() compares.
import { execFile, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';

const execFileText = promisify(execFile);
const cohorts = 100;
const groups = 4;

async function run(database, script) {
	const child = spawn('sqlite3', ['-bail', '-cmd', '.timeout 5000', database],
		{ stdio: ['pipe', 'ignore', 'inherit'] });
	child.stdin.end(script);
	const status = await new Promise((done) => child.on('exit', done));
	if (status !== 0) {
		throw new Error(`no community was made: sqlite3 ended with ${status}`);
	}
}

async function query(database, statement) {
	const { stdout } = await execFileText('sqlite3', ['-readonly', '-bail', '-cmd', '.timeout 5000',
		database, statement], { maxBuffer: 256 << 20 });
	return stdout.trim();
}

async function columns(database, table, ...without) {
	const names = await query(database, `SELECT name FROM pragma_table_info('${table}')`);
	return names.split('\n').filter((name) => !without.includes(name)).join(', ');
}

// The statements, with triggers taken away as long as they run.
async function without(database, triggers, statements) {
	const put = await query(database, `SELECT sql || ';' FROM sqlite_schema WHERE type = 'trigger'
		AND name IN (${triggers.map((name) => `'${name}'`).join(', ')})`);
	return [...triggers.map((name) => `DROP TRIGGER ${name};`), statements, put].join('\n');
}

const back = (seconds) => `
	UPDATE activity SET published_at = published_at - ${seconds}, updated_at = updated_at - ${seconds},
		withdrawn_at = withdrawn_at - ${seconds}, tombstoned_at = tombstoned_at - ${seconds};
	UPDATE feed SET updated_at = updated_at - ${seconds}, modified_at = modified_at - ${seconds};`;

// Cohorts bench-0, bench-1, …, each with its groups, a stand-up of each, and
// one navigator; what they tell first; and whose turn it is to tell a
// highlight.
const places = (cohort, group) => `
	CREATE TEMP TABLE series AS WITH RECURSIVE n(i) AS
		(SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${cohorts - 1}) SELECT i FROM n;
	INSERT INTO cohort (slug, name, feed_key, ${cohort})
		SELECT 'bench-' || i, 'Bench ' || i, 'bench' || i, ${cohort}
		FROM series, (SELECT * FROM cohort WHERE published_at IS NOT NULL ORDER BY id LIMIT 1) ORDER BY i;
	CREATE TEMP TABLE made AS
		SELECT id, CAST(substr(slug, 7) AS INTEGER) AS i FROM cohort WHERE slug GLOB 'bench-*';
	INSERT INTO project (cohort_id, name) SELECT id, 'Django' FROM made ORDER BY id;
	INSERT INTO mentoring_group (slug, name, cohort_id, project_id, ${group})
		SELECT 'group-' || i, 'Group ' || i, cohort_id, project_id, ${group}
		FROM (SELECT made.id AS cohort_id, project.id AS project_id, series.i
			FROM made JOIN project ON project.cohort_id = made.id JOIN series ON series.i < ${groups}),
			(SELECT ${group} FROM mentoring_group ORDER BY id LIMIT 1) ORDER BY cohort_id, i;
	INSERT INTO member (cohort_id, person_id, role, joined_at)
		SELECT made.id, person_id, 'navigator', 1 FROM made, (SELECT person_id FROM member
			WHERE role = 'navigator' AND left_at IS NULL ORDER BY id LIMIT 1);
	INSERT INTO standup (group_id, week, starts_at, closes_at)
		SELECT mentoring_group.id, 1, 1, 2 FROM mentoring_group JOIN made ON made.id = cohort_id;
	INSERT INTO activity (key, kind, cohort_id, published_at, updated_at)
		SELECT printf('%026d', i), 'cohort_opened', id, time, time
		FROM made, (SELECT max(modified_at) AS time FROM feed) ORDER BY id;
	INSERT INTO activity (key, kind, cohort_id, published_at, updated_at)
		SELECT printf('%026d', i + ${cohorts}), 'groups_formed', id, time, time
		FROM made, (SELECT max(modified_at) AS time FROM feed) ORDER BY id;
	CREATE TEMP TABLE place (i INTEGER PRIMARY KEY, cohort_id, group_id, standup_id, member_id);
	INSERT INTO place SELECT CAST(substr(mentoring_group.slug, 7) AS INTEGER) * ${cohorts} + made.i,
			made.id, mentoring_group.id, standup.id, member.id
		FROM made JOIN mentoring_group ON mentoring_group.cohort_id = made.id
		JOIN standup ON standup.group_id = mentoring_group.id
		JOIN member ON member.cohort_id = made.id;`;

// start: where their numbers and their time begin; turn: one row a highlight.
const highlights = (activities) => `
	CREATE TEMP TABLE start AS SELECT max(id) + 1 AS activity_id,
		(SELECT max(id) + 1 FROM highlight) AS highlight_id,
		(SELECT max(modified_at) + 1 FROM feed) AS time, ${activities} - count(*) AS count FROM activity;
	CREATE TEMP TABLE turn (i INTEGER PRIMARY KEY);
	INSERT INTO turn WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL
		SELECT i + 1 FROM n WHERE i < (SELECT count - 1 FROM start)) SELECT i FROM n;
	INSERT INTO highlight (id, key, standup_id, member_id, title, body, published_at, updated_at)
		SELECT highlight_id + turn.i, printf('bench%08d', turn.i), standup_id, member_id,
			'Highlight ' || turn.i, body, time + turn.i, time + turn.i
		FROM start, (SELECT body FROM highlight WHERE withdrawn_at IS NULL ORDER BY id DESC LIMIT 1)
		CROSS JOIN turn JOIN place ON place.i = turn.i % ${cohorts * groups} ORDER BY turn.i;
	INSERT INTO activity (id, key, kind, cohort_id, highlight_id, published_at, updated_at)
		SELECT activity_id + turn.i, printf('bench%021d', turn.i), 'highlight', cohort_id,
			highlight_id + turn.i, time + turn.i, time + turn.i
		FROM start CROSS JOIN turn JOIN place ON place.i = turn.i % ${cohorts * groups} ORDER BY turn.i;`;

// What the triggers do with them, in the order in which feed_entry lies.
const numbers = `
	CREATE TEMP TABLE carrier (feed_id INTEGER PRIMARY KEY, entries, first, step, grows);
	INSERT INTO carrier (feed_id, entries, first, step)
		SELECT id, entries, 0, 1 FROM feed WHERE scope = 'all' OR kind = 'highlights'
		UNION ALL SELECT feed.id, entries, made.i, ${cohorts} FROM made JOIN feed ON feed.cohort_id = made.id
		UNION ALL SELECT feed.id, entries, place.i, ${cohorts * groups} FROM place
			JOIN feed ON feed.group_id = place.group_id;
	UPDATE carrier SET grows = (SELECT (count - 1 - first) / step + 1 FROM start);
	INSERT INTO feed_entry (feed_id, position, activity_id)
		SELECT feed_id, entries + turn.i + 1, activity_id + first + turn.i * step
		FROM start CROSS JOIN carrier CROSS JOIN turn ON turn.i < grows;
	INSERT INTO feed_cohort (cohort_id, feed_id, first)
		SELECT made.id, feed.id, feed.entries + made.i + 1 FROM made JOIN feed ON feed.kind = 'highlights';
	UPDATE feed SET entries = feed.entries + grows, revision = revision + grows,
			updated_at = time + first + (grows - 1) * step, modified_at = time + first + (grows - 1) * step
		FROM carrier, start WHERE feed_id = feed.id;`;

// Writes it; { bulk } says how.
export async function community(database, activities, { bulk }) {
	const cohort = await columns(database, 'cohort', 'id', 'slug', 'name', 'feed_key');
	const group = await columns(database, 'mentoring_group', 'id', 'slug', 'name', 'cohort_id', 'project_id');
	const told = highlights(activities);
	await run(database, ['PRAGMA foreign_keys=ON; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;',
		'PRAGMA temp_store=MEMORY; BEGIN IMMEDIATE;',
		await without(database, ['activity_keeps_its_identity', 'feed_sees_changed_activity'], back(activities)),
		places(cohort, group),
		bulk ? await without(database, ['feed_sees_new_activity'], told + numbers) : told,
		'COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);'].join('\n'));
	const made = await query(database, 'SELECT entries FROM feed WHERE scope = \'all\'');
	if (Number(made) !== activities) {
		throw new Error(`the feed of everything has ${made} entries instead of ${activities}`);
	}
}

// Ends the bench where the two ways differ. The database stays as it was.
export async function proveBulk(database, activities) {
	const copies = [`${database}.bulk`, `${database}.triggers`];
	const told = [];
	for (const [index, copy] of copies.entries()) {
		await execFileText('sqlite3', [database, `VACUUM INTO '${copy}'`]);
		await community(copy, activities, { bulk: index === 0 });
		told.push(await query(copy, `SELECT id, scope, kind, cohort_id, group_id, entries, revision, changes,
				updated_at, modified_at FROM feed ORDER BY id;
			SELECT * FROM feed_entry ORDER BY feed_id, position;
			SELECT * FROM feed_cohort ORDER BY cohort_id, feed_id;
			SELECT * FROM feed_generation ORDER BY feed_id, number;
			SELECT id, kind, cohort_id, highlight_id, published_at, updated_at FROM activity ORDER BY id;`));
		await rm(copy);
	}
	if (told[0] !== told[1]) {
		throw new Error('what is written in bulk is not what the triggers would have written');
	}
}
