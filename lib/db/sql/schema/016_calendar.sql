-- Meetings, and the calendars (RFC 5545) that tell of them, of stand-ups and
-- of a cohort's dates.

-- Audiences: 1 the organisers, 2 the crew (captains and navigators, too), 3
-- the cohort, 4 everyone.
CREATE TABLE meeting (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	key TEXT NOT NULL UNIQUE,
	title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
	starts_at INTEGER NOT NULL,
	ends_at INTEGER NOT NULL
		CHECK (ends_at BETWEEN starts_at + 300 AND starts_at + 86400),
	-- The zone that its time was given in.
	zone TEXT NOT NULL,
	audience INTEGER NOT NULL CHECK (audience BETWEEN 1 AND 4),
	-- Where it is held: for members alone, whoever may know of it.
	link TEXT NOT NULL DEFAULT '' CHECK (length(link) <= 500),
	-- For all who may know of it.
	recording_link TEXT NOT NULL DEFAULT ''
		CHECK (length(recording_link) <= 500),
	created_at INTEGER NOT NULL,
	cancelled_at INTEGER,
	revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX meeting_by_time ON meeting (cohort_id, starts_at);

CREATE TRIGGER meeting_stays_cancelled BEFORE UPDATE ON meeting
WHEN OLD.cancelled_at IS NOT NULL AND (NEW.cancelled_at IS NULL
	OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at
	OR NEW.audience <> OLD.audience)
BEGIN
	SELECT RAISE(ABORT, 'meeting_is_cancelled');
END;

-- What a cohort's public calendar is compared by: revision moves with
-- anything that it shows, modified_at with it, by a second at least.
CREATE TABLE calendar (
	cohort_id INTEGER PRIMARY KEY REFERENCES cohort ON DELETE CASCADE,
	revision INTEGER NOT NULL DEFAULT 1,
	modified_at INTEGER NOT NULL
) STRICT;

-- What calendars ever told of, for ever under one UID (key). It follows its
-- source (model/calendar.h); one whose source is gone stays, cancelled.
CREATE TABLE calendar_event (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	-- 128 random bits: the opaque part of the UID. Of what was there before
	-- calendars were: made of the cohort's, the same after each restore.
	key TEXT NOT NULL UNIQUE,
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	-- 'opens', 'week/3', 'meeting/12', 'standup/4/3'
	source TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('opens', 'closes', 'starts', 'week',
		'ends', 'meeting', 'standup')),
	week INTEGER,
	group_id INTEGER REFERENCES mentoring_group ON DELETE CASCADE,
	-- 1: days, whatever the zone, given as their first instants in UTC; 0:
	-- instants. ends_at is the first that does not belong to it.
	is_days INTEGER NOT NULL CHECK (is_days IN (0, 1)),
	starts_at INTEGER NOT NULL,
	ends_at INTEGER NOT NULL CHECK (ends_at > starts_at),
	-- As a meeting's; NULL for a stand-up, which is its group's alone.
	audience INTEGER CHECK (audience BETWEEN 1 AND 4),
	-- The widest audience it ever had: whoever was told of it once is told
	-- that it is not theirs any more.
	widest INTEGER CHECK (widest >= audience),
	-- When it was, for those who are told that it is not theirs any more:
	-- when it is held now is not theirs to know.
	told_starts_at INTEGER NOT NULL,
	told_ends_at INTEGER NOT NULL,
	-- What is shown of it: the cohort's name; a meeting's title, a group's
	-- name or a week's theme; where it is held.
	context TEXT NOT NULL,
	subject TEXT NOT NULL,
	place TEXT NOT NULL,
	-- RFC 5545, 3.8.7: moves when anything of it changes.
	sequence INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	cancelled_at INTEGER,
	UNIQUE (cohort_id, source)
) STRICT;
CREATE INDEX calendar_event_by_time ON calendar_event (cohort_id, starts_at);
CREATE INDEX calendar_event_by_group
	ON calendar_event (group_id, starts_at) WHERE group_id IS NOT NULL;

