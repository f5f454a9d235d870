-- The feeds that show something else than the hub was told of, the oldest
-- first, but for those of which a word waits to go. A ':' ends a number, and
-- ';' comes right after it.
-- name: feed_ping_due many
-- in: most integer
-- out: cohort_id integer
SELECT feed.id, feed.revision,
	coalesce(feed.cohort_id, mentoring_group.cohort_id) AS cohort_id
FROM feed INDEXED BY feed_to_ping
LEFT JOIN mentoring_group ON mentoring_group.id = feed.group_id
WHERE feed.revision > feed.pinged AND feed.id > 0
	AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.state = 'queued'
		AND outbox.reason > 'feed_ping:' || feed.id || ':'
		AND outbox.reason < 'feed_ping:' || feed.id || ';')
ORDER BY feed.id LIMIT :most;

-- What is known of older words of a feed, which the next one makes pointless.
-- name: feed_ping_drop exec
-- in: first text, last text
DELETE FROM outbox WHERE reason > :first AND reason < :last;

-- name: feed_ping_insert exec
-- in: reason text, cohort_id integer, parameters text, due_at integer, now integer
INSERT INTO outbox (reason, kind, urgency, cohort_id, recipient, parameters,
	due_at, created_at)
VALUES (:reason, 'feed_ping', 4, :cohort_id, 'hub', :parameters, :due_at, :now);

-- name: feed_ping_note exec
-- in: id integer, revision integer
UPDATE feed SET pinged = :revision WHERE id = :id;

-- There is no hub: it missed nothing.
-- name: feed_ping_skip exec
UPDATE feed INDEXED BY feed_to_ping SET pinged = revision
WHERE revision > pinged AND id > 0;

-- name: feed_ping_forget exec
DELETE FROM outbox WHERE urgency = 4 AND state = 'queued';

-- The name of a feed; no row when it is gone, or a draft's.
-- name: feed_ping_name one
-- in: id integer
SELECT kind, cohort_slug, group_slug FROM feed_shown WHERE id = :id;
