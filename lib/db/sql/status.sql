-- name: status one
-- in: now integer, late integer, stuck integer
-- out: cohorts integer, people integer, applications integer, sessions integer, mail_queued integer, mail_late integer, mail_oldest integer, mail_held integer, mail_failed integer
SELECT (SELECT count(*) FROM cohort) AS cohorts,
	(SELECT count(*) FROM person) AS people,
	(SELECT count(*) FROM application WHERE confirmed_at IS NOT NULL)
		AS applications,
	(SELECT count(*) FROM session WHERE ends_at > :now) AS sessions,
	(SELECT count(*) FROM outbox WHERE state = 'queued') AS mail_queued,
	(SELECT count(*) FROM outbox WHERE state = 'queued'
		AND (due_at <= :late OR first_tried_at <= :stuck)) AS mail_late,
	(SELECT max(0, :now - min(coalesce(first_tried_at, due_at)))
		FROM outbox WHERE state = 'queued') AS mail_oldest,
	(SELECT count(*) FROM outbox WHERE state = 'held') AS mail_held,
	(SELECT count(*) FROM outbox WHERE state = 'failed') AS mail_failed;

-- Groups that sit above one of their limits, as they may once a navigator has
-- left or a cohort's numbers were lowered: not wrong, but to be seen to.
-- name: status_groups_over many
-- out: djangonauts integer, navigators integer
SELECT cohort.slug AS cohort_slug, mentoring_group.slug AS group_slug,
	sum(member.role = 'djangonaut') AS djangonauts,
	sum(member.role = 'navigator') AS navigators
FROM placement
JOIN member ON member.id = placement.member_id
JOIN mentoring_group ON mentoring_group.id = placement.group_id
JOIN cohort ON cohort.id = mentoring_group.cohort_id
WHERE placement.left_at IS NULL
GROUP BY mentoring_group.id
HAVING sum(member.role = 'djangonaut') > min(mentoring_group.seats,
	cohort.djangonauts_per_group,
	cohort.djangonauts_per_navigator * sum(member.role = 'navigator'))
ORDER BY cohort.slug, mentoring_group.slug;

-- Cohorts that gave away more seats than they have, as they may once their
-- number was lowered or someone who had left is back: likewise.
-- name: status_seats_over many
-- out: taken integer
SELECT cohort.slug AS cohort_slug, count(*) AS taken, cohort.seats
FROM cohort
JOIN application ON application.cohort_id = cohort.id
JOIN offer ON offer.application_id = application.id
LEFT JOIN member ON member.cohort_id = application.cohort_id
	AND member.person_id = application.person_id
	AND member.role = 'djangonaut' AND member.left_at IS NULL
WHERE offer.state = 'offered'
	OR (offer.state = 'confirmed' AND member.id IS NOT NULL)
GROUP BY cohort.id HAVING count(*) > cohort.seats
ORDER BY cohort.slug;

-- Rules that no statement of ours can break; a row here means that something
-- else wrote to the file.
-- name: status_broken many
-- out: rule text, id integer
SELECT 'djangonaut_in_two_groups' AS rule, member.id AS id
FROM member JOIN placement ON placement.member_id = member.id
WHERE member.role = 'djangonaut' AND placement.left_at IS NULL
GROUP BY member.id HAVING count(*) > 1
UNION ALL
SELECT 'quote_not_public', highlight_quote.id FROM highlight_quote
LEFT JOIN check_in ON check_in.id = highlight_quote.check_in_id
LEFT JOIN answer ON answer.id = highlight_quote.answer_id
LEFT JOIN question
	ON question.id = coalesce(highlight_quote.question_id, answer.question_id)
WHERE coalesce(CASE highlight_quote.part WHEN 'did' THEN check_in.did_audience
		WHEN 'next' THEN check_in.next_audience
		WHEN 'blocked' THEN check_in.blocked_audience END,
	min(answer.audience, question.audience), question.audience) < 4
UNION ALL
SELECT 'cohort_over_ceiling', cohort.id FROM cohort, programme
WHERE cohort.weeks > programme.weeks_ceiling
	OR cohort.djangonauts_per_navigator
		> programme.djangonauts_per_navigator_ceiling
	OR cohort.djangonauts_per_group
		> programme.djangonauts_per_group_ceiling;
