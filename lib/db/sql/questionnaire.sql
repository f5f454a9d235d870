-- name: questionnaire_by_purpose one
-- row: questionnaire
-- in: cohort_id integer, purpose text
SELECT id, cohort_id, purpose, intro, minutes, revision FROM questionnaire
WHERE cohort_id = :cohort_id AND purpose = :purpose;

-- name: questionnaire_item_list many
-- row: questionnaire_item
-- in: questionnaire_id integer, with_retired integer
SELECT questionnaire_item.id, questionnaire_item.name,
	questionnaire_item.position, questionnaire_item.kind,
	questionnaire_item.is_sensitive, questionnaire_item.is_identifying,
	questionnaire_item.retired_at, item_wording.id AS wording_id,
	item_wording.label, item_wording.help, item_wording.is_required,
	item_wording.least, item_wording.most, item_wording.options
FROM questionnaire_item
JOIN item_wording ON item_wording.id = (SELECT max(newest.id)
	FROM item_wording AS newest
	WHERE newest.item_id = questionnaire_item.id)
WHERE questionnaire_item.questionnaire_id = :questionnaire_id
	AND (questionnaire_item.retired_at IS NULL OR :with_retired = 1)
ORDER BY questionnaire_item.position, questionnaire_item.id;

-- name: questionnaire_item_insert exec
-- in: questionnaire_id integer, name text, kind text, is_sensitive integer, is_identifying integer
INSERT INTO questionnaire_item (questionnaire_id, name, position, kind,
	is_sensitive, is_identifying)
VALUES (:questionnaire_id, :name,
	(SELECT coalesce(max(other.position), 0) + 1
		FROM questionnaire_item AS other
		WHERE other.questionnaire_id = :questionnaire_id),
	:kind, :is_sensitive, :is_identifying);

-- name: item_wording_insert exec
-- in: item_id integer, label text, help text, is_required integer, least integer, most integer, options text, now integer
INSERT INTO item_wording (item_id, label, help, is_required, least, most,
	options, made_at)
VALUES (:item_id, :label, :help, :is_required, :least, :most, :options, :now);

-- Answers stand beside the words that were asked, in the order of the
-- questions, those asked no more included.
-- name: application_answer_list many
-- row: application_answer
-- in: application_id integer
-- out: is_reworded integer, is_retired integer
SELECT questionnaire_item.id AS item_id, questionnaire_item.name,
	questionnaire_item.kind, questionnaire_item.position,
	item_wording.id AS wording_id, item_wording.label, item_wording.most,
	EXISTS (SELECT 1 FROM item_wording AS newer
		WHERE newer.item_id = questionnaire_item.id
		AND newer.id > item_wording.id) AS is_reworded,
	questionnaire_item.retired_at IS NOT NULL AS is_retired,
	questionnaire_item.is_sensitive, questionnaire_item.is_identifying,
	application_answer.value
FROM application_answer
JOIN questionnaire_item ON questionnaire_item.id = application_answer.item_id
JOIN item_wording ON item_wording.id = application_answer.wording_id
WHERE application_answer.application_id = :application_id
ORDER BY questionnaire_item.position, questionnaire_item.id;

-- Answers to what is asked no more stay.
-- name: application_answer_clear exec
-- in: application_id integer
DELETE FROM application_answer WHERE application_id = :application_id
	AND item_id IN (SELECT id FROM questionnaire_item
		WHERE questionnaire_item.id = application_answer.item_id
		AND retired_at IS NULL);

-- name: application_answer_insert exec
-- in: application_id integer, item_id integer, wording_id integer, value text
INSERT INTO application_answer (application_id, item_id, wording_id, value)
VALUES (:application_id, :item_id, :wording_id, :value)
ON CONFLICT (application_id, item_id) DO UPDATE SET wording_id = excluded.wording_id,
	value = excluded.value;

-- name: volunteer_answer_list many
-- row: volunteer_answer
-- in: member_id integer
-- out: is_reworded integer, is_retired integer
SELECT questionnaire_item.id AS item_id, questionnaire_item.name,
	questionnaire_item.kind, questionnaire_item.position,
	item_wording.id AS wording_id, item_wording.label, item_wording.most,
	EXISTS (SELECT 1 FROM item_wording AS newer
		WHERE newer.item_id = questionnaire_item.id
		AND newer.id > item_wording.id) AS is_reworded,
	questionnaire_item.retired_at IS NOT NULL AS is_retired,
	questionnaire_item.is_sensitive, questionnaire_item.is_identifying,
	volunteer_answer.value
FROM volunteer_answer
JOIN questionnaire_item ON questionnaire_item.id = volunteer_answer.item_id
JOIN item_wording ON item_wording.id = volunteer_answer.wording_id
WHERE volunteer_answer.member_id = :member_id
ORDER BY questionnaire_item.position, questionnaire_item.id;

-- Answers to what is asked no more stay.
-- name: volunteer_answer_clear exec
-- in: member_id integer
DELETE FROM volunteer_answer WHERE member_id = :member_id
	AND item_id IN (SELECT id FROM questionnaire_item
		WHERE questionnaire_item.id = volunteer_answer.item_id
		AND retired_at IS NULL);

-- name: volunteer_answer_insert exec
-- in: member_id integer, item_id integer, wording_id integer, value text
INSERT INTO volunteer_answer (member_id, item_id, wording_id, value)
VALUES (:member_id, :item_id, :wording_id, :value)
ON CONFLICT (member_id, item_id) DO UPDATE SET wording_id = excluded.wording_id,
	value = excluded.value;

