-- A small sky for the tests of lib/db.
CREATE TABLE planet (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	radius REAL,
	moons INTEGER CHECK (moons >= 0),
	photo BLOB
) STRICT;
