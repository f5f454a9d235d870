-- Applications and the offers made for them.

-- Lengths are checked in UTF-16 units by the form; the limits here are the
-- same numbers in code points, which never exceed units.
-- An application counts once confirmed_at is set; until then any number of
-- them may name one address and none of them blocks another.
CREATE TABLE application (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	key TEXT NOT NULL UNIQUE,
	reference TEXT NOT NULL UNIQUE,
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	person_id INTEGER REFERENCES person ON DELETE CASCADE,
	email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
	email_key TEXT NOT NULL,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
	name_key TEXT NOT NULL,
	pronouns TEXT CHECK (length(pronouns) <= 40),
	github TEXT CHECK (length(github) <= 39),
	zone TEXT NOT NULL,
	level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
	-- 336 half hours of the week as the applicant's clock shows them, from
	-- Sunday 00:00, and the same as UTC in the cohort's first week.
	hours TEXT NOT NULL CHECK (length(hours) = 84),
	hours_utc TEXT NOT NULL CHECK (length(hours_utc) = 84),
	why TEXT NOT NULL CHECK (length(why) <= 3000),
	experience TEXT NOT NULL CHECK (length(experience) <= 3000),
	hopes TEXT NOT NULL CHECK (length(hopes) <= 3000),
	submitted_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	confirm_until INTEGER NOT NULL,
	confirmed_at INTEGER,
	withdrawn_at INTEGER,
	revision INTEGER NOT NULL DEFAULT 1,
	CHECK ((person_id IS NULL) = (confirmed_at IS NULL)),
	CHECK (withdrawn_at IS NULL OR confirmed_at IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX application_once ON application (cohort_id, person_id)
	WHERE person_id IS NOT NULL;
CREATE INDEX application_by_email ON application (cohort_id, email_key);
CREATE INDEX application_by_person ON application (person_id);
CREATE INDEX application_by_cohort ON application (cohort_id, confirmed_at);
CREATE INDEX application_unconfirmed ON application (confirm_until)
	WHERE confirmed_at IS NULL;

-- None here: any project.
CREATE TABLE application_project (
	application_id INTEGER NOT NULL REFERENCES application ON DELETE CASCADE,
	project_id INTEGER NOT NULL REFERENCES project,
	PRIMARY KEY (application_id, project_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX application_project_by_project
	ON application_project (project_id);

CREATE TRIGGER application_project_of_its_cohort
BEFORE INSERT ON application_project
WHEN (SELECT cohort_id FROM application WHERE id = NEW.application_id)
	<> (SELECT cohort_id FROM project WHERE id = NEW.project_id)
BEGIN
	SELECT RAISE(ABORT, 'project_of_other_cohort');
END;

CREATE TRIGGER application_links_end
AFTER DELETE ON application
BEGIN
	DELETE FROM link WHERE application_id = OLD.id;
	DELETE FROM session WHERE application_id = OLD.id;
END;

-- What the thank-you page shows, under an unguessable key: the same for an
-- address that already applied as for a new one. Kept 14 days.
CREATE TABLE receipt (
	key TEXT PRIMARY KEY,
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	reference TEXT NOT NULL,
	email TEXT NOT NULL,
	-- Later than received_at when too much was asked for from one network.
	mail_due_at INTEGER NOT NULL,
	received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX receipt_by_age ON receipt (received_at);
CREATE INDEX receipt_by_cohort ON receipt (cohort_id);

-- One state machine: offered -> confirmed | refused | lapsed, nothing else.
CREATE TABLE offer (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	key TEXT NOT NULL UNIQUE,
	application_id INTEGER NOT NULL REFERENCES application ON DELETE CASCADE,
	group_id INTEGER REFERENCES mentoring_group ON DELETE SET NULL,
	state TEXT NOT NULL CHECK (state IN
		('offered', 'confirmed', 'refused', 'lapsed')),
	made_at INTEGER NOT NULL,
	deadline_at INTEGER NOT NULL CHECK (deadline_at > made_at),
	ended_at INTEGER,
	CHECK ((state = 'offered') = (ended_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX offer_once ON offer (application_id)
	WHERE state IN ('offered', 'confirmed');
CREATE INDEX offer_by_application ON offer (application_id);
CREATE INDEX offer_by_group ON offer (group_id);
CREATE INDEX offer_due ON offer (deadline_at) WHERE state = 'offered';

CREATE TRIGGER offer_begins_offered
BEFORE INSERT ON offer WHEN NEW.state <> 'offered'
BEGIN
	SELECT RAISE(ABORT, 'offer_transition');
END;

CREATE TRIGGER offer_for_a_counting_application
BEFORE INSERT ON offer
WHEN NOT EXISTS (SELECT 1 FROM application
	WHERE id = NEW.application_id AND confirmed_at IS NOT NULL
	AND withdrawn_at IS NULL)
BEGIN
	SELECT RAISE(ABORT, 'application_does_not_count');
END;

-- A freed seat never still counts: nor does that of one who left.
CREATE TRIGGER offer_within_the_seats
BEFORE INSERT ON offer
WHEN (SELECT count(*) FROM offer
		JOIN application ON application.id = offer.application_id
		WHERE (offer.state = 'offered' OR (offer.state = 'confirmed'
			AND EXISTS (SELECT 1 FROM member
				WHERE member.cohort_id = application.cohort_id
				AND member.person_id = application.person_id
				AND member.role = 'djangonaut'
				AND member.left_at IS NULL)))
		AND application.cohort_id = (SELECT cohort_id FROM application
			WHERE id = NEW.application_id))
	>= (SELECT cohort.seats FROM cohort
		JOIN application ON application.cohort_id = cohort.id
		WHERE application.id = NEW.application_id)
BEGIN
	SELECT RAISE(ABORT, 'no_seat_left');
END;

CREATE TRIGGER offer_transitions
BEFORE UPDATE OF state ON offer
WHEN NEW.state <> OLD.state AND OLD.state <> 'offered'
BEGIN
	SELECT RAISE(ABORT, 'offer_transition');
END;

CREATE TRIGGER offer_confirmed_in_time
BEFORE UPDATE OF state ON offer
WHEN NEW.state IN ('confirmed', 'refused') AND OLD.state = 'offered'
	AND NEW.ended_at >= OLD.deadline_at
BEGIN
	SELECT RAISE(ABORT, 'offer_lapsed');
END;

CREATE TRIGGER offer_keeps_its_terms
BEFORE UPDATE OF key, application_id, made_at, deadline_at ON offer
WHEN NEW.key <> OLD.key OR NEW.application_id <> OLD.application_id
	OR NEW.made_at <> OLD.made_at OR NEW.deadline_at <> OLD.deadline_at
BEGIN
	SELECT RAISE(ABORT, 'offer_transition');
END;

-- Withdrawing gives an open offer back, or finds that it lapsed already.
CREATE TRIGGER withdrawing_ends_the_offer
AFTER UPDATE OF withdrawn_at ON application
WHEN NEW.withdrawn_at IS NOT NULL AND OLD.withdrawn_at IS NULL
BEGIN
	UPDATE offer SET state = CASE WHEN NEW.withdrawn_at >= deadline_at
			THEN 'lapsed' ELSE 'refused' END,
		ended_at = NEW.withdrawn_at
	WHERE application_id = NEW.id AND state = 'offered';
END;
