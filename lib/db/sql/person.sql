-- name: person_by_id one
-- row: person
-- in: id integer
SELECT id, email, email_key, name, public_name, show_public_name, pronouns,
	zone, github, is_administrator, is_disabled
FROM person WHERE id = :id;

-- name: person_by_email_key one
-- row: person
-- in: email_key text
SELECT id, email, email_key, name, public_name, show_public_name, pronouns,
	zone, github, is_administrator, is_disabled
FROM person WHERE email_key = :email_key;

-- name: person_insert exec
-- in: email text, email_key text, name text, name_key text, pronouns text, zone text, github text, now integer
INSERT INTO person (email, email_key, name, name_key, pronouns, zone, github,
	created_at)
VALUES (:email, :email_key, :name, :name_key, :pronouns, :zone, :github, :now);

-- name: person_make_administrator exec
-- in: id integer
UPDATE person SET is_administrator = 1 WHERE id = :id;

-- name: person_change_profile exec
-- in: id integer, name text, name_key text, public_name text, show_public_name integer, pronouns text, zone text, github text
UPDATE person SET name = :name, name_key = :name_key,
	public_name = :public_name, show_public_name = :show_public_name,
	pronouns = :pronouns, zone = :zone, github = :github
WHERE id = :id;

-- A disabled account's sessions end with the next request.
-- name: person_set_disabled exec
-- in: id integer, is_disabled integer
UPDATE person SET is_disabled = :is_disabled WHERE id = :id;
