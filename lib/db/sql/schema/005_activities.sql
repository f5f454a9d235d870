-- What the community may follow. An activity is written by the transaction of
-- what it tells of; what a feed shows is read from the things themselves.

CREATE TABLE activity (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	-- 128 random bits; the opaque part of the entry's id for ever.
	key TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL CHECK (kind IN ('programme_began', 'cohort_opened',
		'cohort_launched', 'groups_formed', 'highlight', 'cohort_finished')),
	cohort_id INTEGER REFERENCES cohort ON DELETE CASCADE,
	highlight_id INTEGER REFERENCES highlight ON DELETE SET NULL,
	published_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	withdrawn_at INTEGER,
	CHECK (published_at <= updated_at),
	CHECK ((kind = 'programme_began') = (cohort_id IS NULL))
) STRICT;
CREATE INDEX activity_by_time ON activity (published_at DESC, id DESC);
CREATE INDEX activity_by_cohort
	ON activity (cohort_id, published_at DESC, id DESC);
CREATE UNIQUE INDEX activity_once ON activity (cohort_id, kind)
	WHERE kind <> 'highlight';
CREATE UNIQUE INDEX activity_of_highlight ON activity (highlight_id)
	WHERE highlight_id IS NOT NULL;

-- Nobody is told of a draft.
CREATE TRIGGER activity_of_a_published_cohort
BEFORE INSERT ON activity
WHEN EXISTS (SELECT 1 FROM cohort
	WHERE id = NEW.cohort_id AND published_at IS NULL)
BEGIN
	SELECT RAISE(ABORT, 'cohort_is_draft');
END;

CREATE TRIGGER activity_keeps_its_identity
BEFORE UPDATE OF key, published_at, kind, cohort_id ON activity
WHEN NEW.key <> OLD.key OR NEW.published_at <> OLD.published_at
	OR NEW.kind <> OLD.kind OR NEW.cohort_id IS NOT OLD.cohort_id
BEGIN
	SELECT RAISE(ABORT, 'feed_identity_fixed');
END;

-- One row a feed: cohort_id 0 is the feed of everything. Its revision moves
-- with anything that the feed shows; updated_at never goes back.
CREATE TABLE feed (
	cohort_id INTEGER PRIMARY KEY,
	revision INTEGER NOT NULL,
	updated_at INTEGER NOT NULL
) STRICT;
INSERT INTO feed (cohort_id, revision, updated_at) VALUES (0, 1, 0);

CREATE TRIGGER feed_sees_new_activity AFTER INSERT ON activity
BEGIN
	INSERT INTO feed (cohort_id, revision, updated_at)
	SELECT id, 1, NEW.updated_at
	FROM (SELECT 0 AS id UNION SELECT coalesce(NEW.cohort_id, 0)) WHERE true
	ON CONFLICT (cohort_id) DO UPDATE SET revision = revision + 1,
		updated_at = max(updated_at, excluded.updated_at);
END;

CREATE TRIGGER feed_sees_changed_activity AFTER UPDATE ON activity
BEGIN
	UPDATE feed SET revision = revision + 1,
		updated_at = max(updated_at, NEW.updated_at)
	WHERE cohort_id IN (0, coalesce(NEW.cohort_id, 0));
END;

CREATE TRIGGER feed_sees_deleted_activity AFTER DELETE ON activity
BEGIN
	UPDATE feed SET revision = revision + 1
	WHERE cohort_id IN (0, coalesce(OLD.cohort_id, 0));
END;

CREATE TRIGGER feed_sees_cohort AFTER UPDATE ON cohort
WHEN NEW.name <> OLD.name OR NEW.slug <> OLD.slug OR NEW.goal <> OLD.goal
	OR NEW.weeks <> OLD.weeks OR NEW.closes_at <> OLD.closes_at
	OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at
BEGIN
	UPDATE feed SET revision = revision + 1
	WHERE cohort_id IN (0, NEW.id);
END;

CREATE TRIGGER feed_sees_group AFTER UPDATE ON mentoring_group
WHEN NEW.name <> OLD.name OR NEW.slug <> OLD.slug OR NEW.goal <> OLD.goal
	OR NEW.project_id <> OLD.project_id
BEGIN
	UPDATE feed SET revision = revision + 1
	WHERE cohort_id IN (0, NEW.cohort_id);
END;

