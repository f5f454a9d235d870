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
CREATE INDEX review_by_application
	ON review (application_id, finished_at, person_id);
-- Those that are being read.
CREATE INDEX review_begun ON review (taken_at) WHERE finished_at IS NULL;

-- How many finished reviews an application has, kept by triggers: the queue
-- and the progress of thousands are read without looking at each review.
ALTER TABLE application ADD COLUMN reviews INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER review_is_counted AFTER INSERT ON review
WHEN NEW.finished_at IS NOT NULL
BEGIN
	UPDATE application SET reviews = reviews + 1 WHERE id = NEW.application_id;
END;
CREATE TRIGGER review_is_counted_when_finished AFTER UPDATE OF finished_at ON review
WHEN (NEW.finished_at IS NULL) <> (OLD.finished_at IS NULL)
BEGIN
	UPDATE application SET reviews = reviews + iif(NEW.finished_at IS NULL, -1, 1)
	WHERE id = NEW.application_id;
END;
CREATE TRIGGER review_is_counted_no_more AFTER DELETE ON review
WHEN OLD.finished_at IS NOT NULL
BEGIN
	UPDATE application SET reviews = reviews - 1 WHERE id = OLD.application_id;
END;

CREATE TABLE review_score (
	review_id INTEGER NOT NULL REFERENCES review ON DELETE CASCADE,
	criterion_id INTEGER NOT NULL REFERENCES criterion,
	score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 10),
	PRIMARY KEY (review_id, criterion_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_score_by_criterion ON review_score (criterion_id);

-- The mean of a review's scores by weight, in thousandths, half up: the one
-- place that says how (see model/review.h).
CREATE VIEW review_mean AS
SELECT review_score.review_id AS review_id,
	(2000 * sum(review_score.score * criterion.weight) + sum(criterion.weight))
		/ (2 * sum(criterion.weight)) AS mean
FROM review_score JOIN criterion ON criterion.id = review_score.criterion_id
WHERE criterion.retired_at IS NULL
GROUP BY review_score.review_id;

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

-- What was noted of somebody goes with them, and what a reviewer wrote with
-- the reviewer; scores stay and count. Here, so that every way out takes it
-- along.
CREATE TRIGGER review_of_the_forgotten AFTER UPDATE OF stripped_at ON application
WHEN NEW.stripped_at IS NOT NULL AND OLD.stripped_at IS NULL
BEGIN
	UPDATE review SET note = '', revision = revision + 1
	WHERE application_id = NEW.id AND note <> '';
	DELETE FROM review_conflict WHERE application_id = NEW.id;
	DELETE FROM review_reveal WHERE application_id = NEW.id;
END;
CREATE TRIGGER review_by_the_forgotten AFTER UPDATE OF erased_at ON person
WHEN NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL
BEGIN
	DELETE FROM review WHERE person_id = NEW.id AND finished_at IS NULL;
	UPDATE review SET note = '', revision = revision + 1
	WHERE person_id = NEW.id AND note <> '';
	DELETE FROM review_conflict WHERE person_id = NEW.id;
	DELETE FROM review_reveal WHERE person_id = NEW.id;
	DELETE FROM reviewer WHERE person_id = NEW.id;
END;

INSERT INTO personal_column (table_name, column_name, unless_exported,
	unless_retained) VALUES
	('review', 'note', '', '');

INSERT INTO mail_kind (kind, urgency, is_private, is_optional, is_forgotten,
	is_of_cohort) VALUES
	('reviewer_appointed', 2, 0, 0, 0, 1);

-- The name that blind reviewers see; given when the application counts.
ALTER TABLE application ADD COLUMN call_sign TEXT
	CHECK (length(call_sign) BETWEEN 1 AND 40);
UPDATE application SET call_sign = 'Comet ' || id WHERE confirmed_at IS NOT NULL;
CREATE UNIQUE INDEX application_by_call_sign ON application (cohort_id, call_sign)
	WHERE call_sign IS NOT NULL;
