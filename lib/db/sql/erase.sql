-- Forgetting a person: see model/erase.h.

-- The addresses of somebody's applications that are nobody else's.
-- name: erase_addresses many
-- in: person_id integer, email_key text
SELECT DISTINCT application.email_key FROM application
WHERE application.person_id = :person_id AND application.stripped_at IS NULL
	AND application.email_key <> :email_key
	AND NOT EXISTS (SELECT 1 FROM person
		WHERE person.email_key = application.email_key);

-- Whether an address that is no person's is known here otherwise.
-- name: erase_address_known one
-- in: email_key text
-- out: known integer
SELECT EXISTS (SELECT 1 FROM application
		WHERE cohort_id IN (SELECT id FROM cohort)
		AND email_key = :email_key)
	OR EXISTS (SELECT 1 FROM invitation WHERE email_key = :email_key)
	OR EXISTS (SELECT 1 FROM subscription WHERE email_key = :email_key)
	OR EXISTS (SELECT 1 FROM draft WHERE email_key = :email_key)
	OR EXISTS (SELECT 1 FROM late_entry WHERE email_key = :email_key)
	OR EXISTS (SELECT 1 FROM conduct_recipient WHERE email_key = :email_key)
	AS known;

-- name: erase_invitations exec
-- in: email_key text
DELETE FROM invitation WHERE email_key = :email_key;

-- name: erase_subscription exec
-- in: email_key text
DELETE FROM subscription WHERE email_key = :email_key;

-- name: erase_drafts exec
-- in: email_key text
DELETE FROM draft WHERE email_key = :email_key;

-- name: erase_late_entries exec
-- in: email_key text
DELETE FROM late_entry WHERE email_key = :email_key;

-- name: erase_conduct_recipient exec
-- in: email_key text
DELETE FROM conduct_recipient WHERE email_key = :email_key;

-- An application that was never confirmed counts nowhere.
-- name: erase_unconfirmed exec
-- in: email_key text
DELETE FROM application
WHERE cohort_id IN (SELECT id FROM cohort) AND email_key = :email_key
	AND confirmed_at IS NULL;

-- Addresses as they were typed, to be compared by their keys.
-- name: erase_receipts many
SELECT key, email FROM receipt;

-- name: erase_receipt exec
-- in: key text
DELETE FROM receipt WHERE key = :key;

-- name: erase_mail_typed many
SELECT DISTINCT recipient AS address FROM outbox WHERE recipient <> '';

-- name: erase_mail exec
-- in: address text
DELETE FROM outbox WHERE recipient = :address;

-- name: erase_mail_of_kind exec
-- in: address text, kind text
DELETE FROM outbox WHERE recipient = :address AND kind = :kind;

-- name: erase_address_change one
-- in: person_id integer
SELECT email FROM address_change WHERE person_id = :person_id;

-- name: erase_address_changes exec
-- in: person_id integer
DELETE FROM address_change WHERE person_id = :person_id;

-- name: erase_links exec
-- in: person_id integer
DELETE FROM link WHERE person_id = :person_id OR application_id IN
	(SELECT id FROM application WHERE application.person_id = :person_id)
	OR offer_id IN (SELECT offer.id FROM application
		JOIN offer ON offer.application_id = application.id
		WHERE application.person_id = :person_id);

-- name: erase_roles many
-- in: person_id integer
SELECT id, cohort_id FROM member
WHERE person_id = :person_id AND left_at IS NULL ORDER BY id;

-- name: erase_goals exec
-- in: person_id integer
UPDATE member SET goal = '' WHERE person_id = :person_id AND goal <> '';

-- name: erase_volunteer exec
-- in: person_id integer
DELETE FROM volunteer
WHERE member_id IN (SELECT id FROM member WHERE person_id = :person_id);

-- name: erase_volunteer_answers exec
-- in: person_id integer
DELETE FROM volunteer_answer
WHERE member_id IN (SELECT id FROM member WHERE person_id = :person_id);

-- name: erase_band_reasons exec
-- in: person_id integer
UPDATE placement SET band_reason = NULL
WHERE member_id IN (SELECT id FROM member WHERE person_id = :person_id)
	AND band_reason IS NOT NULL;

-- Nobody is offered the seat of someone who is gone.
-- name: erase_withdraw_applications exec
-- in: person_id integer, now integer
UPDATE application SET withdrawn_at = :now
WHERE person_id = :person_id AND withdrawn_at IS NULL
	AND (SELECT ends_at FROM cohort
		WHERE cohort.id = application.cohort_id) > :now
	AND NOT EXISTS (SELECT 1 FROM offer
		WHERE offer.application_id = application.id
		AND offer.state = 'confirmed');

-- name: erase_applications many
-- in: person_id integer
SELECT id FROM application
WHERE person_id = :person_id AND stripped_at IS NULL ORDER BY id;

-- What is left counts: level, projects, instants, offers.
-- name: application_strip exec
-- in: id integer, name text, no_hours text, now integer
UPDATE application SET key = 'erased-' || id, reference = 'erased-' || id,
	email = 'erased-application-' || id || '@erased.invalid',
	email_key = 'erased-application-' || id || '@erased.invalid',
	name = :name, name_key = '', pronouns = NULL, github = NULL,
	zone = 'UTC', hours = :no_hours, hours_utc = :no_hours, words_hash = NULL,
	revision = revision + 1,
	trimmed_at = coalesce(trimmed_at, :now), stripped_at = :now
WHERE id = :id AND stripped_at IS NULL;

