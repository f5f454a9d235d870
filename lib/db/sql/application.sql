-- name: application_by_key one
-- row: application
-- in: key text
SELECT id, key, reference, cohort_id, person_id, email, email_key, name,
	pronouns, github, zone, level, hours, hours_utc, submitted_at, changed_at,
	confirm_until, confirmed_at, withdrawn_at, revision, stripped_at
FROM application WHERE key = :key;

-- name: application_by_id one
-- row: application
-- in: id integer
SELECT id, key, reference, cohort_id, person_id, email, email_key, name,
	pronouns, github, zone, level, hours, hours_utc, submitted_at, changed_at,
	confirm_until, confirmed_at, withdrawn_at, revision, stripped_at
FROM application WHERE id = :id;

-- The application that counts for an address in a cohort, or was withdrawn.
-- name: application_confirmed_by_email one
-- row: application
-- in: cohort_id integer, email_key text
SELECT id, key, reference, cohort_id, person_id, email, email_key, name,
	pronouns, github, zone, level, hours, hours_utc, submitted_at, changed_at,
	confirm_until, confirmed_at, withdrawn_at, revision, stripped_at
FROM application
WHERE cohort_id = :cohort_id AND email_key = :email_key
	AND confirmed_at IS NOT NULL
ORDER BY id LIMIT 1;

-- The newest one of an address that waits for its confirmation.
-- name: application_awaiting_by_email one
-- row: application
-- in: cohort_id integer, email_key text
SELECT id, key, reference, cohort_id, person_id, email, email_key, name,
	pronouns, github, zone, level, hours, hours_utc, submitted_at, changed_at,
	confirm_until, confirmed_at, withdrawn_at, revision, stripped_at
FROM application
WHERE cohort_id = :cohort_id AND email_key = :email_key
	AND confirmed_at IS NULL
ORDER BY id DESC LIMIT 1;

-- name: application_of_person one
-- row: application
-- in: cohort_id integer, person_id integer
SELECT id, key, reference, cohort_id, person_id, email, email_key, name,
	pronouns, github, zone, level, hours, hours_utc, submitted_at, changed_at,
	confirm_until, confirmed_at, withdrawn_at, revision, stripped_at
FROM application WHERE cohort_id = :cohort_id AND person_id = :person_id;

-- name: application_insert exec
-- in: key text, reference text, cohort_id integer, email text, email_key text, name text, name_key text, pronouns text, github text, zone text, level integer, hours text, hours_utc text, words_hash text, confirm_until integer, now integer
INSERT INTO application (key, reference, cohort_id, email, email_key, name,
	name_key, pronouns, github, zone, level, hours, hours_utc, words_hash,
	submitted_at, changed_at, confirm_until)
VALUES (:key, :reference, :cohort_id, :email, :email_key, :name, :name_key,
	:pronouns, :github, :zone, :level, :hours, :hours_utc, :words_hash,
	:now, :now, :confirm_until);

-- Changes nothing when another change came first (revision).
-- name: application_update exec
-- in: id integer, revision integer, name text, name_key text, pronouns text, github text, zone text, level integer, hours text, hours_utc text, now integer
UPDATE application SET name = :name, name_key = :name_key,
	pronouns = :pronouns, github = :github, zone = :zone, level = :level,
	hours = :hours, hours_utc = :hours_utc, changed_at = :now,
	revision = revision + 1
WHERE id = :id AND revision = :revision AND withdrawn_at IS NULL;

-- Of two that confirm together one changes the row.
-- name: application_set_confirmed exec
-- in: id integer, person_id integer, now integer
UPDATE application SET person_id = :person_id, confirmed_at = :now,
	words_hash = NULL
WHERE id = :id AND confirmed_at IS NULL AND confirm_until > :now;

