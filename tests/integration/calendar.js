// Calendars as two parsers of other people read them: Python's icalendar with
// the zones of zoneinfo, and ical.js.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import ICAL from 'ical.js';

// Instants in UTC; "local" is what a clock in `zone` shows.
const script = `
import datetime, json, sys, zoneinfo
from icalendar import Calendar
zone = zoneinfo.ZoneInfo(sys.argv[1])
calendar = Calendar.from_ical(sys.stdin.buffer.read())
def when(value):
    if not isinstance(value, datetime.datetime):
        return {"day": value.isoformat()}
    assert value.utcoffset() == datetime.timedelta(0), value
    return {"at": value.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "local": value.astimezone(zone).strftime("%Y-%m-%d %H:%M")}
def text(event, name):
    return None if event.get(name) is None else str(event.get(name))
events = []
for event in calendar.walk("VEVENT"):
    assert not event.errors, event.errors
    events.append({"uid": text(event, "UID"), "summary": text(event, "SUMMARY"),
        "status": text(event, "STATUS"), "sequence": event["SEQUENCE"],
        "location": text(event, "LOCATION"), "url": text(event, "URL"),
        "stamp": when(event["DTSTAMP"].dt)["at"],
        "start": when(event["DTSTART"].dt), "end": when(event["DTEND"].dt)})
json.dump({"version": text(calendar, "VERSION"), "product": text(calendar, "PRODID"),
    "name": text(calendar, "NAME"), "events": events}, sys.stdout)
`;

async function byPython(bytes, zone) {
	const child = spawn('/usr/bin/python3', ['-c', script, zone]);
	let out = '';
	let wrong = '';
	child.stdout.setEncoding('utf8').on('data', (part) => {
		out += part;
	});
	child.stderr.setEncoding('utf8').on('data', (part) => {
		wrong += part;
	});
	child.stdin.end(bytes);
	const code = await new Promise((done) => child.once('close', done));
	assert.equal(code, 0, wrong);
	return JSON.parse(out);
}

function byIcalJs(bytes) {
	const calendar = new ICAL.Component(ICAL.parse(bytes.toString('utf8')));
	const text = (component, name) => component.getFirstPropertyValue(name);
	const when = (time) => (time.isDate ? { day: time.toString() }
		: { at: time.toJSDate().toISOString().replace('.000Z', 'Z') });
	return {
		version: text(calendar, 'version'), product: text(calendar, 'prodid'),
		// It knows no NAME (RFC 7986), and leaves its escapes alone.
		name: text(calendar, 'name').replaceAll(/\\([,;\\])/g, '$1'),
		events: calendar.getAllSubcomponents('vevent').map((component) => {
			const event = new ICAL.Event(component);
			return {
				uid: event.uid, summary: event.summary, status: text(component, 'status'),
				sequence: event.sequence, location: event.location, url: text(component, 'url'),
				stamp: when(text(component, 'dtstamp')).at,
				start: when(event.startDate), end: when(event.endDate),
			};
		}),
	};
}

// What both read, which is the same; and that it is written as RFC 5545 says.
export async function readCalendar(bytes, zone = 'UTC') {
	const lines = bytes.toString('latin1').split('\r\n');
	assert.equal(lines.pop(), '', 'the last line ends');
	for (const line of lines) {
		assert.ok(line.length <= 75 && !/[\r\n]/.test(line), `a long or open line: ${line}`);
		assert.doesNotThrow(() => new TextDecoder('utf-8', { fatal: true })
			.decode(Buffer.from(line, 'latin1')), `folded within a character: ${line}`);
	}
	const read = await byPython(bytes, zone);
	const plain = structuredClone(read);
	for (const event of plain.events) {
		delete event.start.local;
		delete event.end.local;
	}
	assert.deepEqual(byIcalJs(bytes), plain);
	const uids = read.events.map((event) => event.uid);
	assert.equal(new Set(uids).size, uids.length, 'a UID stands once');
	return read;
}
