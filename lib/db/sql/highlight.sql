-- name: highlight_of_standup many
-- row: highlight
-- in: standup_id integer
SELECT highlight.id, highlight.key, highlight.standup_id, highlight.member_id,
	member.person_id, person.name, highlight.title, highlight.body,
	highlight.published_at, highlight.updated_at, highlight.withdrawn_at,
	highlight.revision, earlier.key AS follows_key,
	earlier.title AS follows_title, earlier_standup.week AS follows_week
FROM highlight
JOIN member ON member.id = highlight.member_id
JOIN person ON person.id = member.person_id
LEFT JOIN highlight AS earlier ON earlier.id = highlight.follows_id
	AND earlier.withdrawn_at IS NULL
LEFT JOIN standup AS earlier_standup ON earlier_standup.id = earlier.standup_id
WHERE highlight.standup_id = :standup_id ORDER BY highlight.id;

-- name: highlight_by_key one
-- row: highlight
-- in: key text
SELECT highlight.id, highlight.key, highlight.standup_id, highlight.member_id,
	member.person_id, person.name, highlight.title, highlight.body,
	highlight.published_at, highlight.updated_at, highlight.withdrawn_at,
	highlight.revision, earlier.key AS follows_key,
	earlier.title AS follows_title, earlier_standup.week AS follows_week
FROM highlight
JOIN member ON member.id = highlight.member_id
JOIN person ON person.id = member.person_id
LEFT JOIN highlight AS earlier ON earlier.id = highlight.follows_id
	AND earlier.withdrawn_at IS NULL
LEFT JOIN standup AS earlier_standup ON earlier_standup.id = earlier.standup_id
WHERE highlight.key = :key;

-- What another highlight of the group may follow up, the newest first.
-- name: highlight_of_group many
-- row: highlight_line
-- in: group_id integer
SELECT highlight.id, highlight.key, highlight.title, standup.week
FROM standup JOIN highlight ON highlight.standup_id = standup.id
WHERE standup.group_id = :group_id AND highlight.withdrawn_at IS NULL
ORDER BY highlight.published_at DESC, highlight.id DESC;

-- name: highlight_insert exec
-- in: key text, standup_id integer, member_id integer, title text, body text, follows_id integer, now integer
INSERT INTO highlight (key, standup_id, member_id, title, body, follows_id,
	published_at, updated_at)
VALUES (:key, :standup_id, :member_id, :title, :body, :follows_id, :now, :now);

-- An edit always moves updated_at, its entry's too (feed.md rule 12), even a
-- second one within a second. No row: it is another version, or was taken back.
-- name: highlight_rewrite exec
-- in: id integer, title text, body text, revision integer, now integer
UPDATE highlight SET title = :title, body = :body, revision = revision + 1,
	updated_at = max(:now, updated_at + 1, coalesce((SELECT updated_at + 1
		FROM activity WHERE highlight_id = highlight.id), 0))
WHERE id = :id AND revision = :revision AND withdrawn_at IS NULL;

-- name: highlight_withdraw exec
-- in: id integer, now integer
UPDATE highlight SET withdrawn_at = :now, updated_at = max(updated_at, :now)
WHERE id = :id AND withdrawn_at IS NULL;

-- name: highlight_quote_insert exec
-- in: highlight_id integer, position integer, part text, check_in_id integer, question_id integer, answer_id integer
INSERT INTO highlight_quote (highlight_id, position, part, check_in_id,
	question_id, answer_id)
VALUES (:highlight_id, :position, :part, :check_in_id, :question_id,
	:answer_id);

-- name: highlight_quote_clear exec
-- in: highlight_id integer
DELETE FROM highlight_quote WHERE highlight_id = :highlight_id;

-- What a highlight quotes: the id is that of the check-in, question or answer.
-- name: highlight_quotes_of many
-- row: highlight_source
-- in: highlight_id integer
-- out: source_id integer
SELECT part, coalesce(check_in_id, question_id, answer_id) AS source_id
FROM highlight_quote WHERE highlight_id = :highlight_id ORDER BY position;

-- What the highlights of a stand-up quote: the words as their authors have
-- them now, and whether the public may know whose they are.
-- name: highlight_quotes_of_standup many
-- row: standup_quote
-- in: standup_id integer
-- out: words text, public_name text, show_public_name integer
SELECT highlight_quote.highlight_id, highlight_quote.part,
	CASE highlight_quote.part WHEN 'did' THEN check_in.did
		WHEN 'next' THEN check_in.next WHEN 'blocked' THEN check_in.blocked
		WHEN 'question' THEN question.body ELSE answer.body END AS words,
	person.public_name AS public_name,
	person.show_public_name AS show_public_name
FROM highlight
JOIN highlight_quote ON highlight_quote.highlight_id = highlight.id
LEFT JOIN check_in ON check_in.id = highlight_quote.check_in_id
LEFT JOIN question ON question.id = highlight_quote.question_id
LEFT JOIN answer ON answer.id = highlight_quote.answer_id
JOIN member ON member.id = coalesce(check_in.member_id, question.member_id,
	answer.member_id)
JOIN person ON person.id = member.person_id
WHERE highlight.standup_id = :standup_id
ORDER BY highlight.id, highlight_quote.position;
