-- Cohorts, their weeks and projects, the people with a role in them, groups
-- and who sits where.

-- A cohort's numbers are its own: the triggers below read them from here.
-- The instants follow from the dates: applications open 00:00 at UTC+14 and
-- close 24:00 at UTC-12 of their dates; week 0 begins 00:00 UTC of starts_on.
CREATE TABLE cohort (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	slug TEXT NOT NULL UNIQUE
		CHECK (length(slug) BETWEEN 2 AND 40
			AND slug NOT GLOB '*[^a-z0-9-]*' AND slug NOT GLOB '-*'
			AND slug NOT IN ('all', 'sign-in', 'sign-out', 'enter',
				'me', 'new', 'offer', 'mine', 'confirm', 'received',
				'question', 'answer', 'check-in')),
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
	goal TEXT NOT NULL CHECK (length(goal) BETWEEN 1 AND 300),
	description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 8000),
	feed_key TEXT NOT NULL UNIQUE,
	published_at INTEGER,
	opens_on TEXT NOT NULL,
	closes_on TEXT NOT NULL,
	starts_on TEXT NOT NULL,
	opens_at INTEGER NOT NULL,
	closes_at INTEGER NOT NULL,
	starts_at INTEGER NOT NULL,
	ends_at INTEGER NOT NULL,
	weeks INTEGER NOT NULL CHECK (weeks >= 1),
	djangonauts_per_navigator INTEGER NOT NULL
		CHECK (djangonauts_per_navigator >= 1),
	djangonauts_per_group INTEGER NOT NULL
		CHECK (djangonauts_per_group >= 1),
	seats INTEGER NOT NULL CHECK (seats BETWEEN 1 AND 1000),
	offer_days INTEGER NOT NULL DEFAULT 7 CHECK (offer_days BETWEEN 1 AND 60),
	chat_name TEXT NOT NULL DEFAULT '' CHECK (length(chat_name) <= 60),
	chat_link TEXT NOT NULL DEFAULT '' CHECK (length(chat_link) <= 500),
	offered_at INTEGER,
	launched_at INTEGER,
	groups_formed_at INTEGER,
	created_at INTEGER NOT NULL,
	revision INTEGER NOT NULL DEFAULT 1,
	CHECK (opens_at < closes_at),
	CHECK (starts_at < ends_at)
) STRICT;
CREATE INDEX cohort_by_start ON cohort (starts_at);

CREATE TRIGGER cohort_insert_under_ceilings
BEFORE INSERT ON cohort
WHEN EXISTS (SELECT 1 FROM programme
	WHERE NEW.weeks > weeks_ceiling
	OR NEW.djangonauts_per_navigator > djangonauts_per_navigator_ceiling
	OR NEW.djangonauts_per_group > djangonauts_per_group_ceiling)
BEGIN
	SELECT RAISE(ABORT, 'over_ceiling');
END;

CREATE TRIGGER cohort_update_under_ceilings
BEFORE UPDATE OF weeks, djangonauts_per_navigator, djangonauts_per_group
ON cohort
WHEN EXISTS (SELECT 1 FROM programme
	WHERE NEW.weeks > weeks_ceiling
	OR NEW.djangonauts_per_navigator > djangonauts_per_navigator_ceiling
	OR NEW.djangonauts_per_group > djangonauts_per_group_ceiling)
BEGIN
	SELECT RAISE(ABORT, 'over_ceiling');
END;

CREATE TRIGGER cohort_keeps_its_feed_identity
BEFORE UPDATE OF feed_key ON cohort WHEN NEW.feed_key <> OLD.feed_key
BEGIN
	SELECT RAISE(ABORT, 'feed_identity_fixed');
END;

