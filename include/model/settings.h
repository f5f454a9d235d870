#ifndef GROUNDCREW_MODEL_SETTINGS_H
#define GROUNDCREW_MODEL_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "db/query/settings.h"

struct arena;
struct db;

/*
 * The settings of the programme that its administrators change: its words,
 * its code of conduct, and for how many days what is kept.  Markdown that is
 * empty stands for the words that came with the software.
 *
 * All of them share one revision: a change names the one that its form showed,
 * and is not made when another came between.  Each runs in the caller's write
 * transaction.
 */

/* False when the installation was never initialised, or on a fault. */
bool settings_read(struct db *db, struct arena *arena, struct settings *settings);

enum settings_outcome {
	SETTINGS_SAVED = 1,
	/* Someone else changed the settings since the form was shown. */
	SETTINGS_CHANGED_MEANWHILE,
	/* One is longer or of another size than the schema has it, or a fault. */
	SETTINGS_FAULT
};

/* Texts may be empty but for the name; contact is an address or empty. */
struct settings_programme {
	const char *name;
	const char *tagline;
	const char *about;
	const char *contact;
	const char *contact_words;
};

enum settings_outcome settings_change_programme(
    struct db *db, int64_t revision, const struct settings_programme *programme);

/* conduct_link leads to a code elsewhere, or is empty. */
enum settings_outcome settings_change_conduct(
    struct db *db, int64_t revision, const char *conduct, const char *conduct_link);

/* Days until what is named goes by itself. */
struct settings_keeping {
	const char *privacy;
	int64_t rejected;
	int64_t withdrawn;
	int64_t unconfirmed;
	int64_t sensitive;
	int64_t mail;
	int64_t audit;
};

enum settings_outcome
settings_change_privacy(struct db *db, int64_t revision, const struct settings_keeping *keeping);

#endif
