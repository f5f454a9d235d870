-- name: group_by_slug one
-- row: group
-- in: cohort_id integer, slug text
SELECT mentoring_group.id, mentoring_group.cohort_id, mentoring_group.slug,
	mentoring_group.name, mentoring_group.project_id,
	project.name AS project, mentoring_group.goal, mentoring_group.level_low,
	mentoring_group.level_high, mentoring_group.seats,
	mentoring_group.meeting_weekday, mentoring_group.meeting_time,
	mentoring_group.meeting_zone, mentoring_group.meeting_minutes,
	mentoring_group.room_link, mentoring_group.chat_link,
	mentoring_group.workbook_link, mentoring_group.revision
FROM mentoring_group JOIN project ON project.id = mentoring_group.project_id
WHERE mentoring_group.cohort_id = :cohort_id AND mentoring_group.slug = :slug;

-- name: group_by_id one
-- row: group
-- in: id integer
SELECT mentoring_group.id, mentoring_group.cohort_id, mentoring_group.slug,
	mentoring_group.name, mentoring_group.project_id,
	project.name AS project, mentoring_group.goal, mentoring_group.level_low,
	mentoring_group.level_high, mentoring_group.seats,
	mentoring_group.meeting_weekday, mentoring_group.meeting_time,
	mentoring_group.meeting_zone, mentoring_group.meeting_minutes,
	mentoring_group.room_link, mentoring_group.chat_link,
	mentoring_group.workbook_link, mentoring_group.revision
FROM mentoring_group JOIN project ON project.id = mentoring_group.project_id
WHERE mentoring_group.id = :id;

-- name: group_of_cohort many
-- row: group
-- in: cohort_id integer
SELECT mentoring_group.id, mentoring_group.cohort_id, mentoring_group.slug,
	mentoring_group.name, mentoring_group.project_id,
	project.name AS project, mentoring_group.goal, mentoring_group.level_low,
	mentoring_group.level_high, mentoring_group.seats,
	mentoring_group.meeting_weekday, mentoring_group.meeting_time,
	mentoring_group.meeting_zone, mentoring_group.meeting_minutes,
	mentoring_group.room_link, mentoring_group.chat_link,
	mentoring_group.workbook_link, mentoring_group.revision
FROM mentoring_group JOIN project ON project.id = mentoring_group.project_id
WHERE mentoring_group.cohort_id = :cohort_id
ORDER BY mentoring_group.name, mentoring_group.id;

-- name: group_insert exec
-- in: cohort_id integer, slug text, name text, project_id integer, goal text, level_low integer, level_high integer, seats integer, meeting_weekday integer, meeting_time text, meeting_zone text, meeting_minutes integer, room_link text, chat_link text, workbook_link text, now integer
INSERT INTO mentoring_group (cohort_id, slug, name, project_id, goal,
	level_low, level_high, seats, meeting_weekday, meeting_time, meeting_zone,
	meeting_minutes, room_link, chat_link, workbook_link, created_at)
VALUES (:cohort_id, :slug, :name, :project_id, :goal, :level_low, :level_high,
	:seats, :meeting_weekday, :meeting_time, :meeting_zone, :meeting_minutes,
	:room_link, :chat_link, :workbook_link, :now);

-- Changes nothing when another change came first (revision).
-- name: group_change exec
-- in: id integer, revision integer, name text, project_id integer, goal text, level_low integer, level_high integer, seats integer, meeting_weekday integer, meeting_time text, meeting_zone text, meeting_minutes integer, room_link text, chat_link text, workbook_link text
UPDATE mentoring_group SET name = :name, project_id = :project_id,
	goal = :goal, level_low = :level_low, level_high = :level_high,
	seats = :seats, meeting_weekday = :meeting_weekday,
	meeting_time = :meeting_time, meeting_zone = :meeting_zone,
	meeting_minutes = :meeting_minutes, room_link = :room_link,
	chat_link = :chat_link, workbook_link = :workbook_link,
	revision = revision + 1
WHERE id = :id AND revision = :revision;

