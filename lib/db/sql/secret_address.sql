-- Secret addresses: see model/secret_address.h.

-- The address that a token opens; that of a disabled account opens nothing.
-- name: secret_address_by_hash one
-- row: secret_address
-- in: token_hash text
SELECT secret_address.id, secret_address.key, secret_address.person_id,
	secret_address.purpose, secret_address.group_id,
	secret_address.created_at, secret_address.renewed_at
FROM secret_address JOIN person ON person.id = secret_address.person_id
WHERE secret_address.token_hash = :token_hash AND person.is_disabled = 0;

-- name: secret_address_of_person many
-- row: secret_address
-- in: person_id integer
SELECT id, key, person_id, purpose, group_id, created_at, renewed_at
FROM secret_address WHERE person_id = :person_id ORDER BY id;

-- name: secret_address_insert exec
-- in: key text, token_hash text, person_id integer, purpose text, group_id integer, now integer
INSERT INTO secret_address (key, token_hash, person_id, purpose, group_id,
	created_at)
VALUES (:key, :token_hash, :person_id, :purpose, :group_id, :now);

-- The token before opens nothing any more.
-- name: secret_address_renew exec
-- in: token_hash text, person_id integer, purpose text, group_id integer, now integer
UPDATE secret_address SET token_hash = :token_hash, renewed_at = :now
WHERE person_id = :person_id AND purpose = :purpose
	AND coalesce(group_id, 0) = coalesce(:group_id, 0);

-- name: secret_address_delete exec
-- in: person_id integer, purpose text, group_id integer
DELETE FROM secret_address
WHERE person_id = :person_id AND purpose = :purpose
	AND coalesce(group_id, 0) = coalesce(:group_id, 0);

-- The groups that somebody sits in and may read, newest cohort first: those
-- of published cohorts that did not end before :ended_after.
-- name: secret_address_groups many
-- row: secret_group
-- in: person_id integer, ended_after integer
SELECT DISTINCT mentoring_group.id, mentoring_group.slug,
	mentoring_group.name, cohort.slug AS cohort_slug,
	cohort.name AS cohort_name, cohort.starts_at
FROM member
JOIN placement ON placement.member_id = member.id AND placement.left_at IS NULL
JOIN mentoring_group ON mentoring_group.id = placement.group_id
JOIN cohort ON cohort.id = mentoring_group.cohort_id
WHERE member.person_id = :person_id AND member.left_at IS NULL
	AND cohort.published_at IS NOT NULL AND cohort.ends_at > :ended_after
ORDER BY cohort.starts_at DESC, mentoring_group.name, mentoring_group.id
LIMIT 100;

-- Those of groups that nobody but organisers may read any more.
-- name: secret_address_forget exec
-- in: ended_until integer
DELETE FROM secret_address WHERE group_id IN (SELECT mentoring_group.id
	FROM cohort
	CROSS JOIN mentoring_group ON mentoring_group.cohort_id = cohort.id
	WHERE cohort.ends_at <= :ended_until);
