-- Reading applications: see model/review.h and model/sight.h.

-- What decides who sees what of an application.
-- name: sight_seen one
-- in: cohort_id integer, application_id integer, person_id integer
-- out: is_own integer, has_conflict integer, has_reviewed integer, has_revealed integer
SELECT application.standing, application.person_id IS :person_id AS is_own,
	EXISTS (SELECT 1 FROM review_conflict AS conflict
		WHERE conflict.application_id = application.id
		AND conflict.person_id = :person_id) AS has_conflict,
	EXISTS (SELECT 1 FROM review AS own
		WHERE own.application_id = application.id
		AND own.person_id = :person_id
		AND own.finished_at IS NOT NULL) AS has_reviewed,
	EXISTS (SELECT 1 FROM review_reveal AS reveal
		WHERE reveal.application_id = application.id
		AND reveal.person_id = :person_id) AS has_revealed,
	reviews
FROM application
WHERE application.id = :application_id
	AND application.cohort_id = :cohort_id;

-- name: call_sign_of one
-- in: application_id integer
SELECT call_sign, cohort_id FROM application WHERE id = :application_id;

-- name: call_sign_taken one
-- in: cohort_id integer, call_sign text
SELECT id FROM application
WHERE cohort_id = :cohort_id AND call_sign = :call_sign;

-- name: call_sign_set exec
-- in: application_id integer, call_sign text
UPDATE application SET call_sign = :call_sign
WHERE id = :application_id AND call_sign IS NULL;

-- Appointed anew when the right had ended; nothing changes otherwise.
-- name: reviewer_appoint exec
-- in: cohort_id integer, person_id integer, now integer
INSERT INTO reviewer (cohort_id, person_id, appointed_at)
VALUES (:cohort_id, :person_id, :now)
ON CONFLICT (cohort_id, person_id) DO UPDATE
	SET appointed_at = :now, ended_at = NULL
	WHERE ended_at IS NOT NULL;

-- name: reviewer_end exec
-- in: cohort_id integer, person_id integer, now integer
UPDATE reviewer SET ended_at = :now
WHERE cohort_id = :cohort_id AND person_id = :person_id AND ended_at IS NULL;

-- Takes an application to read; once more when it was taken and not finished.
-- name: review_take exec
-- in: application_id integer, person_id integer, now integer
INSERT INTO review (application_id, person_id, taken_at)
VALUES (:application_id, :person_id, :now)
ON CONFLICT (application_id, person_id) DO UPDATE SET taken_at = :now
	WHERE finished_at IS NULL;

-- Changes nothing when another window saved first (revision).
-- name: review_finish exec
-- in: application_id integer, person_id integer, revision integer, score integer, note text, is_flagged integer, now integer
UPDATE review SET finished_at = coalesce(finished_at, :now), score = :score,
	note = :note, is_flagged = :is_flagged, revision = revision + 1
WHERE application_id = :application_id AND person_id = :person_id
	AND revision = :revision;

-- name: review_reveal_note exec
-- in: application_id integer, person_id integer, now integer
INSERT INTO review_reveal (application_id, person_id, revealed_at)
VALUES (:application_id, :person_id, :now)
ON CONFLICT (application_id, person_id) DO NOTHING;

-- name: review_conflict_note exec
-- in: application_id integer, person_id integer, now integer
INSERT INTO review_conflict (application_id, person_id, declared_at)
VALUES (:application_id, :person_id, :now)
ON CONFLICT (application_id, person_id) DO NOTHING;

-- Somebody's reading of an application, finished or not.
-- name: review_by_person one
-- row: review
-- in: application_id integer, person_id integer
SELECT id, application_id, person_id, taken_at, finished_at, score, note,
	is_flagged, revision
FROM review WHERE application_id = :application_id AND person_id = :person_id;

-- name: review_points_of many
-- row: review_points
-- in: review_id integer
SELECT criterion_id, score FROM review_score WHERE review_id = :review_id;

-- Everybody's finished reviews of an application, with the points of each
-- criterion that counts: a row a point.
-- name: review_others many
-- row: review_other
-- in: application_id integer, person_id integer
SELECT review.id, person.name AS reviewer, person.erased_at,
	review.finished_at, review.score, review.note, review.is_flagged,
	criterion.name AS criterion, review_score.score AS points
