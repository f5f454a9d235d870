// What a feed must be, judged by others: RELAX NG (jing and libxml2), a strict
// XML parser (saxes) with the rules RELAX NG cannot say, and two feed parsers
// of other people (rss-parser from npm, feedparser from Debian).
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import RssParser from 'rss-parser';
import { SaxesParser } from 'saxes';
import { top } from './stack.js';

const execFileText = promisify(execFile);
const atomNamespace = 'http://www.w3.org/2005/Atom';

async function withFile(bytes, use) {
	const folder = await mkdtemp(join(tmpdir(), 'groundcrew-feed-'));
	try {
		const file = join(folder, 'feed.atom');
		await writeFile(file, bytes);
		return await use(file);
	} finally {
		await rm(folder, { recursive: true });
	}
}

export async function validateByGrammar(bytes) {
	const grammar = join(top, 'tests/data/atom.rng');
	await withFile(bytes, async (file) => {
		for (const [tool, words] of [['jing', [grammar, file]],
			['xmllint', ['--noout', '--nonet', '--relaxng', grammar, file]]]) {
			await execFileText(tool, words).catch((error) => {
				assert.fail(`${tool}: ${error.stdout}${error.stderr}\n${bytes}`);
			});
		}
	});
}

// A strict XML 1.0 and namespaces parser; the tree of elements as it found it.
export function parseXml(text) {
	const root = { name: '#document', children: [], attributes: {}, text: '' };
	const path = [root];
	const parser = new SaxesParser({ xmlns: true, position: true });
	parser.on('error', (error) => {
		throw error;
	});
	parser.on('doctype', () => assert.fail('a feed has no DOCTYPE'));
	parser.on('cdata', () => assert.fail('a feed has no CDATA'));
	parser.on('opentag', (tag) => {
		const element = { name: tag.local, namespace: tag.uri, children: [], text: '',
			attributes: Object.fromEntries(Object.values(tag.attributes)
				.map((one) => [one.prefix ? `${one.prefix}:${one.local}` : one.local, one.value])) };
		path.at(-1).children.push(element);
		path.push(element);
	});
	parser.on('text', (words) => {
		path.at(-1).text += words;
	});
	parser.on('closetag', () => path.pop());
	parser.write(text).close();
	return root.children[0];
}

const children = (element, name) => element.children.filter((child) =>
	child.name === name && child.namespace === atomNamespace);
const one = (element, name) => {
	const found = children(element, name);
	assert.equal(found.length, 1, `exactly one ${name} in ${element.name}`);
	return found[0];
};
const linksOf = (element, rel) => children(element, 'link').filter((link) =>
	(link.attributes.rel ?? 'alternate') === rel);

function checkDate(text, now) {
	assert.match(text, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, `date ${text}: rule 11`);
	const instant = Date.parse(text);
	assert.equal(new Date(instant).toISOString().replace('.000Z', 'Z'), text,
		`${text} is in the calendar: rule 11`);
	assert.ok(instant <= now + 2000, `${text} is not in the future: rule 11`);
	return instant;
}

function checkTitle(element, what) {
	const title = one(element, 'title');
	assert.equal(title.attributes.type ?? 'text', 'text', `${what}: rule 17`);
	assert.match(title.text, /^[^\r\n]*\S[^\r\n]*$/, `${what}, one line of words: rule 17`);
	return title.text;
}

function checkHtml(markup, what) {
	assert.doesNotMatch(markup, /<(script|style|iframe|form|object|embed|svg)\b/i, `${what}: rule 19`);
	assert.doesNotMatch(markup, /<[^>]+\son\w+\s*=/i, `${what}: rule 19`);
	assert.doesNotMatch(markup, /(href|src)\s*=\s*["']?\s*(javascript|data|vbscript):/i, `${what}: rule 19`);
	for (const [, link] of markup.matchAll(/(?:href|src)\s*=\s*"([^"]*)"/gi)) {
		assert.match(link, /^(https?:|mailto:)/, `${what}: link ${link} is absolute: rule 16`);
	}
	const open = [];
	for (const [, slash, tag] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(?<!\/)>/gi)) {
		const name = tag.toLowerCase();
		if (['br', 'hr', 'img'].includes(name)) {
			continue;
		}
		if (slash) {
			assert.equal(open.pop(), name, `${what}: </${name}> closes what is open: rule 19`);
		} else {
			open.push(name);
		}
	}
	assert.deepEqual(open, [], `${what}: all closed: rule 19`);
}

