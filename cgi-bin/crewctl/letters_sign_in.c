#include <jansson.h>

#include "db/db.h"
#include "letters_writing.h"
#include "model/person.h"
#include "model/session.h"
#include "web/link.h"
#include "web/time.h"

enum letter_outcome
letter_sign_in(struct writing *writing)
{
	struct letter *letter = writing->letter;
	struct person person;
	const char *next;

	if (!person_find(writing->crewctl->db, writing->arena,
		letter_parameter_id(writing, "person"), &person) ||
	    person.is_disabled == 1 || !letter_is_to(writing, person.email_key)) {
		return LETTER_POINTLESS;
	}
	next = json_string_value(json_object_get(writing->parameters, "next"));
	letter->seconds = SIGN_IN_LINK_SECONDS;
	letter->link = (struct link_new){
		.purpose = "sign_in",
		.person_id = person.id,
		.next = next == NULL || next[0] == '\0' ? NULL : next,
	};
	letter->wording = wording_sign_in(writing->arena, letter_words(writing, "sign_in", 0),
	    &(struct wording_sign_in){ .programme = writing->programme.name,
		.name = person.name,
		.until = time_words(
		    writing->arena, person.zone, writing->crewctl->now + SIGN_IN_LINK_SECONDS),
		.link = letter_absolute(writing,
		    link_entrance(writing->arena, writing->crewctl->site, letter->token)) });
	return LETTER_READY;
}
