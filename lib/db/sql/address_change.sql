-- name: address_change_of_person one
-- row: address_change
-- in: person_id integer, now integer
SELECT id, person_id, email, email_key, asked_at, ends_at, old_confirmed_at,
	new_confirmed_at
FROM address_change WHERE person_id = :person_id AND ends_at > :now;

-- Nobody who is kept out moves.
-- name: address_change_by_id one
-- row: address_change
-- in: id integer, now integer
SELECT address_change.id, address_change.person_id, address_change.email,
	address_change.email_key, address_change.asked_at, address_change.ends_at,
	address_change.old_confirmed_at, address_change.new_confirmed_at
FROM address_change JOIN person ON person.id = address_change.person_id
WHERE address_change.id = :id AND address_change.ends_at > :now
	AND person.is_disabled = 0;

-- name: address_change_insert exec
-- in: person_id integer, email text, email_key text, now integer, ends_at integer
INSERT INTO address_change (person_id, email, email_key, asked_at, ends_at)
VALUES (:person_id, :email, :email_key, :now, :ends_at);

-- Its links end with it.
-- name: address_change_delete exec
-- in: person_id integer
DELETE FROM address_change WHERE person_id = :person_id;

-- name: address_change_delete_ended exec
-- in: now integer
DELETE FROM address_change WHERE ends_at <= :now;

-- name: address_change_confirm_old exec
-- in: id integer, now integer
UPDATE address_change SET old_confirmed_at = :now
WHERE id = :id AND ends_at > :now AND old_confirmed_at IS NULL;

-- name: address_change_confirm_new exec
-- in: id integer, now integer
UPDATE address_change SET new_confirmed_at = :now
WHERE id = :id AND ends_at > :now AND new_confirmed_at IS NULL;

-- Changes nothing unless both sides are confirmed; refused when the address is
-- another person's.
-- name: address_change_person exec
-- in: id integer
UPDATE person SET email = address_change.email,
	email_key = address_change.email_key
FROM address_change
WHERE address_change.id = :id AND person.id = address_change.person_id
	AND address_change.old_confirmed_at IS NOT NULL
	AND address_change.new_confirmed_at IS NOT NULL;

-- The person's applications, and those of the old address that wait to be
-- confirmed.
-- name: address_change_applications exec
-- in: person_id integer, old_key text, email text, email_key text
UPDATE application SET email = :email, email_key = :email_key
WHERE person_id = :person_id
	OR (person_id IS NULL AND email_key = :old_key);

-- What was mailed to the old mailbox opens nothing any more: no offer, and not
-- an application either that was begun with the old address and is about to
-- follow, sent or not.
-- name: address_change_links exec
-- in: person_id integer, old_key text
DELETE FROM link WHERE is_lasting = 0 AND (person_id = :person_id
	OR application_id IN
		(SELECT id FROM application WHERE person_id = :person_id)
	OR application_id IN
		(SELECT id FROM application WHERE email_key = :old_key
			AND cohort_id IN (SELECT id FROM cohort)
			AND person_id IS NULL)
	OR offer_id IN (SELECT offer.id FROM application
		JOIN offer ON offer.application_id = application.id
		WHERE application.person_id = :person_id)
	OR draft_id IN (SELECT id FROM draft WHERE email_key = :old_key));

-- name: address_change_codes exec
-- in: old_key text
UPDATE draft SET code_hash = NULL
WHERE email_key = :old_key AND code_hash IS NOT NULL;

-- Whoever was let in late to change an application may go on.
-- name: address_change_late_entries exec
-- in: person_id integer, old_key text, email text, email_key text
UPDATE OR IGNORE late_entry SET email = :email, email_key = :email_key
WHERE email_key = :old_key
	AND cohort_id IN (SELECT cohort_id FROM application
		WHERE person_id = :person_id);

-- What waits to be sent goes to the new address, however the old one was typed
-- in an application; what is about the address itself stays with it.
-- name: address_change_outbox exec
-- in: person_id integer, old_email text, email text
UPDATE outbox SET recipient = :email
WHERE (recipient = :old_email OR recipient IN
		(SELECT email FROM application WHERE person_id = :person_id))
	AND state IN ('queued', 'held')
	AND kind NOT IN ('address_old', 'address_new', 'invitation',
		'next_opens', 'next_opens_confirm', 'conduct');
