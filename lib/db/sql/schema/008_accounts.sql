-- Accounts: what a person says of themselves, their sessions, links of every
-- purpose, a change of address, invitations, and who wants to hear of the
-- next cohort.

-- Who sees the pronouns: 1 organisers, 2 the own groups, 3 the cohort.
ALTER TABLE person ADD COLUMN pronouns_audience INTEGER NOT NULL DEFAULT 3
	CHECK (pronouns_audience BETWEEN 1 AND 3);
-- Mails that remind of a stand-up.
ALTER TABLE person ADD COLUMN wants_reminders INTEGER NOT NULL DEFAULT 1
	CHECK (wants_reminders IN (0, 1));
-- Erased on request: the row stands in for whoever it was.
ALTER TABLE person ADD COLUMN erased_at INTEGER;

-- "Firefox on Android": so much of the browser that its owner knows it again.
ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT ''
	CHECK (length(device) <= 60);

-- Whoever begins to organise or to administrate has the sessions of one from
-- then on: those that ran idle for longer end after 14 days, too.
CREATE TRIGGER session_of_new_organiser AFTER INSERT ON member
WHEN NEW.role = 'organiser' AND NEW.left_at IS NULL
BEGIN
	UPDATE session SET idle_seconds = 1209600
	WHERE person_id = NEW.person_id AND idle_seconds > 1209600;
END;
CREATE TRIGGER session_of_organiser_again AFTER UPDATE OF role, left_at ON member
WHEN NEW.role = 'organiser' AND NEW.left_at IS NULL
BEGIN
	UPDATE session SET idle_seconds = 1209600
	WHERE person_id = NEW.person_id AND idle_seconds > 1209600;
END;
CREATE TRIGGER session_of_new_administrator
AFTER UPDATE OF is_administrator ON person WHEN NEW.is_administrator = 1
BEGIN
	UPDATE session SET idle_seconds = 1209600
	WHERE person_id = NEW.id AND idle_seconds > 1209600;
END;
UPDATE session SET idle_seconds = 1209600
WHERE idle_seconds > 1209600 AND person_id IN (
	SELECT id FROM person WHERE is_administrator = 1
	UNION SELECT person_id FROM member
	WHERE role = 'organiser' AND left_at IS NULL);

-- Who was erased never signs in again: the row stands in for somebody else's
-- memory only.
CREATE TRIGGER person_erased_is_out AFTER UPDATE OF erased_at ON person
WHEN NEW.erased_at IS NOT NULL
BEGIN
	UPDATE person SET is_disabled = 1 WHERE id = NEW.id;
	DELETE FROM session WHERE person_id = NEW.id;
END;
CREATE TRIGGER person_erased_stays_out BEFORE UPDATE OF is_disabled ON person
WHEN OLD.erased_at IS NOT NULL AND NEW.is_disabled = 0
BEGIN
	SELECT RAISE(ABORT, 'person_is_erased');
END;

-- An address changes once both links were pressed: that in the mail to the
-- old address and that in the mail to the new.
CREATE TABLE address_change (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL UNIQUE REFERENCES person ON DELETE CASCADE,
	email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
	email_key TEXT NOT NULL,
	asked_at INTEGER NOT NULL,
	ends_at INTEGER NOT NULL,
	old_confirmed_at INTEGER,
	new_confirmed_at INTEGER
) STRICT;
CREATE INDEX address_change_by_end ON address_change (ends_at);

