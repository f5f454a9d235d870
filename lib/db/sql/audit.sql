-- name: audit_insert exec
-- in: at integer, actor_id integer, action text, cohort_id integer, subject_id integer, detail text
INSERT INTO audit (at, actor_id, action, cohort_id, subject_id, detail)
VALUES (:at, :actor_id, :action, :cohort_id, :subject_id, :detail);
