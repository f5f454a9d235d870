#include "db/db.h"
#include "letters_writing.h"
#include "model/own_data.h"
#include "model/person.h"
#include "web/link.h"
#include "web/time.h"

/* Whose data it is about; not who moved to another address since. */
static bool
read_person(struct writing *writing, struct person *person)
{
	return person_find(writing->crewctl->db, writing->arena,
		   letter_parameter_id(writing, "person"), person) &&
	    person->erased_at == DB_NULL && letter_is_to(writing, person->email_key);
}

enum letter_outcome
letter_own_data(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	struct person person;

	if (!read_person(writing, &person)) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording = wording_own_data(writing->arena,
	    letter_words(writing, "own_data", 0),
	    &(struct wording_own_data){ .programme = writing->programme.name,
		.name = person.name,
		.taken = time_words(writing->arena, person.zone, writing->outbox->created_at),
		.contact = writing->programme.contact,
		.link = letter_absolute(writing, link_sessions(writing->arena, crewctl->site)) });
	return LETTER_READY;
}

enum letter_outcome
letter_erase(struct writing *writing)
{
	struct crewctl *crewctl = writing->crewctl;
	struct letter *letter = writing->letter;
	struct person person;

	if (!read_person(writing, &person)) {
		return LETTER_POINTLESS;
	}
	letter->seconds = OWN_DATA_ERASE_SECONDS;
	letter->link = (struct link_new){ .purpose = "erase", .person_id = person.id };
	letter->wording = wording_erase(writing->arena, letter_words(writing, "erase", 0),
	    &(struct wording_erase){ .programme = writing->programme.name,
		.name = person.name,
		.until =
		    time_words(writing->arena, person.zone, crewctl->now + OWN_DATA_ERASE_SECONDS),
		.contact = writing->programme.contact,
		.link = letter_absolute(
		    writing, link_erase(writing->arena, crewctl->site, letter->token)) });
	return LETTER_READY;
}

/* Names nobody: whose it was is forgotten. */
enum letter_outcome
letter_erased(struct writing *writing)
{
	writing->letter->wording =
	    wording_erased(writing->arena, letter_words(writing, "erased", 0),
		&(struct wording_erased){
		    .programme = writing->programme.name, .contact = writing->programme.contact });
	return LETTER_READY;
}
