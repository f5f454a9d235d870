-- name: outbox_insert exec
-- in: reason text, kind text, cohort_id integer, recipient text, hook_id integer, parameters text, due_at integer, now integer
INSERT INTO outbox (reason, kind, urgency, cohort_id, recipient, hook_id,
	parameters, due_at, created_at)
SELECT :reason, kind, urgency, :cohort_id, :recipient, :hook_id, :parameters,
	:due_at, :now
FROM mail_kind WHERE kind = :kind
ON CONFLICT (reason) DO NOTHING;

-- The courier's next mail.
-- name: outbox_next one
-- row: outbox
-- in: now integer
SELECT id, reason, kind, cohort_id, recipient, hook_id, parameters, state,
	attempts, problem, answer, due_at, created_at, first_tried_at, tried_at,
	sent_at
FROM outbox WHERE state = 'queued' AND due_at <= :now
ORDER BY urgency, due_at, id LIMIT 1;

-- When the courier has something to do next; no row while nothing waits.
-- name: outbox_next_due one
SELECT due_at FROM outbox WHERE state = 'queued' ORDER BY due_at LIMIT 1;

-- name: outbox_mark_sent exec
-- in: id integer, now integer
UPDATE outbox SET state = 'sent', sent_at = :now, attempts = attempts + 1,
	problem = NULL
WHERE id = :id AND state = 'queued';

-- name: outbox_mark_problem exec
-- in: id integer, state text, problem text, due_at integer
UPDATE outbox SET state = :state, problem = :problem, due_at = :due_at,
	attempts = attempts + 1
WHERE id = :id AND state = 'queued';

-- name: outbox_list many
-- row: outbox
SELECT id, reason, kind, cohort_id, recipient, hook_id, parameters, state,
	attempts, problem, answer, due_at, created_at, first_tried_at, tried_at,
	sent_at
FROM outbox ORDER BY id DESC LIMIT 200;

-- name: outbox_newest one
-- out: id integer
SELECT max(id) AS id FROM outbox;

-- name: outbox_cancel_after exec
-- in: after integer
UPDATE outbox SET state = 'cancelled' WHERE id > :after AND state = 'queued';

-- name: outbox_find one
-- row: outbox
-- in: id integer
SELECT id, reason, kind, cohort_id, recipient, hook_id, parameters, state,
	attempts, problem, answer, due_at, created_at, first_tried_at, tried_at,
	sent_at
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
