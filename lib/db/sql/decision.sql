-- What the organisers decided: see model/decision.h.

-- How an application stands towards a decision about it.
-- name: decision_subject one
-- in: cohort_id integer, key text
-- out: has_role integer
SELECT application.id, application.person_id, application.standing,
	EXISTS (SELECT 1 FROM member
		WHERE member.cohort_id = application.cohort_id
		AND member.person_id = application.person_id
		AND member.left_at IS NULL) AS has_role
FROM application
WHERE application.key = :key AND application.cohort_id = :cohort_id;

-- name: decision_insert exec
-- in: application_id integer, kind text, position integer, group_id integer, line text, decided_by integer, now integer
INSERT INTO decision (application_id, kind, position, group_id, line,
	decided_by, decided_at)
VALUES (:application_id, :kind, :position, :group_id, :line, :decided_by, :now);

-- name: decision_drop exec
-- in: application_id integer
DELETE FROM decision
WHERE application_id = :application_id AND sent_at IS NULL;

-- What is decided of an application and not sent.
-- name: decision_pending one
-- row: decision
-- in: application_id integer
SELECT id, application_id, kind, position, group_id, line, decided_at, sent_at
FROM decision WHERE application_id = :application_id AND sent_at IS NULL;

-- name: decision_by_id one
-- row: decision
-- in: id integer
SELECT id, application_id, kind, position, group_id, line, decided_at, sent_at
FROM decision WHERE id = :id;

-- The decisions of a cohort that are not sent, as their mails go: offers, the
-- waitlist by place, the others as they were decided. A page of them; most -1:
-- all.
-- name: decision_list many
-- row: decision_row
-- in: cohort_id integer, person_id integer, most integer, after integer
-- out: has_role integer, is_revealed integer
SELECT decision.id, decision.kind, decision.position, decision.group_id,
	decision.line, decision.application_id, application.key,
	application.reference, application.name, application.call_sign,
	application.email, application.standing,
	mentoring_group.name AS group_name,
	EXISTS (SELECT 1 FROM member
		WHERE member.cohort_id = application.cohort_id
		AND member.person_id = application.person_id
		AND member.left_at IS NULL) AS has_role,
	EXISTS (SELECT 1 FROM review_reveal
		WHERE review_reveal.application_id = application.id
		AND review_reveal.person_id = :person_id) AS is_revealed
FROM (SELECT pending.id FROM application AS about
	CROSS JOIN decision AS pending ON pending.application_id = about.id
		AND pending.sent_at IS NULL
	WHERE about.cohort_id = :cohort_id AND about.confirmed_at IS NOT NULL
	ORDER BY pending.kind = 'decline', pending.kind = 'waitlist',
		pending.position, pending.id
	LIMIT :most OFFSET :after) AS page
CROSS JOIN decision ON decision.id = page.id
CROSS JOIN application ON application.id = decision.application_id
LEFT JOIN mentoring_group ON mentoring_group.id = decision.group_id
ORDER BY decision.kind = 'decline', decision.kind = 'waitlist',
	decision.position, decision.id;

-- How many mails would go of which kind, and what tells this set of decisions
-- from every other one: ids are never used again.
-- name: decision_counts one
-- row: decision_count
-- in: cohort_id integer
-- out: offers integer, waitlisted integer, declined integer, silent integer, total integer, newest integer, places integer
SELECT
	coalesce(sum(kind = 'offer' AND NOT has_role), 0) AS offers,
	coalesce(sum(kind = 'waitlist' AND NOT has_role), 0) AS waitlisted,
	coalesce(sum(kind = 'decline' AND NOT has_role), 0) AS declined,
	coalesce(sum(has_role), 0) AS silent,
	count(*) AS total,
	coalesce(max(id), 0) AS newest,
	coalesce(sum(id % 9973 * coalesce(position, 0)), 0) AS places
FROM (SELECT pending.id, pending.kind, pending.position,
	EXISTS (SELECT 1 FROM member
		WHERE member.cohort_id = application.cohort_id
		AND member.person_id = application.person_id
		AND member.left_at IS NULL) AS has_role
	FROM application
	CROSS JOIN decision AS pending ON pending.application_id = application.id
		AND pending.sent_at IS NULL
	WHERE application.cohort_id = :cohort_id
		AND application.confirmed_at IS NOT NULL);

-- The seats that are offered or taken.
-- name: decision_seats_taken one
-- in: cohort_id integer
-- out: taken integer
SELECT (SELECT count(*) FROM application
		WHERE cohort_id = :cohort_id AND standing = 'offered')
	+ (SELECT count(*) FROM application
		JOIN member ON member.cohort_id = application.cohort_id
			AND member.person_id = application.person_id
			AND member.role = 'djangonaut' AND member.left_at IS NULL
		WHERE application.cohort_id = :cohort_id
		AND application.standing = 'confirmed') AS taken;

-- name: decision_mark_sent exec
-- in: id integer, now integer
UPDATE decision SET sent_at = :now WHERE id = :id AND sent_at IS NULL;

-- The place after the last, decided or told.
-- name: decision_last_place one
-- in: cohort_id integer
-- out: last integer
SELECT max(coalesce((SELECT max(waitlist_position) FROM application
		WHERE cohort_id = :cohort_id AND standing = 'waitlisted'), 0),
	coalesce((SELECT max(pending.position) FROM application
		CROSS JOIN decision AS pending
			ON pending.application_id = application.id
			AND pending.sent_at IS NULL
		WHERE application.cohort_id = :cohort_id
		AND application.confirmed_at IS NOT NULL), 0)) AS last;

-- Makes room at a place: who waits there or behind moves on by so many.
-- name: decision_make_room exec
-- in: cohort_id integer, place integer, places integer
UPDATE application SET waitlist_position = waitlist_position + :places
WHERE cohort_id = :cohort_id AND standing = 'waitlisted'
	AND waitlist_position >= :place;

-- The same of one who is told now, where their place was taken since it was
-- decided: those told were put in another order.
-- name: decision_make_room_if_taken exec
-- in: cohort_id integer, place integer
UPDATE application SET waitlist_position = waitlist_position + 1
WHERE cohort_id = :cohort_id AND standing = 'waitlisted'
	AND waitlist_position >= :place
	AND EXISTS (SELECT 1 FROM application AS there
		WHERE there.cohort_id = :cohort_id AND there.standing = 'waitlisted'
		AND there.waitlist_position = :place);

-- name: decision_make_room_pending exec
-- in: cohort_id integer, place integer, places integer
UPDATE decision SET position = position + :places
WHERE sent_at IS NULL AND position >= :place
	AND application_id IN (SELECT id FROM application
		WHERE cohort_id = :cohort_id AND confirmed_at IS NOT NULL);

-- What an organiser is shown of whom a decision is about.
-- name: decision_see_application one
-- row: decision_seen
-- in: application_id integer, person_id integer
-- out: has_role integer, is_revealed integer
SELECT application.standing, application.call_sign,
	EXISTS (SELECT 1 FROM member
		WHERE member.cohort_id = application.cohort_id
		AND member.person_id = application.person_id
		AND member.left_at IS NULL) AS has_role,
	EXISTS (SELECT 1 FROM review_reveal
		WHERE review_reveal.application_id = application.id
		AND review_reveal.person_id = :person_id) AS is_revealed
FROM application WHERE application.id = :application_id;
