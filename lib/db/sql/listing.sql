-- The applications of a cohort as organisers list them: see model/listing.h and
-- model/ranking.h. Each is one pass over a cohort's rows, and narrow.

-- name: listing_reviews many
-- row: listed_review
-- in: cohort_id integer
SELECT review.application_id, review.person_id, review.score, review.is_flagged
FROM application JOIN review ON review.application_id = application.id
WHERE application.cohort_id = :cohort_id
	AND application.confirmed_at IS NOT NULL
	AND review.finished_at IS NOT NULL;

-- What is listed of an application that counts or was withdrawn.
-- name: listing_applications many
-- row: listed
-- in: cohort_id integer
SELECT id, key, reference, person_id, call_sign, name, name_key, level, hours,
	standing, waitlist_position
FROM application
WHERE cohort_id = :cohort_id AND confirmed_at IS NOT NULL;

-- What a person's sight depends on beside the reviews: 0 where they declared a
-- conflict, 1 where they looked behind the call-sign.
-- name: listing_sights many
-- row: listed_sight
-- in: person_id integer
-- out: is_reveal integer
SELECT application_id, 0 AS is_reveal FROM review_conflict
WHERE person_id = :person_id
UNION ALL
SELECT application_id, 1 AS is_reveal FROM review_reveal
WHERE person_id = :person_id;

-- What is decided and not sent.
-- name: listing_decisions many
-- row: listed_decision
-- in: cohort_id integer
SELECT decision.application_id, decision.kind
FROM decision JOIN application ON application.id = decision.application_id
WHERE decision.sent_at IS NULL AND application.cohort_id = :cohort_id;

-- Which applications want which project.
-- name: listing_projects many
-- row: listed_project
-- in: cohort_id integer
SELECT application_project.application_id, application_project.project_id
FROM project JOIN application_project
	ON application_project.project_id = project.id
WHERE project.cohort_id = :cohort_id;

-- Who applied to earlier cohorts, to how many, and how often they were left on
-- a waitlist.
-- name: listing_earlier many
-- row: listed_earlier
-- in: cohort_id integer
-- out: cohorts integer, waitlists integer
SELECT application.id, count(*) AS cohorts,
	sum(earlier.standing IN ('waitlisted', 'closed')) AS waitlists
FROM application JOIN application AS earlier
	ON earlier.person_id = application.person_id
	AND earlier.id <> application.id
	AND earlier.submitted_at < application.submitted_at
WHERE application.cohort_id = :cohort_id
	AND application.confirmed_at IS NOT NULL
	AND earlier.cohort_id <> application.cohort_id
GROUP BY application.id;

-- The earlier applications of one applicant, the newest first.
-- name: listing_earlier_of many
-- row: listed_before
-- in: application_id integer
SELECT cohort.name, earlier.standing, earlier.waitlist_position,
	earlier.submitted_at
FROM application JOIN application AS earlier
	ON earlier.person_id = application.person_id
	AND earlier.submitted_at < application.submitted_at
	AND earlier.cohort_id <> application.cohort_id
JOIN cohort ON cohort.id = earlier.cohort_id
WHERE application.id = :application_id
ORDER BY earlier.submitted_at DESC LIMIT 20;

-- How one application stands.
-- name: listing_standing_of one
-- row: listed_standing
-- in: application_id integer
-- out: decision text
SELECT application.standing, application.waitlist_position,
	application.call_sign,
	(SELECT decision.kind FROM decision
		WHERE decision.application_id = application.id
		AND decision.sent_at IS NULL) AS decision
FROM application WHERE application.id = :application_id;

-- Every offer that was made for it, the newest first.
-- name: listing_offers_of many
-- row: listed_offer
-- in: application_id integer
SELECT state, made_at, deadline_at, ended_at FROM offer
WHERE application_id = :application_id ORDER BY id DESC LIMIT 20;

-- The finished reviews of one application, and who wrote them.
-- name: listing_reviews_of many
-- row: listed_reading
-- in: application_id integer
SELECT review.person_id, person.name, review.score, review.note,
	review.is_flagged, review.finished_at
FROM review JOIN person ON person.id = review.person_id
WHERE review.application_id = :application_id
	AND review.finished_at IS NOT NULL
ORDER BY review.finished_at, review.id LIMIT 100;

-- The answers of a cohort's applications to what is or was asked of them.
-- name: listing_answers many
-- row: listed_answer
-- in: cohort_id integer
SELECT application_answer.application_id, application_answer.item_id,
	application_answer.value
FROM questionnaire JOIN questionnaire_item
	ON questionnaire_item.questionnaire_id = questionnaire.id
JOIN application_answer
	ON application_answer.item_id = questionnaire_item.id
WHERE questionnaire.cohort_id = :cohort_id
	AND questionnaire.purpose = 'apply';
