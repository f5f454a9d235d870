-- Meetings of a cohort (model/meeting.h).

-- name: meeting_insert exec
-- in: cohort_id integer, key text, title text, starts_at integer, ends_at integer, zone text, audience integer, link text, recording_link text, now integer
INSERT INTO meeting (cohort_id, key, title, starts_at, ends_at, zone, audience,
	link, recording_link, created_at)
VALUES (:cohort_id, :key, :title, :starts_at, :ends_at, :zone, :audience,
	:link, :recording_link, :now);

-- Changes nothing when another change came first (revision), or it was
-- cancelled.
-- name: meeting_update exec
-- in: id integer, revision integer, title text, starts_at integer, ends_at integer, zone text, audience integer, link text, recording_link text
UPDATE meeting SET title = :title, starts_at = :starts_at, ends_at = :ends_at,
	zone = :zone, audience = :audience, link = :link,
	recording_link = :recording_link, revision = revision + 1
WHERE id = :id AND revision = :revision AND cancelled_at IS NULL;

-- name: meeting_set_cancelled exec
-- in: id integer, now integer
UPDATE meeting SET cancelled_at = :now, revision = revision + 1
WHERE id = :id AND cancelled_at IS NULL;

-- name: meeting_by_key one
-- row: meeting
-- in: cohort_id integer, key text
SELECT id, cohort_id, key, title, starts_at, ends_at, zone, audience, link,
	recording_link, cancelled_at, revision
FROM meeting WHERE cohort_id = :cohort_id AND key = :key;

-- Those that everybody of an audience may know of, first to last.
-- name: meeting_of_cohort many
-- row: meeting
-- in: cohort_id integer, audience integer
SELECT id, cohort_id, key, title, starts_at, ends_at, zone, audience, link,
	recording_link, cancelled_at, revision
FROM meeting WHERE cohort_id = :cohort_id AND audience >= :audience
ORDER BY starts_at, id;
