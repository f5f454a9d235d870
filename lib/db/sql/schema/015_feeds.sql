-- Feeds with a past (feed.md, rules 26 to 30). Every feed numbers the
-- activities it carries, once and for ever; archives are cut by that number.
-- A withdrawn activity keeps its number: it is shown blank for a while, then
-- as a tombstone.

DROP TRIGGER feed_sees_new_activity;
DROP TRIGGER feed_sees_changed_activity;
DROP TRIGGER feed_sees_deleted_activity;
DROP TRIGGER feed_sees_cohort;
DROP TRIGGER feed_sees_group;
DROP TRIGGER feed_sees_new_group;
DROP TRIGGER feed_sees_lost_group;
DROP TRIGGER feed_sees_project;
DROP TRIGGER feed_sees_programme;
DROP TRIGGER feed_sees_person;
DROP TRIGGER feed_sees_member;
DROP TRIGGER feed_sees_highlight;
DROP TRIGGER feed_sees_new_quote;
DROP TRIGGER feed_sees_lost_quote;
DROP TABLE feed;

-- From this instant on a tombstone stands in its place.
ALTER TABLE activity ADD COLUMN tombstoned_at INTEGER
	CHECK (tombstoned_at IS NULL OR tombstoned_at > withdrawn_at);
-- Counts what changed of how it is shown without being an edit of it.
ALTER TABLE activity ADD COLUMN touches INTEGER NOT NULL DEFAULT 0;
CREATE INDEX activity_by_withdrawal ON activity (withdrawn_at)
	WHERE withdrawn_at IS NOT NULL AND tombstoned_at IS NULL;

-- The highlight of the same group that this one goes on telling (RFC 4685).
ALTER TABLE highlight ADD COLUMN follows_id INTEGER
	REFERENCES highlight ON DELETE SET NULL;
CREATE INDEX highlight_by_followed ON highlight (follows_id)
	WHERE follows_id IS NOT NULL;
-- Counts its edits, so that none overwrites another unseen.
ALTER TABLE highlight ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;

CREATE TRIGGER highlight_follows_an_earlier_one
BEFORE INSERT ON highlight
WHEN NEW.follows_id IS NOT NULL AND NOT EXISTS (SELECT 1
	FROM highlight AS earlier
	JOIN standup AS before ON before.id = earlier.standup_id
	JOIN standup ON standup.id = NEW.standup_id
	WHERE earlier.id = NEW.follows_id AND earlier.withdrawn_at IS NULL
	AND before.group_id = standup.group_id)
BEGIN
	SELECT RAISE(ABORT, 'highlight_follows_no_other');
END;

CREATE TRIGGER highlight_follows_what_it_followed
BEFORE UPDATE OF follows_id ON highlight
WHEN NEW.follows_id IS NOT NULL AND NEW.follows_id IS NOT OLD.follows_id
BEGIN
	SELECT RAISE(ABORT, 'highlight_follows_no_other');
END;

-- Addresses below /feed/ that are no cohort's.
CREATE TRIGGER cohort_insert_feed BEFORE INSERT ON cohort
WHEN NEW.slug IN ('kind', 'private', 'calendar', 'archive')
BEGIN
	SELECT RAISE(ABORT, 'slug_is_reserved');
END;
CREATE TRIGGER cohort_update_feed BEFORE UPDATE OF slug ON cohort
WHEN NEW.slug IN ('kind', 'private', 'calendar', 'archive')
	AND NEW.slug <> OLD.slug
BEGIN
	SELECT RAISE(ABORT, 'slug_is_reserved');
END;

