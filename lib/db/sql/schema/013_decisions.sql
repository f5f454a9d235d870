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

-- Every step there is.
CREATE TABLE standing_step (
	before TEXT NOT NULL,
	after TEXT NOT NULL,
	PRIMARY KEY (before, after)
) STRICT, WITHOUT ROWID;
INSERT INTO standing_step (before, after) VALUES
	('received', 'counting'), ('received', 'withdrawn'),
	('counting', 'waitlisted'), ('counting', 'declined'),
	('counting', 'offered'), ('counting', 'withdrawn'),
	('waitlisted', 'offered'), ('waitlisted', 'declined'),
	('waitlisted', 'closed'), ('waitlisted', 'withdrawn'),
	('declined', 'offered'), ('declined', 'waitlisted'),
	('declined', 'withdrawn'),
	('offered', 'confirmed'), ('offered', 'refused'),
	('offered', 'lapsed'), ('offered', 'withdrawn'),
	('confirmed', 'withdrawn'), ('closed', 'withdrawn'),
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
CREATE TRIGGER standing_steps BEFORE UPDATE OF standing ON application
WHEN NEW.standing <> OLD.standing AND NOT EXISTS (SELECT 1 FROM standing_step
	WHERE before = OLD.standing AND after = NEW.standing)
BEGIN
	SELECT RAISE(ABORT, 'standing_step');
END;
-- It says what the rest of the row and the offers say.
CREATE TRIGGER standing_is_true BEFORE UPDATE OF standing ON application
WHEN NEW.standing <> OLD.standing AND (
	(NEW.standing = 'received') <> (NEW.confirmed_at IS NULL)
	OR (NEW.standing = 'withdrawn') <> (NEW.withdrawn_at IS NOT NULL)
	OR (NEW.standing IN ('offered', 'confirmed', 'refused', 'lapsed')
		AND NEW.standing IS NOT (SELECT state FROM offer
			WHERE offer.application_id = NEW.id
			ORDER BY offer.id DESC LIMIT 1)))
BEGIN
	SELECT RAISE(ABORT, 'standing_untrue');
END;

-- One that comes with its confirmation, as a restored or a tested one does.
CREATE TRIGGER standing_of_one_that_counts AFTER INSERT ON application
WHEN NEW.confirmed_at IS NOT NULL
BEGIN
	UPDATE application SET standing = 'counting'
	WHERE id = NEW.id AND withdrawn_at IS NULL;
	UPDATE application SET standing = 'withdrawn'
	WHERE id = NEW.id AND withdrawn_at IS NOT NULL;
END;
CREATE TRIGGER standing_after_confirming
AFTER UPDATE OF confirmed_at ON application
WHEN NEW.confirmed_at IS NOT NULL AND OLD.confirmed_at IS NULL
BEGIN
	UPDATE application SET standing = 'counting' WHERE id = NEW.id;
END;
CREATE TRIGGER standing_after_withdrawing
AFTER UPDATE OF withdrawn_at ON application
WHEN (NEW.withdrawn_at IS NULL) <> (OLD.withdrawn_at IS NULL)
BEGIN
	UPDATE application SET standing = CASE WHEN NEW.withdrawn_at IS NULL
		THEN 'counting' ELSE 'withdrawn' END WHERE id = NEW.id;
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

-- The offer whose freed seat this one passes on: each seat once.
ALTER TABLE offer ADD COLUMN replaces_id INTEGER
	REFERENCES offer ON DELETE SET NULL;
CREATE UNIQUE INDEX offer_replaces ON offer (replaces_id)
	WHERE replaces_id IS NOT NULL;
