-- A public highlight by the key in its address; none once it was taken back,
-- or where the cohort is a draft.
-- name: timeline_highlight one
-- row: activity
-- in: key text, group_id integer
-- out: author_name text, sequels integer
SELECT id, key, kind, published_at, updated_at, withdrawn_at, tombstoned_at,
	cohort_id, cohort_slug, cohort_name, cohort_goal, closes_at, starts_at,
	ends_at, weeks, highlight_id, highlight_key, title, body, week,
	group_slug, group_name, author_role, author_name, follows_key,
	follows_highlight, follows_title, sequels
FROM activity_shown
WHERE id = (SELECT activity.id FROM highlight
		JOIN standup ON standup.id = highlight.standup_id
		JOIN activity ON activity.highlight_id = highlight.id
		WHERE highlight.key = :key AND standup.group_id = :group_id)
	AND withdrawn_at IS NULL;

-- What goes on with a highlight, in the order in which it was told.
-- name: timeline_sequels many
-- row: timeline_sequel
-- in: highlight_id integer
SELECT key, title, published_at FROM highlight
WHERE follows_id = :highlight_id AND withdrawn_at IS NULL
ORDER BY published_at, id;

-- The groups of a cohort that have a feed.
-- name: timeline_groups many
-- row: timeline_group
-- in: cohort_id integer
SELECT mentoring_group.slug, mentoring_group.name
FROM mentoring_group JOIN feed ON feed.group_id = mentoring_group.id
WHERE mentoring_group.cohort_id = :cohort_id
ORDER BY mentoring_group.name, mentoring_group.id;
