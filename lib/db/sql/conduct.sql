-- Those of the programme first, then those outside.
-- name: conduct_recipients many
-- row: conduct_recipient
SELECT id, name, email, is_outside FROM conduct_recipient
ORDER BY is_outside, name, id;

-- name: conduct_recipient_by_id one
-- row: conduct_recipient
-- in: id integer
SELECT id, name, email, is_outside FROM conduct_recipient WHERE id = :id;

-- name: conduct_recipient_insert exec
-- in: name text, email text, email_key text, is_outside integer
INSERT INTO conduct_recipient (name, email, email_key, is_outside)
VALUES (:name, :email, :email_key, :is_outside);

-- name: conduct_recipient_delete exec
-- in: id integer
DELETE FROM conduct_recipient WHERE id = :id;

-- name: conduct_report_insert exec
-- in: sealed blob, now integer
INSERT INTO conduct_report (sealed, sent_at) VALUES (:sealed, :now);

-- name: conduct_report_by_id one
-- in: id integer
SELECT sealed FROM conduct_report WHERE id = :id;

-- name: conduct_report_delete_old exec
-- in: before integer
DELETE FROM conduct_report WHERE sent_at <= :before;
