-- The newest cohort that a person organises, for the frame of every page.
-- name: scope_organised_newest one
-- in: person_id integer
SELECT cohort.slug
FROM member JOIN cohort ON cohort.id = member.cohort_id
WHERE member.person_id = :person_id AND member.role = 'organiser'
	AND member.left_at IS NULL
ORDER BY cohort.starts_at DESC, cohort.id DESC LIMIT 1;
