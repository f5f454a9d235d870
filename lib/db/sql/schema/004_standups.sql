-- Weekly stand-ups: check-ins, questions and answers, attendance, notes and
-- highlights.
--
-- Audiences: 1 the group's navigators (and its captain), 2 the group,
-- 3 the cohort, 4 everyone. Only an author changes the audience of what they
-- wrote; a highlight quotes nothing below 4, and narrowing takes a quote back.

CREATE TABLE standup (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	group_id INTEGER NOT NULL REFERENCES mentoring_group ON DELETE CASCADE,
	week INTEGER NOT NULL CHECK (week >= 0),
	facilitator_id INTEGER REFERENCES member ON DELETE SET NULL,
	starts_at INTEGER NOT NULL,
	-- Check-ins after this instant count as late (async).
	closes_at INTEGER NOT NULL CHECK (closes_at > starts_at),
	notes TEXT NOT NULL DEFAULT '' CHECK (length(notes) <= 8000),
	-- Counts the changes of notes, so that no edit overwrites another unseen.
	notes_revision INTEGER NOT NULL DEFAULT 1,
	UNIQUE (group_id, week)
) STRICT;
CREATE INDEX standup_by_facilitator ON standup (facilitator_id);

CREATE TRIGGER standup_facilitated_by_a_navigator
BEFORE UPDATE OF facilitator_id ON standup
WHEN NEW.facilitator_id IS NOT NULL
	AND (SELECT role FROM member WHERE id = NEW.facilitator_id) <> 'navigator'
BEGIN
	SELECT RAISE(ABORT, 'facilitator_is_no_navigator');
END;

CREATE TRIGGER standup_laid_out_for_a_navigator
BEFORE INSERT ON standup
WHEN NEW.facilitator_id IS NOT NULL
	AND (SELECT role FROM member WHERE id = NEW.facilitator_id) <> 'navigator'
BEGIN
	SELECT RAISE(ABORT, 'facilitator_is_no_navigator');
END;

CREATE TRIGGER standup_within_the_weeks
BEFORE INSERT ON standup
WHEN NEW.week > (SELECT cohort.weeks FROM cohort
	JOIN mentoring_group ON mentoring_group.cohort_id = cohort.id
	WHERE mentoring_group.id = NEW.group_id)
BEGIN
	SELECT RAISE(ABORT, 'no_such_week');
END;

-- Unmarked is not absent: there is simply no row.
CREATE TABLE attendance (
	standup_id INTEGER NOT NULL REFERENCES standup ON DELETE CASCADE,
	member_id INTEGER NOT NULL REFERENCES member ON DELETE CASCADE,
	status TEXT NOT NULL CHECK (status IN
		('present', 'async', 'excused', 'absent')),
	marked_by INTEGER REFERENCES member ON DELETE SET NULL,
	marked_at INTEGER NOT NULL,
	PRIMARY KEY (standup_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_by_member ON attendance (member_id);
CREATE INDEX attendance_by_marker ON attendance (marked_by);

CREATE TRIGGER attendance_of_the_group
BEFORE INSERT ON attendance
WHEN NOT EXISTS (SELECT 1 FROM standup
	JOIN placement ON placement.group_id = standup.group_id
	WHERE standup.id = NEW.standup_id
	AND placement.member_id = NEW.member_id)
BEGIN
	SELECT RAISE(ABORT, 'not_of_this_group');
END;

CREATE TABLE check_in (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	key TEXT NOT NULL UNIQUE,
	standup_id INTEGER NOT NULL REFERENCES standup ON DELETE CASCADE,
	member_id INTEGER NOT NULL REFERENCES member ON DELETE CASCADE,
	did TEXT NOT NULL CHECK (length(did) <= 4000),
	next TEXT NOT NULL CHECK (length(next) <= 4000),
	blocked TEXT NOT NULL CHECK (length(blocked) <= 4000),
	audience INTEGER NOT NULL DEFAULT 2 CHECK (audience BETWEEN 1 AND 4),
	-- Each prompt may be narrower than the check-in, never wider.
	did_audience INTEGER NOT NULL CHECK (did_audience BETWEEN 1 AND 4),
	next_audience INTEGER NOT NULL CHECK (next_audience BETWEEN 1 AND 4),
	blocked_audience INTEGER NOT NULL CHECK (blocked_audience BETWEEN 1 AND 4),
	is_late INTEGER NOT NULL DEFAULT 0 CHECK (is_late IN (0, 1)),
	created_at INTEGER NOT NULL,
	edited_at INTEGER,
	CHECK (did_audience <= audience AND next_audience <= audience
		AND blocked_audience <= audience),
	CHECK (length(did) + length(next) + length(blocked) > 0),
	UNIQUE (standup_id, member_id)
) STRICT;
CREATE INDEX check_in_by_member ON check_in (member_id);

CREATE TRIGGER check_in_of_the_group
BEFORE INSERT ON check_in
WHEN NOT EXISTS (SELECT 1 FROM standup
	JOIN placement ON placement.group_id = standup.group_id
	WHERE standup.id = NEW.standup_id
	AND placement.member_id = NEW.member_id
	AND placement.left_at IS NULL)
BEGIN
	SELECT RAISE(ABORT, 'not_of_this_group');
END;

-- open -> answered -> resolved by the asker: answered means it has an answer.
CREATE TABLE question (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	key TEXT NOT NULL UNIQUE,
	standup_id INTEGER NOT NULL REFERENCES standup ON DELETE CASCADE,
	member_id INTEGER NOT NULL REFERENCES member ON DELETE CASCADE,
	body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 4000),
	audience INTEGER NOT NULL DEFAULT 2 CHECK (audience BETWEEN 1 AND 4),
	asked_at INTEGER NOT NULL,
	edited_at INTEGER,
	resolved_at INTEGER
) STRICT;
CREATE INDEX question_by_standup ON question (standup_id);
CREATE INDEX question_by_member ON question (member_id);

CREATE TRIGGER question_of_the_group
BEFORE INSERT ON question
WHEN NOT EXISTS (SELECT 1 FROM standup
	JOIN placement ON placement.group_id = standup.group_id
	WHERE standup.id = NEW.standup_id
	AND placement.member_id = NEW.member_id
	AND placement.left_at IS NULL)
BEGIN
	SELECT RAISE(ABORT, 'not_of_this_group');
END;

-- An answer is never read by more people than its question.
CREATE TABLE answer (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	key TEXT NOT NULL UNIQUE,
	question_id INTEGER NOT NULL REFERENCES question ON DELETE CASCADE,
	member_id INTEGER NOT NULL REFERENCES member ON DELETE CASCADE,
	body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 4000),
	audience INTEGER NOT NULL DEFAULT 2 CHECK (audience BETWEEN 1 AND 4),
	answered_at INTEGER NOT NULL,
	edited_at INTEGER
) STRICT;
CREATE INDEX answer_by_question ON answer (question_id);
CREATE INDEX answer_by_member ON answer (member_id);

