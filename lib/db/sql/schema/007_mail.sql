-- Every kind of mail, how it is sent, and the wording that a programme or a
-- cohort gave it.

-- What is true of all mails of a kind.
CREATE TABLE mail_kind (
	kind TEXT PRIMARY KEY,
	-- The most urgent goes first: 1 someone waits at the screen, 2 news of
	-- something done, 3 reminders and announcements.
	urgency INTEGER NOT NULL CHECK (urgency BETWEEN 1 AND 3),
	-- Its body is never shown, not even to organisers.
	is_private INTEGER NOT NULL CHECK (is_private IN (0, 1)),
	-- One can be without it: the mail says how (RFC 8058).
	is_optional INTEGER NOT NULL CHECK (is_optional IN (0, 1)),
	-- Its row, which holds the address, goes once the mail has gone.
	is_forgotten INTEGER NOT NULL CHECK (is_forgotten IN (0, 1)),
	-- Its wording may be changed by organisers for their cohort; that of the
	-- others by administrators alone.
	is_of_cohort INTEGER NOT NULL CHECK (is_of_cohort IN (0, 1))
) STRICT, WITHOUT ROWID;

INSERT INTO mail_kind (kind, urgency, is_private, is_optional, is_forgotten,
	is_of_cohort) VALUES
	('sign_in', 1, 1, 0, 0, 0),
	('application_received', 1, 0, 0, 0, 1),
	('application_already', 1, 0, 0, 0, 1),
	('application_changed', 2, 0, 0, 0, 1),
	('application_withdrawn', 2, 0, 0, 0, 1),
	('offer', 2, 0, 0, 0, 1),
	('offer_reminder', 3, 0, 0, 0, 1),
	('welcome', 2, 0, 0, 0, 1),
	('question_answered', 2, 0, 0, 0, 1),
	('standup_tomorrow', 3, 0, 1, 0, 1),
	('invitation', 2, 0, 0, 0, 1),
	('next_opens_confirm', 1, 0, 0, 1, 0),
	('next_opens', 3, 0, 1, 1, 0),
	('address_old', 1, 1, 0, 0, 0),
	('address_new', 1, 1, 0, 0, 0),
	('own_data', 2, 0, 0, 0, 0),
	('erase', 1, 1, 0, 0, 0),
	('erased', 2, 1, 0, 1, 0),
	('conduct', 1, 1, 0, 1, 0),
	-- Posted to a web hook, not mailed.
	('activity', 3, 0, 0, 0, 0);

-- Where the community is told by a web hook; the address is a secret.
CREATE TABLE hook (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	-- NULL: of the programme, told of every cohort.
	cohort_id INTEGER REFERENCES cohort ON DELETE CASCADE,
	format TEXT NOT NULL CHECK (format IN ('discord', 'json')),
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
	link TEXT NOT NULL CHECK (length(link) BETWEEN 10 AND 500),
	created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX hook_by_cohort ON hook (cohort_id);

-- What is to be sent: what it is about, never what it says. The courier
-- renders it at sending; reason makes each occasion write at most once.
CREATE TABLE outbox_new (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	reason TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL REFERENCES mail_kind,
	urgency INTEGER NOT NULL,
	-- Whose organisers see it; NULL: the administrators alone.
	cohort_id INTEGER REFERENCES cohort ON DELETE CASCADE,
	-- An address, or '' for a hook.
	recipient TEXT NOT NULL,
	hook_id INTEGER REFERENCES hook ON DELETE CASCADE,
	parameters TEXT NOT NULL CHECK (parameters GLOB '{*}'),
	-- held: queued in a database that was restored since; released by hand.
	state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN
		('queued', 'held', 'sent', 'failed', 'cancelled')),
	attempts INTEGER NOT NULL DEFAULT 0,
	-- Why the last attempt failed: a word of ours, and the server's own
	-- line (no address in it) for whoever looks after the installation.
	problem TEXT,
	answer TEXT CHECK (length(answer) <= 500),
	due_at INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	-- When it was first tried without success: what patience counts from.
	first_tried_at INTEGER,
	tried_at INTEGER,
	sent_at INTEGER,
	CHECK ((hook_id IS NULL) = (length(recipient) BETWEEN 3 AND 254))
) STRICT;

INSERT INTO outbox_new (id, reason, kind, urgency, recipient, parameters,
	state, attempts, problem, due_at, created_at, tried_at, sent_at)
SELECT outbox.id, reason, outbox.kind, mail_kind.urgency, recipient,
	parameters, state, attempts, problem, due_at, created_at, sent_at, sent_at
FROM outbox JOIN mail_kind ON mail_kind.kind = outbox.kind;
-- Ids go on where they were: a token is derived from its row's.
DELETE FROM sqlite_sequence WHERE name = 'outbox_new';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'outbox_new', seq FROM sqlite_sequence WHERE name = 'outbox';
DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;

CREATE INDEX outbox_due ON outbox (urgency, due_at, id) WHERE state = 'queued';
CREATE INDEX outbox_by_due ON outbox (due_at) WHERE state = 'queued';
CREATE INDEX outbox_by_cohort ON outbox (cohort_id, id);
CREATE INDEX outbox_by_hook ON outbox (hook_id, state, due_at);
CREATE INDEX outbox_by_recipient ON outbox (recipient);
CREATE INDEX outbox_over ON outbox (created_at)
	WHERE state IN ('sent', 'failed', 'cancelled');

-- A programme's own words for a kind of mail (cohort_id NULL), or a cohort's;
-- without a row the words that came with the software.
CREATE TABLE wording (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	cohort_id INTEGER REFERENCES cohort ON DELETE CASCADE,
	kind TEXT NOT NULL REFERENCES mail_kind,
	subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
	body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 8000),
	revision INTEGER NOT NULL DEFAULT 1,
	changed_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX wording_once ON wording (coalesce(cohort_id, 0), kind);
CREATE INDEX wording_by_cohort ON wording (cohort_id);
CREATE INDEX wording_by_kind ON wording (kind);

CREATE TRIGGER wording_of_a_cohorts_kind
BEFORE INSERT ON wording
WHEN NEW.cohort_id IS NOT NULL AND (SELECT is_of_cohort FROM mail_kind
	WHERE kind = NEW.kind) = 0
BEGIN
	SELECT RAISE(ABORT, 'wording_not_of_cohort');
END;

-- The hour for which the group was reminded of its stand-up; another hour is
-- reminded of anew.
ALTER TABLE standup ADD COLUMN reminded_for INTEGER;
CREATE INDEX standup_to_remind ON standup (starts_at)
	WHERE reminded_for IS NOT starts_at;
