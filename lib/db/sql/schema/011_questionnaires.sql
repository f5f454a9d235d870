-- What is asked of applicants and volunteers, what they answered, and what is
-- written but not sent yet.

-- One for each purpose of each cohort, made with it; without items there is
-- nothing to ask beyond the questions that every form has.
CREATE TABLE questionnaire (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	purpose TEXT NOT NULL CHECK (purpose IN
		('apply', 'navigator', 'captain', 'organiser')),
	-- Markdown, above the first question.
	intro TEXT NOT NULL DEFAULT '' CHECK (length(intro) <= 4000),
	-- About how long it takes, as it is told before one begins.
	minutes INTEGER NOT NULL DEFAULT 20 CHECK (minutes BETWEEN 1 AND 240),
	revision INTEGER NOT NULL DEFAULT 1,
	UNIQUE (cohort_id, purpose)
) STRICT;

INSERT INTO questionnaire (cohort_id, purpose)
SELECT cohort.id, purpose.column1 FROM cohort,
	(VALUES ('apply'), ('navigator'), ('captain'), ('organiser')) AS purpose;

CREATE TRIGGER cohort_has_questionnaires AFTER INSERT ON cohort
BEGIN
	INSERT INTO questionnaire (cohort_id, purpose) VALUES
		(NEW.id, 'apply'), (NEW.id, 'navigator'),
		(NEW.id, 'captain'), (NEW.id, 'organiser');
END;

-- A question. Its name stays: it is the field's, the column's in exports, and
-- what makes a copied question the same as the one it was copied from.
CREATE TABLE questionnaire_item (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	questionnaire_id INTEGER NOT NULL
		REFERENCES questionnaire ON DELETE CASCADE,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40
		AND name NOT GLOB '*[^a-z0-9_]*' AND name GLOB '[a-z]*'
		AND name NOT GLOB 'hours_*'
		AND name NOT IN ('name', 'pronouns', 'github', 'email', 'zone',
			'level', 'levels', 'level_low', 'level_high', 'projects',
			'hours', 'wants', 'conduct', 'revision', 'step', 'reuse', 'draft',
			'asked')),
	position INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('short', 'long', 'number', 'date',
		'one', 'several', 'list', 'url', 'email', 'rating', 'yes_no')),
	-- For reviewers and organisers only: never mailed, and gone soon after
	-- the cohort's end.
	is_sensitive INTEGER NOT NULL DEFAULT 0 CHECK (is_sensitive IN (0, 1)),
	-- Says who someone is: hidden from reviewers until they ask to see it.
	is_identifying INTEGER NOT NULL DEFAULT 0
		CHECK (is_identifying IN (0, 1)),
	-- Asked no more; answers given stay readable.
	retired_at INTEGER,
	UNIQUE (questionnaire_id, name)
) STRICT;

-- How a question is or was put. The newest one is asked; one that somebody
-- answered stays as it was, so that an answer can be read beside what was
-- asked.
CREATE TABLE item_wording (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	item_id INTEGER NOT NULL REFERENCES questionnaire_item ON DELETE CASCADE,
	label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 300),
	-- Markdown.
	help TEXT NOT NULL DEFAULT '' CHECK (length(help) <= 2000),
	is_required INTEGER NOT NULL CHECK (is_required IN (0, 1)),
	-- UTF-16 units of a text, the value of a number or a rating, the days
	-- since 1970 of a date, how many of a list or of several; NULL: no limit
	-- of its own.
	least INTEGER,
	most INTEGER,
	-- Of 'one' and 'several', one a line.
	options TEXT NOT NULL DEFAULT '' CHECK (length(options) <= 8000),
	made_at INTEGER NOT NULL,
	CHECK (least IS NULL OR most IS NULL OR least <= most)
) STRICT;
CREATE INDEX item_wording_by_item ON item_wording (item_id, id);