-- What calendars have to tell now. Applications open and close with a date
-- anywhere on Earth, so these are days.
CREATE VIEW calendar_source (cohort_id, source, kind, week, group_id, is_days,
	starts_at, ends_at, audience, context, subject, place) AS
SELECT id, 'opens', 'opens', NULL, NULL, 1, unixepoch(opens_on),
	unixepoch(opens_on) + 86400, 4, name, '', ''
FROM cohort
UNION ALL
SELECT id, 'closes', 'closes', NULL, NULL, 1, unixepoch(closes_on),
	unixepoch(closes_on) + 86400, 4, name, '', ''
FROM cohort
UNION ALL
SELECT id, 'starts', 'starts', NULL, NULL, 1, starts_at, starts_at + 86400, 4,
	name, '', ''
FROM cohort
UNION ALL
SELECT id, 'ends', 'ends', NULL, NULL, 1, ends_at - 86400, ends_at, 4, name,
	'', ''
FROM cohort
UNION ALL
SELECT cohort.id, 'week/' || number, 'week', number, NULL, 1,
	starts_at + number * 604800, starts_at + (number + 1) * 604800, 4, name,
	theme, ''
FROM cohort JOIN cohort_week ON cohort_week.cohort_id = cohort.id
WHERE number <= weeks
UNION ALL
SELECT cohort.id, 'meeting/' || meeting.id, 'meeting', NULL, NULL, 0,
	meeting.starts_at, meeting.ends_at, audience, cohort.name, title, link
FROM meeting JOIN cohort ON cohort.id = meeting.cohort_id
WHERE cancelled_at IS NULL
UNION ALL
SELECT cohort.id, 'standup/' || standup.group_id || '/' || week, 'standup',
	week, standup.group_id, 0, standup.starts_at,
	standup.starts_at + meeting_minutes * 60, NULL, cohort.name,
	mentoring_group.name, room_link
FROM standup
JOIN mentoring_group ON mentoring_group.id = standup.group_id
JOIN cohort ON cohort.id = mentoring_group.cohort_id
WHERE week <= weeks;

INSERT INTO calendar (cohort_id, modified_at) SELECT id, created_at FROM cohort;
INSERT INTO calendar_event (key, cohort_id, source, kind, week, group_id,
	is_days, starts_at, ends_at, audience, widest, told_starts_at,
	told_ends_at, context, subject, place, created_at, changed_at)
SELECT feed_key || '-' || replace(source, '/', '-'),
	calendar_source.cohort_id, source, kind, week, group_id, is_days,
	calendar_source.starts_at, calendar_source.ends_at, audience, audience, calendar_source.starts_at,
	calendar_source.ends_at, context, subject, place, created_at, created_at
FROM calendar_source JOIN cohort ON cohort.id = calendar_source.cohort_id;

-- Cohorts of whose calendars something may have changed: empty whenever a
-- transaction of ours has ended.
CREATE TABLE calendar_due (
	cohort_id INTEGER PRIMARY KEY REFERENCES cohort ON DELETE CASCADE
) STRICT;

CREATE TRIGGER calendar_sees_new_cohort AFTER INSERT ON cohort
BEGIN
	INSERT INTO calendar_due (cohort_id) VALUES (NEW.id);
END;

CREATE TRIGGER calendar_sees_cohort AFTER UPDATE ON cohort
WHEN NEW.name <> OLD.name OR NEW.weeks <> OLD.weeks
	OR NEW.opens_on <> OLD.opens_on OR NEW.closes_on <> OLD.closes_on
	OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at
BEGIN
	INSERT INTO calendar_due (cohort_id) SELECT NEW.id
	WHERE NOT EXISTS (SELECT 1 FROM calendar_due WHERE cohort_id = NEW.id);
END;

