-- Asking again moves the instant of one that is not confirmed.
-- name: subscription_put exec
-- in: email text, email_key text, now integer
INSERT INTO subscription (email, email_key, asked_at)
VALUES (:email, :email_key, :now)
ON CONFLICT (email_key) DO UPDATE SET asked_at = excluded.asked_at;

-- name: subscription_by_email_key one
-- row: subscription
-- in: email_key text
SELECT id, email, email_key, asked_at, confirmed_at
FROM subscription WHERE email_key = :email_key;

-- name: subscription_by_id one
-- row: subscription
-- in: id integer
SELECT id, email, email_key, asked_at, confirmed_at
FROM subscription WHERE id = :id;

-- name: subscription_set_confirmed exec
-- in: id integer, now integer
UPDATE subscription SET confirmed_at = :now
WHERE id = :id AND confirmed_at IS NULL;

-- Everybody who is to be told.
-- name: subscription_waiting many
-- row: subscription
SELECT id, email, email_key, asked_at, confirmed_at
FROM subscription WHERE confirmed_at IS NOT NULL ORDER BY id;

-- name: subscription_delete exec
-- in: id integer
DELETE FROM subscription WHERE id = :id;

-- name: subscription_delete_unconfirmed exec
-- in: before integer
DELETE FROM subscription WHERE confirmed_at IS NULL AND asked_at <= :before;

-- name: subscription_stop_reminders exec
-- in: person_id integer
UPDATE person SET wants_reminders = 0 WHERE id = :person_id;
