// An organiser builds the applicants' form: a question of every kind, their
// order, their words, and the form as applicants see it. On a phone without
// script and at a desk with it; every page on the way is looked at.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startStack } from '../integration/stack.js';
import { ok, openCohort } from '../integration/steps.js';
import { BrowserPerson, faultsOf, launch } from './browser.js';

// What is typed of each kind, and what an applicant then finds.
const questions = [
	['short', { label: 'Where do you live?', help: 'A *town* will do.', most: '80', required: true },
		'input[name="where_do_you_live"][maxlength="80"][required]'],
	['long', { label: 'What have you built?', most: '500', sensitive: true },
		'textarea[name="what_have_you_built"][data-limit="500"]'],
	['number', { label: 'How many years?', most: '60' },
		'input[name="how_many_years"][type="number"][max="60"]'],
	['date', { label: 'From when?', earliest: '2027-01-31' },
		'input[name="from_when"][type="date"]'],
	['one', { label: 'Which editor?', options: 'vi\nEmacs\ned' },
		'input[name="which_editor"][type="radio"][value="Emacs"]'],
	['several', { label: 'Which tools?', options: 'A pen\nA list', most: '1' },
		'input[name="which_tools"][type="checkbox"][value="A list"]'],
	['list', { label: 'Which books?', most: '3' }, 'textarea[name="which_books"]'],
	['url', { label: 'A page of yours?' }, 'input[name="a_page_of_yours"][type="url"]'],
	['email', { label: 'Another address?' }, 'input[name="another_address"][type="email"]'],
	['rating', { label: 'How sure are you?', least: '0', most: '3' },
		'input[name="how_sure_are_you"][type="radio"][value="3"]'],
	['yes_no', { label: 'Is it your first time?', identifying: true },
		'input[name="is_it_your_first_time"][type="radio"][value="yes"]'],
];

describe('an organiser builds a form', { timeout: 300000 }, () => {
	let stack;
	let browser;

	before(async () => {
		[stack, browser] = await Promise.all([startStack({ sample: true }), launch()]);
	});
	after(async () => {
		await browser?.close();
		await stack?.stop();
	});

	// A kind of page is looked at once a way; a refused form again.
	function arrive(width, script) {
		const looked = new Set();
		return BrowserPerson.arrive(browser, stack, { width, height: 800, script, name: 'organiser',
			look: async (person, page) => {
				const kind = `${page.status} ${page.path.replace(/\d+/g, '*')} ${page.url.search}`
					+ ` ${page.document.all('form').length > 9}`;
				if (!looked.has(kind)) {
					looked.add(kind);
					assert.deepEqual(await faultsOf(person, page), [], `${kind} at ${width}`);
				}
			} });
	}

	async function organiser(width, script) {
		const person = await arrive(width, script);
		const link = (await stack.crewctl('sign-in-link', 'organiser@example.org')).trim().split(/\s+/).at(-1);
		ok(await (await person.open(link)).form(/\/cohort\/enter\//).submit());
		return person;
	}

	const order = (slug) => stack.value(`SELECT group_concat(name) FROM (SELECT questionnaire_item.name
		FROM questionnaire_item JOIN questionnaire ON questionnaire.id = questionnaire_id
		JOIN cohort ON cohort.id = cohort_id WHERE slug = '${slug}' AND purpose = 'apply'
		AND retired_at IS NULL ORDER BY position)`);

	async function build(width, script) {
		const slug = await openCohort(stack);
		await stack.write(`DELETE FROM application_answer; DELETE FROM questionnaire_item WHERE questionnaire_id IN
			(SELECT questionnaire.id FROM questionnaire JOIN cohort ON cohort.id = cohort_id
			WHERE slug = '${slug}')`);
		const person = await organiser(width, script);
		let page = ok(await person.visit(`/cohort/${slug}/organise/form`));
		page = ok(await page.follow('The applicants’ form'));
		assert.match(page.main, /No questions of your own yet/);

		for (const [kind, typed] of questions) {
			page = ok(await page.follow('Add a question'));
			page = ok(await page.follow(new RegExp(`kind=${kind}$`)));
			page = ok(await page.form('label').fill(typed).submit());
			assert.match(page.main, new RegExp(typed.label.replace('?', '\\?')));
		}
		assert.match(page.main, /What have you built\? ?Long text · optional · sensitive/s);

		// The last one goes up twice, the first one down.
		page = ok(await page.form(/up: is it your first time/i).submit('Up: Is it'));
		page = ok(await page.form(/up: is it your first time/i).submit('Up: Is it'));
		page = ok(await page.form(/down: where do you live/i).submit('Down: Where'));
		assert.match(await order(slug),
			/^what_have_you_built,where_do_you_live,.*,is_it_your_first_time,another_address,how_sure_are_you$/);

		// Other words, looked at before they are saved; another kind needs options.
		page = ok(await page.follow('Which books?'));
		page = ok(await page.form('label').fill({ label: 'Which books do you love?' })
			.submit('Show how it would look'));
		assert.match(page.main, /As they will see it.*Which books do you love\?/s);
		page = ok(await page.form('label').fill({ kind: 'one' }).submit('Show what this kind needs'));
		page = await page.form('label').fill({ options: 'Only one' }).submit();
		assert.equal(page.status, 422);
		assert.match(page.main, /at least two options/);
		page = ok(await page.form('label').fill({ kind: 'list' }).submit());
		assert.match(page.main, /Which books do you love\?/);

		page = ok(await page.form('intro').fill({ intro: 'Take *your* time.', minutes: '35' }).submit());
		await preview(person, page);
		page = ok(await person.visit(`/cohort/${slug}/organise/form/apply`));
		page = ok(await page.follow('Which tools?'));
		page = ok(await page.form(/\/retire$/).submit());
		assert.doesNotMatch(await order(slug), /which_tools/);
		await person.leave();
	}

	// What applicants see: every field as asked for, and no way to send it.
	async function preview(person, page) {
		page = ok(await page.follow('See it as they will'));
		assert.match(page.main, /This is how applicants see the form\. Nothing can be sent from here\./);
		assert.match(page.main, /about 35 minutes/);
		for (const [, typed, field] of questions) {
			assert.ok(await person.tab.locator(field).count(), `${typed.label} as ${field}`);
		}
		assert.equal(await person.tab.locator('main form[method="post"]').count(), 0);
		const before = person.tab.url();
		await person.tab.locator('input[name="where_do_you_live"]').fill('Vienna');
		await person.tab.locator('input[name="where_do_you_live"]').press('Enter');
		assert.equal(person.tab.url(), before, 'the enter key sends nothing');
		assert.equal(await person.tab.locator('input[name="where_do_you_live"]').inputValue(), 'Vienna');
	}

	it('on a phone, without script', () => build(320, false));
	it('at a desk, with script', () => build(1280, true));

	it('volunteers’ forms can be seen, too', async () => {
		const slug = await openCohort(stack);
		const person = await organiser(320, true);
		let page = ok(await person.visit(`/cohort/${slug}/organise/form/navigator`));
		page = ok(await page.follow('Add a question'));
		page = ok(await page.follow('Long text'));
		page = ok(await page.form('label').fill({ label: 'Why do you navigate?' }).submit());
		page = ok(await page.follow('See it as they will'));
		assert.match(page.main, /Navigator: what we would like to know.*Why do you navigate\?/s);
		await person.leave();
	});
});
