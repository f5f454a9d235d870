// The style guide: every part and class on one page, drawn from the real
// parts with invented people. `node browser/styleguide.js FOLDER` writes it
// there with screenshots at phone and desk width, light, dark and on paper,
// and reports what axe-core and html-validate say of it.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";
import { HtmlValidate } from "html-validate";

const folder = process.argv[2];
if (!folder) {
	console.error("usage: node browser/styleguide.js FOLDER");
	process.exit(2);
}
const root = new URL("../../", import.meta.url);
const text = (path) => readFileSync(new URL(path, root), "utf8");

const site = {
	SITE_ROOT: "", SITE_PROGRAMME: "Djangonaut Space", SITE_CSS: "/static/groundcrew.css",
	SITE_SCRIPT: "/static/groundcrew.js", SITE_CSRF: "0123", IF_SITE_PERSON: true,
	SITE_PERSON: "Altair", IF_SITE_ORGANISER: true, SITE_ORGANISE: "/cohort/perseids-2027/organise",
	IF_SITE_AT_COHORTS: true, IF_SITE_NOTICE: true, SITE_NOTICE: "Your check-in is saved. Thank you!",
	IF_SITE_CONTACT: true, SITE_CONTACT: "hello@space.example.org",
	IF_SITE_FEED: true, SITE_FEED: "/feed/perseids-2027.atom", SITE_FEED_TITLE: "Perseids 2027",
};

const field = (id, kind, label, rest = {}) => ({
	ID: id, NAME: id, LABEL: label, VALUE: "", [kind]: true,
	IF_HELP: !!rest.HELP, IF_LIMIT: !!rest.LIMIT, IF_ERROR: !!rest.ERROR,
	IF_DESCRIBED: !!(rest.HELP || rest.LIMIT || rest.ERROR), IF_MAX_LENGTH: !!rest.MAX_LENGTH,
	IF_AUTOCOMPLETE: !!rest.AUTOCOMPLETE, IF_STEP: !!rest.STEP, IF_MIN: !!rest.MIN, IF_MAX: !!rest.MAX,
	...rest,
});
const choices = (name, type, labels, chosen) => labels.map((label, i) => ({
	CHOICE_TYPE: type, CHOICE_ID: `${name}-${i}`, CHOICE_NAME: name, CHOICE_VALUE: String(i + 1),
	CHOICE_LABEL: label, IF_CHOSEN: chosen === i, IF_CHOICE_HELP: false,
}));
const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].map((day, d) => ({
	DAY: day, IF_DAY_COPIES: d > 0,
	RANGES: [0, 1].map((r) => ({
		FROM_ID: `hours_${d}_from_${r}`, TO_ID: `hours_${d}_to_${r}`,
		FROM_NAME: `hours_${d}_from`, TO_NAME: `hours_${d}_to`, RANGE_DAY: day,
		FROM: d === 0 && r === 0 ? "18:00" : "", TO: d === 0 && r === 0 ? "20:30" : "",
	})),
}));

