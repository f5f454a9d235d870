-- What becomes of an application: see model/standing.h, which draws it.

ALTER TABLE application ADD COLUMN standing TEXT NOT NULL DEFAULT 'received'
	CHECK (standing IN ('received', 'counting', 'withdrawn', 'waitlisted',
		'declined', 'offered', 'confirmed', 'refused', 'lapsed', 'closed'));
-- The place on the waitlist, 1 first; kept when a seat is offered.
ALTER TABLE application ADD COLUMN waitlist_position INTEGER
	CHECK (waitlist_position >= 1);

UPDATE application SET standing = CASE
	WHEN confirmed_at IS NULL THEN 'received'
	WHEN withdrawn_at IS NOT NULL THEN 'withdrawn'
	ELSE coalesce((SELECT state FROM offer
		WHERE offer.application_id = application.id
		ORDER BY offer.id DESC LIMIT 1), 'counting') END;
CREATE INDEX application_by_standing
	ON application (cohort_id, standing, waitlist_position);
-- What the queue of reviewers and its progress look at.
CREATE INDEX application_by_reviews
	ON application (cohort_id, standing, reviews, person_id, key);

-- Every step there is, and no other.
CREATE TABLE standing_step (
	before TEXT NOT NULL,
	after TEXT NOT NULL,
	PRIMARY KEY (before, after)
) STRICT, WITHOUT ROWID;
INSERT INTO standing_step (before, after) VALUES
	('received', 'counting'),
	('counting', 'waitlisted'), ('counting', 'declined'),
	('counting', 'offered'), ('counting', 'withdrawn'),
	('waitlisted', 'offered'), ('waitlisted', 'declined'),
	('waitlisted', 'closed'), ('waitlisted', 'withdrawn'),
	('declined', 'offered'), ('declined', 'waitlisted'),
	('declined', 'withdrawn'),
	('closed', 'offered'), ('closed', 'withdrawn'),
	('offered', 'confirmed'), ('offered', 'refused'),
	('offered', 'lapsed'), ('offered', 'withdrawn'),
	('refused', 'offered'), ('refused', 'waitlisted'),
	('refused', 'withdrawn'),
	('lapsed', 'offered'), ('lapsed', 'waitlisted'),
	('lapsed', 'withdrawn'),
	('withdrawn', 'counting');

CREATE TRIGGER standing_begins_received BEFORE INSERT ON application
WHEN NEW.standing <> 'received'
BEGIN
	SELECT RAISE(ABORT, 'standing_step');
END;
-- A step there is, and to what the rest of the row and the offers say.
CREATE TRIGGER standing_steps BEFORE UPDATE OF standing ON application
WHEN NEW.standing <> OLD.standing
BEGIN
	SELECT RAISE(ABORT, 'standing_step')
	WHERE NOT EXISTS (SELECT 1 FROM standing_step
		WHERE before = OLD.standing AND after = NEW.standing);
	SELECT RAISE(ABORT, 'standing_untrue')
	WHERE NEW.confirmed_at IS NULL
		OR (NEW.standing = 'withdrawn') <> (NEW.withdrawn_at IS NOT NULL)
		OR (NEW.standing = 'waitlisted') > (NEW.waitlist_position IS NOT NULL)
		OR (NEW.standing IN ('offered', 'confirmed', 'refused', 'lapsed')
			AND NEW.standing IS NOT (SELECT state FROM offer
				WHERE offer.application_id = NEW.id
				ORDER BY offer.id DESC LIMIT 1));
END;

CREATE TRIGGER standing_after_confirming
AFTER UPDATE OF confirmed_at ON application
WHEN NEW.confirmed_at IS NOT NULL AND OLD.confirmed_at IS NULL
BEGIN
	UPDATE application SET standing = 'counting' WHERE id = NEW.id;
