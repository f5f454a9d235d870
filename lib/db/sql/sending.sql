-- What was or is to be sent for a cohort, newest first, from a place in the
-- list on; state '' stands for all. LEFT JOIN keeps to that order.
-- name: sending_of_cohort many
-- row: sending
-- in: cohort_id integer, state text, before integer, most integer
-- out: feed_id integer, feed_document text
SELECT outbox.id, outbox.kind, outbox.cohort_id, cohort.slug AS cohort_slug,
	cohort.name AS cohort_name, outbox.recipient, outbox.hook_id,
	hook.name AS hook_name, outbox.state, outbox.attempts, outbox.problem,
	outbox.answer, outbox.due_at, outbox.created_at, outbox.tried_at,
	outbox.sent_at, mail_kind.is_private,
	CASE outbox.kind WHEN 'feed_ping' THEN
		CAST(outbox.parameters ->> '$.feed' AS INTEGER) END AS feed_id,
	CASE outbox.kind WHEN 'feed_ping' THEN
		outbox.parameters ->> '$.document' END AS feed_document
FROM outbox
LEFT JOIN mail_kind ON mail_kind.kind = outbox.kind
LEFT JOIN cohort ON cohort.id = outbox.cohort_id
LEFT JOIN hook ON hook.id = outbox.hook_id
WHERE outbox.cohort_id = :cohort_id AND outbox.id < :before
	AND (:state = '' OR outbox.state = :state)
ORDER BY outbox.id DESC LIMIT :most;

-- The same of everything.
-- name: sending_of_all many
-- row: sending
-- in: state text, before integer, most integer
-- out: feed_id integer, feed_document text
SELECT outbox.id, outbox.kind, outbox.cohort_id, cohort.slug AS cohort_slug,
	cohort.name AS cohort_name, outbox.recipient, outbox.hook_id,
	hook.name AS hook_name, outbox.state, outbox.attempts, outbox.problem,
	outbox.answer, outbox.due_at, outbox.created_at, outbox.tried_at,
	outbox.sent_at, mail_kind.is_private,
	CASE outbox.kind WHEN 'feed_ping' THEN
		CAST(outbox.parameters ->> '$.feed' AS INTEGER) END AS feed_id,
	CASE outbox.kind WHEN 'feed_ping' THEN
		outbox.parameters ->> '$.document' END AS feed_document
FROM outbox
LEFT JOIN mail_kind ON mail_kind.kind = outbox.kind
LEFT JOIN cohort ON cohort.id = outbox.cohort_id
LEFT JOIN hook ON hook.id = outbox.hook_id
WHERE outbox.id < :before AND (:state = '' OR outbox.state = :state)
ORDER BY outbox.id DESC LIMIT :most;

-- name: sending_by_id one
-- row: sending
-- in: id integer
-- out: feed_id integer, feed_document text
SELECT outbox.id, outbox.kind, outbox.cohort_id, cohort.slug AS cohort_slug,
	cohort.name AS cohort_name, outbox.recipient, outbox.hook_id,
	hook.name AS hook_name, outbox.state, outbox.attempts, outbox.problem,
	outbox.answer, outbox.due_at, outbox.created_at, outbox.tried_at,
	outbox.sent_at, mail_kind.is_private,
	CASE outbox.kind WHEN 'feed_ping' THEN
		CAST(outbox.parameters ->> '$.feed' AS INTEGER) END AS feed_id,
	CASE outbox.kind WHEN 'feed_ping' THEN
		outbox.parameters ->> '$.document' END AS feed_document
FROM outbox
LEFT JOIN mail_kind ON mail_kind.kind = outbox.kind
LEFT JOIN cohort ON cohort.id = outbox.cohort_id
LEFT JOIN hook ON hook.id = outbox.hook_id
WHERE outbox.id = :id;
