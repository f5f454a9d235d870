-- name: questionnaire_copy_ends one
-- in: from_cohort integer, to_cohort integer, purpose text
-- out: from_id integer, to_id integer
SELECT source.id AS from_id, target.id AS to_id
FROM questionnaire AS source, questionnaire AS target
WHERE source.cohort_id = :from_cohort AND source.purpose = :purpose
	AND target.cohort_id = :to_cohort AND target.purpose = :purpose;

-- name: questionnaire_copy_count one
-- in: from_id integer, to_id integer
-- out: reworded integer, left integer
SELECT coalesce(sum(target.kind = source.kind), 0) AS reworded,
	coalesce(sum(target.kind <> source.kind), 0) AS "left"
FROM questionnaire_item AS source
JOIN questionnaire_item AS target ON target.questionnaire_id = :to_id
	AND target.name = source.name
WHERE source.questionnaire_id = :from_id AND source.retired_at IS NULL;

-- Before the items, which would look like its own afterwards.
-- name: questionnaire_copy_head exec
-- in: from_id integer, to_id integer
UPDATE questionnaire SET
	intro = source.intro,
	minutes = source.minutes
FROM (SELECT intro, minutes FROM questionnaire WHERE id = :from_id) AS source
WHERE questionnaire.id = :to_id AND questionnaire.intro = '';

-- name: questionnaire_copy_revive exec
-- in: from_id integer, to_id integer
UPDATE questionnaire_item SET
	retired_at = NULL,
	is_sensitive = max(questionnaire_item.is_sensitive, source.is_sensitive),
	is_identifying = max(questionnaire_item.is_identifying,
		source.is_identifying)
FROM questionnaire_item AS source
WHERE questionnaire_item.questionnaire_id = :to_id
	AND source.questionnaire_id = :from_id AND source.retired_at IS NULL
	AND source.name = questionnaire_item.name
	AND source.kind = questionnaire_item.kind;

-- name: questionnaire_copy_items exec
-- in: from_id integer, to_id integer
INSERT INTO questionnaire_item (questionnaire_id, name, position, kind,
	is_sensitive, is_identifying)
SELECT :to_id, name, position + (SELECT coalesce(max(position), 0)
		FROM questionnaire_item WHERE questionnaire_id = :to_id),
	kind, is_sensitive, is_identifying
FROM questionnaire_item AS source
WHERE questionnaire_id = :from_id AND retired_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM questionnaire_item
		WHERE questionnaire_id = :to_id AND name = source.name)
ORDER BY position, id;

-- A wording that is the same already is not written twice.
-- name: questionnaire_copy_wordings exec
-- in: from_id integer, to_id integer, days integer, now integer
INSERT INTO item_wording (item_id, label, help, is_required, least, most,
	options, made_at)
SELECT target.id, wording.label, wording.help, wording.is_required,
	wording.least + CASE source.kind WHEN 'date' THEN :days ELSE 0 END,
	wording.most + CASE source.kind WHEN 'date' THEN :days ELSE 0 END,
	wording.options, :now
FROM questionnaire_item AS source
JOIN questionnaire_item AS target ON target.questionnaire_id = :to_id
	AND target.name = source.name AND target.kind = source.kind
JOIN item_wording AS wording ON wording.id = (SELECT max(id)
	FROM item_wording WHERE item_id = source.id)
LEFT JOIN item_wording AS own ON own.id = (SELECT max(id)
	FROM item_wording WHERE item_id = target.id)
WHERE source.questionnaire_id = :from_id AND source.retired_at IS NULL
	AND (own.id IS NULL OR own.label <> wording.label
		OR own.help <> wording.help OR own.options <> wording.options
		OR own.is_required <> wording.is_required
		OR own.least IS NOT wording.least + CASE source.kind
			WHEN 'date' THEN :days ELSE 0 END
		OR own.most IS NOT wording.most + CASE source.kind
			WHEN 'date' THEN :days ELSE 0 END)
ORDER BY source.position, source.id;

-- name: questionnaire_copy_revision exec
-- in: to_id integer
UPDATE questionnaire SET revision = revision + 1 WHERE id = :to_id;
