-- name: activity_insert exec
-- in: key text, kind text, cohort_id integer, highlight_id integer, published_at integer
INSERT INTO activity (key, kind, cohort_id, highlight_id, published_at,
	updated_at)
VALUES (:key, :kind, :cohort_id, :highlight_id, :published_at, :published_at)
ON CONFLICT DO NOTHING;

-- The newest instant at which a feed changed, so that time never runs
-- backwards in it.
-- name: feed_revision one
-- row: feed_revision
-- in: cohort_id integer
SELECT cohort_id, revision, updated_at FROM feed WHERE cohort_id = :cohort_id;

-- The newest activities of everything.
-- name: activity_newest many
-- row: activity
-- in: most integer
SELECT activity.id, activity.key, activity.kind, activity.published_at,
	activity.updated_at, activity.cohort_id, cohort.slug AS cohort_slug,
	cohort.name AS cohort_name, cohort.goal AS cohort_goal,
	cohort.closes_at, cohort.starts_at, cohort.ends_at, cohort.weeks,
	activity.highlight_id, highlight.key AS highlight_key, highlight.title,
	highlight.body, standup.week, mentoring_group.slug AS group_slug,
	mentoring_group.name AS group_name
FROM activity
LEFT JOIN cohort ON cohort.id = activity.cohort_id
LEFT JOIN highlight ON highlight.id = activity.highlight_id
LEFT JOIN standup ON standup.id = highlight.standup_id
LEFT JOIN mentoring_group ON mentoring_group.id = standup.group_id
WHERE activity.withdrawn_at IS NULL
ORDER BY activity.published_at DESC, activity.id DESC LIMIT :most;

-- The newest activities of one cohort.
-- name: activity_newest_of_cohort many
-- row: activity
-- in: cohort_id integer, most integer
SELECT activity.id, activity.key, activity.kind, activity.published_at,
	activity.updated_at, activity.cohort_id, cohort.slug AS cohort_slug,
	cohort.name AS cohort_name, cohort.goal AS cohort_goal,
	cohort.closes_at, cohort.starts_at, cohort.ends_at, cohort.weeks,
	activity.highlight_id, highlight.key AS highlight_key, highlight.title,
	highlight.body, standup.week, mentoring_group.slug AS group_slug,
	mentoring_group.name AS group_name
FROM activity
JOIN cohort ON cohort.id = activity.cohort_id
LEFT JOIN highlight ON highlight.id = activity.highlight_id
LEFT JOIN standup ON standup.id = highlight.standup_id
LEFT JOIN mentoring_group ON mentoring_group.id = standup.group_id
WHERE activity.cohort_id = :cohort_id AND activity.withdrawn_at IS NULL
ORDER BY activity.published_at DESC, activity.id DESC LIMIT :most;

-- The groups that a groups_formed activity tells of, Djangonauts counted.
-- name: activity_groups many
-- row: activity_group
-- in: cohort_id integer
-- out: djangonauts integer
SELECT mentoring_group.slug, mentoring_group.name, mentoring_group.goal,
	project.name AS project,
	(SELECT count(*) FROM placement
		JOIN member ON member.id = placement.member_id
		WHERE placement.group_id = mentoring_group.id
		AND placement.left_at IS NULL AND member.role = 'djangonaut')
		AS djangonauts
FROM mentoring_group JOIN project ON project.id = mentoring_group.project_id
WHERE mentoring_group.cohort_id = :cohort_id
ORDER BY mentoring_group.name, mentoring_group.id;
