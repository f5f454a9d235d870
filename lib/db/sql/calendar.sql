-- Calendars: how events follow their sources (model/calendar.h), and what is
-- told to whom.

-- What is new.
-- name: calendar_follow_new exec
-- in: cohort_id integer, now integer
INSERT INTO calendar_event (key, cohort_id, source, kind, week, group_id,
	is_days, starts_at, ends_at, audience, widest, told_starts_at,
	told_ends_at, context, subject, place, created_at, changed_at)
SELECT lower(hex(randomblob(16))), cohort_id, source, kind, week, group_id,
	is_days, starts_at, ends_at, audience, audience, starts_at, ends_at,
	context, subject, place, :now, :now
FROM calendar_source AS told
WHERE cohort_id = :cohort_id AND NOT EXISTS (SELECT 1 FROM calendar_event
	WHERE calendar_event.cohort_id = told.cohort_id
	AND calendar_event.source = told.source);

-- What is otherwise than it was told, or is there again.
-- name: calendar_follow_changed exec
-- in: cohort_id integer, now integer
UPDATE calendar_event SET is_days = told.is_days, starts_at = told.starts_at,
	ends_at = told.ends_at, audience = told.audience,
	widest = max(widest, told.audience),
	told_starts_at = CASE WHEN told.audience < widest
		THEN told_starts_at ELSE told.starts_at END,
	told_ends_at = CASE WHEN told.audience < widest
		THEN told_ends_at ELSE told.ends_at END, context = told.context,
	subject = told.subject, place = told.place, sequence = sequence + 1,
	changed_at = max(changed_at, :now), cancelled_at = NULL
FROM calendar_source AS told
WHERE told.cohort_id = :cohort_id
AND calendar_event.cohort_id = :cohort_id
AND calendar_event.source = told.source
AND (calendar_event.cancelled_at IS NOT NULL
	OR (calendar_event.is_days, calendar_event.starts_at,
		calendar_event.ends_at, calendar_event.audience,
		calendar_event.context, calendar_event.subject,
		calendar_event.place)
	IS NOT (told.is_days, told.starts_at, told.ends_at, told.audience,
		told.context, told.subject, told.place));

-- What is no more.
-- name: calendar_follow_lost exec
-- in: cohort_id integer, now integer
UPDATE calendar_event SET sequence = sequence + 1,
	changed_at = max(changed_at, :now), cancelled_at = :now
WHERE cohort_id = :cohort_id AND cancelled_at IS NULL
AND source NOT IN (SELECT source FROM calendar_source
	WHERE cohort_id = :cohort_id);

-- name: calendar_move exec
-- in: cohort_id integer, now integer
INSERT INTO calendar (cohort_id, modified_at) VALUES (:cohort_id, :now)
ON CONFLICT (cohort_id) DO UPDATE SET revision = revision + 1,
	modified_at = max(modified_at + 1, excluded.modified_at);

-- name: calendar_due_cohorts many
SELECT cohort_id FROM calendar_due ORDER BY cohort_id;

-- name: calendar_due_over exec
-- in: cohort_id integer
DELETE FROM calendar_due WHERE cohort_id = :cohort_id;

-- name: calendar_of one
-- row: calendar
-- in: cohort_id integer
SELECT cohort_id, revision, modified_at FROM calendar
WHERE cohort_id = :cohort_id;

-- What everyone may know. is_withheld: an event that everyone knew of once and
-- that is not everyone's any more.
-- name: calendar_event_of_cohort many
-- row: calendar_event
-- in: cohort_id integer
-- out: starts_at integer, ends_at integer, is_withheld integer
SELECT calendar_event.key, calendar_event.kind, calendar_event.week,
	calendar_event.is_days,
	iif(calendar_event.audience < 4,
		calendar_event.told_starts_at, calendar_event.starts_at)
		AS starts_at,
	iif(calendar_event.audience < 4,
		calendar_event.told_ends_at, calendar_event.ends_at) AS ends_at,
	calendar_event.context, calendar_event.subject, calendar_event.place,
	calendar_event.sequence, calendar_event.created_at,
	calendar_event.changed_at, calendar_event.cancelled_at,
	cohort.slug AS cohort_slug, mentoring_group.slug AS group_slug,
	calendar_event.audience < 4 AS is_withheld