-- Seventy-two hours count from the mail that the server accepted.
-- name: application_extend_confirmation exec
-- in: id integer, confirm_until integer
UPDATE application SET confirm_until = :confirm_until
WHERE id = :id AND confirmed_at IS NULL AND confirm_until < :confirm_until;

-- name: application_set_withdrawn exec
-- in: id integer, now integer
UPDATE application SET withdrawn_at = :now, changed_at = :now,
	revision = revision + 1
WHERE id = :id AND confirmed_at IS NOT NULL AND withdrawn_at IS NULL;

-- name: application_clear_withdrawn exec
-- in: id integer, now integer
UPDATE application SET withdrawn_at = NULL, changed_at = :now,
	revision = revision + 1
WHERE id = :id AND withdrawn_at IS NOT NULL;

-- name: application_project_insert exec
-- in: application_id integer, project_id integer
INSERT INTO application_project (application_id, project_id)
VALUES (:application_id, :project_id);

-- name: application_project_delete exec
-- in: application_id integer
DELETE FROM application_project WHERE application_id = :application_id;

-- The projects an applicant wants, in the cohort's order; none: any.
-- name: application_project_list many
-- row: application_project
-- in: application_id integer
SELECT project.id, project.name
FROM application_project JOIN project
	ON project.id = application_project.project_id
WHERE application_project.application_id = :application_id
ORDER BY project.id;

-- name: receipt_insert exec
-- in: key text, cohort_id integer, reference text, email text, mail_due_at integer, now integer
INSERT INTO receipt (key, cohort_id, reference, email, mail_due_at,
	received_at)
VALUES (:key, :cohort_id, :reference, :email, :mail_due_at, :now);

-- name: receipt_by_key one
-- row: receipt
-- in: key text, cohort_id integer
SELECT reference, email, mail_due_at, received_at FROM receipt
WHERE key = :key AND cohort_id = :cohort_id;

-- The cohorts that take applications now or will, the next deadline first.
-- name: application_cohorts many
-- row: cohort
-- in: now integer
SELECT id, slug, name, goal, description, feed_key, published_at, opens_on,
	closes_on, starts_on, opens_at, closes_at, starts_at, ends_at, weeks,
	djangonauts_per_navigator, djangonauts_per_group, seats, offer_days,
	chat_name, chat_link, offered_at, launched_at, groups_formed_at, revision,
	grace_minutes, reviews_wanted, releases_itself, names_shown_at
FROM cohort
WHERE published_at IS NOT NULL AND closes_at > :now
ORDER BY closes_at, id LIMIT 50;

-- How often mail was asked for since; counted no further than the limits go.
-- name: application_mail_counts one
-- in: address_hash text, network_hash text, since integer, address_max integer, network_max integer
-- out: of_address integer, of_network integer
SELECT
	(SELECT count(*) FROM (SELECT 1 FROM mail_request
		WHERE kind = 'application' AND address_hash = :address_hash
		AND asked_at > :since LIMIT :address_max)) AS of_address,
	(SELECT count(*) FROM (SELECT 1 FROM mail_request
		WHERE kind = 'application' AND network_hash = :network_hash
		AND asked_at > :since LIMIT :network_max)) AS of_network;

-- One that says the same, word for word, and still waits for its address.
-- name: application_waiting_same one
-- row: application
-- in: cohort_id integer, email_key text, name text, pronouns text, github text, zone text, level integer, hours text, words_hash text, now integer
SELECT id, key, reference, cohort_id, person_id, email, email_key, name,
	pronouns, github, zone, level, hours, hours_utc, submitted_at, changed_at,
	confirm_until, confirmed_at, withdrawn_at, revision, stripped_at
FROM application
WHERE cohort_id = :cohort_id AND email_key = :email_key
	AND confirmed_at IS NULL AND confirm_until > :now
	AND name = :name AND pronouns IS :pronouns AND github IS :github
	AND zone = :zone AND level = :level AND hours = :hours
	AND words_hash = :words_hash
ORDER BY id DESC LIMIT 1;
