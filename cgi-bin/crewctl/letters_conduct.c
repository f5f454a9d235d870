#include "ground/text.h"
#include "letters_writing.h"
#include "model/conduct.h"

static const char *
said(const char *words)
{
	return text_empty(words) ? message(MESSAGE_REPORT_NOT_SAID) : words;
}

enum letter_outcome
letter_conduct(struct writing *writing)
{
	struct conduct_words words;

	if (!conduct_open(writing->crewctl->db, writing->arena, writing->crewctl->site->secret,
		letter_parameter_id(writing, "report"), &words)) {
		return LETTER_POINTLESS;
	}
	writing->letter->wording =
	    wording_conduct(writing->arena, letter_words(writing, "conduct", 0),
		&(struct wording_conduct){ .programme = writing->programme.name,
		    .to = words.to,
		    .what = words.what,
		    .happened = said(words.when),
		    .involved = said(words.who),
		    .reach = said(words.reach) });
	return LETTER_READY;
}