-- Everyone who sits in a group now: navigators first, then captains, then
-- Djangonauts, each in the order of placing.
-- name: group_members many
-- row: group_member
-- in: group_id integer
SELECT placement.id AS placement_id, member.id AS member_id, member.role,
	member.level, member.goal, person.id AS person_id, person.name,
	person.public_name, person.show_public_name, person.pronouns,
	person.pronouns_audience, person.zone,
	person.github, placement.band_reason
FROM placement
JOIN member ON member.id = placement.member_id
JOIN person ON person.id = member.person_id
WHERE placement.group_id = :group_id AND placement.left_at IS NULL
ORDER BY member.role <> 'navigator', member.role <> 'captain', placement.id;

-- name: placement_insert exec
-- in: group_id integer, member_id integer, band_reason text, now integer
INSERT INTO placement (group_id, member_id, band_reason, placed_at)
VALUES (:group_id, :member_id, :band_reason, :now);

-- name: placement_end exec
-- in: id integer, group_id integer, now integer
UPDATE placement SET left_at = :now
WHERE id = :id AND group_id = :group_id AND left_at IS NULL;

-- How many of each role sit in each group of a cohort now.
-- name: group_counts many
-- row: group_count
-- in: cohort_id integer
-- out: navigators integer, djangonauts integer, captains integer
SELECT mentoring_group.id AS group_id,
	(SELECT count(*) FROM placement
		JOIN member ON member.id = placement.member_id
		WHERE placement.group_id = mentoring_group.id
		AND placement.left_at IS NULL AND member.role = 'navigator')
		AS navigators,
	(SELECT count(*) FROM placement
		JOIN member ON member.id = placement.member_id
		WHERE placement.group_id = mentoring_group.id
		AND placement.left_at IS NULL AND member.role = 'djangonaut')
		AS djangonauts,
	(SELECT count(*) FROM placement
		JOIN member ON member.id = placement.member_id
		WHERE placement.group_id = mentoring_group.id
		AND placement.left_at IS NULL AND member.role = 'captain')
		AS captains
FROM mentoring_group WHERE mentoring_group.cohort_id = :cohort_id
ORDER BY mentoring_group.name, mentoring_group.id;

-- The groups that a person sits in and may read, newest cohort first: those
-- of cohorts that did not end before :ended_after.
-- name: group_of_person many
-- row: group_of_person
-- in: person_id integer, ended_after integer
SELECT DISTINCT mentoring_group.id, mentoring_group.slug, mentoring_group.name,
	mentoring_group.goal, cohort.slug AS cohort_slug,
	cohort.name AS cohort_name, cohort.starts_at, cohort.ends_at,
	member.role
FROM member
JOIN placement ON placement.member_id = member.id AND placement.left_at IS NULL
JOIN mentoring_group ON mentoring_group.id = placement.group_id
JOIN cohort ON cohort.id = member.cohort_id
WHERE member.person_id = :person_id AND member.left_at IS NULL
	AND cohort.ends_at > :ended_after
ORDER BY cohort.starts_at DESC, mentoring_group.name LIMIT 100;

-- name: placement_address one
-- in: id integer
SELECT person.email, member.cohort_id FROM placement
JOIN member ON member.id = placement.member_id
JOIN person ON person.id = member.person_id
WHERE placement.id = :id;

-- What the mail of welcome says; no row for whoever is to get no mail.
-- name: placement_welcome one
-- in: id integer
SELECT person.name, person.zone, member.role, cohort.id AS cohort_id,
	cohort.slug AS cohort_slug, cohort.name AS cohort_name,
	mentoring_group.slug AS group_slug,
	mentoring_group.name AS group_name, mentoring_group.goal,
	placement.left_at
FROM placement
JOIN member ON member.id = placement.member_id
JOIN person ON person.id = member.person_id
JOIN mentoring_group ON mentoring_group.id = placement.group_id
JOIN cohort ON cohort.id = mentoring_group.cohort_id
WHERE placement.id = :id AND person.is_disabled = 0
	AND person.erased_at IS NULL;

-- Where a member sits now.
-- name: placement_of_member many
-- row: placement
-- in: member_id integer
SELECT id, group_id FROM placement
WHERE member_id = :member_id AND left_at IS NULL ORDER BY id;
