-- Reading applications fairly.

-- Who is appointed to review; organisers may without.
CREATE TABLE reviewer (
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
	appointed_at INTEGER NOT NULL,
	ended_at INTEGER,
	PRIMARY KEY (cohort_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reviewer_by_person ON reviewer (person_id);

-- What is looked for; an application's score is the mean by weight.
CREATE TABLE criterion (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
	help TEXT NOT NULL DEFAULT '' CHECK (length(help) <= 500),
	weight INTEGER NOT NULL CHECK (weight BETWEEN 1 AND 10),
	position INTEGER NOT NULL,
	-- Scored no more, counts no more.
	retired_at INTEGER,
	UNIQUE (cohort_id, name)
) STRICT;

-- One reviewer's reading of one application: taken from the queue, then
-- finished. One that is taken and not finished counts for the queue for a
-- while only.
CREATE TABLE review (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	application_id INTEGER NOT NULL REFERENCES application ON DELETE CASCADE,
	person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
	taken_at INTEGER NOT NULL,
	finished_at INTEGER,
	-- The mean of its scores by weight, in thousandths: 0 to 10000.
	score INTEGER CHECK (score BETWEEN 0 AND 10000),
	note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 3000),
	is_flagged INTEGER NOT NULL DEFAULT 0 CHECK (is_flagged IN (0, 1)),
	revision INTEGER NOT NULL DEFAULT 1,
	UNIQUE (application_id, person_id),
	CHECK ((finished_at IS NULL) = (score IS NULL))
) STRICT;
CREATE INDEX review_by_person ON review (person_id);

CREATE TABLE review_score (
	review_id INTEGER NOT NULL REFERENCES review ON DELETE CASCADE,
	criterion_id INTEGER NOT NULL REFERENCES criterion,
	score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 10),
	PRIMARY KEY (review_id, criterion_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_score_by_criterion ON review_score (criterion_id);

CREATE TABLE review_conflict (
	application_id INTEGER NOT NULL REFERENCES application ON DELETE CASCADE,
	person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
	declared_at INTEGER NOT NULL,
	PRIMARY KEY (application_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_conflict_by_person ON review_conflict (person_id);

-- Who looked behind a call-sign.
CREATE TABLE review_reveal (
	application_id INTEGER NOT NULL REFERENCES application ON DELETE CASCADE,
	person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
	revealed_at INTEGER NOT NULL,
	PRIMARY KEY (application_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_reveal_by_person ON review_reveal (person_id);

-- Programme: nobody reviews what is theirs, nor where they said that they are
-- partial.
CREATE TRIGGER review_of_another BEFORE INSERT ON review
WHEN NEW.person_id = (SELECT person_id FROM application
	WHERE id = NEW.application_id)
BEGIN
	SELECT RAISE(ABORT, 'review_of_own');
END;
CREATE TRIGGER review_without_conflict BEFORE INSERT ON review
WHEN EXISTS (SELECT 1 FROM review_conflict
	WHERE application_id = NEW.application_id AND person_id = NEW.person_id)
BEGIN
	SELECT RAISE(ABORT, 'review_in_conflict');
END;
CREATE TRIGGER conflict_ends_the_review AFTER INSERT ON review_conflict
BEGIN
	DELETE FROM review WHERE application_id = NEW.application_id
		AND person_id = NEW.person_id;
END;

-- The name that blind reviewers see; given when the application counts.
ALTER TABLE application ADD COLUMN call_sign TEXT
	CHECK (length(call_sign) BETWEEN 1 AND 40);
UPDATE application SET call_sign = 'Comet ' || id WHERE confirmed_at IS NOT NULL;
CREATE UNIQUE INDEX application_by_call_sign ON application (cohort_id, call_sign)
	WHERE call_sign IS NOT NULL;
