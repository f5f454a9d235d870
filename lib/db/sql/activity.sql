-- name: activity_insert exec
-- in: key text, kind text, cohort_id integer, highlight_id integer, published_at integer
INSERT INTO activity (key, kind, cohort_id, highlight_id, published_at,
	updated_at)
VALUES (:key, :kind, :cohort_id, :highlight_id, :published_at, :published_at)
ON CONFLICT DO NOTHING;

-- The newest activities of everything.
-- name: activity_newest many
-- row: activity
-- in: most integer
-- out: author_name text, sequels integer
SELECT id, key, kind, published_at, updated_at, withdrawn_at, tombstoned_at,
	cohort_id, cohort_slug, cohort_name, cohort_goal, closes_at, starts_at,
	ends_at, weeks, highlight_id, highlight_key, title, body, week,
	group_slug, group_name, author_role, author_name, follows_key,
	follows_highlight, follows_title, sequels
FROM activity_shown WHERE withdrawn_at IS NULL
ORDER BY published_at DESC, id DESC LIMIT :most;

-- What a feed carries from one position to another, newest first; withdrawn
-- ones are there.
-- name: activity_between many
-- row: activity
-- in: feed_id integer, first integer, last integer
-- out: author_name text, sequels integer
SELECT activity_shown.id, key, kind, published_at, updated_at, withdrawn_at, tombstoned_at,
	cohort_id, cohort_slug, cohort_name, cohort_goal, closes_at, starts_at,
	ends_at, weeks, highlight_id, highlight_key, title, body, week,
	group_slug, group_name, author_role, author_name, follows_key,
	follows_highlight, follows_title, sequels
FROM feed_entry JOIN activity_shown ON activity_shown.id = feed_entry.activity_id
WHERE feed_entry.feed_id = :feed_id
	AND feed_entry.position BETWEEN :first AND :last
ORDER BY feed_entry.position DESC;

-- An activity by its number; no row once it was withdrawn.
-- name: activity_by_id one
-- row: activity
-- in: id integer
-- out: author_name text, sequels integer
SELECT id, key, kind, published_at, updated_at, withdrawn_at, tombstoned_at,
	cohort_id, cohort_slug, cohort_name, cohort_goal, closes_at, starts_at,
	ends_at, weeks, highlight_id, highlight_key, title, body, week,
	group_slug, group_name, author_role, author_name, follows_key,
	follows_highlight, follows_title, sequels
FROM activity_shown WHERE id = :id AND withdrawn_at IS NULL;

-- The groups that a groups_formed activity tells of. Whoever shows more of
-- them adds a trigger to 015_feeds.sql that touches the feeds.
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

-- Only for a programme that has told of nothing but its beginning.
-- name: activity_delete exec
-- in: id integer
DELETE FROM activity WHERE id = :id;
