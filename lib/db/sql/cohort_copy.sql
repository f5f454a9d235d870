-- Everything that one cohort takes over from another, but for its form.

-- name: cohort_copy_projects exec
-- in: from_id integer, to_id integer
INSERT INTO project (cohort_id, name, description, link)
SELECT :to_id, name, description, link FROM project
WHERE cohort_id = :from_id ORDER BY id;

-- name: cohort_copy_levels exec
-- in: from_id integer, to_id integer
INSERT INTO cohort_level (cohort_id, level, name, help)
SELECT :to_id, level, name, help FROM cohort_level
WHERE cohort_id = :from_id;

-- name: cohort_copy_criteria exec
-- in: from_id integer, to_id integer
INSERT INTO criterion (cohort_id, name, help, weight, position)
SELECT :to_id, name, help, weight, position FROM criterion
WHERE cohort_id = :from_id AND retired_at IS NULL ORDER BY position, id;

-- Into weeks that are laid out and have no words.
-- name: cohort_copy_weeks exec
-- in: from_id integer, to_id integer
UPDATE cohort_week SET theme = source.theme, objectives = source.objectives
FROM (SELECT number, theme, objectives FROM cohort_week
	WHERE cohort_id = :from_id) AS source
WHERE cohort_week.cohort_id = :to_id AND cohort_week.number = source.number;

-- name: cohort_copy_wordings exec
-- in: from_id integer, to_id integer, now integer
INSERT INTO wording (cohort_id, kind, subject, body, changed_at)
SELECT :to_id, kind, subject, body, :now FROM wording
WHERE cohort_id = :from_id;
