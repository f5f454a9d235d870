-- Own data: see model/own_data.h. Each row is an entry of a section of the
-- file; keys are stable, instants RFC 3339. Nothing of anybody else's.

-- The account and what belongs to its address.
-- name: own_data_account many
-- row: own_data_entry
-- in: person_id integer, email_key text
-- out: section text, entry text
SELECT 'person' AS section, json_object('name', name, 'email', email,
	'public_name', public_name,
	'show_public_name', json(iif(show_public_name = 1, 'true', 'false')),
	'pronouns', pronouns, 'pronouns_audience', CASE pronouns_audience
		WHEN 1 THEN 'organisers' WHEN 2 THEN 'groups' ELSE 'cohort' END,
	'zone', zone, 'github', github,
	'wants_reminders', json(iif(wants_reminders = 1, 'true', 'false')),
	'is_administrator', json(iif(is_administrator = 1, 'true', 'false')),
	'created_at', strftime('%Y-%m-%dT%H:%M:%SZ', created_at, 'unixepoch'))
	AS entry
FROM person WHERE id = :person_id
UNION ALL
SELECT 'sessions', json_object('device', device,
	'created_at', strftime('%Y-%m-%dT%H:%M:%SZ', created_at, 'unixepoch'),
	'last_used_at', strftime('%Y-%m-%dT%H:%M:%SZ', last_used_at, 'unixepoch'),
	'ends_at', strftime('%Y-%m-%dT%H:%M:%SZ', ends_at, 'unixepoch'))
FROM session WHERE person_id = :person_id
UNION ALL
SELECT 'secret_addresses', json_object('purpose', purpose,
	'group', mentoring_group.name, 'cohort', cohort.name,
	'created_at', strftime('%Y-%m-%dT%H:%M:%SZ',
		secret_address.created_at, 'unixepoch'),
	'renewed_at', strftime('%Y-%m-%dT%H:%M:%SZ', renewed_at, 'unixepoch'))
FROM secret_address
LEFT JOIN mentoring_group ON mentoring_group.id = secret_address.group_id
LEFT JOIN cohort ON cohort.id = mentoring_group.cohort_id
WHERE person_id = :person_id
UNION ALL
SELECT 'address_changes', json_object('new_email', email,
	'asked_at', strftime('%Y-%m-%dT%H:%M:%SZ', asked_at, 'unixepoch'),
	'ends_at', strftime('%Y-%m-%dT%H:%M:%SZ', ends_at, 'unixepoch'),
	'old_confirmed_at',
	strftime('%Y-%m-%dT%H:%M:%SZ', old_confirmed_at, 'unixepoch'),
	'new_confirmed_at',
	strftime('%Y-%m-%dT%H:%M:%SZ', new_confirmed_at, 'unixepoch'))
FROM address_change WHERE person_id = :person_id
UNION ALL
SELECT 'invitations', json_object('cohort', cohort.name, 'role', role,
	'name', invitation.name, 'email', email, 'state', state,
	'invited_at', strftime('%Y-%m-%dT%H:%M:%SZ', invited_at, 'unixepoch'),
	'ends_at', strftime('%Y-%m-%dT%H:%M:%SZ', invitation.ends_at, 'unixepoch'),
	'ended_at', strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, 'unixepoch'))
FROM invitation JOIN cohort ON cohort.id = invitation.cohort_id
WHERE email_key = :email_key
UNION ALL
SELECT 'subscriptions', json_object('email', email,
	'asked_at', strftime('%Y-%m-%dT%H:%M:%SZ', asked_at, 'unixepoch'),
	'confirmed_at',
	strftime('%Y-%m-%dT%H:%M:%SZ', confirmed_at, 'unixepoch'))
FROM subscription WHERE email_key = :email_key
UNION ALL
SELECT 'drafts', json_object('cohort', cohort.name, 'email', email,
	'fields', fields,
	'is_finished', json(iif(is_finished = 1, 'true', 'false')),
	'begun_at', strftime('%Y-%m-%dT%H:%M:%SZ', begun_at, 'unixepoch'),
	'saved_at', strftime('%Y-%m-%dT%H:%M:%SZ', saved_at, 'unixepoch'))
FROM draft JOIN cohort ON cohort.id = draft.cohort_id
WHERE email_key = :email_key
UNION ALL
SELECT 'late_entries', json_object('cohort', cohort.name, 'email', email,
	'until_at', strftime('%Y-%m-%dT%H:%M:%SZ', until_at, 'unixepoch'),
	'let_at', strftime('%Y-%m-%dT%H:%M:%SZ', let_at, 'unixepoch'))
