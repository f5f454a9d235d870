-- What changed about a form's questions, and what was answered before: for
-- those who are filling one in.

-- The questions put, or put otherwise, since an instant.
-- name: asked_since many
-- row: asked_since
-- in: questionnaire_id integer, since integer
SELECT questionnaire_item.id FROM questionnaire_item
WHERE questionnaire_item.questionnaire_id = :questionnaire_id
	AND questionnaire_item.retired_at IS NULL
	AND EXISTS (SELECT 1 FROM item_wording
		WHERE item_wording.item_id = questionnaire_item.id
		AND item_wording.made_at >= :since);

-- What a person answered in other cohorts, the newest application first.
-- name: asked_before many
-- row: asked_before
-- in: person_id integer, cohort_id integer
SELECT questionnaire_item.name, questionnaire_item.kind,
	application_answer.value, cohort.name AS cohort
FROM application
JOIN cohort ON cohort.id = application.cohort_id
JOIN application_answer ON application_answer.application_id = application.id
JOIN questionnaire_item ON questionnaire_item.id = application_answer.item_id
WHERE application.person_id = :person_id
	AND application.cohort_id <> :cohort_id
	AND application.stripped_at IS NULL
ORDER BY application.submitted_at DESC, application.id DESC;
