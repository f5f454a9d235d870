-- The web hooks of a cohort, or the programme's own (NULL); its address is
-- read by the courier alone.
-- name: hook_of_cohort many
-- row: hook
-- in: cohort_id integer
SELECT id, cohort_id, format, name, link, created_at
FROM hook WHERE cohort_id IS :cohort_id ORDER BY id LIMIT 100;

-- name: hook_by_id one
-- row: hook
-- in: id integer
SELECT id, cohort_id, format, name, link, created_at
FROM hook WHERE id = :id;

-- name: hook_insert exec
-- in: cohort_id integer, format text, name text, link text, now integer
INSERT INTO hook (cohort_id, format, name, link, created_at)
VALUES (:cohort_id, :format, :name, :link, :now);

-- What was queued for it goes with it.
-- name: hook_delete exec
-- in: id integer, cohort_id integer
DELETE FROM hook WHERE id = :id AND cohort_id IS :cohort_id;

-- Whom an activity of a cohort is told: the cohort's hooks and the
-- programme's.
-- name: hook_to_tell many
-- row: hook_told
-- in: cohort_id integer
SELECT id, cohort_id FROM hook
WHERE cohort_id = :cohort_id OR cohort_id IS NULL ORDER BY id LIMIT 200;