-- Week 0 is for getting ready; weeks 1 to cohort.weeks follow.
CREATE TABLE cohort_week (
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	number INTEGER NOT NULL CHECK (number BETWEEN 0 AND 26),
	theme TEXT NOT NULL CHECK (length(theme) <= 100),
	objectives TEXT NOT NULL CHECK (length(objectives) <= 1000),
	PRIMARY KEY (cohort_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE project (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
	description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 500),
	link TEXT NOT NULL DEFAULT '' CHECK (length(link) <= 500),
	UNIQUE (cohort_id, name)
) STRICT;

-- A person's role in a cohort. A Djangonaut's level is the one stated in the
-- application: 1 (first steps) to 4 (at home in the code base).
CREATE TABLE member (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
	role TEXT NOT NULL CHECK (role IN
		('djangonaut', 'navigator', 'captain', 'organiser')),
	level INTEGER CHECK (level BETWEEN 1 AND 4),
	goal TEXT NOT NULL DEFAULT '' CHECK (length(goal) <= 300),
	joined_at INTEGER NOT NULL,
	left_at INTEGER,
	CHECK ((role = 'djangonaut') = (level IS NOT NULL)),
	UNIQUE (cohort_id, person_id, role)
) STRICT;
CREATE INDEX member_by_person ON member (person_id);

-- Whoever leaves the cohort leaves their groups: leaving is never refused.
CREATE TRIGGER member_leaves_groups
AFTER UPDATE OF left_at ON member
WHEN NEW.left_at IS NOT NULL AND OLD.left_at IS NULL
BEGIN
	UPDATE placement SET left_at = NEW.left_at
	WHERE member_id = NEW.id AND left_at IS NULL;
END;

CREATE TABLE mentoring_group (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	slug TEXT NOT NULL CHECK (length(slug) BETWEEN 2 AND 40
		AND slug NOT GLOB '*[^a-z0-9-]*' AND slug NOT GLOB '-*'
		AND slug NOT IN ('new')),
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
	project_id INTEGER NOT NULL REFERENCES project,
	goal TEXT NOT NULL CHECK (length(goal) BETWEEN 1 AND 300),
	level_low INTEGER NOT NULL CHECK (level_low BETWEEN 1 AND 4),
	level_high INTEGER NOT NULL CHECK (level_high BETWEEN 1 AND 4),
	seats INTEGER NOT NULL CHECK (seats >= 1),
	-- The weekly hour: 0 is Monday, a civil time in its own zone.
	meeting_weekday INTEGER NOT NULL CHECK (meeting_weekday BETWEEN 0 AND 6),
	meeting_time TEXT NOT NULL CHECK (meeting_time GLOB '[0-2][0-9]:[0-5][0-9]'),
	meeting_zone TEXT NOT NULL,
	meeting_minutes INTEGER NOT NULL DEFAULT 60
		CHECK (meeting_minutes BETWEEN 10 AND 240),
	room_link TEXT NOT NULL DEFAULT '' CHECK (length(room_link) <= 500),
	chat_link TEXT NOT NULL DEFAULT '' CHECK (length(chat_link) <= 500),
	workbook_link TEXT NOT NULL DEFAULT '' CHECK (length(workbook_link) <= 500),
	created_at INTEGER NOT NULL,
	revision INTEGER NOT NULL DEFAULT 1,
	UNIQUE (cohort_id, slug),
	CHECK (level_low <= level_high)
) STRICT;
CREATE INDEX mentoring_group_by_project ON mentoring_group (project_id);

CREATE TRIGGER group_insert_project_of_its_cohort
BEFORE INSERT ON mentoring_group
WHEN NEW.cohort_id <> (SELECT cohort_id FROM project WHERE id = NEW.project_id)
BEGIN
	SELECT RAISE(ABORT, 'project_of_other_cohort');
END;

CREATE TRIGGER group_update_project_of_its_cohort
BEFORE UPDATE OF cohort_id, project_id ON mentoring_group
WHEN NEW.cohort_id <> OLD.cohort_id
	OR NEW.cohort_id <> (SELECT cohort_id FROM project WHERE id = NEW.project_id)
BEGIN
	SELECT RAISE(ABORT, 'project_of_other_cohort');
END;

-- Who sits in which group. A row is ended by left_at and never revived or
-- moved: returning or moving makes a new row, so that every placing meets the
-- limits and no leaving ever does.
CREATE TABLE placement (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	group_id INTEGER NOT NULL REFERENCES mentoring_group ON DELETE CASCADE,
	member_id INTEGER NOT NULL REFERENCES member ON DELETE CASCADE,
	-- Why an organiser placed someone outside the group's level band.
	band_reason TEXT CHECK (length(band_reason) BETWEEN 1 AND 300),
	placed_at INTEGER NOT NULL,
	left_at INTEGER
) STRICT;
CREATE UNIQUE INDEX placement_once ON placement (group_id, member_id)
	WHERE left_at IS NULL;
CREATE INDEX placement_by_member ON placement (member_id);
CREATE INDEX placement_by_group ON placement (group_id);

CREATE TRIGGER placement_of_active_member
BEFORE INSERT ON placement
WHEN EXISTS (SELECT 1 FROM member
	WHERE id = NEW.member_id AND left_at IS NOT NULL)
BEGIN
	SELECT RAISE(ABORT, 'member_left');
END;

CREATE TRIGGER placement_within_its_cohort
BEFORE INSERT ON placement
WHEN (SELECT cohort_id FROM member WHERE id = NEW.member_id)
	<> (SELECT cohort_id FROM mentoring_group WHERE id = NEW.group_id)
BEGIN
	SELECT RAISE(ABORT, 'group_of_other_cohort');
END;

CREATE TRIGGER placement_of_a_djangonaut_once
BEFORE INSERT ON placement
WHEN EXISTS (SELECT 1 FROM member
	JOIN placement ON placement.member_id = member.id
		AND placement.left_at IS NULL
	WHERE member.id = NEW.member_id AND member.role = 'djangonaut')
BEGIN
	SELECT RAISE(ABORT, 'already_placed');
END;

-- Programme: no more than 8 Djangonauts in a group, and no more seats than
-- the group was made with.
CREATE TRIGGER placement_within_the_group
BEFORE INSERT ON placement
WHEN (SELECT role FROM member WHERE id = NEW.member_id) = 'djangonaut'
	AND (SELECT count(*) FROM placement
		JOIN member ON member.id = placement.member_id
		WHERE placement.group_id = NEW.group_id
		AND placement.left_at IS NULL AND member.role = 'djangonaut')
	>= (SELECT min(mentoring_group.seats, cohort.djangonauts_per_group)
		FROM mentoring_group
		JOIN cohort ON cohort.id = mentoring_group.cohort_id
		WHERE mentoring_group.id = NEW.group_id)
BEGIN
	SELECT RAISE(ABORT, 'group_full');
END;

-- Programme: no more than 4 Djangonauts for 1 navigator.
CREATE TRIGGER placement_within_the_navigators
BEFORE INSERT ON placement
WHEN (SELECT role FROM member WHERE id = NEW.member_id) = 'djangonaut'
	AND (SELECT count(*) FROM placement
		JOIN member ON member.id = placement.member_id
		WHERE placement.group_id = NEW.group_id
		AND placement.left_at IS NULL AND member.role = 'djangonaut')
	>= (SELECT cohort.djangonauts_per_navigator * (
			SELECT count(*) FROM placement
			JOIN member ON member.id = placement.member_id
			WHERE placement.group_id = NEW.group_id
			AND placement.left_at IS NULL
			AND member.role = 'navigator')
		FROM mentoring_group
		JOIN cohort ON cohort.id = mentoring_group.cohort_id
		WHERE mentoring_group.id = NEW.group_id)
BEGIN
	SELECT RAISE(ABORT, 'too_few_navigators');
END;

-- Programme: every Djangonaut of a group is at a relatively similar level.
CREATE TRIGGER placement_within_the_band
BEFORE INSERT ON placement
WHEN NEW.band_reason IS NULL
	AND EXISTS (SELECT 1 FROM member, mentoring_group
		WHERE member.id = NEW.member_id
		AND mentoring_group.id = NEW.group_id
		AND member.role = 'djangonaut'
		AND member.level NOT BETWEEN mentoring_group.level_low
			AND mentoring_group.level_high)
BEGIN
	SELECT RAISE(ABORT, 'outside_level_band');
END;

CREATE TRIGGER placement_has_a_seat
BEFORE INSERT ON placement
WHEN (SELECT role FROM member WHERE id = NEW.member_id) = 'organiser'
BEGIN
	SELECT RAISE(ABORT, 'organiser_has_no_group');
END;

CREATE TRIGGER placement_is_final
BEFORE UPDATE ON placement
WHEN NEW.group_id <> OLD.group_id OR NEW.member_id <> OLD.member_id
	OR OLD.left_at IS NOT NULL
BEGIN
	SELECT RAISE(ABORT, 'placement_is_final');
END;

-- A role, once given, stays what it is; another role is another row.
CREATE TRIGGER member_keeps_role
BEFORE UPDATE OF cohort_id, person_id, role ON member
WHEN NEW.cohort_id <> OLD.cohort_id OR NEW.person_id <> OLD.person_id
	OR NEW.role <> OLD.role
BEGIN
	SELECT RAISE(ABORT, 'member_keeps_role');
END;
