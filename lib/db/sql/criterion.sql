-- What is scored now, in order.
-- name: criterion_asked many
-- row: criterion
-- in: cohort_id integer
SELECT id, name, help, weight, position, retired_at FROM criterion
WHERE cohort_id = :cohort_id AND retired_at IS NULL
ORDER BY position, id;

-- The same with those scored no more, which come last.
-- name: criterion_ever many
-- row: criterion
-- in: cohort_id integer
SELECT id, name, help, weight, position, retired_at FROM criterion
WHERE cohort_id = :cohort_id
ORDER BY retired_at IS NOT NULL, position, id;

-- name: criterion_by_id one
-- row: criterion
-- in: cohort_id integer, id integer
SELECT id, name, help, weight, position, retired_at FROM criterion
WHERE cohort_id = :cohort_id AND id = :id;

-- name: criterion_insert exec
-- in: cohort_id integer, name text, help text, weight integer
INSERT INTO criterion (cohort_id, name, help, weight, position)
VALUES (:cohort_id, :name, :help, :weight, (SELECT coalesce(max(position), 0)
	+ 1 FROM criterion WHERE cohort_id = :cohort_id));

-- name: criterion_update exec
-- in: cohort_id integer, id integer, name text, help text, weight integer
UPDATE criterion SET name = :name, help = :help, weight = :weight
WHERE cohort_id = :cohort_id AND id = :id;

-- name: criterion_place exec
-- in: cohort_id integer, id integer, position integer
UPDATE criterion SET position = :position
WHERE cohort_id = :cohort_id AND id = :id;

-- name: criterion_delete exec
-- in: cohort_id integer, id integer
DELETE FROM criterion WHERE cohort_id = :cohort_id AND id = :id
	AND NOT EXISTS (SELECT 1 FROM review_score WHERE criterion_id = :id);

-- name: criterion_retire_set exec
-- in: cohort_id integer, id integer, now integer
UPDATE criterion SET retired_at = :now
WHERE cohort_id = :cohort_id AND id = :id AND retired_at IS NULL;

-- name: criterion_revive_set exec
-- in: cohort_id integer, id integer
UPDATE criterion SET retired_at = NULL
WHERE cohort_id = :cohort_id AND id = :id AND retired_at IS NOT NULL;

-- How many finished reviews scored it.
-- name: criterion_scores one
-- in: id integer
-- out: scores integer
SELECT count(*) AS scores FROM review_score
JOIN review ON review.id = review_score.review_id
WHERE criterion_id = :id AND review.finished_at IS NOT NULL;
