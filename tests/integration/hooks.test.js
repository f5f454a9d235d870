// Web hooks against a server that answers as it is told: what is posted, and
// what becomes of a post that is not taken.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from './certificates.js';
import { Hook } from './hook.js';
import { fast, startOffice } from './office.js';

const secret = '/api/webhooks/42/very-secret';

describe('web hooks', { timeout: 100000 }, () => {
	let folder;
	let authority;
	let certificate;
	let office;
	let hook;

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'groundcrew-'));
		authority = await new Authority(folder, 'authority').make();
		certificate = await authority.certify('hook', 'DNS:localhost', 'IP:127.0.0.1');
		office = await startOffice({ settings: { GROUNDCREW_CA: authority.file, GROUNDCREW_HOOK_LOOPBACK: 'yes' } });
	});
	after(async () => {
		await office?.stop();
		await rm(folder, { recursive: true, force: true });
	});
	beforeEach(async () => {
		await office.clear();
		await office.write('DELETE FROM hook');
		hook = await new Hook({ certificate }).start();
	});
	afterEach(async () => hook.stop());

	// Adds a hook and queues count posts for it.
	async function queue(count, { format = 'json', server = hook } = {}) {
		await office.write(`INSERT INTO hook (cohort_id, format, name, link, created_at)
			VALUES (1, '${format}', 'Chat', '${server.url(secret)}', unixepoch());
			INSERT INTO outbox (reason, kind, urgency, cohort_id, recipient, hook_id, parameters, due_at, created_at)
			SELECT 'hook:' || hook.id || ':' || activity.id, 'activity', 3, 1, '', hook.id,
				json_object('activity', CAST(activity.id AS TEXT)), unixepoch(), unixepoch()
			FROM (SELECT max(id) AS id FROM hook) AS hook, (SELECT id FROM activity
				WHERE highlight_id IS NOT NULL ORDER BY id DESC LIMIT ${count}) AS activity`);
	}

	async function once(settings) {
		const { code, output } = await office.once(settings);
		assert.equal(code, /^crewctl: a server failed/m.test(output) ? 1 : 0, output);
		assert.doesNotMatch(output + JSON.stringify(await office.mails()), /very-secret/,
			'its address is in no log and no answer');
	}

	async function title() {
		return office.value('SELECT title FROM highlight JOIN activity ON highlight.id = highlight_id ORDER BY activity.id DESC');
	}

	it('plain JSON: one POST an activity, with its link', async () => {
		await queue(1);
		await once();
		assert.deepEqual(hook.requests.map(({ method, path }) => [method, path]), [['POST', secret]]);
		const [{ headers, text }] = hook.requests;
		assert.match(headers['content-type'], /^application\/json/);
		assert.equal(headers.cookie, undefined);
		assert.equal(Number(headers['content-length']), Buffer.byteLength(text));
		const told = JSON.parse(text);
		assert.equal(told.kind, 'highlight');
		assert.ok(told.title.includes(await title()), text);
		assert.match(told.link, /^http:\/\/localhost:8000\//);
		assert.equal((await office.mail1()).state, 'sent');
	});

	it('Discord: a message of at most 2,000 units that calls nobody', async () => {
		await office.write(`UPDATE highlight SET title = '@everyone *look*', body = '${'🚀 <@1> '.repeat(400)}'
			WHERE id = (SELECT highlight_id FROM activity WHERE highlight_id IS NOT NULL ORDER BY id DESC LIMIT 1)`);
		await queue(1, { format: 'discord' });
		await once();
		const told = JSON.parse(hook.requests[0].text);
		assert.deepEqual(Object.keys(told).sort(), ['allowed_mentions', 'content']);
		assert.deepEqual(told.allowed_mentions, { parse: [] });
		assert.ok(told.content.length <= 2000, `${told.content.length} units`);
		assert.doesNotMatch(told.content, /@everyone/);
		assert.match(told.content, /\*\*.*\\\*look\\\*.*\*\*/);
		assert.match(told.content, /http:\/\/localhost:8000\/\S+$/);
	});

	const waits = [
		['429 with Retry-After in seconds', { status: 429, headers: { 'Retry-After': '700' } }, 'busy', 700],
		['429 with a date', () => ({ status: 429,
			headers: { 'Retry-After': new Date(Date.now() + 900000).toUTCString() } }), 'busy', 890],
		['503 with Retry-After', { status: 503, headers: { 'Retry-After': '300' } }, 'busy', 300],
		['500', { status: 500, body: 'oh' }, 'busy', 10],
		['a hook that hangs', 'hang', 'timeout', 10],
	];
	for (const [name, answer, problem, least] of waits) {
		it(`${name}: posted later`, async () => {
			hook.answer(typeof answer === 'function' ? answer() : answer);
			await queue(1);
			await once(answer === 'hang' ? fast(30) : {});
			const first = await office.mail1();
			assert.deepEqual([first.state, first.problem], ['queued', problem]);
			const pause = first.due_at - first.tried_at;
			assert.ok(pause >= least, `a pause of ${pause} s`);
			await once();
			assert.equal(hook.requests.length, 1, 'not before');
			await office.passPauses();
			await once();
			assert.equal(hook.requests.length, 2);
			assert.equal(hook.requests[0].text, hook.requests[1].text);
			assert.equal((await office.mail1()).state, 'sent');
		});
	}

	it('429: the next post to it waits, too', async () => {
		hook.answer({ status: 429, headers: { 'Retry-After': '60' } });
		await queue(3);
		await once();
		assert.equal(hook.requests.length, 1);
		assert.ok((await office.mails()).every((row) => row.state === 'queued'));
	});

	for (const [status, problem] of [[404, 'gone'], [410, 'gone'], [401, 'refused'], [400, 'refused']]) {
		it(`${status}: it has failed, and is not posted again`, async () => {
			hook.answer({ status, body: '{"message": "no"}' });
			await queue(1);
			await once();
			const row = await office.mail1();
			assert.deepEqual([row.state, row.problem], ['failed', problem]);
			await office.passPauses();
			await once();
			assert.equal(hook.requests.length, 1);
		});
	}

	it('an answer that breaks off was one: nothing is posted twice', async () => {
		await queue(1);
		hook.answer({ status: 200, headers: { 'Content-Length': '100' }, body: 'so far', breaks: true });
		await once();
		await once();
		assert.equal(hook.requests.length, 1);
		assert.deepEqual((await office.mails()).map((mail) => mail.state), ['sent']);
	});

	it('a redirect is not followed', async () => {
		hook.answer({ status: 302, headers: { Location: hook.url('/elsewhere') } },
			{ status: 307, headers: { Location: hook.url('/elsewhere') } });
		await queue(1);
		await once();
		await office.passPauses();
		await once();
		assert.ok(hook.requests.every((request) => request.path === secret));
		assert.notEqual((await office.mail1()).state, 'sent');
	});

	it('a certificate that is not trusted: nothing is posted', async () => {
		const stranger = await new Authority(folder, 'stranger').make();
		const impostor = await new Hook({ certificate: await stranger.certify('impostor', 'DNS:localhost') }).start();
		try {
			await queue(1, { server: impostor });
			await once();
			const row = await office.mail1();
			assert.deepEqual([row.state, row.problem], ['queued', 'certificate']);
			assert.equal(impostor.requests.length, 0);
		} finally {
			await impostor.stop();
		}
	});

	it('one that is down holds up neither mail nor another host’s hook', async () => {
		const other = await new Hook({ certificate, host: '127.0.0.1' }).start();
		try {
			await queue(2);
			await queue(2, { server: other });
			await office.queue(1);
			await hook.stop();
			await once();
			const states = (await office.rows(`SELECT hook_id IS NULL AS is_mail, link, state FROM outbox
				LEFT JOIN hook ON hook.id = hook_id`)).map((row) => [row.link === hook.url(secret), row.state]);
			for (const [isDown, state] of states) {
				assert.equal(state, isDown ? 'queued' : 'sent');
			}
			assert.equal(other.requests.length, 2);
			hook = await new Hook({ certificate }).start();
		} finally {
			await other.stop();
		}
	});

	it('one inside the own network is refused, unless the operator allows it', async () => {
		await queue(1);
		await once({ GROUNDCREW_HOOK_LOOPBACK: '' });
		const row = await office.mail1();
		assert.deepEqual([row.state, row.problem], ['failed', 'not_allowed']);
		assert.equal(hook.requests.length, 0);
	});
});