FROM late_entry JOIN cohort ON cohort.id = late_entry.cohort_id
WHERE email_key = :email_key
UNION ALL
SELECT 'conduct_recipient', json_object('name', name, 'email', email)
FROM conduct_recipient WHERE email_key = :email_key
UNION ALL
SELECT 'log', json_object(
	'at', strftime('%Y-%m-%dT%H:%M:%SZ', audit.at, 'unixepoch'),
	'action', action, 'cohort', cohort.name, 'detail', detail,
	'done_by_you', json(iif(actor_id IS :person_id, 'true', 'false')),
	'about_you', json(iif(subject_id IS :person_id, 'true', 'false')))
FROM audit LEFT JOIN cohort ON cohort.id = audit.cohort_id
WHERE actor_id = :person_id OR subject_id = :person_id;

-- Mail to an address as it was typed.
-- name: own_data_mail many
-- row: own_data_entry
-- in: recipient text
-- out: section text, entry text
SELECT 'mail' AS section, json_object('to', recipient, 'kind', kind,
	'state', state, 'attempts', attempts, 'problem', problem,
	'answer', answer,
	'created_at', strftime('%Y-%m-%dT%H:%M:%SZ', created_at, 'unixepoch'),
	'due_at', strftime('%Y-%m-%dT%H:%M:%SZ', due_at, 'unixepoch'),
	'sent_at', strftime('%Y-%m-%dT%H:%M:%SZ', sent_at, 'unixepoch'))
	AS entry
FROM outbox WHERE recipient = :recipient ORDER BY id;

-- Applications with their offers; those that were not confirmed are of the
-- address.
-- name: own_data_applications many
-- row: own_data_entry
-- in: person_id integer, email_key text
-- out: section text, entry text
SELECT 'applications' AS section, json_object('cohort', cohort.name,
	'reference', reference, 'email', email, 'name', application.name,
	'pronouns', pronouns, 'github', github, 'zone', zone, 'level', level,
	'hours', hours,
	'answers', json((SELECT json_group_array(json_object(
		'question', item_wording.label, 'answer', application_answer.value))
		FROM application_answer
		JOIN item_wording ON item_wording.id = application_answer.wording_id
		WHERE application_answer.application_id = application.id)),
	'projects', json((SELECT json_group_array(project.name)
		FROM application_project
		JOIN project ON project.id = application_project.project_id
		WHERE application_project.application_id = application.id)),
	'submitted_at',
	strftime('%Y-%m-%dT%H:%M:%SZ', submitted_at, 'unixepoch'),
	'changed_at', strftime('%Y-%m-%dT%H:%M:%SZ', changed_at, 'unixepoch'),
	'confirmed_at', strftime('%Y-%m-%dT%H:%M:%SZ', confirmed_at, 'unixepoch'),
	'withdrawn_at', strftime('%Y-%m-%dT%H:%M:%SZ', withdrawn_at, 'unixepoch'),
	'standing', standing,
	'decisions', json((SELECT json_group_array(json_object(
		'decision', decision.kind, 'line', decision.line, 'sent_at',
		strftime('%Y-%m-%dT%H:%M:%SZ', decision.sent_at, 'unixepoch')))
		FROM decision WHERE decision.application_id = application.id
		AND decision.sent_at IS NOT NULL)),
	'offers', json((SELECT json_group_array(json_object('state', offer.state,
		'made_at', strftime('%Y-%m-%dT%H:%M:%SZ', offer.made_at, 'unixepoch'),
		'deadline_at',
		strftime('%Y-%m-%dT%H:%M:%SZ', offer.deadline_at, 'unixepoch'),
		'ended_at',
		strftime('%Y-%m-%dT%H:%M:%SZ', offer.ended_at, 'unixepoch')))
		FROM offer WHERE offer.application_id = application.id)))
	AS entry
FROM application JOIN cohort ON cohort.id = application.cohort_id
WHERE application.person_id = :person_id
	OR (application.cohort_id IN (SELECT id FROM cohort)
		AND application.email_key = :email_key
		AND application.person_id IS NULL)
ORDER BY application.id;

