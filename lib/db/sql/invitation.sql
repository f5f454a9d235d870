-- name: invitation_insert exec
-- in: cohort_id integer, role text, email text, email_key text, name text, invited_by integer, now integer, ends_at integer
INSERT INTO invitation (cohort_id, role, email, email_key, name, invited_by,
	invited_at, ends_at)
VALUES (:cohort_id, :role, :email, :email_key, :name, :invited_by, :now,
	:ends_at);

-- name: invitation_by_id one
-- row: invitation
-- in: id integer
SELECT id, cohort_id, role, email, email_key, name, invited_by, invited_at,
	ends_at, state, ended_at
FROM invitation WHERE id = :id;

-- name: invitation_open_for one
-- row: invitation
-- in: cohort_id integer, role text, email_key text
SELECT id, cohort_id, role, email, email_key, name, invited_by, invited_at,
	ends_at, state, ended_at
FROM invitation
WHERE cohort_id = :cohort_id AND role = :role AND email_key = :email_key
	AND state = 'open';

-- Those that wait for an answer, lapsed without one or were declined; the
-- newest for an address and a role alone.
-- name: invitation_of_cohort many
-- row: invitation
-- in: cohort_id integer
SELECT id, cohort_id, role, email, email_key, name, invited_by, invited_at,
	ends_at, state, ended_at
FROM invitation
WHERE cohort_id = :cohort_id AND state IN ('open', 'lapsed', 'declined')
	AND NOT EXISTS (SELECT 1 FROM invitation AS newer
		WHERE newer.email_key = invitation.email_key
		AND newer.cohort_id = invitation.cohort_id
		AND newer.role = invitation.role AND newer.id > invitation.id)
ORDER BY id LIMIT 1000;

-- One UPDATE decides which of two that arrive together ends it.
-- name: invitation_set_state exec
-- in: id integer, state text, now integer
UPDATE invitation SET state = :state, ended_at = :now
WHERE id = :id AND state = 'open' AND ends_at > :now;

-- name: invitation_extend exec
-- in: id integer, invited_by integer, ends_at integer
UPDATE invitation SET ends_at = :ends_at, invited_by = :invited_by
WHERE id = :id AND state = 'open';

-- name: invitation_lapse_due exec
-- in: now integer
UPDATE invitation SET state = 'lapsed', ended_at = ends_at
WHERE state = 'open' AND ends_at <= :now;

-- name: invitation_delete exec
-- in: id integer
DELETE FROM invitation WHERE id = :id;