-- One answer a question; nothing answered is no row. Several and lists: one a
-- line. A date as 2027-01-31, yes_no as yes or no.
CREATE TABLE application_answer (
	application_id INTEGER NOT NULL REFERENCES application ON DELETE CASCADE,
	item_id INTEGER NOT NULL REFERENCES questionnaire_item,
	wording_id INTEGER NOT NULL REFERENCES item_wording,
	value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 20000),
	PRIMARY KEY (application_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX application_answer_by_item ON application_answer (item_id);
CREATE INDEX application_answer_by_wording ON application_answer (wording_id);

-- The same of a volunteer, given with the invitation.
CREATE TABLE volunteer_answer (
	member_id INTEGER NOT NULL REFERENCES member ON DELETE CASCADE,
	item_id INTEGER NOT NULL REFERENCES questionnaire_item,
	wording_id INTEGER NOT NULL REFERENCES item_wording,
	value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 20000),
	PRIMARY KEY (member_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX volunteer_answer_by_item ON volunteer_answer (item_id);
CREATE INDEX volunteer_answer_by_wording ON volunteer_answer (wording_id);

-- Answers belong to the form of their application's cohort, or of their
-- volunteer's cohort and role, and to a wording of the question itself.
CREATE TRIGGER application_answer_of_its_form
BEFORE INSERT ON application_answer
WHEN NOT EXISTS (SELECT 1 FROM item_wording
	JOIN questionnaire_item ON questionnaire_item.id = item_wording.item_id
	JOIN questionnaire
		ON questionnaire.id = questionnaire_item.questionnaire_id
	JOIN application ON application.cohort_id = questionnaire.cohort_id
	WHERE item_wording.id = NEW.wording_id
		AND questionnaire_item.id = NEW.item_id
		AND questionnaire.purpose = 'apply'
		AND application.id = NEW.application_id)
BEGIN
	SELECT RAISE(ABORT, 'answer_of_other_form');
END;

CREATE TRIGGER volunteer_answer_of_its_form
BEFORE INSERT ON volunteer_answer
WHEN NOT EXISTS (SELECT 1 FROM item_wording
	JOIN questionnaire_item ON questionnaire_item.id = item_wording.item_id
	JOIN questionnaire
		ON questionnaire.id = questionnaire_item.questionnaire_id
	JOIN member ON member.cohort_id = questionnaire.cohort_id
		AND member.role = questionnaire.purpose
	WHERE item_wording.id = NEW.wording_id
		AND questionnaire_item.id = NEW.item_id
		AND member.id = NEW.member_id)
BEGIN
	SELECT RAISE(ABORT, 'answer_of_other_form');
END;

INSERT INTO personal_column (table_name, column_name, unless_exported,
	unless_retained) VALUES ('volunteer_answer', 'value', '', '');

CREATE TRIGGER wording_that_is_answered_stays
BEFORE UPDATE ON item_wording
WHEN EXISTS (SELECT 1 FROM application_answer WHERE wording_id = OLD.id)
	OR EXISTS (SELECT 1 FROM volunteer_answer WHERE wording_id = OLD.id)
BEGIN
	SELECT RAISE(ABORT, 'wording_is_answered');
END;

CREATE TRIGGER item_that_is_answered_keeps_its_kind
BEFORE UPDATE OF kind ON questionnaire_item
WHEN NEW.kind <> OLD.kind AND (
	EXISTS (SELECT 1 FROM application_answer WHERE item_id = OLD.id)
	OR EXISTS (SELECT 1 FROM volunteer_answer WHERE item_id = OLD.id))
BEGIN
	SELECT RAISE(ABORT, 'item_is_answered');
END;

-- What was said to reviewers and organisers alone stays so.
CREATE TRIGGER item_that_is_answered_stays_sensitive
BEFORE UPDATE OF is_sensitive ON questionnaire_item
WHEN NEW.is_sensitive < OLD.is_sensitive AND (
	EXISTS (SELECT 1 FROM application_answer WHERE item_id = OLD.id)
	OR EXISTS (SELECT 1 FROM volunteer_answer WHERE item_id = OLD.id))
BEGIN
	SELECT RAISE(ABORT, 'item_stays_sensitive');
END;

CREATE TRIGGER item_keeps_its_name
BEFORE UPDATE OF name, questionnaire_id ON questionnaire_item
WHEN NEW.name <> OLD.name OR NEW.questionnaire_id <> OLD.questionnaire_id
BEGIN
	SELECT RAISE(ABORT, 'item_keeps_its_name');
END;

-- An application in the making: what was typed, right or wrong, as a browser
-- sends it (application/x-www-form-urlencoded).
CREATE TABLE draft (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	email TEXT CHECK (length(email) BETWEEN 3 AND 254),
	email_key TEXT,
	fields TEXT NOT NULL CHECK (length(fields) <= 524288),
	-- Nothing is missing or wrong: it only was not sent.
	is_finished INTEGER NOT NULL DEFAULT 0 CHECK (is_finished IN (0, 1)),
	-- The code of the last mail, as a keyed hash: typed on another device to
	-- go on there.
	code_hash TEXT,
	begun_at INTEGER NOT NULL,
	saved_at INTEGER NOT NULL,
	revision INTEGER NOT NULL DEFAULT 1,
	-- The page that saved it last, by the hash of its form's key: what that
	-- page saves next replaces nothing that it has not seen.
	writer TEXT NOT NULL DEFAULT '',
	-- When a link to it was last asked for to this address.
	mailed_at INTEGER,
	wants_reminders INTEGER NOT NULL DEFAULT 1
		CHECK (wants_reminders IN (0, 1)),
	CHECK ((email IS NULL) = (email_key IS NULL))
) STRICT;
CREATE INDEX draft_by_cohort ON draft (cohort_id);
CREATE INDEX draft_by_email ON draft (email_key) WHERE email_key IS NOT NULL;

-- The browsers that may go on with a draft, by the hash of their cookie. Of
-- several of one browser in a cohort the one added last is the one it shows.
CREATE TABLE draft_browser (
	token_hash TEXT NOT NULL,
	draft_id INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE,
	added_at INTEGER NOT NULL,
	PRIMARY KEY (token_hash, draft_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_browser_by_draft ON draft_browser (draft_id);

ALTER TABLE link ADD COLUMN draft_id INTEGER REFERENCES draft ON DELETE CASCADE;
CREATE INDEX link_by_draft ON link (draft_id) WHERE draft_id IS NOT NULL;

-- Whom an organiser lets apply, or change an application, after the deadline.
CREATE TABLE late_entry (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	email_key TEXT NOT NULL,
	email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
	until_at INTEGER NOT NULL,
	let_by INTEGER REFERENCES person ON DELETE SET NULL,
	let_at INTEGER NOT NULL,
	UNIQUE (cohort_id, email_key)
) STRICT;
CREATE INDEX late_entry_by_email ON late_entry (email_key);
CREATE INDEX late_entry_by_person ON late_entry (let_by);

-- The levels in a cohort's own words; without a row those of the software.
CREATE TABLE cohort_level (
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
	help TEXT NOT NULL DEFAULT '' CHECK (length(help) <= 300),
	PRIMARY KEY (cohort_id, level)
) STRICT, WITHOUT ROWID;

-- How long after the deadline a draft saved before it can still be sent.
ALTER TABLE cohort ADD COLUMN grace_minutes INTEGER NOT NULL DEFAULT 30
	CHECK (grace_minutes BETWEEN 0 AND 1440);
-- How many reviews each application is to have.
ALTER TABLE cohort ADD COLUMN reviews_wanted INTEGER NOT NULL DEFAULT 2
	CHECK (reviews_wanted BETWEEN 1 AND 9);
-- A freed seat goes to the waitlist without an organiser's click.
ALTER TABLE cohort ADD COLUMN releases_itself INTEGER NOT NULL DEFAULT 0
	CHECK (releases_itself IN (0, 1));
-- When the organisers ended blind review: names stand on their lists then.
ALTER TABLE cohort ADD COLUMN names_shown_at INTEGER;

-- Codes that were typed are counted as mails are that were asked for.
CREATE TABLE mail_request_new (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL CHECK (kind IN
		('sign_in', 'application', 'address', 'subscription', 'conduct',
		'own_data', 'draft_code')),
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

INSERT INTO mail_kind (kind, urgency, is_private, is_optional, is_forgotten,
	is_of_cohort) VALUES
	('draft', 1, 0, 0, 0, 1),
	('draft_reminder', 3, 0, 1, 0, 1),
	('let_in', 2, 0, 0, 0, 1);

-- Below /apply/ that is the page of a draft's link.
CREATE TRIGGER cohort_insert_draft BEFORE INSERT ON cohort
WHEN NEW.slug = 'draft'
BEGIN
	SELECT RAISE(ABORT, 'slug_is_reserved');
END;
CREATE TRIGGER cohort_update_draft BEFORE UPDATE OF slug ON cohort
WHEN NEW.slug = 'draft' AND NEW.slug <> OLD.slug
BEGIN
	SELECT RAISE(ABORT, 'slug_is_reserved');
END;

INSERT INTO personal_column (table_name, column_name, unless_exported,
	unless_retained) VALUES
	('draft', 'email', '', ''),
	('draft', 'email_key', 'the address again, to compare it by', ''),
	('draft', 'fields', '', ''),
	('late_entry', 'email', '', ''),
	('late_entry', 'email_key', 'the address again, to compare it by', '');
