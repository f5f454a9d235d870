-- A WebSub hub is told of each feed that shows something else (feed.md rule
-- 45).

-- The revision that it was told of last, or is about to be.
ALTER TABLE feed ADD COLUMN pinged INTEGER NOT NULL DEFAULT 0;
UPDATE feed SET pinged = revision;
CREATE INDEX feed_to_ping ON feed (id) WHERE revision > pinged;

-- Posted to the hub, not mailed. A row of it has urgency 4 in the outbox: it
-- goes after all else, and what asks for mail never meets it.
INSERT INTO mail_kind (kind, urgency, is_private, is_optional, is_forgotten,
	is_of_cohort) VALUES
	('feed_ping', 3, 0, 0, 1, 0);
