-- name: offer_by_key one
-- row: offer
-- in: key text
SELECT id, key, application_id, group_id, state, made_at, deadline_at, ended_at,
	replaces_id
FROM offer WHERE key = :key;

-- name: offer_by_id one
-- row: offer
-- in: id integer
SELECT id, key, application_id, group_id, state, made_at, deadline_at, ended_at,
	replaces_id
FROM offer WHERE id = :id;

-- The offer that a mail's link opens, unless the operator keeps its person out.
-- name: offer_of_link one
-- row: offer
-- in: id integer
SELECT offer.id, offer.key, application_id, group_id, state, made_at,
	deadline_at, ended_at, replaces_id
FROM offer JOIN application ON application.id = offer.application_id
JOIN person ON person.id = application.person_id
WHERE offer.id = :id AND person.is_disabled = 0;

-- The newest offer made for an application.
-- name: offer_of_application one
-- row: offer
-- in: application_id integer
SELECT id, key, application_id, group_id, state, made_at, deadline_at, ended_at,
	replaces_id
FROM offer WHERE application_id = :application_id ORDER BY id DESC LIMIT 1;

-- name: offer_insert exec
-- in: key text, application_id integer, group_id integer, replaces_id integer, now integer, deadline_at integer
INSERT INTO offer (key, application_id, group_id, replaces_id, state, made_at,
	deadline_at)
VALUES (:key, :application_id, :group_id, :replaces_id, 'offered', :now,
	:deadline_at);

-- name: offer_end exec
-- in: id integer, state text, now integer
UPDATE offer SET state = :state, ended_at = :now
WHERE id = :id AND state = 'offered';

-- name: offer_lapse_due exec
-- in: now integer
UPDATE offer SET state = 'lapsed', ended_at = deadline_at
WHERE state = 'offered' AND deadline_at <= :now;

-- The applications that count, as an organiser reads down them: by name.
-- name: candidate_list many
-- row: candidate
-- in: cohort_id integer
-- out: projects text
SELECT application.id, application.key, application.reference,
	application.name, application.email, application.pronouns,
	application.level, application.zone, application.submitted_at,
	application.withdrawn_at, application.person_id,
	(SELECT group_concat(project.name, ', ') FROM application_project
		JOIN project ON project.id = application_project.project_id
		WHERE application_project.application_id = application.id)
		AS projects,
	offer.state AS offer_state, offer.deadline_at, offer.key AS offer_key
FROM application
LEFT JOIN offer ON offer.application_id = application.id
	AND offer.id = (SELECT max(latest.id) FROM offer AS latest
		WHERE latest.application_id = application.id)
WHERE application.cohort_id = :cohort_id
	AND application.confirmed_at IS NOT NULL
ORDER BY application.name_key, application.id LIMIT 5000;

-- How many of a cohort's applications count, and how its seats stand; whoever
-- left has freed theirs.
-- name: offer_counts one
-- row: offer_count
-- in: cohort_id integer
-- out: applications integer, unconfirmed integer, withdrawn integer, offered integer, confirmed integer
SELECT
	(SELECT count(*) FROM application WHERE cohort_id = :cohort_id
		AND confirmed_at IS NOT NULL AND withdrawn_at IS NULL)
		AS applications,
	(SELECT count(*) FROM application WHERE cohort_id = :cohort_id
		AND confirmed_at IS NULL) AS unconfirmed,
	(SELECT count(*) FROM application WHERE cohort_id = :cohort_id
		AND withdrawn_at IS NOT NULL) AS withdrawn,
	(SELECT count(*) FROM offer
		JOIN application ON application.id = offer.application_id
		WHERE application.cohort_id = :cohort_id
		AND offer.state = 'offered') AS offered,
	(SELECT count(*) FROM offer
		JOIN application ON application.id = offer.application_id
		JOIN member ON member.cohort_id = application.cohort_id
			AND member.person_id = application.person_id
			AND member.role = 'djangonaut' AND member.left_at IS NULL
		WHERE application.cohort_id = :cohort_id
		AND offer.state = 'confirmed') AS confirmed;
