-- name: standup_lay exec
-- in: group_id integer, week integer, starts_at integer, closes_at integer
INSERT INTO standup (group_id, week, starts_at, closes_at)
VALUES (:group_id, :week, :starts_at, :closes_at)
ON CONFLICT (group_id, week) DO NOTHING;

-- Moves a stand-up that has not begun.
-- name: standup_move exec
-- in: group_id integer, week integer, starts_at integer, closes_at integer, now integer
UPDATE standup SET starts_at = :starts_at, closes_at = :closes_at
WHERE group_id = :group_id AND week = :week AND starts_at > :now
	AND (starts_at <> :starts_at OR closes_at <> :closes_at);

-- name: standup_facilitate exec
-- in: group_id integer, week integer, facilitator_id integer, now integer
UPDATE standup SET facilitator_id = :facilitator_id
WHERE group_id = :group_id AND week = :week AND closes_at > :now
	AND facilitator_id IS NOT :facilitator_id;

-- name: standup_by_week one
-- row: standup
-- in: group_id integer, week integer
SELECT standup.id, standup.group_id, standup.week, standup.facilitator_id,
	person.name AS facilitator, standup.starts_at, standup.closes_at,
	standup.notes, standup.notes_revision
FROM standup
LEFT JOIN member ON member.id = standup.facilitator_id
LEFT JOIN person ON person.id = member.person_id
WHERE standup.group_id = :group_id AND standup.week = :week;

-- name: standup_by_id one
-- row: standup
-- in: id integer
SELECT standup.id, standup.group_id, standup.week, standup.facilitator_id,
	person.name AS facilitator, standup.starts_at, standup.closes_at,
	standup.notes, standup.notes_revision
FROM standup
LEFT JOIN member ON member.id = standup.facilitator_id
LEFT JOIN person ON person.id = member.person_id
WHERE standup.id = :id;

-- The weeks of a group with what has happened in each.
-- name: standup_of_group many
-- row: standup_week
-- in: group_id integer, cohort_id integer
-- out: check_ins integer, open_questions integer
SELECT standup.id, standup.week, standup.starts_at, standup.closes_at,
	person.name AS facilitator, cohort_week.theme, cohort_week.objectives,
	(SELECT count(*) FROM check_in WHERE check_in.standup_id = standup.id)
		AS check_ins,
	(SELECT count(*) FROM question WHERE question.standup_id = standup.id
		AND question.resolved_at IS NULL AND NOT EXISTS
			(SELECT 1 FROM answer WHERE answer.question_id = question.id))
		AS open_questions
FROM standup
LEFT JOIN member ON member.id = standup.facilitator_id
LEFT JOIN person ON person.id = member.person_id
LEFT JOIN cohort_week ON cohort_week.cohort_id = :cohort_id
	AND cohort_week.number = standup.week
WHERE standup.group_id = :group_id
ORDER BY standup.week;

-- Changes nothing when another change came first (revision).
-- name: standup_write_notes exec
-- in: id integer, notes text, revision integer
UPDATE standup SET notes = :notes, notes_revision = notes_revision + 1
WHERE id = :id AND notes_revision = :revision;

-- Djangonauts of the stand-up's group with their mark, if any: those who sit
-- there now, and those who sat there and were marked.
-- name: attendance_of_standup many
-- row: attendance
-- in: standup_id integer
-- out: has_check_in integer
SELECT member.id AS member_id, person.name, person.pronouns,
	attendance.status,
	EXISTS (SELECT 1 FROM check_in WHERE check_in.standup_id = standup.id
		AND check_in.member_id = member.id) AS has_check_in
FROM standup
JOIN placement ON placement.group_id = standup.group_id
JOIN member ON member.id = placement.member_id AND member.role = 'djangonaut'
JOIN person ON person.id = member.person_id
LEFT JOIN attendance ON attendance.standup_id = standup.id
	AND attendance.member_id = member.id
WHERE standup.id = :standup_id
	AND (placement.left_at IS NULL OR attendance.status IS NOT NULL)
GROUP BY member.id
ORDER BY person.name_key, member.id;

-- name: attendance_put exec
-- in: standup_id integer, member_id integer, status text, marked_by integer, now integer
INSERT INTO attendance (standup_id, member_id, status, marked_by, marked_at)
VALUES (:standup_id, :member_id, :status, :marked_by, :now)
ON CONFLICT (standup_id, member_id) DO UPDATE
	SET status = excluded.status, marked_by = excluded.marked_by,
		marked_at = excluded.marked_at
	WHERE attendance.status <> excluded.status;

-- name: attendance_clear exec
-- in: standup_id integer, member_id integer
DELETE FROM attendance
WHERE standup_id = :standup_id AND member_id = :member_id;
