-- Seats that became free, and who waits for one: see model/waitlist.h.

-- The freed seats of a cohort that were not passed on, the oldest first: given
-- back, not answered in time, or their person left.  The group is that in which
-- who left sat last, or which the offer named.
-- name: waitlist_freed many
-- row: freed_seat
-- in: cohort_id integer, now integer
-- out: group_id integer, freed_at integer, state text
SELECT offer.id, offer.key, application.id AS application_id,
	application.key AS application_key, application.name,
	application.call_sign, application.standing,
	coalesce((SELECT placement.group_id FROM member
		JOIN placement ON placement.member_id = member.id
		WHERE member.cohort_id = application.cohort_id
		AND member.person_id = application.person_id
		AND member.role = 'djangonaut' AND offer.state = 'confirmed'
		ORDER BY placement.id DESC LIMIT 1), offer.group_id) AS group_id,
	CASE offer.state WHEN 'offered' THEN 'lapsed' WHEN 'confirmed' THEN 'left'
		ELSE offer.state END AS state,
	CASE offer.state WHEN 'offered' THEN offer.deadline_at
		WHEN 'confirmed' THEN coalesce((SELECT member.left_at FROM member
			WHERE member.cohort_id = application.cohort_id
			AND member.person_id = application.person_id
			AND member.role = 'djangonaut'), offer.ended_at)
		ELSE offer.ended_at END AS freed_at
FROM application
CROSS JOIN offer ON offer.application_id = application.id
WHERE application.cohort_id = :cohort_id
	AND application.confirmed_at IS NOT NULL
	AND (offer.state IN ('refused', 'lapsed')
		OR (offer.state = 'offered' AND offer.deadline_at <= :now)
		OR (offer.state = 'confirmed' AND NOT EXISTS (SELECT 1 FROM member
			WHERE member.cohort_id = application.cohort_id
			AND member.person_id = application.person_id
			AND member.role = 'djangonaut' AND member.left_at IS NULL)))
	AND NOT EXISTS (SELECT 1 FROM offer AS later
		WHERE later.replaces_id = offer.id)
ORDER BY freed_at, offer.id;

-- Who waits, in order; a page of them, most -1: all.
-- name: waitlist_list many
-- row: waiting
-- in: cohort_id integer, person_id integer, most integer, after integer
-- out: has_role integer, is_revealed integer, projects text
SELECT application.id, application.key, application.person_id,
	application.name, application.call_sign, application.email,
	application.level, application.hours_utc, application.waitlist_position,
	EXISTS (SELECT 1 FROM member
		WHERE member.cohort_id = application.cohort_id
		AND member.person_id = application.person_id
		AND member.left_at IS NULL) AS has_role,
	EXISTS (SELECT 1 FROM review_reveal
		WHERE review_reveal.application_id = application.id
		AND review_reveal.person_id = :person_id) AS is_revealed,
	(SELECT group_concat(application_project.project_id, ' ')
		FROM application_project
		WHERE application_project.application_id = application.id)
		AS projects
FROM application
WHERE application.cohort_id = :cohort_id
	AND application.standing = 'waitlisted'
	AND NOT EXISTS (SELECT 1 FROM person WHERE person.id = application.person_id
		AND person.is_disabled = 1)
ORDER BY application.waitlist_position, application.id
LIMIT :most OFFSET :after;

-- name: waitlist_count one
-- in: cohort_id integer
-- out: waiting integer
SELECT count(*) AS waiting FROM application
WHERE cohort_id = :cohort_id AND standing = 'waitlisted';

-- name: waitlist_set_place exec
-- in: id integer, place integer
UPDATE application SET waitlist_position = :place
WHERE id = :id AND standing = 'waitlisted';

-- Cohorts whose freed seats go by themselves and that have somebody waiting.
-- name: waitlist_releasing many
-- row: waitlist_cohort
-- in: now integer, closing integer
SELECT id FROM cohort
WHERE releases_itself = 1 AND offered_at IS NOT NULL
	AND starts_at + :closing > :now
	AND EXISTS (SELECT 1 FROM application
		WHERE application.cohort_id = cohort.id
		AND application.standing = 'waitlisted');

-- Cohorts whose week 1 is over while somebody still waits.
-- name: waitlist_closing many
-- row: waitlist_cohort
-- in: now integer, closing integer
SELECT id FROM cohort
WHERE starts_at + :closing <= :now
	AND EXISTS (SELECT 1 FROM application
		WHERE application.cohort_id = cohort.id
		AND application.standing = 'waitlisted');

-- When the next waitlist closes; NULL: none is known.
-- name: waitlist_next_closing one
-- in: now integer, closing integer
-- out: due_at integer
SELECT min(starts_at) + :closing AS due_at FROM cohort
WHERE starts_at + :closing > :now
	AND EXISTS (SELECT 1 FROM application
		WHERE application.cohort_id = cohort.id
		AND application.standing = 'waitlisted');
