-- What is said again takes the place of what was said before.
-- name: volunteer_put exec
-- in: member_id integer, zone text, hours text, hours_utc text, level_low integer, level_high integer, wants integer, now integer
INSERT INTO volunteer (member_id, zone, hours, hours_utc, level_low,
	level_high, wants, said_at)
VALUES (:member_id, :zone, :hours, :hours_utc, :level_low, :level_high, :wants,
	:now)
ON CONFLICT (member_id) DO UPDATE SET zone = excluded.zone,
	hours = excluded.hours, hours_utc = excluded.hours_utc,
	level_low = excluded.level_low, level_high = excluded.level_high,
	wants = excluded.wants, said_at = excluded.said_at;

-- name: volunteer_by_member one
-- row: volunteer
-- in: member_id integer
SELECT member_id, zone, hours, hours_utc, level_low, level_high, wants, said_at
FROM volunteer WHERE member_id = :member_id;

-- name: volunteer_project_clear exec
-- in: member_id integer
DELETE FROM volunteer_project WHERE member_id = :member_id;

-- name: volunteer_project_insert exec
-- in: member_id integer, project_id integer
INSERT INTO volunteer_project (member_id, project_id)
VALUES (:member_id, :project_id) ON CONFLICT DO NOTHING;

-- name: volunteer_projects many
-- row: volunteer_project
-- in: member_id integer
SELECT project.id, project.name FROM volunteer_project
JOIN project ON project.id = volunteer_project.project_id
WHERE volunteer_project.member_id = :member_id ORDER BY project.name;

-- Navigators and captains of a cohort and what they bring; said_at NULL: they
-- have not said.
-- name: volunteer_of_cohort many
-- row: crew_member
-- in: cohort_id integer
SELECT member.id AS member_id, member.role, person.id AS person_id, person.name,
	volunteer.zone, volunteer.hours, volunteer.level_low,
	volunteer.level_high, volunteer.wants, volunteer.said_at
FROM member
JOIN person ON person.id = member.person_id
LEFT JOIN volunteer ON volunteer.member_id = member.id
WHERE member.cohort_id = :cohort_id AND member.left_at IS NULL
	AND member.role IN ('navigator', 'captain')
ORDER BY person.name_key, member.id LIMIT 1000;

-- The same with the organisers who answered what the cohort asks of them.
-- name: volunteer_or_organiser_of_cohort many
-- row: crew_member
-- in: cohort_id integer
SELECT member.id AS member_id, member.role, person.id AS person_id, person.name,
	volunteer.zone, volunteer.hours, volunteer.level_low,
	volunteer.level_high, volunteer.wants, volunteer.said_at
FROM member
JOIN person ON person.id = member.person_id
LEFT JOIN volunteer ON volunteer.member_id = member.id
WHERE member.cohort_id = :cohort_id AND member.left_at IS NULL
	AND (member.role IN ('navigator', 'captain')
		OR (member.role = 'organiser' AND EXISTS (SELECT 1
			FROM volunteer_answer
			WHERE volunteer_answer.member_id = member.id)))
ORDER BY person.name_key, member.id LIMIT 1000;