const parts = {
	FIELD: [
		field("name", "IF_INPUT", "Your name", { TYPE: "text", VALUE: "Mira <b>\"Ceti\"</b>", IF_REQUIRED: true, AUTOCOMPLETE: "name", MAX_LENGTH: "80", HELP: "The name we call you by. It need not be the one in your passport." }),
		field("email", "IF_INPUT", "E-mail address", { TYPE: "email", VALUE: "mira@space", IF_REQUIRED: true, IF_VERBATIM: true, AUTOCOMPLETE: "email", ERROR: "This address has nothing after the dot. Please check its end.", HELP: "We write one mail to confirm it. It is never shown to other members." }),
		field("day", "IF_INPUT", "First day you can begin", { TYPE: "date" }),
		field("seats", "IF_INPUT", "Seats", { TYPE: "number", VALUE: "8", MIN: "1", MAX: "8", HELP: "A group has 8 seats at most." }),
		field("zone", "IF_SELECT", "Time zone", { IF_ZONE: true, IF_REQUIRED: true, HELP: "The hours below are in this zone.", CHOICES: ["Africa/Lagos", "Europe/Vienna", "UTC"].map((zone) => ({ CHOICE_VALUE: zone, CHOICE_LABEL: zone.replace("_", " "), IF_CHOSEN: false })) }),
		field("level", "IF_OPTIONS", "Your level", { IF_REQUIRED: true, HELP: "Groups are made of people at a similar level. There is no wrong answer.", ERROR: "Please pick the one that is nearest.", CHOICES: choices("level", "radio", ["First steps", "Has sent a patch", "Knows the ropes", "At home in the code base"]) }),
		field("projects", "IF_OPTIONS", "Projects you would like", { HELP: "None ticked means: any.", CHOICES: choices("projects", "checkbox", ["Documentation", "Accessibility of the admin", "The ORM"], 1) }),
		field("why", "IF_TEXT", "Why now?", { ROWS: "6", IF_REQUIRED: true, MAX_LENGTH: "2000", LIMIT: "Up to 2,000 characters.", VALUE: "\nBecause I have time,\nand a little more courage than last year.", HELP: "Short and honest beats long and polished." }),
		field("hours", "IF_HOURS", "When could you meet in a usual week?", { IF_REQUIRED: true, DAYS: days }),
		field("conduct", "IF_CHECK", "I have read the code of conduct and will keep to it", { IF_REQUIRED: true, IF_CHECKED: true }),
		field("_key", "IF_HIDDEN", "", { VALUE: "abc" }),
	],
	ERRORS: [{ ERRORS_TITLE: "There are two things to correct", MISTAKES: [{ MISTAKE_ID: "email", MISTAKE: "E-mail address: this address has nothing after the dot." }, { MISTAKE_ID: "level", MISTAKE: "Your level: please pick the one that is nearest." }] }],
	TIMELINE: [{ WEEKS: ["Pre-flight", "Countdown", "Lift-off", "First orbit", "Instruments", "Space walk", "Rendezvous", "Coming home", "Splashdown"].map((theme, n) => ({
		WEEK_NUMBER: String(n), WEEK_THEME: theme, WEEK_DATES: `${15 + n} February to ${21 + n} February 2027`, IF_WEEK_NOW: n === 3, IF_WEEK_PAST: n < 3,
		IF_WEEK_LINK: n < 4, WEEK_LINK: "#w", IF_WEEK_OBJECTIVES: n === 3 || n === 4, WEEK_OBJECTIVES: "Everyone has a ticket of their own.\nEveryone has asked one question aloud.",
	})) }],
	ENTRY: [["Highlight", "Andromeda: the first merged patch"], ["Groups formed", "Perseids 2027 has four groups"], ["Opened", "Perseids 2027 is open for applications"]].map(([kind, title], i) => ({
		KIND: kind, TITLE: title, INSTANT: `2026-11-2${7 - i}T19:00:00Z`, TIME: `2${7 - i} November 2026, 19:00 UTC`, IF_LINK: true, LINK: "#e", AUTHOR: "Rigel", IF_COHORT: true, COHORT: "Perseids 2027", COHORT_LINK: "#c",
		IF_CONTENT: i === 0, CONTENT_MARKDOWN: "<p>Three weeks in, Mira’s patch to the admin’s date picker was merged. She says:</p><blockquote><p>It was my fault, and nobody minded.</p></blockquote>",
	})),
	EMPTY: [{ EMPTY_TITLE: "No check-ins yet", IF_EMPTY_WORDS: true, EMPTY_WORDS: "The first one is the hardest. Two lines are enough.", IF_EMPTY_LINK: true, EMPTY_LINK: "#n", EMPTY_LINK_NAME: "Write yours" }],
	PERSON: [["Rigel", "she/her", "Navigator"], ["Capella", "", "Captain"], ["Mira", "they/them", "Djangonaut"], ["Atlas", "he/him", "Djangonaut"]].map(([name, pronouns, role]) => ({ INITIAL: name[0], NAME: name, IF_PRONOUNS: !!pronouns, PRONOUNS: pronouns, ROLE: role, IF_DETAIL: role === "Djangonaut", DETAIL: "Europe/Vienna" })),
};

