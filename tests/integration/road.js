// The whole road, once: someone applies, is offered a seat, is grouped, checks
// in at a stand-up, and the community reads about it in a feed reader. Steps in
// order, each a sentence; the tests walk them as curl and in a browser, with
// and without JavaScript – a person only has to be able to visit, fill and
// press.
import assert from 'node:assert/strict';
import { exchange } from './client.js';
import { checkAtom } from './feed.js';
import { answers, freshAddress, hours } from './people.js';
import { acceptInvitation, ok } from './steps.js';
import { until } from './wait.js';

const day = 86400;

export function date(days) {
	return new Date(Date.now() + days * day * 1000).toISOString().slice(0, 10);
}

// The steps in order: what happens, and the method that walks it.
export const steps = [
	['an administrator signs in by mail', 'administratorSignsIn'],
	['makes a cohort, a draft at first', 'makesCohort'],
	['plans its weeks and projects', 'plansWeeks'],
	['opens it', 'opensIt'],
	['someone applies, is corrected with everything kept, and is thanked', 'lyraApplies'],
	['confirms the address, reads and edits the application', 'lyraConfirms'],
	['the same words for an address that already applied', 'lyraAppliesAgain'],
	['others apply; one withdraws', 'othersApply'],
	['an organiser reads applications, decides, and sends the offers together', 'offersSeats'],
	['one confirms, one refuses', 'offersAreAnswered'],
	['the Discord invitation shows to confirmed members only', 'invitationIsForMembers'],
	['an organiser invites a navigator and a captain, who say yes', 'invitesCrew'],
	['makes a group, and the two have their places', 'makesGroup'],
	['places people; the limits are explained', 'placesPeople'],
	['forms the groups and launches', 'launches'],
	['a Djangonaut checks in and asks a question', 'checksIn'],
	['a navigator answers, marks attendance and writes notes', 'navigatorRuns'],
	['publishes a highlight that quotes what is public', 'publishesHighlight'],
	['the community reads of it in the feed and on the timeline', 'communityReads'],
	['narrowing takes it back', 'narrows'],
	['a member leaves, and leaving is never refused', 'leaves'],
	['the end of the cohort is told without anybody’s doing', 'finishes'],
	['signing out ends it', 'signsOut'],
	['the feed’s entry leads to a page that shows it', 'linkLeads'],
];

// Time passes for one cohort: everything of it that is dated moves back.
export async function passTime(stack, slug, days) {
	const seconds = days * day;
	await stack.write(`BEGIN IMMEDIATE;
		UPDATE cohort SET opens_at = opens_at - ${seconds}, closes_at = closes_at - ${seconds},
			starts_at = starts_at - ${seconds}, ends_at = ends_at - ${seconds},
			opens_on = date(opens_on, '-${days} days'),
			closes_on = date(closes_on, '-${days} days'),
			starts_on = date(starts_on, '-${days} days') WHERE slug = '${slug}';
		UPDATE standup SET starts_at = starts_at - ${seconds}, closes_at = closes_at - ${seconds}
			WHERE group_id IN (SELECT mentoring_group.id FROM mentoring_group
				JOIN cohort ON cohort.id = cohort_id WHERE cohort.slug = '${slug}');
		COMMIT;`);
}

export class Road {
	// arrive(name): a new person, not signed in.
	constructor(stack, { slug, arrive }) {
		this.stack = stack;
		this.slug = slug;
		this.arrive = arrive;
		this.name = `Cohort ${slug}`;
		this.address = {
			admin: freshAddress('polaris'), navigator: freshAddress('altair'),
			captain: freshAddress('capella'), lyra: freshAddress('lyra'),
			mira: freshAddress('mira'), rigel: freshAddress('rigel'),
			deneb: freshAddress('deneb'),
		};
		this.invitation = `https://discord.example/${slug}`;
		this.quote = `reproduced it for ${slug}`;
		this.highlight = `A ticket reproduced in ${slug}`;
		this.canary = `canary-${slug}-${Math.random().toString(36).slice(2)}`;
	}

