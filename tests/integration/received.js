// A mail as whoever gets it reads it: by a MIME parser that is not ours, after
// the bytes on the wire were held against RFC 5321 and 5322.
import assert from 'node:assert/strict';
import PostalMime from 'postal-mime';

const once = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type', 'Auto-Submitted'];
const atMostOnce = ['Reply-To', 'Sender', 'Cc', 'Bcc', 'List-Unsubscribe', 'List-Unsubscribe-Post', 'List-ID',
	'Content-Transfer-Encoding', 'Precedence'];
const known = new Set([...once, ...atMostOnce].map((name) => name.toLowerCase()));

// The lines of the head, unfolded: [name, value].
function headOf(source) {
	const head = source.slice(0, source.indexOf('\r\n\r\n') + 2);
	return head.replace(/\r\n[ \t]+/g, ' ').trimEnd().split('\r\n').map((line) => {
		const colon = line.indexOf(':');
		return [line.slice(0, colon), line.slice(colon + 1).trim()];
	});
}

// What no mail may have on the wire.
export function checkWire(source) {
	assert.doesNotMatch(source, /[^\r]\n|\r[^\n]/, 'no CR or LF alone');
	assert.ok(source.endsWith('\r\n'), 'the last line ends');
	for (const line of source.split('\r\n')) {
		assert.ok(line.length <= 998, `a line of ${line.length} octets`);
	}
	const head = source.slice(0, source.indexOf('\r\n\r\n'));
	assert.match(head, /^[\x20-\x7e\r\n\t]+$/, 'the head is ASCII');
	for (const line of head.split('\r\n')) {
		// An address of a page cannot be folded.
		assert.ok(line.length <= 78 || /^ <http\S{1,300}>$/.test(line), `a header line of ${line.length}: ${line}`);
		assert.match(line, /^(?:[A-Za-z-]+:|[ \t]+\S)/, 'a field, or a fold of one');
	}
	const names = headOf(source).map(([name]) => name.toLowerCase());
	assert.ok(headOf(source).every(([, value]) => value !== ''), 'none is empty');
	for (const name of once) {
		assert.equal(names.filter((one) => one === name.toLowerCase()).length, 1, `${name} once`);
	}
	assert.equal(new Set(names).size, names.length, `none twice: ${names}`);
	assert.deepEqual(names.filter((name) => !known.has(name)), [], 'no header that we do not know');
	return Object.fromEntries(headOf(source).map(([name, value]) => [name.toLowerCase(), value]));
}

// message: one of Smtp's. Its parts, decoded, and its raw headers.
export async function read(message) {
	const head = checkWire(message.source);
	const mail = await PostalMime.parse(message.bytes);
	assert.match(head.date, /^\w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}$/);
	assert.match(head['message-id'], /^<[^\s<>@]+@[^\s<>@]+>$/);
	assert.match(head['auto-submitted'], /^auto-generated$/);
	assert.equal(mail.to.length, 1, 'one recipient');
	assert.deepEqual(message.recipients, [mail.to[0].address], 'in the envelope and in the letter');
	assert.ok(mail.text.trim().length > 20, 'it has a text');
	assert.equal(mail.attachments.length, 0);
	for (const part of [mail.text, mail.html ?? '', mail.subject]) {
		assert.doesNotMatch(part, /\ufffd|\{\{/, 'all is decoded and filled in');
	}
	return { ...mail, head };
}
