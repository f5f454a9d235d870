// Feed readers of other people, each with a home of its own, driven as their
// users drive them. All have the same few verbs:
//
//   poll()      fetches once, as their timer would
//   entries()   what the reader now holds: {id, title, content}, several of
//               one id where an edit stands beside what was there
//
// and tell of themselves: `asks` when they ask whether a feed has changed (so
// that 304 is an answer), `keeps` when they go on holding what a feed does not
// carry any more, `replaces` when an edit takes the place of what was there.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import PostalMime from 'postal-mime';
import RssParser from 'rss-parser';

const execFileText = promisify(execFile);

class Reader {
	static async subscribe(url) {
		const reader = new this();
		reader.url = url;
		reader.home = await mkdtemp(join(tmpdir(), `groundcrew-${reader.name}-`));
		await reader.begin();
		return reader;
	}

	async begin() {}

	async run(program, words, more = {}) {
		const { stdout } = await execFileText(program, words, {
			cwd: this.home, timeout: 60000, maxBuffer: 16 << 20,
			env: { PATH: '/usr/bin:/bin', HOME: this.home, LANG: 'C.UTF-8', TERM: 'dumb',
				XDG_CONFIG_HOME: this.home, XDG_DATA_HOME: this.home }, ...more,
		});
		return stdout;
	}

	at(name) {
		return join(this.home, name);
	}

	async leave() {
		await rm(this.home, { recursive: true, force: true });
	}
}

// In a terminal, with a cache in SQLite.
class Newsboat extends Reader {
	name = 'newsboat';
	asks = true;
	keeps = true;
	replaces = true;

	async begin() {
		await writeFile(this.at('urls'), `${this.url}\n`);
		await writeFile(this.at('config'), 'download-retries 1\n');
	}

	async poll() {
		await this.run('newsboat', ['-q', '-u', this.at('urls'), '-C', this.at('config'),
			'-c', this.at('cache.db'), '-x', 'reload']);
	}

	async entries() {
		const rows = await this.run('sqlite3', ['-readonly', '-json', this.at('cache.db'),
			'SELECT guid AS id, title, content FROM rss_item WHERE deleted = 0 ORDER BY id']);
		return JSON.parse(rows || '[]');
	}
}

// Shell and C; fetches with curl as its documentation shows for ETags. What it
// merges is unique by id, title and link: an edited title stands beside the
// former one.
class Sfeed extends Reader {
	name = 'sfeed';
	asks = true;
	keeps = true;
	replaces = false;

	async begin() {
		await mkdir(this.at('feeds'));
		await mkdir(this.at('etags'));
		await writeFile(this.at('sfeedrc'), `
sfeedpath="${this.at('feeds')}"
fetch() {
	etag="${this.at('etags')}/$(basename "$3")"
	curl -L --max-redirs 0 -H "User-Agent:" -f -s -m 15 --compressed \\
		--etag-save "$etag" --etag-compare "$etag" -z "$etag" "$2" 2>/dev/null
}
feeds() {
	feed crew "${this.url}"
}
`);
	}

	async poll() {
		await this.run('sfeed_update', [this.at('sfeedrc')]);
	}

	async entries() {
		const plain = (text) => text.replace(/\\([ntr\\])/g, (all, letter) =>
			({ n: '\n', t: '\t', r: '\r', '\\': '\\' })[letter]);
		return (await readFile(this.at('feeds/crew'), 'utf8')).split('\n').filter(Boolean)
			.map((line) => line.split('\t')).map((field) =>
				({ id: field[5], title: plain(field[1]), content: plain(field[3]) }));
	}
}

// The library most Python readers stand on, used as its documentation says.
class Feedparser extends Reader {
	name = 'feedparser';
	asks = true;
	keeps = false;
	replaces = true;
	read = { entries: [] };

