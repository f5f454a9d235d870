-- Reading applications: see model/review.h and model/sight.h.

-- What decides who sees what of an application.
-- name: sight_seen one
-- in: cohort_id integer, application_id integer, person_id integer
-- out: is_own integer, has_conflict integer, has_reviewed integer, has_revealed integer, reviews integer
SELECT application.standing, application.person_id IS :person_id AS is_own,
	EXISTS (SELECT 1 FROM review_conflict AS conflict
		WHERE conflict.application_id = application.id
		AND conflict.person_id = :person_id) AS has_conflict,
	EXISTS (SELECT 1 FROM review AS own
		WHERE own.application_id = application.id
		AND own.person_id = :person_id
		AND own.finished_at IS NOT NULL) AS has_reviewed,
	EXISTS (SELECT 1 FROM review_reveal AS reveal
		WHERE reveal.application_id = application.id
		AND reveal.person_id = :person_id) AS has_revealed,
	(SELECT count(*) FROM review
		WHERE review.application_id = application.id
		AND review.finished_at IS NOT NULL) AS reviews
FROM application
WHERE application.id = :application_id
	AND application.cohort_id = :cohort_id;

-- name: call_sign_of one
-- in: application_id integer
SELECT call_sign, cohort_id FROM application WHERE id = :application_id;

-- name: call_sign_taken one
-- in: cohort_id integer, call_sign text
SELECT id FROM application
WHERE cohort_id = :cohort_id AND call_sign = :call_sign;

-- name: call_sign_set exec
-- in: application_id integer, call_sign text
UPDATE application SET call_sign = :call_sign
WHERE id = :application_id AND call_sign IS NULL;

-- Appointed anew when the right had ended; nothing changes otherwise.
-- name: reviewer_appoint exec
-- in: cohort_id integer, person_id integer, now integer
INSERT INTO reviewer (cohort_id, person_id, appointed_at)
VALUES (:cohort_id, :person_id, :now)
ON CONFLICT (cohort_id, person_id) DO UPDATE
	SET appointed_at = :now, ended_at = NULL
	WHERE ended_at IS NOT NULL;

-- name: reviewer_end exec
-- in: cohort_id integer, person_id integer, now integer
UPDATE reviewer SET ended_at = :now
WHERE cohort_id = :cohort_id AND person_id = :person_id AND ended_at IS NULL;

-- Takes an application to read; once more when it was taken and not finished.
-- name: review_take exec
-- in: application_id integer, person_id integer, now integer
INSERT INTO review (application_id, person_id, taken_at)
VALUES (:application_id, :person_id, :now)
ON CONFLICT (application_id, person_id) DO UPDATE SET taken_at = :now
	WHERE finished_at IS NULL;

-- Changes nothing when another window saved first (revision).
-- name: review_finish exec
-- in: application_id integer, person_id integer, revision integer, score integer, note text, is_flagged integer, now integer
UPDATE review SET finished_at = coalesce(finished_at, :now), score = :score,
	note = :note, is_flagged = :is_flagged, revision = revision + 1
WHERE application_id = :application_id AND person_id = :person_id
	AND revision = :revision;

-- name: review_reveal_note exec
-- in: application_id integer, person_id integer, now integer
INSERT INTO review_reveal (application_id, person_id, revealed_at)
VALUES (:application_id, :person_id, :now)
ON CONFLICT (application_id, person_id) DO NOTHING;

-- name: review_conflict_note exec
-- in: application_id integer, person_id integer, now integer
INSERT INTO review_conflict (application_id, person_id, declared_at)
VALUES (:application_id, :person_id, :now)
ON CONFLICT (application_id, person_id) DO NOTHING;
