-- Open offers that end after :after, by :until, made :earliest seconds before
-- their end or earlier, whose reminder of this many days is not queued yet.
-- name: reminder_offers many
-- row: reminder_offer
-- in: after integer, until integer, earliest integer, days text
SELECT offer.id, application.cohort_id, application.email, offer.deadline_at
FROM offer
JOIN application ON application.id = offer.application_id
WHERE offer.state = 'offered' AND offer.deadline_at > :after
	AND offer.deadline_at <= :until
	AND offer.made_at <= offer.deadline_at - :earliest
	AND NOT EXISTS (SELECT 1 FROM outbox
		WHERE reason = 'offer_reminder:' || offer.id || ':' || :days);

-- The Djangonauts of the groups whose stand-up begins after :after, by :until,
-- who have not checked in and want to be told.
-- name: reminder_standups many
-- row: reminder_standup
-- in: after integer, until integer
SELECT standup.id AS standup_id, standup.starts_at, member.id AS member_id,
	mentoring_group.cohort_id, person.email
FROM standup
JOIN mentoring_group ON mentoring_group.id = standup.group_id
JOIN cohort ON cohort.id = mentoring_group.cohort_id
JOIN placement ON placement.group_id = standup.group_id
JOIN member ON member.id = placement.member_id
JOIN person ON person.id = member.person_id
WHERE standup.reminded_for IS NOT standup.starts_at
	AND standup.starts_at > :after AND standup.starts_at <= :until
	AND cohort.launched_at IS NOT NULL AND cohort.ends_at > :after
	AND placement.left_at IS NULL AND member.left_at IS NULL
	AND member.role = 'djangonaut' AND person.wants_reminders = 1
	AND person.is_disabled = 0 AND person.erased_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM check_in
		WHERE check_in.standup_id = standup.id
		AND check_in.member_id = member.id)
	AND NOT EXISTS (SELECT 1 FROM attendance
		WHERE attendance.standup_id = standup.id
		AND attendance.member_id = member.id
		AND attendance.status = 'excused');

-- name: reminder_note_standups exec
-- in: after integer, until integer
UPDATE standup SET reminded_for = starts_at
WHERE reminded_for IS NOT starts_at
	AND starts_at > :after AND starts_at <= :until;

-- What the reminder of a stand-up says; no row once there is nobody to be
-- reminded, or nothing to be reminded of.
-- name: reminder_standup_letter one
-- in: standup_id integer, member_id integer, after integer, until integer
SELECT person.id AS person_id, person.name, person.zone,
	cohort.id AS cohort_id, cohort.slug AS cohort_slug,
	cohort.name AS cohort_name, mentoring_group.slug AS group_slug,
	mentoring_group.name AS group_name, standup.week, standup.starts_at
FROM standup
JOIN mentoring_group ON mentoring_group.id = standup.group_id
JOIN cohort ON cohort.id = mentoring_group.cohort_id
JOIN placement ON placement.group_id = standup.group_id
	AND placement.member_id = :member_id
JOIN member ON member.id = placement.member_id
JOIN person ON person.id = member.person_id
WHERE standup.id = :standup_id
	AND standup.starts_at > :after AND standup.starts_at <= :until
	AND cohort.launched_at IS NOT NULL AND cohort.ends_at > :after
	AND placement.left_at IS NULL AND member.left_at IS NULL
	AND member.role = 'djangonaut' AND person.wants_reminders = 1
	AND person.is_disabled = 0 AND person.erased_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM check_in
		WHERE check_in.standup_id = standup.id
		AND check_in.member_id = member.id)
	AND NOT EXISTS (SELECT 1 FROM attendance
		WHERE attendance.standup_id = standup.id
		AND attendance.member_id = member.id
		AND attendance.status = 'excused');

-- When the next reminder is due; NULL: none is known.
-- name: reminder_next_due one
-- in: now integer, soon integer, early integer
-- out: due_at integer
SELECT min(due_at) AS due_at FROM (
	SELECT min(deadline_at) - :soon AS due_at FROM offer
	WHERE state = 'offered' AND deadline_at > :now + :soon
	UNION ALL
	SELECT min(deadline_at) - :early FROM offer
	WHERE state = 'offered' AND deadline_at > :now + :early
	UNION ALL
	SELECT min(starts_at) - :soon FROM standup
	WHERE reminded_for IS NOT starts_at AND starts_at > :now + :soon);
