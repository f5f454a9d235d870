-- name: audit_insert exec
-- in: at integer, actor_id integer, action text, cohort_id integer, subject_id integer, detail text
INSERT INTO audit (at, actor_id, action, cohort_id, subject_id, detail)
VALUES (:at, :actor_id, :action, :cohort_id, :subject_id, :detail);

-- What was done in a cohort, newest first, from a place in the list on. Of
-- those who were erased the names are gone. Whoever was invited and has not
-- come is nobody of the cohort's: that the address has an account, and whose,
-- is not told.
-- name: audit_of_cohort many
-- row: audit
-- in: cohort_id integer, before integer, most integer
SELECT audit.id, audit.at, audit.action, audit.actor_id,
	actor.name AS actor_name, actor.erased_at AS actor_erased_at,
	subject.id AS subject_id, subject.name AS subject_name,
	subject.erased_at AS subject_erased_at, audit.detail, audit.cohort_id,
	cohort.slug AS cohort_slug, cohort.name AS cohort_name
FROM audit
LEFT JOIN person AS actor ON actor.id = audit.actor_id
LEFT JOIN person AS subject ON subject.id = audit.subject_id
	AND (EXISTS (SELECT 1 FROM member
			WHERE member.cohort_id = audit.cohort_id
			AND member.person_id = audit.subject_id)
		OR EXISTS (SELECT 1 FROM application
			WHERE application.cohort_id = audit.cohort_id
			AND application.person_id = audit.subject_id))
LEFT JOIN cohort ON cohort.id = audit.cohort_id
WHERE audit.cohort_id = :cohort_id AND audit.id < :before
ORDER BY audit.id DESC LIMIT :most;

-- The same of everything, for administrators, who have no right to know who
-- the members of a cohort are: of what happened in one they are told the names
-- of organisers and administrators alone.
-- name: audit_of_all many
-- row: audit
-- in: before integer, most integer
-- out: actor_name text, subject_name text
SELECT audit.id, audit.at, audit.action, audit.actor_id,
	CASE WHEN audit.cohort_id IS NULL OR actor.is_administrator = 1
		OR EXISTS (SELECT 1 FROM member
			WHERE member.cohort_id = audit.cohort_id
			AND member.person_id = audit.actor_id
			AND member.role = 'organiser')
		THEN actor.name END AS actor_name,
	actor.erased_at AS actor_erased_at, audit.subject_id,
	CASE WHEN audit.cohort_id IS NULL OR subject.is_administrator = 1
		OR EXISTS (SELECT 1 FROM member
			WHERE member.cohort_id = audit.cohort_id
			AND member.person_id = audit.subject_id
			AND member.role = 'organiser')
		THEN subject.name END AS subject_name,
	subject.erased_at AS subject_erased_at, audit.detail, audit.cohort_id,
	cohort.slug AS cohort_slug, cohort.name AS cohort_name
FROM audit
LEFT JOIN person AS actor ON actor.id = audit.actor_id
LEFT JOIN person AS subject ON subject.id = audit.subject_id
LEFT JOIN cohort ON cohort.id = audit.cohort_id
WHERE audit.id < :before
ORDER BY audit.id DESC LIMIT :most;
