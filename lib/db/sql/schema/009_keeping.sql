-- What is kept, for how long, who did what, and what is forgotten.

-- Days until personal data go by themselves.
ALTER TABLE programme ADD COLUMN keep_rejected_days INTEGER NOT NULL
	DEFAULT 180 CHECK (keep_rejected_days BETWEEN 1 AND 3650);
ALTER TABLE programme ADD COLUMN keep_withdrawn_days INTEGER NOT NULL
	DEFAULT 180 CHECK (keep_withdrawn_days BETWEEN 1 AND 3650);
ALTER TABLE programme ADD COLUMN keep_unconfirmed_days INTEGER NOT NULL
	DEFAULT 14 CHECK (keep_unconfirmed_days BETWEEN 3 AND 365);
ALTER TABLE programme ADD COLUMN keep_sensitive_days INTEGER NOT NULL
	DEFAULT 30 CHECK (keep_sensitive_days BETWEEN 1 AND 3650);
ALTER TABLE programme ADD COLUMN keep_mail_days INTEGER NOT NULL
	DEFAULT 30 CHECK (keep_mail_days BETWEEN 1 AND 3650);
ALTER TABLE programme ADD COLUMN keep_audit_days INTEGER NOT NULL
	DEFAULT 730 CHECK (keep_audit_days BETWEEN 1 AND 3650);

-- Markdown; '' shows what came with the software.
ALTER TABLE programme ADD COLUMN conduct TEXT NOT NULL DEFAULT ''
	CHECK (length(conduct) <= 20000);
ALTER TABLE programme ADD COLUMN privacy TEXT NOT NULL DEFAULT ''
	CHECK (length(privacy) <= 20000);
ALTER TABLE programme ADD COLUMN contact_words TEXT NOT NULL DEFAULT ''
	CHECK (length(contact_words) <= 4000);
-- Counts the changes of the settings, so that no edit overwrites another.
ALTER TABLE programme ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;

-- Who may be told of a breach of the code of conduct; those outside the
-- programme are always on the list.
CREATE TABLE conduct_recipient (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
	email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
	email_key TEXT NOT NULL UNIQUE,
	is_outside INTEGER NOT NULL DEFAULT 0 CHECK (is_outside IN (0, 1))
) STRICT;

-- A report on its way: sealed with the key file's key, and deleted as soon as
-- every mail of it was taken or called off. One that could not be delivered
-- keeps it, for a week at most, so that it can be tried again.
CREATE TABLE conduct_report (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	sealed BLOB NOT NULL,
	sent_at INTEGER NOT NULL
) STRICT;
CREATE INDEX conduct_report_by_age ON conduct_report (sent_at);

-- Its mails' reasons are conduct:<report>:<recipient>; ';' follows ':'.
CREATE TRIGGER conduct_report_ends_with_its_mails
AFTER UPDATE OF state ON outbox
WHEN NEW.kind = 'conduct' AND NEW.state IN ('sent', 'cancelled')
BEGIN
	DELETE FROM conduct_report WHERE NOT EXISTS (SELECT 1 FROM outbox
		WHERE reason > 'conduct:' || conduct_report.id || ':'
			AND reason < 'conduct:' || conduct_report.id || ';'
			AND state NOT IN ('sent', 'cancelled'));
END;
CREATE TRIGGER conduct_report_ends_without_mails
AFTER DELETE ON outbox WHEN OLD.kind = 'conduct'
BEGIN
	DELETE FROM conduct_report WHERE NOT EXISTS (SELECT 1 FROM outbox
		WHERE reason > 'conduct:' || conduct_report.id || ':'
			AND reason < 'conduct:' || conduct_report.id || ';'
			AND state NOT IN ('sent', 'cancelled'));
END;

-- The mail that tells of an erasure is the last to hold the address: when it
-- reaches nobody, or is called off, its row goes as it does when it was sent.
CREATE TRIGGER erased_leaves_no_mail
AFTER UPDATE OF state ON outbox
WHEN NEW.kind = 'erased' AND NEW.state IN ('failed', 'cancelled')
BEGIN
	DELETE FROM outbox WHERE id = NEW.id;
END;

-- Who did what to whom, without contents. subject_id is the person whom it
-- concerned; detail a word of the programme's own (a role, a group's or
-- cohort's name), never anything a person wrote.
CREATE TABLE audit (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,
	-- NULL: the operator of the installation, by crewctl.
	actor_id INTEGER REFERENCES person ON DELETE SET NULL,
	action TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 60),
	cohort_id INTEGER REFERENCES cohort ON DELETE CASCADE,
	subject_id INTEGER REFERENCES person ON DELETE SET NULL,
	detail TEXT NOT NULL DEFAULT '' CHECK (length(detail) <= 120)
) STRICT;
CREATE INDEX audit_by_cohort ON audit (cohort_id, id);
CREATE INDEX audit_by_actor ON audit (actor_id);
CREATE INDEX audit_by_subject ON audit (subject_id);
CREATE INDEX audit_by_age ON audit (at);

CREATE TRIGGER audit_is_final
BEFORE UPDATE OF at, action, cohort_id, detail ON audit
BEGIN
	SELECT RAISE(ABORT, 'audit_is_final');
END;

-- Erasures whose traces outside the database (the journal, written mail, the
-- write-ahead log) the courier has still to see to. address_hash is keyed with
-- the key file's key.
CREATE TABLE erasure (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	address_hash TEXT NOT NULL,
	withdraws INTEGER NOT NULL CHECK (withdraws IN (0, 1)),
	erased_at INTEGER NOT NULL
) STRICT;

-- Leaving a placement is final; what it says about a person need not be.
DROP TRIGGER placement_is_final;
CREATE TRIGGER placement_is_final
BEFORE UPDATE ON placement
WHEN NEW.group_id <> OLD.group_id OR NEW.member_id <> OLD.member_id
	OR (OLD.left_at IS NOT NULL AND NEW.left_at IS NOT OLD.left_at)
BEGIN
	SELECT RAISE(ABORT, 'placement_is_final');
END;

-- Every column that holds personal data. A test goes through them: each must
-- come with the export of own data, go with an erasure, and go by retention,
-- or say here why it need not; and a column of text that is neither here nor
-- on the test's list of columns without personal data fails it.
CREATE TABLE personal_column (
	table_name TEXT NOT NULL,
	column_name TEXT NOT NULL,
	-- '' where it does what is asked of it, else why it need not.
	unless_exported TEXT NOT NULL DEFAULT '',
	unless_retained TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (table_name, column_name)
) STRICT;

-- One mail, then deleted: also when the mailbox refused it for good.
CREATE TRIGGER subscription_ends_with_its_mail AFTER UPDATE OF state ON outbox
WHEN NEW.kind = 'next_opens' AND NEW.state = 'failed' AND OLD.state <> 'failed'
BEGIN
	DELETE FROM subscription WHERE email = NEW.recipient;
END;
