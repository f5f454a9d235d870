-- Applications in the making, and who may still send one: see model/draft.h
-- and model/late.h.

-- name: draft_by_id one
-- row: draft
-- in: id integer
SELECT id, cohort_id, email, email_key, fields, is_finished, code_hash,
	begun_at, saved_at, revision, writer, mailed_at, wants_reminders
FROM draft WHERE id = :id;

-- The one that a browser shows in a cohort: what it opened last.
-- name: draft_by_browser one
-- row: draft
-- in: cohort_id integer, token_hash text
SELECT draft.id, cohort_id, email, email_key, fields, is_finished, code_hash,
	begun_at, saved_at, revision, writer, mailed_at, wants_reminders
FROM draft_browser JOIN draft ON draft.id = draft_browser.draft_id
WHERE draft_browser.token_hash = :token_hash AND draft.cohort_id = :cohort_id
ORDER BY draft_browser.added_at DESC, draft.id DESC LIMIT 1;

-- name: draft_by_email many
-- row: draft
-- in: cohort_id integer, email_key text
SELECT id, cohort_id, email, email_key, fields, is_finished, code_hash,
	begun_at, saved_at, revision, writer, mailed_at, wants_reminders
FROM draft WHERE cohort_id = :cohort_id AND email_key = :email_key
ORDER BY saved_at DESC, id DESC LIMIT 20;

-- name: draft_insert exec
-- in: cohort_id integer, email text, email_key text, fields text, is_finished integer, writer text, now integer
INSERT INTO draft (cohort_id, email, email_key, fields, is_finished, writer,
	begun_at, saved_at)
VALUES (:cohort_id, :email, :email_key, :fields, :is_finished, :writer, :now,
	:now);

-- Another address was not written to yet, and its code opens nothing.
-- name: draft_update exec
-- in: id integer, email text, email_key text, fields text, is_finished integer, writer text, now integer
UPDATE draft SET email = :email, email_key = :email_key, fields = :fields,
	is_finished = :is_finished, writer = :writer, saved_at = :now,
	revision = revision + (fields <> :fields),
	mailed_at = iif(email_key IS :email_key, mailed_at, NULL),
	code_hash = iif(email_key IS :email_key, code_hash, NULL),
	wants_reminders = iif(email_key IS :email_key, wants_reminders, 1)
WHERE id = :id;

-- What was mailed to another address opens it no more.
-- name: draft_void_links exec
-- in: id integer, email_key text
DELETE FROM link WHERE draft_id = :id AND purpose = 'draft'
	AND (SELECT email_key FROM draft WHERE id = :id) IS NOT :email_key;

-- name: draft_delete exec
-- in: id integer
DELETE FROM draft WHERE id = :id;

-- name: draft_set_mailed exec
-- in: id integer, now integer
UPDATE draft SET mailed_at = :now WHERE id = :id;

-- name: draft_set_code exec
-- in: id integer, code_hash text
UPDATE draft SET code_hash = :code_hash
WHERE id = :id AND code_hash IS NOT :code_hash;

-- name: draft_browser_insert exec
-- in: token_hash text, draft_id integer, now integer
INSERT INTO draft_browser (token_hash, draft_id, added_at)
VALUES (:token_hash, :draft_id, :now)
ON CONFLICT (token_hash, draft_id) DO UPDATE SET added_at = excluded.added_at;

-- name: draft_browser_delete exec
-- in: token_hash text, draft_id integer
DELETE FROM draft_browser
WHERE token_hash = :token_hash AND draft_id = :draft_id;

-- What nobody can reach any more.
-- name: draft_delete_unreachable exec
-- in: id integer
DELETE FROM draft WHERE id = :id AND email_key IS NULL
	AND NOT EXISTS (SELECT 1 FROM draft_browser
		WHERE draft_browser.draft_id = draft.id);

-- name: draft_stop_reminders exec
-- in: id integer
UPDATE draft SET wants_reminders = 0
WHERE email_key = (SELECT email_key FROM draft WHERE id = :id)
	AND cohort_id = (SELECT cohort_id FROM draft WHERE id = :id);