	async signIn(name, email, known) {
		const person = known ?? await this.arrive(name);
		const before = (await this.stack.mail.to(email)).length;
		const form = ok(await person.visit('/cohort/sign-in'), 'sign-in').form('email');
		ok(await form.fill({ email }).submit(), 'asked for a link');
		const mail = await this.stack.mail.expect(email, () => true, { after: before });
		const page = ok(await person.open(mail.link(/\/cohort\/enter\//)), 'the link');
		person.landing = ok(await page.form(/\/cohort\/enter\//).submit(), 'entered');
		return person;
	}

	async administratorSignsIn() {
		await this.stack.crewctl('admin', this.address.admin);
		this.admin = await this.signIn('admin', this.address.admin);
	}

	async makesCohort() {
		const page = ok(await this.admin.visit('/cohort/new'));
		const made = await page.form('slug').complete({
			slug: this.slug, name: this.name, goal: 'One merged pull request each.',
			opens_on: date(-3), closes_on: date(10), starts_on: date(20),
			seats: 4, djangonauts_per_navigator: 1, chat_name: 'Discord', chat_link: this.invitation,
		}).submit();
		ok(made, 'the new cohort');
		const stranger = await this.arrive('stranger');
		assert.equal((await stranger.visit(`/cohort/${this.slug}`)).status, 404, 'a draft is nobody’s yet');
		assert.equal((await stranger.visit(`/apply/${this.slug}`)).status, 404, 'nor open');
		this.stranger = stranger;
	}

	async organise(rest = '') {
		return ok(await this.admin.visit(`/cohort/${this.slug}/organise${rest}`), rest);
	}

	async plansWeeks() {
		const form = (await this.organise('/weeks')).form(/save the weeks/i);
		const themes = form.names().filter((name) => /theme/.test(name));
		assert.equal(themes.length, 9, 'weeks 0 to 8');
		themes.forEach((name, week) => form.fill({ [name]: `Theme of week ${week}`,
			[name.replace('theme', 'objectives')]: `Something small, finished in week ${week}.` }));
		ok(await form.submit());
		const refused = await (await this.organise()).form(/publish/i).submit();
		assert.equal(refused.status, 422, 'not without a project');
		for (const name of ['Forms', 'Documentation']) {
			const page = await this.organise('/projects');
			ok(await page.form(/add the project/i).complete({ name }).submit());
		}
	}

	async opensIt() {
		ok(await (await this.organise()).form(/publish/i).submit());
		const page = ok(await this.stranger.visit('/apply/'));
		assert.ok(page.hasLink(`/apply/${this.slug}`), page.describe());
		const cohort = ok(await this.stranger.visit(`/cohort/${this.slug}`));
		for (let week = 0; week <= 8; week++) {
			assert.ok(cohort.main.includes(`Theme of week ${week}`), cohort.describe());
		}
		await this.tells(/open/i);
	}

	// The cohort's feed has an entry of this title.
	async tells(title) {
		const feed = await this.feed();
		const entry = feed.entries.find((one) => title.test(one.title));
		assert.ok(entry, `${title} among ${feed.entries.map((one) => one.title).join(' | ')}`);
		return entry;
	}

	async sendApplication(person, name, email, more = {}) {
		const page = ok(await person.visit(`/apply/${this.slug}`));
		return page.form('email').complete({ name, email, zone: 'Europe/Vienna',
			...answers, ...hours, ...more }).submit();
	}

	async lyraApplies() {
		this.lyra = await this.arrive('lyra');
		const refused = await this.sendApplication(this.lyra, 'Lyra', this.address.lyra,
			{ github: 'no such name!', level: '2' });
		assert.equal(refused.status, 422, refused.describe());
		const summary = refused.document.all('a', { href: /^#/ })
			.filter((a) => a.get('href') === '#github');
		assert.equal(summary.length, 1, 'the summary links to the field');
		assert.equal(refused.document.byId('github').get('aria-invalid'), 'true');
		const form = refused.form('email');
		assert.equal(form.value('name'), 'Lyra');
		assert.equal(form.value('why').replace(/\r/g, ''), answers.why, 'everything kept');
		assert.equal(form.value('level'), '2');
		assert.equal(form.value('hours_3_from'), '17:30');
		const thanks = ok(await form.fill({ github: 'lyra-star' }).submit());
		assert.match(thanks.path, /\/received\//);
		assert.ok(thanks.main.includes(this.address.lyra), thanks.describe());
		this.reference = (await this.stack.value(`SELECT reference FROM application
			WHERE email = '${this.address.lyra}'`));
		assert.ok(thanks.main.includes(this.reference), `a reference: ${thanks.describe()}`);
	}

	async confirm(person, email) {
		const mail = await this.stack.mail.expect(email,
			(one) => one.links.some((link) => /\/apply\/confirm\//.test(link)));
		const page = ok(await person.open(mail.link(/\/apply\/confirm\//)));
		return ok(await page.form(/\/apply\/confirm\//).submit());
	}

	async lyraConfirms() {
		let page = await this.confirm(this.lyra, this.address.lyra);
		assert.match(page.path, /\/apply\/mine\//);
		assert.ok(page.main.includes(answers.hopes), page.describe());
		page = ok(await page.form('hopes').fill({ hopes: 'To merge one thing.' }).submit());
		assert.equal(await this.stack.value(`SELECT value FROM application_answer
			JOIN questionnaire_item ON questionnaire_item.id = item_id AND questionnaire_item.name = 'hopes'
			JOIN application ON application.id = application_id WHERE reference = '${this.reference}'`), 'To merge one thing.');
	}

	async lyraAppliesAgain() {
		const before = (await this.stack.mail.to(this.address.lyra)).length;
		const person = await this.arrive('lyra again');
		const thanks = ok(await this.sendApplication(person, 'Lyra', this.address.lyra));
		assert.match(thanks.path, /\/received\//, 'the same words');
		const mail = await this.stack.mail.expect(this.address.lyra, () => true, { after: before });
		assert.ok(mail.text.length > 0);
		assert.equal(await this.stack.value(`SELECT count(*) FROM application
			WHERE email = '${this.address.lyra}' AND confirmed_at IS NOT NULL`), 1);
	}

	async othersApply() {
		for (const [name, level] of [['mira', '2'], ['rigel', '4'], ['deneb', '1']]) {
			this[name] = await this.arrive(name);
			ok(await this.sendApplication(this[name], name, this.address[name], { level }));
			await this.confirm(this[name], this.address[name]);
		}
		const gone = await this.arrive('vega');
		const address = freshAddress('vega');
		ok(await this.sendApplication(gone, 'Vega', address));
		const page = await this.confirm(gone, address);
		ok(await page.form(/withdraw/i).submit());
		assert.notEqual(await this.stack.value(`SELECT withdrawn_at FROM application
			WHERE email = '${address}'`), null);
	}

	async offersSeats() {
		const names = ['Lyra', 'mira', 'rigel', 'deneb'];
		const blind = await this.organise('/applications');
		ok(await blind.form(/show names/i).submit());
		for (const name of names) {
			const list = await this.organise('/applications');
			const page = ok(await list.follow(new RegExp(`^${name}$`)), name);
			assert.ok(page.main.includes(answers.why.split('\n')[0]), page.describe());
			const decided = ok(await page.form('decision').fill({ decision: 'offer',
				line: `A line for ${name} alone.` }).submit());
			assert.match(decided.main, /Decided and not sent: Offer a seat/);
		}
		assert.equal(await this.stack.value('SELECT count(*) FROM offer JOIN application'
			+ ` ON application.id = application_id WHERE email = '${this.address.lyra}'`), 0);
		const page = await this.organise('/decisions');
		const mail = ok(await page.follow(/^Read the mail to Lyra$/));
		assert.match(mail.main, /A line for Lyra alone/);
		const sent = ok(await (await this.organise('/decisions')).form(/send 4 mails now/i).submit());
		assert.match(sent.main, /Nothing waits to be sent/);
	}

	async openOffer(name) {
		const mail = await this.stack.mail.expect(this.address[name],
			(one) => one.links.some((link) => /\/cohort\/offer\//.test(link)));
		return ok(await this[name].open(mail.link(/\/cohort\/offer\//)), name);
	}

	async offersAreAnswered() {
		const page = await this.openOffer('deneb');
		ok(await page.form(/\/refuse$/).submit());
		for (const name of ['lyra', 'mira', 'rigel']) {
			const offer = await this.openOffer(name);
			assert.match(offer.main, /answer by/i);
			const yes = ok(await offer.form(/\/confirm$/).submit());
			assert.ok(!yes.hasForm(/\/confirm$/), yes.describe());
		}
	}

	async invitationIsForMembers() {
		const path = `/cohort/${this.slug}/members`;
		for (const name of ['lyra', 'mira', 'rigel']) {
			await this.signIn(name, this.address[name], this[name]);
		}
		assert.ok(ok(await this.lyra.visit(path)).source.includes(this.invitation));
		const public_ = ok(await this.stranger.visit(`/cohort/${this.slug}`));
		assert.ok(!public_.source.includes(this.invitation));
		const refused = await this.signIn('deneb', this.address.deneb, this.deneb);
		assert.equal((await refused.visit(path)).status, 404, 'who refused is no member');
		for (const mail of await this.stack.mail.all()) {
			assert.ok(!mail.text.includes(this.invitation), 'mails link to the page');
		}
	}

	async invitesCrew() {
		const missing = ok(await this.admin.visit(`/cohort/${this.slug}/organise/people`));
		assert.match(missing.main, /No invitation is open/);
		for (const [name, role] of [['navigator', 'Navigator'], ['captain', 'Captain']]) {
			const page = await this.organise('/people');
			ok(await page.form(/send the invitation/i).complete({ name: role,
				email: this.address[name], 'Invite as': role }).submit());
			this[name] = await this.arrive(name);
			await acceptInvitation(this.stack, this[name], this.address[name],
				{ name: `${role} of ${this.slug}`, zone: 'Europe/Vienna' });
			assert.match(this[name].landing.path, /\/members$/, this[name].landing.describe());
		}
		const people = await this.organise('/people');
		assert.match(people.main, /No invitation is open/);
		assert.ok(people.main.includes(`Captain of ${this.slug}`), people.describe());
	}

	async makesGroup() {
		const page = await this.organise('/groups/new');
		ok(await page.form('slug').complete({
			name: 'Cygnus', slug: 'cygnus', project: 'Forms', goal: 'One ticket of the form library.',
			level_low: '1', level_high: '2', seats: '3', 'Room': 'https://meet.example/cygnus',
			'Time zone': 'Europe/Vienna', 'Day of the week': 'Tuesday', Time: '18:30',
		}).submit());
		for (const role of ['Navigator', 'Captain']) {
			const board = await this.organise('/groups');
			assert.match(board.main, /18:00–21:00/, 'what they bring stands where groups are made');
			ok(await this.place(`${role} of`));
		}
	}

	async place(name, values = {}) {
		const board = await this.organise('/groups');
		return board.form(new RegExp(`^Place.*\\b${name}`, 'i'))
			.fill({ Group: 'Cygnus', ...values }).submit();
	}

	async placesPeople() {
		ok(await this.place('lyra'));
		const few = await this.place('mira');
		assert.equal(few.status, 422, 'one navigator looks after one here');
		assert.match(few.main, /navigator/i);
		const settings = await this.organise('/edit');
		ok(await settings.form(/save the settings/i).fill({ djangonauts_per_navigator: '4' }).submit());
		ok(await this.place('mira'));
		const outside = await this.place('rigel');
		assert.equal(outside.status, 422, 'outside the level band');
		assert.match(outside.main, /level/i);
		ok(await outside.form(/^Place.*\brigel/i).fill({ Reason: 'Asked to stay with Lyra.' }).submit());
		assert.equal(await this.stack.value(`SELECT count(*) FROM placement JOIN member
			ON member.id = member_id JOIN cohort ON cohort.id = cohort_id
			WHERE slug = '${this.slug}' AND role = 'djangonaut' AND placement.left_at IS NULL`), 3);
	}

	async launches() {
		ok(await (await this.organise()).form(/announce/i).submit());
		await this.tells(/groups/i);
		ok(await (await this.organise()).form(/launch/i).submit());
		await this.tells(/launched/i);
		const group = ok(await this.stranger.visit(`/cohort/${this.slug}/group/cygnus`));
		assert.match(group.main, /\b3\b/, 'Djangonauts are counted');
		assert.doesNotMatch(group.main, /Lyra|mira|rigel/, 'and not named');
		for (const name of ['lyra', 'navigator']) {
			const mail = await this.stack.mail.expect(this.address[name],
				(one) => /welcome/i.test(one.subject));
			assert.ok(!mail.text.includes(this.invitation));
		}
		await passTime(this.stack, this.slug, 29);
	}

	async standup(person) {
		const week = await this.stack.value(`SELECT min(week) FROM standup
			JOIN mentoring_group ON mentoring_group.id = group_id
			JOIN cohort ON cohort.id = cohort_id
			WHERE cohort.slug = '${this.slug}' AND standup.closes_at > unixepoch()`);
		return ok(await person.visit(`/standup/${this.slug}/cygnus/${week}`), 'the stand-up');
	}

	async checksIn() {
		const groups = ok(await this.lyra.visit('/standup/'));
		ok(await groups.follow(/Cygnus/));
		let page = await this.standup(this.lyra);
		page = ok(await page.form('did').fill({ did: `Read the ticket and *${this.quote}*.`,
			next: 'A failing test.', blocked: `${this.canary} blocked`,
			audience: /^Everyone/, blocked_audience: /^Our group/ }).submit());
		assert.ok(page.main.includes(this.quote), page.describe());
		assert.ok(page.main.includes(this.canary), page.describe());
		page = ok(await page.form(/^Ask$/).fill({ 'Your question': `Where do tests of forms live? ${this.canary}` }).submit());
		assert.match(page.main, /Where do tests of forms live/);
		const other = await this.standup(this.mira);
		ok(await other.form('did').fill({ did: `${this.canary} did`, next: `${this.canary} next` }).submit());
	}

	async navigatorRuns() {
		let page = await this.standup(this.navigator);
		assert.ok(page.main.includes(this.canary), 'a navigator reads the group’s words');
		page = ok(await page.form(/^Answer$/).fill({ 'Your answer': 'In tests/forms_tests, beside the widgets.' }).submit());
		await this.stack.mail.expect(this.address.lyra, (mail) => /answer/i.test(mail.subject));
		page = ok(await page.form(/save the attendance/i).fill({ Lyra: 'present', mira: 'excused' }).submit());
		page = ok(await page.form(/save the notes/i).fill({ 'Notes of the stand-up': 'We looked at two tickets.' }).submit());
		assert.ok(page.main.includes('two tickets'), page.describe());
		assert.deepEqual((await this.stack.rows(`SELECT status FROM attendance
			JOIN member ON member.id = attendance.member_id JOIN cohort ON cohort.id = member.cohort_id
			WHERE cohort.slug = '${this.slug}' ORDER BY status`)).map((row) => row.status), ['excused', 'present']);
		const asker = await this.standup(this.lyra);
		assert.ok(asker.main.includes('beside the widgets'), asker.describe());
		ok(await asker.form(/resolve/i).submit());
	}

	async publishesHighlight() {
		const page = await this.standup(this.navigator);
		const form = page.form(/show what everyone/i);
		assert.ok(!form.element.text.includes(this.canary), 'only what is public can be quoted');
		const preview = await form.fill({ Title: this.highlight, 'In your words': 'Our first week with the *form library*.',
			Quotes: [new RegExp(this.quote)] }).submit(/show what everyone/i);
		assert.ok(preview.main.includes(this.highlight), preview.describe());
		const done = ok(await preview.form(/publish it/i).submit(/publish it/i));
		assert.ok(done.main.includes(this.highlight), done.describe());
	}

	async feed(name = this.slug) {
		const path = `${this.stack.root}/feed/${name}.atom`;
		const answer = await exchange(this.stack, { path });
		assert.equal(answer.status, 200, path);
		return checkAtom(answer.body, { self: `${this.stack.base}/feed/${name}.atom` });
	}

	async communityReads() {
		for (const name of [this.slug, 'all']) {
			const entry = (await this.feed(name)).entries.find((one) => one.title.includes(this.highlight));
			assert.ok(entry, name);
			assert.ok(entry.content.includes(`<em>${this.quote}</em>`), 'the quote');
			assert.match(entry.content, /<em>form library<\/em>/, 'and the navigator’s words');
			assert.ok(!entry.content.includes(this.canary));
			this.entryLink = entry.link;
		}
		for (const path of ['/feed/', '/']) {
			const page = ok(await this.stranger.visit(path));
			assert.ok(page.main.includes(this.highlight), page.describe());
			assert.ok(!page.source.includes(this.canary));
		}
	}

	async narrows() {
		const page = await this.standup(this.lyra);
		ok(await page.form('did').fill({ audience: /^Our group/ }).submit());
		for (const name of [this.slug, 'all']) {
			const { text } = await exchange(this.stack, { path: `${this.stack.root}/feed/${name}.atom` });
			assert.ok(!text.includes(this.quote), `${name}: taken back at once`);
		}
		// Somebody else: a reader's own copy may be kept a while.
		const reader = await this.arrive('reader');
		for (const path of ['/feed/', `/cohort/${this.slug}/group/cygnus`]) {
			const seen = ok(await reader.visit(path));
			assert.ok(!seen.source.includes(this.quote), path);
		}
	}

	async leaves() {
		const page = ok(await this.mira.visit(`/cohort/${this.slug}/members`));
		ok(await page.form(/leave/i).submit());
		assert.equal((await this.mira.visit(`/cohort/${this.slug}/members`)).status, 404);
		assert.equal((await this.mira.visit(`/standup/${this.slug}/cygnus`)).status, 404);
	}

	async linkLeads() {
		const page = ok(await this.stranger.open(this.entryLink));
		assert.ok(page.main.includes(this.highlight), page.describe());
		const anchor = new URL(this.entryLink).hash.slice(1);
		assert.ok(anchor === '' || page.document.byId(anchor), `#${anchor} is there`);
	}

	async finishes() {
		await passTime(this.stack, this.slug, 70);
		await this.stack.wakeCourier();
		await until('the end to be told', async () => (await this.feed()).entries
			.some((entry) => /finished/i.test(entry.title)));
		const page = ok(await (await this.arrive('later')).visit(`/cohort/${this.slug}`));
		assert.match(page.main, /finished/i);
	}

	async signsOut() {
		const page = ok(await this.admin.visit('/'));
		ok(await page.form(/sign-out/).submit());
		const after = await this.admin.visit('/cohort/me');
		assert.match(after.path, /\/cohort\/sign-in/, after.describe());
	}
}

