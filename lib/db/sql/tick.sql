-- Cohorts whose opening or end has come and that no activity tells of yet.
-- name: tick_opened many
-- row: tick_cohort
-- in: now integer
SELECT id, opens_at AS due_at FROM cohort
WHERE published_at IS NOT NULL AND opens_at <= :now
	AND NOT EXISTS (SELECT 1 FROM activity
		WHERE activity.cohort_id = cohort.id AND kind = 'cohort_opened');

-- name: tick_finished many
-- row: tick_cohort
-- in: now integer
SELECT id, ends_at AS due_at FROM cohort
WHERE published_at IS NOT NULL AND launched_at IS NOT NULL AND ends_at <= :now
	AND NOT EXISTS (SELECT 1 FROM activity
		WHERE activity.cohort_id = cohort.id AND kind = 'cohort_finished');

-- The earliest instant at which tick has something to do; NULL: none known.
-- name: tick_next_due one
-- in: now integer
-- out: due_at integer
SELECT min(due_at) AS due_at FROM (
	SELECT min(deadline_at) AS due_at FROM offer WHERE state = 'offered'
	UNION ALL
	SELECT min(opens_at) FROM cohort
	WHERE published_at IS NOT NULL AND opens_at > :now
	UNION ALL
	SELECT min(ends_at) FROM invitation WHERE state = 'open'
	UNION ALL
	SELECT min(ends_at) FROM cohort
	WHERE launched_at IS NOT NULL AND ends_at > :now);

-- name: tick_purge_receipts exec
-- in: before integer
DELETE FROM receipt WHERE received_at <= :before;
