-- What goes by itself, and which columns hold personal data.

-- Set when pronouns and hours went, and when all that is personal did: what
-- is left of the application only counts.
ALTER TABLE application ADD COLUMN trimmed_at INTEGER;
ALTER TABLE application ADD COLUMN stripped_at INTEGER;
CREATE INDEX application_untrimmed ON application (cohort_id)
	WHERE trimmed_at IS NULL;
CREATE INDEX application_unstripped ON application (cohort_id)
	WHERE stripped_at IS NULL;

CREATE INDEX person_administrators ON person (id) WHERE is_administrator = 1;

CREATE INDEX invitation_over ON invitation (ended_at)
	WHERE state IN ('declined', 'cancelled', 'lapsed');

-- When what is old enough goes by itself the next time: daily.
CREATE TABLE retention (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	due_at INTEGER NOT NULL
) STRICT;
INSERT INTO retention (id, due_at) VALUES (1, 0);

INSERT INTO personal_column (table_name, column_name, unless_exported,
	unless_retained) VALUES
	-- Whom nothing here needs any more is erased.
	('person', 'email', '', 'kept while they have a role or an application'),
	('person', 'email_key', 'the address again, to compare it by',
		'kept while they have a role or an application'),
	('person', 'name', '', 'kept while they have a role or an application'),
	('person', 'name_key', 'the name again, to sort it by',
		'kept while they have a role or an application'),
	('person', 'public_name', '',
		'kept while they have a role or an application'),
	('person', 'pronouns', '', 'kept while they have a role or an application'),
	('person', 'zone', '', 'kept while they have a role or an application'),
	('person', 'github', '', 'kept while they have a role or an application'),
	('session', 'device', '', ''),
	('address_change', 'email', '', ''),
	('address_change', 'email_key', 'the address again, to compare it by', ''),
	-- Pronouns and hours go for everyone, whatever became of the application;
	-- the other columns with an application that led to no seat. Those of
	-- members stay theirs: the words in them are answers to why they came.
	('application', 'key', 'names it in addresses', ''),
	('application', 'reference', '', ''),
	('application', 'email', '', ''),
	('application', 'email_key', 'the address again, to compare it by', ''),
	('application', 'name', '', ''),
	('application', 'name_key', 'the name again, to sort it by', ''),
	('application', 'pronouns', '', ''),
	('application', 'github', '', ''),
	('application', 'zone', '', ''),
	('application', 'hours', '', ''),
	('application', 'hours_utc', 'the hours again, as UTC', ''),
	('application', 'why', '', ''),
	('application', 'experience', '', ''),
	('application', 'hopes', '', ''),
	('receipt', 'key', 'names it in addresses', ''),
	('receipt', 'reference', 'in the application', ''),
	('receipt', 'email', 'in the application', ''),
	('volunteer', 'zone', '', ''),
	('volunteer', 'hours', '', ''),
	('volunteer', 'hours_utc', 'the hours again, as UTC', ''),
	('invitation', 'email', '', ''),
	('invitation', 'email_key', 'the address again, to compare it by', ''),
	('invitation', 'name', '', ''),
	('subscription', 'email', '', 'kept until the mail it waits for'),
	('subscription', 'email_key', 'the address again, to compare it by',
		'kept until the mail it waits for'),
	('conduct_recipient', 'name', '', 'kept while they are named as recipients'),
	('conduct_recipient', 'email', '',
		'kept while they are named as recipients'),
	('conduct_recipient', 'email_key', 'the address again, to compare it by',
		'kept while they are named as recipients'),
	('outbox', 'recipient', '', ''),
	('outbox', 'reason', 'the kind and ids of rows', ''),
	('outbox', 'parameters', 'ids of rows', ''),
	('outbox', 'answer', '', ''),
	-- Members keep their own words.
	('member', 'goal', '', 'their own words'),
	('placement', 'band_reason', '', 'part of how the group was made'),
	('check_in', 'did', '', 'their own words'),
	('check_in', 'next', '', 'their own words'),
	('check_in', 'blocked', '', 'their own words'),
	('question', 'body', '', 'their own words'),
	('answer', 'body', '', 'their own words'),
	('highlight', 'title', '', 'their own words'),
	('highlight', 'body', '', 'their own words');
