-- What applicants answer belongs to the questions of their cohort: the three
-- that every form asked become questions that organisers may change.

INSERT INTO questionnaire_item (questionnaire_id, name, position, kind)
SELECT questionnaire.id, item.column1, item.column2, 'long'
FROM questionnaire,
	(VALUES ('why', 1), ('experience', 2), ('hopes', 3)) AS item
WHERE questionnaire.purpose = 'apply'
	AND NOT EXISTS (SELECT 1 FROM questionnaire_item AS other
		WHERE other.questionnaire_id = questionnaire.id);

INSERT INTO item_wording (item_id, label, is_required, most, made_at)
SELECT questionnaire_item.id, CASE questionnaire_item.name
		WHEN 'why' THEN 'Why would you like to take part?'
		WHEN 'experience'
		THEN 'What have you done so far, and what was hard about it?'
		ELSE 'What would you like to have achieved by the last week?' END,
	1, 2000, cohort.created_at
FROM questionnaire_item
JOIN questionnaire ON questionnaire.id = questionnaire_item.questionnaire_id
JOIN cohort ON cohort.id = questionnaire.cohort_id
WHERE NOT EXISTS (SELECT 1 FROM item_wording AS other
	WHERE other.item_id = questionnaire_item.id);

INSERT INTO application_answer (application_id, item_id, wording_id, value)
SELECT application.id, questionnaire_item.id, item_wording.id,
	CASE questionnaire_item.name WHEN 'why' THEN application.why
		WHEN 'experience' THEN application.experience
		ELSE application.hopes END
FROM application
JOIN questionnaire ON questionnaire.cohort_id = application.cohort_id
	AND questionnaire.purpose = 'apply'
JOIN questionnaire_item
	ON questionnaire_item.questionnaire_id = questionnaire.id
	AND questionnaire_item.name IN ('why', 'experience', 'hopes')
JOIN item_wording ON item_wording.item_id = questionnaire_item.id
WHERE CASE questionnaire_item.name WHEN 'why' THEN application.why
	WHEN 'experience' THEN application.experience
	ELSE application.hopes END <> '';

ALTER TABLE application DROP COLUMN why;
ALTER TABLE application DROP COLUMN experience;
ALTER TABLE application DROP COLUMN hopes;

-- All answers in one hash: what says the same, word for word, while it waits
-- for its address is stored once.
ALTER TABLE application ADD COLUMN words_hash TEXT;

DELETE FROM personal_column WHERE table_name = 'application'
	AND column_name IN ('why', 'experience', 'hopes');
INSERT INTO personal_column (table_name, column_name, unless_exported,
	unless_retained) VALUES
	('application', 'words_hash', 'a hash of the answers', ''),
	-- Sensitive ones go for everyone, soon after the cohort's end.
	('application_answer', 'value', '', '');

-- A copy of what was said, once the application counts: no organiser reads it
-- beside a name.
INSERT INTO mail_kind (kind, urgency, is_private, is_optional, is_forgotten,
	is_of_cohort) VALUES
	('application_confirmed', 2, 1, 0, 0, 1);
