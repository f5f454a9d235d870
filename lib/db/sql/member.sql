-- name: member_insert exec
-- in: cohort_id integer, person_id integer, role text, level integer, now integer
INSERT INTO member (cohort_id, person_id, role, level, joined_at)
VALUES (:cohort_id, :person_id, :role, :level, :now)
ON CONFLICT (cohort_id, person_id, role) DO UPDATE
	SET left_at = NULL, level = excluded.level;

-- name: member_find one
-- row: member
-- in: cohort_id integer, person_id integer, role text
SELECT id, cohort_id, person_id, role, level, goal, joined_at, left_at
FROM member
WHERE cohort_id = :cohort_id AND person_id = :person_id AND role = :role;

-- name: member_by_id one
-- row: member
-- in: id integer
SELECT id, cohort_id, person_id, role, level, goal, joined_at, left_at
FROM member WHERE id = :id;

-- The member as whom a person speaks in a group: their role there now.
-- name: member_in_group one
-- row: member
-- in: group_id integer, person_id integer
SELECT member.id, member.cohort_id, member.person_id, member.role,
	member.level, member.goal, member.joined_at, member.left_at
FROM member
JOIN placement ON placement.member_id = member.id
WHERE placement.group_id = :group_id AND placement.left_at IS NULL
	AND member.person_id = :person_id AND member.left_at IS NULL
ORDER BY member.role <> 'djangonaut', member.role <> 'navigator' LIMIT 1;

-- Everyone with a role in a cohort now, with the group they sit in (one row
-- a group; none: NULL).
-- name: member_of_cohort many
-- row: cohort_member
-- in: cohort_id integer
SELECT member.id, member.role, member.level, person.id AS person_id,
	person.name, person.pronouns, person.pronouns_audience, person.zone,
	person.github,
	mentoring_group.id AS group_id, mentoring_group.name AS group_name,
	mentoring_group.slug AS group_slug
FROM member
JOIN person ON person.id = member.person_id
LEFT JOIN placement ON placement.member_id = member.id
	AND placement.left_at IS NULL
LEFT JOIN mentoring_group ON mentoring_group.id = placement.group_id
WHERE member.cohort_id = :cohort_id AND member.left_at IS NULL
ORDER BY person.name_key, member.id LIMIT 5000;

-- name: member_leave exec
-- in: id integer, now integer
UPDATE member SET left_at = :now WHERE id = :id AND left_at IS NULL;

-- The roles that a person has in a cohort now.
-- name: member_of_person many
-- row: member
-- in: cohort_id integer, person_id integer
SELECT id, cohort_id, person_id, role, level, goal, joined_at, left_at
FROM member
WHERE cohort_id = :cohort_id AND person_id = :person_id AND left_at IS NULL
ORDER BY id;

-- The member as whom a person acts in a group: as who sits there, or as an
-- organiser of its cohort.
-- name: member_acting one
-- row: member
-- in: cohort_id integer, group_id integer, person_id integer
SELECT id, cohort_id, person_id, role, level, goal, joined_at, left_at
FROM member
WHERE cohort_id = :cohort_id AND person_id = :person_id AND left_at IS NULL
	AND (role = 'organiser' OR EXISTS (SELECT 1 FROM placement
		WHERE placement.member_id = member.id
		AND placement.group_id = :group_id
		AND placement.left_at IS NULL))
ORDER BY role <> 'djangonaut', role <> 'navigator', role <> 'captain' LIMIT 1;

-- Who took part in a cohort as a Djangonaut and left.
-- name: member_gone many
-- row: gone_member
-- in: cohort_id integer
SELECT member.id, member.person_id, member.level, member.left_at, person.name
FROM member JOIN person ON person.id = member.person_id
WHERE member.cohort_id = :cohort_id AND member.role = 'djangonaut'
	AND member.left_at IS NOT NULL AND person.erased_at IS NULL
ORDER BY person.name_key, member.id LIMIT 1000;

-- Not onto a seat that was passed on meanwhile.
-- name: member_come_back exec
-- in: id integer, cohort_id integer
UPDATE member SET left_at = NULL
WHERE id = :id AND cohort_id = :cohort_id AND role = 'djangonaut'
	AND left_at IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM application
		JOIN offer AS left_behind ON left_behind.application_id = application.id
		JOIN offer AS passed_on ON passed_on.replaces_id = left_behind.id
		WHERE application.cohort_id = :cohort_id
		AND application.person_id = member.person_id
		AND passed_on.state IN ('offered', 'confirmed'));

-- Members who left their cohort, by whatever role: feeds name them no more.
-- name: member_former many
-- in: cohort_id integer
SELECT id FROM member WHERE cohort_id = :cohort_id AND left_at IS NOT NULL;