FROM review
JOIN person ON person.id = review.person_id
LEFT JOIN review_score ON review_score.review_id = review.id
LEFT JOIN criterion ON criterion.id = review_score.criterion_id
WHERE review.application_id = :application_id
	AND review.person_id <> :person_id AND review.finished_at IS NOT NULL
ORDER BY review.id, criterion.position, criterion.id;

-- name: review_points_set exec
-- in: review_id integer, criterion_id integer, score integer
INSERT INTO review_score (review_id, criterion_id, score)
VALUES (:review_id, :criterion_id, :score)
ON CONFLICT (review_id, criterion_id) DO UPDATE SET score = :score;

-- name: review_mean_of one
-- in: review_id integer
-- out: mean integer
SELECT mean FROM review_mean WHERE review_id = :review_id;

-- Weights changed, or a criterion came to count no more.
-- name: review_mean_again exec
-- in: cohort_id integer
UPDATE review SET score = review_mean.mean FROM review_mean
WHERE review_mean.review_id = review.id AND review.finished_at IS NOT NULL
	AND review.application_id IN
	(SELECT id FROM application WHERE cohort_id = :cohort_id);

-- One that was begun and not finished, before any other.
-- name: review_begun one
-- row: review_next
-- in: cohort_id integer, person_id integer
SELECT application.id, application.key FROM review
JOIN application ON application.id = review.application_id
WHERE review.person_id = :person_id AND review.finished_at IS NULL
	AND application.cohort_id = :cohort_id
	AND application.standing = 'counting'
ORDER BY review.taken_at, review.id LIMIT 1;

-- The one with the fewest readings, finished or taken since; of equals by lot,
-- drawn for each reader anew.
-- name: review_least one
-- row: review_next
-- in: cohort_id integer, person_id integer, since integer, fewer_than integer, lot integer
SELECT application.id, application.key FROM application
LEFT JOIN (SELECT review.application_id AS taken_id, count(*) AS readers
	FROM review INDEXED BY review_begun
	WHERE review.finished_at IS NULL AND review.taken_at > :since
	GROUP BY review.application_id) AS taken
	ON taken.taken_id = application.id
WHERE application.cohort_id = :cohort_id
	AND application.standing = 'counting'
	AND application.person_id IS NOT :person_id
	AND application.reviews + coalesce(taken.readers, 0) < :fewer_than
	AND NOT EXISTS (SELECT 1 FROM review AS own
		WHERE own.application_id = application.id
		AND own.person_id = :person_id)
	AND NOT EXISTS (SELECT 1 FROM review_conflict AS conflict
		WHERE conflict.application_id = application.id
		AND conflict.person_id = :person_id)
ORDER BY application.reviews + coalesce(taken.readers, 0),
	(application.id * :lot) % 2147483647
LIMIT 1;

-- How far a cohort's reviews have come, and one reader's part in them.
-- name: review_progress one
-- in: cohort_id integer, person_id integer, wanted integer
-- out: applications integer, complete integer, reviews integer, mine integer
SELECT count(*) AS applications,
	count(*) FILTER (WHERE reviews >= :wanted) AS complete,
	coalesce(sum(min(reviews, :wanted)), 0) AS reviews,
	(SELECT count(*) FROM review AS own
		JOIN application AS theirs ON theirs.id = own.application_id
		WHERE own.person_id = :person_id AND own.finished_at IS NOT NULL
		AND theirs.cohort_id = :cohort_id) AS mine
FROM application WHERE cohort_id = :cohort_id
	AND standing NOT IN ('received', 'withdrawn');

-- One's own finished reviews, newest first.
-- name: review_mine many
-- in: cohort_id integer, person_id integer, before integer, most integer
-- out: place integer, has_revealed integer
SELECT review.id AS place, application.key, application.call_sign,
	application.reference, application.name, application.standing,
	review.score, review.is_flagged, review.finished_at,
	EXISTS (SELECT 1 FROM review_reveal AS reveal
		WHERE reveal.application_id = application.id
		AND reveal.person_id = :person_id) AS has_revealed
FROM review JOIN application ON application.id = review.application_id
WHERE review.person_id = :person_id AND review.finished_at IS NOT NULL
	AND application.cohort_id = :cohort_id
	AND (:before = 0 OR review.id < :before)
ORDER BY review.id DESC LIMIT :most;

