#include "web/default_questions.h"

#include "model/application.h"
#include "model/questionnaire.h"
#include "web/message.h"

enum { QUESTIONS = 3 };

static struct questionnaire_default
question(const char *name, enum message label)
{
	return (struct questionnaire_default){ .name = name,
		.plan = { .kind = ITEM_LONG,
		    .label = message(label),
		    .help = "",
		    .is_required = true,
		    .least = DB_NULL,
		    .most = APPLICATION_ANSWER_MAX,
		    .options = "" } };
}

bool
default_questions_add(struct db *db, struct arena *arena, int64_t cohort_id, int64_t now)
{
	const struct questionnaire_default questions[QUESTIONS] = {
		question("why", MESSAGE_PLAN_QUESTION_WHY),
		question("experience", MESSAGE_PLAN_QUESTION_EXPERIENCE),
		question("hopes", MESSAGE_PLAN_QUESTION_HOPES),
	};

	return questionnaire_make_default(db, arena, cohort_id, questions, QUESTIONS, now);
}
