-- A session counts while neither its idle time nor its end has passed and
-- its person is not disabled.
-- name: session_by_token_hash one
-- row: session
-- in: token_hash text, now integer
SELECT session.id, session.person_id, session.application_id,
	session.last_used_at, session.idle_seconds
FROM session JOIN person ON person.id = session.person_id
WHERE session.token_hash = :token_hash AND session.ends_at > :now
	AND session.last_used_at + session.idle_seconds > :now
	AND person.is_disabled = 0;

-- name: session_insert exec
-- in: token_hash text, person_id integer, application_id integer, now integer, idle_seconds integer, ends_at integer
INSERT INTO session (token_hash, person_id, application_id, created_at,
	last_used_at, idle_seconds, ends_at)
VALUES (:token_hash, :person_id, :application_id, :now, :now, :idle_seconds,
	:ends_at);

-- name: session_use exec
-- in: id integer, now integer
UPDATE session SET last_used_at = :now WHERE id = :id AND last_used_at < :now;

-- name: session_delete exec
-- in: id integer
DELETE FROM session WHERE id = :id;

-- name: session_delete_of_person exec
-- in: person_id integer
DELETE FROM session WHERE person_id = :person_id;

-- name: session_set_device exec
-- in: token_hash text, device text
UPDATE session SET device = :device WHERE token_hash = :token_hash;

-- A person's sessions that count, the last used first.
-- name: session_of_person many
-- row: own_session
-- in: person_id integer, now integer
SELECT session.id, session.device, session.created_at, session.last_used_at,
	session.application_id, cohort.name AS cohort_name
FROM session
LEFT JOIN application ON application.id = session.application_id
LEFT JOIN cohort ON cohort.id = application.cohort_id
WHERE session.person_id = :person_id AND session.ends_at > :now
	AND session.last_used_at + session.idle_seconds > :now
ORDER BY session.last_used_at DESC, session.id DESC LIMIT 200;

-- name: session_delete_own exec
-- in: id integer, person_id integer
DELETE FROM session WHERE id = :id AND person_id = :person_id;

-- name: session_delete_others exec
-- in: person_id integer, except_id integer
DELETE FROM session WHERE person_id = :person_id AND id <> :except_id;

-- name: session_delete_ended exec
-- in: now integer
DELETE FROM session
WHERE ends_at <= :now OR last_used_at + idle_seconds <= :now;

-- Recording the same token again (a mail sent again) moves its expiry.
-- name: link_insert exec
-- in: token_hash text, purpose text, person_id integer, application_id integer, invitation_id integer, address_change_id integer, subscription_id integer, draft_id integer, offer_id integer, next text, is_lasting integer, now integer, expires_at integer
INSERT INTO link (token_hash, purpose, person_id, application_id,
	invitation_id, address_change_id, subscription_id, draft_id, offer_id,
	next, is_lasting, created_at, expires_at)
VALUES (:token_hash, :purpose, :person_id, :application_id, :invitation_id,
	:address_change_id, :subscription_id, :draft_id, :offer_id, :next,
	:is_lasting, :now, :expires_at)
ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at
	WHERE link.used_at IS NULL AND link.expires_at <> excluded.expires_at;

-- name: link_by_token_hash one
-- row: link
-- in: token_hash text
SELECT id, purpose, person_id, application_id, invitation_id,
	address_change_id, subscription_id, draft_id, offer_id, next, is_lasting,
	expires_at, used_at
FROM link WHERE token_hash = :token_hash;

-- One UPDATE decides which of two that arrive together consumes the link.
-- name: link_consume exec
-- in: id integer, now integer
UPDATE link SET used_at = :now
WHERE id = :id AND expires_at > :now
	AND (used_at IS NULL OR purpose = 'application' OR is_lasting = 1);

-- name: link_delete_unused_of_person exec
-- in: person_id integer, except_id integer
DELETE FROM link
WHERE person_id = :person_id AND id <> :except_id AND used_at IS NULL
	AND purpose = 'sign_in' AND is_lasting = 0;

-- name: link_delete_lasting exec
DELETE FROM link WHERE is_lasting = 1;

-- name: link_delete_expired exec
-- in: before integer
DELETE FROM link WHERE expires_at <= :before;

-- name: mail_request_insert exec
-- in: kind text, address_hash text, network_hash text, now integer
INSERT INTO mail_request (kind, address_hash, network_hash, asked_at)
VALUES (:kind, :address_hash, :network_hash, :now);

-- name: mail_request_counts one
-- in: kind text, address_hash text, network_hash text, since integer
-- out: of_both integer, of_address integer, of_network integer
SELECT
	(SELECT count(*) FROM mail_request WHERE kind = :kind
		AND address_hash = :address_hash AND asked_at > :since
		AND network_hash = :network_hash) AS of_both,
	(SELECT count(*) FROM mail_request WHERE kind = :kind
		AND address_hash = :address_hash AND asked_at > :since) AS of_address,
	(SELECT count(*) FROM mail_request WHERE kind = :kind
		AND network_hash = :network_hash AND asked_at > :since) AS of_network;

-- The mail to an address that nobody has goes before anyone could see it; run
-- for all, so that all cost the same.
-- name: sign_in_forget exec
-- in: reason text, is_known integer
DELETE FROM outbox WHERE reason = :reason AND :is_known = 0;

-- name: mail_request_delete_old exec
-- in: before integer
DELETE FROM mail_request WHERE asked_at <= :before;

-- name: submission_location one
-- in: key text
SELECT location FROM submission WHERE key = :key;

-- name: submission_insert exec
-- in: key text, location text, now integer
INSERT INTO submission (key, location, created_at)
VALUES (:key, :location, :now);

-- name: submission_delete_old exec
-- in: before integer
DELETE FROM submission WHERE created_at <= :before;