-- Roles, with the groups one sat in and what one said of one's hours.
-- name: own_data_roles many
-- row: own_data_entry
-- in: person_id integer
-- out: section text, entry text
SELECT 'memberships' AS section, json_object('cohort', cohort.name,
	'role', member.role, 'level', member.level, 'goal', member.goal,
	'joined_at', strftime('%Y-%m-%dT%H:%M:%SZ', joined_at, 'unixepoch'),
	'left_at', strftime('%Y-%m-%dT%H:%M:%SZ', member.left_at, 'unixepoch'),
	'groups', json((SELECT json_group_array(json_object(
		'group', mentoring_group.name,
		'placed_at',
		strftime('%Y-%m-%dT%H:%M:%SZ', placement.placed_at, 'unixepoch'),
		'left_at',
		strftime('%Y-%m-%dT%H:%M:%SZ', placement.left_at, 'unixepoch'),
		'why_outside_level_band', placement.band_reason))
		FROM placement
		JOIN mentoring_group ON mentoring_group.id = placement.group_id
		WHERE placement.member_id = member.id)),
	'availability', json((SELECT json_object('zone', volunteer.zone,
		'hours', volunteer.hours, 'level_low', volunteer.level_low,
		'level_high', volunteer.level_high, 'wants', volunteer.wants,
		'projects', json((SELECT json_group_array(project.name)
			FROM volunteer_project
			JOIN project ON project.id = volunteer_project.project_id
			WHERE volunteer_project.member_id = volunteer.member_id)),
		'said_at',
		strftime('%Y-%m-%dT%H:%M:%SZ', volunteer.said_at, 'unixepoch'))
		FROM volunteer WHERE volunteer.member_id = member.id)),
	'answers', json((SELECT json_group_array(json_object(
		'question', item_wording.label, 'answer', volunteer_answer.value))
		FROM volunteer_answer
		JOIN item_wording ON item_wording.id = volunteer_answer.wording_id
		WHERE volunteer_answer.member_id = member.id)),
	'facilitated_weeks', json((SELECT json_group_array(json_object(
		'group', mentoring_group.name, 'week', standup.week))
		FROM standup
		JOIN mentoring_group ON mentoring_group.id = standup.group_id
		WHERE standup.facilitator_id = member.id)))
	AS entry
FROM member JOIN cohort ON cohort.id = member.cohort_id
WHERE member.person_id = :person_id ORDER BY member.id;

-- What one said in stand-ups, and how one was marked.
-- name: own_data_said many
-- row: own_data_entry
-- in: person_id integer
-- out: section text, entry text
SELECT 'check_ins' AS section, json_object('cohort', cohort.name,
	'group', mentoring_group.name, 'week', standup.week, 'did', did,
	'next', next, 'blocked', blocked, 'audience', audience,
	'did_audience', did_audience, 'next_audience', next_audience,
	'blocked_audience', blocked_audience,
	'is_late', json(iif(is_late = 1, 'true', 'false')),
	'created_at',
	strftime('%Y-%m-%dT%H:%M:%SZ', check_in.created_at, 'unixepoch'),
	'edited_at',
	strftime('%Y-%m-%dT%H:%M:%SZ', check_in.edited_at, 'unixepoch')) AS entry
FROM member JOIN check_in ON check_in.member_id = member.id
JOIN standup ON standup.id = check_in.standup_id
JOIN mentoring_group ON mentoring_group.id = standup.group_id
JOIN cohort ON cohort.id = mentoring_group.cohort_id
WHERE member.person_id = :person_id
UNION ALL
SELECT 'questions', json_object('cohort', cohort.name,
	'group', mentoring_group.name, 'week', standup.week, 'body', body,
	'audience', audience,
	'asked_at', strftime('%Y-%m-%dT%H:%M:%SZ', asked_at, 'unixepoch'),
	'edited_at', strftime('%Y-%m-%dT%H:%M:%SZ', edited_at, 'unixepoch'),
	'resolved_at', strftime('%Y-%m-%dT%H:%M:%SZ', resolved_at, 'unixepoch'))
FROM member JOIN question ON question.member_id = member.id
JOIN standup ON standup.id = question.standup_id
JOIN mentoring_group ON mentoring_group.id = standup.group_id
JOIN cohort ON cohort.id = mentoring_group.cohort_id
WHERE member.person_id = :person_id
UNION ALL
SELECT 'answers', json_object('cohort', cohort.name,
	'group', mentoring_group.name, 'week', standup.week,
	'body', answer.body, 'audience', answer.audience,
	'answered_at', strftime('%Y-%m-%dT%H:%M:%SZ', answered_at, 'unixepoch'),
	'edited_at',
	strftime('%Y-%m-%dT%H:%M:%SZ', answer.edited_at, 'unixepoch'))
