-- name: level_of_cohort many
-- row: cohort_level
-- in: cohort_id integer
SELECT level, name, help FROM cohort_level
WHERE cohort_id = :cohort_id ORDER BY level;

-- name: level_put exec
-- in: cohort_id integer, level integer, name text, help text
INSERT INTO cohort_level (cohort_id, level, name, help)
VALUES (:cohort_id, :level, :name, :help)
ON CONFLICT (cohort_id, level) DO UPDATE
	SET name = excluded.name, help = excluded.help;

-- name: level_drop exec
-- in: cohort_id integer, level integer
DELETE FROM cohort_level WHERE cohort_id = :cohort_id AND level = :level;
