-- name: wording_find one
-- out: id integer, subject text, body text, revision integer
-- in: kind text, cohort_id integer
SELECT id, subject, body, revision FROM wording
WHERE coalesce(cohort_id, 0) = :cohort_id AND kind = :kind;

-- The kinds of mail a cohort (0: the programme) may word, and whose words
-- each has.
-- name: wording_list many
-- row: wording_state
-- in: cohort_id integer
-- out: kind text, is_own integer, is_programmes integer
SELECT mail_kind.kind,
	own.id IS NOT NULL AS is_own,
	own.id IS NULL AND programmes.id IS NOT NULL AS is_programmes
FROM mail_kind
LEFT JOIN wording AS own ON coalesce(own.cohort_id, 0) = :cohort_id
	AND own.kind = mail_kind.kind
LEFT JOIN wording AS programmes ON coalesce(programmes.cohort_id, 0) = 0
	AND programmes.kind = mail_kind.kind
WHERE mail_kind.kind NOT IN ('activity', 'feed_ping')
	AND (:cohort_id = 0 OR is_of_cohort = 1)
ORDER BY mail_kind.kind;

-- name: wording_kind_of_cohort one
-- in: kind text
-- out: is_of_cohort integer
SELECT is_of_cohort FROM mail_kind
WHERE kind = :kind AND kind NOT IN ('activity', 'feed_ping');

-- name: wording_insert exec
-- in: cohort_id integer, kind text, subject text, body text, now integer
INSERT INTO wording (cohort_id, kind, subject, body, changed_at)
VALUES (nullif(:cohort_id, 0), :kind, :subject, :body, :now)
ON CONFLICT DO NOTHING;

-- name: wording_change exec
-- in: cohort_id integer, kind text, subject text, body text, revision integer, now integer
UPDATE wording SET subject = :subject, body = :body, changed_at = :now,
	revision = revision + 1
WHERE coalesce(cohort_id, 0) = :cohort_id AND kind = :kind
	AND revision = :revision;

-- name: wording_delete exec
-- in: cohort_id integer, kind text
DELETE FROM wording
WHERE coalesce(cohort_id, 0) = :cohort_id AND kind = :kind;