-- What was decided of it, and said of that to this person alone.
-- name: application_decisions_erase exec
-- in: id integer
DELETE FROM decision WHERE application_id = :id;

-- name: application_answers_erase exec
-- in: id integer
DELETE FROM application_answer WHERE application_id = :id;

-- Taking back what was public; an audience that was narrow stays so.
-- name: erase_narrow_check_ins exec
-- in: person_id integer, now integer
UPDATE check_in SET audience = min(audience, 2),
	did_audience = min(did_audience, 2),
	next_audience = min(next_audience, 2),
	blocked_audience = min(blocked_audience, 2), edited_at = :now
WHERE audience > 2
	AND member_id IN (SELECT id FROM member WHERE person_id = :person_id);

-- name: erase_narrow_questions exec
-- in: person_id integer, now integer
UPDATE question SET audience = 2, edited_at = :now
WHERE audience > 2
	AND member_id IN (SELECT id FROM member WHERE person_id = :person_id);

-- name: erase_narrow_answers exec
-- in: person_id integer, now integer
UPDATE answer SET audience = 2, edited_at = :now
WHERE audience > 2
	AND member_id IN (SELECT id FROM member WHERE person_id = :person_id);

-- name: erase_withdraw_highlights exec
-- in: person_id integer, now integer
UPDATE highlight SET withdrawn_at = :now, updated_at = max(updated_at, :now)
WHERE withdrawn_at IS NULL
	AND member_id IN (SELECT id FROM member WHERE person_id = :person_id);

-- What is not public loses its words; a check-in stays one.
-- name: erase_check_ins exec
-- in: person_id integer, removed text
UPDATE check_in SET
	did = CASE WHEN did_audience = 4 AND did <> '' THEN did
		WHEN (next_audience = 4 AND next <> '')
			OR (blocked_audience = 4 AND blocked <> '') THEN ''
		ELSE :removed END,
	next = CASE WHEN next_audience = 4 THEN next ELSE '' END,
	blocked = CASE WHEN blocked_audience = 4 THEN blocked ELSE '' END
WHERE member_id IN (SELECT id FROM member WHERE person_id = :person_id);

-- name: erase_questions exec
-- in: person_id integer, removed text
UPDATE question SET body = :removed
WHERE audience < 4
	AND member_id IN (SELECT id FROM member WHERE person_id = :person_id);

-- An answer is read by no more people than its question.
-- name: erase_answers exec
-- in: person_id integer, removed text
UPDATE answer SET body = :removed
WHERE member_id IN (SELECT id FROM member WHERE person_id = :person_id)
	AND (audience < 4 OR (SELECT question.audience FROM question
		WHERE question.id = answer.question_id) < 4);

-- name: erase_highlights exec
-- in: person_id integer, removed text
UPDATE highlight SET title = :removed, body = ''
WHERE withdrawn_at IS NOT NULL
	AND member_id IN (SELECT id FROM member WHERE person_id = :person_id);

-- The stand-in: the address is free again.
-- name: erase_person exec
-- in: id integer, name text, now integer
UPDATE person SET email = 'erased-' || id || '@erased.invalid',
	email_key = 'erased-' || id || '@erased.invalid', name = :name,
	name_key = '', public_name = NULL, show_public_name = 0,
	pronouns = NULL, zone = 'UTC', github = NULL, wants_reminders = 0,
	is_administrator = 0, is_disabled = 1, erased_at = :now
WHERE id = :id AND erased_at IS NULL;

-- name: erasure_insert exec
-- in: address_hash text, withdraws integer, now integer
INSERT INTO erasure (address_hash, withdraws, erased_at)
VALUES (:address_hash, :withdraws, :now);

-- What somebody leaves behind when they go.
-- name: erase_left_behind one
-- in: person_id integer, now integer
-- out: is_last_administrator integer, cohorts_alone integer, has_public_words integer
SELECT
	(SELECT is_administrator FROM person WHERE id = :person_id) = 1
	AND NOT EXISTS (SELECT 1 FROM person WHERE is_administrator = 1
		AND is_disabled = 0 AND id <> :person_id)
		AS is_last_administrator,
	(SELECT count(*) FROM member
		JOIN cohort ON cohort.id = member.cohort_id
		WHERE member.person_id = :person_id AND member.role = 'organiser'
		AND member.left_at IS NULL AND cohort.ends_at > :now
		AND NOT EXISTS (SELECT 1 FROM member AS other
			JOIN person ON person.id = other.person_id
			WHERE other.cohort_id = cohort.id
			AND other.role = 'organiser' AND other.left_at IS NULL
			AND other.person_id <> :person_id
			AND person.is_disabled = 0)) AS cohorts_alone,
	EXISTS (SELECT 1 FROM member
		WHERE member.person_id = :person_id AND (EXISTS
			(SELECT 1 FROM check_in
			WHERE check_in.member_id = member.id AND audience = 4
			AND ((did_audience = 4 AND did <> '')
				OR (next_audience = 4 AND next <> '')
				OR (blocked_audience = 4 AND blocked <> '')))
		OR EXISTS (SELECT 1 FROM question
			WHERE question.member_id = member.id AND audience = 4)
		OR EXISTS (SELECT 1 FROM answer
			JOIN question ON question.id = answer.question_id
			WHERE answer.member_id = member.id
			AND answer.audience = 4 AND question.audience = 4)
		OR EXISTS (SELECT 1 FROM highlight
			WHERE highlight.member_id = member.id
			AND highlight.withdrawn_at IS NULL)))
		AS has_public_words;
