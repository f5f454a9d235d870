/*
 * Weekly hours of a form: what the files that read, turn and show them share.
 */
#ifndef WEB_FORM_HOURS_H
#define WEB_FORM_HOURS_H

enum {
	FORM_DAYS = 7,
	FORM_RANGES_MAX = 24 /* of one day: every other half hour */
};

#endif
