-- name: standing_set exec
-- in: application_id integer, before text, after text, position integer
UPDATE application SET standing = :after,
	waitlist_position = coalesce(:position, waitlist_position)
WHERE id = :application_id AND standing = :before;

-- name: standing_of one
-- in: application_id integer
SELECT standing, waitlist_position FROM application WHERE id = :application_id;

-- name: standing_steps many
-- row: standing_pair
SELECT before, after FROM standing_step ORDER BY before, after;
