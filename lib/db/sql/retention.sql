-- What goes by itself: see model/retention.h.

-- name: retention_next one
SELECT due_at FROM retention WHERE id = 1;

-- name: retention_set_next exec
-- in: due_at integer
UPDATE retention SET due_at = :due_at WHERE id = 1;

-- Pronouns and hours go with the cohort's end.
-- name: retention_trim exec
-- in: no_hours text, now integer
UPDATE application SET pronouns = NULL, hours = :no_hours,
	hours_utc = :no_hours, trimmed_at = :now
WHERE trimmed_at IS NULL AND cohort_id IN (SELECT id FROM cohort
	WHERE ends_at <= :now - 86400 *
		(SELECT keep_sensitive_days FROM programme WHERE id = 1));

-- What is sensitive among the answers goes then, too.
-- name: retention_sensitive_answers exec
-- in: now integer
DELETE FROM application_answer WHERE item_id IN (SELECT questionnaire_item.id
	FROM cohort
	CROSS JOIN questionnaire ON questionnaire.cohort_id = cohort.id
	CROSS JOIN questionnaire_item
		ON questionnaire_item.questionnaire_id = questionnaire.id
	WHERE questionnaire_item.is_sensitive = 1
		AND cohort.ends_at <= :now - 86400 *
			(SELECT keep_sensitive_days FROM programme WHERE id = 1));

-- name: retention_volunteers exec
-- in: now integer
DELETE FROM volunteer WHERE member_id IN (SELECT member.id FROM volunteer AS said
	CROSS JOIN member ON member.id = said.member_id
	JOIN cohort ON cohort.id = member.cohort_id
	WHERE cohort.ends_at <= :now - 86400 *
		(SELECT keep_sensitive_days FROM programme WHERE id = 1));

-- What volunteers answered on accepting goes with their hours.
-- name: retention_volunteer_answers exec
-- in: now integer
DELETE FROM volunteer_answer WHERE member_id IN (SELECT member.id
	FROM cohort CROSS JOIN member ON member.cohort_id = cohort.id
	WHERE cohort.ends_at <= :now - 86400 *
		(SELECT keep_sensitive_days FROM programme WHERE id = 1));

-- What was said to one person with a decision: at the same time, of everyone.
-- name: retention_decision_lines exec
-- in: now integer
UPDATE decision SET line = ''
WHERE id IN (SELECT said.id FROM cohort
	CROSS JOIN application ON application.cohort_id = cohort.id
	CROSS JOIN decision AS said ON said.application_id = application.id
	WHERE said.line <> '' AND cohort.ends_at <= :now - 86400 *
		(SELECT keep_sensitive_days FROM programme WHERE id = 1));

-- What reviewers noted, and whom they knew: at the same time, of everyone.
-- name: retention_notes exec
-- in: now integer
UPDATE review SET note = '', revision = revision + 1
WHERE id IN (SELECT noted.id FROM cohort
	CROSS JOIN application ON application.cohort_id = cohort.id
	CROSS JOIN review AS noted ON noted.application_id = application.id
	WHERE noted.note <> '' AND cohort.ends_at <= :now - 86400 *
		(SELECT keep_sensitive_days FROM programme WHERE id = 1));

-- name: retention_conflicts exec
-- in: now integer
DELETE FROM review_conflict WHERE application_id IN (SELECT application.id
	FROM cohort CROSS JOIN application ON application.cohort_id = cohort.id
	WHERE cohort.ends_at <= :now - 86400 *
		(SELECT keep_sensitive_days FROM programme WHERE id = 1));

-- name: retention_reveals exec
-- in: now integer
DELETE FROM review_reveal WHERE application_id IN (SELECT application.id
	FROM cohort CROSS JOIN application ON application.cohort_id = cohort.id
	WHERE cohort.ends_at <= :now - 86400 *
		(SELECT keep_sensitive_days FROM programme WHERE id = 1));

-- Confirmed, not withdrawn, without a seat or the offer of one, and the cohort
-- began long ago.
-- name: retention_rejected many
-- row: retention_application
-- in: now integer
SELECT application.id FROM cohort
CROSS JOIN application ON application.cohort_id = cohort.id
WHERE application.stripped_at IS NULL
	AND application.confirmed_at IS NOT NULL
	AND application.withdrawn_at IS NULL
	AND cohort.starts_at <= :now - 86400 *
		(SELECT keep_rejected_days FROM programme WHERE id = 1)
	AND NOT EXISTS (SELECT 1 FROM offer
		WHERE offer.application_id = application.id
		AND offer.state IN ('confirmed', 'offered'))
ORDER BY application.id;