FROM calendar_event
JOIN cohort ON cohort.id = calendar_event.cohort_id
LEFT JOIN mentoring_group ON mentoring_group.id = calendar_event.group_id
WHERE calendar_event.cohort_id = :cohort_id AND calendar_event.widest = 4
ORDER BY 5, calendar_event.id;

-- A group's stand-ups, and the meetings that all its members may know of.
-- name: calendar_event_of_group many
-- row: calendar_event
-- in: group_id integer
-- out: starts_at integer, ends_at integer, is_withheld integer
SELECT calendar_event.key, calendar_event.kind, calendar_event.week,
	calendar_event.is_days,
	iif(calendar_event.audience < 3,
		calendar_event.told_starts_at, calendar_event.starts_at)
		AS starts_at,
	iif(calendar_event.audience < 3,
		calendar_event.told_ends_at, calendar_event.ends_at) AS ends_at,
	calendar_event.context, calendar_event.subject, calendar_event.place,
	calendar_event.sequence, calendar_event.created_at,
	calendar_event.changed_at, calendar_event.cancelled_at,
	cohort.slug AS cohort_slug, mentoring_group.slug AS group_slug,
	coalesce(calendar_event.audience < 3, 0) AS is_withheld
FROM mentoring_group
JOIN cohort ON cohort.id = mentoring_group.cohort_id
JOIN calendar_event ON calendar_event.cohort_id = mentoring_group.cohort_id
WHERE mentoring_group.id = :group_id
AND (calendar_event.group_id = mentoring_group.id
	OR (calendar_event.kind = 'meeting' AND calendar_event.widest >= 3))
ORDER BY 5, calendar_event.id;

-- The stand-ups of whatever groups somebody is in, and the meetings of their
-- cohorts that they may know of, in all roles they have there.
-- name: calendar_event_of_person many
-- row: calendar_event
-- in: person_id integer, ended_after integer
-- out: starts_at integer, ends_at integer, is_withheld integer
SELECT calendar_event.key, calendar_event.kind, calendar_event.week,
	calendar_event.is_days,
	iif(calendar_event.audience < mine.rank,
		calendar_event.told_starts_at, calendar_event.starts_at)
		AS starts_at,
	iif(calendar_event.audience < mine.rank,
		calendar_event.told_ends_at, calendar_event.ends_at) AS ends_at,
	calendar_event.context, calendar_event.subject, calendar_event.place,
	calendar_event.sequence, calendar_event.created_at,
	calendar_event.changed_at, calendar_event.cancelled_at,
	cohort.slug AS cohort_slug, mentoring_group.slug AS group_slug,
	coalesce(calendar_event.audience < mine.rank, 0) AS is_withheld
FROM (SELECT cohort_id, min(CASE role WHEN 'organiser' THEN 1
		WHEN 'djangonaut' THEN 3 ELSE 2 END) AS rank
	FROM member WHERE person_id = :person_id AND left_at IS NULL
	AND (role = 'organiser' OR (SELECT ends_at FROM cohort
		WHERE cohort.id = member.cohort_id) > :ended_after)
	GROUP BY cohort_id) AS mine
JOIN cohort ON cohort.id = mine.cohort_id
JOIN calendar_event ON calendar_event.cohort_id = mine.cohort_id
LEFT JOIN mentoring_group ON mentoring_group.id = calendar_event.group_id
WHERE (calendar_event.kind = 'meeting' AND calendar_event.widest >= mine.rank)
OR (calendar_event.kind = 'standup' AND EXISTS (SELECT 1 FROM placement
	JOIN member ON member.id = placement.member_id
	WHERE placement.group_id = calendar_event.group_id
	AND placement.left_at IS NULL AND member.person_id = :person_id
	AND member.left_at IS NULL AND cohort.ends_at > :ended_after))
ORDER BY 5, calendar_event.id;

-- name: calendar_restore_events exec
-- in: now integer
UPDATE calendar_event SET changed_at = max(changed_at, :now),
	sequence = max(sequence + 1, (:now - created_at) / 60);

-- name: calendar_restore_revisions exec
-- in: now integer
UPDATE calendar SET revision = max(revision + 1, :now),
	modified_at = max(modified_at + 1, :now);
