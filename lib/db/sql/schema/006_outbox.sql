-- Mail to be sent: what it is about, never what it says. The courier renders
-- it at sending; reason makes each occasion write at most once.

CREATE TABLE outbox (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	reason TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL CHECK (kind IN ('sign_in', 'application_received',
		'application_already', 'application_changed',
		'application_withdrawn', 'offer', 'welcome',
		'question_answered')),
	recipient TEXT NOT NULL CHECK (length(recipient) BETWEEN 3 AND 254),
	parameters TEXT NOT NULL CHECK (parameters GLOB '{*}'),
	state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN
		('queued', 'sent', 'failed', 'cancelled')),
	attempts INTEGER NOT NULL DEFAULT 0,
	problem TEXT,
	due_at INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	sent_at INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 'queued';
