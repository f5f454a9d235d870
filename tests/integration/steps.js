// The steps people take, each as they would take it: pages visited, forms
// filled by what their labels or fields are called, buttons pressed. Written
// once for every test that needs somebody further along the road.
import assert from 'node:assert/strict';
import { applicantValues, hours } from './people.js';

export function ok(page, what = '') {
	assert.equal(page.status, 200, `${what} ${page.describe()}`);
	return page;
}

// By a link as crewctl prints it; ends signed in.
export async function signIn(stack, email, options) {
	const person = stack.person(options);
	const link = (await stack.crewctl('sign-in-link', email)).trim().split(/\s+/).at(-1);
	const page = ok(await person.open(link), 'the sign-in link');
	person.email = email;
	person.landing = ok(await page.form(/enter|sign.?in/i).submit(), 'signed in');
	return person;
}

// By mail, from the form; ends signed in.
export async function signInByMail(stack, email, options) {
	const person = stack.person(options);
	const before = (await stack.mail.to(email)).length;
	const form = ok(await person.visit('/cohort/sign-in')).form('email');
	const sent = await form.fill({ email }).submit();
	ok(sent, 'asked for a link');
	const mail = await stack.mail.expect(email, () => true, { after: before });
	const page = ok(await person.open(mail.link(/\/cohort\/enter\//)), 'the mailed link');
	person.email = email;
	person.landing = ok(await page.form(/enter|sign.?in/i).submit(), 'signed in');
	return person;
}

export async function applicationForm(person, slug) {
	const page = ok(await person.visit(`/apply/${slug}`), 'the application form');
	return page.form('email');
}

// Sends an application; the page it leads to.
export async function apply(person, slug, name, email, more = {}) {
	const form = await applicationForm(person, slug);
	return form.complete(applicantValues(name, email, { ...hours, ...more })).submit();
}

// Follows the mailed link and presses its button; the applicant's own page.
export async function confirmApplication(stack, person, email) {
	const mail = await stack.mail.expect(email,
		(one) => one.links.some((link) => /\/apply\/confirm\//.test(link)));
	const page = ok(await person.open(mail.link(/\/apply\/confirm\//)), 'the confirming link');
	return ok(await page.form(/confirm/i).submit(), 'confirmed');
}

// What a navigator or captain says: free as an applicant is, for two people.
export const crewAnswers = { ...hours, level_low: '1', level_high: '2', wants: '2' };

// The page that the newest invitation to this address leads to.
export async function openInvitation(stack, person, email) {
	const mail = await stack.mail.expect(email,
		(one) => one.links.some((link) => /\/cohort\/invitation\//.test(link)));
	return ok(await person.open(mail.link(/\/cohort\/invitation\//)), 'the invitation');
}

// Follows the mailed invitation, says yes with hours, and signs in by the mail
// that comes then; ends signed in.
export async function acceptInvitation(stack, person, email, more = {}) {
	const page = await openInvitation(stack, person, email);
	ok(await page.form(/yes, i will/i).complete({ ...crewAnswers, ...more }).submit(), 'accepted');
	const mail = await stack.mail.expect(email,
		(one) => one.links.some((link) => /\/cohort\/enter\//.test(link)));
	const entrance = ok(await person.open(mail.link(/\/cohort\/enter\//)), 'the mailed link');
	person.email = email;
	person.landing = ok(await entrance.form(/enter|sign.?in/i).submit(), 'signed in');
	return person;
}

export async function openCohort(stack) {
	const now = Math.floor(Date.now() / 1000);
	return stack.value(`SELECT slug FROM cohort WHERE published_at IS NOT NULL
		AND opens_at <= ${now} AND closes_at > ${now} ORDER BY id DESC`);
}
