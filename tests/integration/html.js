// A small reader of HTML documents, as strict as the pages we serve: every
// element is closed by its own end tag. It exists so that the tests see a
// page as a browser without script does – elements, labels, forms – and not
// as a string. html-validate judges the markup; this only reads it.

const voidElements = new Set(['area', 'base', 'br', 'col', 'embed', 'hr',
	'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
const rawElements = new Set(['script', 'style']);
const blocks = new Set(['address', 'article', 'aside', 'blockquote', 'caption',
	'dd', 'details', 'div', 'dl', 'dt', 'fieldset', 'figcaption', 'figure',
	'footer', 'form', 'h1', 'h2', 'h3', 'h4', 'header', 'hr', 'legend', 'li',
	'main', 'nav', 'ol', 'option', 'p', 'pre', 'section', 'summary', 'table',
	'td', 'th', 'tr', 'ul', 'br', 'label', 'button', 'title']);
const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'', nbsp: ' ',
	ndash: '–', mdash: '—', hellip: '…', middot: '·', copy: '©',
	rarr: '→', larr: '←', times: '×', shy: '­' };

export function decodeEntities(text) {
	return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi,
		(whole, hex, decimal, name) => {
			if (hex) {
				return String.fromCodePoint(parseInt(hex, 16));
			}
			if (decimal) {
				return String.fromCodePoint(Number(decimal));
			}
			return named[name] ?? whole;
		});
}

export class Element {
	constructor(tag, attributes, parent) {
		this.tag = tag;
		this.attributes = attributes;
		this.parent = parent;
		this.children = [];
	}

	get(name) {
		return this.attributes[name];
	}

	has(name) {
		return Object.hasOwn(this.attributes, name);
	}

	// The words a reader sees, white space as rendered, blocks kept apart.
	get text() {
		const out = [];
		const walk = (node) => {
			if (typeof node === 'string') {
				out.push(node);
				return;
			}
			if (rawElements.has(node.tag)) {
				return;
			}
			if (blocks.has(node.tag)) {
				out.push(' ');
			}
			node.children.forEach(walk);
			if (blocks.has(node.tag)) {
				out.push(' ');
			}
		};
		walk(this);
		return out.join('').replace(/[\s ]+/g, ' ').trim();
	}

	// The characters themselves: a textarea's or pre's content.
	get rawText() {
		return this.children.map((child) =>
			typeof child === 'string' ? child : child.rawText).join('');
	}

	*descendants() {
		for (const child of this.children) {
			if (typeof child !== 'string') {
				yield child;
				yield* child.descendants();
			}
		}
	}

	closest(tag) {
		let at = this;
		while (at && at.tag !== tag) {
			at = at.parent;
		}
		return at ?? null;
	}

	// find('a', {rel: 'next'}), find('h1'), find((e) => …)
	all(what, attributes = {}) {
		const tags = typeof what === 'string' ? what.split(/\s*,\s*/) : null;
		return [...this.descendants()].filter((element) => {
			if (tags ? !tags.includes(element.tag) && what !== '*' : !what(element)) {
				return false;
			}
			return Object.entries(attributes).every(([name, wanted]) => {
				const got = element.get(name);
				return wanted instanceof RegExp
					? got !== undefined && wanted.test(got)
					: got === wanted;
			});
		});
	}

	find(what, attributes) {
		return this.all(what, attributes)[0] ?? null;
	}

	byId(id) {
		return this.find('*', { id });
	}
}

function readAttributes(source) {
	const attributes = {};
	const pattern = /([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
	for (const [, name, double, single, bare] of source.matchAll(pattern)) {
		const key = name.toLowerCase();
		if (!Object.hasOwn(attributes, key)) {
			attributes[key] = decodeEntities(double ?? single ?? bare ?? '');
		}
	}
	return attributes;
}

export function parseHtml(source) {
	const root = new Element('#document', {}, null);
	let at = root;
	let position = 0;
	const token = /<!--[\s\S]*?-->|<!doctype[^>]*>|<(\/?)([a-z][a-z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
	const addText = (text) => {
		if (text !== '') {
			at.children.push(decodeEntities(text));
		}
	};
	for (let match; (match = token.exec(source)) !== null;) {
		addText(source.slice(position, match.index));
		position = token.lastIndex;
		const [, slash, name, rest] = match;
		if (name === undefined) {
			continue;
		}
		const tag = name.toLowerCase();
		if (slash) {
			const open = at.closest(tag);
			if (open) {
				at = open.parent;
			}
			continue;
		}
		const element = new Element(tag, readAttributes(rest), at);
		at.children.push(element);
		if (voidElements.has(tag) || rest.endsWith('/')) {
			continue;
		}
		at = element;
		if (rawElements.has(tag) || tag === 'textarea' || tag === 'title') {
			const end = new RegExp(`</${tag}\\s*>`, 'gi');
			end.lastIndex = position;
			const close = end.exec(source);
			const stop = close ? close.index : source.length;
			let text = source.slice(position, stop);
			if (tag === 'textarea') {
				text = text.replace(/^\r?\n/, '');
			}
			if (rawElements.has(tag)) {
				element.children.push(text);
			} else {
				addText(text);
			}
			position = close ? end.lastIndex : source.length;
			token.lastIndex = position;
			at = element.parent;
		}
	}
	addText(source.slice(position));
	return root;
}