-- The newest draft of each address that has not applied, for the cohorts whose
-- applications close after :after and by :until; begun long enough before.
-- name: draft_reminders many
-- row: draft_reminder
-- in: after integer, until integer, span integer, hours text
SELECT draft.id, draft.cohort_id, draft.email
FROM cohort CROSS JOIN draft ON draft.cohort_id = cohort.id
WHERE cohort.published_at IS NOT NULL
	AND cohort.closes_at > :after AND cohort.closes_at <= :until
	AND draft.email_key IS NOT NULL AND draft.fields <> ''
	AND draft.wants_reminders = 1
	AND draft.begun_at <= cohort.closes_at - :span
	AND NOT EXISTS (SELECT 1 FROM application
		WHERE application.cohort_id = draft.cohort_id
		AND application.email_key = draft.email_key)
	AND NOT EXISTS (SELECT 1 FROM draft AS other
		WHERE other.email_key = draft.email_key
		AND other.cohort_id = draft.cohort_id
		AND (other.saved_at > draft.saved_at
			OR (other.saved_at = draft.saved_at AND other.id > draft.id)))
	AND NOT EXISTS (SELECT 1 FROM draft AS reminded
		JOIN outbox ON outbox.reason =
			'draft_reminder:' || reminded.id || ':' || :hours
		WHERE reminded.email_key = draft.email_key
		AND reminded.cohort_id = draft.cohort_id)
ORDER BY draft.id;

-- When applications close for which somebody may be reminded, after :after.
-- name: draft_next_deadline one
-- in: after integer
-- out: closes_at integer
SELECT min(cohort.closes_at) AS closes_at FROM cohort
WHERE cohort.published_at IS NOT NULL AND cohort.closes_at > :after
	AND EXISTS (SELECT 1 FROM draft WHERE draft.cohort_id = cohort.id
		AND draft.email_key IS NOT NULL AND draft.wants_reminders = 1);

-- The newest draft of each address from which nothing was sent, the finished
-- ones first.
-- name: draft_unsent many
-- in: cohort_id integer
SELECT draft.id, draft.email, draft.saved_at, draft.is_finished
FROM draft
WHERE draft.cohort_id = :cohort_id AND draft.email_key IS NOT NULL
	AND draft.fields <> ''
	AND NOT EXISTS (SELECT 1 FROM application
		WHERE application.cohort_id = draft.cohort_id
		AND application.email_key = draft.email_key)
	AND NOT EXISTS (SELECT 1 FROM draft AS other
		WHERE other.email_key = draft.email_key
		AND other.cohort_id = draft.cohort_id AND other.fields <> ''
		AND (other.saved_at > draft.saved_at
			OR (other.saved_at = draft.saved_at AND other.id > draft.id)))
ORDER BY draft.is_finished DESC, draft.saved_at DESC, draft.id LIMIT 500;

-- name: draft_count_without_address one
-- in: cohort_id integer
-- out: count integer
SELECT count(*) AS count FROM draft
WHERE cohort_id = :cohort_id AND email_key IS NULL;

-- name: draft_address_applied one
-- in: cohort_id integer, email_key text
-- out: has_applied integer
SELECT EXISTS (SELECT 1 FROM application
	WHERE cohort_id = :cohort_id AND email_key = :email_key) AS has_applied;

-- name: late_put exec
-- in: cohort_id integer, email_key text, email text, until_at integer, let_by integer, now integer
INSERT INTO late_entry (cohort_id, email_key, email, until_at, let_by, let_at)
VALUES (:cohort_id, :email_key, :email, :until_at, :let_by, :now)
ON CONFLICT (cohort_id, email_key) DO UPDATE SET email = excluded.email,
	until_at = excluded.until_at, let_by = excluded.let_by,
	let_at = excluded.let_at;

-- name: late_by_email one
-- row: late_entry
-- in: cohort_id integer, email_key text
SELECT late_entry.id, late_entry.cohort_id, late_entry.email_key,
	late_entry.email, until_at, let_at, person.name AS let_by_name
FROM late_entry LEFT JOIN person ON person.id = late_entry.let_by
WHERE late_entry.cohort_id = :cohort_id
	AND late_entry.email_key = :email_key;

-- name: late_by_id one
-- row: late_entry
-- in: id integer
SELECT late_entry.id, late_entry.cohort_id, late_entry.email_key,
	late_entry.email, until_at, let_at, person.name AS let_by_name
FROM late_entry LEFT JOIN person ON person.id = late_entry.let_by
WHERE late_entry.id = :id;

-- name: late_of_cohort many
-- row: late_entry
-- in: cohort_id integer
SELECT late_entry.id, late_entry.cohort_id, late_entry.email_key,
	late_entry.email, until_at, let_at, person.name AS let_by_name
FROM late_entry LEFT JOIN person ON person.id = late_entry.let_by
WHERE late_entry.cohort_id = :cohort_id
ORDER BY until_at DESC, late_entry.id LIMIT 500;

-- name: late_delete exec
-- in: id integer
DELETE FROM late_entry WHERE id = :id;