CREATE TABLE invitation (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	role TEXT NOT NULL CHECK (role IN ('navigator', 'captain', 'organiser')),
	email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
	email_key TEXT NOT NULL,
	name TEXT CHECK (length(name) BETWEEN 1 AND 100),
	invited_by INTEGER REFERENCES person ON DELETE SET NULL,
	invited_at INTEGER NOT NULL,
	ends_at INTEGER NOT NULL CHECK (ends_at > invited_at),
	state TEXT NOT NULL DEFAULT 'open' CHECK (state IN
		('open', 'accepted', 'declined', 'cancelled', 'lapsed')),
	ended_at INTEGER,
	CHECK ((state = 'open') = (ended_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX invitation_once ON invitation (cohort_id, role, email_key)
	WHERE state = 'open';
CREATE INDEX invitation_by_cohort ON invitation (cohort_id, id);
CREATE INDEX invitation_by_email ON invitation (email_key);
CREATE INDEX invitation_by_inviter ON invitation (invited_by);
CREATE INDEX invitation_by_end ON invitation (ends_at) WHERE state = 'open';

CREATE TRIGGER invitation_transitions
BEFORE UPDATE OF state ON invitation
WHEN NEW.state <> OLD.state AND OLD.state <> 'open'
BEGIN
	SELECT RAISE(ABORT, 'invitation_is_over');
END;

-- What a navigator or captain brings: said on accepting, changed at any time.
CREATE TABLE volunteer (
	member_id INTEGER PRIMARY KEY REFERENCES member ON DELETE CASCADE,
	zone TEXT NOT NULL,
	-- 336 half hours of the week, as in application.
	hours TEXT NOT NULL CHECK (length(hours) = 84),
	hours_utc TEXT NOT NULL CHECK (length(hours_utc) = 84),
	level_low INTEGER NOT NULL CHECK (level_low BETWEEN 1 AND 4),
	level_high INTEGER NOT NULL CHECK (level_high BETWEEN level_low AND 4),
	-- How many Djangonauts they would like; the cohort's limit binds anyway.
	wants INTEGER NOT NULL CHECK (wants BETWEEN 0 AND 50),
	said_at INTEGER NOT NULL
) STRICT;

-- None here: any project.
CREATE TABLE volunteer_project (
	member_id INTEGER NOT NULL REFERENCES volunteer ON DELETE CASCADE,
	project_id INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
	PRIMARY KEY (member_id, project_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX volunteer_project_by_project ON volunteer_project (project_id);

CREATE TRIGGER volunteer_project_of_its_cohort
BEFORE INSERT ON volunteer_project
WHEN (SELECT cohort_id FROM member WHERE id = NEW.member_id)
	<> (SELECT cohort_id FROM project WHERE id = NEW.project_id)
BEGIN
	SELECT RAISE(ABORT, 'project_of_other_cohort');
END;

-- "Tell me when the next one opens": one confirmed address, one mail, then
-- deleted.
CREATE TABLE subscription (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
	email_key TEXT NOT NULL UNIQUE,
	asked_at INTEGER NOT NULL,
	confirmed_at INTEGER
) STRICT;
CREATE INDEX subscription_unconfirmed ON subscription (asked_at)
	WHERE confirmed_at IS NULL;

-- Links of every purpose: only a token's hash is kept. 'sign_in' is used once
-- unless lasting; 'application' opens its application until it expires; the
-- others belong to what they name and end with it.
CREATE TABLE link_new (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	token_hash TEXT NOT NULL UNIQUE,
	purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'application',
		'invitation', 'address_old', 'address_new', 'subscription',
		'stop_subscription', 'stop_reminders', 'erase')),
	person_id INTEGER REFERENCES person ON DELETE CASCADE,
	application_id INTEGER REFERENCES application ON DELETE CASCADE,
	invitation_id INTEGER REFERENCES invitation ON DELETE CASCADE,
	address_change_id INTEGER REFERENCES address_change ON DELETE CASCADE,
	subscription_id INTEGER REFERENCES subscription ON DELETE CASCADE,
	next TEXT,
	is_lasting INTEGER NOT NULL DEFAULT 0 CHECK (is_lasting IN (0, 1)),
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	used_at INTEGER,
	CHECK ((purpose IN ('sign_in', 'erase', 'stop_reminders'))
		= (person_id IS NOT NULL)),
	CHECK ((purpose = 'application') = (application_id IS NOT NULL)),
	CHECK ((purpose = 'invitation') = (invitation_id IS NOT NULL)),
	CHECK ((purpose IN ('address_old', 'address_new'))
		= (address_change_id IS NOT NULL)),
	CHECK ((purpose IN ('subscription', 'stop_subscription'))
		= (subscription_id IS NOT NULL))
) STRICT;
INSERT INTO link_new (id, token_hash, purpose, person_id, application_id, next,
	is_lasting, created_at, expires_at, used_at)
SELECT id, token_hash, purpose, person_id, application_id, next, is_lasting,
	created_at, expires_at, used_at
FROM link WHERE application_id IS NULL
	OR application_id IN (SELECT id FROM application);
DROP TRIGGER application_links_end;
DROP TABLE link;
ALTER TABLE link_new RENAME TO link;
-- Each link names one of these: the indexes of the others stay untouched.
CREATE INDEX link_by_person ON link (person_id)
	WHERE person_id IS NOT NULL;
CREATE INDEX link_by_application ON link (application_id)
	WHERE application_id IS NOT NULL;
CREATE INDEX link_by_invitation ON link (invitation_id)
	WHERE invitation_id IS NOT NULL;
CREATE INDEX link_by_address_change ON link (address_change_id)
	WHERE address_change_id IS NOT NULL;
CREATE INDEX link_by_subscription ON link (subscription_id)
	WHERE subscription_id IS NOT NULL;
CREATE INDEX link_by_expiry ON link (expires_at);

-- An application's links end by their foreign key.
CREATE TRIGGER application_sessions_end AFTER DELETE ON application
BEGIN
	DELETE FROM session WHERE application_id = OLD.id;
END;

-- Kinds of asking that are counted, so that no address can be flooded.
CREATE TABLE mail_request_new (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL CHECK (kind IN
		('sign_in', 'application', 'address', 'subscription', 'conduct',
		'own_data')),
	address_hash TEXT NOT NULL,
	network_hash TEXT NOT NULL,
	asked_at INTEGER NOT NULL
) STRICT;
INSERT INTO mail_request_new SELECT * FROM mail_request;
DROP TABLE mail_request;
ALTER TABLE mail_request_new RENAME TO mail_request;
CREATE INDEX mail_request_by_address ON mail_request (kind, address_hash, asked_at);
CREATE INDEX mail_request_by_network ON mail_request (kind, network_hash, asked_at);
CREATE INDEX mail_request_by_age ON mail_request (asked_at);

-- Addresses below /cohort/ that are pages of their own.
CREATE TRIGGER cohort_insert_reserved BEFORE INSERT ON cohort
WHEN NEW.slug IN ('conduct', 'privacy', 'contact', 'settings', 'invitation',
	'tell-me', 'stop', 'address', 'erase', 'mail', 'audit')
BEGIN
	SELECT RAISE(ABORT, 'slug_is_reserved');
END;
CREATE TRIGGER cohort_update_reserved BEFORE UPDATE OF slug ON cohort
WHEN NEW.slug IN ('conduct', 'privacy', 'contact', 'settings', 'invitation',
	'tell-me', 'stop', 'address', 'erase', 'mail', 'audit')
	AND NEW.slug <> OLD.slug
BEGIN
	SELECT RAISE(ABORT, 'slug_is_reserved');
END;