	async poll() {
		const script = `
import feedparser, json, sys
asked = json.load(sys.stdin)
feed = feedparser.parse(asked["url"], etag=asked.get("etag"), modified=asked.get("modified"))
json.dump({"status": feed.status, "bozo": bool(feed.bozo), "why": str(feed.get("bozo_exception", "")),
	"etag": feed.get("etag"), "modified": feed.get("modified"), "version": feed.version,
	"earlier": [link.href for link in feed.feed.get("links", []) if link.rel == "prev-archive"],
	"entries": [{"id": one.id, "title": one.title, "links": [dict(link) for link in one.links],
		"content": one.content[0].value if "content" in one else one.get("summary", "")}
		for one in feed.entries]}, sys.stdout)
`;
		const said = await this.ask(script, this.url, this.read);
		this.status = said.status;
		if (said.status === 200) {
			assert.ok(!said.bozo, said.why);
			this.read = said;
		}
		this.script = script;
	}

	async ask(script, url, { etag, modified } = {}) {
		const running = execFileText('/usr/bin/python3', ['-c', script], { cwd: this.home, timeout: 60000 });
		running.child.stdin.end(JSON.stringify({ url, etag, modified }));
		return JSON.parse((await running).stdout);
	}

	async entries() {
		return this.read.entries;
	}

	// The whole history, by the links that documents have to what is older.
	async history() {
		const documents = [await this.ask(this.script, this.url)];
		while (documents.at(-1).earlier.length > 0) {
			documents.push(await this.ask(this.script, documents.at(-1).earlier[0]));
		}
		return documents;
	}
}

// Sends what is new by mail, here into a Maildir, and an edit as a reply.
class Rss2email extends Reader {
	name = 'rss2email';
	asks = true;
	keeps = true;
	replaces = false;

	async begin() {
		await this.r2e('new', 'reader@example.org');
		const path = this.at('rss2email.cfg');
		const config = await readFile(path, 'utf8');
		await writeFile(path, Object.entries({ 'email-protocol': 'maildir',
			'maildir-path': this.at('mail'), 'maildir-mailbox': 'crew',
			'html-mail': 'True', 'reply-changes': 'True', 'trust-guid': 'True' })
			.reduce((text, [key, value]) => (new RegExp(`^${key} = .*$`, 'm').test(text)
				? text.replace(new RegExp(`^${key} = .*$`, 'm'), `${key} = ${value}`)
				: text.replace('[DEFAULT]', `[DEFAULT]\n${key} = ${value}`)), config));
		await mkdir(this.at('mail'));
		await this.r2e('add', 'crew', this.url);
	}

	async r2e(...words) {
		return this.run('r2e', ['-c', this.at('rss2email.cfg'), '-d', this.at('rss2email.json'), ...words]);
	}

	async poll() {
		await this.r2e('run');
	}

	async entries() {
		const folder = this.at('mail/crew/new');
		const files = await readdir(folder).catch(() => []);
		const mails = await Promise.all(files.map(async (file) =>
			PostalMime.parse(await readFile(join(folder, file)))));
		const header = (mail, name) => mail.headers.find((one) => one.key === name)?.value;
		return mails.map((mail) => ({ id: header(mail, 'x-rss-id'), title: mail.subject,
			content: mail.html ?? mail.text ?? '', isReply: header(mail, 'in-reply-to') !== undefined }));
	}
}

// Of npm; keeps nothing between two looks.
class RssParserReader extends Reader {
	name = 'rss-parser';
	asks = false;
	keeps = false;
	replaces = true;
	items = [];

	async poll() {
		this.items = (await new RssParser().parseURL(this.url)).items;
	}

	async entries() {
		return this.items.map((item) => ({ id: item.id, title: item.title,
			content: item.content ?? item.summary ?? '' }));
	}
}

// Follows feeds in a terminal as tail follows files, with libmrss; it prints
// titles and says no ids.
class Rsstail extends Reader {
	name = 'rsstail';
	asks = false;
	keeps = false;
	replaces = true;
	printed = '';

	async poll() {
		this.printed = await this.run('rsstail', ['-1', '-d', '-H', '-u', this.url]);
	}

	async entries() {
		return this.printed.split(/^Title: /m).slice(1).map((part) => {
			const [title, ...content] = part.split('\n');
			return { title: title.trim(), content: content.join('\n') };
		});
	}
}

export const readers = [Newsboat, Sfeed, Feedparser, Rss2email, RssParserReader, Rsstail];