-- name: retention_withdrawn many
-- row: retention_application
-- in: now integer
SELECT application.id FROM cohort
CROSS JOIN application ON application.cohort_id = cohort.id
WHERE application.stripped_at IS NULL
	AND application.withdrawn_at <= :now - 86400 *
		(SELECT keep_withdrawn_days FROM programme WHERE id = 1)
ORDER BY application.id;

-- Confirming is possible for three days, which the setting counts.
-- name: retention_unconfirmed exec
-- in: now integer
DELETE FROM application
WHERE confirmed_at IS NULL AND confirm_until <= :now - 86400 *
	((SELECT keep_unconfirmed_days FROM programme WHERE id = 1) - 3);

-- What was never sent, unless its address may still send it; and who was let
-- in. Both once the deadline is so long ago.
-- name: retention_drafts exec
-- in: now integer
DELETE FROM draft WHERE cohort_id IN (SELECT id FROM cohort
	WHERE closes_at <= :now - 86400 *
		(SELECT keep_unconfirmed_days FROM programme WHERE id = 1))
	AND NOT EXISTS (SELECT 1 FROM late_entry
		WHERE late_entry.cohort_id = draft.cohort_id
		AND late_entry.email_key = draft.email_key
		AND late_entry.until_at > :now);

-- name: retention_late_entries exec
-- in: now integer
DELETE FROM late_entry WHERE until_at <= :now - 86400 *
	(SELECT keep_unconfirmed_days FROM programme WHERE id = 1);

-- A year after the cohort; what came to nothing as a withdrawn application.
-- name: retention_invitations exec
-- in: now integer
DELETE FROM invitation
WHERE id IN (SELECT invitation.id FROM cohort
	CROSS JOIN invitation ON invitation.cohort_id = cohort.id
	WHERE cohort.ends_at <= :now - 365 * 86400
	UNION ALL SELECT ended.id FROM invitation AS ended
	WHERE ended.state IN ('declined', 'cancelled', 'lapsed')
	AND ended.ended_at <= :now - 86400 *
		(SELECT keep_withdrawn_days FROM programme WHERE id = 1));

-- name: retention_mail exec
-- in: now integer
DELETE FROM outbox
WHERE state IN ('sent', 'failed', 'cancelled')
	AND created_at <= :now - 86400 *
		(SELECT keep_mail_days FROM programme WHERE id = 1)
	AND coalesce(sent_at, tried_at, created_at) <= :now - 86400 *
		(SELECT keep_mail_days FROM programme WHERE id = 1);

-- name: retention_audit exec
-- in: now integer
DELETE FROM audit WHERE at <= :now - 86400 *
	(SELECT keep_audit_days FROM programme WHERE id = 1);

-- Whom nothing here needs any more. Someone kept out stays kept out.
-- name: retention_people many
-- in: now integer
SELECT id FROM person
WHERE erased_at IS NULL AND is_administrator = 0 AND is_disabled = 0
	AND created_at <= :now - 86400 *
		(SELECT keep_unconfirmed_days FROM programme WHERE id = 1)
	AND NOT EXISTS (SELECT 1 FROM member WHERE member.person_id = person.id)
	AND NOT EXISTS (SELECT 1 FROM application
		WHERE application.person_id = person.id
		AND application.stripped_at IS NULL)
	AND NOT EXISTS (SELECT 1 FROM application AS waiting
		WHERE waiting.cohort_id IN (SELECT id FROM cohort)
		AND waiting.email_key = person.email_key
		AND waiting.confirmed_at IS NULL)
	AND NOT EXISTS (SELECT 1 FROM outbox
		WHERE outbox.recipient = person.email
		AND outbox.state IN ('queued', 'held'))
	AND NOT EXISTS (SELECT 1 FROM session
		WHERE session.person_id = person.id)
	AND NOT EXISTS (SELECT 1 FROM link WHERE link.person_id = person.id)
	AND NOT EXISTS (SELECT 1 FROM subscription
		WHERE subscription.email_key = person.email_key)
	AND NOT EXISTS (SELECT 1 FROM draft
		WHERE draft.email_key = person.email_key)
	AND NOT EXISTS (SELECT 1 FROM late_entry
		WHERE late_entry.email_key = person.email_key)
	AND NOT EXISTS (SELECT 1 FROM conduct_recipient
		WHERE conduct_recipient.email_key = person.email_key)
	AND NOT EXISTS (SELECT 1 FROM invitation
		WHERE invitation.email_key = person.email_key
		AND invitation.state = 'open')
	AND NOT EXISTS (SELECT 1 FROM reviewer
		JOIN cohort ON cohort.id = reviewer.cohort_id
		WHERE reviewer.person_id = person.id
		AND reviewer.ended_at IS NULL AND cohort.ends_at > :now)
ORDER BY id;
