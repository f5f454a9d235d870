-- What a restored database must not bring back.

-- name: restore_end_sessions exec
DELETE FROM session;

-- name: restore_end_links exec
DELETE FROM link;

-- name: restore_end_secret_addresses exec
DELETE FROM secret_address;

-- name: restore_forget_requests exec
DELETE FROM mail_request;

-- name: restore_forget_submissions exec
DELETE FROM submission;

-- What was queued may have been sent since, or be wanted no more.
-- name: restore_hold_mail exec
UPDATE outbox SET state = 'held' WHERE state = 'queued';

-- Every address that is here, and since when; and whose account has it.
-- name: restore_addresses many
-- out: email text, email_key text, since integer, person_id integer, person_since integer
SELECT min(email) AS email, email_key, min(since) AS since,
	max(person_id) AS person_id, max(person_since) AS person_since
FROM (
	SELECT email, email_key, created_at AS since, id AS person_id,
		created_at AS person_since
	FROM person WHERE erased_at IS NULL
	UNION ALL
	SELECT email, email_key, submitted_at, NULL, NULL FROM application
	UNION ALL
	SELECT email, email_key, invited_at, NULL, NULL FROM invitation
	UNION ALL
	SELECT email, email_key, asked_at, NULL, NULL FROM subscription
	UNION ALL
	SELECT email, email_key, saved_at, NULL, NULL FROM draft
	WHERE email_key IS NOT NULL
	UNION ALL
	SELECT email, email_key, let_at, NULL, NULL FROM late_entry)
GROUP BY email_key;

-- name: erasure_list many
-- row: erasure
SELECT id, address_hash, withdraws, erased_at FROM erasure ORDER BY id;

-- name: erasure_delete_to exec
-- in: id integer
DELETE FROM erasure WHERE id <= :id;
