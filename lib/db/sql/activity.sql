-- name: activity_insert exec
-- in: key text, kind text, cohort_id integer, highlight_id integer, published_at integer
INSERT INTO activity (key, kind, cohort_id, highlight_id, published_at,
	updated_at)
VALUES (:key, :kind, :cohort_id, :highlight_id, :published_at, :published_at)
ON CONFLICT DO NOTHING;

-- The newest instant at which a feed changed, so that time never runs
-- backwards in it.
-- name: feed_revision one
-- row: feed_revision
-- in: cohort_id integer
SELECT cohort_id, revision, updated_at FROM feed WHERE cohort_id = :cohort_id;
