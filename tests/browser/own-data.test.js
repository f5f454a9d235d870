// One's own data in Chromium: a copy to take away, and being forgotten by a
// mailed link – on a phone and at a desk, with JavaScript and without. Every
// page arrived at is clean to axe-core, does not scroll sideways and says
// nothing on the console.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startStack } from '../integration/stack.js';
import { ok } from '../integration/steps.js';
import { until } from '../integration/wait.js';
import { BrowserPerson, faultsOf, launch } from './browser.js';

const sizes = { phone: { width: 320, height: 640 }, desk: { width: 1280, height: 800 } };

// People of the sample with a highlight of theirs on the public pages.
const withHighlights = `SELECT DISTINCT person.id, person.email, person.name FROM person
	JOIN member ON member.person_id = person.id
	JOIN highlight ON highlight.member_id = member.id
	WHERE highlight.withdrawn_at IS NULL AND person.is_administrator = 0
	ORDER BY person.id`;

const highlightsOf = (id) => `SELECT highlight.key, highlight.title, highlight.withdrawn_at
	FROM highlight JOIN member ON member.id = highlight.member_id
	WHERE member.person_id = ${id}`;

// The database, its log and journal, and mail that was written; but the mail
// that says that all is done, which is on its way.
async function filesOf(folder) {
	const names = await readdir(folder);
	const mails = (await readdir(join(folder, 'mail'))).filter((name) => !/-erased\.eml$/.test(name));
	return [...names.filter((name) => name.startsWith('groundcrew.db'))
		.map((name) => join(folder, name)),
	...mails.map((name) => join(folder, 'mail', name))];
}

describe('own data in a browser', { timeout: 900000 }, () => {
	let stack;
	let browser;
	let people;

	before(async () => {
		[stack, browser] = await Promise.all([startStack({ sample: true }), launch()]);
		people = await stack.rows(withHighlights);
		assert.ok(people.length >= 4, 'the sample has four people with highlights');
	});
	after(async () => {
		await browser?.close();
		await stack?.stop();
	});

	for (const [size, viewport] of Object.entries(sizes)) {
		for (const script of [true, false]) {
			const way = `${size}, JavaScript ${script ? 'on' : 'off'}`;
			const choice = script ? 'withdraw' : 'keep';
			describe(way, () => {
				const looked = new Set();
				let owner;
				let person;
				let last;

				const look = async (visitor, page) => {
					const kind = `${page.status} ${page.heading} ${page.document.all('form').length}`;
					if (!looked.has(kind)) {
						looked.add(kind);
						assert.deepEqual(await faultsOf(visitor, page), [], `${way}: ${page.url.pathname}`);
					}
				};

				before(async () => {
					owner = people.shift();
					person = await BrowserPerson.arrive(browser, stack,
						{ ...viewport, script, name: owner.name, look });
					const link = await stack.crewctl('sign-in-link', owner.email);
					ok(await ok(await person.open(link.trim())).form(/\/cohort\/enter\//).submit());
				});
				after(async () => person?.leave());

				it('a copy is a file with what is theirs', async () => {
					const me = ok(await person.visit('/cohort/me'));
					const page = ok(await me.follow('Your data'));
					assert.match(page.main, /take a copy, or have it erased/);
					const [download] = await Promise.all([
						person.tab.waitForEvent('download'),
						person.tab.locator('button', { hasText: 'Download my data' }).click(),
					]);
					assert.match(download.suggestedFilename(), /^own-data-\d{4}-\d\d-\d\d\.json$/);
					const data = JSON.parse(await readFile(await download.path(), 'utf8'));
					assert.equal(data.person.email, owner.email);
					assert.equal(data.person.name, owner.name);
					assert.deepEqual(data.highlights.map((one) => one.title).sort(),
						(await stack.rows(highlightsOf(owner.id))).map((one) => one.title).sort());
					assert.ok(data.log.some((one) => one.action === 'own_data_taken'));
					const others = (await stack.rows(`SELECT email FROM person WHERE id <> ${owner.id}`))
						.filter((one) => JSON.stringify(data).includes(one.email));
					assert.deepEqual(others, []);
				});

				it('a mail tells of the copy', async () => {
					const mail = await stack.mail.expect(owner.email, (one) =>
						/A copy of your data/.test(one.subject));
					assert.match(mail.text, new RegExp(`Hello ${owner.name}`));
				});

				it('the last step is mailed, and says what goes and what stays', async () => {
					const page = ok(await person.visit('/cohort/me/data'));
					const asked = ok(await page.form('Send me the mail').submit());
					assert.match(asked.text, /We have sent you a mail/);
					const mail = await stack.mail.expect(owner.email, (one) =>
						/The last step/.test(one.subject));
					last = ok(await person.open(mail.link(/\/cohort\/erase\//)));
					assert.match(last.main, /What goes[\s\S]*What stays/);
					assert.match(last.main, new RegExp(owner.email));
				});

				it('without a choice for what is public nothing happens', async () => {
					last = await last.form(/\/cohort\/erase\//).submit(undefined, { expectStatus: 422 });
					assert.match(last.main, /There is one thing to correct/);
					assert.equal(await stack.value(`SELECT erased_at FROM person WHERE id = ${owner.id}`), null);
				});

				it(`the button erases (${choice}), and signs out`, async () => {
					const before = await stack.rows(highlightsOf(owner.id));
					const form = last.form(/\/cohort\/erase\//);
					const home = ok(await form.fill({ public: choice }).submit());
					assert.match(home.text, /Your data are gone/);
					assert.match((await person.visit('/cohort/me')).path, /\/cohort\/sign-in$/);
					const rows = await stack.rows(highlightsOf(owner.id));
					assert.equal(rows.length, before.length);
					const gone = before.filter((one) => choice === 'withdraw' || one.withdrawn_at !== null);
					assert.deepEqual(rows.filter((one) => one.withdrawn_at !== null).map((one) => one.key),
						gone.map((one) => one.key));
					assert.deepEqual(await stack.rows(`SELECT name FROM person WHERE id = ${owner.id}`),
						[{ name: 'A former member' }]);
				});

				it('safety_58_neither_page_nor_row_nor_mail_has_the_address_any_more', async () => {
					await until('the last mail to go', async () => await stack.value(
						"SELECT count(*) FROM outbox WHERE kind = 'erased'") === 0 || null, { seconds: 20 });
					const addresses = (await stack.rows(`SELECT email FROM person
						UNION ALL SELECT recipient FROM outbox UNION ALL SELECT email FROM application`))
						.map((row) => row.email);
					assert.ok(!addresses.includes(owner.email), owner.email);
					await until('the courier to see to the files', async () =>
						await stack.value('SELECT count(*) FROM erasure') === 0 || null, { seconds: 20 });
					for (const file of await filesOf(stack.folder)) {
						const text = (await readFile(file, 'latin1')).toLowerCase();
						assert.ok(!text.includes(owner.email.toLowerCase()), `${owner.email} in ${file}`);
					}
					const again = ok(await person.visit('/cohort/sign-in'));
					const sent = ok(await again.form('email').fill({ email: owner.email }).submit());
					assert.match(sent.path, /\/cohort\/sign-in\/sent$/);
				});
			});
		}
	}
});
