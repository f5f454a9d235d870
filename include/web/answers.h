/*
 * What an application answered, as rows of a page: each answer beside its
 * question as it was put then, and a word where the question is put otherwise
 * by now, or asked no more.
 */
#ifndef WEB_ANSWERS_H
#define WEB_ANSWERS_H

#include <stdint.h>

#include "model/sight.h"
#include "web/page/part.h"
#include "web/visit.h"

/*
 * For {{>PART_ANSWER}}, which heads each with an <h3>: the answers that this
 * sight shows; with NULL all of them, to the applicant.
 */
struct page_part_answer_list
answers_of(struct visit *visit, int64_t application_id, const struct sight *sight);

#endif
