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

-- The newest activities of everything. The author's name is there only while
-- the public may know it.
-- name: activity_newest many
-- row: activity
-- in: most integer
-- out: author_name text
SELECT activity.id, activity.key, activity.kind, activity.published_at,
	activity.updated_at, activity.cohort_id, cohort.slug AS cohort_slug,
	cohort.name AS cohort_name, cohort.goal AS cohort_goal,
	cohort.closes_at, cohort.starts_at, cohort.ends_at, cohort.weeks,
	activity.highlight_id, highlight.key AS highlight_key, highlight.title,
	highlight.body, standup.week, mentoring_group.slug AS group_slug,
	mentoring_group.name AS group_name, member.role AS author_role,
	CASE WHEN person.show_public_name = 1 AND person.is_disabled = 0
		AND member.left_at IS NULL THEN person.public_name END
		AS author_name
FROM activity
LEFT JOIN cohort ON cohort.id = activity.cohort_id
LEFT JOIN highlight ON highlight.id = activity.highlight_id
LEFT JOIN standup ON standup.id = highlight.standup_id
LEFT JOIN mentoring_group ON mentoring_group.id = standup.group_id
LEFT JOIN member ON member.id = highlight.member_id
LEFT JOIN person ON person.id = member.person_id
WHERE activity.withdrawn_at IS NULL
	AND (activity.kind <> 'highlight' OR activity.highlight_id IS NOT NULL)
ORDER BY activity.published_at DESC, activity.id DESC LIMIT :most;

-- The newest activities of one cohort.
-- name: activity_newest_of_cohort many
-- row: activity
-- in: cohort_id integer, most integer
-- out: author_name text
SELECT activity.id, activity.key, activity.kind, activity.published_at,
	activity.updated_at, activity.cohort_id, cohort.slug AS cohort_slug,
	cohort.name AS cohort_name, cohort.goal AS cohort_goal,
	cohort.closes_at, cohort.starts_at, cohort.ends_at, cohort.weeks,
	activity.highlight_id, highlight.key AS highlight_key, highlight.title,
	highlight.body, standup.week, mentoring_group.slug AS group_slug,
	mentoring_group.name AS group_name, member.role AS author_role,
	CASE WHEN person.show_public_name = 1 AND person.is_disabled = 0
		AND member.left_at IS NULL THEN person.public_name END
		AS author_name
FROM activity
JOIN cohort ON cohort.id = activity.cohort_id
LEFT JOIN highlight ON highlight.id = activity.highlight_id
LEFT JOIN standup ON standup.id = highlight.standup_id
LEFT JOIN mentoring_group ON mentoring_group.id = standup.group_id
LEFT JOIN member ON member.id = highlight.member_id
LEFT JOIN person ON person.id = member.person_id
WHERE activity.cohort_id = :cohort_id AND activity.withdrawn_at IS NULL
	AND (activity.kind <> 'highlight' OR activity.highlight_id IS NOT NULL)
ORDER BY activity.published_at DESC, activity.id DESC LIMIT :most;

-- An activity by its number; no row once it was withdrawn.
-- name: activity_by_id one
-- row: activity
-- in: id integer
-- out: author_name text
SELECT activity.id, activity.key, activity.kind, activity.published_at,
	activity.updated_at, activity.cohort_id, cohort.slug AS cohort_slug,
	cohort.name AS cohort_name, cohort.goal AS cohort_goal,
	cohort.closes_at, cohort.starts_at, cohort.ends_at, cohort.weeks,
	activity.highlight_id, highlight.key AS highlight_key, highlight.title,
	highlight.body, standup.week, mentoring_group.slug AS group_slug,
	mentoring_group.name AS group_name, member.role AS author_role,
	CASE WHEN person.show_public_name = 1 AND person.is_disabled = 0
		AND member.left_at IS NULL THEN person.public_name END
		AS author_name
FROM activity
LEFT JOIN cohort ON cohort.id = activity.cohort_id
LEFT JOIN highlight ON highlight.id = activity.highlight_id
LEFT JOIN standup ON standup.id = highlight.standup_id
LEFT JOIN mentoring_group ON mentoring_group.id = standup.group_id
LEFT JOIN member ON member.id = highlight.member_id
LEFT JOIN person ON person.id = member.person_id
WHERE activity.id = :id AND activity.withdrawn_at IS NULL
	AND (activity.kind <> 'highlight' OR activity.highlight_id IS NOT NULL);

-- The groups that a groups_formed activity tells of. Whoever shows more of
-- them adds a trigger to 005_activities.sql that moves the feed's revision.
-- name: activity_groups many
-- row: activity_group
-- in: cohort_id integer
SELECT mentoring_group.slug, mentoring_group.name, mentoring_group.goal,
	project.name AS project
FROM mentoring_group JOIN project ON project.id = mentoring_group.project_id
WHERE mentoring_group.cohort_id = :cohort_id
ORDER BY mentoring_group.slug;

-- The words that a highlight quotes, as their authors have them now. The
-- audience was judged when the quote was made and when it changed; a feed is
-- the last place to judge it.
-- name: activity_quotes many
-- row: activity_quote
-- in: highlight_id integer
-- out: words text, name text
SELECT CASE highlight_quote.part WHEN 'did' THEN check_in.did
		WHEN 'next' THEN check_in.next WHEN 'blocked' THEN check_in.blocked
		WHEN 'question' THEN question.body ELSE answer.body END AS words,
	CASE WHEN person.show_public_name = 1 AND person.is_disabled = 0
		AND member.left_at IS NULL THEN person.public_name END AS name
FROM highlight_quote
LEFT JOIN check_in ON check_in.id = highlight_quote.check_in_id
LEFT JOIN answer ON answer.id = highlight_quote.answer_id
LEFT JOIN question
	ON question.id = coalesce(highlight_quote.question_id, answer.question_id)
JOIN member ON member.id = CASE highlight_quote.part
	WHEN 'question' THEN question.member_id
	WHEN 'answer' THEN answer.member_id ELSE check_in.member_id END
JOIN person ON person.id = member.person_id
WHERE highlight_quote.highlight_id = :highlight_id
AND 4 = CASE highlight_quote.part WHEN 'did' THEN check_in.did_audience
	WHEN 'next' THEN check_in.next_audience
	WHEN 'blocked' THEN check_in.blocked_audience
	WHEN 'question' THEN question.audience
	ELSE min(answer.audience, question.audience) END
ORDER BY highlight_quote.position;

-- The cohorts that have a feed, newest first.
-- name: activity_feeds many
-- row: activity_feed
SELECT cohort.slug, cohort.name
FROM feed JOIN cohort ON cohort.id = feed.cohort_id
WHERE cohort.published_at IS NOT NULL
ORDER BY cohort.starts_at DESC, cohort.id DESC LIMIT 20;

-- Only for a programme that has told of nothing but its beginning.
-- name: activity_delete exec
-- in: id integer
DELETE FROM activity WHERE id = :id;

-- name: feed_set_back exec
-- in: now integer
UPDATE feed SET updated_at = :now WHERE cohort_id = 0;
