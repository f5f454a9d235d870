-- name: standup_lay exec
-- in: group_id integer, week integer, starts_at integer, closes_at integer
INSERT INTO standup (group_id, week, starts_at, closes_at)
VALUES (:group_id, :week, :starts_at, :closes_at)
ON CONFLICT (group_id, week) DO NOTHING;

-- Moves a stand-up that has not begun, never to an hour that has passed.
-- name: standup_move exec
-- in: group_id integer, week integer, starts_at integer, closes_at integer, now integer
UPDATE standup SET starts_at = :starts_at, closes_at = :closes_at
WHERE group_id = :group_id AND week = :week AND starts_at > :now
	AND :starts_at > :now AND (starts_at <> :starts_at OR closes_at <> :closes_at);

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
	standup.notes, standup.notes_revision, cohort_week.theme,
	cohort_week.objectives
FROM standup
JOIN mentoring_group ON mentoring_group.id = standup.group_id
LEFT JOIN cohort_week ON cohort_week.cohort_id = mentoring_group.cohort_id
	AND cohort_week.number = standup.week
LEFT JOIN member ON member.id = standup.facilitator_id
LEFT JOIN person ON person.id = member.person_id
WHERE standup.group_id = :group_id AND standup.week = :week;

-- The weeks of a group with what a reader may read of each: what is opened to
-- the audience :least, and the reader's own.
-- name: standup_of_group many
-- row: standup_week
-- in: group_id integer, cohort_id integer, least integer, person_id integer
-- out: check_ins integer, open_questions integer
SELECT standup.id, standup.week, standup.starts_at, standup.closes_at,
	person.name AS facilitator, cohort_week.theme, cohort_week.objectives,
	(SELECT count(*) FROM check_in
		JOIN member AS author ON author.id = check_in.member_id
		WHERE check_in.standup_id = standup.id
		AND (author.person_id = :person_id
			OR (check_in.did <> '' AND check_in.did_audience >= :least)
			OR (check_in.next <> '' AND check_in.next_audience >= :least)
			OR (check_in.blocked <> ''
				AND check_in.blocked_audience >= :least)))
		AS check_ins,
	(SELECT count(*) FROM question
		JOIN member AS asker ON asker.id = question.member_id
		WHERE question.standup_id = standup.id
		AND (asker.person_id = :person_id OR question.audience >= :least)
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

-- The groups whose stand-ups a person may read, newest cohort first, one row
-- for each role they read them with: as who sits there, or as an organiser.
-- Cohorts that ended before :ended_after are left to their organisers.
-- name: standup_groups_of_person many
-- row: standup_group
-- in: person_id integer, ended_after integer, now integer
-- out: next_at integer
SELECT mentoring_group.id, mentoring_group.slug, mentoring_group.name,
	mentoring_group.goal, cohort.slug AS cohort_slug,
	cohort.name AS cohort_name, cohort.starts_at, cohort.ends_at,
	member.role,
	(SELECT min(standup.starts_at) FROM standup
		WHERE standup.group_id = mentoring_group.id
		AND standup.starts_at >= :now) AS next_at
FROM member
JOIN cohort ON cohort.id = member.cohort_id
JOIN mentoring_group ON mentoring_group.cohort_id = cohort.id
WHERE member.person_id = :person_id AND member.left_at IS NULL
	AND (member.role = 'organiser'
		OR (cohort.ends_at > :ended_after AND EXISTS
			(SELECT 1 FROM placement
			WHERE placement.group_id = mentoring_group.id
			AND placement.member_id = member.id
			AND placement.left_at IS NULL)))
ORDER BY cohort.starts_at DESC, cohort.id DESC, mentoring_group.name,
	mentoring_group.id, member.role = 'organiser', member.id LIMIT 500;

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
SELECT member.id AS member_id, person.id AS person_id, person.name,
	person.pronouns, person.pronouns_audience,
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
