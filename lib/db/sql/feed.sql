-- name: feed_of_all one
-- row: feed
-- out: archives integer, generation integer
SELECT id, scope, kind, key, entries, revision, updated_at, modified_at,
	archives, generation, cohort_id, group_id, cohort_slug, cohort_name,
	cohort_goal, group_slug, group_name, group_goal
FROM feed_shown WHERE scope = 'all';

-- name: feed_of_kind one
-- row: feed
-- in: kind text
-- out: archives integer, generation integer
SELECT id, scope, kind, key, entries, revision, updated_at, modified_at,
	archives, generation, cohort_id, group_id, cohort_slug, cohort_name,
	cohort_goal, group_slug, group_name, group_goal
FROM feed_shown WHERE kind = :kind;

-- name: feed_of_cohort one
-- row: feed
-- in: slug text
-- out: archives integer, generation integer
SELECT id, scope, kind, key, entries, revision, updated_at, modified_at,
	archives, generation, cohort_id, group_id, cohort_slug, cohort_name,
	cohort_goal, group_slug, group_name, group_goal
FROM feed_shown WHERE cohort_id = (SELECT id FROM cohort WHERE slug = :slug);

-- name: feed_of_group one
-- row: feed
-- in: cohort text, slug text
-- out: archives integer, generation integer
SELECT id, scope, kind, key, entries, revision, updated_at, modified_at,
	archives, generation, cohort_id, group_id, cohort_slug, cohort_name,
	cohort_goal, group_slug, group_name, group_goal
FROM feed_shown WHERE group_id = (SELECT mentoring_group.id FROM cohort
	JOIN mentoring_group ON mentoring_group.cohort_id = cohort.id
	WHERE cohort.slug = :cohort AND mentoring_group.slug = :slug);

-- What decides whether a rendering still holds.
-- name: feed_revision one
-- in: id integer
-- out: revision integer
SELECT revision FROM feed WHERE id = :id;

-- The generation of an archive; no row where there is none.
-- name: feed_archive_find one
-- in: feed_id integer, number integer
-- out: generation integer
SELECT coalesce((SELECT generation FROM feed_generation
	WHERE feed_id = feed.id AND number <= :number
	ORDER BY number DESC LIMIT 1), 1) AS generation
FROM feed
WHERE id = :feed_id AND :number BETWEEN 1 AND entries / 50 - 1;

-- The cohorts that have a feed, newest first.
-- name: feed_cohorts many
-- row: feed_cohort
SELECT cohort.slug, cohort.name
FROM feed JOIN cohort ON cohort.id = feed.cohort_id
WHERE cohort.published_at IS NOT NULL
ORDER BY cohort.starts_at DESC, cohort.id DESC LIMIT 20;

-- Only for a programme that has told of nothing but its beginning.
-- name: feed_set_back exec
-- in: now integer
UPDATE feed SET entries = 0, updated_at = :now, modified_at = :now;

-- name: feed_date exec
-- in: now integer
UPDATE feed INDEXED BY feed_to_date SET modified_at = max(modified_at, :now),
	revision = revision + 1, dated = revision + 1
WHERE revision > dated AND id > 0;

-- What was taken back long enough ago becomes a tombstone; when is that of the
-- last change of its entry, too.
-- name: feed_bury exec
-- in: now integer, before integer
UPDATE activity SET tombstoned_at = max(updated_at, :now),
	updated_at = max(updated_at, :now)
WHERE withdrawn_at <= :before AND tombstoned_at IS NULL;

-- name: feed_bury_next one
-- out: withdrawn_at integer
SELECT min(withdrawn_at) AS withdrawn_at FROM activity
WHERE withdrawn_at IS NOT NULL AND tombstoned_at IS NULL;

-- After a restore: what was counted since the copy was made is not known, and
-- is less than the seconds since 1970.
-- name: feed_count_on exec
-- in: now integer
UPDATE feed SET changes = max(changes + 1, :now),
	revision = max(revision + 1, :now),
	modified_at = max(modified_at + 1, :now);

-- name: feed_renew_archives exec
INSERT INTO feed_generation (feed_id, number, generation)
SELECT id, 1, changes FROM feed;
