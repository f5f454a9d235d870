-- name: programme_row one
-- row: programme
SELECT name, tagline, about, contact, conduct_link, tag_domain, tag_date,
	feed_key, weeks, djangonauts_per_navigator, djangonauts_per_group,
	offer_days, weeks_ceiling, djangonauts_per_navigator_ceiling,
	djangonauts_per_group_ceiling
FROM programme WHERE id = 1;

-- name: programme_insert exec
-- in: name text, tagline text, about text, contact text, conduct_link text, tag_domain text, tag_date text, feed_key text
INSERT INTO programme (id, name, tagline, about, contact, conduct_link,
	tag_domain, tag_date, feed_key)
VALUES (1, :name, :tagline, :about, :contact, :conduct_link, :tag_domain,
	:tag_date, :feed_key);
