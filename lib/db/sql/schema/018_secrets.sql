-- Secret addresses: feed readers and calendars cannot sign in, so whoever
-- knows such an address reads what its owner may read. Only its token's hash
-- is kept. A person has at most one of a kind; a new token ends the old.
CREATE TABLE secret_address (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	-- Not secret: the opaque part of the ids that its feed has. It outlives
	-- a change of the token.
	key TEXT NOT NULL UNIQUE,
	token_hash TEXT NOT NULL UNIQUE,
	person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
	purpose TEXT NOT NULL CHECK (purpose IN
		('group_feed', 'group_calendar', 'person_calendar')),
	group_id INTEGER REFERENCES mentoring_group ON DELETE CASCADE,
	created_at INTEGER NOT NULL,
	renewed_at INTEGER,
	CHECK ((purpose = 'person_calendar') = (group_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX secret_address_once
	ON secret_address (person_id, purpose, coalesce(group_id, 0));
CREATE INDEX secret_address_by_group ON secret_address (group_id);

-- Whoever leaves a group, or its cohort, leaves its addresses; one who still
-- sits there in another role keeps them.
CREATE TRIGGER secret_addresses_end_with_the_place
AFTER UPDATE OF left_at ON placement
WHEN NEW.left_at IS NOT NULL AND OLD.left_at IS NULL
BEGIN
	DELETE FROM secret_address
	WHERE group_id = NEW.group_id
		AND person_id = (SELECT person_id FROM member
			WHERE id = NEW.member_id)
		AND NOT EXISTS (SELECT 1 FROM placement
			JOIN member ON member.id = placement.member_id
			WHERE placement.group_id = NEW.group_id
			AND placement.left_at IS NULL AND member.left_at IS NULL
			AND member.person_id = (SELECT person_id FROM member
				WHERE id = NEW.member_id));
END;

-- An account that is disabled and enabled again makes new ones.
CREATE TRIGGER secret_addresses_end_with_the_account
AFTER UPDATE OF is_disabled ON person WHEN NEW.is_disabled = 1
BEGIN
	DELETE FROM secret_address WHERE person_id = NEW.id;
END;
CREATE TRIGGER secret_addresses_end_with_an_erasure
AFTER UPDATE OF erased_at ON person WHEN NEW.erased_at IS NOT NULL
BEGIN
	DELETE FROM secret_address WHERE person_id = NEW.id;
END;