FROM member JOIN answer ON answer.member_id = member.id
JOIN question ON question.id = answer.question_id
JOIN standup ON standup.id = question.standup_id
JOIN mentoring_group ON mentoring_group.id = standup.group_id
JOIN cohort ON cohort.id = mentoring_group.cohort_id
WHERE member.person_id = :person_id
UNION ALL
SELECT 'highlights', json_object('cohort', cohort.name,
	'group', mentoring_group.name, 'week', standup.week, 'title', title,
	'body', body,
	'published_at', strftime('%Y-%m-%dT%H:%M:%SZ', highlight.published_at, 'unixepoch'),
	'updated_at', strftime('%Y-%m-%dT%H:%M:%SZ', highlight.updated_at, 'unixepoch'),
	'withdrawn_at', strftime('%Y-%m-%dT%H:%M:%SZ', highlight.withdrawn_at, 'unixepoch'))
FROM member JOIN highlight ON highlight.member_id = member.id
JOIN standup ON standup.id = highlight.standup_id
JOIN mentoring_group ON mentoring_group.id = standup.group_id
JOIN cohort ON cohort.id = mentoring_group.cohort_id
WHERE member.person_id = :person_id
UNION ALL
SELECT 'attendance', json_object('cohort', cohort.name,
	'group', mentoring_group.name, 'week', standup.week, 'status', status,
	'marked_at', strftime('%Y-%m-%dT%H:%M:%SZ', marked_at, 'unixepoch'))
FROM member JOIN attendance ON attendance.member_id = member.id
JOIN standup ON standup.id = attendance.standup_id
JOIN mentoring_group ON mentoring_group.id = standup.group_id
JOIN cohort ON cohort.id = mentoring_group.cohort_id
WHERE member.person_id = :person_id;

-- What reviewers made of one's applications, and one's own reviewing. Of a
-- reviewer there is no name, of an applicant the call-sign.
-- What reviewers wrote is the applicant's to read, once they were told how it
-- ended: a pending decision must not show.
-- name: own_data_reviews many
-- row: own_data_entry
-- in: person_id integer
-- out: section text, entry text
SELECT 'reviews_of_your_applications' AS section,
	json_object('cohort', cohort.name, 'reference', reference,
	'note', note, 'score', score / 1000.0,
	'points', json((SELECT json_group_object(criterion.name,
		review_score.score) FROM review_score
		JOIN criterion ON criterion.id = review_score.criterion_id
		WHERE review_score.review_id = review.id)),
	'finished_at',
	strftime('%Y-%m-%dT%H:%M:%SZ', finished_at, 'unixepoch')) AS entry
FROM application JOIN review ON review.application_id = application.id
JOIN cohort ON cohort.id = application.cohort_id
WHERE application.person_id = :person_id AND finished_at IS NOT NULL
	AND application.standing NOT IN ('received', 'counting')
UNION ALL
SELECT 'reviewing', json_object('cohort', cohort.name,
	'appointed_at',
	strftime('%Y-%m-%dT%H:%M:%SZ', appointed_at, 'unixepoch'),
	'ended_at', strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, 'unixepoch'))
FROM reviewer JOIN cohort ON cohort.id = reviewer.cohort_id
WHERE reviewer.person_id = :person_id
UNION ALL
SELECT 'reviews_by_you', json_object('cohort', cohort.name,
	'application', call_sign, 'note', note, 'score', score / 1000.0,
	'is_flagged', json(iif(is_flagged = 1, 'true', 'false')),
	'points', json((SELECT json_group_object(criterion.name,
		review_score.score) FROM review_score
		JOIN criterion ON criterion.id = review_score.criterion_id
		WHERE review_score.review_id = review.id)),
	'taken_at', strftime('%Y-%m-%dT%H:%M:%SZ', taken_at, 'unixepoch'),
	'finished_at',
	strftime('%Y-%m-%dT%H:%M:%SZ', finished_at, 'unixepoch'))
FROM review JOIN application ON application.id = review.application_id
JOIN cohort ON cohort.id = application.cohort_id
WHERE review.person_id = :person_id
UNION ALL
SELECT 'conflicts', json_object('cohort', cohort.name,
	'application', call_sign,
	'declared_at',
	strftime('%Y-%m-%dT%H:%M:%SZ', declared_at, 'unixepoch'))
FROM review_conflict
JOIN application ON application.id = review_conflict.application_id
JOIN cohort ON cohort.id = application.cohort_id
WHERE review_conflict.person_id = :person_id
UNION ALL
SELECT 'names_shown', json_object('cohort', cohort.name,
	'application', call_sign,
	'revealed_at',
	strftime('%Y-%m-%dT%H:%M:%SZ', revealed_at, 'unixepoch'))
FROM review_reveal
JOIN application ON application.id = review_reveal.application_id
JOIN cohort ON cohort.id = application.cohort_id
WHERE review_reveal.person_id = :person_id;