END;
-- Withdrawing gives an open offer back, or finds that it lapsed already. In
-- this order: an offer that ends says nothing any more of what is withdrawn.
DROP TRIGGER withdrawing_ends_the_offer;
CREATE TRIGGER standing_after_withdrawing
AFTER UPDATE OF withdrawn_at ON application
WHEN NEW.withdrawn_at IS NOT NULL AND OLD.withdrawn_at IS NULL
BEGIN
	UPDATE application SET standing = 'withdrawn' WHERE id = NEW.id;
	UPDATE offer SET state = CASE WHEN NEW.withdrawn_at >= deadline_at
			THEN 'lapsed' ELSE 'refused' END,
		ended_at = NEW.withdrawn_at
	WHERE application_id = NEW.id AND state = 'offered';
END;
CREATE TRIGGER standing_after_sending_again
AFTER UPDATE OF withdrawn_at ON application
WHEN NEW.withdrawn_at IS NULL AND OLD.withdrawn_at IS NOT NULL
BEGIN
	UPDATE application SET standing = 'counting' WHERE id = NEW.id;
END;
-- One that comes with its confirmation goes the same way, at once.
CREATE TRIGGER standing_of_one_that_counts AFTER INSERT ON application
WHEN NEW.confirmed_at IS NOT NULL
BEGIN
	UPDATE application SET standing = 'counting'
	WHERE id = NEW.id AND withdrawn_at IS NULL;
	UPDATE application SET withdrawn_at = NULL
	WHERE id = NEW.id AND withdrawn_at IS NOT NULL;
	UPDATE application SET withdrawn_at = NEW.withdrawn_at
	WHERE id = NEW.id AND NEW.withdrawn_at IS NOT NULL;
END;
CREATE TRIGGER standing_after_offering AFTER INSERT ON offer
BEGIN
	UPDATE application SET standing = 'offered' WHERE id = NEW.application_id;
END;
CREATE TRIGGER standing_after_the_offer AFTER UPDATE OF state ON offer
WHEN NEW.state <> OLD.state
BEGIN
	UPDATE application SET standing = NEW.state
	WHERE id = NEW.application_id AND standing = 'offered';
END;

