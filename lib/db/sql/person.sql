-- name: person_by_id one
-- row: person
-- in: id integer
SELECT id, email, email_key, name, public_name, show_public_name, pronouns,
	pronouns_audience, zone, github, wants_reminders, is_administrator,
	is_disabled, created_at, erased_at
FROM person WHERE id = :id;

-- name: person_by_email_key one
-- row: person
-- in: email_key text
SELECT id, email, email_key, name, public_name, show_public_name, pronouns,
	pronouns_audience, zone, github, wants_reminders, is_administrator,
	is_disabled, created_at, erased_at
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
-- in: id integer, name text, name_key text, public_name text, show_public_name integer, pronouns text, pronouns_audience integer, zone text, github text, wants_reminders integer
UPDATE person SET name = :name, name_key = :name_key,
	public_name = :public_name, show_public_name = :show_public_name,
	pronouns = :pronouns, pronouns_audience = :pronouns_audience,
	zone = :zone, github = :github, wants_reminders = :wants_reminders
WHERE id = :id;

-- A disabled account's sessions end with the next request.
-- name: person_set_disabled exec
-- in: id integer, is_disabled integer
UPDATE person SET is_disabled = :is_disabled WHERE id = :id;

-- A person's applications that were confirmed and are more than a number, the newest cohort first, each
-- with the newest offer made for it.
-- name: person_applications many
-- row: person_application
-- in: person_id integer
SELECT application.key, application.reference, application.submitted_at,
	application.withdrawn_at, application.standing, cohort.slug AS cohort_slug,
	cohort.name AS cohort_name, cohort.closes_at,
	offer.key AS offer_key, offer.state AS offer_state, offer.deadline_at
FROM application
JOIN cohort ON cohort.id = application.cohort_id
LEFT JOIN offer ON offer.application_id = application.id
	AND offer.id = (SELECT max(latest.id) FROM offer AS latest
		WHERE latest.application_id = application.id)
WHERE application.person_id = :person_id
	AND application.stripped_at IS NULL
ORDER BY cohort.starts_at DESC, application.id DESC LIMIT 100;