// The part of ctemplate's language that our pages use.
const escape = (value) => value.replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0)};`);
function expand(template, scopes)
{
	const find = (name) => scopes.find((scope) => name in scope)?.[name];
	const shown = (name) => name.startsWith("IF_NOT_") ? !find("IF_" + name.slice(7))
		: name.startsWith("NO_") ? !find(name.slice(3))?.length : find(name);
	return template.replace(/\{\{%.*?\}\}\n?/g, "").replace(
		/\{\{#(\w+)\}\}([^]*?)\{\{\/\1\}\}|\{\{>PART_(\w+)\}\}|\{\{(\w+)(:p|:none)?\}\}/g,
		(_, section, inner, part, name, lines) => {
			if (section) {
				const value = shown(section);
				return Array.isArray(value)
					? value.map((row) => expand(inner, [row, ...scopes])).join("")
					: value ? expand(inner, scopes) : "";
			}
			if (part) {
				return (parts[part] ?? [{}]).map((row) => expand(
					text(`www/pages/part/${part.toLowerCase()}.html`), [row, site])).join("");
			}
			const value = find(name);
			if (value === undefined) {
				throw new Error(`no value for ${name}`);
			}
			return name.endsWith("_MARKDOWN") ? value
				: escape(lines === ":p" ? value : value.replace(/[\t\r\n]/g, " "));
		});
}

mkdirSync(join(folder, "static"), { recursive: true });
const html = expand(text("tests/browser/styleguide.html"), [site]);
writeFileSync(join(folder, "index.html"), html);
for (const name of readdirSync(new URL("www/static/", root))) {
	copyFileSync(new URL("www/static/" + name, root), join(folder, "static", name));
}

const report = await new HtmlValidate({ extends: ["html-validate:recommended"] }).validateString(html);
for (const { messages } of report.results) {
	messages.forEach((m) => console.log(`html ${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
}

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon" };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const server = createServer((request, response) => {
	const path = request.url === "/" ? "/index.html" : request.url.split("?")[0];
	try {
		const body = readFileSync(join(folder, path));
		response.writeHead(200, { "Content-Type": types[extname(path)], "Content-Security-Policy": policy });
		response.end(body);
	} catch {
		response.writeHead(404).end();
	}
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
for (const [name, width, options] of [
	["phone-light", 320, { colorScheme: "light" }], ["phone-dark", 320, { colorScheme: "dark" }],
	["desk-light", 1280, { colorScheme: "light" }], ["desk-dark", 1280, { colorScheme: "dark" }],
	["paper", 800, { media: "print" }], ["forced", 1280, { forcedColors: "active", colorScheme: "dark" }],
]) {
	const context = await browser.newContext({ viewport: { width, height: 900 }, timezoneId: "Europe/Vienna", bypassCSP: true });
	const page = await context.newPage();
	page.on("console", (message) => console.log(`${name}: ${message.text()}`));
	page.on("pageerror", (error) => console.log(`${name}: ${error}`));
	await page.emulateMedia(options);
	await page.goto(address);
	await page.addScriptTag({ path: axe });
	const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
	if (wide > 0) {
		console.log(`${name}: ${wide} px wider than the window`);
	}
	if (!options.media && !options.forcedColors) {
		const result = await page.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })");
		for (const violation of result.violations) {
			console.log(`${name}: ${violation.id}: ${violation.help}`);
			violation.nodes.slice(0, 4).forEach((node) => console.log(`  ${node.html.slice(0, 140)} ${node.any[0]?.message ?? ""}`));
		}
	}
	await page.screenshot({ path: join(folder, name + ".png"), fullPage: true });
	await context.close();
}
await browser.close();
server.close();
