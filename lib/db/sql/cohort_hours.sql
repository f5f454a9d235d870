-- What has hours in a cohort, with the zone in which they are meant; hours
-- that went are all zeros and stay so.
-- name: cohort_hours_applications many
-- row: cohort_hours
-- in: cohort_id integer
SELECT id, zone, hours FROM application
WHERE cohort_id = :cohort_id AND trimmed_at IS NULL;

-- name: cohort_hours_volunteers many
-- in: cohort_id integer
SELECT volunteer.member_id, volunteer.zone, volunteer.hours
FROM member JOIN volunteer ON volunteer.member_id = member.id
WHERE member.cohort_id = :cohort_id;

-- name: cohort_hours_set_application exec
-- in: id integer, hours_utc text
UPDATE application SET hours_utc = :hours_utc WHERE id = :id;

-- name: cohort_hours_set_volunteer exec
-- in: member_id integer, hours_utc text
UPDATE volunteer SET hours_utc = :hours_utc WHERE member_id = :member_id;
