/*
 * The settings of the whole programme, which administrators change, and the
 * public pages made of them: code of conduct, privacy, contact, and the report
 * of a breach.
 */
#ifndef COHORT_SETTINGS_H
#define COHORT_SETTINGS_H

#include "cohort.h"
#include "model/settings.h"

/* ---- settings.c: the programme's words ---- */
handler_fn settings_show;
handler_fn settings_save;
extern const struct form settings_form;

/* ---- settings_privacy.c: what is kept, and for how long ---- */
handler_fn settings_privacy_show;
handler_fn settings_privacy_save;
extern const struct form settings_privacy_form;

/* ---- settings_conduct.c: the code, and who is told of a breach ---- */
handler_fn settings_conduct_show;
handler_fn settings_conduct_save;
handler_fn settings_recipient_add;
handler_fn settings_recipient_remove;
extern const struct form settings_conduct_form;
extern const struct form settings_recipient_form;
extern const struct form settings_recipient_remove_form;

/* ---- house.c: the public pages ---- */
handler_fn house_conduct;
handler_fn house_privacy;
handler_fn house_contact;

/* ---- report.c: a breach is reported ---- */
handler_fn report_show;
handler_fn report_send;
handler_fn report_sent;
extern const struct form report_form;

/* ---- settings.c: what these pages share ---- */

enum settings_page {
	SETTINGS_PROGRAMME = 1,
	SETTINGS_CONDUCT,
	SETTINGS_PRIVACY,
	SETTINGS_MAIL,
	SETTINGS_LOG
};

/* The administrators' navigation. */
struct page_part_settings_list settings_navigation(struct visit *visit, enum settings_page page);

/* The settings as they are; empty on a fault, which the dispatch answers. */
struct settings settings_of(struct visit *visit);

/*
 * Ends a visit that changed some of them: back to the page, with its notice
 * and a line in the log, whose detail is `what`; or the form again, which has
 * its revision in that field and then carries the new one, so that sending it
 * once more replaces the other change knowingly.
 */
void settings_answer(struct visit *visit, enum settings_outcome outcome, size_t revision_field,
    const char *link, enum message what);

/* The revision that the form showed; 0: none. */
int64_t settings_revision(struct visit *visit, size_t revision_field);

#endif
