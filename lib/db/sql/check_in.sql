-- In the same order of people every week.
-- name: check_in_of_standup many
-- row: check_in
-- in: standup_id integer
SELECT check_in.id, check_in.key, check_in.standup_id, check_in.member_id,
	member.person_id, person.name, person.pronouns, check_in.did,
	check_in.next, check_in.blocked, check_in.audience,
	check_in.did_audience, check_in.next_audience, check_in.blocked_audience,
	check_in.is_late, check_in.created_at, check_in.edited_at,
	person.public_name, person.show_public_name, person.pronouns_audience
FROM check_in
JOIN member ON member.id = check_in.member_id
JOIN person ON person.id = member.person_id
WHERE check_in.standup_id = :standup_id ORDER BY check_in.member_id;

-- name: check_in_of_member one
-- row: check_in
-- in: standup_id integer, member_id integer
SELECT check_in.id, check_in.key, check_in.standup_id, check_in.member_id,
	member.person_id, person.name, person.pronouns, check_in.did,
	check_in.next, check_in.blocked, check_in.audience,
	check_in.did_audience, check_in.next_audience, check_in.blocked_audience,
	check_in.is_late, check_in.created_at, check_in.edited_at,
	person.public_name, person.show_public_name, person.pronouns_audience
FROM check_in
JOIN member ON member.id = check_in.member_id
JOIN person ON person.id = member.person_id
WHERE check_in.standup_id = :standup_id AND check_in.member_id = :member_id;

-- name: check_in_insert exec
-- in: key text, standup_id integer, member_id integer, did text, next text, blocked text, audience integer, did_audience integer, next_audience integer, blocked_audience integer, is_late integer, now integer
INSERT INTO check_in (key, standup_id, member_id, did, next, blocked, audience,
	did_audience, next_audience, blocked_audience, is_late, created_at)
VALUES (:key, :standup_id, :member_id, :did, :next, :blocked, :audience,
	:did_audience, :next_audience, :blocked_audience, :is_late, :now);

-- name: check_in_change exec
-- in: id integer, did text, next text, blocked text, audience integer, did_audience integer, next_audience integer, blocked_audience integer, now integer
UPDATE check_in SET did = :did, next = :next, blocked = :blocked,
	audience = :audience, did_audience = :did_audience,
	next_audience = :next_audience, blocked_audience = :blocked_audience,
	edited_at = :now
WHERE id = :id;

-- An audience may be narrowed at any time, also when words no longer change.
-- name: check_in_change_audience exec
-- in: id integer, audience integer, did_audience integer, next_audience integer, blocked_audience integer, now integer
UPDATE check_in SET audience = :audience, did_audience = :did_audience,
	next_audience = :next_audience, blocked_audience = :blocked_audience,
	edited_at = :now
WHERE id = :id;
