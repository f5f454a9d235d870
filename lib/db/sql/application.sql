-- name: application_by_key one
-- row: application
-- in: key text
SELECT id, key, reference, cohort_id, person_id, email, email_key, name,
	pronouns, github, zone, level, hours, hours_utc, why, experience, hopes,
	submitted_at, changed_at, confirm_until, confirmed_at, withdrawn_at,
	revision
FROM application WHERE key = :key;

-- name: application_by_id one
-- row: application
-- in: id integer
SELECT id, key, reference, cohort_id, person_id, email, email_key, name,
	pronouns, github, zone, level, hours, hours_utc, why, experience, hopes,
	submitted_at, changed_at, confirm_until, confirmed_at, withdrawn_at,
	revision
FROM application WHERE id = :id;
