-- name: standup_lay exec
-- in: group_id integer, week integer, starts_at integer, closes_at integer
INSERT INTO standup (group_id, week, starts_at, closes_at)
VALUES (:group_id, :week, :starts_at, :closes_at)
ON CONFLICT (group_id, week) DO NOTHING;

-- Moves a stand-up that has not begun.
-- name: standup_move exec
-- in: group_id integer, week integer, starts_at integer, closes_at integer, now integer
UPDATE standup SET starts_at = :starts_at, closes_at = :closes_at
WHERE group_id = :group_id AND week = :week AND starts_at > :now
	AND (starts_at <> :starts_at OR closes_at <> :closes_at);

-- name: standup_facilitate exec
-- in: group_id integer, week integer, facilitator_id integer, now integer
UPDATE standup SET facilitator_id = :facilitator_id
WHERE group_id = :group_id AND week = :week AND closes_at > :now
	AND facilitator_id IS NOT :facilitator_id;
