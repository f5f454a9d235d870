-- The programme's settings, people, and how they sign in.
--
-- Conventions of the whole schema: instants are UTC seconds; civil dates are
-- 'YYYY-MM-DD', civil times 'HH:MM' with their IANA zone beside them; flags are
-- 0 or 1; a key is a random, unguessable name used in addresses; RAISE carries
-- a code word that lib/db turns into an enum refusal.

CREATE TABLE programme (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
	tagline TEXT NOT NULL CHECK (length(tagline) <= 200),
	about TEXT NOT NULL CHECK (length(about) <= 4000),
	contact TEXT NOT NULL CHECK (length(contact) <= 254),
	conduct_link TEXT NOT NULL CHECK (length(conduct_link) <= 500),
	-- RFC 4151: a domain and a date on which it was held; never changed.
	tag_domain TEXT NOT NULL,
	tag_date TEXT NOT NULL,
	feed_key TEXT NOT NULL UNIQUE,
	-- Defaults that a new cohort starts with.
	weeks INTEGER NOT NULL DEFAULT 8 CHECK (weeks >= 1),
	djangonauts_per_navigator INTEGER NOT NULL DEFAULT 4
		CHECK (djangonauts_per_navigator >= 1),
	djangonauts_per_group INTEGER NOT NULL DEFAULT 8
		CHECK (djangonauts_per_group >= 1),
	offer_days INTEGER NOT NULL DEFAULT 7 CHECK (offer_days >= 1),
	-- Ceilings that no cohort may exceed.
	weeks_ceiling INTEGER NOT NULL DEFAULT 26,
	djangonauts_per_navigator_ceiling INTEGER NOT NULL DEFAULT 4,
	djangonauts_per_group_ceiling INTEGER NOT NULL DEFAULT 8,
	CHECK (weeks <= weeks_ceiling),
	CHECK (djangonauts_per_navigator <= djangonauts_per_navigator_ceiling),
	CHECK (djangonauts_per_group <= djangonauts_per_group_ceiling)
) STRICT;

CREATE TRIGGER programme_keeps_its_feed_identity
BEFORE UPDATE OF tag_domain, tag_date, feed_key ON programme
WHEN NEW.tag_domain <> OLD.tag_domain OR NEW.tag_date <> OLD.tag_date
	OR NEW.feed_key <> OLD.feed_key
BEGIN
	SELECT RAISE(ABORT, 'feed_identity_fixed');
END;

CREATE TABLE person (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
	email_key TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
	name_key TEXT NOT NULL,
	public_name TEXT CHECK (length(public_name) BETWEEN 1 AND 100),
	show_public_name INTEGER NOT NULL DEFAULT 0
		CHECK (show_public_name IN (0, 1)),
	pronouns TEXT CHECK (length(pronouns) <= 40),
	zone TEXT NOT NULL DEFAULT 'UTC',
	github TEXT CHECK (length(github) <= 39),
	is_administrator INTEGER NOT NULL DEFAULT 0
		CHECK (is_administrator IN (0, 1)),
	is_disabled INTEGER NOT NULL DEFAULT 0 CHECK (is_disabled IN (0, 1)),
	created_at INTEGER NOT NULL
) STRICT;

-- A session that came from an application's link reaches that application
-- alone (application_id set); one from a sign-in link reaches all that the
-- person may. The application's foreign key is checked by its own migration's
-- trigger, since applications come later.
CREATE TABLE session (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	token_hash TEXT NOT NULL UNIQUE,
	person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
	application_id INTEGER,
	created_at INTEGER NOT NULL,
	last_used_at INTEGER NOT NULL,
	idle_seconds INTEGER NOT NULL CHECK (idle_seconds > 0),
	ends_at INTEGER NOT NULL CHECK (ends_at > created_at)
) STRICT;
CREATE INDEX session_by_person ON session (person_id);
CREATE INDEX session_by_end ON session (ends_at);
CREATE INDEX session_by_idle_end ON session (last_used_at + idle_seconds);

-- A mailed link: only the token's hash is kept. A link of purpose 'sign_in' is
-- used once, unless the operator made it a lasting one (crewctl sign-in-link
-- --lasting, for trying the sample programme); one of purpose 'application'
-- opens its application until it expires.
CREATE TABLE link (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	token_hash TEXT NOT NULL UNIQUE,
	purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'application')),
	person_id INTEGER REFERENCES person ON DELETE CASCADE,
	application_id INTEGER,
	next TEXT,
	is_lasting INTEGER NOT NULL DEFAULT 0 CHECK (is_lasting IN (0, 1)),
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	used_at INTEGER,
	CHECK ((purpose = 'sign_in') = (person_id IS NOT NULL)),
	CHECK ((purpose = 'application') = (application_id IS NOT NULL))
) STRICT;
CREATE INDEX link_by_person ON link (person_id);
CREATE INDEX link_by_application ON link (application_id);
CREATE INDEX link_by_expiry ON link (expires_at);

-- What was asked for by whom, as keyed hashes, so that no address can be
-- flooded with mail; rows older than an hour are deleted by tick.
CREATE TABLE mail_request (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL CHECK (kind IN ('sign_in', 'application')),
	address_hash TEXT NOT NULL,
	network_hash TEXT NOT NULL,
	asked_at INTEGER NOT NULL
) STRICT;
CREATE INDEX mail_request_by_address ON mail_request (kind, address_hash, asked_at);
CREATE INDEX mail_request_by_network ON mail_request (kind, network_hash, asked_at);
CREATE INDEX mail_request_by_age ON mail_request (asked_at);

-- A form sent twice (double click, lost answer) leads to where the first
-- sending led; rows are kept a day.
CREATE TABLE submission (
	key TEXT PRIMARY KEY,
	location TEXT NOT NULL,
	created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX submission_by_age ON submission (created_at);