CREATE TABLE highlight (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	key TEXT NOT NULL UNIQUE,
	standup_id INTEGER NOT NULL REFERENCES standup ON DELETE CASCADE,
	member_id INTEGER NOT NULL REFERENCES member ON DELETE CASCADE,
	title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
	body TEXT NOT NULL CHECK (length(body) <= 4000),
	published_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	withdrawn_at INTEGER
) STRICT;
CREATE INDEX highlight_by_standup ON highlight (standup_id);
CREATE INDEX highlight_by_member ON highlight (member_id);

-- A quote points at its source and is read from there, so that an edit shows
-- and a narrowed source cannot go on speaking.
CREATE TABLE highlight_quote (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	highlight_id INTEGER NOT NULL REFERENCES highlight ON DELETE CASCADE,
	position INTEGER NOT NULL,
	part TEXT NOT NULL CHECK (part IN
		('did', 'next', 'blocked', 'question', 'answer')),
	check_in_id INTEGER REFERENCES check_in ON DELETE CASCADE,
	question_id INTEGER REFERENCES question ON DELETE CASCADE,
	answer_id INTEGER REFERENCES answer ON DELETE CASCADE,
	CHECK ((part IN ('did', 'next', 'blocked')) = (check_in_id IS NOT NULL)),
	CHECK ((part = 'question') = (question_id IS NOT NULL)),
	CHECK ((part = 'answer') = (answer_id IS NOT NULL)),
	UNIQUE (highlight_id, position)
) STRICT;
CREATE INDEX highlight_quote_by_check_in ON highlight_quote (check_in_id);
CREATE INDEX highlight_quote_by_question ON highlight_quote (question_id);
CREATE INDEX highlight_quote_by_answer ON highlight_quote (answer_id);

CREATE TRIGGER quote_of_public_words
BEFORE INSERT ON highlight_quote
WHEN coalesce(
	(SELECT CASE NEW.part WHEN 'did' THEN did_audience
		WHEN 'next' THEN next_audience ELSE blocked_audience END
		FROM check_in WHERE id = NEW.check_in_id),
	(SELECT audience FROM question WHERE id = NEW.question_id),
	(SELECT min(answer.audience, question.audience) FROM answer
		JOIN question ON question.id = answer.question_id
		WHERE answer.id = NEW.answer_id), 0) < 4
BEGIN
	SELECT RAISE(ABORT, 'quote_not_public');
END;

CREATE TRIGGER quote_of_the_same_group
BEFORE INSERT ON highlight_quote
WHEN coalesce(
	(SELECT standup_id FROM check_in WHERE id = NEW.check_in_id),
	(SELECT standup_id FROM question WHERE id = NEW.question_id),
	(SELECT question.standup_id FROM answer
		JOIN question ON question.id = answer.question_id
		WHERE answer.id = NEW.answer_id))
	<> (SELECT standup_id FROM highlight WHERE id = NEW.highlight_id)
BEGIN
	SELECT RAISE(ABORT, 'quote_of_other_standup');
END;