-- What the organisers decided; nobody hears of it before it is sent.
CREATE TABLE decision (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	application_id INTEGER NOT NULL REFERENCES application ON DELETE CASCADE,
	kind TEXT NOT NULL CHECK (kind IN ('offer', 'waitlist', 'decline')),
	-- Of 'waitlist': the place, 1 first.
	position INTEGER CHECK (position >= 1),
	-- Of 'offer': the group that it names.
	group_id INTEGER REFERENCES mentoring_group ON DELETE SET NULL,
	-- A line for this person alone.
	line TEXT NOT NULL DEFAULT '' CHECK (length(line) <= 600),
	decided_by INTEGER REFERENCES person ON DELETE SET NULL,
	decided_at INTEGER NOT NULL,
	sent_at INTEGER,
	CHECK ((kind = 'waitlist') = (position IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX decision_pending ON decision (application_id)
	WHERE sent_at IS NULL;
CREATE INDEX decision_by_application ON decision (application_id);
CREATE INDEX decision_by_group ON decision (group_id);
CREATE INDEX decision_by_person ON decision (decided_by);

-- A decision that was not sent was made on another standing: it is dropped.
CREATE TRIGGER decision_of_another_standing
AFTER UPDATE OF standing ON application
WHEN NEW.standing <> OLD.standing
BEGIN
	DELETE FROM decision
	WHERE application_id = NEW.id AND sent_at IS NULL;
END;
CREATE TRIGGER decision_is_sent_once
BEFORE UPDATE OF application_id, kind, position, sent_at ON decision
WHEN OLD.sent_at IS NOT NULL
BEGIN
	SELECT RAISE(ABORT, 'decision_is_sent');
END;
CREATE TRIGGER decision_of_its_cohort BEFORE INSERT ON decision
WHEN NEW.group_id IS NOT NULL
	AND (SELECT cohort_id FROM mentoring_group WHERE id = NEW.group_id)
		<> (SELECT cohort_id FROM application WHERE id = NEW.application_id)
BEGIN
	SELECT RAISE(ABORT, 'group_of_other_cohort');
END;

-- The offer whose freed seat this one passes on: each seat once.
ALTER TABLE offer ADD COLUMN replaces_id INTEGER
	REFERENCES offer ON DELETE SET NULL;
CREATE UNIQUE INDEX offer_replaces ON offer (replaces_id)
	WHERE replaces_id IS NOT NULL;

-- Freed: given back, not answered in time, or its person left.
CREATE TRIGGER offer_of_a_freed_seat BEFORE INSERT ON offer
WHEN NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM offer
	JOIN application ON application.id = offer.application_id
	WHERE offer.id = NEW.replaces_id
	AND application.cohort_id = (SELECT cohort_id FROM application
		WHERE id = NEW.application_id)
	AND (offer.state IN ('refused', 'lapsed')
		OR (offer.state = 'confirmed' AND NOT EXISTS (SELECT 1 FROM member
			WHERE member.cohort_id = application.cohort_id
			AND member.person_id = application.person_id
			AND member.role = 'djangonaut' AND member.left_at IS NULL))))
BEGIN
	SELECT RAISE(ABORT, 'seat_is_not_free');
END;

-- A freed seat never still counts: nor does that of one who left.
DROP TRIGGER offer_within_the_seats;
CREATE TRIGGER offer_within_the_seats BEFORE INSERT ON offer
WHEN (SELECT count(*) FROM application
		WHERE application.cohort_id = (SELECT cohort_id FROM application
			WHERE id = NEW.application_id)
		AND application.standing = 'offered')
	+ (SELECT count(*) FROM application
		JOIN member ON member.cohort_id = application.cohort_id
			AND member.person_id = application.person_id
			AND member.role = 'djangonaut' AND member.left_at IS NULL
		WHERE application.cohort_id = (SELECT cohort_id FROM application
			WHERE id = NEW.application_id)
		AND application.standing = 'confirmed')
	>= (SELECT cohort.seats FROM cohort
		JOIN application ON application.cohort_id = cohort.id
		WHERE application.id = NEW.application_id)
BEGIN
	SELECT RAISE(ABORT, 'no_seat_left');
END;

-- The link of an offer's mail opens that offer, for whoever has the mail.
CREATE TABLE link_new (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	token_hash TEXT NOT NULL UNIQUE,
	purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'application',
		'invitation', 'address_old', 'address_new', 'subscription',
		'stop_subscription', 'stop_reminders', 'erase', 'draft', 'stop_draft',
		'offer')),
	person_id INTEGER REFERENCES person ON DELETE CASCADE,
	application_id INTEGER REFERENCES application ON DELETE CASCADE,
	invitation_id INTEGER REFERENCES invitation ON DELETE CASCADE,
	address_change_id INTEGER REFERENCES address_change ON DELETE CASCADE,
	subscription_id INTEGER REFERENCES subscription ON DELETE CASCADE,
	draft_id INTEGER REFERENCES draft ON DELETE CASCADE,
	offer_id INTEGER REFERENCES offer ON DELETE CASCADE,
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
		= (subscription_id IS NOT NULL)),
	CHECK ((purpose IN ('draft', 'stop_draft')) = (draft_id IS NOT NULL)),
	CHECK ((purpose = 'offer') = (offer_id IS NOT NULL))
) STRICT;
INSERT INTO link_new (id, token_hash, purpose, person_id, application_id,
	invitation_id, address_change_id, subscription_id, draft_id, next,
	is_lasting, created_at, expires_at, used_at)
SELECT id, token_hash, purpose, person_id, application_id, invitation_id,
	address_change_id, subscription_id, draft_id, next, is_lasting,
	created_at, expires_at, used_at
FROM link;
DROP TABLE link;
ALTER TABLE link_new RENAME TO link;
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
CREATE INDEX link_by_draft ON link (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX link_by_offer ON link (offer_id) WHERE offer_id IS NOT NULL;
CREATE INDEX link_by_expiry ON link (expires_at);

INSERT INTO mail_kind (kind, urgency, is_private, is_optional, is_forgotten,
	is_of_cohort) VALUES
	('waitlist', 2, 0, 0, 0, 1),
	('not_this_time', 2, 0, 0, 0, 1),
	('waitlist_closed', 2, 0, 0, 0, 1);

INSERT INTO personal_column (table_name, column_name, unless_exported,
	unless_retained) VALUES
	('decision', 'line', '', '');