CREATE TRIGGER feed_sees_new_group AFTER INSERT ON mentoring_group
BEGIN
	UPDATE feed SET revision = revision + 1
	WHERE cohort_id IN (0, NEW.cohort_id);
END;

CREATE TRIGGER feed_sees_lost_group AFTER DELETE ON mentoring_group
BEGIN
	UPDATE feed SET revision = revision + 1
	WHERE cohort_id IN (0, OLD.cohort_id);
END;

CREATE TRIGGER feed_sees_project AFTER UPDATE OF name ON project
BEGIN
	UPDATE feed SET revision = revision + 1
	WHERE cohort_id IN (0, NEW.cohort_id);
END;

CREATE TRIGGER feed_sees_programme AFTER UPDATE ON programme
BEGIN
	UPDATE feed SET revision = revision + 1;
END;

-- Whoever changes the name that the public sees changes what feeds show.
CREATE TRIGGER feed_sees_person AFTER UPDATE ON person
WHEN NEW.public_name IS NOT OLD.public_name
	OR NEW.show_public_name <> OLD.show_public_name
	OR NEW.is_disabled <> OLD.is_disabled
BEGIN
	UPDATE feed SET revision = revision + 1
	WHERE cohort_id = 0 OR cohort_id IN
		(SELECT cohort_id FROM member WHERE person_id = NEW.id);
END;

-- Whoever has left is named no more.
CREATE TRIGGER feed_sees_member AFTER UPDATE OF left_at ON member
WHEN NEW.left_at IS NOT OLD.left_at
BEGIN
	UPDATE feed SET revision = revision + 1
	WHERE cohort_id IN (0, NEW.cohort_id);
END;

CREATE TRIGGER feed_sees_highlight AFTER UPDATE ON highlight
BEGIN
	UPDATE activity SET updated_at = max(updated_at, NEW.updated_at),
		withdrawn_at = NEW.withdrawn_at
	WHERE highlight_id = NEW.id;
END;

-- Narrowing words takes them back from every highlight that quotes them; an
-- edit of quoted words moves the highlight's updated_at.
CREATE TRIGGER highlight_sees_check_in
AFTER UPDATE OF did, next, blocked, did_audience, next_audience,
	blocked_audience ON check_in
BEGIN
	UPDATE highlight
	SET updated_at = max(updated_at, coalesce(NEW.edited_at, updated_at))
	WHERE id IN (SELECT highlight_id FROM highlight_quote
		WHERE check_in_id = NEW.id);
	DELETE FROM highlight_quote WHERE check_in_id = NEW.id
	AND CASE part WHEN 'did' THEN NEW.did_audience
		WHEN 'next' THEN NEW.next_audience
		ELSE NEW.blocked_audience END < 4;
END;

CREATE TRIGGER highlight_sees_question
AFTER UPDATE OF body, audience ON question
BEGIN
	UPDATE highlight
	SET updated_at = max(updated_at, coalesce(NEW.edited_at, updated_at))
	WHERE id IN (SELECT highlight_id FROM highlight_quote
		WHERE question_id = NEW.id OR (NEW.audience < 4 AND answer_id IN
			(SELECT id FROM answer WHERE question_id = NEW.id)));
	DELETE FROM highlight_quote
	WHERE NEW.audience < 4 AND (question_id = NEW.id OR answer_id IN
		(SELECT id FROM answer WHERE question_id = NEW.id));
END;

CREATE TRIGGER highlight_sees_answer
AFTER UPDATE OF body, audience ON answer
BEGIN
	UPDATE highlight
	SET updated_at = max(updated_at, coalesce(NEW.edited_at, updated_at))
	WHERE id IN (SELECT highlight_id FROM highlight_quote
		WHERE answer_id = NEW.id);
	DELETE FROM highlight_quote
	WHERE answer_id = NEW.id AND NEW.audience < 4;
END;

CREATE TRIGGER feed_sees_new_quote AFTER INSERT ON highlight_quote
BEGIN
	UPDATE feed SET revision = revision + 1 WHERE cohort_id = 0
	OR cohort_id = (SELECT cohort_id FROM activity
		WHERE highlight_id = NEW.highlight_id);
END;

CREATE TRIGGER feed_sees_lost_quote AFTER DELETE ON highlight_quote
BEGIN
	UPDATE feed SET revision = revision + 1 WHERE cohort_id = 0
	OR cohort_id = (SELECT cohort_id FROM activity
		WHERE highlight_id = OLD.highlight_id);
END;