// The rules of feed.md that show in the document alone. self: its address.
export function checkAtom(bytes, { self, now = Date.now() }) {
	const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	assert.ok(text.startsWith('<?xml version="1.0"'), 'begins with its declaration: rule 1');
	assert.doesNotMatch(text, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd-\uffff\ufdd0-\ufdef]/u,
		'no character that breaks readers: rules 2 and 3');
	assert.doesNotMatch(text, /\r/, 'no CR: rule 5');
	assert.doesNotMatch(text, /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/, 'predefined references only: rule 5');
	assert.doesNotMatch(text, /xml:base/, 'no xml:base: rule 16');
	assert.ok(bytes.length <= 512 * 1024, 'at most 512 KiB: rule 25');
	const feed = parseXml(text);
	assert.equal(feed.name, 'feed');
	assert.equal(feed.namespace, atomNamespace);
	assert.ok(feed.attributes['xml:lang'], 'xml:lang: rule 21');
	const entries = children(feed, 'entry');
	assert.ok(entries.length >= 1 && entries.length <= 100, `${entries.length} entries: rules 25, 26`);
	const ids = new Set();
	const shape = /^tag:[a-z0-9.-]+,\d{4}(-\d\d){0,2}:\S+$/;
	for (const element of [feed, ...entries]) {
		const id = one(element, 'id').text;
		assert.match(id, shape, 'a tag URI: rule 8');
		assert.ok(!ids.has(id), `${id} only once: rule 7`);
		ids.add(id);
		checkTitle(element, id);
		checkDate(one(element, 'updated').text, now);
		for (const link of children(element, 'link')) {
			assert.match(link.attributes.href, /^https?:\/\//, 'absolute links: rule 16');
		}
		const alternates = linksOf(element, 'alternate')
			.map((link) => `${link.attributes.type} ${link.attributes.hreflang}`);
		assert.equal(new Set(alternates).size, alternates.length, 'alternates differ: rule 15');
	}
	assert.deepEqual(linksOf(feed, 'self').map((link) => link.attributes.href), [self], 'rule 15');
	assert.equal(linksOf(feed, 'alternate').length, 1, 'one HTML page: rule 15');
	for (const name of ['subtitle', 'rights', 'generator', 'icon', 'logo']) {
		one(feed, name);
	}
	const times = entries.map((entry) => {
		const id = one(entry, 'id').text;
		assert.ok(children(entry, 'author').length > 0 || children(feed, 'author').length > 0, `${id}: rule 10`);
		for (const author of children(entry, 'author')) {
			assert.match(one(author, 'name').text, /\S/, `${id}: rule 10`);
			assert.equal(children(author, 'email').length, 0, `${id}: no address: rule 10`);
		}
		const updated = checkDate(one(entry, 'updated').text, now);
		const published = checkDate(one(entry, 'published').text, now);
		assert.ok(published <= updated, `${id}: rule 12`);
		assert.ok(children(entry, 'category').length > 0, `${id}: rule 23`);
		children(entry, 'category').forEach((category) =>
			assert.match(category.attributes.term ?? '', /\S/, `${id}: rule 23`));
		const content = children(entry, 'content')[0];
		if (content) {
			assert.ok(['text', 'html', 'xhtml'].includes(content.attributes.type), `${id}: rule 18`);
			assert.ok(Buffer.byteLength(content.text) <= 64 * 1024, `${id}: rule 25`);
			if (content.attributes.type === 'html') {
				assert.doesNotMatch(content.text, /&lt;(p|a|em|strong|blockquote|ul|li)\b/, `${id}: escaped once: rule 18`);
				checkHtml(content.text, id);
			}
		} else {
			assert.ok(linksOf(entry, 'alternate').length > 0, `${id}: rule 20`);
		}
		return { updated, published, id };
	});
	const newest = Math.max(...times.map((time) => time.updated));
	assert.ok(Date.parse(one(feed, 'updated').text) >= newest, 'rule 13');
	const published = times.map((time) => time.published);
	assert.deepEqual(published, [...published].sort((a, b) => b - a), 'newest first: rule 14');
	return {
		id: one(feed, 'id').text, title: one(feed, 'title').text,
		updated: one(feed, 'updated').text,
		entries: entries.map((entry) => ({
			id: one(entry, 'id').text, title: one(entry, 'title').text,
			updated: one(entry, 'updated').text,
			link: linksOf(entry, 'alternate')[0]?.attributes.href,
			content: children(entry, 'content')[0]?.text ?? '',
		})),
	};
}

// Two parsers of other people read the same entries from it.
export async function checkParsers(bytes, expected) {
	const other = await new RssParser().parseString(bytes.toString('utf8'));
	assert.equal(other.title, expected.title);
	assert.deepEqual(other.items.map((item) => item.id), expected.entries.map((entry) => entry.id));
	assert.deepEqual(other.items.map((item) => item.title), expected.entries.map((entry) => entry.title));
	const script = `
import feedparser, json, sys
feed = feedparser.parse(open(sys.argv[1], "rb").read())
json.dump({"bozo": bool(feed.bozo), "why": str(feed.get("bozo_exception", "")),
	"version": feed.version, "title": feed.feed.title,
	"ids": [e.id for e in feed.entries], "titles": [e.title for e in feed.entries],
	"dated": all(e.get("updated_parsed") and e.get("published_parsed") for e in feed.entries)}, sys.stdout)
`;
	const { stdout } = await withFile(bytes, (file) =>
		execFileText('/usr/bin/python3', ['-c', script, file], { maxBuffer: 16 << 20 }));
	const read = JSON.parse(stdout);
	assert.equal(read.bozo, false, `feedparser: ${read.why}`);
	assert.equal(read.version, 'atom10');
	assert.equal(read.title, expected.title);
	assert.ok(read.dated);
	assert.deepEqual(read.ids, expected.entries.map((entry) => entry.id));
	assert.deepEqual(read.titles, expected.entries.map((entry) => entry.title));
}
