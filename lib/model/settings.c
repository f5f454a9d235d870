#include "model/settings.h"

#include "db/db.h"

bool
settings_read(struct db *db, struct arena *arena, struct settings *settings)
{
	return settings_row(db, arena, settings);
}

static enum settings_outcome
outcome_of(int64_t changed)
{
	if (changed == 0) {
		return SETTINGS_CHANGED_MEANWHILE;
	}
	return changed == 1 ? SETTINGS_SAVED : SETTINGS_FAULT;
}

enum settings_outcome
settings_change_programme(
    struct db *db, int64_t revision, const struct settings_programme *programme)
{
	return outcome_of(settings_change_programme_words(db,
	    &(struct settings_change_programme_words_in){ .revision = revision,
		.name = programme->name,
		.tagline = programme->tagline,
		.about = programme->about,
		.contact = programme->contact,
		.contact_words = programme->contact_words }));
}

enum settings_outcome
settings_change_conduct(
    struct db *db, int64_t revision, const char *conduct, const char *conduct_link)
{
	return outcome_of(settings_change_conduct_words(db,
	    &(struct settings_change_conduct_words_in){
		.revision = revision, .conduct = conduct, .conduct_link = conduct_link }));
}

enum settings_outcome
settings_change_privacy(struct db *db, int64_t revision, const struct settings_keeping *keeping)
{
	return outcome_of(settings_change_keeping(db,
	    &(struct settings_change_keeping_in){ .revision = revision,
		.privacy = keeping->privacy,
		.rejected = keeping->rejected,
		.withdrawn = keeping->withdrawn,
		.unconfirmed = keeping->unconfirmed,
		.sensitive = keeping->sensitive,
		.mail = keeping->mail,
		.audit = keeping->audit }));
}