-- What a reader is shown of an application beside its answers.
-- name: review_subject one
-- in: application_id integer
SELECT call_sign, reference, standing FROM application
WHERE id = :application_id;

-- Whether they applied to a cohort before, and how it ended.
-- name: review_earlier many
-- in: application_id integer
SELECT cohort.name AS cohort, earlier.standing FROM application
JOIN application AS earlier ON earlier.person_id = application.person_id
JOIN cohort ON cohort.id = earlier.cohort_id
JOIN cohort AS this ON this.id = application.cohort_id
WHERE application.id = :application_id AND earlier.id <> application.id
	AND earlier.stripped_at IS NULL AND cohort.starts_at < this.starts_at
ORDER BY cohort.starts_at;

-- The cohorts whose applications somebody was asked to review.
-- name: reviewer_desks many
-- in: person_id integer, now integer
SELECT cohort.slug, cohort.name FROM reviewer
JOIN cohort ON cohort.id = reviewer.cohort_id
WHERE reviewer.person_id = :person_id AND reviewer.ended_at IS NULL
	AND cohort.published_at IS NOT NULL AND cohort.ends_at > :now
	AND NOT EXISTS (SELECT 1 FROM member
		WHERE member.cohort_id = reviewer.cohort_id
		AND member.person_id = reviewer.person_id
		AND member.role = 'djangonaut' AND member.left_at IS NULL)
ORDER BY cohort.starts_at DESC, cohort.id DESC;

-- name: reviewer_find one
-- row: reviewer
-- in: cohort_id integer, person_id integer
SELECT cohort_id, person_id, appointed_at, ended_at FROM reviewer
WHERE cohort_id = :cohort_id AND person_id = :person_id;

-- Who reads: the appointed, and the organisers.
-- name: reviewer_list many
-- in: cohort_id integer
-- out: is_appointed integer
SELECT person.id, person.name, person.name_key, 1 AS is_appointed
FROM reviewer JOIN person ON person.id = reviewer.person_id
WHERE reviewer.cohort_id = :cohort_id AND reviewer.ended_at IS NULL
UNION ALL
SELECT person.id, person.name, person.name_key, 0
FROM member JOIN person ON person.id = member.person_id
WHERE member.cohort_id = :cohort_id AND member.role = 'organiser'
	AND member.left_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM reviewer
		WHERE reviewer.cohort_id = member.cohort_id
		AND reviewer.person_id = member.person_id
		AND reviewer.ended_at IS NULL)
ORDER BY 4 DESC, 3, 1;

-- How much each has read.
-- name: reviewer_counts many
-- in: cohort_id integer
-- out: reviews integer
SELECT review.person_id, count(*) AS reviews FROM application
CROSS JOIN review ON review.application_id = application.id
WHERE application.cohort_id = :cohort_id AND review.finished_at IS NOT NULL
GROUP BY review.person_id;

-- Members who could be appointed: organisers need not be, Djangonauts were
-- chosen already.
-- name: reviewer_candidates many
-- in: cohort_id integer
SELECT DISTINCT person.id, person.name, member.role FROM member
JOIN person ON person.id = member.person_id
WHERE member.cohort_id = :cohort_id AND member.left_at IS NULL
	AND member.role IN ('navigator', 'captain')
	AND NOT EXISTS (SELECT 1 FROM reviewer
		WHERE reviewer.cohort_id = member.cohort_id
		AND reviewer.person_id = member.person_id
		AND reviewer.ended_at IS NULL)
	AND NOT EXISTS (SELECT 1 FROM member AS chief
		WHERE chief.cohort_id = member.cohort_id
		AND chief.person_id = member.person_id
		AND chief.role = 'organiser' AND chief.left_at IS NULL)
ORDER BY person.name_key, person.id;

-- The organisers end blind review for their lists; once.
-- name: review_show_names exec
-- in: cohort_id integer, now integer
UPDATE cohort SET names_shown_at = :now
WHERE id = :cohort_id AND names_shown_at IS NULL;

-- Takes back what was taken and not finished, of one whose right has ended.
-- name: review_drop_begun exec
-- in: cohort_id integer, person_id integer
DELETE FROM review WHERE person_id = :person_id AND finished_at IS NULL
	AND application_id IN (SELECT id FROM application
		WHERE cohort_id = :cohort_id);