CREATE TRIGGER calendar_sees_new_week AFTER INSERT ON cohort_week
BEGIN
	INSERT INTO calendar_due (cohort_id) SELECT NEW.cohort_id
	WHERE NOT EXISTS (SELECT 1 FROM calendar_due
		WHERE cohort_id = NEW.cohort_id);
END;

CREATE TRIGGER calendar_sees_week AFTER UPDATE OF theme ON cohort_week
WHEN NEW.theme <> OLD.theme
BEGIN
	INSERT INTO calendar_due (cohort_id) SELECT NEW.cohort_id
	WHERE NOT EXISTS (SELECT 1 FROM calendar_due
		WHERE cohort_id = NEW.cohort_id);
END;

CREATE TRIGGER calendar_sees_lost_week AFTER DELETE ON cohort_week
BEGIN
	INSERT INTO calendar_due (cohort_id) SELECT id FROM cohort
	WHERE id = OLD.cohort_id AND NOT EXISTS (SELECT 1 FROM calendar_due
		WHERE cohort_id = OLD.cohort_id);
END;

CREATE TRIGGER calendar_sees_group AFTER UPDATE ON mentoring_group
WHEN NEW.name <> OLD.name OR NEW.room_link <> OLD.room_link
	OR NEW.meeting_minutes <> OLD.meeting_minutes
BEGIN
	INSERT INTO calendar_due (cohort_id) SELECT NEW.cohort_id
	WHERE NOT EXISTS (SELECT 1 FROM calendar_due
		WHERE cohort_id = NEW.cohort_id);
END;

CREATE TRIGGER calendar_sees_new_standup AFTER INSERT ON standup
BEGIN
	INSERT INTO calendar_due (cohort_id) SELECT cohort_id FROM mentoring_group
	WHERE id = NEW.group_id AND NOT EXISTS (SELECT 1 FROM calendar_due
		WHERE calendar_due.cohort_id = mentoring_group.cohort_id);
END;

CREATE TRIGGER calendar_sees_standup AFTER UPDATE OF starts_at ON standup
WHEN NEW.starts_at <> OLD.starts_at
BEGIN
	INSERT INTO calendar_due (cohort_id) SELECT cohort_id FROM mentoring_group
	WHERE id = NEW.group_id AND NOT EXISTS (SELECT 1 FROM calendar_due
		WHERE calendar_due.cohort_id = mentoring_group.cohort_id);
END;

CREATE TRIGGER calendar_sees_lost_standup AFTER DELETE ON standup
BEGIN
	INSERT INTO calendar_due (cohort_id) SELECT cohort_id FROM mentoring_group
	WHERE id = OLD.group_id AND NOT EXISTS (SELECT 1 FROM calendar_due
		WHERE calendar_due.cohort_id = mentoring_group.cohort_id);
END;

CREATE TRIGGER calendar_sees_new_meeting AFTER INSERT ON meeting
BEGIN
	INSERT INTO calendar_due (cohort_id) SELECT NEW.cohort_id
	WHERE NOT EXISTS (SELECT 1 FROM calendar_due
		WHERE cohort_id = NEW.cohort_id);
END;

CREATE TRIGGER calendar_sees_meeting AFTER UPDATE ON meeting
BEGIN
	INSERT INTO calendar_due (cohort_id) SELECT NEW.cohort_id
	WHERE NOT EXISTS (SELECT 1 FROM calendar_due
		WHERE cohort_id = NEW.cohort_id);
END;

-- What a calendar says of itself, and the pages that it leads to.
CREATE TRIGGER calendar_sees_programme AFTER UPDATE OF name ON programme
WHEN NEW.name <> OLD.name
BEGIN
	UPDATE calendar SET revision = revision + 1,
		modified_at = modified_at + 1;
END;

CREATE TRIGGER calendar_sees_addresses AFTER UPDATE OF slug ON cohort
WHEN NEW.slug <> OLD.slug
BEGIN
	UPDATE calendar SET revision = revision + 1,
		modified_at = modified_at + 1
	WHERE cohort_id = NEW.id;
END;