-- One row when the form is still as the organiser saw it.
-- name: questionnaire_step exec
-- in: id integer, revision integer
UPDATE questionnaire SET revision = revision + 1
WHERE id = :id AND revision = :revision;

-- name: questionnaire_head exec
-- in: id integer, intro text, minutes integer
UPDATE questionnaire SET intro = :intro, minutes = :minutes WHERE id = :id;

-- name: questionnaire_item_mark exec
-- in: id integer, kind text, is_sensitive integer, is_identifying integer
UPDATE questionnaire_item SET kind = :kind, is_sensitive = :is_sensitive,
	is_identifying = :is_identifying
WHERE id = :id;

-- name: item_wording_change exec
-- in: id integer, label text, help text, is_required integer, least integer, most integer, options text, now integer
UPDATE item_wording SET label = :label, help = :help,
	is_required = :is_required, least = :least, most = :most,
	options = :options, made_at = :now
WHERE id = :id;

-- name: questionnaire_item_place exec
-- in: id integer, position integer
UPDATE questionnaire_item SET position = :position WHERE id = :id;

-- Positions are 1, 2, 3 … again.
-- name: questionnaire_close_up exec
-- in: questionnaire_id integer
UPDATE questionnaire_item SET position = (SELECT count(*)
	FROM questionnaire_item AS other
	WHERE other.questionnaire_id = questionnaire_item.questionnaire_id
	AND (other.position, other.id)
		<= (questionnaire_item.position, questionnaire_item.id))
WHERE questionnaire_id = :questionnaire_id;

-- name: questionnaire_item_retire exec
-- in: id integer, retired_at integer
UPDATE questionnaire_item SET retired_at = :retired_at WHERE id = :id;

-- name: questionnaire_item_delete exec
-- in: id integer
DELETE FROM questionnaire_item WHERE id = :id
	AND NOT EXISTS (SELECT 1 FROM application_answer
		WHERE application_answer.item_id = questionnaire_item.id)
	AND NOT EXISTS (SELECT 1 FROM volunteer_answer
		WHERE volunteer_answer.item_id = questionnaire_item.id);

-- How many answered each question of a form, how many of them in its newest
-- words.
-- name: questionnaire_use_list many
-- row: item_use
-- in: questionnaire_id integer
-- out: answers integer, answers_now integer
SELECT questionnaire_item.id AS item_id,
	(SELECT count(*) FROM application_answer
		WHERE application_answer.item_id = questionnaire_item.id)
	+ (SELECT count(*) FROM volunteer_answer
		WHERE volunteer_answer.item_id = questionnaire_item.id) AS answers,
	(SELECT count(*) FROM application_answer
		WHERE application_answer.wording_id = (SELECT max(id)
			FROM item_wording WHERE item_id = questionnaire_item.id))
	+ (SELECT count(*) FROM volunteer_answer
		WHERE volunteer_answer.wording_id = (SELECT max(id)
			FROM item_wording WHERE item_id = questionnaire_item.id))
		AS answers_now
FROM questionnaire_item
WHERE questionnaire_item.questionnaire_id = :questionnaire_id
ORDER BY questionnaire_item.position, questionnaire_item.id;

-- How a question was put before, newest first.
-- name: item_wording_earlier many
-- row: earlier_wording
-- in: item_id integer
-- out: answers integer, replaced_at integer
SELECT item_wording.id, item_wording.label,
	(SELECT min(newer.made_at) FROM item_wording AS newer
		WHERE newer.item_id = item_wording.item_id
		AND newer.id > item_wording.id) AS replaced_at,
	(SELECT count(*) FROM application_answer
		WHERE application_answer.wording_id = item_wording.id)
	+ (SELECT count(*) FROM volunteer_answer
		WHERE volunteer_answer.wording_id = item_wording.id) AS answers
FROM item_wording
WHERE item_wording.item_id = :item_id
	AND item_wording.id < (SELECT max(newest.id)
		FROM item_wording AS newest WHERE newest.item_id = :item_id)
ORDER BY item_wording.id DESC;

-- Other cohorts whose form of a purpose asks something, newest first: those
-- that the person organises, and of the applicants' forms, which everybody may
-- read, the published ones.
-- name: questionnaire_sources_of many
-- row: questionnaire_source
-- in: cohort_id integer, purpose text, person_id integer
-- out: questions integer
SELECT cohort.slug, cohort.name, cohort.id AS cohort_id, cohort.starts_at,
	(SELECT count(*) FROM questionnaire_item
		WHERE questionnaire_item.questionnaire_id = questionnaire.id
		AND questionnaire_item.retired_at IS NULL) AS questions
FROM questionnaire
JOIN cohort ON cohort.id = questionnaire.cohort_id
WHERE questionnaire.purpose = :purpose AND cohort.id <> :cohort_id
	AND ((:purpose = 'apply' AND cohort.published_at IS NOT NULL)
		OR EXISTS (SELECT 1 FROM member
			WHERE member.cohort_id = cohort.id
			AND member.person_id = :person_id
			AND member.role = 'organiser' AND member.left_at IS NULL))
	AND EXISTS (SELECT 1 FROM questionnaire_item
		WHERE questionnaire_item.questionnaire_id = questionnaire.id
		AND questionnaire_item.retired_at IS NULL)
ORDER BY cohort.starts_at DESC, cohort.id DESC;
