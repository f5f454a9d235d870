-- The settings that few pages need; what all need is in programme.sql. Each
-- change counts the revision up, and none is made to a revision that is over.

-- name: settings_row one
-- row: settings
SELECT revision, contact_words, conduct, privacy, keep_rejected_days,
	keep_withdrawn_days, keep_unconfirmed_days, keep_sensitive_days,
	keep_mail_days, keep_audit_days
FROM programme WHERE id = 1;

-- name: settings_change_programme_words exec
-- in: revision integer, name text, tagline text, about text, contact text, contact_words text
UPDATE programme SET name = :name, tagline = :tagline, about = :about,
	contact = :contact, contact_words = :contact_words,
	revision = revision + 1
WHERE id = 1 AND revision = :revision;

-- name: settings_change_conduct_words exec
-- in: revision integer, conduct text, conduct_link text
UPDATE programme SET conduct = :conduct, conduct_link = :conduct_link,
	revision = revision + 1
WHERE id = 1 AND revision = :revision;

-- name: settings_change_keeping exec
-- in: revision integer, privacy text, rejected integer, withdrawn integer, unconfirmed integer, sensitive integer, mail integer, audit integer
UPDATE programme SET privacy = :privacy, keep_rejected_days = :rejected,
	keep_withdrawn_days = :withdrawn, keep_unconfirmed_days = :unconfirmed,
	keep_sensitive_days = :sensitive, keep_mail_days = :mail,
	keep_audit_days = :audit, revision = revision + 1
WHERE id = 1 AND revision = :revision;