-- One row a feed. entries: the number given last. updated_at: the newest
-- instant of its entries and tombstones. revision and modified_at move with
-- anything that the feed shows: modified_at by a second at least, so that a
-- reader that asks by date alone misses nothing. changes counts what happened
-- to entries that were there already.
CREATE TABLE feed (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	scope TEXT NOT NULL CHECK (scope IN ('all', 'kind', 'cohort', 'group')),
	kind TEXT UNIQUE
		CHECK (kind IN ('announcements', 'applications', 'highlights')),
	cohort_id INTEGER UNIQUE REFERENCES cohort ON DELETE CASCADE,
	group_id INTEGER UNIQUE REFERENCES mentoring_group ON DELETE CASCADE,
	-- 128 random bits; the opaque part of the feed's id for ever.
	key TEXT NOT NULL UNIQUE,
	entries INTEGER NOT NULL DEFAULT 0,
	revision INTEGER NOT NULL DEFAULT 1,
	changes INTEGER NOT NULL DEFAULT 1,
	updated_at INTEGER NOT NULL DEFAULT 0,
	modified_at INTEGER NOT NULL DEFAULT 0,
	-- The revision of which modified_at is known to be no earlier than the
	-- instant that made it. A change that tells no instant, as that of a
	-- name, moves modified_at by a second, from which whoever asks with the
	-- instant of their own last look learns nothing.
	dated INTEGER NOT NULL DEFAULT 1,
	CHECK ((scope = 'kind') = (kind IS NOT NULL)),
	CHECK ((scope = 'cohort') = (cohort_id IS NOT NULL)),
	CHECK ((scope = 'group') = (group_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX feed_of_all ON feed (scope) WHERE scope = 'all';
CREATE INDEX feed_to_date ON feed (id) WHERE revision > dated;

-- What the feed of a kind carries. Each begins with the programme.
CREATE TABLE feed_kind (
	activity_kind TEXT NOT NULL,
	kind TEXT NOT NULL,
	PRIMARY KEY (activity_kind, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO feed_kind (activity_kind, kind) VALUES
	('programme_began', 'announcements'),
	('programme_began', 'applications'),
	('programme_began', 'highlights'),
	('cohort_opened', 'announcements'),
	('cohort_opened', 'applications'),
	('cohort_launched', 'announcements'),
	('groups_formed', 'announcements'),
	('cohort_finished', 'announcements'),
	('highlight', 'highlights');

-- Position 1 is the oldest.
CREATE TABLE feed_entry (
	feed_id INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
	position INTEGER NOT NULL CHECK (position >= 1),
	activity_id INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
	PRIMARY KEY (feed_id, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX feed_entry_of_activity
	ON feed_entry (activity_id, feed_id);

-- Archive n holds the positions 50n - 49 to 50n, and is cut when 50 newer ones
-- are there. Its generation is what the feed's changes were when something
-- changed in it or before it last: an address with both in it never shows
-- other bytes. Kept are the steps alone, the generation from an archive's
-- number on, so that a change of the oldest entry of many costs no more than
-- one of the newest; before the first step it is 1.
CREATE TABLE feed_generation (
	feed_id INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
	number INTEGER NOT NULL CHECK (number >= 1),
	generation INTEGER NOT NULL,
	PRIMARY KEY (feed_id, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER feed_generation_covers_later
BEFORE INSERT ON feed_generation
BEGIN
	DELETE FROM feed_generation
	WHERE feed_id = NEW.feed_id AND number >= NEW.number;
END;

-- The feeds that tell of a cohort, each with a position before which it does
-- not.
CREATE TABLE feed_cohort (
	cohort_id INTEGER NOT NULL REFERENCES cohort ON DELETE CASCADE,
	feed_id INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
	first INTEGER NOT NULL,
	PRIMARY KEY (cohort_id, feed_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_cohort_by_feed ON feed_cohort (feed_id);

-- Which feeds carry which activity, as far as they are there.
CREATE VIEW activity_feed (activity_id, feed_id) AS
SELECT activity.id, feed.id FROM activity JOIN feed ON feed.scope = 'all'
UNION ALL
SELECT activity.id, feed.id FROM activity
JOIN feed_kind ON feed_kind.activity_kind = activity.kind
JOIN feed ON feed.kind = feed_kind.kind
UNION ALL
SELECT activity.id, feed.id FROM activity
JOIN feed ON feed.cohort_id = activity.cohort_id
UNION ALL
SELECT activity.id, feed.id FROM activity
JOIN highlight ON highlight.id = activity.highlight_id
JOIN standup ON standup.id = highlight.standup_id
JOIN feed ON feed.group_id = standup.group_id
UNION ALL
SELECT activity.id, feed.id FROM activity
JOIN mentoring_group ON mentoring_group.cohort_id = activity.cohort_id
JOIN feed ON feed.group_id = mentoring_group.id
WHERE activity.kind = 'groups_formed';

-- ---- what is there already ----

-- The same keys whenever this is done: also to a backup of before, restored
-- long after (rule 8).
INSERT INTO feed (scope, key) SELECT 'all', feed_key FROM programme;
INSERT INTO feed (scope, kind, key)
SELECT 'kind', kind, feed_key || '-' || kind
FROM programme, (SELECT DISTINCT kind FROM feed_kind);
INSERT INTO feed (scope, cohort_id, key) SELECT 'cohort', id, feed_key
FROM cohort WHERE id IN (SELECT cohort_id FROM activity);
INSERT INTO feed (scope, group_id, key)
SELECT 'group', mentoring_group.id,
	cohort.feed_key || '-' || mentoring_group.id
FROM mentoring_group JOIN cohort ON cohort.id = mentoring_group.cohort_id
WHERE cohort_id IN (SELECT cohort_id FROM activity
	WHERE kind = 'groups_formed')
OR mentoring_group.id IN (SELECT standup.group_id FROM standup
	JOIN highlight ON highlight.standup_id = standup.id);
INSERT INTO feed_entry (feed_id, position, activity_id)
SELECT activity_feed.feed_id, row_number() OVER
	(PARTITION BY activity_feed.feed_id
		ORDER BY activity.published_at, activity.id), activity.id
FROM activity_feed JOIN activity ON activity.id = activity_feed.activity_id;
UPDATE feed SET (entries, updated_at, modified_at) =
	(SELECT count(*), coalesce(max(activity.updated_at), 0),
		coalesce(max(activity.updated_at), 0)
	FROM feed_entry JOIN activity ON activity.id = feed_entry.activity_id
	WHERE feed_entry.feed_id = feed.id);
INSERT INTO feed_cohort (cohort_id, feed_id, first)
SELECT activity.cohort_id, feed_entry.feed_id, min(feed_entry.position)
FROM feed_entry JOIN activity ON activity.id = feed_entry.activity_id
WHERE activity.cohort_id IS NOT NULL
GROUP BY activity.cohort_id, feed_entry.feed_id;

-- ---- what is new ----

CREATE TRIGGER programme_has_feeds AFTER INSERT ON programme
BEGIN
	INSERT INTO feed (scope, key) VALUES ('all', NEW.feed_key);
	INSERT INTO feed (scope, kind, key)
	SELECT 'kind', kind, lower(hex(randomblob(16)))
	FROM (SELECT DISTINCT kind FROM feed_kind);
END;

CREATE TRIGGER feed_sees_new_activity AFTER INSERT ON activity
BEGIN
	INSERT INTO feed (scope, cohort_id, key)
	SELECT 'cohort', id, feed_key FROM cohort
	WHERE id = NEW.cohort_id
	AND NOT EXISTS (SELECT 1 FROM feed WHERE cohort_id = cohort.id);
	INSERT INTO feed (scope, group_id, key)
	SELECT 'group', id, lower(hex(randomblob(16))) FROM mentoring_group
	WHERE cohort_id = NEW.cohort_id AND (NEW.kind = 'groups_formed'
		OR id = (SELECT standup.group_id FROM standup
			JOIN highlight ON highlight.standup_id = standup.id
			WHERE highlight.id = NEW.highlight_id))
	AND NOT EXISTS (SELECT 1 FROM feed WHERE group_id = mentoring_group.id);
	UPDATE feed SET entries = entries + 1, revision = revision + 1,
		updated_at = max(updated_at, NEW.updated_at),
		modified_at = max(modified_at + 1, NEW.updated_at)
	WHERE id IN (SELECT feed_id FROM activity_feed
		WHERE activity_id = NEW.id);
	INSERT INTO feed_entry (feed_id, position, activity_id)
	SELECT feed.id, feed.entries, NEW.id FROM activity_feed
	JOIN feed ON feed.id = activity_feed.feed_id
	WHERE activity_feed.activity_id = NEW.id;
	INSERT INTO feed_cohort (cohort_id, feed_id, first)
	SELECT NEW.cohort_id, feed_id, position FROM feed_entry
	WHERE activity_id = NEW.id AND NEW.cohort_id IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM feed_cohort
		WHERE cohort_id = NEW.cohort_id
		AND feed_id = feed_entry.feed_id);
END;

-- A group made after the others: its feed begins with what they begin with.
CREATE TRIGGER feed_opens_for_a_late_group AFTER INSERT ON mentoring_group
WHEN EXISTS (SELECT 1 FROM activity
	WHERE cohort_id = NEW.cohort_id AND kind = 'groups_formed')
BEGIN
	INSERT INTO feed (scope, group_id, key, entries, updated_at, modified_at)
	SELECT 'group', NEW.id, lower(hex(randomblob(16))), 1, updated_at,
		updated_at
	FROM activity
	WHERE cohort_id = NEW.cohort_id AND kind = 'groups_formed';
	INSERT INTO feed_entry (feed_id, position, activity_id)
	SELECT feed.id, 1, activity.id FROM feed
	JOIN activity ON activity.cohort_id = NEW.cohort_id
		AND activity.kind = 'groups_formed'
	WHERE feed.group_id = NEW.id;
	INSERT INTO feed_cohort (cohort_id, feed_id, first)
	SELECT NEW.cohort_id, id, 1 FROM feed WHERE group_id = NEW.id;
END;

-- ---- what changes ----

CREATE TRIGGER feed_sees_changed_activity AFTER UPDATE ON activity
BEGIN
	UPDATE feed SET revision = revision + 1, changes = changes + 1,
		updated_at = max(updated_at, NEW.updated_at),
		modified_at = max(modified_at + 1, NEW.updated_at)
	WHERE id IN (SELECT feed_id FROM feed_entry WHERE activity_id = NEW.id);
	INSERT INTO feed_generation (feed_id, number, generation)
	SELECT feed.id, (feed_entry.position + 49) / 50, feed.changes
	FROM feed_entry JOIN feed ON feed.id = feed_entry.feed_id
	WHERE feed_entry.activity_id = NEW.id
	AND (feed_entry.position + 49) / 50 < feed.entries / 50;
END;

CREATE TRIGGER feed_sees_deleted_activity BEFORE DELETE ON activity
BEGIN
	UPDATE feed SET revision = revision + 1, changes = changes + 1,
		modified_at = modified_at + 1
	WHERE id IN (SELECT feed_id FROM feed_entry WHERE activity_id = OLD.id);
	INSERT INTO feed_generation (feed_id, number, generation)
	SELECT feed.id, (feed_entry.position + 49) / 50, feed.changes
	FROM feed_entry JOIN feed ON feed.id = feed_entry.feed_id
	WHERE feed_entry.activity_id = OLD.id
	AND (feed_entry.position + 49) / 50 < feed.entries / 50;
END;

-- Inserting a cohort's id tells that something changed of how its activities
-- are shown. The row is gone at once.
CREATE TABLE feed_touch (
	cohort_id INTEGER NOT NULL
) STRICT;
CREATE TRIGGER feed_is_touched AFTER INSERT ON feed_touch
BEGIN
	DELETE FROM feed_touch;
	UPDATE feed SET revision = revision + 1, changes = changes + 1,
		modified_at = modified_at + 1
	WHERE id IN (SELECT feed_id FROM feed_cohort
		WHERE cohort_id = NEW.cohort_id);
	INSERT INTO feed_generation (feed_id, number, generation)
	SELECT feed.id, (feed_cohort.first + 49) / 50, feed.changes
	FROM feed_cohort JOIN feed ON feed.id = feed_cohort.feed_id
	WHERE feed_cohort.cohort_id = NEW.cohort_id
	AND (feed_cohort.first + 49) / 50 < feed.entries / 50;
END;

CREATE TRIGGER feed_sees_cohort AFTER UPDATE ON cohort
WHEN NEW.name <> OLD.name OR NEW.slug <> OLD.slug OR NEW.goal <> OLD.goal
	OR NEW.weeks <> OLD.weeks OR NEW.closes_at <> OLD.closes_at
	OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at
BEGIN
	INSERT INTO feed_touch (cohort_id) VALUES (NEW.id);
END;

CREATE TRIGGER feed_sees_group AFTER UPDATE ON mentoring_group
WHEN NEW.name <> OLD.name OR NEW.slug <> OLD.slug OR NEW.goal <> OLD.goal
	OR NEW.project_id <> OLD.project_id
BEGIN
	INSERT INTO feed_touch (cohort_id) VALUES (NEW.cohort_id);
END;

CREATE TRIGGER feed_sees_new_group AFTER INSERT ON mentoring_group
BEGIN
	INSERT INTO feed_touch (cohort_id) VALUES (NEW.cohort_id);
END;

CREATE TRIGGER feed_sees_lost_group AFTER DELETE ON mentoring_group
BEGIN
	INSERT INTO feed_touch (cohort_id) VALUES (OLD.cohort_id);
END;

CREATE TRIGGER feed_sees_project AFTER UPDATE OF name ON project
BEGIN
	INSERT INTO feed_touch (cohort_id) VALUES (NEW.cohort_id);
END;

CREATE TRIGGER feed_sees_programme AFTER UPDATE ON programme
BEGIN
	UPDATE feed SET revision = revision + 1, changes = changes + 1,
		modified_at = modified_at + 1;
	INSERT INTO feed_generation (feed_id, number, generation)
	SELECT id, 1, changes FROM feed WHERE entries >= 100;
END;

-- Whoever changes the name that the public sees changes what feeds show.
CREATE TRIGGER feed_sees_person AFTER UPDATE ON person
WHEN NEW.public_name IS NOT OLD.public_name
	OR NEW.show_public_name <> OLD.show_public_name
	OR NEW.is_disabled <> OLD.is_disabled
BEGIN
	INSERT INTO feed_touch (cohort_id)
	SELECT DISTINCT cohort_id FROM member WHERE person_id = NEW.id;
END;

-- Whoever has left is named no more; whoever shows no name is of a role.
CREATE TRIGGER feed_sees_member AFTER UPDATE OF left_at, role ON member
WHEN NEW.left_at IS NOT OLD.left_at OR NEW.role <> OLD.role
BEGIN
	INSERT INTO feed_touch (cohort_id) VALUES (NEW.cohort_id);
END;

-- Taken back within its second, it is another entry, too (rule 12).
CREATE TRIGGER feed_sees_highlight AFTER UPDATE ON highlight
BEGIN
	UPDATE activity SET updated_at = max(updated_at
			+ (NEW.withdrawn_at IS NOT OLD.withdrawn_at), NEW.updated_at),
		withdrawn_at = NEW.withdrawn_at, touches = touches + 1
	WHERE highlight_id = NEW.id;
END;

-- What goes on with a highlight is counted at it.
CREATE TRIGGER feed_sees_sequel AFTER INSERT ON highlight
WHEN NEW.follows_id IS NOT NULL
BEGIN
	UPDATE activity SET touches = touches + 1
	WHERE highlight_id = NEW.follows_id;
END;

CREATE TRIGGER feed_sees_lost_sequel AFTER UPDATE OF withdrawn_at ON highlight
WHEN NEW.follows_id IS NOT NULL
	AND NEW.withdrawn_at IS NOT OLD.withdrawn_at
BEGIN
	UPDATE activity SET touches = touches + 1
	WHERE highlight_id = NEW.follows_id;
END;

CREATE TRIGGER feed_sees_deleted_sequel AFTER DELETE ON highlight
WHEN OLD.follows_id IS NOT NULL
BEGIN
	UPDATE activity SET touches = touches + 1
	WHERE highlight_id = OLD.follows_id;
END;

CREATE TRIGGER feed_sees_sequel_let_go AFTER UPDATE OF follows_id ON highlight
WHEN OLD.follows_id IS NOT NULL AND NEW.follows_id IS NOT OLD.follows_id
BEGIN
	UPDATE activity SET touches = touches + 1
	WHERE highlight_id = OLD.follows_id;
END;

-- A sequel's words name what it follows.
CREATE TRIGGER feed_sees_followed
AFTER UPDATE OF withdrawn_at, title ON highlight
WHEN NEW.withdrawn_at IS NOT OLD.withdrawn_at OR NEW.title <> OLD.title
BEGIN
	UPDATE activity SET touches = touches + 1
	WHERE highlight_id IN
		(SELECT id FROM highlight WHERE follows_id = NEW.id);
END;

-- A highlight that is gone was withdrawn.
CREATE TRIGGER feed_sees_lost_highlight BEFORE DELETE ON highlight
BEGIN
	UPDATE activity SET withdrawn_at = max(updated_at, (SELECT updated_at
			FROM feed WHERE scope = 'all')),
		updated_at = max(updated_at, (SELECT updated_at
			FROM feed WHERE scope = 'all'))
	WHERE highlight_id = OLD.id AND withdrawn_at IS NULL;
END;

CREATE TRIGGER feed_sees_new_quote AFTER INSERT ON highlight_quote
BEGIN
	UPDATE activity SET touches = touches + 1
	WHERE highlight_id = NEW.highlight_id;
END;

CREATE TRIGGER feed_sees_lost_quote AFTER DELETE ON highlight_quote
BEGIN
	UPDATE activity SET touches = touches + 1
	WHERE highlight_id = OLD.highlight_id;
END;

-- ---- what is read ----

-- A feed as it is described; that of a draft is not there.
CREATE VIEW feed_shown AS
SELECT feed.id, feed.scope, feed.kind, feed.key, feed.entries, feed.revision,
	feed.updated_at, feed.modified_at,
	CASE WHEN feed.entries >= 100 THEN feed.entries / 50 - 1 END
		AS archives,
	CASE WHEN feed.entries >= 100 THEN coalesce((SELECT generation
		FROM feed_generation WHERE feed_id = feed.id
		ORDER BY number DESC LIMIT 1), 1) END AS generation,
	feed.cohort_id, feed.group_id, cohort.slug AS cohort_slug,
	cohort.name AS cohort_name, cohort.goal AS cohort_goal,
	mentoring_group.slug AS group_slug, mentoring_group.name AS group_name,
	mentoring_group.goal AS group_goal
FROM feed
LEFT JOIN mentoring_group ON mentoring_group.id = feed.group_id
LEFT JOIN cohort
	ON cohort.id = coalesce(feed.cohort_id, mentoring_group.cohort_id)
WHERE cohort.id IS NULL OR cohort.published_at IS NOT NULL;

-- An activity with all that an entry tells of it. The author's name is there
-- only while the public may know it; of a withdrawn one nothing is told.
CREATE VIEW activity_shown AS
SELECT activity.id, activity.key, activity.kind, activity.published_at,
	activity.updated_at, activity.withdrawn_at, activity.tombstoned_at,
	activity.cohort_id, cohort.slug AS cohort_slug,
	cohort.name AS cohort_name, cohort.goal AS cohort_goal,
	cohort.closes_at, cohort.starts_at, cohort.ends_at, cohort.weeks,
	highlight.id AS highlight_id, highlight.key AS highlight_key,
	highlight.title, highlight.body, standup.week,
	mentoring_group.slug AS group_slug,
	mentoring_group.name AS group_name, member.role AS author_role,
	CASE WHEN person.show_public_name = 1 AND person.is_disabled = 0
		AND member.left_at IS NULL THEN person.public_name END
		AS author_name,
	earlier_activity.key AS follows_key, earlier.key AS follows_highlight,
	earlier.title AS follows_title,
	(SELECT count(*) FROM highlight AS later
		WHERE later.follows_id = highlight.id
		AND later.withdrawn_at IS NULL) AS sequels
FROM activity
LEFT JOIN cohort ON cohort.id = activity.cohort_id
LEFT JOIN highlight ON highlight.id = activity.highlight_id
	AND activity.withdrawn_at IS NULL
LEFT JOIN standup ON standup.id = highlight.standup_id
LEFT JOIN mentoring_group ON mentoring_group.id = standup.group_id
LEFT JOIN member ON member.id = highlight.member_id
LEFT JOIN person ON person.id = member.person_id
LEFT JOIN highlight AS earlier ON earlier.id = highlight.follows_id
	AND earlier.withdrawn_at IS NULL
LEFT JOIN activity AS earlier_activity
	ON earlier_activity.highlight_id = earlier.id;
