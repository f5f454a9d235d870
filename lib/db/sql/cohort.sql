-- name: cohort_by_slug one
-- row: cohort
-- in: slug text
SELECT id, slug, name, goal, description, feed_key, published_at, opens_on,
	closes_on, starts_on, opens_at, closes_at, starts_at, ends_at, weeks,
	djangonauts_per_navigator, djangonauts_per_group, seats, offer_days,
	chat_name, chat_link, offered_at, launched_at, groups_formed_at, revision,
	grace_minutes, reviews_wanted, releases_itself, names_shown_at
FROM cohort WHERE slug = :slug;

-- name: cohort_by_id one
-- row: cohort
-- in: id integer
SELECT id, slug, name, goal, description, feed_key, published_at, opens_on,
	closes_on, starts_on, opens_at, closes_at, starts_at, ends_at, weeks,
	djangonauts_per_navigator, djangonauts_per_group, seats, offer_days,
	chat_name, chat_link, offered_at, launched_at, groups_formed_at, revision,
	grace_minutes, reviews_wanted, releases_itself, names_shown_at
FROM cohort WHERE id = :id;

-- Newest first; a programme has a few a year.
-- name: cohort_published many
-- row: cohort
SELECT id, slug, name, goal, description, feed_key, published_at, opens_on,
	closes_on, starts_on, opens_at, closes_at, starts_at, ends_at, weeks,
	djangonauts_per_navigator, djangonauts_per_group, seats, offer_days,
	chat_name, chat_link, offered_at, launched_at, groups_formed_at, revision,
	grace_minutes, reviews_wanted, releases_itself, names_shown_at
FROM cohort WHERE published_at IS NOT NULL
ORDER BY starts_at DESC, id DESC LIMIT 200;

-- Those a person has an active role in, newest first; with them an
-- administrator sees every cohort.
-- name: cohort_of_person many
-- row: cohort
-- in: person_id integer, is_administrator integer
SELECT id, slug, name, goal, description, feed_key, published_at, opens_on,
	closes_on, starts_on, opens_at, closes_at, starts_at, ends_at, weeks,
	djangonauts_per_navigator, djangonauts_per_group, seats, offer_days,
	chat_name, chat_link, offered_at, launched_at, groups_formed_at, revision,
	grace_minutes, reviews_wanted, releases_itself, names_shown_at
FROM cohort
WHERE :is_administrator = 1 OR id IN (SELECT cohort_id FROM member
	WHERE person_id = :person_id AND left_at IS NULL)
ORDER BY starts_at DESC, id DESC LIMIT 200;

-- name: cohort_insert exec
-- in: slug text, name text, goal text, description text, feed_key text, opens_on text, closes_on text, starts_on text, opens_at integer, closes_at integer, starts_at integer, ends_at integer, weeks integer, djangonauts_per_navigator integer, djangonauts_per_group integer, seats integer, offer_days integer, reviews_wanted integer, grace_minutes integer, releases_itself integer, chat_name text, chat_link text, now integer
INSERT INTO cohort (slug, name, goal, description, feed_key, opens_on,
	closes_on, starts_on, opens_at, closes_at, starts_at, ends_at, weeks,
	djangonauts_per_navigator, djangonauts_per_group, seats, offer_days,
	reviews_wanted, grace_minutes, releases_itself, chat_name, chat_link,
	created_at)
VALUES (:slug, :name, :goal, :description, :feed_key, :opens_on, :closes_on,
	:starts_on, :opens_at, :closes_at, :starts_at, :ends_at, :weeks,
	:djangonauts_per_navigator, :djangonauts_per_group, :seats, :offer_days,
	:reviews_wanted, :grace_minutes, :releases_itself, :chat_name, :chat_link,
	:now);

-- Changes nothing when another change came first (revision).
-- name: cohort_change exec
-- in: id integer, revision integer, name text, goal text, description text, opens_on text, closes_on text, starts_on text, opens_at integer, closes_at integer, starts_at integer, ends_at integer, weeks integer, djangonauts_per_navigator integer, djangonauts_per_group integer, seats integer, offer_days integer, reviews_wanted integer, grace_minutes integer, releases_itself integer, chat_name text, chat_link text
UPDATE cohort SET name = :name, goal = :goal, description = :description,
	opens_on = :opens_on, closes_on = :closes_on, starts_on = :starts_on,
	opens_at = :opens_at, closes_at = :closes_at, starts_at = :starts_at,
	ends_at = :ends_at, weeks = :weeks,
	djangonauts_per_navigator = :djangonauts_per_navigator,
	djangonauts_per_group = :djangonauts_per_group, seats = :seats,
	offer_days = :offer_days, reviews_wanted = :reviews_wanted,
	grace_minutes = :grace_minutes, releases_itself = :releases_itself,
	chat_name = :chat_name, chat_link = :chat_link,
	revision = revision + 1
WHERE id = :id AND revision = :revision;

-- name: cohort_publish exec
-- in: id integer, now integer
UPDATE cohort SET published_at = :now
WHERE id = :id AND published_at IS NULL;

-- name: cohort_mark_offered exec
-- in: id integer, now integer
UPDATE cohort SET offered_at = :now WHERE id = :id AND offered_at IS NULL;

-- name: cohort_mark_launched exec
-- in: id integer, now integer
UPDATE cohort SET launched_at = :now WHERE id = :id AND launched_at IS NULL;

-- name: cohort_mark_groups_formed exec
-- in: id integer, now integer
UPDATE cohort SET groups_formed_at = :now
WHERE id = :id AND groups_formed_at IS NULL;

-- name: cohort_weeks_of many
-- row: cohort_week
-- in: cohort_id integer
SELECT number, theme, objectives FROM cohort_week
WHERE cohort_id = :cohort_id ORDER BY number;

-- name: cohort_week_put exec
-- in: cohort_id integer, number integer, theme text, objectives text
INSERT INTO cohort_week (cohort_id, number, theme, objectives)
VALUES (:cohort_id, :number, :theme, :objectives)
ON CONFLICT (cohort_id, number) DO UPDATE
	SET theme = excluded.theme, objectives = excluded.objectives;

-- name: cohort_weeks_drop_after exec
-- in: cohort_id integer, last integer
DELETE FROM cohort_week WHERE cohort_id = :cohort_id AND number > :last;

-- name: project_of_cohort many
-- row: project
-- in: cohort_id integer
SELECT id, name, description, link FROM project
WHERE cohort_id = :cohort_id ORDER BY id;

-- name: project_insert exec
-- in: cohort_id integer, name text, description text, link text
INSERT INTO project (cohort_id, name, description, link)
VALUES (:cohort_id, :name, :description, :link);

-- name: project_update exec
-- in: id integer, cohort_id integer, name text, description text, link text
UPDATE project SET name = :name, description = :description, link = :link
WHERE id = :id AND cohort_id = :cohort_id;

-- Counts a change of what stands in other tables; none when another change
-- came first.
-- name: cohort_next_revision exec
-- in: id integer, revision integer
UPDATE cohort SET revision = revision + 1
WHERE id = :id AND revision = :revision;

-- name: project_delete exec
-- in: id integer, cohort_id integer
DELETE FROM project WHERE id = :id AND cohort_id = :cohort_id;
