-- What a restored database must not bring back.

-- name: restore_end_sessions exec
DELETE FROM session;

-- name: restore_end_links exec
DELETE FROM link;

-- name: restore_forget_requests exec
DELETE FROM mail_request;

-- name: restore_forget_submissions exec
DELETE FROM submission;

-- What was queued may have been sent since, or be wanted no more.
-- name: restore_hold_mail exec
UPDATE outbox SET state = 'held' WHERE state = 'queued';

-- Everyone who could have been erased at an instant: who was there by then.
-- name: restore_people many
SELECT id, email_key, created_at FROM person WHERE erased_at IS NULL;

-- name: erasure_list many
-- row: erasure
SELECT id, address_hash, withdraws, erased_at FROM erasure ORDER BY id LIMIT 1000;

-- name: erasure_delete_to exec
-- in: id integer
DELETE FROM erasure WHERE id <= :id;
