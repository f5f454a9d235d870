-- name: outbox_insert exec
-- in: reason text, kind text, cohort_id integer, recipient text, hook_id integer, parameters text, due_at integer, now integer
INSERT INTO outbox (reason, kind, urgency, cohort_id, recipient, hook_id,
	parameters, due_at, created_at)
SELECT :reason, kind, urgency, :cohort_id, :recipient, :hook_id, :parameters,
	:due_at, :now
FROM mail_kind WHERE kind = :kind
ON CONFLICT (reason) DO NOTHING;

-- The courier's next mail, the most urgent: one look for each urgency along
-- the index, for sorting all that waits would make a thousand mails slow.
-- name: outbox_next one
-- row: outbox
-- in: now integer
SELECT id, reason, kind, urgency, cohort_id, recipient, hook_id, parameters,
	state, attempts, problem, answer, due_at, created_at, first_tried_at,
	tried_at, sent_at
FROM outbox WHERE id = coalesce(
	(SELECT id FROM outbox INDEXED BY outbox_due WHERE state = 'queued'
		AND urgency = 1 AND due_at <= :now AND hook_id IS NULL
		ORDER BY due_at, id LIMIT 1),
	(SELECT id FROM outbox INDEXED BY outbox_due WHERE state = 'queued'
		AND urgency = 2 AND due_at <= :now AND hook_id IS NULL
		ORDER BY due_at, id LIMIT 1),
	(SELECT id FROM outbox INDEXED BY outbox_due WHERE state = 'queued'
		AND urgency = 3 AND due_at <= :now AND hook_id IS NULL
		ORDER BY due_at, id LIMIT 1));

-- Its next word for a web hook.
-- name: outbox_next_of_hook one
-- row: outbox
-- in: hook_id integer, now integer
SELECT id, reason, kind, urgency, cohort_id, recipient, hook_id, parameters,
	state, attempts, problem, answer, due_at, created_at, first_tried_at,
	tried_at, sent_at
FROM outbox
WHERE hook_id = :hook_id AND state = 'queued' AND due_at <= :now
ORDER BY due_at, id LIMIT 1;

-- Its next word for the hub of feeds (feed_ping.sql).
-- name: outbox_next_ping one
-- row: outbox
-- in: now integer
SELECT id, reason, kind, urgency, cohort_id, recipient, hook_id, parameters,
	state, attempts, problem, answer, due_at, created_at, first_tried_at,
	tried_at, sent_at
FROM outbox INDEXED BY outbox_due
WHERE state = 'queued' AND urgency = 4 AND due_at <= :now
ORDER BY due_at, id LIMIT 1;

-- When the next mail is due; no row while none waits.
-- name: outbox_next_due one
SELECT due_at FROM outbox
WHERE state = 'queued' AND hook_id IS NULL AND urgency < 4
ORDER BY due_at LIMIT 1;

-- When the next word for the hub is.
-- name: outbox_ping_due one
SELECT due_at FROM outbox INDEXED BY outbox_due
WHERE state = 'queued' AND urgency = 4 ORDER BY due_at LIMIT 1;

-- The hooks for which something waits, and since when.
-- name: outbox_hooks_due many
-- out: due_at integer
SELECT hook.id, hook.link, min(outbox.due_at) AS due_at
FROM hook CROSS JOIN outbox
WHERE outbox.hook_id = hook.id AND outbox.state = 'queued'
GROUP BY hook.id ORDER BY due_at, hook.id;

-- It went out, whatever was done to its row meanwhile.
-- name: outbox_mark_sent exec
-- in: id integer, answer text, now integer
UPDATE outbox SET state = 'sent', sent_at = :now, tried_at = :now,
	attempts = attempts + 1, problem = NULL, answer = :answer
WHERE id = :id;

-- Its kind is one whose rows go once the mail has gone.
-- name: outbox_forget exec
-- in: id integer
DELETE FROM outbox WHERE id = :id AND (SELECT is_forgotten FROM mail_kind
	WHERE mail_kind.kind = outbox.kind) = 1;

-- name: outbox_mark_tried exec
-- in: id integer, state text, problem text, answer text, attempts integer, first_tried_at integer, due_at integer, now integer
UPDATE outbox SET state = :state, problem = :problem, answer = :answer,
	attempts = :attempts, first_tried_at = :first_tried_at,
	due_at = :due_at, tried_at = :now
WHERE id = :id AND state = 'queued';

-- It was not even tried.
-- name: outbox_mark_unsent exec
-- in: id integer, state text, problem text
UPDATE outbox SET state = :state, problem = :problem, answer = NULL
WHERE id = :id AND state = 'queued';

-- A server pauses: what waits for it waits on, and since when is kept.
-- name: outbox_hold_mail exec
-- in: now integer, until integer
UPDATE outbox SET due_at = :until,
	first_tried_at = coalesce(first_tried_at, :now)
WHERE state = 'queued' AND hook_id IS NULL AND urgency < 4
	AND due_at < :until;

-- name: outbox_hold_pings exec
-- in: now integer, until integer
UPDATE outbox INDEXED BY outbox_due SET due_at = :until,
	first_tried_at = coalesce(first_tried_at, :now)
WHERE state = 'queued' AND urgency = 4 AND due_at < :until;

-- name: outbox_hold_hook exec
-- in: hook_id integer, now integer, until integer
UPDATE outbox SET due_at = :until,
	first_tried_at = coalesce(first_tried_at, :now)
WHERE hook_id = :hook_id AND state = 'queued' AND due_at < :until;

-- The link of a mail that was not taken; one that was used stays.
-- name: outbox_drop_link exec
-- in: token_hash text
DELETE FROM link WHERE token_hash = :token_hash AND used_at IS NULL;

-- name: outbox_list many
-- row: outbox
SELECT id, reason, kind, urgency, cohort_id, recipient, hook_id, parameters,
	state, attempts, problem, answer, due_at, created_at, first_tried_at,
	tried_at, sent_at
FROM outbox ORDER BY id DESC LIMIT 200;

-- name: outbox_newest one
-- out: id integer
SELECT max(id) AS id FROM outbox;

-- name: outbox_settle_after exec
-- in: after integer
UPDATE outbox SET state = 'sent', attempts = 1, tried_at = created_at,
	sent_at = created_at
WHERE id > :after AND state = 'queued';

-- name: outbox_find one
-- row: outbox
-- in: id integer
SELECT id, reason, kind, urgency, cohort_id, recipient, hook_id, parameters,
	state, attempts, problem, answer, due_at, created_at, first_tried_at,
	tried_at, sent_at
FROM outbox WHERE id = :id;

-- name: outbox_requeue exec
-- in: id integer, now integer
UPDATE outbox SET state = 'queued', attempts = 0, problem = NULL,
	answer = NULL, due_at = :now, first_tried_at = NULL
WHERE id = :id AND state IN ('failed', 'cancelled');

-- name: outbox_withdraw exec
-- in: id integer
UPDATE outbox SET state = 'cancelled'
WHERE id = :id AND state IN ('queued', 'held', 'failed');

-- name: outbox_release_held exec
-- in: now integer
UPDATE outbox SET state = 'queued', due_at = max(due_at, :now)
WHERE state = 'held';
