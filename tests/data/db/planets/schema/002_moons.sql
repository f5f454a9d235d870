CREATE TABLE moon (
	id INTEGER PRIMARY KEY,
	planet_id INTEGER NOT NULL REFERENCES planet ON DELETE RESTRICT,
	name TEXT NOT NULL
) STRICT;
CREATE INDEX moon_by_planet ON moon (planet_id);

CREATE TRIGGER moon_fits BEFORE INSERT ON moon
WHEN (SELECT count(*) FROM moon WHERE planet_id = NEW.planet_id) >= 2
BEGIN
	SELECT RAISE(ABORT, 'group_full');
END;

CREATE TRIGGER moon_keeps_its_name BEFORE UPDATE OF name ON moon
BEGIN
	SELECT RAISE(ABORT, 'unknown_word');
END;
