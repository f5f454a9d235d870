-- name: question_of_standup many
-- row: question
-- in: standup_id integer
SELECT question.id, question.key, question.standup_id, question.member_id,
	member.person_id, person.name, person.pronouns, question.body,
	question.audience, question.asked_at, question.edited_at,
	question.resolved_at, standup.week, person.public_name,
	person.show_public_name
FROM question
JOIN standup ON standup.id = question.standup_id
JOIN member ON member.id = question.member_id
JOIN person ON person.id = member.person_id
WHERE question.standup_id = :standup_id ORDER BY question.id;

-- Questions of a group's earlier weeks that nobody has answered: they lead
-- the next stand-up.
-- name: question_unanswered_before many
-- row: question
-- in: group_id integer, week integer
SELECT question.id, question.key, question.standup_id, question.member_id,
	member.person_id, person.name, person.pronouns, question.body,
	question.audience, question.asked_at, question.edited_at,
	question.resolved_at, standup.week, person.public_name,
	person.show_public_name
FROM standup
JOIN question ON question.standup_id = standup.id
JOIN member ON member.id = question.member_id
JOIN person ON person.id = member.person_id
WHERE standup.group_id = :group_id AND standup.week < :week
	AND question.resolved_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM answer
		WHERE answer.question_id = question.id)
ORDER BY standup.week, question.id LIMIT 50;

-- name: question_by_key one
-- row: question
-- in: key text
SELECT question.id, question.key, question.standup_id, question.member_id,
	member.person_id, person.name, person.pronouns, question.body,
	question.audience, question.asked_at, question.edited_at,
	question.resolved_at, standup.week, person.public_name,
	person.show_public_name
FROM question
JOIN standup ON standup.id = question.standup_id
JOIN member ON member.id = question.member_id
JOIN person ON person.id = member.person_id
WHERE question.key = :key;

-- name: question_insert exec
-- in: key text, standup_id integer, member_id integer, body text, audience integer, now integer
INSERT INTO question (key, standup_id, member_id, body, audience, asked_at)
VALUES (:key, :standup_id, :member_id, :body, :audience, :now);

-- name: question_change exec
-- in: id integer, body text, audience integer, now integer
UPDATE question SET body = :body, audience = :audience, edited_at = :now
WHERE id = :id;

-- name: question_resolve exec
-- in: id integer, now integer
UPDATE question SET resolved_at = :now WHERE id = :id AND resolved_at IS NULL;

-- Everything answered in a stand-up, in the order of questions and answers.
-- name: answer_of_standup many
-- row: answer
-- in: standup_id integer
SELECT answer.id, answer.key, answer.question_id, answer.member_id,
	member.person_id, member.role, person.name, person.pronouns, answer.body,
	answer.audience, answer.answered_at, answer.edited_at,
	question.standup_id, question.audience AS question_audience,
	asker.person_id AS asker_id, person.public_name,
	person.show_public_name
FROM question
JOIN member AS asker ON asker.id = question.member_id
JOIN answer ON answer.question_id = question.id
JOIN member ON member.id = answer.member_id
JOIN person ON person.id = member.person_id
WHERE question.standup_id = :standup_id ORDER BY question.id, answer.id;

-- name: answer_by_key one
-- row: answer
-- in: key text
SELECT answer.id, answer.key, answer.question_id, answer.member_id,
	member.person_id, member.role, person.name, person.pronouns, answer.body,
	answer.audience, answer.answered_at, answer.edited_at,
	question.standup_id, question.audience AS question_audience,
	asker.person_id AS asker_id, person.public_name,
	person.show_public_name
FROM answer
JOIN question ON question.id = answer.question_id
JOIN member AS asker ON asker.id = question.member_id
JOIN member ON member.id = answer.member_id
JOIN person ON person.id = member.person_id
WHERE answer.key = :key;

-- name: answer_insert exec
-- in: key text, question_id integer, member_id integer, body text, audience integer, now integer
INSERT INTO answer (key, question_id, member_id, body, audience, answered_at)
VALUES (:key, :question_id, :member_id, :body, :audience, :now);

-- name: answer_change exec
-- in: id integer, body text, audience integer, now integer
UPDATE answer SET body = :body, audience = :audience, edited_at = :now
WHERE id = :id;

-- The asker's address, for the mail that an answer is there.
-- name: question_asker one
-- in: id integer
SELECT person.email, person.id AS person_id, member.cohort_id FROM question
JOIN member ON member.id = question.member_id
JOIN person ON person.id = member.person_id
WHERE question.id = :id;

-- What the mail of an answer says.
-- name: answer_letter one
-- in: id integer
SELECT asker_person.name AS asker, answerer_person.name AS answerer,
	cohort.id AS cohort_id, cohort.slug AS cohort_slug,
	mentoring_group.slug AS group_slug,
	mentoring_group.name AS group_name, standup.week
FROM answer
JOIN question ON question.id = answer.question_id
JOIN standup ON standup.id = question.standup_id
JOIN mentoring_group ON mentoring_group.id = standup.group_id
JOIN cohort ON cohort.id = mentoring_group.cohort_id
JOIN member AS asker ON asker.id = question.member_id
JOIN person AS asker_person ON asker_person.id = asker.person_id
JOIN member AS answerer ON answerer.id = answer.member_id
JOIN person AS answerer_person ON answerer_person.id = answerer.person_id
WHERE answer.id = :id AND asker_person.is_disabled = 0
	AND asker_person.erased_at IS NULL;
