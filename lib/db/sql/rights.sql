-- A person's active roles in a cohort, that of a reviewer among them: not of a
-- Djangonaut, who never reads another's application.
-- name: rights_in_cohort many
-- row: rights_role
-- in: cohort_id integer, person_id integer
-- out: role text
SELECT role FROM member
WHERE cohort_id = :cohort_id AND person_id = :person_id AND left_at IS NULL
UNION ALL
SELECT 'reviewer' FROM reviewer
WHERE cohort_id = :cohort_id AND person_id = :person_id AND ended_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM member
		WHERE member.cohort_id = reviewer.cohort_id
		AND member.person_id = reviewer.person_id
		AND member.role = 'djangonaut' AND member.left_at IS NULL);

-- A person's roles in a group: those they sit there with now.
-- name: rights_in_group many
-- row: rights_role
-- in: group_id integer, person_id integer
-- out: role text
SELECT member.role AS role FROM member
JOIN placement ON placement.member_id = member.id
WHERE placement.group_id = :group_id AND placement.left_at IS NULL
	AND member.person_id = :person_id AND member.left_at IS NULL;

-- A person's roles anywhere.
-- name: rights_anywhere many
-- row: rights_role
-- in: person_id integer
-- out: role text
SELECT DISTINCT role FROM member
WHERE person_id = :person_id AND left_at IS NULL
UNION ALL
SELECT 'reviewer' FROM reviewer
WHERE person_id = :person_id AND ended_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM member
		WHERE member.cohort_id = reviewer.cohort_id
		AND member.person_id = reviewer.person_id
		AND member.role = 'djangonaut' AND member.left_at IS NULL);

-- Whether somebody said that they are partial.
-- name: rights_conflict one
-- in: application_id integer, person_id integer
SELECT declared_at FROM review_conflict
WHERE application_id = :application_id AND person_id = :person_id;
